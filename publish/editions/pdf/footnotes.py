"""Moves notes from the end of a document to the places of their marks, for the foot of the page.

The renderer takes an element out of its line and sets it at the foot of the page that has the line.
It sets no note over two pages.  A note that it cannot set at the foot of a page stays at the end:

- one that is too long for the foot of a page, or has a table, image or code in it,
- one of a heading before a table, an image or no text,
- in two languages, every one of a document with lists, whose rows may break apart.

A note whose first mark is in a table or a caption stands right below the table or figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from publish.model import PageSize

__all__ = ["BELOW_TABLE", "HEADING", "HERE", "NOTES", "is_note", "place_notes"]

HERE = "here"
"""The class of a place in a line whose notes are at the foot of the page."""

HEADING = "data-heading"
"""The attribute of a note with the heading of the notes, which is read aloud for its mark."""

NOTES = "edition-notes"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
MOST_LETTERS: Mapping[PageSize, int] = {"a4": 1500, "phone": 400}
"""How many letters a note may have at the foot of a page: about a third of it."""

BELOW_TABLE = "below"
"""The class of the notes right below a table or figure."""

BELOW = frozenset({"table", "figure", "pre"})
"""Elements whose notes stand below them."""

LISTS = frozenset({"li", "dd", "dt"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
UNSET = frozenset({"table", "img", "figure", "pre", "math"})
"""What a note at the foot of a page does not have."""


@dataclass(frozen=True, slots=True)
class _Placing:
    """The parents of all elements, the elements by id, and how long a note may be."""

    parents: dict[Element, Element]
    ids: dict[str, Element]
    most: int


def is_note(element: Element) -> bool:
    """Return whether an element is a note."""
    return element.tag == "div" and element.get(EPUB_TYPE) in ("footnote", "endnote")


def place_notes(root: Element, page: PageSize) -> None:
    """Move each note of a document without namespaces to its mark, or leave it at the end.

    The section of notes goes if none is left in it.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    ids: dict[str, Element] = {}
    for element in root.iter():
        ids.setdefault(element.get("id", ""), element)
    section = ids.get(NOTES)
    if section is None or _has_rows_apart(root, section):
        return
    placing = _Placing(parents, ids, MOST_LETTERS[page])
    heading = section[0]
    cells = list(heading) if "pair" in _classes(heading) else [heading]
    titles = [" ".join("".join(cell.itertext()).split()) for cell in cells]
    for entry in list(section):
        note = next((inner for inner in entry.iter() if is_note(inner)), None)
        for number, inner in enumerate(filter(is_note, entry.iter())):
            inner.set(HEADING, titles[min(number, len(titles) - 1)])
        if note is not None and not UNSET & {inner.tag for inner in entry.iter()}:
            _place(placing, section, entry, (note.get("id") or "").removeprefix("note-"))
    if not any(is_note(inner) for inner in section.iter()):
        placing.parents[section].remove(section)


def _has_rows_apart(root: Element, section: Element) -> bool:
    """Return whether a document is in two languages and has lists, whose rows break apart."""
    lists = (one for main in root.iter("main") for one in main.iter() if one.tag in LISTS)
    return "pair" in _classes(section[0]) and next(lists, None) is not None


def _place(placing: _Placing, section: Element, entry: Element, number: str) -> None:
    """Move a note, or a pair of notes in two languages, to its first mark."""
    mark = placing.ids.get(f"mark-{number}")
    if mark is None:
        return
    above = list(_above(placing, mark))
    outer = next((one for one in reversed(above) if one.tag in BELOW or _is_table(one)), None)
    if outer is not None:
        section.remove(entry)
        _set_below(placing, outer, entry)
        return
    if len("".join(entry.itertext())) > placing.most:
        return
    around = next((one for one in above if HERE in _classes(one)), None)
    heading = next((one for one in above if one.tag in HEADINGS), None)
    if around is not None:
        anchor, at = around, -1
    elif heading is not None:
        found = _text_after(placing, heading)
        if found is None:
            return
        anchor, at = found, _start(found)
    elif section in above:
        return
    else:
        anchor, at = above[0], -1
    section.remove(entry)
    _insert(placing, anchor, at, _hold(placing, entry))


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
        if found.tag in BELOW or _is_table(found) or found.get("id") == NOTES:
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
    """Return whether an element has text of its own at its start."""
    at = _start(element)
    return bool(((element[at - 1].tail if at else element.text) or "").strip())


def _start(element: Element) -> int:
    """Return where the text of an element begins, after its number and notes put there before."""
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


# --------------------------------------------------------------------------- below a table


def _set_below(placing: _Placing, outer: Element, entry: Element) -> None:
    """Put a note under the table or figure with its mark, after the notes that are there."""
    parent = placing.parents[outer]
    if "pair" in _classes(parent):
        outer, parent = parent, placing.parents[parent]
    at = list(parent).index(outer) + 1
    following = list(parent)[at:]
    if "first" in _classes(outer) and following and "second" in _classes(following[0]):
        at, following = at + 1, following[1:]
    if following and BELOW_TABLE in _classes(following[0]):
        below = following[0]
    else:
        below = Element("div", {"class": BELOW_TABLE})
        parent.insert(at, below)
        placing.parents[below] = parent
    entry.tail = None
    below.append(entry)
    placing.parents[entry] = below
