"""`publish init`: settings and a first source in a folder, ready for `update` and `build`."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.cli.printing import note
from publish.errors import UsageError
from publish.files import write_atomic
from publish.languages.registry import find

__all__ = ["add_arguments", "run"]

SETTINGS = """\
source-language = "{source}"
languages = [{languages}]
formats = ["pdf", "epub"]
"""

IGNORED = """\
# What publish makes
build/
"""

SOURCE = """\
---
title: "The title of the report"
subtitle: "What it is about"
author: "Who wrote it"
published: 2024-01-31
summary: "One or two sentences for catalogs and readers."
---

# First section {#first}

Write here. Each sentence becomes one entry for the translators.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "languages",
        nargs="*",
        default=["en"],
        metavar="TAG",
        help="the source's language, then those it is translated into: en ru tk",
    )
    parser.add_argument(
        "-C", dest="folder", type=Path, default=Path(), metavar="DIR", help="in this folder"
    )


def run(arguments: argparse.Namespace) -> int:
    root: Path = arguments.folder
    tags = tuple(dict.fromkeys(find(tag).tag for tag in arguments.languages))
    settings, source = root / "publish.toml", root / "source" / "report.md"
    for path in (settings, source):
        if path.exists():
            raise UsageError(f"{path} is there already", hint="start in an empty folder")
    listed = ", ".join(f'"{tag}"' for tag in tags)
    write_atomic(settings, SETTINGS.format(source=tags[0], languages=listed).encode())
    write_atomic(source, SOURCE.encode())
    ignored = root / ".gitignore"
    if not ignored.exists():
        write_atomic(ignored, IGNORED.encode())
    note(f"{settings} and {source} are there")
    note("next: write the report, then publish update and publish build")
    return 0
