"""Converts images that editions cannot show as they are: turned, for printing, large, of old kinds.

Colours are converted by the profile in the file, to sRGB, which every reader shows.  An image that
needs nothing keeps its bytes.  The same input gives the same bytes.  Only this file and the cover
import Pillow.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from publish.editions.images.kinds import CONVERTED
from publish.editions.images.printed import PrintedSize

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = [
    "ConvertedImage",
    "HugeImageError",
    "UnreadableImageError",
    "convert_image",
    "convert_to_png",
    "find_needs",
    "read_pixels",
]

_QUALITY = 92
_PRINTING = ("CMYK", "YCCK")
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")
_PLAIN = ("1", "L", "LA", "P", "RGB", "RGBA")
_NEAR = 3
"""Colours so far apart, of 255, nobody tells apart; most profiles of screens are nearer."""


class UnreadableImageError(ValueError):
    """Pillow cannot read the image; the message says why."""


class HugeImageError(UnreadableImageError):
    """The image has so many pixels that Pillow does not open it."""


@dataclass(frozen=True, slots=True)
class ConvertedImage:
    """An image that editions can show, the suffix of its kind, and what was done to it."""

    data: bytes
    suffix: str
    done: tuple[str, ...]


def read_pixels(data: bytes) -> tuple[int, int]:
    """Return width and height as the file has them, before its picture is read."""
    with _opened(data) as image:
        return image.size


def find_needs(data: bytes, kind: str, printed: tuple[PrintedSize, ...]) -> tuple[str, ...]:
    """Return in words what `convert_image` would do to an image, which is only opened here."""
    with _opened(data) as image:
        return tuple(_needs(image, data, kind, printed))


def convert_image(
    data: bytes, kind: str, printed: tuple[PrintedSize, ...]
) -> ConvertedImage | None:
    """Return an image upright, in sRGB with 8 bits, still, and no larger than it is printed.

    `kind` is its suffix, as `find_kind` gives it.  Returns None for an image that needs nothing of
    this.  Raises UnreadableImageError for one that is damaged.
    """
    with _opened(data) as image:
        done = tuple(_needs(image, data, kind, printed))
        if not done:
            return None
        made, lossy = _convert(image, printed), _is_lossy(image, data, kind)
        return _write(made, done, lossy=lossy)


def convert_to_png(data: bytes) -> bytes:
    """Return an image as PNG, for programs that show no newer kinds."""
    with _opened(data) as image:
        buffer = io.BytesIO()
        image.convert("RGBA" if image.has_transparency_data else "RGB").save(buffer, "PNG")
        return buffer.getvalue()


@contextmanager
def _opened(data: bytes) -> Iterator[Image]:
    """Open an image; every error of Pillow becomes UnreadableImageError."""
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                yield image
    except UnreadableImageError:
        raise
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        struct.error,
        IndexError,
        KeyError,
    ) as error:
        raise UnreadableImageError(str(error) or "it cannot be read") from None
    except Image.DecompressionBombError:
        raise HugeImageError("it has too many pixels") from None


# --------------------------------------------------------------------------- what is needed


def _needs(image: Image, data: bytes, kind: str, printed: tuple[PrintedSize, ...]) -> Iterator[str]:
    """Yield in words what has to be done to an image."""
    if kind in CONVERTED:
        yield "kind"
    if getattr(image, "n_frames", 1) > 1 and getattr(image, "is_animated", True):
        yield "still"
    if _orientation(image) != 1:
        yield "turned"
    if image.mode in _PRINTING and not image.info.get("icc_profile"):
        yield "guessed"
    if image.mode not in _PLAIN or _is_deep_png(data, kind) or _has_other_colours(image):
        yield "colours"
    if _share(image, printed) < 1:
        yield "smaller"


def _orientation(image: Image) -> int:
    found = image.getexif().get(0x0112, 1)
    return found if isinstance(found, int) and 2 <= found <= 8 else 1


def _is_deep_png(data: bytes, kind: str) -> bool:
    return kind == ".png" and data[24:25] == b"\x10"


def _is_lossy(image: Image, data: bytes, kind: str) -> bool:
    """Return whether the file is a photo that was saved with loss, so that JPEG loses little."""
    if kind == ".jpg" or (kind == ".tif" and image.info.get("compression") == "jpeg"):
        return True
    return kind == ".avif" or (kind == ".webp" and b"VP8L" not in data[:64])


def _share(image: Image, printed: tuple[PrintedSize, ...]) -> float:
    width, height = image.size
    if _orientation(image) >= 5:
        width, height = height, width
    return max((size.find_share(width, height) for size in printed), default=1.0)


# --------------------------------------------------------------------------- doing it


def _convert(image: Image, printed: tuple[PrintedSize, ...]) -> Image:
    from PIL import ImageOps

    share = _share(image, printed)
    profile = image.info.get("icc_profile")
    made = ImageOps.exif_transpose(image)
    made = _to_srgb(_to_eight_bits(made), profile)
    if share < 1:
        made = _smaller(made, share)
    return made


def _to_eight_bits(image: Image) -> Image:
    """Return an image in a mode that a profile is for: gray, RGB or CMYK, maybe with alpha."""
    if image.mode in _DEEP:
        top = 1.0 if image.mode == "F" and (image.getextrema()[1] or 0) <= 1 else 65535.0  # type: ignore[operator]
        # Pillow clips what is above 255 here, so the values are brought down first.
        deep: Any = image.convert("F")
        gray: Image = deep.point(lambda value: value * (255.0 / top) + 0.5).convert("L")
        return gray
    if image.mode == "P" or image.mode == "PA":
        clear = image.mode == "PA" or "transparency" in image.info
        return image.convert("RGBA" if clear else "RGB")
    if image.mode in ("1", "L", "LA", "RGB", "RGBA", "CMYK"):
        clear = "transparency" in image.info and image.mode in ("L", "RGB")
        gray = image.convert("L") if image.mode == "1" else image
        return gray.convert("RGBA" if image.mode == "RGB" else "LA") if clear else gray
    if image.mode in ("La", "RGBa"):
        return image.convert("LA" if image.mode == "La" else "RGBA")
    return image if image.mode == "LAB" else image.convert("RGB")


def _smaller(image: Image, share: float) -> Image:
    from PIL.Image import Resampling

    width, height = (max(1, round(side * share)) for side in image.size)
    return image.resize((width, height), Resampling.LANCZOS)


def _write(image: Image, done: tuple[str, ...], *, lossy: bool) -> ConvertedImage:
    """Return the bytes without anything but the picture."""
    image.info = {}
    out = io.BytesIO()
    if lossy and image.mode in ("L", "RGB"):
        image.save(out, "JPEG", quality=_QUALITY, subsampling=0)
        return ConvertedImage(out.getvalue(), ".jpg", done)
    image.save(out, "PNG")
    return ConvertedImage(out.getvalue(), ".png", done)


# --------------------------------------------------------------------------- colours


def _has_other_colours(image: Image) -> bool:
    """Return whether an image has a profile whose colours differ from sRGB to the eye."""
    profile = image.info.get("icc_profile")
    if not profile:
        return False
    return _differs(bytes(profile), "L" if image.mode in ("1", "L", "LA") else "RGB")


@lru_cache(maxsize=32)
def _differs(profile: bytes, mode: str) -> bool:
    from PIL import Image, ImageChops

    side = 9
    values = [round(step * 255 / (side - 1)) for step in range(side)]
    if mode == "L":
        sample = Image.new("L", (256, 1))
        sample.putdata(list(range(256)))
    else:
        sample = Image.new("RGB", (side**3, 1))
        sample.putdata([(r, g, b) for r in values for g in values for b in values])
    shown = _transformed(sample, profile, mode)
    if shown is None:
        return False
    extrema: Any = ImageChops.difference(sample, shown).getextrema()
    pairs = (extrema,) if mode == "L" else extrema
    return bool(max(high for _, high in pairs) > _NEAR)


def _to_srgb(image: Image, profile: bytes | None) -> Image:
    """Return an image in sRGB or gray; one without a usable profile by the usual formula."""
    from PIL import Image as Images
    from PIL import ImageCms

    if image.mode == "LAB":
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        shown = _transformed(image, lab.tobytes(), "RGB")
        return shown if shown is not None else image.convert("RGB")
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    plain = image.convert(image.mode[:-1]) if alpha is not None else image
    if profile and (plain.mode == "CMYK" or _differs(bytes(profile), plain.mode)):
        shown = _transformed(plain, bytes(profile), "L" if plain.mode == "L" else "RGB")
        plain = shown if shown is not None else plain
    if plain.mode == "CMYK":
        plain = plain.convert("RGB")
    if alpha is None:
        return plain
    return Images.merge("LA" if plain.mode == "L" else "RGBA", (*plain.split(), alpha))


def _transformed(image: Image, profile: bytes, mode: str) -> Image | None:
    """Return an image in the colours of sRGB; None if the profile is not one for it."""
    from PIL import ImageCms

    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(
            image, found, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return made.convert(mode) if made is not None else None
