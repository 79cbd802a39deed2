"""Writes the notes of a text as footnotes."""

from __future__ import annotations

from publish.editions.docx.blocks import add_blocks
from publish.editions.docx.names import make, make_text, write_part
from publish.editions.docx.paragraphs import add_paragraph
from publish.editions.docx.runs import add_run, add_text
from publish.editions.docx.word import Look, Place, Story, Word, name_note
from publish.editions.page.xhtml import XHTML_NS, Element

__all__ = ["collect_notes", "write_footnotes"]

HTML = f"{{{XHTML_NS}}}"


def collect_notes(tree: Element) -> dict[str, Element]:
    """Return the notes of a tree by their ids, and take them out of it."""
    found: dict[str, Element] = {}
    for section in list(tree.iter(f"{HTML}section")):
        if section.get("id") == "edition-notes":
            for note in section.iter(f"{HTML}div"):
                if (note.get("id") or "").startswith("note-"):
                    found[note.get("id") or ""] = note
            parent = section.getparent()
            if parent is not None:
                parent.remove(section)
    return found


def write_footnotes(word: Word, look: Look) -> tuple[bytes, Story]:
    """Return the part with the notes that have a mark, and its relations."""
    story = word.story = Story()
    word.in_notes = True
    root = make("w:footnotes")
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        line = make(
            "w:p", make("w:pPr", make("w:spacing", after=0)), make("w:r", make(f"w:{kind}"))
        )
        root.append(make("w:footnote", line, type=kind, id=number))
    done: set[str] = set()
    for name, number in word.shown.items():
        note = make("w:footnote", id=number)
        _fill(note, name, look, word, done, first=True)
        root.append(note)
    return write_part(root, ("w",)), story


def _fill(note: Element, name: str, look: Look, word: Word, done: set[str], *, first: bool) -> None:
    """Write a note, and after it those that only it refers to, since Word has no notes of notes."""
    element = word.notes[name]
    done.add(name)
    start = len(note)
    content = [one for one in element if "back" not in (one.get("class") or "").split()]
    place = Place(look=look.within(element), style="FootnoteText", narrow=True)
    add_blocks(note, content, place, word)
    if len(note) == start or not str(note[start].tag).endswith("}p"):
        add_paragraph(note, place, word)
        note.insert(start, note[-1])
    _add_number(note[start], element, name, place, word, first=first)
    for mark in element.iter(f"{HTML}a"):
        target = (mark.get("href") or "").removeprefix("#")
        inner = mark.get("role") == "doc-noteref" and target not in word.shown
        if inner and target not in done and target in word.notes:
            _fill(note, target, look, word, done, first=False)


def _add_number(
    paragraph: Element, element: Element, name: str, place: Place, word: Word, *, first: bool
) -> None:
    """Put the number of a note before its first paragraph."""
    holder = make("w:p")
    look = place.look.styled("FootnoteReference")
    back = element.find(f".//{HTML}a[@role='doc-backlink']")
    shown = "" if back is None else back.text or ""
    if first and name in word.automatic:
        add_run(holder, make("w:footnoteRef"), look, word, rtl=False)
    else:
        mark = name_note(name)
        begin, end = word.bookmark(mark)
        if not first:
            holder.append(begin)
        add_run(holder, make_text(shown), look, word, rtl=False)
        if not first:
            holder.append(end)
    add_text(holder, "\u00a0", place.look.styled("EditionMark"), word)
    at = 1 if len(paragraph) and str(paragraph[0].tag).endswith("}pPr") else 0
    for one in reversed(list(holder)):
        paragraph.insert(at, one)
