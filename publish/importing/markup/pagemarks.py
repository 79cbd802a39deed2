"""Elements within a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from publish.errors import PublishError
from publish.importing.markup.pagefigures import read_image
from publish.importing.markup.pagetree import (
    HtmlElement,
    class_words,
    has_words,
    is_hidden,
    list_parts,
    name_of,
    show_text,
)
from publish.importing.markup.reading import PageReading, note_anchor
from publish.importing.results import Loss
from publish.importing.settling import settle_text
from publish.importing.words import clean_text
from publish.importing.writable import drop_emphasis
from publish.model import (
    Break,
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Link,
    Math,
    Strong,
    Style,
    Styled,
    Text,
    map_inlines,
    plain,
    walk_inlines,
)
from publish.reading.marks.bareaddresses import unlink_addresses
from publish.reading.marks.canonical import serialise_inlines
from publish.reading.marks.formulas import check_formula
from publish.reading.marks.inline import is_blank, normalise
from publish.reading.marks.sourcetext import lift_spaces
from publish.reading.writing.sourcemarks import write_text
from publish.reading.writing.trying import PARAGRAPH

__all__ = [
    "LEFT_OUT",
    "can_show",
    "clean_tex",
    "find_formula",
    "is_left_out",
    "make_text",
    "read_marks",
]

EMPHASIS = frozenset(("em", "i", "cite", "dfn", "var"))
STRONG = frozenset(("strong", "b"))
CODE = frozenset(("code", "tt", "samp"))
STYLES: dict[str, Style] = {
    "s": "s", "del": "s", "strike": "s", "u": "u", "ins": "u", "sub": "sub", "sup": "sup",
    "kbd": "kbd",
}  # fmt: skip
LOOKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"font-weight:(?:bold|bolder|[6-9]00)"), "strong"),
    (re.compile(r"font-style:(?:italic|oblique)"), "em"),
    (re.compile(r"text-decoration(?:-line)?:[^;]*line-through"), "s"),
    (re.compile(r"text-decoration(?:-line)?:[^;]*underline"), "u"),
    (re.compile(r"vertical-align:super"), "sup"),
    (re.compile(r"vertical-align:sub(?!\w)"), "sub"),
)
"""Looks in a `style` that are marks."""

LEFT_OUT = {
    "svg": "drawing", "canvas": "drawing", "video": "video", "audio": "sound", "iframe": "frame",
    "object": "embedded file", "embed": "embedded file", "applet": "embedded file",
    "select": "form", "textarea": "form", "datalist": "form", "noscript": "text without scripts",
    "frame": "frame", "frameset": "frame", "noframes": "frame",
}  # fmt: skip
"""Elements that no document has, with what they are."""
NO_TEXT = frozenset(("script", "style", "template", "head", "meta", "link", "base", "title"))
PERMALINK = re.compile(r"\s(?:header-?link|anchor(?:-?link|js-link)?|permalink|hash-link)\s")
MATH_IMAGE = re.compile(r"\s(?:mwe-math-[\w-]+|tex|latex|math)\s")
TEX = re.compile(r"\\[(\[](.*)\\[)\]]|\$\$?(.*?)\$\$?", re.DOTALL)


def make_text(parts: Iterable[str | HtmlElement], reading: PageReading) -> Inlines:
    """Return the text of a run of texts and elements, as a source can have it."""
    tree = normalise(lift_spaces(normalise(tuple(read_marks(parts, reading)))))
    tree = settle_text(tree)
    if not tree:
        return ()
    return _writable(tree, reading)


def _writable(tree: Inlines, reading: PageReading) -> Inlines:
    """Return a tree without the marks that Markdown cannot express within words."""
    if not can_write(tree):
        shown = " ".join(plain(tree).split())[:40]
        reading.lose_text("", "emphasis", reading.place(), f"within a word: {shown}")
        return settle_text(drop_emphasis(tree))
    return tree


def _numbered(node: Inline) -> Inline:
    """Return a node as catalogs have it: addresses are numbers, pictures have no size."""
    match node:
        case Link():
            return replace(node, href="1")
        case Image(_, alt):
            return Image("1", alt)
        case _:
            return node


def can_write(tree: Inlines) -> bool:
    """Return whether Markdown and catalogs can express the marks of a text."""
    numbered = map_inlines(_numbered, unlink_addresses(tree))
    try:
        if not all(isinstance(node, Text | Break) for node in tree):
            serialise_inlines(numbered)
        # A paragraph of pictures alone is no text, but figures.
        pictures = any(isinstance(node, Image) for node in walk_inlines(tree))
        write_text(normalise((Text("x "), *tree)) if pictures else tree, PARAGRAPH)
    except PublishError:
        return False
    return True


# --------------------------------------------------------------------------- elements


def read_marks(parts: Iterable[str | HtmlElement], reading: PageReading) -> Iterator[Inline]:
    """Yield the nodes of texts and elements of one line of text."""
    for part in parts:
        if isinstance(part, str):
            if text := clean_text(part):
                yield Text(text)
        else:
            yield from _element(part, reading)


def _element(element: HtmlElement, reading: PageReading) -> Iterator[Inline]:
    """Yield the nodes of one element, without the text after it."""
    note_anchor(element, reading)
    if element in reading.marks:
        yield FootnoteMark(reading.marks[element])
        return
    if element in reading.skipped or is_left_out(element, reading):
        return
    if (formula := find_formula(element)) is not None:
        yield from _formula(formula, element, reading)
        return
    name = name_of(element)
    match name:
        case "br":
            yield Break()
        case "img":
            if image := read_image(element, reading):
                yield image
        case "a":
            yield from _link(element, reading)
        case "input":
            if (element.get("type") or "").lower() not in ("hidden", "checkbox", "radio"):
                reading.lose_text("", "form", reading.place(), "a field")
        case "q":
            yield from (Text('"'), *read_marks(list_parts(element), reading), Text('"'))
        case _ if name in CODE:
            yield from _code(element, reading)
        case _:
            yield from _marked(element, name, reading)


def is_left_out(element: HtmlElement, reading: PageReading) -> bool:
    """Return whether an element is no text, and note what is lost with it."""
    name = name_of(element)
    if not name or name in NO_TEXT:
        return True
    said = class_words(element)
    if name in LEFT_OUT:
        reading.lose(element, LEFT_OUT[name], element.get("src") or element.get("data") or "")
        return True
    if name == "del" and " lost " in said:
        reading.lose(element, element.get("data-kind") or "deleted text")
        return True
    if name == "a" and PERMALINK.search(said) and not any(map(str.isalnum, show_text(element))):
        return True
    if find_formula(element) is not None:
        return False
    if is_hidden(element):
        if has_words(element):
            reading.lose(element, "hidden text")
        return True
    return False


def _marked(element: HtmlElement, name: str, reading: PageReading) -> Iterator[Inline]:
    children: Inlines = tuple(read_marks(list_parts(element), reading))
    if moved := element.get("data-moved"):
        shown = " ".join(plain(children).split())
        reading.losses.append(Loss(kind="moved text", text=shown, place=moved, moved=True))
    style = (element.get("style") or "").replace(" ", "").lower()
    names = [mark for look, mark in LOOKS if look.search(style)] if style else []
    if name in STRONG and re.search(r"font-weight:(?:normal|[1-4]00)", style):
        name = "span"  # Documents of Google are in one <b> that is not bold.
    for mark in (name, *names):
        children = _wrap(children, mark)
    yield from children


def _wrap(children: Inlines, name: str) -> Inlines:
    if not children or is_blank(children):
        return children
    if name in EMPHASIS:
        return (Emphasis(children),)
    if name in STRONG:
        return (Strong(children),)
    if name in STYLES:
        return (Styled(children, STYLES[name]),)
    return children


def _code(element: HtmlElement, reading: PageReading) -> Iterator[Inline]:
    """Yield code; what it has of links and notes stands beside it."""
    inner: Inlines = tuple(read_marks(list_parts(element), reading))
    links = [node for node in walk_inlines(inner) if isinstance(node, Link)]
    text = " ".join(plain(inner).split())
    if not text:
        yield from (node for node in inner if isinstance(node, Image))
        return
    code: Inline = Code(text)
    if len(links) == 1 and plain(links[0].children).strip() == text:
        code = replace(links[0], children=(code,))
    yield code
    yield from (node for node in walk_inlines(inner) if isinstance(node, FootnoteMark))


def _link(element: HtmlElement, reading: PageReading) -> Iterator[Inline]:
    children: Inlines = tuple(read_marks(list_parts(element), reading))
    given = element.get("href")
    if given is None or not given.strip():
        yield from children
        return
    href = reading.resolve(given)
    pictures = any(isinstance(node, Image) for node in walk_inlines(children))
    if is_blank(normalise(children)) and not pictures:
        yield from children
        return
    if not href:
        if not given.strip().lower().startswith("javascript:") and given.strip() != "#":
            shown = " ".join(plain(children).split())
            reading.lose_text("", "link", reading.place(), f"“{shown[:60]}” to {given.strip()}")
        yield from children
        return
    # Links within links are none.
    yield Link(tuple(_unlinked(children)), href)


def _unlinked(nodes: Inlines) -> Iterator[Inline]:
    for node in nodes:
        if isinstance(node, Link):
            yield from _unlinked(node.children)
        elif isinstance(node, Emphasis | Strong | Styled):
            yield replace(node, children=tuple(_unlinked(node.children)))
        else:
            yield node


# --------------------------------------------------------------------------- formulas


def find_formula(element: HtmlElement) -> str | None:
    """Return the TeX of a formula; None for what is no formula."""
    name = name_of(element)
    said = class_words(element)
    if name == "img" and MATH_IMAGE.search(said):
        return element.get("alt") or ""
    if name == "script":
        kind = (element.get("type") or "").lower()
        return element.text or "" if kind.startswith("math/tex") else None
    if name == "math" or " katex " in said or " mwe-math-element " in said:
        for one in element.iter():
            if name_of(one) == "annotation" and "tex" in (one.get("encoding") or "").lower():
                return one.text or ""
        shown = next((one for one in element.iter() if one.get("alttext")), None)
        if shown is not None:
            return shown.get("alttext")
        return "" if name == "math" else None
    if re.search(r"\smath\s", said) and name in ("span", "div") and not len(element):
        written = element.text or ""
        found = TEX.fullmatch(written.strip())
        return (found[1] or found[2] or "") if found else written
    return None


def clean_tex(tex: str) -> str:
    """Return TeX in one line and without what only its program needs."""
    tex = re.sub(r"^\{\\displaystyle\s(.*)\}$", r"\1", " ".join(tex.split()))
    return tex.strip()


def can_show(tex: str) -> bool:
    """Return whether an edition can show a formula."""
    try:
        check_formula(tex, None)
    except PublishError:
        return False
    return bool(tex)


def _formula(tex: str, element: HtmlElement, reading: PageReading) -> Iterator[Inline]:
    tex = clean_tex(tex)
    if can_show(tex):
        yield Math(tex)
        return
    shown = tex or " ".join("".join(map(str, element.itertext())).split())
    reading.lose_text("", "formula", reading.place(), f"kept as code: {shown[:60]}")
    if shown:
        yield Code(shown)
