"""Measure the page of HTML, and compare with the PDF and with pandoc's page of the same text.

Run `python -m benchmarks.webpage`.  The text is that of the report, with its body repeated under
new ids for more pages.  All formats are made from the same tree, whose time is printed separately.
Times are CPU seconds, the least of several rounds in one process that has loaded fonts and
libraries.  pandoc, if installed, reads the report's source and writes one file that needs no other.
What each page has is counted in its file.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.pdf import LARGE, NAME, SMALL, repeated
from benchmarks.prose import ROOT
from publish.building.preparing import PreparedText, prepare
from publish.editions.page.edition import make_language_tree
from publish.editions.writers import write_edition
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

SIGNS = {
    "skip link": r'class="skip"',
    "landmarks": r"<(?:main|header|footer|nav)\b",
    "numbers of paragraphs": r'class="number"',
    "dark colours": r"color-scheme",
    "rules for print": r"@media print",
    "policy against loading": r"Content-Security-Policy",
    "headings of the first rank": r"<h1\b",
    "scripts": r"<script\b",
}
"""What is counted in a page, by a pattern for each."""


def main() -> None:
    loader = Loader(open_workspace(ROOT))
    texts = {tag: prepare(loader, NAME, find(tag), use_fuzzy=False) for tag in ("en", "ru", "tk")}
    costs = [_compare(repeated(texts["en"], times)) for times in (SMALL, LARGE)]
    print(f"cost per page, long over short: {costs[1] / costs[0]:.2f}")
    sizes = {tag: len(_page(text)) / 1000 for tag, text in texts.items()}
    print("the report:", ", ".join(f"{tag} {size:.0f} kB" for tag, size in sizes.items()))
    _count("publish", _page(texts["en"]).decode())
    if shutil.which("pandoc"):
        seconds, page = _pandoc()
        print(f"pandoc: {seconds:.2f} s of CPU, start included, {len(page) / 1000:.0f} kB")
        _count("pandoc", page)


def _page(found: PreparedText) -> bytes:
    tree = make_language_tree(found.text, found.materials.templates)
    return write_edition("html", found.text, tree, found.materials).data


def _compare(found: PreparedText) -> float:
    """Print the cost of both formats; return the CPU seconds of the HTML for a page of the PDF."""
    text, materials = found.text, found.materials
    tree = make_language_tree(text, materials.templates)
    pages = write_edition("pdf", text, tree, materials).pages
    assert pages is not None
    count = len(pages.starts)
    pdf = _least(lambda: write_edition("pdf", text, tree, materials), 3 if count < 50 else 1)
    html = _least(lambda: write_edition("html", text, tree, materials))
    size = len(write_edition("html", text, tree, materials).data)
    print(
        f"{count} pages of the PDF: the PDF {pdf:.2f} s of CPU, the HTML {html:.4f} s, "
        f"{size / 1000:.0f} kB; ratio {html / pdf:.4f}"
    )
    return html / count


def _least(work: Callable[[], object], rounds: int = 7) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def _pandoc() -> tuple[float, str]:
    """Return the CPU seconds of pandoc for the English report, and its page."""
    command = ["pandoc", "--standalone", "--self-contained", "--toc", "-t", "html5"]
    before = getrusage(RUSAGE_CHILDREN)
    done = subprocess.run(
        [*command, f"source/{NAME}.md"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def _count(name: str, page: str) -> None:
    found = {what: len(re.findall(sign, page)) for what, sign in SIGNS.items()}
    print(f"{name}:", ", ".join(f"{what} {count}" for what, count in found.items()))


if __name__ == "__main__":
    main()
