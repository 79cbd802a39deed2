"""Read a Word edition that a translator edited: its text, with marks where sentences begin and end.

Sentences of an edition are wrapped by bookmarks.  Before the file is read as any other, each
bookmark becomes a few characters that stand in no text (noncharacters of Unicode), and so does
each comment, so that they are found in the text of the document that comes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from publish.editions.docx.shown import read_shown_texts
from publish.importing.markup.pagereader import read_html
from publish.importing.results import Loss
from publish.importing.word.names import Xml, w, words_of, write_part
from publish.importing.word.package import Package, open_package
from publish.importing.word.reading import read_word_package
from publish.model import Document

__all__ = [
    "UNTITLED",
    "EditedWord",
    "FoundMark",
    "find_marks",
    "read_edited_word",
    "read_subject",
    "without_marks",
]

BOOKMARK = "_s."
"""How the names of the bookmarks of sentences begin."""
COPY = re.compile(r"[ _]Copy[ _]\d+$")
UNTITLED = "\ufdef"
"""The title of a file that has none."""
EDITION = "urn:publish:edition:1"
MARK = re.compile("([\ufdd0-\ufdd2])([\ufdd4-\ufddd]+)\ufdd3")
ANY = re.compile("[\ufdd0-\ufdef]+")
KINDS = {"begin": "\ufdd0", "end": "\ufdd1", "comment": "\ufdd2"}
NAMES = {sign: name for name, sign in KINDS.items()}
DELETED = (w("del"), w("moveFrom"))
CHANGES = (w("ins"), w("del"), w("moveFrom"), w("moveTo"))
POINTS = (w("bookmarkStart"), w("bookmarkEnd"), w("commentRangeStart"), w("commentReference"))
LINES = (w("p"), w("hyperlink"))
STORIES = ("footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A mark in a text: its range, its kind (`begin`, `end`, `comment`) and its number."""

    start: int
    end: int
    kind: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedWord:
    """A Word file as a document whose text has marks.

    `names` are those of the bookmarks, by the numbers of the marks; `comments` the words of
    comments, likewise.  `subject` is the document and the language that the file names, empty if
    it does not; of two languages it is `en+ru`.  `sent` has what the file says of each bookmark:
    attributes by their names, and `shown` the text in it, as the writer of editions reads it.
    `lines` are the words of paragraphs without such bookmarks.
    `changes` counts the tracked changes that were neither accepted nor rejected.
    """

    document: Document
    losses: tuple[Loss, ...]
    names: tuple[str, ...]
    comments: tuple[str, ...]
    subject: tuple[str, str] = ("", "")
    sent: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    lines: frozenset[str] = frozenset()
    changes: int = 0


def find_marks(text: str) -> list[FoundMark]:
    """Return the marks in a text, in order."""
    found = []
    for one in MARK.finditer(text):
        number = int("".join(str(ord(sign) - 0xFDD4) for sign in one[2]))
        found.append(FoundMark(one.start(), one.end(), NAMES[one[1]], number))
    return found


def without_marks(text: str) -> str:
    """Return a text without its marks."""
    return ANY.sub("", text)


def _write_mark(kind: str, number: int) -> str:
    digits = "".join(chr(0xFDD4 + int(digit)) for digit in str(number))
    return f"{KINDS[kind]}{digits}\ufdd3"


def read_edited_word(data: bytes, file: str, *, language: str = "en") -> EditedWord:
    """Return an edited edition as a document with marks; `language` is that of its text.

    Tracked changes are taken as accepted.  Raises PublishError (code `kit-file`) for a file that
    cannot be read, is damaged, has a password, or is larger than the limits.
    """
    package = open_package(data, file)
    marking = _Marking()
    parts = dict(package.parts)
    shown: dict[str, str] = {}
    lines: set[str] = set()
    changes = 0
    for name in (package.main, *(package.find_part(kind) for kind in STORIES)):
        root = package.read_xml(name) if name else None
        if root is None:
            continue
        changes += sum(_is_change(one) for one in root.iter(*CHANGES))
        _settle_names(root)
        lines |= set(_list_lines(root))
        shown |= read_shown_texts(root)
        _mark_part(root, marking)
        parts[package.names[name.lower()]] = write_part(root)
    page = read_word_package(replace(package, parts=parts), whole=True)
    imported = read_html(
        page.html, file, language=language, name=UNTITLED, whole=True, pictures=page.pictures
    )
    losses = (*page.losses, *imported.losses)
    remarks = _read_remarks(package)
    return EditedWord(
        document=imported.document,
        losses=tuple(replace(one, text=without_marks(one.text)) for one in losses),
        names=tuple(marking.names),
        comments=tuple(remarks.get(one, "") for one in marking.comments),
        subject=_read_subject(package),
        sent=_read_sent(package),
        shown=shown,
        lines=frozenset(lines),
        changes=changes,
    )


def _settle_names(root: Xml) -> None:
    """Give bookmarks the names that they were sent with: LibreOffice calls some of them copies."""
    for one in root.iter(w("bookmarkStart")):
        name = one.get(w("name")) or ""
        if name.startswith(BOOKMARK):
            one.set(w("name"), COPY.sub("", name))


def _list_lines(root: Xml) -> Iterator[str]:
    for one in root.iter(w("p")):
        names = (mark.get(w("name")) or "" for mark in one.iter(w("bookmarkStart")))
        if not any(name.startswith(BOOKMARK) for name in names):
            yield words_of([one])


def _is_change(element: Xml) -> bool:
    """Return whether a tracked change is one of text that shows, not of properties alone."""
    return bool(words_of([element]))


# --------------------------------------------------------------------------- marking


@dataclass(slots=True)
class _Marking:
    """The bookmarks and the comments that have a number so far."""

    names: dict[str, int] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)


def _mark_part(root: Xml, marking: _Marking) -> None:
    for text in root.iter(w("t"), w("delText")):
        if text.text and ANY.search(text.text):
            text.text = without_marks(text.text)
    _save_points(root)
    open_ones: dict[str, int] = {}
    begun = {one.get(w("id")) for one in root.iter(w("commentRangeStart"))}
    for one in list(root.iter(*POINTS)):
        identifier = one.get(w("id")) or ""
        name = one.get(w("name")) or ""
        if one.tag == w("bookmarkStart") and name.startswith(BOOKMARK):
            number = marking.names.setdefault(name, len(marking.names))
            open_ones[identifier] = number
            _put(one, _write_mark("begin", number))
        elif one.tag == w("bookmarkEnd") and identifier in open_ones:
            _put(one, _write_mark("end", open_ones.pop(identifier)))
        elif one.tag == w("commentRangeStart") or (
            one.tag == w("commentReference") and identifier not in begun
        ):
            marking.comments.append(identifier)
            _put(one, _write_mark("comment", len(marking.comments) - 1))


def _save_points(root: Xml) -> None:
    """Move bookmarks and comments out of what was deleted, since that goes as a whole."""
    for one in list(root.iter(*POINTS)):
        outer = [up for up in one.iterancestors() if up.tag in DELETED]
        if not outer or one.tag == w("commentReference"):
            continue
        last = outer[-1]
        if one.tag == w("bookmarkEnd"):
            _take_out(one)
            last.addnext(one)
        else:
            _take_out(one)
            last.addprevious(one)


def _take_out(element: Xml) -> None:
    """Take an element without text out of its place."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _put(point: Xml, text: str) -> None:
    """Put the characters of a mark where a bookmark or a comment stands."""
    run = point.makeelement(w("r"))
    shown = point.makeelement(w("t"))
    shown.text = text
    run.append(shown)
    around = next((up for up in point.iterancestors() if up.tag in (w("r"), w("p"))), None)
    if around is not None:
        (around if around.tag == w("r") else point).addprevious(run)
    elif point.tag == w("bookmarkEnd"):
        line = next(_lines_before(point), None)
        if line is not None:
            line.append(run)
    elif (line := next(_lines_after(point), None)) is not None:
        at = 1 if len(line) and line[0].tag == w("pPr") else 0
        line.insert(at, run)


def _lines_before(point: Xml) -> Iterator[Xml]:
    """Yield paragraphs before a point between paragraphs, the nearest one first."""
    for up in (point, *point.iterancestors()):
        for other in up.itersiblings(preceding=True):
            yield from list(other.iter(w("p")))[::-1]


def _lines_after(point: Xml) -> Iterator[Xml]:
    """Yield paragraphs after a point between paragraphs, the nearest one first."""
    for up in (point, *point.iterancestors()):
        for other in up.itersiblings():
            yield from other.iter(w("p"))


# --------------------------------------------------------------------------- what the file says


def _read_remarks(package: Package) -> dict[str, str]:
    root = package.read_xml(package.find_part("comments"))
    found = root.iterfind(w("comment")) if root is not None else ()
    return {one.get(w("id")) or "": words_of([one]) for one in found}


def _read_own(package: Package) -> Iterator[Xml]:
    """Yield the parts with what an edition says of itself; other programs may rename them."""
    for name in sorted(package.names):
        if name.startswith("customxml/item") and not name.startswith("customxml/itemprops"):
            root = package.read_xml(name)
            if root is not None and str(root.tag).startswith(f"{{{EDITION}}}"):
                yield root


def read_subject(data: bytes, file: str) -> tuple[str, str]:
    """Return the document and the language that a Word file names, empty if it does not.

    Raises PublishError as `read_edited_word` does.
    """
    return _read_subject(open_package(data, file))


def _read_subject(package: Package) -> tuple[str, str]:
    """Return the document and the language that the file names, empty if it does not."""
    given: dict[str, str] = {}
    for root in _read_own(package):
        given["document"] = root.get("document") or ""
        given["language"] = root.get("languages") or root.get("language") or ""
    listed = package.read_xml("docProps/custom.xml")
    for one in listed if listed is not None else ():
        name = (one.get("name") or "").removeprefix("publish-")
        if name in ("document", "language") and not given.get(name):
            given[name] = "".join(str(text) for text in one.itertext()).strip()
    return given.get("document", ""), given.get("language", "")


def _read_sent(package: Package) -> dict[str, dict[str, str]]:
    """Return the attributes of what the file says of each bookmark."""
    return {
        str(one.get("bookmark")): {str(key): str(value) for key, value in one.attrib.items()}
        for root in _read_own(package)
        for one in root.iter(f"{{{EDITION}}}sentence")
    }
