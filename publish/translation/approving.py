"""Approve and reject: which sentences can be, and the ledger as it is then.

A sentence can be approved if its translation is confirmed and has no errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from publish.errors import FindingsError, PublishError
from publish.model import Finding, Level, Span
from publish.reading.locationwords import describe_location
from publish.reviews.ledger import Decision, record_rows
from publish.reviews.states import describe_sentence_count
from publish.reviews.subjects import Subject
from publish.reviews.trust import Lack, sign_row
from publish.reviews.verdicts import ReviewState, Verdict, make_row
from publish.signatures.minisign import SecretKey
from publish.signatures.reviewers import fold_reviewer
from publish.translation.judging import judge, judge_some
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = [
    "Selection",
    "record_decision",
    "refuse_stale_catalog",
    "select_approvable",
    "select_rejectable",
]


@dataclass(frozen=True, slots=True)
class Selection:
    """The sentences to decide on, those left out with the reason, and the errors in these."""

    taken: tuple[Verdict, ...]
    left: tuple[tuple[Verdict, str], ...] = ()
    errors: tuple[Finding, ...] = ()


def refuse_stale_catalog(translation: Translation) -> None:
    """Raise PublishError (code `catalog-stale`) if the catalog lacks sentences of its source."""
    lacking = translation.lacking
    if lacking:
        raise PublishError(
            f"the catalog lacks {describe_sentence_count(len(lacking))} of its source",
            Span(translation.file, 1, 1),
            "run publish update, then review the sentences",
            code="catalog-stale",
        )


def select_rejectable(chosen: Sequence[Verdict]) -> Selection:
    """Return the chosen sentences, all of which can be rejected.

    Raises PublishError (code `review`) for one without a translation.
    """
    for verdict in chosen:
        if not any(verdict.subject.head.msgstrs):
            raise _refused(
                verdict.subject,
                "it has no translation to reject",
                "choose a sentence that is translated",
            )
    return Selection(tuple(chosen))


def select_approvable(
    loader: Loader,
    translation: Translation,
    chosen: Sequence[Verdict],
    known: Iterable[Finding] | None = None,
    reviewer: str = "",
) -> Selection:
    """Return which of the chosen sentences can be approved, and why the others cannot.

    Of several, rejected ones are left out too, and those whose approval holds are skipped, unless
    they need one by this `reviewer`, too.  If a single sentence is chosen and cannot be approved,
    raises PublishError (code `review`).

    The whole catalog is judged, unless what was found in the chosen sentences is `known`.  Then
    they alone are judged again, by all rules that look at a sentence, and what is known counts too.
    """
    if known is None:
        findings: Iterable[Finding] = judge(loader, translation).findings
    else:
        keys = {entry.key for one in chosen for entry in one.subject.entries}
        findings = dict.fromkeys((*judge_some(loader, translation, keys), *known))
    errors = _errors(translation, findings)
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
        elif alone or verdict.state is not ReviewState.APPROVED or _adds(verdict, reviewer):
            taken.append(verdict)
    return Selection(tuple(taken), tuple(left), tuple(shown))


def _adds(verdict: Verdict, reviewer: str) -> bool:
    """Return whether an approved sentence needs one more approval, which is not by this reviewer.

    A name in other case is the same reviewer.
    """
    known = {fold_reviewer(row.reviewer) for row in verdict.rows}
    return verdict.lack is Lack.REVIEWER and fold_reviewer(reviewer) not in known


def record_decision(
    loader: Loader,
    translation: Translation,
    taken: Sequence[Verdict],
    state: Decision,
    words: tuple[str, str, str],
    key: SecretKey | None = None,
) -> Translation:
    """Write a decision on some sentences into the ledger; return the translation with it.

    `words` are the reviewer, the time and the reason; `key` is the reviewer's, to sign with.  What
    others decided meanwhile is kept.
    """
    rows = [make_row(one.subject, state, *words) for one in taken]
    if key is not None:
        name, tag = translation.name, translation.language.tag
        rows = [sign_row(row, name, tag, key) for row in rows]
    instead = [one.row for one in taken if one.row]
    now = loader.renew_ledger(translation)
    return loader.save_ledger(now, record_rows(now.ledger, rows, instead))


def _hindrance(verdict: Verdict, errors: Sequence[Finding], *, alone: bool) -> str:
    subject = verdict.subject
    if not all(any(entry.msgstrs) for entry in subject.entries):
        return "not translated"
    if not subject.confirmed:
        return "not confirmed (fuzzy)"
    if errors:
        return "with errors"
    if verdict.state is ReviewState.REJECTED and not alone:
        return "rejected: name each place alone to approve it"
    return ""


def _errors(translation: Translation, findings: Iterable[Finding]) -> dict[object, list[Finding]]:
    """Return the errors in a catalog by the key of their entry."""
    by_key: dict[object, list[Finding]] = {}
    for one in findings:
        here = one.span is not None and one.span.file == translation.file
        if one.level is Level.ERROR and here:
            by_key.setdefault(one.key, []).append(one)
    return by_key


def _unready(subject: Subject, why: str, errors: Sequence[Finding]) -> PublishError:
    if errors:
        message = f"{describe_location(subject.location)} is not approved: it has errors"
        hint = "fix them; if the text is right, accept a finding with the comment # ok: CODE"
        return FindingsError(message, errors, hint, code="review")
    return _refused(subject, f"it is {why}", "have a translator translate and confirm it first")


def _refused(subject: Subject, why: str, hint: str) -> PublishError:
    head = subject.head
    line = head.msgstr_line or head.span.first
    span = Span(head.span.file, line, line) if line else None
    return PublishError(f"{describe_location(subject.location)}: {why}", span, hint, code="review")
