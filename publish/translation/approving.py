"""What may be approved: sentences whose translation is confirmed and has no errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publish.errors import FindingsError, PublishError
from publish.model import Finding, Level, Span
from publish.reading.placewords import describe_location
from publish.reviews.verdicts import ReviewState, Subject, Verdict
from publish.translation.judging import judge
from publish.translation.loading import Loader
from publish.translation.reviewed import Reviewed

__all__ = ["Sorted", "approvable", "refuse_stale", "rejectable"]


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is decided on, and what is left out with the reason; errors that are among these."""

    taken: tuple[Verdict, ...]
    left: tuple[tuple[Verdict, str], ...] = ()
    errors: tuple[Finding, ...] = ()


def refuse_stale(found: Reviewed) -> None:
    """Raise PublishError `catalog-stale` where the catalog is older than its source."""
    lacking = found.translation.lacking
    if lacking:
        raise PublishError(
            f"the catalog is older than its source and lacks {len(lacking)} of its sentences",
            Span(found.translation.file, 1, 1),
            "run publish update, then review",
            code="catalog-stale",
        )


def rejectable(chosen: Sequence[Verdict]) -> Sorted:
    """Any translation can be rejected; raises PublishError where there is none."""
    for verdict in chosen:
        if not any(verdict.subject.head.msgstrs):
            raise _refused(verdict.subject, "it has no translation", "there is nothing to reject")
    return Sorted(tuple(chosen))


def approvable(loader: Loader, found: Reviewed, chosen: Sequence[Verdict]) -> Sorted:
    """Which of the chosen sentences can be approved.

    One alone that cannot raises PublishError.  Of several those are left out that cannot, or
    that somebody rejected; those whose approval holds are passed over.
    """
    errors = _errors(loader, found)
    alone = len(chosen) == 1
    taken: list[Verdict] = []
    left: list[tuple[Verdict, str]] = []
    shown: list[Finding] = []
    for verdict in chosen:
        wrong = [error for entry in verdict.subject.entries for error in errors.get(entry.key, ())]
        why = _hindrance(verdict, wrong, alone=alone)
        if why and alone:
            raise _unready(verdict.subject, why, wrong)
        if why:
            left.append((verdict, why))
            shown += wrong
        elif alone or verdict.state is not ReviewState.APPROVED:
            taken.append(verdict)
    return Sorted(tuple(taken), tuple(left), tuple(shown))


def _hindrance(verdict: Verdict, errors: Sequence[Finding], *, alone: bool) -> str:
    subject = verdict.subject
    if not all(any(entry.msgstrs) for entry in subject.entries):
        return "not translated"
    if not subject.confirmed:
        return "not confirmed (fuzzy)"
    if errors:
        return "with errors"
    if verdict.state is ReviewState.REJECTED and not alone:
        return "rejected: approve each by its own place"
    return ""


def _errors(loader: Loader, found: Reviewed) -> dict[object, list[Finding]]:
    """The findings of level error by the key of the entry they stand at."""
    translation = found.translation
    findings = judge(loader, translation).findings
    by_key: dict[object, list[Finding]] = {}
    for one in findings:
        here = one.span is not None and one.span.file == translation.file
        if one.level is Level.ERROR and here:
            by_key.setdefault(one.key, []).append(one)
    return by_key


def _unready(subject: Subject, why: str, errors: Sequence[Finding]) -> PublishError:
    if errors:
        message = f"{describe_location(subject.location)} is not approved: it has errors"
        hint = "correct them, or accept a text that is right with a comment: # ok: CODE"
        return FindingsError(message, errors, hint, code="review")
    return _refused(subject, f"it is {why}", "a translator has to confirm it first")


def _refused(subject: Subject, why: str, hint: str) -> PublishError:
    head = subject.head
    line = head.msgstr_line or head.span.first
    span = Span(head.span.file, line, line) if line else None
    return PublishError(f"{describe_location(subject.location)}: {why}", span, hint, code="review")
