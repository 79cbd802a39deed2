"""A style sheet whose beginning is read once for several languages says what it says whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publish.editions.fonts import find_font_faces
from publish.editions.pdf.engine import load, read_styles
from publish.editions.pdf.rendering import PdfInput, render
from publish.errors import BuildError

PAGE = (
    b'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>A</title></head>'
    b'<body><h1>One</h1><p class="a">Two <b>three</b></p></body></html>'
)
SHARED = """\
@page { size: 100mm 60mm; margin: 10mm; @bottom-left { content: "a" } }
body { font: 9pt "Source Serif 4" }
p.a { margin: 4pt; color: #333 }
b { font-weight: 600; color: red !important }
"""
OWN = """\
@page { @bottom-left { content: "b" } }
p { margin: 1pt }
p.a { color: #444 }
b { color: blue }
"""


def make_input(css: str, shared: int) -> PdfInput:
    return PdfInput(xhtml=PAGE, css=css, faces=find_font_faces(), images={}, shared=shared)


def test_a_style_sheet_in_two_says_the_same() -> None:
    source = make_input(SHARED + OWN, len(SHARED))
    made = render(source).data
    assert len(read_styles(source.faces, source.css, source.shared).sheets) == 3
    assert made == render(replace(source, shared=0)).data
    assert made != render(make_input(OWN + SHARED, 0)).data


def test_a_complaint_names_the_same_line() -> None:
    source = make_input(f"{SHARED}{OWN}p {{ no-such: 1 }}\n", len(SHARED))
    found = []
    for one in (source, replace(source, shared=0)):
        with pytest.raises(BuildError) as caught:
            render(one)
        found.append(str(caught.value))
    assert found[0] == found[1]
    assert "9:5" in found[0]


@pytest.mark.parametrize(
    "shared",
    [
        "@import 'a.css';\n",
        "@LAYER a;\n",
        "p { margin: 0\n",
        "/* } p {\n",
        "p { margin: 0 }",
        "a\\\n",
    ],
)
def test_a_style_sheet_that_cannot_be_cut_stays_whole(shared: str) -> None:
    load()
    assert len(read_styles((), shared + OWN, len(shared)).sheets) == 2
