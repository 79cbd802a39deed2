"""Put an old translation under a new sentence, fuzzy where it may no longer be right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Entry
from publish.reading.marks.canonical import serialise_inlines
from publish.reading.msgstr import parse_msgstr
from publish.reading.segmenting import cut_sentences

__all__ = [
    "carry_over",
    "copy_translation",
    "cut_text",
    "fill_from_memory",
    "merge_translations",
    "split_translation",
]

LINK = re.compile(r"(?<=\]\()(\d+)(?=\))")


def copy_translation(new: Entry, old: Entry) -> Entry:
    """Return the new entry with the old translation, flags and comments unchanged."""
    return replace(
        new,
        msgstrs=old.msgstrs,
        flags=old.flags,
        comments=old.comments,
        previous=old.previous,
        previous_context=old.previous_context,
    )


def carry_over(new: Entry, old: Entry, msgstr: str | None = None) -> Entry:
    """Return the new entry with the old translation, fuzzy, and the wording it was made for.

    That wording is the old msgid or, if the old translation was itself carried over, the wording
    that it was first made for.  `msgstr` replaces the text of the translation.
    """
    first = old.fuzzy and old.previous is not None
    return replace(
        new,
        msgstrs=old.msgstrs if msgstr is None else (msgstr,),
        flags=_fuzzy(old.flags),
        comments=old.comments,
        previous=old.previous if first else old.msgid,
        previous_context=old.previous_context if first else old.context,
    )


def _fuzzy(flags: tuple[str, ...]) -> tuple[str, ...]:
    return ("fuzzy", *(flag for flag in flags if flag != "fuzzy"))


def fill_from_memory(new: Entry, old: Entry, origin: str, *, sure: bool) -> Entry:
    """Return the new entry with a translation from the memory, and a comment with its document.

    It is fuzzy unless it is `sure`.
    """
    if sure:
        return replace(new, msgstrs=old.msgstrs, comments=(f"from {origin}",))
    entry = carry_over(new, old)
    if old.key == new.key:
        entry = replace(entry, previous=None, previous_context=None)
    return replace(entry, comments=(f"from {origin}",))


def split_translation(parts: Sequence[Entry], old: Entry, target: Language) -> list[Entry]:
    """Return the entries for the parts of a split sentence, each with its part of the translation.

    Where the translation does not have as many sentences, the first part gets all of it, and the
    others say so in a comment.
    """
    texts = cut_text(old.msgstr, target)
    if len(texts) != len(parts):
        first = carry_over(parts[0], old)
        rest = (f"the translation stands at: {parts[0].msgid}",)
        return [first, *(replace(part, comments=rest) for part in parts[1:])]
    done = []
    links = 0
    for part, text in zip(parts, texts, strict=True):
        done.append(carry_over(part, old, _renumbered(text, -links)))
        links += len(LINK.findall(part.msgid))
    return done


def merge_translations(new: Entry, olds: Sequence[Entry], target: Language) -> Entry:
    """Return the entry for a sentence merged from others, with their translations joined."""
    texts = []
    links = 0
    for old in olds:
        texts.append(_renumbered(old.msgstr, links))
        links += len(LINK.findall(old.msgid))
    entry = carry_over(new, olds[0], target.sentence_space.join(filter(None, texts)))
    comments = tuple(dict.fromkeys(line for old in olds for line in old.comments))
    return replace(entry, previous=" ".join(old.msgid for old in olds), comments=comments)


def _renumbered(text: str, by: int) -> str:
    return LINK.sub(lambda found: str(max(1, int(found[1]) + by)), text)


def cut_text(text: str, language: Language) -> list[str]:
    """Return the sentences of a text as inline Markdown; the whole text if its marks are wrong."""
    try:
        parts, _ = cut_sentences(parse_msgstr(text), language)
        return [serialise_inlines(part) for part in parts]
    except PublishError:
        return [text]
