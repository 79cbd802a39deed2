"""Convert the marks of a sentence to inline codes of XLIFF 2.1 (section 4.7), and back.

Emphasis, styles, links and images are `<pc>` around their words; code, formulas, footnote marks
and line breaks are `<ph>`.  A code is identified by its number in the source sentence, so a
translator can move it but not damage it.  What a number means is never read from a returned file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publish.containers.xmlcharacters import find_unwritable
from publish.containers.xmlreading import XmlElement, parse_xml
from publish.containers.xmlwriting import (
    escape_characters,
    write_element,
    write_empty_element,
)
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
    Math,
    Strong,
    Style,
    Styled,
    Text,
    walk_inlines,
)
from publish.reading.marks.canonical import serialise_inlines
from publish.reading.marks.inline import normalise, parse_inline
from publish.reading.msgstr import parse_msgstr

__all__ = [
    "normalise_for_xliff",
    "read_target_text",
    "write_original_data",
    "write_source_text",
    "write_target_text",
]

STYLES: dict[Style, str] = {
    "s": "publish:strike",
    "u": "xlf:u",
    "sub": "publish:sub",
    "sup": "publish:sup",
    "kbd": "publish:key",
}
"""The sub-types of text with a style; XLIFF 2.1 has one only for underlined text."""

Codes = dict[str, Inline]
"""The marks of a source sentence by their number."""


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How a mark is written: its type and sub-type in XLIFF, its start and end in Markdown."""

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
        case Styled(_, style):
            return _Spelling("fmt", STYLES[style], f"<{style}>", f"</{style}>")
        case Link(_, href):
            return _Spelling("link", "", "[", f"]({href})")
        case Image(src):
            return _Spelling("image", "", "![", f"]({src})")
        case Code() | Math():
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


def write_original_data(msgid: str) -> tuple[str, ...]:
    """Return the `<data>` elements of a sentence: its marks in Markdown."""
    found: list[str] = []
    for number, node in _codes(msgid).items():
        spelling = _spelling(node)
        if spelling:
            found.append(write_element("data", escape_characters(spelling.start), id=f"d{number}"))
        if spelling and spelling.end:
            found.append(write_element("data", escape_characters(spelling.end), id=f"e{number}"))
    return tuple(found)


def write_source_text(msgid: str) -> str:
    """Return a msgid as the content of `<source>`."""
    return _written(parse_inline(msgid), _numbers(_codes(msgid)))


def write_target_text(msgid: str, msgstr: str) -> str:
    """Return a msgstr as the content of `<target>`.

    It is plain text if its marks differ from its source or cannot be parsed as Markdown.
    """
    try:
        return _written(parse_msgstr(msgstr), _numbers(_codes(msgid)))
    except (PublishError, LookupError):
        return _plain(msgstr)


Numbers = dict[_Spelling, list[str]]
"""The numbers of the marks of each spelling that are not used yet, in order."""


def _numbers(codes: Codes) -> Numbers:
    found: Numbers = {}
    for number, node in codes.items():
        if spelling := _spelling(node):
            found.setdefault(spelling, []).append(number)
    return found


def _written(tree: Inlines, numbers: Numbers) -> str:
    """Return inline nodes as XLIFF; raises LookupError for a mark that the source does not have."""
    return "".join(_node(node, numbers) for node in tree)


def _node(node: Inline, numbers: Numbers) -> str:
    spelling = _spelling(node)
    if spelling is None:
        return _plain(node.text if isinstance(node, Text) else "")
    number = numbers[spelling].pop(0)
    fixed = {"id": number, "type": spelling.type, "subType": spelling.sub_type}
    if not spelling.end:
        return write_empty_element(
            "ph", canCopy="no", canDelete="no", dataRef=f"d{number}", **fixed
        )
    inner = _plain(node.alt) if isinstance(node, Image) else _written(_children(node), numbers)
    ends = {"dataRefEnd": f"e{number}", "dataRefStart": f"d{number}"}
    return write_element("pc", inner, canCopy="no", canDelete="no", **ends, **fixed)


def _children(node: Inline) -> Inlines:
    return node.children if isinstance(node, Emphasis | Strong | Styled | Link) else ()


def _plain(text: str) -> str:
    """Return text as XML, with `<cp>` for characters that XML cannot contain (section 4.3.1.1)."""
    return "".join(
        write_empty_element("cp", hex=f"{ord(character):04X}")
        if find_unwritable(character)
        else escape_characters(character)
        for character in text
    )


# --------------------------------------------------------------------------- reading


def read_target_text(msgid: str, targets: Sequence[XmlElement]) -> str:
    """Return the msgstr for the content of the `<target>` elements, joined in order.

    Raises PublishError (code `kit-code`) for codes that the source sentence does not have.
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
                raise _wrong(f"the inline code <{name}> was not sent")


def _restored(part: XmlElement, codes: Codes) -> Inline:
    number = part.attributes.get("id", "")
    node = codes.get(number)
    spelling = _spelling(node) if node else None
    if node is None or spelling is None or bool(spelling.end) != (part.name == "pc"):
        raise _wrong(f"the source sentence has no code {number} of this kind")
    if isinstance(node, Emphasis | Strong | Styled | Link):
        return replace(node, children=tuple(_nodes(part, codes)))
    return replace(node, alt=part.text()) if isinstance(node, Image) else node


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        raise _wrong(f"no character has the code {code[:12]}") from None


def _wrong(message: str) -> PublishError:
    return PublishError(message, hint="use each code of the source once", code="kit-code")


def normalise_for_xliff(msgid: str, msgstr: str) -> str:
    """Return a msgstr as an unedited XLIFF file returns it: with canonical Markdown."""
    if not msgstr or msgstr.strip() == JOINED:
        return msgstr
    target = parse_xml(write_element("target", write_target_text(msgid, msgstr)).encode(), "")
    try:
        return read_target_text(msgid, [target])
    except PublishError:
        return msgstr
