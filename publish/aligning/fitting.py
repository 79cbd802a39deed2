"""Give a translation the marks of its source: its own where it has them, others by their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publish.aligning.markplaces import find_place
from publish.aligning.marktexts import (
    Mark,
    MarkedText,
    flatten_marks,
    name_mark,
    raise_marks,
)
from publish.aligning.wordtable import WordTable
from publish.errors import PublishError
from publish.model import Code, FootnoteMark, Image, Inline, Inlines, Link, Math, Text
from publish.reading.marks.canonical import serialise_inlines
from publish.reading.msgstr import count_marks, parse_msgstr

__all__ = ["FittedText", "fit_marks"]


@dataclass(frozen=True, slots=True)
class FittedText:
    """A translation with the marks of its source, as inline Markdown.

    `guessed` are marks that were put at a place without words to find it by, `missing` those that
    are not in it, both as a translator writes them.
    """

    text: str
    guessed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def fit_marks(
    source: Inlines, target: Inlines, addresses: Sequence[str], table: WordTable | None = None
) -> FittedText:
    """Return a translation with the marks that its source has, and no others.

    `source` has numbered links, which stand for the `addresses`; links of `target` have addresses.
    Law: the words are those of `target`, in their order.
    """
    ours, theirs = flatten_marks(source), flatten_marks(target)
    placed = _keep_own(ours, theirs, addresses)
    guessed: list[str] = []
    found = {
        number: place
        for number, mark in enumerate(ours.marks)
        if number not in placed
        and (place := find_place(ours.text, mark, theirs.text, table or WordTable()))
        and _fits(mark, theirs.text[place.start : place.end])
    }
    # What was found by its words comes before what is only guessed.
    for number, place in sorted(found.items(), key=lambda one: one[1].guessed):
        mark = ours.marks[number]
        free = _free_range(Mark(place.start, place.end, mark.node), placed.values())
        if free is not None:
            placed[number] = free
            guessed += [_written(mark)] if place.guessed else []
    return _finished(theirs, source, placed.values(), guessed)


def _fits(mark: Mark, text: str) -> bool:
    """Return whether a text can have a mark: code and formulas are the same in every language."""
    return not isinstance(mark.node, Code | Math) or _identity(mark.node, ()) == text


def _finished(
    theirs: MarkedText, source: Inlines, marks: Iterable[Mark], guessed: Sequence[str]
) -> FittedText:
    """Return the text with marks; without any if Markdown cannot express them so."""
    for tree in (raise_marks(theirs.text, marks), (Text(" ".join(theirs.text.split())),)):
        try:
            text = serialise_inlines(tree)
            found = count_marks(parse_msgstr(text))
        except PublishError:
            continue
        missing = tuple(sorted((count_marks(source) - found).elements()))
        return FittedText(text, tuple(guessed), missing)
    return FittedText("", (), tuple(sorted(count_marks(source).elements())))


def _written(mark: Mark) -> str:
    match mark.node:
        case Link(_, href):
            return f"[…]({href})"
        case Image(src):
            return f"![…]({src})"
        case FootnoteMark(label):
            return f"[^{label}]"
        case node:
            return next(iter(count_marks((node,))), name_mark(node))


# --------------------------------------------------------------------------- own marks


def _keep_own(ours: MarkedText, theirs: MarkedText, addresses: Sequence[str]) -> dict[int, Mark]:
    """Return for marks of the source, by number, the same marks that the translation has."""
    kept: dict[int, Mark] = {}
    own = _by_kind(theirs.marks)
    for kind, numbers in _by_kind(ours.marks).items():
        pairs = _pair(
            [(n, ours.marks[n]) for n in numbers],
            [theirs.marks[n] for n in own.get(kind, ())],
            addresses,
            (len(ours.text), len(theirs.text)),
        )
        kept.update((n, _with_node(ours.marks[n].node, mark)) for n, mark in pairs)
    return kept


def _by_kind(marks: Sequence[Mark]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, mark in enumerate(marks):
        found[name_mark(mark.node)].append(number)
    return found


def _with_node(node: Inline, mark: Mark) -> Mark:
    """Return a mark of the translation as the one of the source; an image keeps its own words."""
    if isinstance(node, Image) and isinstance(mark.node, Image):
        node = replace(node, alt=mark.node.alt or node.alt)
    return replace(mark, node=node)


def _pair(
    ours: Sequence[tuple[int, Mark]],
    theirs: Sequence[Mark],
    addresses: Sequence[str],
    lengths: tuple[int, int],
) -> Iterator[tuple[int, Mark]]:
    """Yield marks of one kind that belong together: the same ones first, then by their order."""
    rest = list(ours)
    left = list(theirs)
    for number, mark in ours:
        wanted = _identity(mark.node, addresses)
        same = next((one for one in left if wanted and _identity(one.node, ()) == wanted), None)
        if same is not None:
            rest.remove((number, mark))
            left.remove(same)
            yield number, same
    rest = [one for one in rest if not isinstance(one[1].node, Code | Math)]
    ours_long, theirs_long = (max(1, length) for length in lengths)
    while rest and left:
        if len(rest) == len(left):
            yield from ((number, mark) for (number, _), mark in zip(rest, left, strict=True))
            return
        if len(rest) > len(left):
            rest.remove(
                max(rest, key=lambda one: _distance(one[1].start / ours_long, left, theirs_long))
            )
        else:
            marks = [mark for _, mark in rest]
            left.remove(
                max(left, key=lambda one: _distance(one.start / theirs_long, marks, ours_long))
            )


def _distance(place: float, others: Sequence[Mark], length: int) -> float:
    return min(abs(place - other.start / length) for other in others)


def _identity(node: Inline, addresses: Sequence[str]) -> str:
    """Return what tells a mark from others of its kind: an address, a label, the text of code."""
    match node:
        case Link(_, href) | Image(href):
            if addresses and href.isdecimal() and 0 < int(href) <= len(addresses):
                return addresses[int(href) - 1]
            return href
        case Code(text) | Math(text):
            return text
        case _:
            return ""


def _free_range(mark: Mark, others: Iterable[Mark]) -> Mark | None:
    """Return the mark cut so that it crosses no other one; None if nothing is left of it."""
    for other in others:
        cut = _cut_off(mark, other)
        if cut is None:
            return None
        mark = cut
    return mark


def _cut_off(mark: Mark, other: Mark) -> Mark | None:
    start, end = mark.start, mark.end
    whole = isinstance(other.node, Code | Math)
    if start == end:
        moved = other.start < start < other.end and (whole or isinstance(other.node, Link))
        return Mark(other.end, other.end, mark.node) if moved else mark
    if other.start >= end or other.end <= start:
        return mark
    if isinstance(mark.node, Link) and isinstance(other.node, Link):
        return None
    if start <= other.start and other.end <= end:
        return mark
    if other.start <= start and end <= other.end:
        return None if whole else mark
    start, end = (other.end, end) if other.start < start else (start, other.start)
    return Mark(start, end, mark.node) if start < end else None
