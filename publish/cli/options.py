"""Options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.workspace import Workspace, open_workspace

__all__ = ["add_documents", "add_language", "add_workspace", "opened"]


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


def opened(arguments: argparse.Namespace) -> Workspace:
    """The workspace the command was called in."""
    return open_workspace((arguments.folder or Path()).absolute())
