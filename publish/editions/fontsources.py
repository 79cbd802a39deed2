"""Names the packages and files that cover letters which no font of an edition has."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from publish.editions.fontfiles import read_letters

__all__ = ["suggest_fonts"]

CORE, WIDE = "/usr/share/fonts/truetype/noto/", "/usr/share/fonts/opentype/noto/"
"""Where Debian's fonts-noto-core and fonts-noto-cjk have their files."""

INSTALLED = Path("/var/lib/dpkg/info")
"""Where Debian lists the files of each installed package, as PACKAGE.list."""

PACKAGES = {
    "LATIN": "Noto Sans",
    "CYRILLIC": "Noto Sans",
    "GREEK": "Noto Sans",
    "ARABIC": "Noto Sans Arabic",
    "DEVANAGARI": "Noto Sans Devanagari",
    "KHMER": "Noto Sans Khmer",
    "TAMIL": "Noto Sans Tamil",
    "TELUGU": "Noto Sans Telugu",
    "THAI": "Noto Sans Thai",
}
"""The families in font packages; a script is the first word of a letter's name."""

FILES = (
    *("ARABIC", "ARMENIAN", "BENGALI", "CHEROKEE", "DEVANAGARI", "ETHIOPIC", "GEORGIAN"),
    *("GUJARATI", "GURMUKHI", "HEBREW", "KANNADA", "KHMER", "LAO", "MALAYALAM", "MONGOLIAN"),
    *("MYANMAR", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "THAANA", "THAI", "TIBETAN"),
)
"""The scripts of which Debian's fonts-noto-core has a file of its own."""

SERIF = {"ARABIC": "Naskh", "TIBETAN": "Serif"}
"""The kinds of files for text that are not called Serif and Sans."""

EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH")

SIGNS = ("NotoSansSymbols2", "NotoSansSymbols", "NotoSansMath")
"""Debian's files of signs, in one colour."""


def suggest_fonts(letters: Iterable[str]) -> tuple[str, ...]:
    """Return what covers these letters: packages to install, files to name in the settings.

    A package that is installed need not be installed again: a family or file of it is named if it
    has one of the letters.
    """
    asked = frozenset(letters)
    by_script: dict[str, set[str]] = {}
    for letter in sorted(asked):
        by_script.setdefault(_find_script(letter), set()).add(letter)
    found: list[str] = []
    for script, some in sorted(by_script.items()):
        if script in PACKAGES:
            found += _suggest_family(PACKAGES[script], some)
        for package, path in _list_files(script):
            found += _suggest_file(package, Path(path), some)
    if "SIGN" in by_script:
        found.append("signs and emoji are printed in one colour only: put such a font into fonts/")
    return tuple(dict.fromkeys(found))


def _suggest_family(family: str, letters: Collection[str]) -> Iterator[str]:
    """Yield how to get a family of a font package, unless its package is here without a letter."""
    package = f"fontpkg-{family.lower().replace(' ', '-')}"
    spec = find_spec(package.replace("-", "_"))
    if spec is None:
        yield f'pip install {package}, and add "{family}" to fonts'
        return
    folders = map(Path, spec.submodule_search_locations or ())
    fonts = (path for folder in folders for path in sorted(folder.rglob("*.ttf")))
    if any(not read_letters(path).isdisjoint(letters) for path in fonts):
        yield f'add "{family}" to fonts'


def _suggest_file(package: str, path: Path, letters: Collection[str]) -> Iterator[str]:
    """Yield how to get a file of Debian, unless it, or its package without it, is here in vain."""
    if path.is_file():
        if not read_letters(path).isdisjoint(letters):
            yield f'add "{path}" to fonts'
    elif not (INSTALLED / f"{package}.list").is_file():
        yield f'apt-get install {package}, and add "{path}" to fonts'


def _find_script(letter: str) -> str:
    if unicodedata.category(letter) in ("Sm", "So", "Sk") or ord(letter) >= 0x1F000:
        name = unicodedata.name(letter, "UNNAMED").split()[0]
        return name if name in EAST_ASIAN else "SIGN"
    return unicodedata.name(letter, "UNNAMED").split()[0]


def _list_files(script: str) -> Iterator[tuple[str, str]]:
    """Yield the packages and files of Debian for a script, those for text first."""
    if script in EAST_ASIAN:
        for kind in ("Serif", "Sans"):
            yield "fonts-noto-cjk", f"{WIDE}Noto{kind}CJK-Regular.ttc"
    elif script in FILES:
        for kind in (SERIF.get(script, "Serif"), "Sans"):
            yield "fonts-noto-core", f"{CORE}Noto{kind}{script.title()}-Regular.ttf"
    elif script == "SIGN":
        for name in SIGNS:
            yield "fonts-noto-core", f"{CORE}{name}-Regular.ttf"
