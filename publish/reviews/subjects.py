"""What of a text can be reviewed: each sentence, or group of joined ones, with its digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from json.encoder import encode_basestring_ascii as quote

from publish.catalogs.comparing import fold_text
from publish.catalogs.doubts import find_doubts
from publish.catalogs.origins import find_sureness
from publish.model import Entry, Key, Location, Sentence
from publish.reading.source import Source

__all__ = ["Subject", "SubjectIndex", "digest_pair", "find_subjects"]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A sentence, or a group of joined ones, that a decision can be about.

    `entries` are the head of the group and the sentences joined to it.  `sources` are their
    wordings, corrected as in the catalog of the source language.  `places` are all locations of
    the head, in reading order.  The digests are made when they are asked for.
    """

    entries: tuple[Entry, ...]
    sources: tuple[str, ...]
    places: tuple[Location, ...]
    index: SubjectIndex = field(repr=False, compare=False)

    @property
    def head(self) -> Entry:
        return self.entries[0]

    @property
    def source(self) -> str:
        return " ".join(self.sources)

    @property
    def location(self) -> Location:
        """The first location of the head."""
        return self.places[0]

    @property
    def confirmed(self) -> bool:
        """Whether all of it is translated and confirmed."""
        return all(entry.translated for entry in self.entries) and not self.head.joined

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the comments `# reviewer:` of all entries ask a native reader to decide."""
        return tuple(doubt for entry in self.entries for doubt in find_doubts(entry.comments))

    @property
    def sureness(self) -> int | None:
        """How sure an imported translation is, in percent; None for any other one."""
        found = [find_sureness(entry) for entry in self.entries]
        return min((one for one in found if one is not None), default=None)

    @cached_property
    def sentence(self) -> str:
        """The digest of the context and the folded source, as in `ReviewRow`."""
        named = zip(self.entries, self.sources, strict=True)
        return _digest_texts((entry.context, self.index.fold(text)) for entry, text in named)

    @cached_property
    def known_as(self) -> tuple[str, ...]:
        """The digests of the sentence under earlier wordings."""
        head, earlier = self.head, []
        if len(self.entries) == 1 and head.previous is None and self.source == head.msgid:
            return ()
        if self.sources != tuple(entry.msgid for entry in self.entries):
            earlier.append(_sentence(entry.key for entry in self.entries))
        if len(self.entries) > 1:
            earlier.append(_sentence([head.key]))
        if head.previous is not None:
            earlier.append(_sentence([(head.previous_context, head.previous)]))
        return tuple(name for name in dict.fromkeys(earlier) if name != self.sentence)

    @cached_property
    def surroundings(self) -> str:
        """The digest of the neighbours and of the addresses of links."""
        return self.index.digest_around(self.head.key)

    @cached_property
    def translation(self) -> str:
        """The digest of the exact translation."""
        return _digest(f"[{', '.join(map(quote, self.head.msgstrs))}]")

    @property
    def typography(self) -> str:
        """The digest of the translation without its typography."""
        return _digest(f"[{', '.join(quote(fold_text(text)) for text in self.head.msgstrs)}]")


class SubjectIndex:
    """The subjects of a source with its translations, each made when it is asked for.

    `entries` are the translations, `corrected` the entries of the source's own catalog.
    Sentences that the catalog does not have count as untranslated.
    """

    def __init__(
        self, source: Source, entries: Mapping[Key, Entry], corrected: Mapping[Key, Entry]
    ) -> None:
        self._source = source
        self._entries = entries
        self._wording = _wordings(corrected)
        self._groups = _groups(source.every, entries)
        self._folded: dict[str, str] = {}
        self.heads: dict[Key, tuple[Key, ...]] = {}
        """The heads of the groups that a joined sentence is in."""
        for head, keys in self._groups.items():
            for key in keys:
                self.heads[key] = (*self.heads.get(key, ()), head)
        self._places: dict[Key, list[Location]] = {}
        for sentence in source.sentences:
            if sentence.key not in self.heads:
                self._places.setdefault(sentence.key, []).append(sentence.location)

    def all(self) -> Iterator[Subject]:
        """Yield everything in the document that can be reviewed, in reading order, each once."""
        return (self.subject(key) for key in self._places)

    def subject(self, key: Key) -> Subject:
        """Return the subject whose head has this key; raises KeyError where there is none."""
        entries = tuple(self._entry(one) for one in (key, *self._groups.get(key, ())))
        sources = tuple(self._wording.get(one.key, one.msgid) for one in entries)
        places = tuple(self._places[key])
        return Subject(entries=entries, sources=sources, places=places, index=self)

    def _entry(self, key: Key) -> Entry:
        return self._entries.get(key) or Entry(msgid=key[1], context=key[0])

    def take(self, entries: Mapping[Key, Entry], keys: Iterable[Key]) -> set[Key] | None:
        """Take over the translations after some changed; return the heads that this concerns.

        Returns None, and takes nothing over, if a sentence was joined or is joined no more.
        """
        changed = list(keys)
        for key in changed:
            before, after = self._entries.get(key), entries.get(key)
            if (before is not None and before.joined) != (after is not None and after.joined):
                return None
        self._entries = entries
        return {
            head
            for key in changed
            for head in (key, *self.heads.get(key, ()))
            if head in self._places
        }

    def fold(self, text: str) -> str:
        """Return a wording of the source without its typography, made once."""
        found = self._folded.get(text)
        if found is None:
            found = self._folded[text] = fold_text(text)
        return found

    def digest_around(self, key: Key) -> str:
        """Return a digest of the neighbours and link addresses of a sentence, at all its places."""
        places: set[tuple[str, str, tuple[str, ...]]] = set()
        for at in self._positions[key]:
            before, after = self._fold_at(at - 1), self._fold_at(at + 1)
            places.add((before, after, self._units[at].unit.addresses))
        return _digest(f"[{', '.join(map(_place, sorted(places)))}]")

    def _fold_at(self, at: int) -> str:
        if not 0 <= at < len(self._units):
            return ""
        key = self._units[at].key
        return self.fold(self._wording.get(key, key[1]))

    @cached_property
    def _units(self) -> tuple[Sentence, ...]:
        return self._source.sentences

    @cached_property
    def _positions(self) -> dict[Key, list[int]]:
        found: dict[Key, list[int]] = {}
        for at, sentence in enumerate(self._units):
            found.setdefault(sentence.key, []).append(at)
        return found


def find_subjects(
    source: Source, entries: Mapping[Key, Entry], corrected: Mapping[Key, Entry]
) -> tuple[Subject, ...]:
    """Return everything in a document that can be reviewed, in reading order, each once.

    `entries` are the translations, `corrected` the entries of the source's own catalog.
    Sentences that the catalog does not have count as untranslated.
    """
    return tuple(SubjectIndex(source, entries, corrected).all())


def _wordings(corrected: Mapping[Key, Entry]) -> dict[Key, str]:
    """Return the corrected wordings of the source sentences that have one."""
    return {
        key: entry.msgstr
        for key, entry in corrected.items()
        if entry.translated and entry.msgstr.strip() and not entry.joined
    }


def _groups(every: Sequence[Sentence], entries: Mapping[Key, Entry]) -> dict[Key, tuple[Key, ...]]:
    """Return the sentences that share the translation of another one, by the key of that head."""
    joined = {key for key, entry in entries.items() if entry.joined}
    found: dict[Key, tuple[Key, ...]] = {}
    head: Key | None = None
    for at in every if joined else ():
        key = at.unit.key
        head = None if at.unit.opens else head
        if key not in joined:
            head = key if at.unit.translatable else None
        elif head is not None and key not in found.get(head, ()):
            found[head] = (*found.get(head, ()), key)
    return found


def digest_pair(entry: Entry) -> tuple[str, str]:
    """Return the digests in a row for an entry that is in no group and has no correction."""
    return (_sentence([entry.key]), _digest(f"[{', '.join(map(quote, entry.msgstrs))}]"))


# --------------------------------------------------------------------------- digests

# Digests are over JSON as `json.dumps` writes it, which is slower than this for so few strings.


def _sentence(texts: Iterable[Key]) -> str:
    return _digest_texts((context, fold_text(text)) for context, text in texts)


def _digest_texts(folded: Iterable[Key]) -> str:
    pairs = (
        f"[{'null' if context is None else quote(context)}, {quote(text)}]"
        for context, text in folded
    )
    return _digest(f"[{', '.join(pairs)}]")


def _place(place: tuple[str, str, tuple[str, ...]]) -> str:
    before, after, addresses = place
    return f"[{quote(before)}, {quote(after)}, [{', '.join(map(quote, addresses))}]]"


def _digest(data: str) -> str:
    """Return twenty hexadecimal digits of the SHA-256 of a JSON text."""
    return hashlib.sha256(data.encode("ascii")).hexdigest()[:20]
