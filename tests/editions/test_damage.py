"""Every kind of damage to a finished EPUB or PDF is found by content; what was built is quiet."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from damages import ARCHIVES, EPUB_DAMAGES, PDF_BYTES, PDF_DAMAGES, Parts, packed, rewritten

from publish.building.auditing import audit_built
from publish.building.preparing import Texts, prepare_texts
from publish.cli.main import main
from publish.model import Edition, Finding
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

PDF = Edition(document="rich", language="ru", format="pdf")
EPUB = Edition(document="rich", language="ru", format="epub")
SAMPLE = 9
"""One of so many kinds is in a plain run; all are in a full one."""


@pytest.fixture(scope="module")
def rich(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("damaged")
    shutil.copytree(repository / "tests/cases/workspace", root, dirs_exist_ok=True)
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
    return {one: loader.workspace.output(one).read_bytes() for one in (PDF, EPUB)}


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


@pytest.mark.parametrize("kind", table({**EPUB_DAMAGES}))
def test_damage_to_the_parts_of_an_epub_is_found(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], parts: Parts, kind: str
) -> None:
    changed = dict(parts)
    EPUB_DAMAGES[kind](changed)
    assert changed != parts
    assert found(loader, texts, whole, EPUB, packed(changed)) != []


@pytest.mark.parametrize("kind", table({**ARCHIVES}))
def test_damage_to_the_archive_of_an_epub_is_found(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], parts: Parts, kind: str
) -> None:
    assert found(loader, texts, whole, EPUB, ARCHIVES[kind](parts)) != []


@pytest.mark.parametrize("kind", table({**PDF_DAMAGES}))
def test_damage_to_what_a_pdf_says_or_shows_is_found(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], kind: str
) -> None:
    data = rewritten(whole[PDF], PDF_DAMAGES[kind])
    assert found(loader, texts, whole, PDF, data) != []


@pytest.mark.parametrize("kind", table({**PDF_BYTES}))
def test_damage_to_the_bytes_of_a_pdf_is_found(
    loader: Loader, texts: Texts, whole: dict[Edition, bytes], kind: str
) -> None:
    assert found(loader, texts, whole, PDF, PDF_BYTES[kind](whole[PDF])) != []


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


RIGHT_TO_LEFT = """---
title: گزارش سالانه درباره حقوق بشر
author: نویسندگان
published: 2024-06-24
---

# بخش نخست {#first}

این یک جمله است که با واژه English در میان آن ادامه دارد. در سال 2024 شمار 12 نفر بازداشت شدند.[^n]

1. نخست
2. پیوند به [سایت](https://example.org/) و [بخش نخست](#first).

[^n]: یادداشت.
"""


@pytest.mark.full
def test_a_pdf_from_right_to_left_is_quiet_and_a_lost_link_in_it_is_found(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/text.md").write_text(RIGHT_TO_LEFT, encoding="utf-8")
    settings = 'source-language = "fa"\nlanguages = ["fa"]\nfonts.fa = ["Noto Sans Arabic"]\n'
    (tmp_path / "publish.toml").write_text(settings, encoding="utf-8")
    assert main(["build", "-q", "-f", "pdf", "-C", str(tmp_path)]) == 0
    workspace = open_workspace(tmp_path)
    loader, pdf = Loader(workspace), Edition(document="text", language="fa", format="pdf")
    assert list(audit_built(loader, [pdf])) == []
    path = workspace.output(pdf)
    path.write_bytes(rewritten(path.read_bytes(), PDF_DAMAGES["links gone"]))
    assert "built-link" in {finding.code for finding in audit_built(loader, [pdf])}
