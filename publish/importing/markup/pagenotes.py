"""Notes and their marks.

A mark is a link to a note that leads back to it, as Word, MediaWiki, Sphinx, pandoc and mammoth
write them, or one that says that it is a mark.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from publish.importing.markup.pagetree import HtmlElement, class_words, name_of, show_text

__all__ = ["FoundNotes", "find_notes"]

NUMBER = re.compile(
    r"[\[({]?\s*(?:(?:note|n|nb|fn)\.?\s*)?(?:\d{1,4}|[ivxlc]{1,6}|[a-z]{1,2}|[*†‡§¶#]{1,4})\s*[\])}.]?",
    re.I,
)
SAYS_MARK = re.compile(
    r"\s(?:footnote-?ref(?:erence)?|doc-noteref|noteref|fnref|footnotereference)\s"
)
SAYS_NOTE = re.compile(r"\s(?:foot-?note|endnote|doc-footnote|doc-endnote|msofootnotetext)\s")
SAYS_BACK = re.compile(
    r"\s(?:foot-?note-?back(?:ref|link)?|doc-backlink|reversefootnote|data-footnote-backref)\s"
)
LABEL = re.compile(r"[A-Za-z][\w-]{0,60}")
"""What a page can name a note, so that no number of another note is the same."""
HOLDERS = ("li", "aside", "dd", "td", "div", "p", "section")
LONGEST = 20_000
"""A note with more letters is no note."""


@dataclass(frozen=True, slots=True)
class FoundNotes:
    """The notes by label in the order of their marks, and the elements that are marks.

    `labels` are the labels by the element of a mark; `skipped` are the elements that are no text
    of a note: links back, and the number it begins with.
    """

    notes: dict[str, HtmlElement] = field(default_factory=dict)
    labels: dict[HtmlElement, str] = field(default_factory=dict)
    skipped: set[HtmlElement] = field(default_factory=set)


def find_notes(root: HtmlElement) -> FoundNotes:
    """Return the notes of a page."""
    found = FoundNotes()
    targets: dict[str, HtmlElement] = {}
    order = {one: at for at, one in enumerate(root.iter())}
    for one in root.iter():
        for name in (one.get("id"), one.get("name") if name_of(one) == "a" else None):
            if name:
                targets.setdefault(name, one)
    labels: dict[HtmlElement, str] = {}
    for link in list(root.iter("a")):
        href = link.get("href") or ""
        target = targets.get(href[1:]) if href.startswith("#") else None
        note = _note_of(link, target, order) if target is not None else None
        if note is None:
            continue
        if note not in labels:
            labels[note] = _name_note(note, found.notes)
            found.notes[labels[note]] = note
        found.labels[_whole_mark(link)] = labels[note]
    ids = _ids_of_marks(found.labels)
    for note in found.notes.values():
        found.skipped.add(note)
        found.skipped.update(_not_text(note, ids))
    return found


def _name_note(note: HtmlElement, known: Collection[str]) -> str:
    """Return the label of a note: the one that its page gives it, or its number."""
    given = note.get("data-label") or ""
    return given if LABEL.fullmatch(given) and given not in known else str(len(known) + 1)


def _note_of(
    link: HtmlElement, target: HtmlElement, order: dict[HtmlElement, int]
) -> HtmlElement | None:
    """Return the note that a mark leads to; None if the link is no mark."""
    said = class_words(link)
    if SAYS_BACK.search(said) or not NUMBER.fullmatch(show_text(link)):
        return None
    note = _holder(target)
    if note is None or link in note.iter() or len(show_text(note)) > LONGEST:
        return None
    if SAYS_MARK.search(said) or SAYS_NOTE.search(class_words(note)):
        return note
    ids = set(_own_ids(link))
    back = any(
        one.get("href", "").startswith("#") and one.get("href", "")[1:] in ids
        for one in note.iter("a")
    )
    return note if back and order[link] < order[note] else None


def _holder(target: HtmlElement) -> HtmlElement | None:
    """Return the block that a note is, from the element that a mark leads to."""
    at: HtmlElement | None = target
    while at is not None and name_of(at) not in HOLDERS:
        at = at.getparent()
    if at is None:
        return None
    parent = at.getparent()
    # Word has <div id="ftn1"><p><a name="_ftn1">…</a>…</p></div>.
    if (
        name_of(at) == "p"
        and parent is not None
        and re.match(r"(?:ftn|edn)\d", parent.get("id") or "")
    ):
        return parent
    if name_of(at) in ("td", "p") and parent is not None and name_of(parent) in ("li", "aside"):
        return parent
    return at


def _own_ids(link: HtmlElement) -> Iterator[str]:
    """Yield the ids of a mark: its own, and those of what is around it alone."""
    at: HtmlElement | None = link
    for _ in range(3):
        if at is None or (at is not link and name_of(at) not in ("sup", "span", "b", "i", "cite")):
            return
        for one in at.iter():
            yield from (name for name in (one.get("id"), one.get("name")) if name)
        at = at.getparent()


def _whole_mark(link: HtmlElement) -> HtmlElement:
    """Return a mark with what is around it alone, such as `<sup>`."""
    at = link
    while (parent := at.getparent()) is not None and name_of(parent) in ("sup", "span", "small"):
        if (
            len(parent) != 1
            or (parent.text or "").strip(" [(\xa0")
            or (at.tail or "").strip(" ])\xa0")
        ):
            break
        at = parent
    return at


def _ids_of_marks(labels: dict[HtmlElement, str]) -> set[str]:
    return {name for mark in labels for link in (mark, *mark.iter()) for name in _own_ids(link)}


def _not_text(note: HtmlElement, ids: set[str]) -> Iterator[HtmlElement]:
    """Yield the links back to the marks, and the number that a note begins with."""
    for link in note.iter("a"):
        href = link.get("href") or ""
        if SAYS_BACK.search(class_words(link)) or (href.startswith("#") and href[1:] in ids):
            yield _alone(link, note)
    for one in note.iter():
        named = re.search(r"\s(?:label|fn-?number|footnote-?number)\s", class_words(one))
        if (named or _begins(one, note)) and NUMBER.fullmatch(show_text(one)):
            yield one


def _begins(element: HtmlElement, note: HtmlElement) -> bool:
    """Return whether a note begins with an element that may hold its number."""
    if name_of(element) not in ("sup", "b", "strong", "span"):
        return False
    at = element
    while at is not note:
        parent = at.getparent()
        if parent is None or at.getprevious() is not None or (parent.text or "").strip():
            return False
        at = parent
    return name_of(element) == "sup"


def _alone(link: HtmlElement, note: HtmlElement) -> HtmlElement:
    """Return a link back with what is around it and has no other text."""
    at = link
    while (parent := at.getparent()) is not None and at is not note and parent is not note:
        if name_of(parent) in ("p", "li", "div") or show_text(parent) != show_text(at):
            bare = re.sub(r"[\s\[\](){}.,^↑↩︎]", "", show_text(parent))
            if name_of(parent) in ("p", "li", "div") or not re.fullmatch(r"(?:\d|[a-z*†‡])*", bare):
                break
        at = parent
    return at
