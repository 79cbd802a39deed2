"""Marks of GitHub's, pandoc's and other dialects, which only sources may have.

Each becomes a token that the grammar of catalogs has too, so that msgids look the same whatever
the dialect: `~~x~~`, `~x~`, `^x^`, `$x$`, `\\(x\\)`, `^[note]`, `[x]{.class}`, `==x==`.  HTML is
in `htmlmarks`.  What an edition has no way to show is passed over: the text stays, and a token
`remark` says what was left out.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from publish.idsigns import ID_SIGN
from publish.reading.marks.bareaddresses import match_web_address
from publish.reading.marks.htmlmarks import html_element
from publish.reading.marks.inlinerules import push_around

__all__ = ["add_dialects"]

_NAME = r"""[\#.][^\s{}"'=\#.]+"""
_ITEM = rf"""(?:{_NAME}|[\w:.@-]+=(?:"[^"]*"|'[^']*'|[^\s{{}}"']+)|[A-Za-z][\w-]*|-)"""
ATTRIBUTES = re.compile(rf"\{{:?[ \n]*{_ITEM}(?:[ \n]+{_ITEM}|{_NAME})*[ \n]*\}}")
CLASSES = re.compile(r"\{:?[ ]*\.[\w-]+(?:[ ]+[.#]?[\w-]+(?:=(?:\"[^\"\n]*\"|[^\s{}\"]+))?)*[ ]*\}")
SUBSCRIPT = re.compile(r"~(?!~)((?:\\.|[^\s~\\])+)~(?!~)")
SUPERSCRIPT = re.compile(r"\^(?![\^\[])((?:\\.|[^\s^\\])+)\^(?!\^)")
HIGHLIGHT = re.compile(r"==(?![\s=])([^\n]{0,300}?[^\s=])==(?!=)")
# pandoc's rule (https://pandoc.org/MANUAL.html#extension-tex_math_dollars).
DOLLARS = re.compile(r"\$(?![\s$])((?:\\.|[^\\$`])*?(?<!\s))\$(?![\d$])", re.DOTALL)
DOUBLE_DOLLARS = re.compile(r"\$\$(?!\$)((?:\\.|[^\\$])+?)\$\$(?!\$)", re.DOTALL)
PARENTHESES = re.compile(r"\\\((.+?)\\\)", re.DOTALL)
TEX = re.compile(r"[\\^_={}<>+|]")
WORDS = re.compile(r"\s[^\W\d_]{2,}|[^\W\d_]{2,}[,;.]?\s|\d\s*[-–—]|^[^\w(\[]*$")
STYLED = {"underline": "u", "ul": "u", "strike": "s", "strikeout": "s", "kbd": "kbd"}
"""Classes of pandoc's spans that are styles of ours."""

TAKES_ATTRIBUTES = frozenset({"link_close", "code_inline", "math", "image"})
NO_PLACE = "delete it, or keep it for other programs: editions leave it out"


def add_dialects(parser: MarkdownIt) -> MarkdownIt:
    """Return a parser of sources with the marks of dialects."""
    parser.enable("strikethrough")
    ruler = parser.inline.ruler
    ruler.before("newline", "web_address", _web_address)
    ruler.before("escape", "math_parentheses", _math_parentheses)
    ruler.after("math", "math_dollars", _math_dollars)
    ruler.before("strikethrough", "subscript", _subscript)
    ruler.before("strikethrough", "superscript", _superscript)
    ruler.before("strikethrough", "highlight", _highlight)
    ruler.before("footnote_mark", "inline_note", _inline_note)
    ruler.before("link", "span", _span)
    ruler.before("link", "attributes", _attributes)
    ruler.before("style_tag", "html_element", html_element)
    return parser


def push_remark(state: StateInline, message: str, hint: str = NO_PLACE) -> None:
    """Add a token that only says what was passed over."""
    state.push("remark", "", 0).meta = {"remark": (message, hint)}


# --------------------------------------------------------------------------- styles


def _subscript(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "~" or state.src[state.pos - 1 : state.pos] == "~":
        return False
    found = SUBSCRIPT.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    before = state.src[state.pos - 1 : state.pos]
    # "10~20, 30~40" has ranges, "H~2~O" has a subscript.
    if before.isdigit() and found[1][0].isdigit():
        return False
    return _styled(state, "sub", found, silent)


def _superscript(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "^" or state.src[state.pos - 1 : state.pos] == "^":
        return False
    found = SUPERSCRIPT.match(state.src, state.pos, state.posMax)
    return found is not None and _styled(state, "sup", found, silent)


def _styled(state: StateInline, style: str, found: re.Match[str], silent: bool) -> bool:
    if silent:
        state.pos = found.end()
    else:
        push_around(state, style, found.start(1), found.end(1), found.end())
    return True


def _highlight(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("==", state.pos) or state.src[state.pos - 1 : state.pos] == "=":
        return False
    found = HIGHLIGHT.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if silent:
        state.pos = found.end()
    else:
        push_remark(state, "highlighted text is set as any other: ==…==", "write *…* or **…**")
        tokenize_between(state, found.start(1), found.end(1), found.end())
    return True


def tokenize_between(state: StateInline, start: int, end: int, after: int) -> None:
    """Add the tokens of a mark that is passed over: those of the text within it."""
    last = state.posMax
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.pos, state.posMax = after, last


# --------------------------------------------------------------------------- formulas


def _math_dollars(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    if found := DOUBLE_DOLLARS.match(state.src, state.pos, state.posMax):
        return _math(state, found, silent)
    before = state.src[state.pos - 1 : state.pos]
    if before.isalnum() or before == "$":
        return False
    found = DOLLARS.match(state.src, state.pos, state.posMax)
    return found is not None and is_formula(found[1]) and _math(state, found, silent)


def _math_parentheses(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("\\(", state.pos) or state.src[state.pos - 1 : state.pos] == "]":
        return False
    if state.html_terminator_last("\\)") < state.pos:
        return False
    found = PARENTHESES.match(state.src, state.pos, state.posMax)
    return found is not None and is_formula(found[1]) and _math(state, found, silent)


def is_formula(tex: str) -> bool:
    """Return whether the text between dollar signs is a formula, not words and amounts of money.

    "$5 and 10$" is none; neither is any text of words without a sign that only formulas have.
    """
    return bool(tex.strip()) and (TEX.search(tex) is not None or WORDS.search(tex) is None)


def _math(state: StateInline, found: re.Match[str], silent: bool) -> bool:
    if not found[1].strip():
        return False
    if not silent:
        state.push("math", "", 0).content = found[1]
    state.pos = found.end()
    return True


# --------------------------------------------------------------------------- notes and addresses


def _inline_note(state: StateInline, silent: bool) -> bool:
    """Read pandoc's `^[text]`: a mark whose note is in its meta."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
    written = state.src[state.pos + 2 : end].strip()
    if end < 0 or not written:
        return False
    if not silent:
        children: list[Token] = []
        state.md.inline.parse(written, state.md, state.env, children)
        note = Token("inline", "", 0, content=written, children=children)
        state.push("footnote_mark", "", 0).meta = {"note": note}
    state.pos = end + 1
    return True


def _web_address(state: StateInline, silent: bool) -> bool:
    """Read `https://…` in running text as GitHub does, so that no mark is seen within it."""
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    found = match_web_address(state.src, state.pos, state.posMax)
    scheme = found.partition(":")[0]
    if not found or not state.pending.endswith(scheme):
        return False
    state.pending = state.pending[: -len(scheme)]
    state.push("link_open", "a", 1).attrs = {"href": found}
    state.tokens[-1].info = "bare"
    state.push("text", "", 0).content = found
    state.push("link_close", "a", -1)
    state.pos += len(found) - len(scheme)
    return True


# --------------------------------------------------------------------------- attributes


ONLY_ID = re.compile(rf"\{{[ ]*#[{ID_SIGN}.:-]+[ ]*\}}")


def _span(state: StateInline, silent: bool) -> bool:
    """Read pandoc's `[text]{.class #id key=value}`."""
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    found = ATTRIBUTES.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not found:
        return False
    if silent:
        state.pos = found.end()
        return True
    classes = re.findall(r"\.([\w-]+)", found.group())
    style = next((STYLED[one] for one in classes if one in STYLED), "")
    if style:
        push_around(state, style, state.pos + 1, end, found.end())
    else:
        if not ONLY_ID.fullmatch(found.group()):  # An id is an anchor: see `blocks/anchors.py`.
            push_remark(state, f"the attributes of a text are passed over: {found.group()[:60]}")
        tokenize_between(state, state.pos + 1, end, found.end())
    return True


def _last_line(state: StateInline) -> bool:
    """Pass over kramdown's `{: .class}` or Hugo's `{.class}` on a line of its own below a text."""
    if state.src[state.pos - 1 : state.pos] not in ("", "\n"):
        return False
    found = CLASSES.match(state.src, state.pos, state.posMax)
    if not found or state.src[found.end() :].strip():
        return False
    if state.tokens and state.tokens[-1].type == "softbreak":
        state.tokens.pop()
    push_remark(state, f"the attributes of a text are passed over: {found.group()[:60]}")
    state.pos = state.posMax
    return True


def _attributes(state: StateInline, silent: bool) -> bool:
    """Read `{target=_blank}` right after a link, image, formula or code, or `{.a}` as last line."""
    if silent or state.src[state.pos] != "{" or state.pending:
        return False
    if _last_line(state):
        return True
    if (
        not state.tokens
        or state.tokens[-1].type not in TAKES_ATTRIBUTES
        or state.src[state.pos - 1] not in ")]`$>"
    ):
        return False
    found = ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if state.tokens[-1].type == "image" and "attributes" not in state.tokens[-1].meta:
        state.tokens[-1].meta["attributes"] = found.group()
    else:
        push_remark(
            state, f"the attributes of a link or code are passed over: {found.group()[:60]}"
        )
    state.pos = found.end()
    return True
