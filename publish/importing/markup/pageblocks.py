"""Elements that are blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from publish.importing.markup.byhand import join_typed_captions, list_typed_items
from publish.importing.markup.flattening import flatten_blocks
from publish.importing.markup.pagefigures import make_figures
from publish.importing.markup.pagelists import read_list, read_terms
from publish.importing.markup.pagemarks import (
    can_show,
    clean_tex,
    find_formula,
    is_left_out,
    make_text,
)
from publish.importing.markup.pagetables import read_table
from publish.importing.markup.pagetree import (
    BLOCKS,
    HtmlElement,
    class_words,
    find_children,
    is_blocky,
    list_parts,
    name_of,
    show_text,
    walk_events,
)
from publish.importing.markup.reading import PageReading, note_anchor, read_given_id
from publish.importing.results import Loss
from publish.model import (
    Block,
    Box,
    BoxKind,
    Break,
    CodeBlock,
    Figure,
    Formula,
    Heading,
    Image,
    Inline,
    Inlines,
    Link,
    Paragraph,
    Quote,
    Role,
    Strong,
    Table,
    ThematicBreak,
    plain,
    walk_inlines,
)
from publish.reading.blocks.pictures import join_captions
from publish.reading.marks.inline import normalise

__all__ = ["read_flow"]

_NAMES: dict[BoxKind, str] = {
    "warning": "warning|attention|warn",
    "caution": "caution|danger|error",
    "important": "important",
    "tip": "tip|hint",
    "note": "note|info|information|notice|seealso|callout|admonition",
}
BOXES = {
    kind: re.compile(rf"\s(?:(?:callout|alert|admonition|box|message)-?)?(?:{names})\s")
    for kind, names in _NAMES.items()
}
BOXED = re.compile(r"\s(?:admonition|callout|alert)(?:[-\s])")
CODE_TABLE = re.compile(r"\s(?:highlighttable|highlight|rouge-table|codehilitetable)\s")
MOVED = "moved text"


def read_flow(element: HtmlElement, reading: PageReading) -> tuple[Block, ...]:
    """Return the blocks in an element."""
    return read_parts(list_parts(element), element, reading)


def read_parts(
    parts: Iterable[str | HtmlElement], element: HtmlElement, reading: PageReading
) -> tuple[Block, ...]:
    """Return the blocks of some texts and elements, which stand in an element."""
    blocks: list[Block] = []
    run: list[str | HtmlElement] = []
    for part in parts:
        if isinstance(part, str) or not (is_blocky(part) or _is_display(part)):
            run.append(part)
        else:
            blocks += _paragraph(run, element, reading)
            run = []
            blocks += _block(part, reading)
    blocks += _paragraph(run, element, reading)
    return tuple(list_typed_items(join_typed_captions(join_captions(blocks)), reading))


def _is_display(element: HtmlElement) -> bool:
    """Return whether an element within a text is a formula on a line of its own."""
    said = class_words(element)
    if name_of(element) == "script":
        return "mode=display" in (element.get("type") or "").replace(" ", "")
    return (" math " in said and " display " in said) or element.get("display") == "block"


def _paragraph(
    run: Iterable[str | HtmlElement], element: HtmlElement, reading: PageReading
) -> tuple[Block, ...]:
    content = make_text(run, reading)
    return tuple(
        block
        for part in _split(content)
        for block in make_figures(reading.prose(part, element), reading)
    )


def _split(content: Inlines) -> list[Inlines]:
    """Return the paragraphs of a text: two line breaks in a row end one."""
    parts: list[list[Inline]] = [[]]
    for at, node in enumerate(content):
        after = content[at + 1] if at + 1 < len(content) else None
        if isinstance(node, Break) and isinstance(after, Break) and parts[-1]:
            parts.append([])
        elif not (isinstance(node, Break) and not parts[-1]):
            parts[-1].append(node)
    return [tree for part in parts if (tree := normalise(tuple(part)))]


def _block(element: HtmlElement, reading: PageReading) -> tuple[Block, ...]:
    note_anchor(element, reading)
    if element in reading.skipped or is_left_out(element, reading):
        return ()
    before = len(reading.losses)
    found = _by_name(element, reading)
    if moved := element.get("data-moved"):
        text = show_text(element, frozenset(reading.skipped))
        loss = Loss(kind=MOVED, text=text, place=moved, moved=True)
        reading.losses.insert(before, loss)
    return found


def _by_name(element: HtmlElement, reading: PageReading) -> tuple[Block, ...]:
    name = name_of(element)
    if (tex := find_formula(element)) is not None:
        return _formula(tex, element, reading)
    if kind := _box_kind(element, name):
        return (_box(element, kind, reading),)
    match name:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            return _heading(element, int(name[1]), reading)
        case "ul" | "ol" | "menu" | "dir":
            return read_list(element, reading, read_parts)
        case "dl":
            return read_terms(element, reading, read_parts)
        case "blockquote":
            children = read_flow(element, reading.within(Role.QUOTE))
            return (Quote(children, reading.span(element)),) if children else ()
        case "pre":
            return _code(element, reading)
        case "hr":
            return (ThematicBreak(reading.span(element)),)
        case "figure":
            return _figure(element, reading)
        case "table":
            return _table(element, reading)
        case "select" | "textarea" | "option" | "optgroup":
            reading.lose(element, "form")
            return ()
        case "a" if element.get("href"):
            return _linked(element, reading)
        case _:
            return read_flow(element, reading)


def _linked(element: HtmlElement, reading: PageReading) -> tuple[Block, ...]:
    """Return the blocks of a link around blocks; a single text is a link, others are none."""
    blocks = [child for child in element if name_of(child) in BLOCKS]
    if len(blocks) == 1 and not is_blocky_within(blocks[0]) and name_of(blocks[0]) in ("p", "div"):
        return _paragraph([_as_inline(element, blocks[0])], element, reading)
    found = read_flow(element, reading)
    href = element.get("href") or ""
    if found and not href.startswith("#"):
        shown = show_text(element)[:60]
        reading.lose_text("", "link", reading.place(element), f"around “{shown}” to {href}")
    return found


def is_blocky_within(element: HtmlElement) -> bool:
    """Return whether an element has a block in it."""
    return any(is_blocky(child) for child in element)


def _as_inline(element: HtmlElement, block: HtmlElement) -> HtmlElement:
    """Return a link around a block, in which the block is part of a line."""
    block.tag = "span"
    return element


def _heading(element: HtmlElement, level: int, reading: PageReading) -> tuple[Block, ...]:
    if is_blocky_within(element):
        inner = read_flow(element, reading)
        if len(inner) != 1 or not isinstance(inner[0], Paragraph):
            return inner
        content = inner[0].prose.content
    else:
        content = make_text(list_parts(element), reading)
    if not content:
        return ()
    content = _without_own_links(content, element)
    prose = reading.prose(content, element)
    pictures = any(isinstance(node, Image) for node in walk_inlines(content))
    if pictures and not any(map(str.isalnum, plain(content))):
        return make_figures(prose, reading)
    if reading.inside:
        return (Paragraph(replace(prose, content=normalise((Strong(content),)))),)
    reading.sections.append(" ".join(plain(content).split()))
    note_section(element, reading)
    return (Heading(level, element.get("id") or "", replace(prose, role=Role.HEADING)),)


def _without_own_links(content: Inlines, element: HtmlElement) -> Inlines:
    """Return the text of a heading without links to itself, as many programs make them."""
    own = {
        f"#{name}" for one in element.iter() for name in (one.get("id"), one.get("name")) if name
    }
    parent = element.getparent()
    own |= {f"#{parent.get('id')}"} if parent is not None and parent.get("id") else set()
    made: list[Inline] = []
    for node in content:
        made += node.children if isinstance(node, Link) and node.href in own else (node,)
    return normalise(tuple(made))


def note_section(element: HtmlElement, reading: PageReading) -> None:
    """Note that the ids in and around a heading are those of its section."""
    for one in element.iter():
        for name in (one.get("id"), one.get("name")):
            if name:
                reading.anchors[name] = len(reading.sections) - 1
    parent = element.getparent()
    while parent is not None and name_of(parent) in ("section", "div", "header", "hgroup"):
        first = next((child for child in parent if name_of(child)), None)
        if first is None or (first is not element and element not in first.iter()):
            return
        if name := parent.get("id"):
            reading.anchors[name] = len(reading.sections) - 1
        parent = parent.getparent()


# --------------------------------------------------------------------------- boxes


def _box_kind(element: HtmlElement, name: str) -> BoxKind | None:
    if name == "details":
        return "details"
    said = class_words(element)
    if name == "aside" or (name in ("div", "section") and BOXED.search(said)):
        return next((kind for kind, pattern in BOXES.items() if pattern.search(said)), None)
    return None


def _box(element: HtmlElement, kind: BoxKind, reading: PageReading) -> Box:
    first = next((child for child in element if name_of(child)), None)
    title = None
    done: tuple[HtmlElement, ...] = ()
    if first is not None and not is_blocky_within(first):
        is_title = re.search(r"\s(?:[\w-]*-)?(?:title|heading)\s", class_words(first))
        if name_of(first) == "summary" or is_title or re.fullmatch(r"h[1-6]", name_of(first)):
            content = make_text(list_parts(first), reading)
            title = reading.prose(content, first, Role.BOX_TITLE) if content else None
            done = (first,)
    if title is not None:
        title = replace(title, context=None, note="")
    parts = [part for part in list_parts(element) if part not in done]
    children = read_parts(parts, element, replace(reading, inside=True))
    return Box(kind, title, children, reading.span(element))


# --------------------------------------------------------------------------- code and formulas


def _code(element: HtmlElement, reading: PageReading) -> tuple[Block, ...]:
    parts: list[str] = []
    for image in (one for one in element.iter() if name_of(one) == "img"):
        reading.lose_text(image.get("alt") or "", "picture", reading.place(), "within code")
    for event, one in walk_events(element):
        if event == "start":
            parts += ["\n" * (name_of(one) == "br"), one.text or ""]
        else:
            parts.append(one.tail or "" if one is not element else "")
    text = "".join(parts).strip("\n").expandtabs(4)
    if not text.strip():
        return ()
    return (CodeBlock(text + "\n", reading.span(element)),)


def _formula(tex: str, element: HtmlElement, reading: PageReading) -> tuple[Block, ...]:
    tex = clean_tex(tex)
    if can_show(tex) and "$$" not in tex:
        return (Formula(tex, reading.span(element)),)
    shown = tex or show_text(element)
    if not shown:
        return ()
    reading.lose_text("", "formula", reading.place(element), f"kept as code: {shown[:60]}")
    return (CodeBlock(shown + "\n", reading.span(element)),)


# --------------------------------------------------------------------------- figures and tables


def _figure(element: HtmlElement, reading: PageReading) -> tuple[Block, ...]:
    """Return what a figure holds, with its caption where a block can have one."""
    captions = find_children(element, "figcaption")
    parts = [part for part in list_parts(element) if part not in captions[:1]]
    inner = list(read_parts(parts, element, replace(reading, inside=True)))
    given = read_given_id(element)
    if given and len(inner) == 1 and isinstance(inner[0], Figure | Table):
        inner = [replace(inner[0], id=given)]
    if not captions:
        return tuple(inner)
    content = flatten_blocks(read_flow(captions[0], reading.within(Role.CAPTION)))
    if not content:
        return tuple(inner)
    caption = reading.prose(content, captions[0], Role.CAPTION)
    match inner:
        case [(Figure(caption=None) | Table(caption=None)) as one]:
            return (replace(one, caption=replace(caption, context=None, note="")),)
        case _:
            return (*inner, Paragraph(replace(caption, role=reading.role)))


def _table(element: HtmlElement, reading: PageReading) -> tuple[Block, ...]:
    if CODE_TABLE.search(class_words(element)):
        return _numbered_code(element, reading)
    return read_table(element, reading, read_parts)


def _numbered_code(element: HtmlElement, reading: PageReading) -> tuple[Block, ...]:
    """Return code that is in a table beside the numbers of its lines."""
    found: tuple[Block, ...] = ()
    for cell in (one for one in element.iter() if name_of(one) in ("td", "th")):
        if re.search(r"\s(?:line-?nos?|gutter|linenumbers)\s", class_words(cell)):
            reading.lose(cell, "line numbers")
        else:
            found += read_flow(cell, reading)
    return found
