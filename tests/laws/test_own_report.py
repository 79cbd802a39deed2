"""A short report of an organisation's own, in a language the editions have no words for."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from benchmarks.pagelines import END, words_of
from publish.cli.main import main

SOURCE = """---
title: "Wages in the cotton harvest"
author: "Aral Monitoring Group"
publisher: "Aral Monitoring Group"
published: 2026-11-01
---

# What was found {#findings}

We spoke with 214 pickers.[^1] Most of them had not been paid.

# Figures {#figures}

| District | Pickers |
|----------|--------:|
| North    | 120     |

# What should be done {#todo}

The government should pay what is owed.

[^1]: Names are withheld.
"""


def build(root: Path, source: str) -> None:
    (root / "source").mkdir(parents=True)
    (root / "source/report.md").write_text(source, encoding="utf-8")
    settings = 'source-language = "en"\nlanguages = ["en"]\nform = "report"\n'
    (root / "publish.toml").write_text(settings)
    for command in (["language", "add", "mn"], ["update"], ["build"]):
        assert main([*command, "-q", "-C", str(root)]) == 0, command


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("own")
    build(root, SOURCE)
    return root


def imprint(root: Path, language: str) -> str:
    with zipfile.ZipFile(root / f"build/{language}/report.epub") as book:
        text = book.read("EPUB/imprint.xhtml").decode()
    return " ".join(re.sub("<[^>]*>", " ", text).split())


def test_nobody_disowns_a_report_of_their_own(own: Path, tmp_path: Path) -> None:
    assert "endorsed" not in imprint(own, "en") + imprint(own, "mn")
    assert "Reproduced" not in imprint(own, "en")
    assert "Translation of a text by: [en] Aral Monitoring Group" in imprint(own, "mn")
    assert "the original prevails" in imprint(own, "mn")
    build(tmp_path, SOURCE.replace("published:", 'republished-by: "Another"\npublished:'))
    assert "Reproduced from a text by: Aral Monitoring Group" in imprint(tmp_path, "en")
    assert "edition has not been reviewed or endorsed" in imprint(tmp_path, "en")
    assert "Unofficial translation of a text by:" in imprint(tmp_path, "mn")
    assert "translation has not been reviewed or endorsed" in imprint(tmp_path, "mn")


def test_the_state_on_the_cover_is_light_on_dark(own: Path) -> None:
    page = PdfReader(own / "build/mn/report.pdf").pages[0]
    drawn = page.get_contents()
    assert drawn is not None
    band = drawn.get_data().decode("latin-1").rpartition(" re\n")[2]
    colours = set(re.findall(r"([\d.]+ [\d.]+ [\d.]+) rg", band))
    assert colours == {"1 1 1"}


def test_what_the_imprint_says_in_english_stays_in_its_block(own: Path) -> None:
    for _, words in words_of(own / "build/mn/report.pdf"):
        assert max(word.right for word in words) < END + 2


def test_headings_that_are_not_translated_are_no_fault_of_the_book(own: Path) -> None:
    assert main(["check", "--built", "-q", "-C", str(own)]) == 0
