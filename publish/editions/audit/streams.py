"""Reads what a page of a PDF shows: texts with the marks around them, images, hidden texts.

Operators are those of ISO 32000-1 annex A.  Only text, marks and what can hide text are followed;
the file itself is opened by `pdffile.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["PageContent", "PageFonts", "read_page_content"]

_TOKEN = re.compile(
    rb"\[(?P<shown>[<>0-9a-fA-F.\s+-]*)\]\s*TJ\b"
    rb"|<<(?P<properties>.*?)>>(?=\s*(?:BDC|DP)\b)"
    rb"|/(?P<name>[^\s/<>\[\]()]*)"
    rb"|<(?P<hex>[0-9a-fA-F\s]*)>"
    rb"|\((?P<literal>(?:[^()\\]|\\.)*)\)"
    rb"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*\*?)"
    rb"|%[^\r\n]*",
    re.S,
)
_HEX = re.compile(rb"<([0-9a-fA-F\s]*)>")
_ACTUAL = re.compile(rb"/ActualText\s*(?:<([0-9a-fA-F\s]*)>|\(((?:[^()\\]|\\.)*)\))", re.S)
_MCID = re.compile(rb"/MCID\s+(\d+)")
_FILLS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "sh"))
_WHITE, _LEAST_SIZE, _LEAST_ALPHA = 0.9, 1.0, 0.2

Matrix = tuple[float, float, float, float, float, float]
PageFonts = Mapping[str, Mapping[int, str]]
"""The letters of each glyph, by the name of the font on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """What one page shows.

    `texts` are by the number of their mark, `artifacts` texts that are no part of the document.
    `loose` are texts without any mark, `hidden` texts that nobody sees with the reason, `actual`
    pairs of the text read aloud and the one shown, where they differ.  `drawn` counts what is
    drawn outside of any mark, `layers` the marks that can be switched off.
    """

    texts: dict[int, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    actual: list[tuple[str, str]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state, as far as it can hide a text."""

    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    colour: tuple[float, ...] = (0,)
    alpha: float = 1
    font: str = ""
    size: float = 0
    mode: float = 0
    stretch: float = 100


@dataclass(slots=True)
class _Mark:
    """A mark that is open: its number if it has one, its real text, and the text shown in it."""

    tag: str
    number: int | None
    actual: str | None
    shown: str = ""


@dataclass(slots=True)
class _Reading:
    """A page being read."""

    fonts: PageFonts
    alphas: Mapping[str, float]
    box: tuple[float, float, float, float]
    content: PageContent
    state: _State = field(default_factory=_State)
    states: list[_State] = field(default_factory=list)
    marks: list[_Mark] = field(default_factory=list)
    line: Matrix = (1, 0, 0, 1, 0, 0)
    dark: bool = False


def read_page_content(
    data: bytes,
    fonts: PageFonts,
    alphas: Mapping[str, float],
    box: tuple[float, float, float, float],
) -> PageContent:
    """Return what the content stream of a page shows.

    `alphas` has the opacity that each graphics state sets, `box` the corners of the page.
    """
    page = _Reading(fonts, alphas, box, PageContent())
    operands: list[Any] = []
    for found in _TOKEN.finditer(data):
        kind, value = found.lastgroup, found[found.lastgroup] if found.lastgroup else b""
        match kind:
            case "number":
                operands.append(float(value))
            case "name":
                operands.append(value.decode("latin-1"))
            case "properties" | "literal":
                operands.append(value)
            case "hex":
                operands.append(_unhex(value))
            case "shown":
                _show(page, (_unhex(text) for text in _HEX.findall(value)))
                operands.clear()
            case "operator":
                _operate(page, value.decode("latin-1"), operands)
                operands.clear()
            case _:
                pass
    page.content.loose.extend(mark.tag for mark in page.marks)
    return page.content


def _unhex(value: bytes) -> bytes:
    digits = b"".join(value.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _operate(page: _Reading, operator: str, operands: list[Any]) -> None:
    action = _ACTIONS.get(operator)
    try:
        if action is not None:
            action(page, operands)
        elif operator in _FILLS:
            page.dark = page.dark or not _is_white(page.state.colour)
            if not page.marks:
                page.content.drawn.append(operator)
    except (IndexError, TypeError, ValueError):
        page.content.drawn.append(f"{operator} (wrong)")


# --------------------------------------------------------------------------- state


def _change(page: _Reading, **values: Any) -> None:
    old = page.state
    page.state = _State(
        *(values.get(name, getattr(old, name)) for name in _State.__dataclass_fields__)
    )


def _save(page: _Reading, _: list[Any]) -> None:
    page.states.append(page.state)


def _restore(page: _Reading, _: list[Any]) -> None:
    if page.states:
        page.state = page.states.pop()


def _transform(page: _Reading, operands: list[Any]) -> None:
    _change(page, matrix=_multiply(_matrix(operands), page.state.matrix))


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = operands
    return a, b, c, d, e, f


def _multiply(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _colour(page: _Reading, operands: list[Any]) -> None:
    _change(page, colour=tuple(value for value in operands if isinstance(value, float)))


def _is_white(colour: tuple[float, ...]) -> bool:
    if len(colour) == 4:
        return max(colour) < 1 - _WHITE
    return bool(colour) and min(colour) >= _WHITE


def _begin_text(page: _Reading, _: list[Any]) -> None:
    page.line = (1, 0, 0, 1, 0, 0)


def _place(page: _Reading, operands: list[Any]) -> None:
    page.line = _matrix(operands)


def _move(page: _Reading, operands: list[Any]) -> None:
    page.line = _multiply((1, 0, 0, 1, operands[0], operands[1]), page.line)


# --------------------------------------------------------------------------- marks


def _open_mark(page: _Reading, operands: list[Any]) -> None:
    tag = str(operands[0])
    properties = operands[1] if len(operands) > 1 else b""
    if tag == "OC" or not isinstance(properties, bytes):
        page.content.layers.append(tag)
        properties = b""
    number, actual = _MCID.search(properties), _ACTUAL.search(properties)
    text = None if actual is None else _decode(actual)
    mark = _Mark(tag, int(number[1]) if number else None, text)
    page.marks.append(mark)
    if mark.number is not None:
        page.content.texts.setdefault(mark.number, "")
    if text is not None and sum(one.actual is not None for one in page.marks) == 1:
        _add(page, text)


def _decode(found: re.Match[bytes]) -> str:
    data = _unhex(found[1]) if found[1] is not None else _unescape(found[2])
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    return data.decode("latin-1")


def _unescape(data: bytes) -> bytes:
    escapes = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(found: re.Match[bytes]) -> bytes:
        if found[1][:1].isdigit():
            return bytes([int(found[1], 8) & 255])
        return escapes.get(found[1], found[1])

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, data, flags=re.S)


def _close_mark(page: _Reading, _: list[Any]) -> None:
    mark = page.marks.pop()
    if mark.actual is not None and mark.actual != "\u00ad":
        page.content.actual.append((mark.actual, mark.shown))


def _add(page: _Reading, text: str) -> None:
    """Add a text to the mark it is in; one outside of all marks is loose."""
    tags = [mark.tag for mark in page.marks]
    numbers = [mark.number for mark in page.marks if mark.number is not None]
    if "Artifact" in tags:
        page.content.artifacts.append(text)
    elif numbers:
        page.content.texts[numbers[-1]] += text
    elif text.strip():
        page.content.loose.append(text)


# --------------------------------------------------------------------------- text


def _show(page: _Reading, pieces: Iterator[bytes]) -> None:
    letters = page.fonts.get(page.state.font, {})
    codes = (piece[at : at + 2] for piece in pieces for at in range(0, len(piece), 2))
    text = "".join(letters.get(int.from_bytes(code), "\ufffd") for code in codes)
    for mark in page.marks:
        mark.shown += text
    if text.strip() and (reason := _why_hidden(page)):
        page.content.hidden.append(f"{reason}: {text}")
    if not any(mark.actual is not None for mark in page.marks):
        _add(page, text)


def _why_hidden(page: _Reading) -> str:
    """Return why nobody sees a text that is shown now; empty if it can be seen."""
    state = page.state
    whole = _multiply(page.line, state.matrix)
    height = state.size * (abs(whole[2]) + abs(whole[3]))
    width = state.stretch / 100 * (abs(whole[0]) + abs(whole[1]))
    left, bottom, right, top = page.box
    if state.mode not in (0, 1, 2):
        return "without ink"
    if height < _LEAST_SIZE or width * state.size < _LEAST_SIZE:
        return "too small"
    if state.alpha < _LEAST_ALPHA or (_is_white(state.colour) and not page.dark):
        return "in the colour of the paper"
    if not (left <= whole[4] <= right and bottom <= whole[5] <= top):
        return "off the page"
    return ""


def _show_string(page: _Reading, operands: list[Any]) -> None:
    _show(page, (_unescape(value) for value in operands if isinstance(value, bytes)))


def _set_font(page: _Reading, operands: list[Any]) -> None:
    _change(page, font=str(operands[0]), size=float(operands[1]))


def _set_state(page: _Reading, operands: list[Any]) -> None:
    _change(page, alpha=page.alphas.get(str(operands[0]), page.state.alpha))


def _draw(page: _Reading, operands: list[Any]) -> None:
    page.content.images.append(str(operands[0]))
    if not page.marks:
        page.content.drawn.append(f"Do {operands[0]}")


_ACTIONS: Mapping[str, Callable[[_Reading, list[Any]], None]] = {
    "q": _save,
    "Q": _restore,
    "cm": _transform,
    **dict.fromkeys(("rg", "g", "k", "sc", "scn"), _colour),
    "BT": _begin_text,
    "Tm": _place,
    "Td": _move,
    "TD": _move,
    "Tf": _set_font,
    "Tr": lambda page, operands: _change(page, mode=operands[0]),
    "Tz": lambda page, operands: _change(page, stretch=operands[0]),
    "gs": _set_state,
    **dict.fromkeys(("Tj", "TJ", "'", '"'), _show_string),
    "Do": _draw,
    **dict.fromkeys(("BDC", "BMC"), _open_mark),
    "EMC": _close_mark,
}
