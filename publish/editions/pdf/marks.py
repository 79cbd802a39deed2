"""Marks what the PDF's pages show and writes the tag tree over it; part of the door to WeasyPrint.

WeasyPrint makes a tree for every page and knows neither languages within a document, nor contents,
notes or artifacts.  Here it only lays out and paints: `read_page_marks` walks the boxes of its
pages before they are painted, `tagging` puts our stream and our tree into the place of its own
while they are.  Both are private parts of the library, so whatever is not as expected is an error.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pdf.tagfile import write_tree
from publish.editions.pdf.tagtree import (
    ShownPiece,
    TagTree,
    add_marker,
    add_piece,
    link_around,
    node_of,
    tag_tree,
    unread,
)
from publish.errors import BuildError

__all__ = ["PageMarks", "read_page_marks", "tagging", "unexpected"]

_HEADER, _FOOTER = "/Type /Pagination /Subtype /Header", "/Type /Pagination /Subtype /Footer"
_REPEATED, _LAYOUT = "/Type /Pagination", "/Type /Layout"

_JOINT = "\0"
"""What no document has within a text."""

_SPACES = (" ", "\u00a0")

_LAST_GLYPH = re.compile(rb"\[(.*<[0-9a-f]*)([0-9a-f]{4})>(-?[0-9.]+)?\] TJ", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMarks:
    """What is known of the pages before they are painted.

    `artifacts` are texts and images that are no part of the document, with the properties that
    say why; `pieces` all others, with the elements they stand in.  `hyphenated` are texts that
    end in a hyphen the layout has put there, `spaced` those that end where a space was taken,
    `actual` what texts are that are shown in other letters, as in capitals.  `gaps` are texts
    after which the document has a space, `gaps_before` those before which it has one.
    """

    tree: TagTree
    unread: frozenset[Element]
    links: frozenset[object] = frozenset()
    artifacts: dict[object, str] = field(default_factory=dict)
    pieces: dict[object, Element] = field(default_factory=dict)
    hyphenated: set[object] = field(default_factory=set)
    spaced: set[object] = field(default_factory=set)
    actual: dict[object, str] = field(default_factory=dict)
    order: list[Any] = field(default_factory=list)
    gaps: set[object] = field(default_factory=set)
    gaps_before: set[object] = field(default_factory=set)
    heads: dict[Element, int] = field(default_factory=dict)
    lines: dict[Element, list[Any]] = field(default_factory=dict)


# --------------------------------------------------------------------------- before painting


def read_page_marks(document: Any, html: Element) -> PageMarks:
    """The tree of a document that is laid out, and what is to be said of its texts.

    Takes the links off the pages that only repeat those of the elements around them.
    """
    for page in document.pages:
        page.links = [link for link in page.links if _is_whole_link(link[3])]
    links = frozenset(link[3] for page in document.pages for link in page.links)
    pages = PageMarks(tree=tag_tree(html), unread=unread(html), links=links)
    for number, page in enumerate(document.pages):
        _read(page._page_box, number, "", pages)
    for element, boxes in pages.lines.items():
        _compare(element, boxes, pages)
    _find_spaces(pages)
    return pages


def _is_whole_link(box: Any) -> bool:
    """Whether a link's box is that of the link itself, or an image in it, not of words in it."""
    return not hasattr(box, "children") or "a" == box.element.tag == box.element_tag


def _read(box: Any, page: int, artifact: str, pages: PageMarks) -> None:
    box = getattr(box, "_box", box)
    artifact = artifact or _artifact(box, page, pages)
    element = box.element
    if hasattr(box, "text") or hasattr(box, "replacement"):
        _read_leaf(box, page, artifact, pages)
    else:
        if element is not None and element.tag in ("td", "th") and not artifact:
            node_of(pages.tree, element)
        for child in box.children:
            _read(child, page, artifact, pages)
    if box in pages.links and not artifact:
        link = link_around(pages.tree, element)
        if link is not None:
            node_of(pages.tree, link).kids.append(ShownPiece(page, box, is_link=True))


def _artifact(box: Any, page: int, pages: PageMarks) -> str:
    """Why a box and all in it is no part of the document; empty if it is one."""
    if hasattr(box, "at_keyword"):
        return _HEADER if box.at_keyword.startswith("@top") else _FOOTER
    if box.is_leader:
        return _LAYOUT
    if box.element in pages.unread:
        return _LAYOUT
    group = getattr(box, "is_header", False) or getattr(box, "is_footer", False)
    if group and pages.heads.setdefault(box.element, page) != page:
        return _REPEATED
    return ""


def _read_leaf(box: Any, page: int, artifact: str, pages: PageMarks) -> None:
    element = box.element
    marker = _is_marker(box)
    if artifact or element is None or (marker and "second" in element.get("class", "")):
        pages.artifacts[box] = artifact or _LAYOUT
        return
    if hasattr(box, "text"):
        if not box.text.strip():
            pages.gaps.update(pages.order[-1:])
            return
        pages.order.append(box)
        if "::" not in box.element_tag:
            pages.lines.setdefault(element, []).append(box)
    pages.pieces[box] = element
    add = add_marker if marker else add_piece
    add(pages.tree, element, ShownPiece(page, box))


def _is_marker(box: Any) -> bool:
    """Whether a text is the bullet or number of a list item.

    That of an item in two languages stands within the cell of each; the second one repeats it.
    """
    tag = box.element_tag or ""
    return tag == "li::marker" or (tag.endswith("::before") and "data-marker" in box.element.attrib)


def _compare(element: Element, boxes: list[Any], pages: PageMarks) -> None:
    """Finds out how the texts of an element differ from what the document has.

    Where a line ends, the space between two words is not shown, or a hyphen is that is none;
    letters may be shown as capitals.  Where the texts cannot be told apart, nothing is said.
    """
    told = _own_text(element)
    shape = told.upper()
    if len(shape) != len(told):
        return
    at = 0
    if (element.text or "")[:1].isspace():
        pages.gaps_before.add(boxes[0])
    for box in boxes:
        while shape[at : at + 1] in (" ", _JOINT):
            at += 1
        if shape[at - 1 : at] == " ":
            pages.gaps_before.add(box)
        shown, hyphen = _words(box.text).upper(), box.style["hyphenate_character"].upper()
        if not shape.startswith(shown, at) and shown.endswith(hyphen):
            shown = shown.removesuffix(hyphen)
            pages.hyphenated.add(box)
        if not shape.startswith(shown, at):
            return
        start, at = at, at + len(shown)
        if shape[at : at + 1] == " " or (at == len(shape) and (element.tail or "")[:1].isspace()):
            pages.gaps.add(box)
        if box.style["text_transform"] != "none":
            pages.actual[box] = told[start:at]


def _own_text(element: Element) -> str:
    """The text of an element without that of elements in it, for which a joint stands."""
    parts = [element.text or ""]
    for child in element:
        parts += [" " if child.tag == "br" else _JOINT, child.tail or ""]
    return _words("".join(parts))


def _words(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())


def _find_spaces(pages: PageMarks) -> None:
    """Finds the texts after which a space between words was taken, as it is where a line ends."""
    for box, following in pairwise((*pages.order, None)):
        shown = box.text[-1].isspace() or (following and following.text[0].isspace())
        if not shown and (box in pages.gaps or following in pages.gaps_before):
            pages.spaced.add(box)
        if box in pages.actual:
            before = " " if box.text[0].isspace() else ""
            after = " " if box.text[-1].isspace() or box in pages.spaced else ""
            pages.actual[box] = f"{before}{pages.actual[box]}{after}"


# --------------------------------------------------------------------------- while painting


@contextmanager
def tagging(pages: PageMarks) -> Iterator[None]:
    """Puts our stream and our tree into WeasyPrint's place, and back.

    Raises BuildError, naming its version, if WeasyPrint has no such places or did not use them.
    """
    from weasyprint import pdf as library  # type: ignore[import-untyped]

    _check(library)
    written: list[Any] = []

    def add_tags(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
        write_tree(pdf, pages.tree, streams)
        written.append(pdf)

    before = library.Stream, library.add_tags
    library.Stream, library.add_tags = _stream(library.Stream, pages), add_tags
    try:
        yield
    finally:
        library.Stream, library.add_tags = before
    if not written:
        raise unexpected("it did not ask for a tag tree")


def _check(library: Any) -> None:
    """Raises BuildError unless the private parts are those that this module is written for."""
    wanted = {
        "add_tags": ["pdf", "document", "pdf_version", "page_streams"],
        "Stream.marked": ["self", "box", "tag"],
        "Stream.push_state": ["self"],
        "Stream.pop_state": ["self"],
        "Stream.add_font": ["self", "pango_font"],
        "Stream.begin_text": ["self"],
        "Stream.end_text": ["self"],
    }
    for name, parameters in wanted.items():
        found: Any = library
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is None or list(inspect.signature(found).parameters) != parameters:
            raise unexpected(f"its {name} is another one")


def unexpected(what: str) -> BuildError:
    """The error for a version of WeasyPrint whose private parts are not those known here."""
    from weasyprint import __version__

    return BuildError(
        f"WeasyPrint {__version__} is not as this program knows it: {what}",
        hint="install the version that requirements.txt names",
        code="renderer-unknown",
    )


def _stream(base: Any, pages: PageMarks) -> Any:
    """Return a class of WeasyPrint's streams that mark texts and images as `pages` says."""
    return type("Tagged", (_Marking, base), {"_pages": pages})


class _Letters(dict[int, str]):
    """What each glyph of a font means; a glyph for two kinds of space means the plain one.

    `space` is that glyph as it stands in a text, empty before it has been shown.
    """

    space = ""

    def __setitem__(self, glyph: int, letters: str) -> None:
        if letters in _SPACES:
            letters, self.space = " ", f"{glyph:04x}"
        super().__setitem__(glyph, letters)


_BASE: Any = object
"""What stands for WeasyPrint's stream, which is known only after the library was loaded."""


class _Marking(_BASE):  # type: ignore[misc]
    """The half of a stream that marks texts and images; the other half is WeasyPrint's.

    A mark opens where text begins, not where WeasyPrint would open it, since lines are drawn
    under, over and through texts.  Those are artifacts, and no artifact may stand within content
    (ISO 14289-1 §7.1).  What WeasyPrint draws so is all that it stacks between its own marks.
    """

    _pages: PageMarks
    _waiting: Any = None
    _open: Any = None
    _lines: int | None = None
    _begun: int = 0
    _letters = _Letters()

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        self._waiting = box
        if tag == "Figure":
            self._begin(tag)
        else:
            self._lines = 0
        yield
        self._waiting = self._lines = None
        self._end()

    def push_state(self) -> None:
        if self._lines is not None:
            if not self._lines:
                self._end()
                self.stream.append(f"/Artifact <<{_LAYOUT}>> BDC")
            self._lines += 1
        super().push_state()

    def pop_state(self) -> None:
        super().pop_state()
        if self._lines is not None:
            self._lines -= 1
            if not self._lines:
                self.end_marked_content()

    def begin_text(self) -> None:
        if self._waiting is not None:
            self._begin("Span")
        super().begin_text()

    def add_font(self, pango_font: Any) -> Any:
        font, size = super().add_font(pango_font)
        if type(font.to_unicode) is dict:
            font.to_unicode = _Letters(font.to_unicode)
        self._letters = font.to_unicode
        return font, size

    def end_text(self) -> None:
        if self._open in self._pages.hyphenated:
            _soften(self.stream)
        elif self._open in self._pages.spaced and self._letters.space:
            _add_space(self.stream, self._letters.space)
        elif self._open in self._pages.spaced and self._open not in self._pages.actual:
            self.stream[self._begun] = self._mark("Span", f"{_words(self._open.text)} ")
        super().end_text()

    def _begin(self, tag: str) -> None:
        box, self._waiting = self._waiting, None
        if box in self._pages.pieces:
            self._tags[box] = len(self._tags)
            self._begun = len(self.stream)
            self.stream.append(self._mark(tag, self._pages.actual.get(box)))
        elif box in self._pages.artifacts:
            self.stream.append(f"/Artifact <<{self._pages.artifacts[box]}>> BDC")
        else:
            return
        self._open = box

    def _mark(self, tag: str, text: str | None) -> str:
        return f"/{tag} <</MCID {len(self._tags) - 1}{_actual(text)}>> BDC"

    def _end(self) -> None:
        if self._open is not None:
            self._open = None
            self.end_marked_content()


def _actual(text: str | None) -> str:
    """The property that says what a text is (§14.9.4), empty where it is as shown."""
    if text is None:
        return ""
    return f" /ActualText <FEFF{text.encode('utf-16-be').hex()}>"


def _add_space(stream: list[Any], glyph: str) -> None:
    """Shows a space after the last glyph, which may be one that the layout forgot to take."""
    found = _LAST_GLYPH.fullmatch(stream[-1]) if isinstance(stream[-1], bytes) else None
    if not (found and found[2] == glyph.encode()):
        stream.append(f"[<{glyph}>] TJ")


def _soften(stream: list[Any]) -> None:
    """Says of the last glyph shown that it is a soft hyphen (§14.8.2.2.3, §14.9.4)."""
    found = _LAST_GLYPH.fullmatch(stream[-1]) if isinstance(stream[-1], bytes) else None
    if found:
        before, glyph, after = found.groups()
        stream[-1:] = [
            b"[" + before + b">] TJ",
            b"/Span <</ActualText <FEFF00AD>>> BDC",
            b"[<" + glyph + b">" + (after or b"") + b"] TJ",
            b"EMC",
        ]
