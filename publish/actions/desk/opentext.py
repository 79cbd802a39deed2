"""One document in one language, kept open: its rows, its findings, its pages, its version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from publish.actions.desk.judged import JudgedTexts
from publish.actions.desk.livepage import ChangedBlock, LivePage
from publish.actions.desk.rows import Row, list_rows
from publish.model import Entry, Key
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["OpenText", "Section", "Shows", "TextChange"]

Shows = Literal["translation", "source", "interleaved", "pair"]
"""What a page shows: one language, or the source with it, below each block or beside it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document, with the number of its sentences and of those that need nobody."""

    id: str
    title: str
    total: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """What changed in an open text, from the version before this one.

    `blocks` has the changed blocks of the pages that are open, None for a page that has to be
    fetched as a whole.  With `whole`, all of the text has to be fetched again.  `by` names the
    browser tab that made the change; empty for a change on disk.
    """

    document: str
    language: str
    version: int
    rows: tuple[Row, ...] = ()
    blocks: Mapping[Shows, tuple[ChangedBlock, ...] | None] = field(default_factory=dict)
    by: str = ""
    whole: bool = False


class OpenText:
    """A translation with what the desk shows of it; `version` grows with each change."""

    def __init__(self, loader: Loader, translation: Translation) -> None:
        self.loader = loader
        self.translation = translation
        self.version = 1
        self.judged = JudgedTexts(loader, translation)
        self.settled = True
        self._pages: dict[Shows, LivePage] = {}
        self._rows: dict[str, Row] = self._list_rows()

    @property
    def document(self) -> str:
        return self.translation.name

    @property
    def tag(self) -> str:
        return self.translation.language.tag

    @property
    def rows(self) -> tuple[Row, ...]:
        """The sentences in reading order."""
        return tuple(self._rows.values())

    def page(self, shows: Shows) -> LivePage:
        """Return a page of the text, composed when it is first asked for."""
        if shows not in self._pages:
            self._pages[shows] = LivePage(self.loader, self.translation, shows)
        return self._pages[shows]

    def sections(self) -> Iterator[Section]:
        """Yield the sections in reading order; what stands before the first heading has no id."""
        found: dict[str, list[Row]] = {}
        for row in self._rows.values():
            found.setdefault(row.section, []).append(row)
        for name, rows in found.items():
            done = sum(not row.needs for row in rows)
            yield Section(name, rows[0].section_title, len(rows), done)

    def renew(self, loader: Loader, by: str = "") -> TextChange:
        """Take over the translation as it is on disk now, and return what changed.

        Raises PublishError for a damaged file: the text then stays as it was.
        """
        before = self.translation
        after = loader.translation(before.name, before.language)
        if after.source is not before.source:
            raise AssertionError("a new source needs a new open text")
        keys = frozenset(_changed_keys(before, after))
        self.loader, self.translation = loader, after
        self.judged.update(loader, after, keys)
        self.settled = self.settled and not keys
        blocks = {
            shows: page.update(loader, after) for shows, page in self._pages.items()
        }
        return self._changed(by, blocks)

    def settle(self, by: str = "") -> TextChange | None:
        """Judge the whole text again, if that is still to do; return what changed by it."""
        if self.settled:
            return None
        self.settled = True
        if not self.judged.settle():
            return None
        return self._changed(by, {})

    def _changed(
        self, by: str, blocks: Mapping[Shows, tuple[ChangedBlock, ...] | None]
    ) -> TextChange:
        before, self._rows = self._rows, self._list_rows()
        self.version += 1
        return TextChange(
            document=self.document,
            language=self.tag,
            version=self.version,
            rows=tuple(row for name, row in self._rows.items() if before.get(name) != row),
            blocks=blocks,
            by=by,
        )

    def _list_rows(self) -> dict[str, Row]:
        rows = list_rows(self.loader, self.translation, self.judged.findings())
        return {row.id: row for row in rows}


def _changed_keys(before: Translation, after: Translation) -> Iterable[Key]:
    yield from _different(before.entries, after.entries)
    yield from _different(before.corrected, after.corrected)


def _different(before: Mapping[Key, Entry], after: Mapping[Key, Entry]) -> Collection[Key]:
    every = before.keys() | after.keys()
    return [key for key in every if before.get(key) != after.get(key)]
