"""Values of styles are found quickly, and are those that WeasyPrint finds by its own steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from publish.editions.fonts import find_font_faces
from publish.editions.pdf.engine import load_weasyprint, read_styles, seal_environment
from publish.editions.pdf.quickstyles import KNOWN_VERSION, looking_quickly

SHEET = """
@page { size: 400px 300px; margin: 10% 20px; @top-center { content: counter(page); width: 50% }
  @bottom-left-corner { content: "x"; padding: 1px } }
html { font-family: "Source Serif 4"; line-height: 1.4; --gap: 3% }
body { margin: 0 2em; border: thin solid; width: 90%; max-height: 5000px }
p { margin: 1em var(--gap); padding-left: 2%; text-indent: 1em; border-radius: 2px 50% }
p.same { margin: inherit; padding: initial; color: inherit; border-width: 1px; font: inherit }
p.calc { width: calc(50% - 10px); min-width: calc(1em + 5%); margin-left: calc(1px + 1em) }
p.start { margin-inline-start: 7px; padding-inline-end: 9px; inline-size: 60% }
[dir=rtl] { direction: rtl; border-start-start-radius: 4px; border-inline-start: 2px dotted }
.box { box-sizing: border-box; width: 50%; padding: 5px; border: 1px solid; min-width: auto }
.pad { box-sizing: padding-box; height: 50px; padding: 5px; min-height: 10%; max-height: 80% }
.tall { height: 100px; text-indent: calc(10% + 2px); letter-spacing: calc(1px + 1px) }
.tall div { height: 50%; min-height: 10%; max-height: 60% }
.ex { font-size: 3ex; line-height: 2ex; width: 10ch } .none { font-size: 0 }
.side { float: left; width: 30%; text-decoration: underline }
.up { position: relative; top: 5%; min-height: 10% }
.at { position: absolute; right: 10%; page: other } @page other { margin: 5px }
b::before { content: "a"; font-feature-settings: "smcp" 1; text-decoration: line-through }
table { border-collapse: collapse; border-spacing: 3px } td { border: 3px double; padding: 1% }
.apart { border-collapse: separate } .flow { columns: 2 } img { width: 10% }
"""

BODY = """<p>One <b>two</b> three</p><p class="same">a</p><p class="calc">b</p>
<p class="start">c</p><p dir="rtl" class="start">d <span>e</span></p><div class="box">f</div>
<div class="pad">g</div><div class="tall"><div>h</div></div><p class="ex">i</p>
<p class="none">j</p><div class="side">k</div><p class="up">l</p><p class="at">m</p>
<table><tr><td>n</td><td>o</td></tr></table><table class="apart"><tr><td>p</td></tr></table>
<ul><li>q</li></ul><div class="flow"><p>r</p><p>s</p></div><div style="display: flex"><p>t</p></div>
<div style="display: grid"><p>u</p></div><p style="margin: calc(1px * x)">v</p>"""

LOGICAL = re.compile(r"(^|_)(block|inline)_")
"""Properties whose values WeasyPrint does not compute."""


def test_all_values_are_those_of_weasyprint() -> None:
    """The values of all properties, and the used ones, of all boxes of odd pages."""
    import weasyprint  # type: ignore[import-untyped]

    assert weasyprint.__version__ == KNOWN_VERSION, "compare the steps, then name this version"
    with looking_quickly():
        quick = list(_values())
    assert quick == list(_values())
    assert len(quick) > 100


@pytest.mark.parametrize("name", ["__missing__", "strut", "resolve_percentages"])
def test_the_steps_are_used_within_and_put_back(name: str) -> None:
    load_weasyprint()
    from weasyprint.css import ComputedStyle  # type: ignore[import-untyped]
    from weasyprint.layout import block  # type: ignore[import-untyped]
    from weasyprint.text import line_break  # type: ignore[import-untyped]

    homes = {"__missing__": ComputedStyle, "strut": line_break, "resolve_percentages": block}
    before = getattr(homes[name], name)
    with looking_quickly():
        assert getattr(homes[name], name).__module__ == looking_quickly.__module__
    assert getattr(homes[name], name) is before


def test_other_versions_keep_their_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    weasyprint = load_weasyprint()
    from weasyprint.css import ComputedStyle

    before = ComputedStyle.__missing__
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with looking_quickly():
        assert ComputedStyle.__missing__ is before


def _values() -> Iterator[dict[str, Any]]:
    """Yield what is known of each box of the pages of a document."""
    with seal_environment():
        weasyprint = load_weasyprint()
        from weasyprint.css.properties import INITIAL_VALUES  # type: ignore[import-untyped]

        styles = read_styles(find_font_faces(), SHEET)
        html = weasyprint.HTML(string=f"<body>{BODY}")
        pages = html.render(font_config=styles.fonts, stylesheets=list(styles.sheets)).pages
        for box in (box for page in pages for box in page._page_box.descendants()):
            used = {
                name: value
                for name, value in vars(box).items()
                if isinstance(value, int | float | str | tuple) and name != "background"
            }
            names = sorted(name for name in INITIAL_VALUES if not LOGICAL.search(name))
            style = {name: repr(box.style[name]) for name in names}
            yield {"used": {name: repr(used[name]) for name in sorted(used)}, **style}
