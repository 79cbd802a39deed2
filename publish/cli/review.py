"""`publish review`: list, approve or reject translations."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from publish.actions.accept import accept
from publish.actions.review import (
    ReviewDecision,
    SentenceGroup,
    approve,
    check_request,
    find_subject,
    list_reviews,
    parse_day,
    prune_ledgers,
    reject,
)
from publish.actions.reviewkeys import make_or_show_key, open_reviewer_key, sign_reviews
from publish.cli.options import (
    add_document,
    add_dry_run,
    add_json,
    add_language,
    add_reviewer,
    add_workspace,
    ask_passphrase,
    open_given_workspace,
    read_limits,
)
from publish.cli.printing import print_lines, print_note, show_findings
from publish.pages.reviewsdata import render_reviews_json
from publish.pages.reviewstext import render_decision_lines, render_reviews_text
from publish.reviews.verdicts import ReviewState
from publish.signatures.keyfiles import find_default_key
from publish.signatures.minisign import SecretKey
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        nargs="?",
        choices=("accept", "approve", "reject", "prune", "sign", "key"),
        help="confirm imported translations, record a decision, drop decisions on sentences that"
        " are gone, sign your decisions, or make (new) or show (show) your key (default: list)",
    )
    parser.add_argument(
        "places",
        nargs="*",
        metavar="PLACE | new | show",
        help='"protection, sentence 3", a section (protection), a paragraph (p12), or how a'
        " source sentence begins",
    )
    add_language(parser)
    add_document(parser)
    _add_choices(parser)
    add_reviewer(parser)
    parser.add_argument("--sign", action="store_true", help="sign this decision with your key")
    told = "your secret key (default: ~/.config/publish/review.key)"
    parser.add_argument("--key", type=Path, metavar="FILE", help=told)
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
    for group, words in (
        (SentenceGroup.ALL, "approve or accept all that can be"),
        (SentenceGroup.UNCHANGED, "approve again where only typography or the context changed"),
        (SentenceGroup.TYPO, "approve again where you only corrected small slips"),
    ):
        option = f"--{group.name.lower()}"
        which.add_argument(option, dest="group", action="store_const", const=group, help=words)


def run(arguments: argparse.Namespace) -> int:
    if arguments.action == "key":
        path, name = _key_file(arguments), arguments.reviewer
        print_lines(make_or_show_key(arguments.places, path, name, ask_passphrase))
        return 0
    loader = Loader(open_given_workspace(arguments, writing=arguments.action is not None))
    check_request(
        arguments.action,
        arguments.places,
        bulk=arguments.group is not None,
        doubts=arguments.doubts,
        signing=arguments.sign,
    )
    actions = {None: _list, "prune": _prune, "sign": _sign}
    return actions.get(arguments.action, _decide)(loader, arguments)


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
    choice, dry = arguments.group or tuple(arguments.places), arguments.dry_run
    if arguments.sign:
        words["key"] = _open_key(loader, arguments)
    if arguments.action == "accept":
        how = {"dry_run": dry, "limits": words["limits"]}
        done = accept(loader, name, language, choice, least=arguments.sure, **how)
    else:
        decide = reject if arguments.action == "reject" else approve
        done = decide(loader, name, language, choice, dry_run=dry, **words)
    show_findings(done.errors)
    _print_decision(done, arguments)
    if done.unsigned and not arguments.quiet:
        print_note(f"next: publish review sign --as {arguments.reviewer}")
    return int(bool(done.errors))


def _print_decision(done: ReviewDecision, arguments: argparse.Namespace) -> None:
    verb = _verb(done.state, arguments)
    lines = render_decision_lines(done.file, done.taken, done.left, verb)
    print_lines(lines, quiet=arguments.quiet)


def _sign(loader: Loader, arguments: argparse.Namespace) -> int:
    how = {"dry_run": arguments.dry_run, "limits": read_limits(arguments)}
    how |= {"reviewer": arguments.reviewer, "key": _open_key(loader, arguments)}
    subject = (arguments.documents, arguments.languages, arguments.places)
    signed = sign_reviews(loader, *subject, **how)
    for done in signed:
        _print_decision(done, arguments)
    if not signed and not arguments.quiet:
        print_note(f"{arguments.reviewer} has nothing to sign")
    return 0


def _key_file(arguments: argparse.Namespace) -> Path:
    return arguments.key or find_default_key(os.environ, Path.home(), "review")


def _open_key(loader: Loader, arguments: argparse.Namespace) -> SecretKey:
    path, reviewer = _key_file(arguments), arguments.reviewer
    return open_reviewer_key(loader.workspace, path, reviewer, ask_passphrase)


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
