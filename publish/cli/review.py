"""`publish review`: what is approved and what is not; approvals and rejections recorded."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from publish.building.approving import Sorted, approvable, refuse_stale, rejectable
from publish.building.preparing import load_catalog
from publish.building.reviewing import Reviewed, approved_texts, load_ledger, reviewed
from publish.building.states import counted
from publish.catalogs.choosing import at_places, only_retyped, only_slips
from publish.catalogs.ledger import (
    Decision,
    Ledger,
    ReviewRow,
    dump_ledger,
    recorded,
    wrong_reason,
    wrong_reviewer,
)
from publish.catalogs.reviewing import ReviewState, Verdict, decided, forgotten
from publish.cli.options import add_language, add_workspace, opened
from publish.cli.printing import note, show_findings
from publish.cli.reviews import Told, short, told_json, told_text
from publish.errors import PublishError, UsageError
from publish.files import write_atomic
from publish.languages.language import Language
from publish.model import Entry
from publish.workspace import Workspace

__all__ = ["add_arguments", "run"]

REVIEWER = "PUBLISH_REVIEWER"
MOST = 20
"""How many of the sentences decided on are named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        nargs="?",
        choices=("approve", "reject", "prune"),
        help="without it the sentences are listed; prune drops rows of sentences that are gone",
    )
    parser.add_argument(
        "places",
        nargs="*",
        metavar="PLACE",
        help='"protection, sentence 3", a section (protection), a paragraph (p12), or how a'
        " source sentence begins",
    )
    add_language(parser)
    parser.add_argument(
        "--document",
        dest="documents",
        action="append",
        default=[],
        metavar="NAME",
        help="only this document; may be given several times",
    )
    _add_choices(parser)
    parser.add_argument(
        "--as",
        dest="reviewer",
        default=os.environ.get(REVIEWER, ""),
        metavar="ROLE",
        help=f"who decides: a role or a pseudonym (default: the variable {REVIEWER})",
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, for those who read on")
    parser.add_argument("--date", metavar="DAY", help="as 2024-06-24 (default: today, UTC)")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be recorded, write nothing"
    )
    parser.add_argument(
        "--state",
        dest="states",
        action="append",
        default=[],
        type=ReviewState,
        choices=tuple(ReviewState),
        metavar="STATE",
        help=f"list only: {', '.join(ReviewState)}",
    )
    parser.add_argument("--json", action="store_true", help="the list for other programs")
    add_workspace(parser)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="approve all that can be approved")
    which.add_argument(
        "--unchanged",
        action="store_true",
        help="approve again what changed since in typography only, or in what stands around it",
    )
    which.add_argument(
        "--typo",
        action="store_true",
        help="you vouch that only slips of the pen were corrected: approve those again",
    )


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    _refuse_stray_options(arguments)
    match arguments.action:
        case None:
            return _list(workspace, arguments)
        case "prune":
            return _prune(workspace, arguments)
        case _:
            return _decide(workspace, arguments)


def _refuse_stray_options(arguments: argparse.Namespace) -> None:
    """Raises UsageError for what does not go together, rather than leave any of it out."""
    bulk = arguments.all or arguments.unchanged or arguments.typo
    if arguments.action == "approve":
        if bool(arguments.places) == bool(bulk):
            raise UsageError(
                "name places, or one of --all, --unchanged and --typo",
                hint='publish review approve "protection, sentence 3" -l ru --as editor',
            )
    elif bulk:
        raise UsageError("--all, --unchanged and --typo go with approve")
    if arguments.action == "reject" and not arguments.places:
        raise UsageError("name the sentence", hint="publish review lists the places")
    if arguments.action == "reject" and not arguments.reason.strip():
        raise UsageError("a rejection needs its reason", hint='--reason "what is wrong"')
    if arguments.action in (None, "prune") and arguments.places:
        raise UsageError("places go with approve and reject")


# --------------------------------------------------------------------------- reading


def _read(workspace: Workspace, name: str, language: Language) -> Reviewed | None:
    """What there is to review; None without a catalog."""
    catalog = load_catalog(workspace, language, name)
    if catalog is None:
        return None
    corrections = load_catalog(workspace, workspace.source_language, name)
    return reviewed(workspace, workspace.read(name), language, catalog, corrections)


def _translations(workspace: Workspace, arguments: argparse.Namespace) -> tuple[Language, ...]:
    source = workspace.source_language.tag
    asked = workspace.languages(arguments.languages)
    if arguments.languages and any(language.tag == source for language in asked):
        raise UsageError(f"{source} is the language of the source: there is nothing to review")
    return tuple(language for language in asked if language.tag != source)


def _every(workspace: Workspace, arguments: argparse.Namespace) -> list[Reviewed]:
    return [
        found
        for name in workspace.documents(arguments.documents)
        for language in _translations(workspace, arguments)
        if (found := _read(workspace, name, language))
    ]


def _one(workspace: Workspace, arguments: argparse.Namespace) -> Reviewed:
    """The one document and language that a decision is for; raises UsageError if it is not one."""
    names = workspace.documents(arguments.documents)
    languages = _translations(workspace, arguments)
    if len(languages) != 1:
        raise UsageError("name the language", hint="-l TAG")
    if len(names) != 1:
        raise UsageError("name the document", hint="--document NAME")
    found = _read(workspace, names[0], languages[0])
    if found is None:
        shown = workspace.shown(workspace.catalog(languages[0], names[0]))
        hint = "make it with publish update"
        raise PublishError(f"there is no catalog {shown}", hint=hint, code="catalog-missing")
    return found


# --------------------------------------------------------------------------- listing


def _list(workspace: Workspace, arguments: argparse.Namespace) -> int:
    """All sentences for programs; for people those that need a reviewer, or are asked for."""
    told = []
    for found in _every(workspace, arguments):
        shown = found.verdicts
        if arguments.states:
            shown = tuple(one for one in shown if one.state in arguments.states)
        elif not arguments.json:
            shown = tuple(one for one in shown if _needs_reviewer(one))
        told.append(Told(found, shown, _approved_texts(workspace, found, shown)))
    if arguments.json:
        print(told_json(told))
        return 0
    for one in told:
        print(told_text(one))
    if not arguments.quiet:
        tag = arguments.languages[0] if len(arguments.languages) == 1 else "TAG"
        note(f'next: publish review approve "PLACE" -l {tag} --as ROLE')
    return 0


def _needs_reviewer(verdict: Verdict) -> bool:
    """Whether there is something to decide: not where a translator comes first."""
    return verdict.state is not ReviewState.APPROVED and (
        verdict.subject.confirmed or verdict.row is not None
    )


def _approved_texts(
    workspace: Workspace, found: Reviewed, shown: Iterable[Verdict]
) -> dict[ReviewRow, Entry]:
    """The texts that lapsed approvals were given for, as far as git has them."""
    lapsed = [one.row for one in shown if one.row and one.state is ReviewState.LAPSED]
    return approved_texts(workspace, found.language, found.document.name, lapsed)


# --------------------------------------------------------------------------- deciding


def _decide(workspace: Workspace, arguments: argparse.Namespace) -> int:
    """Records decisions; 1 where a sentence was left out because of errors in it."""
    reviewer, day = _reviewer(arguments), _day(arguments)
    if why := wrong_reason(arguments.reason):
        raise UsageError(f"the reason: {why}")
    found = _one(workspace, arguments)
    refuse_stale(workspace, found)
    chosen = _chosen(workspace, found, arguments)
    state: Decision = "rejected" if arguments.action == "reject" else "approved"
    done = rejectable(chosen) if state == "rejected" else approvable(workspace, found, chosen)
    rows = [decided(one.subject, state, reviewer, day, arguments.reason) for one in done.taken]
    instead = [one.row for one in done.taken if one.row]
    path = workspace.ledger(found.language, found.document.name)
    if rows and not arguments.dry_run:
        # Read again: somebody else may have decided while the checks ran.
        now = load_ledger(workspace, found.language, found.document.name)
        write_atomic(path, dump_ledger(recorded(now, rows, instead)))
    show_findings(done.errors)
    if not arguments.quiet:
        _tell(workspace.shown(path), done, _said(state, arguments))
    return int(bool(done.errors))


def _chosen(
    workspace: Workspace, found: Reviewed, arguments: argparse.Namespace
) -> Sequence[Verdict]:
    if arguments.all:
        return found.verdicts
    if arguments.unchanged:
        return tuple(filter(only_retyped, found.verdicts))
    if arguments.typo:
        past = _approved_texts(workspace, found, found.verdicts)
        known = [(one, past[one.row]) for one in found.verdicts if one.row in past]
        return tuple(one for one, entry in known if only_slips(one, entry))
    return at_places(found.verdicts, arguments.places)


def _reviewer(arguments: argparse.Namespace) -> str:
    name = str(arguments.reviewer)
    if why := wrong_reviewer(name):
        raise UsageError(
            f"the reviewer: {why}",
            hint="--as ROLE, a role or a pseudonym such as editor or second-reader: "
            "the ledger is handed on with the catalogs",
        )
    return name


def _day(arguments: argparse.Namespace) -> date:
    """The day given, which is not in the future; else today's, wherever the reviewer is: UTC."""
    today = datetime.now(UTC).date()
    if arguments.date is None:
        return today
    try:
        day = date.fromisoformat(arguments.date)
    except ValueError:
        hint = "write it as 2024-06-24"
        raise UsageError(f"{arguments.date!r} is no day", hint=hint) from None
    if day > today + timedelta(days=1):
        raise UsageError(f"{day} is yet to come", hint="a decision has the day it was made on")
    return day


def _said(what: str, arguments: argparse.Namespace) -> str:
    """What was done, or with `--dry-run` what would be."""
    return f"would be {what}" if arguments.dry_run else what


def _tell(shown: str, done: Sorted, said: str) -> None:
    for verdict in done.taken[:MOST]:
        print(f"{said}  {verdict.subject.place}: {short(verdict.subject.source)}")
    if len(done.taken) > MOST:
        print(f"… and {len(done.taken) - MOST} more")
    left = Counter(why for _, why in done.left)
    rest = ", ".join(f"{count} {why}" for why, count in left.items())
    note(f"{shown}: {counted(len(done.taken))} {said}{'; left out: ' if rest else ''}{rest}")


def _prune(workspace: Workspace, arguments: argparse.Namespace) -> int:
    """Drops the rows that no sentence of the documents has a use for."""
    for found in _every(workspace, arguments):
        gone = set(forgotten(found.ledger, found.verdicts))
        kept = Ledger(found.ledger.file, tuple(r for r in found.ledger.rows if r not in gone))
        path = workspace.ledger(found.language, found.document.name)
        if gone and not arguments.dry_run:
            refuse_stale(workspace, found)
            write_atomic(path, dump_ledger(kept))
        if not arguments.quiet and found.ledger.rows:
            said = f"{len(gone)} of {len(found.ledger.rows)} rows {_said('dropped', arguments)}"
            note(f"{workspace.shown(path)}: {said}")
    return 0
