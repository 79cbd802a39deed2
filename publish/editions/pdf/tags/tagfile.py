"""Writes a tag tree into a PDF: structure elements, their attributes, and references to them.

Terms and keys are those of ISO 32000-1 §14.7 and §14.8; `pdf` is the file that WeasyPrint writes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from publish.editions.pdf.objects.fileobjects import StoredArray, StructureElement
from publish.editions.pdf.tags.linklabels import find_link, find_link_label, read_element_text
from publish.editions.pdf.tags.tagtree import (
    SVG,
    ShownPiece,
    TagNode,
    TagTree,
    prune_tags,
)
from publish.errors import BuildError

__all__ = ["PaintedMarks", "TagWriting", "begin_tags", "end_tags", "write_tag_tree", "write_tags"]

_POINTS = 0.75
"""Points in a CSS pixel."""

_SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
_NUMBERINGS = {"ol": "/Decimal", "ul": "/Disc"}


@dataclass(frozen=True, slots=True)
class PaintedMarks:
    """What is marked on a page: the number of the mark of each box; its height in CSS px."""

    numbers: Mapping[Any, Any]
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TagWriting:
    """The state of writing a tree.

    `pages` are the references of all pages.  `painted` has the marks of those whose elements are
    being written, `owners` the element of each mark, `ways` the array that leads from marks to
    elements.
    `opened` are the elements that may get more kids.  `links` are elements with their link
    annotations, `notes` the elements of notes by id.
    """

    pdf: Any
    tree: TagTree
    pages: Sequence[bytes]
    root: Any
    ways: Any
    painted: dict[int, PaintedMarks] = field(default_factory=dict)
    owners: dict[int, list[bytes]] = field(default_factory=dict)
    opened: dict[TagNode, StructureElement] = field(default_factory=dict)
    links: list[bytes] = field(default_factory=list)
    notes: dict[str, bytes] = field(default_factory=dict)


def write_tag_tree(pdf: Any, tree: TagTree, streams: list[Any]) -> None:
    """Write the tag tree of an edition after its pages have been painted; it is empty afterwards.

    Raises BuildError (code `pdf-complaint`) for text painted outside its page's own stream, and
    for an image without a description.
    """
    _check_marks(streams)
    writing = begin_tags(pdf, tree)
    marks = [PaintedMarks(one._tags, one.page_rectangle[3]) for one in streams]
    write_tags(writing, dict(enumerate(marks)))
    end_tags(writing)


def begin_tags(pdf: Any, tree: TagTree, *, stored: bool = False) -> TagWriting:
    """Begin to write a tag tree: its root.  Long arrays are `stored` in files, if wished."""
    root = _object(pdf, {"Type": "/StructTreeRoot"})
    pages = list(pdf.page_references)  # Each asking for them goes through all pages.
    ways = pdf.open_array() if stored else _array([])
    writing = TagWriting(pdf=pdf, tree=tree, pages=pages, root=root, ways=ways)
    document = _open_node(writing, tree.root, root.reference)
    root["K"] = _array([document.reference])
    return writing


def write_tags(
    writing: TagWriting, painted: Mapping[int, PaintedMarks], around: Iterable[Element] = ()
) -> None:
    """Write what a tree has grown by from the pages that follow; `painted` has their marks.

    The elements `around` may get more later.  All else is taken out of the tree.
    """
    nodes = writing.tree.nodes
    stay = {writing.tree.root, *(nodes[one] for one in around if one in nodes)}
    writing.painted.update(painted)
    writing.owners.update((at, [b"null"] * len(one.numbers)) for at, one in painted.items())
    _prune(writing, writing.tree.root, stay)
    _write_kids(writing, writing.tree.root, writing.opened[writing.tree.root], stay)
    for page, owners in writing.owners.items():
        _add(writing.ways, b"%d" % page, b"[%b]" % b" ".join(owners))
    writing.painted.clear()
    writing.owners.clear()


def end_tags(writing: TagWriting) -> None:
    """Write the tables that lead from marks on pages, from links and from ids to elements."""
    pdf, root = writing.pdf, writing.root
    for key, owner in enumerate(writing.links, len(writing.pages)):
        _add(writing.ways, b"%d" % key, owner)
    root["ParentTree"] = _long_object(pdf, "Nums", writing.ways).reference
    root["ParentTreeNextKey"] = len(writing.pages) + len(writing.links)
    if writing.notes:
        names = _array([part for name in sorted(writing.notes) for part in _named(writing, name)])
        root["IDTree"] = _object(pdf, {"Names": names}).reference
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = _dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = _dictionary({"DisplayDocTitle": "true"})


def _named(writing: TagWriting, name: str) -> tuple[Any, bytes]:
    return _string(name), writing.notes[name]


def _prune(writing: TagWriting, node: TagNode, stay: Collection[TagNode]) -> bool:
    """Remove what no page shows from a node; return whether it must be kept itself."""

    def is_shown(piece: ShownPiece) -> bool:
        # A link that leads nowhere has no area on its page.
        box: Any = piece.box
        if piece.is_link:
            return bool(box.link_annotation)
        return box in writing.painted[piece.page].numbers

    if node not in stay:
        return prune_tags(node, is_shown)
    node.kids = [
        kid
        for kid in node.kids
        if (_prune(writing, kid, stay) if isinstance(kid, TagNode) else is_shown(kid))
    ]
    return bool(node.kids) or node in writing.opened


def _check_marks(streams: list[Any]) -> None:
    for number, stream in enumerate(streams, 1):
        if not all(isinstance(mark, int) for mark in stream._tags.values()):
            raise BuildError(
                f"page {number} shows text through a group, which cannot be tagged",
                hint="remove opacity and similar effects on text from the style sheet",
                code="pdf-complaint",
            )


# --------------------------------------------------------------------------- elements


def _open_node(
    writing: TagWriting, node: TagNode, parent: bytes, language: str = ""
) -> StructureElement:
    """Add the structure element of a node to the file; return it.

    It says its language if that is another than the one around it.
    """
    written = writing.opened[node] = StructureElement(node.tag, parent, language=language)
    writing.pdf.add_object(written)
    find_attributes = _ATTRIBUTES.get(node.tag)
    if find_attributes is not None and node.element is not None:
        own = written.reference
        written.attributes = find_attributes(writing, node, node.element, own)
    return written


def _write_kids(
    writing: TagWriting, node: TagNode, written: StructureElement, stay: Collection[TagNode]
) -> None:
    """Write what is in a node.

    What is written is taken out of the node: a long book has ten thousands of pieces.
    """
    own = written.reference
    left: list[TagNode | ShownPiece] = []
    for kid in node.kids:
        if isinstance(kid, TagNode):
            inner = writing.opened.get(kid)
            if inner is None:
                language = kid.language if kid.language != node.language else ""
                inner = _open_node(writing, kid, own, language)
                written.kids.append(inner.reference)
            _write_kids(writing, kid, inner, stay)
            if kid in stay:
                left.append(kid)
            else:
                del writing.opened[kid]
        elif kid.is_link:
            written.kids.append(_write_link(writing, kid, own))
        else:
            written.kids.append(_write_mark(writing, kid, written, own))
    node.kids = left


def _write_mark(
    writing: TagWriting, piece: ShownPiece, written: StructureElement, own: bytes
) -> Any:
    """Return the mark of a piece as a kid of an element whose reference is `own`."""
    page = writing.pages[piece.page]
    mark = writing.painted[piece.page].numbers[piece.box]
    writing.owners[piece.page][mark] = own
    if written.page is None:
        written.page = page
    if written.page == page:
        return mark
    return _dictionary({"Type": "/MCR", "Pg": page, "MCID": mark})


def _write_link(writing: TagWriting, piece: ShownPiece, parent: bytes) -> bytes:
    """Write the reference to a link's area on a page, with the text that is read aloud."""
    box: Any = piece.box
    annotation = box.link_annotation
    link = find_link(writing.tree.parents, box.element)
    if link is not None:
        annotation["Contents"] = _string(find_link_label(writing.tree.headings, link))
    annotation["StructParent"] = len(writing.pages) + len(writing.links)
    writing.links.append(parent)
    page = writing.pages[piece.page]
    kid = _object(writing.pdf, {"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})
    return bytes(kid.reference)


# --------------------------------------------------------------------------- attributes


_Attributes = dict[str, Any]
"""Entries of a structure element besides its tag, its parent and its kids."""


def _list(_: TagWriting, node: TagNode, element: Element, __: bytes) -> _Attributes:
    """Return how the items are numbered; `None` if they have no bullets or numbers."""
    items = (kid for kid in node.kids if isinstance(kid, TagNode))
    marked = any(isinstance(k, TagNode) and k.tag == "Lbl" for item in items for k in item.kids)
    numbering = _NUMBERINGS.get(element.tag) if marked else None
    return {"A": _dictionary({"O": "/List", "ListNumbering": numbering or "/None"})}


def _cell(writing: TagWriting, node: TagNode, element: Element, _: bytes) -> _Attributes:
    attributes = {"O": "/Table"}
    if node.tag == "TH":
        attributes["Scope"] = _scope(writing, element)
    for key, name in (("ColSpan", "colspan"), ("RowSpan", "rowspan")):
        span = element.get(name, "")
        if span.isdecimal() and int(span) > 1:
            attributes[key] = str(int(span))
    return {"A": _dictionary(attributes)} if len(attributes) > 1 else {}


def _scope(writing: TagWriting, element: Element) -> str:
    """Return the scope of a header cell; by default the column in a table head, else the row."""
    row = writing.tree.parents[element]
    in_head = writing.tree.parents[row].tag == "thead"
    return _SCOPES.get(element.get("scope", ""), "/Column" if in_head else "/Row")


def _figure(writing: TagWriting, node: TagNode, element: Element, _: bytes) -> _Attributes:
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
        height = writing.painted[piece.page].height
        corners = (left, height - top - box.height, left + box.width, height - top)
        area = _array([round(corner * _POINTS, 3) for corner in corners])
        found["A"] = _dictionary({"O": "/Layout", "BBox": area})
    return found


def _span(_: TagWriting, __: TagNode, element: Element, ___: bytes) -> _Attributes:
    """Return what is read aloud for letters that are a picture, such as the box of a task."""
    return {"Alt": _string(element.get("aria-label", ""))} if element.get("role") == "img" else {}


def _note(writing: TagWriting, _: TagNode, element: Element, own: bytes) -> _Attributes:
    """Return the id of a note, which must be unique in the file (ISO 14289-1 §7.9)."""
    name = element.get("id") or f"note {len(writing.notes) + 1}"
    writing.notes[name] = own
    return {"ID": _string(name)}


_ATTRIBUTES: Mapping[str, Callable[[TagWriting, TagNode, Element, bytes], _Attributes]] = {
    "L": _list,
    "TH": _cell,
    "TD": _cell,
    "Figure": _figure,
    "Formula": _figure,
    "Note": _note,
    "Span": _span,
}
"""The functions that find the attributes of an element with a reference, by its tag."""


# --------------------------------------------------------------------------- objects


def _object(pdf: Any, values: dict[str, Any]) -> Any:
    """Add a dictionary to the file as an object of its own."""
    found = _dictionary(values)
    pdf.add_object(found)
    return found


def _long_object(pdf: Any, name: str, array: Any) -> Any:
    """Add a dictionary with one array, which may be stored, as an object of its own."""
    found = _object(pdf, {name: array})
    if isinstance(array, StoredArray):
        pdf.long.add(found.number)
    return found


def _add(array: Any, *items: bytes) -> None:
    """Add items to an array."""
    if isinstance(array, StoredArray):
        array.add(*items)
    else:
        array.extend(items)


def _dictionary(values: dict[str, Any]) -> Any:
    import pydyf  # type: ignore[import-untyped]

    return pydyf.Dictionary(values)


def _array(values: list[Any]) -> Any:
    import pydyf

    return pydyf.Array(values)


def _string(text: str) -> Any:
    import pydyf

    return pydyf.String(text)
