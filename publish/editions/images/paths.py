"""Finds the file of an image, however its path is written in the source."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from publish.editions.images.kinds import SUFFIXES
from publish.errors import PublishError
from publish.files import stays_inside
from publish.model import Finding, Level, Span

__all__ = ["FoundFile", "ImageFolders"]

_LISTED = 5000
"""So many images are looked at for a name like one that is missing."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """The file of an image, and advice on how its path is written."""

    path: Path
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageFolders:
    """Where the images of a document are: its own folder, and the workspace around it."""

    folder: Path
    root: Path

    def find(self, src: str, language: str, span: Span) -> FoundFile:
        """Return the file of an image, that of the language if there is one.

        Raises PublishError for a path that leads out of the workspace (code `image-refused`) and
        for a file that does not exist (`image-missing`).
        """
        leaving = False
        for written in _spellings(src):
            for path in self._places(written):
                if not _is_within(path, self.root):
                    leaving = True
                    continue
                if (there := self._exact(path)) is not None:
                    return self._found(there, path, src, language, span)
        if leaving:
            raise PublishError(
                f"the path of this image leads out of the workspace: {src}",
                span,
                "put a copy of the file beside the source, and write its name",
                code="image-refused",
            )
        raise self._missing(src, span)

    def _places(self, written: str) -> Iterator[Path]:
        """Yield the places that a path may name; one from the root of a site names several."""
        if written.startswith("/"):
            for base in (self.folder, self.root / "source", self.root):
                yield _flat(base / written.lstrip("/"))
        else:
            yield _flat(self.folder / written)

    def _exact(self, path: Path) -> Path | None:
        """Return the file at a path, or the only one that differs in case or composed letters."""
        if not path.is_relative_to(self.root):
            return None
        there = self.root
        for part in path.relative_to(self.root).parts:
            names = _names(there)
            like = [name for name in names if _folded(name) == _folded(part)]
            if part not in names and not like:
                return None
            there = there / (part if part in names else min(like))
        return there if there.is_file() else None

    def _found(self, there: Path, path: Path, src: str, language: str, span: Span) -> FoundFile:
        twin = there.with_suffix(f".{language}{there.suffix}")
        for candidate in (twin, there):
            if not stays_inside(candidate, self.root):
                raise PublishError(
                    f"the image {src} is a link that leads out of the workspace, "
                    f"to {os.path.realpath(candidate)}",
                    span,
                    f"put a copy of the file beside the source as {src}",
                    code="image-refused",
                )
        remarks: tuple[Finding, ...] = ()
        if there != path:
            said = there.relative_to(self.root).as_posix()
            remarks = (
                Finding(
                    code="image-case",
                    level=Level.ADVICE,
                    message=f"the image {src} is in the file {said}, written in other letters",
                    span=span,
                    hint="write it with the same letters as the file: other systems do not find it",
                ),
            )
        return FoundFile(twin if twin.is_file() else there, remarks)

    def _missing(self, src: str, span: Span) -> PublishError:
        near = self._nearest(src, self.root / PurePosixPath(span.file).parent)
        known = f"; the nearest: {', '.join(near)}" if near else ""
        return PublishError(
            f"the image {src} does not exist",
            span,
            f"put it beside the source, or correct the path{known}",
            code="image-missing",
        )

    def _nearest(self, src: str, chapter: Path) -> list[str]:
        """Return up to three paths from a chapter, of files with names like the one given."""
        wanted = PurePosixPath(unquote(src).replace("\\", "/")).name.lower()
        by_name: dict[str, list[str]] = {}
        every = (path for base in (self.folder, self.root) for path in _images_below(base))
        for path in dict.fromkeys(islice(every, _LISTED)):
            shown = os.path.relpath(path, chapter).replace(os.sep, "/")
            by_name.setdefault(path.name.lower(), []).append(shown)
        near = get_close_matches(wanted, by_name, n=3, cutoff=0.6)
        return [path for name in near for path in sorted(by_name[name])][:3]


def _images_below(base: Path) -> Iterator[Path]:
    """Yield the images in a folder and below it, but for hidden folders and those of builds."""
    for folder, inner, names in os.walk(base):
        inner[:] = sorted(name for name in inner if not name.startswith((".", "build", "node_")))
        for name in sorted(names):
            if PurePosixPath(name).suffix.lower() in SUFFIXES:
                yield Path(folder) / name


def _spellings(src: str) -> Iterator[str]:
    """Yield what a path may mean: as it stands, decoded, and without a query or a fragment."""
    bare = re.sub(r"[?#].*", "", src, flags=re.DOTALL)
    found = (src, unquote(src), bare, unquote(bare))
    every = (*found, *(one.replace("\\", "/") for one in found))
    return iter(dict.fromkeys(one for one in every if one and "\0" not in one))


def _flat(path: Path) -> Path:
    return Path(os.path.normpath(path))


def _is_within(path: Path, root: Path) -> bool:
    return path.is_relative_to(root) and ".git" not in path.relative_to(root).parts


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:
        return frozenset()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
