"""Text with marks in blocks of HTML, made into the tokens that Markdown would have given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree
from markdown_it.token import Token

from publish.reading.blocks.boxmarks import make_fault
from publish.reading.marks.inline import FORBIDDEN

__all__ = ["INLINE", "HtmlElement", "make_inline"]

HtmlElement = etree._Element

EMPHASIS = frozenset(("em", "i", "cite", "dfn", "var"))
STRONG = frozenset(("strong", "b"))
CODE = frozenset(("code", "tt", "samp"))
STYLES = {
    "s": "s", "del": "s", "strike": "s", "u": "u", "ins": "u", "sub": "sub", "sup": "sup",
    "kbd": "kbd",
}  # fmt: skip
"""Elements that text keeps, by the names in HTML."""

PLAIN = frozenset(
    ("span", "small", "big", "font", "mark", "abbr", "acronym", "label", "time", "q", "bdi", "bdo",
     "picture", "nobr")
)  # fmt: skip
"""Elements whose text is taken without a mark."""

EMPTY = frozenset(("wbr", "source"))
INLINE = EMPHASIS | STRONG | CODE | PLAIN | EMPTY | STYLES.keys() | {"a", "img", "br"}
"""The elements that are part of a line of text."""

SPACES = re.compile(r"[ \t\r\n\f]+")


def make_inline(run: Iterable[str | HtmlElement], line: int, faults: list[Token]) -> Token:
    """Return the inline token of texts and elements; it has no children if it shows nothing."""
    children = list(_tokens(run, line, faults))
    children = _stripped(children)
    content = "".join(token.content or " " * (token.type == "softbreak") for token in children)
    shows = any(token.type == "image" or token.content.strip() for token in children)
    return Token(
        "inline",
        "",
        0,
        content=content.strip(),
        map=[line, line + 1],
        children=children if shows else [],
        block=True,
    )


def _tokens(run: Iterable[str | HtmlElement], line: int, faults: list[Token]) -> Iterator[Token]:
    for part in run:
        if isinstance(part, str):
            if part:
                yield Token("text", "", 0, content=_clean(part, line, faults))
        else:
            yield from _element(part, line, faults)


def _clean(text: str, line: int, faults: list[Token]) -> str:
    if bad := FORBIDDEN.search(SPACES.sub(" ", text)):
        message = f"the text contains the control character U+{ord(bad.group()):04X}"
        hint = "delete it; an editor shows it as a box or not at all"
        faults.append(make_fault(message, hint, line, code="control-character"))
        text = FORBIDDEN.sub("", text)
    return SPACES.sub(" ", text)


def _element(element: HtmlElement, line: int, faults: list[Token]) -> Iterator[Token]:
    inner = [element.text or "", *(p for child in element for p in (child, child.tail or ""))]
    tag = str(element.tag) if isinstance(element.tag, str) else ""
    match tag:
        case "br":
            yield Token("hardbreak", "br", 0)
        case "img":
            yield _image(element)
        case "a" if element.get("href"):
            yield Token("link_open", "a", 1, attrs=_attributes({"href": element.get("href")}))
            shown = list(_tokens(inner, line, faults))
            yield from _stripped(shown) if any(t.type == "image" for t in shown) else shown
            yield Token("link_close", "a", -1)
        case _ if tag in EMPHASIS:
            yield from _marked("em", inner, line, faults)
        case _ if tag in STRONG:
            yield from _marked("strong", inner, line, faults)
        case _ if tag in CODE:
            text = _clean("".join(map(str, element.itertext())), line, faults).strip()
            if text:
                yield Token("code_inline", "code", 0, content=text)
        case _ if tag in STYLES:
            yield Token("style_open", "", 1, info=STYLES[tag])
            yield from _tokens(inner, line, faults)
            yield Token("style_close", "", -1)
        case _ if tag in EMPTY or not tag:
            return
        case _ if tag in PLAIN or tag[:1] in ("p", "h", "d"):
            yield from _tokens(inner, line, faults)
        case _:
            message = f"raw HTML is not allowed: <{tag}>"
            hint = "use Markdown instead, or delete the element"
            faults.append(make_fault(message, hint, line, code="raw-html"))


def _marked(
    kind: str, inner: list[str | HtmlElement], line: int, faults: list[Token]
) -> Iterator[Token]:
    yield Token(f"{kind}_open", kind, 1)
    yield from _tokens(inner, line, faults)
    yield Token(f"{kind}_close", kind, -1)


def _image(element: HtmlElement) -> Token:
    alt = SPACES.sub(" ", element.get("alt") or "").strip()
    described = [Token("text", "", 0, content=alt)] if alt else []
    names = ("src", "width", "height")
    given = {name: element.get(name) for name in names if element.get(name)}
    meta = {"id": element.get("id")} if element.get("id") else {}
    attrs = _attributes(given)
    return Token("image", "img", 0, attrs=attrs, content=alt, children=described, meta=meta)


def _attributes(given: dict[str, Any]) -> dict[str, str | int | float]:
    return {name: str(value).strip() for name, value in given.items()}


def _stripped(tokens: list[Token]) -> list[Token]:
    """Return tokens without breaks and spaces at either end, so that an image alone is alone."""
    while tokens and _is_blank(tokens[0]):
        tokens = tokens[1:]
    while tokens and _is_blank(tokens[-1]):
        tokens = tokens[:-1]
    return tokens


def _is_blank(token: Token) -> bool:
    return token.type in {"hardbreak", "softbreak"} or (
        token.type == "text" and not token.content.strip()
    )
