"""Measures the EPUB against the PDF of the same text, at two lengths.

Run `python -m benchmarks.epub`.  The text is the report's, its body repeated under new ids for
more pages.  Both formats begin with the same tree, which is told apart.  CPU seconds, the least of
several rounds in one process with fonts and libraries loaded.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.pdf import LARGE, NAME, SMALL, repeated
from benchmarks.prose import ROOT
from publish.building.preparing import Prepared, prepare
from publish.editions.book import book_of
from publish.editions.bookmeta import cover_of
from publish.editions.edition import edition_tree
from publish.editions.epub import epub_bytes
from publish.editions.pagination import Pagination
from publish.editions.writers import write_edition
from publish.languages.registry import find
from publish.workspace import open_workspace


def main() -> None:
    found = prepare(open_workspace(ROOT), NAME, find("en"), use_fuzzy=False)
    costs = [_compare(repeated(found, times)) for times in (SMALL, LARGE)]
    print(f"cost per page, long over short: {costs[1] / costs[0]:.2f}")


def _compare(found: Prepared) -> float:
    """Prints what each format costs; gives the CPU seconds for a page of an EPUB, without cover."""
    text, layout = found.text, found.layout
    pages = write_edition("pdf", text, layout).pages
    assert pages is not None
    count = len(pages.starts)
    pdf = _least(lambda: write_edition("pdf", text, layout), 3 if count < 50 else 1)
    tree = _least(lambda: edition_tree(text, layout.templates))
    written = _least(lambda: _write(found, pages))
    cover = _least(lambda: cover_of(text, layout))
    size = len(_write(found, pages))
    print(
        f"{count} pages: the tree {tree:.3f} s of CPU; then the PDF {pdf - tree:.2f} s, the EPUB "
        f"{written - tree:.3f} s, {cover:.3f} s of it the cover picture, {size / 1000:.0f} kB;"
        f" ratio {(written - tree) / (pdf - tree):.3f}"
    )
    return (written - tree - cover) / count


def _write(found: Prepared, pages: Pagination) -> bytes:
    tree = edition_tree(found.text, found.layout.templates)
    return epub_bytes(book_of(found.text, tree, found.layout, pages))


def _least(work: Callable[[], object], rounds: int = 7) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
