"""Measure long books: in parts and whole, with one process and two, after an edit, and memory.

Run `python -m benchmarks.books [PAGES ...]`, by default 10, 100 and 300 pages; 1,000 take minutes.
The text is that of the report, sentence by sentence in a random order, in chapters of ten pages
with tables, lists, notes and links.  Each measurement is a process of its own, and they take turns.
Whole books of more than 300 pages are not measured, since they take too long and too much memory.
CPU seconds are those of all processes; the largest of these is that by its peak of memory.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from benchmarks.prose import ROOT
from publish.building.cache import Cache
from publish.building.partcache import make_part_store
from publish.building.parts import make_part_runner
from publish.building.preparing import prepare
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.pdf import rendering
from publish.editions.pdf.rendering import PdfInput, render, warm_up
from publish.editions.writers import make_pdf_input
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

SIZES = (10, 100, 300)
WHOLE_UP_TO = 300
PARAGRAPHS = 4.4
"""About how many paragraphs are on a page."""

CHAPTER = 10
"""How many pages a chapter has."""


@dataclass(frozen=True)
class Measured:
    """What one process took, with all it started: seconds, MiB, and what came of it."""

    pages: int
    cpu: float
    wall: float
    memory: int
    size: int
    digest: str


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        how, pages, folder = sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
        print(json.dumps(asdict(measure(how, pages, folder))))
        return
    first: float | None = None
    for pages in map(int, sys.argv[1:] or SIZES):
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            ways = ["whole"] if pages <= WHOLE_UP_TO else []
            ways += ["parts 1", "parts 2", "kept", "edited", "again"]
            found = {way: _in_process(way, pages, folder) for way in ways}
        for way, one in found.items():
            print(
                f"{one.pages} pages, {way}: {one.cpu:.2f} s of CPU, {one.wall:.2f} s, "
                f"{one.memory} MiB, {one.size / 1000:.0f} kB"
            )
        alike = {found[way].digest for way in ("parts 1", "parts 2", "kept")}
        print(f"  the same bytes: {len(alike) == 1}")
        print(
            f"  one process over two, elapsed: {found['parts 1'].wall / found['parts 2'].wall:.2f}"
        )
        if "whole" in found:
            print(f"  parts over whole, CPU: {found['parts 1'].cpu / found['whole'].cpu:.2f}")
        page = found["parts 1"].cpu / found["parts 1"].pages
        first = first or page
        print(f"  a page costs {page / first:.2f} of one of the first size")


def _in_process(how: str, pages: int, folder: Path) -> Measured:
    command = [sys.executable, "-m", "benchmarks.books", "--one", how, str(pages), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout))


def measure(how: str, pages: int, folder: Path) -> Measured:
    """Measure one way: `kept` fills a cache, `edited` uses it after an edit, `again` once more."""
    source = make_source(pages, folder / how.replace(" ", "-"), edited=how in ("edited", "again"))
    warm_up()
    if how == "whole":
        setattr(rendering, "split_document", lambda *_: None)  # noqa: B010
    kept = how in ("kept", "edited", "again")
    store = make_part_store(Cache(folder / "cache", 10**9) if kept else None, lambda: "code")
    start, before = time.monotonic(), _seconds()
    made = render(source, make_part_runner(2 if how == "parts 2" else 1), store)
    wall, cpu = time.monotonic() - start, _seconds() - before
    peak = max(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN)) >> 10
    count = len(made.pages.starts) if made.pages else 0
    return Measured(count, cpu, wall, peak, len(made.data), sha256(made.data).hexdigest())


def _seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


# --------------------------------------------------------------------------- books


def make_source(pages: int, root: Path, *, edited: bool = False) -> PdfInput:
    """Return a book of about so many pages; if it is edited, one word in its middle is another."""
    text = "\n".join(write_book(pages))
    if edited:
        middle = text.index(" the ", len(text) // 2)
        text = f"{text[:middle]} The {text[middle + 5 :]}"
    (root / "source").mkdir(parents=True)
    (root / "source/book.md").write_text(text, encoding="utf-8")
    settings = 'source-language = "en"\nform = "report"\nformats = ["pdf"]\n'
    (root / "publish.toml").write_text(settings, encoding="utf-8")
    found = prepare(Loader(open_workspace(root)), "book", find("en"), use_fuzzy=False)
    tree = make_edition_tree(found.text, found.materials)
    return make_pdf_input(found.text, tree, found.materials)


def write_book(pages: int) -> Iterator[str]:
    """Yield the lines of a book, the same each time."""
    chance = random.Random(pages)
    sentences = _sentences()
    notes: list[str] = []
    chapters = max(pages // CHAPTER, 1)
    yield from ("---", "title: A long book", "author: A", "published: 2024-01-31", "---", "")
    for chapter in range(1, chapters + 1):
        yield from (f"# Chapter {chapter} {{#c{chapter}}}", "")
        for number in range(int(min(pages, CHAPTER) * PARAGRAPHS)):
            text = " ".join(chance.choices(sentences, k=chance.randint(2, 6)))
            if number % 9 == 4:
                notes.append(chance.choice(sentences))
                text += f"[^{len(notes)}]"
            if number % 11 == 5:
                text += f" See [there](#c{chance.randint(1, chapters)})."
            if number % 8 == 7:
                yield from (f"## Section {chapter}.{number}", "")
            yield from (text, "")
            if number % 17 == 3:
                rows = [f"| {1990 + row} | {chance.randint(1, 99999)} |" for row in range(6)]
                yield from ("| Year | Sum |", "|---|--:|", *rows, "")
            if number % 13 == 6:
                yield from (*(f"- {chance.choice(sentences)}" for _ in range(3)), "")
    for number, note in enumerate(notes, 1):
        yield from (f"[^{number}]: {note}", "")


def _sentences() -> list[str]:
    found = prepare(
        Loader(open_workspace(ROOT)), "tip-2024-turkmenistan", find("en"), use_fuzzy=False
    )
    tree = make_edition_tree(found.text, found.materials)
    words = "".join(map(str, tree.itertext())).split()
    chance = random.Random(1)
    starts = [chance.randrange(len(words) - 40) for _ in range(400)]
    plain = [" ".join(words[at : at + chance.randint(8, 26)]) for at in starts]
    return [f"{''.join(c for c in one if c.isalnum() or c in ' ,’-')}." for one in plain]


if __name__ == "__main__":
    main()
