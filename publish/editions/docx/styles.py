"""The styles of a Word file: their names are Word's own where it has such a style.

A name that begins with `Edition` is that of what only an edition has, such as its imprint; no text
in such a style is imported.  Sizes are in half points, distances in twentieths of a point.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.editions.docx.names import make, write_part
from publish.editions.docx.runs import UPRIGHT
from publish.editions.docx.word import Word
from publish.editions.page.edition import read_front_text
from publish.editions.page.theme import Theme
from publish.editions.page.xhtml import Element
from publish.model import Role

__all__ = ["write_styles"]

TEXT, HEADING, CODE = "Times New Roman", "Arial", "Courier New"
"""Faces that office programs have, or replace by ones of the same widths; they have the letters of
Latin, Cyrillic, Greek, Hebrew and Arabic."""

GREY = "595959"
FACES = {
    "zh": ("SimSun", "Microsoft YaHei"), "ja": ("Yu Mincho", "Yu Gothic"),
    "ko": ("Batang", "Malgun Gothic"), "hi": ("Nirmala UI",) * 2, "mr": ("Nirmala UI",) * 2,
    "ne": ("Nirmala UI",) * 2, "bn": ("Nirmala UI",) * 2, "ta": ("Nirmala UI",) * 2,
    "te": ("Nirmala UI",) * 2, "th": ("Angsana New",) * 2, "hy": ("Sylfaen",) * 2,
    "ka": ("Sylfaen",) * 2, "am": ("Nyala",) * 2, "km": ("Leelawadee UI",) * 2,
}  # fmt: skip
"""Faces of text and headings that Windows has for scripts that the usual ones lack."""
TITLES = ((34, 70, 18), (26, 130, 24), (20, 260, 30))
"""Sizes of the title, with the most letters that it and its longest word have."""
WIDE = ("zh", "ja", "ko")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """A paragraph style; `room` is the space before and after it."""

    id: str
    name: str
    base: str = "Normal"
    next: str = ""
    face: str = ""
    size: float = 0
    bold: bool = False
    italic: bool = False
    color: str = ""
    room: tuple[int, int] | None = None
    left: int = 0
    right: int = 0
    outline: int | None = None
    align: str = ""
    keep: bool = False
    tabs: tuple[int, ...] = ()
    bar: str = ""
    spacing: int = 0


def _list_styles(accent: str, title: float) -> Iterable[_Style]:
    """Yield the paragraph styles, those that others are based on first."""
    yield _Style(id="BodyText", name="Body Text", room=(0, 120))
    sizes = (22, 14, 11.5, 11, 11, 11)
    for rank, size in enumerate(sizes, 1):
        yield _Style(
            id=f"Heading{rank}", name=f"heading {rank}", next="BodyText", face=HEADING, size=size,
            bold=True, italic=rank > 3, color=accent if rank == 2 else "", keep=True,
            room=(480, 240) if rank == 1 else (300, 100), outline=rank - 1,
        )  # fmt: skip
    yield _Style(id="Title", name="Title", next="Subtitle", face=HEADING, size=title, bold=True,
                 room=(300, 240), align="left")  # fmt: skip
    yield _Style(id="Subtitle", name="Subtitle", next="BodyText", face=HEADING, size=16,
                 room=(0, 480), color=GREY)  # fmt: skip
    yield _Style(id="Author", name="Author", face=HEADING, size=11, room=(600, 300))
    yield _Style(id="Date", name="Date", face=HEADING, size=11, room=(0, 60))
    for base, name in (("ListBullet", "List Bullet"), ("ListNumber", "List Number")):
        for depth in range(1, 6):
            more = "" if depth == 1 else str(depth)
            yield _Style(id=f"{base}{more}", name=f"{name} {more}".strip(), room=(0, 60))
    yield _Style(id="ListContinue", name="List Continue", room=(0, 60))
    yield _Style(id="Quote", name="Quote", room=(0, 120), left=340, right=340, bar=accent)
    yield _Style(id="DefinitionTerm", name="Definition Term", next="Definition", face=HEADING,
                 size=10, bold=True, keep=True, room=(120, 0))  # fmt: skip
    yield _Style(id="Definition", name="Definition", left=360, room=(0, 120))
    yield _Style(id="SourceCode", name="Source Code", face=CODE, size=8, room=(120, 240),
                 align="left")  # fmt: skip
    yield _Style(id="Caption", name="caption", face=HEADING, size=9.5, room=(60, 240), align="left")
    yield _Style(id="TableCaption", name="Table Caption", base="Caption", room=(240, 60), keep=True)
    yield _Style(id="TableNote", name="Table Caption Below", base="Caption")
    yield _Style(id="Figure", name="Figure", room=(120, 60), align="center")
    yield _Style(id="Formula", name="Formula", room=(120, 120), align="center")
    yield _Style(id="Rule", name="Rule", room=(0, 240))
    yield _Style(id="TableText", name="Table Text", face=HEADING, size=9, align="left")
    yield _Style(id="TableTextSmall", name="Table Text Small", base="TableText", size=7)
    yield _Style(id="Gap", name="Edition Gap", size=4, spacing=120)
    yield _Style(id="BoxTitle", name="Box Title", next="BodyText", face=HEADING, size=10,
                 bold=True, keep=True, room=(0, 60))  # fmt: skip
    yield _Style(id="EditionBoxTitle", name="Edition Box Title", base="BoxTitle")
    yield _Style(id="FootnoteText", name="footnote text", size=9)
    yield _Style(id="TOCHeading", name="TOC Heading", face=HEADING, size=22, bold=True,
                 room=(480, 360), keep=True)  # fmt: skip
    for depth in range(1, 10):
        yield _Style(
            id=f"TOC{depth}", name=f"toc {depth}", face=HEADING, size=10, bold=depth == 1,
            left=240 * (depth - 1), room=(120 if depth == 1 else 0, 40), tabs=(7840,),
        )  # fmt: skip
    yield _Style(id="TableofFigures", name="table of figures", face=HEADING, size=10,
                 room=(0, 40), tabs=(7840,))  # fmt: skip
    yield _Style(id="Header", name="header", face=HEADING, size=8.5, color="444444")
    yield _Style(id="Footer", name="footer", face=HEADING, size=8.5, color="444444")
    yield _Style(id="EditionCover", name="Edition Cover", face=HEADING, size=11, room=(0, 60))
    yield _Style(id="EditionState", name="Edition State", face=HEADING, size=11, bold=True,
                 color=accent, room=(240, 60), bar=accent)  # fmt: skip
    yield _Style(id="EditionHeading", name="Edition Heading", face=HEADING, size=16, bold=True,
                 room=(480, 240), keep=True)  # fmt: skip
    yield _Style(id="EditionImprint", name="Edition Imprint", face=HEADING, size=9.5, room=(0, 100))
    yield _Style(id="EditionNotice", name="Edition Notice", base="EditionImprint", bold=True)


def write_styles(word: Word, theme: Theme) -> bytes:
    """Return the part with the styles."""
    accent = "{:02X}{:02X}{:02X}".format(*theme.accent)
    root = make("w:styles", _make_defaults(word))
    normal = make("w:style", make("w:name", val="Normal"), make("w:qFormat"), type="paragraph",
                  default=1, styleId="Normal")  # fmt: skip
    if word.rtl:
        normal.append(make("w:pPr", make("w:bidi")))
        normal.append(make("w:rPr"))
    root.append(normal)
    root.append(make("w:style", make("w:name", val="Default Paragraph Font"),
                     make("w:uiPriority", val=1), make("w:semiHidden"), type="character",
                     default=1, styleId="DefaultParagraphFont"))  # fmt: skip
    root.append(_make_plain_table())
    root.extend([_make_style(one, word) for one in _list_styles(accent, _fit_title(word))])
    upright = word.text.language.tag.partition("-")[0] in UPRIGHT
    root.extend(_make_characters(accent, upright=upright))
    root.extend(_make_tables(accent))
    return write_part(root, ("w",))


def _fit_title(word: Word) -> float:
    """Return the size of the title: smaller for a long one, and for two side by side."""
    titles = [read_front_text(half.document, Role.TITLE) for half in word.text.both]
    letters = max(len(title) for title in titles) * len(titles)
    longest = max(len(one) for title in titles for one in (title.split() or [""])) * len(titles)
    fitting = (size for size, most, wide in TITLES if letters <= most and longest <= wide)
    return next(fitting, 14)


def _make_fonts(face: str, word: Word) -> Element:
    """Return the faces of a style, with those of the scripts that they lack."""
    faces = [FACES[base] for half in word.text.both
             if (base := half.language.tag.partition("-")[0]) in FACES]  # fmt: skip
    wide = [FACES[half.language.tag.partition("-")[0]] for half in word.text.both
            if half.language.tag.partition("-")[0] in WIDE]  # fmt: skip
    at = int(face == HEADING)
    own = faces[0][at] if faces and not wide and face != CODE else face
    return make(
        "w:rFonts", ascii=own, hAnsi=own, eastAsia=wide[0][at] if wide else own, cs=own
    )  # fmt: skip


def _make_defaults(word: Word) -> Element:
    tag = word.text.language.tag
    office = word.office_tag(tag)
    wide = next((half.language.tag for half in word.text.both
                 if half.language.tag.partition("-")[0] in WIDE), "")  # fmt: skip
    language = make(
        "w:lang", val=office, eastAsia=word.office_tag(wide) if wide else "zh-CN",
        bidi=office if word.rtl or tag.partition("-")[0] in FACES else "ar-SA",
    )  # fmt: skip
    run = make("w:rPr", _make_fonts(TEXT, word), make("w:sz", val=22), make("w:szCs", val=22),
               language)  # fmt: skip
    spacing = make("w:spacing", after=0, line=288, lineRule="auto")
    paragraph = make("w:pPr", spacing)
    return make("w:docDefaults", make("w:rPrDefault", run), make("w:pPrDefault", paragraph))


def _make_style(style: _Style, word: Word) -> Element:
    made = make("w:style", make("w:name", val=style.name), make("w:basedOn", val=style.base),
                type="paragraph", styleId=style.id)  # fmt: skip
    own = style.name.startswith(("Edition", "Table Text", "Box", "Rule", "Definition", "Author"))
    if own:
        made.set(made.tag.replace("}style", "}customStyle"), "1")
    if style.next:
        made.append(make("w:next", val=style.next))
    made.append(make("w:qFormat"))
    paragraph = _make_paragraph(style)
    if len(paragraph):
        made.append(paragraph)
    run = make("w:rPr")
    if style.face:
        run.append(_make_fonts(style.face, word))
    if style.bold:
        run.extend((make("w:b"), make("w:bCs")))
    if style.italic and not word.rtl:
        run.extend((make("w:i"), make("w:iCs")))
    if style.color:
        run.append(make("w:color", val=style.color))
    if style.size:
        half = round(style.size * 2)
        run.extend((make("w:sz", val=half), make("w:szCs", val=half)))
    if len(run):
        made.append(run)
    return made


def _make_paragraph(style: _Style) -> Element:
    """Return the properties of a paragraph style, in the order of the schema."""
    made = make("w:pPr")
    if style.keep:
        made.append(make("w:keepNext"))
    if style.bar:
        made.append(make("w:pBdr", make("w:left", val="single", sz=12, space=10, color=style.bar)))
    if style.tabs:
        tabs = (make("w:tab", val="right", leader="dot", pos=at) for at in style.tabs)
        made.append(make("w:tabs", *tabs))
    if style.spacing:
        made.append(make("w:spacing", before=0, after=0, line=style.spacing, lineRule="exact"))
    elif style.room is not None:
        made.append(make("w:spacing", before=style.room[0], after=style.room[1]))
    if style.left or style.right:
        made.append(make("w:ind", left=style.left, right=style.right))
    if style.align:
        made.append(make("w:jc", val=style.align))
    if style.outline is not None:
        made.append(make("w:outlineLvl", val=style.outline))
    return made


def _make_characters(accent: str, *, upright: bool) -> Iterable[Element]:
    def character(identifier: str, name: str, *properties: Element) -> Element:
        made = make("w:style", make("w:name", val=name), type="character", styleId=identifier)
        if name.startswith(("Edition", "Untranslated", "Fuzzy", "Keyboard")):
            made.set(made.tag.replace("}style", "}customStyle"), "1")
        made.append(make("w:basedOn", val="DefaultParagraphFont"))
        made.append(make("w:rPr", *properties))
        return made

    def font(face: str) -> Element:
        return make("w:rFonts", ascii=face, hAnsi=face, cs=face)

    def size(points: float) -> tuple[Element, Element]:
        return make("w:sz", val=round(points * 2)), make("w:szCs", val=round(points * 2))

    grey = make("w:color", val=GREY)
    yield character("FootnoteReference", "footnote reference",
                    make("w:vertAlign", val="superscript"))  # fmt: skip
    yield character("Hyperlink", "Hyperlink", make("w:color", val=accent),
                    make("w:u", val="single"))  # fmt: skip
    yield character("InlineCode", "Verbatim Char", font(CODE))
    yield character("Key", "HTML Keyboard", font(HEADING), *size(10),
                    make("w:bdr", val="single", sz=4, space=0, color="auto"))  # fmt: skip
    yield character("Untranslated", "Untranslated", make("w:u", val="dotted"))
    yield character("Fuzzy", "Fuzzy", make("w:u", val="wave"))
    yield character("EditionNumber", "Edition Number", font(HEADING), grey, *size(8))
    yield character("EditionMark", "Edition Mark", font(HEADING), make("w:color", val=accent),
                    *size(7.5))  # fmt: skip
    yield character("EditionLabel", "Edition Label", make("w:b"), make("w:bCs"))
    yield character("EditionName", "Edition Name")
    yield character("EditionCount", "Edition Count")
    shape = ("w:b", "w:bCs") if upright else ("w:i", "w:iCs")
    yield character("Emphasis", "Emphasis", *map(make, shape))


# --------------------------------------------------------------------------- tables


def _make_plain_table() -> Element:
    margins = make(
        "w:tblCellMar", make("w:top", w=0, type="dxa"), make("w:left", w=108, type="dxa"),
        make("w:bottom", w=0, type="dxa"), make("w:right", w=108, type="dxa"),
    )  # fmt: skip
    properties = make("w:tblPr", make("w:tblInd", w=0, type="dxa"), margins)
    return make("w:style", make("w:name", val="Normal Table"), make("w:uiPriority", val=99),
                make("w:semiHidden"), make("w:unhideWhenUsed"), properties, type="table",
                default=1, styleId="TableNormal")  # fmt: skip


def _make_tables(accent: str) -> Iterable[Element]:
    """Yield the styles of tables: those of the text, boxes, and two languages side by side."""

    def line(side: str, size: int, color: str) -> Element:
        return make(f"w:{side}", val="single", sz=size, space=0, color=color)

    def table(identifier: str, name: str, properties: Element, *parts: Element) -> Element:
        based = make("w:basedOn", val="TableNormal")
        return make("w:style", make("w:name", val=name), based, properties, *parts,
                    type="table", customStyle=1, styleId=identifier)  # fmt: skip

    def bold(part: str, *cell: Element) -> Element:
        made = make("w:tblStylePr", make("w:rPr", make("w:b"), make("w:bCs")), type=part)
        if cell:
            made.append(make("w:tcPr", *cell))
        return made

    def margins(top: int, side: int) -> Element:
        return make(
            "w:tblCellMar", make("w:top", w=top, type="dxa"), make("w:left", w=side, type="dxa"),
            make("w:bottom", w=top, type="dxa"), make("w:right", w=side, type="dxa"),
        )  # fmt: skip

    borders = make("w:tblBorders", line("top", 8, accent), line("bottom", 8, accent),
                   line("insideH", 2, "999999"))  # fmt: skip
    under = make("w:tcBorders", line("bottom", 6, "000000"))
    yield table("EditionTable", "Document Table", make("w:tblPr", borders, margins(60, 100)),
                bold("firstRow", under), bold("firstCol"))  # fmt: skip
    side = make("w:tblBorders", line("left", 24, accent))
    grey = make("w:tcPr", make("w:shd", val="clear", color="auto", fill="F3F3F3"))
    yield table("EditionBox", "Document Box", make("w:tblPr", side, margins(120, 240)), grey)
    yield table("EditionPair", "Document Pair", make("w:tblPr", margins(0, 140)))
