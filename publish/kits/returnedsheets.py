"""Find the texts of a returned workbook, and the questions of its translator.

Questions are comments on cells, and what stands in a column that we did not fill: our own for
questions, or one that somebody added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from publish.catalogs.questions import ASKED
from publish.containers.refusing import make_file_error
from publish.kits.items import ItemState, make_fingerprint, read_fingerprint
from publish.kits.returnedtexts import ReturnedText
from publish.kits.sheetcolumns import DIFFERENCES, NAMES, QUESTION, SUGGESTION
from publish.kits.workbookcells import Cell, SheetRows

__all__ = ["find_pages", "read_returned_rows", "read_sheet_subject"]

MARKER = "publish-kit"
NEEDED = {"id", "source", "translation"}
HELPING = "the text is that of the column of differences, not a translation"
SURE = ("translated", "reviewed", "approved")
_EMPTY = Cell("")
_BREAK = re.compile(r"[ \t]*(?:\n[ \t]*)+")
Names = dict[str, str]
"""The letter of each column, by its name."""


def find_pages(pages: tuple[SheetRows, ...], file: str) -> tuple[SheetRows, ...]:
    """Return the sheets with texts; raises PublishError (code `kit-file`) if there is none.

    They are recognised by the column names in their hidden first row.
    """
    if found := tuple(page for page in pages if NEEDED.issubset(_columns(page))):
        return found
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
        if cell.text in NAMES
    }


def read_returned_rows(page: SheetRows, words: Mapping[str, ItemState]) -> Iterator[ReturnedText]:
    """Yield the texts of a sheet, row by row; `words` are the names of states.

    A text is fuzzy if its state was set to "needs work".  If the state was so before and the text
    was changed, it is not: translators correct the text and forget the state.  A suggestion that
    was copied is fuzzy too, unless its state was set: it was made for another sentence.
    """
    names = _columns(page)
    remarks = _remark_columns(page)
    beside = names.get(DIFFERENCES, "")
    shown = (row.get(beside, _EMPTY).text.split() for row in page.rows.values())
    helping = frozenset(" ".join(words) for words in shown if words)
    for number, row in sorted(page.rows.items()):
        if number > 2:
            found = _returned(number, row, names, words, remarks)
            copied = not found.problem and " ".join(found.text.split()) in helping
            yield replace(found, problem=HELPING) if copied else found


def _remark_columns(page: SheetRows) -> frozenset[str]:
    """Return the letters of the columns for questions: ours, and those that somebody added."""
    ours = {
        letter
        for letter, cell in page.rows.get(1, {}).items()
        if (cell.text in NAMES and cell.text != QUESTION) or cell.text.startswith(MARKER)
    }
    return frozenset(letter for row in page.rows.values() for letter in row if letter not in ours)


def _returned(
    number: int,
    row: Mapping[str, Cell],
    names: Names,
    words: Mapping[str, ItemState],
    remarks: frozenset[str],
) -> ReturnedText:
    cells = {name: row.get(letter, _EMPTY) for name, letter in names.items()}
    translation = _bare(cells["translation"], cells["source"].text, cells.get("base", _EMPTY).text)
    state = words.get(cells.get("state", _EMPTY).text.strip().casefold())
    base = read_fingerprint(cells.get("base", _EMPTY).text)
    stayed = base.startswith("?") and base != make_fingerprint(translation.text, fuzzy=True)
    suggestion = cells.get(SUGGESTION, _EMPTY).text.split()
    suggested = bool(suggestion) and translation.text.split() == suggestion
    unsure = state == "fuzzy" and not stayed
    unsure = unsure or (suggested and state not in SURE and _is_other(cells))
    return ReturnedText(
        id=cells["id"].text.strip(),
        text=translation.text,
        fuzzy=unsure and bool(translation.text),
        base=base,
        place=f"{names['translation']}{number}",
        line=number,
        source=cells["source"].text,
        comments=tuple(_questions(row, remarks)),
        problem=translation.problem and f"the cell has {translation.problem}, not text",
        suggested=suggested,
    )


def _is_other(cells: Mapping[str, Cell]) -> bool:
    """Return whether what is suggested was made for a sentence that is not the same."""
    return not cells.get(DIFFERENCES, _EMPTY).text.strip().startswith("100")


def _bare(cell: Cell, source: str, base: str) -> Cell:
    """Return a cell without line ends and spaces at its ends, unless it was sent with them.

    A line break within becomes a space if the source has none.
    """
    text = cell.text
    if read_fingerprint(base).removeprefix("?") == make_fingerprint(text, fuzzy=False):
        return cell
    text = text.replace("\r\n", "\n").strip()
    return replace(cell, text=text if "\n" in source else _BREAK.sub(" ", text))


def _questions(row: Mapping[str, Cell], remarks: frozenset[str]) -> Iterator[str]:
    """Yield the questions in a row as comments, each on one line."""
    for letter, cell in sorted(row.items(), key=lambda pair: (len(pair[0]), pair[0])):
        for text in (*((cell.text,) if letter in remarks else ()), *cell.comments):
            if words := " ".join(text.split()):
                yield f"{ASKED} {words}"
