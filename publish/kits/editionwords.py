"""The words that the program adds to editions and releases, where a language lacks them.

They go out with a kit, so that a translator of a new language has everything at once, and come
back into the interface catalog of the workspace.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publish.editions.page.interface import Interface, is_shown_in_editions, plain_text
from publish.kits.items import Item, find_item_state, make_fingerprint
from publish.kits.returnedtexts import ReturnedText
from publish.kits.returning import ReturnOutcome, take_back
from publish.languages.language import Language
from publish.model import Entry, Key, Location, Role, make_entry_id
from publish.po.pofile import PoFile, PoRecord, make_header, read_po_file
from publish.project.workspace import INTERFACE
from publish.resources import find_interface_folder
from publish.translation.loading import Loader

__all__ = ["PLACE", "find_missing_words", "make_word_catalog", "make_word_items", "take_back_words"]

PLACE, RELEASED = "Words of the editions", "Words of the pages of a release"
RELEASES = ("publish/release/", "templates/release-")
"""How the paths of the files begin whose words readers of a release see."""


def find_missing_words(loader: Loader, language: Language) -> tuple[Entry, ...]:
    """Return the words that readers see and that nobody has translated or confirmed yet.

    Raises PublishError for a damaged catalog of them.
    """
    if language.tag.partition("-")[0] == "en":
        return ()
    every = [entry for one in loader.interfaces(language) for entry in one.active().values()]
    done = {entry.key for entry in every if entry.translated}
    begun = {entry.key: entry for entry in reversed(every) if entry.msgstr}
    return tuple(
        replace(begun.get(one.key, one), extracted=one.extracted)
        for one in _list_seen()
        if one.key not in done
    )


def _list_seen() -> tuple[Entry, ...]:
    """Return the words that readers see, those of editions first, with their place as comment."""
    path = find_interface_folder() / f"{INTERFACE}.pot"
    entries = [one.entry for one in read_po_file(path, path.name).records]
    single = [one for one in entries if one.plural is None]
    seen = dict.fromkeys(one.msgid for one in single if is_shown_in_editions(one))
    released = dict.fromkeys(one.msgid for one in single if _is_released(one))
    return (
        *(Entry(msgid=one, extracted=(PLACE,)) for one in seen),
        *(Entry(msgid=one, extracted=(RELEASED,)) for one in released if one not in seen),
    )


def _is_released(entry: Entry) -> bool:
    return any(place.startswith(RELEASES) for place in entry.references)


def make_word_items(words: Iterable[Entry], interface: Interface) -> tuple[Item, ...]:
    """Return words as items; those with names in braces have a note on these."""
    places = {
        PLACE: plain_text(interface, "Words of the editions"),
        RELEASED: plain_text(interface, "Words of the pages of a release"),
    }
    return tuple(
        Item(
            id=make_entry_id(entry.key),
            key=entry.key,
            location=Location(section="", kind=Role.PARAGRAPH, number=number),
            translation=entry.msgstr,
            state=find_item_state(entry),
            note=_note(entry, interface),
            base=make_fingerprint(entry.msgstr, fuzzy=entry.fuzzy),
            place=places["".join(entry.extracted)],
        )
        for number, entry in enumerate(words, 1)
    )


def _note(entry: Entry, interface: Interface) -> str:
    """Return what a translator should know of words."""
    if "{" not in entry.msgid:
        return ""
    return plain_text(interface, "Leave words in braces as they are.")


def make_word_catalog(words: Iterable[Entry], language: Language, interface: Interface) -> PoFile:
    """Return words as a catalog for a translator."""
    records = (
        PoRecord(
            Entry(
                msgid=entry.msgid,
                msgstrs=(entry.msgstr,),
                flags=entry.flags,
                extracted=(*entry.extracted, *filter(None, (_note(entry, interface),))),
            )
        )
        for entry in words
    )
    header = make_header(language, INTERFACE)
    return PoFile(file=f"{INTERFACE}.po", header=header, records=tuple(records))


def take_back_words(
    loader: Loader, po: PoFile | None, texts: Iterable[ReturnedText], language: Language
) -> ReturnOutcome:
    """Return the interface catalog of the workspace with the words that can be taken.

    `po` is the catalog so far, None for the one in the workspace.  Words that it lacks are added
    if any text is taken; if none is, it stays as it is.
    """
    before = po or loader.catalog_or_new(language, INTERFACE)
    known: set[Key] = {record.entry.key for record in before.records}
    lacking = (
        PoRecord(replace(entry, extracted=())) for entry in _list_seen() if entry.key not in known
    )
    whole = replace(before, records=(*before.records, *lacking))
    outcome = take_back(whole, texts, None, language=language)
    return outcome if outcome.po != whole else replace(outcome, po=before)
