"""A workspace kept open: its texts, their versions, and what changes on disk meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from publish.actions.desk.findings.judged import WholeJudgement
from publish.actions.desk.findings.whole import judge_aside
from publish.actions.desk.jobs.orders import WRITING, Job
from publish.actions.desk.jobs.running import DeskJobs
from publish.actions.desk.journal import Journal
from publish.actions.desk.opentext import OpenText, TextChange
from publish.actions.desk.sentences.remembered import Remembered
from publish.actions.desk.sentences.saving import Conflict, Saved, save_text, undo_save
from publish.actions.desk.summary import DocumentFigures, DocumentRow, list_documents
from publish.actions.desk.watching import Change, Watched
from publish.building.editionlimits import EDITION_LIMITS
from publish.errors import PublishError, UsageError
from publish.languages.detecting import forget_model
from publish.project.locking import clear_leftovers
from publish.project.workspace import Workspace, open_workspace
from publish.reading.chunkstores import HeldChunks
from publish.translation.loading import Loader

if TYPE_CHECKING:
    from publish.actions.desk.pdf.pages import PdfPages

__all__ = ["Happening", "LaidOut", "OpenDesk", "Reopened"]

MOST, MOST_SENTENCES = 6, 16_000
"""So many texts stay open at once, and so many sentences of them together."""

REST, PUT_OFF = 1.5, 30.0
"""The desk is at rest when nothing was saved for so many seconds.  What waits for that is put off
for no longer than so many."""

MOST_PDFS, UNREAD, MOST_READERS = 3, 60.0, 1000
"""So many texts have pages of a PDF at once, a process each; pages that were not asked for in so
many seconds give way to others.  Of so many readers it is known what they read."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Pages of a PDF were laid out, or could not be."""

    document: str
    language: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """The documents were read anew: there may be others, and all figures may have changed."""


Happening = TextChange | LaidOut | Reopened | Job


class OpenDesk:
    """An open workspace.  One thread at a time uses it.

    `tell` is called, in any thread, with what happened.
    """

    def __init__(self, root: Path, tell: Callable[[Happening], None] = lambda _: None) -> None:
        self.workspace: Workspace = open_workspace(root)
        clear_leftovers(self.workspace.root)
        self._chunks = HeldChunks()
        self.loader = Loader(self.workspace, chunks=self._chunks)
        self.journal = Journal(self.workspace)
        self.jobs = DeskJobs(self.workspace.root, self._take_job)
        self._tell = tell
        self._stale = threading.Event()
        self._texts: dict[tuple[str, str], OpenText] = {}
        self._pdfs: dict[tuple[str, str], PdfPages] = {}
        self._reads: dict[str, tuple[str, str]] = {}
        self._asked: dict[tuple[str, str], float] = {}
        self._figures: dict[tuple[str, str], DocumentFigures] = {}
        self._watched = Watched(self.workspace)
        self._versions = 0
        self._remembered = Remembered()
        self._written = self._rested = -PUT_OFF
        self._judging: OpenText | None = None
        self._answers: SimpleQueue[tuple[OpenText, int, WholeJudgement]] = SimpleQueue()

    # ---- what there is

    def documents(self, seconds: float = 0.15) -> tuple[DocumentRow, ...]:
        """Return the documents with the figures known within so many seconds."""
        return list_documents(self.workspace, self._figures, seconds)

    def text(self, document: str, tag: str) -> OpenText:
        """Return a document in a language, opened if it is not yet.

        Raises UsageError for one that the workspace does not have, PublishError for a damaged file.
        """
        (document,) = self.workspace.documents([document])
        (language,) = self.workspace.languages([tag])
        key = document, language.tag
        text = self._texts.pop(key, None)
        if text is None:
            # A text that is opened again goes on where it was: browsers compare versions.
            self._versions += 1_000_000
            translation = self.loader.translation(document, language)
            text = OpenText(self.loader, translation, self._versions, self._remembered)
        self._texts[key] = text
        self._close_oldest()
        return text

    def _close_oldest(self) -> None:
        """Close texts that were not used for longest, where many or long ones are open."""
        while len(self._texts) > 1 and (
            len(self._texts) > MOST
            or sum(len(one.rows) for one in self._texts.values()) > MOST_SENTENCES
        ):
            document, tag = next(iter(self._texts))
            del self._texts[document, tag]
            if not any(name == document for name, _ in self._texts):
                self.loader.drop(document)

    def pdf(self, document: str, tag: str, reader: str = "") -> PdfPages:
        """Return the pages of a PDF, which begin to be laid out when they are first asked for.

        Each reader, such as a tab of a browser, has those of one text, and takes them from nobody.
        Raises PublishError (code `workspace-busy`) where too many others are read now.
        """
        text = self.text(document, tag)
        key = text.document, text.tag
        if key not in self._pdfs:
            self._reads.pop(reader, None)
            self._make_room()
            from publish.actions.desk.pdf.pages import PdfPages
            from publish.building.tasks import measure_source

            size = measure_source(self.workspace, text.document) * len(text.tag.split("+"))
            limits = EDITION_LIMITS.allow(size)
            told = partial(self._tell, LaidOut(*key))
            self._pdfs[key] = PdfPages(self.workspace.root, *key, limits=limits, told=told)
            self._pdfs[key].refresh()
        if len(self._reads) >= MOST_READERS:
            self._reads.clear()
        self._reads[reader], self._asked[key] = key, time.monotonic()
        self._close_unread()
        return self._pdfs[key]

    def _make_room(self) -> None:
        """Close the pages that nobody has, or has not asked for lately, if there are too many."""
        self._close_unread()
        if len(self._pdfs) < MOST_PDFS:
            return
        oldest = min(self._pdfs, key=lambda key: self._asked.get(key, 0.0))
        if time.monotonic() - self._asked.get(oldest, 0.0) < UNREAD:
            raise PublishError(
                "the pages of other texts are being read now",
                hint="wait a moment, then open these again",
                code="workspace-busy",
            )
        self._reads = {who: key for who, key in self._reads.items() if key != oldest}
        self._close_unread()

    def _close_unread(self) -> None:
        for key in self._pdfs.keys() - self._reads.values():
            # Aside: a process that lays out pages takes a while to end, and somebody types.
            threading.Thread(target=self._pdfs.pop(key).close, daemon=True).start()

    def known_pdf(self, document: str, tag: str) -> PdfPages:
        """Return the pages of a PDF that was asked for before; any thread may call this.

        Raises UsageError for any other.
        """
        found = self._pdfs.get((document, tag))
        if found is None:
            raise UsageError("these pages are not open", hint="load the page again")
        self._asked[document, tag] = time.monotonic()
        return found

    # ---- writing

    def save(
        self, text: OpenText, sid: str, words: str, base: str, *, fuzzy: bool, by: str = ""
    ) -> tuple[Saved | Conflict, TextChange]:
        """Save the text of a sentence; return what was saved or is in conflict, and what changed.

        Raises the errors of `save_text`.
        """
        done = save_text(text.loader, text.translation, sid, words, base, fuzzy=fuzzy)
        if isinstance(done, Saved):
            text.remember(done)
        return done, self.changed(text, by)

    def undo(self, text: OpenText, sid: str, by: str = "") -> tuple[Saved | Conflict, TextChange]:
        """Undo the last save of a sentence; raises UsageError where there is none."""
        last = text.last_save(sid)
        if last is None:
            raise UsageError("there is nothing to undo in this sentence")
        done = undo_save(text.loader, text.translation, last)
        if isinstance(done, Saved):
            text.forget_save(last)
        return done, self.changed(text, by)

    def changed(self, text: OpenText, by: str = "") -> TextChange:
        """Take over what the desk itself wrote for a text, and return what changed."""
        self._written = time.monotonic()
        self._figures.pop((text.document, text.tag), None)
        change = text.renew(text.loader, by)
        if change.empty:
            return change
        self._lay_out(text.document, text.tag)
        self._tell(change)
        if text.translation.original:
            for other in list(self._texts.values()):
                if other is not text and other.document == text.document:
                    self._tell(other.renew(other.loader, by))
        return change

    # ---- changes by others

    def look(self) -> None:
        """Take over what changed on disk in the open texts since the last look, and tell it.

        A file that cannot be read, such as one that is half written, changes nothing until it can.
        """
        found = self._watched.look()
        stale = self._stale.is_set()
        self._stale.clear()
        changes: list[Happening] = []
        if stale or any(change.kind not in ("catalog", "ledger") for change in found):
            changes += [*self._reopen(), Reopened()]
        else:
            for document in dict.fromkeys(change.document for change in found):
                tags = {change.language for change in found if change.document == document}
                changes += self._renew(document, tags)
        for one in changes:
            self._tell(one)

    def _take_job(self, job: Job) -> None:
        """Tell of a job, and let the next look open everything again if it wrote sources."""
        if job.ended and job.order.kind in WRITING:
            self._stale.set()
        self._tell(job)

    def _renew(self, document: str, tags: set[str]) -> Iterator[TextChange]:
        source = self.workspace.source_language.tag
        for language in self.workspace.languages():
            if language.tag in tags:
                self._figures.pop((document, language.tag), None)
                try:
                    self.loader.refresh(language, document)
                except PublishError:
                    # Half written, or damaged: the text stays as it was until it can be read.
                    self._watched.look_again([Change("catalog", document, language.tag)])
        for (name, tag), text in list(self._texts.items()):
            if name == document and (tag in tags or source in tags):
                try:
                    change = text.renew(self.loader)
                except PublishError:
                    continue
                if not change.empty:
                    self._lay_out(name, tag)
                    yield change

    def _reopen(self) -> Iterator[TextChange]:
        """Open everything again, after a change of a source, the glossary or the settings."""
        try:
            self.workspace = open_workspace(self.workspace.root)
        except PublishError:
            return
        self.loader = Loader(self.workspace, chunks=self._chunks)
        self._watched = Watched(self.workspace)
        self._figures.clear()
        for document, tag in list(self._texts):
            before = self._texts[document, tag]
            try:
                del self._texts[document, tag]
                text = self.text(document, tag)
            except PublishError:
                self._texts[document, tag] = before
                continue
            self._lay_out(document, tag)
            yield TextChange(document=document, language=tag, version=text.version, whole=True)

    def rests(self) -> bool:
        """Return whether nobody saves just now, so that what takes long can be done; see `REST`."""
        now = time.monotonic()
        if now - self._written < REST and now - self._rested < PUT_OFF:
            return False
        self._rested = now
        return True

    def settle(self) -> None:
        """Judge an open text again whose findings are not all of now, and tell what changed.

        A long one is judged by a process; what it found is taken over by a later call.
        """
        if any(text.long for text in self._texts.values()):
            forget_model()  # A long text takes enough memory.
        while not self._answers.empty():
            text, version, found = self._answers.get()
            self._judging = None
            if self._texts.get((text.document, text.tag)) is text:
                self._tell_settled(text.take(found, version))
        if self._judging is not None:
            return
        open_texts = reversed(self._texts.values())
        waiting = next((one for one in open_texts if not one.settled), None)
        if waiting is not None and waiting.long:
            self._judging = waiting
            told = partial(self._hear, waiting, waiting.version)
            judge_aside(self.workspace.root, waiting.document, waiting.tag, told)
        elif waiting is not None:
            self._tell_settled(waiting.settle())

    def _hear(self, text: OpenText, version: int, found: WholeJudgement) -> None:
        self._answers.put((text, version, found))

    def _tell_settled(self, change: TextChange) -> None:
        if not change.empty:
            self._tell(change)

    def _lay_out(self, document: str, tag: str) -> None:
        if pages := self._pdfs.get((document, tag)):
            pages.refresh()

    def close(self) -> None:
        """End the processes that lay out pages, and the journal."""
        for pages in self._pdfs.values():
            pages.close()
        self._pdfs.clear()
        self.jobs.close()
        self.journal.close()
