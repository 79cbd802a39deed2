"""Nothing runs off a page: what is too wide is set tighter, or refused."""

from __future__ import annotations

import gc
import re
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from examples import first
from pypdf import PdfReader

from benchmarks.pagelines import words_of
from publish.editions.fonts import find_font_faces
from publish.editions.page.style import fill_sides
from publish.editions.page.templates import read_style_sheet
from publish.editions.page.theme import fill_theme_values, read_theme
from publish.editions.pdf import document
from publish.editions.pdf.fitting.overflow import STEPS, fit_pages
from publish.editions.pdf.rendering import PdfInput, render
from publish.errors import BuildError
from publish.languages.registry import find
from publish.resources import find_template_folder

WIDTH = 300.0
"""Of the text block, in points; it begins 50 points from the left."""

PLAIN = f"""
@page {{ size: 400pt 500pt; margin: 50pt; @bottom-left {{ content: "{"foot" * 50}" }} }}
body {{ font-family: "Source Serif 4"; font-size: 10pt; width: {WIDTH}pt }}
"""
LONG = "Административнотерриториальная" * 4


def sheet() -> str:
    """The package's own rules, on a small page; its margin boxes left out."""
    templates = (find_template_folder(),)
    css = "".join(read_style_sheet(templates, name) for name in ("text.css", "pdf.css"))
    css = re.sub(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", css).replace(
        "var(--digits)", "decimal"
    )
    return fill_theme_values(css, read_theme(templates)) + PLAIN


def table(columns: int, *cells: str) -> str:
    words = cells or tuple(f"{number}234567.89" for number in range(columns))
    row = "".join(f"<td>{word}</td>" for word in words)
    head = "".join(f"<th>Column {number}</th>" for number in range(len(words)))
    return f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>"


def shown(body: str, css: str) -> bytes:
    text = (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head>'
        f'<body><main><h2 id="a">Wages paid</h2>{body}</main></body></html>'
    )
    return render(PdfInput(xhtml=text.encode(), css=css, faces=find_font_faces(), images={})).data


WIDE = {
    "many columns": table(14),
    "a paragraph": f"<p>{LONG * 2}</p>",
    "the end of a paragraph": f'<p>It is<span class="joint"> {LONG}</span></p>',
    "code": f"<pre><code>x{'y' * 200}{' ' * 200}</code></pre>",
    "a heading": f"<h3>The {LONG}</h3>",
    "an item": f"<ul><li>{LONG}</li></ul>",
    "a long word": table(3, LONG, "12", "30,500"),
}


@pytest.mark.parametrize("case", first(WIDE, 6))
def test_what_is_too_wide_is_broken_and_nothing_is_lost(case: str, tmp_path: Path) -> None:
    body = WIDE[case]
    file = tmp_path / "a.pdf"
    file.write_bytes(shown(body, sheet()))
    words = [w for _, page in words_of(file) for w in page if "foot" not in w.text]
    assert max(word.right for word in words) < 50 + WIDTH + 2.5
    told = Counter("".join(word.text for word in words))
    wanted = Counter("".join(re.sub("<[^>]*>", "", body).split()))
    assert wanted <= told


@pytest.mark.parametrize("body", first([f"<p>{LONG}</p>", table(3, LONG, "1", "2"), table(14)], 1))
def test_what_no_style_sheet_breaks_is_refused(body: str) -> None:
    with pytest.raises(BuildError) as caught:
        shown(body, PLAIN)
    assert caught.value.code == "page-overflow"
    assert " does not fit on page 1 of the PDF, in the section “Wages paid”" in str(caught.value)
    assert caught.value.about  # By which its lines are found.


def test_the_pages_of_one_round_are_gone_before_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long chapter in a script of many signs took three times the memory."""
    pages: list[weakref.ref[Any]] = []

    def watch(lay_out: Callable[[], Any], root: Any) -> Any:
        def lay_out_alone() -> Any:
            assert not any(page() for page in pages)
            laid = lay_out()
            pages.extend(weakref.ref(page._page_box) for page in laid.pages)
            return laid

        return fit_pages(lay_out_alone, root)

    monkeypatch.setattr(document, "fit_pages", watch)
    gc.disable()
    try:
        shown(table(9), sheet())
    finally:
        gc.enable()
    assert len(pages) > 1


def test_a_table_that_fits_is_left_as_it_is(tmp_path: Path) -> None:
    loud = "".join(f".{step} {{ letter-spacing: 5pt }}" for step in STEPS)
    body = f'<p>Before</p>{table(3)}<ol style="counter-reset: list-item 12345678"><li>a</li></ol>'
    assert shown(body, sheet() + loud) == shown(body, sheet())


@pytest.mark.parametrize(
    ("columns", "width"), [(3, 255), (16, 907), pytest.param(7, 453.5, marks=pytest.mark.full)]
)
def test_a_phone_is_turned_for_a_wide_table_or_has_a_wider_page(
    columns: int, width: float, tmp_path: Path
) -> None:
    templates = (find_template_folder(),)
    names = ("text.css", "pdf.css", "phone.css")
    css = "".join(read_style_sheet(templates, name) for name in names)
    css = css.replace("var(--digits)", "decimal")
    css = re.sub(r"@(?:top|bottom)-[a-z]+ *\{[^}]*\}", "", fill_sides(css, find("en")))
    css = fill_theme_values(css, read_theme(templates))
    path = tmp_path / "x.pdf"
    path.write_bytes(shown(table(columns), css))
    pages = PdfReader(path).pages
    assert max(float(page.mediabox.width) for page in pages) == pytest.approx(width, abs=1)
    found = [word.text for _, words in words_of(path) for word in words]
    assert [word for word in found if word.endswith("234567.89")] == [
        f"{number}234567.89" for number in range(columns)
    ]
