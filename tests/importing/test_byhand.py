"""Lists, captions and headers of tables that somebody made without telling the program so."""

from __future__ import annotations

import pytest

from publish.importing.markup.pagereader import read_html
from publish.importing.results import Imported
from publish.model import ListBlock
from publish.reading.writing.document import write_document

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)


def read(*parts: str) -> Imported:
    body = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    html = f"<html><head><title>T</title></head><body>{body}</body></html>"
    return read_html(html, "x.html", name="x", whole=True, pictures={"a.png": PNG})


def written(*parts: str) -> str:
    return write_document(read(*parts).document).split("---\n", 2)[2].strip("\n")


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        (("1. one", "2. two"), "1. one\n2. two"),
        (("1) one", "2) two", "3) three"), "1. one\n2. two\n3. three"),
        (("(1)\u00a0one", "(2)\tt<b>wo</b>"), "1. one\n2. t**wo**"),
        (("a) one", "b) two"), "a. one\nb. two"),
        (("A) one", "B) two", "C) three"), "A.  one\nB.  two\nC.  three"),
        (("We ask:", "- one.", "- two."), "We ask:\n\n- one.\n- two."),
        (("– one;", "– two."), "- one;\n- two."),
        (("* one", "* two"), "- one\n- two"),
    ],
)
def test_items_that_are_typed_are_a_list(lines: tuple[str, ...], source: str) -> None:
    imported = read("Text.", *lines, "Text.")
    text = write_document(imported.document).split("---\n", 2)[2].strip("\n")
    assert text == f"Text.\n\n{source}\n\nText."
    assert not imported.losses


@pytest.mark.parametrize(
    "lines",
    [
        ("1. alone",),
        ("2. two", "3. three"),
        ("1. one", "3. three"),
        ("1. one", "b) two"),
        ("1. one", "2. two", "<h2>Part</h2>", "3. three"),
        ("– Who came?", "– Nobody came."),
        ("- one", "– two"),
        ("2020. A year", "2021. Another"),
        ("A. Petrov", "B. Ivanov"),
    ],
)
def test_other_paragraphs_stay(lines: tuple[str, ...]) -> None:
    body = read("Text.", *lines).document.body
    assert not any(isinstance(block, ListBlock) for block in body)


FIGURE = '<p><img src="a.png" alt="A map"></p>'
TABLE = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"


@pytest.mark.parametrize(
    "caption",
    ["Figure 1. Where", "Fig. 2: Where", "Рис. 3. Где", "<b>Photo 1</b> Who", "1-nji surat"],
)
def test_a_numbered_text_below_a_picture_is_its_caption(caption: str) -> None:
    made = written("Text.", FIGURE, caption, "Text.")
    joined = f"![A map](a.png)\n{caption}".replace("<b>", "**").replace("</b>", "**")
    assert (joined in made) is not caption.startswith("1")


def test_captions_stand_above_or_below() -> None:
    assert "![A map](a.png)\nFigure 1. Up" in written("Figure 1. Up", FIGURE, "Text.")
    two = written(FIGURE, "Figure 1. One", FIGURE, "Figure 2. Two")
    assert two == "![A map](a.png)\nFigure 1. One\n\n![A map](a.png)\nFigure 2. Two"
    assert written("Table 1: Up", TABLE, "Text.").count("Table: Table 1: Up") == 1
    assert written("Text.", TABLE, "Таблица 2. Ниже").endswith("Table: Таблица 2. Ниже")
    assert "Table: " not in written("Table 1 shows it. " + "Long. " * 60, TABLE)


def rows(*texts: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in text.split("|")) for text in texts)
    return f"<table>{''.join(f'<tr>{one}</tr>' for one in cells)}</table>"


@pytest.mark.parametrize(
    ("texts", "header"),
    [
        (("City|Cases", "Ashgabat|4", "Mary|12"), ("City", "Cases")),
        (("|Cases|Share", "Ashgabat|4|3.5 %", "Mary|–|12 %"), ("", "Cases", "Share")),
        (("City|2020|2021", "Ashgabat|4|5", "Mary|12|7"), ("City", "2020", "2021")),
        (("<b>City</b>|<b>Mayor</b>", "Ashgabat|A", "Mary|B"), ("City", "Mayor")),
        (("Ashgabat|4", "Mary|12", "Lebap|7"), ()),
        (("Name|Town", "Anna|Mary", "Olga|Lebap"), ()),
        (("Ashgabat|2020", "Mary|2021", "Lebap|2022"), ()),
        (("Year|2020|2021", "First|2020|2021", "Second|2022|2023"), ()),
        (("Total|Cases", "Mary|12"), ()),
    ],
)
def test_words_over_numbers_are_a_header(texts: tuple[str, ...], header: tuple[str, ...]) -> None:
    (table,) = read("Text.", rows(*texts)).document.body[1:]
    found = tuple(
        "".join(getattr(one, "text", "") for one in cell.content)
        for cell in table.header  # type: ignore[union-attr]
    )
    assert found == header
