"""The image files of an edition: found beside the source, in the edition's language if there."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from publish.editions.images.cleaning import KINDS, stripped
from publish.errors import PublishError
from publish.model import Document, Span, shown_images

__all__ = ["images_of"]

NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*")
"""File names that every reader of EPUBs can open (OCF §4.2.3)."""


def images_of(document: Document, folder: Path) -> dict[str, bytes]:
    """The bytes of every image a document shows, by the path the source gives, without notes.

    `map.png` has a twin `map.ru.png` for the Russian edition where that file is there.  Raises
    PublishError for a path that leaves the folder, a file that is missing or is no image.
    """
    found = shown_images(document)
    return {src: _bytes(src, folder, document, span) for src, span in found.items()}


def _bytes(src: str, folder: Path, document: Document, span: Span) -> bytes:
    file = _file(src, folder, document.language, span)
    return stripped(file.read_bytes(), file.suffix, src, span)


def _check_case(file: Path, src: str, span: Span) -> None:
    """Raises PublishError where capitals differ: some systems find such a file, others do not."""
    there = {path.name for path in file.parent.glob("*")}
    if file.name not in there:
        for name in sorted(there):
            if name.casefold() == file.name.casefold():
                raise PublishError(
                    f"there is no image {src}, but one that is spelt {name}",
                    span,
                    "write small and capital letters as the file has them",
                    code="image-missing",
                )


def _file(src: str, folder: Path, language: str, span: Span) -> Path:
    path = PurePosixPath(src)
    inside = not path.is_absolute() and ".." not in path.parts and "://" not in src
    if not inside or path.suffix.lower() not in KINDS:
        raise PublishError(
            f"this image cannot be used: {src}",
            span,
            f"put a file beside the source; kinds: {', '.join(sorted(KINDS))}",
            code="image-refused",
        )
    if not NAME.fullmatch(src):
        raise PublishError(
            f"this image's file name has a space or a letter that old readers cannot open: {src}",
            span,
            "rename the file: letters a to z, digits, hyphens, full stops, as in map-1.png",
            code="image-refused",
        )
    whole = folder / path
    _check_case(whole, src, span)
    twin = whole.with_suffix(f".{language}{whole.suffix}")
    for candidate in (twin, whole):
        if candidate.is_file() and candidate.resolve().is_relative_to(folder.resolve()):
            return candidate
    raise PublishError(
        f"there is no image {src}", span, f"put it at {src} beside the source", code="image-missing"
    )
