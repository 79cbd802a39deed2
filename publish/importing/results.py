"""What an import gives: a document, its pictures, and the list of what is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from publish.model import Document

__all__ = ["Imported", "ImportedSource", "Loss"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something of a file that is not in the source, or stands elsewhere in it.

    `kind` says what it is in a word or two: `menu`, `cookie notice`, `comment`, `picture`,
    `text box`.  `text` are its words as they are in the file, empty for what has none.  `place` is
    where it is in the file, in words.  What is `moved` is in the source, but not in that place.
    `reason` says why, where `kind` does not.
    """

    kind: str
    text: str = ""
    place: str = ""
    moved: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A document made of a file, its pictures by the names in the document, and its losses.

    The spans of the document are lines of the file.  `part` says in words which part of the file
    was read, empty if it was read whole.
    """

    document: Document
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSource:
    """A source that was made of a file: its name, its path, its pictures, its losses.

    `part` is the part of the file that was read, empty if it was read whole; `words` is how many
    words the source has; `list_file` is the list of losses beside it.
    """

    name: str
    file: str
    origin: str
    pictures: tuple[str, ...]
    losses: tuple[Loss, ...]
    list_file: str
    part: str
    words: int
    replaced: bool = False
