"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from publish.model import Format, PageSize
from publish.project.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from publish.actions.build import EditionChoice

__all__ = ["add_documents", "add_editions", "add_language", "add_workspace", "choice_of", "opened"]


def add_workspace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-C", dest="folder", type=Path, default=None, metavar="DIR", help="work in this folder"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")


def add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-l",
        "--language",
        dest="languages",
        action="append",
        default=[],
        metavar="TAG",
        help="only this language; may be given several times",
    )


def add_documents(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "documents", nargs="*", metavar="DOCUMENT", help="only these documents (default: all)"
    )


def add_editions(parser: argparse.ArgumentParser) -> None:
    """Which editions a command is about."""
    add_documents(parser)
    add_language(parser)
    parser.add_argument(
        "-f",
        "--format",
        dest="formats",
        action="append",
        default=[],
        choices=get_args(Format),
        help="only this format; may be given twice",
    )
    parser.add_argument(
        "--page",
        dest="pages",
        action="append",
        default=[],
        choices=get_args(PageSize),
        help="PDFs laid out for this page only; may be given twice",
    )
    parser.add_argument(
        "--bilingual",
        dest="pairs",
        action="append",
        default=[],
        metavar="PAIR",
        help="two languages side by side, as en+ru; only these unless -l is given too",
    )
    parser.add_argument(
        "--use-fuzzy", action="store_true", help="show unconfirmed translations, marked"
    )
    parser.add_argument(
        "--shard",
        type=shard,
        default=(1, 1),
        metavar="I/N",
        help="only the I-th of N shares of about equal work; the N shares are the whole",
    )


MOST_SHARES = 10_000


def shard(word: str) -> tuple[int, int]:
    """The number of a share and how many there are; raises ArgumentTypeError."""
    number, slash, count = word.partition("/")
    if (
        slash
        and number.isdecimal()
        and count.isdecimal()
        and 1 <= int(number) <= int(count) <= MOST_SHARES
    ):
        return int(number), int(count)
    raise argparse.ArgumentTypeError(f"{word!r} is no share, as 1/4 is the first of four")


def choice_of(arguments: argparse.Namespace) -> EditionChoice:
    """Return the editions that the options of `add_editions` name."""
    from publish.actions.build import EditionChoice

    return EditionChoice(
        documents=tuple(arguments.documents),
        languages=tuple(arguments.languages),
        formats=tuple(arguments.formats),
        pages=tuple(arguments.pages),
        pairs=tuple(arguments.pairs),
        share=arguments.shard,
    )


def opened(arguments: argparse.Namespace) -> Workspace:
    """The workspace the command was called in."""
    return open_workspace((arguments.folder or Path()).absolute())
