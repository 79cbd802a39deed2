"""What is not quite Markdown: links, images and tables that would be printed as they are typed.

CommonMark has no errors: what does not fit is text (https://spec.commonmark.org/0.31.2/#links).
An address with a space in it would put its brackets on the page, before the eyes of readers.
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
    """Raises PublishError (code `markdown-literal`) where a link or image was left as text.

    `tokens` are type and content of what markdown-it made of what was `written`.
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
                f"this looks like {what}, but would be printed as it stands: "
                f"{text[start:].splitlines()[0][:60]}",
                _down(span, text.count("\n", 0, start)),
                "an address holds no spaces: rename the file, write %20 in a web address;"
                " for the characters themselves write \\[",
                code="markdown-literal",
            )


def _printed(kind: str, content: str) -> str:
    """The characters of a token that stand in the text as typed; a placeholder for all others."""
    if kind in LINE_ENDS:
        return "\n"
    if kind in UNPRINTED:
        return ""
    return content if kind == "text" else "\0"


def check_table_read(written: str, span: Span) -> None:
    """Raises PublishError (code `markdown-literal`) for a paragraph that was meant as a table."""
    lines = CODE.sub("", written).split("\n")
    barred = [bool(BAR.search(line)) for line in lines]
    rules = [
        at
        for at, line in enumerate(lines)
        if barred[at] and DASH.search(line) and RULE.fullmatch(line)
    ]
    if len(lines) > 1 and (all(barred) or rules):
        raise PublishError(
            "this looks like a table, but would be printed as it stands",
            _down(span, rules[0]) if rules else span,
            "the line below the header needs as many columns as the header: | A | B | and below"
            " it |---|---|; for the character itself write \\|",
            code="markdown-literal",
        )


def _down(span: Span, lines: int) -> Span:
    line = min(span.first + lines, span.last)
    return replace(span, first=line, last=line)
