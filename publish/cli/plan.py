"""`publish plan`: list what a build would make and how long it would take."""

from __future__ import annotations

import argparse

from publish.actions.build import choose_editions, plan_editions
from publish.cli.options import (
    add_editions,
    add_json,
    add_workspace,
    open_given_workspace,
    read_edition_choice,
)
from publish.cli.printing import print_note
from publish.pages.plandata import describe_plan, render_plan_json, render_plan_lines
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_editions(parser)
    add_json(parser)
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    choice = read_edition_choice(arguments)
    workspace = open_given_workspace(arguments)
    editions = choose_editions(workspace, choice)
    found = plan_editions(Loader(workspace), editions, use_fuzzy=arguments.use_fuzzy)
    if arguments.json:
        print(render_plan_json(workspace, found))
        return 0
    for line in render_plan_lines(workspace, found):
        print(line)
    if not arguments.quiet:
        print_note(describe_plan(found))
    return 0
