"""Find what changed in a source since a catalog, or since an earlier version of the source."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from publish.catalogs.comparing import fold_text
from publish.catalogs.matching import Candidate, find_merges, find_splits, match_sentences
from publish.catalogs.othertexts import find_other_texts
from publish.catalogs.updating import list_candidates
from publish.model import Catalog, Entry, Key, Location

__all__ = [
    "ChangeKind",
    "SentenceChange",
    "Wording",
    "find_changes_between",
    "find_changes_in_catalog",
]


class ChangeKind(StrEnum):
    """The kinds of change to a sentence; GONE is one that the source no longer has."""

    CHANGED = "changed"
    NEW = "new"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Wording:
    """The key of a sentence and its location, None where that is not known."""

    key: Key
    location: Location | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceChange:
    """A change of one sentence; `old` and `new` are its wordings in the source, None if none.

    `translation` is its text in the catalog.  `done` is true where that text is confirmed for
    the new wording, so that there is nothing left to do.  `other` is another translation of the
    old wording, which the catalog keeps as obsolete.
    """

    kind: ChangeKind
    old: Wording | None
    new: Wording | None
    translation: str = ""
    done: bool = False
    other: str = ""


def find_changes_in_catalog(
    catalog: Catalog, now: Sequence[Wording], before: Sequence[Key] = ()
) -> tuple[SentenceChange, ...]:
    """Return what is left to translate, judged by the catalog alone: each unconfirmed sentence.

    `now` is the source in reading order, `catalog` is a catalog just updated to it, and `before`
    is the order of the sentences before that update.  Sentences that only moved, and obsolete
    ones, are listed too.
    """
    entries = catalog.active()
    kept = [one.key for one in _once(now)]
    moved = _moved([key for key in before if key in set(kept)], kept)
    obsolete = {e.key: e for e in catalog.entries if e.obsolete and any(e.msgstrs)}
    others = {entry.key: other.msgstr for entry, other in find_other_texts(catalog.entries)}
    reworded = _reworded(obsolete, entries)
    changes = [
        replace(change, other=others.get(one.key, ""))
        for one in _once(now)
        if (change := _of_entry(entries.get(one.key), one, moved, reworded)) is not None
    ]
    twins = {change.old.key for change in changes if change.old}
    gone = (
        SentenceChange(
            kind=ChangeKind.GONE, old=Wording(entry.key), new=None, translation=entry.msgstr
        )
        for entry in obsolete.values()
        if entry.key not in twins
    )
    return (*changes, *gone)


def _reworded(obsolete: Mapping[Key, Entry], entries: Mapping[Key, Entry]) -> dict[Key, Key]:
    """Return the earlier wordings of sentences that are translated anew, by their keys."""
    known = {(e.previous_context, e.previous) for e in entries.values() if e.previous is not None}
    gone = [Candidate(key, None, None) for key in obsolete if key not in known]
    done = [Candidate(key, None, None) for key, entry in entries.items() if entry.translated]
    return {pair.new: pair.old for pair in match_sentences(gone, done)} if gone else {}


def _of_entry(
    entry: Entry | None, now: Wording, moved: set[Key], reworded: Mapping[Key, Key]
) -> SentenceChange | None:
    if entry is None:
        return SentenceChange(kind=ChangeKind.NEW, old=None, new=now)
    if entry.fuzzy and entry.previous is not None:
        old = Wording((entry.previous_context, entry.previous))
        return SentenceChange(kind=ChangeKind.CHANGED, old=old, new=now, translation=entry.msgstr)
    if not entry.translated:
        return SentenceChange(kind=ChangeKind.NEW, old=None, new=now, translation=entry.msgstr)
    if old_key := reworded.get(now.key):
        return SentenceChange(
            kind=ChangeKind.CHANGED,
            old=Wording(old_key),
            new=now,
            translation=entry.msgstr,
            done=True,
        )
    if now.key in moved:
        return SentenceChange(
            kind=ChangeKind.MOVED, old=now, new=now, translation=entry.msgstr, done=True
        )
    return None


def find_changes_between(
    before: Sequence[Wording], now: Sequence[Wording], catalog: Catalog
) -> tuple[SentenceChange, ...]:
    """Return the changes between two versions of a source, in the order of the new one.

    Sentences that are gone come last.  A change of typography alone is not a change.  A sentence
    that was split is listed as changed once for each part; one merged from two is listed once.
    Law: a version compared with itself has no changes.
    """
    olds = {one.key: one for one in _once(before)}
    news = {one.key: one for one in _once(now)}
    _pair_retyped(olds, news)
    gone = [s for s in list_candidates(olds) if s.key not in news]
    fresh = [s for s in list_candidates(news) if s.key not in olds]
    pairs = dict(_matched(gone, fresh))
    entries = {e.key: e for e in sorted(catalog.entries, key=lambda e: not e.obsolete)}
    moved = _moved([key for key in olds if key in news], list(news))
    changes = [
        change
        for key, one in news.items()
        if (change := _change(one, olds, pairs.get(key, ()), moved, entries)) is not None
    ]
    used = {key for found in pairs.values() for key in found}
    rest = (s.key for s in gone if s.key not in used)
    return (
        *changes,
        *(
            SentenceChange(
                kind=ChangeKind.GONE, old=olds[k], new=None, translation=_text(entries, [k])
            )
            for k in rest
        ),
    )


def _once(wordings: Iterable[Wording]) -> Iterator[Wording]:
    """Return each sentence once, at the place where it occurs first."""
    found: dict[Key, Wording] = {}
    for one in wordings:
        found.setdefault(one.key, one)
    return iter(found.values())


def _pair_retyped(olds: dict[Key, Wording], news: dict[Key, Wording]) -> None:
    """Give old sentences the keys of new ones that differ from them in typography only."""
    by_text = {(c, fold_text(text)): (c, text) for c, text in news if (c, text) not in olds}
    items = list(olds.items())
    olds.clear()
    for (context, text), one in items:
        key = (context, text)
        if key not in news:
            key = by_text.pop((context, fold_text(text)), key)
        olds[key] = one


def _matched(
    gone: list[Candidate], fresh: list[Candidate]
) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Yield new sentences, each with the old ones that it was made from."""
    taken: set[Key] = set()
    for cut in find_splits(gone, fresh):
        yield from ((part, (cut.whole,)) for part in cut.parts)
        taken |= {cut.whole, *cut.parts}
    for joined in find_merges(gone, fresh):
        yield joined.whole, joined.parts
        taken |= {joined.whole, *joined.parts}
    rest = ([s for s in some if s.key not in taken] for some in (gone, fresh))
    for pair in match_sentences(*rest):
        yield pair.new, (pair.old,)


def _change(
    one: Wording,
    olds: dict[Key, Wording],
    origin: tuple[Key, ...],
    moved: set[Key],
    entries: dict[Key, Entry],
) -> SentenceChange | None:
    """Return the change of a sentence of the new version, made from those in `origin`."""
    entry = entries.get(one.key)
    done = entry is not None and entry.translated and not entry.obsolete
    text = _text(entries, [one.key])
    if one.key in olds:
        kept = olds[one.key]
        return (
            SentenceChange(kind=ChangeKind.MOVED, old=kept, new=one, translation=text, done=done)
            if one.key in moved
            else None
        )
    if not origin:
        return SentenceChange(kind=ChangeKind.NEW, old=None, new=one, translation=text, done=done)
    context = olds[origin[0]].key[0]
    wording = " ".join(olds[key].key[1] for key in origin)
    old = Wording((context, wording), olds[origin[0]].location)
    return SentenceChange(
        kind=ChangeKind.CHANGED,
        old=old,
        new=one,
        translation=text if done else _text(entries, origin) or text,
        done=done,
    )


def _text(entries: dict[Key, Entry], keys: Iterable[Key]) -> str:
    """Return the translations of sentences, joined with spaces."""
    return " ".join(entries[key].msgstr for key in keys if key in entries).strip()


def _moved(before: Sequence[Key], now: Sequence[Key]) -> set[Key]:
    """Return the smallest set of sentences to move to turn one order into the other."""
    place = {key: at for at, key in enumerate(now)}
    order = [place[key] for key in before]
    ends: list[int] = []
    chains: list[int] = []
    for at in order:
        length = bisect_left(ends, at)
        ends[length : length + 1] = [at]
        chains.append(length)
    stay: set[Key] = set()
    # Of the sentences that can end a chain of some length, the last has the lowest position,
    # so it always fits before what follows.
    for key, length in zip(reversed(before), reversed(chains), strict=True):
        if length == len(ends) - 1 - len(stay):
            stay.add(key)
    return set(before) - stay
