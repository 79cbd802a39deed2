"""What is known of a Word file while it is written: its relations, bookmarks, lists, pictures."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from publish.editions.docx.names import make
from publish.editions.page.edition import Manuscript
from publish.editions.page.materials import Materials
from publish.editions.page.xhtml import Element
from publish.languages.cldr import make_office_tag
from publish.languages.registry import find

__all__ = [
    "SENTENCE",
    "Look",
    "Place",
    "Story",
    "Word",
    "enclose",
    "name_bookmark",
    "name_note",
    "name_sentence",
]

SENTENCE = "_s."
"""What the bookmark of a sentence begins with; Word does not list names that begin so."""

LONGEST = 40
"""Letters: Word takes no longer name for a bookmark."""

_UNSAFE = re.compile(r"[^A-Za-z0-9_]")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]*")


def name_sentence(identifier: str) -> str:
    """Return the name of the bookmark around a sentence with this id."""
    return _shorten(SENTENCE + _UNSAFE.sub("_", identifier), identifier)


def name_bookmark(identifier: str) -> str:
    """Return the name of the bookmark for an id of the text: the id, if Word takes it."""
    safe = identifier if _PLAIN.fullmatch(identifier) else f"b_{_UNSAFE.sub('_', identifier)}"
    return safe if safe == identifier and len(safe) <= LONGEST else _hash(safe, identifier)


def name_note(identifier: str) -> str:
    """Return the name of the bookmark around the first mark of a note, which Word does not list."""
    name = f"_n.{name_bookmark(identifier)}"
    return _shorten(name, identifier)


def _shorten(name: str, key: str) -> str:
    return name if len(name) <= LONGEST else _hash(name, key)


def _hash(name: str, key: str) -> str:
    digest = hashlib.sha256(key.encode()).hexdigest()[:12]
    return f"{name[: LONGEST - 13]}_{digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How text looks: its marks, its character style, language and direction.

    `marks` are names of XHTML's elements: `strong`, `em`, `s`, `u`, `sub`, `sup`, `kbd`, `code`.
    """

    marks: frozenset[str] = frozenset()
    style: str = ""
    language: str = ""
    rtl: bool = False

    def within(self, element: Element) -> Look:
        """Return the look of what stands in an element, by its language and direction."""
        language, direction = element.get("lang"), element.get("dir")
        if language is None and direction is None:
            return self
        rtl = self.rtl if direction is None else direction == "rtl"
        if direction is None and language is not None:
            rtl = find(language).direction == "rtl"
        return replace(self, language=language or self.language, rtl=rtl)

    def marked(self, *marks: str) -> Look:
        """Return this look with further marks."""
        return replace(self, marks=self.marks | frozenset(marks))

    def styled(self, style: str) -> Look:
        """Return this look with a character style."""
        return replace(self, style=style)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where blocks stand: their style, look, indent in twentieths of a point, depth of lists.

    In a `narrow` place, such as a cell or a note, nothing hangs in the margin.
    """

    look: Look
    style: str = "BodyText"
    indent: int = 0
    after: int = 0
    depth: int = 0
    narrow: bool = False
    width: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A part of the file with relations of its own: the text, or the notes."""

    relations: dict[tuple[str, str], str] = field(default_factory=dict)

    def relate(self, kind: str, target: str) -> str:
        """Return the id of a relation; the same target has one."""
        return self.relations.setdefault((kind, target), f"rId{len(self.relations) + 1}")


@dataclass(slots=True, kw_only=True)
class Word:
    """A file that is written: what its parts share and add to.

    `numbers` are the definitions of lists so far, `notes` the elements of the tree's notes by id,
    `shown` the notes that have a mark, in order, `automatic` those that Word numbers, and `media`
    the pictures by their names.  `targets` are the ids that links lead to, `marked` those that have
    a bookmark.  `fonts` are the files of the letters in drawings, `sections` the sections so far.
    `sentences` are the bookmarks of sentences with their paragraphs, `formulas` have their text and
    TeX.  Of a bilingual edition, one `half` has its sentences marked.
    """

    text: Manuscript
    materials: Materials
    story: Story
    notes: dict[str, Element]
    targets: frozenset[str]
    numbers: list[Element] = field(default_factory=list)
    shown: dict[str, int] = field(default_factory=dict)
    automatic: set[str] = field(default_factory=set)
    media: dict[str, bytes] = field(default_factory=dict)
    marked: dict[str, str] = field(default_factory=dict)
    sentences: dict[str, Element] = field(default_factory=dict)
    formulas: dict[str, tuple[str, str]] = field(default_factory=dict)
    drawings: int = 0
    bookmarks: int = 0
    in_notes: bool = False
    fonts: tuple[str, ...] = ()
    sections: int = 0
    margins: dict[str, bytes] = field(default_factory=dict)
    rtl: bool = False
    half: int = 0

    def bookmark(self, name: str) -> tuple[Element, Element]:
        """Return begin and end of a new bookmark."""
        self.bookmarks += 1
        start = make("w:bookmarkStart", id=self.bookmarks, name=name)
        return start, make("w:bookmarkEnd", id=self.bookmarks)

    def office_tag(self, language: str) -> str:
        """Return a language tag as Word knows it."""
        return make_office_tag(language)


def enclose(parent: Element, ids: Iterable[str], start: int, word: Word) -> None:
    """Put bookmarks of ids around what an element has from a place on, once for each id."""
    for identifier in ids:
        name = name_bookmark(identifier)
        if identifier and name not in word.marked:
            begin, end = word.bookmark(name)
            word.marked[name] = identifier
            parent.insert(start, begin)
            parent.append(end)
