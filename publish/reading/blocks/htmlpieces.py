"""Pieces of HTML between blocks of Markdown: from the tag that opens an element to its end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it.token import Token

from publish.model import Level
from publish.reading.blocks.boxmarks import make_fault
from publish.reading.marks.inline import DEEPEST

__all__ = ["INCLUDE", "WRAPPERS", "HtmlPiece", "hide_tags", "take_piece"]

COMMENT = re.compile(r"<!--(?:>|->|.*?-->)", re.S)
INCLUDE = re.compile(r"<!--[ \t]*@?include\b[^\n>]*")
TAG = re.compile(r"""<(/?)([A-Za-z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""")
WRAPPERS = frozenset(
    ("div", "section", "article", "aside", "main", "header", "footer", "nav", "center", "address")
)
"""Elements whose inside is read as if they were not there."""

OPEN_OVER_BLOCKS = WRAPPERS | {"details", "blockquote", "ul", "ol", "dl", "figure", "table"}
"""Elements that must be closed, since Markdown often stands between their tags."""


@dataclass(frozen=True, slots=True)
class HtmlPiece:
    """HTML with the Markdown between its tags: comments in the HTML have their numbers."""

    html: str
    inside: list[list[Token]]
    line: int
    after: int


def take_piece(tokens: list[Token], at: int, *, search: bool) -> tuple[HtmlPiece, list[Token]]:
    """Return the HTML from a token up to the token that closes what it opens, and faults."""
    first = tokens[at]
    line = (first.map or [0])[0]
    faults: list[Token] = []
    html, opened = _balance(first.content, [], line, faults)
    alone = HtmlPiece(html, [], line, at + 1)
    if not opened:
        return alone, faults
    inside: list[list[Token]] = [[]]
    end = at + 1
    while 0 < len(opened) <= DEEPEST * search and _is_beside(tokens, end, first):
        token = tokens[end]
        end += 1
        if token.type != "html_block" or token.level != first.level:
            inside[-1].append(token)
            continue
        begin = (token.map or [0])[0]
        if inside[-1]:
            html += f"<!--{len(inside) - 1}-->"
            inside.append([])
        html += "\n" * (begin - line - html.count("\n"))
        more, opened = _balance(token.content, opened, begin, faults)
        html += more
    if not opened:
        return HtmlPiece(html, inside, line, end), faults
    name, where = opened[-1]
    message = f"this HTML element has no end: <{name}>"
    hint = f"write </{name}> where it ends, or delete the tag"
    return alone, [make_fault(message, hint, where, code="raw-html")]


def _is_beside(tokens: list[Token], at: int, first: Token) -> bool:
    """Return whether a token is in the same list item, quotation or file as the first."""
    return at < len(tokens) and tokens[at].level >= first.level


def _balance(
    html: str, opened: list[tuple[str, int]], line: int, faults: list[Token]
) -> tuple[str, list[tuple[str, int]]]:
    """Return HTML without comments, and the elements that are open after it with their lines."""
    for found in INCLUDE.finditer(html):
        where = line + html.count("\n", 0, found.start())
        message = f"this comment asks for another file, which is not read: {found[0][:60]}"
        faults.append(make_fault(message, "put its text here", where, code="raw-html"))
    html = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), html)
    if (start := html.find("<!--")) >= 0:
        where = line + html.count("\n", 0, start)
        hint = "write --> where it ends"
        faults.append(make_fault("this comment has no end: <!--", hint, where, code="raw-html"))
        html = html[:start]
    opened = list(opened)
    for tag in TAG.finditer(html):
        name = tag[2].lower()
        if name not in OPEN_OVER_BLOCKS or tag[3].endswith("/"):
            continue
        where = line + html.count("\n", 0, tag.start())
        names = [one for one, _ in opened]
        if not tag[1]:
            opened.append((name, where))
        elif name in names:
            del opened[len(names) - 1 - names[::-1].index(name) :]
        else:
            hint = "delete it, or write its beginning"
            message = f"this HTML tag ends an element that has no beginning: </{name}>"
            faults.append(make_fault(message, hint, where, code="raw-html", level=Level.ADVICE))
    return html, opened


def hide_tags(html: str) -> str:
    """Return HTML with spaces in place of its tags, on as many lines."""
    return TAG.sub(lambda tag: re.sub(r"[^\n]", " ", tag[0]), html)
