"""Measure every format against the PDF of the same text, and against pandoc's files of it.

Run `python -m benchmarks.formats`.  The text is that of the report, with its body repeated under
new ids for more pages.  All formats are made from the same tree, whose time is printed separately;
times are CPU seconds, the least of several rounds in one process that has loaded fonts and
libraries.  A format that is added to `FORMATS` is measured without a change here.

pandoc, if installed, reads the report's source and writes HTML and Word files, with contents.  What
each file has is counted in it: the signs are those of HTML and of WordprocessingML.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.pdf import LARGE, NAME, SMALL, repeated
from benchmarks.prose import ROOT
from publish.building.pairing import join_texts
from publish.building.preparing import PreparedText, prepare
from publish.editions.epub.metadata import make_cover
from publish.editions.html.images import measure_text
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.pagination import Pagination
from publish.editions.writers import write_edition
from publish.languages.registry import find
from publish.model import FORMATS, Edition, Format
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

TAGS = ("en", "ru", "tk")
GOALS: Mapping[str, float] = {"html": 0.1, "docx": 0.3}
"""The most that a format may cost, as a part of the PDF's time."""

PAGE_SIGNS = {
    "skip link": r'class="skip"',
    "landmarks": r"<(?:main|header|footer|nav)\b",
    "numbers of paragraphs": r'class="number"',
    "dark colours": r"color-scheme",
    "rules for print": r"@media print",
    "policy against loading": r"Content-Security-Policy",
    "headings of the first rank": r"<h1\b",
    "scripts": r"<script\b",
}
WORD_SIGNS = {
    "headings": r'<w:pStyle w:val="Heading\d"',
    "numbers of paragraphs": r'EditionNumber"/>(?:<w:rtl/>)?</w:rPr><w:t[ >]',
    "list items with real numbering": r"<w:numPr>",
    "field of contents": r"TOC \\",
    "sections with feet": r"<w:footerReference",
    "languages declared": r"<w:lang ",
    "bookmarks of sentences": r'w:name="_s\.',
    "links": r"<w:hyperlink",
    "title in its style": r'<w:pStyle w:val="Title"',
    "state": r'<w:pStyle w:val="EditionState"',
    "imprint": r'<w:pStyle w:val="EditionImprint"',
    "properties": r"<(?:dc|cp|dcterms):\w+",
}
"""What is counted in a file, by a pattern for each."""


def main() -> None:
    loader = Loader(open_workspace(ROOT))
    texts = {tag: prepare(loader, NAME, find(tag), use_fuzzy=False, marked=True) for tag in TAGS}
    costs = [_compare(texts["en"], times) for times in (SMALL, LARGE)]
    for kind in costs[0]:
        print(f"{kind}: cost per page, long over short: {costs[1][kind] / costs[0][kind]:.2f}")
    for kind in FORMATS:
        sizes = {tag: len(_write(kind, text)) / 1000 for tag, text in texts.items()}
        told = ", ".join(f"{tag} {size:.0f} kB" for tag, size in sizes.items())
        print(f"the report, {kind}: {told}")
    together = Edition(document=NAME, language="en", format="html", further=("ru", "tk"))
    whole = _write("html", join_texts(together, list(texts.values())))
    print(f"all in one page: {measure_text(whole) / 1000:.0f} kB without pictures")
    _count("publish", "HTML", _write("html", texts["en"]).decode(), PAGE_SIGNS)
    _count("publish", "Word", _read_word(_write("docx", texts["en"])), WORD_SIGNS)
    if shutil.which("pandoc"):
        seconds, page = _run_pandoc("html5", "--self-contained")
        print(f"pandoc, HTML: {seconds:.2f} s of CPU, start included, {len(page) / 1000:.0f} kB")
        _count("pandoc", "HTML", page.decode(), PAGE_SIGNS)
        seconds, file = _run_pandoc("docx")
        print(f"pandoc, Word: {seconds:.2f} s of CPU, start included, {len(file) / 1000:.0f} kB")
        _count("pandoc", "Word", _read_word(file), WORD_SIGNS)


def _write(kind: Format, found: PreparedText, pages: Pagination | None = None) -> bytes:
    text = found.for_format(kind)
    tree = make_edition_tree(text.text, text.materials)
    return write_edition(kind, text.text, tree, text.materials, pages).data


def _compare(given: PreparedText, times: int) -> dict[Format, float]:
    """Print the cost of every format; return the CPU seconds for a page of the PDF by format.

    The picture of the cover of an EPUB is drawn once, however long the text is.
    """
    short = times == SMALL
    plain = repeated(given, times)
    tree = make_edition_tree(plain.text, plain.materials)
    start = time.process_time()
    pages = write_edition("pdf", plain.text, tree, plain.materials).pages
    first = time.process_time() - start
    assert pages is not None
    count = len(pages.starts)
    making = _least(lambda: make_edition_tree(plain.text, plain.materials))
    cover = _least(lambda: make_cover(plain.text, plain.materials))
    pdf = _cost("pdf", plain, None, 3)[0] if short else first
    print(f"{count} pages: the tree {making:.3f} s of CPU, the PDF {pdf:.2f} s")
    costs: dict[Format, float] = {}
    for kind in (kind for kind in FORMATS if kind != "pdf"):
        shown = repeated(replace(given, text=given.for_format(kind).text), times)
        seconds, size = _cost(kind, shown, pages, 7 if short else 3)
        goal = f" (goal: {GOALS[kind]})" if kind in GOALS else ""
        part = f", {cover:.3f} s of it the cover picture" if kind == "epub" else ""
        print(f"  {kind} {seconds:.4f} s{part}, {size / 1000:.0f} kB; {seconds / pdf:.4f}{goal}")
        costs[kind] = (seconds - (cover if kind == "epub" else 0)) / count
    return costs


def _cost(
    kind: Format, found: PreparedText, pages: Pagination | None, rounds: int
) -> tuple[float, int]:
    """Return the CPU seconds of a format, its tree apart, and the size of its file."""
    tree = make_edition_tree(found.text, found.materials)
    sizes: list[int] = []

    def write() -> None:
        sizes.append(len(write_edition(kind, found.text, tree, found.materials, pages).data))

    return _least(write, rounds), sizes[-1]


def _least(work: Callable[[], object], rounds: int = 7) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def _run_pandoc(form: str, *options: str) -> tuple[float, bytes]:
    """Return the CPU seconds of pandoc for the English report, and its file."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "file"
        command = ["pandoc", "--standalone", *options, "--toc", "-t", form, "-o", str(output)]
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run([*command, f"source/{NAME}.md"], cwd=ROOT, check=True, capture_output=True)
        after = getrusage(RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return seconds, output.read_bytes()


def _read_word(data: bytes) -> str:
    """Return the parts of a Word file that hold text and properties, one after another."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xml")]
        return "\n".join(archive.read(name).decode() for name in names if "theme" not in name)


def _count(name: str, what: str, text: str, signs: Mapping[str, str]) -> None:
    found = {sign: len(re.findall(pattern, text)) for sign, pattern in signs.items()}
    print(f"{name}, {what}:", ", ".join(f"{sign} {count}" for sign, count in found.items()))


if __name__ == "__main__":
    main()
