"""Convert the marks of a sentence to inline codes of XLIFF 2 (section 4.7), and back.

Emphasis, styles, links and images are `<pc>` around their words; code, formulas, footnote marks
and line breaks are `<ph>`.  A code is identified by its number in the source sentence, so a
translator can move it but not damage it.  What a number means is never read from a returned file.
The codes of XLIFF 1.2 (`<g>`, `<x>`, `<ph>`) are read here too.
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
    "CHARACTER",
    "MarkNumbers",
    "MarkSpelling",
    "find_codes",
    "list_inner_nodes",
    "normalise_for_xliff",
    "number_codes",
    "read_target_text",
    "spell_mark",
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

CHARACTER = "x-publish-character"
"""The type of a code of XLIFF 1.2 that stands for a character that XML cannot contain."""

Codes = dict[str, Inline]
"""The marks of a source sentence by their number."""


@dataclass(frozen=True, slots=True)
class MarkSpelling:
    """How a mark is written: its type and sub-type in XLIFF, its start and end in Markdown."""

    type: str
    sub_type: str
    start: str
    end: str = ""


def spell_mark(node: Inline) -> MarkSpelling | None:
    """Return how a node is written; None if it is no mark."""
    match node:
        case Emphasis():
            return MarkSpelling("fmt", "xlf:i", "*", "*")
        case Strong():
            return MarkSpelling("fmt", "xlf:b", "**", "**")
        case Styled(_, style):
            return MarkSpelling("fmt", STYLES[style], f"<{style}>", f"</{style}>")
        case Link(_, href):
            return MarkSpelling("link", "", "[", f"]({href})")
        case Image(src):
            return MarkSpelling("image", "", "![", f"]({src})")
        case Code() | Math():
            return MarkSpelling("other", "", serialise_inlines((node,)))
        case FootnoteMark(label):
            return MarkSpelling("other", "", f"[^{label}]")
        case Break():
            return MarkSpelling("fmt", "xlf:lb", "\\")
        case _:
            return None


def find_codes(msgid: str) -> Codes:
    """Return the marks of a sentence by their number."""
    marks = [node for node in walk_inlines(parse_inline(msgid)) if spell_mark(node)]
    return {str(number): node for number, node in enumerate(marks, 1)}


# --------------------------------------------------------------------------- writing


def write_original_data(msgid: str) -> tuple[str, ...]:
    """Return the `<data>` elements of a sentence: its marks in Markdown."""
    found: list[str] = []
    for number, node in find_codes(msgid).items():
        spelling = spell_mark(node)
        if spelling:
            found.append(write_element("data", escape_characters(spelling.start), id=f"d{number}"))
        if spelling and spelling.end:
            found.append(write_element("data", escape_characters(spelling.end), id=f"e{number}"))
    return tuple(found)


def write_source_text(msgid: str) -> str:
    """Return a msgid as the content of `<source>`."""
    return _written(parse_inline(msgid), number_codes(find_codes(msgid)))


def write_target_text(msgid: str, msgstr: str) -> str:
    """Return a msgstr as the content of `<target>`.

    It is plain text if its marks differ from its source or cannot be parsed as Markdown.
    """
    try:
        return _written(parse_msgstr(msgstr), number_codes(find_codes(msgid)))
    except (PublishError, LookupError):
        return _plain(msgstr)


MarkNumbers = dict[MarkSpelling, list[str]]
"""The numbers of the marks of each spelling that are not used yet, in order."""


def number_codes(codes: Codes) -> MarkNumbers:
    """Return the numbers of codes by how they are written."""
    found: MarkNumbers = {}
    for number, node in codes.items():
        if spelling := spell_mark(node):
            found.setdefault(spelling, []).append(number)
    return found


def _written(tree: Inlines, numbers: MarkNumbers) -> str:
    """Return inline nodes as XLIFF; raises LookupError for a mark that the source does not have."""
    return "".join(_node(node, numbers) for node in tree)


def _node(node: Inline, numbers: MarkNumbers) -> str:
    spelling = spell_mark(node)
    if spelling is None:
        return _plain(node.text if isinstance(node, Text) else "")
    number = numbers[spelling].pop(0)
    fixed = {"id": number, "type": spelling.type, "subType": spelling.sub_type}
    if not spelling.end:
        return write_empty_element(
            "ph", canCopy="no", canDelete="no", dataRef=f"d{number}", **fixed
        )
    inner = (
        _plain(node.alt) if isinstance(node, Image) else _written(list_inner_nodes(node), numbers)
    )
    ends = {"dataRefEnd": f"e{number}", "dataRefStart": f"d{number}"}
    return write_element("pc", inner, canCopy="no", canDelete="no", **ends, **fixed)


def list_inner_nodes(node: Inline) -> Inlines:
    """Return the nodes within a mark."""
    return node.children if isinstance(node, Emphasis | Strong | Styled | Link) else ()


def _plain(text: str) -> str:
    """Return text as XML, with `<cp>` for characters that XML cannot contain (section 4.3.1.1)."""
    if not find_unwritable(text):
        return escape_characters(text)
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
    codes = find_codes(msgid)
    tree = normalise(tuple(node for target in targets for node in _nodes(target, codes)))
    text = serialise_inlines(tree)
    return JOINED if text.strip() == JOINED else text


def _nodes(parent: XmlElement, codes: Codes) -> Iterator[Inline]:
    for part in parent.content:
        if isinstance(part, str):
            yield Text(part)
            continue
        match part.name:
            case "x" if part.attributes.get("ctype") == CHARACTER:
                yield Text(_character(part.attributes.get("id", "")[1:5]))
            case "pc" | "g" | "ph" | "x":
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
    spelling = spell_mark(node) if node else None
    if node is None or spelling is None or bool(spelling.end) != (part.name in {"pc", "g"}):
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
