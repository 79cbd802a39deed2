"""Orders to the process that lays out the pages of a text, and its answers.

They travel through a pipe, so they are plain values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publish.building.draftpages import DraftPages

__all__ = ["Answer", "Draw", "Drawn", "LaidPages", "LayOut", "Order", "PaintedPages"]


@dataclass(frozen=True, slots=True)
class PaintedPages:
    """A PDF of some pages, with the digest of each in its order."""

    pdf: bytes
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayOut:
    """The order to lay out the text that is on disk now."""

    number: int


@dataclass(frozen=True, slots=True)
class Draw:
    """The order to draw the page with a digest, so many pixels wide."""

    digest: str
    width: int


Order = LayOut | Draw | PaintedPages
"""An order; a PDF has pages that an earlier process painted."""


@dataclass(frozen=True, slots=True)
class LaidPages:
    """The answer to `LayOut`: the pages, or what is wrong; `memory` is that of the process."""

    number: int
    pages: DraftPages | None
    error: str
    memory: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """The answer to `Draw`: a picture, empty if the page could not be drawn."""

    digest: str
    width: int
    picture: bytes


Answer = LaidPages | Drawn
