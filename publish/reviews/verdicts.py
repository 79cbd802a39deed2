"""Find what can be reviewed in a catalog, and which decisions of its ledger still hold.

An approval is for one sentence and its translation, or for a group of sentences that share a
translation (`{joined}`).  It holds while both texts stay as they were approved; only the
typography of the source may change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from publish.catalogs.comparing import fold_text
from publish.catalogs.doubts import find_doubts
from publish.catalogs.origins import find_sureness
from publish.model import Entry, Key, Location, Sentence
from publish.reading.source import Source
from publish.reviews.ledger import Decision, Ledger, ReviewRow

__all__ = [
    "ReviewFigures",
    "ReviewState",
    "Subject",
    "Verdict",
    "count_verdicts",
    "digest_pair",
    "find_subjects",
    "find_unused_rows",
    "find_verdicts",
    "make_row",
    "needs_reviewer",
]


class ReviewState(StrEnum):
    """The review states of a sentence.

    CONTEXT is an approval that holds, but the text around the sentence changed.  LAPSED is an
    approval that no longer holds, because the source or the translation changed.
    """

    UNREVIEWED = "unreviewed"
    APPROVED = "approved"
    CONTEXT = "context changed"
    LAPSED = "lapsed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A sentence, or a group of joined ones, that a decision can be about.

    `entries` are the head of the group and the sentences joined to it.  `sources` are their
    wordings, corrected as in the catalog of the source language.  `places` are all locations of
    the head, in reading order.  `sentence` and `surroundings` are digests as in `ReviewRow`;
    `known_as` are those of the sentence under earlier wordings.
    """

    entries: tuple[Entry, ...]
    sources: tuple[str, ...]
    places: tuple[Location, ...]
    sentence: str
    surroundings: str
    known_as: tuple[str, ...] = ()

    @property
    def head(self) -> Entry:
        return self.entries[0]

    @property
    def source(self) -> str:
        return " ".join(self.sources)

    @property
    def location(self) -> Location:
        """The first location of the head."""
        return self.places[0]

    @property
    def confirmed(self) -> bool:
        """Whether all of it is translated and confirmed."""
        return all(entry.translated for entry in self.entries) and not self.head.joined

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the comments `# reviewer:` of all entries ask a native reader to decide."""
        return tuple(doubt for entry in self.entries for doubt in find_doubts(entry.comments))

    @property
    def sureness(self) -> int | None:
        """How sure an imported translation is, in percent; None for any other one."""
        found = [find_sureness(entry) for entry in self.entries]
        return min((one for one in found if one is not None), default=None)

    @property
    def translation(self) -> str:
        """The digest of the exact translation."""
        return _digest(self.head.msgstrs)

    @property
    def typography(self) -> str:
        """The digest of the translation without its typography."""
        return _digest([fold_text(text) for text in self.head.msgstrs])


@dataclass(frozen=True, slots=True)
class Verdict:
    """The review state of a subject, and the row of the ledger that it follows from, if any."""

    subject: Subject
    state: ReviewState
    row: ReviewRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFigures:
    """The number of sentences of a document in each review state."""

    approved: int = 0
    context_changed: int = 0
    lapsed: int = 0
    rejected: int = 0
    unreviewed: int = 0

    @property
    def sentences(self) -> int:
        held = self.approved + self.context_changed
        return held + self.lapsed + self.rejected + self.unreviewed

    @property
    def percent(self) -> int:
        """The share of sentences whose approval holds, in whole percent, rounded down."""
        held = self.approved + self.context_changed
        return 100 * held // self.sentences if self.sentences else 100


# --------------------------------------------------------------------------- subjects


def find_subjects(
    source: Source, entries: Mapping[Key, Entry], corrected: Mapping[Key, Entry]
) -> tuple[Subject, ...]:
    """Return everything in a document that can be reviewed, in reading order, each once.

    `entries` are the translations, `corrected` the entries of the source's own catalog.
    Sentences that the catalog does not have count as untranslated.
    """
    wording = _wordings(corrected)
    every = source.every
    groups = _groups(every, entries)
    around = _surroundings(every, wording)
    joined = {key for keys in groups.values() for key in keys}
    found: dict[Key, list[Location]] = {}
    for sentence in source.sentences:
        if sentence.key not in joined:
            found.setdefault(sentence.key, []).append(sentence.location)
    return tuple(
        _subject(
            [entries.get(one) or Entry(msgid=one[1], context=one[0]) for one in (key, *groups[key])]
            if key in groups
            else [entries.get(key) or Entry(msgid=key[1], context=key[0])],
            places,
            wording,
            around[key],
        )
        for key, places in found.items()
    )


def _wordings(corrected: Mapping[Key, Entry]) -> dict[Key, str]:
    """Return the corrected wordings of the source sentences that have one."""
    return {
        key: entry.msgstr
        for key, entry in corrected.items()
        if entry.translated and entry.msgstr.strip() and not entry.joined
    }


def _groups(every: Iterable[Sentence], entries: Mapping[Key, Entry]) -> dict[Key, tuple[Key, ...]]:
    """Return the sentences that share the translation of another one, by the key of that head."""
    joined = {key for key, entry in entries.items() if entry.joined}
    found: dict[Key, tuple[Key, ...]] = {}
    head: Key | None = None
    for at in every if joined else ():
        key = at.unit.key
        head = None if at.unit.opens else head
        if key not in joined:
            head = key if at.unit.translatable else None
        elif head is not None and key not in found.get(head, ()):
            found[head] = (*found.get(head, ()), key)
    return found


def _surroundings(every: Sequence[Sentence], wording: dict[Key, str]) -> dict[Key, str]:
    """Return a digest of the neighbours and link addresses of each sentence."""
    units = [at.unit for at in every if at.unit.translatable]
    texts = [fold_text(wording.get(unit.key, unit.msgid)) for unit in units]
    found: dict[Key, set[tuple[str, str, tuple[str, ...]]]] = {}
    for at, unit in enumerate(units):
        before = texts[at - 1] if at else ""
        after = texts[at + 1] if at + 1 < len(texts) else ""
        found.setdefault(unit.key, set()).add((before, after, unit.addresses))
    return {key: _digest(sorted(places)) for key, places in found.items()}


def _subject(
    entries: Sequence[Entry],
    places: Sequence[Location],
    wording: dict[Key, str],
    surroundings: str,
) -> Subject:
    sources = tuple(wording.get(entry.key, entry.msgid) for entry in entries)
    sentence = _sentence((e.context, text) for e, text in zip(entries, sources, strict=True))
    head = entries[0]
    earlier = []
    if sources != tuple(entry.msgid for entry in entries):
        earlier.append(_sentence(entry.key for entry in entries))
    if len(entries) > 1:
        earlier.append(_sentence([head.key]))
    if head.previous is not None:
        earlier.append(_sentence([(head.previous_context, head.previous)]))
    known = tuple(name for name in dict.fromkeys(earlier) if name != sentence)
    return Subject(
        entries=tuple(entries),
        sources=sources,
        places=tuple(places),
        sentence=sentence,
        surroundings=surroundings,
        known_as=known,
    )


def digest_pair(entry: Entry) -> tuple[str, str]:
    """Return the digests in a row for an entry that is in no group and has no correction."""
    return (_sentence([entry.key]), _digest(entry.msgstrs))


def _sentence(texts: Iterable[Key]) -> str:
    return _digest([(context, fold_text(text)) for context, text in texts])


def _digest(parts: Sequence[object]) -> str:
    """Return twenty hexadecimal digits of a SHA-256 over all parts."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


# --------------------------------------------------------------------------- verdicts


def find_verdicts(ledger: Ledger, every: Sequence[Subject]) -> tuple[Verdict, ...]:
    """Return the review state of each subject according to a ledger.

    Law: a subject is `approved` or `context changed` only if its translation is confirmed and is
    exactly the one that was approved, and its source differs in typography at most.
    """
    rows = {row.texts: row for row in ledger.rows}
    latest = {row.sentence: row for row in sorted(ledger.rows, key=lambda row: row.when)}
    present = {one.sentence for one in every}
    orphans = {row.translation: row for row in ledger.rows if row.sentence not in present}
    return tuple(_verdict(one, rows, latest, orphans) for one in every)


def _verdict(
    subject: Subject,
    rows: dict[tuple[str, str], ReviewRow],
    latest: dict[str, ReviewRow],
    orphans: dict[str, ReviewRow],
) -> Verdict:
    row = rows.get((subject.sentence, subject.translation))
    if row is not None and row.state == "rejected":
        return Verdict(subject, ReviewState.REJECTED, row)
    if row is not None and subject.confirmed:
        same = row.surroundings == subject.surroundings
        return Verdict(subject, ReviewState.APPROVED if same else ReviewState.CONTEXT, row)
    row = row or _former(subject, latest, orphans)
    lapsed = row is not None and row.state == "approved"
    return Verdict(subject, ReviewState.LAPSED if lapsed else ReviewState.UNREVIEWED, row)


def _former(
    subject: Subject, latest: dict[str, ReviewRow], orphans: dict[str, ReviewRow]
) -> ReviewRow | None:
    """Return the decision on a subject whose source or translation has changed since, if any."""
    names = (subject.sentence, *subject.known_as)
    row = next((latest[name] for name in names if name in latest), None)
    if row is None and any(subject.head.msgstrs) and not subject.head.joined:
        row = orphans.get(subject.translation)
    return row


def needs_reviewer(verdict: Verdict) -> bool:
    """Return whether a reviewer has to decide.

    An approval settles a doubt.  An unconfirmed text without a doubt first needs a translator.
    """
    subject = verdict.subject
    waits = subject.confirmed or verdict.row is not None or bool(subject.doubts)
    return waits and verdict.state is not ReviewState.APPROVED


def count_verdicts(found: Iterable[Verdict]) -> ReviewFigures:
    """Return the number of sentences in each state; every sentence of a group counts."""
    counts = dict.fromkeys(ReviewState, 0)
    for verdict in found:
        counts[verdict.state] += len(verdict.subject.entries)
    return ReviewFigures(
        approved=counts[ReviewState.APPROVED],
        context_changed=counts[ReviewState.CONTEXT],
        lapsed=counts[ReviewState.LAPSED],
        rejected=counts[ReviewState.REJECTED],
        unreviewed=counts[ReviewState.UNREVIEWED],
    )


# --------------------------------------------------------------------------- deciding


def make_row(
    subject: Subject, state: Decision, reviewer: str, when: str, reason: str = ""
) -> ReviewRow:
    """Return the row for a decision on a subject, with the digests of its present texts."""
    return ReviewRow(
        sentence=subject.sentence,
        translation=subject.translation,
        typography=subject.typography,
        surroundings=subject.surroundings,
        state=state,
        reviewer=reviewer,
        when=when,
        reason=reason,
    )


def find_unused_rows(ledger: Ledger, found: Iterable[Verdict]) -> Iterator[ReviewRow]:
    """Yield the rows of a ledger that belong to no sentence of the document any more."""
    used = {verdict.row for verdict in found}
    return (row for row in ledger.rows if row not in used)
