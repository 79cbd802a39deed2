"""Reads the texts that bookmarks of a Word file enclose, as a person sees them."""

from __future__ import annotations

from publish.editions.docx.names import name
from publish.editions.docx.word import SENTENCE
from publish.editions.page.xhtml import Element

__all__ = ["read_shown_texts"]

UNSEEN = frozenset(("FootnoteReference", "EditionMark"))
"""Character styles of what is not part of a sentence: numbers of notes, marks of passages."""


def read_shown_texts(root: Element) -> dict[str, str]:
    """Return the text in each bookmark of a sentence, with single spaces.

    A picture is its description.
    """
    names: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    for one in root.iter():
        if one.tag == name("w:bookmarkStart"):
            found = one.get(name("w:name")) or ""
            if found.startswith(SENTENCE) and found not in texts:
                names[one.get(name("w:id")) or ""] = found
                texts[found] = []
        elif one.tag == name("w:bookmarkEnd"):
            names.pop(one.get(name("w:id")) or "", "")
        elif names and (piece := _read_piece(one)):
            for found in names.values():
                texts[found].append(piece)
    return {found: " ".join("".join(parts).split()) for found, parts in texts.items()}


def _read_piece(one: Element) -> str:
    if one.tag in (name("w:t"), name("m:t")):
        run = one.getparent()
        style = run.find(f"{name('w:rPr')}/{name('w:rStyle')}") if run is not None else None
        unseen = style is not None and style.get(name("w:val")) in UNSEEN
        return "" if unseen else one.text or ""
    if one.tag == name("wp:docPr"):
        return one.get("descr") or ""
    return " " if one.tag in (name("w:br"), name("w:tab")) else ""
