"""PDFs from right to left are checked sentence by sentence, for the ear and for the eye."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from damages import PDF_DAMAGES, rewritten
from righttoleft import DAMAGES, LANGUAGES, write_document

from publish.building.auditing import audit_built
from publish.building.preparing import Texts, prepare_texts
from publish.cli.main import main
from publish.editions.audit.pdffile import open_pdf
from publish.model import Edition, Finding
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

FEW, SEEDS = range(2), range(2, 20)
"""So many damaged files of each kind are in a plain run; all are in a full one."""


class Built:
    """A document in one language with its PDF."""

    def __init__(self, root: Path, language: str) -> None:
        write_document(root, language)
        assert main(["build", "-q", "-C", str(root)]) == 0
        self.loader = Loader(open_workspace(root))
        self.pdf, self.epub = (
            Edition(document="text", language=language, format=kind) for kind in ("pdf", "epub")
        )
        self.texts: Texts = prepare_texts(self.loader, [self.pdf])
        self.path = self.loader.workspace.output(self.pdf)
        self.whole = self.path.read_bytes()

    def found(self, *editions: Edition) -> list[Finding]:
        findings = audit_built(self.loader, editions or [self.pdf], self.texts)
        return [one for one in findings if one.code != "built-changed"]

    def found_in(self, data: bytes, *editions: Edition) -> list[Finding]:
        """What is said of other bytes in the place of the PDF."""
        self.path.write_bytes(data)
        try:
            return self.found(*editions)
        finally:
            self.path.write_bytes(self.whole)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    return {one: Built(tmp_path_factory.mktemp(one), one) for one in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_built_is_quiet(built: dict[str, Built], language: str) -> None:
    one = built[language]
    assert one.found(one.pdf, one.epub) == []
    assert one.found_in(rewritten(one.whole)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_its_texts_in_the_order_of_reading(
    built: dict[str, Built], language: str
) -> None:
    said = " ".join(" ".join(open_pdf(built[language].whole).marks.values()).split())
    sentence = {"ar": "لا يجوز استرقاق أو استعباد أي شخص.", "fa": "هر کس حق زندگی، آزادی و امنیت"}
    assert sentence[language] in said


def damaged(built: Built, kind: str, seed: int) -> bytes:
    return rewritten(built.whole, lambda writer: DAMAGES[kind](writer, random.Random(seed)))


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("seed", [*FEW, *(pytest.param(n, marks=pytest.mark.full) for n in SEEDS)])
def test_damage_to_its_words_is_found(built: dict[str, Built], kind: str, seed: int) -> None:
    for one in built.values():
        found = {finding.code for finding in one.found_in(damaged(one, kind, seed))}
        assert found - {"built-remote"}  # The old stream of the page stays in the file.


def test_a_lost_link_is_found(built: dict[str, Built]) -> None:
    one = built["fa"]
    found = one.found_in(rewritten(one.whole, PDF_DAMAGES["links gone"]))
    assert "built-link" in {finding.code for finding in found}


def test_its_epub_has_the_pages_of_the_pdf_whatever_the_record_says(
    built: dict[str, Built],
) -> None:
    one = built["ar"]
    records = sorted((one.loader.workspace.root / "build/.editions").rglob("*.json"))
    kept = {path: path.read_bytes() for path in records}
    assert kept
    for path in records:
        path.unlink()
    try:
        assert one.found(one.epub) == []
    finally:
        for path, data in kept.items():
            path.write_bytes(data)


def test_an_epub_beside_a_damaged_pdf_is_said_to_lack_its_pages(built: dict[str, Built]) -> None:
    one = built["fa"]
    found = one.found_in(damaged(one, "a text lost", 1), one.epub)
    assert [finding.code for finding in found] == ["built-pages"]
    assert "cannot be told" in found[0].message
