"""Measure what `publish check --built` costs, in proportion to the build.

Run `python -m benchmarks.auditing`.  The report, and a series of 12 such documents in its three
languages, are built from nothing with one worker and then checked, each command in a process of
its own.  Times are CPU seconds, start of Python included, the least of two rounds.  Python may keep
what it compiles, as it does where a package is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.pdf import NAME
from benchmarks.prose import ROOT

MANY, ROUNDS = 12, 2


def main() -> None:
    for count in (1, MANY):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            _write_workspace(root, count)
            _compare(root, count)


def _write_workspace(root: Path, count: int) -> None:
    """Write a workspace with copies of the report under other names."""
    names = [f"report-{number}" for number in range(1, count + 1)]
    (root / "source").mkdir()
    for name in names:
        shutil.copy(ROOT / f"source/{NAME}.md", root / f"source/{name}.md")
        for language in ("ru", "tk"):
            folder = root / f"locales/{language}/LC_MESSAGES"
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / f"locales/{language}/LC_MESSAGES/{NAME}.po", folder / f"{name}.po")
    settings = f'documents = {names}\nsource-language = "en"\nlanguages = ["en", "ru", "tk"]\n'
    (root / "publish.toml").write_text(settings, encoding="utf-8")


def _compare(root: Path, count: int) -> None:
    builds, checks = [], []
    for _ in range(ROUNDS):
        shutil.rmtree(root / "build", ignore_errors=True)
        builds.append(_run(root, "build", "-q", "--workers", "1"))
        checks.append(_run(root, "check", "-q", "--built"))
    build, check = min(builds), min(checks)
    print(
        f"{count} documents, {6 * count} editions: build {build:.2f} s of CPU, "
        f"check --built {check:.2f} s, ratio {check / build:.2f}"
    )


def _run(root: Path, command: str, *options: str) -> float:
    """Return the CPU seconds of a command in a process of its own."""
    before = getrusage(RUSAGE_CHILDREN)
    line = [sys.executable, "-m", "publish", command, *options, "-C", str(root)]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(line, check=True, env=kept)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
