"""`publish merge-po`: two versions of a catalog merged by entry, as git's driver for `.po` files.

git calls it with the common ancestor, our version, their version and the path; the result takes
the place of our version.  What both sides translated differently is no failure: the file is
whole, both texts are in it, the entry is fuzzy, and a warning names it.  A version that cannot
be read is one: nothing is written, and git reports the conflict.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from publish.catalogs.merging import merge_files
from publish.catalogs.pofile import PoFile, dump, parse, read, write
from publish.cli.printing import note, print_findings
from publish.errors import MissingPartError, UsageError
from publish.files import write_atomic
from publish.model import Finding, Key, Level

__all__ = ["add_arguments", "run"]

DRIVER = "publish-po"
ATTRIBUTES = (f"*.po merge={DRIVER}", "*.review.csv merge=union")
"""Catalogs are merged by entry, ledgers by keeping the lines of both: their reader settles them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("base", nargs="?", metavar="BASE", help="the version both come from")
    parser.add_argument("ours", nargs="?", metavar="OURS", help="our version; gets the result")
    parser.add_argument("theirs", nargs="?", metavar="THEIRS", help="their version")
    parser.add_argument("path", nargs="?", metavar="PATH", help="what messages call the file")
    parser.add_argument(
        "--install", action="store_true", help="have git merge the .po files of this repository so"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 if OURS now holds the merged file, with conflicts or without; raises PublishError."""
    if arguments.install:
        return _install(arguments)
    if arguments.theirs is None:
        raise UsageError("three files are needed", hint="publish merge-po BASE OURS THEIRS [PATH]")
    path = Path(arguments.ours)
    base, ours, theirs = (
        _version(name, getattr(arguments, name), arguments.path)
        for name in ("base", "ours", "theirs")
    )
    po, conflicts = merge_files(base, ours, theirs)
    write(path, po)
    print_findings(_findings(parse(dump(po), arguments.path or str(path)), conflicts))
    return 0


def _version(name: str, file: str, path: str | None) -> PoFile:
    """One of the three files; with a path, messages call it `theirs:PATH`, as git would."""
    place = Path(file)
    if not place.exists():
        hint = "/dev/null stands for a version that does not exist"
        raise UsageError(f"there is no file {file}", hint=hint)
    shown = f"{name}:{path}" if path else file
    absent = name == "base" or not place.is_file()  # git makes an empty base for two new files
    return parse(place.read_bytes(), shown) if absent else read(place, shown)


def _findings(po: PoFile, conflicts: Iterable[Key]) -> list[Finding]:
    """A warning for each conflict, with its place in the merged file."""
    found = {record.entry.key: record.entry for record in po.records}
    return [
        Finding(
            "merge-conflict",
            Level.WARNING,
            "both sides translated this differently: both texts are kept, the entry is fuzzy",
            found[key].span,
            "choose, delete the comment that begins with conflict:, and remove the fuzzy mark",
            found[key].msgid,
        )
        for key in conflicts
    ]


# --------------------------------------------------------------------------- setting git up


def _install(arguments: argparse.Namespace) -> int:
    """Names this program as a merge driver, in this clone, and the attribute, in the work tree."""
    if arguments.base is not None:
        raise UsageError("--install takes no files")
    root = Path(_git("rev-parse", "--show-toplevel"))
    settings = {
        f"merge.{DRIVER}.name": "publish: merge catalogs by entry",
        f"merge.{DRIVER}.driver": _driver(),
    }
    for name, value in settings.items():
        _git("config", "--local", name, value)
        note(f"git config {name} {shlex.quote(value)}")
    for line in ATTRIBUTES:
        _add_attribute(root / ".gitattributes", line)
    note("next: commit .gitattributes; every clone needs publish merge-po --install once")
    return 0


def _driver() -> str:
    """The command line git runs; `-P` keeps it from importing files of the tree it merges."""
    program = shlex.quote(sys.executable).replace("%", "%%")
    return f"{program} -P -m publish merge-po -- %O %A %B %P"


def _add_attribute(path: Path, line: str) -> None:
    data = path.read_bytes() if path.is_file() else b""
    if line.encode() in map(bytes.strip, data.splitlines()):
        note(f"{path.name} has the line already: {line}")
        return
    gap = b"\n" if data and not data.endswith(b"\n") else b""
    write_atomic(path, data + gap + line.encode() + b"\n")
    note(f"{path.name}: {line}")


def _git(*words: str) -> str:
    """What git answers, run in the current folder."""
    try:
        done = subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise MissingPartError("git is not installed") from None
    if done.returncode:
        hint = "run this inside a git repository that has a work tree"
        raise UsageError(done.stderr.strip() or f"git {words[0]} failed", hint=hint)
    return done.stdout.removesuffix("\n")
