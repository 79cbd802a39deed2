"""Find the sentences that a reviewer names, by their place or by what changed in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from publish.catalogs.comparing import compare_meaning, fold_text
from publish.errors import UsageError, did_you_mean
from publish.model import Entry, Location
from publish.reading.locationwords import describe_location
from publish.reviews.verdicts import ReviewState, Verdict

__all__ = ["find_at_places", "is_typo_only", "is_typographic_only"]

SHORTEST = 4
"""Letters of the shortest word in which a change can be a typo: in "no" or "не" it never is."""
WORD = re.compile(r"[^\W\d_]+")


def find_at_places(found: Sequence[Verdict], words: Iterable[str]) -> tuple[Verdict, ...]:
    """Return the sentences at the named places, in reading order.

    A place is written as in findings (`protection, sentence 3`), or it is the id of a section,
    the number of a paragraph in the editions (`p12`), or the beginning of a source sentence.  A
    section or a paragraph stands for all its sentences.  Raises UsageError for a place that does
    not exist, and for any other place that fits several sentences.
    """
    wanted: set[int] = set()
    for word in words:
        wanted |= _at(found, word)
    return tuple(verdict for at, verdict in enumerate(found) if at in wanted)


def _at(found: Sequence[Verdict], word: str) -> set[int]:
    whole = _where(found, lambda place: _holds_all(place, word))
    if word and whole:
        return whole
    exact = _where(found, lambda place: word in (describe_location(place), _block_name(place)))
    begins = exact or _beginning(found, word)
    if len(begins) > 1:
        how = "are at" if exact else "begin with"
        raise UsageError(f"{len(begins)} sentences {how} {word!r}", hint=_choices(found, begins))
    if not begins:
        known = {place.section for one in found for place in one.subject.places}
        sections = did_you_mean(word.partition(",")[0], filter(None, known))
        hint = f"list the places with publish review; for a section, {sections}"
        raise UsageError(f"there is no sentence at {word!r}", hint=hint)
    return begins


def _holds_all(place: Location, word: str) -> bool:
    """Return whether a word names the section or the paragraph of a sentence."""
    return word == place.section or (place.paragraph > 0 and word == f"p{place.paragraph}")


def _block_name(place: Location) -> str:
    """Return the place of the footnote, list item or cell that a sentence is in."""
    return describe_location(replace(place, part=0))


def _where(found: Sequence[Verdict], holds: Callable[[Location], bool]) -> set[int]:
    return {at for at, one in enumerate(found) if any(map(holds, one.subject.places))}


def _beginning(found: Sequence[Verdict], word: str) -> set[int]:
    start = fold_text(word)
    return {
        at
        for at, one in enumerate(found)
        if start and fold_text(one.subject.source).startswith(start)
    }


def _choices(found: Sequence[Verdict], several: Iterable[int]) -> str:
    """Return a hint that lists the places of several sentences, and how each begins."""
    subjects = [found[at].subject for at in sorted(several)]
    named = (f"{describe_location(one.location)} ({one.source[:40].strip()})" for one in subjects)
    return f"name one of them: {'; '.join(named)}"


def is_typographic_only(verdict: Verdict) -> bool:
    """Return whether only typography, or the text around it, changed since an approval."""
    row, subject = verdict.row, verdict.subject
    if verdict.state is ReviewState.CONTEXT:
        return True
    return (
        verdict.state is ReviewState.LAPSED
        and row is not None
        and subject.confirmed
        and (row.sentence, row.typography) == (subject.sentence, subject.typography)
    )


def is_typo_only(verdict: Verdict, approved: Entry) -> bool:
    """Return whether a text changed since its approval in what may be corrections of typos only.

    Such a change is one letter in a word of at least four, or the case of letters; the number of
    words, numbers and negations stay the same.  `approved` is the entry as it was approved.  Only
    a reader can tell whether the change is a typo indeed.
    """
    subject = verdict.subject
    pairs = [(approved.msgid, subject.source)]
    pairs += zip(approved.msgstrs, subject.head.msgstrs, strict=False)
    if len(subject.entries) > 1 or len(approved.msgstrs) != len(subject.head.msgstrs):
        return False
    return subject.confirmed and all(_slips(old, new) for old, new in pairs)


def _slips(old: str, new: str) -> bool:
    if fold_text(old) == fold_text(new):
        return True
    before, after = WORD.findall(old), WORD.findall(new)
    if compare_meaning(old, new) or len(before) != len(after):
        return False
    if re.findall(r"\d", old) != re.findall(r"\d", new):
        return False
    differing = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return all(_one_letter_off(one, other) for one, other in differing)


def _one_letter_off(one: str, other: str) -> bool:
    """Return whether two words differ in case, or in one letter added, lost, changed or swapped."""
    if one.casefold() == other.casefold():
        return True
    if min(len(one), len(other)) < SHORTEST or abs(len(one) - len(other)) > 1:
        return False
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and len(b) > 1 and (a[0], a[1]) == (b[1], b[0]) and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]
