"""`publish diff`: show the translators of a language what changed in the source."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.actions.diff import compare_sources, make_changes_page
from publish.cli.options import (
    add_documents,
    add_json,
    add_workspace,
    open_given_workspace,
    read_limits,
)
from publish.cli.printing import print_note
from publish.files import write_atomic
from publish.pages.changesdata import render_changes_json
from publish.pages.changestext import render_changes_text
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    parser.add_argument("-l", "--language", metavar="TAG", help="the translator's language")
    parser.add_argument(
        "--since",
        metavar="REV",
        help="compare with this commit, tag or branch (default: with the catalog)",
    )
    form = parser.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--html", type=Path, metavar="FILE", help="write a page to send by mail")
    add_workspace(parser, limited=True)


def run(arguments: argparse.Namespace) -> int:
    loader = Loader(open_given_workspace(arguments))
    languages = [arguments.language] if arguments.language else []
    names, how = arguments.documents, {"since": arguments.since, "limits": read_limits(arguments)}
    found = compare_sources(loader, names, languages, **how)
    if arguments.json:
        print(render_changes_json(found))
    elif arguments.html:
        write_atomic(arguments.html, make_changes_page(loader, found))
        if not arguments.quiet:
            print_note(f"wrote {arguments.html}")
    else:
        print("\n".join(map(render_changes_text, found)))
    if not arguments.quiet and not arguments.since and any(one.stale for one in found):
        tag = found[0].language.tag
        print_note(f"next: publish update -l {tag} puts these changes into the catalog")
    return 0
