"""Write items and terms as a workbook that a translator fills in.  Only this module uses openpyxl.

The first row is hidden and names the columns for the program; the second names them for people.
Every cell is text, never a formula.  All cells but translations, states and questions are locked,
without a password.  If any sentence has a doubt, there is a column for doubts before the last one;
nobody reads it back.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from publish.containers.zipfiles import read_zip, write_zip
from publish.editions.page.interface import Interface, plain_text
from publish.kits.celltext import escape_cell_text, fits_cell
from publish.kits.items import Item, ItemState
from publish.languages.language import Language
from publish.reading.locationwords import describe_paragraph

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

_T = TypeVar("_T")

__all__ = ["COLUMNS", "SheetContent", "name_item_states", "write_workbook"]

QUESTION = "question"
COLUMNS = ("id", "where", "source", "translation", "state", "note", QUESTION, "base")
"""The names in the hidden first row; `base` is the fingerprint of the translation sent."""
WIDTHS = (19, 22, 62, 62, 16, 40, 40, 14)
"""Widths of the columns, in characters; the first and the last column are hidden."""
DOUBT_WIDTH = 40
"""The width of the column for doubts."""
FIRST_ROW = 3
LINE, TALLEST = 15.0, 400.0
"""Heights in points: of a line, and of the tallest row."""
LONGEST_LIST = 250
"""The most characters of a list of choices, a little below the limit of spreadsheets (255)."""
NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]\x00-\x1f']")
"""Characters that the name of a sheet cannot have."""
LETTERS, DOUBT_LETTERS = 58, 36
"""Letters of a line in the wide columns and in that for doubts, a little below what fits."""
CORE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties"/>'
)
"""Properties of the workbook, without author and date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """The content of a workbook; `font` is a family that has the letters of the language."""

    document: str
    source: Language
    language: Language
    items: tuple[Item, ...]
    terms: tuple[tuple[str, ...], ...]
    interface: Interface
    font: str


def name_item_states(interface: Interface) -> dict[ItemState, str]:
    """Return the names of the states in a sheet, in the language of the interface."""
    return {
        "untranslated": plain_text(interface, "not translated"),
        "fuzzy": plain_text(interface, "needs work"),
        "translated": plain_text(interface, "translated"),
        "reviewed": plain_text(interface, "reviewed"),
        "approved": plain_text(interface, "approved"),
    }


def write_workbook(sheet: SheetContent) -> tuple[bytes, tuple[Item, ...]]:
    """Return the bytes of a workbook, and the items left out because they do not fit in a cell.

    Law: the same sheet gives the same bytes, without dates and names.
    """
    from openpyxl import Workbook

    book = Workbook()
    for style in _styles(sheet):
        book.add_named_style(style)
    held = tuple(sorted(filter(_holds, sheet.items), key=_urgency))
    _texts(book, sheet, held)
    if sheet.terms:
        _terms(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    parts = read_zip(buffer.getvalue(), "workbook")
    parts["docProps/core.xml"] = CORE.encode()
    return write_zip(parts), tuple(item for item in sheet.items if not _holds(item))


def _urgency(item: Item) -> int:
    """Return what rows are sorted by: imported texts come last, the least sure of them first."""
    return -1 if item.sure is None else item.sure


def _holds(item: Item) -> bool:
    """Return whether a cell can hold the texts of an item."""
    return fits_cell(item.source) and fits_cell(item.translation)


def _styles(sheet: SheetContent) -> Iterator[NamedStyle]:
    """Yield the styles of cells: source, translation, state, term and heading."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    for name, language, locked in (
        ("source", sheet.source, True),
        ("translation", sheet.language, False),
        ("state", sheet.language, False),
        ("term", sheet.language, True),
    ):
        order = 2 if language.direction == "rtl" else 1
        yield NamedStyle(
            name=name,
            font=Font(name=sheet.font, size=11),
            border=Border(bottom=Side("thin", "D0D0D0")),
            alignment=Alignment(wrap_text=True, vertical="top", readingOrder=order),
            number_format="@",
            protection=Protection(locked=locked),
        )
    yield NamedStyle(
        name="heading",
        font=Font(name=sheet.font, size=11, bold=True),
        fill=PatternFill("solid", fgColor="E8E8E8"),
        alignment=Alignment(vertical="top", wrap_text=True),
    )


# --------------------------------------------------------------------------- texts

STYLES = ("source", "source", "source", "translation", "state", "source", "translation", "source")
"""The style of each column."""


def _texts(book: Workbook, sheet: SheetContent, held: tuple[Item, ...]) -> None:
    page = book.active
    assert page is not None
    page.title = sheet.language.tag
    doubts = any(item.doubt for item in held)
    names = _insert(doubts, COLUMNS, "doubt")
    headings = _insert(doubts, ("", *_headings(sheet), ""), plain_text(sheet.interface, "Question"))
    styles = _insert(doubts, STYLES, "source")
    _row(page, 1, (*names, _marker(sheet)), ("source",) * (len(names) + 1))
    _row(page, 2, headings, ("heading",) * len(headings))
    words = name_item_states(sheet.interface)
    for number, item in enumerate(held, FIRST_ROW):
        where = describe_paragraph(item.location, sheet.interface.text)
        texts = (item.id, where, item.source, item.translation, words[item.state])
        cells = _insert(doubts, (*texts, item.note, "", item.base), item.doubt)
        _row(page, number, cells, styles)
        page.row_dimensions[number].height = _height(item)
    _dress(page, sheet, _insert(doubts, WIDTHS, DOUBT_WIDTH))
    base, marker = "IJ" if doubts else "HI"
    for letter in ("A", base, marker):
        page.column_dimensions[letter].hidden = True
    page.row_dimensions[1].hidden = True
    page.freeze_panes = f"C{FIRST_ROW}"
    _protect(page)
    if held:
        page.auto_filter.ref = f"A2:{base}{FIRST_ROW + len(held) - 1}"
        _offer_states(page, (words["translated"], words["fuzzy"]), FIRST_ROW + len(held) - 1)


def _insert(doubts: bool, row: tuple[_T, ...], doubt: _T) -> tuple[_T, ...]:
    """Return a row with the cell for a doubt before the last one, if there is such a column."""
    return (*row[:-1], doubt, row[-1]) if doubts else row


def _marker(sheet: SheetContent) -> str:
    """Return the words in the first row that say what the sheet is of: `publish-kit tk NAME`."""
    return f"publish-kit {sheet.language.tag} {sheet.document}"


def _headings(sheet: SheetContent) -> list[str]:
    words = sheet.interface
    return [
        plain_text(words, "Where"),
        plain_text(words, "Source"),
        plain_text(words, "Translation"),
        plain_text(words, "State"),
        plain_text(words, "Note"),
        plain_text(words, "Your question or remark"),
    ]


def _row(page: Worksheet, number: int, texts: Sequence[str], styles: Sequence[str]) -> None:
    """Write texts into a row as text, even if they begin with `=`."""
    for column, (text, style) in enumerate(zip(texts, styles, strict=True), 1):
        cell = page.cell(number, column)
        cell.style = style
        if text:
            cell.value = (
                escape_cell_text(text) if fits_cell(text) else f"{escape_cell_text(text[:1000])} …"
            )
            cell.data_type = "s"


def _height(item: Item) -> float:
    """Return the height of a row in points: for the longest text, at least 4/3 of the source."""
    lines = max(_lines(item.source), _lines(item.translation), (4 * _lines(item.source) + 2) // 3)
    lines = max(lines, _lines(item.doubt, DOUBT_LETTERS))
    return min(TALLEST, LINE * lines + 4)


def _lines(text: str, letters: int = LETTERS) -> int:
    return sum(1 + len(line) // letters for line in text.split("\n"))


def _protect(page: Worksheet) -> None:
    """Lock the sheet without a password; cells may be formatted and resized, rows filtered."""
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.protection.formatCells = False
    page.protection.autoFilter = False


def _offer_states(page: Worksheet, words: Iterable[str], last: int) -> None:
    """Add a list to choose a state from, unless the names are too long for such a list."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(word.replace('"', '""').replace(",", " ") for word in words)
    if len(listed) > LONGEST_LIST:
        return
    offer = DataValidation(
        type="list", formula1=f'"{escape_cell_text(listed)}"', showErrorMessage=False
    )
    offer.add(f"E{FIRST_ROW}:E{last}")
    page.add_data_validation(offer)


# --------------------------------------------------------------------------- terms


def _terms(book: Workbook, sheet: SheetContent) -> None:
    """Add the glossary as a second sheet."""
    title = NOT_IN_TITLES.sub(" ", plain_text(sheet.interface, "Glossary"))[:31]
    page = book.create_sheet(title.strip() or "terms")
    for number, row in enumerate(sheet.terms, 1):
        styles = ["term" if column == 1 else "source" for column in range(len(row))]
        _row(page, number, row, styles if number > 1 else ["heading"] * len(row))
    _dress(page, sheet, (44, 44, 16, 60))
    page.freeze_panes = "A2"
    page.protection.sheet = True


def _dress(page: Worksheet, sheet: SheetContent, widths: Sequence[int]) -> None:
    """Set the column widths, the direction of the sheet and the page setup for printing."""
    from openpyxl.worksheet.properties import PageSetupProperties

    for letter, width in zip("ABCDEFGHI", widths, strict=False):
        page.column_dimensions[letter].width = width
    page.sheet_view.rightToLeft = sheet.language.direction == "rtl"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
