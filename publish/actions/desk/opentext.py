"""One document in one language, kept open: its rows, its findings, its pages, its version."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress
from operator import is_, is_not

from publish.actions.desk.findings.judged import JudgedTexts, WholeJudgement
from publish.actions.desk.page.blocks import PageOutline, outline_page
from publish.actions.desk.page.images import read_image
from publish.actions.desk.page.live import ChangedBlock, LivePage, Shows
from publish.actions.desk.sentences.deciding import Action, Decided, decide
from publish.actions.desk.sentences.details import SentenceDetails, describe_sentence
from publish.actions.desk.sentences.remembered import Remembered
from publish.actions.desk.sentences.rows import Row, TextRows
from publish.actions.desk.sentences.saving import Saved, Undo
from publish.model import Entry, Finding, Key
from publish.settings import State
from publish.translation.loading import Loader
from publish.translation.narrowing import SourceIndex
from publish.translation.translation import Translation

__all__ = ["OpenText", "Section", "TextChange"]

LONG = 2000
"""A text with more sentences is judged in a process of its own."""
MOST_UNDONE = 200
"""So many saves of one text can be undone."""


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

    @property
    def empty(self) -> bool:
        """Whether nobody would see a difference."""
        return not (self.whole or self.rows or any(one != () for one in self.blocks.values()))


class OpenText:
    """A translation with what the desk shows of it; `version` grows with each change."""

    def __init__(
        self,
        loader: Loader,
        translation: Translation,
        version: int = 1,
        remembered: Remembered | None = None,
    ) -> None:
        self.loader = loader
        self.translation = translation
        self.version = version
        self._index = SourceIndex(translation.source)
        self._outline: PageOutline | None = None
        self.judged = JudgedTexts(loader, translation, settled=False, index=self._index)
        self.settled = False
        self._state: State = "draft"
        self._rows = TextRows(translation, self.judged.findings())
        self._remembered = remembered or Remembered()
        self._pages: dict[Shows, LivePage] = {}
        self._saves: list[Undo] = []

    @property
    def document(self) -> str:
        return self.translation.name

    @property
    def tag(self) -> str:
        return self.translation.language.tag

    @property
    def rows(self) -> tuple[Row, ...]:
        """The sentences in reading order."""
        return self._rows.rows

    @property
    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings by the id of their sentence; those of the whole text have none."""
        return self.judged.findings()

    def page(self, shows: Shows) -> LivePage:
        """Return a page of the text, composed when it is first asked for."""
        if shows not in self._pages:
            if self._outline is None:
                self._outline = outline_page(self._index, self.loader.workspace.settings.lists)
            self._pages[shows] = LivePage(
                self.loader, self.translation, shows, state=self._state, outline=self._outline
            )
        return self._pages[shows]

    def image(self, path: str) -> tuple[bytes, str]:
        """Return the bytes of an image that the text shows, and their media type.

        Raises UsageError for any other path, and PublishError for an image that cannot be shown.
        """
        return read_image(self.loader, self.translation, path)

    def describe(self, sid: str) -> SentenceDetails:
        """Return the details of a sentence; raises UsageError for an unknown id."""
        return describe_sentence(
            self.loader,
            self.translation,
            sid,
            self.findings,
            rows=self._rows,
            remembered=self._remembered,
        )

    def decide(self, sid: str, action: Action, role: str, reason: str, digest: str) -> Decided:
        """Record what a reviewer decides on a sentence; raises the errors of `decide`."""
        judged, rows = self.findings if self.judged.known else None, self._rows
        words = sid, action, role, reason, digest
        return decide(self.loader, self.translation, *words, judged=judged, rows=rows)

    def sections(self) -> Iterator[Section]:
        """Yield the sections in reading order; what stands before the first heading has no id."""
        for section in self._rows.sections():
            yield Section(*section)

    # ---- saves that can be undone

    def remember(self, saved: Saved) -> None:
        """Keep a save, so that it can be undone."""
        self._saves.append(saved.undo)
        del self._saves[:-MOST_UNDONE]

    def last_save(self, sid: str) -> Undo | None:
        """Return the last save of a sentence that was not undone, None if there is none."""
        return next((one for one in reversed(self._saves) if one.sid == sid), None)

    def forget_save(self, saved: Undo) -> None:
        """Forget a save, since it was undone."""
        self._saves = [one for one in self._saves if one is not saved]

    # ---- changes

    def renew(self, loader: Loader, by: str = "") -> TextChange:
        """Take over the translation as it is on disk now, and return what changed.

        Raises PublishError for a damaged file: the text then stays as it was.
        """
        before = self.translation
        after = loader.translation(before.name, before.language)
        keys = frozenset(_changed_keys(before, after))
        self.loader, self.translation = loader, after
        sids = self.judged.update(loader, after, keys) if keys else frozenset[str]()
        self.settled = self.settled and not keys
        return self._changed(by, keys, sids, moved=bool(keys) or before is not after)

    @property
    def long(self) -> bool:
        """Whether judging all of it would keep a person waiting."""
        return len(self.rows) > LONG

    def settle(self) -> TextChange:
        """Judge the whole text again; return what changed by it."""
        self.settled = True
        return self._settled(self.judged.settle(), self.judged.state())

    def take(self, found: WholeJudgement, version: int) -> TextChange:
        """Take over what another process found in the text of a version; return what changed."""
        self.settled = version == self.version
        if found.error:
            return self._settled(self.judged.fail(found.error), self._state)
        return self._settled(self.judged.take(found), found.state)

    def _settled(self, sids: Collection[str], state: State) -> TextChange:
        before, self._state = self._state, state
        return self._changed("", frozenset(), sids, moved=before != state)

    def _changed(
        self, by: str, keys: Collection[Key], sids: Collection[str], *, moved: bool
    ) -> TextChange:
        loader, translation = self.loader, self.translation
        rows = self._rows.update(translation, self.findings, keys, sids)
        blocks: dict[Shows, tuple[ChangedBlock, ...] | None] = {}
        for shows, page in self._pages.items():
            if moved:
                blocks[shows] = page.update(loader, translation, self._state)
        if rows or any(found != () for found in blocks.values()):
            self.version += 1
        return TextChange(
            document=self.document,
            language=self.tag,
            version=self.version,
            rows=rows,
            blocks=blocks,
            by=by,
        )


def _changed_keys(before: Translation, after: Translation) -> Iterator[Key]:
    """Yield the keys of entries that differ, in the translation or in the corrections."""
    for one, other in (
        (before.entries, after.entries),
        (before.corrected, after.corrected),
    ):
        if one is not other:
            yield from _different(one, other)


def _different(before: Mapping[Key, Entry], after: Mapping[Key, Entry]) -> Iterator[Key]:
    if len(before) == len(after) and all(map(is_, before, after)):
        # The same keys, of which a save exchanges the entry of one.
        other = compress(after, map(is_not, before.values(), after.values()))
        yield from (key for key in other if before[key] != after[key])
        return
    for key, entry in after.items():
        old = before.get(key)
        if old is not entry and old != entry:
            yield key
    yield from before.keys() - after.keys()
