"""Small books in parts after an edit: which parts are laid out again, and what the file holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bookparts import (
    Counting,
    Held,
    keep,
    make_input,
    read_held,
    render_joined,
    render_whole,
    short_parts,
    write_book,
)

from publish.building import draftpages
from publish.building.draftpages import lay_out_draft
from publish.editions.pdf.parts import laying, placing
from publish.editions.pdf.rendering import PdfInput


def note_laid(patch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the parts that are laid out from now on."""
    found: list[int] = []

    def note(*given: Any) -> Any:
        found.append(given[-1])
        return laying.lay_out_part(*given)

    patch.setattr(placing, "lay_out_part", note)
    return found


def make_two(
    folder: Path, one: str, other: str, settings: str = 'source-language = "en"', css: str = ""
) -> tuple[PdfInput, PdfInput]:
    """A book before and after an edit, both with these rules of style."""
    books = (write_book(folder / name, text, settings) for name, text in (("a", one), ("b", other)))
    first, second = map(make_input, books)
    return replace(first, css=first.css + css), replace(second, css=second.css + css)


def hold_edited(one: PdfInput, other: PdfInput, folder: Path) -> tuple[Held, Held]:
    """What the joined file of an edited book holds, and the whole one.

    Fails unless it is the file that is made from nothing, and is all kept when it is made again.
    """
    store, again = keep(folder / "cache"), Counting()
    render_joined(one, store=store)
    made = render_joined(other, store=store)
    assert made == render_joined(other)
    assert made == render_joined(other, again, store)
    assert sum(again.counts) == 1, "the document is read"
    return read_held(made.data), read_held(render_whole(other).data)


def show_edited(root: Path, tag: str, text: str) -> list[int]:
    """The parts that are laid out again when the desk shows a book with another text.

    Fails unless all sentences have the boxes that they have in a draft laid out whole.
    """
    with pytest.MonkeyPatch.context() as patch:
        short_parts(patch)
        patch.setattr(draftpages, "_lay_out_whole", None)
        laid = note_laid(patch)
        store = keep(root / "cache")
        before = lay_out_draft(root, "text", tag, store=store)
        laid.clear()
        (root / "source/text.md").write_text(text, encoding="utf-8")
        after = lay_out_draft(root, "text", tag, set(before.digests), store)
    whole = lay_out_draft(root, "text", tag)
    assert after.boxes == whole.boxes
    assert after.unseen == whole.unseen
    return sorted(laid)
