"""What is known of a Word file while it is read: its parts, and what was found so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from publish.importing.results import Loss
from publish.importing.word.fields import Field
from publish.importing.word.numbering import Counting
from publish.importing.word.package import Package, Relation
from publish.importing.word.preparing import Changes
from publish.importing.word.styles import Styles

__all__ = ["Book", "Comments", "Story"]

Comments = Literal["dropped", "notes"]


@dataclass(slots=True, kw_only=True)
class Book:
    """A file that is read; all its stories share it.

    `targets` are the bookmarks that something refers to, `anchors` those that stand in a heading
    with another id.  `remarks` are the comments that were not met yet, by id.  `notes` are the
    footnotes and endnotes by kind and id, in the order of their marks,
    `labels` the labels that notes have in their source.  A file of its `own` is one that
    `publish build` wrote.  `text_width` is that of a
    line of text, in CSS pixels.
    """

    package: Package
    styles: Styles
    counting: Counting
    changes: Changes = "accepted"
    comments: Comments = "dropped"
    targets: frozenset[str] = frozenset()
    anchors: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    own: bool = False
    losses: list[Loss] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    picture_names: dict[str, str] = field(default_factory=dict)
    languages: Counter[str] = field(default_factory=Counter)
    heading_lists: set[str] = field(default_factory=set)
    compound: list[str] = field(default_factory=list)
    text_width: float
    paged: bool = False
    page: int = 1
    paragraph: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A part of a file that is read on its own: the text, a note; `where` says which, in words.

    Fields and links may go on over several paragraphs.  In a `cell` there are no blocks.
    """

    book: Book
    part: str
    relations: Mapping[str, Relation]
    where: str = ""
    cell: bool = False
    fields: list[Field] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def place(self) -> str:
        """Return where in the file the reader is now, in words."""
        book = self.book
        if self.where.startswith(("footnote", "endnote", "comment")):
            return self.where
        at = f"page {book.page}" if book.paged else f"paragraph {max(book.paragraph, 1)}"
        return f"{at}, {self.where}" if self.where else at

    def lose(self, kind: str, text: str = "", reason: str = "", *, moved: bool = False) -> None:
        """Note something that is not in the page, or stands elsewhere in it."""
        text = " ".join(text.split())
        self.book.losses.append(
            Loss(kind=kind, text=text, place=self.place(), reason=reason, moved=moved)
        )
