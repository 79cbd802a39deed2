"""Measure all checks on 50,000 sentences, and compare with pofilter on 5,000.

Run `python -m benchmarks.checks [PATH]`, where PATH is the pofilter of translate-toolkit; without
it, one beside this Python or on PATH is used.  The sentences are English prose.  As translation
each has as many Russian words of the report, with the numbers and the last stop of the source.

The first line has the CPU seconds of `check_catalog`.  In the comparison both programs also read
the catalog; times are the best of three runs, and the time that pofilter takes for a catalog of one
entry is subtracted.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.prose import ROOT, documents
from publish.catalogs.glossary import Glossary, read_glossary
from publish.checks.engine import check_catalog
from publish.checks.rule import Rule
from publish.checks.table import build_rules
from publish.checks.views import CatalogView
from publish.languages.registry import find
from publish.model import Entry
from publish.po.formatting import make_header_entry
from publish.po.pofile import PoFile, PoRecord, dump_po, extract_catalog, parse_po, read_po_file
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import Source, cut_source

SIZE, SMALL = 50_000, 5_000
EN, RU = find("en"), find("ru")
MARKS = re.compile(r"[*_`\[\]#<>&\\~{}|!]")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")

COMPARABLE = (
    "acronyms", "brackets", "blank", "doublequoting", "doublespacing", "doublewords", "emails",
    "endpunc", "endwhitespace", "escapes", "long", "newlines", "numbers", "puncspacing",
    "sentencecount", "short", "simplecaps", "singlequoting", "startcaps", "startpunc",
    "startwhitespace", "tabs", "unchanged", "untranslated", "urls", "validchars", "variables",
    "xmltags",
)  # fmt: skip
"""The tests of pofilter that look for what our checks look for, and some others."""

ALIKE = frozenset({
    "number-missing", "number-extra", "acronym-missing", "final-punctuation", "space-before-comma",
    "length-ratio", "doubled-word", "untranslated", "lower-start", "bad-character",
})  # fmt: skip
"""Our checks that look for what those tests look for; structure is always checked."""


@cache
def sentences() -> tuple[str, ...]:
    """Return real English sentences without characters that could be Markdown."""
    readable = (s for text in documents() for s in text if s.isprintable())
    return tuple(sentence for sentence in readable if not MARKS.search(sentence))


def document(size: int) -> Source:
    """Return a source of `size` sentences, each a paragraph."""
    chosen = random.Random(1).sample(sentences(), size)
    text = "---\ntitle: Prose\n---\n# Prose\n\n" + "\n\n".join(chosen) + "\n"
    return cut_source(read_document("prose", "en", [SourceFile("prose.md", text)]), EN)


def catalog_bytes(source: Source, size: int) -> bytes:
    """Return a Russian catalog of the first `size` sentences with pseudo-translations."""
    words, rng = list(russian()), random.Random(2)
    msgids = list(dict.fromkeys((u.context, u.msgid) for u in source.units))[:size]
    header = PoRecord(make_header_entry(RU, "prose"))
    entries = (
        Entry(msgid=msgid, msgstrs=(pseudo(msgid, words, rng),), context=context)
        for context, msgid in msgids
    )
    return dump_po(PoFile(file="prose.po", header=header, records=tuple(map(PoRecord, entries))))


def russian() -> Iterator[str]:
    """Yield the words of the report's Russian translation, in order."""
    path = ROOT / "locales/ru/LC_MESSAGES/tip-2024-turkmenistan.po"
    for entry in extract_catalog(read_po_file(path, path.name)).active().values():
        if entry.translated:
            yield from re.findall(r"[А-Яа-яЁё]+(?:-[а-яё]+)*,?", entry.msgstr)


def pseudo(msgid: str, words: list[str], rng: random.Random) -> str:
    """Return words of the report, as many as the sentence has, with its numbers and its stop."""
    numbers = NUMBER.findall(msgid)
    start, wanted = rng.randrange(len(words)), max(1, len(msgid.split()) - len(numbers))
    taken = [words[(start + number) % len(words)] for number in range(wanted)]
    for number in numbers:
        taken.insert(rng.randint(1, len(taken)), number)
    text = " ".join(taken).rstrip(",")
    return f"{text[0].upper()}{text[1:]}{msgid[-1]}"


def work_on(source: Source, data: bytes) -> CatalogView:
    """Return the view of a catalog that `publish check` works on."""
    catalog = extract_catalog(parse_po(data, "prose.po"))
    return CatalogView(source=source, catalog=catalog, language=RU)


@cache
def rules() -> tuple[Rule, ...]:
    """Return all rules, with the terms of this repository, except those of catalog health."""
    return tuple(rule for rule in build_rules(glossary()) if rule.family != "catalog health")


def glossary() -> Glossary | None:
    path = ROOT / "locales/glossary.csv"
    return read_glossary(path.read_text("utf-8"), path.name) if path.is_file() else None


def pofilter(program: str, data: bytes) -> float:
    """Return the CPU seconds of pofilter on a catalog, the best of three runs."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder, "prose.po"), Path(folder, "out.po")
        path.write_bytes(data)
        options = ["--progress=none", "--language=ru", *(f"--test={name}" for name in COMPARABLE)]
        best = float("inf")
        for _ in range(3):
            before = getrusage(RUSAGE_CHILDREN)
            command = [program, *options, str(path), str(out)]
            subprocess.run(command, check=True, capture_output=True)
            after = getrusage(RUSAGE_CHILDREN)
            best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        if len(data) > 10_000 and not out.exists():
            raise SystemExit("pofilter found nothing, which cannot be right")
    return best


def large() -> None:
    """Print the cost of checking 50,000 entries, and the number of findings of each level."""
    source = document(SIZE)
    work = work_on(source, catalog_bytes(source, SIZE))
    start = time.process_time()
    levels = Counter(str(found.level) for found in check_catalog(work, rules()))
    seconds = time.process_time() - start
    shown = ", ".join(f"{count} {level}" for level, count in sorted(levels.items()))
    sys.stdout.write(
        f"{len(work.catalog.entries)} entries, {len(rules())} checks: {seconds:.1f} s of CPU,"
        f" {len(work.catalog.entries) / seconds:.0f} a second; findings: {shown}\n"
    )


def ours(text: Source, data: bytes, only: frozenset[str] | None = None) -> float:
    """Return the CPU seconds of reading and checking a catalog, the best of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work = work_on(text, data)
        wanted = (rule for rule in rules() if only is None or rule.code in only or rule.structural)
        list(check_catalog(work, wanted))
        best = min(best, time.process_time() - start)
    return best


def compared(program: str) -> None:
    """Print the times of pofilter and of our checks on the same catalog of 5,000 entries."""
    source = document(SMALL)
    data = catalog_bytes(source, SMALL)
    start = pofilter(program, catalog_bytes(source, 1))
    theirs = pofilter(program, data) - start
    seconds, alike = ours(source, data), ours(source, data, ALIKE)
    sys.stdout.write(
        f"{SMALL} entries: publish {seconds:.2f} s of CPU, pofilter {theirs:.2f} s"
        f" ({len(COMPARABLE)} tests, start of {start:.2f} s subtracted):"
        f" ratio {theirs / seconds:.1f}; publish with comparable checks only {alike:.2f} s,"
        f" ratio {theirs / alike:.1f}\n"
    )


def main(program: str = "") -> None:
    """Print the two lines, the second only where pofilter is installed."""
    large()
    beside = shutil.which("pofilter", path=str(Path(sys.executable).parent))
    found = program or beside or shutil.which("pofilter")
    if found:
        compared(found)
    else:
        sys.stdout.write("SKIPPED: pofilter is not installed (pip install translate-toolkit)\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
