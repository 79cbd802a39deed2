"""The pieces that the text of a paragraph consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from publish.importing.word.names import Xml

__all__ = ["Atom", "Line"]

Kind = Literal["text", "break", "picture", "formula", "mark"]


@dataclass(slots=True, kw_only=True)
class Atom:
    """A piece of a line: text with its marks, or an element.

    `bold`, `capitals` and `size` are how a reader sees it, with what its paragraph style says.
    The marks of an `exact` one are meant, also on spaces.
    """

    kind: Kind = "text"
    text: str = ""
    marks: tuple[str, ...] = ()
    href: str = ""
    node: Xml | None = None
    large: bool = False
    bold: bool = False
    capitals: bool = False
    size: int = 0
    language: str = ""
    font: str = ""
    exact: bool = False


@dataclass(slots=True)
class Line:
    """The text of a paragraph, and what hangs on it: boxes of text, comments, bookmarks.

    `sequence` is what a field counts in it, such as figures; a line with one is a caption.
    """

    atoms: list[Atom] = field(default_factory=list)
    boxes: list[Xml] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    sequence: str = ""

    @property
    def text(self) -> str:
        """Return the characters of the line."""
        return "".join(atom.text for atom in self.atoms if atom.kind == "text")
