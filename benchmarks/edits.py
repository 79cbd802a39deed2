"""Measure what an edit of a long book costs: a fresh build, and the pages at the desk.

Run `python -m benchmarks.edits [PAGES] [TIMES]`, by default of 300 pages and three times; 500 take
minutes.  The book is that of `benchmarks.books`.  It is built once, so that its parts are in the
cache; then a word in its middle is changed, each time to another one, and later its first chapter
gets a paragraph more each time, so that all others have other numbers.  CPU seconds are those of
all processes, the least of all times; start and imports are part of a fresh build, not of the desk.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.books import write_book
from publish.building.draftpages import Drafts
from publish.building.limits import COLLECTING, measure_own_peak
from publish.editions.pdf.rendering import warm_up
from publish.garbage import set_objects_aside

PAGES, TIMES = 300, 3


def main() -> None:
    pages = int(sys.argv[1]) if sys.argv[1:] else PAGES
    times = int(sys.argv[2]) if sys.argv[2:] else TIMES
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        edits = _edit(root, pages)
        next(edits)
        print(f"built for the first time: {_build(root):.2f} s of CPU")
        print(f"… with nothing changed: {_build(root):.2f} s")
        least = min(_build(root) for _, _ in zip(range(times), edits, strict=False))
        print(f"… with one word changed: {least:.2f} s")
        least = min(_build(root) for _ in _add_paragraphs(root, times))
        print(f"… with one paragraph more in its first chapter: {least:.2f} s")
        warm_up()
        set_objects_aside()  # As the desk does.
        gc.set_threshold(*COLLECTING)
        drafts = Drafts(root, "book", "en")
        known: set[str] = set()
        found = []
        for _, _ in zip(range(times + 1), edits, strict=False):
            start = _seconds()
            laid = drafts.lay_out(known)
            known = set(laid.digests)
            found.append(_seconds() - start)
        count = len(laid.digests)
        print(f"pages at the desk for the first time: {found[0]:.2f} s of CPU, {count} pages")
        print(f"… with one word changed: {min(found[1:]):.2f} s, {len(laid.new)} pages painted")
        found.clear()
        for _ in _add_paragraphs(root, times):
            start = _seconds()
            laid = drafts.lay_out(known)
            known = set(laid.digests)
            found.append(_seconds() - start)
        print(f"… with one paragraph more: {min(found):.2f} s, {len(laid.new)} pages painted")
        print(f"this process took at most {measure_own_peak() >> 20} MiB")


def _edit(root: Path, pages: int) -> Iterator[int]:
    """Write the book, then each time with another word in its middle; yield how often so far."""
    text = "\n".join(write_book(pages))
    middle = text.index(" the ", len(text) // 2)
    (root / "source").mkdir()
    settings = 'source-language = "en"\nform = "report"\nformats = ["pdf"]\n'
    (root / "publish.toml").write_text(settings, encoding="utf-8")
    word = "the"
    for number in range(26 * 26):
        changed = f"{text[:middle]} {word} {text[middle + 5 :]}"
        (root / "source/book.md").write_text(changed, encoding="utf-8")
        yield number
        word = f"th{chr(97 + number // 26)}{chr(97 + number % 26)}"


def _add_paragraphs(root: Path, times: int) -> Iterator[int]:
    """Add a paragraph to the first chapter; yield how many so far."""
    path = root / "source/book.md"
    for number in range(1, times + 1):
        title, body = path.read_text("utf-8").split("\n# ", 1)
        heading, rest = body.split("\n\n", 1)
        path.write_text(f"{title}\n# {heading}\n\nA line more.\n\n{rest}", encoding="utf-8")
        yield number


def _build(root: Path) -> float:
    """Return the CPU seconds of a build by the command."""
    start = _seconds()
    command = [sys.executable, "-m", "publish", "build", "-q", "-C", str(root)]
    subprocess.run(command, check=True)
    return _seconds() - start


def _seconds() -> float:
    """Return the CPU seconds of this process and of those that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
