"""Fields of Word: what their instructions make of the text that stands in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from publish.importing.word.names import Xml, find_value, is_on, read_number, w

__all__ = ["Field", "begin_result", "find_target", "read_form"]

PARTS = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
LEFT_OUT = {
    "TOC": "table of contents",
    "INDEX": "index",
    "TOA": "table of authorities",
    "RD": "reference to a file",
}
REFERENCES = frozenset(("REF", "NOTEREF", "FTNREF"))


@dataclass(slots=True)
class Field:
    """An open field: its instructions, then its result.

    `lost` says what its result is, if that is left out; the words are gathered in `words`.
    """

    start: Xml | None = None
    instructions: str = ""
    result: bool = False
    name: str = ""
    href: str = ""
    lost: str = ""
    text: str = ""
    words: list[str] = field(default_factory=list)


def begin_result(one: Field) -> None:
    """Note what the result of a field is, now that its instructions are whole."""
    one.result = True
    parts = _split(one.instructions)
    one.name = parts[0].upper() if parts else ""
    one.lost = LEFT_OUT.get(one.name, "")
    if one.name == "HYPERLINK":
        one.href = _hyperlink(parts[1:])
    elif one.name in REFERENCES and len(parts) > 1:
        one.href = f"#{parts[1]}"


def find_target(instructions: str) -> str:
    """Return the bookmark that a field refers to, or an empty string."""
    one = Field(instructions=instructions)
    begin_result(one)
    return one.href.partition("#")[2]


def _split(instructions: str) -> list[str]:
    return [
        quoted.replace("\\\\", "\\").replace('\\"', '"') if quoted else plain
        for quoted, plain in PARTS.findall(instructions)
    ]


def _hyperlink(parts: list[str]) -> str:
    address = anchor = ""
    at = 0
    while at < len(parts):
        part = parts[at]
        if part == "\\l":
            anchor = parts[at + 1] if at + 1 < len(parts) else ""
            at += 1
        elif part in ("\\o", "\\t", "\\s"):
            at += 1
        elif not part.startswith("\\") and not address:
            address = part
        at += 1
    return f"{address}#{anchor}" if anchor else address


def read_form(start: Xml | None, name: str) -> str:
    """Return what a field of a form shows that has no result: its box, or the entry chosen."""
    data = None if start is None else start.find(w("ffData"))
    if data is None:
        return ""
    box = data.find(w("checkBox"))
    if name == "FORMCHECKBOX" and box is not None:
        state = box.find(w("checked"))
        state = box.find(w("default")) if state is None else state
        return "☒" if is_on(state) else "☐"
    choice = data.find(w("ddList"))
    if name == "FORMDROPDOWN" and choice is not None:
        entries = [one.get(w("val")) or "" for one in choice.iterfind(w("listEntry"))]
        at = read_number(find_value(choice, "result") or find_value(choice, "default"))
        return entries[at] if 0 <= at < len(entries) else ""
    return ""
