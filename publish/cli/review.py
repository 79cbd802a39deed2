"""`publish review`: list, approve or reject translations."""

from __future__ import annotations

import argparse
import os

from publish.actions.accept import accept
from publish.actions.review import (
    SentenceChoice,
    SentenceGroup,
    approve,
    check_request,
    find_subject,
    list_reviews,
    parse_day,
    prune_ledgers,
    reject,
)
from publish.cli.options import (
    REVIEWER,
    add_document,
    add_dry_run,
    add_json,
    add_language,
    add_workspace,
    open_given_workspace,
    read_limits,
)
from publish.cli.printing import print_note, show_findings
from publish.pages.reviewsdata import render_reviews_json
from publish.pages.reviewstext import render_decision_lines, render_reviews_text
from publish.reviews.verdicts import ReviewState
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        nargs="?",
        choices=("accept", "approve", "reject", "prune"),
        help="confirm imported translations, record a decision, or drop decisions on sentences that"
        " are gone (default: list)",
    )
    parser.add_argument(
        "places",
        nargs="*",
        metavar="PLACE",
        help='"protection, sentence 3", a section (protection), a paragraph (p12), or how a'
        " source sentence begins",
    )
    add_language(parser)
    add_document(parser)
    _add_choices(parser)
    parser.add_argument(
        "--as",
        dest="reviewer",
        default=os.environ.get(REVIEWER, ""),
        metavar="ROLE",
        help=f"who decides: a role or a pseudonym (default: the variable {REVIEWER})",
    )
    parser.add_argument(
        "--sure", type=int, default=0, metavar="N", help="accept only what is N %% sure or more"
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, for later readers")
    parser.add_argument(
        "--date", metavar="DAY", help="such as 2024-06-24 (default: now, to the second)"
    )
    add_dry_run(parser)
    parser.add_argument(
        "--state",
        dest="states",
        action="append",
        default=[],
        type=ReviewState,
        choices=tuple(ReviewState),
        metavar="STATE",
        help=f"list only this state: {', '.join(ReviewState)}; can be repeated",
    )
    parser.add_argument(
        "--doubts", action="store_true", help="list only sentences with a comment # reviewer:"
    )
    add_json(parser)
    add_workspace(parser, limited=True)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    for option, words in (
        ("--all", "approve or accept all that can be"),
        ("--unchanged", "approve again where only typography or the context changed"),
        ("--typo", "approve again where you only corrected small slips"),
    ):
        which.add_argument(option, action="store_true", help=words)


def run(arguments: argparse.Namespace) -> int:
    loader = Loader(open_given_workspace(arguments, writing=arguments.action is not None))
    check_request(
        arguments.action,
        arguments.places,
        bulk=arguments.all or arguments.unchanged or arguments.typo,
        doubts=arguments.doubts,
    )
    match arguments.action:
        case None:
            return _list(loader, arguments)
        case "prune":
            return _prune(loader, arguments)
        case _:
            return _decide(loader, arguments)


def _list(loader: Loader, arguments: argparse.Namespace) -> int:
    names, languages = arguments.documents, arguments.languages
    only = {"states": arguments.states, "doubts": arguments.doubts, "whole": arguments.json}
    found = list_reviews(loader, names, languages, **only, limits=read_limits(arguments))
    if arguments.json:
        print(render_reviews_json(found))
        return 0
    for one in found:
        print(render_reviews_text(one))
    if not arguments.quiet:
        tag = arguments.languages[0] if len(arguments.languages) == 1 else "TAG"
        print_note(f'next: publish review approve "PLACE" -l {tag} --as ROLE')
    return 0


def _decide(loader: Loader, arguments: argparse.Namespace) -> int:
    """Record decisions; return 1 if a sentence was left out because of errors in it."""
    name, language = find_subject(loader.workspace, arguments.documents, arguments.languages)
    words = {"reviewer": arguments.reviewer, "reason": arguments.reason}
    words |= {"day": parse_day(arguments.date), "limits": read_limits(arguments)}
    dry = arguments.dry_run
    if arguments.action == "accept":
        how = {"dry_run": dry, "limits": words["limits"]}
        done = accept(loader, name, language, _choice(arguments), least=arguments.sure, **how)
    elif arguments.action == "reject":
        places = arguments.places
        done = reject(loader, name, language, places, dry_run=dry, **words)
    else:
        choice = _choice(arguments)
        done = approve(loader, name, language, choice, dry_run=dry, **words)
    show_findings(done.errors)
    if not arguments.quiet:
        verb = _verb(done.state, arguments)
        *lines, summary = render_decision_lines(done.file, done.taken, done.left, verb)
        for line in lines:
            print(line)
        print_note(summary)
    return int(bool(done.errors))


def _choice(arguments: argparse.Namespace) -> SentenceChoice:
    if arguments.all:
        return SentenceGroup.ALL
    if arguments.unchanged:
        return SentenceGroup.UNCHANGED
    return SentenceGroup.TYPO if arguments.typo else tuple(arguments.places)


def _verb(done: str, arguments: argparse.Namespace) -> str:
    return f"would be {done}" if arguments.dry_run else done


def _prune(loader: Loader, arguments: argparse.Namespace) -> int:
    names, languages = arguments.documents, arguments.languages
    how = {"dry_run": arguments.dry_run, "limits": read_limits(arguments)}
    for one in prune_ledgers(loader, names, languages, **how):
        if not arguments.quiet:
            verb = _verb("dropped", arguments)
            print_note(f"{one.file}: {one.dropped} of {one.rows} rows {verb}")
    return 0
