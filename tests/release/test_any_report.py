"""Releases work for every report: any language, any front matter, any order of headings."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import first
from lxml import etree
from randomreports import write_report
from releasecases import PASSPHRASE, key_in

from publish.cli.main import main

FEW = (1, 2, 5)
"""Reports of three source languages, one of them written from right to left."""

HTML = "{http://www.w3.org/1999/xhtml}"


def pages(book: Path) -> Iterator[etree._Element]:
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            if name.endswith(".xhtml"):
                yield etree.fromstring(archive.read(name))


def goes_out(root: Path, seed: int) -> None:
    """Law: what builds passes `check --built`, is released whole, and verified."""
    report = write_report(root / "work", seed)
    settings = report.root / "publish.toml"
    settings.write_text(
        f'formats = ["pdf", "epub", "html", "docx"]\n{settings.read_text("utf-8")}', "utf-8"
    )
    key, _ = key_in(root)
    where, into = ["-C", str(report.root)], root / "out"
    assert main(["build", "-q", *where]) < 2
    assert main(["check", "--built", *where]) == 0
    made = sorted(path.suffix for path in report.root.glob("build/[!.]*/report.*"))
    assert made == [".docx"] * 3 + [".epub"] * 3 + [".html"] * 3 + [".pdf"] * 3
    for book in report.root.glob("build/*/*.epub"):
        for page in pages(book):
            assert all(len(item.findall(f"{HTML}ol")) < 2 for item in page.iter(f"{HTML}li"))
    assert main(["release", "-q", *where, "--key", str(key), "--into", str(into)]) < 2
    public = str(key.with_suffix(".pub"))
    assert main(["verify", str(into), "--key", public]) == 0
    assert len(list(into.glob("report.*.pdf"))) == 3
    assert len(list(into.glob("report.*.epub"))) == 3
    assert len(list(into.glob("report.*.html"))) == 3
    assert len(list(into.glob("report.*.docx"))) == 3


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISH_PASSPHRASE", PASSPHRASE)


@pytest.mark.full
@pytest.mark.parametrize("seed", first(FEW, 1))
def test_a_random_report_goes_out(seed: int, tmp_path: Path) -> None:
    goes_out(tmp_path, seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", [seed for seed in range(60) if seed not in FEW])
def test_more_random_reports_go_out(seed: int, tmp_path: Path) -> None:
    goes_out(tmp_path, seed)
