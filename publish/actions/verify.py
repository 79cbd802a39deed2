"""Verify a release, and remember its publisher and the newest number that was seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from publish.actions.numbering import find_today
from publish.actions.readerwords import find_reader_words
from publish.errors import UsageError
from publish.model import Finding
from publish.project.locking import hold_folder
from publish.release.outcome import describe_outcome
from publish.release.trust.documents import make_fingerprint, read_root
from publish.release.trust.files import is_root_file
from publish.release.trust.meeting import Meeting, Proof, Seen, judge_meeting, say_sentence, vouches
from publish.release.trust.publishers import FILE, read_publishers, write_publishers
from publish.release.verifying import VerifiedRelease, verify_release
from publish.signatures.keyfiles import read_given_key
from publish.signatures.minisign import PublicKey
from publish.userfolders import find_data_folder

__all__ = ["Verification", "parse_today", "verify_and_remember"]

FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A verified release, and how it stands to what is remembered of its publisher.

    `named` says that the reader named a key; `lines` are what is to be told about it all.
    """

    release: VerifiedRelease
    meeting: Meeting | None
    named: bool
    lines: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings in the files, then those about the publisher."""
        return (*self.release.findings, *(self.meeting.findings if self.meeting else ()))

    @property
    def exit_code(self) -> int:
        """Return 0 only if nothing is wrong and the publisher is proved; 1 for an error, else 5."""
        if self.release.errors or (self.meeting and self.meeting.errors):
            return 1
        if self.meeting and (self.meeting.remarks or self.meeting.proved):
            return 5 if self.meeting.remarks else 0
        return self.release.exit_code(named=self.named)


def parse_today(text: str | None) -> date:
    """Return the day that was given, else that of the clock; raises UsageError for no day."""
    try:
        return date.fromisoformat(text) if text else find_today()
    except ValueError:
        raise UsageError(
            f"{text} is not a day", hint="write it as in --offline-date 2024-06-24"
        ) from None


def verify_and_remember(
    path: Path, given: str | None, today: date, environment: Mapping[str, str]
) -> Verification:
    """Verify a release or archive, with the key or the fingerprint that the reader gives.

    What is proved is remembered, so that the reader need not name the key again.  Raises UsageError
    for what is no key; PublishError (code `publishers`) if what is remembered is damaged.
    """
    proof, key = _read_proof(given)
    found = _verify(path, key)
    meeting, lines = (None, []) if found.errors else _meet(found, proof, today)
    lines = [describe_outcome(found, str(path), meeting, named=key is not None), *lines]
    words = find_reader_words(environment)
    if meeting and words:
        lines += [say_sentence(one, words) for one in meeting.remarks]
    return Verification(release=found, meeting=meeting, named=key is not None, lines=tuple(lines))


def _meet(found: VerifiedRelease, proof: Proof | None, today: date) -> tuple[Meeting, list[str]]:
    """Judge a release by what is remembered, and remember what it proves.

    Also returns a remark where nothing can be written, such as on a machine without a disk.
    """
    folder = find_data_folder()
    seen = Seen(trust=found.trust, key=found.key.data if found.key else None)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with hold_folder(folder):
            known = read_publishers(folder / FILE)
            meeting = judge_meeting(seen, proof, known, today)
            if meeting.publishers != known:
                write_publishers(folder / FILE, meeting.publishers)
    except OSError as error:
        known = read_publishers(folder / FILE) if (folder / FILE).is_file() else ()
        meeting = judge_meeting(seen, proof, known, today)
        told = f"nothing is remembered of this publisher: {folder}: {error.strerror}"
        return meeting, [told]
    return meeting, []


def _read_proof(given: str | None) -> tuple[Proof | None, PublicKey | None]:
    """Return what the reader gives as the proof of a publisher, and the key if it is one."""
    if not given:
        return None, None
    path = Path(given)
    if is_root_file(path.name) and path.is_file():
        root = read_root(path.read_bytes(), int(path.name.partition(".")[0]))
        return Proof(fingerprint=make_fingerprint(root)), None
    if FINGERPRINT.fullmatch(given.lower()):
        return Proof(fingerprint=given.lower()), None
    key = read_given_key(given)
    return Proof(key=key.data), key


def _verify(path: Path, key: PublicKey | None) -> VerifiedRelease:
    """Verify a release with the given key, or with another one of the same publisher.

    The list can be signed with another key than the one that the reader knows, as long as that
    one has signed the roots or the timestamp, which vouch for the list.
    """
    found = verify_release(path, key)
    if key and found.errors and found.trust and vouches(found.trust, key.data):
        return verify_release(path, None)
    return found
