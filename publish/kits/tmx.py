"""Translation memories as TMX 1.4b (LISA OSCAR, 2005): write, read, fill a catalog.

A `<seg>` holds a sentence as the catalog has it: plain text, with its Markdown marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version

from publish.catalogs.comparing import fold_text
from publish.catalogs.memory import RememberedTranslation, TranslationMemory, build_memory
from publish.catalogs.reuse import carry_over, fill_from_memory
from publish.catalogs.updating import list_candidates
from publish.containers.refusing import make_file_error
from publish.containers.xmlcharacters import find_unwritable
from publish.containers.xmlreading import XmlElement, parse_xml
from publish.containers.xmlwriting import (
    DECLARATION,
    escape_characters,
    join_lines,
    write_element,
    write_empty_element,
)
from publish.errors import PublishError
from publish.languages.language import Language
from publish.languages.registry import serves
from publish.model import Catalog, Entry, Key, plain
from publish.po.pofile import PoFile, PoRecord, replace_entry
from publish.reading.marks.inline import parse_inline

__all__ = ["TranslationPair", "fill_catalog", "list_pairs", "read_tmx", "write_tmx"]

CODES = {"bpt", "ept", "it", "ph", "ut"}
"""Inline elements with the codes of another program, not words (TMX 1.4b, content markup)."""


@dataclass(frozen=True, slots=True)
class TranslationPair:
    """A sentence and its translation."""

    source: str
    translation: str


def list_pairs(catalogs: Iterable[tuple[str, Catalog]]) -> tuple[TranslationPair, ...]:
    """Return all confirmed translations of catalogs, obsolete ones too, each pair once.

    Sentences translated together with a neighbour are left out, and so are texts with
    characters that XML cannot contain.
    """
    known = build_memory(catalogs).by_key.values()
    found = (TranslationPair(one.entry.msgid, one.entry.msgstr) for group in known for one in group)
    return tuple(dict.fromkeys(pair for pair in found if not _unwritable(pair)))


def _unwritable(pair: TranslationPair) -> bool:
    return bool(find_unwritable(pair.source) or find_unwritable(pair.translation))


# --------------------------------------------------------------------------- writing


def write_tmx(pairs: Iterable[TranslationPair], source: Language, language: Language) -> bytes:
    """Return the pairs as a TMX file, in their order, without dates and names."""
    header = write_empty_element(
        "header",
        creationtool="publish",
        creationtoolversion=version("publish-toolkit"),
        segtype="sentence",
        o_tmf="PO",
        adminlang="en",
        srclang=source.tag,
        datatype="plaintext",
    ).replace("o:tmf=", "o-tmf=")
    tags = source.tag, language.tag
    body = write_element("body", join_lines(*(_unit(pair, tags) for pair in pairs)))
    return (
        f"{DECLARATION}\n{write_element('tmx', join_lines(header, body), version='1.4')}\n".encode()
    )


def _unit(pair: TranslationPair, tags: tuple[str, str]) -> str:
    texts = zip(tags, (pair.source, pair.translation), strict=True)
    return write_element("tu", "".join(_variant(tag, text) for tag, text in texts))


def _variant(tag: str, text: str) -> str:
    return write_element("tuv", write_element("seg", escape_characters(text)), xml_lang=tag)


# --------------------------------------------------------------------------- reading


def read_tmx(data: bytes, file: str, source: str, language: str) -> tuple[TranslationPair, ...]:
    """Return the pairs of a file in two languages (tags), in its order, each once.

    A tag in the file may be longer than ours (`en-US`).  Raises PublishError (code `kit-file`)
    for a file that is not TMX.
    """
    root = parse_xml(data, file, doctype="tmx")
    if root.name != "tmx":
        raise make_file_error(
            "this is not a TMX file", file, "export the translation memory as TMX 1.4"
        )
    units = (unit for body in root.children("body") for unit in body.children("tu"))
    return tuple(dict.fromkeys(pair for unit in units for pair in _pairs(unit, source, language)))


def _pairs(unit: XmlElement, source: str, language: str) -> Iterator[TranslationPair]:
    texts = [(_tag(variant), _segment(variant)) for variant in unit.children("tuv")]
    first = next((text for tag, text in texts if _is(tag, source)), "")
    for tag, text in texts:
        if first.strip() and text.strip() and _is(tag, language):
            yield TranslationPair(first, text)


def _tag(variant: XmlElement) -> str:
    return variant.attributes.get("lang", "").replace("_", "-").lower()


@cache
def _is(tag: str, wanted: str) -> bool:
    return serves(tag, wanted)


def _segment(variant: XmlElement) -> str:
    return "".join(_words(segment) for segment in variant.children("seg"))


def _words(element: XmlElement) -> str:
    parts = (part if isinstance(part, str) else _inner(part) for part in element.content)
    return "".join(parts)


def _inner(part: XmlElement) -> str:
    return (
        "".join(_words(sub) for sub in part.children("sub")) if part.name in CODES else _words(part)
    )


# --------------------------------------------------------------------------- filling in


def fill_catalog(po: PoFile, pairs: Sequence[TranslationPair], origin: str) -> tuple[PoFile, int]:
    """Fill the empty entries of a catalog from pairs, as fuzzy; return it and the number filled.

    A sentence that is the same or differs only in marks and typography comes first, then the
    nearest one.  An entry that has a text or a comment is never changed.
    """
    memory = _memory(pairs)
    unmarked = {_unmarked(pair.source): pair for pair in reversed(pairs)}
    empty = {record.entry.key: record.entry for record in po.records if _is_empty(record)}
    sentences = [one for one in list_candidates(_living(po)) if one.key in empty]
    found: dict[Key, Entry] = {}
    for key in (sentence.key for sentence in sentences):
        if pair := unmarked.get(_unmarked(key[1])):
            found[key] = _given(empty[key], pair, origin)
    rest = [sentence for sentence in sentences if sentence.key not in found]
    for key, near in memory.near(rest).items():
        found[key] = fill_from_memory(empty[key], near.entry, origin, sure=False)
    records = tuple(
        replace_entry(record, found.get(record.entry.key, record.entry))
        if _is_empty(record)
        else record
        for record in po.records
    )
    return (replace(po, records=records) if found else po), len(found)


def _living(po: PoFile) -> list[Key]:
    return [record.entry.key for record in po.records if not record.entry.obsolete]


def _is_empty(record: PoRecord) -> bool:
    entry = record.entry
    written = any(entry.msgstrs) or entry.comments
    return not (entry.obsolete or entry.plural is not None or written)


def _memory(pairs: Iterable[TranslationPair]) -> TranslationMemory:
    by_key: dict[Key, tuple[RememberedTranslation, ...]] = {}
    for pair in pairs:
        entry = Entry(msgid=pair.source, msgstrs=(pair.translation,))
        by_key.setdefault(entry.key, (RememberedTranslation(entry, "", None, None),))
    return TranslationMemory(by_key)


def _unmarked(text: str) -> str:
    """Return a sentence without marks and typography; with its marks if they cannot be parsed."""
    try:
        return fold_text(plain(parse_inline(text)))
    except PublishError:
        return fold_text(text)


def _given(entry: Entry, pair: TranslationPair, origin: str) -> Entry:
    """Return the entry with the translation of a pair, fuzzy, and with its source if it differs."""
    taken = carry_over(entry, Entry(msgid=pair.source, msgstrs=(pair.translation,)))
    if pair.source == entry.msgid:
        taken = replace(taken, previous=None)
    return replace(taken, comments=(f"from {origin}",))
