"""`# ok: CODE`: a translator's word that a finding is right for one text and no other.

The comment gets a digest of source and translation, `# ok: number-missing 3fa9c1`, when it is
first seen.  A text that changes afterwards no longer has that digest: the acceptance lapses.
What is accepted of a corrected source is accepted for one wording of the correction.
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
    "NOTHING",
    "Acceptance",
    "Corrected",
    "acceptances",
    "accepted_codes",
    "corrected_by",
    "digest",
    "judge_acceptances",
    "restamped",
    "stamped",
    "stamped_file",
]

Corrected = Mapping[Key, str]
"""The corrected wordings of sentences of the source."""

NOTHING: Corrected = {}
SUPERSEDED = "source-superseded"
COMMENT = re.compile(r"\s*ok:\s*([a-z]+(?:-[a-z]+)*)(?:\s+([0-9a-f]{6}))?\s*")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A code that is accepted and the digest of the text it holds for, empty if not yet set."""

    code: str
    digest: str = ""


def acceptances(entry: Entry) -> tuple[Acceptance, ...]:
    """Return what the comments of an entry accept."""
    if not entry.comments:
        return ()
    found = (COMMENT.fullmatch(comment) for comment in entry.comments)
    return tuple(Acceptance(match[1], match[2] or "") for match in found if match)


def corrected_by(corrections: Catalog | None) -> Corrected:
    """Return what the catalog of the source's own language corrects."""
    if corrections is None:
        return NOTHING
    return {key: one.msgstr for key, one in corrections.active().items() if one.translated}


def digest(entry: Entry, code: str, corrected: Corrected = NOTHING) -> str:
    """Return six hexadecimal digits that differ when the source or the translation does.

    For `source-superseded` they differ when the correction does, too.
    """
    text = "\0".join((entry.context or "", entry.msgid, *entry.msgstrs))
    if code == SUPERSEDED:
        text += f"\0{corrected.get(entry.key, '')}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def accepted_codes(entry: Entry, corrected: Corrected = NOTHING) -> frozenset[str]:
    """Return the codes that are accepted for the text as it now stands."""
    found = acceptances(entry)
    return frozenset(one.code for one in found if _holds(one, entry, corrected))


def _holds(one: Acceptance, entry: Entry, corrected: Corrected) -> bool:
    return not one.digest or one.digest == digest(entry, one.code, corrected)


def stamped(entry: Entry, known: Collection[str], corrected: Corrected = NOTHING) -> Entry:
    """Return the entry with a digest in every comment that accepts a known code without one.

    A fuzzy or untranslated entry stays as it is: there is no text yet to vouch for.
    """
    return _written(entry, lambda one: one.code in known and not one.digest, corrected)


def stamped_file(po: PoFile, known: Collection[str], corrected: Corrected = NOTHING) -> PoFile:
    """Return the file with its acceptances stamped; whatever has none keeps its bytes."""
    return replace(
        po,
        records=tuple(
            replace_entry(record, stamped(record.entry, known, corrected))
            if record.entry.comments
            else record
            for record in po.records
        ),
    )


def restamped(before: Entry, after: Entry, corrected: Corrected = NOTHING) -> Entry:
    """Return an entry that a safe repair has changed; what was accepted stays accepted."""
    held = accepted_codes(before, corrected)
    return _written(after, lambda one: one.code in held and bool(one.digest), corrected)


def _written(entry: Entry, wanted: Callable[[Acceptance], bool], corrected: Corrected) -> Entry:
    """Return the entry with its present digest in the comments that are wanted."""
    if not entry.translated or entry.obsolete:
        return entry
    lines = []
    for comment in entry.comments:
        match = COMMENT.fullmatch(comment)
        if match and wanted(Acceptance(match[1], match[2] or "")):
            lines.append(f"ok: {match[1]} {digest(entry, match[1], corrected)}")
        else:
            lines.append(comment)
    return replace(entry, comments=tuple(lines))


def judge_acceptances(
    entry: Entry, known: Collection[str], corrected: Corrected = NOTHING
) -> Iterator[Finding]:
    """Yield advice on acceptances that lapsed (`accepted-lapsed`) or name nothing to be accepted.

    `known` are the codes that can be accepted; another one is `accepted-unknown`.
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
                f"{one.code} was accepted for another text than this",
                f"read it again, then delete the comment or its digest: # ok: {one.code}",
                Level.ADVICE,
            )
