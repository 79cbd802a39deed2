"""Measure how long a review ledger takes: plain, signed, and signed and verified before.

Run `python -m benchmarks.reviews [SENTENCES]`.  Every sentence of one document is approved.  The
seconds are of CPU.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from publish.catalogs.entries import make_entries
from publish.garbage import collecting_no_garbage
from publish.languages.registry import find
from publish.model import Entry, Key
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import Source, cut_source
from publish.reviews.ledger import Ledger, dump_ledger, read_ledger
from publish.reviews.subjects import find_subjects
from publish.reviews.trust import LedgerTrust, sign_row
from publish.reviews.verdicts import ReviewFigures, count_verdicts, find_verdicts, make_row
from publish.signatures.minisign import generate_key, write_public_line

Result = TypeVar("Result")


def make_texts(sentences: int) -> tuple[Source, dict[Key, Entry]]:
    """Return a document of so many sentences, and a translation of each."""
    body = "\n\n".join(f"Sentence number {number} is here." for number in range(sentences - 1))
    files = [SourceFile("source/r.md", f"---\ntitle: T\n---\n\n{body}\n")]
    source = cut_source(read_document("r", "en", files), find("en"))
    entries = (replace(one, msgstrs=(f"Ю {one.msgid}",)) for one in make_entries(source.units))
    return source, {entry.key: entry for entry in entries}


def measure(what: str, work: Callable[[], Result]) -> Result:
    """Print what some work takes, and return its result."""
    start = time.process_time()
    with collecting_no_garbage():
        found = work()
    print(f"{what:<40} {time.process_time() - start:6.2f} s")
    return found


def main(sentences: int) -> None:
    source, entries = make_texts(sentences)
    subjects = find_subjects(source, entries, {})
    rows = tuple(make_row(one, "approved", "editor", "2024-06-24") for one in subjects)
    key = generate_key()
    listed = {"editor": write_public_line(key.public)}

    def judge(data: bytes, reviewers: dict[str, str]) -> ReviewFigures:
        ledger = read_ledger(data, "r.review.csv", LedgerTrust("r", "ru", reviewers))
        every = find_subjects(source, entries, {})
        return count_verdicts(find_verdicts(ledger, every), ledger)

    plain = dump_ledger(Ledger("r.review.csv", rows))
    measure("read and judge, not signed", lambda: judge(plain, {}))
    signed = measure("sign", lambda: tuple(sign_row(row, "r", "ru", key) for row in rows))
    data = dump_ledger(Ledger("r.review.csv", signed))
    print(f"{len(plain):,} bytes, signed {len(data):,}")
    for what in ("read and judge, verified", "the same again"):
        figures = measure(what, lambda: judge(data, listed))
        assert (figures.approved, figures.unsigned, figures.forged) == (sentences, 0, 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
