"""An edited Word edition beside the edition as it would be made now: which texts are which.

Both files are read in the same way, so that what Word, the edition and the reader do to a text is
in both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from publish.editions.docx.word import name_sentence
from publish.importing.word.sentencemarks import EditedWord
from publish.kits.items import make_fingerprint
from publish.kits.wordcuts import fold_letters
from publish.kits.wordloose import settle_loose
from publish.kits.wordpairs import Pairing, pair_pieces
from publish.kits.wordpieces import WordPiece, list_pieces, list_words
from publish.kits.wordtexts import Sent
from publish.model import Entry, Inlines, Sentence, plain
from publish.reading.locationwords import describe_paragraph
from publish.translation.translation import Translation

__all__ = ["EditedWork"]


def _is_empty(piece: WordPiece) -> bool:
    return bool(piece.name) and not piece.content.text and not piece.content.marks


@dataclass(frozen=True, kw_only=True)
class EditedWork:
    """A file that came back, `edited`, the edition as it would be `now`, and its catalog."""

    edited: EditedWord
    now: EditedWord
    translation: Translation

    @cached_property
    def ours(self) -> list[WordPiece]:
        """The pieces of the edition, in order."""
        return self._named(list_pieces(self.now))

    @cached_property
    def theirs(self) -> list[WordPiece]:
        """The pieces of the file that came back."""
        pieces = self._named(list_pieces(self.edited))
        return settle_loose(pieces, self.ours, self.translation.language)

    @cached_property
    def _pictures(self) -> frozenset[str]:
        """The bookmarks of pictures: there is no text in them."""
        return frozenset(one.name for one in list_pieces(self.now) if _is_empty(one))

    def _named(self, pieces: list[WordPiece]) -> list[WordPiece]:
        """Return pieces with the descriptions of pictures, which follow them, under their names."""
        done: list[WordPiece] = []
        for piece in pieces:
            before = done[-1] if done else None
            if before is not None and _is_empty(before) and before.name in self._pictures:
                if piece.name:
                    done.append(piece)
                else:
                    comments = (*before.comments, *piece.comments)
                    done[-1] = replace(piece, name=before.name, comments=comments)
            else:
                done.append(piece)
        return [one for one in done if not (_is_empty(one) and one.name in self._pictures)]

    @cached_property
    def unknown(self) -> list[WordPiece]:
        """The pieces that came back with a bookmark that the edition no longer has."""
        names = {name_sentence(one.id) for one in self.translation.source.sentences}
        return [one for one in self.theirs if one.name and not names.intersection(one.names)]

    def is_as_sent(self, piece: WordPiece) -> bool:
        """Return whether the file says that a text is the one that it was sent with."""
        said = self.edited.sent.get(piece.name, {}).get("shown")
        now = make_fingerprint(self.edited.shown.get(piece.name, ""), fuzzy=False)
        return bool(said) and said == now

    @cached_property
    def sentences(self) -> Mapping[int, Sentence]:
        """The sentences by the numbers of their pieces in the edition.

        One without a bookmark, such as a description of a picture, is the piece with its words.
        """
        named = {name_sentence(one.id): one for one in self.translation.source.sentences}
        found = {
            number: named.pop(piece.name)
            for number, piece in enumerate(self.ours)
            if piece.name in named
        }
        met = {name for piece in self.ours for name in piece.also}
        left = [one for name, one in named.items() if name not in met]
        texts = {number: fold_letters(one.text) for number, one in enumerate(self.ours)}
        times = Counter(texts.values())
        places = {text: number for number, text in texts.items() if times[text] == 1}
        for sentence in left:
            for tree in (self.translated(sentence), sentence.tree):
                at = places.get(fold_letters(plain(tree or ())))
                if tree and at is not None and at not in found and not self.ours[at].name:
                    found[at] = sentence
                    break
        return found

    def entry(self, sentence: Sentence) -> Entry | None:
        """Return the entry of a sentence."""
        return self.translation.entries.get(sentence.key)

    def translated(self, sentence: Sentence) -> Inlines | None:
        """Return the text that the catalog has for a sentence, None if it cannot be shown."""
        read = self.translation.texts.get(sentence.key)
        return read.tree if read is not None and read.error is None and read.tree else None

    @cached_property
    def sent(self) -> Mapping[int, Sent]:
        """What the edition shows of the sentences, by the numbers of their pieces."""
        return {number: self._sent(number, one) for number, one in self.sentences.items()}

    def _sent(self, number: int, sentence: Sentence) -> Sent:
        shown = self.ours[number].content
        letters = fold_letters(shown.text)
        own, entry = self.translated(sentence), self.entry(sentence)
        if own is not None and fold_letters(plain(own)) != letters:
            source = fold_letters(plain(sentence.tree))
            if letters == source or (entry is not None and entry.fuzzy):
                own = None
        return Sent(
            own=own,
            shown=shown,
            addresses=sentence.unit.addresses,
            language=self.translation.language,
        )

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the sentences by the letters that the edition shows of them."""
        found: dict[str, tuple[int, ...]] = {}
        for number in self.sentences:
            letters = fold_letters(self.ours[number].text)
            found[letters] = (*found.get(letters, ()), number)
        return found

    @cached_property
    def spots(self) -> list[tuple[int, str]]:
        """The blocks of the file in which sentences end, in order, with the places of these."""
        return sorted(
            (piece.last, describe_paragraph(self.sentences[number].location))
            for number, piece in self.pairing.texts.items()
            if number in self.sentences
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """The letters of what the edition has beside its sentences."""
        beside = (one.text for one in self.ours if not one.name)
        return frozenset(map(fold_letters, (*beside, *self.now.lines)))

    @cached_property
    def pairing(self) -> Pairing:
        """Which pieces of the two files are which."""
        passages = frozenset(number for number, one in self.sent.items() if one.own is None)
        language = self.translation.language
        gone = {id(one) for one in self.unknown}
        names = {name for piece in self.ours for name in piece.names}
        known = [
            one if names.intersection(one.names) else replace(one, name="", also=())
            for one in self.theirs
            if id(one) not in gone
        ]
        return pair_pieces(self.ours, known, frozenset(self.sentences), passages, language)

    @cached_property
    def notes(self) -> Mapping[str, str]:
        """The labels of notes in the source by those that they have in the file."""
        source = self.translation.source
        labels = {
            sentence.id: label
            for (label, _), text in zip(list_words(source.document), source.texts, strict=True)
            for sentence in text.sentences
            if label
        }
        return {
            piece.note: labels[self.sentences[number].id]
            for number, piece in self._paired()
            if piece.note and number in self.sentences and self.sentences[number].id in labels
        }

    def _paired(self) -> Iterator[tuple[int, WordPiece]]:
        yield from self.pairing.texts.items()
        yield from self.pairing.moved.items()
