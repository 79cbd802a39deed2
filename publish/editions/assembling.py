"""A source document and its catalogs to the document in another language.

The rule, sentence by sentence: a translation that is confirmed stands; a fuzzy one stands only
on request, marked; else the source sentence stands in its place, marked with its language.
Nothing is left out and nothing falls back in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from publish.languages.language import Language
from publish.model import (
    Break,
    Catalog,
    Coverage,
    Document,
    Entry,
    Inline,
    Inlines,
    Key,
    Passage,
    Prose,
    Text,
    Unit,
    plain,
    proses,
    rebuild,
)
from publish.reading.inline import normalise, parse_inline
from publish.reading.segmenting import Cut, cut, translatable
from publish.reading.translation import addressed, translation_tree

__all__ = ["Assembled", "Translation", "assemble", "coverage"]

Entries = Mapping[Key, Entry]


@dataclass(frozen=True, slots=True)
class Translation:
    """What a source is assembled with.

    `corrections` are the entries of the source language's own catalog (an editor's wording),
    `entries` those of the language of the edition; both by key, obsolete ones left out.
    """

    source: Language
    language: Language
    entries: Entries = field(default_factory=dict)
    corrections: Entries = field(default_factory=dict)
    use_fuzzy: bool = False

    @staticmethod
    def of(
        source: Language,
        language: Language,
        catalog: Catalog | None,
        corrections: Catalog | None,
        *,
        use_fuzzy: bool = False,
    ) -> Translation:
        """A translation from catalogs; the source language's own entries are corrections."""
        return Translation(
            source,
            language,
            catalog.active() if catalog and language.tag != source.tag else {},
            corrections.active() if corrections else {},
            use_fuzzy,
        )


@dataclass(frozen=True, slots=True)
class Assembled:
    document: Document
    coverage: Coverage


def assemble(source: Document, translation: Translation) -> Assembled:
    """The source document in the language of the translation, and how much of it is translated.

    Law (identity): without entries, or with msgstr = msgid, the result is the source, language
    and marks aside.  Law (no span moves): blocks, ids and spans are the source's.
    """
    shown: list[_Piece] = []

    def change(prose: Prose) -> Prose:
        pieces = tuple(_pieces(cut(prose, translation.source), translation))
        shown.extend(pieces)
        return _translated(prose, pieces, translation)

    document = rebuild(source, change, translation.language.tag)
    return Assembled(document, _coverage(shown))


def coverage(source: Document, translation: Translation) -> Coverage:
    """How much of an edition would be translated, without making it."""
    return _coverage(
        piece
        for prose in proses(source)
        for piece in _pieces(cut(prose, translation.source), translation)
    )


def _coverage(pieces: Iterable[_Piece]) -> Coverage:
    words = translated = 0
    for piece in pieces:
        words += piece.words
        translated += piece.words if piece.state is None else 0
    return Coverage(words, translated)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence as it will stand: its tree, its state, the words of the source it tells.

    `gap` is what separates it from the piece before; `joined` is told by the piece before.
    """

    tree: Inlines
    state: str | None
    words: int
    gap: Inlines
    joined: bool = False


def _translated(prose: Prose, every: tuple[_Piece, ...], translation: Translation) -> Prose:
    pieces = [piece for piece in every if not piece.joined]
    content: list[Inline] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is not None:
            content.extend(_gap(before, piece, translation))
        content.extend(_marked(piece, translation))
    return replace(prose, content=normalise(_one_passage(content)))


def _gap(before: _Piece, piece: _Piece, translation: Translation) -> Inlines:
    """Between two sentences: a hard break stays, white space follows the languages."""
    if any(isinstance(node, Break) for node in piece.gap):
        return piece.gap
    fallback = "untranslated" in (before.state, piece.state)
    space = (translation.source if fallback else translation.language).sentence_space
    if not piece.gap and translation.language.tag == translation.source.tag:
        space = ""
    return (Text(space),) if space else ()


def _marked(piece: _Piece, translation: Translation) -> Inlines:
    match piece.state:
        case "untranslated":
            return (Passage(piece.tree, translation.source.tag, "untranslated"),)
        case "fuzzy":
            return (Passage(piece.tree, translation.language.tag, "fuzzy"),)
        case _:
            return piece.tree


def _one_passage(content: list[Inline]) -> Inlines:
    """Neighbouring passages of one kind, with the gap between them, made one passage."""
    done: list[Inline] = []
    for node in content:
        if isinstance(node, Passage):
            gap: list[Inline] = []
            while done and isinstance(done[-1], Text | Break) and not gap and _is_gap(done[-1]):
                gap.append(done.pop())
            last = done[-1] if done else None
            if isinstance(last, Passage) and (last.language, last.state) == (
                node.language,
                node.state,
            ):
                done[-1] = replace(last, children=(*last.children, *gap, *node.children))
                continue
            done.extend(gap)
        done.append(node)
    return tuple(done)


def _is_gap(node: Inline) -> bool:
    return isinstance(node, Break) or (isinstance(node, Text) and not node.text.strip())


# --------------------------------------------------------------------------- choosing


def _pieces(sentences: Cut, translation: Translation) -> Iterator[_Piece]:
    """The sentences of a block as they will stand; a joined group stands or falls together."""
    gaps: tuple[Inlines, ...] = ((), *sentences.separators)
    units = sentences.units
    at = 0
    while at < len(units):
        end = at + 1
        while end < len(units) and _is_joined(units[end], translation):
            end += 1
        yield from _group(units[at:end], gaps[at:end], translation)
        at = end


def _is_joined(unit: Unit, translation: Translation) -> bool:
    entry = translation.entries.get(unit.key)
    return entry is not None and entry.joined


def _group(
    units: tuple[Unit, ...], gaps: tuple[Inlines, ...], translation: Translation
) -> Iterator[_Piece]:
    state = _state(units, translation)
    for at, (unit, gap) in enumerate(zip(units, gaps, strict=True)):
        words = len(plain(parse_inline(unit.msgid)).split())
        source = translation.language.tag == translation.source.tag or not translatable(unit)
        if state == "untranslated" or source:
            yield _Piece(_source_tree(unit, translation), state, words, gap)
        elif at == 0:
            entry = translation.entries[unit.key]
            tree = translation_tree(entry.msgstr, entry.span)
            yield _Piece(addressed(tree, unit.addresses, entry.span), state, words, gap)
        else:
            yield _Piece((), state, words, gap, joined=True)


def _state(units: tuple[Unit, ...], translation: Translation) -> str | None:
    """Why a group of sentences needs a mark; None where its translation simply stands."""
    if translation.language.tag == translation.source.tag or not translatable(units[0]):
        return None
    if _is_joined(units[0], translation):
        return "untranslated"
    states = {_entry_state(translation.entries.get(unit.key), translation) for unit in units}
    return "untranslated" if "untranslated" in states else "fuzzy" if "fuzzy" in states else None


def _entry_state(entry: Entry | None, translation: Translation) -> str | None:
    if entry is None or not entry.msgstr.strip():
        return "untranslated"
    if entry.fuzzy:
        return "fuzzy" if translation.use_fuzzy else "untranslated"
    return None


def _source_tree(unit: Unit, translation: Translation) -> Inlines:
    """The source sentence, in the editor's wording where the source's own catalog has one."""
    entry = translation.corrections.get(unit.key)
    text = unit.msgid
    if entry is not None and entry.msgstr.strip() and not entry.fuzzy:
        text = entry.msgstr
    return addressed(translation_tree(text), unit.addresses)
