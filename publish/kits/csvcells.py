"""Read the rows of a returned table in text: CSV or TSV, as spreadsheets export it."""

from __future__ import annotations

import codecs
import csv
import io

from publish.containers.refusing import make_file_error
from publish.kits.workbookcells import MOST_ROWS, Cell, SheetRows, name_column

__all__ = ["is_table", "read_csv_rows"]

MARK = b"publish-kit"
HINT = "save it as CSV with the encoding UTF-8, or as .xlsx or .ods"


def is_table(data: bytes) -> bool:
    """Return whether a file looks like an exported sheet of ours: its first line says so."""
    first = data[:4096].replace(b"\0", b"").partition(b"\n")[0]
    return MARK in first


def read_csv_rows(data: bytes, file: str) -> tuple[SheetRows, ...]:
    """Return the one sheet of a table; commas, semicolons or tabs stand between its cells.

    Raises PublishError (code `kit-file`) for another encoding than UTF-8 or UTF-16, a quotation
    mark that is not closed, and more than `MOST_ROWS` rows.
    """
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise make_file_error("the table is not in UTF-8", file, HINT) from None
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=between)
    rows: dict[int, dict[str, Cell]] = {}
    try:
        for number, row in enumerate(reader, 1):
            if number > MOST_ROWS:
                raise make_file_error(f"the table has more than {MOST_ROWS} rows", file)
            cells = {name_column(at): Cell(cell) for at, cell in enumerate(row) if cell}
            if cells:
                rows[number] = cells
    except csv.Error as error:
        raise make_file_error(
            f"the table cannot be read: {error}", file, HINT, line=reader.line_num
        ) from None
    return (SheetRows("", rows),)
