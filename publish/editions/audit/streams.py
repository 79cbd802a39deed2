"""Reads what a page of a PDF shows: texts with the marks around them, images, hidden texts.

Operators are those of ISO 32000-1 annex A.  Only text, marks and what can hide text are followed;
the file itself is opened by `pdffile.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from publish.editions.audit.graphics import (
    Matrix,
    State,
    enclose,
    find_why_hidden,
    is_in,
    is_white,
    multiply,
    raise_by,
)
from publish.editions.audit.strings import drop_silent, read_codes, split_codes, unescape, unhex

__all__ = ["FontLetters", "PageContent", "ShownText", "read_page_content"]

_TOKEN = re.compile(
    rb"\[(?P<shown>[<>0-9a-fA-F.\s+-]*)\]\s*TJ\b"
    rb"|<<(?P<properties>.*?)>>(?=\s*(?:BDC|DP)\b)"
    rb"|/(?P<name>[^\s/<>\[\]()]*)"
    rb"|<(?P<hex>[0-9a-fA-F\s]*)>"
    rb"|\((?P<literal>(?:[^()\\]|\\.)*)\)"
    rb"|(?P<numbers>[-+]?(?:\d+\.?\d*|\.\d+)(?:\s+[-+]?(?:\d+\.?\d*|\.\d+))*)"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*\*?)"
    rb"|%[^\r\n]*",
    re.S,
)
_HEX = re.compile(rb"<([0-9a-fA-F\s]*)>")
_ACTUAL = re.compile(rb"/ActualText\s*(?:<([0-9a-fA-F\s]*)>|\(((?:[^()\\]|\\.)*)\))", re.S)
_KEY = re.compile(rb"/(MCID|ActualText|Type|Subtype|[A-Z]\w*)(?=[\s</(\[])")
_KEYS = frozenset(
    (b"MCID", b"ActualText", b"Type", b"Subtype", b"Layout", b"Pagination", b"Header", b"Footer")
)
_MCID = re.compile(rb"/MCID\s+(\d+)")
_PAINTS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "n"))
_FILLS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "sh"))


@dataclass(frozen=True, slots=True)
class FontLetters:
    """The letters and the width of each code of a font.

    `signed` has the letters with what has no ink; `turned` says that some run from right to left.
    """

    letters: Mapping[int, str] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)
    signed: Mapping[int, str] = field(default_factory=dict)
    turned: bool = False


_NO_FONT = FontLetters()


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text read aloud, and the text shown instead."""

    said: str
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContent:
    """What one page shows.

    `texts` are by the number of their mark, `artifacts` texts that are no part of the document.
    `loose` are texts without any mark, `hidden` texts that nobody sees with the reason, `actual`
    the texts for which the file names the text to read aloud.  `drawn` counts what is drawn
    outside of any mark, `layers` the marks that can be switched off or have unknown properties.
    `pictures` has the names of the images in a mark, `places` where its texts and images are.
    """

    texts: dict[int, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    actual: list[ShownText] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    pictures: dict[int, list[str]] = field(default_factory=dict)
    places: dict[int, list[tuple[float, float]]] = field(default_factory=dict)


@dataclass(slots=True)
class _Mark:
    """A mark that is open: its number if it has one, its real text, and the text shown in it."""

    tag: str
    number: int | None
    actual: str | None
    shown: str = ""
    aside: str = ""


@dataclass(slots=True)
class _Reading:
    """A page being read."""

    fonts: Mapping[str, FontLetters]
    alphas: Mapping[str, float]
    box: tuple[float, float, float, float]
    content: PageContent
    state: State = field(default_factory=State)
    states: list[State] = field(default_factory=list)
    marks: list[_Mark] = field(default_factory=list)
    line: Matrix = (1, 0, 0, 1, 0, 0)
    dark: bool = False
    path: list[tuple[float, float]] = field(default_factory=list)
    clips: bool = False
    shown: list[tuple[tuple[float, float], str]] = field(default_factory=list)


def read_page_content(
    data: bytes,
    fonts: Mapping[str, FontLetters],
    alphas: Mapping[str, float],
    box: tuple[float, float, float, float],
) -> PageContent:
    """Return what the content stream of a page shows.

    `alphas` has the opacity that each graphics state sets, `box` the corners of the page.
    """
    page = _Reading(fonts, alphas, box, PageContent())
    operands: list[Any] = []
    for found in _TOKEN.finditer(data):
        kind = found.lastgroup
        if kind is None:
            continue
        value = found[kind]
        match kind:
            case "numbers":
                operands += map(float, value.split())
            case "operator":
                if (operator := value.decode("latin-1")) in _FOLLOWED:
                    _operate(page, operator, operands)
                operands.clear()
            case "name":
                operands.append(value.decode("latin-1"))
            case "properties" | "literal":
                operands.append(value)
            case "hex":
                operands.append(unhex(value))
            case _:
                _show(page, read_codes(_HEX.findall(value)))
                operands.clear()
    page.content.loose.extend(mark.tag for mark in page.marks)
    return page.content


def _operate(page: _Reading, operator: str, operands: list[Any]) -> None:
    action = _ACTIONS.get(operator)
    try:
        if action is not None:
            action(page, operands)
        elif operator in _FILLS:
            _fill(page, operator)
        elif operator == "BI":
            page.content.drawn.append("an image within the page")
        if operator in _PAINTS:
            _end_path(page)
    except (IndexError, TypeError, ValueError):
        page.content.drawn.append(f"{operator} (wrong)")


def _fill(page: _Reading, operator: str) -> None:
    """Note what is filled: it may stand outside of all marks, or over a text shown before."""
    page.dark = page.dark or not is_white(page.state.colour)
    if not page.marks or page.marks[-1].tag == "Span":
        page.content.drawn.append(operator)
    inside = any(mark.tag == "Figure" for mark in page.marks)
    if page.path and page.state.alpha >= 1 and not inside:
        area = enclose(page.path, page.state.matrix)
        for point, text in page.shown:
            if is_in(point, area):
                page.content.hidden.append(f"under a drawing: {text}")


def _end_path(page: _Reading) -> None:
    if page.clips and page.path:
        left, bottom, right, top = enclose(page.path, page.state.matrix)
        if page.state.clip is not None:
            one = page.state.clip
            left, bottom = max(left, one[0]), max(bottom, one[1])
            right, top = min(right, one[2]), min(top, one[3])
        _change(page, clip=(left, bottom, right, top))
    page.path.clear()
    page.clips = False


def _rectangle(page: _Reading, operands: list[Any]) -> None:
    x, y, width, height = operands
    page.path += [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]


def _path(page: _Reading, operands: list[Any]) -> None:
    page.path += zip(operands[::2], operands[1::2], strict=True)


def _clip(page: _Reading, _: list[Any]) -> None:
    page.clips = True


# --------------------------------------------------------------------------- state


def _change(page: _Reading, **values: Any) -> None:
    page.state = page.state._replace(**values)


def _save(page: _Reading, _: list[Any]) -> None:
    page.states.append(page.state)


def _restore(page: _Reading, _: list[Any]) -> None:
    if page.states:
        page.state = page.states.pop()


def _transform(page: _Reading, operands: list[Any]) -> None:
    _change(page, matrix=multiply(_matrix(operands), page.state.matrix))


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = operands
    return a, b, c, d, e, f


def _colour(page: _Reading, operands: list[Any]) -> None:
    _change(page, colour=tuple(value for value in operands if isinstance(value, float)))


def _begin_text(page: _Reading, _: list[Any]) -> None:
    page.line = (1, 0, 0, 1, 0, 0)


def _place(page: _Reading, operands: list[Any]) -> None:
    page.line = _matrix(operands)


def _move(page: _Reading, operands: list[Any]) -> None:
    page.line = multiply((1, 0, 0, 1, operands[0], operands[1]), page.line)


# --------------------------------------------------------------------------- marks


def _open_mark(page: _Reading, operands: list[Any]) -> None:
    tag = str(operands[0])
    properties = operands[1] if len(operands) > 1 else b""
    if tag == "OC" or not isinstance(properties, bytes):
        page.content.layers.append(tag)
        properties = b""
    if others := set(_KEY.findall(properties)) - _KEYS:
        page.content.layers.append(", ".join(one.decode("latin-1") for one in sorted(others)))
    number, actual = _MCID.search(properties), _ACTUAL.search(properties)
    text = None if actual is None else _decode(actual)
    mark = _Mark(tag, int(number[1]) if number else None, text)
    page.marks.append(mark)
    if mark.number is not None:
        page.content.texts.setdefault(mark.number, "")
    if text is not None and sum(one.actual is not None for one in page.marks) == 1:
        _add(page, text)


def _decode(found: re.Match[bytes]) -> str:
    data = unhex(found[1]) if found[1] is not None else unescape(found[2])
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    return data.decode("latin-1")


def _close_mark(page: _Reading, _: list[Any]) -> None:
    mark = page.marks.pop()
    page.content.artifacts.extend([mark.aside] if mark.aside else [])
    inner = any(one.actual is not None for one in page.marks)
    true = inner and drop_silent(mark.actual or "") == mark.shown
    if mark.actual is not None and mark.actual != "\u00ad" and not true:
        page.content.actual.append(ShownText(mark.actual, mark.shown))


def _add(page: _Reading, text: str) -> None:
    """Add a text to the mark it is in; one outside of all marks is loose."""
    aside = next((mark for mark in page.marks if mark.tag == "Artifact"), None)
    numbers = [mark.number for mark in page.marks if mark.number is not None]
    if aside is not None:
        aside.aside += text
    elif numbers:
        page.content.texts[numbers[-1]] += text
    elif text.strip():
        page.content.loose.append(text)


# --------------------------------------------------------------------------- text


def _show(page: _Reading, codes: Sequence[int]) -> None:
    known = page.fonts.get(page.state.font, _NO_FONT).letters
    text = "".join([known.get(code, "\ufffd") for code in codes])
    named = False
    for mark in page.marks:
        mark.shown += text
        named = named or mark.actual is not None
    if text.strip():
        _look(page, text)
    if not named:
        _add(page, text)


def _look(page: _Reading, text: str) -> None:
    """Note where a text is, and why nobody sees it if so."""
    state = page.state
    whole = raise_by(state.rise, multiply(page.line, state.matrix))
    reason = find_why_hidden(state, whole, page.box, dark=page.dark)
    if reason:
        page.content.hidden.append(f"{reason}: {text}")
    middle = raise_by(state.size / 4, whole)
    page.shown.append((middle[4:], text))
    for mark in page.marks:
        if mark.number is not None:
            page.content.places.setdefault(mark.number, []).append(whole[4:])


def _show_string(page: _Reading, operands: list[Any]) -> None:
    texts = [unescape(value) for value in operands if isinstance(value, bytes)]
    _show(page, [code for text in texts for code in split_codes(text)])


def _set_font(page: _Reading, operands: list[Any]) -> None:
    _change(page, font=str(operands[0]), size=float(operands[1]))


def _set_state(page: _Reading, operands: list[Any]) -> None:
    _change(page, alpha=page.alphas.get(str(operands[0]), page.state.alpha))


def _draw(page: _Reading, operands: list[Any]) -> None:
    name = str(operands[0])
    numbers = [mark.number for mark in page.marks if mark.number is not None]
    if not page.marks or page.marks[-1].tag == "Span":
        page.content.drawn.append(f"Do {name}")
    if numbers:
        page.content.pictures.setdefault(numbers[-1], []).append(name)
        area = enclose(((0, 0), (1, 1)), page.state.matrix)
        page.content.places.setdefault(numbers[-1], []).append((area[0], area[1]))


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
    "Ts": lambda page, operands: _change(page, rise=operands[0]),
    **dict.fromkeys(("Tc", "Tw"), lambda page, operands: _change(page, apart=operands[0])),
    "re": _rectangle,
    **dict.fromkeys(("m", "l", "c", "v", "y"), _path),
    **dict.fromkeys(("W", "W*"), _clip),
    **dict.fromkeys(("Tj", "TJ", "'", '"'), _show_string),
    "Do": _draw,
    **dict.fromkeys(("BDC", "BMC"), _open_mark),
    "EMC": _close_mark,
}
_FOLLOWED = frozenset((*_ACTIONS, *_FILLS, *_PAINTS, "BI"))
