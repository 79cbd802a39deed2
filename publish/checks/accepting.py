"""Accepted findings: comments `# ok: CODE`, by which a translator accepts one finding of a text.

When such a comment is first read, a digest of source and translation is added to it:
`# ok: number-missing 3fa9c1`.  If the text changes afterwards, the digest no longer fits and the
acceptance no longer counts.  For a corrected source the digest covers the correction too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from publish.checks.findings import report_at_entry
from publish.errors import did_you_mean
from publish.model import Catalog, Entry, Finding, Key, Level
from publish.po.pofile import PoFile, replace_entry

__all__ = [
    "NO_CORRECTIONS",
    "Acceptance",
    "Corrections",
    "acceptances",
    "corrected_by",
    "digest_entry",
    "judge_acceptances",
    "list_accepted_codes",
    "restamp_entry",
    "stamp_entry",
    "stamp_file",
]

Corrections = Mapping[Key, str]
"""The corrected wordings of sentences of the source."""

NO_CORRECTIONS: Corrections = {}
SUPERSEDED = "source-superseded"
COMMENT = re.compile(r"\s*ok:\s*([a-z]+(?:-[a-z]+)*)(?:\s+([0-9a-f]{6}))?\s*")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An accepted code and the digest of the text it was accepted for, empty if not set yet."""

    code: str
    digest: str = ""


def acceptances(entry: Entry) -> tuple[Acceptance, ...]:
    """Return the acceptances in the comments of an entry."""
    if not entry.comments:
        return ()
    found = (COMMENT.fullmatch(comment) for comment in entry.comments)
    return tuple(Acceptance(match[1], match[2] or "") for match in found if match)


def corrected_by(corrections: Catalog | None) -> Corrections:
    """Return the corrections in the catalog of the source's own language."""
    if corrections is None:
        return NO_CORRECTIONS
    return {key: one.msgstr for key, one in corrections.active().items() if one.translated}


def digest_entry(entry: Entry, code: str, corrected: Corrections = NO_CORRECTIONS) -> str:
    """Return a digest of an entry's source and translation: six hexadecimal digits.

    For `source-superseded` it covers the correction of the source too.
    """
    text = "\0".join((entry.context or "", entry.msgid, *entry.msgstrs))
    if code == SUPERSEDED:
        text += f"\0{corrected.get(entry.key, '')}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def list_accepted_codes(entry: Entry, corrected: Corrections = NO_CORRECTIONS) -> frozenset[str]:
    """Return the codes that are accepted for the present text of an entry."""
    found = acceptances(entry)
    return frozenset(one.code for one in found if _holds(one, entry, corrected))


def _holds(one: Acceptance, entry: Entry, corrected: Corrections) -> bool:
    return not one.digest or one.digest == digest_entry(entry, one.code, corrected)


def stamp_entry(
    entry: Entry, known: Collection[str], corrected: Corrections = NO_CORRECTIONS
) -> Entry:
    """Return the entry with a digest in every comment that accepts a known code without one.

    A fuzzy or untranslated entry stays as it is: it has no text that could be accepted.
    """
    return _written(entry, lambda one: one.code in known and not one.digest, corrected)


def stamp_file(
    po: PoFile, known: Collection[str], corrected: Corrections = NO_CORRECTIONS
) -> PoFile:
    """Return the file with its acceptances stamped; entries without any keep their bytes."""
    return replace(
        po,
        records=tuple(
            replace_entry(record, stamp_entry(record.entry, known, corrected))
            if record.entry.comments
            else record
            for record in po.records
        ),
    )


def restamp_entry(before: Entry, after: Entry, corrected: Corrections = NO_CORRECTIONS) -> Entry:
    """Return an entry that a safe fix has changed, with the same findings accepted."""
    held = list_accepted_codes(before, corrected)
    return _written(after, lambda one: one.code in held and bool(one.digest), corrected)


def _written(entry: Entry, wanted: Callable[[Acceptance], bool], corrected: Corrections) -> Entry:
    """Return the entry with its present digest in the comments for which `wanted` is true."""
    if not entry.translated or entry.obsolete:
        return entry
    lines = []
    for comment in entry.comments:
        match = COMMENT.fullmatch(comment)
        if match and wanted(Acceptance(match[1], match[2] or "")):
            lines.append(f"ok: {match[1]} {digest_entry(entry, match[1], corrected)}")
        else:
            lines.append(comment)
    return replace(entry, comments=tuple(lines))


def judge_acceptances(
    entry: Entry, known: Collection[str], corrected: Corrections = NO_CORRECTIONS
) -> Iterator[Finding]:
    """Yield advice on acceptances that no longer count or that name an unknown code.

    Codes: `accepted-lapsed`; `accepted-unknown` for a code that is not in `known`.
    """
    for one in acceptances(entry):
        if one.code not in known:
            yield report_at_entry(
                entry,
                "accepted-unknown",
                f"no finding called {one.code} can be accepted",
                did_you_mean(one.code, known) if known else "",
                Level.ADVICE,
            )
        elif not _holds(one, entry, corrected):
            yield report_at_entry(
                entry,
                "accepted-lapsed",
                f"{one.code} was accepted for an earlier version of this text",
                f"read it again, then delete the comment or its digest: # ok: {one.code}",
                Level.ADVICE,
            )
