"""Read commits and earlier versions of files from git.

Every function returns nothing where the workspace is not in git.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.reading.chapters import is_markdown

__all__ = ["Revision", "find_revision", "list_revisions", "read_past_versions", "read_version"]


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit: its short hash and its date, as `2024-06-24`."""

    name: str
    day: str


def list_revisions(root: Path, path: str, most: int = 100) -> Iterator[Revision]:
    """Yield the commits that changed a file or folder, newest first, at most `most`."""
    listed = _git(root, "log", f"-{most}", "--format=%h %as", "--", path)
    for line in (listed or b"").decode("utf-8", "replace").splitlines():
        name, _, day = line.partition(" ")
        yield Revision(name, day)


def read_version(root: Path, revision: Revision, path: str) -> dict[str, str]:
    """Return the Markdown files at a path (a file or a folder) in a commit, as texts by path."""
    listed = _git(root, "ls-tree", "-r", "-z", "--name-only", "--full-name", revision.name, path)
    names = (listed or b"").decode("utf-8", "replace").split("\0")
    texts = {}
    for name in sorted(filter(is_markdown, names)):
        data = _git(root, "show", f"{revision.name}:{name}")
        if data is not None:
            texts[name] = data.decode("utf-8", "replace").replace("\r\n", "\n")
    return texts


def read_past_versions(root: Path, path: str, most: int = 100) -> Iterator[tuple[Revision, bytes]]:
    """Yield the commits that changed a file, newest first, each with the file's bytes in it."""
    for revision in list_revisions(root, path, most):
        data = _git(root, "show", f"{revision.name}:./{path}")
        if data is not None:
            yield revision, data


def find_revision(root: Path, name: str) -> Revision | None:
    """Return the commit for a hash, tag or branch; None where there is none."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = (_git(root, *words) or b"").decode("ascii", "replace").strip()
    listed = _git(root, "log", "-1", "--format=%h %as", found) if found else None
    short, _, day = (listed or b"").decode("ascii", "replace").strip().partition(" ")
    return Revision(short, day) if short else None


def _git(root: Path, *words: str) -> bytes | None:
    """Return the output of a git command; None if git is missing or the command fails."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
