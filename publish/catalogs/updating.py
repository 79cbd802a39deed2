"""Update a catalog to its source: lose nothing, and reuse as many translations as possible.

A translation is looked for in this order: the same sentence; an obsolete one; one that differs in
typography only; one that was split or merged; a paragraph that is now cut into sentences; a
reworded one; one of another document.  A translation that is not certain is fuzzy and keeps the
wording it was made for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from publish.catalogs.comparing import MeaningChanges, compare_meaning, fold_text
from publish.catalogs.matching import Candidate, find_merges, find_splits, match_sentences
from publish.catalogs.memory import TranslationMemory
from publish.catalogs.othertexts import find_other_texts
from publish.catalogs.reuse import (
    carry_over,
    copy_translation,
    cut_text,
    fill_from_memory,
    merge_translations,
    split_translation,
)
from publish.languages.language import Language
from publish.model import Entry, Key
from publish.po.pofile import PoFile, PoRecord, replace_entry

__all__ = ["ReuseOptions", "UpdateSummary", "list_candidates", "make_template", "update_catalog"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseOptions:
    """The options of an update that reuses translations.

    `memory` is called only when the memory is needed.  With `vouched`, the editor vouches that
    corrections of the source are small: they make a translation fuzzy only if a number or a
    negation changed.  `document` is the name of the document that is updated; its own active
    translations are not taken from the memory.
    """

    source: Language
    target: Language
    memory: Callable[[], TranslationMemory] = TranslationMemory
    vouched: bool = False
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSummary:
    """The number of entries by what an update did to them, and the changes of meaning.

    `kept` entries did not change; `retyped` ones changed in typography, or in a way that the
    editor vouches for; `reworded`, `split` and `merged` ones are fuzzy; `recalled` ones come from
    the memory; `revived` ones were obsolete; `added` ones are empty; `retired` ones are obsolete
    now; `dropped` ones had no translation and are deleted.  `notices` are the reworded entries
    whose numbers or negations changed.  `others` are fuzzy entries, each with the obsolete one of
    its earlier wording, where that has another translation.
    """

    kept: int = 0
    retyped: int = 0
    reworded: int = 0
    split: int = 0
    merged: int = 0
    recalled: int = 0
    revived: int = 0
    added: int = 0
    retired: int = 0
    dropped: int = 0
    notices: tuple[tuple[Entry, MeaningChanges], ...] = ()
    others: tuple[tuple[Entry, Entry], ...] = ()


@dataclass(slots=True, kw_only=True)
class _Work:
    """The state of an update: the wanted entries, the records planned for them, and gone ones."""

    wanted: dict[Key, Entry]
    places: dict[Key, Candidate]
    gone: dict[Key, PoRecord]
    gone_places: dict[Key, Candidate]
    plan: dict[Key, PoRecord] = field(default_factory=dict)
    moved: set[Key] = field(default_factory=set)
    revived: set[Key] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    notices: list[tuple[Entry, MeaningChanges]] = field(default_factory=list)

    def fresh(self) -> list[Candidate]:
        return [self.places[key] for key in self.wanted if key not in self.plan]

    def reusable(self) -> list[Candidate]:
        """Return the gone sentences with a translation of their own that is not reused yet."""
        return [
            self.gone_places[key]
            for key, record in self.gone.items()
            if key not in self.moved and record.entry.msgstr and not record.entry.joined
        ]

    def take(self, entry: Entry, old: PoRecord, kind: str) -> None:
        """Plan an entry in place of an old record, and keep the unknown lines of that record."""
        self.plan[entry.key] = replace(old, entry=entry, raw=None, lead=None)
        self.moved.add(old.entry.key)
        self.counts[kind] += 1


def update_catalog(
    po: PoFile, wanted: Sequence[Entry], reuse: ReuseOptions | None = None
) -> tuple[PoFile, UpdateSummary]:
    """Return the catalog with the wanted entries active, in their order, and what was done.

    Without `reuse`, only translations of the very same sentences are kept or revived.  Laws: a
    second update changes nothing; an entry whose sentence, comments and references did not change
    keeps its bytes; every msgstr that somebody wrote is still in the file; undoing a change of
    the source removes its fuzzy flags too.
    """
    obsolete = _by_key(record for record in po.records if record.entry.obsolete)
    work = _begun(po, wanted)
    _revive(work, obsolete)
    if reuse is not None:
        _retype(work)
        _regroup(work, reuse)
        _take_apart(work, reuse)
        _reword(work, reuse)
        _recall(work, reuse)
    for key, entry in work.wanted.items():
        if key not in work.plan:
            work.plan[key] = PoRecord(entry)
            work.counts["added"] += 1
    retired = _retired(work, obsolete)
    revived = {id(obsolete[key]) for key in work.revived}
    rest = [r for r in po.records if r.entry.obsolete and id(r) not in revived]
    records = (*(work.plan[key] for key in work.wanted), *rest, *retired)
    done = _without_twins(records)
    others = tuple(find_other_texts(record.entry for record in done))
    summary = UpdateSummary(**work.counts, notices=tuple(work.notices), others=others)
    return replace(po, records=done), summary


# --------------------------------------------------------------------------- the steps


def _begun(po: PoFile, wanted: Sequence[Entry]) -> _Work:
    """Return the start of an update: exact matches are kept, other active entries are gone."""
    alive = {r.entry.key: r for r in po.records if not r.entry.obsolete}
    entries = {entry.key: entry for entry in wanted}
    work = _Work(
        wanted=entries,
        places={s.key: s for s in list_candidates(entries)},
        gone={key: record for key, record in alive.items() if key not in entries},
        gone_places={s.key: s for s in list_candidates(alive)},
    )
    for key in entries.keys() & alive.keys():
        work.plan[key] = _refreshed(alive[key], entries[key])
        work.counts["kept"] += 1
    return work


def list_candidates(keys: Iterable[Key]) -> list[Candidate]:
    """Return sentences with their neighbours; `keys` are in the order of a document."""
    order = list(keys)
    around = zip([None, *order], order, [*order[1:], None], strict=False)
    return [Candidate(key, before, after) for before, key, after in around]


def _revive(work: _Work, obsolete: Mapping[Key, PoRecord]) -> None:
    for key, entry in work.wanted.items():
        if key not in work.plan and (record := obsolete.get(key)):
            living = replace(record.entry, obsolete=False)
            revived = replace(record, entry=living, raw=None, lead=None)
            work.plan[key] = _refreshed(revived, entry)
            work.revived.add(key)
            work.counts["revived"] += 1


def _retype(work: _Work) -> None:
    """Reuse translations of gone sentences that differ in typography only."""
    by_text: dict[Key, PoRecord] = {}
    for key, record in work.gone.items():
        by_text.setdefault((key[0], fold_text(key[1])), record)
    for sentence in work.fresh():
        context, msgid = sentence.key
        old = by_text.pop((context, fold_text(msgid)), None)
        if old is not None:
            work.take(copy_translation(work.wanted[sentence.key], old.entry), old, "retyped")


def _regroup(work: _Work, reuse: ReuseOptions) -> None:
    """Reuse translations of sentences that were split in two or merged from two, as fuzzy."""
    for found in find_splits(work.reusable(), work.fresh()):
        old = work.gone[found.whole]
        parts = [work.wanted[key] for key in found.parts]
        for entry in split_translation(parts, old.entry, reuse.target):
            work.take(entry, old, "split")
        work.moved.add(found.whole)
    for found in find_merges(work.reusable(), work.fresh()):
        olds = [work.gone[key] for key in found.parts]
        entry = merge_translations(
            work.wanted[found.whole], [old.entry for old in olds], reuse.target
        )
        work.take(entry, olds[0], "merged")
        work.moved.update(found.parts)


def _take_apart(work: _Work, reuse: ReuseOptions) -> None:
    """Reuse translations of paragraphs that are cut into sentences now.

    Source and translation must have the same number of sentences.
    """
    fresh = {sentence.key for sentence in work.fresh()}
    for sentence in work.reusable():
        context, msgid = sentence.key
        keys = [(context, part) for part in cut_text(msgid, reuse.source)]
        record = work.gone[sentence.key]
        if len(keys) > 1 and fresh.issuperset(keys) and len(set(keys)) == len(keys):
            if len(cut_text(record.entry.msgstr, reuse.target)) != len(keys):
                continue
            parts = [work.wanted[key] for key in keys]
            for entry in split_translation(parts, record.entry, reuse.target):
                work.take(entry, record, "split")
            fresh.difference_update(keys)


def _reword(work: _Work, reuse: ReuseOptions) -> None:
    """Reuse translations of reworded sentences, as fuzzy unless the editor vouches for them."""
    for pair in match_sentences(work.reusable(), work.fresh()):
        old, entry = work.gone[pair.old], work.wanted[pair.new]
        meaning = compare_meaning(pair.old[1], pair.new[1])
        if meaning:
            work.notices.append((entry, meaning))
        if reuse.vouched and not meaning:
            work.take(copy_translation(entry, old.entry), old, "retyped")
        else:
            work.take(carry_over(entry, old.entry), old, "reworded")


def _recall(work: _Work, reuse: ReuseOptions) -> None:
    """Reuse translations from the memory: of the same sentences, then of similar ones."""
    empty = [place for place in work.places.values() if _is_empty(work.plan.get(place.key))]
    if not empty:
        return
    memory = reuse.memory()
    for sentence in empty:
        if found := memory.exact(sentence, reuse.document):
            known, sure = found
            entry = fill_from_memory(
                work.wanted[sentence.key], known.entry, known.origin, sure=sure
            )
            work.plan[sentence.key] = PoRecord(entry)
            work.counts["recalled"] += 1
    for key, near in memory.near(work.fresh(), reuse.document).items():
        entry = fill_from_memory(work.wanted[key], near.entry, near.origin, sure=False)
        work.plan[key] = PoRecord(entry)
        work.counts["recalled"] += 1


def _is_empty(record: PoRecord | None) -> bool:
    """Return whether a sentence has neither a translation nor a comment."""
    return record is None or not (any(record.entry.msgstrs) or record.entry.comments)


# --------------------------------------------------------------------------- what is gone


def _retired(work: _Work, obsolete: Mapping[Key, PoRecord]) -> list[PoRecord]:
    """Return the gone entries that somebody wrote something in, as obsolete records.

    Left out are entries whose translation is reused and confirmed, and fuzzy entries that only
    repeat the translation of an earlier wording.
    """
    vouched = {record.entry.msgstrs for record in work.plan.values() if not record.entry.fuzzy}
    retired = []
    for key, record in work.gone.items():
        lives_on = key in work.moved and record.entry.msgstrs in vouched
        if lives_on or not _is_human(record.entry) or _repeats(record.entry, work, obsolete):
            work.counts["dropped"] += not lives_on
            continue
        entry = replace(record.entry, obsolete=True, references=(), extracted=())
        retired.append(replace(record, entry=entry, raw=None, lead=None))
        work.counts["retired"] += 1
    return retired


def _repeats(entry: Entry, work: _Work, obsolete: Mapping[Key, PoRecord]) -> bool:
    if not entry.fuzzy or entry.previous is None:
        return False
    key = (entry.previous_context, entry.previous)
    twin = work.plan.get(key) or obsolete.get(key)
    return twin is not None and entry.msgstr in twin.entry.msgstr


def _is_human(entry: Entry) -> bool:
    """Return whether an entry has a translation or a comment of a translator."""
    return any(entry.msgstrs) or bool(entry.comments)


def _by_key(records: Iterable[PoRecord]) -> dict[Key, PoRecord]:
    """Return records by key; of several with one key, the last that has a translation."""
    found: dict[Key, PoRecord] = {}
    for record in records:
        key = record.entry.key
        if key not in found or any(record.entry.msgstrs):
            found[key] = record
    return found


def _refreshed(record: PoRecord, entry: Entry) -> PoRecord:
    """Return the record with the comments and references of the source; the rest stays."""
    return replace_entry(
        record,
        replace(record.entry, extracted=entry.extracted, references=entry.references),
    )


def _without_twins(records: Iterable[PoRecord]) -> tuple[PoRecord, ...]:
    """Return one record for each key; msgfmt requires this even of obsolete ones.

    The translation of a dropped twin is kept as a comment, if it differs.
    """
    kept: dict[Key, PoRecord] = {}
    for record in records:
        entry = record.entry
        first = kept.setdefault(entry.key, record)
        if first is not record:
            texts = [text for text in entry.msgstrs if text and text not in first.entry.msgstrs]
            earlier = [line for text in texts for line in f"earlier: {text}".splitlines()]
            comments = tuple(dict.fromkeys((*first.entry.comments, *entry.comments, *earlier)))
            kept[entry.key] = replace_entry(first, replace(first.entry, comments=comments))
    return tuple(kept.values())


def make_template(file: str, header: PoRecord, wanted: Sequence[Entry]) -> PoFile:
    """Return the `.pot` of a document: its entries without translations."""
    return PoFile(file=file, header=header, records=tuple(PoRecord(entry) for entry in wanted))
