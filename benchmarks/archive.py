"""Measure an archive: 150 documents in 24 languages as PDF, EPUB and HTML, and commands on it.

Run `python -m benchmarks.archive TEXTS [PART ...]`, where TEXTS is a folder with NTREX-128: see
`archivetexts.py`.  Without a part, all are measured:

- `whole`: a twentieth and a tenth of the archive from nothing, with two workers: time, memory,
  disk, and what an edition costs in the larger one against the smaller one
- `commands`: a build in which nothing changed, status, update and the build after one sentence
  changed, on the whole archive and on its half

For `commands` not all 10,800 editions are made.  One document is, in all languages and formats; the
other documents are given copies of its files, with records under their own keys.  A build in which
nothing changed reads and hashes them as it would those of their own.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from benchmarks.archivetexts import (
    LANGUAGES,
    NAMES,
    Pool,
    fill_catalogs,
    read_pool,
    write_archive,
)
from benchmarks.series import PUBLISH, cost_of
from publish.building.builds import build, find_records
from publish.building.keys import Known, make_edition_key
from publish.building.records import load_edition, store_edition
from publish.building.tasks import find_pdf_edition
from publish.model import Edition
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

FORMATS = ("pdf", "epub", "html")
WHOLE = 150


def main() -> None:
    texts, *wanted = sys.argv[1:]
    pool = read_pool(Path(texts))
    print(f"{len(pool)} sentences, {len(LANGUAGES)} languages")
    for part in wanted or list(PARTS):
        with tempfile.TemporaryDirectory() as name:
            PARTS[part](Path(name), pool)


def make(root: Path, count: int, pool: Pool) -> Path:
    write_archive(root, count, pool, FORMATS)
    wall, used, peak, _ = cost_of(*PUBLISH, "update", "-q", "-C", root)
    print(f"update from nothing, {count} documents: {wall:.1f} s, {used:.1f} s of CPU, {peak} MB")
    fill_catalogs(root, pool)
    return root


# --------------------------------------------------------------------------- from nothing


def whole(folder: Path, pool: Pool) -> None:
    """Build a twentieth and a tenth from nothing, and compare what an edition costs."""
    costs = []
    for count in (WHOLE // 20, WHOLE // 10):
        root = make(folder / str(count), count, pool)
        wall, used, main_process, said = cost_of(*PUBLISH, "build", "-C", root, "--workers", "2")
        worker = re.search(r"largest process took (\d+)", said)
        editions = count * len(LANGUAGES) * len(FORMATS)
        costs.append(used / editions)
        print(
            f"{count} documents, {editions} editions, two workers: {wall:.0f} s, {used:.0f} s of "
            f"CPU, {1000 * used / editions:.0f} ms of CPU each; largest worker "
            f"{worker[1] if worker else '?'} MB, main process {main_process} MB; "
            f"{_disk(root / 'build') >> 20} MB in build/, {_disk(root / 'build/.cache') >> 20} of "
            "them cache"
        )
    print(f"an edition in the larger over one in the smaller: {costs[1] / costs[0]:.2f}")


def _disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


# --------------------------------------------------------------------------- commands


def commands(folder: Path, pool: Pool) -> None:
    """Measure commands on the whole archive and on its half, and how they grow."""
    found: dict[str, list[float]] = {}
    for count in (WHOLE // 2, WHOLE):
        root = make(folder / str(count), count, pool)
        _give_editions(root)
        for what, *words in (
            ("build, links between the pages put in", "build"),
            ("build, nothing changed", "build"),
            ("status, cold", "status"),
            ("status, warm", "status"),
            ("status, a page of it", "status", "--html", str(folder / "archive.html")),
            ("update, nothing changed", "update"),
            ("plan", "plan"),
        ):
            wall, used, peak, _ = cost_of(*PUBLISH, *words, "-q", "-C", root)
            found.setdefault(what, []).append(used)
            print(f"{count} documents, {what}: {wall:.1f} s, {used:.1f} s of CPU, {peak} MB")
        print(f"the page of the archive: {(folder / 'archive.html').stat().st_size // 1000} kB")
        _change_sentence(root, pool)
        for command in ("update", "build"):
            one = [NAMES.format(1)] if command == "update" else []
            wall, used, peak, _ = cost_of(*PUBLISH, command, *one, "-q", "-C", root)
            name = f"one sentence changed: {command}"
            found.setdefault(name, []).append(used)
            print(f"{count} documents, {name}: {wall:.1f} s, {used:.1f} s of CPU, {peak} MB")
    for what, (half, full) in found.items():
        print(f"{what}: twice the documents cost {full / half:.2f} times as much CPU")


def _give_editions(root: Path) -> None:
    """Make the editions of one document, and give all other documents copies of them."""
    workspace = open_workspace(root)
    editions = workspace.editions()
    first = [one for one in editions if one.document == NAMES.format(0)]
    for outcome in build(Loader(workspace), first, workers=2):
        assert outcome.error is None, outcome.error
    loader, known, wanted = Loader(workspace), Known(), frozenset(editions)

    def key(edition: Edition) -> str:
        paged = find_pdf_edition(edition) in wanted
        return make_edition_key(loader, edition, use_fuzzy=False, paged=paged, known=known)

    made = {one: load_edition(workspace, one, key(one)) for one in first}
    with patch("os.fsync"):  # It would take most of the time, and is not what is measured.
        for edition in editions:
            found = made[replace(edition, document=NAMES.format(0))]
            assert found is not None
            if edition.document != NAMES.format(0):
                store_edition(workspace, edition, key(edition), *found)
    records = find_records(Loader(workspace), editions, use_fuzzy=False)
    assert all(record is not None for _, record in records)


def _change_sentence(root: Path, pool: Pool) -> None:
    """Change one sentence of one source."""
    path = root / f"source/{NAMES.format(1)}.md"
    text = path.read_text("utf-8")
    old = next(one for one in pool if one in text)
    path.write_text(text.replace(old, f"{old[:-1]} today."), "utf-8")


PARTS: dict[str, Callable[[Path, Pool], None]] = {"whole": whole, "commands": commands}
"""The parts that can be measured, by name."""


if __name__ == "__main__":
    main()
