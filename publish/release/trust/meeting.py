"""Judge a release by what is remembered of its publisher, and by the day.

The release itself was verified before: here its documents are whole and belong to its files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from publish.editions.page.interface import Interface, make_interface, plain_text
from publish.languages.cldr import format_long_date
from publish.languages.registry import find
from publish.model import Finding, Level
from publish.release.trust.documents import (
    Root,
    Timestamp,
    is_same_chain,
    make_fingerprint,
    write_expiry,
)
from publish.release.trust.files import Trust
from publish.release.trust.publisher import LONGEST
from publish.release.trust.publishers import Publisher, find_by_key, find_publisher, remember
from publish.release.trust.signing import count_missing, find_signers

__all__ = ["Meeting", "Proof", "Seen", "judge_meeting", "say_sentence", "vouches"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the reader named: a public key (32 bytes), or the digest of a root of the publisher."""

    key: bytes | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is verified of a release: its documents, if it has any, and the key of its signature."""

    trust: Trust | None
    key: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is to be said of a release: a code, the fields of its sentence, and what to do."""

    code: str
    level: Level
    hint: str
    number: int = 0
    highest: int = 0
    day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """How a release stands to what is remembered.

    `proved` says that it is from a publisher who was known or is proved now, `first` that it was
    not known before.  `publishers` is what is to be remembered.
    """

    remarks: tuple[Remark, ...]
    proved: bool
    first: bool
    publishers: tuple[Publisher, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the remarks as findings, in English."""
        english = make_interface(find("en"), ())
        return tuple(
            Finding(
                code=one.code,
                level=one.level,
                message=say_sentence(one, english),
                hint=one.hint,
            )
            for one in self.remarks
        )

    @property
    def errors(self) -> bool:
        """Whether a remark is an error: somebody else may have made the release."""
        return any(one.level is Level.ERROR for one in self.remarks)


def judge_meeting(
    seen: Seen, proof: Proof | None, publishers: tuple[Publisher, ...], today: date
) -> Meeting:
    """Judge an intact release by the publishers that are known.

    Law: a release that is older than one that was seen, signed with a withdrawn key, expired, of a
    fork of roots, or of a publisher who is neither known nor proved, has a remark.
    """
    trust = seen.trust
    if trust is None:
        return _judge_unnumbered(seen, publishers)
    known = find_publisher(publishers, trust.roots)
    if known is None:
        remarks = [*_first_meeting(seen, trust, proof), *_days(trust, None, today)]
        proved = not any(one.code in PROOFS for one in remarks)
        kept = remember(publishers, None, trust) if proved else publishers
        return Meeting(remarks=tuple(remarks), proved=proved, first=True, publishers=kept)
    remarks = [*_breaches(trust, known, proof), *_days(trust, known, today)]
    proved = not any(one.level is Level.ERROR for one in remarks)
    kept = remember(publishers, known, trust) if proved else publishers
    return Meeting(remarks=tuple(remarks), proved=proved, first=False, publishers=kept)


def _judge_unnumbered(seen: Seen, publishers: tuple[Publisher, ...]) -> Meeting:
    """Judge a release without documents: from a publisher who is known, it is an old one."""
    known = find_by_key(publishers, seen.key) if seen.key else None
    if known is None:
        return Meeting(remarks=(), proved=False, first=True, publishers=publishers)
    withdrawn = seen.key not in known.roots[-1].keys
    remarks = (
        Remark(code="release-key-withdrawn", level=Level.ERROR, hint=ASK)
        if withdrawn
        else Remark(code="release-older", level=Level.WARNING, hint=NEWER, highest=known.highest)
    )
    return Meeting(remarks=(remarks,), proved=False, first=False, publishers=publishers)


ASK = "do not use this copy or pass it on; ask the publisher, in person or by telephone"
NEWER = "get the newest release, if you can from another place"
PROOFS = frozenset({"publisher-unknown", "release-key-withdrawn"})


def vouches(trust: Trust, key: bytes) -> bool:
    """Return whether a key itself has signed one of the roots, or the timestamp.

    That a root lists a key says nothing: anybody can list the key of somebody else.
    """
    documents: tuple[Root | Timestamp, ...] = (*trust.roots, trust.timestamp)
    return any(key in find_signers(one, [key]) for one in documents)


def _first_meeting(seen: Seen, trust: Trust, proof: Proof | None) -> Iterator[Remark]:
    if proof and proof.fingerprint:
        if proof.fingerprint in map(make_fingerprint, trust.roots):
            return
    elif proof and proof.key and (proof.key == seen.key or vouches(trust, proof.key)):
        if proof.key not in trust.root.keys:
            yield _named_key_withdrawn()
        return
    hint = (
        "get the publisher's key from a source you trust, in person or in print, and run the"
        " command again with --key PUBKEY: from then on this publisher is known here"
    )
    yield Remark(code="publisher-unknown", level=Level.WARNING, hint=hint)


def _named_key_withdrawn() -> Remark:
    hint = "the key that you named was withdrawn: ask the publisher for the new one"
    return Remark(code="release-key-withdrawn", level=Level.WARNING, hint=hint)


def _breaches(trust: Trust, known: Publisher, proof: Proof | None) -> Iterator[Remark]:
    """Yield what does not go together with what is known of a publisher."""
    if not is_same_chain(trust.roots, known.roots):
        yield Remark(code="release-forked", level=Level.ERROR, hint=ASK)
        return
    last = max(trust.roots, known.roots, key=len)[-1]
    if find_signers(trust.timestamp, trust.root.keys) - set(last.keys):
        yield Remark(code="release-key-withdrawn", level=Level.ERROR, hint=ASK)
    elif count_missing(trust.timestamp, last):
        yield Remark(code="release-threshold", level=Level.ERROR, hint=ASK)
    elif proof and proof.key and proof.key not in last.keys:
        yield _named_key_withdrawn()
    if trust.timestamp.version < known.highest:
        yield Remark(
            code="release-older",
            level=Level.WARNING,
            hint=NEWER,
            number=trust.timestamp.version,
            highest=known.highest,
        )


def _days(trust: Trust, known: Publisher | None, today: date) -> Iterator[Remark]:
    """Yield that a release has expired, or that the clock shows a day that cannot be.

    No release counts as the newest for more than LONGEST days, so it was made at most so long
    before it expires.
    """
    expires = min(trust.timestamp.expires, trust.root.expires)
    latest = max(trust.timestamp.expires, known.expires if known else "")
    if expires <= write_expiry(today):
        hint = f"{NEWER}; if the clock of this machine is wrong, name the day: --offline-date"
        yield Remark(code="release-expired", level=Level.WARNING, hint=hint, day=expires[:10])
    elif today < date.fromisoformat(latest[:10]) - timedelta(days=LONGEST):
        hint = "set the clock, or name the day: --offline-date 2024-06-24"
        day = today.isoformat()
        yield Remark(code="clock-wrong", level=Level.WARNING, hint=hint, day=day)


def say_sentence(remark: Remark, interface: Interface) -> str:
    """Return what a remark says, in the language of an interface."""
    day = date.fromisoformat(remark.day) if remark.day else None
    shown = format_long_date(day, interface.language) if day else ""
    words = _find_words(remark, interface)
    return words.format(number=remark.number, highest=remark.highest, day=shown)


def _find_words(remark: Remark, interface: Interface) -> str:
    if remark.code == "release-older" and not remark.number:
        return plain_text(
            interface,
            "This release has no number, and you have seen release {highest} of its publisher:"
            " this one is older. Somebody may be keeping the newer one from you.",
        )
    return {
        "release-older": plain_text(
            interface,
            "This is release {number} of its publisher, and you have seen release {highest}:"
            " this one is older. Somebody may be keeping the newer one from you.",
        ),
        "release-key-withdrawn": plain_text(
            interface,
            "A key of this release was withdrawn by its publisher. Whoever has the key now could"
            " have made this release.",
        ),
        "release-threshold": plain_text(
            interface, "This release has fewer signatures than its publisher now demands."
        ),
        "release-expired": plain_text(
            interface,
            "This release counted as the newest until {day}. Ask the publisher whether there is"
            " a newer one.",
        ),
        "release-forked": plain_text(
            interface,
            "This release has another list of the publisher's keys than the one you know under"
            " the same number. Somebody may be posing as the publisher.",
        ),
        "publisher-unknown": plain_text(
            interface,
            "You meet this publisher for the first time, so nothing here shows who made the files.",
        ),
        "clock-wrong": plain_text(
            interface,
            "The clock of this machine says {day}, and this release was made later than that.",
        ),
    }[remark.code]
