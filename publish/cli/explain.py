"""`publish explain CODE`: what a check looks for, why, and an example of right and wrong."""

from __future__ import annotations

import argparse

from publish.checks.check import Check
from publish.checks.table import TABLE
from publish.errors import UsageError, did_you_mean
from publish.visible import crop, visible

__all__ = ["add_arguments", "run"]

LONGEST = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="the word in brackets: number-missing")


def run(arguments: argparse.Namespace) -> int:
    rows = {check.code: check for check in TABLE}
    found = rows.get(arguments.code)
    if found is None:
        hint = did_you_mean(arguments.code, rows)
        raise UsageError(f"no check is called {arguments.code!r}", hint=hint)
    print(_text(found))
    return 0


def _text(check: Check) -> str:
    lines = [
        f"{check.code}: {check.title}",
        f"level: {check.level}   family: {check.family}",
        "",
        check.why,
        "",
    ]
    for word, (source, target) in (("right", check.right), ("wrong", check.wrong)):
        lines += [f"{word} ({check.language})", f"  {_short(source)}", f"  {_short(target)}"]
    return "\n".join(lines)


def _short(text: str) -> str:
    return visible(crop(text, LONGEST))
