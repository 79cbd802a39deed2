"""The ids and the numbers of figures and tables, which are the same in every language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import count

from publish.model import (
    Block,
    Document,
    Figure,
    Heading,
    Inline,
    Inlines,
    Key,
    Level,
    Link,
    Span,
    Table,
    Text,
    blocks,
    map_inlines,
    plain,
    proses,
    walk_inlines,
    walk_marks,
)
from publish.reading.blocks.figurelinks import map_leaves
from publish.reading.blocks.headings import RESERVED
from publish.reading.blocks.imagechecks import holds_picture
from publish.reading.faults import Faults
from publish.reading.locations import order_notes
from publish.reading.source import Source

__all__ = [
    "NUMBER",
    "REFERENCED",
    "Shown",
    "count_number_marks",
    "is_empty",
    "is_reference",
    "list_shown",
    "name_kind",
    "number_references",
    "number_shown",
    "put_number",
    "settle_ids",
    "spell_numbers",
]

Shown = Figure | Table
"""What can have a number and a caption."""

REFERENCED = "referenced"
NUMBER = "{number}"
"""What stands for the number in the text of a link to a figure or table."""


def list_shown(document: Document) -> tuple[Shown, ...]:
    """Return the figures and tables of a document in the order of editions."""
    within = replace(document, front=(), body=())
    shown = _list_shown(within)
    if len(shown) > 1:  # Mostly no note has one, and finding their order takes a walk.
        shown = _list_shown(replace(within, notes=order_notes(document)))
    return (*_list_shown(replace(document, notes=())), *shown)


def _list_shown(document: Document) -> tuple[Shown, ...]:
    return tuple([block for block in blocks(document) if isinstance(block, Figure | Table)])


def is_reference(link: Link) -> bool:
    """Return whether a link leaves it to the edition to say what it leads to, or its number."""
    if not link.href.startswith("#"):
        return False
    return is_empty(link) or count_number_marks(link.children) > 0


def count_number_marks(tree: Inlines) -> int:
    """Return how often a text has `{number}`; in code it means nothing."""
    texts = (node.text for node in walk_inlines(tree) if isinstance(node, Text))
    return sum(text.count(NUMBER) for text in texts)


def is_empty(link: Link) -> bool:
    """Return whether nobody wrote anything between the brackets of a link."""
    return not plain(link.children).strip() and not holds_picture(link)


def find_references(document: Document) -> frozenset[str]:
    """Return the ids that a document has references to."""
    nodes = (node for prose in proses(document) for node in walk_marks(prose.content))
    return frozenset(
        node.href[1:] for node in nodes if isinstance(node, Link) and is_reference(node)
    )


def number_references(source: Source) -> dict[Key, dict[str, str]]:
    """Return for each sentence with references the numbers that they show, by their link number.

    Of a sentence that occurs more than once, the first counts.
    """
    numbers = {f"#{one.id}": str(one.number) for one in list_shown(source.document) if one.id}
    found: dict[Key, dict[str, str]] = {}
    for sentence in source.sentences if numbers else ():
        pairs = enumerate(sentence.unit.addresses, 1)
        shown = {str(at): n for at, one in pairs if (n := numbers.get(one, "0")) != "0"}
        if shown:
            found.setdefault(sentence.key, shown)
    return found


def spell_numbers(tree: Inlines, numbers: Mapping[str, str] | None) -> Inlines:
    """Return the tree of a unit with the numbers of its references as text."""
    if not numbers:
        return tree

    def spell(node: Inline) -> Inline:
        if not isinstance(node, Link) or node.href not in numbers:
            return node
        number = numbers[node.href]
        if is_empty(node):
            return replace(node, children=(Text(number),))
        return replace(node, children=put_number(node.children, number))

    return map_inlines(spell, tree)


def put_number(children: Inlines, number: str) -> Inlines:
    """Return the text of a link with the number in place of its mark."""

    def put(node: Inline) -> Inline:
        return Text(node.text.replace(NUMBER, number)) if isinstance(node, Text) else node

    return map_inlines(put, children)


def settle_ids(document: Document, faults: Faults) -> Document:
    """Return the document without the ids of figures and tables that something else has already.

    Each has a warning, with the code `id-duplicate` or `id-reserved`.
    """
    taken: dict[str, Span] = {
        block.id: block.prose.span for block in document.body if isinstance(block, Heading)
    }

    def settle(block: Block) -> Block:
        if not isinstance(block, Figure | Table) or not block.id:
            return block
        if RESERVED.fullmatch(block.id):
            message, code = f"the id {block.id!r} is reserved: editions use it", "id-reserved"
        elif block.id in taken:
            message = f"the id {block.id!r} is already taken at {taken[block.id]}"
            code = "id-duplicate"
        else:
            taken[block.id] = block.span
            return block
        faults.remark(
            f"{message}; this {name_kind(block)} has none",
            block.span,
            "give it another id, and links to it the same",
            code=code,
            level=Level.WARNING,
        )
        return replace(block, id="")

    return map_leaves(document, settle)


def name_kind(block: Shown) -> str:
    """Return what a block is called in messages."""
    return "figure" if isinstance(block, Figure) else "table"


def number_shown(document: Document, kinds: Collection[str]) -> Document:
    """Return the document with the numbers of its figures and tables.

    `kinds` are those that have numbers, `figures` and `tables`; `referenced` is each kind that the
    document has a reference to.  A number goes with a caption or with a reference; anything else
    has none.  Figures and tables are counted apart, through the body and then the notes.
    """
    wanted = find_references(document)
    every = list_shown(document)
    if REFERENCED in kinds:
        kinds = {*kinds, *(_kind(block) for block in every if block.id in wanted)}
    numbers = dict(_count(every, kinds, wanted))

    def number(block: Block) -> Block:
        at = numbers.get(id(block), 0)
        return replace(block, number=at) if at and isinstance(block, Figure | Table) else block

    return map_leaves(document, number) if numbers else document


def _count(
    every: tuple[Shown, ...], kinds: Collection[str], wanted: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Yield the identity and the number of each figure and table that has one."""
    counters = {kind: count(1) for kind in kinds}
    for block in every:
        named = block.caption is not None or (block.id and block.id in wanted)
        if named and (counter := counters.get(_kind(block))):
            yield id(block), next(counter)


def _kind(block: Shown) -> str:
    return f"{name_kind(block)}s"
