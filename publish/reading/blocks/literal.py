"""Errors for links, images and tables that are not valid Markdown and would be printed as typed.

CommonMark has no errors: what does not fit is text (https://spec.commonmark.org/0.31.2/#links).
Without these checks, a link with a space in its address would be printed with its brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from publish.errors import PublishError
from publish.model import Level, Role, Span
from publish.reading.faults import Faults
from publish.reading.marks.dialectmarks import find_dialect_marks
from publish.reading.marks.nearmarks import HARD_BREAK, find_near_marks, is_prose

__all__ = [
    "check_block_read",
    "check_marks_read",
    "check_table_read",
    "find_layout_mark",
    "warn_of_indented",
    "warn_of_near_marks",
]

LINK = re.compile(r"!?\[[^\[\]\n]*\]\(|\]\(")
IMAGE = re.compile(r"!\[[^\[\]\n]*\]")
BAR = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"[ \t|:–—-]+")
DASH = re.compile(r"[–—-]")
CODE = re.compile(r"`[^`]*`")
TERM = re.compile(r"^:[ \t]+\S.*", re.M)
LAYOUT = {
    "page breaks": re.compile(
        r"\\(?:newpage|pagebreak|clearpage|cleardoublepage)(?:\[\d\])?(?:\{\})?|<(?:pagebreak)>"
    ),
    "contents": re.compile(r"\[TOC\]|\[\[_TOC_\]\]|\\tableofcontents|\\toc", re.I),
}
"""Paragraphs that only ask for something every edition has by itself."""

LINE_ENDS = {"softbreak", "hardbreak"}
UNPRINTED = {
    f"{mark}_{end}" for mark in ("em", "strong", "link", "s", "style") for end in ("open", "close")
}


def check_marks_read(
    tokens: Iterable[tuple[str, str]], span: Span, faults: Faults, kept: Iterable[str] = ()
) -> None:
    """Note an error (code `markdown-literal`) for each mark that was left as text.

    `tokens` are the type and content of what markdown-it made of the text.  `kept` are names of
    marks of other dialects that are text.
    """
    text = "".join([content if kind == "text" else _printed(kind) for kind, content in tokens])
    looks = ((LINK, "a link or image"), (IMAGE, "an image")) if "]" in text else ()
    for pattern, what in looks:
        if found := pattern.search(text):
            faults.error(
                f"this looks like {what} but is not valid Markdown, so it would be printed as "
                f"typed: {text[found.start() :].splitlines()[0][:60]}",
                _down(span, text.count("\n", 0, found.start())),
                "write the address directly after the bracket and without spaces (rename the "
                "file, or use %20 in a web address); to show the brackets themselves, write \\[",
                code="markdown-literal",
            )
            return
    for mark in find_dialect_marks(text, kept):
        faults.error(
            f"this looks like {mark.mark.what}, so it would be printed as typed: "
            f"{'[…' * mark.text.startswith('][')}{mark.text[:60]}",
            _down(span, text.count("\n", 0, mark.at)),
            f"{mark.mark.hint}; to show it as it is, write a backslash before it, or add "
            f'"{mark.mark.name}" to the setting as-text',
            code="markdown-literal",
        )


def warn_of_near_marks(
    tokens: Sequence[tuple[str, str]],
    role: Role,
    span: Span,
    faults: Faults,
    kept: Iterable[str] = (),
) -> None:
    """Note a remark (code `markdown-doubtful`) for each text that was probably meant as a mark.

    `tokens` and `kept` are those of `check_marks_read`.
    """
    if len(tokens) == 1 and tokens[0][0] == "text":
        text = tokens[0][1]
    else:
        text = "".join(map(_mark_breaks, tokens))
    for found in find_near_marks(text, role, kept):
        escape = "write a backslash before it, or " if found.text[0].isascii() else ""
        line = found.text.splitlines()[0][:60]
        faults.remark(
            f"this {found.mark.what}: {line}",
            _down(span, text.count("\n", 0, found.at)),
            f"{found.mark.hint}; to keep it as it is, {escape}"
            f'add "{found.mark.name}" to the setting as-text',
            code="markdown-doubtful",
            level=found.mark.level,
        )


def _mark_breaks(token: tuple[str, str]) -> str:
    """Return the text of a token, with a sign of its own for a break that an edition keeps."""
    kind, content = token
    return content if kind == "text" else HARD_BREAK if kind == "hardbreak" else _printed(kind)


def warn_of_indented(text: str, span: Span, faults: Faults, kept: Iterable[str] = ()) -> None:
    """Note a warning (code `markdown-doubtful`) for a paragraph that its indent makes code."""
    if "code" not in kept and is_prose(text):
        faults.remark(
            "this paragraph is set as code, since a tab or four spaces stand before it: "
            f"{text.strip().splitlines()[0][:60]}",
            span,
            "start it at the left margin; to keep it as code, write ``` above and below it, "
            'or add "code" to the setting as-text',
            code="markdown-doubtful",
            level=Level.WARNING,
        )


def _printed(kind: str) -> str:
    """Return a token without text as a reader would see it, or NUL for code, escapes, images."""
    if kind in LINE_ENDS:
        return "\n"
    if kind in UNPRINTED:
        return ""
    return "\0"


def check_table_read(written: str, span: Span) -> None:
    """Raise PublishError (code `markdown-literal`) for a paragraph that was meant as a table."""
    if "|" not in written:
        return
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


def check_block_read(written: str, span: Span) -> None:
    """Raise PublishError (code `markdown-literal`) for a definition that no term stands above."""
    if ":" in written and (found := TERM.search(written)):
        raise PublishError(
            "this looks like a definition but is not valid Markdown, so it would be printed as "
            f"typed: {found[0][:60]}",
            _down(span, written.count("\n", 0, found.start())),
            "write the term on one line of its own above it, after a blank line; to show the colon "
            "itself, write \\:",
            code="markdown-literal",
        )


def find_layout_mark(written: str) -> str:
    """Return what to say of a paragraph that asks for contents or a page break; empty if none."""
    if not written.lstrip().startswith(("\\", "<", "[")):
        return ""
    for what, pattern in LAYOUT.items():
        if pattern.fullmatch(written.strip()):
            return f"editions have their own {what}, so this line is left out: {written.strip()}"
    return ""


def _down(span: Span, lines: int) -> Span:
    line = min(span.first + lines, span.last)
    return replace(span, first=line, last=line)
