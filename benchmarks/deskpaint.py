"""Measure in a real browser what a person waits for at the review desk.

Run `python -m benchmarks.deskpaint [FOLDER]` after `make readers`, on the report and on a book of
300 pages; a FOLDER keeps the book for another run (see `benchmarks/desk.py`).  `key to paint` is
the time from Ctrl+Enter until the page with the changed sentence is painted, of 60 sentences;
`program` is the part of it that the browser waited for the answer.  `opening` is from the address
to the first page, and to the list of documents.  Times are the median, the 95th percentile, and
the worst.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.desk import BOOK, REPORT, make_book

ROOT = Path(__file__).parent.parent
SAVES, PAUSE = 60, 700


def copy_report(folder: Path) -> None:
    """Copy the workspace of the report, which saves change."""
    folder.mkdir(parents=True)
    for name in ("source", "locales", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)


def look(folder: Path, document: str) -> dict[str, Any]:
    """Return what scenes at the desk tell of a document."""
    sys.path.append(str(ROOT / "tests"))
    from deskcases import play, serving

    given = {"hash": f"#/{document}/ru", "saves": SAVES, "pause": PAUSE}
    with serving(folder) as desk, tempfile.TemporaryDirectory() as scenes:
        return play(Path(scenes), ["opening", "latency"], address=desk.address, **given)


def describe(name: str, times: list[float]) -> str:
    """Return a line with the median, the 95th percentile and the worst of some times."""
    every = sorted(times)
    high = every[int(0.95 * (len(every) - 1))]
    return f"  {name}: {statistics.median(every):.0f} ms, 95 %: {high:.0f}, worst: {every[-1]:.0f}"


def tell(name: str, told: dict[str, Any]) -> None:
    """Print what was measured of a document."""
    print(f"{name}:")
    for scene in told.values():
        if "error" in scene:
            raise SystemExit(scene["error"])
    opening, latency = told["opening"], told["latency"]
    print(f"  opening: page {opening['page']} ms, documents {opening['workspace']} ms")
    print(describe("key to paint", latency["took"]))
    print(describe("program", latency["asked"]))


def main() -> None:
    """Measure the report, then the book."""
    with tempfile.TemporaryDirectory() as made:
        report, book = Path(made) / "report", Path(made) / "book"
        copy_report(report)
        tell(REPORT, look(report, REPORT))
        kept = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made) / "kept"
        if not (kept / "source").is_dir():
            make_book(kept)
        shutil.copytree(kept, book)
        tell(BOOK, look(book, BOOK))


if __name__ == "__main__":
    main()
