"""Collects the images of an edition: found, converted where needed, named for an EPUB."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from publish.editions.images.cleaning import remove_metadata
from publish.editions.images.converting import (
    ConvertedImage,
    HugeImageError,
    UnreadableImageError,
    convert_image,
    find_needs,
    read_pixels,
)
from publish.editions.images.drawings import EmbeddedError, EmbeddedImage, settle_drawing
from publish.editions.images.kinds import CONVERTED, find_kind
from publish.editions.images.paths import FoundFile, ImageFolders
from publish.editions.images.printed import PrintedSize, find_printed_sizes
from publish.editions.images.sizes import make_size_error, refuse_huge, refuse_many_pixels
from publish.errors import PublishError
from publish.model import Document, Finding, Span, find_images
from publish.reading.blocks.imagechecks import is_inside, is_remote
from publish.reading.faults import Faults, group_findings

__all__ = ["CollectedImages", "Picture", "collect_images", "find_image_files"]

NAME = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*")
"""File names that every reading app for EPUB can open (OCF §4.2.3)."""

_TAKEN = re.compile(r"(?:cover\.png|edition-.*)", re.IGNORECASE)
"""Names that an edition gives to images of its own."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in an edition: the name of its file, and its pixels; 0 for an SVG."""

    name: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class CollectedImages:
    """The images of a document.

    `files` has the bytes by the names in the edition, `pictures` the name and shape of each path
    in the source, `remarks` what there is to say about them, many alike ones as one.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    remarks: tuple[Finding, ...] = ()


def collect_images(
    document: Document, folder: Path, root: Path | None = None, *, look: bool = False
) -> CollectedImages:
    """Return every image of a document, as an edition can show it and without metadata.

    With `look`, images that need to be converted are only opened and left as they are, which is
    fast and enough to tell nearly all that is wrong with them.

    Paths are relative to `folder`, and stay in the workspace `root`.  If there is a file
    `map.ru.png`, the Russian edition shows it in place of `map.png`.

    Raises PublishError for one image that cannot be used, FindingsError for several:
    `image-refused` for a path that leaves the workspace, `image-missing` for a file that does not
    exist, and what `remove_metadata` raises.
    """
    places = _places(folder, root)
    faults = Faults()
    files: dict[str, bytes] = {}
    pictures: dict[str, Picture] = {}
    printed = find_printed_sizes(document)
    # The others are errors of the source, with a hint of their own.
    spans = {s: at for s, at in find_images(document).items() if not (is_remote(s) or is_inside(s))}
    for src, span in spans.items():
        with faults.collecting():
            found = places.find(src, document.language, span)
            faults.remarks.extend(found.remarks)
            data, suffix = _usable(found, printed.get(src, ()), src, span, faults, look=look)
            same = (other for other, known in files.items() if known == data)
            name = next(same, None) or _name(src, suffix, data, files)
            files[name] = data
            pictures[src] = Picture(name, *(_pixels(data, suffix)))
    sources = tuple(dict.fromkeys(span.file for span in spans.values()))
    faults.raise_all(sources)
    return CollectedImages(files, pictures, tuple(group_findings(faults.remarks, sources)))


def find_image_files(
    document: Document, folder: Path, root: Path, languages: list[str]
) -> list[Path]:
    """Return the files of a document's images in some languages, as far as they exist."""
    places = _places(folder, root)
    found: dict[Path, None] = {}
    for src, span in find_images(document).items():
        for language in languages:
            try:
                found[places.find(src, language, span).path] = None
            except PublishError:
                continue
    return list(found)


def _places(folder: Path, root: Path | None) -> ImageFolders:
    whole = Path(os.path.normpath(folder.absolute()))
    return ImageFolders(whole, Path(os.path.normpath(root.absolute())) if root else whole)


def _usable(
    found: FoundFile,
    printed: tuple[PrintedSize, ...],
    src: str,
    span: Span,
    faults: Faults,
    *,
    look: bool,
) -> tuple[bytes, str]:
    """Return the bytes of an image as editions can show it, and the suffix of its kind."""
    data = found.path.read_bytes()
    written = found.path.suffix.lower()
    kind = find_kind(data) or written
    if kind == ".svg":
        return _usable_drawing(data, src, span, faults), kind
    refuse_huge(data, kind, src, span)
    try:
        if kind in CONVERTED:
            refuse_many_pixels(read_pixels(data), src, span)
        digest = hashlib.sha256(data).hexdigest()
        convert = _looked_at if look else _converted
        made = convert(found.path, digest, kind, printed)
    except HugeImageError:
        raise make_size_error("", src, span) from None
    except UnreadableImageError as error:
        if kind not in CONVERTED:
            remove_metadata(data, _known(kind, src, span), src, span)
        raise _make_broken_error(error, src, span) from None
    if made is None:
        return remove_metadata(data, _known(kind, src, span), src, span), kind
    _tell_changes(made, src, span, faults)
    if look:
        return made.data, made.suffix
    return remove_metadata(made.data, made.suffix, src, span), made.suffix


def _usable_drawing(data: bytes, src: str, span: Span, faults: Faults) -> bytes:
    """Return an SVG with its embedded images as editions can show them."""

    def use(image: EmbeddedImage) -> EmbeddedImage:
        refuse_huge(image.data, image.suffix, src, span)
        made = convert_image(image.data, image.suffix, ())
        if made is None:
            return image
        _tell_changes(made, src, span, faults)
        return EmbeddedImage(made.data, made.suffix)

    try:
        settled, had_fonts = settle_drawing(data, use)
    except HugeImageError:
        raise make_size_error("", src, span) from None
    except (UnreadableImageError, EmbeddedError) as error:
        raise _make_broken_error(error, src, span) from None
    if had_fonts:
        faults.remark(
            f"this drawing has fonts of its own, which editions do not show: {src}",
            span,
            "make outlines of its text, in a drawing program, if its letters must look the same",
            code="image-fonts",
        )
    return remove_metadata(settled, ".svg", src, span)


def _make_broken_error(error: Exception, src: str, span: Span) -> PublishError:
    return PublishError(
        f"this image is damaged: {src}: {error}",
        span,
        "save it again in an image editor",
        code="image-broken",
    )


def _tell_changes(made: ConvertedImage, src: str, span: Span, faults: Faults) -> None:
    """Give advice on what an edition does not show of an image as it is."""
    if "still" in made.done:
        faults.remark(
            f"an edition shows only the first picture of this animated image: {src}",
            span,
            "make an image of the moment that matters, in an image editor",
            code="image-animated",
        )
    if "guessed" in made.done:
        faults.remark(
            "this image has printing colours (CMYK) without a profile, so its colours are "
            f"guessed: {src}",
            span,
            "save it as RGB, in an image editor",
            code="image-colors",
        )


@lru_cache(maxsize=64)
def _converted(
    path: Path, digest: str, kind: str, printed: tuple[PrintedSize, ...]
) -> ConvertedImage | None:
    """Convert a file once for all languages of a run; only what was converted is kept."""
    return convert_image(path.read_bytes(), kind, printed)


def _looked_at(
    path: Path, digest: str, kind: str, printed: tuple[PrintedSize, ...]
) -> ConvertedImage | None:
    """Open a file and say what would be done to it, as `_converted` does it."""
    data = path.read_bytes()
    done = find_needs(data, kind, printed)
    return ConvertedImage(data, kind, done) if done else None


def _known(kind: str, src: str, span: Span) -> str:
    """Return the suffix of a kind that `remove_metadata` knows; raises PublishError for others."""
    if kind in (".png", ".jpg", ".jpeg", ".gif", ".webp"):
        return kind
    raise PublishError(
        f"this image cannot be used, because it is of a kind that is not known: {src}",
        span,
        "save it as PNG, JPEG or SVG (GIF, WebP, AVIF, TIFF and BMP are read, too)",
        code="image-refused",
    )


def _pixels(data: bytes, suffix: str) -> tuple[int, int]:
    if suffix == ".svg":
        return 0, 0
    return read_pixels(data)


# --------------------------------------------------------------------------- names


def _name(src: str, suffix: str, data: bytes, files: Mapping[str, bytes]) -> str:
    """Return the name of an image in an edition: its own if every reader can open that.

    Other names are made from the path alone, so that they are the same in every language.
    """
    own = src.removeprefix("./")
    plain = NAME.fullmatch(own) and _same_kind(own, suffix) and not _TAKEN.fullmatch(own)
    if plain and (files.get(own, data) == data and not _differs_in_case(own, files)):
        return own
    path = PurePosixPath(unquote(re.sub(r"[?#].*", "", src.replace("\\", "/"))))
    letters = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-").lower()[:40] or "image"
    digest = hashlib.sha256(unicodedata.normalize("NFC", src).encode()).hexdigest()[:8]
    return f"{slug}-{digest}{suffix}"


def _same_kind(name: str, suffix: str) -> bool:
    written = PurePosixPath(name).suffix.lower()
    return {".jpeg": ".jpg"}.get(written, written) == suffix


def _differs_in_case(name: str, files: Mapping[str, bytes]) -> bool:
    return any(other != name and other.lower() == name.lower() for other in files)
