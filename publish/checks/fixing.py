"""Safe fixes of a translation: composed letters, spaces, quotation marks.

Law: letters and digits stay the same (as NFC composes them), marks stay the same, and fixing a
text twice gives the same as fixing it once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from publish.checks.accepting import NO_CORRECTIONS, Corrections, restamp_entry
from publish.errors import PublishError
from publish.languages.language import Language
from publish.languages.quotes import find_quotes, has_spaced_quotes
from publish.model import JOINED, Entry, plain
from publish.po.pofile import PoFile, PoRecord, replace_entry
from publish.reading.msgstr import count_marks, parse_msgstr
from publish.visible import JOINERS, ZERO_WIDTH

__all__ = ["FixedText", "fix_file", "fix_text"]

OWN_RULES = frozenset(("en", "ru", "tk"))
"""Languages whose spaces are set when editions are made, so that odd ones can be replaced."""

# Code, link targets, automatic links and escaped characters are not changed.
PROTECTED = re.compile(r"(`+)(?s:.+?)\1(?!`)|\]\([^)]*\)|<[^<>\s]+>|\\.|\[\^[^\]\s]+\]")
SENTINEL = "\ue000"
NO_BREAK = "\u00a0\u202f"
ODD_SPACES = re.compile("[\u1680\u2000-\u200a\u205f\u3000]")
WIDTHLESS = re.compile(rf"[{ZERO_WIDTH}]|(?<=[^\W\d_])[{JOINERS}](?=[^\W\d_])")
DOUBLED = re.compile(r"(?<=\S) {2,}(?=\S)")
BEFORE_OPENING = re.compile(r"[\s(\[{*_—–«“„‘/-]")
AFTER_OPENING = re.compile(r"[\w(\[*_…\ue000]")


@dataclass(frozen=True, slots=True)
class FixedText:
    """A fixed text and what was done to it, in words."""

    text: str
    done: tuple[str, ...] = ()


Repair = Callable[[str, Language], str]


def fix_text(text: str, language: Language) -> FixedText:
    """Return a msgstr with its safe fixes, or unchanged if they would change its marks."""
    if SENTINEL in text or text.strip() == JOINED:
        return FixedText(text)
    done = []
    now = text
    for words, repair in REPAIRS:
        after = _outside_protected(now, language, repair)
        if after != now:
            done.append(words)
            now = after
    return FixedText(now, tuple(done)) if done and _same_marks(text, now) else FixedText(text)


def fix_file(
    po: PoFile, language: Language, corrected: Corrections = NO_CORRECTIONS
) -> tuple[PoFile, tuple[tuple[Entry, FixedText], ...]]:
    """Return the file with its translations fixed, and each changed entry with its fixes.

    Only changed entries are written anew; findings that were accepted stay accepted.
    """
    records: list[PoRecord] = []
    changed: list[tuple[Entry, FixedText]] = []
    for record in po.records:
        entry = record.entry
        forms = () if entry.obsolete else tuple(fix_text(text, language) for text in entry.msgstrs)
        if any(form.done for form in forms):
            after = replace(entry, msgstrs=tuple(form.text for form in forms))
            records.append(replace_entry(record, restamp_entry(entry, after, corrected)))
            changed += [(entry, form) for form in forms if form.done]
        else:
            records.append(record)
    return replace(po, records=tuple(records)), tuple(changed)


def _outside_protected(text: str, language: Language, repair: Repair) -> str:
    """Return the text with one repair made outside of code, links and escapes."""
    kept = [match[0] for match in PROTECTED.finditer(text)]
    repaired = repair(PROTECTED.sub(SENTINEL, text), language)
    if repaired.count(SENTINEL) != len(kept):
        return text
    parts = repaired.split(SENTINEL)
    between = [*kept, ""]
    return "".join(part + piece for part, piece in zip(parts, between, strict=True))


def _same_marks(before: str, after: str) -> bool:
    try:
        trees = parse_msgstr(before), parse_msgstr(after)
    except PublishError:
        return False
    return count_marks(trees[0]) == count_marks(trees[1]) and _letters(plain(trees[0])) == _letters(
        plain(trees[1])
    )


def _letters(text: str) -> str:
    """Return the letters and digits of a text, composed."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


# --------------------------------------------------------------------------- the repairs


def _base(language: Language) -> str:
    return language.tag.partition("-")[0]


def _composed(text: str, language: Language) -> str:
    return unicodedata.normalize("NFC", text)


def _plain_spaces(text: str, language: Language) -> str:
    """Replace odd spaces by plain ones; no-break ones only where typesetting adds them again."""
    if _base(language) not in OWN_RULES:
        return text
    text = ODD_SPACES.sub(" ", text)
    bare = text.translate({ord(space): " " for space in NO_BREAK})
    again = language.typeset(bare)
    return "".join(
        " " if old in NO_BREAK and again[at] in NO_BREAK else old for at, old in enumerate(text)
    )


def _visible(text: str, language: Language) -> str:
    """Delete characters without width, which are invisible and break searching."""
    return WIDTHLESS.sub("", text) if _base(language) in OWN_RULES else text


def _bare_ends(text: str, language: Language) -> str:
    return text.strip(" \t\r\n")


def _single_spaces(text: str, language: Language) -> str:
    return DOUBLED.sub(" ", text)


def _own_quotes(text: str, language: Language) -> str:
    """Replace straight quotes by the language's own, if all are paired and none is nested."""
    spots = [match.start() for match in re.finditer('"', text)]
    if not spots or len(spots) % 2 or set("«»“”„「」『』") & set(text):
        return text
    own = list(find_quotes(language.tag)[0])
    if has_spaced_quotes(language.tag):
        own = [f"{own[0]}\u00a0", f"\u00a0{own[1]}"]
    characters = list(text)
    for number, at in enumerate(spots):
        if _opens(text, at) == bool(number % 2):
            return text
        characters[at] = own[number % 2]
    return "".join(characters)


def _opens(text: str, at: int) -> bool:
    """Return whether a straight quote opens: before a word, after a space or at the start."""
    before, after = text[:at][-1:], text[at + 1 :][:1]
    return (not before or bool(BEFORE_OPENING.match(before))) and bool(AFTER_OPENING.match(after))


REPAIRS: tuple[tuple[str, Repair], ...] = (
    ("letters composed (NFC)", _composed),
    ("invisible characters", _visible),
    ("line breaks and spaces at the ends", _bare_ends),
    ("odd spaces", _plain_spaces),
    ("doubled spaces", _single_spaces),
    ("straight quotes", _own_quotes),
)
