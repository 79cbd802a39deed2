"""Fill the entries of a catalog from a translation whose sentences are grouped with the source's.

Laws: an entry that has a translation is left as it is; every sentence of the translation is in an
entry, or listed as left over; filling twice is filling once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from publish.aligning.clauses import split_like
from publish.aligning.fitting import FittedText, fit_marks
from publish.aligning.foreign import ForeignSentence
from publish.aligning.pieces import Group
from publish.aligning.wordtable import WordTable
from publish.catalogs.origins import describe_origin
from publish.languages.language import Language
from publish.model import JOINED, Entry, Inlines, Key, Sentence, Text, plain
from publish.reading.msgstr import count_marks
from publish.reading.source import Source

__all__ = ["FilledEntries", "fill_entries"]

GUESSED, MISSING = 0.9, 0.8
"""What is left of the sureness if marks were put by their position alone, or are missing."""

SHORT = 0.72
"""A text shorter than this share of what its sentences should take does not hold all of them."""


@dataclass(frozen=True, slots=True)
class FilledEntries:
    """The entries that were filled, by key, and the sentences of both sides that are left over.

    `kept` are sentences of the source that have a translation already, `left` those that got none.
    """

    entries: Mapping[Key, Entry]
    kept: tuple[Sentence, ...] = ()
    left: tuple[Sentence, ...] = ()
    unused: tuple[ForeignSentence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Offer:
    """A text for an entry, how sure it is, and what its comment says."""

    text: str
    sureness: float
    place: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Work:
    """What filling needs to know; `offers` are the texts for each entry, in reading order."""

    every: Sequence[Sentence]
    foreign: Sequence[ForeignSentence]
    entries: Mapping[Key, Entry]
    language: Language
    table: WordTable
    times: Counter[Key]
    ratio: float
    offers: dict[Key, list[_Offer]] = field(default_factory=lambda: defaultdict(list))
    unused: list[ForeignSentence] = field(default_factory=list)

    def is_empty(self, sentence: Sentence) -> bool:
        entry = self.entries.get(sentence.key)
        return entry is not None and entry.plural is None and not any(entry.msgstrs)


def fill_entries(
    source: Source,
    foreign: Sequence[ForeignSentence],
    groups: Iterable[Group],
    entries: Mapping[Key, Entry],
    *,
    language: Language,
    origin: str,
    table: WordTable | None = None,
) -> FilledEntries:
    """Return the empty ones of the entries filled, all of them fuzzy.

    `groups` have the numbers of sentences in `source.every` and in `foreign`, `origin` is the name
    of the file that these are from.
    """
    every = source.every
    times = Counter(sentence.key for sentence in every)
    groups = list(groups)
    ratio = _ratio(every, foreign, groups)
    work = _Work(every, foreign, entries, language, table or WordTable(), times, ratio)
    for group in groups:
        _take(work, group)
    filled = {key: _filled(entries[key], offers, origin) for key, offers in work.offers.items()}
    wordy = source.sentences
    return FilledEntries(
        filled,
        kept=tuple(one for one in wordy if one.key not in filled and not work.is_empty(one)),
        left=tuple(one for one in wordy if one.key not in filled and work.is_empty(one)),
        unused=tuple(work.unused),
    )


def _ratio(
    every: Sequence[Sentence], foreign: Sequence[ForeignSentence], groups: Iterable[Group]
) -> float:
    """Return how many letters a translation has for each letter of its sentence; 0 if unknown."""
    pairs = [
        (len(plain(every[one.sources[0]].tree)), len(foreign[one.targets[0]].text))
        for one in groups
        if len(one.sources) == len(one.targets) == 1
    ]
    letters = sum(source for source, _ in pairs)
    return sum(target for _, target in pairs) / letters if letters else 0.0


def _find_only(
    work: _Work, sources: Sequence[Sentence], targets: Sequence[ForeignSentence]
) -> Sentence | None:
    """Return the one sentence that a text translates, if it is too short to hold all of them."""
    if len(sources) < 2:
        return None
    length = sum(len(one.text) for one in targets)
    wanted = [work.ratio * len(plain(one.tree)) for one in sources]
    if length >= SHORT * sum(wanted):
        return None
    near = min(range(len(sources)), key=lambda at: abs(wanted[at] - length))
    whole = abs(sum(wanted) - length)
    return sources[near] if abs(wanted[near] - length) < whole else None


def _take(work: _Work, group: Group) -> None:
    """Offer the sentences of a group to the entries of its source."""
    targets = [work.foreign[at] for at in group.targets]
    sources = [work.every[at] for at in group.sources]
    wordy = [one for one in sources if one.unit.translatable]
    empty = [one for one in wordy if work.is_empty(one)]
    if targets and (only := _find_only(work, wordy, targets)) and work.is_empty(only):
        remark = ("short: other sentences here seem not to be translated",)
        tree = _together([one.tree for one in targets], work.language)
        offer = _Offer("", group.sureness * MISSING, targets[0].place, remark)
        _add(work, only, tree, offer)
    elif targets and wordy and len(empty) == len(wordy):
        _offer(work, wordy, targets, group, gapless=len(wordy) == len(sources))
    elif empty or not wordy:
        work.unused.extend(one for one in targets if any(map(str.isalpha, one.text)))


def _offer(
    work: _Work,
    sources: Sequence[Sentence],
    targets: Sequence[ForeignSentence],
    group: Group,
    *,
    gapless: bool,
) -> None:
    tree = _together([one.tree for one in targets], work.language)
    place = targets[0].place
    if not any(map(str.isalnum, plain(tree))):
        return
    if len(sources) > 1 and not (gapless and _can_join(work, sources)):
        parts = split_like([one.tree for one in sources], tree)
        if parts is not None:
            for sentence, part in zip(sources, parts, strict=True):
                remark = ("cut from a sentence of the translation",)
                _add(work, sentence, part, _Offer("", group.sureness * GUESSED, place, remark))
            return
        remark = (f"holds {len(sources)} sentences of the source",)
        _add(work, sources[0], tree, _Offer("", group.sureness * MISSING, place, remark))
        return
    _add(work, sources[0], tree, _Offer("", group.sureness, place))
    for sentence in sources[1:]:
        work.offers[sentence.key].append(_Offer(JOINED, group.sureness, place))


def _together(trees: Sequence[Inlines], language: Language) -> Inlines:
    space = (Text(language.sentence_space),) if language.sentence_space else ()
    first, *rest = trees
    return (*first, *(node for tree in rest for node in (*space, *tree)))


def _can_join(work: _Work, sources: Sequence[Sentence]) -> bool:
    """Return whether the later sentences can be part of the translation of the first.

    They cannot if they have marks, which would be lost, or if one occurs elsewhere, too.
    """
    later = sources[1:]
    return all(work.times[one.key] == 1 for one in sources) and not any(
        one.unit.opens or count_marks(one.tree) for one in later
    )


def _add(work: _Work, sentence: Sentence, tree: Inlines, offer: _Offer) -> None:
    fitted = fit_marks(sentence.tree, tree, sentence.unit.addresses, work.table)
    sureness = offer.sureness
    sureness *= GUESSED if fitted.guessed else 1.0
    sureness *= MISSING if fitted.missing else 1.0
    remarks = (*offer.remarks, *_remarks(fitted))
    work.offers[sentence.key].append(_Offer(fitted.text, sureness, offer.place, remarks))


def _remarks(fitted: FittedText) -> Iterator[str]:
    if fitted.guessed:
        yield f"check the place of {' '.join(fitted.guessed)}"
    if fitted.missing:
        yield f"missing: {' '.join(fitted.missing)}"


def _filled(entry: Entry, offers: Sequence[_Offer], origin: str) -> Entry:
    """Return an entry with the surest text that it is offered; comments have the other ones."""
    best = max(offers, key=lambda one: one.sureness)
    others = dict.fromkeys(
        f"or, {one.place}: {one.text}" for one in offers if one.text != best.text
    )
    comments = (*describe_origin(origin, best.place, best.sureness), *best.remarks, *others)
    return replace(
        entry,
        msgstrs=(best.text,),
        flags=("fuzzy", *(flag for flag in entry.flags if flag != "fuzzy")),
        comments=(*comments, *(line for line in entry.comments if line not in comments)),
    )
