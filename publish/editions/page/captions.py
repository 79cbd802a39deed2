"""Puts numbers into captions, and into links the names of what they lead to.

It is done before a text is written, so that all formats, and the audit of finished files, have the
same words.  No catalog has them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import count
from operator import is_

from publish.editions.page.inlines import read_heading_text
from publish.editions.page.interface import Interface, plain_text
from publish.languages.language import Language
from publish.model import (
    Block,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Inlines,
    Link,
    Passage,
    Prose,
    Role,
    Strong,
    Styled,
    Table,
    Text,
    UnitSpan,
    plain,
    rebuild,
)
from publish.reading.blocks.figurelinks import map_leaves
from publish.reading.numbering import (
    NUMBER,
    Shown,
    is_empty,
    is_reference,
    list_shown,
    name_kind,
    put_number,
)

__all__ = [
    "Names",
    "describe_target",
    "fill_links",
    "fill_numbers",
    "fill_part",
    "find_names",
    "name_listed",
]

FULL_STOPS = {"zh": "\u3000", "ja": "\u3000"}
"""What follows the number of a caption in languages that write neither a full stop nor a space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The language of an edition, and by id the name and number of all that links can lead to.

    In a `marked` text, what is filled in is in a `UnitSpan` without ids.
    """

    language: Language
    titles: Mapping[str, Inlines]
    numbers: Mapping[str, str]
    marked: bool = False


def fill_numbers(
    document: Document,
    language: Language,
    interface: Interface,
    lists: Collection[str] = (),
    *,
    marked: bool = False,
) -> Document:
    """Return a document in the language of an edition with its numbers and names written out.

    A caption begins with its number.  What the `lists` have gets an id, if it has none.  In a text
    whose sentences are `marked`, what links are filled with is marked, too.
    """
    names = find_names(document, language, interface, marked=marked)
    return name_listed(fill_part(document, names, interface), lists)


def name_listed(document: Document, lists: Collection[str]) -> Document:
    """Return a document in which all that the `lists` have has an id; captions have numbers."""
    numbers = count(1)

    def name(block: Block) -> Block:
        if not isinstance(block, Figure | Table) or block.id:
            return block
        kind = name_kind(block)
        if (block.caption is not None or block.number) and f"{kind}s" in lists:
            return replace(block, id=f"edition-{kind}-{next(numbers)}")
        return block

    return map_leaves(document, name)


def fill_part(document: Document, names: Names, interface: Interface) -> Document:
    """Return a document, or some blocks of one, with its numbers and the names in its links.

    `names` are those of the whole document.
    """

    def number(block: Block) -> Block:
        if isinstance(block, Figure | Table):
            return _with_number(block, names.language, interface)
        return block

    return map_leaves(rebuild(document, lambda prose: _fill_prose(prose, names)), number)


def fill_links(
    document: Document, language: Language, interface: Interface, *, marked: bool = False
) -> Document:
    """Return a document whose links say what they lead to, where no author wrote it.

    A link without a text gets the name of the figure or table
    that it leads to (“Figure 3”), or the title of the heading; in the text of any link to a
    numbered thing, `{number}` is its number.
    """
    names = find_names(document, language, interface, marked=marked)
    return rebuild(document, lambda prose: _fill_prose(prose, names))


def find_names(
    document: Document, language: Language, interface: Interface, *, marked: bool = False
) -> Names:
    """Return the names and numbers of all that the links of a document can lead to."""
    shown = [one for one in list_shown(document) if one.id]
    headings = [block for block in document.body if isinstance(block, Heading)]
    numbers = {one.id: language.numeral(one.number) for one in shown if one.number}
    titles = {one.id: describe_target(one, interface) for one in (*headings, *shown)}
    return Names(language=language, titles=titles, numbers=numbers, marked=marked)


def describe_target(block: Heading | Shown, interface: Interface) -> Inlines:
    """Return what a link without a text says if it leads to a block."""
    if isinstance(block, Heading):
        return read_heading_text(block.prose.content)
    return _find_name(block, interface)


def _name_shown(block: Shown, interface: Interface) -> Inlines:
    """Return the name and number of a figure or table, marked as English if not translated."""
    if isinstance(block, Figure):
        words, message = plain_text(interface, "Figure {number}"), "Figure {number}"
    else:
        words, message = plain_text(interface, "Table {number}"), "Table {number}"
    known = interface.knows(message)
    number = interface.language.numeral(block.number) if known else str(block.number)
    name = (Text(words.replace(NUMBER, number).replace(" ", "\u00a0")),)
    return name if known else (Passage(name, "en", "words"),)


def _find_name(block: Shown, interface: Interface) -> Inlines:
    """Return what a link without a text shows: of a thing without a number, its caption."""
    if block.number:
        return _name_shown(block, interface)
    if block.caption is not None:
        return read_heading_text(block.caption.content)
    described = plain(block.alt.content) if isinstance(block, Figure) else ""
    return (Text(described or block.id),)


# --------------------------------------------------------------------------- links


def _fill_prose(prose: Prose, names: Names) -> Prose:
    content = _fill(prose.content, names, names.language.tag)
    return prose if content == prose.content else replace(prose, content=content)


def _fill(content: Inlines, names: Names, around: str) -> Inlines:
    """Return a tree with its references filled; `around` is the language of the text."""
    if len(content) == 1 and isinstance(content[0], Text):
        return content
    made = tuple([_fill_node(node, names, around) for node in content])
    return content if all(map(is_, made, content)) else made


def _fill_node(node: Inline, names: Names, around: str) -> Inline:
    match node:
        case Link(children, href) if is_reference(node) and href[1:] in names.titles:
            if is_empty(node):
                title = _in_language(names.titles[href[1:]], names, around)
                return replace(node, children=(UnitSpan(title, ()),) if names.marked else title)
            number = names.numbers.get(href[1:], "")
            put = _mark_number if names.marked else put_number
            return replace(node, children=put(children, number))
        case Passage(children, language):
            return replace(node, children=_fill(children, names, language))
        case Emphasis(children) | Strong(children) | Styled(children) | UnitSpan(children):
            inner = _fill(children, names, around)
            return node if inner is children else replace(node, children=inner)
        case _:
            return node


def _mark_number(children: Inlines, number: str) -> Inlines:
    """Return the text of a link with the number, as filled in, in place of its mark."""
    done: list[Inline] = []
    for node in children:
        if isinstance(node, Text):
            for at, part in enumerate(node.text.split(NUMBER)):
                done += [UnitSpan((Text(number),), ())] if at else []
                done += [Text(part)] if part else []
        elif isinstance(node, Emphasis | Strong | Styled):
            done.append(replace(node, children=_mark_number(node.children, number)))
        else:
            done.append(node)
    return tuple(done)


def _in_language(title: Inlines, names: Names, around: str) -> Inlines:
    """Return a title for a text in a language; what is in another one says so."""
    if around == names.language.tag:
        return title
    inner = tuple(
        child
        for node in title
        for child in (
            node.children if isinstance(node, Passage) and node.language == around else (node,)
        )
    )
    if any(isinstance(node, Passage) for node in inner) or inner != title:
        return inner
    return (Passage(inner, names.language.tag, "words"),)


# --------------------------------------------------------------------------- captions


def _with_number(block: Shown, language: Language, interface: Interface) -> Shown:
    """Return a figure or table with its number before its caption."""
    if not block.number:
        return block
    label = _name_shown(block, interface)
    tag = language.tag.partition("-")[0]
    if block.caption is None:
        section = block.alt.section if isinstance(block, Figure) else ""
        caption = Prose(content=(), role=Role.CAPTION, span=block.span, section=section)
        return replace(block, caption=replace(caption, content=(Strong(label),)))
    stop = FULL_STOPS.get(tag, ".")
    content = (Strong(_stopped(label, stop)), Text(" " if stop == "." else ""))
    return replace(
        block, caption=replace(block.caption, content=(*content, *block.caption.content))
    )


def _stopped(label: Inlines, stop: str) -> Inlines:
    (node,) = label
    if isinstance(node, Passage):
        return (replace(node, children=_stopped(node.children, stop)),)
    return (Text(f"{plain(label)}{stop}"),)
