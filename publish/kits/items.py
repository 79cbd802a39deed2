"""The sentences that are exchanged with a translator, each an item with a stable id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from publish.catalogs.doubts import find_doubts, split_comments
from publish.catalogs.memory import Suggestion
from publish.catalogs.origins import find_sureness
from publish.model import Catalog, Entry, Key, Location, make_entry_id, make_fingerprint
from publish.reading.locationwords import PAGE, describe_paragraph
from publish.reading.source import Source

__all__ = [
    "EMPTY",
    "Form",
    "Item",
    "ItemState",
    "find_item_state",
    "keep_translation",
    "make_fingerprint",
    "make_items",
    "read_fingerprint",
]

ItemState = Literal["untranslated", "fuzzy", "translated", "reviewed", "approved"]
"""How far a sentence is translated; the last two come from a review ledger."""

Form = Callable[[str, str], str]
"""A function of msgid and msgstr: the msgstr as an unedited file of a format returns it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A sentence sent to a translator; `base` is the fingerprint of the translation sent.

    `doubt` has what a native reader should decide, one question on a line; mostly it is empty.
    `sure` is how sure an imported translation is, in percent.  `previous` is the wording that a
    fuzzy translation was made for, `page` that of the original's PDF, 0 if it is not known.
    `place` is an interface string for an item that is not of a document.
    """

    id: str
    key: Key
    location: Location
    translation: str
    state: ItemState
    note: str
    base: str
    doubt: str = ""
    sure: int | None = None
    previous: str = ""
    suggestion: Suggestion | None = None
    page: int = 0
    place: str = ""

    @property
    def source(self) -> str:
        return self.key[1]

    @property
    def where(self) -> str:
        """Return the place as editions show it, in English."""
        return self.describe()

    def describe(self, translate: Callable[[str], str] = str) -> str:
        """Return the place in words, with the page: `findings ¶12, page 7`."""
        if self.place:
            return translate(self.place)
        where = describe_paragraph(self.location, translate)
        return f"{where}, {translate(PAGE).format(number=self.page)}" if self.page else where


_OLDER = re.compile(r"(\??)([0-9a-f]{12})")


def read_fingerprint(text: str) -> str:
    """Return the fingerprint in a returned file; older files have none of the first letter."""
    found = _OLDER.fullmatch(text.strip())
    return f"{found[1]}k{found[2]}" if found else text.strip()


EMPTY = make_fingerprint("", fuzzy=False)
"""The fingerprint of a sentence without a translation."""


def find_item_state(entry: Entry) -> ItemState:
    """Return the state of an entry by the catalog alone."""
    if not entry.msgstr:
        return "untranslated"
    return "fuzzy" if entry.fuzzy else "translated"


def keep_translation(source: str, translation: str) -> str:
    """Return the translation unchanged: the form of formats that keep it to the letter."""
    return translation


def make_items(
    source: Source,
    catalog: Catalog,
    states: Mapping[Key, ItemState] | None = None,
    form: Form = keep_translation,
) -> tuple[Item, ...]:
    """Return the sentences of a document with their translations, in the order of the catalog.

    `states` are those from a review ledger, which replace those of the catalog.  `form` is that
    of the format they are sent in.  Entries whose sentence is no longer in the source are left
    out.
    """
    known = source.places
    return tuple(
        _item(entry, known[entry.key], (states or {}).get(entry.key), form)
        for entry in _exchanged(catalog.active().values())
        if entry.key in known
    )


def _exchanged(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries of sentences; only interface catalogs have plural forms."""
    return (entry for entry in entries if entry.msgid and entry.plural is None)


def _item(entry: Entry, place: Location, state: ItemState | None, form: Form) -> Item:
    found = state or find_item_state(entry)
    base = make_fingerprint(form(entry.msgid, entry.msgstr), fuzzy=entry.fuzzy)
    return Item(
        id=make_entry_id(entry.key),
        key=entry.key,
        location=place,
        translation=entry.msgstr,
        state=found,
        note=_note(entry),
        base=base,
        doubt="\n".join(find_doubts(entry.comments)),
        sure=find_sureness(entry),
        previous=entry.previous or "" if entry.fuzzy else "",
    )


def _note(entry: Entry) -> str:
    """Return the notes of an entry: comments, the legend of links, the previous source.

    Doubts are not among them, since they have a column of their own.
    """
    lines = [
        *split_comments(entry.comments)[1],
        *(line for line in entry.extracted if _says_more(line)),
    ]
    if entry.fuzzy and entry.previous:
        lines.append(f"≠ {entry.previous}")
    return "\n".join(lines)


def _says_more(line: str) -> bool:
    return line.startswith(("note: ", "("))
