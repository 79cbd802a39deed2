"""Options that several commands share."""

from __future__ import annotations

import argparse
import os
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from publish.errors import UsageError
from publish.model import Format, PageSize
from publish.project.locking import hold_workspace
from publish.project.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from publish.actions.build import EditionChoice
    from publish.building.editionlimits import EditionLimits

__all__ = [
    "add_action",
    "add_document",
    "add_documents",
    "add_dry_run",
    "add_editions",
    "add_json",
    "add_language",
    "add_limits",
    "add_output",
    "add_reviewer",
    "add_workers",
    "add_workspace",
    "ask_passphrase",
    "open_given_workspace",
    "read_edition_choice",
    "read_limits",
]


REVIEWER, PASSPHRASE = "PUBLISH_REVIEWER", "PUBLISH_PASSPHRASE"


def ask_passphrase(prompt: str) -> str:
    """Return the passphrase from the variable or the keyboard; raises UsageError for neither."""
    given = os.environ.get(PASSPHRASE)
    if given is None and not sys.stdin.isatty():
        hint = f"set the variable {PASSPHRASE}"
        raise UsageError("there is no terminal to type the passphrase at", hint=hint)
    return getpass(prompt) if given is None else given


def add_reviewer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as",
        dest="reviewer",
        default=os.environ.get(REVIEWER, ""),
        metavar="ROLE",
        help=f"who decides: a role or a pseudonym (default: the variable {REVIEWER})",
    )


def add_action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help: str
) -> argparse.ArgumentParser:
    """Add an action of a command, such as `export`, and return its parser."""
    return actions.add_parser(name, help=help, description=help)


def add_workspace(parser: argparse.ArgumentParser, *, limited: bool = False) -> None:
    """Add the options of all commands; those of a `limited` one have limits for each document."""
    if limited:
        add_limits(parser, "a document")
    parser.add_argument(
        "-C", dest="folder", type=Path, metavar="DIR", help="run in this folder instead of here"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print only problems")


def add_language(parser: argparse.ArgumentParser) -> None:
    _add_list(parser, "-l", "--language", dest="languages", metavar="TAG", help="this language")


def add_documents(parser: argparse.ArgumentParser) -> None:
    """Add the names of documents as arguments, for commands that have no others."""
    parser.add_argument(
        "documents", nargs="*", metavar="DOCUMENT", help="only these documents (default: all)"
    )


def add_document(parser: argparse.ArgumentParser) -> None:
    """Add the names of documents as an option, for commands that have other arguments."""
    _add_list(parser, "--document", dest="documents", metavar="NAME", help="this document")


def add_json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON, for other programs")


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would change, write nothing"
    )


def add_output(parser: argparse.ArgumentParser, default: str = "stdout") -> None:
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help=f"write to this file, not to {default}"
    )


def add_workers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="how many processes run at once (default: one for each core)",
    )


def add_limits(parser: argparse.ArgumentParser, what: str) -> None:
    """Add the options that `read_limits` reads; `what` is stopped beyond them."""
    from publish.building.editionlimits import EDITION_LIMITS

    for option, default, unit, goes in (
        ("--time-limit", f"{EDITION_LIMITS.seconds:g}", "SECONDS", "takes longer"),
        ("--memory-limit", f"{EDITION_LIMITS.memory >> 20}", "MIB", "needs more memory, on Linux"),
    ):
        words = f"stop {what} that {goes} (default: %(default)s)"
        parser.add_argument(option, default=default, metavar=unit, help=words)


def add_editions(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose editions; `read_edition_choice` reads them."""
    add_documents(parser)
    add_language(parser)
    _add_list(parser, "-f", "--format", dest="formats", choices=FORMATS, help="this format")
    _add_list(parser, "--page", dest="pages", choices=PAGES, help="PDFs of this page size")
    parser.add_argument(
        "--bilingual",
        dest="pairs",
        action="append",
        default=[],
        metavar="PAIR",
        help="two languages side by side, such as en+ru; without -l, only these editions",
    )
    parser.add_argument(
        "--use-fuzzy", action="store_true", help="show unconfirmed translations too, marked"
    )
    parser.add_argument("--all-languages", action="store_true", help="all in one page of HTML")
    parser.add_argument("--shard", default="1/1", metavar="I/N", help="part I of N equal parts")


FORMATS = get_args(Format)
PAGES = get_args(PageSize)


def _add_list(
    parser: argparse.ArgumentParser,
    *names: str,
    dest: str,
    help: str,
    metavar: str | None = None,
    choices: tuple[str, ...] | None = None,
) -> None:
    """Add an option that can be given several times and narrows what a command is about."""
    parser.add_argument(
        *names,
        dest=dest,
        action="append",
        default=[],
        metavar=metavar,
        choices=choices,
        help=f"only {help}; can be repeated",
    )


def read_edition_choice(arguments: argparse.Namespace) -> EditionChoice:
    """Return the editions that the options of `add_editions` name."""
    from publish.actions.build import EditionChoice, parse_share

    return EditionChoice(
        documents=tuple(arguments.documents),
        languages=tuple(arguments.languages),
        formats=tuple(arguments.formats),
        pages=tuple(arguments.pages),
        pairs=tuple(arguments.pairs),
        together=arguments.all_languages,
        share=parse_share(arguments.shard),
    )


def read_limits(arguments: argparse.Namespace) -> EditionLimits:
    """Return the limits that the options of `add_limits` give."""
    from publish.actions.build import parse_limits

    return parse_limits(arguments.time_limit, arguments.memory_limit)


def open_given_workspace(arguments: argparse.Namespace, *, writing: bool = False) -> Workspace:
    """Return the workspace that a command is run in.

    A command that is `writing`, and no dry run, first waits until no other one is, and keeps the
    others waiting until its end.
    """
    workspace = open_workspace((arguments.folder or Path()).absolute())
    if writing and not getattr(arguments, "dry_run", False):
        arguments.until_end.enter_context(hold_workspace(workspace.root, _tell_waiting))
    return workspace


def _tell_waiting() -> None:
    from publish.cli.printing import print_note

    print_note("another publish command is writing in this workspace: waiting for its end")
