"""`publish explain CODE`: print what a check looks for, why, and examples."""

from __future__ import annotations

import argparse

from publish.actions.explain import find_rule
from publish.checks.rule import Rule
from publish.visible import crop, make_visible

__all__ = ["add_arguments", "run"]

LONGEST = 200
"""How many code points of an example are shown."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "code", metavar="CODE", help="the word in brackets in a finding, such as number-missing"
    )


def run(arguments: argparse.Namespace) -> int:
    print(_text(find_rule(arguments.code)))
    return 0


def _text(rule: Rule) -> str:
    lines = [
        f"{rule.code}: {rule.title}",
        f"level: {rule.level}   family: {rule.family}",
        "",
        rule.why,
        "",
    ]
    for word, texts in (("right", rule.right), ("wrong", rule.wrong)):
        lines += [
            f"{word} ({rule.language})",
            *(f"  {make_visible(crop(t, LONGEST))}" for t in texts),
        ]
    return "\n".join(lines)
