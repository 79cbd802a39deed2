"""Checks of the images of a document that need no file: descriptions, and pictures on the web."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from publish.model import (
    Document,
    Figure,
    Image,
    Level,
    Link,
    Span,
    blocks,
    find_images,
    plain,
    proses,
    walk_marks,
)
from publish.reading.faults import Faults
from publish.visible import shows_nothing

__all__ = ["check_images", "holds_picture", "is_inside", "is_remote"]

_REMOTE = re.compile(r"(?:https?|ftp):/{2}|/{2}", re.IGNORECASE)
_PLAIN = re.compile(r"[^A-Za-z0-9_.-]+")


def check_images(document: Document, faults: Faults) -> None:
    """Note a warning for each image without a description, an error for each that is on the web.

    Codes: `image-undescribed` (EPUB Accessibility 1.1 §3.2), `image-remote`, `image-refused`.
    """
    for span in _undescribed(document):
        faults.remark(
            "an image has no description, so people who cannot see it are told only that",
            span,
            "write what it shows between the brackets: ![what it shows](map.png); if there is "
            "nothing to tell, write ![](map.png){decorative}",
            code="image-undescribed",
            level=Level.WARNING,
        )
    taken: set[str] = set()
    for src, span in find_images(document).items():
        if is_remote(src):
            _refuse_remote(src, span, taken, faults)
        elif is_inside(src):
            faults.error(
                f"this image is written into the text itself: {src[:40]}…",
                span,
                "save it as a file beside the source, and write the name of the file",
                code="image-refused",
            )


def is_remote(src: str) -> bool:
    """Return whether an image is on the web."""
    return _REMOTE.match(src) is not None


def is_inside(src: str) -> bool:
    """Return whether an image is written into its address."""
    return src[:5].lower() == "data:"


def _undescribed(document: Document) -> Iterator[Span]:
    figures = (block for block in blocks(document) if isinstance(block, Figure))
    for figure in figures:
        if not figure.decorative and shows_nothing(plain(figure.alt.content)):
            yield figure.span
    for prose in proses(document):
        for node in walk_marks(prose.content):
            if isinstance(node, Image) and not node.decorative and shows_nothing(node.alt):
                yield prose.span


def _refuse_remote(src: str, span: Span, taken: set[str], faults: Faults) -> None:
    name = _free_name(src, taken)
    address = f"https:{src}" if src.startswith("//") else src
    file = str(PurePosixPath(span.file).with_name(name))
    faults.error(
        f"this image is on the web, and editions load nothing: {src}",
        span,
        f"fetch it with: curl -L -o {shlex.quote(file)} {shlex.quote(address)} and write its "
        f"name: ![…]({name})",
        code="image-remote",
    )


def _free_name(src: str, taken: set[str]) -> str:
    """Return a plain name for the file of a picture on the web, that no other one has."""
    last = PurePosixPath(unquote(urlsplit(src).path)).name
    name = _PLAIN.sub("-", last).strip("-.") or "image"
    path = PurePosixPath(name if PurePosixPath(name).suffix else f"{name}.png")
    number, free = 1, path.name
    while free.lower() in taken:
        number += 1
        free = f"{path.stem}-{number}{path.suffix}"
    taken.add(free.lower())
    return free


def holds_picture(link: Link) -> bool:
    """Return whether a link shows a picture, so that it needs no words."""
    return any(isinstance(node, Image) for node in walk_marks(link.children))
