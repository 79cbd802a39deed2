"""Large fonts are cut to the letters of a document; parts that are kept know which these were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bookparts import (
    Counting,
    compare_held,
    keep,
    make_input,
    render_joined,
    render_whole,
    short_parts,
    write_book,
)

from publish.building.draftpages import DraftPages, Drafts, lay_out_draft
from publish.editions import fontfiles
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.mergedfonts import make_fonts
from publish.editions.pdf.parts.recording import FontFacts
from publish.editions.pdf.shown.pageimages import draw_page, open_pages

CHAPTERS = "# One\n\nWords of it.\n\n# Two\n\nOther words.\n\n# Three\n\nLast.\n"
BOOK = f"---\ntitle: A book\n---\n\n{CHAPTERS}"


@pytest.mark.full
def test_a_letter_that_is_new_to_a_book_changes_no_other_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The glyphs of its fonts have other numbers then; the chapters before would show others."""
    monkeypatch.setattr(fontfiles, "LARGE", 0)
    source = make_input(write_book(tmp_path / "book", BOOK))
    store = keep(tmp_path / "cache")
    render_joined(source, store=store)
    edited = replace(source, xhtml=source.xhtml.replace(b"Three", b"Book three"))
    joined = render_joined(edited, store=store)
    compare_held(joined, render_whole(edited))
    assert joined == render_joined(edited)
    again = Counting()
    render_joined(source, again, store)
    assert not any(again.counts[1:]), "what was kept of the letters before is found again"


def test_parts_with_a_font_from_several_files_are_not_joined() -> None:
    one = FontFacts(1, {"index": 0}, {}, {}, "a")
    with pytest.raises(WholeNeededError, match="several files"):
        make_fonts((one, replace(one, digest="b")), ())


@pytest.mark.full
def test_the_desk_shows_all_letters_after_one_that_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fontfiles, "LARGE", 0)
    short_parts(monkeypatch)
    write_book(tmp_path, BOOK)
    drafts = Drafts(tmp_path, "text", "en")
    drafts.lay_out()
    (tmp_path / "source/text.md").write_text(BOOK.replace("Three", "Book three"), "utf-8")
    shown = draw(drafts.lay_out())
    assert list(shown.values()) == list(draw(lay_out_draft(tmp_path, "text", "en")).values())


def draw(pages: DraftPages) -> dict[str, bytes]:
    opened = open_pages(pages.painted)
    return {digest: draw_page(opened, at, 300) for at, digest in enumerate(pages.new)}
