"""What is exchanged with a translator: one item for each sentence, under an id that stays."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from publish.model import Catalog, Entry, Key, Location, entry_id
from publish.reading.placewords import describe_paragraph
from publish.reading.source import Source

__all__ = [
    "EMPTY",
    "Form",
    "Item",
    "ItemState",
    "as_it_is",
    "fingerprint",
    "items",
    "state_of",
]

ItemState = Literal["untranslated", "fuzzy", "translated", "reviewed", "approved"]
"""How far a sentence is; the last two are for those who keep a record of reviews."""

Form = Callable[[str, str], str]
"""A translation (given msgid, msgstr) as it comes back from a format if nobody touches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A sentence on its way to a translator; `base` is the fingerprint of what is sent."""

    id: str
    key: Key
    location: Location
    translation: str
    state: ItemState
    note: str
    base: str

    @property
    def source(self) -> str:
        return self.key[1]

    @property
    def where(self) -> str:
        """The place as editions show it, in English."""
        return describe_paragraph(self.location)


def fingerprint(text: str, *, fuzzy: bool) -> str:
    """A digest of a translation; one that needs work has a `?` before it, an empty one never."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"?{digest}" if fuzzy and text else digest


EMPTY = fingerprint("", fuzzy=False)
"""The fingerprint of a sentence without a translation."""


def state_of(entry: Entry) -> ItemState:
    if not entry.msgstr:
        return "untranslated"
    return "fuzzy" if entry.fuzzy else "translated"


def as_it_is(source: str, translation: str) -> str:
    return translation


def items(
    source: Source,
    catalog: Catalog,
    states: Mapping[Key, ItemState] | None = None,
    form: Form = as_it_is,
) -> tuple[Item, ...]:
    """The sentences of a document with their translations, in the order of the catalog.

    `states` are those that a record of reviews knows better than the catalog, `form` is that of
    the format they go out in.  Entries whose sentence the source no longer has are left out.
    """
    known = source.places
    return tuple(
        _item(entry, known[entry.key], (states or {}).get(entry.key), form)
        for entry in _exchanged(catalog.active().values())
        if entry.key in known
    )


def _exchanged(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries of documents; plural forms are for interface words only."""
    return (entry for entry in entries if entry.msgid and entry.plural is None)


def _item(entry: Entry, place: Location, state: ItemState | None, form: Form) -> Item:
    found = state or state_of(entry)
    base = fingerprint(form(entry.msgid, entry.msgstr), fuzzy=entry.fuzzy)
    return Item(
        id=entry_id(entry.key),
        key=entry.key,
        location=place,
        translation=entry.msgstr,
        state=found,
        note=_note(entry),
        base=base,
    )


def _note(entry: Entry) -> str:
    """What the catalog says to a translator: comments, link legend, the wording before."""
    lines = [*entry.comments, *(line for line in entry.extracted if _says_more(line))]
    if entry.fuzzy and entry.previous:
        lines.append(f"≠ {entry.previous}")
    return "\n".join(lines)


def _says_more(line: str) -> bool:
    return line.startswith(("note: ", "("))
