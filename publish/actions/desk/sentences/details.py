"""All that is known about one sentence: what a translator or a reviewer has beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from publish.actions.desk.sentences.remembered import (
    Remembered,
    SuggestedText,
    TermUse,
    find_term_uses,
)
from publish.actions.desk.sentences.rows import Row, TextRows, find_judged
from publish.actions.desk.sentences.writing import (
    Digest,
    digest_sentence,
    find_entry,
    find_group,
    find_sentence,
)
from publish.catalogs.doubts import split_comments
from publish.catalogs.origins import find_sureness_lines
from publish.catalogs.proposed import Proposal, find_proposals
from publish.catalogs.questions import find_questions
from publish.catalogs.wordmarks import MergedPiece, merge_wordings
from publish.errors import UsageError
from publish.model import (
    Break,
    Code,
    Emphasis,
    Entry,
    Finding,
    FootnoteMark,
    Image,
    Inline,
    Key,
    Link,
    Math,
    Role,
    Sentence,
    Strong,
    Styled,
    plain,
    walk_inlines,
)
from publish.reading.locationwords import describe_location
from publish.reading.marks.canonical import serialise_inlines
from publish.reading.msgstr import read_msgstr
from publish.reviews.verdicts import Verdict
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["Mark", "SentenceDetails", "SharedPlace", "describe_sentence", "list_marks"]


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """Another place of the same entry: the id of its sentence, and its location in words."""

    id: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark of the source that a translation needs: what to write before and after its words.

    What is written as a whole, such as the mark of a note, has an empty `after`.  `text` are the
    words that have it in the source, `count` is how often it occurs.
    """

    kind: str
    before: str
    after: str = ""
    text: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The last decision on a sentence, as its ledger has it."""

    state: str
    by: str
    day: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceDetails:
    """A sentence with all that is known about it.

    `msgid` and `msgstr` are as in the catalog.  `notes` are for translators, `legend` has the
    numbers of links with their addresses, `comments` are those of translators but for doubts,
    questions and proposals.  `old` is the wording that a fuzzy text was made for, `difference` how
    it differs.  `group` are the ids of sentences with one text, its head first.  `correction` is
    the corrected wording of the source.  `digest` is the base for saving and deciding.
    """

    row: Row
    msgid: str
    msgstr: str
    fuzzy: bool
    digest: Digest
    notes: tuple[str, ...] = ()
    legend: tuple[tuple[int, str], ...] = ()
    comments: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    old: str = ""
    difference: tuple[MergedPiece, ...] = ()
    findings: tuple[Finding, ...] = ()
    suggestions: tuple[SuggestedText, ...] = ()
    terms: tuple[TermUse, ...] = ()
    decided: Decided | None = None
    places: tuple[SharedPlace, ...] = ()
    group: tuple[str, ...] = ()
    correction: str = ""
    marks: tuple[Mark, ...] = ()


def describe_sentence(
    loader: Loader,
    translation: Translation,
    sid: str,
    judged: Mapping[str, tuple[Finding, ...]],
    *,
    rows: TextRows | None = None,
    remembered: Remembered | None = None,
) -> SentenceDetails:
    """Return the details of a sentence; raises UsageError for an id that the text does not have.

    `judged` has the findings by id.  `rows` and `remembered` are what the caller keeps open; all
    is made anew without them.
    """
    sentence = find_sentence(translation, sid)
    if rows is None or rows.translation is not translation:
        rows = TextRows(translation, judged)
    row = rows.row(sid)
    if row is None:
        raise UsageError("this sentence has no row", hint="load the text again")
    entry = find_entry(translation, sentence.key) or _empty(sentence)
    group = find_group(translation, sentence)
    old = entry.previous or "" if entry.fuzzy else ""
    doubts, others = split_comments(entry.comments)
    known = remembered or Remembered()
    return SentenceDetails(
        row=row,
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        fuzzy=entry.fuzzy,
        digest=digest_sentence(translation, sentence),
        notes=tuple(_notes(sentence, entry)),
        legend=tuple(enumerate(sentence.unit.addresses, 1)),
        comments=tuple(_plain_comments(others)),
        doubts=doubts,
        questions=find_questions(entry.comments),
        proposals=find_proposals(entry.comments),
        old=old,
        difference=merge_wordings(old, entry.msgid) if old else (),
        findings=find_judged(translation.source, judged, sentence),
        suggestions=()
        if translation.original
        else known.suggest(loader, translation.language, translation.name, sentence.key),
        terms=_terms(loader, translation, group),
        decided=_decided(rows.verdict(sentence.key)),
        places=tuple(_places(translation, sentence)),
        group=tuple(one.id for one in group) if len(group) > 1 else (),
        correction=_correction(translation, sentence.key),
        marks=list_marks(sentence),
    )


def _empty(sentence: Sentence) -> Entry:
    return Entry(msgid=sentence.unit.msgid, context=sentence.unit.context)


_KINDS = frozenset(map(str, Role))


def _notes(sentence: Sentence, entry: Entry) -> Iterator[str]:
    """Yield the notes for translators, without the kind of the text and the legend of links."""
    lines = entry.extracted
    if not lines and sentence.unit.note:
        lines = (f"note: {sentence.unit.note}",)
    for line in lines:
        if line not in _KINDS and not line.startswith("("):
            yield line.removeprefix("note: ")


def _plain_comments(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        if line.strip() and not (
            find_questions([line]) or find_proposals([line]) or find_sureness_lines([line])
        ):
            yield line


def _terms(
    loader: Loader, translation: Translation, group: tuple[Sentence, ...]
) -> tuple[TermUse, ...]:
    entry = find_entry(translation, group[0].key)
    text = read_msgstr(entry.msgstr).shown if entry else ""
    source = " ".join(plain(one.tree) for one in group)
    return find_term_uses(loader.glossary(), translation.language.tag, source, text)


def _decided(verdict: Verdict | None) -> Decided | None:
    row = verdict.row if verdict is not None else None
    if row is None:
        return None
    return Decided(state=row.state, by=row.reviewer, day=row.day, reason=row.reason)


def _places(translation: Translation, sentence: Sentence) -> Iterator[SharedPlace]:
    """Yield the other places of the sentence's entry."""
    source = translation.source
    for sid in source.ids[sentence.key]:
        if sid != sentence.id:
            yield SharedPlace(sid, describe_location(source.by_id[sid][0].location))


def _correction(translation: Translation, key: Key) -> str:
    """Return the corrected wording of a sentence of the source, empty if it stands as it is."""
    found = translation.corrected.get(key)
    return found.msgstr if found is not None and found.translated else ""


# --------------------------------------------------------------------------- marks


def list_marks(sentence: Sentence) -> tuple[Mark, ...]:
    """Return the marks of a sentence of the source in reading order, equal ones once."""
    found: dict[tuple[str, str], Mark] = {}
    for node in walk_inlines(sentence.tree):
        mark = _mark(node)
        if mark is not None:
            written = mark.before, mark.after
            known = found.get(written)
            found[written] = replace(known, count=known.count + 1) if known else mark
    return tuple(found.values())


def _mark(node: Inline) -> Mark | None:
    match node:
        case Emphasis(children):
            return Mark(kind="emphasis", before="*", after="*", text=plain(children))
        case Strong(children):
            return Mark(kind="strong", before="**", after="**", text=plain(children))
        case Styled(children, style):
            before, after = f"<{style}>", f"</{style}>"
            return Mark(kind=style, before=before, after=after, text=plain(children))
        case Link(children, href, bare=False):
            return Mark(kind="link", before="[", after=f"]({href})", text=plain(children))
        case Image():
            return Mark(kind="image", before="![", after=f"]({node.src})", text=node.alt)
        case Code(text):
            return Mark(kind="code", before=serialise_inlines((node,)), text=text)
        case Math():
            return Mark(kind="math", before=serialise_inlines((node,)))
        case FootnoteMark(label):
            return Mark(kind="note", before=f"[^{label}]")
        case Break():
            return Mark(kind="break", before="\\\n")
        case _:
            return None
