"""The glossary: what its table says, and faults told with the line of the row."""

from __future__ import annotations

import csv
import io

import pytest
from conftest import ROOT
from examples import least
from hypothesis import given
from hypothesis import strategies as st

from publish.catalogs.glossary import Rendering, read_glossary
from publish.errors import PublishError

HEADER = "en,ru,tk,status,note\n"


def fault(text: str) -> tuple[str, str, str]:
    with pytest.raises(PublishError) as caught:
        read_glossary(text, "locales/glossary.csv")
    assert caught.value.code == "glossary"
    return str(caught.value.span), caught.value.message, caught.value.hint


def test_the_project_glossary_is_read_whole() -> None:
    path = ROOT / "locales" / "glossary.csv"
    glossary = read_glossary(path.read_text(encoding="utf-8"), str(path))
    assert glossary.languages == ("ru", "tk")
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert len(glossary.terms) == len(rows) - 1
    first = glossary.terms[0]
    assert first.source == "forced labor"
    assert first.span.first == 2
    assert first.renderings == (
        Rendering("ru", "принудительный труд", "verified"),
        Rendering("tk", "mejbury zähmet", "verified"),
    )


def test_a_dash_is_no_translation_and_a_status_not_given_is_unverified() -> None:
    term = read_glossary(f"{HEADER}a,—,b,,\n", "g").terms[0]
    assert term.renderings == (Rendering("tk", "b", "unverified"),)


@pytest.mark.parametrize("cell", ["=1+1", "+7", "@SUM(A1)", "<b>x</b>", "**x**", "{{ 7*7 }}"])
def test_formulas_and_markup_are_text(cell: str) -> None:
    term = read_glossary(f'{HEADER}"{cell}","{cell}",,,"{cell}"\n', "g").terms[0]
    assert (term.source, term.renderings[0].text, term.note) == (cell, cell, cell)


def test_a_byte_order_mark_and_rows_over_several_lines_are_read() -> None:
    text = f'\ufeff{HEADER}a,b,c,ru=partly,"two\nlines"\n\nd,e,f,,\n'
    terms = read_glossary(text, "g").terms
    assert [(term.span.first, term.span.last) for term in terms] == [(2, 3), (5, 5)]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the columns are none"),
        ("en,ru,tk\n", 1, "the columns are en, ru, tk"),
        ("en,ru,ru,status,note\n", 1, "the column ru is not a language tag, or occurs twice"),
        (f"{HEADER}a,b,c\n", 2, "the row has 3 cells, but the header has 5"),
        (f"{HEADER}a,b,c,,\n,b,c,,\n", 3, "the row has no English term"),
        (
            f"{HEADER}a,b,c,de=verified,\n",
            2,
            "the status names 'de', which is not a column or was named before",
        ),
        (f"{HEADER}a,b,c,ru=maybe,\n", 2, "'maybe' is not a status"),
        (f"{HEADER}a,b,c,,\nA,b,c,,\n", 3, "the term A is also in line 2"),
        (f'{HEADER}a,"b,c,,\n', 2, "the file is not a valid CSV table: unexpected end of data"),
        (f'{HEADER}a,"b"x,c,,\n', 2, "the file is not a valid CSV table: ',' expected after '\"'"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, message: str) -> None:
    place, said, _ = fault(text)
    assert said == message
    assert place.startswith(f"locales/glossary.csv:{line}")


def test_an_unknown_language_is_told() -> None:
    _, said, hint = fault("en,klingonese,status,note\n")
    assert "klingonese" in said
    assert hint


def test_any_text_is_read_or_refused() -> None:
    counts = {"read": 0, "refused": 0}
    word = st.text("abcdefghijkl", min_size=1, max_size=4)
    cell = st.sampled_from(["", "a", "—", "ru=partly", "verified", "maybe", '"', '"a, b"', "b\n"])
    wrong = st.lists(cell, min_size=4, max_size=6).map(",".join)
    right = st.builds("{},{},{},,{}".format, word, word, word, word)
    tables = st.lists(right, max_size=3) | st.lists(right | wrong, max_size=3)

    @given(st.text() | tables.map(lambda found: HEADER + "\n".join(found)))
    def check(text: str) -> None:
        try:
            glossary = read_glossary(text, "g")
        except PublishError as error:
            counts["refused"] += 1
            assert error.code == "glossary"  # noqa: PT017
            assert str(error.span).startswith("g:")  # noqa: PT017
        else:
            counts["read"] += 1
            assert glossary.languages == ("ru", "tk")
            names = [term.source.casefold() for term in glossary.terms]
            assert len(set(names)) == len(names)
            assert all(names)

    check()
    assert min(counts.values()) >= least(20)


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=2).map(
    lambda text: f"x{text.strip()}x"
)


@given(st.lists(st.tuples(CELL, CELL, CELL), unique_by=lambda row: row[0].casefold()))
def test_every_cell_comes_back_as_it_was_written(rows: list[tuple[str, str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(
        [["en", "ru", "status", "note"], *([a, b, "", c] for a, b, c in rows)]
    )
    terms = read_glossary(out.getvalue(), "g").terms
    assert [(term.source, term.renderings[0].text, term.note) for term in terms] == rows


@pytest.mark.parametrize("between", [";", "\t"])
def test_a_table_as_spreadsheets_of_other_countries_write_it_is_read(between: str) -> None:
    rows = [["en", "ru", "status", "note"], ["court", '"суд; судья"', "ru=verified", "a, b"]]
    text = "\r\n".join(between.join(row) for row in rows)
    (term,) = read_glossary(text, "g").terms
    assert (term.source, term.note) == ("court", "a, b")
    assert [(one.text, one.status) for one in term.renderings] == [("суд; судья", "verified")]
