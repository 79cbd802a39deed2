"""List reviews, approve and reject sentences, and prune ledgers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum, auto
from typing import Literal

from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.worklimits import limit_work
from publish.errors import UsageError
from publish.files import write_atomic
from publish.languages.language import Language
from publish.model import Entry, Finding
from publish.project.workspace import Workspace
from publish.reviews.choosing import find_at_places, is_typo_only, is_typographic_only
from publish.reviews.ledger import (
    Decision,
    ReviewRow,
    dump_ledger,
    explain_wrong_reason,
    write_time,
)
from publish.reviews.verdicts import (
    ReviewState,
    Verdict,
    find_unused_rows,
    needs_reviewer,
)
from publish.signatures.minisign import SecretKey
from publish.signatures.reviewers import explain_wrong_reviewer
from publish.translation.approving import (
    Selection,
    record_decision,
    refuse_stale_catalog,
    select_approvable,
    select_rejectable,
)
from publish.translation.loading import Loader
from publish.translation.reviewed import (
    ReviewedTranslation,
    ReviewList,
    find_approved_texts,
    review_translation,
)

__all__ = [
    "PrunedLedger",
    "ReviewDecision",
    "SentenceChoice",
    "SentenceGroup",
    "approve",
    "check_request",
    "check_words",
    "find_subject",
    "list_reviews",
    "parse_day",
    "prune_ledgers",
    "reject",
    "review_all",
    "review_one",
]


class SentenceGroup(Enum):
    """A group of sentences to approve together.

    `ALL`: all that can be approved.  `UNCHANGED`: those in which only typography or the context
    changed since their approval.  `TYPO`: those in which only small slips were corrected.
    """

    ALL = auto()
    UNCHANGED = auto()
    TYPO = auto()


SentenceChoice = SentenceGroup | tuple[str, ...]
"""The sentences to approve: a group, or those at some places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """A decision that was recorded, or would be; `file` is the ledger, as shown in messages.

    For accepted sentences it is the catalog; `signed` are earlier decisions.  `left` are sentences
    that were left out, with the reason; `errors` are findings in them.  `unsigned` says that the
    reviewer has a key, and did not sign.
    """

    file: str
    state: Decision | Literal["accepted", "signed"]
    taken: tuple[Verdict, ...]
    left: tuple[tuple[Verdict, str], ...] = ()
    errors: tuple[Finding, ...] = ()
    unsigned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrunedLedger:
    """The number of rows of a ledger, and of those that were dropped, or would be."""

    file: str
    rows: int
    dropped: int


# --------------------------------------------------------------------------- listing


def list_reviews(
    loader: Loader,
    names: Iterable[str] = (),
    languages: Iterable[str] = (),
    *,
    states: Collection[ReviewState] = (),
    doubts: bool = False,
    whole: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
) -> tuple[ReviewList, ...]:
    """Return the reviews of documents in languages; without names, of all that have a catalog.

    `states` selects the sentences to show.  Without states, all are shown if `whole` is set, else
    those that need a reviewer or were imported.  With `doubts`, only those of them that have a
    doubt.  Unless `whole` is set, sentences with a doubt come first and imported ones last, the
    least sure of these first.  Raises PublishError for a document that goes beyond the `limits`.
    """
    lists = []
    for found in review_all(loader, names, languages, limits):
        shown = _shown(found, states, doubts=doubts, whole=whole)
        with limit_work(_reading(found.translation.name, found.translation.language), limits):
            past = _approved_texts(loader, found, shown)
        lists.append(ReviewList(reviewed=found, shown=tuple(shown), past=past))
    return tuple(lists)


def review_all(
    loader: Loader, names: Iterable[str], languages: Iterable[str], limits: EditionLimits
) -> list[ReviewedTranslation]:
    """Return the reviews of documents in languages; without names, of all that have a catalog."""
    workspace = loader.workspace
    targets = workspace.target_languages(languages)
    found = []
    for name, language in ((name, one) for name in workspace.documents(names) for one in targets):
        with limit_work(_reading(name, language), limits):
            translation = loader.translation(name, language)
            if translation.po is not None:
                found.append(review_translation(translation))
    return found


def _reading(name: str, language: Language) -> str:
    return f"reading {name} in {language.tag}"


def _shown(
    found: ReviewedTranslation, states: Collection[ReviewState], *, doubts: bool, whole: bool
) -> Sequence[Verdict]:
    shown: Sequence[Verdict] = found.verdicts
    if states:
        shown = [one for one in shown if one.state in states]
    elif not whole:
        shown = [one for one in shown if needs_reviewer(one) or one.subject.sureness is not None]
    if doubts:
        shown = [one for one in shown if one.subject.doubts]
    return shown if whole else sorted(shown, key=_urgency)


def _urgency(verdict: Verdict) -> tuple[bool, int]:
    """Return what lists are sorted by: doubts, then all others, then imported ones."""
    subject = verdict.subject
    return (not subject.doubts, -1 if subject.sureness is None else subject.sureness)


def _approved_texts(
    loader: Loader, found: ReviewedTranslation, shown: Iterable[Verdict]
) -> dict[ReviewRow, Entry]:
    lapsed = [one.row for one in shown if one.row and one.state is ReviewState.LAPSED]
    translation = found.translation
    return find_approved_texts(loader.workspace, translation.language, translation.name, lapsed)


# --------------------------------------------------------------------------- deciding


def check_request(
    action: str | None, places: Sequence[str], *, bulk: bool, doubts: bool, signing: bool = False
) -> None:
    """Raise UsageError for an action, places and choices that do not go together.

    `bulk` says that the sentences are chosen by their state, `doubts` that a list was asked for,
    `signing` that the decision is to be signed.
    """
    if action in ("approve", "accept"):
        if bool(places) == bulk:
            hint = f'publish review {action} "protection, sentence 3" -l ru --as editor'
            raise UsageError("name places, or one of --all, --unchanged and --typo", hint=hint)
    elif bulk:
        raise UsageError("--all, --unchanged and --typo go with approve")
    if signing and action not in ("approve", "reject"):
        raise UsageError("--sign goes with approve and reject", hint="publish review sign")
    if doubts and action:
        raise UsageError("--doubts goes with the list", hint="publish review --doubts -l ru")
    if action in (None, "prune") and places:
        raise UsageError("places go with approve and reject")


def approve(
    loader: Loader,
    name: str,
    language: str,
    choice: SentenceChoice,
    *,
    reviewer: str,
    day: date | None = None,
    reason: str = "",
    key: SecretKey | None = None,
    dry_run: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
) -> ReviewDecision:
    """Record the approval of sentences; a rejected sentence must be named by its own place.

    `language` is a tag, `reviewer` a role or a pseudonym, `day` by default now, to the second.
    `key` is the reviewer's, to sign with.
    Raises PublishError if the only sentence cannot be approved (of several, it is left out), and
    for a catalog that is missing or older than its source.  Raises UsageError for an unknown
    place and for a reviewer, day or reason that is not allowed.  What goes beyond the `limits` is a
    PublishError, and nothing is written.
    """
    when = check_words(reviewer, day, reason)
    with limit_work(f"checking {name} in {language}", limits):
        found = review_one(loader, name, language)
        chosen = _choose(loader, found, choice)
        done = select_approvable(loader, found.translation, chosen, reviewer=reviewer)
    words = (reviewer, when, reason)
    return _record(loader, found, done, "approved", words, key=key, dry_run=dry_run)


def reject(
    loader: Loader,
    name: str,
    language: str,
    places: Sequence[str],
    *,
    reviewer: str,
    reason: str,
    day: date | None = None,
    key: SecretKey | None = None,
    dry_run: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
) -> ReviewDecision:
    """Record the rejection of the sentences at some places, with the reason.

    Raises the errors of `approve`, and UsageError without a place or a reason.
    """
    if not places:
        raise UsageError("name the sentence", hint="publish review lists the places")
    if not reason.strip():
        raise UsageError("a rejection needs a reason", hint='--reason "what is wrong"')
    when = check_words(reviewer, day, reason)
    with limit_work(f"checking {name} in {language}", limits):
        found = review_one(loader, name, language)
        done = select_rejectable(find_at_places(found.verdicts, places))
    words = (reviewer, when, reason)
    return _record(loader, found, done, "rejected", words, key=key, dry_run=dry_run)


def parse_day(word: str | None) -> date | None:
    """Return the day that a word such as `2024-06-24` is, None for no word; raises UsageError."""
    try:
        return date.fromisoformat(word) if word else None
    except ValueError:
        hint = "write it as 2024-06-24"
        raise UsageError(f"{word!r} is not a date", hint=hint) from None


def find_subject(
    workspace: Workspace, documents: Iterable[str], languages: Iterable[str]
) -> tuple[str, str]:
    """Return the document and the language's tag that a decision is for.

    Either may be left out where the workspace has only one.  Raises UsageError if it is not clear
    which one is meant.
    """
    names, tags = workspace.documents(documents), workspace.target_languages(languages)
    if len(tags) != 1:
        raise UsageError("name the language", hint=f"-l TAG: {', '.join(one.tag for one in tags)}")
    if len(names) != 1:
        raise UsageError("name the document", hint=f"--document NAME: {', '.join(names)[:300]}")
    return names[0], tags[0].tag


def check_words(reviewer: str, day: date | None, reason: str) -> str:
    """Return the time of a decision for a ledger; raises UsageError for what it does not allow."""
    if why := explain_wrong_reviewer(reviewer):
        raise UsageError(
            f"the reviewer: {why}",
            hint="--as ROLE, a role or a pseudonym such as editor or second-reader: "
            "the ledger is passed on with the catalogs",
        )
    if why := explain_wrong_reason(reason):
        raise UsageError(f"the reason: {why}")
    now = datetime.now(UTC)
    # East of Greenwich it can be tomorrow already.
    if day is not None and day > now.date() + timedelta(days=1):
        raise UsageError(
            f"{day} is in the future", hint="give the day of the decision, or leave --date out"
        )
    return day.isoformat() if day else write_time(now)


def review_one(loader: Loader, name: str, tag: str) -> ReviewedTranslation:
    """Return the reviews of a document in a language; raises PublishError for a stale catalog."""
    (name,) = loader.workspace.documents([name])
    (language,) = loader.workspace.target_languages([tag])
    translation = loader.translation(name, language)
    if translation.po is None:
        raise translation.missing
    found = review_translation(translation)
    refuse_stale_catalog(found.translation)
    return found


def _choose(
    loader: Loader, found: ReviewedTranslation, choice: SentenceChoice
) -> Sequence[Verdict]:
    match choice:
        case SentenceGroup.ALL:
            return found.verdicts
        case SentenceGroup.UNCHANGED:
            return tuple(filter(is_typographic_only, found.verdicts))
        case SentenceGroup.TYPO:
            past = _approved_texts(loader, found, found.verdicts)
            known = [(one, past[one.row]) for one in found.verdicts if one.row in past]
            return tuple(one for one, entry in known if is_typo_only(one, entry))
        case places:
            return find_at_places(found.verdicts, places)


def _record(
    loader: Loader,
    found: ReviewedTranslation,
    done: Selection,
    state: Decision,
    words: tuple[str, str, str],
    *,
    key: SecretKey | None,
    dry_run: bool,
) -> ReviewDecision:
    workspace, translation = loader.workspace, found.translation
    path = workspace.ledger(translation.language, translation.name)
    if done.taken and not dry_run:
        record_decision(loader, translation, done.taken, state, words, key)
    return ReviewDecision(
        file=workspace.shown(path),
        state=state,
        taken=done.taken,
        left=done.left,
        errors=done.errors,
        unsigned=key is None and words[0] in workspace.settings.reviewers,
    )


# --------------------------------------------------------------------------- pruning


def prune_ledgers(
    loader: Loader,
    names: Iterable[str] = (),
    languages: Iterable[str] = (),
    *,
    dry_run: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
) -> tuple[PrunedLedger, ...]:
    """Drop the rows of sentences that are gone; return the ledgers that have rows.

    Raises PublishError if a catalog is older than its source, since rows could be lost, and if a
    document goes beyond the `limits`.
    """
    found = review_all(loader, names, languages, limits)
    return tuple(
        _prune(loader, one, dry_run=dry_run) for one in found if one.translation.ledger.rows
    )


def _prune(loader: Loader, found: ReviewedTranslation, *, dry_run: bool) -> PrunedLedger:
    translation = found.translation
    ledger = translation.ledger
    gone = set(find_unused_rows(ledger, found.verdicts))
    path = loader.workspace.ledger(translation.language, translation.name)
    if gone and not dry_run:
        refuse_stale_catalog(found.translation)
        kept = tuple(row for row in ledger.rows if row not in gone)
        write_atomic(path, dump_ledger(replace(ledger, rows=kept)))
        loader.forget(translation.language, translation.name)
    return PrunedLedger(file=loader.workspace.shown(path), rows=len(ledger.rows), dropped=len(gone))
