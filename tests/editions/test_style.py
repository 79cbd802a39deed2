"""The style sheet of a book: nothing that readers of ten years ago would pass over."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from publish.editions.page.edition import Manuscript
from publish.editions.page.style import make_book_style
from publish.editions.page.theme import read_theme
from publish.languages.registry import find
from publish.resources import find_template_folder

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def style(language: str, *folders: Path) -> str:
    """The style sheet without its comments."""
    templates = (*folders, find_template_folder())
    text = cast(Manuscript, SimpleNamespace(language=find(language), second=None))
    css = make_book_style(text, read_theme(templates), templates)
    return re.sub(r"/\*.*?\*/", "", css, flags=re.S)


def declarations(css: str) -> list[tuple[str, str, str]]:
    """Selector, property and value of each declaration."""
    found = []
    for selector, body in RULE.findall(css):
        for part in filter(str.strip, body.split(";")):
            name, _, value = part.partition(":")
            found.append((selector.strip(), name.strip(), value.strip()))
    return found


@pytest.mark.parametrize("language", ["en", "ru", "tk", "fa", "he"])
def test_nothing_is_left_that_old_readers_do_not_know(language: str) -> None:
    css = style(language)
    assert "var(" not in css
    for _, name, value in declarations(css):
        assert not re.search(r"inline|block-|^inset|^gap$|^grid|^flex", name), name
        assert value not in {"start", "end", "grid", "flex", "anywhere"}, (name, value)


@pytest.mark.parametrize(("language", "side"), [("tk", "left"), ("fa", "right")])
def test_sides_are_those_of_the_language(language: str, side: str) -> None:
    found = declarations(style(language))
    assert ("ul, ol", f"padding-{side}", "1.5em") in found
    assert ("th.left, td.left", "text-align", side) in found
    assert ("th, td", "text-align", side) in found


def test_rules_of_a_theme_are_given_their_sides_too(tmp_path: Path) -> None:
    rule = "aside { margin-inline-end: 1em; text-align:end }"
    (tmp_path / "theme.css").write_text(rule, "utf-8")
    assert "aside { margin-right: 1em; text-align:right }" in style("en", tmp_path)
    assert "aside { margin-left: 1em; text-align:left }" in style("fa", tmp_path)


def test_no_text_has_a_colour_face_or_size_of_its_own() -> None:
    """A reader's own come first; sizes are shares of them."""
    for selector, name, value in declarations(style("en")):
        if name in {"color", "background", "opacity", "font-family", "font", "color-scheme"}:
            assert (selector, name, value) in {
                ("a:link, a:visited", "color", "inherit"),
                ("img", "background", "#fff"),
            }
        if name == "font-size":
            assert re.fullmatch(r"[0-9.]+em", value), selector
        assert not re.search(r"[0-9](pt|mm|cm|in)\b", value), (selector, value)


def test_the_second_language_begins_where_it_does_below_a_heading() -> None:
    """A gap in em would be wider beside the larger letters of a heading."""
    for name in ("bilingual-epub.css", "html.css"):
        css = (find_template_folder() / name).read_text("utf-8")
        gaps = re.findall(r"column-gap:\s*([^;}]+)", css)
        assert [re.sub(r"[0-9.]+", "", gap.strip()) for gap in gaps] == ["rem"], name
