"""A text that came back from a translator, and one that was not taken."""

from __future__ import annotations

from dataclasses import dataclass

from publish.kits.items import make_fingerprint

__all__ = ["RejectedText", "ReturnedText"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedText:
    """A returned text and what the file says about it.

    `source` is the sentence beside it, None if the format has none.  `base` is the fingerprint
    of the translation that was sent, empty if it was lost.  `place` is the cell, line or unit in
    the file (`D14`), `line` its row or line number.  `problem` says why the text is not usable.
    `suggested` tells that it is what was suggested beside the sentence.
    """

    id: str
    text: str
    fuzzy: bool
    base: str
    place: str
    line: int
    source: str | None = None
    comments: tuple[str, ...] = ()
    problem: str = ""
    suggested: bool = False

    @property
    def mark(self) -> str:
        return make_fingerprint(self.text, fuzzy=self.fuzzy)


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedText:
    """A text that was not taken: the reason, a fix, and what the catalog keeps instead."""

    returned: ReturnedText
    code: str
    reason: str
    hint: str
    kept: str = ""
