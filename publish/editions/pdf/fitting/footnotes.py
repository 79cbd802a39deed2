"""Moves notes from the end of a document to the places of their marks, for the foot of the page.

The renderer takes an element out of its line and sets it at the foot of the page that has the line;
`notebreaks` breaks those that do not fit.  A note of a heading is called from the first text after
it, so that it is no part of the heading; before a table, an image or no text it has a line of its
own, without height.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

__all__ = ["HEADING", "HERE", "NOTES", "is_note", "place_notes"]

HERE = "here"
"""The class of a place in a line whose notes are at the foot of the page."""

CELL, ALONE = "cell", "alone"
"""The classes of a place in a table, and of one in a line of its own."""

HEADING = "data-heading"
"""The attribute of a note with the heading of the notes, which is read aloud for its mark."""

NOTES = "edition-notes"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
BLOCKS = frozenset({"table", "figure", "pre", "hr"})
"""Elements that a heading may stand before, and that have no text of their own."""

INLINE = frozenset({"a", "code", "em", "i", "b", "img", "kbd", "q", "span", "strong", "sub", "sup"})
"""Elements that are part of a line of text."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class _Placing:
    """The parents of all elements, and the elements by id."""

    parents: dict[Element, Element]
    ids: dict[str, Element]


def is_note(element: Element) -> bool:
    """Return whether an element is a note."""
    return element.tag == "div" and element.get(EPUB_TYPE) in ("footnote", "endnote")


def place_notes(root: Element) -> None:
    """Move each note of a document without namespaces to its first mark.

    The section of notes goes, unless no text has a mark of one.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    ids: dict[str, Element] = {}
    for element in root.iter():
        ids.setdefault(element.get("id", ""), element)
    section = ids.get(NOTES)
    if section is None:
        return
    placing = _Placing(parents, ids)
    heading = section[0]
    cells = list(heading) if "pair" in _classes(heading) else [heading]
    titles = [" ".join("".join(cell.itertext()).split()) for cell in cells]
    waiting = [entry for entry in section if any(map(is_note, entry.iter()))]
    for entry in waiting:
        for number, inner in enumerate(filter(is_note, entry.iter())):
            inner.set(HEADING, titles[min(number, len(titles) - 1)])
    while waiting:
        left = [entry for entry in waiting if not _place(placing, section, entry)]
        if len(left) == len(waiting):
            return
        waiting = left
    placing.parents[section].remove(section)


def _place(placing: _Placing, section: Element, entry: Element) -> bool:
    """Move a note, or a pair of notes in two languages, to its first mark, if the text has one."""
    note = next(filter(is_note, entry.iter()))
    mark = placing.ids.get(f"mark-{(note.get('id') or '').removeprefix('note-')}")
    above = [] if mark is None else list(_above(placing, mark))
    if not above or section in above:
        return False
    section.remove(entry)
    here = _hold(placing, entry)
    around = next((one for one in above if HERE in _classes(one)), None)
    heading = next((one for one in above if one.tag in HEADINGS), None)
    if around is not None:
        _mark(here, *({CELL, ALONE} & set(_classes(around))))
        _insert(placing, around, -1, here)
    elif heading is not None:
        found = _text_after(placing, heading)
        if found is None:
            _mark(here, ALONE)
        _insert(placing, heading if found is None else found, _start(found), here)
    else:
        if any(one.tag == "table" for one in above):
            _mark(here, CELL)
        _insert(placing, above[0], -1, here)
    return True


def _mark(element: Element, *names: str) -> None:
    element.set("class", " ".join((*_classes(element), *names)))


def _above(placing: _Placing, mark: Element) -> Iterator[Element]:
    """Yield the elements around a mark, from the inside out; the first has only the mark."""
    found: Element | None = placing.parents.get(mark)
    while found is not None:
        yield found
        found = placing.parents.get(found)


def _is_table(element: Element) -> bool:
    classes = _classes(element)
    return element.tag == "div" and ("table" in classes or "row" in classes)


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


# --------------------------------------------------------------------------- in a line


def _text_after(placing: _Placing, heading: Element) -> Element | None:
    """Return the paragraph, item or cell with the first text after a heading; None for a table."""
    waiting = _following(placing, heading)
    while waiting:
        found = waiting.pop(0)
        if found.tag in BLOCKS or _is_table(found) or found.get("id") == NOTES:
            return None
        if found.tag == "p" or (found.tag in ("li", "div") and _has_words(found)):
            return None if HERE in _classes(found) else found
        if found.tag not in HEADINGS:
            waiting = [*found, *waiting]
    return None


def _following(placing: _Placing, element: Element) -> list[Element]:
    """Return what follows an element in its section."""
    siblings = list(placing.parents[element])
    return siblings[siblings.index(element) + 1 :]


def _has_words(element: Element) -> bool:
    """Return whether an element begins with text of its own, not with a block."""
    at = _start(element)
    if ((element[at - 1].tail if at else element.text) or "").strip():
        return True
    return at < len(element) and element[at].tag in INLINE


def _start(element: Element | None) -> int:
    """Return where the text of an element begins, after its number and notes put there before.

    For none it is -1.
    """
    if element is None:
        return -1
    at, text = 0, element.text
    for child in element:
        if (text or "").strip() or not {"number", HERE} & set(_classes(child)):
            break
        at, text = at + 1, child.tail
    return at


def _hold(placing: _Placing, entry: Element) -> Element:
    """Return the place of a note in a line, with the part for the foot of the page in it."""
    part = Element("div", {"class": "part"})
    entry.tail = None
    if is_note(entry):
        here = entry
        part.set("id", entry.attrib.pop("id", ""))
        part.extend(list(entry))
        for inner in list(entry):
            entry.remove(inner)
            placing.parents[inner] = part
        here.text = None
        here.set("class", f"{here.get('class', '')} {HERE}".strip())
    else:
        here = Element("div", {"class": HERE})
        part.append(entry)
        placing.parents[entry] = part
    here.append(part)
    placing.parents[part] = here
    return here


def _insert(placing: _Placing, anchor: Element, at: int, here: Element) -> None:
    """Put the place of a note after an element; if `at` is not negative, into it, there."""
    if at < 0:
        parent = placing.parents[anchor]
        here.tail, anchor.tail = anchor.tail, None
        parent.insert(list(parent).index(anchor) + 1, here)
    else:
        parent = anchor
        before = anchor[at - 1] if at else None
        if before is None:
            here.tail, anchor.text = anchor.text, None
        else:
            here.tail, before.tail = before.tail, None
        parent.insert(at, here)
    placing.parents[here] = parent
