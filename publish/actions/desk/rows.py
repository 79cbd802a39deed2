"""One row for each sentence of a text: where it is, its state, what is found, what it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from publish.actions.desk.writing import find_entry, find_group
from publish.catalogs.doubts import find_doubts
from publish.catalogs.origins import find_sureness
from publish.catalogs.proposed import find_proposals
from publish.catalogs.questions import find_questions
from publish.checks.engine import select_structural_errors
from publish.model import Entry, Finding, Key, Level, Role, Sentence, make_entry_id, plain
from publish.reading.locationwords import describe_location
from publish.reading.numbering import number_references, spell_numbers
from publish.reading.source import Source
from publish.reviews.ledger import ReviewRow
from publish.reviews.verdicts import ReviewState, Verdict, needs_reviewer
from publish.translation.loading import Loader
from publish.translation.reviewed import review_translation
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
    return TextRows(loader, translation, judged).rows


class TextRows:
    """The rows of a translation; after a change only those that it concerns are made again."""

    def __init__(self, loader: Loader, translation: Translation, judged: Judged) -> None:
        self.translation = translation
        self._source = _SourceRows(translation.source)
        self._rows: dict[str, Row] = {}
        self._verdicts: dict[Key, Verdict] = {}
        self._renew(loader, translation, judged, None)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in reading order."""
        return tuple(self._rows.values())

    def row(self, sid: str) -> Row | None:
        """Return the row of a sentence, None where there is none."""
        return self._rows.get(sid)

    def decision(self, key: Key) -> ReviewRow | None:
        """Return the last decision on a sentence, None where there is none."""
        verdict = self._verdicts.get(key)
        return verdict.row if verdict is not None else None

    def update(
        self,
        loader: Loader,
        translation: Translation,
        judged: Judged,
        keys: Collection[Key],
        sids: Iterable[str] = (),
    ) -> tuple[Row, ...]:
        """Take over another version of the translation; return the rows that changed.

        `keys` are those of the entries that changed; `sids` are further sentences to look at, such
        as those whose findings changed.
        """
        wanted = {sid for key in keys for sid in self._source.ids.get(key, ())}
        before = dict(self._rows)
        self._renew(loader, translation, judged, {*wanted, *sids})
        return tuple(row for sid, row in self._rows.items() if before.get(sid) != row)

    def _renew(
        self,
        loader: Loader,
        translation: Translation,
        judged: Judged,
        wanted: Collection[str] | None,
    ) -> None:
        self.translation = translation
        self._verdicts = _verdicts_by_key(translation)
        titles = _find_titles(translation)
        maker = _RowMaker(translation, self._source, judged, self._verdicts, titles)
        self._rows = {one.id: maker.make(one) for one in translation.source.sentences}


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


def _find_titles(translation: Translation) -> dict[str, str]:
    """Return the titles of sections: translated where that is confirmed, else as in the source."""
    found: dict[str, str] = {}
    for text in translation.source.texts:
        first = text.sentences[0].location if text.sentences else None
        if first is None or first.kind is not Role.HEADING or first.section in found:
            continue
        parts = [_shown(translation, one) or plain(one.tree) for one in text.sentences]
        found[first.section] = " ".join(filter(None, parts))
    return found


def _shown(translation: Translation, sentence: Sentence) -> str:
    entry = find_entry(translation, sentence.key)
    if entry is None or not entry.translated or entry.joined:
        return ""
    read = (translation.correction_texts if translation.original else translation.texts).get(
        sentence.key
    )
    return read.shown if read is not None and read.error is None else ""


# --------------------------------------------------------------------------- rows


class _RowMaker:
    def __init__(
        self,
        translation: Translation,
        source: _SourceRows,
        judged: Judged,
        verdicts: Mapping[Key, Verdict],
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
        found = find_judged(self.judged, sentence)
        levels = Counter(one.level for one in found)
        verdict = self.verdicts.get(key)
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
            errors=levels[Level.ERROR],
            warnings=levels[Level.WARNING],
            advice=levels[Level.ADVICE],
            doubtful=bool(find_doubts(entry.comments)),
            imported=find_sureness(entry),
            shared=len(source.ids[key]),
            head=self._head(sentence, entry),
            needs=tuple(self._needs(state, verdict, levels[Level.ERROR])),
            questions=len(find_questions(entry.comments)),
            proposals=len(find_proposals(entry.comments)),
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


def find_judged(judged: Judged, sentence: Sentence) -> tuple[Finding, ...]:
    """Return the findings in a sentence; those of a shared entry may be at its first place."""
    found = judged.get(sentence.id)
    return judged.get(make_entry_id(sentence.key), ()) if found is None else found


def _verdicts_by_key(translation: Translation) -> dict[Key, Verdict]:
    """Return the verdict on each sentence; those of a group share that of their head."""
    if translation.original:
        return {}
    return {
        entry.key: verdict
        for verdict in review_translation(translation).verdicts
        for entry in verdict.subject.entries
    }
