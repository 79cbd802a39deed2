"""A page of HTML as a tree, within limits, and questions about its elements."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from publish.containers.refusing import make_file_error
from publish.containers.xmltrees import parse_page
from publish.importing.words import clean_text

__all__ = [
    "BLOCKS",
    "SILENT",
    "HtmlElement",
    "class_words",
    "find_children",
    "has_words",
    "is_blocky",
    "is_hidden",
    "list_parts",
    "name_of",
    "parse_html_page",
    "show_text",
    "texts_of",
    "walk_events",
]

HtmlElement = etree._Element

MOST_BYTES = 64 * 2**20
MOST_ELEMENTS = 1_000_000
HIDING = re.compile(r"display:none|visibility:hidden")
DEEPEST = 120
"""More elements around each other than any page has that people write."""
MOST_NESTED, MOST_MARKED = 12, 20
"""Lists and quotations within each other, and marks, that editions can have."""
NESTED = frozenset(("ul", "ol", "dl", "blockquote", "details", "aside", "table"))
MARKED = frozenset(("b", "i", "em", "strong", "u", "s", "a", "sub", "sup", "span", "font"))
CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
        "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul", "optgroup", "option", "select", "textarea",
    )
)  # fmt: skip
"""Elements that begin on a line of their own."""

SILENT = frozenset(("script", "style", "template", "head", "meta", "link", "base", "param", "math"))
"""Elements whose text is no text of the page."""


def parse_html_page(data: bytes | str, file: str) -> HtmlElement:
    """Return the root of a page.

    Raises PublishError (code `kit-file`) for a page that is larger than the limits.
    """
    if len(data) > MOST_BYTES:
        raise make_file_error(f"the page is larger than {MOST_BYTES // 2**20} MiB", file)
    text = data if isinstance(data, str) else _decode(data)
    root = parse_page(clean_text(text))
    if root is None:
        raise make_file_error("the page has no text", file, "choose another file")
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise make_file_error(f"the page has more than {MOST_ELEMENTS} elements", file)
    _level_depths(root)
    return root


def _level_depths(root: HtmlElement) -> None:
    """Make elements that are nested too deeply part of those around them; their words stay."""
    depth = boxes = marks = 0
    deep: list[HtmlElement] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, one in walk:
        step = 1 if event == "start" else -1
        depth += step
        boxes += step * (one.tag in NESTED)
        marks += step * (one.tag in MARKED)
        if event == "start" and depth > DEEPEST:
            deep.append(one)
            walk.skip_subtree()
        elif event == "end" and boxes >= MOST_NESTED and one.tag in NESTED:
            one.set("data-level", "div")
        elif event == "end" and marks >= MOST_MARKED and one.tag in MARKED:
            one.set("data-level", "span")
    for one in root.iter():
        if name := one.get("data-level"):
            one.tag = name
    for one in deep:
        text = "\n".join(texts_of(one))
        for child in list(one):
            one.remove(child)
        one.text = text


def _decode(data: bytes) -> str:
    """Return the text of a page in the encoding that it says, or else in UTF-8 or Windows-1252."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    said = CHARSET.search(data[:8192])
    names = [said[1].decode("ascii")] if said else []
    for name in (*names, "utf-8", "cp1252"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8" if not names else "cp1252", "replace")


# --------------------------------------------------------------------------- questions


def name_of(element: HtmlElement) -> str:
    """Return the tag of an element in lower case; empty for what is no element."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def class_words(element: HtmlElement) -> str:
    """Return classes, id and role of an element, in lower case, with spaces around each."""
    given = (element.get(name) or "" for name in ("class", "id", "role"))
    return f" {' '.join(given).lower()} "


def find_children(element: HtmlElement, *names: str) -> list[HtmlElement]:
    """Return the children of an element that have one of these tags."""
    return [child for child in element if name_of(child) in names]


def is_hidden(element: HtmlElement) -> bool:
    """Return whether readers of the page do not see an element."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or HIDING.search(style) is not None


def is_blocky(element: HtmlElement) -> bool:
    """Return whether an element is a block, or has one in it."""
    return any(name_of(one) in BLOCKS for one in element.iter())


def texts_of(element: HtmlElement, skipped: frozenset[HtmlElement] = frozenset()) -> Iterator[str]:
    """Yield the texts of an element, one for each run that no block or line break divides.

    Descriptions of pictures are texts, too.  The `skipped` elements are left out.
    """
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        name = name_of(one)
        if event == "start":
            if name in SILENT or not name or one in skipped:
                walk.skip_subtree()
            elif name == "img":
                parts.append(f"\0{one.get('alt') or ''}\0")
            else:
                parts.append("\0" * (name in BLOCKS or name == "br") + (one.text or ""))
        else:
            parts.append("\0" * (name in BLOCKS))
            parts.append(one.tail or "" if one is not element else "")
    yield from "".join(parts).split("\0")


def walk_events(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Yield `start` and `end` of an element and of all in it that show text, in order.

    An element that shows none is `passed`: only the text after it counts.
    """
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if name_of(one) in SILENT or not name_of(one):
            if event == "start":
                walk.skip_subtree()
                yield "passed", one
        else:
            yield str(event), one


def show_text(element: HtmlElement, skipped: frozenset[HtmlElement] = frozenset()) -> str:
    """Return the text of an element in one line."""
    return " ".join(" ".join(texts_of(element, skipped)).split())


def has_words(element: HtmlElement) -> bool:
    """Return whether an element has a letter or digit, or a picture."""
    if any(name_of(one) == "img" for one in element.iter()):
        return True
    return any(letter.isalnum() for letter in show_text(element))


def list_parts(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """Yield the texts and elements right in an element."""
    yield element.text or ""
    for child in element:
        yield from (child, child.tail or "")
