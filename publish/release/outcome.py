"""Say in words what was verified of a release and what was not, and what a release is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from publish.languages.cldr import format_long_date
from publish.languages.registry import find
from publish.release.attesting import describe_attestations
from publish.release.trust.files import Trust, read_trust
from publish.release.trust.meeting import Meeting
from publish.release.verifying import VerifiedRelease
from publish.signatures.minisign import SecretKey, write_public_line

__all__ = ["describe_outcome", "describe_release"]

NOT_PROVED = (
    "Not proved: who made them. Name the publisher's key, from a source you trust: --key PUBKEY"
)
UNNUMBERED = "They have no number, so nothing shows whether they are the newest."
WAITING = frozenset({"release-threshold", "release-signature"})


def describe_outcome(
    found: VerifiedRelease, name: str, meeting: Meeting | None = None, *, named: bool
) -> str:
    """Return in words what was verified of a release and what was not.

    `name` is what it is called; `named` says that the key was given, not found beside the files.
    """
    codes = {one.code for one in found.errors}
    if "release-threshold" in codes and codes <= WAITING:
        return f"{name}: NOT SIGNED by all who must sign. Do not use or pass on this copy yet."
    if found.errors:
        return f"{name}: CHANGED since its release. Do not use or pass on this copy."
    if meeting and meeting.errors:
        return f"{name}: NOT PROVED. Do not use or pass on this copy."
    whole = f"{name}: all {found.files} files are as they were released"
    whole = "\n".join((whole, *describe_attestations(found.attestations, found.manifest)))
    if found.trust and meeting and meeting.proved:
        return f"{whole}\n{_describe_known(found, found.trust, meeting, named=named)}"
    if found.key and named:
        said = f"They are signed with the key you named, {found.key.id}: its owner released them."
        return f"{whole}\n{said}\n{UNNUMBERED}"
    if found.key:
        said = (
            f"They are signed with the key {found.key.id}, which lies beside them. Whoever forges"
            " files can\nalso put another key there. Compare it with the publisher's key from a"
            f" source you trust:\n{write_public_line(found.key)}"
        )
    elif found.signed:
        said = "They are signed, but there is no key to verify the signature with."
    else:
        said = "They are not signed: they are undamaged, but anyone can have made them."
    return f"{whole}\n{said}\n{NOT_PROVED}"


def _describe_known(found: VerifiedRelease, trust: Trust, meeting: Meeting, *, named: bool) -> str:
    key = found.key.id if found.key else ""
    owner = f"They are signed with the key {key}"
    if meeting.first:
        by = f"{owner}, by the publisher you named: from now on this one is known here."
    else:
        by = f"{owner}, by a publisher who is known here."
    if not meeting.remarks:
        day = _write_day(trust.timestamp.expires)
        by += f"\nThis is release {trust.timestamp.version}; it counts as the newest until {day}."
    return by


def _write_day(expires: str) -> str:
    return format_long_date(date.fromisoformat(expires[:10]), find("en"))


def describe_release(
    files: Mapping[str, bytes], shown: str, key: SecretKey | None
) -> Iterator[str]:
    """Yield the lines that say what a release is that was just written: its files and its number.

    `shown` is the path of its folder.
    """
    for name in sorted(files):
        yield f"{len(files[name]):>9}  {name}"
    if key is None:
        yield "not signed: readers can check that the files are undamaged, not who made them"
        yield f"next: publish verify {shown}"
        return
    yield f"signed with the key {key.public.id}"
    trust = read_trust(files)
    if trust:
        day = _write_day(trust.timestamp.expires)
        yield f"release {trust.timestamp.version}, which counts as the newest until {day}"
    if trust and trust.missing:
        yield "one more signature is needed: the other person runs publish release sign DIR"
    else:
        yield f"next: publish verify {shown} --key {write_public_line(key.public)}"
