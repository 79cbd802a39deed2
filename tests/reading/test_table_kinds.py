"""Tables of every kind that Markdown has, and which of their cells are numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it.token import Token

from publish.errors import PublishError
from publish.languages.registry import find
from publish.model import Block, Document, Heading, Table, block_proses, blocks, plain
from publish.reading.blocks.blockreader import BlockReader
from publish.reading.blocks.htmltables import make_table_tokens
from publish.reading.blocks.parser import parse_blocks
from publish.reading.blocks.tables import read_table
from publish.reading.faults import Faults
from publish.reading.markdown import SourceFile, read_document

FRONT = "---\ntitle: T\n---\n"


def read(text: str, language: str = "en") -> Document:
    return read_document("x", language, [SourceFile("source/x.md", FRONT + text)])


def table_of(text: str, language: str = "en") -> Table:
    (found,) = (block for block in blocks(read(text, language)) if isinstance(block, Table))
    return found


def shown(table: Table) -> list[list[str]]:
    return [[plain(cell.content) for cell in row] for row in (table.header, *table.rows) if row]


def described(block: Block) -> str:
    if not isinstance(block, Table):
        return (
            f"{type(block).__name__}: {' / '.join(plain(p.content) for p in block_proses(block))}"
        )
    caption = plain(block.caption.content) if block.caption else ""
    lines = [
        f"Table, lines {block.span.first}-{block.span.last}, {block.alignments}, "
        f"header rows {bool(block.header) + block.more_header}, caption {caption!r}"
    ]
    for row in (block.header, *block.rows):
        marks = {"": "", "plain": "#", "grouped": "##", "kept": "="}
        cells = [plain(cell.content).replace("\n", "/") + marks[cell.figure] for cell in row]
        lines.append(f"  {cells}")
    lines += [f"  {one}" for one in block.merged]
    return "\n".join(lines)


def test_tables_of_all_kinds(repository: Path, golden: object) -> None:
    text = (repository / "tests/cases/tables/tables.md").read_text("utf-8")
    parts = re.split(r"^# (.+)\n\n", text, flags=re.MULTILINE)[1:]
    found = []
    for name, case in zip(parts[::2], parts[1::2], strict=True):
        document = read(case)
        told = [
            f"  ! {one.code}: {one.message}" for one in document.remarks if one.code != "undated"
        ]
        body = [described(block) for block in document.body]
        found.append("\n".join((f"# {name}", *body, *told)))
    golden(Path("cases/tables/tables.txt"), "\n\n".join(found) + "\n")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("+---+---+\n| a | b |\n+---+--\n", 4, "no closing line"),
        ("x\n\n+---+---+\n| a  | b |\n+---+---+\n", 6, "do not meet"),
        ("A    B\n---- ----\nlonger words\n", 4, "across two columns: longer words"),
        ("+---+\n| a\n+---+\n", 4, "do not meet"),
        ("+-----------+\n| +---+     |\n| | b |     |\n| +---+     |\n+-----------+",
         5, "cannot stand in a table cell"),
        ("| A |\n|---|---|\n| x | y | z |\n", 6, "more cells than the header"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_an_error_at_its_line(
    text: str, line: int, words: str
) -> None:
    with pytest.raises(PublishError) as caught:
        read(text)
    found = caught.value
    assert words in found.message
    assert found.span is not None
    assert found.span.first == line
    assert found.hint


def test_headings_and_text_around_tables_stay() -> None:
    document = read("# One\n\nA    B\n---  ---\nx    y\n\n# Two\n\nText.\n")
    assert [type(block).__name__ for block in document.body] == [
        "Heading", "Table", "Heading", "Paragraph",
    ]  # fmt: skip
    assert [block.id for block in document.body if isinstance(block, Heading)] == ["one", "two"]


def test_lines_of_dashes_between_paragraphs_are_breaks() -> None:
    text = "Some text here.\n\n--- ---\n\nOther words there.\n\n--- ---\n\nThe last words.\n"
    kinds = [type(block).__name__ for block in read(text).body]
    assert kinds == ["Paragraph", "ThematicBreak"] * 2 + ["Paragraph"]
    short = read("a\n\n--- ---\n\nb\n\n--- ---\n\nc\n")
    assert [type(block).__name__ for block in short.body] == kinds
    whole = read("a\n\n---\nWords\n\nb\n\n---\n\nc\n")
    assert not any(isinstance(block, Table) for block in whole.body)


def test_each_cell_has_its_line() -> None:
    table = table_of(
        "+---+---+\n| a | b |\n+---+---+\n| c | d |\n|   |   |\n| e |   |\n+---+---+\n"
    )
    assert [cell.span.first for row in table.rows for cell in row] == [5, 5, 7, 7]


# --------------------------------------------------------------------------- laws

WORD = st.text(alphabet="abcdexyz", min_size=1, max_size=6)
WORDS = st.lists(WORD, min_size=0, max_size=3).map(" ".join)


@st.composite
def drawn_grids(draw: st.DrawFn) -> tuple[str, list[list[str]], list[tuple[int, int, int, int]]]:
    """A grid of words with merged cells, as text, as rows, and where cells are merged."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    taken: set[tuple[int, int]] = set()
    cells: list[tuple[int, int, int, int, str]] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            down, right = draw(st.integers(1, 2)), draw(st.integers(1, 2))
            places = {
                (row + a, column + b) for a in range(down) for b in range(right)
            }  # fmt: skip
            if row + down > rows or column + right > columns or places & taken:
                down = right = 1
                places = {(row, column)}
            taken |= places
            cells.append((row, column, down, right, draw(WORDS)))
    widths = [
        max([3, *(len(text) + 2 for _, c, _, _, text in cells if c == column)])
        for column in range(columns)
    ]
    lefts = [sum(widths[:n]) + n for n in range(columns + 1)]
    canvas = [[" "] * (lefts[-1] + 1) for _ in range(2 * rows + 1)]
    for row, column, down, right, text in cells:
        top, bottom, left, end = 2 * row, 2 * (row + down), lefts[column], lefts[column + right]
        for x in range(left, end + 1):
            for y in (top, bottom):
                corner = x in (left, end) or canvas[y][x] in "+|"
                canvas[y][x] = "+" if corner else "-"
        for y in range(top, bottom + 1):
            for x in (left, end):
                corner = y in (top, bottom) or canvas[y][x] in "+-"
                canvas[y][x] = "+" if corner else "|"
        for at, letter in enumerate(text):
            canvas[top + 1][left + 2 + at] = letter
    wanted = [[""] * columns for _ in range(rows)]
    for row, column, _, _, text in cells:
        wanted[row][column] = text
    merged = [(r, c, d, w) for r, c, d, w, _ in cells if (d, w) != (1, 1)]
    return "\n".join("".join(line) for line in canvas), wanted, merged


@settings(max_examples=some(150), deadline=None)
@given(drawn_grids())
def test_a_grid_is_read_as_it_was_drawn(
    case: tuple[str, list[list[str]], list[tuple[int, int, int, int]]],
) -> None:
    text, wanted, merged = case
    hidden_rows = (all_covered(row, merged, len(wanted[0])) for row in range(len(wanted)))
    columns = range(len(wanted[0]))
    if any(hidden_rows) or any(all_covered_column(n, merged, len(wanted)) for n in columns):
        return
    table = table_of(f"Before.\n\n{text}\n\nAfter.\n")
    assert shown(table) == wanted
    found = [(one.row - 1, one.column, one.rows, one.columns) for one in table.merged]
    assert sorted(found) == sorted(merged)


def all_covered(row: int, merged: list[tuple[int, int, int, int]], columns: int) -> bool:
    """Whether no cell begins in a row, so that nothing tells that there is one."""
    covered = {c + b for r, c, d, w in merged if r < row < r + d for b in range(w)}
    return len(covered) == columns


def all_covered_column(column: int, merged: list[tuple[int, int, int, int]], rows: int) -> bool:
    covered = {r + a for r, c, d, w in merged if c < column < c + w for a in range(d)}
    return len(covered) == rows


@settings(max_examples=some(80), deadline=None)
@given(st.lists(st.lists(WORD, min_size=3, max_size=3), min_size=2, max_size=5), st.booleans())
def test_a_simple_table_is_read_as_it_was_written(rows: list[list[str]], headed: bool) -> None:
    ruler = " ".join(["------"] * 3)
    lines = [" ".join(cell.ljust(6) for cell in row).rstrip() for row in rows]
    text = [lines[0], ruler, *lines[1:]] if headed else [ruler, *lines, ruler]
    table = table_of("\n".join(text))
    assert shown(table) == rows
    assert bool(table.header) is headed


@settings(max_examples=some(200), deadline=None)
@given(st.text(alphabet="+-=|: ab\n>1.,", max_size=80))
def test_no_drawing_stops_the_reader(text: str) -> None:
    faults = Faults()
    with faults.collecting():
        read(text + "\n\nend")
    assert all(error.message for error in faults.errors)


# --------------------------------------------------------------------------- numbers


def figures(text: str, language: str = "en") -> list[str]:
    table = table_of(text, language)
    cells = [cell for row in (table.header, *table.rows) for cell in row]
    return [plain(cell.content) for cell in cells if cell.figure in ("plain", "grouped")]


def column(*cells: str) -> str:
    return "| x | A |\n|---|---|\n" + "".join(f"| x | {cell} |\n" for cell in cells)


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("1,250", "3", "–", "n/a"), ["1,250", "3"]),
        (("12.5 %", "$1,200", "-3"), ["12.5 %", "$1,200", "-3"]),
        (("007", "12"), []),
        (("12-34", "12"), []),
        (("2019", "2020"), ["2019", "2020"]),
        (("+993 12 345678", "12"), []),
        (("31.12.2024", "1.5", "5 %"), ["5 %"]),
        (("1.2.3", "1.5"), []),
        (("{verbatim} 1,250", "1,300 {verbatim}", "2.5"), ["2.5"]),
        (("`1,250`", "[1,250](https://example.org)"), []),
        (("1,25", "1,2500"), []),
    ],
)
def test_numbers_are_told_from_codes_by_their_column(
    cells: tuple[str, ...], wanted: list[str]
) -> None:
    assert figures(column(*cells)) == wanted


def test_numbers_follow_the_rules_of_the_source() -> None:
    assert figures(column("1.250,5", "12,5 %", "3"), "de") == ["1.250,5", "12,5 %", "3"]
    assert figures(column("1 250,5"), "ru") == ["1 250,5"]
    assert figures(column("1 250,5"), "en") == []


def test_codes_keep_their_hyphens_and_periods_get_a_dash() -> None:
    table = table_of(column("12-34", "1990-2000", "{verbatim} 2001-2002", "007"))
    shown_cells = [plain(row[1].content) for row in table.rows]
    assert shown_cells == ["12-34", "1990–2000", "2001-2002", "007"]


def test_numbering_of_a_first_column_stays() -> None:
    rows = "| No | A |\n|---|---|\n| 1.1 | 2.5 |\n| 1.2 | 3.5 |\n| 2.1 | 4 |\n"
    assert figures(rows) == ["2.5", "3.5", "4"]
    doses = "| Dose | A |\n|---|---|\n| 1.5 | x |\n| 2.5 | x |\n"
    assert figures(doses) == ["1.5", "2.5"]


def test_thousands_are_set_apart_where_the_source_has_a_mark_at_longer_numbers_only() -> None:
    grouped = table_of(column("2500", "12.500"), "es")
    assert [row[1].figure for row in grouped.rows] == ["grouped", "grouped"]
    years = table_of(column("2019", "12.500"), "es")
    assert [row[1].figure for row in years.rows] == ["plain", "grouped"]


def test_numbers_are_told_once_a_table() -> None:
    document = read(column("1,250", "2.5", "3", "4 %", "5 %"))
    told = [one for one in document.remarks if one.code.startswith("table-")]
    assert [(one.code, one.message) for one in told] == [
        (
            "table-numbers",
            "4 cells hold only a number, which each edition writes by the rules of its language: "
            "1,250, 2.5, 4 %, …",
        )
    ]
    plain_numbers = read(column("1", "2", "2024")).remarks
    assert not [one for one in plain_numbers if one.code.startswith("table-")]


# --------------------------------------------------------------------------- HTML


def html_table(text: str) -> Table:
    """The table of HTML, its cells read as plain paragraphs."""

    def inside(cell: html.HtmlElement) -> list[Token]:
        content = " ".join("".join(cell.itertext()).split())
        (inline,) = [one for one in parse_blocks(content or "&#8203;") if one.type == "inline"]
        return [inline] if content else []

    tokens = make_table_tokens(
        html.fragment_fromstring(text), lambda one: (one.sourceline or 1) - 1, inside
    )
    reader = BlockReader(file="x.md", offset=0, whole=False, faults=Faults())
    table, after = read_table(tokens, 0, reader)
    assert after == len(tokens)
    return table


def test_a_html_table_has_its_head_foot_caption_and_row_headers() -> None:
    table = html_table(
        "<table><caption>Cases</caption><tfoot><tr><td>Sum<td>19</tr></tfoot>"
        "<thead><tr><th>Region<th align=right>Cases</tr></thead>"
        "<tbody><tr><th>Mary<td align=right>12</tr><tr><th>Lebap<td align=right>7</tr></table>"
    )
    assert shown(table) == [["Region", "Cases"], ["Mary", "12"], ["Lebap", "7"], ["Sum", "19"]]
    assert table.caption is not None
    assert plain(table.caption.content) == "Cases"
    assert table.alignments == ("", "right")
    assert table.row_headers


def test_merged_cells_of_a_html_table_cover_their_places() -> None:
    table = html_table(
        "<table><tr><th rowspan=2>A<th colspan=2>B</tr><tr><th>C<th>D</tr>"
        "<tr><td rowspan=0>1<td>2<td>3</tr><tr><td colspan=9>4</tr></table>"
    )
    assert shown(table)[:2] == [["A", "B", *[""] * 8], ["", "C", "D", *[""] * 7]]
    assert table.more_header == 1
    assert [(m.row, m.column, m.rows, m.columns) for m in table.merged] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (2, 0, 2, 1), (3, 1, 1, 9),
    ]  # fmt: skip


def test_a_html_table_without_header_cells_has_no_header() -> None:
    table = html_table("<table><tr><td>a<td>b</tr><tr><td>c</tr></table>")
    assert table.header == ()
    assert shown(table) == [["a", "b"], ["c", ""]]


def test_a_number_of_another_language_is_found() -> None:
    assert figures(column("۱٬۲۵۰"), "fa") == ["۱٬۲۵۰"]
    assert find("fa").digits[1] == "۱"


def test_colons_in_a_cell_are_paired_apart_from_those_of_the_text() -> None:
    cell = "\n".join(f"| {line:8} |" for line in ("- a", "", "::: note", "Words", ":::"))
    cell = f"+----------+\n{cell}\n+----------+"
    text = f"---\ntitle: T\n---\n# One\n\n{cell}\n\n::: tip\n\nMore\n\n:::\n"
    with pytest.raises(PublishError) as caught:
        read_document("a", "en", [SourceFile("a.md", text)])
    assert caught.value.message == "a box cannot stand in a table cell"
