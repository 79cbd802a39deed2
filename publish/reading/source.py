"""A document in its own language with all its sentences and their locations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property

from publish.garbage import collecting_no_garbage
from publish.languages.language import Language
from publish.model import (
    Document,
    Inlines,
    Key,
    Location,
    Sentence,
    Unit,
    make_entry_id,
    plain,
    proses,
)
from publish.reading.faults import Faults
from publish.reading.locations import LocationCounter
from publish.reading.segmenting import ContentCut, Cuttable, cut_prose, make_units

__all__ = ["ProseSentences", "Source", "cut_source", "take_texts"]


@dataclass(frozen=True, slots=True)
class ProseSentences:
    """The sentences of one text and what separates them: nothing, a space or a hard break.

    There is one separator fewer than there are sentences.
    """

    sentences: tuple[Sentence, ...]
    separators: tuple[Inlines, ...]


@dataclass(frozen=True)
class Source:
    """A document in its own language with all its sentences.

    They get their locations when they are first asked for: an edition of the document as it is
    needs none.  `cuts` say how each of `proses(document)` is cut.
    """

    document: Document
    language: Language
    cuts: tuple[ContentCut, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def texts(self) -> tuple[ProseSentences, ...]:
        """Return the sentences of each of `proses(document)`, in the same order."""
        with collecting_no_garbage():
            return tuple(_locate_texts(self.document, self.cuts))

    @cached_property
    def words(self) -> int:
        """Return how many words all sentences have, as they are shown."""
        if self.cuts:
            return _count_words(tree for cut in self.cuts for tree in cut.trees)
        return _count_words(sentence.tree for sentence in self.every)

    @property
    def name(self) -> str:
        return self.document.name

    @cached_property
    def every(self) -> tuple[Sentence, ...]:
        """Return all sentences in reading order, including those without letters."""
        return tuple(sentence for text in self.texts for sentence in text.sentences)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences that have something to translate, in reading order."""
        return tuple(sentence for sentence in self.every if sentence.unit.translatable)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return the units that have something to translate, in reading order, with repeats."""
        return tuple(sentence.unit for sentence in self.sentences)

    @cached_property
    def keys(self) -> frozenset[Key]:
        """Return the keys of all entries that a catalog of this source needs."""
        return frozenset(sentence.key for sentence in self.sentences)

    @cached_property
    def places(self) -> dict[Key, Location]:
        """Return for each entry the location where its sentence occurs first."""
        found: dict[Key, Location] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.key, sentence.location)
        return found

    @cached_property
    def by_id(self) -> dict[str, tuple[Sentence, ProseSentences]]:
        """Return each sentence with something to translate, and the text it is in, by its id."""
        homes = {one.id: text for text in self.texts for one in text.sentences}
        return {one.id: (one, homes[one.id]) for one in self.sentences}

    @cached_property
    def ids(self) -> dict[Key, tuple[str, ...]]:
        """Return for each entry the ids of its sentences, in reading order."""
        found: dict[Key, list[str]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.key, []).append(sentence.id)
        return {key: tuple(ids) for key, ids in found.items()}

    @cached_property
    def trees(self) -> dict[Key, Inlines]:
        """Return the inline tree of each msgid, the same as parsing it would give."""
        return {sentence.key: sentence.tree for sentence in self.every}


def cut_source(
    document: Document,
    language: Language,
    known: MutableMapping[Cuttable, ContentCut] | None = None,
) -> Source:
    """Return the document cut into sentences, each with its location.

    `language` is the document's own.  `known` are texts that have been cut, as `cut_prose` takes
    them.  Raises PublishError for a text that no Markdown says (code `unwritable-marks`), and
    FindingsError for several.
    """
    every, faults, cuts = tuple(proses(document)), Faults(), []
    for one in every:
        with faults.collecting():
            cuts.append(cut_prose(one, language, known))
    if faults.errors:
        faults.raise_all(tuple(dict.fromkeys(one.span.file for one in every)))
    return Source(document, language, tuple(cuts))


def _count_words(trees: Iterable[Inlines]) -> int:
    return sum(len(plain(tree).split()) for tree in trees)


def take_texts(source: Source, texts: Iterable[ProseSentences], document: Document) -> Source:
    """Return a source that has only these of its texts, and another document."""
    part = Source(document, source.language)
    part.__dict__["texts"] = tuple(texts)
    return part


def _locate_texts(document: Document, cuts: Iterable[ContentCut]) -> Iterator[ProseSentences]:
    counter = LocationCounter()
    times: Counter[str] = Counter()

    def identify(unit: Unit) -> str:
        name = make_entry_id(unit.key)
        times[name] += 1
        return name if times[name] == 1 else f"{name}-{times[name]}"

    for prose, one in zip(proses(document), cuts, strict=True):
        cut = make_units(prose, one)
        places = counter.locate(prose, cut.units)
        sentences = (
            Sentence(identify(unit), unit, tree, place)
            for unit, tree, place in zip(cut.units, cut.trees, places, strict=True)
        )
        yield ProseSentences(tuple(sentences), cut.separators)
