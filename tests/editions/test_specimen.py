"""The specimen of pages, which `docs/make-pictures` draws, is clean by every check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from validators import run_epubcheck, run_pdf_checks

from publish.cli.main import main

CASES = Path(__file__).parents[1] / "cases/specimen"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("specimen")
    shutil.copytree(CASES, root / "source")
    settings = 'languages = ["en"]\nform = "report"\npages = ["a4", "phone"]\n'
    (root / "publish.toml").write_text(settings, "utf-8")
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


@pytest.mark.full
def test_the_specimen_has_nothing_that_a_check_objects_to(built: Path) -> None:
    assert main(["check", "--built", "-q", "-C", str(built)]) == 0
    folder = built / "build/en"
    for pdf in (folder / "specimen.pdf", folder / "specimen.phone.pdf"):
        assert run_pdf_checks(pdf) == []
    books = {"specimen": (folder / "specimen.epub").read_bytes()}
    assert run_epubcheck(built, books) == {"specimen": []}


@pytest.mark.full
def test_its_wide_table_turns_the_page(built: Path) -> None:
    pages = PdfReader(built / "build/en/specimen.pdf").pages
    turned = [page.mediabox.width > page.mediabox.height for page in pages]
    assert turned.count(True) == 1
    text = pages[turned.index(True)].extract_text()
    assert "A table too wide for the page" in text
    assert "“repairs" in text
