"""The rule of texts in another language than their catalog's.

A text is judged from FEWEST letters on; shorter ones that stand together are judged together.  It
is reported if both the whole text and its core, without names, numbers and quotations, fit another
language much better than the one of the catalog.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from publish.checks.findings import report_at_entry
from publish.checks.rule import DOCUMENT_KINDS, CatalogRunner, Rule
from publish.checks.views import CatalogView, DocumentView
from publish.languages.cldr import find_language_name
from publish.languages.detecting import Rival, find_rival, is_known, seems_right
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import (
    Code,
    Entry,
    Finding,
    Inline,
    Level,
    Math,
    Role,
    Text,
    map_inlines,
    plain,
    proses,
)
from publish.wideletters import may_have_wide, pattern_later

__all__ = [
    "FEWEST",
    "OTHER_TONGUE_RULES",
    "check_source_tongue",
    "count_letters",
    "find_other_tongue",
]

FEWEST = 40
"""In a text with fewer letters every detector guesses."""
CORE = 20
"""The fewest letters of a text that are not of names, numbers or quotations."""
TOGETHER = 80
"""So many letters of short texts are judged together."""
WORDS = 3
"""A short text with fewer words is easily a name."""

SURE = 1.2
"""How much better the other language must fit a text; its core, half as much.

Measured on news, laws and messages of programs in 86 languages, right texts reach it in one of
50,000."""
SURE_TOGETHER = 2.0
"""The same for short texts that are judged together: they have more names."""
PLAIN = 4.0
"""From here on the language is named without “seems”."""
OWN_HALF = -2.0
"""A half of a text that fits the language of the catalog so well is translated."""

MANY = 10
"""So many texts, if they are half of the catalog, are one finding."""

SPOKEN = frozenset({Role.PARAGRAPH, Role.ITEM, Role.QUOTE, Role.SUMMARY})
"""The texts of a source that are looked at."""
SAMPLES = 40
"""So many of them, evenly spread."""

LETTER = re.compile(r"[^\W\d_]")
WIDE = "\u2e80-\u9fff\uac00-\ud7af"
WIDE_LETTER = pattern_later(f"[{WIDE}]")
WIDE_EDGE = pattern_later(f"(?<=[{WIDE}])(?=[^{WIDE}])|(?<=[^{WIDE}])(?=[{WIDE}])")
ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")
QUOTED = re.compile('«[^»]*»|“[^”]*”|„[^“”]*[“”]|"[^"]*"|\\([^)]*\\)')
CODED = re.compile(r"[\d_%{}=<>]")
EDGE = "\"“”«»„‘’'()[].,:;!?…–—-"
ENDS = (".", "!", "?", "…", ":", "“", "”", "»", '"')


# --------------------------------------------------------------------------- one text


def find_other_tongue(text: str, source: str, language: Language) -> Rival | None:
    """Return the language that a text is in; None if it is perhaps in the one it should be in."""
    if len(text) * 3 < FEWEST or seems_right(text, language):
        return None
    return _judge(text, source, language, SURE, CORE)


@lru_cache(maxsize=4096)
def _judge(text: str, source: str, language: Language, sure: float, least: int) -> Rival | None:
    """Return the other language of a text, after a close look.

    `sure` is the margin of the text, twice that of its core, which has `least` letters.
    """
    if count_letters(text) < FEWEST or _fold(text) == _fold(source):
        return None
    found = find_rival(text, language)
    if found is None or found.margin < sure:
        return None
    core = find_core(text, source)
    if count_letters(core) < least or _has_own_half(core, language):
        return None
    inside = find_rival(core, language)
    return found if inside and inside.margin > sure / 2 else None


def count_letters(text: str) -> int:
    """Return the number of letters; one of a wide script says as much as three."""
    wide = len(WIDE_LETTER().findall(text)) if may_have_wide(text) else 0
    return len(LETTER.findall(text)) + 2 * wide


def find_core(text: str, source: str) -> str:
    """Return a text without addresses, names, numbers and what it quotes from its source."""
    shown = ADDRESS.sub(" ", text)
    if may_have_wide(shown):
        shown = WIDE_EDGE().sub(" ", shown)
    shown = QUOTED.sub(lambda match: " " if match[0][1:-1] in source else match[0], shown)
    if shown.isupper():
        shown = shown.lower()
    kept, starts = [], True
    for word in shown.split():
        bare = word.strip(EDGE)
        named = bare[1:] != bare[1:].lower() or (bare[:1].isupper() and not starts)
        if not named and not CODED.search(bare):
            kept.append(word.lower())
        starts = word.endswith(ENDS)
    return " ".join(kept)


def _has_own_half(core: str, language: Language) -> bool:
    """Return whether one half of the words fits the language well: that half is translated."""
    words = core.split()
    middle = len(words) // 2
    for half in (" ".join(words[:middle]), " ".join(words[middle:])):
        found = find_rival(half, language) if count_letters(half) >= FEWEST else None
        if found and found.margin < OWN_HALF:
            return True
    return False


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


# --------------------------------------------------------------------------- a source


def check_source_tongue(view: DocumentView) -> Iterator[Finding]:
    """Yield a warning if the text of a source is in another language than the settings say."""
    document, language = view.source.document, view.language
    texts = [one for one in proses(document) if one.role in SPOKEN]
    shown = [plain(map_inlines(_drop_code, one.content)) for one in texts]
    step = max(1, len(shown) // SAMPLES)
    sample = "\n".join(shown[::step])
    rival = find_other_tongue(sample, "", language) if is_known(language) else None
    if rival is None or rival.margin < SURE_TOGETHER:
        return
    own, other = _name(language.tag), _name(rival.tag)
    yield Finding(
        code="source-language",
        level=Level.WARNING,
        message=f"the text seems to be in {other}, but the source language is {own}",
        span=texts[0].span,
        hint=f'if it is, write source-language = "{rival.tag}" in the settings: hyphens, '
        "quotation marks, voices and translations go by it",
    )


# --------------------------------------------------------------------------- a catalog

Piece = tuple[tuple[Entry, ...], str]
"""What is judged at once: one entry, or some short ones that stand together, and their text."""


def check_tongue(view: CatalogView) -> Iterator[Finding]:
    """Yield an error at each text in another language; one for all if they are most of them."""
    if not is_known(view.language):
        return
    judged = 0
    wrong: list[tuple[tuple[Entry, ...], Rival]] = []
    for entries, text in _list_pieces(view):
        judged += len(entries)
        if rival := _find_in_piece(view, entries, text):
            wrong.append((entries, rival))
    found = sum(len(entries) for entries, _ in wrong)
    if found >= MANY and 2 * found >= judged:
        yield _report_catalog(view.language, wrong, found, judged)
        return
    for entries, rival in _join_neighbours(wrong):
        yield _report(view.language, entries, rival)


def _list_pieces(view: CatalogView) -> Iterator[Piece]:
    """Yield the texts that are long enough to be judged, the short ones joined."""
    short: list[tuple[Entry, str]] = []
    for entry in view.shown:
        read = view.read(entry)
        if entry.joined or read.error is not None or entry.msgid == entry.msgstr:
            continue
        if len(read.shown) >= FEWEST or count_letters(read.shown) >= FEWEST:
            yield from _join_short(short)
            short = []
            yield (entry,), read.shown
        elif read.shown.count(" ") >= WORDS - 1:
            short.append((entry, read.shown))
    yield from _join_short(short)


def _join_short(texts: list[tuple[Entry, str]]) -> Iterator[Piece]:
    """Yield short texts joined to pieces of TOGETHER letters; too few are left out."""
    first, letters = 0, 0
    for number, (_, text) in enumerate(texts, 1):
        letters += count_letters(text)
        if letters >= TOGETHER:
            part = texts[first:number]
            yield tuple(entry for entry, _ in part), ". ".join(text for _, text in part)
            first, letters = number, 0


def _find_in_piece(view: CatalogView, entries: tuple[Entry, ...], text: str) -> Rival | None:
    if seems_right(text, view.language):
        return None
    if len(entries) > 1:
        return _judge(text, "", view.language, SURE_TOGETHER, FEWEST)
    prose = plain(map_inlines(_drop_code, view.read(entries[0]).tree))
    return _judge(prose, entries[0].msgid, view.language, SURE, CORE)


def _drop_code(node: Inline) -> Inline:
    return Text(" ") if isinstance(node, Code | Math) else node


def _join_neighbours(
    wrong: list[tuple[tuple[Entry, ...], Rival]],
) -> Iterator[tuple[tuple[Entry, ...], Rival]]:
    """Yield the pieces, those of short texts joined that follow each other in one language."""
    held: tuple[tuple[Entry, ...], Rival] | None = None
    for entries, rival in wrong:
        if held and len(entries) > 1 and len(held[0]) > 1 and held[1].tag == rival.tag:
            held = (*held[0], *entries), held[1]
            continue
        if held:
            yield held
        held = entries, rival
    if held:
        yield held


def _report(language: Language, entries: tuple[Entry, ...], rival: Rival) -> Finding:
    own, other = _name(language.tag), _name(rival.tag)
    count = len(entries)
    what = "this text" if count == 1 else f"this text and the next {count - 1} short ones"
    verb = "is" if count == 1 else "are"
    how = verb if rival.margin >= PLAIN else f"seem{'s' * (count == 1)} to be"
    return report_at_entry(
        entries[0],
        "wrong-language",
        f"{what} {how} in {other}, not in {own}",
        f"translate into {own}; if {other} is meant, accept it: # ok: wrong-language",
    )


def _report_catalog(
    language: Language, wrong: list[tuple[tuple[Entry, ...], Rival]], found: int, judged: int
) -> Finding:
    """Return the one finding on a catalog that is in another language, at its first such entry."""
    tags = Counter(rival.tag for entries, rival in wrong for _ in entries)
    own, other = _name(language.tag), _name(tags.most_common(1)[0][0])
    others = " and other languages" if len(tags) > 1 and tags.most_common(1)[0][1] < found else ""
    return report_at_entry(
        wrong[0][0][0],
        "wrong-language",
        f"{found} of {judged} texts are in {other}{others}, not in {own}",
        f"perhaps this is the catalog of another language: put the one in {own} in its place",
    )


def _name(tag: str) -> str:
    return find_language_name(tag, find("en"))


OTHER_TONGUE_RULES: tuple[Rule, ...] = (
    Rule(
        code="wrong-language",
        family="leftovers",
        level=Level.ERROR,
        title="The text is in another language",
        why="A text in a language that readers of this edition do not know is lost for them; most "
        "come from the catalog of a neighbouring language. Texts of 40 letters or more are "
        "judged, shorter ones only together; names, numbers and quotations are left aside.",
        remedy="Translate it into the language of the catalog.",
        language="tk",
        right=(
            "Observers reported that victims were interrogated at airports.",
            "Synçylar pidalaryň howa menzillerinde sorag edilendigini habar berdiler.",
        ),
        wrong=(
            "Observers reported that victims were interrogated at airports.",
            "Gözlemciler, mağdurların havaalanlarında sorgulandığını bildirdi.",
        ),
        kinds=DOCUMENT_KINDS,
        runner=CatalogRunner(check_tongue),
    ),
)
