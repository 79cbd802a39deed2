"""The findings of a text that is kept open, by sentence; a change judges again what it concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from publish.catalogs.entries import make_entries
from publish.checks.engine import JudgedFinding, find_covered
from publish.checks.findings import find_span
from publish.garbage import collecting_no_garbage
from publish.languages.detecting import forget_model
from publish.model import Entry, Finding, Key, Level, Sentence
from publish.po.pofile import PoFile, PoRecord, make_header, replace_entry
from publish.reviews.states import determine_state
from publish.settings import State
from publish.translation.composing import measure_coverage
from publish.translation.held import find_held
from publish.translation.judging import judge_each, judge_interface, judge_rest, judge_source
from publish.translation.loading import Loader
from publish.translation.narrowing import SourceIndex, narrow
from publish.translation.reviewed import count_reviews
from publish.translation.translation import Translation

__all__ = ["EntryText", "JudgedTexts", "WholeJudgement"]

WHOLE = ""
"""What stands for the id of a sentence at findings on the whole document."""

LEVELS = {level: number for number, level in enumerate((Level.ERROR, Level.WARNING, Level.ADVICE))}

EntryText = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""What is judged of an entry: its msgstrs, flags and comments."""

OfEntry = tuple[tuple[Finding, ...], tuple[Finding, ...]]
"""The open findings of one entry: of rules for catalogs, and of rules for sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeJudgement:
    """The findings of a text: of each entry, of their comparison, and the state of the edition.

    `texts` has the entries that were judged.  `error` says why nothing was.
    """

    each: Mapping[Key | None, OfEntry] = field(default_factory=dict)
    rest: tuple[JudgedFinding, ...] = ()
    texts: Mapping[Key, EntryText] = field(default_factory=dict)
    state: State = "draft"
    error: str = ""


class JudgedTexts:
    """The findings of one document in one language.

    Law: after `settle` they are those that `judge` gives.  `update` judges again the sentences that
    changed and those around them; what compares them with all others is left to `settle`.
    """

    def __init__(
        self,
        loader: Loader,
        translation: Translation,
        *,
        settled: bool = True,
        index: SourceIndex | None = None,
    ) -> None:
        """Judge a text; one that is not `settled` has no findings until they are taken over."""
        self.loader, self.translation = loader, translation
        self._index = index or SourceIndex(translation.source)
        self._places = _list_places(translation.source.sentences)
        self._sentence_of = {one.id: one for one in translation.source.sentences}
        self._each: dict[Key | None, OfEntry] = {}
        self._judged: Mapping[Key, Entry] = {}
        self._rest: tuple[JudgedFinding, ...] = ()
        self._found: dict[str, tuple[Finding, ...]] = {}
        self.known = settled
        if settled:
            self.settle()
            forget_model()  # What it said of these texts is remembered.

    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """Return the open findings by the id of their sentence, the gravest first.

        A sentence that occurs more than once has them at each place.  Those of the whole document
        have an empty id.
        """
        return MappingProxyType(self._found)

    def state(self) -> State:
        """Return the state that an edition would have now, as far as it is judged."""
        settings, translation = self.loader.workspace.settings, self.translation
        if translation.original:
            return "draft"
        held = find_held(translation)
        every = {one: None for found in self._found.values() for one in found}
        findings = (
            *judge_source(translation),
            *every,
            *judge_interface(self.loader, translation.language),
        )
        coverage = measure_coverage(translation, held)
        review = count_reviews(self.loader.workspace, translation)
        return determine_state(settings, findings, coverage, review, held=bool(held.findings))

    # ---- in another process

    def whole(self) -> WholeJudgement:
        """Return all that was found, to be taken over by another process."""
        texts = {key: _text(entry) for key, entry in self._judged.items()}
        return WholeJudgement(each=self._each, rest=self._rest, texts=texts, state=self.state())

    def take(self, found: WholeJudgement) -> frozenset[str]:
        """Take over what another process found in this text; return the ids as `update` does.

        Entries that changed since it read them are judged again.
        """
        entries = _list_entries(self.translation)
        changed = {key for key, entry in entries.items() if found.texts.get(key) != _text(entry)}
        changed |= found.texts.keys() - entries.keys()
        shared = _Shared(entries)
        self._each = {
            shared.key(key): (shared.findings(of_catalog), shared.findings(of_sentences))
            for key, (of_catalog, of_sentences) in found.each.items()
        }
        self._rest = tuple(
            (shared.finding(one), accepted)
            for one, accepted in found.rest
            if one.key not in changed
        )
        if changed:
            concerned = self._find_concerned(changed)
            self._judge_again(narrow(self.translation, self._index, concerned), concerned)
        self._judged, self.known = entries, True
        self._move(entries)
        return self._group(None)

    def fail(self, message: str) -> frozenset[str]:
        """Keep what is known, with a finding that says why the whole text was not judged."""
        finding = Finding(
            code="work-limit",
            level=Level.ERROR,
            message=message,
            hint="run publish check, which says more; look for a huge paragraph or table",
        )
        self._rest = (*(one for one in self._rest if one[0].code != finding.code), (finding, False))
        return self._group(None)

    # ---- changes

    def update(
        self, loader: Loader, translation: Translation, keys: Collection[Key]
    ) -> frozenset[str]:
        """Take over another version, and judge again what the changed entries concern.

        `keys` are those of all entries that changed.  Returns the ids of the sentences whose
        findings changed.
        """
        self._refuse_other(translation)
        self.loader, self.translation = loader, translation
        concerned = self._find_concerned(keys)
        self._judge_again(narrow(translation, self._index, concerned), concerned)
        # What was found by comparison was found in the text before.
        gone = set(keys)
        self._rest = tuple(one for one in self._rest if one[0].key not in gone)
        return self._group(concerned)

    def settle(self) -> frozenset[str]:
        """Judge whatever has changed since all was judged; return the ids as `update` does."""
        entries = _list_entries(self.translation)
        changed = _list_changed(self._judged, entries)
        concerned = self._find_concerned(changed)
        if len(concerned) * 4 > len(entries):
            concerned = {*entries, *self._index.texts, *filter(None, self._each)}
            part = self.translation
        else:
            part = narrow(self.translation, self._index, concerned)
        with collecting_no_garbage():
            self._judge_again(part, concerned)
        self._rest = judge_rest(self.loader, self.translation)
        self._judged, self.known = entries, True
        self._move(entries)
        return self._group(None)

    def typed(self, sid: str, text: str) -> tuple[Finding, ...]:
        """Return the findings of a sentence whose translation is being typed and not saved.

        They are those that it would have if it were saved, confirmed, without those of rules that
        compare it with all other sentences.  Raises KeyError for an unknown sentence.
        """
        key = self._sentence_of[sid].key
        keys = self._find_concerned([key])
        part = narrow(self.translation, self._index, keys)
        part = _type(part, self._sentence_of[sid], text)
        found = (one for (one, accepted), _ in judge_each(self.loader, part) if not accepted)
        return _sort(one for one in found if one.key == key)

    def _refuse_other(self, translation: Translation) -> None:
        if translation.source is not self.translation.source:
            raise ValueError("the findings of another source are judged anew")

    # ---- each entry

    def _find_concerned(self, keys: Iterable[Key]) -> set[Key]:
        """Return the keys of entries that have to be judged if some change.

        A sentence that includes a joined one stands in the same text.
        """
        found = set(keys)
        texts = self.translation.source.texts
        for number in self._index.find_texts(found.copy()):
            found.update(sentence.key for sentence in texts[number].sentences)
        return found

    def _judge_again(self, part: Translation, keys: Collection[Key]) -> None:
        found: dict[Key | None, tuple[list[Finding], list[Finding]]] = {}
        for (one, accepted), of_sentence in judge_each(self.loader, part):
            if not accepted:
                found.setdefault(one.key, ([], []))[of_sentence].append(one)
        for key in keys:
            self._each.pop(key, None)
            if key in found:
                of_catalog, of_sentences = found[key]
                self._each[key] = (tuple(of_catalog), tuple(of_sentences))

    def _move(self, entries: Mapping[Key, Entry]) -> None:
        """Give findings the lines that their entries have now."""
        for key, (of_catalog, of_sentences) in self._each.items():
            entry = entries.get(key) if key is not None else None
            if entry is not None:
                moved = tuple(
                    tuple(_at_entry(one, entry) for one in every)
                    for every in (of_catalog, of_sentences)
                )
                self._each[key] = (moved[0], moved[1])

    # ---- by sentence

    def _group(self, keys: Collection[Key] | None) -> frozenset[str]:
        """Sort the findings by sentence, of some keys or of all; return the ids that changed."""
        covered = find_covered(self._rest)
        by_key: dict[Key | None, list[Finding]] = {}
        for one, accepted in self._rest:
            if not accepted:
                by_key.setdefault(one.key, []).append(one)
        for key in self._each if keys is None else keys:
            of_catalog, of_sentences = self._each.get(key, ((), ()))
            shown = () if key in covered else of_sentences
            by_key.setdefault(key, []).extend((*of_catalog, *shown))
        found: dict[str, list[Finding]] = {}
        for key, every in by_key.items():
            if keys is None or key in keys:
                for sid in self._places.get(key, (WHOLE,)):
                    found.setdefault(sid, []).extend(every)
        return self._exchange({sid: _sort(every) for sid, every in found.items() if every}, keys)

    def _exchange(
        self, found: dict[str, tuple[Finding, ...]], keys: Collection[Key] | None
    ) -> frozenset[str]:
        if keys is None:
            wanted: set[str] = {*found, *self._found}
        else:
            wanted = {sid for key in keys for sid in self._places.get(key, ())}
        changed = {sid for sid in wanted if _differ(found.get(sid, ()), self._found.get(sid, ()))}
        for sid in wanted:
            self._found.pop(sid, None)
            if sid in found:
                self._found[sid] = found[sid]
        return frozenset(changed)


class _Shared:
    """Findings of another process with the keys of this one, and with equal texts only once.

    What comes from a process has copies of all that it names, which takes twice as much memory.
    """

    def __init__(self, entries: Iterable[Key]) -> None:
        self._keys: dict[Key | None, Key] = {key: key for key in entries}
        self._texts: dict[str, str] = {}

    def key(self, key: Key | None) -> Key | None:
        return self._keys.get(key, key)

    def findings(self, every: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(map(self.finding, every))

    def finding(self, one: Finding) -> Finding:
        quoted = one.quoted
        if quoted is not None:
            quoted = replace(
                quoted,
                source=self._text(quoted.source),
                translation=self._text(quoted.translation),
                language=self._text(quoted.language),
            )
        return replace(
            one,
            code=self._text(one.code),
            message=self._text(one.message),
            hint=self._text(one.hint),
            key=self.key(one.key),
            quoted=quoted,
        )

    def _text(self, text: str) -> str:
        return self._texts.setdefault(text, text)


def _list_places(sentences: Iterable[Sentence]) -> dict[Key | None, tuple[str, ...]]:
    found: dict[Key | None, list[str]] = {}
    for sentence in sentences:
        found.setdefault(sentence.key, []).append(sentence.id)
    return {key: tuple(every) for key, every in found.items()}


def _list_entries(translation: Translation) -> Mapping[Key, Entry]:
    """Return what is judged one by one: of the original, its corrections."""
    return translation.corrected if translation.original else translation.entries


def _text(entry: Entry) -> EntryText:
    return entry.msgstrs, entry.flags, entry.comments


def _list_changed(before: Mapping[Key, Entry], after: Mapping[Key, Entry]) -> Iterator[Key]:
    for key in before.keys() | after.keys():
        one, other = before.get(key), after.get(key)
        if one is not other and one != other:
            yield key


def _at_entry(finding: Finding, entry: Entry) -> Finding:
    span = find_span(entry)
    return finding if finding.span == span else replace(finding, span=span)


def _differ(one: tuple[Finding, ...], other: tuple[Finding, ...]) -> bool:
    """Return whether findings differ in more than their lines."""
    return one != other and [replace(f, span=None) for f in one] != [
        replace(f, span=None) for f in other
    ]


def _sort(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    def place(one: Finding) -> tuple[int, str, tuple[int, int], str]:
        spot = one.quoted.spot if one.quoted and one.quoted.spot else (0, 0)
        return LEVELS[one.level], one.code, spot, one.message

    return tuple(sorted(findings, key=place))


def _type(part: Translation, sentence: Sentence, text: str) -> Translation:
    """Return a translation in which a sentence has this text, confirmed."""
    po = part.po or PoFile(file=part.file, header=make_header(part.language, part.name))
    records = list(po.records)
    at = next(
        (n for n, r in enumerate(records) if r.entry.key == sentence.key and not r.entry.obsolete),
        None,
    )
    if at is None:
        (entry,) = make_entries([sentence.unit])
        records.append(PoRecord(replace(entry, msgstrs=(text,))))
    else:
        entry = records[at].entry
        flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
        typed = replace(entry, msgstrs=(text, *entry.msgstrs[1:]), flags=flags)
        records[at] = replace_entry(records[at], typed)
    return part.with_catalog(replace(po, records=tuple(records)))
