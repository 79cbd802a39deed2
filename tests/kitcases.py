"""What the tests of kits share: a small document, its catalog, texts as they could come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from hypothesis import strategies as st

from publish.catalogs.entries import make_entries
from publish.editions.page.interface import Interface
from publish.kits.items import Item, make_items
from publish.kits.returnedtexts import ReturnedText
from publish.kits.spreadsheet import SheetContent
from publish.languages.registry import find
from publish.model import Catalog, Entry, make_entry_id
from publish.po.pofile import PoFile, PoRecord, dump_po, make_header, parse_po, replace_entry
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import Source, cut_source

ENGLISH, TURKMEN = find("en"), find("tk")

SOURCE = """\
---
title: "A short report"
published: 2024-06-24
---

# What was found {#findings}

The law was *read*. See [the law](https://example.org/).[^1] It has `code` in it.

- A first item.
- =1+1 is an item, and **strong**.

> A quoted sentence.

[^1]: The text of the note.
"""

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
"""Any text at all, control characters included."""


def source(text: str = SOURCE) -> Source:
    return cut_source(read_document("short", "en", [SourceFile("source/short.md", text)]), ENGLISH)


def catalog(translations: dict[str, str] | None = None, *fuzzy: str) -> PoFile:
    """The catalog of the document with some translations, as read from a file."""
    known = translations or {}
    made = PoFile(
        file="locales/tk/LC_MESSAGES/short.po",
        header=make_header(TURKMEN, "short"),
        records=tuple(
            PoRecord(
                replace(
                    entry,
                    msgstrs=(known.get(entry.msgid, ""),),
                    flags=("fuzzy",) if entry.msgid in fuzzy else (),
                )
            )
            for entry in make_entries(source().units)
        ),
    )
    return parse_po(dump_po(made), made.file)


def commented(po: PoFile, msgid: str, *comments: str) -> PoFile:
    """The catalog with comments at one of its entries, as read from a file."""
    records = [
        replace_entry(one, replace(one.entry, comments=comments))
        if one.entry.msgid == msgid
        else one
        for one in po.records
    ]
    return parse_po(dump_po(replace(po, records=tuple(records))), po.file)


def sent(po: PoFile, form: Callable[[str, str], str] | None = None) -> tuple[Item, ...]:
    view = Catalog(po.file, (), tuple(record.entry for record in po.records))
    if form:
        return make_items(source(), view, form=form)
    return make_items(source(), view)


def sheet_of(po: PoFile, language: str = "tk") -> SheetContent:
    target = find(language)
    words = Interface(target, {})
    return SheetContent(
        document="short",
        source=ENGLISH,
        language=target,
        items=sent(po),
        terms=(("en", "tk"), ("=a", "b")),
        interface=words,
        font="Arial",
    )


def back(item: Item, text: str, *, fuzzy: bool = False) -> ReturnedText:
    """An item that came back with a text."""
    return ReturnedText(
        id=item.id, text=text, fuzzy=fuzzy, base=item.base, place="D3", line=3, source=item.source
    )


def entry_of(po: PoFile, msgid: str) -> Entry:
    (found,) = (one.entry for one in po.records if one.entry.msgid == msgid)
    return found


def all_texts(po: PoFile) -> Iterator[str]:
    return (record.entry.msgstr for record in po.records)


def identifier(msgid: str) -> str:
    return make_entry_id((None, msgid))
