"""One language of a page: a translation, composed text by text, and only what changed again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from itertools import count

from publish.actions.desk.page.blocks import BlockPiece, PageOutline, Target
from publish.building.preparing import find_revision
from publish.editions.html.pieces import Half
from publish.editions.page.captions import Names, describe_target, fill_part, find_names
from publish.editions.page.edition import Manuscript
from publish.editions.page.inlines import MarkupContext
from publish.editions.page.interface import make_interface
from publish.model import (
    Block,
    Coverage,
    Document,
    Field,
    Heading,
    Inlines,
    Key,
    Prose,
    Table,
    rebuild,
)
from publish.reading.locations import number_notes
from publish.settings import State
from publish.translation.composing import Composing, compose_prose
from publish.translation.held import HeldSentences, find_held
from publish.translation.loading import Loader
from publish.translation.narrowing import (
    find_changed_keys,
    keep_entries,
    narrow,
)
from publish.translation.translation import Translation

__all__ = ["LiveText", "as_source"]


def as_source(translation: Translation) -> Translation:
    """Return the source of a translation in its own language, as its editor corrected it.

    That of the original is as it stands in its file.
    """
    corrections = None if translation.original else translation.corrections
    language = translation.source.language
    return replace(translation, language=language, po=None, corrections=corrections)


class LiveText:
    """A translation of which each block can be composed alone.

    `is_source` says that it is the source of a translation.  `names` are those that links show.
    """

    def __init__(
        self,
        loader: Loader,
        translation: Translation,
        outline: PageOutline,
        *,
        is_source: bool = False,
    ) -> None:
        self.is_source = is_source
        self.loader, self.translation = loader, translation
        self.outline, self.index = outline, outline.index
        self.language, self.source = translation.language, translation.source.language
        self.interface = make_interface(self.language, loader.interfaces(self.language))
        self._numbers = number_notes(outline.document)
        self._coverage = [Coverage(0, 0)] * len(translation.source.texts)
        self._words = self._translated = 0
        self._kept: dict[int, Prose] = {}
        held = find_held(translation)
        self._held: tuple[set[Key], set[Key]] = set(held.entries), set(held.corrections)
        self._work = Composing.of(translation, held, use_fuzzy=False, marked=True)
        self._targets: list[Heading | Table | Block] = [
            self._compose((one.block,), one.texts)[0] for one in outline.targets
        ]
        self.names: Names = self._find_names()

    # ---- composing

    def compose(self, piece: BlockPiece) -> tuple[Block, ...]:
        """Return the blocks of a piece in this language, with the names of what links lead to."""
        return self._fill(self._compose(piece.blocks, piece.texts))

    def write_with(self, piece: BlockPiece, seen: Iterable[str]) -> Half:
        """Return what a piece is written with; `seen` are the notes that have a mark before it."""
        return Half(blocks=self.compose(piece), context=self.make_context(seen))

    def make_context(self, seen: Iterable[str] = ()) -> MarkupContext:
        """Return what blocks are written with."""
        return MarkupContext(
            self.language,
            self.source,
            self._numbers,
            self.interface,
            marked=list(seen),
            captions=self.loader.workspace.settings.captions,
        )

    def _compose(self, blocks: tuple[Block, ...], texts: range) -> tuple[Block, ...]:
        at = count(texts.start)

        def change(prose: Prose) -> Prose:
            number = next(at)
            if number in self._kept:
                return self._kept[number]
            text = self.translation.source.texts[number]
            made, coverage = compose_prose(prose, text, self._work)
            self._words += coverage.words - self._coverage[number].words
            self._translated += coverage.translated - self._coverage[number].translated
            self._coverage[number] = coverage
            if number in self.outline.large:
                self._kept[number] = made
            return made

        part = replace(self.outline.document, front=(), body=blocks, notes=())
        return rebuild(part, change, self.language.tag).body

    def _fill(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        part = replace(
            self.outline.document,
            language=self.language.tag,
            front=(),
            body=blocks,
            notes=(),
        )
        return fill_part(part, self.names, self.interface).body

    def compose_text(self, number: int) -> Prose:
        """Return one text of the source in this language."""
        text, prose = self.translation.source.texts[number], self.index.proses[number]
        return compose_prose(prose, text, self._work)[0]

    def compose_front(self) -> Document:
        """Return the document with its front matter in this language, and nothing else."""
        front = self._fill(self._compose(self.outline.document.front, self.outline.front))
        return replace(
            self.outline.document,
            language=self.language.tag,
            front=tuple(block for block in front if isinstance(block, Field)),
            body=(),
            notes=(),
        )

    # ---- names

    def target(self, number: int) -> Block:
        """Return a heading, figure or table with its number, for contents and lists."""
        (block,) = self._fill((self._targets[number],))
        return block

    def _find_names(self) -> Names:
        part = replace(self.outline.document, front=(), body=tuple(self._targets), notes=())
        return find_names(part, self.language, self.interface, marked=True)

    def _rename(self, targets: Iterable[int]) -> set[str]:
        """Compose some targets again; return the ids of those whose name is another one."""
        changed: set[str] = set()
        titles = dict(self.names.titles)
        for number in targets:
            one: Target = self.outline.targets[number]
            (block,) = self._compose((one.block,), one.texts)
            self._targets[number] = block
            name = getattr(block, "id", "")
            if name in titles:
                title: Inlines = describe_target(block, self.interface)  # type: ignore[arg-type]
                if titles[name] != title:
                    titles[name] = title
                    changed.add(name)
        if changed:
            self.names = replace(self.names, titles=titles)
        return changed

    # ---- what changed

    def renew(self, translation: Translation) -> tuple[list[int], list[int], set[str]]:
        """Take over another version of the translation.

        Returns the numbers of the texts and of the targets that may have changed, and the ids of
        the targets whose name has.  The source must be the same.
        """
        keys = find_changed_keys(self.translation, translation)
        self.translation = translation
        if not keys:
            return [], [], set()
        held = find_held(narrow(translation, self.index, keys))
        for known, found in zip(self._held, (held.entries, held.corrections), strict=True):
            known -= keys
            known |= keys & found.keys()
        texts = self.index.find_texts(keys)
        for number in texts:
            self._kept.pop(number, None)
        concerned = [n for n, one in enumerate(self.outline.targets) if _meet(one.texts, texts)]
        self._prepare(one.texts for one in map(self.outline.targets.__getitem__, concerned))
        return texts, concerned, self._rename(concerned)

    def prepare(self, pieces: Iterable[BlockPiece], others: Iterable[int] = ()) -> None:
        """Make ready to compose some pieces, the front matter and `others`, of the newest version.

        `others` are numbers of texts.
        """
        single = (range(number, number + 1) for number in others)
        self._prepare((self.outline.front, *(piece.texts for piece in pieces), *single))

    def _prepare(self, ranges: Iterable[range]) -> None:
        texts = self.translation.source.texts
        keys = {s.key for texts_of in ranges for n in texts_of for s in texts[n].sentences}
        part = keep_entries(self.translation, keys)
        entries, corrections = (dict.fromkeys(keys & known, ()) for known in self._held)
        self._work = Composing.of(
            part, HeldSentences(entries, corrections), use_fuzzy=False, marked=True
        )

    # ---- the edition

    @property
    def coverage(self) -> Coverage:
        """How much of the text is translated."""
        return Coverage(self._words, self._translated)

    @property
    def revised(self) -> date:
        """The day of the last change of source or translation."""
        return find_revision(self.translation)

    def make_manuscript(self, document: Document, state: State) -> Manuscript:
        """Return a part of the text as an edition of it begins."""
        settings = self.loader.workspace.settings
        return Manuscript(
            document=document,
            coverage=self.coverage,
            language=self.language,
            source=self.source,
            interface=self.interface,
            revised=self.revised,
            original=self.translation.original,
            captions=settings.captions,
            lists=settings.lists,
            state=state,
        )


def _meet(texts: range, numbers: Collection[int]) -> bool:
    return any(number in texts for number in numbers)
