"""What an import of a translation filled, and what found no partner, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from publish.aligning.results import ImportedTranslation
from publish.catalogs.origins import find_sureness
from publish.model import Entry
from publish.reading.locationwords import describe_location
from publish.visible import make_visible, shorten

__all__ = ["render_import_json", "render_import_text"]

LONGEST = 92
"""How many code points of a sentence are shown on a line."""


def render_import_text(found: ImportedTranslation) -> str:
    """Return what was left over on either side, each with its place, and the counts."""
    return "\n".join((*_left(found), *_summary(found)))


def _left(found: ImportedTranslation) -> Iterator[str]:
    for one in found.unused:
        yield f"not used  {make_visible(found.origin)}, {one.place} | {_short(one.text)}"
    for sentence in found.left:
        place = make_visible(describe_location(sentence.location))
        yield f"not found  {place} | {_short(sentence.unit.msgid)}"


def _short(text: str) -> str:
    return shorten(make_visible(text), LONGEST)


def _summary(found: ImportedTranslation) -> Iterator[str]:
    counts = [f"{len(found.filled)} filled in, fuzzy"]
    counts += [f"{found.kept} translated already"] if found.kept else []
    counts += [f"{len(found.left)} not found"] if found.left else []
    yield f"{found.file}: {', '.join(counts)}"
    if found.unused:
        count = len(found.unused)
        words = "1 sentence was" if count == 1 else f"{count} sentences were"
        yield f"{make_visible(found.origin)}: {words} not used"


def render_import_json(found: ImportedTranslation) -> str:
    """Return the same in version 1 of our schema, with every sentence in full."""
    data = {
        "version": 1,
        "catalog": found.file,
        "file": found.origin,
        "filled": [_entry(entry) for entry in found.filled],
        "kept": found.kept,
        "not_found": [
            {"place": describe_location(one.location), "source": one.unit.msgid}
            for one in found.left
        ],
        "not_used": [{"place": one.place, "text": one.text} for one in found.unused],
    }
    return json.dumps(data, indent=2, ensure_ascii=True)


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "source": entry.msgid,
        "translation": entry.msgstr,
        "sure": find_sureness(entry),
        "comments": list(entry.comments),
    }
