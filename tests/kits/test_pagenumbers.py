"""The page of each sentence in the PDF of the original."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from kitcases import ENGLISH
from kitways import exported, make_workspace, members, update

from publish.actions.kit import export_kits
from publish.api import build
from publish.kits.pagenumbers import PdfLetters, load_original_pages, match_sentences_to_pages
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import Source, cut_source
from publish.translation.loading import Loader

TEXT = """\
---
title: "A report of some pages"
keywords: [pages]
---

# Of what was found in all of the cold north {#north}

A long sentence that stands on the second page of it all. It is. The formula $`x`$ is short.[^1]

- It is.

# Of what was found in all of the warm south {#south}

It is. Another long sentence that stands on the third page of it all.

[^1]: One note.
"""


def of(text: str) -> Source:
    return cut_source(read_document("a", "en", [SourceFile("source/a.md", text)]), ENGLISH)


def pages(*texts: str) -> dict[str, int]:
    letters = ["".join(filter(str.isalpha, text.casefold())) for text in texts]
    starts = tuple(sum(map(len, letters[:at])) for at in range(len(letters)))
    found = PdfLetters("".join(letters), starts, tuple(range(len(letters))))
    given = match_sentences_to_pages(found, of(TEXT).sentences)
    return {key[1]: page for key, page in given.items()}


def test_each_sentence_is_found_on_its_page() -> None:
    found = pages(
        "A report of some pages. Of what was found in all of the cold north 2 "
        "Of what was found in all of the warm south 3",
        "OF WHAT WAS FOUND IN ALL OF THE COLD NORTH A long sentence that stands on the second page "
        "of it all.",
        "It is. The formula is short.1 One note. It is.",
        "Of what was found in all of the warm south 4 It is. Another long sen-tence that stands on "
        "the third page of it all. Pages",
    )
    assert found == {
        "A report of some pages": 1,
        "Of what was found in all of the cold north": 2,
        "A long sentence that stands on the second page of it all.": 2,
        "It is.": 3,
        "The formula $`x`$ is short.[^1]": 3,
        "Of what was found in all of the warm south": 4,
        "Another long sentence that stands on the third page of it all.": 4,
        "One note.": 3,
    }


def test_what_is_not_there_has_no_page() -> None:
    assert pages("Another text.", "Of something else.") == {}
    found = pages(
        "A long sentence that stands on the second page of it all.", "One note. One note."
    )
    assert found == {"A long sentence that stands on the second page of it all.": 1}


def test_without_a_current_pdf_there_are_no_pages(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "short")
    loader = Loader(open_workspace(root))
    assert load_original_pages(loader, loader.source("short")) == {}
    (told,) = export_kits(loader, ["short"], ["tk"])
    assert [line.partition(";")[0] for line in told.describe("en")] == [
        "the kit has no PDF of the original",
        "build/kits/short.tk.zip: 5 sentences",
    ]


@pytest.mark.full
def test_a_kit_names_the_pages_of_the_pdf_while_that_is_current(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "short")
    text = "# What was found {#findings}\n\n" + "".join(
        f"This is paragraph {number}, and it goes on for some words, as {number} of them do.\n\n"
        for number in range(1, 90)
    )
    path = root / "source" / "short.md"
    path.write_text(path.read_text("utf-8").partition("# ")[0] + text, "utf-8")
    update(root)
    build(open_workspace(root), ["short"], ["en"], ["pdf"], workers=1)
    loader = Loader(open_workspace(root))
    found = load_original_pages(loader, loader.source("short"))
    shown = [
        "".join(filter(str.isalnum, page.casefold()))
        for page in subprocess.run(
            ["pdftotext", str(root / "build/en/short.pdf"), "-"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\f")
    ]
    for (_, msgid), page in found.items():
        assert "".join(filter(str.isalnum, msgid.casefold()))[:20] in shown[page - 1]
    assert len(found) == len(loader.source("short").keys)
    assert max(found.values()) > 2
    po = members(exported(root))["short.tk.po"].decode()
    assert "#. findings ¶1, page " in po
    path.write_text(path.read_text("utf-8") + "More.\n", "utf-8")
    update(root)
    later = Loader(open_workspace(root))
    assert load_original_pages(later, later.source("short")) == {}
    (told,) = export_kits(later, ["short"], ["tk"])
    assert not told.paged
    assert next(iter(told.describe("en"))).startswith("the kit names no pages, since the PDF")
