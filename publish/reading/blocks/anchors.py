"""Anchors: `<a id="x"></a>`, `<span id="x">`, `[]{#x}` and `[text]{#x}`, which name a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publish.idsigns import ID_SIGN
from publish.reading.targets import Anchor

__all__ = ["find_anchors", "take_anchors"]

NAME = rf"""(?:id|name)\s*=\s*(?:"([^"<>]+)"|'([^'<>]+)'|((?-i:[{ID_SIGN}.:-]+)))"""
ITSELF = (
    r"""(?:\s+(?:href\s*=\s*["']\#[^"'<>]*["']|(?:class|aria-hidden)\s*=\s*["'][^"'<>]*["']))*"""
)
"""What programs add to the anchors of headings: a link to the anchor itself."""
HTML = re.compile(rf"<a{ITSELF}\s+{NAME}(?:\s+{NAME})?{ITSELF}\s*(?:/>|>\s*</a\s*>)", re.IGNORECASE)
EITHER = re.compile(
    rf"(?P<code>(?<!`)(`+)(?!`)(?:.*?[^`])\2(?!`)|\\.)|{HTML.pattern}"
    rf"|(?<!!)\[\]\{{[ ]*#(?P<span>(?-i:[{ID_SIGN}.:-]+))[^{{}}]*\}}"
    rf"|(?<=[^\[]\])\{{[ ]*#(?P<around>(?-i:[{ID_SIGN}.:-]+))[^{{}}]*\}}"
    r"""|<(?:a|span)\b[^<>]*?\sid\s*=\s*["'](?P<opened>[^"'<>]+)["'][^<>]*>""",
    re.IGNORECASE | re.DOTALL,
)


def take_anchors(state: StateCore) -> None:
    """Move anchors from the text of the blocks to the meta of the inline token they stand in.

    One that is a block of its own goes to the block after it.
    """
    waiting: list[str] = []
    empty: set[int] = set()
    kept: list[Token] = []
    for token in state.tokens:
        if token.type == "html_block" and (names := _only_anchors(token.content)):
            waiting += names
            continue
        if token.type == "inline":
            waiting += _take(token)
            if waiting and not token.content and kept[-1].type == "paragraph_open":
                empty.add(len(kept) - 1)
            elif waiting:
                token.meta = {**(token.meta or {}), "anchors": waiting}
                waiting = []
        kept.append(token)
    gone = {at + step for at in empty for step in range(3)}
    state.tokens[:] = [token for at, token in enumerate(kept) if at not in gone]


def find_anchors(tokens: list[Token], file: str, offset: int) -> Iterator[Anchor]:
    """Yield the anchors of the blocks of a file; `offset` lines are above them."""
    for token in tokens:
        for name in (token.meta or {}).get("anchors", ()):
            yield Anchor(file, name, (token.map or [0])[0] + 1 + offset)


def _only_anchors(content: str) -> list[str]:
    if HTML.sub("", content).strip():
        return []
    return [_name(match) for match in HTML.finditer(content)]


def _take(token: Token) -> list[str]:
    content = token.content.lower()
    if "<a" not in content and "<span" not in content and "]{" not in content:
        return []
    names: list[str] = []

    def cut(match: re.Match[str]) -> str:
        if match["code"]:
            return match.group()
        if around := match["around"] or match["opened"]:
            names.append(around)
            return match.group()
        names.append(_name(match))
        return ""

    content = EITHER.sub(cut, token.content)
    if names:
        token.content = content.strip()
    return names


def _name(match: re.Match[str]) -> str:
    found = match.groupdict().get("span")
    groups = (one for one in match.groups() if one and not one.startswith("`"))
    return found or next(groups)
