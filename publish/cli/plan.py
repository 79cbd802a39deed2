"""`publish plan`: what a build would make, and what it would cost."""

from __future__ import annotations

import argparse
import json

from publish.actions.build import choose_editions, plan_editions
from publish.building.planning import Planned
from publish.cli.options import add_editions, add_workspace, choice_of, opened
from publish.cli.printing import note
from publish.project.workspace import Workspace
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_editions(parser)
    parser.add_argument("--json", action="store_true", help="for other programs")
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    editions = choose_editions(workspace, choice_of(arguments))
    found = plan_editions(Loader(workspace), editions, use_fuzzy=arguments.use_fuzzy)
    if arguments.json:
        jobs = [_job(workspace, one) for one in found]
        print(json.dumps({"jobs": jobs}, indent=2, ensure_ascii=False))
        return 0
    for one in found:
        print(f"{_word(one):<9}  {one.seconds:6.2f} s  {_path(workspace, one)}")
    if not arguments.quiet:
        due = [one for one in found if not one.unchanged]
        seconds = sum(one.seconds for one in due)
        note(f"{len(due)} of {len(found)} editions to make, some {seconds:.0f} s of one core")
    return 0


def _word(one: Planned) -> str:
    return "unchanged" if one.unchanged else "to make"


def _path(workspace: Workspace, one: Planned) -> str:
    return workspace.shown(workspace.output(one.edition))


def _job(workspace: Workspace, one: Planned) -> dict[str, object]:
    return {
        "document": one.edition.document,
        "language": one.edition.language,
        "second": one.edition.second,
        "format": one.edition.format,
        "page": one.edition.page,
        "file": _path(workspace, one),
        "key": one.key,
        "unchanged": one.unchanged,
        "seconds": one.seconds,
    }
