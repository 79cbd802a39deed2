"""Measure what the review desk takes for one changed sentence, on the report and on a large book.

Run `python -m benchmarks.desk [FOLDER]`; a FOLDER keeps the book for another run.  The book has
12,500 English sentences in 50 chapters, about 300 pages, with lists, tables, notes, figures and
references; its Russian translation has the words of the report.  Times of changes are CPU
milliseconds: the median, the 95th percentile and the worst of 60 changes, each of another sentence.
Memory is what the process takes at that moment, all libraries included.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

from benchmarks.checks import MARKS, pseudo, russian
from benchmarks.prose import ROOT, documents
from publish.actions.desk.findings.judged import JudgedTexts
from publish.actions.desk.page.live import LivePage, Shows
from publish.actions.desk.watching import Watched
from publish.languages.registry import find
from publish.model import Entry
from publish.po.formatting import make_header_entry
from publish.po.pofile import PoFile, PoRecord, dump_po, replace_entry
from publish.project.workspace import open_workspace
from publish.reading.source import Source
from publish.translation.loading import Loader
from publish.translation.narrowing import find_changed_keys
from publish.translation.translation import Translation

SENTENCES, CHAPTERS, CHANGES = 12_500, 50, 60
REPORT, BOOK = "tip-2024-turkmenistan", "book"


# --------------------------------------------------------------------------- the book


def prose() -> Iterator[str]:
    """Yield English sentences without characters that could be Markdown."""
    for text in documents():
        yield from (one for one in text if one.isprintable() and not MARKS.search(one))


def write_source(wanted: int) -> str:
    """Return the Markdown of a book with so many sentences of prose."""
    rng, given = random.Random(1), prose()
    lines = ["---", "title: A book of prose", "author: Nobody", "published: 2024-01-01", "---", ""]
    each, notes = wanted // CHAPTERS, 0
    for chapter in range(1, CHAPTERS + 1):
        lines += [f"# Chapter {chapter} of the book {{#c{chapter}}}", ""]
        left = each
        while left > 0:
            match rng.randrange(12):
                case 0:
                    lines += [f"## Part {rng.randrange(10**6)} of chapter {chapter}", ""]
                case 1:
                    lines += [*(f"- {next(given)}" for _ in range(4)), ""]
                    left -= 4
                case 2:
                    rows = (f"| {next(given)} | {rng.randrange(9999)} |" for _ in range(4))
                    lines += ["| Text | Number |", "|---|--:|", *rows, ""]
                    left -= 4
                case 3:
                    notes += 1
                    lines += [f"{next(given)[:-1]}.[^n{notes}]", ""]
                    lines += [f"[^n{notes}]: {next(given)}", ""]
                    left -= 2
                case 4:
                    lines += [f"{next(given)[:-1]}, see [](#c{rng.randint(1, CHAPTERS)}).", ""]
                    left -= 1
                case _:
                    count = rng.randint(3, 8)
                    lines += [" ".join(next(given) for _ in range(count)), ""]
                    left -= count
    return "\n".join(lines) + "\n"


def write_catalog(source: Source) -> bytes:
    """Return a Russian catalog of a source, with the marks of each sentence."""
    words, rng = list(russian()), random.Random(2)
    units = {unit.key: unit for unit in source.units}
    records = [PoRecord(make_header_entry(find("ru"), BOOK))]
    for (context, msgid), unit in units.items():
        bare = msgid.replace("[](1)", "").partition("[^")[0]
        text = pseudo(bare.strip() or "A", words, rng)
        text += "".join(f"[]({number})" for number, _ in enumerate(unit.addresses, 1))
        text += "".join(f"[^{part.partition(']')[0]}]" for part in msgid.split("[^")[1:])
        records.append(PoRecord(Entry(msgid=msgid, msgstrs=(text,), context=context)))
    return dump_po(PoFile(file=f"{BOOK}.po", header=records[0], records=tuple(records[1:])))


def make_book(folder: Path) -> None:
    """Write a workspace with the book."""
    (folder / "source").mkdir(parents=True)
    (folder / "publish.toml").write_text('languages = ["en", "ru"]\n', "utf-8")
    (folder / f"source/{BOOK}.md").write_text(write_source(SENTENCES), "utf-8")
    source = Loader(open_workspace(folder)).source(BOOK)
    path = folder / f"locales/ru/LC_MESSAGES/{BOOK}.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(write_catalog(source))


# --------------------------------------------------------------------------- changes


def list_versions(translation: Translation, count: int) -> Iterator[Translation]:
    """Yield versions of a translation, in each of which one more sentence is another one."""
    assert translation.po is not None
    rng, records = random.Random(3), list(translation.po.records)
    for number in rng.sample(range(len(records)), min(count, len(records))):
        entry = records[number].entry
        text = f"Иначе {entry.msgstr}" if entry.msgstr else "Иначе."
        changed = replace(entry, msgstrs=(text,))
        records[number] = replace_entry(records[number], changed)
        yield translation.with_catalog(replace(translation.po, records=tuple(records)))


def measure(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds that some work takes."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def describe(name: str, times: list[float]) -> str:
    """Return a line with the median, the 95th percentile and the worst of some times."""
    every = sorted(times)
    high = every[int(0.95 * (len(every) - 1))]
    return f"{name} {statistics.median(every):.1f} ms, 95 %: {high:.1f}, worst: {every[-1]:.1f}"


# --------------------------------------------------------------------------- the desk


def memory() -> int:
    """Return how many MB the process takes now."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


def run(root: Path, name: str) -> Iterator[str]:
    """Yield lines on one document of a workspace, translated into Russian."""
    loader = Loader(open_workspace(root))
    start = time.process_time()
    translation = loader.translation(name, find("ru"))
    loaded = time.process_time() - start
    sentences = translation.source.sentences
    yield f"{name}: {len(sentences)} sentences, read in {loaded:.2f} s, {memory()} MB"
    start = time.process_time()
    judged = JudgedTexts(loader, translation)
    yield f"  judged in {time.process_time() - start:.2f} s, {memory()} MB"
    pages = {shows: LivePage(loader, translation, shows) for shows in get_args(Shows)}
    for shows, page in pages.items():
        start = time.process_time()
        size = len(page.html())
        yield f"  {shows} composed in {time.process_time() - start:.2f} s, {size // 1000} kB"
        if shows == "translation":
            yield f"  with findings and this page {memory()} MB"
    yield from measure_changes(loader, translation, judged, pages)
    yield f"  all of it settled in {measure(judged.settle):.0f} ms, {memory()} MB"


def measure_changes(
    loader: Loader, translation: Translation, judged: JudgedTexts, pages: dict[Shows, LivePage]
) -> Iterator[str]:
    """Yield lines on what is done for each changed sentence."""
    rng, times = random.Random(4), defaultdict[str, list[float]](list)
    before = translation
    for after in list_versions(translation, CHANGES):
        sid = rng.choice(translation.source.sentences).id
        times["typed"].append(measure(lambda: judged.typed(sid, "Иначе это  было так")))  # noqa: B023
        keys = find_changed_keys(before, after)
        times["judged"].append(measure(lambda: judged.update(loader, after, keys)))  # noqa: B023
        for shows, page in pages.items():
            times[shows].append(measure(lambda: page.update(loader, after)))  # noqa: B023
        before = after
    yield from (describe(f"  {name}:", every) for name, every in times.items())


def watch(folder: Path) -> str:
    """Return a line on a look at 500 documents in three languages."""
    names = [f"d{number}" for number in range(500)]
    (folder / "source").mkdir(parents=True)
    (folder / "publish.toml").write_text('languages = ["en", "ru", "tk"]\n', "utf-8")
    paths = [folder / f"source/{name}.md" for name in names]
    for tag in ("en", "ru", "tk"):
        place = folder / f"locales/{tag}/LC_MESSAGES"
        place.mkdir(parents=True)
        paths += [place / f"{name}{end}" for name in names for end in (".po", ".review.csv")]
    for path in paths:
        path.write_text("text", "utf-8")
    watched = Watched(open_workspace(folder), lambda: time.time_ns() + 10**10)
    return describe("500 documents looked at in", [measure(watched.look) for _ in range(20)])


def main(folder: str = "") -> None:
    """Print the lines of the report and of the book."""
    with tempfile.TemporaryDirectory() as temporary:
        book = Path(folder or temporary) / "book"
        if not book.is_dir():
            make_book(book)
        for root, name in ((ROOT, REPORT), (book, BOOK)):
            for line in run(root, name):
                sys.stdout.write(f"{line}\n")
        sys.stdout.write(f"{watch(Path(temporary) / 'many')}\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
