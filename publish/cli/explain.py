"""`publish explain CODE`: what a check looks for, why, and an example of right and wrong."""

from __future__ import annotations

import argparse

from publish.actions.explain import find_check
from publish.checks.check import Check
from publish.visible import crop, visible

__all__ = ["add_arguments", "run"]

LONGEST = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="the word in brackets: number-missing")


def run(arguments: argparse.Namespace) -> int:
    print(_text(find_check(arguments.code)))
    return 0


def _text(check: Check) -> str:
    lines = [
        f"{check.code}: {check.title}",
        f"level: {check.level}   family: {check.family}",
        "",
        check.why,
        "",
    ]
    for word, texts in (("right", check.right), ("wrong", check.wrong)):
        lines += [f"{word} ({check.language})", *(f"  {visible(crop(t, LONGEST))}" for t in texts)]
    return "\n".join(lines)
