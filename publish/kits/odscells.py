"""Read the cells of a returned OpenDocument sheet (`.ods`), as LibreOffice and others save it.

Only the contents are read (ODF 1.3 part 3, 9): formulas, macros and drawings are not run or read.
Words that are struck out are no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.containers.refusing import make_file_error
from publish.containers.xmlreading import XmlElement, parse_xml
from publish.kits.workbookcells import MOST_ROWS, MOST_SHEETS, Cell, SheetRows, name_column

__all__ = ["MIMETYPE", "read_ods_rows"]

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MOST_COLUMNS = 200
"""Cells beyond are not read; a row may repeat its last cell thousands of times."""
GROUPS = {"table-row-group", "table-rows", "table-header-rows"}
TYPES = {"boolean": "TRUE or FALSE"}


def read_ods_rows(parts: dict[str, bytes], file: str) -> tuple[SheetRows, ...]:
    """Return the sheets of an unpacked sheet.

    Raises PublishError (code `kit-file`) if it is damaged or has more than `MOST_SHEETS` sheets
    or `MOST_ROWS` rows.
    """
    if "content.xml" not in parts:
        raise make_file_error("this is not a spreadsheet: it lacks content.xml", file)
    root = parse_xml(parts["content.xml"], f"{file}/content.xml")
    struck = frozenset(_struck_styles(root))
    body = root.child("body")
    book = body.child("spreadsheet") if body else None
    tables = list(book.children("table")) if book else []
    if len(tables) > MOST_SHEETS:
        said = f"the workbook has {len(tables)} sheets; at most {MOST_SHEETS} are read"
        raise make_file_error(said, file)
    return tuple(_page(table, struck, file) for table in tables)


def _struck_styles(root: XmlElement) -> Iterator[str]:
    """Yield the names of the styles that strike out."""
    for group in root.children("automatic-styles"):
        for style in group.children("style"):
            for look in style.children("text-properties"):
                line = look.attributes.get("text-line-through-style", "none")
                if (
                    line != "none"
                    or look.attributes.get("text-line-through-type", "none") != "none"
                ):
                    yield style.attributes.get("name", "")


def _page(table: XmlElement, struck: frozenset[str], file: str) -> SheetRows:
    rows: dict[int, dict[str, Cell]] = {}
    number = 1
    for row in _rows(table):
        cells = dict(_cells(row, struck))
        times = _times(row, "number-rows-repeated")
        # A repeated row with texts would be the same sentence again: once is enough.
        if cells:
            rows[number] = cells
        number += times
        if len(rows) > MOST_ROWS:
            raise make_file_error(f"the sheet has more than {MOST_ROWS} rows", file, line=row.line)
    return SheetRows(table.attributes.get("name", ""), rows)


def _rows(parent: XmlElement) -> Iterator[XmlElement]:
    for child in parent.content:
        if isinstance(child, XmlElement) and child.name == "table-row":
            yield child
        elif isinstance(child, XmlElement) and child.name in GROUPS:
            yield from _rows(child)


def _times(element: XmlElement, name: str) -> int:
    written = element.attributes.get(name, "1")
    return int(written) if written.isdecimal() and len(written) < 8 else 1


def _cells(row: XmlElement, struck: frozenset[str]) -> Iterator[tuple[str, Cell]]:
    column = 0
    for cell in row.content:
        if not isinstance(cell, XmlElement) or cell.name not in {
            "table-cell",
            "covered-table-cell",
        }:
            continue
        found = _cell(cell, struck)
        times = _times(cell, "number-columns-repeated")
        for at in range(column, min(column + times, MOST_COLUMNS)):
            if found.text or found.problem or found.comments:
                yield name_column(at), found
        column += times


def _cell(cell: XmlElement, struck: frozenset[str]) -> Cell:
    comments = tuple(
        text for note in cell.children("annotation") if (text := _lines(note, struck).strip())
    )
    if cell.attributes.get("style-name") in struck:
        return Cell("", comments=comments)
    text = _lines(cell, struck)
    if cell.attributes.get("formula"):
        return Cell(text or "=", "a formula", comments)
    kind = cell.attributes.get("value-type", "string")
    if kind == "string" or not text:
        return Cell(text, comments=comments)
    return Cell(text, TYPES.get(kind, "a number or a date"), comments)


def _lines(cell: XmlElement, struck: frozenset[str]) -> str:
    """Return the paragraphs of a cell or a comment, with line breaks between them."""
    return "\n".join("".join(_words(line.content, struck)) for line in cell.children("p"))


def _words(content: Iterable[XmlElement | str], struck: frozenset[str]) -> Iterator[str]:
    for part in content:
        if isinstance(part, str):
            yield part
        elif part.name == "s":
            yield " " * _times(part, "c")
        elif part.name in {"tab", "line-break"}:
            yield "\t" if part.name == "tab" else "\n"
        elif part.name != "annotation" and part.attributes.get("style-name") not in struck:
            yield from _words(part.content, struck)
