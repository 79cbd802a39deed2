"""Errors for links, images and tables that are not valid Markdown and would be printed as typed.

CommonMark has no errors: what does not fit is text (https://spec.commonmark.org/0.31.2/#links).
Without these checks, a link with a space in its address would be printed with its brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from publish.errors import PublishError
from publish.model import Span

__all__ = ["check_links_read", "check_table_read"]

LINK = re.compile(r"!?\[[^\[\]\n]*\]\(|\]\(")
ESCAPED_LINK = re.compile(r"\\\]\\?\(|\]\\\(|&[^;\s]{1,32};\(|\]&[^;\s]{1,32};")
IMAGE = re.compile(r"!\[[^\[\]\n]*\]")
ESCAPED_IMAGE = re.compile(r"\\!\\?\[|!\\\[|&[^;\s]{1,32};\[|!&[^;\s]{1,32};")
BAR = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"[ \t|:–—-]+")
DASH = re.compile(r"[–—-]")
CODE = re.compile(r"`[^`]*`")
LINE_ENDS = {"softbreak", "hardbreak"}
UNPRINTED = {"em_open", "em_close", "strong_open", "strong_close", "link_open", "link_close"}


def check_links_read(written: str, tokens: Iterable[tuple[str, str]], span: Span) -> None:
    """Raise PublishError (code `markdown-literal`) where a link or image was left as text.

    `written` is the source text; `tokens` are the type and content of what markdown-it made of it.
    """
    if "](" not in written and "![" not in written:
        return
    text = "".join(_printed(kind, content) for kind, content in tokens)
    for pattern, escaped, what in (
        (LINK, ESCAPED_LINK, "a link or image"),
        (IMAGE, ESCAPED_IMAGE, "an image"),
    ):
        found = list(pattern.finditer(text))
        if len(found) > len(escaped.findall(written)):
            start = found[0].start()
            raise PublishError(
                f"this looks like {what} but is not valid Markdown, so it would be printed as "
                "typed: "
                f"{text[start:].splitlines()[0][:60]}",
                _down(span, text.count("\n", 0, start)),
                "write the address directly after the bracket and without spaces (rename the "
                "file, or use %20 in a web address); to show the brackets themselves, write \\[",
                code="markdown-literal",
            )


def _printed(kind: str, content: str) -> str:
    """Return the text of a token as a reader would see it, or NUL for code, images and notes."""
    if kind in LINE_ENDS:
        return "\n"
    if kind in UNPRINTED:
        return ""
    return content if kind == "text" else "\0"


def check_table_read(written: str, span: Span) -> None:
    """Raise PublishError (code `markdown-literal`) for a paragraph that was meant as a table."""
    lines = CODE.sub("", written).split("\n")
    barred = [bool(BAR.search(line)) for line in lines]
    rules = [
        at
        for at, line in enumerate(lines)
        if barred[at] and DASH.search(line) and RULE.fullmatch(line)
    ]
    if len(lines) > 1 and (all(barred) or rules):
        raise PublishError(
            "this looks like a table but is not valid Markdown, so it would be printed as typed",
            _down(span, rules[0]) if rules else span,
            "write a line of dashes below the header, with as many columns as the header: "
            "| A | B | and below it |---|---|; to show the bar itself, write \\|",
            code="markdown-literal",
        )


def _down(span: Span, lines: int) -> Span:
    line = min(span.first + lines, span.last)
    return replace(span, first=line, last=line)
