"""Write items and terms as a workbook that a translator fills in.  Only this module uses openpyxl.

The first row is hidden and names the columns for the program; the second names them for people.
Every cell is text, never a formula.  All cells but translations, states and questions are locked,
without a password.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publish.containers.zipfiles import read_zip, write_zip
from publish.editions.page.interface import Interface, plain_text
from publish.kits.celltext import escape_cell_text, fits_cell
from publish.kits.items import Item, ItemState
from publish.kits.sheetcolumns import (
    DIFFERENCES,
    DOUBT,
    QUESTION,
    SUGGESTION,
    SheetColumn,
    count_lines,
    list_columns,
)
from publish.kits.suggestions import describe_differences, list_differences
from publish.languages.language import Language
from publish.project.workspace import INTERFACE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["SheetContent", "name_item_states", "write_workbook"]

LETTERS = "ABCDEFGHIJKL"
"""The columns of a sheet, one more than it may have: the last has the words of the program."""
FIRST_ROW = 3
LINE, TALLEST = 15.0, 400.0
"""Heights in points: of a line, and of the tallest row."""
LONGEST_LIST = 250
"""The most characters of a list of choices, a little below the limit of spreadsheets (255)."""
NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]\x00-\x1f']")
"""Characters that the name of a sheet cannot have."""
CORE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties"/>'
)
"""Properties of the workbook, without author and date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """The content of a workbook; `font` is a family that has the letters of the language.

    `words` are those that the program adds to editions, for a sheet of their own.
    """

    document: str
    source: Language
    language: Language
    items: tuple[Item, ...]
    terms: tuple[tuple[str, ...], ...]
    interface: Interface
    font: str
    words: tuple[Item, ...] = ()


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
    page = book.active
    assert page is not None
    page.title = sheet.language.tag
    _texts(page, sheet, held, sheet.document)
    if sheet.words:
        title = plain_text(sheet.interface, "Words of the editions")
        _texts(book.create_sheet(_title(title)), sheet, sheet.words, INTERFACE)
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


def _texts(page: Worksheet, sheet: SheetContent, held: tuple[Item, ...], document: str) -> None:
    columns = list_columns(sheet.interface, held)
    names = [column.name for column in columns]
    _row(page, 1, (*names, _marker(sheet, document)), ("source",) * (len(names) + 1))
    _row(page, 2, [column.heading for column in columns], ("heading",) * len(columns))
    words = name_item_states(sheet.interface)
    styles = [column.style for column in columns]
    for number, item in enumerate(held, FIRST_ROW):
        texts = _cells(item, sheet.interface, words)
        shown = [texts[name] for name in names]
        _row(page, number, shown, styles)
        if DIFFERENCES in names:
            _mark_differences(page.cell(number, 1 + names.index(DIFFERENCES)), item, sheet.font)
        page.row_dimensions[number].height = _height(columns, shown)
    _dress(page, sheet, [column.width for column in columns])
    for letter, column in zip(LETTERS, columns, strict=False):
        page.column_dimensions[letter].hidden = column.hidden
    page.column_dimensions[LETTERS[len(columns)]].hidden = True
    page.row_dimensions[1].hidden = True
    page.freeze_panes = f"C{FIRST_ROW}"
    _protect(page)
    if held:
        last = FIRST_ROW + len(held) - 1
        page.auto_filter.ref = f"A2:{LETTERS[len(columns) - 1]}{last}"
        choices = (
            f"{LETTERS[names.index('state')]}{FIRST_ROW}:{LETTERS[names.index('state')]}{last}"
        )
        _offer_states(page, (words["translated"], words["fuzzy"]), choices)


def _cells(item: Item, words: Interface, states: Mapping[ItemState, str]) -> dict[str, str]:
    """Return the texts of an item by the names of their columns."""
    near = item.suggestion
    return {
        "id": item.id,
        "where": item.describe(words.text),
        "source": item.source,
        "translation": item.translation,
        SUGGESTION: near.translation if near else "",
        DIFFERENCES: describe_differences(item),
        "state": states[item.state],
        "note": item.note,
        QUESTION: "",
        DOUBT: item.doubt,
        "base": item.base,
    }


def _mark_differences(cell: Cell | MergedCell, item: Item, font: str) -> None:
    """Strike out the words of a remembered sentence that are gone, and underline those that came.

    Without marks the differences would be hard to read, so a text too long for a cell is left out.
    """
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    begins, pieces = list_differences(item)
    if not pieces or not fits_cell(describe_differences(item)):
        return
    gone = InlineFont(rFont=font, sz=11, strike=True, color=Color("FF9C0006"))
    came = InlineFont(rFont=font, sz=11, u="single", b=True, color=Color("FF006100"))
    looks = {"old": gone, "new": came, "both": InlineFont(rFont=font, sz=11)}
    runs = [TextBlock(looks["both"], escape_cell_text(begins))] if begins else []
    runs += [TextBlock(looks[one.side], escape_cell_text(one.text)) for one in pieces]
    cell.value = CellRichText(runs)


def _marker(sheet: SheetContent, document: str) -> str:
    """Return the words in the first row that say what the sheet is of: `publish-kit tk NAME`."""
    return f"publish-kit {sheet.language.tag} {document}"


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


def _height(columns: Sequence[SheetColumn], texts: Sequence[str]) -> float:
    """Return the height of a row in points: for the longest text, at least 4/3 of the source."""
    lines = count_lines(columns, texts)
    source = [(one, text) for one, text in zip(columns, texts, strict=True) if one.name == "source"]
    lines = max(lines, (4 * count_lines(*zip(*source, strict=True)) + 2) // 3)
    return min(TALLEST, LINE * lines + 4)


def _protect(page: Worksheet) -> None:
    """Lock the sheet without a password; cells may be formatted and resized, rows filtered."""
    page.protection.sheet = True
    page.protection.formatColumns = False
    page.protection.formatRows = False
    page.protection.formatCells = False
    page.protection.autoFilter = False


def _offer_states(page: Worksheet, words: Iterable[str], cells: str) -> None:
    """Add a list to choose a state from, unless the names are too long for such a list."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(word.replace('"', '""').replace(",", " ") for word in words)
    if len(listed) > LONGEST_LIST:
        return
    offer = DataValidation(
        type="list", formula1=f'"{escape_cell_text(listed)}"', showErrorMessage=False
    )
    offer.add(cells)
    page.add_data_validation(offer)


# --------------------------------------------------------------------------- terms


def _terms(book: Workbook, sheet: SheetContent) -> None:
    """Add the glossary as a second sheet."""
    page = book.create_sheet(_title(plain_text(sheet.interface, "Glossary")))
    for number, row in enumerate(sheet.terms, 1):
        styles = ["term" if column == 1 else "source" for column in range(len(row))]
        _row(page, number, row, styles if number > 1 else ["heading"] * len(row))
    _dress(page, sheet, (44, 44, 16, 60))
    page.freeze_panes = "A2"
    page.protection.sheet = True


def _title(text: str) -> str:
    """Return a text as the name of a sheet."""
    return NOT_IN_TITLES.sub(" ", text)[:31].strip() or "sheet"


def _dress(page: Worksheet, sheet: SheetContent, widths: Sequence[int]) -> None:
    """Set the column widths, the direction of the sheet and the page setup for printing."""
    from openpyxl.worksheet.properties import PageSetupProperties

    for letter, width in zip(LETTERS, widths, strict=False):
        page.column_dimensions[letter].width = width
    page.sheet_view.rightToLeft = sheet.language.direction == "rtl"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
