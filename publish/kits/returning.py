"""What came back from a translator, taken into a catalog: newer work is never overwritten.

Each text comes with the fingerprint of what was sent.  So a text that nobody touched is left
alone, one that was changed here meanwhile is a conflict, and what is not taken is told, with its
place and its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from publish.checks.running import check_structure
from publish.checks.views import CatalogView
from publish.kits.items import Form, as_it_is, fingerprint
from publish.languages.language import Language
from publish.model import Entry, Finding, Key, Level, Span, entry_id
from publish.po.pofile import PoFile, PoRecord, catalog_of, replace_entry
from publish.reading.source import Source

__all__ = ["Rejected", "ReturnOutcome", "Returned", "finding_of", "take_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A text that came back, and all that came with it.

    `source` is the sentence beside it, None where the format needs none; `base` the
    fingerprint of what was sent, empty where it was lost; `place` says where it stands in its
    file (`D14`), `line` its row or line.  `problem` says why the text itself cannot be taken.
    """

    id: str
    text: str
    fuzzy: bool
    base: str
    place: str
    line: int
    source: str | None = None
    comments: tuple[str, ...] = ()
    problem: str = ""

    @property
    def mark(self) -> str:
        return fingerprint(self.text, fuzzy=self.fuzzy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A text that was not taken: why, the way out, and what the catalog has in its place."""

    returned: Returned
    code: str
    reason: str
    hint: str
    kept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnOutcome:
    """The catalog with what was taken, how many texts, and those that were not.

    `untouched` are as they were sent, `known` the catalog has already.
    """

    po: PoFile
    taken: int = 0
    untouched: int = 0
    known: int = 0
    rejected: tuple[Rejected, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Sorting:
    """The texts under way: those to be taken, by entry, and those that are not."""

    living: Mapping[str, Entry]
    obsolete: frozenset[str]
    form: Form
    untouched: int = 0
    known: int = 0
    taken: dict[Key, Returned] = field(default_factory=dict)
    comments: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)

    def here(self, entry: Entry) -> str:
        """The translation that the catalog has, as the format would carry it."""
        return self.form(entry.msgid, entry.msgstr)


def take_back(
    po: PoFile,
    texts: Iterable[Returned],
    source: Source,
    form: Form = as_it_is,
    language: Language | None = None,
) -> ReturnOutcome:
    """The catalog with the texts that can be taken, and what is to be said of the others.

    `form` tells a translation as the format of the texts would carry it, `language` is that of
    the translation; without it, the texts run in the direction of the source.

    Laws: texts that come back as they were sent change no byte; an entry that was changed here
    meanwhile keeps what it has; every text that is neither taken nor known is in `rejected`.
    """
    entries = [record.entry for record in po.records if record.entry.plural is None]
    work = _Sorting(
        living={entry_id(entry.key): entry for entry in entries if not entry.obsolete},
        obsolete=frozenset(entry_id(entry.key) for entry in entries if entry.obsolete),
        form=form,
    )
    for group in _by_id(texts).values():
        _sort(group, work)
    _refuse_structure(po, source, work, language or source.language)
    records = tuple(_applied(record, work) for record in po.records)
    after = po if records == po.records else replace(po, records=records)
    return ReturnOutcome(
        po=after,
        taken=len(work.taken),
        untouched=work.untouched,
        known=work.known,
        rejected=tuple(work.rejected),
    )


def _by_id(texts: Iterable[Returned]) -> dict[str, list[Returned]]:
    """The texts of each sentence; those that lost their id stand alone."""
    found: dict[str, list[Returned]] = {}
    for number, returned in enumerate(texts):
        found.setdefault(returned.id or f"{number}", []).append(returned)
    return found


def _sort(group: list[Returned], work: _Sorting) -> None:
    """Decides on the texts of one sentence: mostly one, more if somebody copied rows."""
    entry = work.living.get(group[0].id)
    if entry is not None:
        _note_comments(group, entry, work)
    touched = [one for one in group if one.mark != one.base or one.problem]
    work.untouched += len(group) - len(touched)
    if len({(one.mark, one.problem) for one in touched}) > 1:
        work.rejected += [_twice(one) for one in touched if one.text]
    elif touched:
        _decide(touched[0], entry, work)


def _note_comments(group: Iterable[Returned], entry: Entry, work: _Sorting) -> None:
    """Comments that a translator wrote are kept, whatever becomes of the text."""
    lines = dict.fromkeys(line for one in group for line in one.comments)
    if new := tuple(line for line in lines if line not in entry.comments):
        work.comments[entry.key] = new


def _decide(returned: Returned, entry: Entry | None, work: _Sorting) -> None:
    """Takes a text, or tells why not; an empty one that replaces nothing is passed over."""
    if entry is None:
        if returned.text or returned.problem:
            gone = returned.id in work.obsolete
            work.rejected.append(_gone(returned) if gone else _unknown(returned))
        return
    here = work.here(entry)
    if returned.mark == fingerprint(here, fuzzy=entry.fuzzy) and not returned.problem:
        work.known += 1
    elif not returned.base and not returned.text and not returned.problem:
        work.untouched += 1
    elif why := _objection(returned, entry, here):
        work.rejected.append(why)
    else:
        work.taken[entry.key] = returned


def _objection(returned: Returned, entry: Entry, here: str) -> Rejected | None:
    """Why a text cannot take the place of what the catalog has; None if it can."""
    if returned.problem:
        return _no_text(returned, here)
    if returned.source is not None and returned.source != entry.msgid:
        return _other_source(returned, here)
    if not returned.text.strip():
        return _emptied(returned, here)
    if here and returned.base != fingerprint(here, fuzzy=entry.fuzzy):
        return _conflict(returned, here)
    return None


# --------------------------------------------------------------------------- structure


def _refuse_structure(po: PoFile, source: Source, work: _Sorting, language: Language) -> None:
    """Tells texts whose marks, links or joins are wrong, and takes the others."""
    if not work.taken:
        return
    catalog = catalog_of(po)
    entries = tuple(_with_text(entry, work.taken.get(entry.key)) for entry in catalog.entries)
    candidate = replace(catalog, entries=entries)
    view = CatalogView(source=source, catalog=candidate, language=language, use_fuzzy=True)
    for found in check_structure(view):
        if found.level is not Level.ERROR or found.key is None or found.key not in work.taken:
            continue
        returned = work.taken.pop(found.key)
        here = work.here(work.living[returned.id])
        work.rejected.append(_broken(returned, here, found))


def _with_text(entry: Entry, returned: Returned | None) -> Entry:
    """The entry with a text in its place; one that is confirmed needs no wording before."""
    if returned is None or entry.obsolete:
        return entry
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    if returned.fuzzy:
        return replace(entry, msgstrs=(returned.text,), flags=("fuzzy", *flags))
    return replace(
        entry,
        msgstrs=(returned.text,),
        flags=flags,
        previous=None,
        previous_context=None,
        previous_plural=None,
    )


def _applied(record: PoRecord, work: _Sorting) -> PoRecord:
    """The record with its text and comments; the very same record where there are none."""
    if record.entry.obsolete:
        return record
    entry = _with_text(record.entry, work.taken.get(record.entry.key))
    comments = (*entry.comments, *work.comments.get(entry.key, ()))
    return replace_entry(record, replace(entry, comments=comments))


# --------------------------------------------------------------------------- reasons


def _unknown(returned: Returned) -> Rejected:
    return Rejected(
        returned=returned,
        code="kit-unknown",
        reason="the source has no such sentence: it was reworded or taken out, or never was there",
        hint="look for its new wording in the catalog and put the translation there by hand",
    )


def _gone(returned: Returned) -> Rejected:
    return Rejected(
        returned=returned,
        code="kit-gone",
        reason="the source changed meanwhile: this sentence was reworded or taken out",
        hint="look for the new wording in the catalog",
    )


def _no_text(returned: Returned, kept: str) -> Rejected:
    return Rejected(
        returned=returned,
        code="kit-cell",
        reason=f"what stands there is no text but {returned.problem}",
        hint="write it as text",
        kept=kept,
    )


def _other_source(returned: Returned, kept: str) -> Rejected:
    return Rejected(
        returned=returned,
        code="kit-source",
        reason="the source beside it is not the sentence of this id; rows or cells were moved",
        hint="put the translation beside its own sentence",
        kept=kept,
    )


def _emptied(returned: Returned, kept: str) -> Rejected:
    return Rejected(
        returned=returned,
        code="kit-emptied",
        reason="the translation was emptied",
        hint="an empty cell deletes nothing; empty the entry in the catalog if that is meant",
        kept=kept,
    )


def _conflict(returned: Returned, kept: str) -> Rejected:
    newer = "the catalog has another translation, which is newer than the one sent out"
    untold = (
        "the catalog has another translation, and the file does not tell which one was sent out"
    )
    return Rejected(
        returned=returned,
        code="kit-conflict",
        reason=newer if returned.base else untold,
        hint="compare the two, and correct the catalog if the one returned is better",
        kept=kept,
    )


def _twice(returned: Returned) -> Rejected:
    return Rejected(
        returned=returned,
        code="kit-twice",
        reason="the same sentence came back with two translations",
        hint="choose one of them",
    )


def _broken(returned: Returned, kept: str, found: Finding) -> Rejected:
    return Rejected(
        returned=returned, code=found.code, reason=found.message, hint=found.hint, kept=kept
    )


def finding_of(rejected: Rejected, file: str) -> Finding:
    """A text that was not taken, as a finding at its place in the file that came back."""
    returned = rejected.returned
    return Finding(
        code=rejected.code,
        level=Level.WARNING,
        message=f"not taken: {rejected.reason}",
        span=Span(file, returned.line, returned.line),
        hint=rejected.hint,
        excerpt=returned.text,
        cell=returned.place,
    )
