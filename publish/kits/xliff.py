"""XLIFF 2: write items as units for translation programs, and read them; 1.2 is read too.

Files are of version 2.0 (OASIS, 5 August 2014), which more programs open, or 2.1 (13 February
2018); nothing that is written differs between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from publish.catalogs.comparing import fold_text
from publish.containers.refusing import make_file_error
from publish.containers.xmlreading import XmlElement, parse_xml
from publish.containers.xmlwriting import DECLARATION, join_lines, write_element
from publish.errors import PublishError
from publish.kits.items import Item, ItemState, read_fingerprint
from publish.kits.oldxliff import OLD_NAMESPACE, list_old_units, read_old_unit
from publish.kits.returnedtexts import ReturnedText
from publish.kits.xliffnotes import list_notes, list_questions, make_note_text
from publish.kits.xlifftext import (
    read_target_text,
    write_original_data,
    write_source_text,
    write_target_text,
)
from publish.languages.language import Language

__all__ = ["XliffFile", "read_returned_units", "read_xliff", "write_xliff"]

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
"""The module of translation candidates."""
OWN = "publish:"
"""What begins values of our own."""
STATES: Mapping[ItemState, str] = {
    "untranslated": "initial",
    "fuzzy": "initial",
    "translated": "translated",
    "reviewed": "reviewed",
    "approved": "final",
}
"""Section 4.3.1.29.  A fuzzy text is `initial` with a target, as in other programs."""


def write_xliff(
    document: str,
    source: Language,
    language: Language,
    found: Iterable[Item],
    version: str = "2.0",
) -> bytes:
    """Return the items of a document as an XLIFF file.

    The fingerprint is the type of the unit: programs show translators notes, names and ids.

    The items must be made with the form `normalise_for_xliff`.
    """
    items = tuple(found)
    units = join_lines(*map(_unit, items))
    file = write_element("file", units, id="f1", original=document, xml_space="preserve")
    root = write_element(
        "xliff",
        join_lines(file),
        xmlns=NAMESPACE,
        xmlns_mtc=MATCHES if any(item.suggestion for item in items) else "",
        version=version,
        srcLang=source.tag,
        trgLang=language.tag,
    )
    return f"{DECLARATION}\n{root}\n".encode()


def _unit(item: Item) -> str:
    notes = [
        write_element("note", make_note_text(text), category=category)
        for category, text in list_notes(item)
    ]
    texts = _texts(item.source, item.translation)
    named = "s1" if item.suggestion else ""
    segment = write_element("segment", join_lines(*texts), id=named, state=STATES[item.state])
    parts = (
        _matches(item),
        write_element("notes", join_lines(*notes)),
        _original_data(item.source),
        segment,
    )
    return write_element("unit", join_lines(*parts), id=item.id, type=f"{OWN}{item.base}")


def _texts(msgid: str, msgstr: str) -> Iterator[str]:
    yield write_element("source", write_source_text(msgid))
    if msgstr:
        yield write_element("target", write_target_text(msgid, msgstr))


def _original_data(msgid: str) -> str:
    data = write_original_data(msgid)
    return write_element("originalData", join_lines(*data)) if data else ""


def _matches(item: Item) -> str:
    """Return what the memory suggests, which programs show beside the sentence (section 5.1)."""
    near = item.suggestion
    if near is None:
        return ""
    inner = join_lines(_original_data(near.source), *_texts(near.source, near.translation))
    match = write_element("mtc:match", inner, ref="#s1", similarity=f"{near.percent}.0")
    return write_element("mtc:matches", join_lines(match))


# --------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class XliffFile:
    """A returned XLIFF file: its document, its languages (tags) and its units."""

    document: str
    source: str
    language: str
    units: tuple[XmlElement, ...]


def read_xliff(data: bytes, file: str) -> XliffFile:
    """Read an XLIFF file of version 1.2 or 2; raises PublishError (code `kit-file`) for another."""
    root = parse_xml(data, file)
    version = root.attributes.get("version", "")
    kind = (root.name, root.namespace, version.partition(".")[0])
    if kind not in {("xliff", NAMESPACE, "2"), ("xliff", OLD_NAMESPACE, "1")}:
        raise make_file_error(
            "this is not XLIFF 1.2 or 2", file, "save it as XLIFF of the version that was sent"
        )
    files = list(root.children("file"))
    if len(files) != 1:
        raise make_file_error(f"an XLIFF file must hold one document, not {len(files)}", file)
    (only,) = files
    old = root.namespace == OLD_NAMESPACE
    told = only.attributes if old else root.attributes
    return XliffFile(
        only.attributes.get("original", ""),
        told.get("source-language" if old else "srcLang", ""),
        told.get("target-language" if old else "trgLang", ""),
        tuple(list_old_units(only) if old else _units(only)),
    )


def _units(parent: XmlElement) -> Iterator[XmlElement]:
    for part in parent.content:
        if isinstance(part, XmlElement) and part.name == "unit":
            yield part
        elif isinstance(part, XmlElement) and part.name == "group":
            yield from _units(part)


def read_returned_units(exchanged: XliffFile, msgids: Mapping[str, str]) -> Iterator[ReturnedText]:
    """Yield the texts of the units; `msgids` are the sentences of the catalog, by id.

    A file that another program made has ids of its own and no fingerprints: the source of a unit
    says which sentence it is, if one sentence has it.
    """
    folded = {name: fold_text(msgid) for name, msgid in msgids.items() if msgid}
    counted = Counter(folded.values())
    ids = {text: name for name, text in folded.items() if counted[text] == 1}
    for unit in exchanged.units:
        read = read_old_unit if unit.name == "trans-unit" else _returned
        name = unit.attributes.get("id", "")
        found = read(unit, msgids.get(name, ""))
        own = "" if name in msgids or found.base else ids.get(fold_text(found.source or ""), "")
        yield replace(read(unit, msgids[own]), id=own) if own else found


def _returned(unit: XmlElement, msgid: str) -> ReturnedText:
    segments = [part for part in unit.content if isinstance(part, XmlElement)]
    segments = [part for part in segments if part.name in {"segment", "ignorable"}]
    targets = list(chain.from_iterable(part.children("target") for part in segments))
    text, problem = _text(msgid, targets)
    identifier = unit.attributes.get("id", "")
    fuzzy = bool(text) and any(map(_needs_work, segments))
    return ReturnedText(
        id=identifier,
        text=text,
        fuzzy=fuzzy,
        base=_base(unit),
        place=f"unit {identifier}",
        line=unit.line,
        source=msgid or "".join(one.text() for part in segments for one in part.children("source")),
        comments=tuple(list_questions(_notes(unit), "category")),
        problem=problem,
    )


def _notes(unit: XmlElement) -> Iterator[XmlElement]:
    return (note for group in unit.children("notes") for note in group.children("note"))


def _text(msgid: str, targets: list[XmlElement]) -> tuple[str, str]:
    """Return the translation, and what is wrong with its codes; empty if nothing is."""
    if not any(target.content for target in targets):
        return "", ""
    try:
        return read_target_text(msgid, targets), ""
    except PublishError as error:
        return "".join(target.text() for target in targets), error.message


def _needs_work(segment: XmlElement) -> bool:
    """Return whether a segment is `initial`, which is the default state (section 4.3.1.29)."""
    return segment.name == "segment" and segment.attributes.get("state", "initial") == "initial"


def _base(unit: XmlElement) -> str:
    """Return the fingerprint; older files have it in the name of the unit, or in a note."""
    kind = unit.attributes.get("type", "")
    written = kind.removeprefix(OWN) if kind.startswith(OWN) else unit.attributes.get("name", "")
    if base := read_fingerprint(written):
        return base
    older = (note.text() for note in _notes(unit) if note.attributes.get("category") == "base")
    return read_fingerprint(next(older, ""))
