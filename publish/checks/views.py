"""What the rules check: a catalog or a document, with each of its texts read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from publish.checks.findings import find_span
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Catalog, Entry, Finding, Inlines, Key, Location, Span, plain
from publish.reading.marks.inline import parse_inline
from publish.reading.msgstr import ReadMsgstr, read_msgstr
from publish.reading.numbering import number_references, spell_numbers
from publish.reading.source import Source

__all__ = ["CatalogView", "DocumentView", "Kind", "ShownImage"]

Kind = Literal["translation", "source", "interface"]
"""The kind of catalog: a translation, the corrections of the source, or interface strings."""


@dataclass(frozen=True, kw_only=True)
class CatalogView:
    """A catalog and what its rules need.

    `language` is the language of its msgstrs; `source` the document it translates, None for an
    interface catalog.  `texts` are msgstrs that were already read; the others are read once, when
    they are needed.  With `use_fuzzy`, editions show fuzzy translations too.  `corrections` is the
    catalog of the source's own language, `elsewhere` has the translations of other documents.
    `uncovered` returns the characters of a text that no font of the edition has; it is None if the
    fonts are not known.  `vectors` is the file for vectors of sentences, None where none are used.
    """

    catalog: Catalog
    language: Language
    kind: Kind = "translation"
    source: Source | None = None
    texts: Mapping[Key, ReadMsgstr] = field(default_factory=dict)
    use_fuzzy: bool = False
    corrections: Catalog | None = None
    elsewhere: Mapping[Key, Entry] = field(default_factory=dict)
    uncovered: Callable[[str], set[str]] | None = None
    vectors: Path | None = None

    @cached_property
    def active(self) -> dict[Key, Entry]:
        """The entries that are not obsolete, by key."""
        return self.catalog.active()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The active entries; fuzzy ones only where an edition shows them."""
        every = self.active.values()
        return tuple(entry for entry in every if self.use_fuzzy or not entry.fuzzy)

    @cached_property
    def shown(self) -> tuple[Entry, ...]:
        """The entries whose translation an edition shows."""
        return tuple(entry for entry in self.entries if _is_filled(entry))

    def shows(self, entry: Entry) -> bool:
        """Return whether an edition shows the translation of an active entry."""
        return _is_filled(entry) and (self.use_fuzzy or not entry.fuzzy)

    def find_entry(self, found: Finding) -> Entry | None:
        """Return the active entry of a finding, None if it has no entry."""
        return self.active.get(found.key) if found.key is not None else None

    def find_location(self, entry: Entry) -> Location | None:
        """Return the first location of an entry's sentence, None if it is not in the source."""
        return self.source.places.get(entry.key) if self.source else None

    def read(self, entry: Entry) -> ReadMsgstr:
        """Return the msgstr of an entry as it was read."""
        key = entry.key
        found = self.texts.get(key) or self._read.get(key)
        if found is None:
            found = self._read[key] = read_msgstr(entry.msgstr, find_span(entry))
        return found

    @cached_property
    def _read(self) -> dict[Key, ReadMsgstr]:
        return {}

    def read_forms(self, entry: Entry) -> Iterator[ReadMsgstr]:
        """Yield every msgstr of an entry that is not empty, as it was read."""
        if entry.msgstr:
            yield self.read(entry)
        for msgstr in filter(None, entry.msgstrs[1:]):
            yield read_msgstr(msgstr)

    @cached_property
    def sentences(self) -> tuple[tuple[Entry, str, str], ...]:
        """Every translated sentence with its translation, as plain text, in the order of the file.

        A sentence joined to the one before (`{joined}`) is part of that one's text.  A text whose
        marks cannot be read is left out: that is an error of structure.
        """
        followers = self._followers
        found = []
        for entry in self.shown:
            if not entry.joined:
                source = self.find_source_text((entry.key, *followers.get(entry.key, ())))
                if source is not None and self.read(entry).error is None:
                    found.append((entry, source, self.find_shown_text(entry)))
        return tuple(found)

    @property
    def _followers(self) -> dict[Key, tuple[Key, ...]]:
        """The joined sentences that follow each translated sentence, by the latter's key."""
        joined = {key for key, entry in self.active.items() if entry.joined}
        found: dict[Key, tuple[Key, ...]] = {}
        for text in self.source.texts if joined and self.source else ():
            head: Key | None = None
            for sentence in text.sentences:
                key = sentence.key
                if key not in joined:
                    head = key
                elif head is not None and key not in found.get(head, ()):
                    found[head] = (*found.get(head, ()), key)
        return found

    def find_tree(self, key: Key) -> Inlines | None:
        """Return the tree of a msgid, None if it cannot be read."""
        found = self.source.trees.get(key) if self.source else None
        if found is not None:
            return found
        try:
            return parse_inline(key[1])
        except PublishError:
            return None

    def find_numbers(self, key: Key) -> dict[str, str] | None:
        """Return the numbers of the figures that links of a sentence lead to, by their own number.

        None means that they are not known.
        """
        return self._numbers.get(key, {}) if self.source else None

    @cached_property
    def _numbers(self) -> dict[Key, dict[str, str]]:
        return number_references(self.source) if self.source else {}

    def find_source_text(self, keys: tuple[Key, ...]) -> str | None:
        """Return the visible text of some msgids, None if one cannot be read."""
        texts = []
        for key in keys:
            tree = self.find_tree(key)
            if tree is None:
                return None
            numbers = self._numbers.get(key)
            texts.append(plain(spell_numbers(tree, numbers) if numbers else tree))
        return " ".join(texts)

    def find_shown_text(self, entry: Entry) -> str:
        """Return the visible text of a translation, with the numbers that editions put into it."""
        numbers, read = self._numbers.get(entry.key), self.read(entry)
        return plain(spell_numbers(read.tree, numbers)) if numbers else read.shown


def _is_filled(entry: Entry) -> bool:
    msgstrs = entry.msgstrs
    return bool(entry.msgid and msgstrs[0].strip() and (len(msgstrs) == 1 or all(msgstrs)))


@dataclass(frozen=True, slots=True)
class ShownImage:
    """An image of a document, its span, and the tags of languages with a version of their own."""

    src: str
    span: Span
    twins: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document and what its rules need.

    `language` is the language of the edition, `pictures` are the images of the document.
    """

    source: Source
    language: Language
    kind: Kind = "translation"
    pictures: tuple[ShownImage, ...] = ()
