"""Marks of other dialects and of template languages, which would be printed as they are typed.

CommonMark has no errors: what it does not know is text.  Each mark here is one that a known tool
reads and we do not.  A backslash before it keeps it as text, and so does the setting `as-text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publish.idsigns import ID_SIGN

__all__ = ["DIALECT_MARKS", "DialectMark", "FoundMark", "find_dialect_marks", "may_have_marks"]


@dataclass(frozen=True, slots=True)
class DialectMark:
    """A kind of mark: its name in the settings, what it is in words, and what to do instead.

    A text with none of the `signs` has no such mark, which is seen faster than by the pattern.
    """

    name: str
    pattern: re.Pattern[str]
    what: str
    hint: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A mark in a text, and its offset in code points."""

    mark: DialectMark
    text: str
    at: int


def _mark(name: str, signs: str, pattern: str, what: str, hint: str) -> DialectMark:
    return DialectMark(name, re.compile(pattern, re.MULTILINE), what, hint, tuple(signs.split()))


DIALECT_MARKS: tuple[DialectMark, ...] = (
    _mark(
        "template",
        "{{ {% <%",
        r"\{\{[^\n]{0,500}?\}\}|\{%[^\n]{0,500}?%\}|\{\{[#<%/]|<%[^\n]{0,500}?%>",
        "a mark of a template language",
        "write what it stands for, or delete it",
    ),
    _mark(
        "attributes",
        "{: {# {.",
        rf"\{{:[^{{}}\n]*\}}|\{{[#.][{ID_SIGN}-]+"
        r"(?:[ ]+[#.]?[\w-]+(?:=(?:\"[^\"\n]*\"|[^\s{}\"]+))?)*[ ]*\}",
        "a list of attributes",
        "delete it, or put it at the end of a heading's line",
    ),
    _mark(
        "wiki-link",
        "[[",
        r"!?\[\[[^\[\]\n]+\]\]",
        "a link or mark of a wiki",
        "write [text](#section), or [text](chapter.md)",
    ),
    _mark(
        "cross-reference",
        "@ \\",
        r"(?<![\w.@/\\])-?@(?:fig|tbl|tab|sec|eq|lst|thm)[:-][\w:.-]*\w|\\(?:ref|cite[pt]?|eqref)\{[^{}\n]*\}",
        "a cross-reference of another program",
        "write a link without text to the id of the figure, table or heading: [](#fig-map)",
    ),
    _mark(
        "citation",
        "@",
        r"\[[^\[\]\n@]{0,60}-?@[A-Za-z][\w:.#$%&+?<>~/-]*[^\[\]\n]{0,120}\]",
        "a citation key",
        "write the citation out, best as a footnote: [^1]",
    ),
    _mark(
        "reference-link",
        "][",
        r"\]\[[^\[\]\n]*\]",
        "a link whose address is nowhere defined",
        "add a line [label]: https://…, or write [text](https://…)",
    ),
    _mark(
        "spaced-link",
        "]",
        r"\[(?![\d\s.,;–-]*\])[^\[\]\n]{1,300}\][ \t]*(?:\n[ \t]*)?(?<!\])"
        r"\((?:[a-z][a-z0-9+.-]{0,30}:/{0,2}(?=[^\s()/])|www\.|#(?=\w))"
        r"[^\s()]*(?:\([^\s()]*\)[^\s()]*)*\)",
        "a link with a space after its brackets",
        "write the address directly after the bracket: [text](https://…)",
    ),
    _mark(
        "box",
        "::: !!! ???",
        r"^[ ]{0,3}:{3,}[ ]*(?:\{?[\w.#-]*.*)?$|^[ ]{0,3}(?:!!!|\?\?\?\+?)[ ]+\w+",
        "the border of a note or box",
        "begin it at the left margin, and close ::: with a line of :::",
    ),
    _mark(
        "emphasis",
        "** __ ~~",
        r"(?<![\w*\\])\*\*(?=[^\s*])|(?<=[^\s*\\])\*\*(?![\w*])"
        r"|(?<![\w_])__(?=[^\W_])|(?<=[^\W_])__(?![\w_])|~~(?=\S)|(?<=\S)~~",
        "a mark of bold or struck-out text without its other end",
        "write the mark on both sides of the words, without spaces inside",
    ),
    _mark(
        "highlight",
        "== ++ {",
        r"(?<![=\w])==(?=[^\s=])[^=\n]{1,200}(?<=[^\s=])==(?![=\w])"
        r"|(?<![+\w])\+\+(?=[^\s+])[^+\n]{1,200}(?<=[^\s+])\+\+(?![+\w])"
        r"|\{(?:\+\+|--|~~|==|>>).{0,500}?(?:\+\+|--|~~|==|<<)\}",
        "a mark of highlighted, inserted or deleted text",
        "use *emphasis* or **bold** words",
    ),
    _mark(
        "emoji",
        ":",
        r"(?<![\w:])[:](?:[a-z][a-z0-9_+-]{0,80}-[a-z0-9-]{1,80}|[a-z]{1,40}_[a-z0-9_]{1,80}|warning|smile|tada|"
        r"rocket|bulb|memo|star|heart|fire|bug|book|link|thumbsup|thumbsdown|information_source|"
        r"exclamation|question|construction|sparkles|zap|lock|key|eyes|wave|point_right|pray):(?!\w)",
        "the name of a picture sign",
        "write the sign itself, or a word",
    ),
    _mark(
        "include",
        "--8<-- include :: <<[ [TABLE] [IMAGE] [PICTURE] [FIGURE]",
        r"^[ ]{0,3}(?:--8<--|!include|@include|\.\. \w+::|<<\[|\[(?:TABLE|IMAGE|PICTURE|FIGURE)\])",
        "the place of something that a program left out or should put in",
        "put it in here, or delete the line",
    ),
    _mark(
        "abbreviation",
        "]:",
        r"^[ ]{0,3}\*\[[^\[\]\n]+\]:",
        "the explanation of an abbreviation",
        "explain it where it is used first, or in a footnote",
    ),
    _mark(
        "heading",
        "# ＃",
        r"\A(?!#[^\W\d_]\w*(?:[ ]+#\w+)+[ ]*\Z)"
        r"#{1,6}[^\W\d_][^\n]*(?:[^\s.!?:;,…]\Z|[^\s#]#{1,6}[ \t]*$)"
        r"|^#{2,6}[^\W_][^\n]*|^#{1,6}[^\S \t\n][^\n]*|\A#{7,}[ \t]*[^\s#][^\n]*"
        r"|\A＃{1,6}[ \u3000][^\n]*",
        "a heading",
        "write one space after the #, of which a heading has six at most",
    ),
)
"""Marks by dialect.  Sources: the manuals of pandoc, kramdown, Python-Markdown with PyMdown
Extensions, MkDocs, mdBook, Obsidian, MediaWiki, Jekyll, Hugo, and CriticMarkup."""

QUICK = re.compile(r"[{\[\]@:*_~=+\\#＃!?<]")


def may_have_marks(text: str) -> bool:
    """Return whether a text has a sign of any mark, which is seen quickly."""
    return QUICK.search(text) is not None or ".. " in text


def find_dialect_marks(text: str, kept: Iterable[str] = ()) -> Iterator[FoundMark]:
    """Yield the marks in a text from which code and escaped characters were taken out.

    At one place the first kind of the table counts.  `kept` are names of marks that are text.
    """
    if not may_have_marks(text):
        return
    left_out = frozenset(kept)
    taken = bytearray(len(text))
    for mark in DIALECT_MARKS:
        if mark.name in left_out or not any(sign in text for sign in mark.signs):
            continue
        for found in mark.pattern.finditer(text):
            start, end = found.span()
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                yield FoundMark(mark, found.group().strip(), start)
