"""Joins the trees of two editions into a bilingual one, block beside block.

Both are written from the same source, so they have the same blocks and ids.  A block of text
becomes a pair (`class="pair"`) of two cells, `first` and `second`, each with its language and
direction.  What has no language (an image, code, a line) is shown once.  Tables keep the whole
width and follow one another.  Ids are those of the first language; the second's end in its tag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count

from lxml import etree

from publish.editions.page.blocks import list_headings
from publish.editions.page.edition import (
    Manuscript,
    make_contents_list,
    make_edition_identifier,
    make_language_tree,
)
from publish.editions.page.lists import count_item
from publish.editions.page.materials import Materials
from publish.editions.page.shownlists import make_shown_list
from publish.editions.page.twins import fix_links, rename_images, suffix_ids
from publish.editions.page.xhtml import NAMESPACES, TWIN, UNIT, XHTML_NS, Element, set_language
from publish.errors import BuildError
from publish.languages.language import Language
from publish.model import ResultStore

__all__ = [
    "CELLS",
    "LanguagePair",
    "make_edition_tree",
    "make_list_entries",
    "make_nav_entries",
    "pair_children",
    "pair_contents",
    "pair_trees",
]

HTML = f"{{{XHTML_NS}}}"
HEADINGS = tuple(f"{HTML}h{rank}" for rank in range(1, 7))
BLOCKS = frozenset(
    f"{HTML}{tag}" for tag in ("ul", "ol", "dl", "p", "blockquote", "div", "figure", "pre", "hr")
)
"""The elements that may follow the text of a list item."""

ONCE = ("cover-publisher", "cover-rule")
"""The classes of what the cover shows once: the publisher, in the first language, and a rule."""

CELLS = ("first", "second")
LanguagePair = tuple[Language, Language]

BETWEEN = " / "
"""The separator of two titles in one line of a list or of metadata."""


def make_edition_tree(
    text: Manuscript,
    materials: Materials,
    *,
    repeated: bool = False,
    store: ResultStore | None = None,
) -> Element:
    """Return the root element of an edition in one language or in two.

    If sentences are marked, those at several places are marked once, unless `repeated`.  The
    `store` keeps the chapters of a long document.  Raises BuildError for a template that is not
    well-formed, and for two texts whose blocks differ.
    """
    make = partial(
        make_language_tree, templates=materials.templates, repeated=repeated, store=store
    )
    if text.second is None:
        return make(text)
    own = make_edition_identifier(text)
    first, second = (make(half, identifier=own) for half in (text, text.second))
    rename_images(second, text.second.language.tag, materials)
    suffix_ids(second, text.second.language)
    pair_trees(first, second, (text.language, text.second.language))
    fix_links(first, text.second.language)
    return first


def make_nav_entries(text: Manuscript, address: Callable[[str], str]) -> Element:
    """Return the contents as nested lists of links; a bilingual edition has both headings in each.

    `address` gives the address of a section by its id.
    """
    first, *others = (
        make_contents_list(list_headings(half.document), half.language, address)
        for half in text.both
    )
    if text.second is not None:
        pair_contents(first, others[0], (text.language, text.second.language), BETWEEN)
    return first


def make_list_entries(text: Manuscript, kind: str, address: Callable[[str], str]) -> Element:
    """Return the list of figures or tables, as `make_nav_entries` returns the contents."""
    first, *others = (
        make_shown_list(half.document, kind, half.language, address) for half in text.both
    )
    if text.second is not None:
        pair_contents(first, others[0], (text.language, text.second.language), BETWEEN)
    return first


# --------------------------------------------------------------------------- the whole


def pair_trees(first: Element, second: Element, pair: LanguagePair) -> None:
    """Move all of the second tree into the first; ids of the second are already its own."""
    _pair_head(first[0], second[0])
    for one, other in _in_step(first[1], second[1]):
        match (one.get("id"), one.tag):
            case ("edition-cover", _):
                _pair_cover(one, other, pair)
            case ("edition-imprint", _):
                _halve(one, other, pair)
            case (_, tag) if tag == f"{HTML}nav":
                _pair_nav(one, other, pair)
            case _:
                pair_children(one, other, pair)


def _pair_head(head: Element, other: Element) -> None:
    """Join title and metadata of both languages; equal texts are written once."""
    for one, two in zip(head.iter(f"{HTML}title"), other.iter(f"{HTML}title"), strict=True):
        one.text = _both(one.text, two.text, BETWEEN)
    contents = {e.get("name"): e.get("content") for e in other.iter(f"{HTML}meta")}
    for meta in head.iter(f"{HTML}meta"):
        between = {"description": " ", "keywords": ", "}.get(meta.get("name") or "", BETWEEN)
        meta.set("content", _both(meta.get("content"), contents.get(meta.get("name")), between))


def _both(one: str | None, other: str | None, between: str) -> str:
    return between.join(dict.fromkeys(filter(None, (one, other))))


def _pair_cover(cover: Element, other: Element, pair: LanguagePair) -> None:
    """Join the covers: the words of the first language, of the second, then both states."""
    states = [_taken(part, lambda e: "state" in _classes(e)) for part in (cover, other)]
    words = [_taken(part, lambda e: not _classes(e) & set(ONCE)) for part in (cover, other)]
    for cells, kind in ((words, "titles"), (states, "states")):
        row = etree.SubElement(cover, f"{HTML}div", {"class": kind})
        for number, (inner, language) in enumerate(zip(cells, pair, strict=True)):
            if inner:
                row.append(_cell(f"{HTML}div", number, inner, language))


def _taken(parent: Element, wanted: Callable[[Element], bool]) -> list[Element]:
    """Remove the children that are wanted from their parent and return them."""
    found = [child for child in parent if wanted(child)]
    for child in found:
        parent.remove(child)
    return found


def _classes(element: Element) -> set[str]:
    return set((element.get("class") or "").split())


def _halve(section: Element, other: Element, pair: LanguagePair) -> None:
    """Put a whole part beside the other, where the two may have different blocks."""
    halves = [_taken(part, lambda _: True) for part in (section, other)]
    section.append(
        _pair_of(
            *(
                _cell(f"{HTML}div", number, inner, language)
                for number, (inner, language) in enumerate(zip(halves, pair, strict=True))
            )
        )
    )


# --------------------------------------------------------------------------- contents


def _pair_nav(nav: Element, other: Element, pair: LanguagePair) -> None:
    for one, two in _in_step(nav, other):
        if one.tag == f"{HTML}ol":
            pair_contents(one, two, pair)
        else:
            _across(one, two, pair)


def pair_contents(
    entries: Element, others: Element, pair: LanguagePair, between: str = " "
) -> None:
    """Make each entry one link with both headings, separated by `between` in running text."""
    links = (list(tree.iter(f"{HTML}a")) for tree in (entries, others))
    for link, other in zip(*links, strict=True):
        _across(link, other, pair, between)


# --------------------------------------------------------------------------- blocks


def pair_children(parent: Element, other: Element, pair: LanguagePair) -> None:
    """Move the blocks of an element into those of another, each beside its own."""
    for one, two in _in_step(parent, other):
        _pair_block(one, two, pair)


def _in_step(parent: Element, other: Element) -> Iterator[tuple[Element, Element]]:
    """Return the pairs of children, in their order; raises BuildError if their tags differ."""
    found = list(parent), list(other)
    tags = [[child.tag for child in children] for children in found]
    if tags[0] != tags[1]:
        raise BuildError(
            f"the two languages do not have the same blocks in {_name(parent)}: "
            f"{', '.join(map(_name, found[0]))}; {', '.join(map(_name, found[1]))}",
            hint="build again; if it stays so, compare your templates with the package's own",
        )
    return zip(*found, strict=True)


def _name(element: Element) -> str:
    tag = etree.QName(element).localname
    return f"{tag}#{element.get('id')}" if element.get("id") else tag


def _pair_block(one: Element, other: Element, pair: LanguagePair) -> None:
    match etree.QName(one).localname:
        case "section" | "blockquote":
            pair_children(one, other, pair)
        case "dl" | "dd":
            pair_children(one, other, pair)
        case "dt":
            _across(one, other, pair)
        case "div" if "box" in _classes(one):
            pair_children(one, other, pair)
        case "ul" | "ol":
            _pair_list(one, other, pair)
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            _pair_heading(one, other, pair)
        case "figure" if "table" not in _classes(one):
            _pair_figure(one, other, pair)
        case "div" | "figure" if "table" in _classes(one):
            _mark(one, 0, pair[0])
            one.addnext(_mark(other, 1, pair[1]))
        case "div" if "row" in _classes(one):
            _pair_row(one, other, pair)
        case "pre" | "hr":
            pass
        case _:
            _beside(one, other, pair)


def _pair_heading(one: Element, other: Element, pair: LanguagePair) -> None:
    """Join two headings; `data-label` has both texts, for lists of headings."""
    given = [element.get("data-label", "") for element in (one, other)]
    labels = [
        own or " ".join("".join(_words(element)).split())
        for own, element in zip(given, (one, other), strict=True)
    ]
    _across(one, other, pair)
    one.set("data-label", _both(labels[0], labels[1], BETWEEN))
    for cell, own in zip(one, given, strict=False):
        if own:
            cell.set("data-label", own)
    section = other.getparent()
    identifier = other.get("id") or (section.get("id") if section is not None else None)
    if identifier and other.tag in HEADINGS:
        one[1].set("id", identifier)


def _words(element: Element) -> Iterator[str]:
    """Yield the text of a heading without note marks and marks of untranslated text."""
    yield element.text or ""
    for child in element:
        if child.get("role") != "doc-noteref" and "mark" not in _classes(child):
            yield from _words(child)
        yield child.tail or ""


def _pair_figure(one: Element, other: Element, pair: LanguagePair) -> None:
    """Join two figures: one image with both descriptions, or two images if they differ."""
    image, twin = _images(one)[0], _images(other)[0]
    if image.get("src") != twin.get("src"):
        _beside(one, other, pair)
        return
    image.set("alt", _both(image.get("alt"), twin.get("alt"), BETWEEN))
    for name in (UNIT, TWIN):
        if ids := twin.get(name):
            image.set(name, ids)
    captions = (list(element.iter(f"{HTML}figcaption")) for element in (one, other))
    for caption, translated in zip(*captions, strict=True):
        _across(caption, translated, pair)


def _pair_row(one: Element, other: Element, pair: LanguagePair) -> None:
    """Join two rows of figures, image by image if all are the same."""
    if [i.get("src") for i in _images(one)] == [i.get("src") for i in _images(other)]:
        pair_children(one, other, pair)
    else:
        _beside(one, other, pair)


def _images(element: Element) -> list[Element]:
    return list(element.iter(f"{HTML}img"))


def _beside(one: Element, other: Element, pair: LanguagePair) -> None:
    """Put the second block beside the first, which alone shows the paragraph number."""
    parent = one.getparent()
    assert parent is not None
    place = parent.index(one)
    _mark(one, 0, pair[0])
    _mark(other, 1, pair[1]).attrib.pop("data-number", "")
    parent.insert(place, _pair_of(one, other))


def _across(one: Element, other: Element, pair: LanguagePair, between: str = " ") -> None:
    """Put both texts into the first element, each in a cell."""
    cells = []
    for number, (element, language) in enumerate(zip((one, other), pair, strict=True)):
        cell = _cell(f"{HTML}span", number, list(element), language)
        cell.text, element.text = element.text, None
        cells.append(cell)
    cells[0].tail = between
    one.extend(cells)
    one.set("class", " ".join(filter(None, (one.get("class"), "pair"))))


# --------------------------------------------------------------------------- lists


def _pair_list(one: Element, other: Element, pair: LanguagePair) -> None:
    """Join two lists into one whose items hold both languages."""
    numbers = count(int(one.get("start", "1")))
    for item, translated in _in_step(one, other):
        cells = [_item_cell(part) for part in (item, translated)]
        if cells[0] is not None and cells[1] is not None:
            item.insert(0, cells[0])
            translated.insert(0, cells[1])
        pair_children(item, translated, pair)
        number = next(numbers)
        if len(item) and "pair" in _classes(item[0]):
            task = "task" in _classes(item)
            item.set("class", "task pairs" if task else "pairs")
            for cell, language in zip(item[0], pair, strict=True):
                if not task:
                    cell.set("data-marker", _marker(one, number, language))


def _marker(entries: Element, number: int, language: Language) -> str:
    if entries.tag == f"{HTML}ul":
        return "•"
    return f"{count_item(number, entries.get('type') or '1', language)}."


def _item_cell(item: Element) -> Element | None:
    """Move the text of a list item up to its first block, with its number, into a cell.

    Returns None for an item that holds blocks only.
    """
    inline = []
    for child in item:
        if child.tag in BLOCKS:
            break
        inline.append(child)
    if not inline and not (item.text or "").strip():
        return None
    cell = etree.Element(f"{HTML}div", nsmap=NAMESPACES)
    cell.text, item.text = item.text, None
    cell.extend(inline)
    for name in ("id", "data-number"):
        if value := item.attrib.pop(name, ""):
            cell.set(name, str(value))
    return cell


# --------------------------------------------------------------------------- cells


def _pair_of(one: Element, other: Element) -> Element:
    row = etree.Element(f"{HTML}div", {"class": "pair"}, nsmap=NAMESPACES)
    row.extend((one, other))
    one.tail = "\n"
    return row


def _cell(tag: str, number: int, inner: Sequence[Element], language: Language) -> Element:
    """Return a new cell of one language around some elements."""
    cell = etree.Element(tag, nsmap=NAMESPACES)
    cell.extend(inner)
    return _mark(cell, number, language)


def _mark(element: Element, number: int, language: Language) -> Element:
    """Make an element the cell of a language; `number` counts from 0."""
    element.set("class", " ".join(filter(None, (element.get("class"), CELLS[number]))))
    return set_language(element, language.tag)
