"""Builds the tag tree of an XHTML document, which screen readers use to read a PDF.

Tags are the standard structure types of PDF 1.7 (ISO 32000-1 §14.8.4), the only ones that PDF/UA-1
knows.  The tree follows the document, not its pages: a paragraph that runs over a page break is
one paragraph.  What XHTML allows and PDF does not is wrapped or left out, so that in any tree
lists hold items, items hold bodies and tables hold rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from publish.editions.pdf.tags.linklabels import TITLES, find_headings, map_parents

__all__ = [
    "ShownPiece",
    "Step",
    "StepKind",
    "TagNode",
    "TagTree",
    "add_marker",
    "add_piece",
    "find_node",
    "open_tag_tree",
    "prune_tags",
    "start_tag_tree",
    "take_step",
    "unread",
]

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
SVG = "{http://www.w3.org/2000/svg}svg"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_TAGS: Mapping[str, str] = {
    "main": "Part",
    "section": "Sect",
    "nav": "Sect",
    "aside": "Sect",
    "article": "Art",
    "blockquote": "BlockQuote",
    "p": "P",
    "pre": "P",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "caption": "Caption",
    "figcaption": "Caption",
    "img": "Figure",
    SVG: "Figure",
    "code": "Code",
    "q": "Quote",
}
"""The tags of elements; the content of an element without a tag goes to its parent."""

_GROUPS = frozenset(("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Note"))
_WORDS = frozenset(("", "Span", "Link", "Reference", "Code", "Quote", "Lbl"))
"""The tags that are part of a line of text; the empty tag is text itself."""

_BLOCKS = frozenset(("body", "div", "figure", "header", "footer", "hgroup", "address"))
"""Elements that become a Div if they declare a language; other elements become a Span."""

_PARTS: Mapping[str, tuple[frozenset[str], str]] = {
    "L": (frozenset(("LI", "Caption")), "LI"),
    "LI": (frozenset(("Lbl", "LBody")), "LBody"),
    "TOC": (frozenset(("TOCI", "TOC", "Caption")), "TOCI"),
    "TOCI": (frozenset(("Lbl", "Reference", "TOC", "P")), "Reference"),
    "Table": (frozenset(("THead", "TBody", "TFoot", "TR", "Caption")), "TR"),
    "THead": (frozenset(("TR",)), "TR"),
    "TBody": (frozenset(("TR",)), "TR"),
    "TFoot": (frozenset(("TR",)), "TR"),
    "TR": (frozenset(("TH", "TD")), "TD"),
}
"""The only children that a tag may have, and the tag that wraps all others (§14.8.4.3)."""

_WITHIN: Mapping[str, tuple[frozenset[str], str]] = {
    "LI": (frozenset(("L",)), "L"),
    "LBody": (frozenset(("LI",)), "LI"),
    "THead": (frozenset(("Table",)), "Table"),
    "TBody": (frozenset(("Table",)), "Table"),
    "TFoot": (frozenset(("Table",)), "Table"),
    "TR": (frozenset(("Table", "THead", "TBody", "TFoot")), "Table"),
    "TH": (frozenset(("TR",)), "TR"),
    "TD": (frozenset(("TR",)), "TR"),
}
"""The only parents that a tag may have, and the tag that is put around it elsewhere."""

_HOLDERS = _GROUPS | frozenset(_PARTS)
"""The tags that hold no text themselves."""


class ShownPiece(NamedTuple):
    """A part of an element shown on a page: a text, an image, or the area of a link.

    `page` counts from 0; `box` is the renderer's own object.
    """

    page: int
    box: object
    is_link: bool = False


StepKind = Literal["node", "piece", "marker", "link"]

Step = tuple[StepKind, Element, ShownPiece | None]
"""How a tree grows: by a node, a text or image, the marker of an item, or the area of a link."""


@dataclass(eq=False, slots=True)
class TagNode:
    """A structure element; `element` is None for one that only wraps others."""

    tag: str
    language: str
    element: Element | None = None
    kids: list[TagNode | ShownPiece] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagTree:
    """A tree that grows while pages are read.

    `parents` has the parent of each element, `headings` what the headings say over the targets of
    links that say nothing alone, by id; `nodes` the nodes made so far, `ranks` the rank of each
    heading so far.
    """

    root: TagNode
    parents: Mapping[Element, Element]
    headings: Mapping[str, str]
    nodes: dict[Element, TagNode]
    ranks: list[int] = field(default_factory=list)


def start_tag_tree(html: Element) -> TagTree:
    """Return a tree with only its root, for the document with this root element."""
    parents = map_parents(html)
    return open_tag_tree(html, parents, find_headings(html, parents))


def open_tag_tree(
    html: Element, parents: Mapping[Element, Element], headings: Mapping[str, str]
) -> TagTree:
    """Return a tree with only its root, if parents and headings of the document are known."""
    root = TagNode("Document", _declared(html), html)
    return TagTree(root=root, parents=parents, headings=headings, nodes={html: root})


def find_node(tree: TagTree, element: Element) -> TagNode:
    """Return the node that holds the text of an element, its own or that of an outer element."""
    found = tree.nodes.get(element)
    if found is None:
        parent = find_node(tree, tree.parents[element])
        found = tree.nodes[element] = _node(tree, element, parent)
    return found


def add_piece(tree: TagTree, element: Element, piece: ShownPiece) -> None:
    """Add a piece to the end of the node of an element."""
    node = tree.nodes.get(element) or find_node(tree, element)
    if node.tag in _HOLDERS:
        node = _holder(node, "")
    node.kids.append(piece)


def add_marker(tree: TagTree, element: Element, piece: ShownPiece) -> None:
    """Add the bullet or number of a list item."""
    while element.tag != "li" and element in tree.parents:
        element = tree.parents[element]
    item = find_node(tree, element)
    last = item.kids[-1] if item.kids else None
    if not (isinstance(last, TagNode) and last.tag == "Lbl" and last.element is None):
        last = _add(item, "Lbl", item.language, None)
    last.kids.append(piece)


def take_step(tree: TagTree, step: Step) -> None:
    """Let a tree grow: begin the node of an element, or add what a page shows to its end."""
    kind, element, piece = step
    if piece is None or kind == "node":
        find_node(tree, element)
    elif kind == "piece":
        add_piece(tree, element, piece)
    elif kind == "marker":
        add_marker(tree, element, piece)
    else:
        find_node(tree, element).kids.append(piece)


def prune_tags(node: TagNode, shown: Callable[[ShownPiece], bool]) -> bool:
    """Remove what no page shows from a node; return whether the node itself must be kept.

    Empty cells are kept, since the other cells of the row would move.  If a table has only a head
    or a foot, this becomes its body (ISO 32000-1 table 337).
    """
    node.kids = [
        k for k in node.kids if (prune_tags(k, shown) if isinstance(k, TagNode) else shown(k))
    ]
    if node.tag == "Table":
        parts = ("THead", "TBody", "TFoot")  # No other tag holds them.
        groups = [k for k in node.kids if isinstance(k, TagNode) and k.tag in parts]
        if groups and not any(group.tag == "TBody" for group in groups):
            groups[0].tag = "TBody"
    return bool(node.kids) or node.tag in ("TH", "TD")


def unread(html: Element) -> frozenset[Element]:
    """Return the elements that the document hides from screen readers (`aria-hidden`).

    So are images with an empty `alt` and the role `presentation`.
    """
    hidden = (e for e in html.iter() if e.get("aria-hidden") == "true" or _is_ornament(e))
    return frozenset(inner for element in hidden for inner in element.iter())


# --------------------------------------------------------------------------- nodes


def _node(tree: TagTree, element: Element, parent: TagNode) -> TagNode:
    language = _language(element) or parent.language
    tag = _tag(tree, element, parent)
    if not tag and language == parent.language:
        return parent
    if _is_note_mark(element):
        parent = _add(parent, "Reference", parent.language, None)
    return _add(parent, tag or ("Div" if element.tag in _BLOCKS else "Span"), language, element)


def _tag(tree: TagTree, element: Element, parent: TagNode) -> str:
    """Return the tag of an element; empty if it needs none."""
    if element.tag in TITLES:
        return _heading(tree, int(element.tag[1]))
    match element.tag:
        case "a":
            return "Link" if "href" in element.attrib else ""
        case "ol" | "ul" if _in_contents(tree, element):
            return "TOC"
        case "li" if parent.tag == "TOC":
            return "TOCI"
        case "img" if element.get("role") == "math":
            return "Formula"
        case "p" if element.get("class") == "back":
            return "Lbl"
        case "div" if "box" in _classes(element) or _is_cell_of_item(tree, element):
            return "Div"
        case "span" if element.get("role") == "img":
            return "Span"
        case "div" if element.get(EPUB_TYPE) in ("footnote", "endnote"):
            return "Note"
        case _:
            return _TAGS.get(element.tag, "")


def _heading(tree: TagTree, level: int) -> str:
    """Return the tag of a heading; no rank may be skipped on the way down (ISO 14289-1 §7.4.2)."""
    rank = min(level, (tree.ranks[-1] if tree.ranks else 0) + 1)
    tree.ranks.append(rank)
    return f"H{rank}"


def _add(parent: TagNode, tag: str, language: str, element: Element | None) -> TagNode:
    """Add a new node to the end of a parent, or of a wrapper in it."""
    holder = _holder(parent, tag)
    node = TagNode(tag, language, element)
    holder.kids.append(node)
    return node


def _holder(parent: TagNode, tag: str) -> TagNode:
    """Return the node that takes a child of this tag: the parent, or a wrapper at its end."""
    allowed, wrapper = _PARTS.get(parent.tag, (frozenset(), ""))
    if parent.tag in _GROUPS and tag in _WORDS and (parent.tag, tag) != ("Note", "Lbl"):
        wrapper = "P"
    elif not wrapper or tag in allowed:
        holders, wrapper = _WITHIN.get(tag, (frozenset((parent.tag,)), ""))
        if parent.tag in holders:
            return parent
    last = parent.kids[-1] if parent.kids else None
    if isinstance(last, TagNode) and (last.tag, last.element) == (wrapper, None) and tag != "Lbl":
        return _holder(last, tag)
    return _holder(_add(parent, wrapper, parent.language, None), tag)


def _language(element: Element) -> str:
    """Return the language that an element declares, or that of the only child of a link."""
    found = _declared(element)
    if not found and element.tag == "a" and len(element) == 1:
        (child,) = element
        if not (element.text or "").strip() and not (child.tail or "").strip():
            return _declared(child)
    return found


def _declared(element: Element) -> str:
    return element.get("lang") or element.get(XML_LANG) or ""


def _in_contents(tree: TagTree, element: Element) -> bool:
    parent = tree.parents.get(element)
    if parent is None:
        return False
    if parent.tag == "nav":
        return parent.get("role") == "doc-toc" or parent.get(EPUB_TYPE) in ("toc", "loi", "lot")
    return parent.tag == "li" and find_node(tree, parent).tag == "TOCI"


def _is_note_mark(element: Element) -> bool:
    return element.tag == "a" and element.get("role") == "doc-noteref"


def _is_cell_of_item(tree: TagTree, element: Element) -> bool:
    """Return whether an element is the text of a list item in the first of two languages.

    It has a tag of its own, since either text may go on over the page beside the other.
    """
    row = tree.parents.get(element)
    if row is None or "first" not in _classes(element) or "pair" not in _classes(row):
        return False
    return row in tree.parents and tree.parents[row].tag == "li"


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _is_ornament(element: Element) -> bool:
    return element.tag == "img" and not element.get("alt") and element.get("role") == "presentation"
