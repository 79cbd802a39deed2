"""What an import of a translation gives."""

from __future__ import annotations

from dataclasses import dataclass

from publish.aligning.foreign import ForeignSentence
from publish.model import Entry, Sentence

__all__ = ["ImportedTranslation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTranslation:
    """A catalog that was filled from a file, or would be.

    `filled` are the entries, with what their comments say; `kept` is the number of sentences that
    had a translation, `left` are those that got none, and `unused` what of the file is nowhere.
    `merged` is set if another program saved the catalog meanwhile.
    """

    file: str
    origin: str
    filled: tuple[Entry, ...]
    kept: int
    left: tuple[Sentence, ...]
    unused: tuple[ForeignSentence, ...]
    merged: bool = False
