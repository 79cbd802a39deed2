"""Documents: front matter, blocks of prose and notes, and functions to walk and rebuild them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from publish.model.inline import Inlines
from publish.model.results import Finding
from publish.model.role import Role
from publish.model.span import Span

Figuring = Literal["", "plain", "grouped", "kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The text of one block; segmenting, translating and typography change nothing else.

    `section` is the id of its section, empty before the first heading.  `context` is a msgctxt
    given by the author, `note` the author's note to the translator.  `whole` keeps the block in
    one unit.  `number` is the paragraph number that every edition prints beside it, or 0.
    `figure` is set for a text that is only a number, which each edition writes by the rules of its
    language: with its thousands set apart (`grouped`) or not (`plain`).  `kept` is a code, or what
    its author wants as it is typed.
    """

    content: Inlines
    role: Role
    span: Span
    section: str = ""
    context: str | None = None
    note: str = ""
    whole: bool = False
    number: int = 0
    figure: Figuring = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the front matter that readers see, such as the title, one author or one keyword."""

    prose: Prose


Division = Literal["", "part", "chapter"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `division` is set for that of a part of a book, and of each chapter in a part."""

    level: int
    id: str
    prose: Prose
    division: Division = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    prose: Prose


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list; `done` says whether a task is done, None for an item that is no task."""

    children: tuple[Block, ...]
    done: bool | None = None


Numbering = Literal["1", "a", "A", "i", "I"]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the first number of an ordered list, None for bullets.

    `numbering` is how an ordered list counts, as in HTML's `type` of `ol`.
    """

    items: tuple[ListItem, ...]
    start: int | None
    span: Span
    numbering: Numbering = "1"


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means; a term may have several meanings, or share those of the next."""

    term: Prose
    meanings: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """A list of terms with their meanings (`dl` in HTML)."""

    items: tuple[Definition, ...]
    span: Span


BoxKind = Literal["note", "tip", "important", "warning", "caution", "details"]


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks set apart from the text, such as a warning.

    Without a title of its own, a box has the name of its kind in the language of the edition.
    `details` is text that HTML folds away; editions show it.
    """

    kind: BoxKind
    title: Prose | None
    children: tuple[Block, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    children: tuple[Block, ...]
    span: Span


Alignment = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell that reaches over several columns or rows; row 0 is the header.

    The cells that it covers are in the table, too, and are empty.
    """

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: a header row and body rows; each row has as many cells as `alignments`.

    A table without a header has an empty tuple there.  So many of the first `rows` as `more_header`
    belong to the header, too.  `row_headers` says that the first cell of each row names the row.
    `id` is the name that links know it by, `number` its number, or 0 for a table without one.
    """

    header: tuple[Prose, ...]
    rows: tuple[tuple[Prose, ...], ...]
    alignments: tuple[Alignment, ...]
    span: Span
    caption: Prose | None = None
    merged: tuple[Merged, ...] = ()
    row_headers: bool = False
    more_header: int = 0
    id: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An image that is a block of its own, with its description and its caption, if any.

    `width` is a CSS length or a share of the page (`3cm`, `50%`), or one of height (`x3cm`);
    `href` is where a click on the image leads.  A `decorative` image needs no description.  One
    that is `beside` stands in a row with the image before it.  `id` is the name that links know it
    by, `number` its number, or 0 for a figure without one.
    """

    src: str
    alt: Prose
    caption: Prose | None
    span: Span
    width: str = ""
    href: str = ""
    decorative: bool = False
    beside: bool = False
    id: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Preformatted text, which is never translated."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in TeX that is a block of its own; it is never translated."""

    tex: str
    span: Span


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    """A break between two parts of a text, usually printed as a line."""

    span: Span


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note; `number` is that of its first mark in the source, and 0 before it is known."""

    label: str
    children: tuple[Block, ...]
    span: Span
    number: int = 0


Block = (
    Field
    | Heading
    | Paragraph
    | ListBlock
    | DefinitionList
    | Quote
    | Box
    | Table
    | Figure
    | CodeBlock
    | Formula
    | ThematicBreak
    | Footnote
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Front matter that is not translated: dates, addresses, the identifier of the work.

    `contact` is the web or mail address for reports of errors.  `precision` is how much of
    `published` is known: the rest of that date is 1.
    """

    published: date | None = None
    precision: Literal["day", "month", "year"] = "day"
    revised: date | None = None
    source_url: str = ""
    republished_url: str = ""
    identifier: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report in one language (a BCP 47 tag): front matter, body, footnotes.

    The same type holds the source and every translation of it.  Image paths are relative to
    `folder`, which is a path from the root of the workspace.  `remarks` is what reading the source
    has to say: warnings and advice.
    """

    name: str
    language: str
    facts: Facts
    front: tuple[Field, ...]
    body: tuple[Block, ...]
    notes: tuple[Footnote, ...] = ()
    folder: str = ""
    remarks: tuple[Finding, ...] = ()

    def front_text(self, role: Role) -> tuple[Inlines, ...]:
        """Return the texts of all front fields of a role, in order; authors can be several, too."""
        return tuple(f.prose.content for f in self.front if f.prose.role is role)
