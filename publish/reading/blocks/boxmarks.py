"""Rules for boxes as dialects write them: `!!! note`, `::: warning`, `> [!TIP]`.

They become the tokens `box_open`, `box_title_open`, `inline`, `box_title_close`, … `box_close`.
A `:::` of an unknown class becomes `div_open`, … `div_close`.  What is wrong becomes a `fault`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from publish.model import BoxKind, Level

__all__ = ["add_box_rules", "count_open_colons", "make_fault", "make_title"]

KINDS: dict[str, BoxKind] = {
    **dict.fromkeys(("note", "info", "information", "notice", "seealso", "primary"), "note"),
    **dict.fromkeys(("tip", "hint"), "tip"),
    **dict.fromkeys(("important",), "important"),
    **dict.fromkeys(("warning", "attention", "warn"), "warning"),
    **dict.fromkeys(("caution", "danger", "error"), "caution"),
    **dict.fromkeys(("details", "spoiler"), "details"),
}
"""The kinds of boxes by their names in the dialects."""

NAMED: dict[str, BoxKind] = {
    **dict.fromkeys(("abstract", "summary", "tldr", "todo", "question", "help", "faq"), "note"),
    **dict.fromkeys(("success", "check", "done", "example", "quote", "cite", "exercise"), "note"),
    **dict.fromkeys(("failure", "fail", "missing", "bug"), "warning"),
}
"""Names that say more than their kind does, and so become the title of a box without one."""

PLACEMENT = frozenset(("inline", "end", "left", "right"))
"""Words after the name of an admonition that only say where it stands."""

ADMONITION = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]*([\w-]+)"
    r'(?:((?:[ \t]+[\w-]+)*)[ \t]+"(.*)"|((?:[ \t]+[^\s"]+)*))[ \t]*'
)
COLONS = re.compile(r":{3,}[ \t]*(.*?)[ \t]*:*[ \t]*")
CLASSES = re.compile(r"\{([^{}]*)\}")
CLASS = re.compile(r"(?:^|\s)\.?([A-Za-z][\w-]*)(?=\s|$)")
TITLE = re.compile(r"""title=(?:"([^"]*)"|'([^']*)'|(\S+))""")
WORD = re.compile(r"([\w-]+)[ \t]*(?:\[(.*)\])?[ \t]*(.*)", re.S)
ALERT = re.compile(r"\[!([A-Za-z][\w-]*)\][+-]?[ \t]*(.*)")
PREFIX = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
FENCE = re.compile(r"(`{3,}|~{3,})")
OPTION = re.compile(r"[ \t]*:[\w-]+:.*")


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line of a box: its kind if it is known, the name as written, and its title."""

    kind: BoxKind | None
    name: str
    title: str


def add_box_rules(parser: MarkdownIt) -> None:
    """Add the rules to a parser."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "admonition", _admonition, ends)
    parser.block.ruler.before("fence", "colons", _colons, ends)
    parser.block.ruler.before("fence", "alert", _alert)
    parser.core.ruler.after("block", "alerts", _alerts)


def make_fault(
    message: str, hint: str, line: int, *, code: str, level: Level = Level.ERROR
) -> Token:
    """Return a token for an error or remark at a line, which counts from 0."""
    meta = {"message": message, "hint": hint, "code": code, "level": level}
    return Token("fault", "", 0, map=[line, line + 1], meta=meta)


def make_title(inline: Token) -> list[Token]:
    """Return the tokens of a box's title."""
    return [Token("box_title_open", "p", 1), inline, Token("box_title_close", "p", -1)]


def _find_kind(name: str) -> BoxKind | None:
    """Return the kind of a box by a name of a dialect, such as Quarto's `callout-note`."""
    lowered = name.lower()
    for prefix in ("callout-", "alert-", "admonition-"):
        lowered = lowered.removeprefix(prefix)
    return KINDS.get(lowered) or NAMED.get(lowered)


def _make_head(name: str, title: str, *, always: bool) -> _Head:
    """Return the head of a box; with `always`, an unknown name is a note with this title."""
    kind = _find_kind(name) or ("note" if always else None)
    if not title and kind and name.lower() not in KINDS and "-" not in name:
        title = name.capitalize()
    return _Head(kind, name, title.strip())


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _add_tokens(state: StateBlock, tokens: list[Token]) -> None:
    for token in tokens:
        token.block = True
        token.level = state.level
        state.tokens.append(token)


def _read_inside(state: StateBlock, head: _Head, first: int, inner: int, last: int) -> None:
    """Parse the lines from `inner` up to `last` as the inside of a box or a division."""
    kind = "div" if head.kind is None else "box"
    opening = state.push(f"{kind}_open", "div", 1)
    opening.map = [first, last]
    opening.meta = {"kind": head.kind, "name": head.name}
    if head.title:
        inline = Token("inline", "", 0, content=head.title, map=[first, first + 1], children=[])
        line = [first, first + 1]
        beside = (Token("paragraph_open", "p", 1, map=line), Token("paragraph_close", "p", -1))
        _add_tokens(state, make_title(inline) if head.kind else [beside[0], inline, beside[1]])
    before, state.parentType = state.parentType, "container"
    end, state.lineMax = state.lineMax, last
    state.md.block.tokenize(state, inner, last)
    state.parentType, state.lineMax = before, end
    state.push(f"{kind}_close", "div", -1)


# --------------------------------------------------------------------------- !!! and ???


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse an admonition as MkDocs has it: a head, and below it lines indented by four spaces."""
    if state.is_code_block(start):
        return False
    found = ADMONITION.fullmatch(_line(state, start))
    if not found:
        return False
    indent = state.sCount[start] + 4
    last = after = start + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] >= indent):
        after += 1
        last = last if state.isEmpty(after - 1) else after
    words, classes = (
        " ".join(word for word in (found[group] or "").split() if word not in PLACEMENT)
        for group in (4, 2)
    )
    head = _make_head(found[1], found[3] or words, always=True)
    empty = last == start + 1
    if empty and (not _find_kind(found[1]) or words):
        return False
    if silent:
        return True
    if empty and not found[3]:
        _add_tokens(state, [_no_inside(found[0], start)])
        state.line = start + 1
        return True
    if classes:
        _add_tokens(state, [_unknown_class(classes, start)])
    before, state.blkIndent = state.blkIndent, indent
    _read_inside(state, head, start, start + 1, last)
    state.blkIndent = before
    state.line = last
    return True


def _no_inside(written: str, line: int) -> Token:
    return make_fault(
        f"this note has no text: {written.strip()}",
        "indent the lines that belong to it by four spaces",
        line,
        code="box-empty",
    )


# --------------------------------------------------------------------------- :::


def _colons(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a division between lines of colons, as pandoc and Docusaurus have it."""
    if state.is_code_block(start):
        return False
    found = COLONS.fullmatch(_line(state, start))
    if not found:
        return False
    if silent:
        return True
    if "colons" not in state.env:
        state.env["colons"] = dict(_pair_colons(state.src))
    last = state.env["colons"].get(start, -1)
    if not found[1] or not start < last < state.lineMax:
        _add_tokens(state, [_lone_colons(found[0].strip(), start, opens=bool(found[1]))])
        state.line = start + 1
        return True
    head = _read_head(found[1])
    inner = start + 1
    while found[1].startswith("{") and inner < last and OPTION.fullmatch(_line(state, inner)):
        inner += 1
    if head.kind is None:
        _add_tokens(state, [_unknown_class(head.name, start)])
    _read_inside(state, head, start, inner, last)
    state.line = last + 1
    return True


def _pair_colons(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each division, wherever it stands."""
    opened: list[int] = []
    for number, opens in _list_colons(text, "")[0]:
        if opens:
            opened.append(number)
        elif opened:
            yield opened.pop(), number


def _list_colons(text: str, code: str) -> tuple[list[tuple[int, bool]], str]:
    """Return the lines of colons, each with whether it opens a division, and the fence left open.

    `code` is the fence that is open before the first line.
    """
    lines: list[tuple[int, bool]] = []
    for number, line in enumerate(text.split("\n")):
        inner = line[PREFIX.match(line).end() :]  # type: ignore[union-attr]
        fence = FENCE.match(inner)
        if code:
            code = "" if fence and not inner.strip(code[0]).strip() and fence[1] >= code else code
        elif fence:
            code = fence[1]
        elif found := COLONS.fullmatch(inner):
            lines.append((number, bool(found[1])))
    return lines, code


def count_open_colons(text: str, before: tuple[int, str] = (0, "")) -> tuple[int, str]:
    """Return how many divisions are open after a text, and the fence of code that is.

    `before` is the same of the text above it.
    """
    if not before[1] and not any(sign in text for sign in (":::", "```", "~~~")):
        return before
    lines, code = _list_colons(text, before[1])
    depth = before[0]
    for _, opens in lines:
        depth = depth + 1 if opens else max(depth - 1, 0)
    return depth, code


def _read_head(written: str) -> _Head:
    """Return the head of a division from what stands behind its colons."""
    braces = CLASSES.search(written)
    title = ""
    names: list[str] = []
    if braces:
        given = TITLE.search(braces[1])
        title = next(filter(None, given.groups()), "") if given else ""
        names = CLASS.findall(TITLE.sub(" ", braces[1]))
        written = f"{written[: braces.start()]} {written[braces.end() :]}".strip()
    if not written.strip() or (names and written and braces and braces.start() == 0):
        title = title or written
    elif word := WORD.match(written):
        names.insert(0, word[1])
        title = title or word[2] or word[3].strip('" ')
    else:
        title = title or written
    name = next((one for one in names if _find_kind(one)), names[0] if names else "")
    plain = next((one for one in names if one.lower() in ("admonition", "callout", "alert")), "")
    if not _find_kind(name) and plain:
        return _make_head("note", title, always=True)
    return _make_head(name, title, always=False)


def _unknown_class(name: str, line: int) -> Token:
    shown = f"the class {name!r} is not known" if name else "no class is given"
    return make_fault(
        f"{shown}, so it has no effect",
        "boxes are note, tip, important, warning, caution and details",
        line,
        code="class-unknown",
        level=Level.ADVICE,
    )


def _lone_colons(written: str, line: int, *, opens: bool) -> Token:
    if opens:
        return make_fault(
            f"this division has no end: {written}",
            "write ::: on a line of its own where it ends; to show colons, write \\:::",
            line,
            code="box-open",
        )
    return make_fault(
        "these colons end a division that has no beginning",
        "delete the line, or write ::: note where the box begins",
        line,
        code="box-open",
    )


# --------------------------------------------------------------------------- > [!NOTE]


def _alert(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the first line of a quotation that is a box."""
    if silent or state.parentType != "blockquote" or state.tokens[-1].type != "blockquote_open":
        return False
    found = ALERT.fullmatch(_line(state, start))
    if not found or state.is_code_block(start):
        return False
    head = _make_head(found[1], found[2], always=True)
    token = Token("alert", "", 0, map=[start, start + 1], meta={"head": head})
    _add_tokens(state, [token])
    state.line = start + 1
    return True


def _alerts(state: StateCore) -> None:
    """Make a box of each quotation that begins with `[!NOTE]`, as GitHub and Obsidian do."""
    done: list[Token] = []
    boxes: list[bool] = []
    for token in state.tokens:
        if token.type == "alert":
            head: _Head = token.meta["head"]
            boxes[-1] = True
            done[-1].type = "box_open"
            done[-1].meta = {"kind": head.kind, "name": head.name}
            if head.title:
                inline = Token("inline", "", 0, content=head.title, map=token.map, children=[])
                done += make_title(inline)
            continue
        if token.type == "blockquote_open":
            boxes.append(False)
        elif token.type == "blockquote_close" and boxes.pop():
            token.type = "box_close"
        done.append(token)
    state.tokens = done
