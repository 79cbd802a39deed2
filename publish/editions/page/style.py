"""The style sheets of an edition: the package's and the workspace's, the theme, the margins."""

from __future__ import annotations

import re

from publish.editions.page.edition import Manuscript, state_note
from publish.editions.page.interface import plain_text
from publish.editions.page.templates import Templates, style_sheet
from publish.editions.page.theme import Theme, with_values
from publish.errors import BuildError
from publish.languages.language import Language
from publish.model import PageSize

__all__ = ["book_style", "page_style", "sided"]

MARGIN_BOX = re.compile(r"(@(?:top|bottom)-)(start|end)\b")
SIDE = re.compile(
    r"(\b(?:margin|padding|border)-(?=inline-)|\btext-align:\s*)(?:inline-)?(start|end)\b"
)

COUNTERS = {
    "\u0660": "arabic-indic",
    "\u06f0": "persian",
    "\u0966": "devanagari",
    "\u09e6": "bengali",
    "\u0f20": "tibetan",
    "\u1040": "myanmar",
}
"""The counter style that counts from each zero (CSS Counter Styles 3 §6.1)."""

SHEETS: dict[PageSize, tuple[str, ...]] = {
    "a4": ("text.css", "pdf.css"),
    "phone": ("text.css", "pdf.css", "phone.css"),
}
"""The style sheets of a PDF; what a page needs otherwise stands in a sheet of its own."""


def page_style(
    text: Manuscript, theme: Theme, page: PageSize, templates: Templates, families: tuple[str, ...]
) -> str:
    """The style sheet of a PDF, all but its `@font-face` rules."""
    sheets = SHEETS[page] + (("bilingual.css",) if text.second else ())
    css = "".join(style_sheet(templates, name) for name in sheets)
    whole = f"{css}{_margin_texts(text, page)}{theme.rules}"
    return with_values(sided(whole, text.language), theme, families)


def book_style(text: Manuscript, theme: Theme, templates: Templates) -> str:
    """The style sheet of an EPUB; readers of ten years ago know no sides but left and right."""
    sheets = ("text.css", "epub.css", *(("bilingual-epub.css",) if text.second else ()))
    css = "".join(style_sheet(templates, name) for name in sheets) + theme.rules
    sides = _sides(text.language)
    placed = SIDE.sub(lambda found: f"{found[1]}{sides[found[2]]}", css)
    return with_values(sided(placed, text.language), theme)


def sided(css: str, language: Language) -> str:
    """The style sheet with the sides and the digits of a language put in.

    Sides are for margin boxes, which CSS names left and right only; `var(--digits)` becomes the
    name of a counter style.
    """
    sides = _sides(language)
    placed = MARGIN_BOX.sub(lambda found: f"{found[1]}{sides[found[2]]}", css)
    return placed.replace("var(--digits)", COUNTERS.get(language.digits[0], "decimal"))


def _sides(language: Language) -> dict[str, str]:
    start, end = ("left", "right") if language.direction == "ltr" else ("right", "left")
    return {"start": start, "end": end}


def _margin_texts(text: Manuscript, page: PageSize) -> str:
    """The style rules for what stands in every page's foot: the state, and page x of y.

    A phone's page is narrow: there the numbers stand alone.
    """
    label = plain_text(text.interface, "Page {page} of {pages}") if page == "a4" else "{page}"
    parts = [_counter(part) for part in re.split(r"(\{\w+\})", label) if part]
    states = " · ".join(filter(None, map(state_note, text.both)))
    return (
        f"@page {{ @bottom-start {{ content: {_css_string(states)} }}"
        f" @bottom-end {{ content: {' '.join(parts)} }} }}"
        "@page cover { @bottom-start { content: none } @bottom-end { content: none } }\n"
    )


def _counter(part: str) -> str:
    match part:
        case "{page}":
            return "counter(page, var(--digits))"
        case "{pages}":
            return "counter(pages, var(--digits))"
        case _ if part.startswith("{") and part.endswith("}"):
            raise BuildError(f"the page label has an unknown placeholder {part}")
        case _:
            return _css_string(part)


def _css_string(text: str) -> str:
    """A text as a CSS string; everything but letters, digits and spaces is escaped."""
    safe = (c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(safe)}"'
