"""A three-way merge of two versions of a catalog, entry by entry, that loses no translation.

`base` is the version that both come from, empty if there is none.  What only one side changed is
taken over.  What both changed is merged field by field.  Where both translated differently, a
fuzzy entry keeps one text as its msgstr and the other in a comment.  A correction follows its
sentence to a new wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from publish.model import Entry, Key
from publish.po.corrections import carry_corrections
from publish.po.pofile import PoFile, PoRecord, replace_entry

__all__ = ["merge_files"]

_Value = TypeVar("_Value")


def merge_files(base: PoFile, ours: PoFile, theirs: PoFile) -> tuple[PoFile, tuple[Key, ...]]:
    """Return the merged file, named as ours, and the keys of entries translated differently.

    Laws: if one side changed nothing, the result is the other side byte for byte.  Every msgstr
    that is not in the base is in the result, as a msgstr or in a comment.  A result that is not
    the same as one side has one entry for each key, and the charset, line endings and wrapping of
    ours.
    """
    if _same(theirs, base) or _same(ours, theirs):
        return ours, ()
    if _same(ours, base):
        return replace(theirs, file=ours.file), ()
    form = ours if ours.header or not theirs.header else theirs
    sides = [_in_form(po, form) for po in (base, ours, theirs)]
    known = [_by_key(po.records) for po in sides]
    found: dict[Key, PoRecord] = {}
    conflicts: set[Key] = set()
    for key in dict.fromkeys((*known[1], *known[2])):
        record, conflict = _record(*(records.get(key) for records in known))
        found |= {key: record} if record else {}
        conflicts |= {key} if conflict else set()
    carried, clashes = carry_corrections(known[0], (known[1], known[2]), found, _as_comments)
    found |= carried
    conflicts |= clashes
    order = _order(found, *known)
    po = replace(
        form,
        file=ours.file,
        header=_header(*(po.header for po in sides)),
        records=tuple(found[key] for key in order),
        tail=_tail([po.tail for po in sides], form.style.newline),
    )
    return po, tuple(key for key in order if key in conflicts)


def _same(one: PoFile, other: PoFile) -> bool:
    """Return whether two files have the same bytes, whatever their names."""
    return replace(one, file=other.file) == other


def _three_way(base: _Value, ours: _Value, theirs: _Value) -> _Value:
    """Return the value that one side changed; ours if both did."""
    return theirs if ours == base else ours


def _lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Return a list of lines with what either side added, without what either side deleted."""
    if theirs == base or ours == base:
        return tuple(_three_way(base, ours, theirs))
    kept = [line for line in ours if line in theirs or line not in base]
    return (*kept, *(line for line in theirs if line not in base and line not in ours))


# --------------------------------------------------------------------------- one form

_NUMBER_ESCAPE = re.compile(r"\\[0-7x]")


def _in_form(po: PoFile, form: PoFile) -> PoFile:
    """Return the file with the line endings of another, and no bytes of its own charset."""
    if (po.style.newline, po.charset) == (form.style.newline, form.charset):
        return po
    return replace(
        po,
        header=_record_in_form(po.header, po, form) if po.header else None,
        records=tuple(_record_in_form(record, po, form) for record in po.records),
        tail=_with_ends(po.tail, form.style.newline),
    )


def _record_in_form(record: PoRecord, po: PoFile, form: PoFile) -> PoRecord:
    raw, lead, newline = record.raw, record.lead, form.style.newline
    if raw is not None and po.charset != form.charset and _NUMBER_ESCAPE.search(raw):
        raw = None  # such an escape is a byte of the charset it was written in
    return replace(
        record,
        raw=raw if raw is None else _with_ends(raw, newline),
        lead=lead if lead is None else _with_ends(lead, newline),
    )


def _with_ends(text: str, newline: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", newline)


def _by_key(records: Iterable[PoRecord]) -> dict[Key, PoRecord]:
    """Return one record for each key, as msgfmt requires even of obsolete entries."""
    twins: dict[Key, list[PoRecord]] = {}
    for record in records:
        twins.setdefault(record.entry.key, []).append(record)
    return {key: found[0] if len(found) == 1 else _folded(found) for key, found in twins.items()}


def _folded(twins: Sequence[PoRecord]) -> PoRecord:
    """Return the live twin, else the first translated one, with the others in its comments."""
    kept = max(twins, key=lambda twin: (not twin.entry.obsolete, any(twin.entry.msgstrs)))
    comments = kept.entry.comments
    for twin in twins:
        texts = _as_comments("earlier", twin.entry.msgstrs, kept.entry.msgstrs)
        comments = _joined(comments, (*twin.entry.comments, *texts))
    return replace_entry(kept, replace(kept.entry, comments=comments))


def _joined(comments: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return (*comments, *(line for line in dict.fromkeys(more) if line not in comments))


_CONTROLS = {code: f"\\{code:03o}" for code in (*range(1, 32), 127)}
_ESCAPES = _CONTROLS | {ord("\t"): r"\t", ord("\n"): r"\n", ord("\r"): r"\r", ord("\\"): r"\\"}


def _as_comments(word: str, msgstrs: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Return a translation as comment lines, one for each form that is not in `known`.

    Line breaks, control characters and backslashes are escaped as in a msgstr.
    """
    names = [word] if len(msgstrs) == 1 else [f"{word}[{n}]" for n in range(len(msgstrs))]
    forms = zip(names, msgstrs, strict=True)
    return tuple(
        f"{name}: {text.translate(_ESCAPES)}" for name, text in forms if text and text not in known
    )


# --------------------------------------------------------------------------- one entry


def _record(
    base: PoRecord | None, ours: PoRecord | None, theirs: PoRecord | None
) -> tuple[PoRecord | None, bool]:
    """Return the record of a key, or None to drop it, and whether the translations conflict."""
    if ours is None or theirs is None:
        return _left(base, ours or theirs), False
    if _says_the_same(theirs, base):
        return ours, False
    if _says_the_same(ours, base):
        return theirs, False
    start = base.entry if base else _untranslated(ours.entry)
    entry, conflict = _entry(start, ours.entry, theirs.entry)
    alive = _is_alive(base, ours.entry, theirs.entry)
    if not alive and not (ours.entry.obsolete and theirs.entry.obsolete):
        entry = replace(entry, references=(), extracted=())
    unknown = _lines(base.unknown if base else (), ours.unknown, theirs.unknown)
    return _settled(replace(entry, obsolete=not alive), unknown, ours, theirs), conflict


def _says_the_same(one: PoRecord, other: PoRecord | None) -> bool:
    """Return whether two records differ at most in how their lines are broken."""
    return other is not None and (one.entry, one.unknown) == (other.entry, other.unknown)


def _settled(entry: Entry, unknown: tuple[str, ...], ours: PoRecord, theirs: PoRecord) -> PoRecord:
    """Return the record of a side that has exactly this content, else one to be written anew."""
    for record in (ours, theirs):
        if (record.entry, record.unknown) == (entry, unknown):
            return record
    return replace(ours, entry=entry, unknown=unknown, raw=None)


def _left(base: PoRecord | None, left: PoRecord | None) -> PoRecord | None:
    """Return what a record becomes that one side, or each, does not have.

    A record deleted on one side is kept as obsolete if the other side changed it.
    """
    if left is None or base is None or base.entry.obsolete != left.entry.obsolete:
        return left
    before, after = base.entry, left.entry
    if not _speaks(before, after) and set(after.comments) <= set(before.comments):
        return None
    retired = replace(after, obsolete=True, references=(), extracted=())
    return left if after.obsolete else replace(left, entry=retired, raw=None, lead=None)


def _is_alive(base: PoRecord | None, ours: Entry, theirs: Entry) -> bool:
    """Return whether an entry that both sides have is in use; if in doubt it is."""
    if base is None or ours.obsolete == theirs.obsolete:
        return not (ours.obsolete and theirs.obsolete)
    return base.entry.obsolete  # one side changed that


def _untranslated(entry: Entry) -> Entry:
    """Return the base for an entry that both sides added: the same entry without a translation."""
    forms = ("",) * len(entry.msgstrs)
    return Entry(msgid=entry.msgid, msgstrs=forms, context=entry.context, plural=entry.plural)


def _speaks(base: Entry, side: Entry) -> bool:
    """Return whether the entry was translated on this side, or confirmed by deleting `fuzzy`."""
    confirmed = base.fuzzy and not side.fuzzy and any(side.msgstrs)
    return confirmed or (base.plural, base.msgstrs) != (side.plural, side.msgstrs)


def _entry(base: Entry, ours: Entry, theirs: Entry) -> tuple[Entry, bool]:
    """Return an entry merged field by field, and whether both sides translated it differently.

    A translation confirmed on one side and changed on the other is also a conflict, since a
    confirmation is only for the text it was given for.
    """
    we, they = _speaks(base, ours), _speaks(base, theirs)
    conflict = we and they and ours.msgstrs != theirs.msgstrs
    emptied = conflict and ours.plural == theirs.plural and not any(ours.msgstrs)
    first, second = (theirs, ours) if emptied or (they and not we) else (ours, theirs)
    comments = _lines(base.comments, ours.comments, theirs.comments)
    if conflict:
        comments = _joined(comments, _as_comments("conflict", second.msgstrs, first.msgstrs))
    previous = _three_way(_previous(base), _previous(first), _previous(second))
    entry = replace(
        first,
        flags=_flags(base, ours, theirs, doubtful=conflict),
        comments=comments,
        extracted=_lines(base.extracted, ours.extracted, theirs.extracted),
        references=_lines(base.references, ours.references, theirs.references),
        previous_context=previous[0],
        previous=previous[1],
        previous_plural=previous[2],
    )
    return entry, conflict


def _flags(base: Entry, ours: Entry, theirs: Entry, *, doubtful: bool) -> tuple[str, ...]:
    flags = _lines(base.flags, ours.flags, theirs.flags)
    return ("fuzzy", *flags) if doubtful and "fuzzy" not in flags else flags


def _previous(entry: Entry) -> tuple[str | None, str | None, str | None]:
    return entry.previous_context, entry.previous, entry.previous_plural


# --------------------------------------------------------------------------- order


def _order(
    found: Mapping[Key, PoRecord],
    base: Mapping[Key, PoRecord],
    ours: Mapping[Key, PoRecord],
    theirs: Mapping[Key, PoRecord],
) -> list[Key]:
    """Return the keys in the order of ours, or of theirs if only they moved entries.

    An entry that only the other side has is put after the same entry as on that side.
    """
    if _moved(base, theirs) and not _moved(base, ours):
        ours, theirs = theirs, ours
    first = [key for key in ours if _in_place(key, found, ours)]
    rest = found.keys() - set(first)
    more = [key for key in theirs if _in_place(key, found, theirs)]
    behind, last = _behind(more, rest, found)
    order = _interleaved(first, set(more), behind, found)
    placed = {*order, *last}
    return [*order, *last, *(key for key in found if key not in placed)]


def _moved(base: Mapping[Key, PoRecord], side: Mapping[Key, PoRecord]) -> bool:
    return [key for key in side if key in base] != [key for key in base if key in side]


def _in_place(key: Key, found: Mapping[Key, PoRecord], side: Mapping[Key, PoRecord]) -> bool:
    """Return whether an entry is live, or obsolete, in both the result and a side."""
    return key in found and found[key].entry.obsolete == side[key].entry.obsolete


def _behind(
    side: Sequence[Key], rest: AbstractSet[Key], found: Mapping[Key, PoRecord]
) -> tuple[dict[Key | None, list[Key]], list[Key]]:
    """Return the keys of `rest` by the key they follow on a side, and the keys for the end.

    Keys at the top follow None.  Live entries follow live ones, obsolete ones obsolete ones.
    """
    behind: dict[Key | None, list[Key]] = {}
    last: list[Key] = []
    before: dict[bool, Key | None] = {True: None, False: None}
    for key in side:
        obsolete = found[key].entry.obsolete
        if key not in rest:
            before[obsolete] = key
        elif obsolete and before[obsolete] is None:
            last.append(key)
        else:
            behind.setdefault(before[obsolete], []).append(key)
    return behind, last


def _interleaved(
    first: Sequence[Key],
    shared: AbstractSet[Key],
    behind: Mapping[Key | None, list[Key]],
    found: Mapping[Key, PoRecord],
) -> list[Key]:
    """Return the keys of the first side, each followed by the keys that the other has after it."""
    order: list[Key] = []
    waiting = list(behind.get(None, ()))
    for key in first:
        if waiting and (key in shared or found[key].entry.obsolete):
            order += waiting
            waiting = []
        order.append(key)
        waiting += behind.get(key, ())
    return order + waiting


# --------------------------------------------------------------------------- header and tail


def _header(
    base: PoRecord | None, ours: PoRecord | None, theirs: PoRecord | None
) -> PoRecord | None:
    """Return the header merged field by field."""
    if ours is None or theirs is None:
        return ours or theirs
    if _says_the_same(theirs, base) or _says_the_same(ours, theirs):
        return ours
    start = base or PoRecord(Entry(msgid=""))
    entry = replace(
        ours.entry,
        msgstrs=(_fields(start.entry, ours.entry, theirs.entry),),
        comments=_lines(start.entry.comments, ours.entry.comments, theirs.entry.comments),
        flags=_lines(start.entry.flags, ours.entry.flags, theirs.entry.flags),
    )
    return _settled(entry, _lines(start.unknown, ours.unknown, theirs.unknown), ours, theirs)


_Name = tuple[str, int]
_DATE: _Name = ("po-revision-date", 0)
_TRANSLATOR: _Name = ("last-translator", 0)
_OF_OURS: tuple[_Name, ...] = (("content-type", 0), ("content-transfer-encoding", 0))
"""These fields name the charset of the file, which is that of ours."""


def _fields(base: Entry, ours: Entry, theirs: Entry) -> str:
    """Return the lines of the header; the translator is the one of the later revision date."""
    before, mine, other = (_by_name(entry.msgstr) for entry in (base, ours, theirs))
    names = dict.fromkeys((*mine, *other))
    lines = {name: _three_way(before.get(name), mine.get(name), other.get(name)) for name in names}
    lines |= {name: mine[name] for name in _OF_OURS if name in mine}
    dates = _date(mine.get(_DATE, "")), _date(other.get(_DATE, ""))
    if dates[0] != dates[1]:
        later = mine if dates[0] > dates[1] else other
        lines |= {name: later.get(name) for name in (_DATE, _TRANSLATOR)}
    return "".join(f"{line}\n" for line in lines.values() if line is not None)


def _by_name(header: str) -> dict[_Name, str]:
    """Return the lines of the header by name, in lower case, and by how often it came before."""
    lines: dict[_Name, str] = {}
    for line in header.removesuffix("\n").split("\n"):
        name = line.partition(":")[0].strip().lower()
        number = next(n for n in range(len(lines) + 1) if (name, n) not in lines)
        lines[name, number] = line
    return lines


def _date(line: str) -> datetime:
    """Return the time in a header line, the earliest possible if it has none."""
    try:
        moment = datetime.fromisoformat(line.partition(":")[2].strip())
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _tail(texts: Sequence[str], newline: str) -> str:
    """Return the text after the last entry, with the lines of both sides."""
    base, ours, theirs = texts
    if ours in (base, theirs) or theirs == base:
        return _three_way(base, ours, theirs)
    lines = _lines(*(text.removesuffix(newline).split(newline) for text in texts))
    return "".join(line + newline for line in lines)
