"""Align a catalog of another program, whose entries are paragraphs or other pieces of a text.

The msgids say which part of the source an entry translates, so only its own sentences are aligned.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from publish.aligning.foreign import ForeignSentence
from publish.aligning.pieces import Group, Piece
from publish.aligning.sourcepieces import list_pieces
from publish.aligning.texts import align_texts
from publish.aligning.wordtable import WORD, WordTable
from publish.catalogs.comparing import fold_text
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Entry, Inlines, Text, plain
from publish.reading.marks.inline import parse_inline
from publish.reading.msgstr import parse_msgstr
from publish.reading.segmenting import cut_sentences
from publish.reading.source import Source

__all__ = ["align_entries"]

TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ALIKE = 0.6
"""The least part of their words that a msgid and a paragraph of the source have in common."""
COMMON = 200
"""A word that is in more paragraphs is not looked up."""
FUZZY = 0.7
"""What is left of the sureness of a translation that the other program calls fuzzy."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A run of sentences of the source, and how like a msgid it is."""

    sentences: range
    likeness: float


@dataclass(frozen=True, slots=True)
class _Index:
    """The sentences of a source, to be found by their texts or by the words of their blocks."""

    texts: Sequence[str]
    blocks: Sequence[range]
    starts: Mapping[str, list[int]]
    words: Sequence[Counter[str]]
    holders: Mapping[str, list[int]]


def align_entries(
    source: Source, entries: Iterable[Entry], language: Language, table: WordTable
) -> tuple[tuple[ForeignSentence, ...], tuple[Group, ...]]:
    """Return the sentences of the translations of another catalog, and which they translate.

    Sentences of a msgid that is not in the source are in groups without a source.  `language` is
    that of the translations.
    """
    pieces, index = list_pieces(source), _make_index(source)
    foreign: list[ForeignSentence] = []
    groups: list[Group] = []
    for entry in entries:
        if not entry.msgid or not entry.msgstr.strip() or entry.obsolete:
            continue
        trees = _cut(entry.msgstr, language)
        start = len(foreign)
        foreign += (ForeignSentence(tree, f"line {entry.msgstr_line}") for tree in trees)
        found = _find(index, [_shown(one) for one in _cut(entry.msgid, source.language)])
        if found is None:
            groups += (Group((), (at,)) for at in range(start, len(foreign)))
            continue
        likeness = found.likeness * (FUZZY if entry.fuzzy else 1.0)
        ours = [pieces[at] for at in found.sentences]
        for group in _align_within(ours, foreign[start:], table):
            sources = tuple(found.sentences[at] for at in group.sources)
            targets = tuple(start + at for at in group.targets)
            groups.append(Group(sources, targets, group.sureness * likeness))
    return tuple(foreign), tuple(groups)


def _align_within(
    ours: Sequence[Piece], theirs: Sequence[ForeignSentence], table: WordTable
) -> Sequence[Group]:
    """Return the groups of one entry; a single sentence of either side goes with all others."""
    if len(ours) == 1 or len(theirs) == 1:
        return (Group(tuple(range(len(ours))), tuple(range(len(theirs)))),)
    last = len(theirs) - 1
    pieces = [
        Piece(
            text=one.text, block=0, kind=ours[0].kind, level=ours[0].level, opens=at == 0,
            ends=at == last,
        )
        for at, one in enumerate(theirs)
    ]  # fmt: skip
    return align_texts([replace(one, spot=()) for one in ours], pieces, table)


def _cut(text: str, language: Language) -> tuple[Inlines, ...]:
    """Return the sentences of a text; tags that have no like in Markdown are taken out."""
    try:
        tree = parse_msgstr(text)
    except PublishError:
        try:
            tree = parse_inline(html.unescape(TAG.sub("", text)))
        except PublishError:
            tree = (Text(" ".join(text.split())),)
    return cut_sentences(tree, language)[0]


def _shown(tree: Inlines) -> str:
    return fold_text(" ".join(plain(tree).split()))


def _make_index(source: Source) -> _Index:
    texts = [_shown(sentence.tree) for sentence in source.every]
    starts: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        starts[text].append(at)
    blocks, words, at = [], [], 0
    holders: dict[str, list[int]] = defaultdict(list)
    for block in (text for text in source.texts if text.sentences):
        blocks.append(range(at, at + len(block.sentences)))
        at = blocks[-1].stop
        words.append(_words(texts[one] for one in blocks[-1]))
        for word in words[-1]:
            holders[word].append(len(blocks) - 1)
    return _Index(texts, blocks, starts, words, holders)


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in WORD.findall(text.lower()))


def _find(index: _Index, texts: Sequence[str]) -> _Found | None:
    """Return the sentences of the source that have these texts, or the block that is most alike."""
    for at in index.starts.get(texts[0], ()) if texts else ():
        if list(index.texts[at : at + len(texts)]) == list(texts):
            return _Found(range(at, at + len(texts)), 1.0)
    wanted = _words(texts)
    near = Counter(
        block
        for word in wanted
        if len(index.holders.get(word, ())) <= COMMON
        for block in index.holders.get(word, ())
    )
    best: tuple[float, int] = (0.0, 0)
    for block, _ in near.most_common(10):
        both = (wanted & index.words[block]).total()
        alike = 2 * both / (wanted.total() + index.words[block].total())
        best = max(best, (alike, -block))
    return _Found(index.blocks[-best[1]], best[0]) if best[0] >= ALIKE else None
