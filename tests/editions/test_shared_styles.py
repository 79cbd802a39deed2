"""A style sheet whose beginning is read once for several languages says what it says whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from publish.editions.fonts import find_font_faces
from publish.editions.pdf import engine
from publish.editions.pdf.engine import BASE, LOADING, load, read_styles
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


def test_rules_that_load_nothing_are_read_once_for_all_fonts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load()
    read: list[str] = []
    honest = engine._read

    def noting(css: str, *given: Any) -> engine.Styles:
        read.append(css)
        return honest(css, *given)

    monkeypatch.setattr(engine, "_read", noting)
    faces, shared = find_font_faces(), f"{SHARED}i {{ color: teal }}\n"
    one = read_styles(faces, shared + OWN, len(shared))
    other = read_styles(faces[:2], shared + OWN, len(shared))
    assert read.count(shared) == 1
    assert one.sheets[1] is other.sheets[1]
    assert one.fonts is not other.fonts


@pytest.mark.parametrize(
    "rule",
    [
        '@font-face { font-family: A; src: url("no") }\n',
        '@FONT-face { font-family: A; src: url("no") }\n',
        '@\\66ont-face { font-family: A; src: url("no") }\n',
        '@media print { @font-face { font-family: A; src: url("no") } }\n',
    ],
)
def test_a_rule_that_may_load_a_file_is_read_with_its_fonts(rule: str) -> None:
    load()
    faces = find_font_faces()
    assert LOADING.search(rule)
    found = [read_styles(some, rule + OWN, len(rule)) for some in (faces, faces[:2])]
    assert found[0].sheets[1] is not found[1].sheets[1]
    assert all(one.refused == (f"{BASE}no",) for one in found)
