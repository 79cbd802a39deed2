"""The types everything else speaks: documents, inline trees, units, entries, findings.

This module imports nothing of ours.  All types are frozen; a stage of the flow takes values
and returns new ones.  Two functions live here beside the types because they are the only
walk over a document and the only rebuild of one: `proses` and `rebuild`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Literal, assert_never

# --------------------------------------------------------------------------- places


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file: path as shown to people, first and last line (1-based, inclusive)."""

    file: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.file}:{self.first}"


# --------------------------------------------------------------------------- inline trees


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters, shown as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    children: Inlines


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link; inside a unit `href` is its number (`"1"`), in a document its address."""

    children: Inlines
    href: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image inside a line of text; numbered in a unit as links are."""

    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class Break:
    """A hard line break."""


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    label: str


State = Literal["untranslated", "fuzzy"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that needs a mark: its language (BCP 47) and why it stands here.

    Only assembling makes these: a sentence that falls back to the source language
    (`untranslated`) or an unconfirmed translation used on request (`fuzzy`).
    """

    children: Inlines
    language: str
    state: State


@dataclass(frozen=True, slots=True)
class Joint:
    """Text that no line may break inside, such as `ABŞ-nyň`; only typography makes these."""

    text: str


Inline = Text | Emphasis | Strong | Code | Link | Image | Break | FootnoteMark | Passage | Joint
Inlines = tuple[Inline, ...]


def plain(inlines: Inlines) -> str:
    """The characters a reader sees, marks removed; an image gives its alternative text."""
    return "".join(_plain(node) for node in inlines)


def _plain(node: Inline) -> str:
    match node:
        case Text(text) | Code(text) | Joint(text):
            return text
        case Emphasis(children) | Strong(children) | Link(children) | Passage(children):
            return plain(children)
        case Image(_, alt):
            return alt
        case Break():
            return "\n"
        case FootnoteMark():
            return ""
        case _:
            assert_never(node)


def walk_inlines(inlines: Inlines) -> Iterator[Inline]:
    """Every node of an inline tree, parents first."""
    for node in inlines:
        yield node
        match node:
            case Emphasis(children) | Strong(children) | Link(children) | Passage(children):
                yield from walk_inlines(children)
            case _:
                pass


def map_inlines(change: Callable[[Inline], Inline], inlines: Inlines) -> Inlines:
    """The tree with `change` applied to every node, children before their parent."""
    return tuple(change(_map_children(change, node)) for node in inlines)


def _map_children(change: Callable[[Inline], Inline], node: Inline) -> Inline:
    match node:
        case Emphasis(children) | Strong(children) | Link(children) | Passage(children):
            return replace(node, children=map_inlines(change, children))
        case _:
            return node


# --------------------------------------------------------------------------- blocks


class Role(StrEnum):
    """What a piece of text is; shown to translators in the `#.` line."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    PUBLISHER = "publisher"
    REPUBLISHER = "republisher"
    RIGHTS = "rights"
    SUMMARY = "summary"
    KEYWORD = "keyword"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    QUOTE = "quotation"
    CELL = "table cell"
    HEADER_CELL = "table header"
    CAPTION = "caption"
    ALT = "image description"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Prose:
    """The text of one block: the only thing segmenting, translating and typography touch.

    `place` is the id of the section it stands in (empty before the first heading), `context`
    a msgctxt given by the author, `note` the author's word to the translator, `whole` keeps
    the block in one unit.
    """

    content: Inlines
    role: Role
    span: Span
    place: str = ""
    context: str | None = None
    note: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the front matter that readers see, such as the title; a keyword each its own."""

    prose: Prose


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    id: str
    prose: Prose


@dataclass(frozen=True, slots=True)
class Paragraph:
    prose: Prose


@dataclass(frozen=True, slots=True)
class ListItem:
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the first number of an ordered one, None for bullets."""

    items: tuple[ListItem, ...]
    start: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    children: tuple[Block, ...]
    span: Span


Alignment = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a header row and body rows, each a tuple of cells as long as `alignments`."""

    header: tuple[Prose, ...]
    rows: tuple[tuple[Prose, ...], ...]
    alignments: tuple[Alignment, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Figure:
    """An image that stands alone; `alt` and `caption` are text, either may be None."""

    src: str
    alt: Prose | None
    caption: Prose | None
    span: Span


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Preformatted text; never translated."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    span: Span


@dataclass(frozen=True, slots=True)
class Footnote:
    label: str
    children: tuple[Block, ...]
    span: Span


Block = (
    Field | Heading | Paragraph | ListBlock | Quote | Table | Figure | CodeBlock | Rule | Footnote
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Front matter that no one translates: dates, addresses, the identifier of the work."""

    published: date | None = None
    revised: date | None = None
    source_url: str = ""
    republished_url: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One report in one language (BCP 47): front matter, body, footnotes.

    The same type holds the source and every translation of it.  `folder` is the directory
    images are relative to, as a path from the workspace.
    """

    name: str
    language: str
    facts: Facts
    front: tuple[Field, ...]
    body: tuple[Block, ...]
    notes: tuple[Footnote, ...] = ()
    folder: str = ""

    def front_text(self, role: Role) -> tuple[Inlines, ...]:
        """The contents of all front fields of a role, in order (several only for keywords)."""
        return tuple(f.prose.content for f in self.front if f.prose.role is role)


def proses(document: Document) -> Iterator[Prose]:
    """Every piece of text of a document, in reading order: the one walk."""
    for block in (*document.front, *document.body, *document.notes):
        yield from block_proses(block)


def block_proses(block: Block) -> Iterator[Prose]:
    """Every piece of text of one block, in reading order."""
    match block:
        case Field(prose) | Heading(_, _, prose) | Paragraph(prose):
            yield prose
        case ListBlock(items):
            for item in items:
                for child in item.children:
                    yield from block_proses(child)
        case Quote(children) | Footnote(_, children):
            for child in children:
                yield from block_proses(child)
        case Table(header, rows):
            yield from header
            for row in rows:
                yield from row
        case Figure(_, alt, caption):
            yield from (prose for prose in (alt, caption) if prose is not None)
        case CodeBlock() | Rule():
            return
        case _:
            assert_never(block)


def rebuild(
    document: Document, change: Callable[[Prose], Prose], language: str | None = None
) -> Document:
    """The document with `change` applied to every piece of text, in the order of `proses`.

    Blocks, ids and spans stay what they are; `language` names the result's if it differs.
    """
    return replace(
        document,
        language=language or document.language,
        front=tuple(Field(change(f.prose)) for f in document.front),
        body=tuple(_rebuild_block(block, change) for block in document.body),
        notes=tuple(
            replace(note, children=_rebuild_all(note.children, change)) for note in document.notes
        ),
    )


def _rebuild_all(blocks: tuple[Block, ...], change: Callable[[Prose], Prose]) -> tuple[Block, ...]:
    return tuple(_rebuild_block(block, change) for block in blocks)


def _rebuild_block(block: Block, change: Callable[[Prose], Prose]) -> Block:
    match block:
        case Field(prose) | Heading(_, _, prose) | Paragraph(prose):
            return replace(block, prose=change(prose))
        case ListBlock(items):
            return replace(
                block,
                items=tuple(ListItem(_rebuild_all(item.children, change)) for item in items),
            )
        case Quote(children) | Footnote(_, children):
            return replace(block, children=_rebuild_all(children, change))
        case Table(header, rows):
            return replace(
                block,
                header=tuple(change(cell) for cell in header),
                rows=tuple(tuple(change(cell) for cell in row) for row in rows),
            )
        case Figure(_, alt, caption):
            return replace(
                block,
                alt=change(alt) if alt is not None else None,
                caption=change(caption) if caption is not None else None,
            )
        case CodeBlock() | Rule():
            return block
        case _:
            assert_never(block)


# --------------------------------------------------------------------------- units


@dataclass(frozen=True, slots=True)
class Unit:
    """What a translator sees as one entry, at one place of the document.

    `msgid` is one sentence of canonical inline Markdown with numbered links, `addresses` the
    addresses behind the numbers, `opens` says that the unit starts its block.
    """

    msgid: str
    context: str | None
    role: Role
    span: Span
    place: str = ""
    note: str = ""
    addresses: tuple[str, ...] = ()
    opens: bool = True

    @property
    def key(self) -> Key:
        return (self.context, self.msgid)


Key = tuple[str | None, str]
"""What identifies an entry in a catalog: context and msgid."""


# --------------------------------------------------------------------------- catalogs


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalog, comments without their `#` marks.

    `msgstrs` has one string, or one for each plural form where `plural` is set.  `previous`
    is the `#| msgid` of a fuzzy entry.  `span` covers the entry in its file, `msgstr_line`
    is the line its msgstr starts on; both are 0 for an entry that was not read from a file.
    """

    msgid: str
    msgstrs: tuple[str, ...] = ("",)
    context: str | None = None
    plural: str | None = None
    flags: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    previous: str | None = None
    previous_context: str | None = None
    previous_plural: str | None = None
    obsolete: bool = False
    span: Span = field(default=Span("", 0, 0), compare=False)
    msgstr_line: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        return (self.context, self.msgid)

    @property
    def msgstr(self) -> str:
        return self.msgstrs[0]

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """All forms filled and not fuzzy: what `msgfmt --statistics` counts."""
        return not self.fuzzy and all(self.msgstrs)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The entries of one document in one language, in file order, and the header's fields."""

    file: str
    header: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]

    def active(self) -> dict[Key, Entry]:
        """The entries that are not obsolete, by key."""
        return {entry.key: entry for entry in self.entries if not entry.obsolete}

    def header_field(self, name: str) -> str:
        """A header field's value, empty if the header has none; names ignore case."""
        wanted = name.lower()
        return next((value for key, value in self.header if key.lower() == wanted), "")


# --------------------------------------------------------------------------- findings


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: a stable code, how bad, what in words, where, and the way out."""

    code: str
    level: Level
    message: str
    span: Span | None = None
    hint: str = ""
    excerpt: str = ""


# --------------------------------------------------------------------------- editions

Format = Literal["pdf", "epub"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an edition is in its own language, in words of the source as shown."""

    words: int
    translated: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means all."""
        return 100 * self.translated // self.words if self.words else 100


@dataclass(frozen=True, slots=True)
class Edition:
    """One document in one language in one format, and the file it is written to."""

    document: str
    language: str
    format: Format
