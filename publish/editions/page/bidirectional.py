"""Gives passages that run against their text a direction of their own: `set_directions`.

Browsers order the letters of a line by the Unicode Bidirectional Algorithm (UAX #9).  WeasyPrint
does so within each text only; elements it puts beside one another in the direction of their
paragraph.  So a passage that several texts make up, such as `The <em>ECMA</em>-262` in Arabic, gets
an element with its direction.  Code and addresses run from left to right in any text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from publish.editions.page.xhtml import XHTML_NS, Element, add_text, make_element

__all__ = ["find_opposite_runs", "set_directions"]

_OBJECT = "\ufffc"
"""What stands in a text for an element that has a direction or is a picture: it has none here."""

_LINE = "\u2029"

_LEFTWARD = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters from right to left: the blocks that Unicode keeps for them."""

_KINDS = {
    "rtl": (("L",), ("EN",), ("R", "AL", "AN", "B")),
    "ltr": (("R", "AL"), ("EN", "AN"), ("L", "B")),
}
"""By the direction of a text: the letters that run against it, the numbers that go on with these,
and what ends such a run (UAX #9, W1 to W7, N0 and N1)."""

_OTHER = {"rtl": "ltr", "ltr": "rtl"}


@dataclass(frozen=True, slots=True)
class _Flat:
    """The signs of the text in an element, and where its elements are among them.

    Those `apart` are one sign.
    """

    signs: list[str] = field(default_factory=list)
    places: dict[Element, tuple[int, int]] = field(default_factory=dict)
    apart: list[Element] = field(default_factory=list)


def set_directions(element: Element, direction: str) -> None:
    """Give a direction to code, addresses, and passages of several texts that run against a text.

    `element` has one text with the marks in it; `direction` is `ltr` or `rtl`.
    """
    if not len(element):
        return
    if direction == "ltr" and not any(_LEFTWARD.search(str(text)) for text in element.itertext()):
        return
    if direction == "rtl":
        for one in element.iterdescendants(f"{{{XHTML_NS}}}code", f"{{{XHTML_NS}}}a"):
            is_set = "dir" in one.attrib or _has_direction_within(one, element)
            if not is_set and (one.get("class") == "address" or one.tag.endswith("}code")):
                one.set("dir", "ltr")
    flat = _Flat()
    _flatten(element, flat)
    for run in reversed(list(find_opposite_runs("".join(flat.signs), direction))):
        _embed(element, 0, run, _OTHER[direction], flat)
    for one in flat.apart:
        set_directions(one, one.get("dir") or direction)


def _has_direction_within(one: Element, element: Element) -> bool:
    """Return whether a mark between an element and one in it has a direction."""
    for above in one.iterancestors():
        if above is element:
            break
        if "dir" in above.attrib:
            return True
    return False


def find_opposite_runs(text: str, direction: str) -> Iterator[tuple[int, int]]:
    """Yield where passages begin and end that run against a text with a direction."""
    against, numbers, ends = _KINDS[direction]
    first, end, opened = -1, 0, list[int]()
    for at, sign in enumerate(text):
        kind = unicodedata.bidirectional(sign)
        if kind in against or (first >= 0 and kind in numbers):
            first, end = at if first < 0 else first, at + 1
        elif first < 0:
            continue
        elif kind in ends:
            yield first, end
            first, opened = -1, []
        elif kind == "NSM" or (kind == "ET" and text[at - 1].isdigit()):
            end = at + 1 if end == at else end
        elif unicodedata.category(sign) == "Ps":
            opened.append(at)
        elif unicodedata.category(sign) == "Pe" and opened and opened.pop() < end:
            end = at + 1
    if first >= 0:
        yield first, end


def _flatten(element: Element, flat: _Flat) -> None:
    flat.signs.extend(element.text or "")
    for child in element:
        begin = len(flat.signs)
        name = child.tag.rpartition("}")[2]
        if "dir" in child.attrib or name in ("img", "math", "svg") or _is_note_mark(child):
            flat.signs.append(_OBJECT)
            flat.apart.append(child)
        elif name == "br":
            flat.signs.append(_LINE)
        else:
            _flatten(child, flat)
        flat.places[child] = begin, len(flat.signs)
        flat.signs.extend(child.tail or "")


def _is_note_mark(element: Element) -> bool:
    return any(child.get("role") == "doc-noteref" for child in element)


def _embed(parent: Element, begin: int, run: tuple[int, int], direction: str, flat: _Flat) -> None:
    """Put what an element has of a run into elements with a direction; those after it are done."""
    first, end = run
    content: list[str | Element] = []
    group: list[tuple[str | Element, int, int]] = []

    def close() -> None:
        found = [one for one, _, _ in group]
        if len(found) > 1:
            before, after = _take_spaces(found)
            wrapper = make_element("span", dir=direction)
            _fill(wrapper, found)
            flat.places[wrapper] = group[0][1] + len(before), group[-1][2] - len(after)
            content.extend((before, wrapper, after))
        else:
            content.extend(found)
            for one in found:
                if not isinstance(one, str) and one not in flat.apart:
                    _embed(one, flat.places[one][0], run, direction, flat)
        group.clear()

    for one, start, stop in _list_pieces(parent, begin, run, flat):
        if first <= start < end and stop <= end:
            group.append((one, start, stop))
            continue
        close()
        content.append(one)
        if not isinstance(one, str) and start < end and stop > first:
            _embed(one, start, run, direction, flat)
    close()
    _fill(parent, content)


def _take_spaces(group: list[str | Element]) -> tuple[str, str]:
    """Take spaces from both ends of a group: they belong to the text around it."""
    before = after = ""
    if isinstance(group[0], str):
        before = group[0][: len(group[0]) - len(group[0].lstrip())]
        group[0] = group[0].lstrip()
    if isinstance(group[-1], str):
        after = group[-1][len(group[-1].rstrip()) :]
        group[-1] = group[-1].rstrip()
    return before, after


def _list_pieces(
    parent: Element, begin: int, run: tuple[int, int], flat: _Flat
) -> Iterator[tuple[str | Element, int, int]]:
    """Yield the texts and elements in an element with their places; a run cuts texts."""
    pieces: list[tuple[str | Element, int]] = [(parent.text or "", begin)]
    for child in parent:
        pieces += [(child, flat.places[child][0]), (child.tail or "", flat.places[child][1])]
    for one, start in pieces:
        if not isinstance(one, str):
            yield one, start, flat.places[one][1]
            continue
        stop = start + len(one)
        cuts = sorted({start, stop, *(at for at in run if start < at < stop)})
        for left, right in pairwise(cuts):
            yield one[left - start : right - start], left, right


def _fill(element: Element, content: list[str | Element]) -> None:
    """Replace the content of an element."""
    element.text = None
    for child in list(element):
        element.remove(child)
    for one in content:
        if isinstance(one, str):
            add_text(element, one)
        else:
            one.tail = None
            element.append(one)
