"""Every kind of damage to a finished edition is found by content; what was built is quiet."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from damages import ARCHIVES, EPUB_DAMAGES, PDF_BYTES, PDF_DAMAGES, Parts, packed, rewritten
from freshdamages import FRESH_ARCHIVES, FRESH_BYTES, FRESH_EPUB, FRESH_PDF
from pagedamages import PAGE_DAMAGES

from publish.building.auditing import audit_built
from publish.building.preparing import PreparedText, Texts, prepare_texts
from publish.cli.main import main
from publish.editions.audit.webpages import audit_page
from publish.model import Edition, Finding
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

PDF = Edition(document="rich", language="ru", format="pdf")
EPUB = Edition(document="rich", language="ru", format="epub")
PAGE = Edition(document="rich", language="ru", format="html")
ALL_EPUB, ALL_ARCHIVES = EPUB_DAMAGES | FRESH_EPUB, ARCHIVES | FRESH_ARCHIVES
ALL_PDF, ALL_BYTES = PDF_DAMAGES | FRESH_PDF, PDF_BYTES | FRESH_BYTES
SAMPLE = 9
"""One of so many kinds is in a plain run; all are in a full one."""


@pytest.fixture(scope="module")
def rich(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("damaged")
    shutil.copytree(repository / "tests/cases/workspace", root, dirs_exist_ok=True)
    with (root / "publish.toml").open("a", encoding="utf-8") as settings:
        settings.write('form = "report"\nformats = ["pdf", "epub", "html"]\n')
    assert main(["update", "-q", "-C", str(root)]) == 0
    assert main(["build", "-q", "-C", str(root), "--workers", "1"]) == 0
    return root


@pytest.fixture(scope="module")
def loader(rich: Path) -> Loader:
    return Loader(open_workspace(rich))


@pytest.fixture(scope="module")
def texts(loader: Loader) -> Texts:
    return prepare_texts(loader, [PDF])


@pytest.fixture(scope="module")
def whole(loader: Loader) -> dict[Edition, bytes]:
    return {one: loader.workspace.output(one).read_bytes() for one in (PDF, EPUB, PAGE)}


@pytest.fixture(scope="module")
def parts(loader: Loader) -> Parts:
    with zipfile.ZipFile(loader.workspace.output(EPUB)) as book:
        return {name: book.read(name) for name in book.namelist()}


def found(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], edition: Edition, data: bytes
) -> list[Finding]:
    """What is said of a file in the place of an edition, without what its record says."""
    path = loader.workspace.output(edition)
    path.write_bytes(data)
    try:
        findings = list(audit_built(loader, [edition], texts))
    finally:
        path.write_bytes(whole[edition])
    return [finding for finding in findings if finding.code != "built-changed"]


def table(kinds: dict[str, object]) -> list[object]:
    return [
        kind if number % SAMPLE == 0 else pytest.param(kind, marks=pytest.mark.full)
        for number, kind in enumerate(kinds)
    ]


def test_what_was_built_is_quiet_even_if_packed_by_another_program(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], parts: Parts
) -> None:
    assert list(audit_built(loader, loader.workspace.editions(()), None)) == []
    assert found(loader, texts, whole, EPUB, packed(parts)) == []
    assert found(loader, texts, whole, PDF, rewritten(whole[PDF])) == []


@pytest.mark.parametrize("kind", table({**ALL_EPUB}))
def test_damage_to_the_parts_of_an_epub_is_found(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], parts: Parts, kind: str
) -> None:
    changed = dict(parts)
    ALL_EPUB[kind](changed)
    assert changed != parts
    assert found(loader, texts, whole, EPUB, packed(changed)) != []


@pytest.mark.parametrize("kind", table({**ALL_ARCHIVES}))
def test_damage_to_the_archive_of_an_epub_is_found(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], parts: Parts, kind: str
) -> None:
    assert found(loader, texts, whole, EPUB, ALL_ARCHIVES[kind](parts)) != []


@pytest.mark.parametrize("kind", table({**ALL_PDF}))
def test_damage_to_what_a_pdf_says_or_shows_is_found(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], kind: str
) -> None:
    data = rewritten(whole[PDF], ALL_PDF[kind])
    assert found(loader, texts, whole, PDF, data) != []


@pytest.mark.parametrize("kind", table({**ALL_BYTES}))
def test_damage_to_the_bytes_of_a_pdf_is_found(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], kind: str
) -> None:
    assert found(loader, texts, whole, PDF, ALL_BYTES[kind](whole[PDF])) != []


@pytest.mark.parametrize("kind", table({**PAGE_DAMAGES}))
def test_damage_to_a_page_is_found(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], kind: str
) -> None:
    data = PAGE_DAMAGES[kind](whole[PAGE])
    assert found(loader, texts, whole, PAGE, data) != []


WRITTEN_WRONG = {
    "a sentence lost": "built-text",
    "a sentence twice": "built-text",
    "sentences exchanged": "built-text",
    "a letter of a paragraph altered": "built-text",
    "a letter of a note altered": "built-text",
    "a paragraph moved": "built-text",
    "an id of a paragraph": "built-link",
    "a number of a paragraph": "built-ids",
    "a link to nowhere": "built-link",
    "a link to another site": "built-link",
    "a script behind a link": "built-link",
    "another language of the page": "built-language",
    "the description lost": "built-state",
    "a picture without words": "built-image",
    "a picture from elsewhere": "built-remote",
    "a script": "built-remote",
    "an event": "built-remote",
    "a form": "built-remote",
    "a page that moves on": "built-remote",
    "a second style sheet": "built-remote",
    "a font from elsewhere": "built-remote",
}


@pytest.mark.parametrize("kind", WRITTEN_WRONG)
def test_a_page_is_compared_with_its_text_not_only_with_what_its_writer_writes(
    texts: Texts, whole: dict[Edition, bytes], kind: str
) -> None:
    prepared = texts["rich", "ru"]
    assert isinstance(prepared, PreparedText)
    data = PAGE_DAMAGES[kind](whole[PAGE])
    codes = {one.code for one in audit_page("rich.html", data, prepared.text, wanted=data)}
    assert WRITTEN_WRONG[kind] in codes


def test_installed_validators_are_asked_and_their_findings_shown(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`qpdf` finds nothing; `epubcheck` finds one mistake in each book."""
    for name, lines in {"qpdf": "exit 0", "epubcheck": 'echo "ERROR(X-1): $2"; exit 1'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    check = ["check", "--built", "-l", "ru", "-C", str(rich)]
    assert main(check) == 0
    capsys.readouterr()
    assert main([*check, "--validators"]) == 1
    told = capsys.readouterr().out
    assert told.count("built-validator") == 1
    assert "epubcheck: ERROR(X-1): build/ru/rich.epub" in told
