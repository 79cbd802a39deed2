"""A sentence's marks as inline codes of XLIFF 2.1 (section 4.7), and back.

Emphasis, links and pictures are `<pc>` around their words; code, notes and line breaks are `<ph>`.
A code goes by its number in the source sentence, so it cannot be damaged, only moved; what the
numbers stand for is never read from a file that came back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publish.containers.xmlreading import XmlElement, parse_xml
from publish.containers.xmlwriting import characters, closed, element, find_unwritable
from publish.errors import PublishError
from publish.model import (
    JOINED,
    Break,
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Link,
    Strong,
    Text,
    walk_inlines,
)
from publish.reading.canonical import serialise_inlines
from publish.reading.inline import normalise, parse_inline
from publish.reading.msgstr import translation_tree

__all__ = ["original_data", "read_text", "source_text", "target_text", "through_xliff"]

Codes = dict[str, Inline]
"""The marks of a source sentence by their number."""


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How a mark is told: XLIFF's type and sub-type, and what Markdown writes for it."""

    type: str
    sub_type: str
    start: str
    end: str = ""


def _spelling(node: Inline) -> _Spelling | None:
    match node:
        case Emphasis():
            return _Spelling("fmt", "xlf:i", "*", "*")
        case Strong():
            return _Spelling("fmt", "xlf:b", "**", "**")
        case Link(_, href):
            return _Spelling("link", "", "[", f"]({href})")
        case Image(src):
            return _Spelling("image", "", "![", f"]({src})")
        case Code():
            return _Spelling("other", "", serialise_inlines((node,)))
        case FootnoteMark(label):
            return _Spelling("other", "", f"[^{label}]")
        case Break():
            return _Spelling("fmt", "xlf:lb", "\\")
        case _:
            return None


def _codes(msgid: str) -> Codes:
    marks = [node for node in walk_inlines(parse_inline(msgid)) if _spelling(node)]
    return {str(number): node for number, node in enumerate(marks, 1)}


# --------------------------------------------------------------------------- writing


def original_data(msgid: str) -> tuple[str, ...]:
    """The `<data>` elements of a sentence: its marks as Markdown has them."""
    found: list[str] = []
    for number, node in _codes(msgid).items():
        told = _spelling(node)
        if told:
            found.append(element("data", characters(told.start), id=f"d{number}"))
        if told and told.end:
            found.append(element("data", characters(told.end), id=f"e{number}"))
    return tuple(found)


def source_text(msgid: str) -> str:
    """A msgid as the content of `<source>`."""
    return _written(parse_inline(msgid), _numbers(_codes(msgid)))


def target_text(msgid: str, msgstr: str) -> str:
    """A msgstr as the content of `<target>`.

    One that has other marks than its source, or cannot be read as Markdown, is plain text.
    """
    try:
        return _written(translation_tree(msgstr), _numbers(_codes(msgid)))
    except (PublishError, LookupError):
        return _plain(msgstr)


Numbers = dict[_Spelling, list[str]]
"""The numbers of the marks of each spelling that are not used yet, in order."""


def _numbers(codes: Codes) -> Numbers:
    found: Numbers = {}
    for number, node in codes.items():
        if told := _spelling(node):
            found.setdefault(told, []).append(number)
    return found


def _written(tree: Inlines, numbers: Numbers) -> str:
    """Raises LookupError for a mark that the source does not have."""
    return "".join(_node(node, numbers) for node in tree)


def _node(node: Inline, numbers: Numbers) -> str:
    told = _spelling(node)
    if told is None:
        return _plain(node.text if isinstance(node, Text) else "")
    number = numbers[told].pop(0)
    fixed = {"id": number, "type": told.type, "subType": told.sub_type}
    if not told.end:
        return closed("ph", canCopy="no", canDelete="no", dataRef=f"d{number}", **fixed)
    inner = _plain(node.alt) if isinstance(node, Image) else _written(_children(node), numbers)
    ends = {"dataRefEnd": f"e{number}", "dataRefStart": f"d{number}"}
    return element("pc", inner, canCopy="no", canDelete="no", **ends, **fixed)


def _children(node: Inline) -> Inlines:
    return node.children if isinstance(node, Emphasis | Strong | Link) else ()


def _plain(text: str) -> str:
    """Text as XML, with `<cp>` for what XML cannot carry (section 4.3.1.1)."""
    return "".join(
        closed("cp", hex=f"{ord(character):04X}")
        if find_unwritable(character)
        else characters(character)
        for character in text
    )


# --------------------------------------------------------------------------- reading


def read_text(msgid: str, targets: Sequence[XmlElement]) -> str:
    """The msgstr that the content of `<target>` elements, one after the other, stands for.

    Raises PublishError for codes that the source sentence does not have.
    """
    codes = _codes(msgid)
    tree = normalise(tuple(node for target in targets for node in _nodes(target, codes)))
    text = serialise_inlines(tree)
    return JOINED if text.strip() == JOINED else text


def _nodes(parent: XmlElement, codes: Codes) -> Iterator[Inline]:
    for part in parent.content:
        if isinstance(part, str):
            yield Text(part)
            continue
        match part.name:
            case "pc" | "ph":
                yield _restored(part, codes)
            case "cp":
                yield Text(_character(part.attributes.get("hex", "")))
            case "mrk":
                yield from _nodes(part, codes)
            case "sm" | "em":
                pass
            case name:
                raise _wrong(f"the inline code <{name}> is not one that was sent")


def _restored(part: XmlElement, codes: Codes) -> Inline:
    number = part.attributes.get("id", "")
    node = codes.get(number)
    told = _spelling(node) if node else None
    if node is None or told is None or bool(told.end) != (part.name == "pc"):
        raise _wrong(f"the source sentence has no code {number} of this kind")
    if isinstance(node, Emphasis | Strong | Link):
        return replace(node, children=tuple(_nodes(part, codes)))
    return replace(node, alt=part.text()) if isinstance(node, Image) else node


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        raise _wrong(f"there is no character {code[:12]}") from None


def _wrong(message: str) -> PublishError:
    return PublishError(message, hint="use the codes of the source, each once", code="kit-code")


def through_xliff(msgid: str, msgstr: str) -> str:
    """A msgstr as it comes back from XLIFF if nobody touches it: spelled canonically."""
    if not msgstr or msgstr.strip() == JOINED:
        return msgstr
    target = parse_xml(element("target", target_text(msgid, msgstr)).encode(), "")
    try:
        return read_text(msgid, [target])
    except PublishError:
        return msgstr
