"""The sentences of a translation that is imported, whatever file it is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publish.aligning.pieces import Group, Piece
from publish.aligning.sourcepieces import list_pieces
from publish.aligning.texts import align_texts
from publish.aligning.wordtable import WordTable
from publish.catalogs.comparing import fold_text
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Entry, Inlines, Key, plain
from publish.reading.msgstr import parse_msgstr, restore_addresses
from publish.reading.segmenting import cut_sentences
from publish.reading.source import Source

__all__ = ["ForeignSentence", "align_document", "list_foreign"]

LEAST, MUCH = 3, 0.25
"""So many sentences of a file, and such a share of its sentences, are the source's in a file that
has both languages; only those with LONG letters and several words count."""
LONG = 12


@dataclass(frozen=True, slots=True)
class ForeignSentence:
    """A sentence of an imported file: its tree, with addresses in its links, and its place."""

    tree: Inlines
    place: str

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        return " ".join(plain(self.tree).split())


def list_foreign(translation: Source) -> tuple[ForeignSentence, ...]:
    """Return the sentences of a document, each with the number of its block: `¶12`."""
    return tuple(
        ForeignSentence(
            restore_addresses(one.tree, one.unit.addresses, one.unit.bare), f"¶{number}"
        )
        for number, text in enumerate((t for t in translation.texts if t.sentences), 1)
        for one in text.sentences
    )


def align_document(
    source: Source,
    translation: Source,
    entries: Mapping[Key, Entry],
    table: WordTable,
) -> tuple[Group, ...]:
    """Return which sentences of a document are translated by which of another, by number.

    What the catalog has already helps: `entries` are those of it.  Of a file in both languages,
    such as a table of two columns, the text of the source itself translates nothing.
    """
    ours, theirs = list_pieces(source), list_pieces(translation)
    own = _find_source_text(ours, theirs)
    kept = [number for number in range(len(theirs)) if number not in own]
    places = {number: place for place, number in enumerate(kept)}
    known = (
        (one, places[other])
        for one, other in _known(source, theirs, entries, translation.language)
        if other in places
    )
    groups = align_texts(ours, [theirs[number] for number in kept], table, known)
    aligned = (replace(one, targets=tuple(kept[at] for at in one.targets)) for one in groups)
    return (*aligned, *(Group((), (number,)) for number in sorted(own)))


def _find_source_text(ours: Sequence[Piece], theirs: Sequence[Piece]) -> frozenset[int]:
    """Return which pieces of a file are the text of the source; none unless it has much of it.

    A few sentences can be the same in both languages, such as names and titles of reports.
    """
    source = {fold_text(one.text) for one in ours}
    same = [fold_text(one.text) in source and _has_letters(one.text, 1) for one in theirs]
    long = [_has_letters(one.text, LONG) and " " in one.text for one in theirs]
    found = sum(one and other for one, other in zip(same, long, strict=True))
    if found < LEAST or found < MUCH * sum(long):
        return frozenset()
    return frozenset(number for number, one in enumerate(same) if one)


def _has_letters(text: str, count: int) -> bool:
    return sum(map(str.isalpha, text)) >= count


def _known(
    source: Source, pieces: Sequence[Piece], entries: Mapping[Key, Entry], language: Language
) -> Iterator[tuple[int, int]]:
    """Yield pairs of sentences of which the catalog says that they are translations.

    A text that stands more than once in either document says nothing.
    """
    places: dict[str, list[int]] = {}
    for number, piece in enumerate(pieces):
        places.setdefault(fold_text(piece.text), []).append(number)
    times: dict[Key, int] = {}
    for sentence in source.every:
        times[sentence.key] = times.get(sentence.key, 0) + 1
    for number, sentence in enumerate(source.every):
        entry = entries.get(sentence.key)
        if entry is None or not entry.msgstr or entry.joined or times[sentence.key] > 1:
            continue
        for text in _sentences(entry.msgstr, language):
            found = places.get(fold_text(text), ())
            if len(found) == 1:
                yield number, found[0]


def _sentences(text: str, language: Language) -> tuple[str, ...]:
    try:
        parts, _ = cut_sentences(parse_msgstr(text), language)
    except PublishError:
        return (text,)
    return tuple(" ".join(plain(part).split()) for part in parts)
