"""XLIFF 1.2: write items as units for older translation programs, and read them.

The version of OASIS of 1 February 2008.  Some of these programs, such as OmegaT 3, translate what
stands in `<target>`; so a sentence that has no translation has its source there.  While its state
is the one that was sent, that is no translation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from publish.containers.xmlcharacters import find_unwritable
from publish.containers.xmlreading import XmlElement
from publish.containers.xmlwriting import (
    DECLARATION,
    escape_characters,
    join_lines,
    write_element,
    write_empty_element,
)
from publish.errors import PublishError
from publish.kits.items import Item, ItemState, make_fingerprint, read_fingerprint
from publish.kits.returnedtexts import ReturnedText
from publish.kits.xliffnotes import list_notes, list_questions, make_note_text
from publish.kits.xlifftext import (
    CHARACTER,
    MarkNumbers,
    find_codes,
    list_inner_nodes,
    number_codes,
    read_target_text,
    spell_mark,
)
from publish.languages.language import Language
from publish.model import Code, FootnoteMark, Image, Inline, Inlines, Math, Text
from publish.reading.marks.inline import parse_inline
from publish.reading.msgstr import parse_msgstr

__all__ = ["OLD_NAMESPACE", "list_old_units", "read_old_unit", "write_old_xliff"]

OLD_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

STATES: Mapping[ItemState, str] = {
    "untranslated": "needs-translation",
    "fuzzy": "needs-review-translation",
    "translated": "translated",
    "reviewed": "signed-off",
    "approved": "final",
}
UNTRANSLATED = {"new", "needs-translation"}
"""States in which a target that reads as its source is no translation."""
UNSURE = {
    f"needs-{what}"
    for what in ("adaptation", "l10n", "review-adaptation", "review-l10n", "review-translation")
}
TYPES: Mapping[str, str] = {
    "xlf:i": "italic",
    "xlf:b": "bold",
    "xlf:u": "underlined",
    "xlf:lb": "lb",
    "publish:strike": "x-strike",
    "publish:sub": "x-sub",
    "publish:sup": "x-sup",
    "publish:key": "x-key",
}
"""The types of codes by their sub-types in XLIFF 2."""


def write_old_xliff(
    document: str, source: Language, language: Language, found: Iterable[Item]
) -> bytes:
    """Return the items of a document as an XLIFF 1.2 file.

    The items must be made with the form `normalise_for_xliff`.
    """
    units = join_lines(*(_unit(item, language) for item in found))
    file = write_element(
        "file",
        join_lines(write_element("body", units)),
        original=document,
        source_language=source.tag,
        target_language=language.tag,
        datatype="plaintext",
        xml_space="preserve",
    )
    for name in ("source", "target"):
        file = file.replace(f"{name}:language=", f"{name}-language=", 1)
    root = write_element("xliff", join_lines(file), xmlns=OLD_NAMESPACE, version="1.2")
    return f"{DECLARATION}\n{root}\n".encode()


def _unit(item: Item, language: Language) -> str:
    source = _source_text(item.source)
    target = _target_text(item.source, item.translation) if item.translation else source
    notes = (
        write_element("note", make_note_text(text), from_=category)
        for category, text in list_notes(item)
    )
    parts = (
        write_element("source", source),
        write_element("target", target, state=STATES[item.state], xml_lang=language.tag),
        *notes,
        _suggestion(item, language),
    )
    approved = "yes" if item.state == "approved" else ""
    return write_element(
        "trans-unit",
        join_lines(*parts),
        id=item.id,
        approved=approved,
        extradata=item.base,
        xml_space="preserve",
    )


def _suggestion(item: Item, language: Language) -> str:
    """Return what the memory suggests, which programs show beside the sentence."""
    near = item.suggestion
    if near is None:
        return ""
    source = write_element("source", _source_text(near.source))
    text = _target_text(near.source, near.translation)
    target = write_element("target", text, xml_lang=language.tag)
    alike = f"{near.percent}%"
    return write_element("alt-trans", join_lines(source, target), match_quality=alike).replace(
        "match:quality", "match-quality", 1
    )


# --------------------------------------------------------------------------- text


def _source_text(msgid: str) -> str:
    return _written(parse_inline(msgid), number_codes(find_codes(msgid)))


def _target_text(msgid: str, msgstr: str) -> str:
    """Return a msgstr as the content of `<target>`, as plain text if its marks are others."""
    try:
        return _written(parse_msgstr(msgstr), number_codes(find_codes(msgid)))
    except (PublishError, LookupError):
        return _plain(msgstr)


def _written(tree: Inlines, numbers: MarkNumbers) -> str:
    """Return inline nodes as XLIFF; raises LookupError for a mark that the source does not have."""
    return "".join(_node(node, numbers) for node in tree)


def _node(node: Inline, numbers: MarkNumbers) -> str:
    spelling = spell_mark(node)
    if spelling is None:
        return _plain(node.text if isinstance(node, Text) else "")
    fixed = {"id": numbers[spelling].pop(0), "ctype": _type(node)}
    if spelling.end:
        inner = (
            _plain(node.alt)
            if isinstance(node, Image)
            else _written(list_inner_nodes(node), numbers)
        )
        return write_element("g", inner, **fixed)
    if fixed["ctype"] == "lb":
        return write_empty_element("x", **fixed)
    # Older programs show what a `<ph>` contains.
    return write_element("ph", escape_characters(spelling.start), **fixed)


def _type(node: Inline) -> str:
    match node:
        case Code():
            return "x-code"
        case Math():
            return "x-formula"
        case FootnoteMark():
            return "x-note"
        case Image():
            return "x-image"
        case _:
            spelling = spell_mark(node)
            return TYPES.get(spelling.sub_type, spelling.type) if spelling else ""


def _plain(text: str) -> str:
    """Return text as XML, with a code for each character that XML cannot contain."""
    if not find_unwritable(text):
        return escape_characters(text)
    return "".join(
        write_empty_element("x", id=f"u{ord(character):04X}", ctype=CHARACTER)
        if find_unwritable(character)
        else escape_characters(character)
        for character in text
    )


# --------------------------------------------------------------------------- reading


def list_old_units(file: XmlElement) -> Iterator[XmlElement]:
    """Yield the units of a `<file>`, those in groups too."""
    for part in file.content:
        if isinstance(part, XmlElement) and part.name == "trans-unit":
            yield part
        elif isinstance(part, XmlElement) and part.name in {"body", "group"}:
            yield from list_old_units(part)


def read_old_unit(unit: XmlElement, msgid: str) -> ReturnedText:
    """Return the text of a unit; `msgid` is its sentence in the catalog, empty if unknown."""
    source, target = unit.child("source"), unit.child("target")
    state = target.attributes.get("state", "") if target else ""
    text, problem = _text(msgid, target)
    if text and state in UNTRANSLATED and source and text == _text(msgid, source)[0]:
        text = problem = ""
    identifier = unit.attributes.get("id", "")
    base = read_fingerprint(unit.attributes.get("extradata", ""))
    changed = base.startswith("?") and base != make_fingerprint(text, fuzzy=True)
    return ReturnedText(
        id=identifier,
        text=text,
        fuzzy=bool(text) and state in UNSURE and not changed,
        base=base,
        place=f"unit {identifier}",
        line=unit.line,
        source=msgid or (source.text() if source else ""),
        comments=tuple(list_questions(unit.children("note"), "from")),
        problem=problem,
    )


def _text(msgid: str, target: XmlElement | None) -> tuple[str, str]:
    """Return the translation, and what is wrong with its codes; empty if nothing is."""
    if target is None or not target.content:
        return "", ""
    try:
        return read_target_text(msgid, [target]), ""
    except PublishError as error:
        return target.text(), error.message
