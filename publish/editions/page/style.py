"""Puts together the style sheet of an edition: package, workspace, theme and margins."""

from __future__ import annotations

import re
from dataclasses import replace

from publish.editions.fontfiles import is_wide, read_extent
from publish.editions.fonts import find_font_faces, find_missing_letters
from publish.editions.page.covers import fit_cover, fit_title
from publish.editions.page.edition import Manuscript, state_note
from publish.editions.page.interface import plain_text
from publish.editions.page.large import enlarge_style
from publish.editions.page.materials import Layout, Materials
from publish.editions.page.templates import Templates, read_style_sheet
from publish.editions.page.theme import (
    Theme,
    fill_own_values,
    fill_theme_values,
    find_theme_faces,
    sort_families,
)
from publish.errors import BuildError
from publish.languages.cldr import find_language_name
from publish.languages.language import Language
from publish.model import PageSize

__all__ = [
    "fill_sides",
    "find_first_families",
    "make_book_style",
    "make_page_style",
    "make_web_style",
]

MARGIN_BOX = re.compile(r"(@(?:top|bottom)-)(start|end)\b")
SIDE = re.compile(
    r"(\b(?:margin|padding|border)-(?=inline-)|\btext-align:\s*)(?:inline-)?(start|end)\b"
)

PAGE_SIDE = re.compile(r"(?<=@page ):(recto|verso)\b")
PAGE_SIDES = {"recto": "end", "verso": "start"}
"""The sides of the pages that one turns to and of those behind them."""

COUNTERS = {
    "\u0660": "arabic-indic",
    "\u06f0": "persian",
    "\u0966": "devanagari",
    "\u09e6": "bengali",
    "\u0f20": "tibetan",
    "\u1040": "myanmar",
}
"""The counter style of each digit zero (CSS Counter Styles 3 §6.1)."""

TALL = 2.2
"""The height that lines of a font want to have, in em, if the usual lines are too near."""

SHEETS: dict[PageSize, tuple[str, ...]] = {
    "a4": ("text.css", "pdf.css"),
    "phone": ("text.css", "pdf.css", "phone.css"),
    "large": ("text.css", "pdf.css", "large.css"),
    "booklet": ("text.css", "pdf.css", "booklet.css"),
    "print": ("text.css", "pdf.css", "print.css"),
}
"""The style sheets of a PDF for each page size."""


def make_page_style(text: Manuscript, theme: Theme, materials: Materials) -> tuple[str, int]:
    """Return the style sheet of a PDF without its `@font-face` rules.

    Also returns how many characters of it are there before what differs by language.
    """
    layout, page = materials.page_layout, materials.page
    sheets = SHEETS[page] + (("bilingual.css",) if text.second else ())
    sheets += ("run-on.css",) if layout.run_on else ()
    sheets += ("brief.css",) if layout.form == "brief" else ()
    sheets += ("two-sided.css",) if layout.two_sided else ()
    sheets += ("recto.css",) if layout.two_sided and layout.form == "book" else ()
    sheets += ("tall.css",) if _is_tall(text.language, theme, materials) else ()
    read = {name: read_style_sheet(materials.templates, name) for name in sheets}
    if page == "large":
        read = {name: enlarge_style(css, name) for name, css in read.items()}
    css = "".join(read.values())
    fitted = fit_title(text) if layout.form == "brief" else fit_cover(text, page)
    first = find_first_families(text.language, materials)

    def fill(part: str) -> str:
        return fill_theme_values(fill_sides(part, text.language), theme, materials.families, first)

    own = f"{fitted}{_margin_texts(text, page, layout)}{theme.rules}"
    whole, end = fill(f"{css}{own}"), fill(own)
    return whole, len(whole) - len(end) if whole.endswith(end) else 0


def find_first_families(language: Language, materials: Materials) -> tuple[str, ...]:
    """Return the families of wide letters for a language that is written in them.

    Their signs, such as quotation marks, fill a square; those of Latin typefaces do not.
    """
    if not language.is_wide:
        return ()
    faces = find_font_faces(materials.families, materials.own_fonts)
    return tuple(dict.fromkeys(face.family for face in faces if is_wide(face)))


def _is_tall(language: Language, theme: Theme, materials: Materials) -> bool:
    """Return whether the letters of a language come from a font of very high lines."""
    letters = find_language_name(language.tag, language)
    if not materials.families or not find_missing_letters(letters, find_theme_faces(theme)):
        return False
    families = sort_families(materials.families, "text-face")
    for face in find_font_faces(families, materials.own_fonts):
        if not find_missing_letters(letters, [face]):
            return read_extent(face.path, face.number) > TALL
    return False


def make_book_style(text: Manuscript, theme: Theme, templates: Templates) -> str:
    """Return the style sheet of an EPUB.

    Readers of ten years ago know the sides left and right only, so `start` and `end` are replaced.
    """
    sheets = ("text.css", "epub.css", *(("bilingual-epub.css",) if text.second else ()))
    css = "".join(read_style_sheet(templates, name) for name in sheets) + theme.rules
    sides = _sides(text.language)
    placed = SIDE.sub(lambda found: f"{found[1]}{sides[found[2]]}", css)
    return fill_theme_values(fill_sides(placed, text.language), theme)


def make_web_style(text: Manuscript, theme: Theme, templates: Templates) -> str:
    """Return the style sheet of a page of HTML, which has the faces of the reader's machine.

    Printed by a browser that knows margin boxes, every sheet says its state and number.
    """
    sheets = ("text.css", "html.css", *(("bilingual-epub.css",) if text.second else ()))
    css = "".join(read_style_sheet(templates, name) for name in sheets)
    if text.further:
        css = css.replace("var(--digits)", "var(--counter)")
        css += "".join(map(_language_rules, text.both))
    else:
        css += f"{_web_foot(text)}\n"
    return fill_own_values(fill_sides(f"{css}{theme.rules}", text.language), theme)


def _web_foot(text: Manuscript) -> str:
    return _margin_texts(text, "a4", Layout()).partition("@page cover")[0]


def _language_rules(text: Manuscript) -> str:
    """Return what only one language of a page with all has: its digits, and feet when printed."""
    tag = text.language.tag
    alone = replace(text, second=None, further=())
    foot = fill_sides(_web_foot(alone), text.language).replace("@page", f"@page {tag}", 1)
    digits = COUNTERS.get(text.language.digits[0], "decimal")
    return f'.language[lang="{tag}"] {{ page: {tag}; --counter: {digits}; }}\n{foot}\n'


def fill_sides(css: str, language: Language) -> str:
    """Return a style sheet with the sides and digits of a language filled in.

    Only margin boxes get sides, since CSS names them left and right only.  `var(--digits)` becomes
    the name of a counter style.
    """
    if language.direction == "rtl":  # The dots of a title that is cut stand at its end.
        css = css.replace("content: string(", 'content: "\\2067" string(')
    sides = _sides(language)
    placed = MARGIN_BOX.sub(lambda found: f"{found[1]}{sides[found[2]]}", css)
    placed = PAGE_SIDE.sub(lambda found: f":{sides[PAGE_SIDES[found[1]]]}", placed)
    return placed.replace("var(--digits)", COUNTERS.get(language.digits[0], "decimal"))


def _sides(language: Language) -> dict[str, str]:
    start, end = ("left", "right") if language.direction == "ltr" else ("right", "left")
    return {"start": start, "end": end}


def _margin_texts(text: Manuscript, page: PageSize, layout: Layout) -> str:
    """Return the rules for the foot of every page: the state, and page x of y.

    On the narrow page for phones, only the page number is shown.  Left pages of a two-sided PDF
    have both the other way round.
    """
    label = plain_text(text.interface, "Page {page} of {pages}") if page != "phone" else "{page}"
    parts = [_counter(part) for part in re.split(r"(\{\w+\})", label) if part]
    states = " · ".join(filter(None, map(state_note, text.both)))
    state, number = _css_string(states), " ".join(parts)
    left = f"@page :left {{ {_foot(number, state)} }}" if layout.two_sided else ""
    return (
        f"@page {{ {_foot(state, number)} }}{left}"
        f"@page cover {{ {_foot('none', 'none')} }}@page :blank {{ {_foot('none', 'none')} }}\n"
    )


def _foot(start: str, end: str) -> str:
    return f"@bottom-start {{ content: {start} }} @bottom-end {{ content: {end} }}"


def _counter(part: str) -> str:
    match part:
        case "{page}":
            return "counter(page, var(--digits))"
        case "{pages}":
            return "counter(pages, var(--digits))"
        case _ if part.startswith("{") and part.endswith("}"):
            raise BuildError(
                f"“Page {{page}} of {{pages}}” is translated with an unknown placeholder {part}",
                hint="correct it in publish.po, the catalog of the interface",
            )
        case _:
            return _css_string(part)


def _css_string(text: str) -> str:
    """Return a text as a CSS string; all but letters, digits and spaces is escaped."""
    safe = (c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(safe)}"'
