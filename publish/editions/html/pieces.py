"""Writes the blocks of a page one by one, so that each can be written again alone.

A piece is the HTML of one or a few blocks in one language, or in two side by side.  Pieces are
written by the same functions as whole editions, and have the same texts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from publish.editions.epub.loadable import check_document
from publish.editions.html.scoping import FOOTER, MAIN
from publish.editions.html.tidying import (
    HTML,
    leave_html,
    link_numbers,
    name_parts,
    rank_headings,
)
from publish.editions.html.together import prefix_ids
from publish.editions.page.bilingual import pair_children
from publish.editions.page.blocks import write_block, write_heading, write_note
from publish.editions.page.formulas import replace_formulas
from publish.editions.page.inlines import MarkupContext, add_prose
from publish.editions.page.pictures import place_images
from publish.editions.page.twins import suffix_ids
from publish.editions.page.xhtml import (
    TWIN,
    UNIT,
    XHTML_NS,
    Element,
    add_child,
    make_element,
    serialise_xhtml,
)
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Block, Footnote, Heading, Prose, block_proses

__all__ = [
    "BLOCK",
    "IDS",
    "Address",
    "Half",
    "Piece",
    "finish_piece",
    "join_halves",
    "set_addresses",
    "twin_units",
    "write_piece",
]

BLOCK = "data-block"
"""The attribute with the name of a piece, on its one element."""
IDS = "page"
"""What all ids of a page begin with, so that they are not those of what is around it."""
KEPT = frozenset({UNIT, TWIN, BLOCK, "data-role"})
NO_SPACE = f' xmlns="{XHTML_NS}"'
_IMAGE = "image"

Address = Callable[[str, str], str]
"""Returns the address of an image from its path in the source and the tag of a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """The blocks of a piece in one language, and what they are written with.

    Of a note its blocks are within the `Footnote`.
    """

    blocks: tuple[Block, ...]
    context: MarkupContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a page: its HTML, the ids of the sentences and of the elements in it.

    `leads` are the ids of the second language that its links lead to.
    """

    name: str
    html: str
    units: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()


def write_piece(
    name: str,
    halves: Sequence[Half],
    address: Address,
    *,
    section: str = "",
    shift: int = 0,
    known: Collection[str] | None = None,
    source: int | None = None,
) -> Piece:
    """Return some blocks in one language, or beside the same in a second.

    `section` is the id of the section that a heading opens; `shift` the ranks by which headings
    are lowered.  Links of the second language to ids that are not `known` lead to the first.
    `source` is the number of the half that is only the source beside a translation.  What cannot
    be written is shown as its bare text.
    """
    try:
        holders = [_write(half, address, section) for half in halves]
    except PublishError:
        holders = [_write_bare(half) for half in halves]
    languages = [half.context.language for half in halves]
    return join_halves(name, holders, languages, shift=shift, known=known, source=source)


def join_halves(
    name: str,
    holders: Sequence[Element],
    languages: Sequence[Language],
    *,
    shift: int = 0,
    known: Collection[str] | None = None,
    source: int | None = None,
) -> Piece:
    """Return what is in an element as a piece, beside the same in a second language.

    `source` is the number of the language that is only the source beside a translation.
    """
    holder, second = holders[0], ""
    if source is not None:
        twin_units(holders[source])
    if len(holders) == 2:
        second = languages[1].tag
        suffix_ids(holders[1], languages[1])
        pair_children(holder, holders[1], (languages[0], languages[1]))
        fix_second_links(holder, second, known)
    rank_headings(holder, shift)
    link_numbers(holder)
    name_parts(holder, f"edition-caption-{name}")
    replace_formulas(holder)
    return finish_piece(name, holder, second)


def _write(half: Half, address: Address, section: str) -> Element:
    """Return an element with the blocks in it; it stands for the section around them."""
    first = half.blocks[0]
    holder = make_element("section")
    if section:
        holder.set("id", section)
    if isinstance(first, Footnote):
        holder.set("class", "notes")
        write_note(holder, first, half.context)
    elif section and isinstance(first, Heading):
        write_heading(holder, first, half.context)
    else:
        for block in half.blocks:
            write_block(holder, block, half.context)
    place_images([holder], {}, half.context.interface)
    set_addresses(holder, address, half.context.language.tag)
    return holder


def _write_bare(half: Half) -> Element:
    """Return the texts of blocks without their marks."""
    holder = make_element("section")
    box = add_child(holder, "div")
    for prose in _list_proses(half.blocks):
        add_prose(add_child(box, "p"), prose, half.context)
    return holder


def _list_proses(blocks: Sequence[Block]) -> Iterator[Prose]:
    for block in blocks:
        yield from block_proses(block)


def set_addresses(holder: Element, address: Address, tag: str) -> None:
    """Give images their addresses; raises BuildError for what runs or loads anything else."""
    images = list(holder.iter(f"{HTML}img"))
    written = [image.get("src") or "" for image in images]
    for image in images:
        image.set("src", _IMAGE)
    check_document("page.html", holder, {_IMAGE})
    for image, src in zip(images, written, strict=True):
        is_formula = "data-tex" in image.attrib
        image.set("src", src if is_formula else address(src, tag))


def fix_second_links(holder: Element, tag: str, known: Collection[str] | None) -> None:
    """Point links of the second language to the first where it has no such id of its own."""
    for link in holder.iter(f"{HTML}a"):
        href = link.get("href") or ""
        is_second = href.startswith("#") and href.endswith(f".{tag}")
        if known is not None and is_second and f"{IDS}.{href[1:]}" not in known:
            link.set("href", href.removesuffix(f".{tag}"))


def twin_units(root: Element) -> None:
    """Make the sentences of a tree those of the source beside a translation."""
    for element in root.iter(etree.Element):
        if ids := element.attrib.pop(UNIT, ""):
            element.set(TWIN, str(ids))


def finish_piece(name: str, holder: Element, second: str = "") -> Piece:
    """Return all that is in an element as a piece; `second` is the tag of a second language."""
    prefix_ids(holder, IDS)
    children = list(holder)
    if len(children) == 1 and not (holder.text or "").strip():
        root = children[0]
    else:
        root = make_element("div")
        root.extend(children)
    root.tail = None
    root.set(BLOCK, name)
    for element in root.iter(f"{HTML}main", f"{HTML}footer"):
        role = MAIN if element.tag == f"{HTML}main" else FOOTER
        element.set("class", " ".join(filter(None, (element.get("class"), role))))
        element.tag = f"{HTML}div"
    leave_html(root, KEPT)
    for element in root.iter():
        if element.get(UNIT) == "":  # What the edition writes into a sentence.
            del element.attrib[UNIT]
    return Piece(
        name=name,
        html=serialise_xhtml(root).replace(NO_SPACE, "", 1),
        units=tuple(u for e in root.iter() for u in (e.get(UNIT) or "").split()),
        ids=frozenset(str(e.get("id")) for e in root.iter() if e.get("id")),
        leads=frozenset(_second_leads(root, second)) if second else frozenset(),
    )


def _second_leads(root: Element, tag: str) -> Iterator[str]:
    for link in root.iter(f"{HTML}a"):
        href = link.get("href") or ""
        if href.startswith("#") and href.endswith(f".{tag}"):
            yield href[1:]
