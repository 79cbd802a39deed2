"""Any book laid out in parts is the book laid out whole."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bookparts import WORDS, make_input, read_held, render_whole, short_parts, write_book
from carriedrules import COUNTERS, FIRST, NUMBERS
from examples import some
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from publish.editions.pdf.parts.book import render_in_parts
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.rendering import render
from publish.model import Form, PageSize

LISTS = 'numbered = ["figures", "tables"]\nlists = ["figures", "tables"]\n'
FRONT = """---
title: Any book
author: A
published: 2024-01-31
---

"""
KINDS = (
    "words",
    "long words",
    "note",
    "long note",
    "link",
    "heading",
    "noted heading",
    "list",
    "wide table",
    "long table",
    "code",
    "figure",
    "picture",
    "references",
    "quote",
    "box",
    "bold line",
    "note again",
    "formula",
    "terms",
    "icon",
    "tasks",
)


class Writer:
    """Writes blocks with words by chance, and the notes of a whole book."""

    def __init__(self, seed: int, chapters: int) -> None:
        self.chance = random.Random(seed)
        self.chapters = chapters
        self.notes: list[str] = []
        self.targets: list[str] = []
        self.wanted = 0

    def words(self, least: int, most: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(least, most)))

    def mark(self, least: int, most: int) -> str:
        self.notes.append(self.words(least, most))
        return f"[^{len(self.notes)}]"

    def target(self, kind: str) -> str:
        self.targets.append(f"{kind}-{len(self.targets)}")
        return f"{{#{self.targets[-1]}}}"

    def write(self, kind: str) -> str:
        """Return a block of a kind."""
        there = f"#chapter-{self.chance.randint(1, self.chapters)}"
        match kind:
            case "note":
                return f"{self.words(5, 60)}{self.mark(3, 30)} {self.words(5, 60)}"
            case "long note":
                return f"{self.words(5, 60)}{self.mark(200, 900)} {self.words(5, 60)}"
            case "link":
                return f"{self.words(5, 60)} [over there]({there}) {self.words(5, 20)} []({there})"
            case "heading":
                return f"## {self.words(2, 20)}"
            case "noted heading":
                return f"## {self.words(2, 9)}{self.mark(3, 30)}\n\n### {self.words(2, 9)}"
            case "list":
                return "\n".join(f"1. {self.words(1, 40)}" for _ in range(5))
            case "wide table":
                row = "| " + " | ".join(["cell"] * 14) + " |"
                return "\n".join([row, "|---" * 14 + "|", *[row] * 3])
            case "long table":
                rows = [f"| {self.words(2, 9)} | {at} |" for at in range(50)]
                table = "\n".join(["| Words | Number |", "|---|--:|", *rows])
                return f"Table: {self.words(2, 9)}. {self.target('table')}\n\n{table}"
            case "code":
                return "```\ndef find(what):\n    return " + "what + " * 20 + "0\n```"
            case "figure":
                return f"![A drawing](bars.svg){self.target('figure')}\n{self.words(2, 20)}"
            case "picture":
                return "![A picture of dots](dots.png){width=40%}"
            case "references":
                self.wanted += 1
                return "REFERENCES"
            case "quote":
                return f"> {self.words(5, 90)}"
            case "box":
                return f"> [!WARNING]\n> {self.words(5, 40)}"
            case "note again":
                number = self.chance.randint(1, max(1, len(self.notes)))
                return f"{self.words(5, 60)}{f'[^{number}]' if self.notes else ''}"
            case "formula":
                return (
                    f"{self.words(5, 30)} $`x^2`$ {self.words(5, 30)}\n\n$$\n\\frac{{a}}{{b}}\n$$"
                )
            case "terms":
                return f"{self.words(1, 3)}\n:   {self.words(5, 60)}"
            case "icon":
                return f"{self.words(5, 30)} ![An icon](dots.png) {self.words(5, 30)}"
            case "tasks":
                return "- [x] done\n- [ ] to do\n    - within\n        1. deeper"
            case "bold line":
                return f"**{' '.join(['8' * 60] * 3)}**"
            case _:
                return self.words(*((90, 900) if kind == "long words" else (1, 90)))


PARTS = 'top-level-division.text = "part"\n'


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Books of short, long and empty chapters, some below headings of parts."""
    chapters = draw(
        st.lists(st.lists(st.sampled_from(KINDS), max_size=7), min_size=2, max_size=5), "chapters"
    )
    writer = Writer(draw(st.integers(0, 999), "seed"), len(chapters))
    parted = draw(st.booleans(), "parts")
    lines = []
    for number, kinds in enumerate(chapters, 1):
        if parted and number % 2:
            lines.append(f"# Part {number}")
            if writer.chance.random() < 0.3:
                lines.append(writer.write("note"))
        title = f"{'##' if parted else '#'} {writer.words(1, 12)} {{#chapter-{number}}}"
        deeper = "#" if parted else ""
        lines += [title, writer.words(1, 9)]
        for kind in kinds:
            block = writer.write(kind)
            lines.append(
                "\n\n".join(
                    deeper + part if part.startswith("##") else part for part in block.split("\n\n")
                )
            )
    known = " and ".join(f"[](#{name})" for name in writer.targets) or "nothing"
    lines = [f"See {known}." if line == "REFERENCES" else line for line in lines]
    lines += [f"[^{at}]: {note}" for at, note in enumerate(writer.notes, 1)]
    return FRONT + "\n\n".join(lines) + "\n"


@pytest.mark.full
@settings(max_examples=some(8), phases=[Phase.generate])
@given(
    text=texts(),
    page=st.sampled_from(["a4", "large", "phone", "booklet", "print"]),
    sides=st.sampled_from(["", "two-sided = true\n"]),
    parts=st.sampled_from(["", PARTS, PARTS]),
    form=st.sampled_from(["report", "book"]),
    least=st.sampled_from([1, 900]),
    rules=st.sampled_from(["", FIRST, *COUNTERS.values(), *NUMBERS.values()]),
)
def test_any_book_in_parts_is_the_whole_one(
    text: str, page: PageSize, sides: str, parts: str, form: Form, least: int, rules: str
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        settings = f'source-language = "en"\n{LISTS}{sides}{parts}'
        source = make_input(write_book(Path(folder), text, settings, form), page=page)
        source = replace(source, css=source.css + rules)
        short_parts(patch, least)
        patch.setattr("publish.editions.pdf.parts.book.render_in_parts", _note)
        joined = render(source)
        whole = render_whole(source)
    assert joined.pages == whole.pages
    assert joined.lost == whole.lost
    ours, theirs = read_held(joined.data), read_held(whole.data)
    for name in ours.__dataclass_fields__:
        assert getattr(ours, name) == getattr(theirs, name), name


def _note(*given: Any) -> object:
    """Join a document, and note it if that cannot be done."""
    try:
        return render_in_parts(*given)
    except WholeNeededError as error:
        event(f"laid out whole: {error}")
        raise
