"""Reads font files: single fonts, collections of several, and variable fonts.

Files of many fonts or many thousands of letters, as those of Chinese, are cut to the letters of a
text before anything else reads them.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Literal

from publish.editions.glyphnumbers import number_glyphs
from publish.editions.harfbuzz import cut_letters, list_letters
from publish.errors import BuildError, MissingPartError
from publish.files import stays_inside
from publish.languages.language import Language

__all__ = [
    "COLLECTIONS",
    "FONT_SUFFIXES",
    "WEIGHTS",
    "FontFace",
    "choose_regions",
    "cut_faces",
    "find_font_paths",
    "is_wide",
    "list_beside",
    "list_font_files",
    "read_extent",
    "read_face",
    "read_font_file",
    "read_font_folder",
    "read_letters",
]

COLLECTIONS = (".ttc", ".otc")
FONT_SUFFIXES = (".ttf", ".otf", *COLLECTIONS)

WEIGHTS = (400, 700)
"""The weights that style sheets use; other static files of a package are ignored."""

LARGE = 2_000_000
"""The bytes of a font file from which on it is cut before it is used."""

BOLD = 0x20
"""The bit of a bold font (OpenType, `fsSelection`)."""

REGION = re.compile(r"(.+) (JP|KR|SC|TC|HK)")
"""A family with the forms of Chinese characters of one region."""

OWN_FORMS = 0x2E80
"""From here on the letters of a wide font are its own; before, only its signs."""

WIDE_SIGNS = frozenset("·—―‘’“”‥…※⸺")
"""Signs that fill a square in texts of wide letters, and are narrow in others."""

FontStyle = Literal["normal", "italic"]


@dataclass(frozen=True, slots=True)
class FontFace:
    """A font in a file.  `weight` is None for a variable font, whose file holds every weight.

    `number` is that of the font in a collection.  `ranges` are the first and last characters that
    it may show, all if empty; so are the `letters` that its file is cut to.
    """

    family: str
    weight: int | None
    style: FontStyle
    path: Path
    ranges: tuple[tuple[int, int], ...] = ()
    number: int = 0
    letters: str = ""

    @property
    def address(self) -> str:
        """The address by which a style sheet names the font."""
        return f"{self.path.as_uri()}?{self.number}" if self.number else self.path.as_uri()


def read_font_folder(folder: Path) -> tuple[FontFace, ...]:
    """Return the faces of the TrueType and OpenType files in a folder of the workspace.

    Raises BuildError (code `font-file`) for a file that is no font.
    """
    return _usual_faces([(path, f"fonts/{path.name}") for path in list_font_files(folder)])


def find_font_paths(names: Iterable[str]) -> tuple[Path, ...]:
    """Return the files among what the settings name for a language: names that are paths."""
    return tuple(Path(name) for name in names if "/" in name)


def read_font_file(path: Path) -> tuple[FontFace, ...]:
    """Return the faces of a file that the settings name by its path.

    A regular font brings the bold one that is beside it.  Raises MissingPartError
    (code `font-missing`) if the file is not there, and BuildError for one that is no font.
    """
    if path.suffix.lower() not in FONT_SUFFIXES or not path.is_absolute() or not path.is_file():
        raise MissingPartError(
            f"the settings name a font file that is not there: {path}",
            hint="write its whole path, install the package that has it, or put a font into fonts/",
            code="font-missing",
        )
    return _usual_faces([(one, one.name) for one in list_beside(path)])


def list_beside(path: Path) -> tuple[Path, ...]:
    """Return a font file, and the bold one of the same name if there is one."""
    bold = path.with_name(path.name.replace("-Regular.", "-Bold."))
    return (path, bold) if bold != path and bold.is_file() else (path,)


def list_font_files(folder: Path) -> list[Path]:
    """Return the font files in a folder that do not lead out of it, by name."""
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in FONT_SUFFIXES)
    return [path for path in paths if path.is_file() and stays_inside(path, folder)]


def _usual_faces(files: Iterable[tuple[Path, str]]) -> tuple[FontFace, ...]:
    """Return one face for each style and weight of a family: the nearest to regular or bold.

    A variable font needs no others of its style.
    """
    found: dict[tuple[str, str, int | None], tuple[int, FontFace]] = {}
    for path, shown in files:
        for weight, face in _read_faces(path, shown, path.stat().st_mtime_ns):
            key = (face.family, face.style, face.weight)
            away = abs(weight - (face.weight or weight))
            if key not in found or away < found[key][0]:
                found[key] = (away, face)
    return tuple(
        face
        for (family, style, weight), (_, face) in found.items()
        if weight is None or (family, style, None) not in found
    )


@lru_cache(maxsize=256)
def _read_faces(path: Path, shown: str, changed: int) -> tuple[tuple[int, FontFace], ...]:
    """Return the fonts of a file, each with the weight that it says it has."""
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

    found: list[tuple[int, FontFace]] = []
    try:
        with path.open("rb") as file:
            for number in range(count := _count_fonts(file)):
                font = TTFont(file, lazy=True, fontNumber=number if count > 1 else -1)
                found.append(_describe_face(font, path, number))
    except (TTLibError, KeyError, OSError, ValueError, AssertionError, struct.error) as error:
        raise BuildError(
            f"{shown} cannot be read as a font: {error}",
            hint="take TrueType and OpenType files: .ttf, .otf, and collections of them, .ttc, "
            ".otc",
            code="font-file",
        ) from None
    return tuple(found)


def _count_fonts(file: BinaryIO) -> int:
    """Return the number of fonts in a file, which its first bytes say for a collection."""
    head = file.read(12)
    file.seek(0)
    return int.from_bytes(head[8:12]) if head[:4] == b"ttcf" else 1


def _describe_face(font: Any, path: Path, number: int) -> tuple[int, FontFace]:
    names, shape = font["name"], font["OS/2"]
    family = names.getDebugName(16) or names.getDebugName(1) or path.stem
    weight, slanted = shape.usWeightClass, bool(shape.fsSelection & 1)
    if shape.fsSelection & BOLD:  # some bold fonts say the weight of the regular one
        weight = max(weight, WEIGHTS[1])
    variable = "fvar" in font and any(axis.axisTag == "wght" for axis in font["fvar"].axes)
    if number == 0:
        _list_letters(font)  # Those of a collection have much the same.
    named = re.sub(r"[^\w .-]", "", family).strip() or path.stem
    usual = None if variable else min(WEIGHTS, key=lambda one: abs(one - weight))
    style: FontStyle = "italic" if slanted else "normal"
    return weight, FontFace(named, usual, style, path, number=number)


# --------------------------------------------------------------------------- wide letters


def choose_regions(faces: Sequence[FontFace], language: Language) -> tuple[FontFace, ...]:
    """Return faces with the Chinese characters of a language's region only, or of the first one.

    Collections such as Noto Sans CJK have the same letters in the forms of several regions.
    """
    own, chosen = _find_region(language), dict[str, str]()
    for face in faces:
        if found := REGION.fullmatch(face.family):
            name, region = found.groups()
            if region == own or name not in chosen:
                chosen[name] = region
    return tuple(
        face
        for face in faces
        if not (found := REGION.fullmatch(face.family)) or chosen[found[1]] == found[2]
    )


def _find_region(language: Language) -> str:
    """Return the region whose forms of Chinese characters a language has; none is empty."""
    match language.script, language.tag.split("-")[-1]:
        case "Jpan", _:
            return "JP"
        case "Kore", _:
            return "KR"
        case "Hant", "HK" | "MO":
            return "HK"
        case "Hant", _:
            return "TC"
        case (("Hans" | "Hani"), _):
            return "SC"
        case _:
            return ""


def is_wide(face: FontFace) -> bool:
    """Return whether a font has Chinese characters, each of which fills a square."""
    return "中" in read_letters(face.path, face.number)


def cut_faces(
    faces: Iterable[FontFace], letters: Collection[str], theme: Sequence[str] = ()
) -> tuple[FontFace, ...]:
    """Return the faces cut to these letters, if they are large or from a collection.

    Wide fonts that are not of the theme leave Latin letters to others.  Faces with nothing to show
    are left out.
    """
    found: list[FontFace] = []
    for face in faces:
        if not _is_cut(face.path):
            found.append(face)
            continue
        shown = read_letters(face.path, face.number).intersection(letters)
        if face.family not in theme and is_wide(face):
            shown = frozenset(one for one in shown if ord(one) >= OWN_FORMS or _is_sign(one))
        if shown:
            found.append(replace(face, letters="".join(sorted(shown))))
    return tuple(found)


def _is_cut(path: Path) -> bool:
    """Return whether fonts of a file are cut: of a large one, and of a collection."""
    return path.suffix.lower() in COLLECTIONS or (path.is_file() and path.stat().st_size > LARGE)


def _is_sign(letter: str) -> bool:
    """Return whether a wide font shows a sign; a space belongs to the letters around it."""
    return letter.isspace() or letter in WIDE_SIGNS or 0x2070 <= ord(letter) < OWN_FORMS


# --------------------------------------------------------------------------- contents


@lru_cache(maxsize=64)
def read_letters(path: Path, number: int = 0) -> frozenset[str]:
    """Return the characters that a font has a glyph for."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True, fontNumber=number) as font:
        return _share_letters(_list_letters(font))


@lru_cache(maxsize=64)
def _share_letters(letters: str) -> frozenset[str]:
    """Return the characters of a text; those of a regular and a bold font are mostly the same."""
    return frozenset(letters)


def _list_letters(font: Any) -> str:
    """Return the characters that a font has a glyph for; raises the errors of fontTools."""
    letters = list_letters(_write_tables({tag: font.reader[tag] for tag in ("cmap", "maxp")}))
    if letters is None:
        # The names of glyphs do not matter here, and take longer to read than all else.
        font.setGlyphOrder([str(glyph) for glyph in range(font["maxp"].numGlyphs)])
        letters = "".join(map(chr, font.getBestCmap() or ()))
    return letters


def _write_tables(tables: Mapping[str, bytes]) -> bytes:
    """Return a font file of these tables alone, in the order of their tags, without checksums."""
    at, rows, body = 12 + 16 * len(tables), b"", b""
    for tag, data in tables.items():
        rows += struct.pack(">4sIII", tag.encode("ascii"), 0, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return struct.pack(">4s4H", b"\0\1\0\0", len(tables), 0, 0, 0) + rows + body


@lru_cache(maxsize=64)
def read_extent(path: Path, number: int = 0) -> float:
    """Return how high the lines of a font want to be at least, in em."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True, fontNumber=number) as font:
        return float(font["hhea"].ascent - font["hhea"].descent) / float(font["head"].unitsPerEm)


def read_face(face: FontFace) -> bytes:
    """Return the bytes of a font as a file of its own, cut to its letters if it has some."""
    return _cut(face.path, face.number, face.letters) if face.letters else face.path.read_bytes()


@lru_cache(maxsize=32)
def _cut(path: Path, number: int, letters: str) -> bytes:
    from fontTools.ttLib import TTFont

    data = cut_letters(path.read_bytes(), number, letters)
    if data is None:
        font = TTFont(path, fontNumber=number, recalcTimestamp=False)
        _cut_slowly(font, letters)
    else:
        font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    _number_glyphs(font)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _cut_slowly(font: Any, letters: str) -> None:
    from fontTools import subset  # type: ignore[import-untyped]

    cutter = subset.Subsetter(subset.Options(notdef_outline=True))
    cutter.populate(text=letters)
    cutter.subset(font)


def _number_glyphs(font: Any) -> None:
    """Give each glyph of a CID-keyed font its place as its number, as a PDF takes them to have."""
    from fontTools.ttLib.tables.DefaultTable import DefaultTable  # type: ignore[import-untyped]

    if "CFF " not in font:
        return
    table = DefaultTable("CFF ")
    try:
        if font.isLoaded("CFF "):
            raise ValueError("its table is to be written anew")
        table.data = number_glyphs(font.reader["CFF "])
    except (ValueError, IndexError, KeyError):
        _number_slowly(font)
    else:
        font["CFF "] = table


def _number_slowly(font: Any) -> None:
    top = font["CFF "].cff.topDictIndex[0]
    if not hasattr(top, "ROS"):
        return
    outlines = top.CharStrings.charStrings
    names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(top.charset)))]
    top.CharStrings.charStrings = {
        new: outlines[old] for new, old in zip(names, top.charset, strict=True)
    }
    top.charset = names
