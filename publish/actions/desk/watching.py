"""What changed on disk in a workspace since the last look, by the sizes and times of its files."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from publish.project.sourcefolder import SKIPPED
from publish.project.workspace import INTERFACE, Workspace
from publish.reading.chapters import BOOK, is_markdown
from publish.settings import FILES

__all__ = ["Change", "ChangeKind", "Watched"]

ChangeKind = Literal["settings", "glossary", "source", "images", "catalog", "ledger"]
KINDS: tuple[ChangeKind, ...] = ("settings", "glossary", "source", "images", "catalog", "ledger")
"""The kinds of changes; one makes those after it needless to look at where all is read anew."""

YOUNG = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system in use, that of FAT.

A file that was written within them may have been written again without a trace in its size and
time, so its bytes are compared.
"""
LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file whose bytes are compared."""

LEDGER, CATALOG = ".review.csv", ".po"


@dataclass(frozen=True, slots=True)
class Change:
    """What changed: of which document, or empty for all, and in which language, or empty.

    `settings` are also those of the interface: its catalogs, templates and fonts; `images` are all
    files beside sources that are no Markdown, of whatever document.
    """

    kind: ChangeKind
    document: str = ""
    language: str = ""


Stamp = tuple[int, int, int]
"""The size of a file, the time of its last change in nanoseconds, and its number on the disk."""
NONE: Stamp = (-1, -1, -1)
"""The stamp of what is not a file."""

What = tuple[ChangeKind, str, str]
"""What a file is: the kind of its changes, its document and its language."""
SETTINGS: What = ("settings", "", "")
IMAGES: What = ("images", "", "")
Name = Callable[[str], What | None]
"""Returns what a file in a folder is by its name, None if nothing of ours."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """The files of a folder and the folders in it, as they were when it had this stamp."""

    stamp: Stamp
    files: tuple[tuple[Path, What], ...] = ()
    folders: tuple[Path, ...] = ()


class Watched:
    """A workspace whose files are looked at again and again: their names, sizes and times.

    A file that is gone counts as changed only if it is still gone at the next look: programs that
    replace a file may take it away for a moment.  Use another one after a change of the settings.
    """

    def __init__(
        self,
        workspace: Workspace,
        clock: Callable[[], int] = time.time_ns,
        steady: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._clock, self._steady, self._root = clock, steady, workspace.root
        self._languages = tuple((one.folder, one.tag) for one in workspace.languages())
        self._folders: dict[Path, _Folder] = {}
        self._what: dict[Path, What] = {}
        self._stamps: dict[Path, Stamp] = {}
        self._digests: dict[Path, bytes] = {}
        self._since: dict[Path, int] = {}
        self._gone: set[Path] = set()
        self._again: set[Change] = set()
        self._oldest = 0
        self.look()

    def look(self) -> tuple[Change, ...]:
        """Return what changed since the last look, each once, what concerns most first."""
        changes, self._again = self._again, set()
        self._oldest = self._clock() - YOUNG
        stamps, digests = self._stamps, self._digests
        there: set[Path] = set()
        for path, what in self._list_files():
            try:
                seen = path.stat()
            except OSError:
                continue
            there.add(path)
            new = (seen.st_size, seen.st_mtime_ns, seen.st_ino)
            if stamps.get(path) == new and path not in digests and not self._is_young(path, new):
                continue
            if self._is_changed(path, new if stat.S_ISREG(seen.st_mode) else NONE):
                self._what[path] = what
                changes.add(Change(*what))
        changes.update(self._find_gone(there))
        return tuple(sorted(changes, key=_place))

    def look_again(self, changes: Iterable[Change]) -> None:
        """Report changes once more at the next look, such as those of a half-written file."""
        self._again.update(changes)

    # ---- what is a change

    def _is_changed(self, path: Path, new: Stamp) -> bool:
        """Return whether a file is another one, and keep what tells it the next time.

        The bytes are compared as long as the file is so young that its time may not tell a change.
        """
        old, before = self._stamps.get(path), self._digests.pop(path, None)
        if old != new:
            self._stamps[path], self._since[path] = new, self._steady()
        young = self._is_young(path, new)
        digest = _digest(path, new[0]) if young or before is not None else b""
        if young:
            self._digests[path] = digest
        return old != new or (before is not None and before != digest)

    def _is_young(self, path: Path, stamp: Stamp) -> bool:
        """Return whether a file may have been written again without a trace.

        Its time may be of a clock that is wrong, and far ahead: then how long it is known counts.
        """
        return stamp[1] > self._oldest and self._steady() - self._since[path] < YOUNG

    def _find_gone(self, there: set[Path]) -> Iterator[Change]:
        """Yield a change for each file that is gone for the second time."""
        missing = self._stamps.keys() - there if len(there) < len(self._stamps) else set()
        for path in missing & self._gone:
            del self._stamps[path], self._since[path]
            self._digests.pop(path, None)
            yield Change(*self._what.pop(path))
        self._gone = missing - self._gone

    # ---- what there is

    def _list_files(self) -> Iterator[tuple[Path, What]]:
        """Yield all files that editions of the workspace are made from."""
        root = self._root
        yield from ((root / name, SETTINGS) for name in FILES)
        yield root / "locales" / "glossary.csv", ("glossary", "", "")
        for name in ("templates", "fonts"):
            yield from self._walk(root / name, lambda _: SETTINGS)
        source = root / "source"
        yield from self._list(source, _name_source).files
        for folder in self._folders[source].folders:
            yield from self._walk(folder, partial(_name_chapter, folder.name))
        for name, tag in self._languages:
            folder = root / "locales" / name / "LC_MESSAGES"
            yield from self._list(folder, partial(_name_catalog, tag)).files

    def _walk(self, folder: Path, name: Name) -> Iterator[tuple[Path, What]]:
        """Yield the files of a folder at any depth."""
        found = self._list(folder, name)
        yield from found.files
        for inner in found.folders:
            yield from self._walk(inner, name)

    def _list(self, folder: Path, name: Name) -> _Folder:
        """Return what is in a folder; it is listed only if its time says that it changed."""
        try:
            seen = folder.stat()
            stamp = (seen.st_size, seen.st_mtime_ns, seen.st_ino)
        except OSError:
            stamp = NONE
        known = self._folders.get(folder)
        if known is None or known.stamp != stamp or stamp[1] > self._oldest:
            files, folders = _read_folder(folder)
            known = _Folder(
                stamp,
                tuple((path, what) for path in files if (what := name(path.name))),
                tuple(folders),
            )
            self._folders[folder] = known
        return known


def _place(one: Change) -> tuple[int, str, str]:
    return KINDS.index(one.kind), one.document, one.language


def _read_folder(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the files and the folders in a folder, without hidden ones and those of programs."""
    files: list[Path] = []
    folders: list[Path] = []
    try:
        with os.scandir(folder) as found:
            for one in found:
                if not one.name.startswith(".") and one.name not in SKIPPED:
                    (folders if one.is_dir() else files).append(folder / one.name)
    except OSError:
        return [], []
    return files, [one for one in folders if not one.is_symlink()]


def _name_catalog(tag: str, name: str) -> What | None:
    if name == f"{INTERFACE}{CATALOG}":
        return SETTINGS
    if name.endswith(CATALOG):
        return ("catalog", name.removesuffix(CATALOG), tag)
    return ("ledger", name.removesuffix(LEDGER), tag) if name.endswith(LEDGER) else None


def _name_source(name: str) -> What:
    return ("source", Path(name).stem, "") if is_markdown(name) else IMAGES


def _name_chapter(document: str, name: str) -> What:
    return ("source", document, "") if is_markdown(name) or name == BOOK else IMAGES


def _digest(path: Path, size: int) -> bytes:
    """Return a digest of the bytes of a file, empty for one that is huge or cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).digest() if 0 <= size <= LARGEST else b""
    except OSError:
        return b""
