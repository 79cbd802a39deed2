"""Collects the image files of an edition: beside the source, in its language if there is one."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from publish.editions.images.cleaning import KINDS, remove_metadata
from publish.errors import PublishError
from publish.files import stays_inside
from publish.model import Document, Span, find_images

__all__ = ["collect_images"]

NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*")
"""File names that every reading app for EPUB can open (OCF §4.2.3)."""


def collect_images(document: Document, folder: Path) -> dict[str, bytes]:
    """Return the bytes of every image of a document without metadata, by its path in the source.

    If there is a file `map.ru.png`, the Russian edition shows it in place of `map.png`.  Raises
    PublishError for a path that leaves the folder (code `image-refused`), for a missing file
    (`image-missing`), and as `remove_metadata` does.
    """
    found = find_images(document)
    return {src: _bytes(src, folder, document, span) for src, span in found.items()}


def _bytes(src: str, folder: Path, document: Document, span: Span) -> bytes:
    file = _file(src, folder, document.language, span)
    return remove_metadata(file.read_bytes(), file.suffix, src, span)


def _check_case(file: Path, src: str, span: Span) -> None:
    """Raise PublishError if only case differs: some systems find such a file, others do not."""
    there = {path.name for path in file.parent.glob("*")}
    if file.name not in there:
        for name in sorted(there):
            if name.casefold() == file.name.casefold():
                raise PublishError(
                    f"the image {src} does not exist, but {name} does",
                    span,
                    "write it with the same capital letters as the file",
                    code="image-missing",
                )


def _file(src: str, folder: Path, language: str, span: Span) -> Path:
    path = PurePosixPath(src)
    inside = not path.is_absolute() and ".." not in path.parts and "://" not in src
    if not inside or path.suffix.lower() not in KINDS:
        raise PublishError(
            f"this image cannot be used: {src}",
            span,
            f"use a file beside the source, of one of these kinds: {', '.join(sorted(KINDS))}",
            code="image-refused",
        )
    if not NAME.fullmatch(src):
        raise PublishError(
            f"this file name has a space or a letter that not every reader can open: {src}",
            span,
            "rename the file: letters a to z, digits, hyphens and dots, as in map-1.png",
            code="image-refused",
        )
    whole = folder / path
    twin = whole.with_suffix(f".{language}{whole.suffix}")
    for candidate in (twin, whole):
        if not stays_inside(candidate, folder):
            raise PublishError(
                f"the image {src} is a link that leads out of the folder of the source, "
                f"to {os.path.realpath(candidate)}",
                span,
                f"put a copy of the file beside the source as {src}",
                code="image-refused",
            )
    _check_case(whole, src, span)
    for candidate in (twin, whole):
        if candidate.is_file():
            return candidate
    raise PublishError(
        f"the image {src} does not exist",
        span,
        f"put it beside the source as {src}, or correct the path",
        code="image-missing",
    )
