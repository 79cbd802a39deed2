"""What PDFium finds in the boxes of sentences, against the text of the sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from publish.building.draftpages import DraftPages, lay_out_draft
from publish.building.pairing import join_languages
from publish.building.preparing import prepare_draft
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.page.xhtml import UNIT
from publish.editions.pdf.shown.unitboxes import Box
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["NAME", "find_misplaced", "load", "make_workspace"]

NAME = "text"

HTML = "{http://www.w3.org/1999/xhtml}"


def make_workspace(root: Path, text: str, tags: Sequence[str], settings: str = "") -> Path:
    """A workspace with one document of its own."""
    (root / "source").mkdir(parents=True)
    languages = ", ".join(f'"{tag}"' for tag in tags)
    (root / "publish.toml").write_text(f"languages = [{languages}]\n{settings}", "utf-8")
    (root / f"source/{NAME}.md").write_text(text, "utf-8")
    return root


def load(root: Path, name: str, tag: str) -> tuple[Loader, Translation]:
    loader = Loader(open_workspace(root))
    return loader, loader.translation(name, find(tag))


def letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, text.casefold()))


def marked_texts(
    root: Path, name: str, tag: str
) -> tuple[dict[str, list[str]], set[str], set[str]]:
    """The texts of each sentence at all its places; those of contents, and of heads of tables."""
    halves = [prepare_draft(*load(root, name, one)) for one in tag.split("+")]
    prepared = join_languages(*halves) if len(halves) > 1 else halves[0]
    tree = make_edition_tree(prepared.for_sentences, prepared.materials, repeated=True)
    body = tree.find(f"{HTML}body")
    assert body is not None
    found: dict[str, list[str]] = {}
    for element in body.iter():
        for one in (element.get(UNIT) or "").split():
            found.setdefault(one, []).append("".join(map(str, element.itertext())))
    headings = ("h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption")
    listed = _ids_in(body, headings)
    listed |= {
        one
        for element in body
        if element.get("id") == "edition-cover"
        for inner in element.iter()
        for one in (inner.get(UNIT) or "").split()
    }
    return found, listed, _ids_in(body, ("th",))


def _ids_in(body: Any, tags: Iterable[str]) -> set[str]:
    """The sentences in elements of some kinds."""
    return {
        one
        for tag in tags
        for element in body.iter(f"{HTML}{tag}")
        for inner in element.iter()
        for one in (inner.get(UNIT) or "").split()
    }


def shown_letters(pages: DraftPages) -> dict[str, Counter[str]]:
    """The letters of a PDF in the boxes of each sentence; a letter belongs to the smallest."""
    found: dict[str, Counter[str]] = {one: Counter() for one in pages.boxes}
    by_page: dict[int, dict[Box, list[str]]] = {}
    for one, boxes in pages.boxes.items():
        if one not in pages.unseen:
            for box in boxes:
                by_page.setdefault(box.page, {}).setdefault(box, []).append(one)
    document = pypdfium2.PdfDocument(pages.painted)
    assert len(document) == len(pages.digests)
    for number, boxes_here in by_page.items():
        for letter, x, y in _chars(document[number]):
            inside = [
                (box.width * box.height, names)
                for box, names in boxes_here.items()
                if box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height
            ]
            for one in min(inside, default=(0, ()))[1]:
                found[one].update(letters(letter))
    document.close()
    return found


def _chars(page: Any) -> Iterator[tuple[str, float, float]]:
    across, down = page.get_size()
    text = page.get_textpage()
    for at in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(at)
        letter = text.get_text_range(at, 1)
        if letter.isalnum():
            yield letter, (left + right) / 2 / across, 1 - (top + bottom) / 2 / down


@cache
def find_misplaced(root: Path, name: str, tag: str) -> tuple[DraftPages, list[str]]:
    """The pages of a text, and its sentences whose boxes have other letters than they have."""
    pages = lay_out_draft(root, name, tag)
    texts, listed, heads = marked_texts(root, name, tag)
    _, translation = load(root, name, tag.partition("+")[0])
    wanted = [one.id for one in translation.source.sentences]
    assert set(pages.boxes) == set(wanted)
    shown = shown_letters(pages)
    wrong = []
    for one in wanted:
        expected = [letters(text) for text in texts.get(one, [])]
        every = sum(expected, Counter())
        if one in listed and shown[one] != every:  # in contents, without the marks of notes
            names = (re.sub(r"\d+$", "", text) for text in dict.fromkeys(texts[one]))
            every = sum(map(letters, names), every)
        if one in heads and shown[one] != every:  # on each page of a table
            times = sum(shown[one].values()) // sum(every.values())
            every = sum([every] * times, Counter())
        if not pages.boxes[one] or (one not in pages.unseen and shown[one] != every):
            wrong.append(f"{one}: {texts.get(one)}: {''.join(shown[one].elements())}")
    return pages, wrong
