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
import struct
import unicodedata
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from publish.editions.fontfiles import (
    WEIGHTS,
    FontFace,
    read_face,
    read_letters,
)
from publish.errors import MissingPartError
from publish.visible import GLYPHLESS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CODE_FAMILY",
    "HEADING_FAMILY",
    "SYMBOL_FAMILY",
    "TEXT_FAMILY",
    "FontFace",
    "assign_letters",
    "find_font_faces",
    "find_missing_letters",
    "find_unknown_letters",
    "make_letters_error",
    "name_font_package",
    "subset_font",
    "write_face_css",
]

TEXT_FAMILY = "Source Serif 4"
HEADING_FAMILY = "Source Sans 3"
CODE_FAMILY = "Source Code Pro"
SYMBOL_FAMILY = "Symbols"
"""The signs of DejaVu Sans, without its letters: the last resort of every text."""

_SYMBOLS = ((0x2010, 0x205E), (0x2100, 0x214F), (0x2190, 0x2BFF), (0x1F300, 0x1F64F))

NAMED = 8
"""So many missing characters are named; a text in a script without a font lacks hundreds."""

_GLYPHLESS = re.compile(f"[{GLYPHLESS}]")


def find_font_faces(
    families: Iterable[str] = (TEXT_FAMILY, HEADING_FAMILY, CODE_FAMILY, SYMBOL_FAMILY),
    own: Iterable[FontFace] = (),
) -> tuple[FontFace, ...]:
    """Return the faces of these families, in their order; `own` are faces of the workspace.

    Raises MissingPartError (code `font-missing`) for a font package that is not installed.
    """
    given = tuple(own)
    return tuple(
        face
        for family in families
        for face in ([one for one in given if one.family == family] or _family_faces(family))
    )


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
    return assign_letters(text, faces)[1]


def find_unknown_letters(text: str, faces: Iterable[FontFace]) -> set[str]:
    """Return the characters of `text` that no face has at all, if there is a letter among them.

    A letter that is set from its parts, such as one with an accent, is not among them, nor are
    signs alone: HarfBuzz sets some hyphens and spaces as others.  None if a face cannot be read.
    """
    from fontTools.ttLib import TTLibError  # type: ignore[import-untyped]

    parts = {char: set(unicodedata.normalize("NFD", char)) for char in text if _needs_glyph(char)}
    unknown, lacking = set(parts), set[str]().union(parts, *parts.values())
    for face in faces:
        if not unknown:
            break
        try:
            lacking -= _shown(face)
        except (TTLibError, KeyError, OSError, ValueError, AssertionError, struct.error):
            return set()
        unknown = {char for char in unknown if char in lacking and parts[char] & lacking}
    return unknown if any(map(str.isalpha, unknown)) else set()


def assign_letters(text: str, faces: Iterable[FontFace]) -> tuple[dict[str, set[str]], set[str]]:
    """Return the characters of `text` by the family that shows them, and those that none can."""
    needed = {char for char in set(text) if _needs_glyph(char)}
    by_family: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for face in faces:
        by_family[face.family].append(_shown(face))
    shown: dict[str, set[str]] = {}
    for family, coverages in by_family.items():
        if found := {char for char in needed if all(char in one for one in coverages)}:
            shown[family] = found
            needed -= found
    return shown, needed


def make_letters_error(letters: Iterable[str], families: Iterable[str] = ()) -> MissingPartError:
    """Return the error (code `glyph-missing`) for characters that no font of the edition has."""
    lacking = sorted(set(letters))
    named = ", ".join(map(_describe, lacking[:NAMED]))
    if (others := len(lacking) - NAMED) > 0:
        named += f" and {others} other{'s' * (others > 1)}"
    tried = f" ({', '.join(sorted(families))})" if families else ""
    return MissingPartError(
        f"no font of this edition{tried} has {named}",
        hint="run publish fonts: it names their lines, and families that have them; put a family "
        "under fonts in the settings, or correct the text",
        code="glyph-missing",
    ).naming(lacking[0] if lacking else "")


def subset_font(face: FontFace, text: str) -> bytes:
    """Return a face as WOFF2 that holds only the glyphs of a text.

    A variable font keeps its weights from regular to bold.  The same input gives the same bytes.
    """
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer  # type: ignore[import-untyped]

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = subset.Options()
    options.hinting, options.name_IDs, options.notdef_outline = False, [1, 2], True
    font = TTFont(io.BytesIO(read_face(face)), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    if face.weight is None:
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        limits = {**axes, **({"wght": WEIGHTS} if "wght" in axes else {})}
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


def _symbol_face() -> FontFace:
    """Return the face of DejaVu Sans that a library for formulas brings along."""
    spec = find_spec("ziafont")
    path = Path((spec and spec.origin) or "").parent / "fonts/DejaVuSans.ttf"
    if not path.is_file():
        raise MissingPartError(
            "the font of symbols is not installed",
            hint="install it: pip install ziafont",
            code="font-missing",
        )
    return FontFace(SYMBOL_FAMILY, 400, "normal", path, _SYMBOLS)


def _family_faces(family: str) -> tuple[FontFace, ...]:
    if family == SYMBOL_FAMILY:
        return (_symbol_face(),)
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
        if entry["variable"] or entry["weight"] in WEIGHTS
    )
    return tuple(sorted(faces, key=lambda face: (face.style != "normal", face.weight or 0)))


def _face_rule(face: FontFace) -> str:
    weight = "" if face.weight is None else f" font-weight: {face.weight};"
    ranges = ", ".join(f"U+{first:X}-{last:X}" for first, last in face.ranges)
    weight += f" unicode-range: {ranges};" if ranges else ""
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style};{weight}'
        f' src: url("{face.address}"); }}\n'
    )


def _needs_glyph(char: str) -> bool:
    return char not in "\t\n\r" and not _GLYPHLESS.fullmatch(char)


@lru_cache(maxsize=64)
def _shown(face: FontFace) -> frozenset[str]:
    """Return the characters that a face may show."""
    letters = read_letters(face.path, face.number)
    if not face.ranges:
        return letters
    return frozenset(
        char for char in letters if any(first <= ord(char) <= last for first, last in face.ranges)
    )
