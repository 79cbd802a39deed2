"""Finds the font files of editions in installed font packages.

A font package `fontpkg-NAME` holds the unchanged files of one family and a `metadata.json` that
lists them.  Fonts of the machine are never used, so the same packages give the same pages
everywhere.
"""

from __future__ import annotations

import io
import json
import logging
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from publish.errors import MissingPartError
from publish.visible import GLYPHLESS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "HEADING_FAMILY",
    "TEXT_FAMILY",
    "FontFace",
    "find_font_faces",
    "find_missing_letters",
    "make_letters_error",
    "name_font_package",
    "subset_font",
    "write_face_css",
]

TEXT_FAMILY = "Source Serif 4"
HEADING_FAMILY = "Source Sans 3"

_WEIGHTS = (400, 700)
"""The weights that style sheets use; other static files of a package are ignored."""

_GLYPHLESS = re.compile(f"[{GLYPHLESS}]")

FontStyle = Literal["normal", "italic"]


@dataclass(frozen=True, slots=True)
class FontFace:
    """A font file.  `weight` is None for a variable font, whose file holds every weight."""

    family: str
    weight: int | None
    style: FontStyle
    path: Path


def find_font_faces(
    families: Iterable[str] = (TEXT_FAMILY, HEADING_FAMILY),
) -> tuple[FontFace, ...]:
    """Return the faces of these families, in their order.

    Raises MissingPartError (code `font-missing`) for a font package that is not installed.
    """
    return tuple(face for family in families for face in _family_faces(family))


def write_face_css(faces: Iterable[FontFace]) -> str:
    """Return the `@font-face` rules of these faces, with file URLs, for the PDF's style sheet.

    The rule of a variable font has no weight.  With one, WeasyPrint would lay bold text out with
    the widths of the regular weight and paint bold outlines over them.
    """
    return "".join(_face_rule(face) for face in faces)


def find_missing_letters(text: str, faces: Iterable[FontFace]) -> set[str]:
    """Return the characters of `text` that no family can show.

    A family can show a character if all of its faces have it; otherwise a word in italics could
    lose a letter.  White space and invisible format characters need no glyph.
    """
    needed = {char for char in set(text) if _needs_glyph(char)}
    by_family: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for face in faces:
        by_family[face.family].append(_letters(face.path))
    for coverages in by_family.values():
        needed -= frozenset.intersection(*coverages)
    return needed


def make_letters_error(letters: Iterable[str], families: Iterable[str] = ()) -> MissingPartError:
    """Return the error (code `glyph-missing`) for characters that no font of the edition has."""
    named = ", ".join(_describe(char) for char in sorted(set(letters)))
    tried = f" ({', '.join(sorted(families))})" if families else ""
    return MissingPartError(
        f"no font of this edition{tried} has {named}",
        hint="add a family that has them under fonts in the settings, or correct the text",
        code="glyph-missing",
    )


def subset_font(face: FontFace, text: str) -> bytes:
    """Return a face as WOFF2 that holds only the glyphs of a text.

    A variable font keeps its weights from regular to bold.  The same input gives the same bytes.
    """
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from fontTools.varLib import instancer  # type: ignore[import-untyped]

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = subset.Options()
    options.hinting, options.name_IDs, options.notdef_outline = False, [1, 2], True
    font = TTFont(face.path, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    if face.weight is None:
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        limits = {**axes, **({"wght": _WEIGHTS} if "wght" in axes else {})}
        font = instancer.instantiateVariableFont(font, limits)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _describe(char: str) -> str:
    name = unicodedata.name(char, "unnamed")
    return f'"{char}" (U+{ord(char):04X} {name})'


def name_font_package(family: str) -> str:
    """Return the name of the font package that holds a family."""
    return f"fontpkg-{family.lower().replace(' ', '-')}"


def _family_faces(family: str) -> tuple[FontFace, ...]:
    package = name_font_package(family)
    try:
        root = files(package.replace("-", "_"))
        listed = json.loads(root.joinpath("metadata.json").read_text(encoding="utf-8"))["files"]
    except (ModuleNotFoundError, FileNotFoundError):
        raise MissingPartError(
            f'the font family "{family}" is not installed',
            hint=f"install it: pip install {package}",
            code="font-missing",
        ) from None
    faces = (
        FontFace(
            family=family,
            weight=None if entry["variable"] else entry["weight"],
            style="italic" if entry["style"] == "italic" else "normal",
            path=Path(str(root.joinpath(*entry["path"].split("/")))),
        )
        for entry in listed
        if entry["variable"] or entry["weight"] in _WEIGHTS
    )
    return tuple(sorted(faces, key=lambda face: (face.style != "normal", face.weight or 0)))


def _face_rule(face: FontFace) -> str:
    weight = "" if face.weight is None else f" font-weight: {face.weight};"
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style};{weight}'
        f' src: url("{face.path.as_uri()}"); }}\n'
    )


def _needs_glyph(char: str) -> bool:
    return char not in "\t\n\r" and not _GLYPHLESS.fullmatch(char)


@lru_cache(maxsize=64)
def _letters(path: Path) -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
