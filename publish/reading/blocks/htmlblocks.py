"""HTML between blocks of Markdown, made into the tokens that Markdown would have given.

An element may be open over several blocks of Markdown, as `<div>` and `<details>` often are; they
are then read as its inside.  Comments leave no trace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree
from markdown_it.token import Token

from publish.containers.xmltrees import parse_html
from publish.idsigns import ID_SIGN
from publish.model import Level
from publish.reading.blocks.boxmarks import make_fault, make_title
from publish.reading.blocks.htmlinlines import INLINE, HtmlElement, make_inline
from publish.reading.blocks.htmlpieces import WRAPPERS, HtmlPiece, hide_tags, take_piece
from publish.reading.blocks.htmltables import make_table_tokens
from publish.reading.marks.inline import DEEPEST

__all__ = ["expand_html"]

WRONG = re.compile(r"<(?:\?|![A-Z\[]|/?[A-Za-z])")
"""Instructions, declarations, and tags that do not end."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
MARKDOWN = re.compile(r"\*\*\w|\w\*\*|\]\(|```|^[ \t]*(?:[-*+]|\d{1,9}\.|#{1,6})[ \t]+\S", re.M)
ID = re.compile(rf"[{ID_SIGN}-]+")
MOST_UNCLOSED = 20
"""So many elements without an end are looked for; each look goes to the end of the file."""

Nesting = Literal[-1, 0, 1]


@dataclass(frozen=True, slots=True)
class _Writer:
    """What an element becomes: tokens, which grow."""

    piece: HtmlPiece
    tokens: list[Token] = field(default_factory=list)

    def line(self, element: HtmlElement) -> int:
        return self.piece.line + max(_line(element) - 1, 0)

    def add(self, kind: str, nesting: Nesting, line: int, tag: str = "") -> Token:
        token = Token(kind, tag, nesting, map=[line, line + 1], block=True)
        self.tokens.append(token)
        return token

    def fault(self, message: str, hint: str, line: int, *, code: str = "raw-html") -> None:
        self.tokens.append(make_fault(message, hint, line, code=code))


def expand_html(tokens: list[Token]) -> list[Token]:
    """Return the tokens of a file with those of its HTML made into tokens of Markdown."""
    if not any(token.type == "html_block" for token in tokens):
        return tokens
    done: list[Token] = []
    unclosed = 0
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type != "html_block":
            done.append(token)
            at += 1
            continue
        piece, lost = take_piece(tokens, at, search=unclosed < MOST_UNCLOSED)
        unclosed += bool(lost)
        done += lost
        done += _read_piece(piece)
        at = piece.after
    level = 0
    for token in done:
        level += min(token.nesting, 0)
        token.level = level
        level += max(token.nesting, 0)
    return done


def _read_piece(piece: HtmlPiece) -> list[Token]:
    """Return the tokens of a piece of HTML."""
    writer = _Writer(piece)
    if not piece.html.strip():
        return []
    if found := WRONG.search(hide_tags(piece.html)):
        line = piece.line + piece.html.count("\n", 0, found.start())
        shown = piece.html[found.start() :].split("\n")[0][:60]
        hint = "complete the tag, or delete it; to show the character itself, write \\<"
        writer.fault(f"raw HTML is not allowed: {shown}", hint, line)
        return writer.tokens
    root = parse_html(piece.html)
    if root is None:
        return []
    if _depth(root) > DEEPEST:
        hint = f"use fewer levels: at most {DEEPEST}"
        message = "HTML elements are nested too deeply here"
        writer.fault(message, hint, piece.line, code="nested-too-deep")
        return writer.tokens
    _flow(writer, root)
    return writer.tokens


def _line(element: HtmlElement) -> int:
    """Return the line of an element in its piece of HTML, from 1."""
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _depth(root: HtmlElement) -> int:
    """Return how deep elements are nested, without recursion."""
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


# --------------------------------------------------------------------------- elements


def _flow(writer: _Writer, element: HtmlElement, done: HtmlElement | None = None) -> None:
    """Write what is in an element: runs of text as paragraphs, and blocks; `done` is left out."""
    run: list[str | HtmlElement] = [element.text or ""]
    line = writer.line(element)
    for child in element:
        if child is done:
            pass
        elif _is_text(child):
            if not any(not isinstance(one, str) or one.strip() for one in run):
                line = writer.line(child)
            run.append(child)
        else:
            _paragraph(writer, run, line)
            run = []
            line = writer.line(child) if isinstance(child.tag, str) else line
            _block(writer, child)
        run.append(child.tail or "")
    _paragraph(writer, run, line)


def _is_text(element: HtmlElement) -> bool:
    """Return whether an element is part of a line of text, with nothing in it that is a block."""
    return all(isinstance(one.tag, str) and one.tag in INLINE for one in element.iter())


def _paragraph(writer: _Writer, run: Iterable[str | HtmlElement], line: int) -> None:
    run = list(run)
    written = "".join(one for one in run if isinstance(one, str))
    if MARKDOWN.search(written):
        shown = next(text for text in written.split("\n") if MARKDOWN.search(text)).strip()
        writer.fault(
            f"inside HTML this is no Markdown, so it would be printed as typed: {shown[:60]}",
            "leave a blank line after the HTML tag before it, and begin it at the left margin",
            line,
            code="markdown-literal",
        )
        return
    inline = make_inline(run, line, writer.tokens)
    if inline.children:
        writer.add("paragraph_open", 1, line, "p")
        writer.tokens.append(inline)
        writer.add("paragraph_close", -1, line, "p")


def _block(writer: _Writer, element: HtmlElement) -> None:
    if not isinstance(element.tag, str):
        writer.tokens.extend(expand_html(writer.piece.inside[int(element.text or "0")]))
        return
    line = writer.line(element)
    match element.tag:
        case "p" | "body" | "html" | "figcaption" | "hgroup" | "summary":
            _flow(writer, element)
        case tag if tag in WRAPPERS or tag in INLINE:
            _flow(writer, element)
        case tag if tag in HEADINGS:
            _heading(writer, element, line)
        case "blockquote":
            _wrap(writer, element, "blockquote")
        case "ul" | "ol":
            _list(writer, element)
        case "dl":
            _definitions(writer, element)
        case "li" | "dt" | "dd":
            _flow(writer, element)
        case "style":
            writer.tokens.append(_leave_out(element, line))
        case "hr":
            writer.add("hr", 0, line, "hr")
        case "pre":
            code = writer.add("fence", 0, line, "code")
            code.content = "".join(str(text) for text in element.itertext()).strip("\n") + "\n"
        case "figure":
            _figure(writer, element)
        case "details":
            _details(writer, element)
        case "table":
            _table(writer, element)
        case tag:
            writer.fault(
                f"raw HTML is not allowed: <{tag}>",
                "use Markdown instead, or delete the element; to show the character itself, "
                "write \\<",
                line,
            )


def _leave_out(element: HtmlElement, line: int) -> Token:
    message = f"the looks of a web page are left out: <{element.tag}>"
    hint = "delete the element, or keep it for other programs"
    return make_fault(message, hint, line, code="mark-ignored", level=Level.ADVICE)


def _table(writer: _Writer, element: HtmlElement) -> None:
    """Write a table; what is wrong in its cells is told before it."""
    faults: list[Token] = []

    def read_inside(cell: HtmlElement) -> list[Token]:
        inner = _Writer(writer.piece)
        _flow(inner, cell)
        faults.extend(token for token in inner.tokens if token.type == "fault")
        return [token for token in inner.tokens if token.type != "fault"]

    tokens = make_table_tokens(element, writer.line, read_inside)
    writer.tokens.extend([*faults, *tokens])


def _wrap(writer: _Writer, element: HtmlElement, kind: str) -> None:
    line = writer.line(element)
    writer.add(f"{kind}_open", 1, line)
    _flow(writer, element)
    writer.add(f"{kind}_close", -1, line)


def _heading(writer: _Writer, element: HtmlElement, line: int) -> None:
    inline = make_inline([element.text or "", *_inner(element)], line, writer.tokens)
    if not inline.children:
        return
    identifier = element.get("id") or ""
    if ID.fullmatch(identifier):
        inline.meta = {"attributes": f"{{#{identifier}}}"}
    writer.add("heading_open", 1, line, str(element.tag))
    writer.tokens.append(inline)
    writer.add("heading_close", -1, line, str(element.tag))


def _inner(element: HtmlElement) -> list[str | HtmlElement]:
    """Return the children of an element and the texts behind them."""
    return [part for child in element for part in (child, child.tail or "")]


def _list(writer: _Writer, element: HtmlElement) -> None:
    kind = "ordered_list" if element.tag == "ol" else "bullet_list"
    line = writer.line(element)
    opening = writer.add(f"{kind}_open", 1, line)
    start = element.get("start") or ""
    if start.isdecimal() and len(start) < 10 and int(start) != 1:
        opening.attrs = {"start": int(start)}
    if (element.get("type") or "") in ("a", "A", "i", "I"):
        opening.meta = {"numbering": element.get("type")}
    for item in _entries(writer, element, ("li",)):
        _wrap(writer, item, "list_item")
    writer.add(f"{kind}_close", -1, line)


def _entries(writer: _Writer, element: HtmlElement, tags: tuple[str, ...]) -> Iterable[HtmlElement]:
    """Return the items of a list; what stands beside them is an item, or an error."""
    items: list[HtmlElement] = []
    texts = [element.text, *(child.tail for child in element)]
    others = [child for child in element if child.tag not in tags]
    for child in element:
        if child.tag == "div" and tags != ("li",):
            items += _entries(writer, child, tags)
        elif child.tag in tags:
            items.append(child)
    wrong = [child for child in others if not (child.tag == "div" and tags != ("li",))]
    if wrong or any((text or "").strip() for text in texts):
        writer.fault(
            f"in an HTML list <{element.tag}> all text belongs into items",
            f"put it between <{tags[-1]}> and </{tags[-1]}>",
            writer.line(wrong[0] if wrong and isinstance(wrong[0].tag, str) else element),
        )
    return items


def _definitions(writer: _Writer, element: HtmlElement) -> None:
    line = writer.line(element)
    writer.add("dl_open", 1, line)
    for item in _entries(writer, element, ("dt", "dd")):
        if item.tag == "dd":
            _wrap(writer, item, "dd")
            continue
        where = writer.line(item)
        writer.add("dt_open", 1, where)
        faults: list[Token] = []
        inline = make_inline([item.text or "", *_inner(item)], where, faults)
        writer.tokens.append(inline)
        writer.add("dt_close", -1, where)
        writer.tokens.extend(faults)
    writer.add("dl_close", -1, line)


def _figure(writer: _Writer, element: HtmlElement) -> None:
    """Write an image with its caption as Markdown has them: the caption on the line below.

    A figure of a table gives it its caption and its id.
    """
    images = list(element.iter("img"))
    captions = [child for child in element if child.tag == "figcaption"]
    tables = [child for child in element if child.tag == "table"]
    if len(tables) == 1 and len(captions) == 1 and tables[0].find("caption") is None:
        captions[0].tag, captions[0].tail = "caption", None
        tables[0].insert(0, captions[0])
        tables[0].set("id", element.get("id") or tables[0].get("id") or "")
        _flow(writer, element)
        return
    if len(images) != 1 or len(captions) > 1 or not all(map(_is_text, _others(element))):
        _flow(writer, element)
        return
    line = writer.line(element)
    inner = [part for child in _others(element) for part in (child, child.tail or "")]
    inline = make_inline([element.text or "", *inner], line, writer.tokens)
    for caption in captions:
        below = make_inline([caption.text or "", *_inner(caption)], line, writer.tokens)
        inline.children = [*(inline.children or []), Token("softbreak", "br", 0)]
        inline.children += below.children or []
        inline.content = f"{inline.content}\n{below.content}"
    for image in inline.children or []:
        if image.type == "image" and element.get("id"):
            image.meta["id"] = element.get("id")
    writer.add("paragraph_open", 1, line, "p")
    writer.tokens.append(inline)
    writer.add("paragraph_close", -1, line, "p")


def _others(element: HtmlElement) -> list[HtmlElement]:
    return [child for child in element if child.tag != "figcaption"]


def _details(writer: _Writer, element: HtmlElement) -> None:
    line = writer.line(element)
    opening = writer.add("box_open", 1, line, "div")
    opening.meta = {"kind": "details", "name": "details"}
    summary = next((child for child in element if child.tag == "summary"), None)
    faults: list[Token] = []
    if summary is not None:
        title = make_inline([summary.text or "", *_inner(summary)], line, faults)
        writer.tokens.extend(make_title(title) if title.children else [])
    writer.tokens.extend(faults)
    _flow(writer, element, summary)
    writer.add("box_close", -1, line, "div")
