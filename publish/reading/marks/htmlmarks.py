"""HTML in running text: the elements that Markdown has marks for, or that change no text.

Elements are read in pairs, so that none is left open.  Comments leave no trace.  All other HTML
stays a token of its own, which is an error.
"""

from __future__ import annotations

import re
from html import unescape

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from publish.reading.marks.inlinerules import find_end_tag, push_around

__all__ = ["INLINE_ELEMENTS", "html_element", "read_attributes"]

_ATTRIBUTE = r"""\s+[A-Za-z_:@][\w.:@-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
TAG = re.compile(rf"<(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<attributes>(?:{_ATTRIBUTE})*)\s*/?>")
ONE_ATTRIBUTE = re.compile(
    r"""([A-Za-z_:@][\w.:@-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?"""
)
COMMENT = re.compile(r"<!--(?:-?>|.*?-->)", re.DOTALL)
BREAKS = ("hardbreak", "softbreak", "remark")
SPACES = re.compile(r"[ \t\n]*")

MARKS = {"em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em"}
MARKS |= {"strong": "strong", "b": "strong"}
STYLES = {"s": "s", "del": "s", "strike": "s", "u": "u", "ins": "u"}
STYLES |= {"sub": "sub", "sup": "sup", "kbd": "kbd"}
PASSED = frozenset({"span", "small", "mark", "big", "font", "abbr", "bdi", "time", "nobr"})
CODE = frozenset({"code", "tt", "samp"})
PARAGRAPHS = frozenset({"p", "div", "center"})
"""Blocks that cells of tables have, since Markdown has no paragraphs there: lines of their own."""
INLINE_ELEMENTS = frozenset({*MARKS, *STYLES, *PASSED, *CODE, "a", "br", "wbr", "img"})
"""The elements that are read; a line that begins with one is a paragraph, no block of HTML."""


def html_element(state: StateInline, silent: bool) -> bool:
    """Read an element with its text, or a comment: a rule of markdown-it."""
    if state.src[state.pos] != "<":
        return False
    if state.src.startswith("<!--", state.pos):
        return _comment(state, silent)
    tag = TAG.match(state.src, state.pos, state.posMax)
    name = tag["name"].lower() if tag else ""
    if tag is None or name not in INLINE_ELEMENTS | PARAGRAPHS:
        return False
    if name in ("br", "wbr", "img"):
        return _void(state, name, tag, silent)
    end = find_end_tag(state, tag.end(), name)
    if end is None:
        return False
    if silent:
        state.pos = end.end()
    else:
        _push(state, name, tag, end)
    return True


def _comment(state: StateInline, silent: bool) -> bool:
    """Pass over a comment; one that does not end in its text is left as HTML, an error."""
    short = state.src.startswith(("<!-->", "<!--->"), state.pos)
    ends = short or state.html_terminator_last("-->") > state.pos
    found = COMMENT.match(state.src, state.pos, state.posMax) if ends else None
    if found is None and not silent:
        state.push("html_inline", "", 0).content = "<!--"
    state.pos = found.end() if found else state.pos + len("<!--")
    return True


def _void(state: StateInline, name: str, tag: re.Match[str], silent: bool) -> bool:
    """Read an element without an end tag."""
    state.pos = tag.end()
    if name == "br":
        found = SPACES.match(state.src, state.pos, state.posMax)
        state.pos = found.end() if found else state.pos
    if silent or name == "wbr":
        return True
    if name == "br":
        state.pending = state.pending.rstrip(" ")
        state.push("hardbreak", "br", 0)
    else:
        _image(state, read_attributes(tag["attributes"]))
    return True


def _image(state: StateInline, given: dict[str, str]) -> None:
    """Add the token of an image; its size is written as attributes of Markdown."""
    alt = given.get("alt", "")
    token = state.push("image", "img", 0)
    token.attrs = {"src": given.get("src", ""), "alt": ""}
    token.content = alt
    token.children = [Token("text", "", 0, content=alt)] if alt else []
    sizes = [f'{key}="{given[key]}"' for key in ("width", "height", "style") if given.get(key)]
    if sizes and not any('"' in given.get(key, "") for key in ("width", "height", "style")):
        token.meta["attributes"] = f"{{{' '.join(sizes)}}}"


def read_attributes(written: str) -> dict[str, str]:
    """Return the attributes of a tag by their names in lower case."""
    return {
        found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in ONE_ATTRIBUTE.finditer(written)
    }


def _push(state: StateInline, name: str, tag: re.Match[str], end: re.Match[str]) -> None:
    start = tag.end()
    if name in STYLES:
        push_around(state, STYLES[name], start, end.start(), end.end())
    elif name in MARKS:
        push_around(state, "", start, end.start(), end.end(), MARKS[name])
    elif name in CODE:
        written = unescape(" ".join(state.src[start : end.start()].split()))
        state.push("code_inline", "code", 0).content = written
        state.pos = end.end()
    elif name in PARAGRAPHS:
        _push_paragraph(state, start, end)
    else:
        _push_passed(state, name, tag, end)


def _push_paragraph(state: StateInline, start: int, end: re.Match[str]) -> None:
    """Add the text of a paragraph, with a line break between it and the text on each side."""
    last = state.posMax
    if state.pending.strip() or any(one.type not in BREAKS for one in state.tokens[-1:]):
        state.pending = state.pending.rstrip(" ")
        state.push("hardbreak", "br", 0)
    state.pos, state.posMax = start, end.start()
    state.md.inline.tokenize(state)
    state.pos, state.posMax = end.end(), last
    if state.src[end.end() : last].strip():
        state.push("hardbreak", "br", 0)
        found = SPACES.match(state.src, state.pos, last)
        state.pos = found.end() if found else state.pos


def _push_passed(state: StateInline, name: str, tag: re.Match[str], end: re.Match[str]) -> None:
    """Add a link, or only the text of an element that is passed over."""
    start, href = tag.end(), read_attributes(tag["attributes"]).get("href", "")
    last = state.posMax
    if name == "a" and href:
        state.linkLevel += 1
        push_around(state, "", start, end.start(), end.end(), "link", {"href": href})
        state.linkLevel -= 1
        return
    state.push("remark", "", 0).meta = {
        "remark": (
            f"the HTML element {tag.group()[:60]} is passed over, its text is kept",
            "delete the tag, or keep it for other programs: editions leave it out",
        )
    }
    state.pos, state.posMax = start, end.start()
    state.md.inline.tokenize(state)
    state.pos, state.posMax = end.end(), last
