"""A browser and an accessibility checker that look at finished books, where this machine has them.

`make test-full` sets them up in `.venv/readers` (see `.ci/readers/install`); without them the
tests that ask for them are skipped, and say why.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
READERS = ROOT / ".venv" / "readers"
ACE = READERS / "node_modules/@daisy/ace-cli/bin/ace.js"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def needs_readers() -> None:
    """Skips a test where Node.js, Ace or Chromium is missing."""
    if not (READERS / "ready").is_file() or not ACE.is_file():
        pytest.skip("there is no Ace with a Node.js to run it: make readers")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: make readers")


def run_ace(folder: Path, books: dict[str, bytes]) -> dict[str, list[str]]:
    """What Ace by DAISY says of each book: rule and page; nothing where it finds nothing."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda name: _ace(folder / name, books[name]), books)
        return dict(zip(books, found, strict=True))


def _ace(folder: Path, book: bytes) -> list[str]:
    folder.mkdir(parents=True)
    (folder / "book.epub").write_bytes(book)
    told = folder / "told"
    paths = (READERS / "node", ACE, "--silent", "--outdir", told, folder / "book.epub")
    command = [str(path) for path in paths]
    subprocess.run(command, check=True, capture_output=True, env=_environment(folder), timeout=300)
    report = json.loads((told / "report.json").read_text("utf-8"))
    rules = [
        f"{rule['earl:test']['dct:title']} in {page['earl:testSubject']['url']}"
        for page in report["assertions"]
        for rule in page["assertions"]
    ]
    # Pages that Ace did not open would have no findings either.
    assert len(report["assertions"]) > 3
    assert (report["earl:result"]["earl:outcome"] == "pass") == (rules == [])
    return rules


def _environment(folder: Path) -> dict[str, str]:
    """What Ace keeps of itself between runs is kept in the folder."""
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder)}
    return {**os.environ, **home, "PUPPETEER_EXECUTABLE_PATH": str(CHROMIUM)}


@dataclass(frozen=True, slots=True)
class Look:
    """A page of a book as a browser shows it, in one way of reading.

    `wide` are elements that stick out of the page, `asked` what was loaded from outside the
    book, `said` the messages of the console, `pale` texts whose contrast is below 4.5, `rules` what
    axe finds in a page of HTML.
    """

    page: str
    way: str
    wide: tuple[str, ...]
    asked: tuple[str, ...]
    said: tuple[str, ...]
    pale: tuple[str, ...]
    texts: int
    rules: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        found = (*self.wide, *self.asked, *self.said, *self.pale, *self.rules)
        return tuple(f"{self.page}, {self.way}: {fault}" for fault in found)


def look_at(folder: Path, books: dict[str, bytes], width: int) -> dict[str, list[Look]]:
    """Every page of every book in a window so wide (CSS px), by day and in two kinds of night."""
    for name, book in books.items():
        with zipfile.ZipFile(_written(folder / f"{name}.epub", book)) as archive:
            archive.extractall(folder / name)
    pages = {name: sorted((folder / name / "EPUB").glob("*.xhtml")) for name in books}
    addresses = [page.as_uri() for found in pages.values() for page in found]
    told = _browse(folder, addresses, ways=("day", "night", "theme"), width=width)
    looks = list(_looks(told))
    return {name: [look for look in looks if look.page.startswith(f"{name}/")] for name in books}


def look_at_pages(
    folder: Path, pages: dict[str, bytes], width: int, height: int, scale: int = 1
) -> dict[str, list[Look]]:
    """Pages of HTML in a window of this size (CSS px), by day and by night, and what axe says.

    A name such as `all#ru` is that of a page with the place in it that is opened.
    """
    opened = {}
    for name, page in pages.items():
        file, _, place = name.partition("#")
        address = _written(folder / f"{file}.html", page).as_uri()
        opened[name] = f"{address}#{place}" if place else address
    told = _browse(
        folder,
        list(opened.values()),
        ways=("light", "dark"),
        width=width,
        height=height,
        scale=scale,
        axe=True,
    )
    names = {address: name for name, address in opened.items()}
    looks = [_look(names[one.pop("page")], one) for one in told]
    return {name: [look for look in looks if look.page == name] for name in pages}


def _browse(folder: Path, pages: list[str], **how: Any) -> list[dict[str, Any]]:
    work = {"chromium": CHROMIUM, "modules": str(READERS / "node_modules"), "pages": pages, **how}
    done = subprocess.run(
        [READERS / "node", ROOT / "tests" / "browsing.cjs"],
        input=json.dumps(work),
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
        env=_environment(folder),
    )
    if done.returncode:
        pytest.fail(done.stderr)
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def _looks(told: list[dict[str, Any]]) -> Iterator[Look]:
    for one in told:
        book, _, page = one.pop("page").rpartition("/EPUB/")
        yield _look(f"{book.rpartition('/')[2]}/{page}", one)


def _look(page: str, told: dict[str, Any]) -> Look:
    lists: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in told.items()}
    return Look(page, **lists)


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
