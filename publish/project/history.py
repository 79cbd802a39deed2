"""Read commits and earlier versions of files from git.

Every function returns nothing where the workspace is not in git.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.reading.chapters import is_markdown

__all__ = [
    "Merge",
    "Revision",
    "find_clean_commit",
    "find_revision",
    "find_revision_before",
    "list_merges",
    "list_revisions",
    "read_file_at",
    "read_past_versions",
    "read_version",
]


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit: its short hash, its date, as `2024-06-24`, and where known its time and message.

    `time` is written as ISO 8601 has it, `message` is the first line.
    """

    name: str
    day: str
    time: str = ""
    message: str = ""


def list_revisions(root: Path, path: str, most: int = 100) -> Iterator[Revision]:
    """Yield the commits that changed a file or folder, newest first, at most `most`."""
    listed = _git(root, "log", f"-{most}", "--format=%h%x00%as%x00%aI%x00%s", "--", path)
    for line in (listed or b"").decode("utf-8", "replace").split("\n"):
        if line:
            yield Revision(*line.split("\0", 3))


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
        data = read_file_at(root, revision.name, path)
        if data is not None:
            yield revision, data


def find_revision(root: Path, name: str) -> Revision | None:
    """Return the commit for a hash, tag or branch; None where there is none."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = (_git(root, *words) or b"").decode("ascii", "replace").strip()
    listed = _git(root, "log", "-1", "--format=%h %as", found) if found else None
    short, _, day = (listed or b"").decode("ascii", "replace").strip().partition(" ")
    return Revision(short, day) if short else None


def find_clean_commit(root: Path, parts: Iterable[str]) -> str:
    """Return the full hash of the last commit, empty unless these parts are as it has them.

    `parts` are files and folders of the workspace.  Git's own comparison is not used, because the
    settings of a clone can name programs that it runs.
    """
    here = {
        path.relative_to(root).as_posix()
        for part in parts
        for path in ([root / part] if (root / part).is_file() else (root / part).rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
    listed = _git(root, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", *parts)
    names = {name for name in (listed or b"").decode("utf-8", "replace").split("\0") if name}
    if not here or here != names:
        return ""
    if any(read_file_at(root, "HEAD", name) != (root / name).read_bytes() for name in here):
        return ""
    return (_git(root, "rev-parse", "--verify", "HEAD") or b"").decode("ascii").strip()


def find_revision_before(root: Path, day: str) -> Revision | None:
    """Return the last commit before a day, such as `2024-06-24`; None where there is none."""
    found = _git(root, "rev-list", "-1", f"--before={day}T00:00:00", "HEAD", "--")
    name = (found or b"").decode("ascii", "replace").strip()
    return find_revision(root, name) if name else None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge by its short hash, empty for the one that is going on, and its parents' hashes."""

    name: str
    parents: tuple[str, ...]

    @property
    def words(self) -> str:
        """What to call it in a message."""
        return f"the merge {self.name}" if self.name else "the merge that is going on"


def list_merges(root: Path, since: str) -> tuple[Merge, ...]:
    """Return the merges after a commit, newest first; first of all the one that is going on."""
    going = _git(root, "rev-parse", "--verify", "--quiet", "--short", "MERGE_HEAD")
    head = _git(root, "rev-parse", "--short", "HEAD")
    both = tuple(one.decode("ascii").strip() for one in (head, going) if one)
    found = [Merge("", both)] if going else []
    words = ("log", "--merges", "--format=%h %p", f"{since}..HEAD", "--")
    listed = (_git(root, *words) or b"").decode("ascii", "replace").splitlines()
    return (*found, *(Merge(name, tuple(more)) for name, *more in map(str.split, listed)))


def read_file_at(root: Path, commit: str, path: str) -> bytes | None:
    """Return the bytes that a file of the workspace has in a commit, None if it is not there."""
    return _git(root, "show", f"{commit}:./{path}")


def _git(root: Path, *words: str) -> bytes | None:
    """Return the output of a git command; None if git is missing or the command fails."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words], capture_output=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
