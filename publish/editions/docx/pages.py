"""Writes the pages of a Word file: their size, heads and feet, and the settings of the file."""

from __future__ import annotations

from publish.editions.docx.names import make, write_part
from publish.editions.docx.runs import add_field, add_text
from publish.editions.docx.word import Look, Word
from publish.editions.page.edition import Manuscript, read_front_text, state_note
from publish.editions.page.xhtml import Element
from publish.model import Role

__all__ = ["add_section", "turn_page", "write_settings"]

A4 = (11906, 16838)
MARGINS = {"top": 1540, "bottom": 1800, "header": 720, "footer": 720, "gutter": 0}
TURNED = 1680
START, END = 2380, 1680
"""The margins of a page in twentieths of a point; numbers of paragraphs stand in the first."""


def add_section(body: Element, word: Word, *, turned: bool = False) -> None:
    """End a section: pages of A4, the first one without head and foot; `turned` pages are wide."""
    body.append(_make_section(word, turned=turned))


def turn_page(body: Element, at: int, word: Word) -> None:
    """Put what a text has from a place on onto a turned page of its own."""
    for place, turned in ((at, False), (len(body) + 1, True)):
        holder = make("w:p", make("w:pPr", make("w:pStyle", val="Gap")))
        holder[0].append(_make_section(word, turned=turned))
        body.insert(place, holder)


def _make_section(word: Word, *, turned: bool) -> Element:
    """Return the properties of a section; later ones have the head and foot of the first."""
    first = not word.sections
    word.sections += 1
    if first:
        word.margins["word/header1.xml"] = write_part(_make_header(word), ("w",))
        word.margins["word/footer1.xml"] = write_part(_make_footer(word), ("w",))
    sides = (END, START) if word.rtl else (START, END)
    references = [
        make(f"w:{kind}Reference", type="default",
             given={"r:id": word.story.relate(kind, f"{kind}1.xml")})
        for kind in (("header", "footer") if first else ())
    ]  # fmt: skip
    if turned:
        sides = (TURNED, TURNED)
    size = {"w": A4[1], "h": A4[0], "orient": "landscape"} if turned else {"w": A4[0], "h": A4[1]}
    return (
        make(
            "w:sectPr",
            *references,
            make("w:pgSz", **size),
            make("w:pgMar", top=MARGINS["top"], right=sides[1], bottom=MARGINS["bottom"],
                 left=sides[0], header=MARGINS["header"], footer=MARGINS["footer"],
                 gutter=MARGINS["gutter"]),
            make("w:titlePg") if first else None,
            make("w:bidi") if word.rtl else None,
        )
    )  # fmt: skip


def _make_paragraph(style: str, *, align: str = "") -> Element:
    properties = make("w:pPr", make("w:pStyle", val=style))
    if align:
        properties.append(make("w:jc", val=align))
    return make("w:p", properties)


def _look(half: Manuscript) -> Look:
    language = half.language
    return Look(language=language.tag, rtl=language.direction == "rtl")


def _make_header(word: Word) -> Element:
    """Return the head: the title, and the state of a translation."""
    root = make("w:hdr")
    for half in word.text.both:
        paragraph = _make_paragraph("Header")
        add_text(paragraph, read_front_text(half.document, Role.TITLE), _look(half), word)
        note = state_note(half)
        if note:
            look = _look(half).marked("strong")
            add_text(paragraph, " · ", look, word)
            add_text(paragraph, note, look, word)
        root.append(paragraph)
    return root


def _make_footer(word: Word) -> Element:
    """Return the foot: the number of the page."""
    paragraph = _make_paragraph("Footer", align="center")
    look = Look(language=word.text.language.tag)
    add_field(paragraph, "PAGE", "1", look, word)
    return make("w:ftr", paragraph)


def write_settings(word: Word) -> bytes:
    """Return the settings: how notes are separated, and that the file is of today's Word."""
    mode = make("w:compatSetting", name="compatibilityMode",
                uri="http://schemas.microsoft.com/office/word", val=15)  # fmt: skip
    root = make("w:settings", make("w:defaultTabStop", val=720))
    if word.shown:
        root.append(make("w:footnotePr", make("w:footnote", id=-1), make("w:footnote", id=0)))
    root.append(make("w:compat", mode))
    root.append(make("w:themeFontLang", val=word.office_tag(word.text.language.tag)))
    return write_part(root, ("w",))
