"""Create a workspace: settings and a first source, ready for an update and a build."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from publish.errors import UsageError
from publish.files import write_atomic
from publish.languages.registry import find

__all__ = ["StartedWorkspace", "start_workspace"]

SETTINGS = """\
source-language = "{source}"
languages = [{languages}]
formats = ["pdf", "epub"]
"""

IGNORED = """\
# What publish makes
build/
# What translation editors make of catalogs
*.mo
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


@dataclass(frozen=True, slots=True)
class StartedWorkspace:
    """The files of a new workspace, and its language tags, the source's first."""

    settings: Path
    source: Path
    languages: tuple[str, ...]


def start_workspace(root: Path, languages: Iterable[str] = ("en",)) -> StartedWorkspace:
    """Write settings and a first source into a folder.

    The first language is the source's.  Raises UsageError for an unknown tag, and if one of the
    files exists.
    """
    tags = tuple(dict.fromkeys(find(tag).tag for tag in languages))
    settings, source = root / "publish.toml", root / "source" / "report.md"
    for path in (settings, source):
        if path.exists():
            raise UsageError(
                f"{path} already exists", hint="choose an empty folder: publish init -C DIR"
            )
    listed = ", ".join(f'"{tag}"' for tag in tags)
    write_atomic(settings, SETTINGS.format(source=tags[0], languages=listed).encode())
    write_atomic(source, SOURCE.encode())
    ignored = root / ".gitignore"
    if not ignored.exists():
        write_atomic(ignored, IGNORED.encode())
    return StartedWorkspace(settings, source, tags)
