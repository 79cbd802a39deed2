"""Measure long books: ours in parts and whole, and what other programs make of them, in one table.

Run `python -m benchmarks.books [--edits] [KIND] [PAGES ...]`, by default 10, 100 and 300 pages of
A4; 1,000 take minutes.  Of another kind of pages, such as `print`, only ours are made.  The text is
that of the report, sentence by sentence in a random order, in chapters of ten pages with tables,
lists, notes and links.  Each row is made in a process of its own, one after the other, and its file
is read to say what it is.

- Ours starts from the finished tree.  “Two processes” lay out parts beside the one that joins them.
- WeasyPrint, as it comes, has the same tree, style sheet and fonts.
- Chromium, if it is installed, prints our HTML edition, whose style is another.
- Typst, if its Python package is installed, sets the same headings, paragraphs, lists, tables and
  notes in the same typeface, and is asked for the standards that we keep.
- Our EPUB and HTML start from the Markdown source, which is read and composed for them.

CPU seconds are those of all processes, “memory” is the peak of the largest.  With `--edits` a book
is also made into an empty cache (`kept`), after an edit (`edited`) and once more (`again`).
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

from benchmarks.booktypst import STANDARDS, write_typst
from benchmarks.pdf import plain_render
from benchmarks.prose import ROOT
from publish.building.cache import Cache
from publish.building.limits import COLLECTING
from publish.building.partcache import make_part_store
from publish.building.parts import make_part_runner
from publish.building.preparing import PreparedText, prepare
from publish.editions.fonts import find_font_faces
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.pdf import rendering
from publish.editions.pdf.rendering import PdfInput, render, warm_up
from publish.editions.writers import make_pdf_input, write_edition
from publish.languages.registry import find
from publish.model import PAGES, Format, PageSize
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

SIZES = (10, 100, 300)
PARAGRAPHS = 4.4
"""About how many paragraphs are on a page."""

CHAPTER = 10
"""How many pages a chapter has."""

WAYS = {
    "parts 2": "ours in parts, two processes",
    "parts 1": "ours in parts, one process",
    "whole": "ours, whole",
    "weasyprint": "WeasyPrint as it comes",
    "chromium": "Chromium, our HTML",
    "typst": "Typst",
    "epub": "ours, EPUB",
    "html": "ours, HTML",
}
LAID_OUT = ("parts 2", "parts 1", "whole")
EDITS = {
    "kept": "ours, into an empty cache",
    "edited": "ours, one word changed",
    "again": "ours, nothing changed",
}

NO_PROGRAM = 3
"""The exit code of a measurement whose program is not installed."""


@dataclass(frozen=True)
class Measured:
    """What a row took: seconds, MiB of the largest process; `alone` is the CPU of the joining one.

    `digest` is that of the file.
    """

    cpu: float
    alone: float
    wall: float
    memory: int
    digest: str


@dataclass(frozen=True)
class Row:
    """A row of the table: what it took, its pages and bytes, and what it is."""

    name: str
    took: Measured
    pages: int
    size: int
    facts: str


def main() -> None:
    arguments = [one for one in sys.argv[1:] if one != "--edits"]
    kind: PageSize = next((one for one in PAGES if one in arguments), "a4")
    arguments = [one for one in arguments if one != kind]
    if arguments[:1] == ["--one"]:
        how, pages, folder = arguments[1], int(arguments[2]), Path(arguments[3])
        measured = measure(how, pages, folder, kind)
        if measured is None:
            sys.exit(NO_PROGRAM)
        print(json.dumps(asdict(measured)))
        return
    ways = {how: name for how, name in WAYS.items() if kind == "a4" or how in LAID_OUT}
    ways = {**ways, **(EDITS if "--edits" in sys.argv else {})}
    rows: dict[int, dict[str, Row]] = {}
    print("| | pages | elapsed, s | CPU, s | memory, MiB | kB | what the file is |")
    print("|---|--:|--:|--:|--:|--:|---|", flush=True)
    for pages in map(int, arguments or SIZES):
        with tempfile.TemporaryDirectory() as made:
            rows[pages] = dict(_rows(ways, pages, Path(made), kind))
    print()
    first = next(iter(rows.values()))
    for pages, found in rows.items():
        for line in _ratios(found, first):
            print(f"- {pages}: {line}")


def _rows(
    ways: Mapping[str, str], pages: int, folder: Path, kind: PageSize
) -> Iterator[tuple[str, Row]]:
    """Measure a book in each way, print the row, and yield it."""
    # What reads files takes memory, which those that are measured must not have.
    from benchmarks.bookfacts import read_facts

    for how, name in ways.items():
        command = [sys.executable, "-m", "benchmarks.books", "--one", how, str(pages), str(folder)]
        command.append(kind)
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode == NO_PROGRAM:
            print(f"| {name} | | | | | | not installed |", flush=True)
            continue
        if done.returncode:
            print(
                f"| {name} | | | | | | failed: {done.stderr.strip().splitlines()[-1]} |", flush=True
            )
            continue
        took = Measured(**json.loads(done.stdout))
        data = _result(folder, how).read_bytes()
        facts = read_facts(data) if data.startswith(b"%PDF") else None
        about = facts.describe() if facts else "reading the source included"
        row = Row(name, took, facts.pages if facts else 0, len(data), about)
        print(
            f"| {name} | {row.pages or ''} | {took.wall:.1f} | {took.cpu:.1f} | {took.memory} "
            f"| {row.size / 1000:.0f} | {row.facts} |",
            flush=True,
        )
        yield how, row


def _ratios(found: Mapping[str, Row], first: Mapping[str, Row]) -> Iterator[str]:
    """Yield what the rows of one size say of each other, and of those of the first size."""
    took = {how: row.took for how, row in found.items()}
    if not {"parts 1", "parts 2"} <= set(took):
        return
    one, two = took["parts 1"], took["parts 2"]
    yield f"the same bytes with one and two processes: {one.digest == two.digest}"
    best = one.cpu / (one.alone + (one.cpu - one.alone) / 2)
    yield f"one process over two, elapsed: {one.wall / two.wall:.2f}, at best {best:.2f}"
    page = one.cpu / found["parts 1"].pages
    if "parts 1" in first:
        small = first["parts 1"]
        yield f"CPU of a page over one of the first size: {page * small.pages / small.took.cpu:.2f}"
    if "whole" in took:
        whole = took["whole"]
        yield f"two processes over whole, elapsed: {two.wall / whole.wall:.2f}"
        yield f"parts over whole, CPU: {one.cpu / whole.cpu:.2f}"
    for how in ("weasyprint", "chromium", "typst"):
        if how in took:
            other, count = took[how], found[how].pages
            elapsed = two.wall / found["parts 2"].pages * count / other.wall
            yield (
                f"ours over {WAYS[how]}, a page: CPU {page * count / other.cpu:.2f}, elapsed with "
                f"two processes {elapsed:.2f}; memory {two.memory / other.memory:.2f}"
            )


# --------------------------------------------------------------------------- one row


def measure(how: str, pages: int, folder: Path, kind: PageSize) -> Measured | None:
    """Measure one way in this process and those it starts; None if its program is missing.

    `kept` fills a cache, `edited` uses it after an edit, `again` once more.
    """
    work = _prepare(how, pages, folder, kind)
    if work is None:
        return None
    gc.freeze()  # As in the workers of a build.
    gc.set_threshold(*COLLECTING)
    alone = how in ("chromium", "typst")  # Programs of their own, which this process waits for.
    start, before, own = time.monotonic(), _seconds(), time.process_time()
    data = work()
    if alone:
        _wait_for_all()
    wall, cpu = time.monotonic() - start, _seconds() - before
    own = time.process_time() - own
    counted = (RUSAGE_CHILDREN,) if alone else (RUSAGE_SELF, RUSAGE_CHILDREN)
    peak = max(getrusage(who).ru_maxrss for who in counted) >> 10
    _result(folder, how).write_bytes(data)
    return Measured(cpu, own, wall, peak, sha256(data).hexdigest())


def _prepare(how: str, pages: int, folder: Path, kind: PageSize) -> Callable[[], bytes] | None:
    """Return what makes the file of one way, once all it starts from is there."""
    root = folder / how.replace(" ", "-")
    if how in ("epub", "html"):
        return partial(_write_from_source, "epub" if how == "epub" else "html", pages, root)
    found = prepare_book(pages, root, edited=how in ("edited", "again"), kind=kind)
    if how == "chromium":
        return _prepare_chromium(found, root)
    if how == "typst":
        return _prepare_typst(found, root)
    source = make_input(found)
    del found
    warm_up()
    if how == "weasyprint":
        return partial(plain_render, source)
    if how == "whole":
        setattr(rendering, "split_aside", lambda *_: None)  # noqa: B010
    kept = how in EDITS
    store = make_part_store(Cache(folder / "cache", 10**9) if kept else None, lambda: "code")
    run = make_part_runner(2 if how == "parts 2" else 1)
    return lambda: render(source, run, store).data


def _write_from_source(kind: Format, pages: int, root: Path) -> bytes:
    found = prepare_book(pages, root)
    tree = make_edition_tree(found.text, found.materials)
    return write_edition(kind, found.text, tree, found.materials).data


def _prepare_chromium(found: PreparedText, root: Path) -> Callable[[], bytes] | None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return None
    page, made = root / "book.html", root / "book.pdf"
    tree = make_edition_tree(found.text, found.materials)
    page.write_bytes(write_edition("html", found.text, tree, found.materials).data)
    _take_orphans()
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={root}/profile", f"--print-to-pdf={made}", page.as_uri()]
    return partial(_run_program, command, made)


def _prepare_typst(found: PreparedText, root: Path) -> Callable[[], bytes] | None:
    if find_spec("typst") is None:
        return None
    source, made = root / "book.typ", root / "book.pdf"
    source.write_text(write_typst(found.text.document), "utf-8")
    fonts = sorted({str(face.path.parent) for face in find_font_faces()})
    code = (
        "import typst; typst.compile("
        f"{str(source)!r}, output={str(made)!r}, font_paths={fonts!r}, ignore_system_fonts=True, "
        f"pdf_standards={STANDARDS!r})"
    )
    return partial(_run_program, [sys.executable, "-c", code], made)


def _run_program(command: list[str], made: Path) -> bytes:
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return made.read_bytes()


TAKE_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): what programs leave behind becomes a child of this one."""


def _take_orphans() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(TAKE_ORPHANS, 1)


def _wait_for_all() -> None:
    """Wait for what a program left behind, so that it is counted."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            process, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not process:
            time.sleep(0.05)


def _result(folder: Path, how: str) -> Path:
    return folder / f"{how.replace(' ', '-')}.pdf"


def _seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


# --------------------------------------------------------------------------- books


def prepare_book(
    pages: int, root: Path, *, edited: bool = False, kind: PageSize = "a4"
) -> PreparedText:
    """Return a book of about so many pages; if it is edited, one word in its middle is another.

    Its chapters begin on right pages if the kind of pages has sides.
    """
    text = "\n".join(write_book(pages))
    if edited:
        middle = text.index(" the ", len(text) // 2)
        text = f"{text[:middle]} The {text[middle + 5 :]}"
    (root / "source").mkdir(parents=True)
    (root / "source/book.md").write_text(text, encoding="utf-8")
    form = "book" if PAGES[kind].two_sided else "report"
    settings = f'source-language = "en"\nform = "{form}"\nformats = ["pdf"]\n'
    (root / "publish.toml").write_text(settings, encoding="utf-8")
    found = prepare(Loader(open_workspace(root)), "book", find("en"), use_fuzzy=False)
    return replace(found, materials=replace(found.materials, page=kind))


def make_source(pages: int, root: Path) -> PdfInput:
    """Return the input of the PDF of a book of about so many pages."""
    return make_input(prepare_book(pages, root))


def make_input(found: PreparedText) -> PdfInput:
    """Return the input of the PDF of a prepared text."""
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
