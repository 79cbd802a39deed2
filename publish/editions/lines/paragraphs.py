"""Reads a paragraph of the renderer's boxes as stops and widths, and writes its breaks into it.

A chosen break is a line separator in the text of its box, or a soft hyphen within a word.  Neither
is ever shown: `fitting` ends a line there and leaves them out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Literal, NamedTuple

from publish.editions.lines.breaking import Stop
from publish.editions.lines.measuring import (
    MeasuredText,
    find_font,
    hyphen_width,
    measure_text,
    outer_width,
)
from publish.languages.hyphenation import find_hyphens
from publish.wideletters import may_have_wide, pattern_later

__all__ = ["LINE_END", "SOFT_HYPHEN", "Paragraph", "Piece", "Place", "read_paragraph"]

LINE_END, SOFT_HYPHEN = "\u2028", "\u00ad"
"""What a chosen break is in the text of a box."""

NO_BREAK, OBJECT = "\u00a0", "\ufffc"

UNKNOWN = re.compile("[\n\t\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
SPACELESS = pattern_later(
    "[\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
"""Scripts whose lines break without spaces: these and control characters are the renderer's own
matter."""

HYPHENS = "-\u2010"
WORD = re.compile(r"[^\W\d_]+")
TOKEN = re.compile(r"[^ \u00a0]+")
TIED = re.compile("(?<![^ ])[^\\W\\d_]{2,3}\u00a0(?=[^\\W\\d_]{3})")
"""A word of two letters or three, such as a preposition, that is joined to the next word."""

UNSPLIT = re.compile(r"[-\u2010/@_\d]|\.\w")
"""What a word, with the signs around it, has if no hyphen may be added to it."""

HYPHEN, TIE = 350.0, 1000.0
"""The penalties of a line that ends with a hyphen, and of one that ends after a tied word."""

LAST_LETTERS = 7
"""How many letters and digits the last line of a paragraph has at least."""

PlaceKind = Literal["space", "joint", "hyphen"]


class Place(NamedTuple):
    """Where a line may break: at a space, before a character, or with a hyphen before it."""

    at: int
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class Piece:
    """A box of text, where it is in the text of the paragraph, its widths and its font."""

    box: Any
    start: int
    end: int
    measured: MeasuredText
    font: object


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The text of a paragraph, its boxes, and the width and spaces before each character."""

    text: str
    pieces: tuple[Piece, ...]
    ends: tuple[int, ...]
    boxes: tuple[Any, ...]
    before: tuple[float, ...]
    spaces: tuple[int, ...]

    @property
    def has_objects(self) -> bool:
        """Return whether an image or the like stands in the text."""
        return OBJECT in self.text

    @property
    def last_start(self) -> float:
        """Return the width of the text before a last line that is just too short."""
        letters = list(accumulate(map(str.isalnum, reversed(self.text))))
        if letters[-1] < LAST_LETTERS:
            return 0.0
        at = len(self.text) - 1 - bisect_left(letters, LAST_LETTERS)
        return self.before[at] + 0.01

    def places(self) -> Iterator[Place]:
        """Yield where a line may break without an added hyphen, in order."""
        for piece in self.pieces:
            start, inside = piece.start, piece.measured.breaks
            if piece.box.style["white_space"] != "normal":
                inside = ()
            for at in (start, *(start + at for at in inside if at)):
                if 0 < at < len(self.text):
                    if self.text[at - 1] == " ":
                        yield Place(at, "space")
                    elif at > start:
                        yield Place(at, "joint")

    def hyphens(self, shorter: int = 0) -> Iterator[Place]:
        """Yield where a line may break with an added hyphen, in order.

        The words may be `shorter` by some letters than the style wants.
        """
        for token in TOKEN.finditer(self.text):
            if UNSPLIT.search(token[0]):
                continue
            for word in WORD.finditer(self.text, *token.span()):
                piece = self._piece_around(*word.span())
                if piece is not None:
                    yield from (
                        Place(word.start() + at, "hyphen")
                        for at in _hyphens(word[0], piece.box.style, shorter)
                    )

    def ties(self) -> Iterator[Place]:
        """Yield where a line may break after a short word that is tied to the next, in order."""
        for tie in TIED.finditer(self.text):
            piece = self._piece_around(*tie.span())
            if piece is not None and piece.box.style["white_space"] == "normal":
                yield Place(tie.end(), "space")

    def stop(self, place: Place, known: dict[Any, float]) -> Stop:
        """Return the widths of a place; `known` keeps the widths of hyphens."""
        at = place.at
        end = at - 1 if place.kind == "space" else at
        hyphen = 0.0
        if place.kind == "hyphen":
            piece = self._piece_around(at - 1, at)
            assert piece is not None
            hyphen = (
                hyphen_width(self.text[at - 1], piece.box.style, piece.font, known)
                - piece.measured.widths[at - 1 - piece.start]
            )
        return Stop(
            self.before[end],
            self.before[at],
            self.spaces[end],
            self.spaces[at],
            hyphen,
            hyphened := place.kind == "hyphen" or self.text[at - 1] in HYPHENS,
            HYPHEN if hyphened else TIE if self.text[at - 1] == NO_BREAK else 0.0,
        )

    def end(self) -> Stop:
        """Return the stop at the end of the paragraph."""
        return Stop(self.before[-1], self.before[-1], self.spaces[-1], self.spaces[-1])

    def written(self, chosen: Collection[Place]) -> tuple[str, ...]:
        """Return the text of each piece with the chosen places in it.

        A space at the start of a piece stays, since the renderer drops it at the start of a line;
        the line ends with the piece before it.
        """
        new = list(self.text)
        starts = {piece.start for piece in self.pieces[1:]}
        ends = set(self.ends)
        for place in chosen:
            at = place.at
            if place.kind == "hyphen":
                new[at] = SOFT_HYPHEN + new[at]
            elif place.kind == "joint":
                new[at] = LINE_END + new[at]
            elif at - 1 in starts and at - 1 in ends:
                new[at - 2] += LINE_END
            elif at - 1 in starts:
                new[at - 1] += LINE_END
            else:
                new[at - 1] = LINE_END
        return tuple("".join(new[piece.start : piece.end]) for piece in self.pieces)

    def _piece_around(self, start: int, end: int) -> Piece | None:
        piece = self.pieces[bisect_left(self.ends, end)]
        return piece if piece.start <= start else None


def _hyphens(word: str, style: Any, shorter: int) -> tuple[int, ...]:
    total, left, right = style["hyphenate_limit_chars"]
    if style["hyphens"] != "auto" or style["white_space"] != "normal" or not style["lang"]:
        return ()
    if len(word) < total - shorter or (word.isupper() and word.lower() != word):
        return ()
    return find_hyphens(word, style["lang"], left, right)


# --------------------------------------------------------------------------- reading


class _UnknownBoxError(Exception):
    """What a paragraph cannot have if its lines are chosen here."""


@dataclass(slots=True)
class _Reading:
    """What has been read of a paragraph; `edge` is the width that begins before the next text."""

    context: Any
    text: str = ""
    edge: float = 0.0
    widths: list[float] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)

    def read(self, box: Any) -> None:
        if not box.is_in_normal_flow():
            if box.is_floated():
                raise _UnknownBoxError
            return
        self.boxes.append(box)
        if hasattr(box, "text"):
            self.read_text(box)
        elif type(box).__name__ == "InlineBox":
            self.read_inline(box)
        else:
            self.add(OBJECT, [outer_width(self.context, box)])

    def read_inline(self, box: Any) -> None:
        sides = ("left", "right") if box.style["direction"] == "ltr" else ("right", "left")
        self.edge += _edge(box.style, sides[0])
        for child in box.children:
            self.read(child)
        after = _edge(box.style, sides[1])
        if self.widths:
            self.widths[-1] += after
        else:
            self.edge += after

    def read_text(self, box: Any) -> None:
        style, text = box.style, box.text
        if not text:
            return
        if (
            style["white_space"] not in ("normal", "nowrap")
            or style["word_break"] != "normal"
            or UNKNOWN.search(text)
            or (may_have_wide(text) and SPACELESS().search(text))
        ):
            raise _UnknownBoxError
        start, measured = len(self.text), measure_text(text, style)
        self.pieces.append(Piece(box, start, start + len(text), measured, find_font(style)))
        self.add(text, measured.widths)

    def add(self, text: str, widths: Collection[float]) -> None:
        first = len(self.widths)
        self.text += text
        self.widths.extend(widths)
        self.widths[first] += self.edge
        self.edge = 0.0


def read_paragraph(context: Any, line: Any) -> Paragraph | None:
    """Return the paragraph in a line box of the renderer that has not been laid out.

    Returns None if its lines break at more than spaces and hyphens.
    """
    reading = _Reading(context)
    try:
        for child in line.children:
            reading.read(child)
    except _UnknownBoxError:
        return None
    text = reading.text
    first, last = len(text) - len(text.lstrip(" ")), len(text.rstrip(" "))
    if not reading.pieces or first >= last or any(not one.box.text for one in reading.pieces):
        return None
    shown = [width if first <= at < last else 0.0 for at, width in enumerate(reading.widths)]
    counted = [letter in (" ", NO_BREAK) and first <= at < last for at, letter in enumerate(text)]
    return Paragraph(
        text,
        tuple(reading.pieces),
        tuple(piece.end for piece in reading.pieces),
        tuple(reading.boxes),
        tuple(accumulate(shown, initial=0.0)),
        tuple(accumulate(counted, initial=0)),
    )


def _edge(style: Any, side: str) -> float:
    """Return the width of margin, border and padding at one side of an inline box."""
    width = float(style[f"border_{side}_width"])
    for name in (f"margin_{side}", f"padding_{side}"):
        value = style[name]
        if value == "auto":
            continue
        if getattr(value, "unit", "") not in ("px", None):
            raise _UnknownBoxError
        width += float(value.value)
    return width
