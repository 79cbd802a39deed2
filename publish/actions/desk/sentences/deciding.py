"""Decide on one sentence: approve it, reject it, renew or accept it, ask, settle its doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from publish.actions.desk.sentences.rows import TextRows
from publish.actions.desk.sentences.writing import (
    Digest,
    ReadEntry,
    change_entry,
    digest_sentence,
    find_group,
    find_records,
    write_comments,
    write_records,
)
from publish.actions.review import check_words
from publish.catalogs.doubts import drop_doubt, split_comments
from publish.catalogs.origins import confirm_entry, find_sureness
from publish.catalogs.questions import drop_question
from publish.checks.engine import select_structural_errors
from publish.errors import FindingsError, PublishError, UsageError
from publish.model import Entry, Finding, Key
from publish.po.pofile import replace_entry
from publish.reviews.ledger import Decision, ReviewRow
from publish.reviews.verdicts import ReviewState, Verdict
from publish.translation.approving import (
    record_decision,
    refuse_stale_catalog,
    select_approvable,
    select_rejectable,
)
from publish.translation.judging import judge_some
from publish.translation.loading import Loader
from publish.translation.reviewed import OpenReviews
from publish.translation.translation import Translation

__all__ = ["Action", "Decided", "answer", "decide"]

Action = Literal["approve", "reject", "renew", "accept", "ask", "settle"]

LONG = 2_000
"""A text of so many sentences is not judged while a person waits."""

ASKED = "reviewer: "
"""How the comment of a question begins: a doubt that goes out with kits, and ends with an approval
of the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision that was recorded; `row` is that of the ledger, None for one in the catalog.

    `keys` are those of the entries that it concerns, `translation` has the files as they are now.
    """

    sid: str
    action: Action
    digest: Digest
    keys: frozenset[Key]
    translation: Translation
    row: ReviewRow | None = None


def decide(
    loader: Loader,
    translation: Translation,
    sid: str,
    action: Action,
    role: str,
    reason: str,
    digest: Digest,
    *,
    judged: Mapping[str, tuple[Finding, ...]] | None = None,
    rows: TextRows | None = None,
) -> Decided:
    """Record what a reviewer decides on a sentence or, for a joined one, on its group.

    To settle ends the doubts about a sentence.  `role` is checked as `publish review --as` is;
    `reason` says why a text is rejected, or what is
    asked.  `digest` is that of what the reviewer saw: if the texts are others now, PublishError
    (code `sentence-changed`) is raised and nothing is written.  With `judged`, the findings by id,
    only this sentence is judged again; without it the whole text is, and approving in a long one
    raises PublishError (code `checks-running`).  `rows` are those that the caller keeps open.
    Raises the errors of `publish review`, UsageError for an action without what it needs, and
    those of `change_entry`.
    """
    if translation.original:
        hint = "correct it instead"
        raise UsageError("the original is not reviewed sentence by sentence", hint=hint)
    when = check_words(role, None, reason)
    if action in ("reject", "ask") and not reason.strip():
        what = "a rejection needs a reason" if action == "reject" else "write what you ask"
        raise UsageError(what, hint="say it in one line")
    if translation.po is None:
        raise translation.missing

    def change(found: ReadEntry) -> Decided:
        if digest != found.digest:
            raise _changed()
        if action == "accept":
            return _accept(loader, found)
        if action == "settle":
            return _settle(loader, found)
        if action == "ask":
            return _ask(loader, found, f"{ASKED}{reason} ({role})")
        refuse_stale_catalog(found.translation)
        # The ledger may have changed, too: somebody else may have decided meanwhile.
        fresh = replace(found, translation=loader.renew_ledger(found.translation))
        verdict = _find_verdict(fresh, rows)
        known = None if judged is None else _known(fresh, verdict, judged)
        return _record(loader, fresh, verdict, action, (role, when, reason), known)

    return change_entry(loader, translation, sid, change)


def _changed() -> PublishError:
    return PublishError(
        "this sentence is not what you saw: somebody changed it meanwhile",
        hint="read it again, then decide",
        code="sentence-changed",
    )


def _find_verdict(found: ReadEntry, rows: TextRows | None) -> Verdict:
    """Return what the reviews say of a sentence now."""
    now, key = found.translation, found.sentence.key
    if rows is not None and rows.translation is now:
        verdict = rows.verdict(key)
    else:
        verdict = OpenReviews(now).find(key)
    if verdict is None:
        raise PublishError(
            "this sentence is joined to none before it, so there is no text to decide on",
            hint="translate it",
            code="review",
        )
    return verdict


def _known(
    found: ReadEntry, verdict: Verdict, judged: Mapping[str, tuple[Finding, ...]]
) -> list[Finding]:
    """Return what is known to be found in the entries of a subject, at all their places."""
    ids = found.translation.source.ids
    keys = [entry.key for entry in verdict.subject.entries]
    return [one for key in keys for sid in ids.get(key, ()) for one in judged.get(sid, ())]


def _record(
    loader: Loader,
    found: ReadEntry,
    verdict: Verdict,
    action: Action,
    words: tuple[str, str, str],
    known: Sequence[Finding] | None,
) -> Decided:
    state: Decision = "rejected" if action == "reject" else "approved"
    if action == "reject":
        done = select_rejectable([verdict])
    else:
        if known is None and len(found.translation.source.sentences) > LONG:
            raise PublishError(
                "the checks of this text still run",
                hint="approve it in a minute",
                code="checks-running",
            )
        if action == "renew" and verdict.state not in (ReviewState.LAPSED, ReviewState.CONTEXT):
            raise PublishError(
                "there is no approval to renew: none was given for it, or it holds",
                hint="approve the sentence instead",
                code="review",
            )
        done = select_approvable(loader, found.translation, [verdict], known)
    now = record_decision(loader, found.translation, done.taken, state, words)
    texts = (verdict.subject.sentence, verdict.subject.translation)
    return Decided(
        sid=found.sentence.id,
        action=action,
        digest=digest_sentence(now, found.sentence),
        keys=frozenset(entry.key for entry in verdict.subject.entries),
        translation=now,
        row=next(
            (one for one in now.ledger.rows if (one.texts, one.reviewer) == (texts, words[0])), None
        ),
    )


# --------------------------------------------------------------------------- in the catalog


def _accept(loader: Loader, found: ReadEntry) -> Decided:
    """Confirm an imported text and what is joined to it, as `publish review accept` does."""
    group = find_records(found.translation, find_group(found.translation, found.sentence))
    if all(find_sureness(record.entry) is None for record in group.values()):
        raise PublishError(
            "this text was not imported, or it was accepted before",
            hint="approve it instead",
            code="review",
        )
    sure = {at: replace_entry(record, confirm_entry(record.entry)) for at, record in group.items()}
    keys = {record.entry.key for record in sure.values()}
    after = found.translation
    for at, record in sure.items():
        after = after.with_record(at, record)
    if wrong := select_structural_errors(judge_some(loader, after, keys)):
        raise FindingsError(
            "this text is not accepted: it has errors", wrong, "correct it", code="review"
        )
    return _decided(found, write_records(loader, found.translation, sure), "accept", keys)


def _ask(loader: Loader, found: ReadEntry, line: str) -> Decided:
    comments = tuple(dict.fromkeys((*found.entry.comments, line)))
    now = write_comments(loader, found, comments)
    return _decided(found, now, "ask", {found.sentence.key})


def _settle(loader: Loader, found: ReadEntry) -> Decided:
    """Delete the doubts about a sentence, and about what is joined to it: they are decided."""
    group = find_records(found.translation, find_group(found.translation, found.sentence))
    now = {at: replace_entry(record, _undoubted(record.entry)) for at, record in group.items()}
    keys = {record.entry.key for record in now.values()}
    return _decided(found, write_records(loader, found.translation, now), "settle", keys)


def _undoubted(entry: Entry) -> Entry:
    return replace(entry, comments=split_comments(entry.comments)[1])


def _decided(found: ReadEntry, now: Translation, action: Action, keys: set[Key]) -> Decided:
    return Decided(
        sid=found.sentence.id,
        action=action,
        digest=digest_sentence(now, found.sentence),
        keys=frozenset(keys),
        translation=now,
    )


def answer(loader: Loader, translation: Translation, sid: str, question: str) -> Decided:
    """Delete a question of a translator, or of a reviewer, that is answered.

    One that is not there any more is no error.  Raises the errors of `change_entry`.
    """

    def change(found: ReadEntry) -> Decided:
        comments = drop_doubt(drop_question(found.entry.comments, question), question)
        now = write_comments(loader, found, comments)
        return _decided(found, now, "ask", {found.sentence.key})

    return change_entry(loader, translation, sid, change)
