"""Makes a Word file from the XHTML tree of an edition.

The text is written first, then what it refers to: notes, lists, pictures.  Nothing in the file
tells where, when or by whom it was made, and the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from publish.containers.zipfiles import write_zip
from publish.editions.docx.blocks import add_blocks
from publish.editions.docx.footnotes import collect_notes, write_footnotes
from publish.editions.docx.front import add_front
from publish.editions.docx.lists import write_numbering
from publish.editions.docx.names import find_classes, make, write_part
from publish.editions.docx.pages import add_section, write_settings
from publish.editions.docx.properties import (
    SENT,
    write_app,
    write_core,
    write_custom,
    write_sentences,
)
from publish.editions.docx.styles import write_styles
from publish.editions.docx.word import Look, Place, Story, Word
from publish.editions.page.bilingual import CELLS
from publish.editions.page.edition import Manuscript
from publish.editions.page.materials import Materials
from publish.editions.page.theme import find_theme_faces, read_theme
from publish.editions.page.xhtml import UNIT, XHTML_NS, Element

__all__ = ["make_word_file"]

HTML = f"{{{XHTML_NS}}}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

TYPES = {
    "/word/document.xml": f"{WORD_TYPE}.document.main+xml",
    "/word/styles.xml": f"{WORD_TYPE}.styles+xml",
    "/word/numbering.xml": f"{WORD_TYPE}.numbering+xml",
    "/word/settings.xml": f"{WORD_TYPE}.settings+xml",
    "/word/footnotes.xml": f"{WORD_TYPE}.footnotes+xml",
    "/word/header1.xml": f"{WORD_TYPE}.header+xml",
    "/word/footer1.xml": f"{WORD_TYPE}.footer+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": f"{OFFICE_TYPE}.extended-properties+xml",
    "/docProps/custom.xml": f"{OFFICE_TYPE}.custom-properties+xml",
    "/customXml/itemProps1.xml": f"{OFFICE_TYPE}.customXmlProperties+xml",
}
MEDIA = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "svg": "image/svg+xml",
}  # fmt: skip
ITEM = "{6E1B5B1C-8A0B-4C52-9F5A-1D0B3A5E7C21}"
"""The id of the part about sentences; it is the same in every file."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the file and what it refers to."""

    data: bytes
    story: Story | None = None


def make_word_file(text: Manuscript, tree: Element, materials: Materials) -> bytes:
    """Return a Word file with cover, imprint, contents, text and notes; the tree is changed."""
    body = tree.find(f"{HTML}body")
    assert body is not None
    half = _choose_half(text)
    if text.second is not None:
        _leave_marks(body, half)
    theme = read_theme(materials.templates)
    faces = find_theme_faces(theme, materials.families, materials.own_fonts)
    word = Word(
        text=text,
        materials=materials,
        story=Story(),
        notes=collect_notes(body),
        targets=_find_targets(body),
        fonts=tuple(dict.fromkeys(str(face.path) for face in faces)),
        rtl=text.language.direction == "rtl",
        half=half,
    )
    main = word.story
    look = Look(language=text.language.tag, rtl=word.rtl)
    document = _write_document(body, look, word)
    notes = None
    parts: dict[str, _Part] = {}
    if word.shown:
        notes, story = write_footnotes(word, look)
        parts["footnotes"] = _Part(notes, story)
    parts["styles"] = _Part(write_styles(word, theme))
    parts["numbering"] = _Part(write_numbering(word))
    parts["settings"] = _Part(write_settings(word))
    word.story = main
    add_section(document[0], word)
    sentences = write_sentences(word, document, etree.fromstring(notes) if notes else None)
    return _pack(word, main, document, parts, sentences)


def _choose_half(text: Manuscript) -> int:
    """Return which language has its sentences marked: the translation, or else the first."""
    return next((at for at, half in enumerate(text.both) if not half.original), 0)


def _leave_marks(body: Element, half: int) -> None:
    """Leave the marks of sentences in one language only, since a bookmark is there once.

    What both languages share, such as a picture with both descriptions, has none.
    """
    for element in body.iter(etree.Element):
        if UNIT in element.attrib:
            around = [element, *element.iterancestors()]
            cells = [find_classes(one) & set(CELLS) for one in around]
            cell = next((one for one in cells if one), None)
            if cell is None or CELLS[half] not in cell:
                del element.attrib[UNIT]


def _find_targets(body: Element) -> frozenset[str]:
    """Return the ids that links within the text lead to."""
    hrefs = (link.get("href") or "" for link in body.iter(f"{HTML}a"))
    return frozenset(href[1:] for href in hrefs if href.startswith("#"))


def _write_document(body: Element, look: Look, word: Word) -> Element:
    """Return the root of the main part, still without the section that ends it."""
    made = make("w:body")
    place = Place(look=look)
    broken = word.materials.layout.form != "brief"
    for part in list(body):
        start = len(made)
        if part.tag == f"{HTML}main":
            add_blocks(made, part, place, word)
        else:
            add_front(made, part, place, word)
        if broken and start and len(made) > start:
            _begin_page(made, start)
    for table in made.iter("{*}tbl"):
        table.attrib.pop("pair", "")
    if not len(made) or not str(made[-1].tag).endswith("}p"):
        made.append(make("w:p"))
    return make("w:document", made)


def _begin_page(body: Element, start: int) -> None:
    """Begin a new page with the first paragraph from a place on."""
    first = body[start]
    if not str(first.tag).endswith("}p"):
        first = make("w:p", make("w:pPr", make("w:pStyle", val="Gap")))
        body.insert(start, first)
    at = 1
    if len(first[0]) > 1 and str(first[0][1].tag).endswith("}keepNext"):
        at = 2
    first[0].insert(at, make("w:pageBreakBefore"))


# --------------------------------------------------------------------------- the package


def _pack(
    word: Word, main: Story, document: Element, parts: Mapping[str, _Part], sentences: bytes
) -> bytes:
    kinds = {name: main.relate(name, f"{name}.xml") for name in parts}
    main.relate("customXml", "../customXml/item1.xml")
    files = {"word/document.xml": write_part(document, ("w", "r"))}
    for name in kinds:
        part = parts[name]
        files[f"word/{name}.xml"] = part.data
        if part.story is not None and part.story.relations:
            files[f"word/_rels/{name}.xml.rels"] = _write_relations(part.story)
    files |= word.margins
    files["word/_rels/document.xml.rels"] = _write_relations(main)
    files |= {f"word/{name}": data for name, data in word.media.items()}
    files["docProps/core.xml"] = write_core(word)
    files["docProps/app.xml"] = write_app()
    files["docProps/custom.xml"] = write_custom(word)
    files["customXml/item1.xml"] = sentences
    files["customXml/itemProps1.xml"] = _write_item_properties()
    item = Story()
    item.relate("customXmlProps", "itemProps1.xml")
    files["customXml/_rels/item1.xml.rels"] = _write_relations(item)
    top = Story()
    top.relate("officeDocument", "word/document.xml")
    top.relate(f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
    top.relate("extended-properties", "docProps/app.xml")
    top.relate("custom-properties", "docProps/custom.xml")
    head = {"[Content_Types].xml": _write_types(files), "_rels/.rels": _write_relations(top)}
    return write_zip(head | files)


def _write_relations(story: Story) -> bytes:
    space = f"{PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap=_only(space))
    for (kind, target), identifier in story.relations.items():
        whole = kind if kind.startswith("http") else f"{OFFICE}/relationships/{kind}"
        one = etree.SubElement(root, f"{{{space}}}Relationship")
        one.set("Id", identifier)
        one.set("Type", whole)
        one.set("Target", target)
        if kind == "hyperlink":
            one.set("TargetMode", "External")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _write_types(files: Mapping[str, bytes]) -> bytes:
    space = f"{PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap=_only(space))
    endings = {name.rpartition(".")[2].lower() for name in files if name.startswith("word/media/")}
    known = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        **{ending: MEDIA[ending] for ending in sorted(endings)},
    }
    for ending, kind in known.items():
        given = {"Extension": ending, "ContentType": kind}
        etree.SubElement(root, f"{{{space}}}Default", given)
    for name, kind in TYPES.items():
        if name[1:] in files:
            given = {"PartName": name, "ContentType": kind}
            etree.SubElement(root, f"{{{space}}}Override", given)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _only(space: str) -> Any:
    """Return the names of a part that has one namespace."""
    return {None: space}


def _write_item_properties() -> bytes:
    space = f"{OFFICE}/customXml"
    root = etree.Element(f"{{{space}}}datastoreItem", nsmap={"ds": space})
    root.set(f"{{{space}}}itemID", ITEM)
    references = etree.SubElement(root, f"{{{space}}}schemaRefs")
    etree.SubElement(references, f"{{{space}}}schemaRef").set(f"{{{space}}}uri", SENT)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
