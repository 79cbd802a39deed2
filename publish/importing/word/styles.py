"""The styles of a Word file: what a paragraph is called, and how its text looks.

Built-in styles have English names in every language of Word (`heading 1`); only their ids are
translated.  A style made by the author is known by the style that it is based on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from publish.importing.word.names import Xml, find_value, is_on, read_number, w

__all__ = ["Look", "ParagraphStyle", "Styles", "change_look", "read_styles"]

LONGEST_CHAIN = 30
BASE_SIZE = 20
"""Half points: text has 10 points if nothing says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How text looks; `size` in half points, `names` are those of its character styles.

    Text that runs `leftward` takes what is for complex scripts (ISO/IEC 29500-1 §17.3.2.26).
    """

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    capitals: bool = False
    hidden: bool = False
    vertical: str = ""
    font: str = ""
    size: int = BASE_SIZE
    language: str = ""
    leftward: bool = False
    complex_bold: bool = False
    complex_italic: bool = False
    complex_language: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """A paragraph style with all that it takes from others; `names` in small letters, own first."""

    id: str = ""
    names: tuple[str, ...] = ()
    look: Look = field(default_factory=Look)
    outline: int | None = None
    numbering: str = ""
    level: int = 0
    left: int = 0
    right: int = 0
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file, by id; what was asked for once is kept."""

    elements: dict[str, Xml] = field(default_factory=dict)
    base: Look = field(default_factory=Look)
    default: str = ""
    paragraphs: dict[str, ParagraphStyle] = field(default_factory=dict)
    characters: dict[tuple[str, Look], Look] = field(default_factory=dict)

    def paragraph(self, name: str | None) -> ParagraphStyle:
        """Return a paragraph style; the default one for no name or an unknown one."""
        key = name if name and name in self.elements else self.default
        if key not in self.paragraphs:
            self.paragraphs[key] = self._make_paragraph(key)
        return self.paragraphs[key]

    def character(self, name: str, base: Look) -> Look:
        """Return a look changed by a character style."""
        key = (name, base)
        if key not in self.characters:
            look = base
            for style in reversed(list(self._chain(name))):
                look = change_look(look, style.find(w("rPr")), self)
                called = (find_value(style, "name") or "").lower()
                look = replace(look, names=(called, *look.names))
            self.characters[key] = look
        return self.characters[key]

    def _chain(self, name: str) -> Iterator[Xml]:
        """Yield a style and those that it is based on, within a limit, since they may go round."""
        for _ in range(LONGEST_CHAIN):
            style = self.elements.get(name)
            if style is None:
                return
            yield style
            name = find_value(style, "basedOn") or ""

    def _make_paragraph(self, name: str) -> ParagraphStyle:
        made = ParagraphStyle(id=name, look=self.base)
        for style in reversed(list(self._chain(name))):
            called = (find_value(style, "name") or "").lower()
            look = change_look(made.look, style.find(w("rPr")), self)
            made = replace(made, names=(called, *made.names), look=look)
            properties = style.find(w("pPr"))
            if properties is not None:
                made = _change_paragraph(made, properties)
        return made


def _change_paragraph(made: ParagraphStyle, properties: Xml) -> ParagraphStyle:
    outline = find_value(properties, "outlineLvl")
    numbering = properties.find(w("numPr"))
    indent = properties.find(w("ind"))
    if outline is not None:
        made = replace(made, outline=read_number(outline, 9))
    if numbering is not None:
        number = find_value(numbering, "numId")
        level = find_value(numbering, "ilvl")
        made = replace(
            made,
            numbering=made.numbering if number is None else number,
            level=made.level if level is None else read_number(level),
        )
    if indent is not None:
        made = replace(
            made,
            left=read_number(indent.get(w("left")) or indent.get(w("start")), made.left),
            right=read_number(indent.get(w("right")) or indent.get(w("end")), made.right),
        )
    aligned = find_value(properties, "jc")
    return replace(made, centered=aligned == "center") if aligned else made


def change_look(look: Look, properties: Xml | None, styles: Styles | None = None) -> Look:
    """Return a look changed by the properties of a run; `styles` resolves its character style."""
    if properties is None:
        return look
    name = find_value(properties, "rStyle")
    if name and styles is not None:
        look = styles.character(name, look)
    changes: dict[str, object] = {}
    for one in properties:
        rule = _RULES.get(str(one.tag))
        if rule is not None:
            changes.update(rule(one))
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def _flag(name: str, element: Xml) -> dict[str, object]:
    return {name: is_on(element)}


def _size(element: Xml) -> dict[str, object]:
    size = read_number(element.get(w("val")))
    return {"size": size} if size > 0 else {}


def _font(element: Xml) -> dict[str, object]:
    font = element.get(w("ascii")) or element.get(w("hAnsi"))
    return {"font": font.lower()} if font else {}


def _vertical(element: Xml) -> dict[str, object]:
    kind = element.get(w("val")) or ""
    return {"vertical": {"superscript": "sup", "subscript": "sub"}.get(kind, "")}


def _language(element: Xml) -> dict[str, object]:
    given = {"language": element.get(w("val")), "complex_language": element.get(w("bidi"))}
    return {name: tag for name, tag in given.items() if tag}


_RULES: dict[str, Callable[[Xml], dict[str, object]]] = {
    w("b"): partial(_flag, "bold"),
    w("i"): partial(_flag, "italic"),
    w("u"): partial(_flag, "underlined"),
    w("bCs"): partial(_flag, "complex_bold"),
    w("iCs"): partial(_flag, "complex_italic"),
    w("rtl"): partial(_flag, "leftward"),
    w("strike"): partial(_flag, "struck"),
    w("dstrike"): partial(_flag, "struck"),
    w("caps"): partial(_flag, "capitals"),
    w("vanish"): partial(_flag, "hidden"),
    w("vertAlign"): _vertical,
    w("rFonts"): _font,
    w("sz"): _size,
    w("lang"): _language,
}


def read_styles(root: Xml | None) -> Styles:
    """Return the styles of a part; none for a file without them."""
    if root is None:
        return Styles()
    properties = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
    elements: dict[str, Xml] = {}
    usual = ""
    for style in root.iterfind(w("style")):
        name = style.get(w("styleId")) or ""
        elements.setdefault(name, style)
        default = (style.get(w("default")) or "0").lower() in ("1", "true", "on")
        if default and style.get(w("type")) == "paragraph":
            usual = name
    return Styles(elements, change_look(Look(), properties), usual)
