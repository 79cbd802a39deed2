"""What the workspace knows for a sentence: translations of sentences alike, and terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from publish.catalogs.glossary import VERIFIED, Glossary, Term
from publish.catalogs.memory import (
    RememberedTranslation,
    TranslationMemory,
    build_memory,
    renew_memory,
)
from publish.catalogs.wordmarks import MergedPiece, merge_wordings
from publish.checks.terms.lookup import (
    Acronym,
    Needle,
    find_terms,
    has_words_near,
    index_acronyms,
    index_terms,
    read_target_words,
)
from publish.checks.terms.wordforms import english_base, split_tokens
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Key
from publish.po.pofile import PoFile, extract_catalog
from publish.translation.loading import Loader

__all__ = ["Remembered", "SuggestedText", "TermUse", "find_term_uses"]

MOST = 5
"""So many suggestions are shown for a sentence."""
FRESH = 200
"""So many sentences may be translated before the memory is indexed anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedText:
    """A translation of a sentence that is alike: of which sentence, in which document, how alike.

    `difference` has both wordings as one text; it is empty for the same sentence.
    """

    text: str
    source: str
    percent: int
    document: str
    difference: tuple[MergedPiece, ...] = ()


class _Memory:
    """The memory of a language: a part for each document, and two indexes of their sentences.

    `old` was indexed some time ago, `new` are the sentences that were translated since.
    """

    def __init__(self) -> None:
        self.files: dict[str, PoFile | None] = {}
        self.parts: dict[str, dict[Key, tuple[RememberedTranslation, ...]]] = {}
        self.old = TranslationMemory()
        self.new = TranslationMemory()

    def take(self, name: str, po: PoFile | None) -> Collection[Key]:
        """Take over another version of a document's catalog; return the keys that may be new.

        Of a catalog in which one sentence changed, only what is around it is read again.
        """
        known = self.files.get(name)
        if po is not None and known is not None:
            touched = renew_memory(self.parts[name], name, known.records, po.records)
            if touched is not None:
                return touched
        catalogs = [(name, extract_catalog(po))] if po is not None else []
        self.parts[name] = dict(build_memory(catalogs).by_key)
        return self.parts[name].keys()


class Remembered:
    """The translation memories of a workspace, kept open.

    A changed catalog is read into its own part; all is indexed anew only after many changes.
    """

    def __init__(self) -> None:
        self._memories: dict[str, _Memory] = {}

    def suggest(
        self, loader: Loader, language: Language, document: str, key: Key
    ) -> tuple[SuggestedText, ...]:
        """Return translations of sentences that are alike, at least 75 %, the most alike first.

        The sentence's own translation in this document is left out.
        """
        memory = self._refreshed(loader, language)
        ranked = {**dict(memory.old.rank(key, 3 * MOST)), **dict(memory.new.rank(key, 3 * MOST))}
        ranked[key] = 100
        found: dict[str, SuggestedText] = {}
        for near, percent in sorted(ranked.items(), key=lambda pair: -pair[1]):
            for one in _lookup(memory, near):
                own = near == key and one.origin == document and not one.entry.obsolete
                if not own:
                    found.setdefault(one.entry.msgstr, _suggested(one, key, percent))
        return tuple(found.values())[:MOST]

    def _refreshed(self, loader: Loader, language: Language) -> _Memory:
        """Return the memory of a language as the catalogs are now."""
        memory = self._memories.setdefault(language.tag, _Memory())
        files = {name: _read(loader, language, name) for name in loader.workspace.names}
        changed = [name for name, po in files.items() if memory.files.get(name) is not po]
        gone = memory.files.keys() - files.keys()
        if not changed and not gone:
            return memory
        for name in gone:
            memory.parts.pop(name, None)
        touched = [key for name in changed for key in memory.take(name, files[name])]
        memory.files = files
        fresh = {
            key: found
            for key in touched
            if key not in memory.old.by_key
            for part in memory.parts.values()
            if (found := part.get(key))
        }
        if len(fresh) + len(memory.new.by_key) > FRESH:
            memory.old = TranslationMemory(
                {key: found for part in memory.parts.values() for key, found in part.items()}
            )
            memory.new = TranslationMemory()
        elif fresh:
            memory.new = TranslationMemory({**memory.new.by_key, **fresh})
        return memory


def _read(loader: Loader, language: Language, name: str) -> PoFile | None:
    try:
        return loader.catalog(language, name)
    except PublishError:
        return None  # The desk says elsewhere that the file is damaged.


def _lookup(memory: _Memory, key: Key) -> Iterator[RememberedTranslation]:
    for part in memory.parts.values():
        yield from part.get(key, ())


def _suggested(one: RememberedTranslation, key: Key, percent: int) -> SuggestedText:
    source = one.entry.msgid
    return SuggestedText(
        text=one.entry.msgstr,
        source=source,
        percent=percent,
        document=one.origin,
        difference=() if source == key[1] else merge_wordings(source, key[1]),
    )


# --------------------------------------------------------------------------- terms


@dataclass(frozen=True, slots=True, kw_only=True)
class TermUse:
    """A term of the glossary in a sentence.

    `say` are its translations, `status` says whether they are verified, and `used` whether the
    text has one of them, in any form.
    """

    term: str
    say: tuple[str, ...]
    status: str
    note: str
    used: bool


@dataclass(frozen=True, slots=True)
class _Terms:
    needles: Mapping[str, tuple[Needle, ...]]
    acronyms: Mapping[str, Acronym]
    terms: Mapping[Needle | str, Term]
    pattern: re.Pattern[str] | None


def find_term_uses(
    glossary: Glossary | None, tag: str, source: str, text: str
) -> tuple[TermUse, ...]:
    """Return the terms of a glossary in a sentence, and whether its translation has them.

    Both texts are without marks.  Terms that nobody verified are among them.
    """
    if glossary is None:
        return ()
    known = _index(glossary, tag)
    words, target = split_tokens(source), read_target_words(text)
    found: list[TermUse] = []
    needles = find_terms(list(map(english_base, words)), words, dict(known.needles))
    for needle in dict.fromkeys(needles):
        short = not needle.short.isdisjoint(target.written) and needle.own.isdisjoint(words)
        used = short or any(has_words_near(one, target) for one in needle.wanted)
        found.append(_use(known.terms[needle], needle.term, tag, used=used))
    written = known.pattern.findall(source) if known.pattern else ()
    for one in dict.fromkeys(written):
        acronym = known.acronyms[one]
        used = not acronym.short.isdisjoint(target.written)
        used = used or any(has_words_near(wanted, target) for wanted in acronym.wanted)
        found.append(_use(known.terms[one], one, tag, used=used))
    return tuple(found)


def _use(term: Term, written: str, tag: str, *, used: bool) -> TermUse:
    rendering = next(one for one in term.renderings if one.language == tag)
    say = tuple(filter(None, (part.strip() for part in rendering.text.split(";"))))
    return TermUse(term=written, say=say, status=rendering.status, note=term.note, used=used)


@lru_cache(maxsize=8)
def _index(glossary: Glossary, tag: str) -> _Terms:
    """Index all terms of a language; the index has verified ones only, so all count as such."""
    needles: dict[str, list[Needle]] = {}
    acronyms: dict[str, Acronym] = {}
    terms: dict[Needle | str, Term] = {}
    for term in glossary.terms:
        alone = Glossary(glossary.file, glossary.languages, (_as_verified(term),))
        for first, group in index_terms(alone, tag).items():
            needles.setdefault(first, []).extend(group)
            terms |= dict.fromkeys(group, term)
        for written, acronym in index_acronyms(alone, tag).items():
            acronyms[written], terms[written] = acronym, term
    ordered = {first: tuple(sorted(group, key=_longest)) for first, group in needles.items()}
    return _Terms(ordered, acronyms, terms, _pattern(acronyms))


def _as_verified(term: Term) -> Term:
    return replace(term, renderings=tuple(replace(one, status=VERIFIED) for one in term.renderings))


def _longest(needle: Needle) -> int:
    return -sum(map(len, needle.pieces))


def _pattern(written: Iterable[str]) -> re.Pattern[str] | None:
    names = "|".join(map(re.escape, written))
    return re.compile(rf"\b({names})(?:s|['’]s)?(?!\w)") if names else None
