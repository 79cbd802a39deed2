"""Measure reading and writing a large catalog, and compare with polib and msgcat.

Run `python -m benchmarks.catalogs [ENTRIES]`.  Times are CPU seconds, the best of three runs.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import polib

from publish.languages.language import Language
from publish.model import Entry
from publish.po.formatting import make_header_entry
from publish.po.pofile import PoFile, PoRecord, dump_po, parse_po

_LANGUAGE = Language(
    tag="tk", folder="tk", locale="tk", plural_forms="nplurals=2; plural=(n != 1);"
)
_SOURCE = "report officials police victims country traffickers labour services law cases"
_TARGET = "hasabat işgärler polisiýa pidalar ýurt zähmet hyzmatlar kanun işler döwlet"


def sentence(words: str, rng: random.Random) -> str:
    """Return two or three lines of text, the same for the same state of `rng`."""
    return f"{' '.join(rng.choices(words.split(), k=rng.randint(18, 28))).capitalize()}."


def entries(count: int) -> list[Entry]:
    """Return entries for a catalog, one in ten fuzzy and one in fifty obsolete."""
    rng = random.Random(7)
    return [
        Entry(
            msgid=f"{sentence(_SOURCE, rng)} {number}",
            msgstrs=(f"{sentence(_TARGET, rng)} {number}",),
            flags=("fuzzy",) if number % 10 == 0 else (),
            extracted=("paragraph",) if number % 3 == 0 else (),
            references=(f"source/report.md#section-{number // 40}",),
            previous=sentence(_SOURCE, rng) if number % 10 == 0 else None,
            obsolete=number % 50 == 0,
        )
        for number in range(count)
    ]


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of the fastest of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def cpu_of_child(command: list[str]) -> float:
    """Return the CPU seconds of the fastest of three runs of another program."""
    best = float("inf")
    for _ in range(3):
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run(command, check=True)
        after = getrusage(RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def main(count: int) -> None:
    """Print the table."""
    header = PoRecord(make_header_entry(_LANGUAGE, "report"))
    fresh = PoFile(
        file="report.po", header=header, records=tuple(PoRecord(entry) for entry in entries(count))
    )
    data = dump_po(fresh)
    po = parse_po(data, "report.po")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.po")
        path.write_bytes(data)
        text = data.decode()
        theirs = polib.pofile(text)
        rows = [
            ("parse", cpu(lambda: parse_po(data, "report.po")), cpu(lambda: polib.pofile(text))),
            ("dump, unchanged", cpu(lambda: dump_po(po)), cpu(lambda: str(theirs))),
            ("dump, all anew", cpu(lambda: dump_po(fresh)), None),
        ]
        msgcat = shutil.which("msgcat")
        both = cpu_of_child([msgcat, str(path), "-o", "/dev/null"]) if msgcat else None
    out = sys.stdout.write
    out(f"{count} entries, {len(data) / 1e6:.1f} MB, same bytes: {dump_po(po) == data}\n")
    for name, ours, other in rows:
        out(f"{name:16} {ours:6.2f} s")
        out(f"   polib {other:6.2f} s   ratio {other / ours:.1f}\n" if other else "\n")
    if both:
        out(f"{'msgcat, in all':16} {both:6.2f} s\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
