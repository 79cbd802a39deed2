"""The sentences of a translation that is imported, whatever file it is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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

    What the catalog has already helps: `entries` are those of it.
    """
    pieces = list_pieces(translation)
    known = tuple(_known(source, pieces, entries, translation.language))
    return align_texts(list_pieces(source), pieces, table, known)


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
