"""Writes what a Word file says of itself, and of the sentences in it."""

from __future__ import annotations

from typing import Any

from lxml import etree

from publish.editions.docx.shown import read_shown_texts
from publish.editions.docx.word import Word, name_note, name_sentence
from publish.editions.page.edition import make_edition_identifier, read_front_text, state_note
from publish.editions.page.xhtml import Element
from publish.model import Role, make_fingerprint
from publish.reading.locations import number_notes

__all__ = [
    "SENT",
    "write_app",
    "write_core",
    "write_custom",
    "write_sentences",
]

CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The id that every custom property has (ISO/IEC 29500-1 §22.3.2.2)."""

SENT = "urn:publish:edition:1"
"""The namespace of the part that says which sentences the file has, and as what they were sent."""


def _spaces(main: str, **others: str) -> Any:
    """Return the names of a part, whose own namespace has no prefix."""
    return {None: main, **others}


def write_core(word: Word) -> bytes:
    """Return title, author, languages and state; there is no date of the file.

    Office programs fill in who changed the file and when.
    """
    halves = word.text.both
    root = etree.Element(f"{{{CORE}}}coreProperties", nsmap={"cp": CORE, "dc": DC})

    def add(space: str, name: str, value: str) -> None:
        if value:
            etree.SubElement(root, f"{{{space}}}{name}").text = value

    def front(role: Role) -> str:
        texts = (read_front_text(half.document, role) for half in halves)
        return " / ".join(dict.fromkeys(filter(None, texts)))

    add(DC, "title", front(Role.TITLE))
    add(DC, "creator", front(Role.AUTHOR))
    add(CORE, "contentStatus", " / ".join(dict.fromkeys(filter(None, map(state_note, halves)))))
    add(DC, "language", halves[0].language.tag)
    add(DC, "identifier", make_edition_identifier(word.text))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_app() -> bytes:
    """Return the part with the properties that programs write; it names none."""
    root = etree.Element(f"{{{APP}}}Properties", nsmap=_spaces(APP))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_custom(word: Word) -> bytes:
    """Return the properties that tell which document this is, which all programs keep."""
    root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap=_spaces(CUSTOM, vt=TYPES))
    values = {
        "publish-document": word.text.document.name,
        "publish-language": word.text.languages,
        "publish-state": "original" if word.text.original else word.text.state,
    }
    for number, (name, value) in enumerate(values.items(), 2):
        given = {"fmtid": FORMAT, "pid": str(number), "name": name}
        one = etree.SubElement(root, f"{{{CUSTOM}}}property", given)
        etree.SubElement(one, f"{{{TYPES}}}lpwstr").text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def write_sentences(word: Word, root: Element, notes: Element | None) -> bytes:
    """Return the part that has, for each sentence, its bookmark and what it was made from.

    `source` is the fingerprint of its msgid, `base` that of the msgstr in the catalog, as kits have
    them; `shown` is that of the text in the bookmark, as `read_shown_texts` gives it.
    """
    made = etree.Element(f"{{{SENT}}}edition", nsmap=_spaces(SENT))
    text = word.text.both[word.half]
    made.set("document", text.document.name)
    made.set("language", text.language.tag)
    made.set("languages", word.text.languages)
    made.set("state", "original" if text.original else text.state)
    texts = read_shown_texts(root) | (read_shown_texts(notes) if notes is not None else {})
    for one in text.sent:
        name = name_sentence(one.id)
        if name in word.sentences:
            given = {"bookmark": name, "id": one.id, "source": one.source, "base": one.translation}
            given["shown"] = make_fingerprint(texts.get(name, ""), fuzzy=False)
            if one.whole:
                given["whole"] = "1"
            etree.SubElement(made, f"{{{SENT}}}sentence", given)
    labels = {number: label for label, number in number_notes(text.document).items()}
    for name in word.shown:
        label = labels.get(_read_number(name), "")
        given = {"bookmark": name_note(name), "label": label}
        etree.SubElement(made, f"{{{SENT}}}note", given)
    for name, (shown, tex) in word.formulas.items():
        given = {"bookmark": name, "shown": make_fingerprint(shown, fuzzy=False), "tex": tex}
        etree.SubElement(made, f"{{{SENT}}}formula", given)
    return etree.tostring(made, xml_declaration=True, encoding="UTF-8", standalone=True)


def _read_number(identifier: str) -> int:
    """Return the number of a note from its id, such as `note-3` or `note-3.ru`."""
    number = identifier.removeprefix("note-").partition(".")[0]
    return int(number) if number.isdecimal() else 0
