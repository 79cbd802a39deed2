"""Take returned texts into a catalog, without overwriting newer work.

Each text comes with the fingerprint of the translation that was sent.  So a text that nobody
changed is skipped, and one whose entry was changed here in the meantime is a conflict.  Every text
that is not taken is reported with its place and its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from publish.catalogs.origins import confirm_entry
from publish.checks.engine import check_structure
from publish.checks.views import CatalogView
from publish.kits.items import Form, keep_translation, make_fingerprint
from publish.kits.returnedtexts import RejectedText, ReturnedText
from publish.kits.shifts import Shifts, find_shifts
from publish.languages.language import Language
from publish.model import Entry, Finding, Key, Level, Span, make_entry_id
from publish.po.pofile import PoFile, PoRecord, extract_catalog, replace_entry
from publish.reading.source import Source

__all__ = ["ReturnOutcome", "make_rejected_finding", "take_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnOutcome:
    """The catalog with the taken texts, their number, and the texts that were not taken.

    `untouched` is the number of texts that are as they were sent, `known` of those that the
    catalog has already.
    """

    po: PoFile
    taken: int = 0
    untouched: int = 0
    known: int = 0
    rejected: tuple[RejectedText, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Sorting:
    """The texts sorted so far: those to be taken, by entry, and the rejected ones."""

    living: Mapping[str, Entry]
    obsolete: frozenset[str]
    form: Form
    untouched: int = 0
    known: int = 0
    taken: dict[Key, ReturnedText] = field(default_factory=dict)
    comments: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    rejected: list[RejectedText] = field(default_factory=list)

    def here(self, entry: Entry) -> str:
        """Return the translation in the catalog, in the form of the returned file's format."""
        return self.form(entry.msgid, entry.msgstr)


def take_back(
    po: PoFile,
    texts: Iterable[ReturnedText],
    source: Source | None,
    form: Form = keep_translation,
    language: Language | None = None,
    *,
    bound: bool = False,
) -> ReturnOutcome:
    """Return the catalog with the texts that can be taken, and the reasons for the others.

    `form` gives a translation as the format of the texts stores it.  `language` is that of the
    translation; without it, the texts are checked with the direction of the source.  Without a
    `source`, the catalog is one of interface strings, and its language must be given.

    Of a file whose texts were moved to other sentences nothing is taken.  That is not looked for if
    texts are `bound` to their sentences, so that no column of them can have moved.

    Laws: texts that come back as they were sent change no byte.  An entry that was changed here
    in the meantime keeps its text.  Every changed text that is neither taken nor known is in
    `rejected`.
    """
    entries = [record.entry for record in po.records if record.entry.plural is None]
    work = _Sorting(
        living={make_entry_id(entry.key): entry for entry in entries if not entry.obsolete},
        obsolete=frozenset(make_entry_id(entry.key) for entry in entries if entry.obsolete),
        form=form,
    )
    every = list(texts)
    shifts = Shifts() if bound else find_shifts(every)
    work.rejected += shifts.rejected
    if shifts.stops:
        return ReturnOutcome(po=po, rejected=tuple(work.rejected))
    moved = {id(one.returned) for one in shifts.rejected}
    for group in _by_id(one for one in every if id(one) not in moved).values():
        _sort(group, work)
    spoken = language or (source.language if source else None)
    if spoken:
        _refuse_structure(po, source, work, spoken)
    records = tuple(_applied(record, work) for record in po.records)
    after = po if records == po.records else replace(po, records=records)
    return ReturnOutcome(
        po=after,
        taken=len(work.taken),
        untouched=work.untouched,
        known=work.known,
        rejected=tuple(work.rejected),
    )


def _by_id(texts: Iterable[ReturnedText]) -> dict[str, list[ReturnedText]]:
    """Group the texts by id; each text without an id is a group of its own."""
    found: dict[str, list[ReturnedText]] = {}
    for number, returned in enumerate(texts):
        found.setdefault(returned.id or f"{number}", []).append(returned)
    return found


def _sort(group: list[ReturnedText], work: _Sorting) -> None:
    """Decide on the texts of one sentence; there are several if somebody copied rows."""
    entry = work.living.get(group[0].id)
    if entry is not None:
        _note_comments(group, entry, work)
    touched = [one for one in group if one.mark != one.base or one.problem]
    work.untouched += len(group) - len(touched)
    if len({(one.mark, one.problem) for one in touched}) > 1:
        work.rejected += [_twice(one) for one in touched if one.text]
    elif touched:
        _decide(touched[0], entry, work)


def _note_comments(group: Iterable[ReturnedText], entry: Entry, work: _Sorting) -> None:
    """Keep the comments of a translator, even if the text is not taken."""
    lines = dict.fromkeys(line for one in group for line in one.comments)
    if new := tuple(line for line in lines if line not in entry.comments):
        work.comments[entry.key] = new


def _decide(returned: ReturnedText, entry: Entry | None, work: _Sorting) -> None:
    """Take a text or reject it; skip an empty one that replaces nothing."""
    if entry is None:
        if returned.text or returned.problem:
            gone = returned.id in work.obsolete
            work.rejected.append(_gone(returned) if gone else _unknown(returned))
        return
    here = work.here(entry)
    if returned.mark == make_fingerprint(here, fuzzy=entry.fuzzy) and not returned.problem:
        work.known += 1
    elif not returned.base and not returned.text and not returned.problem:
        work.untouched += 1
    elif why := _objection(returned, entry, here):
        work.rejected.append(why)
    else:
        work.taken[entry.key] = returned


def _objection(returned: ReturnedText, entry: Entry, here: str) -> RejectedText | None:
    """Return why a text cannot replace the one in the catalog; None if it can."""
    if returned.problem:
        return _no_text(returned, here)
    if returned.source is not None and returned.source != entry.msgid:
        return _other_source(returned, here)
    if not returned.text.strip():
        return _emptied(returned, here)
    if here and returned.base != make_fingerprint(here, fuzzy=entry.fuzzy):
        return _conflict(returned, here)
    return None


# --------------------------------------------------------------------------- structure


def _refuse_structure(
    po: PoFile, source: Source | None, work: _Sorting, language: Language
) -> None:
    """Reject the texts to be taken whose marks, links or joins are wrong."""
    if not work.taken:
        return
    catalog = extract_catalog(po)
    entries = tuple(_with_text(entry, work.taken.get(entry.key)) for entry in catalog.entries)
    candidate = replace(catalog, entries=entries)
    view = CatalogView(
        source=source,
        kind="translation" if source else "interface",
        catalog=candidate,
        language=language,
        use_fuzzy=True,
    )
    for found in check_structure(view):
        if found.level is not Level.ERROR or found.key is None or found.key not in work.taken:
            continue
        returned = work.taken.pop(found.key)
        here = work.here(work.living[returned.id])
        work.rejected.append(_broken(returned, here, found))


def _with_text(entry: Entry, returned: ReturnedText | None) -> Entry:
    """Return the entry with a returned text; a confirmed one loses its previous source."""
    if returned is None or entry.obsolete:
        return entry
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    if returned.fuzzy:
        return replace(entry, msgstrs=(returned.text,), flags=("fuzzy", *flags))
    return replace(
        confirm_entry(entry),
        msgstrs=(returned.text,),
        flags=flags,
        previous=None,
        previous_context=None,
        previous_plural=None,
    )


def _applied(record: PoRecord, work: _Sorting) -> PoRecord:
    """Return the record with its new text and comments; the same record if there are none."""
    if record.entry.obsolete:
        return record
    entry = _with_text(record.entry, work.taken.get(record.entry.key))
    comments = (*entry.comments, *work.comments.get(entry.key, ()))
    return replace_entry(record, replace(entry, comments=comments))


# --------------------------------------------------------------------------- reasons


def _unknown(returned: ReturnedText) -> RejectedText:
    return RejectedText(
        returned=returned,
        code="kit-unknown",
        reason="the source has no such sentence: it was reworded or removed, or never existed",
        hint="look for its new wording in the catalog, and enter the translation there yourself",
    )


def _gone(returned: ReturnedText) -> RejectedText:
    return RejectedText(
        returned=returned,
        code="kit-gone",
        reason="the source has changed: this sentence was reworded or removed",
        hint="look for its new wording in the catalog",
    )


def _no_text(returned: ReturnedText, kept: str) -> RejectedText:
    return RejectedText(
        returned=returned,
        code="kit-cell",
        reason=returned.problem,
        hint="enter it again, as text",
        kept=kept,
    )


def _other_source(returned: ReturnedText, kept: str) -> RejectedText:
    return RejectedText(
        returned=returned,
        code="kit-source",
        reason="the source beside it is not that of its id: it was edited, or cells were moved",
        hint="move the translation beside its own sentence; ask for changes of the source itself",
        kept=kept,
    )


def _emptied(returned: ReturnedText, kept: str) -> RejectedText:
    return RejectedText(
        returned=returned,
        code="kit-emptied",
        reason="the translation was deleted",
        hint="to delete it, empty the entry in the catalog; an empty text deletes nothing",
        kept=kept,
    )


def _conflict(returned: ReturnedText, kept: str) -> RejectedText:
    newer = "the catalog has another translation, changed after this file was sent out"
    unknown = "the catalog has another translation, and the file does not say which one was sent"
    return RejectedText(
        returned=returned,
        code="kit-conflict",
        reason=newer if returned.base else unknown,
        hint="compare the two, and enter the returned one in the catalog if it is better",
        kept=kept,
    )


def _twice(returned: ReturnedText) -> RejectedText:
    return RejectedText(
        returned=returned,
        code="kit-twice",
        reason="the same sentence came back with two translations",
        hint="keep one of them in the file, then import it again",
    )


def _broken(returned: ReturnedText, kept: str, found: Finding) -> RejectedText:
    return RejectedText(
        returned=returned, code=found.code, reason=found.message, hint=found.hint, kept=kept
    )


def make_rejected_finding(rejected: RejectedText, file: str) -> Finding:
    """Return a warning for a text that was not taken, at its place in the returned file."""
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
