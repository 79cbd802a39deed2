"""Reads what the laid-out pages show before they are painted: `read_page_marks`.

WeasyPrint makes a tag tree for every page.  It does not know of languages within a document,
nor of contents, notes or artifacts.  So this module walks the boxes of the pages itself and builds
one tree for the document; `tagging` writes it.  The boxes are private parts of the library.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pdf.fitting.floats import find_floated, list_frames
from publish.editions.pdf.fitting.footnotes import HERE, is_note
from publish.editions.pdf.tags.linklabels import find_link
from publish.editions.pdf.tags.tagtree import (
    ShownPiece,
    Step,
    StepKind,
    TagTree,
    start_tag_tree,
    take_step,
    unread,
)

__all__ = ["LAYOUT", "PageMarks", "collapse_spaces", "read_page_marks"]

LAYOUT = "/Type /Layout"
"""The properties of an artifact that only serves the look of a page (ISO 32000-1 §14.8.2.2)."""

_HEADER, _FOOTER = "/Type /Pagination /Subtype /Header", "/Type /Pagination /Subtype /Footer"
_REPEATED = "/Type /Pagination"

_JOINT = "\0"
"""A character that no document has within a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMarks:
    """The texts and images of the pages before they are painted, by their boxes.

    `artifacts` are those that are no part of the document, with the properties that say why.
    `pieces` are all others, with the elements they belong to.  `hyphenated` are texts that end
    in a hyphen added by the layout, `dashed` those that end in a hyphen of the text within a word,
    `spaced` those after which the layout dropped a space.  `actual` has the real text where other
    letters are shown, such as capitals.  `gaps` are texts after which the document has a space,
    `gaps_before` those before which it has one.  `heads` has the first page of each table head or
    foot, `repeated_links` the links in those of later pages, `lines` the boxes of each element.
    `floated` has the pictures that have moved, by the element that follows in the source.
    `steps` are those by which the tree has grown.  `numbers` are the places of numbers for
    which zeros are shown.
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
    dashed: set[object] = field(default_factory=set)
    gaps: set[object] = field(default_factory=set)
    gaps_before: set[object] = field(default_factory=set)
    heads: dict[Element, int] = field(default_factory=dict)
    repeated_links: set[object] = field(default_factory=set)
    lines: dict[Element, list[Any]] = field(default_factory=dict)
    floated: dict[Element, Element] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    numbers: dict[object, int] = field(default_factory=dict)

    def step(self, kind: StepKind, element: Element, piece: ShownPiece | None = None) -> None:
        """Let the tree grow by a step."""
        self.steps.append((kind, element, piece))
        take_step(self.tree, self.steps[-1])


def read_page_marks(document: Any, html: Element) -> PageMarks:
    """Return the tag tree of a laid-out document and the marks of its texts and images.

    Removes links from the pages that only repeat the link of the element around them, or are in
    the head of a table that goes on from the page before.
    """
    for page in document.pages:
        page.links = [link for link in page.links if _is_whole_link(link[3])]
    links = frozenset(link[3] for page in document.pages for link in page.links)
    pages = PageMarks(tree=start_tag_tree(html), unread=unread(html), links=links)
    pages.floated.update((following, picture) for picture, following in find_floated(html))
    for number, page in enumerate(document.pages):
        _read(page._page_box, number, "", pages)
        page.links = [link for link in page.links if link[3] not in pages.repeated_links]
    for element, boxes in pages.lines.items():
        _compare(element, boxes, pages)
    _find_spaces(pages)
    return pages


def _is_whole_link(box: Any) -> bool:
    """Return whether a box is the link itself or an image in it, not a text in it."""
    return not hasattr(box, "children") or "a" == box.element.tag == box.element_tag


def _read(box: Any, page: int, artifact: str, pages: PageMarks) -> None:
    """Read a box and all boxes in it; `artifact` are the properties of the artifact it is in."""
    box = getattr(box, "_box", box)
    artifact = artifact or _artifact(box, page, pages)
    element = box.element
    if hasattr(box, "text") or hasattr(box, "replacement"):
        _read_leaf(box, page, artifact, pages)
    else:
        if element is not None and element.tag in ("td", "th") and not artifact:
            pages.step("node", element)
        if element is not None and not artifact:
            _start_nodes(element, pages)
        for child in box.children:
            _read(child, page, artifact, pages)
    if box in pages.links and not artifact:
        link = find_link(pages.tree.parents, element)
        if link is not None:
            pages.step("link", link, ShownPiece(page, box, is_link=True))
    elif box in pages.links:
        pages.repeated_links.add(box)


def _start_nodes(element: Element, pages: PageMarks) -> None:
    """Begin the nodes of what may be on a later page than what follows it.

    These are the notes of a place in a line, the first of two cells side by side, and a picture
    that has moved past a text.
    """
    if picture := pages.floated.get(element):
        for inner in list_frames(picture):
            pages.step("node", inner)
    classes = element.get("class", "").split()
    if HERE in classes:
        for note in filter(is_note, element.iter()):
            pages.step("node", note)
    elif "pair" in classes and element.tag == "div":
        for cell in element:
            if cell.tag == "p" and "data-marker" not in cell.attrib:
                pages.step("node", cell)


def _artifact(box: Any, page: int, pages: PageMarks) -> str:
    """Return the properties of an artifact; empty for a box that is part of the document."""
    if hasattr(box, "at_keyword"):
        return _HEADER if box.at_keyword.startswith("@top") else _FOOTER
    if box.is_leader:
        return LAYOUT
    if box.element in pages.unread:
        return LAYOUT
    group = getattr(box, "is_header", False) or getattr(box, "is_footer", False)
    if group and pages.heads.setdefault(box.element, page) != page:
        return _REPEATED
    return ""


def _read_leaf(box: Any, page: int, artifact: str, pages: PageMarks) -> None:
    element = box.element
    marker = _is_marker(box)
    if artifact or element is None or (marker and "second" in element.get("class", "")):
        pages.artifacts[box] = artifact or LAYOUT
        return
    if hasattr(box, "text"):
        if not box.text.strip():
            pages.gaps.update(pages.order[-1:])
            return
        pages.order.append(box)
        if "::" not in box.element_tag:
            pages.lines.setdefault(element, []).append(box)
    pages.pieces[box] = element
    pages.step("marker" if marker else "piece", element, ShownPiece(page, box))


def _is_marker(box: Any) -> bool:
    """Return whether a text is the bullet or number of a list item.

    An item in two languages has one in the cell of each.
    """
    tag = box.element_tag or ""
    return tag == "li::marker" or (tag.endswith("::before") and "data-marker" in box.element.attrib)


def _compare(element: Element, boxes: list[Any], pages: PageMarks) -> None:
    """Find out how the shown texts of an element differ from its text in the document.

    At the end of a line a space is dropped or a hyphen added, and letters may be shown as
    capitals.  Stops where the shown text does not follow the document.
    """
    text = _own_text(element)
    shape = _raise(text)
    at = 0
    if (element.text or "")[:1].isspace():
        pages.gaps_before.add(boxes[0])
    for box in boxes:
        while shape[at : at + 1] in (" ", _JOINT):
            at += 1
        if shape[at - 1 : at] == " ":
            pages.gaps_before.add(box)
        shown, hyphen = _raise(collapse_spaces(box.text)), box.style["hyphenate_character"].upper()
        if not shape.startswith(shown, at) and shown.endswith(hyphen):
            shown = shown.removesuffix(hyphen)
            pages.hyphenated.add(box)
        if not shape.startswith(shown, at):
            return
        start, at = at, at + len(shown)
        if shape[at : at + 1] == " " or (at == len(shape) and (element.tail or "")[:1].isspace()):
            pages.gaps.add(box)
        if box.style["text_transform"] != "none":
            pages.actual[box] = text[start:at]


def _raise(text: str) -> str:
    """Return a text in capitals, as many as it has letters: `ß` stays, as `SS` would be two."""
    raised = text.upper()
    if len(raised) == len(text):
        return raised
    return "".join(raised if len(raised := one.upper()) == 1 else one for one in text)


def _own_text(element: Element) -> str:
    """Return the text of an element, with a joint in place of each element in it."""
    parts = [element.text or ""]
    for child in element:
        parts += [" " if child.tag == "br" else _JOINT, child.tail or ""]
    return collapse_spaces("".join(parts))


def collapse_spaces(text: str) -> str:
    """Return a text without soft hyphens, its white space made single spaces."""
    return " ".join(text.replace("\u00ad", "").split())


def _find_spaces(pages: PageMarks) -> None:
    """Find the texts after which the layout dropped a space, as at the end of a line."""
    for box, following in pairwise((*pages.order, None)):
        shown = box.text[-1].isspace() or (following and following.text[0].isspace())
        if not shown and (box in pages.gaps or following in pages.gaps_before):
            pages.spaced.add(box)
        elif not shown and box.text[-1] == "-" and box not in pages.hyphenated:
            pages.dashed.add(box)
        if box in pages.actual:
            before = " " if box.text[0].isspace() else ""
            after = " " if box.text[-1].isspace() or box in pages.spaced else ""
            pages.actual[box] = f"{before}{pages.actual[box]}{after}"
