"""Proposals of readers who may not edit: kept as comments in the catalog, taken or dropped there.

A proposal is a comment `# proposed by ROLE: TEXT`, a remark is a question `# question: TEXT`.  So
both stay with their entry through updates and merges, and translators see them in every program.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from publish.actions.desk.sentences.saving import (
    Conflict,
    Saved,
    fill_entry,
    refuse_unwritable,
    write_text,
)
from publish.actions.desk.sentences.writing import (
    Digest,
    ReadEntry,
    change_entry,
    digest_sentence,
    same_entry,
    write_comments,
)
from publish.actions.review import check_words
from publish.catalogs.proposed import Proposal, find_proposals, write_proposal
from publish.catalogs.questions import find_questions, write_question
from publish.errors import PublishError, UsageError
from publish.model import Key
from publish.translation.loading import Loader
from publish.translation.translation import Translation
from publish.visible import find_tags

__all__ = ["Proposed", "drop_proposal", "propose", "take_proposal"]

LONGEST = 10_000
"""Most characters of a proposal: a reader who may not edit does not fill up the catalog."""
MOST = 20
"""Most proposals for one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal that was added or dropped; `keys` and `translation` are as in `Saved`."""

    sid: str
    digest: Digest
    keys: frozenset[Key]
    translation: Translation


def propose(
    loader: Loader,
    translation: Translation,
    sid: str,
    text: str,
    role: str,
    digest: Digest,
    *,
    remark: bool = False,
) -> Proposed:
    """Add a proposal for the text of a sentence or, with `remark`, a remark on it.

    `role` is checked as `publish review --as` is.  Raises PublishError (code `sentence-changed`)
    if the entry is not what the reader saw, UsageError for an empty or too long text, and those of
    `change_entry`.  What was proposed before is not added again.
    """
    line = _make_line(text, role, remark=remark)

    def change(found: ReadEntry) -> Proposed:
        if not same_entry(digest, found.digest):
            raise PublishError(
                "this sentence is not what you saw: somebody changed it meanwhile",
                hint="read it again; perhaps it says now what you propose",
                code="sentence-changed",
            )
        comments = found.entry.comments
        if not remark and text == found.entry.msgstr:
            raise UsageError("this is the text that is there", hint="change it, then propose it")
        if len(find_proposals(comments)) + len(find_questions(comments)) >= MOST:
            hint = "wait until a translator has decided on these"
            raise UsageError(f"there are {MOST} proposals for this sentence", hint=hint)
        now = write_comments(loader, found, tuple(dict.fromkeys((*comments, line))))
        return _done(now, sid, found.sentence.key)

    return change_entry(loader, translation, sid, change)


def _make_line(text: str, role: str, *, remark: bool) -> str:
    check_words(role, None, "")
    refuse_unwritable(text)
    if remark and not text.isprintable():
        hint = "write it on one line"
        raise UsageError("the remark has a line break or an invisible character", hint=hint)
    if not text.strip():
        raise UsageError("nothing is proposed", hint="write the text that you propose")
    if len(text) > LONGEST:
        raise UsageError(f"this has more than {LONGEST} characters", hint="shorten it")
    if find_tags(text):
        raise UsageError(
            "a text is hidden here, in tag characters (U+E0000 to U+E007F)",
            hint="type it again",
            code="tag-character",
        )
    return write_question(f"{text} ({role})") if remark else write_proposal(Proposal(role, text))


def take_proposal(
    loader: Loader, translation: Translation, sid: str, proposal: Proposal, base: Digest
) -> Saved | Conflict:
    """Save a proposed text as the confirmed text of its sentence; it is no proposal any more.

    `base` and the result are as in `save_text`.  Raises UsageError if it was dropped meanwhile.
    """

    def change(found: ReadEntry) -> Saved | Conflict:
        if proposal not in find_proposals(found.entry.comments):
            raise UsageError("this proposal is not there any more", hint="read the sentence again")
        entry = fill_entry(found.entry, proposal.text, fuzzy=False)
        entry = replace(entry, comments=_without(entry.comments, proposal))
        return write_text(loader, found, entry, base)

    return change_entry(loader, translation, sid, change)


def drop_proposal(
    loader: Loader, translation: Translation, sid: str, proposal: Proposal
) -> Proposed:
    """Delete a proposal; one that is not there any more is no error."""

    def change(found: ReadEntry) -> Proposed:
        now = write_comments(loader, found, _without(found.entry.comments, proposal))
        return _done(now, sid, found.sentence.key)

    return change_entry(loader, translation, sid, change)


def _without(comments: tuple[str, ...], proposal: Proposal) -> tuple[str, ...]:
    return tuple(line for line in comments if find_proposals([line]) != (proposal,))


def _done(now: Translation, sid: str, key: Key) -> Proposed:
    digest = digest_sentence(now, now.source.by_id[sid][0])
    return Proposed(sid=sid, digest=digest, keys=frozenset((key,)), translation=now)
