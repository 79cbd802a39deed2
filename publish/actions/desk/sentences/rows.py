"""One row for each sentence of a text: where it is, its state, what is found, what it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from publish.actions.desk.sentences.writing import find_entry, find_group
from publish.catalogs.doubts import find_doubts
from publish.catalogs.origins import find_sureness
from publish.catalogs.proposed import find_proposals
from publish.catalogs.questions import find_questions
from publish.checks.engine import select_structural_errors
from publish.garbage import collecting_no_garbage
from publish.model import Entry, Finding, Key, Level, Role, Sentence, plain
from publish.reading.locationwords import describe_location
from publish.reading.numbering import number_references, spell_numbers
from publish.reading.source import Source
from publish.reviews.verdicts import ReviewState, Verdict, needs_reviewer
from publish.translation.loading import Loader
from publish.translation.reviewed import OpenReviews
from publish.translation.translation import Translation

__all__ = ["Need", "Row", "RowState", "TextRows", "find_judged", "list_rows"]

RowState = Literal[
    "untranslated", "fuzzy", "unreviewed", "approved", "context", "lapsed", "rejected", "held"
]
"""How far a sentence is.  `held` is a confirmed text that no edition shows, because its marks are
wrong; `context` an approval that holds, though the text around the sentence changed."""

Need = Literal["translate", "confirm", "fix", "review"]
"""What a sentence waits for: the first three are for a translator, the last is for a reviewer."""

_STATES: Mapping[ReviewState, RowState] = {
    ReviewState.UNREVIEWED: "unreviewed",
    ReviewState.APPROVED: "approved",
    ReviewState.CONTEXT: "context",
    ReviewState.LAPSED: "lapsed",
    ReviewState.REJECTED: "rejected",
}


APPROVED = frozenset[RowState](("approved", "context"))
"""States of sentences that nobody waits for: an approval settles a doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A sentence at one place of a document, in a language.

    `place` is its location in words, `section` the id of its section, `kind` that of its text,
    `paragraph` the number beside it in editions, 0 for none.  `source` and `text` are without
    marks; the text of a joined sentence is empty, and `head` is the id of the sentence whose text
    it is part of.  `errors`, `warnings` and `advice` count findings, `shared` the places with the
    same entry.  `imported` is how sure an imported text is, in percent.
    """

    id: str
    place: str
    section: str
    section_title: str
    kind: Role
    paragraph: int
    source: str
    text: str
    state: RowState
    errors: int = 0
    warnings: int = 0
    advice: int = 0
    doubtful: bool = False
    imported: int | None = None
    shared: int = 1
    head: str = ""
    needs: tuple[Need, ...] = ()
    questions: int = 0
    proposals: int = 0


Judged = Mapping[str, tuple[Finding, ...]]
"""The findings in a text by the id of their sentence."""


def list_rows(loader: Loader, translation: Translation, judged: Judged) -> tuple[Row, ...]:
    """Return a row for each sentence of a translation, in reading order.

    `judged` has the findings by the id of their sentence.
    """
    return TextRows(translation, judged).rows


class TextRows:
    """The rows of a translation; after a change only those that it concerns are made again."""

    def __init__(self, translation: Translation, judged: Judged) -> None:
        self.translation = translation
        with collecting_no_garbage():
            self._source = _SourceRows(translation.source)
            self._reviews = OpenReviews(translation)
            self._headings = _Titles(translation.source)
            self._titles = self._headings.find(translation)
            maker = self._maker(judged)
            by_id = translation.source.by_id
            self._rows = {sid: maker.make(one) for sid, (one, _) in by_id.items()}
        rows = self._rows.values()
        self._totals = Counter(row.section for row in rows)
        self._done = Counter(row.section for row in rows if not row.needs)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in reading order."""
        return tuple(self._rows.values())

    def row(self, sid: str) -> Row | None:
        """Return the row of a sentence, None where there is none."""
        return self._rows.get(sid)

    def sections(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield the id and title of each section, its sentences, and those that need nobody."""
        for name, total in self._totals.items():
            yield name, self._titles.get(name, ""), total, self._done[name]

    def verdict(self, key: Key) -> Verdict | None:
        """Return what the reviews say of a sentence; None in the original."""
        return None if self.translation.original else self._reviews.find(key)

    def update(
        self,
        translation: Translation,
        judged: Judged,
        keys: Collection[Key],
        sids: Iterable[str] = (),
    ) -> tuple[Row, ...]:
        """Take over another version of the same source's translation; return the changed rows.

        `keys` are those of the entries that changed; `sids` are further sentences to look at, such
        as those whose findings changed.
        """
        source = translation.source
        decided = self._reviews.update(translation, keys)
        self.translation = translation
        wanted = {sid for key in (*keys, *decided) for sid in source.ids.get(key, ())}
        wanted |= {sid for sid in sids if sid in self._rows}
        if retitled := {one for key in keys for one in self._headings.sections.get(key, ())}:
            self._titles = self._headings.find(translation)
            wanted |= {sid for sid, row in self._rows.items() if row.section in retitled}
        maker, before = self._maker(judged), self._rows
        made = {sid: maker.make(source.by_id[sid][0]) for sid in wanted}
        self._rows = {**before, **made}
        for sid, row in made.items():
            self._done[row.section] += bool(before[sid].needs) - bool(row.needs)
        return tuple(row for sid, row in made.items() if before[sid] != row)

    def _maker(self, judged: Judged) -> _RowMaker:
        return _RowMaker(self.translation, self._source, judged, self.verdict, self._titles)


# --------------------------------------------------------------------------- the source


class _SourceRows:
    """What rows say of the source alone, found once."""

    def __init__(self, source: Source) -> None:
        numbers = number_references(source)
        self.words = {one.id: describe_location(one.location) for one in source.sentences}
        self.plain = {
            one.id: plain(spell_numbers(one.tree, numbers.get(one.key))) for one in source.sentences
        }
        self.numbers = numbers
        self.ids = source.ids


class _Titles:
    """The titles of sections: translated where that is confirmed, else as in the source."""

    def __init__(self, source: Source) -> None:
        self._headings: dict[str, tuple[Sentence, ...]] = {}
        for text in source.texts:
            first = text.sentences[0].location if text.sentences else None
            if first is not None and first.kind is Role.HEADING:
                self._headings.setdefault(first.section, text.sentences)
        self.sections: dict[Key, list[str]] = {}
        for section, sentences in self._headings.items():
            for one in sentences:
                self.sections.setdefault(one.key, []).append(section)

    def find(self, translation: Translation) -> dict[str, str]:
        """Return the titles by the ids of sections."""
        return {one: self._title(translation, one) for one in self._headings}

    def _title(self, translation: Translation, section: str) -> str:
        sentences = self._headings[section]
        parts = [_shown(translation, one) or plain(one.tree) for one in sentences]
        return " ".join(filter(None, parts))


def _shown(translation: Translation, sentence: Sentence) -> str:
    entry = find_entry(translation, sentence.key)
    if entry is None or not entry.translated or entry.joined:
        return ""
    texts = translation.correction_texts if translation.original else translation.texts
    read = texts.get(sentence.key)
    return read.shown if read is not None and read.error is None else ""


# --------------------------------------------------------------------------- rows


class _RowMaker:
    def __init__(
        self,
        translation: Translation,
        source: _SourceRows,
        judged: Judged,
        verdicts: Callable[[Key], Verdict | None],
        titles: Mapping[str, str],
    ) -> None:
        self.translation = translation
        self.source = source
        self.judged = judged
        self.verdicts = verdicts
        self.titles = titles
        self.texts = translation.correction_texts if translation.original else translation.texts

    def make(self, sentence: Sentence) -> Row:
        translation, source = self.translation, self.source
        place, key = sentence.location, sentence.key
        entry = find_entry(translation, key) or Entry(msgid=key[1], context=key[0])
        comments = entry.comments
        found = find_judged(self.translation.source, self.judged, sentence)
        levels = [one.level for one in found]
        verdict = self.verdicts(key)
        state = self._state(entry, verdict, found)
        return Row(
            id=sentence.id,
            place=source.words[sentence.id],
            section=place.section,
            section_title=self.titles.get(place.section, ""),
            kind=place.kind,
            paragraph=place.paragraph,
            source=source.plain[sentence.id],
            text=self._text(sentence, entry),
            state=state,
            errors=levels.count(Level.ERROR),
            warnings=levels.count(Level.WARNING),
            advice=levels.count(Level.ADVICE),
            doubtful=state not in APPROVED and bool(comments) and bool(find_doubts(comments)),
            imported=find_sureness(entry),
            shared=len(source.ids[key]),
            head=self._head(sentence, entry),
            needs=tuple(self._needs(state, verdict, levels.count(Level.ERROR))),
            questions=len(find_questions(comments)) if comments else 0,
            proposals=len(find_proposals(comments)) if comments else 0,
        )

    def _text(self, sentence: Sentence, entry: Entry) -> str:
        if entry.joined:
            return ""
        if not entry.msgstr:
            return self.source.plain[sentence.id] if self.translation.original else ""
        read = self.texts.get(sentence.key)
        if read is None:
            return entry.msgstr
        numbers = self.source.numbers.get(sentence.key)
        return plain(spell_numbers(read.tree, numbers)) if numbers else read.shown

    def _state(self, entry: Entry, verdict: Verdict | None, found: Iterable[Finding]) -> RowState:
        if self.translation.original and not entry.msgstr:
            return "unreviewed"
        if not any(entry.msgstrs):
            return "untranslated"
        if verdict is not None and verdict.state is ReviewState.REJECTED:
            return "rejected"
        if entry.fuzzy:
            return "fuzzy"
        if select_structural_errors(found):
            return "held"
        return _STATES[verdict.state] if verdict is not None else "unreviewed"

    def _needs(self, state: RowState, verdict: Verdict | None, errors: int) -> Iterator[Need]:
        if state == "untranslated":
            yield "translate"
        if state == "fuzzy":
            yield "confirm"
        if errors or state == "rejected":
            yield "fix"
        if not self.translation.original and verdict is not None and needs_reviewer(verdict):
            yield "review"

    def _head(self, sentence: Sentence, entry: Entry) -> str:
        """Return the id of the sentence whose text includes a joined one."""
        head = find_group(self.translation, sentence)[0] if entry.joined else sentence
        return head.id if head is not sentence else ""


def find_judged(source: Source, judged: Judged, sentence: Sentence) -> tuple[Finding, ...]:
    """Return the findings in a sentence; those of a shared entry may be at its first place."""
    found = judged.get(sentence.id)
    return judged.get(source.ids[sentence.key][0], ()) if found is None else found
