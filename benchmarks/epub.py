"""Measure the EPUB, and compare with the PDF of the same text, at two lengths.

Run `python -m benchmarks.epub`.  The text is that of the report, with its body repeated under new
ids for more pages.  Both formats are made from the same tree, whose time is printed separately.
Times are CPU seconds, the least of several rounds in one process that has loaded fonts and
libraries.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.pdf import LARGE, NAME, SMALL, repeated
from benchmarks.prose import ROOT
from publish.building.preparing import PreparedText, prepare
from publish.editions.epub.metadata import make_cover
from publish.editions.page.edition import make_language_tree
from publish.editions.writers import write_edition
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader


def main() -> None:
    found = prepare(Loader(open_workspace(ROOT)), NAME, find("en"), use_fuzzy=False)
    costs = [_compare(repeated(found, times)) for times in (SMALL, LARGE)]
    print(f"cost per page, long over short: {costs[1] / costs[0]:.2f}")


def _compare(found: PreparedText) -> float:
    """Print the cost of each format; return the CPU seconds of an EPUB page, without cover."""
    text, materials = found.text, found.materials
    tree = make_language_tree(text, materials.templates)
    pages = write_edition("pdf", text, tree, materials).pages
    assert pages is not None
    count = len(pages.starts)
    pdf = _least(lambda: write_edition("pdf", text, tree, materials), 3 if count < 50 else 1)
    making = _least(lambda: make_language_tree(text, materials.templates))
    epub = _least(lambda: write_edition("epub", text, tree, materials, pages))
    cover = _least(lambda: make_cover(text, materials))
    size = len(write_edition("epub", text, tree, materials, pages).data)
    print(
        f"{count} pages: the tree {making:.3f} s of CPU; then the PDF {pdf:.2f} s, the EPUB "
        f"{epub:.3f} s, {cover:.3f} s of it the cover picture, {size / 1000:.0f} kB;"
        f" ratio {epub / pdf:.3f}"
    )
    return (epub - cover) / count


def _least(work: Callable[[], object], rounds: int = 7) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
