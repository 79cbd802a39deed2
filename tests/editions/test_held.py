"""What the process that joins a long PDF holds hardly grows with its pages."""

from __future__ import annotations

import gc
import tracemalloc
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bookparts import make_input, short_parts, write_book

from publish.editions.pdf.engine import seal_environment
from publish.editions.pdf.objects import objectfiles, serialising
from publish.editions.pdf.parts import book
from publish.editions.pdf.parts.joining import write_joined
from publish.editions.pdf.parts.pagewriting import JoinedPart
from publish.editions.pdf.parts.recording import PageHead
from publish.editions.pdf.rendering import render

TEXT = """---
title: A small book
author: A
published: 2024-01-31
---

# First {#first}

The office found **no bold** [effects](#second) at all.[^1]

| Year | Cases |
|------|------:|
| 2024 | 1,200 |

# Second {#second}

- See [above](#first).

The words of the ombudsman.

[^1]: Nor [later](#second).
"""


MOST = 800
"""How many bytes may be held of each page: some 600 are."""


@dataclass(frozen=True, slots=True)
class Held:
    """The bytes that were held when all was written but the file, and at most while it was."""

    before: int
    most: int


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> book.MadePages:
    """The finished pages of a book of two short chapters, as they are joined."""
    found: list[book.MadePages] = []
    source = make_input(write_book(tmp_path_factory.mktemp("book"), TEXT))

    def note(*given: Any) -> book.MadePages:
        found.append(make(*given))
        return found[-1]

    make = book.make_pages
    with pytest.MonkeyPatch.context() as patch:
        short_parts(patch)
        patch.setattr(book, "make_pages", note)
        render(source)
    return found[0]


def rename(part: JoinedPart, name: str) -> Sequence[PageHead]:
    """The pages of a part with other names for places, and links to these."""
    return [
        replace(
            head,
            anchors={f"{name}{one}": at for one, at in head.anchors.items()},
            links=[
                (kind, f"{name}{to}" if kind == "internal" else to, area, at)
                for kind, to, area, at in head.links
            ],
        )
        for head in part.open_heads()
    ]


def join(made: book.MadePages, times: int, target: Path) -> Held:
    """Join all parts so many times, one after another, as one book; return what is held."""
    parts = [
        replace(part, open_heads=partial(rename, part, f"{time}-"))
        for time in range(times)
        for part in made.parts
    ]
    held: list[int] = []

    def note(*given: Any) -> None:
        gc.collect()
        held.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.reset_peak()
        write(*given)
        held.append(tracemalloc.get_traced_memory()[1])

    write = serialising._write_packed
    with pytest.MonkeyPatch.context() as patch, seal_environment(), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves a file open.
        patch.setattr(serialising, "_write_packed", note)
        for name, least in {"IN_MEMORY": 1, "PIECE": 100, "TOGETHER": 10}.items():
            patch.setattr(serialising, name, least)
        patch.setattr(objectfiles, "TOGETHER", 10)
        tracemalloc.start(1)
        try:
            write_joined(made.setting, parts, made.fonts, made.codes, [], target)
        finally:
            tracemalloc.stop()
            gc.collect()
    return Held(*held)


@pytest.mark.full
def test_what_is_held_hardly_grows_with_pages(made: book.MadePages, tmp_path: Path) -> None:
    """Of a page, its object and that of its stream are known, and each of its tags by one number.

    Its texts, links, places and marks, its bytes, and those of the file are on the disk.  What the
    parts of this test take themselves is a third of it.
    """
    target = tmp_path / "book.pdf"
    join(made, 1, target)  # What is loaded once.
    few, many = join(made, 2, target), join(made, 12, target)
    pages = 10 * sum(len(part.open_heads()) for part in made.parts)
    assert target.stat().st_size / pages > 2 * MOST, "so the file alone would be too much"
    assert (many.before - few.before) / pages < MOST
    assert (many.most - few.most) / pages < MOST
