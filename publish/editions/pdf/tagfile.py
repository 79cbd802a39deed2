"""Writes a tag tree into a PDF: structure elements, their attributes, and references to them.

Terms and keys are those of ISO 32000-1 §14.7 and §14.8; `pdf` is the file that WeasyPrint writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pdf.fileobjects import StructureElement
from publish.editions.pdf.tagtree import (
    SVG,
    ShownPiece,
    TagNode,
    TagTree,
    find_link,
    find_link_label,
    prune_tags,
    read_element_text,
)
from publish.errors import BuildError

__all__ = ["write_tag_tree"]

_POINTS = 0.75
"""Points in a CSS pixel."""

_SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
_NUMBERINGS = {"ol": "/Decimal", "ul": "/Disc"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """The state of writing a tree.

    `pages` are the references of the pages, `streams` what is painted on them.  `owners` has, for
    each page, the element of each mark.
    `links` are elements with their link annotations, `notes` the elements of notes by id.
    """

    pdf: Any
    tree: TagTree
    pages: Sequence[bytes]
    streams: list[Any]
    owners: list[list[bytes]]
    links: list[tuple[bytes, Any]] = field(default_factory=list)
    notes: dict[str, bytes] = field(default_factory=dict)


def write_tag_tree(pdf: Any, tree: TagTree, streams: list[Any]) -> None:
    """Write the tag tree of an edition after its pages have been painted; it is empty afterwards.

    Raises BuildError (code `pdf-complaint`) for text painted outside its page's own stream, and
    for an image without a description.
    """
    _check_marks(streams)
    tags = [stream._tags for stream in streams]
    prune_tags(tree.root, lambda piece: _is_shown(piece, tags))
    pages = list(pdf.page_references)  # Each asking for them goes through all pages.
    owners = [[b"null"] * len(stream._tags) for stream in streams]
    writing = _Writing(pdf=pdf, tree=tree, pages=pages, streams=streams, owners=owners)
    root = _object(pdf, {"Type": "/StructTreeRoot"})
    document = _write_node(writing, tree.root, root.reference)
    root["K"] = _array([document.reference])
    _write_ways_back(writing, root)
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = _dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = _dictionary({"DisplayDocTitle": "true"})


def _is_shown(piece: ShownPiece, tags: Sequence[Mapping[Any, int]]) -> bool:
    """Return whether a piece was painted; a link that leads nowhere has no area on its page."""
    box: Any = piece.box
    return bool(box.link_annotation) if piece.is_link else box in tags[piece.page]


def _check_marks(streams: list[Any]) -> None:
    for number, stream in enumerate(streams, 1):
        if not all(isinstance(mark, int) for mark in stream._tags.values()):
            raise BuildError(
                f"page {number} shows text through a group, which cannot be tagged",
                hint="remove opacity and similar effects on text from the style sheet",
                code="pdf-complaint",
            )


# --------------------------------------------------------------------------- elements


def _write_node(writing: _Writing, node: TagNode, parent: bytes) -> StructureElement:
    """Write the structure element of a node with all that is in it; return it.

    What is written is taken out of the node: a long book has ten thousands of pieces.
    """
    written = StructureElement(node.tag, parent)
    writing.pdf.add_object(written)
    own, find_attributes = written.reference, _ATTRIBUTES.get(node.tag)
    if find_attributes is not None and node.element is not None:
        written.attributes = find_attributes(writing, node, node.element, own)
    for kid in node.kids:
        if isinstance(kid, TagNode):
            inner = _write_node(writing, kid, own)
            if kid.language != node.language:
                inner.language = kid.language
            written.kids.append(inner.reference)
        elif kid.is_link:
            written.kids.append(_write_link(writing, kid, own))
        else:
            written.kids.append(_write_mark(writing, kid, written, own))
    node.kids.clear()
    return written


def _write_mark(writing: _Writing, piece: ShownPiece, written: StructureElement, own: bytes) -> Any:
    """Return the mark of a piece as a kid of an element whose reference is `own`."""
    page = writing.pages[piece.page]
    mark = writing.streams[piece.page]._tags[piece.box]
    writing.owners[piece.page][mark] = own
    if written.page is None:
        written.page = page
    if written.page == page:
        return mark
    return _dictionary({"Type": "/MCR", "Pg": page, "MCID": mark})


def _write_link(writing: _Writing, piece: ShownPiece, parent: bytes) -> bytes:
    """Write the reference to a link's area on a page, with the text that is read aloud."""
    box: Any = piece.box
    annotation = box.link_annotation
    link = find_link(writing.tree, box.element)
    if link is not None:
        annotation["Contents"] = _string(find_link_label(writing.tree, link))
    writing.links.append((parent, annotation))
    page = writing.pages[piece.page]
    kid = _object(writing.pdf, {"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})
    return bytes(kid.reference)


# --------------------------------------------------------------------------- attributes


_Attributes = dict[str, Any]
"""Entries of a structure element besides its tag, its parent and its kids."""


def _list(_: _Writing, node: TagNode, element: Element, __: bytes) -> _Attributes:
    """Return how the items are numbered; `None` if they have no bullets or numbers."""
    items = (kid for kid in node.kids if isinstance(kid, TagNode))
    marked = any(isinstance(k, TagNode) and k.tag == "Lbl" for item in items for k in item.kids)
    numbering = _NUMBERINGS.get(element.tag) if marked else None
    return {"A": _dictionary({"O": "/List", "ListNumbering": numbering or "/None"})}


def _cell(writing: _Writing, node: TagNode, element: Element, _: bytes) -> _Attributes:
    attributes = {"O": "/Table"}
    if node.tag == "TH":
        attributes["Scope"] = _scope(writing, element)
    for key, name in (("ColSpan", "colspan"), ("RowSpan", "rowspan")):
        span = element.get(name, "")
        if span.isdecimal() and int(span) > 1:
            attributes[key] = str(int(span))
    return {"A": _dictionary(attributes)} if len(attributes) > 1 else {}


def _scope(writing: _Writing, element: Element) -> str:
    """Return the scope of a header cell; by default the column in a table head, else the row."""
    row = writing.tree.parents[element]
    in_head = writing.tree.parents[row].tag == "thead"
    return _SCOPES.get(element.get("scope", ""), "/Column" if in_head else "/Row")


def _figure(writing: _Writing, node: TagNode, element: Element, _: bytes) -> _Attributes:
    """Return the description of an image and its area on the page."""
    title = next((child for child in element if child.tag.endswith("}title")), None)
    description = element.get("alt") or element.get("aria-label") or ""
    if element.tag == SVG and not description and title is not None:
        description = read_element_text(title)
    if not description:
        name = element.get("src") or "svg"
        raise BuildError(
            f'the image "{name}" has no description for people who cannot see it',
            hint="write it into the brackets: ![description](image.png)",
            code="pdf-complaint",
        )
    found = {"Alt": _string(description)}
    piece = next((kid for kid in node.kids if isinstance(kid, ShownPiece)), None)
    if piece is not None:
        box: Any = piece.box
        left, top = box.content_box_x(), box.content_box_y()
        height = writing.streams[piece.page].page_rectangle[3]
        corners = (left, height - top - box.height, left + box.width, height - top)
        area = _array([round(corner * _POINTS, 3) for corner in corners])
        found["A"] = _dictionary({"O": "/Layout", "BBox": area})
    return found


def _span(_: _Writing, __: TagNode, element: Element, ___: bytes) -> _Attributes:
    """Return what is read aloud for letters that are a picture, such as the box of a task."""
    return {"Alt": _string(element.get("aria-label", ""))} if element.get("role") == "img" else {}


def _note(writing: _Writing, _: TagNode, element: Element, own: bytes) -> _Attributes:
    """Return the id of a note, which must be unique in the file (ISO 14289-1 §7.9)."""
    name = element.get("id") or f"note {len(writing.notes) + 1}"
    writing.notes[name] = own
    return {"ID": _string(name)}


_ATTRIBUTES: Mapping[str, Callable[[_Writing, TagNode, Element, bytes], _Attributes]] = {
    "L": _list,
    "TH": _cell,
    "TD": _cell,
    "Figure": _figure,
    "Formula": _figure,
    "Note": _note,
    "Span": _span,
}
"""The functions that find the attributes of an element with a reference, by its tag."""


# --------------------------------------------------------------------------- references


def _write_ways_back(writing: _Writing, root: Any) -> None:
    """Write the tables that lead from marks on pages, from links and from ids to elements."""
    numbers: list[Any] = []
    for page, owners in enumerate(writing.owners):
        numbers += [page, _array(owners)]
    for key, (owner, annotation) in enumerate(writing.links, len(writing.owners)):
        annotation["StructParent"] = key
        numbers += [key, owner]
    root["ParentTree"] = _object(writing.pdf, {"Nums": _array(numbers)}).reference
    root["ParentTreeNextKey"] = len(numbers) // 2
    if writing.notes:
        names = [part for name in sorted(writing.notes) for part in _named(writing, name)]
        root["IDTree"] = _object(writing.pdf, {"Names": _array(names)}).reference


def _named(writing: _Writing, name: str) -> tuple[Any, bytes]:
    return _string(name), writing.notes[name]


# --------------------------------------------------------------------------- objects


def _object(pdf: Any, values: dict[str, Any]) -> Any:
    """Add a dictionary to the file as an object of its own."""
    found = _dictionary(values)
    pdf.add_object(found)
    return found


def _dictionary(values: dict[str, Any]) -> Any:
    import pydyf  # type: ignore[import-untyped]

    return pydyf.Dictionary(values)


def _array(values: list[Any]) -> Any:
    import pydyf

    return pydyf.Array(values)


def _string(text: str) -> Any:
    import pydyf

    return pydyf.String(text)
