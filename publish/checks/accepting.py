"""`# ok: CODE`: a translator's word that a finding is right for one text and no other.

The comment gets a digest of source and translation, `# ok: number-missing 3fa9c1`, when it is
first seen.  A text that changes afterwards no longer has that digest: the acceptance lapses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from publish.catalogs.pofile import PoFile, changed
from publish.checks.structure import finding
from publish.errors import did_you_mean
from publish.model import Entry, Finding, Level

__all__ = [
    "Acceptance",
    "acceptances",
    "accepted_codes",
    "digest",
    "judge",
    "restamped",
    "stamped",
    "stamped_file",
]

COMMENT = re.compile(r"\s*ok:\s*([a-z]+(?:-[a-z]+)*)(?:\s+([0-9a-f]{6}))?\s*")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A code that is accepted and the digest of the text it holds for, empty if not yet set."""

    code: str
    digest: str = ""


def acceptances(entry: Entry) -> tuple[Acceptance, ...]:
    """What the comments of an entry accept."""
    if not entry.comments:
        return ()
    found = (COMMENT.fullmatch(comment) for comment in entry.comments)
    return tuple(Acceptance(match[1], match[2] or "") for match in found if match)


def digest(entry: Entry) -> str:
    """Six hexadecimal digits that differ when the source or the translation does."""
    text = "\0".join((entry.context or "", entry.msgid, *entry.msgstrs))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def accepted_codes(entry: Entry) -> frozenset[str]:
    """The codes that are accepted for the text as it now stands."""
    found = acceptances(entry)
    if not found:
        return frozenset()
    now = digest(entry)
    return frozenset(one.code for one in found if one.digest in {"", now})


def stamped(entry: Entry, known: Collection[str]) -> Entry:
    """The entry with a digest in every comment that accepts a known code without one.

    A fuzzy or untranslated entry stays as it is: there is no text yet to vouch for.
    """
    return _written(entry, lambda one: one.code in known and not one.digest)


def stamped_file(po: PoFile, known: Collection[str]) -> PoFile:
    """The file with its acceptances stamped; whatever has none keeps its bytes."""
    return replace(
        po,
        records=tuple(
            changed(record, stamped(record.entry, known)) if record.entry.comments else record
            for record in po.records
        ),
    )


def restamped(before: Entry, after: Entry) -> Entry:
    """An entry whose translation a safe repair has changed: what was accepted stays accepted."""
    held = accepted_codes(before)
    return _written(after, lambda one: one.code in held and bool(one.digest))


def _written(entry: Entry, wanted: Callable[[Acceptance], bool]) -> Entry:
    """The entry with its present digest in the comments that are wanted."""
    if not entry.translated or entry.obsolete:
        return entry
    lines = []
    for comment in entry.comments:
        match = COMMENT.fullmatch(comment)
        if match and wanted(Acceptance(match[1], match[2] or "")):
            lines.append(f"ok: {match[1]} {digest(entry)}")
        else:
            lines.append(comment)
    return replace(entry, comments=tuple(lines))


def judge(entry: Entry, known: Collection[str]) -> Iterator[Finding]:
    """Advice on acceptances that lapsed (`accepted-lapsed`) or name nothing to be accepted.

    `known` are the codes that can be accepted; another one is `accepted-unknown`.
    """
    found = acceptances(entry)
    now = digest(entry) if found else ""
    for one in found:
        if one.code not in known:
            yield finding(
                entry,
                "accepted-unknown",
                f"no finding called {one.code} can be accepted",
                did_you_mean(one.code, known) if known else "",
                Level.ADVICE,
            )
        elif one.digest not in {"", now}:
            yield finding(
                entry,
                "accepted-lapsed",
                f"{one.code} was accepted for another text than this",
                f"read it again, then delete the comment or its digest: # ok: {one.code}",
                Level.ADVICE,
            )
