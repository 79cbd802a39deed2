"""Merge two versions of a catalog entry by entry, and make git do so.

git calls its merge driver with the common ancestor, our version, their version and the path; the
driver writes the result to our version.  If this program cannot run, as when its folder moved, or
cannot read a version, `git merge-file` merges the lines and marks conflicts.  A conflict of two
translations is no failure: the entry gets both texts and is marked fuzzy, and a warning names it.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from publish.errors import MissingPartError, UsageError
from publish.files import refuse_links, write_atomic
from publish.model import Finding, Key, Level
from publish.po.merging import merge_files
from publish.po.pofile import PoFile, dump_po, parse_po, read_po_file, write_po_file

__all__ = ["InstalledDriver", "install_merge_driver", "merge_catalog_files"]

DRIVER = "publish-po"
ATTRIBUTES = ("*.po merge=publish-po", "*.pot merge=publish-po", "*.review.csv merge=union")
"""Catalogs are merged by entry; ledgers keep the lines of both sides, which their reader sorts."""


def merge_catalog_files(
    base: str, ours: str, theirs: str, path: str | None = None
) -> tuple[Finding, ...]:
    """Merge three files into `ours` and return a warning for each conflict.

    `path` is the name of the file in messages.  Raises PublishError if a version cannot be read;
    then nothing is written.
    """
    versions = {"base": base, "ours": ours, "theirs": theirs}
    read_versions = [_version(name, file, path) for name, file in versions.items()]
    po, conflicts = merge_files(*read_versions)
    write_po_file(Path(ours), po)
    return tuple(_findings(parse_po(dump_po(po), path or ours), conflicts))


def _version(name: str, file: str, path: str | None) -> PoFile:
    """Return one of the three files; with a path, its name in messages is like `theirs:PATH`."""
    place = Path(file)
    if not place.exists():
        hint = "give /dev/null for a version that does not exist"
        raise UsageError(f"there is no file {file}", hint=hint)
    shown = f"{name}:{path}" if path else file
    absent = name == "base" or not place.is_file()  # git makes an empty base for two new files
    return parse_po(place.read_bytes(), shown) if absent else read_po_file(place, shown)


def _findings(po: PoFile, conflicts: Iterable[Key]) -> Iterable[Finding]:
    found = {record.entry.key: record.entry for record in po.records}
    for key in conflicts:
        yield Finding(
            code="merge-conflict",
            level=Level.WARNING,
            message="both sides translated this differently: both texts are kept, and "
            "the entry is fuzzy",
            span=found[key].span,
            hint="choose a text, delete the comment that begins with conflict: and the fuzzy mark",
            excerpt=found[key].msgid,
        )


# --------------------------------------------------------------------------- git


@dataclass(frozen=True, slots=True)
class InstalledDriver:
    """The settings given to git; the lines added to `.gitattributes`, and those already there."""

    settings: dict[str, str]
    added: tuple[str, ...]
    present: tuple[str, ...]


def install_merge_driver(folder: Path) -> InstalledDriver:
    """Make this program the merge driver for catalogs in the clone that a folder is in.

    Raises UsageError outside a work tree, MissingPartError if git is not installed, and
    PublishError (code `link-refused`) for a link in the place of a file that is written.
    """
    root = Path(_git(folder, "rev-parse", "--show-toplevel"))
    settings = {
        f"merge.{DRIVER}.name": "publish: merge catalogs by entry",
        f"merge.{DRIVER}.driver": _driver(),
    }
    path = root / ".gitattributes"
    config = folder / _git(folder, "rev-parse", "--git-path", "config")
    for written in (root / ".git", config, path):  # git itself writes through links.
        refuse_links(written)
    for name, value in settings.items():
        _git(folder, "config", "--local", name, value)
    data = path.read_bytes() if path.is_file() else b""
    present = {line.strip().decode("utf-8", "replace") for line in data.splitlines()}
    added = tuple(line for line in ATTRIBUTES if line not in present)
    if added:
        gap = "\n" if data and not data.endswith(b"\n") else ""
        write_atomic(path, data + (gap + "".join(f"{line}\n" for line in added)).encode())
    return InstalledDriver(settings, added, tuple(line for line in ATTRIBUTES if line not in added))


def _driver() -> str:
    """Return the command that git runs; `-P` keeps it from importing files of the work tree.

    git takes any failure of it for a conflict, but leaves our version without a mark.  So what
    fails is merged by lines, and is still a conflict: a damaged file may merge without one.
    """
    program = shlex.quote(sys.executable).replace("%", "%%")
    lines = "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
    return f"{program} -P -m publish merge-po -- %O %A %B %P || {{ {lines}; false; }}"


def _git(folder: Path, *words: str) -> str:
    """Run git in a folder and return its output."""
    try:
        command = ["git", "-C", str(folder), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise MissingPartError("git is not installed") from None
    if done.returncode:
        hint = "run this inside a git repository that has a work tree"
        raise UsageError(done.stderr.strip() or f"git {words[0]} failed", hint=hint)
    return done.stdout.removesuffix("\n")
