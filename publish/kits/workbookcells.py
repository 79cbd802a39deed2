"""Read the cells of a returned workbook, every text to the letter.

Only the parts with text are read (ECMA-376 part 1, 18): the list of sheets, the shared strings,
the rows, the comments, and of the styles which ones strike out: words that are struck out are no
text.  Formulas are never run.  A workbook with macros is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from posixpath import join, normpath, split

from publish.containers.refusing import make_file_error
from publish.containers.xmlreading import XmlElement, parse_xml
from publish.containers.zipfiles import read_zip
from publish.errors import PublishError
from publish.kits.celltext import unescape_cell_text

__all__ = [
    "MOST_ROWS",
    "MOST_SHEETS",
    "Cell",
    "SheetRows",
    "name_column",
    "read_sheet_rows",
    "read_workbook_rows",
]

MOST_ROWS = 100_000
MOST_SHEETS = 20
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MACROS = re.compile(r"vbaproject|activex|macrosheet", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, and the comments on it.

    `problem` names what the cell has instead of text; `text` shows that.
    """

    text: str
    problem: str = ""
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet: its name, and its rows by number, each with its cells by column letters."""

    name: str
    rows: dict[int, dict[str, Cell]]


def read_sheet_rows(data: bytes, file: str) -> tuple[SheetRows, ...]:
    """Return the sheets of a workbook (.xlsx).

    Raises PublishError (code `kit-file`) for a file that is not such a workbook, is damaged, has
    macros, or has more than `MOST_SHEETS` sheets or `MOST_ROWS` rows.
    """
    return read_workbook_rows(read_zip(data, file), file)


def read_workbook_rows(parts: dict[str, bytes], file: str) -> tuple[SheetRows, ...]:
    """Return the sheets of a workbook that is unpacked; raises as `read_sheet_rows` does."""
    if macros := next(filter(_MACROS.search, parts), None):
        raise make_file_error(f"the workbook contains macros ({macros})", file, "save it as .xlsx")
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise make_file_error("the workbook may contain macros", file, "save it as .xlsx")
    if "xl/workbook.xml" not in parts:
        raise make_file_error("this is not a workbook", file, "save it as .xlsx")
    book = parse_xml(parts["xl/workbook.xml"], f"{file}/xl/workbook.xml")
    targets = _targets(parts, file)
    strings = _shared_strings(parts, file)
    sheets = [sheet for group in book.children("sheets") for sheet in group.children("sheet")]
    if len(sheets) > MOST_SHEETS:
        raise make_file_error(
            f"the workbook has {len(sheets)} sheets; at most {MOST_SHEETS} are read", file
        )
    named = [(sheet, targets.get(sheet.attributes.get("id", ""), "")) for sheet in sheets]
    known = [(sheet, name) for sheet, name in named if name in parts]
    if len({name for _, name in known}) < len(known):
        raise make_file_error("two sheets of the workbook are the same part", file)
    texts = _Texts(strings, _struck_styles(parts, file), file)
    return tuple(
        _with_comments(_page(sheet.attributes.get("name", ""), parts[name], texts, name), notes)
        for sheet, name in known
        for notes in [_comments(parts, name, file)]
    )


@dataclass(frozen=True, slots=True)
class _Texts:
    """What cells refer to: the shared strings, and the numbers of styles that strike out."""

    strings: Sequence[str]
    struck: frozenset[int]
    file: str


def _targets(parts: dict[str, bytes], file: str) -> dict[str, str]:
    """Return the path of each worksheet in the archive, by relation id."""
    name = "xl/_rels/workbook.xml.rels"
    if name not in parts:
        raise make_file_error(f"the workbook lacks {name}", file)
    relations = parse_xml(parts[name], f"{file}/{name}").children("Relationship")
    return {
        one.attributes.get("Id", ""): normpath(join("/xl", one.attributes.get("Target", ""))).strip(
            "/"
        )
        for one in relations
        if one.attributes.get("Type", "").endswith("/worksheet")
    }


def _shared_strings(parts: dict[str, bytes], file: str) -> Sequence[str]:
    name = "xl/sharedStrings.xml"
    if name not in parts:
        return ()
    table = parse_xml(parts[name], f"{file}/{name}")
    return [_rich(one) for one in table.children("si")]


def _rich(element: XmlElement) -> str:
    """Return the text of a string without phonetic guides (`rPh`) and what is struck out."""
    pieces = [*element.children("t")]
    runs = (run for run in element.children("r") if not _strikes(run.child("rPr")))
    pieces += [piece for run in runs for piece in run.children("t")]
    return unescape_cell_text("".join(piece.text() for piece in pieces))


def _strikes(properties: XmlElement | None) -> bool:
    """Return whether the properties of a font strike out."""
    mark = properties.child("strike") if properties else None
    return mark is not None and mark.attributes.get("val", "1") not in {"0", "false"}


def _struck_styles(parts: dict[str, bytes], file: str) -> frozenset[int]:
    name = "xl/styles.xml"
    if name not in parts:
        return frozenset()
    root = parse_xml(parts[name], f"{file}/{name}")
    fonts = [font for group in root.children("fonts") for font in group.children("font")]
    struck = {str(number) for number, font in enumerate(fonts) if _strikes(font)}
    styles = [style for group in root.children("cellXfs") for style in group.children("xf")]
    return frozenset(
        number
        for number, style in enumerate(styles)
        if style.attributes.get("fontId", "0") in struck
    )


# --------------------------------------------------------------------------- comments


def _comments(parts: dict[str, bytes], sheet: str, file: str) -> dict[str, tuple[str, ...]]:
    """Return the comments on the cells of a sheet, by their places (`D4`).

    Where somebody answered, programs write the thread, and beside it an older form that repeats
    it: of such a cell only the thread is taken.
    """
    folder, base = split(sheet)
    name = f"{folder}/_rels/{base}.rels"
    relations = parse_xml(parts[name], f"{file}/{name}").content if name in parts else ()
    threads: dict[str, tuple[str, ...]] = {}
    notes: dict[str, tuple[str, ...]] = {}
    for one in relations:
        if not isinstance(one, XmlElement):
            continue
        kind = one.attributes.get("Type", "").rpartition("/")[2]
        target = normpath(join("/", folder, one.attributes.get("Target", ""))).strip("/")
        if kind in {"comments", "threadedComment"} and target in parts:
            found = threads if kind == "threadedComment" else notes
            _add_comments(found, parse_xml(parts[target], f"{file}/{target}"))
    return notes | threads


def _add_comments(found: dict[str, tuple[str, ...]], root: XmlElement) -> None:
    listed = [one for group in root.children("commentList") for one in group.children("comment")]
    for one in (*listed, *root.children("threadedComment")):
        text = "".join(_rich(part) or part.text() for part in one.children("text")).strip()
        if text:
            place = one.attributes.get("ref", "")
            found[place] = (*found.get(place, ()), text)


def _with_comments(page: SheetRows, comments: dict[str, tuple[str, ...]]) -> SheetRows:
    for place, texts in comments.items():
        if found := _REFERENCE.fullmatch(place):
            row = page.rows.setdefault(int(found[2]), {})
            row[found[1]] = replace(row.get(found[1], Cell("")), comments=texts)
    return page


# --------------------------------------------------------------------------- rows


def _page(name: str, data: bytes, texts: _Texts, part: str) -> SheetRows:
    rows: dict[int, dict[str, Cell]] = {}
    at = 0
    file = f"{texts.file}/{part}"
    for group in parse_xml(data, file).children("sheetData"):
        for row in group.children("row"):
            at = _number(row.attributes.get("r"), at + 1)
            if len(rows) >= MOST_ROWS or at > 2**20:
                raise make_file_error(
                    f"the sheet has more than {MOST_ROWS} rows", file, line=row.line
                )
            rows.setdefault(at, {}).update(_cells(row, at, texts, file))
    return SheetRows(name, rows)


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 8 else otherwise


def _cells(row: XmlElement, number: int, texts: _Texts, file: str) -> Iterator[tuple[str, Cell]]:
    for at, cell in enumerate(row.children("c")):
        place = _REFERENCE.fullmatch(cell.attributes.get("r", ""))
        column = place[1] if place else name_column(at)
        if place and int(place[2]) != number:
            raise make_file_error(f"cell {place.group()} is in row {number}", file, line=cell.line)
        found = _cell(cell, texts, file)
        if found.text or found.problem:
            yield column, found


def name_column(at: int) -> str:
    """Return the letters of a column by its number from 0: A, B … Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _cell(cell: XmlElement, texts: _Texts, file: str) -> Cell:
    formula, value = cell.child("f"), cell.child("v")
    written = value.text() if value else ""
    if _number(cell.attributes.get("s"), 0) in texts.struck:
        return Cell("")
    if formula is not None:
        words = formula.text()
        return Cell(f"={words}" if words else written, "a formula")
    match cell.attributes.get("t", "n"):
        case "s":
            return Cell(_string(texts.strings, written, file, cell))
        case "inlineStr":
            return Cell("".join(_rich(one) for one in cell.children("is")))
        case "str":
            return Cell(unescape_cell_text(written))
        case "b":
            return Cell({"1": "TRUE", "0": "FALSE"}.get(written, written), "TRUE or FALSE")
        case "e":
            return Cell(written, "an error value of the spreadsheet")
        case _:
            return Cell(written, "a number or a date") if written else Cell("")


def _string(strings: Sequence[str], index: str, file: str, cell: XmlElement) -> str:
    if not index:
        return ""
    at = _number(index, len(strings))
    if at >= len(strings):
        raise _no_string(index, file, cell)
    return strings[at]


def _no_string(index: str, file: str, cell: XmlElement) -> PublishError:
    return make_file_error(f"the workbook has no text number {index}", file, line=cell.line)
