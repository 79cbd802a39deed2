"""A rich report kept open, and changes of its translation by chance, as people make them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from publish.catalogs.entries import make_entries
from publish.languages.registry import find
from publish.model import Catalog, Entry, Key
from publish.po.pofile import PoFile, PoRecord, dump_po, make_header, parse_po
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["HOSTILE", "change", "fill", "list_keys", "open_rich", "with_records", "write_rich"]

CASES = Path(__file__).parent / "cases"

FRONT = """---
title: A *rich* report
subtitle: Below it
author: Somebody
publisher: A house
republished-by: Another house
rights: All are free
summary: In short. It is short.
keywords: [one, two, three]
revised: 2024-06-24
source-url: https://example.org/
---

Before any heading. Twice the same. Twice the same. See [](#one) and [](#tables).
"""

MORE = """
# One [link](https://example.org/a) and a note[^again] {#one}

First.[^again] *Second* sentence. Third `code`. 12. Then [Figure {number}](#fig-hours).

## About *it* {#about}

#### A level left out

![Not](hours.svg){#fig-row} ![Beside](hours.svg)

| A | B |
|---|---|
| x | 1 |
| [y](https://example.org/b) | Twice the same.[^b] |

![A map of it. With words.](hours.svg){#fig-map}
A caption. Two sentences. As in [](#one).

***

- Twice the same.

  A second paragraph of it.
- [ ] A task. It is not done.

[^again]: The first note. Two sentences. It leads to [](#about).
[^b]: The second note.
"""

HOSTILE = (
    "<script>alert(1)</script>",
    "\\<script>alert(1)\\</script>",
    "`<script>alert(1)</script>`",
    "<img src=x onerror=alert(1)>",
    "\\<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "\\</style>\\<script>alert(1)\\</script>",
    "]]> \\<!-- \\-->",
    "[x](javascript:alert(1))",
    '[x](1 "javascript:alert(1)")',
    "![x](https://example.com/a.png)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href='https://example.com'>x</a>",
    "<https://example.com/>",
    'data-unit="u1" data-block="block-1"',
    'href="#page.one.ru" id="page.one"',
    "\u202e.txt\u202c",
    "\u2066isolate\u2069",
    "\x08\x1b[31m",
    "{joined}",
    "{number}",
    "{{ 7*7 }} {% raw %}",
    "*" * 300,
    "[^again][^again]",
    "[](1)",
    "[](2)[](1)",
    "\U000e0041\U000e0042",
    "\ufffc\ufeff\u200b",
    "a\n\n\nb",
    "\u0301" * 50,
    "\\\\\\",
)
"""Texts that a page must show as text, or not at all."""

WORDS = ["слово", "дело", "люди", "вода", "право", "город", "дорога", "письмо", "урожай", "ночь"]


def write_rich(root: Path, source: str = "en", languages: tuple[str, ...] = ("ru", "ar")) -> Path:
    """Write a workspace with one report that has everything, and return its folder."""
    specimen = (CASES / "specimen/specimen.md").read_text("utf-8").split("\n---\n", 1)[1]
    listed = ", ".join(f'"{tag}"' for tag in (source, *languages))
    settings = f'source-language = "{source}"\nlanguages = [{listed}]\n'
    settings += 'lists = ["figures", "tables"]\nnumbered = ["figures", "tables"]\n'
    (root / "source").mkdir(parents=True)
    (root / "publish.toml").write_text(settings, "utf-8")
    (root / "source/r.md").write_text(FRONT + specimen + MORE, "utf-8")
    shutil.copy(CASES / "specimen/hours.svg", root / "source/hours.svg")
    return root


@lru_cache(maxsize=8)
def open_rich(root: Path, tag: str = "ru") -> tuple[Loader, Translation]:
    """Open the report of `write_rich`, not translated yet."""
    loader = Loader(open_workspace(root))
    return loader, loader.translation("r", find(tag))


def list_keys(translation: Translation) -> list[Key]:
    return list(dict.fromkeys(one.key for one in translation.source.sentences))


def fill(translation: Translation, texts: Mapping[Key, str] | None = None) -> Translation:
    """Return a translation whose texts are those of the source, or other ones."""
    given = texts or {}
    records = tuple(
        PoRecord(replace(one, msgstrs=(given.get(one.key, one.msgid),)))
        for one in make_entries(translation.source.units)
    )
    header = make_header(translation.language, translation.name)
    empty = translation.with_catalog(PoFile(file=translation.file, header=header))
    return with_records(empty, list(records))


def change(translation: Translation, chance: random.Random) -> tuple[Translation, set[Key]]:
    """Return a translation with one to three changes, and the keys of the changed entries."""
    keys = chance.sample(list_keys(translation), chance.choice((1, 1, 2, 3)))
    if translation.po is None:
        return fill(translation), set(list_keys(translation))
    if not translation.original and chance.random() < 0.2:
        return _correct(translation, keys, chance), set(keys)
    records = list(translation.po.records)
    for number, record in enumerate(records):
        if record.entry.key in keys:
            records[number] = PoRecord(_edit(record.entry, chance))
    return with_records(translation, records), set(keys)


def with_records(translation: Translation, records: list[PoRecord]) -> Translation:
    """Return a translation with another catalog, as it would be read from its file."""
    assert translation.po is not None
    po = replace(translation.po, records=tuple(records))
    return translation.with_catalog(parse_po(dump_po(po), po.file))


def _edit(entry: Entry, chance: random.Random) -> Entry:
    flags: tuple[str, ...] = ()
    comments = entry.comments
    if chance.random() < 0.15:
        flags = ("fuzzy",)
    if chance.random() < 0.2:
        accepted = ("ok: number-missing", "ok: no-such-check", "ok: untranslated 000000")
        comments = (chance.choice(accepted), "a remark")
    return replace(entry, msgstrs=(_text(entry.msgid, chance),), flags=flags, comments=comments)


def _text(msgid: str, chance: random.Random) -> str:
    words = " ".join(chance.choices(WORDS, k=chance.randint(1, 6))).capitalize() + "."
    ways: Iterator[str] = iter(
        (
            "",
            "{joined}",
            msgid,
            f"{words} {msgid}",
            f"{msgid} 17, 4",
            words,
            chance.choice(HOSTILE),
            msgid.replace("](", " {number}](") if "](" in msgid else words,
        )
    )
    return chance.choice(list(ways))


def _correct(translation: Translation, keys: list[Key], chance: random.Random) -> Translation:
    """Return a translation whose source has corrections of some sentences."""
    old = translation.corrections.entries if translation.corrections else ()
    entries = {one.key: one for one in old}
    for context, msgid in keys:
        text = chance.choice((f"Corrected: {msgid}", "", chance.choice(HOSTILE)))
        entries[context, msgid] = Entry(msgid=msgid, context=context, msgstrs=(text,))
    return replace(translation, corrections=Catalog("en.po", (), tuple(entries.values())))
