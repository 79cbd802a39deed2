"""Measure a whole update of one catalog (read, compare, match, write), and a second update.

Run `python -m benchmarks.updating`.  Real English sentences are revised as in
`benchmarks.matching`.  The table has CPU seconds, and the peak memory of a process that does
nothing else.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from benchmarks.matching import revise
from benchmarks.prose import documents
from publish.catalogs.updating import ReuseOptions, make_template, update_catalog
from publish.languages.registry import find
from publish.model import Entry
from publish.po.pofile import PoFile, PoRecord, make_header, read_po_file, write_po_file

SIZES = (5_000, 50_000)


def entries(texts: Iterable[Iterable[str]]) -> list[Entry]:
    """Return an entry for each different sentence, as an update needs them."""
    unique = dict.fromkeys(sentence for text in texts for sentence in text)
    return [Entry(msgid=sentence, references=("source/report.md#a",)) for sentence in unique]


def prepare(folder: Path, size: int) -> None:
    """Write a translated catalog and the template of its revised source."""
    texts = [[sentence for sentence in text if sentence.isprintable()] for text in documents()]
    revision = revise(texts, size, random.Random(7))
    header = make_header(find("ru"), "report")
    old = (replace(entry, msgstrs=(entry.msgid.upper(),)) for entry in entries(revision.before))
    write_po_file(
        folder / "ru.po", PoFile(file="ru.po", header=header, records=tuple(map(PoRecord, old)))
    )
    write_po_file(
        folder / "report.pot", make_template("report.pot", header, entries(revision.after))
    )


def measure(folder: Path) -> tuple[float, float, int]:
    """Return the CPU seconds of an update and of a second one, and the peak memory in MB."""
    wanted = [record.entry for record in read_po_file(folder / "report.pot", "report.pot").records]
    reuse = ReuseOptions(source=find("en"), target=find("ru"))
    seconds = []
    for _ in range(2):
        start = time.process_time()
        po, _ = update_catalog(read_po_file(folder / "ru.po", "ru.po"), wanted, reuse)
        write_po_file(folder / "ru.po", po)
        seconds.append(time.process_time() - start)
    return seconds[0], seconds[1], getrusage(RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    print(f"{'units':>8} {'update CPU s':>13} {'again CPU s':>12} {'peak MB':>8}")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            context = get_context("spawn")
            with ProcessPoolExecutor(1, context) as pool:
                pool.submit(prepare, Path(name), size).result()
            with ProcessPoolExecutor(1, context) as pool:
                first, second, peak = pool.submit(measure, Path(name)).result()
            print(f"{size:>8,} {first:>13.2f} {second:>12.2f} {peak:>8}")


if __name__ == "__main__":
    main()
