"""The key of a reviewer: make it, open it, and sign with it what was decided without it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from publish.actions.keys import create_release_key
from publish.actions.review import ReviewDecision, find_subject, review_all
from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.errors import UsageError, did_you_mean
from publish.model import Span
from publish.project.orphans import list_catalog_places
from publish.project.workspace import Workspace
from publish.reviews.choosing import find_at_places
from publish.reviews.ledger import ReviewRow, settle_rows
from publish.reviews.trust import LedgerTrust, RowFault, sign_row
from publish.reviews.verdicts import Verdict
from publish.settingtable import read_setting_table
from publish.signatures.keyfiles import find_public_file, open_key, read_public_word
from publish.signatures.minisign import SecretKey, read_public_key, write_public_line
from publish.signatures.reviewers import explain_wrong_reviewer
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["KEY_ACTIONS", "make_or_show_key", "open_reviewer_key", "sign_reviews"]

KEY_ACTIONS = ("new", "show")
"""What can be done with the key of a reviewer."""

SIGNABLE = frozenset((RowFault.UNSIGNED, RowFault.STRANGER))
"""Rows that their reviewer can sign: without a signature, or by a key that is listed no more."""


def make_or_show_key(
    words: Sequence[str], path: Path, reviewer: str, ask: Callable[[str], str]
) -> tuple[str, ...]:
    """Make a reviewer's key or show it, as the one of KEY_ACTIONS in `words` says.

    Returns the line that lists it in the settings, and what to do with it.  `ask` returns the
    passphrase that a person types.  Raises UsageError for other words, for a name that is not
    allowed, and where there is a key already, or none to show.
    """
    if list(words) not in ([one] for one in KEY_ACTIONS):
        hint = "publish review key new --as NAME, or publish review key show --as NAME"
        raise UsageError(f"review key does not know {' '.join(words)!r}", hint=hint)
    _refuse_name(reviewer)
    if "new" in words:
        create_release_key(path, ask)
    elif not find_public_file(path).is_file():
        hint = "make one with publish review key new, or name its file: --key FILE"
        raise UsageError(f"there is no key {path}", hint=hint)
    line = f'"{reviewer}" = "{read_public_word(path)}"'
    told = "the line above belongs below [reviewers] in the settings"
    return line, f"{path} is your secret key, for you alone; {told}"


def _refuse_name(reviewer: str) -> None:
    if why := explain_wrong_reviewer(reviewer):
        hint = "--as ROLE, a role or a pseudonym such as editor or second-reader"
        raise UsageError(f"the reviewer: {why}", hint=hint)


def open_reviewer_key(
    workspace: Workspace, path: Path, reviewer: str, ask: Callable[[str], str]
) -> SecretKey:
    """Return the secret key in a file, which must be that of the reviewer in the settings.

    Raises UsageError, before anybody types a passphrase, for a reviewer who is not listed, and
    where there is no key or another one; PublishError where the passphrase is wrong.
    """
    _refuse_name(reviewer)
    listed = workspace.settings.reviewers
    if reviewer not in listed:
        near = did_you_mean(reviewer, listed) if listed else ""
        hint = f"add the line that publish review key show prints, below [reviewers]; {near}"
        raise UsageError(f"the settings list no key of {reviewer}", hint=hint.rstrip("; "))
    if not path.is_file():
        hint = "make one with publish review key new, or name its file: --key FILE"
        raise UsageError(f"there is no key {path} to sign with", hint=hint)
    if find_public_file(path).is_file() and read_public_word(path) != listed[reviewer]:
        raise _other_key(workspace, path, reviewer)
    key = open_key(path, ask(f"passphrase of {path}: "))
    if write_public_line(key.public) != listed[reviewer]:
        raise _other_key(workspace, path, reviewer)
    return key


def _other_key(workspace: Workspace, path: Path, reviewer: str) -> UsageError:
    known = read_public_key(workspace.settings.reviewers[reviewer]).id
    return UsageError(
        f"{path} is not the key {known}, which the settings list for {reviewer}",
        _line_of(workspace, reviewer),
        "sign with that key, --key FILE; or list the new one, and sign again what was signed",
    )


def _line_of(workspace: Workspace, reviewer: str) -> Span:
    return read_setting_table(workspace.root).table("reviewers", ()).span(reviewer)


# --------------------------------------------------------------------------- signing


def sign_reviews(
    loader: Loader,
    names: Iterable[str],
    languages: Iterable[str],
    places: Sequence[str],
    *,
    reviewer: str,
    key: SecretKey,
    dry_run: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
) -> tuple[ReviewDecision, ...]:
    """Sign the decisions of a reviewer on the present texts that are not signed yet.

    These are rows without a signature, those by a key that is listed no more, and those that were
    signed under another name of the document.  What was changed after it was signed is not
    signed again.  With `places` only the sentences there are, of one document in one language.
    Returns the ledgers in which something was signed, or would be.
    """
    if places:
        name, tag = find_subject(loader.workspace, names, languages)
        names, languages = [name], [tag]
    done = []
    for found in review_all(loader, names, languages, limits):
        chosen = find_at_places(found.verdicts, places) if places else found.verdicts
        can_sign = partial(_can_sign, loader.workspace, found.translation.ledger.trust, reviewer)
        wanted = [(one, list(filter(can_sign, _list_own(one)))) for one in chosen]
        if rows := {row for _, own in wanted for row in own}:
            if not dry_run:
                _sign(loader, found.translation, rows, key)
            taken = tuple(one for one, own in wanted if own)
            done.append(
                ReviewDecision(file=found.translation.ledger.file, state="signed", taken=taken)
            )
    return tuple(done)


def _list_own(verdict: Verdict) -> Iterator[ReviewRow]:
    """Yield the rows about the present texts of a sentence; others may be about earlier ones."""
    subject = verdict.subject
    texts = (subject.sentence, subject.translation) if verdict.rows else None
    return (row for row in dict.fromkeys(verdict.rows) if row.texts == texts)


def _can_sign(workspace: Workspace, trust: LedgerTrust, reviewer: str, row: ReviewRow) -> bool:
    fault = trust.find_fault(row)
    if row.reviewer != reviewer or fault is None:
        return False
    moved = fault is RowFault.ALTERED and trust.find_origin(row, list_catalog_places(workspace))
    return fault in SIGNABLE or bool(moved)


def _sign(
    loader: Loader, translation: Translation, rows: Collection[ReviewRow], key: SecretKey
) -> None:
    """Sign rows of a ledger; what others decided meanwhile is kept."""
    now, name, tag = loader.renew_ledger(translation), translation.name, translation.language.tag
    signed = [sign_row(row, name, tag, key) if row in rows else row for row in now.ledger.rows]
    loader.save_ledger(now, replace(now.ledger, rows=settle_rows(signed)))
