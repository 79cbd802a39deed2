"""A style sheet on the desk: it holds below one element, loads nothing, and keeps its looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from livecases import fill, open_rich, write_rich

from publish.actions.desk.page.live import LivePage
from publish.editions.html.scoping import scope_style

PLACE = "#page"


def scope(css: str) -> str:
    """The rules that are left, without that of the element itself."""
    written = scope_style(css, PLACE, "page.")
    rules, _, own = written.rpartition("#page > .edition-html")
    assert "contain: layout paint style !important" in own
    return " ".join(rules.split())


RULES = {
    "p, .a > b { color: red }": "#page p, #page .a > b { color: red }",
    "html, body, main, footer { color: red }": "#page .edition-html, #page .edition-body, "
    "#page .edition-main, #page .edition-footer { color: red }",
    ":root { --a: 1 }": "#page :is(.edition-html) { --a: 1 }",
    "html[dir=rtl] main.x h1:not(body) { color: red }": "#page .edition-html[dir=rtl] "
    ".edition-main.x h1:not(.edition-body) { color: red }",
    ".main .html:hover { color: red }": "#page .main .html:hover { color: red }",
    "#one:target { color: red }": "#page #page\\.one:target { color: red }",
    'a::before { content: "</style>" }': '#page a::before { content: "</style>" }',
    "@media print { p { color: red } }": "@media print { #page p { color: red } }",
    "@media (min-width: 40em) { p { color: red } }": "@container edition (min-width: 40em) "
    "{ #page p { color: red } }",
    "@media (min-width: 4em) and (min-height: 3em) { p { color: red } }": "@media "
    "(min-height: 3em) { @container edition (min-width: 4em) { #page p { color: red } } }",
    "@supports selector(:has(*)) { p { color: red } }": "@supports selector(:has(*)) "
    "{ #page p { color: red } }",
}


@pytest.mark.parametrize("css", RULES)
def test_a_rule_holds_below_the_element_only(css: str) -> None:
    assert scope(css).replace(":red", ": red").replace(":1", ": 1") == RULES[css]


HOSTILE = [
    "+ .tool { color: red }",
    "> .tool { color: red }",
    "~ .tool, p { color: red }",
    "& .tool { color: red }",
    ", .tool { color: red }",
    "p { & + .tool { color: red } }",
    "p { .tool:has(&) { color: red } }",
    "@import 'https://example.com/a.css';",
    "@import url(https://example.com/a.css);",
    "@font-face { font-family: x; src: url(https://example.com/a.woff2) }",
    "@keyframes fade { from { opacity: 0 } }",
    "@page { margin: 0 }",
    "@layer a { .tool { color: red } }",
    "@namespace url(http://example.com/);",
    "@property --x { syntax: '*'; inherits: true }",
    "p { background: url(https://example.com/a.png) }",
    "p { background: URL('https://example.com/a.png') }",
    "p { background: u\\72l(https://example.com/a.png) }",
    'p { background: image-set("https://example.com/a.png" 1x) }',
    "p { --x: url(https://example.com/a.png) }",
    "p { cursor: url(a.cur), auto }",
    "p { background: linear-gradient(red, url(a.png)) }",
    "p { background: url(https://example.com/a.png",
    "} .tool { color: red }",
]


@pytest.mark.parametrize("css", HOSTILE)
def test_what_would_load_or_reach_outside_is_left_out(css: str) -> None:
    assert scope(css) in ("", scope("p {}"))


def test_what_follows_a_wrong_rule_is_kept() -> None:
    assert "#page p" in scope("+ .tool { color: red } p { color: red }")


def selectors(css: str) -> list[str]:
    """The selectors of a scoped style sheet, one for each comma at its top."""
    found = re.findall(r"^(?!@|\})(.+?) \{", css, re.MULTILINE)
    return [part.strip() for one in found for part in re.split(r",(?![^(]*\))", one)]


def test_the_style_of_a_page_is_confined_and_keeps_day_night_and_direction(
    tmp_path: Path,
) -> None:
    loader, translation = open_rich(write_rich(tmp_path, languages=("fa",)), "fa")
    for shows in ("translation", "pair", "interleaved"):
        css = LivePage(loader, fill(translation), shows).style()
        found = selectors(css)
        assert len(found) > 150
        assert [one for one in found if not one.startswith("#page ")] == []
        assert "url(" not in css
        assert "var(--accent)" not in css
        assert "color-scheme:" in css
        assert "Canvas" in css
        assert '#page [dir="rtl"] .note > .back' in css
        assert "@page" not in css
        assert "list-style-type: persian" in css or shows == "pair"


def test_a_broken_theme_leaves_the_packages_own(tmp_path: Path) -> None:
    root = write_rich(tmp_path)
    own = LivePage(*open_rich(root), "translation").style()
    (root / "templates").mkdir()
    (root / "templates/theme.css").write_text(":root { --accent: nothing; }", "utf-8")
    assert LivePage(*open_rich(root), "translation").style() == own
    (root / "templates/theme.css").write_text("p { color: red } + .tool { color: red }", "utf-8")
    changed = LivePage(*open_rich(root), "translation").style()
    assert "#page p { color: red }" in changed
    assert ".tool" not in changed
