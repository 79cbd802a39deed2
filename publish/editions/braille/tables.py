"""Chooses the braille table of a language, by what the installed tables say of themselves.

Only literary tables with cells of six dots serve: embossers and BRF have no others.  By default the
table is uncontracted; in a contracted one, words and groups of letters have short forms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from publish.editions.braille.louis import Louis, TableFacts, list_tables
from publish.errors import BuildError, did_you_mean
from publish.languages.cldr import find_language_name
from publish.languages.registry import find
from publish.model import Braille

__all__ = ["choose_table", "find_table"]

UNLABELLED = {"tr": "tr-g1.ctb"}
"""The uncontracted tables that do not say what they are for, by language."""

OTHER_NAMES = {"no": "nb", "iw": "he", "sh": "sr", "tl": "fil", "ku": "kmr"}
"""The names that tables have for languages with two."""

UNSPACED = ("bo", "cmn", "ja", "km", "lo", "my", "th", "yue", "zh")
"""Languages written without spaces: where a line of braille can end needs to know their words."""


def choose_table(louis: Louis, tag: str, braille: Braille) -> str:
    """Return the file of the table for a language of an edition.

    Raises BuildError (code `braille-table`) where there is none, or none that serves.
    """
    own = braille.tables.get(tag)
    if own is not None:
        return _own_table(louis, tag, own)
    contracted = tag in braille.contracted
    found = find_table(louis, tag, contracted=contracted)
    if found:
        return found
    why = _reason(louis, tag, contracted)
    raise BuildError(
        f"there can be no braille edition in {_name(tag)} ({tag}): {why}",
        hint=_hint(louis, tag, contracted),
        code="braille-table",
    )


def find_table(louis: Louis, tag: str, *, contracted: bool = False) -> str:
    """Return the file of the best table for a language; empty if there is none."""
    primary = _primary(tag)
    if primary in UNSPACED:
        return ""
    table = UNLABELLED.get(primary, "")
    if table and not contracted and (louis.folder / table).is_file():
        return table
    fits = _is_contracted if contracted else _is_uncontracted
    literary = [one for one in _tables_of(louis, primary) if _is_literary(one) and fits(one)]
    return min(literary, key=_order(tag), default=TableFacts("", ())).file


def _order(tag: str) -> Callable[[TableFacts], tuple[object, ...]]:
    """Return what tables are sorted by: own region, plain, most or least short forms, newest."""

    def place(table: TableFacts) -> tuple[object, ...]:
        region = table.one("region")
        year = table.one("version")
        return (
            len(table.all("language")) > 1,
            bool(region) and region.casefold() != tag.casefold(),
            bool(table.one("variant")),
            ("full", "no", "", "partial").index(table.one("contraction")),
            bool(year),
            -float(year) if year.replace(".", "", 1).isdigit() else 0.0,
            table.one("direction") != "both",
            table.file,
        )

    return place


def _is_literary(table: TableFacts) -> bool:
    return table.one("type") == "literary" and table.one("dots") != "8"


def _is_contracted(table: TableFacts) -> bool:
    return table.one("contraction") in ("full", "partial")


def _is_uncontracted(table: TableFacts) -> bool:
    """Return whether letters are written out, but for groups that all readers know as one cell."""
    return table.one("contraction") == "no" or (
        table.one("contraction") in ("", "partial") and table.one("grade") in ("", "0", "1")
    )


def _tables_of(louis: Louis, primary: str) -> Sequence[TableFacts]:
    return [one for one in _list(louis.folder) if primary in map(_primary, one.all("language"))]


@cache
def _list(folder: Path) -> tuple[TableFacts, ...]:
    return list_tables(folder)


def _primary(tag: str) -> str:
    first = tag.partition("-")[0].lower()
    return OTHER_NAMES.get(first, first)


# --------------------------------------------------------------------------- what to say


def _own_table(louis: Louis, tag: str, file: str) -> str:
    """Return a table that the settings name, which must be one of liblouis."""
    names = [path.name for path in louis.folder.iterdir()]
    if file not in names:
        raise BuildError(
            f"braille.tables.{tag} names {file!r}, which is not a table of liblouis",
            hint=did_you_mean(file, names),
            code="braille-table",
        )
    return file


def _name(tag: str) -> str:
    return find_language_name(tag, find("en"))


def _reason(louis: Louis, tag: str, contracted: bool) -> str:
    primary, version = _primary(tag), f"liblouis {louis.version}"
    if primary in UNSPACED:
        return "it is written without spaces, and where its lines of braille may end is not known"
    tables = _tables_of(louis, primary)
    if not tables:
        return f"{version} has no braille table for it, and one for another language would be wrong"
    if contracted and any(map(_is_literary, tables)):
        return f"{version} has no contracted table of six dots for it"
    if any(map(_is_literary, tables)):
        return f"{version} has a contracted table for it only"
    return f"{version} has tables of computer braille for it only, which need cells of eight dots"


def _hint(louis: Louis, tag: str, contracted: bool) -> str:
    if contracted and find_table(louis, tag):
        return f'take "{tag}" out of contracted in [braille]'
    if not contracted and find_table(louis, tag, contracted=True):
        return f'write contracted = ["{tag}"] in [braille]'
    return (
        "build brf for the other languages: publish build --format brf --language …; if you have"
        f" a table, put it into {louis.folder} and name it in [braille.tables]"
    )
