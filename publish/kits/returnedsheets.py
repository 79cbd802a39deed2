"""Find the texts of a returned workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from publish.containers.refusing import make_file_error
from publish.kits.items import ItemState, make_fingerprint, read_fingerprint
from publish.kits.returnedtexts import ReturnedText
from publish.kits.spreadsheet import COLUMNS
from publish.kits.workbookcells import Cell, SheetRows

__all__ = ["find_page", "read_returned_rows", "read_sheet_subject"]

MARKER = "publish-kit"
NEEDED = {"id", "source", "translation"}
_EMPTY = Cell("")
Names = dict[str, str]
"""The letter of each column, by its name."""


def find_page(pages: tuple[SheetRows, ...], file: str) -> SheetRows:
    """Return the sheet with the texts; raises PublishError (code `kit-file`) if there is none.

    It is recognised by the column names in its hidden first row.
    """
    for page in pages:
        if NEEDED.issubset(_columns(page)):
            return page
    raise make_file_error(
        "no sheet of this workbook has the hidden first row with the column names",
        file,
        "ask for the workbook that you sent, not for a new one with copied cells",
    )


def read_sheet_subject(page: SheetRows) -> tuple[str, str]:
    """Return the document and the language of a sheet; empty if it does not name them."""
    for cell in page.rows.get(1, {}).values():
        marker, _, subject = cell.text.partition(" ")
        if marker == MARKER:
            tag, _, document = subject.partition(" ")
            return document, tag
    return "", ""


def _columns(page: SheetRows) -> Names:
    return {
        cell.text: letter
        for letter, cell in reversed(page.rows.get(1, {}).items())
        if cell.text in COLUMNS
    }


def read_returned_rows(page: SheetRows, words: Mapping[str, ItemState]) -> Iterator[ReturnedText]:
    """Yield the texts of a sheet, row by row; `words` are the names of states.

    A text is fuzzy if its state was set to "needs work".  If the state was so before and the text
    was changed, it is not: translators correct the text and forget the state.
    """
    names = _columns(page)
    for number, row in sorted(page.rows.items()):
        if number > 2:
            yield _returned(number, row, names, words)


def _returned(
    number: int, row: Mapping[str, Cell], names: Names, words: Mapping[str, ItemState]
) -> ReturnedText:
    cells = {name: row.get(letter, _EMPTY) for name, letter in names.items()}
    translation = cells["translation"]
    state = words.get(cells.get("state", _EMPTY).text.strip().casefold())
    base = read_fingerprint(cells.get("base", _EMPTY).text)
    stayed = base.startswith("?") and base != make_fingerprint(translation.text, fuzzy=True)
    return ReturnedText(
        id=cells["id"].text.strip(),
        text=translation.text,
        fuzzy=state == "fuzzy" and bool(translation.text) and not stayed,
        base=base,
        place=f"{names['translation']}{number}",
        line=number,
        source=cells["source"].text,
        problem=translation.problem and f"the cell has {translation.problem}, not text",
    )
