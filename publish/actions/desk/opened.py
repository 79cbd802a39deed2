"""A workspace kept open: its texts, their versions, and what changes on disk meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publish.actions.desk.opentext import OpenText, TextChange
from publish.actions.desk.pdfpages import PdfPages
from publish.actions.desk.summary import DocumentFigures, DocumentRow, list_documents
from publish.actions.desk.watching import Watched
from publish.errors import PublishError
from publish.project.workspace import Workspace, open_workspace
from publish.translation.loading import Loader

__all__ = ["OpenDesk"]

MOST = 8
"""So many texts stay open at once; the one that was not used for longest is closed."""


class OpenDesk:
    """An open workspace.  One thread at a time uses it."""

    def __init__(self, root: Path) -> None:
        self.workspace: Workspace = open_workspace(root)
        self.loader = Loader(self.workspace)
        self._texts: dict[tuple[str, str], OpenText] = {}
        self._pdfs: dict[tuple[str, str], PdfPages] = {}
        self._figures: dict[tuple[str, str], DocumentFigures] = {}
        self._watched = Watched(self.workspace)

    # ---- what there is

    def documents(self, seconds: float = 0.3) -> tuple[DocumentRow, ...]:
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
            text = OpenText(self.loader, self.loader.translation(document, language))
        self._texts[key] = text
        while len(self._texts) > MOST:
            self._texts.pop(next(iter(self._texts)))
        return text

    def pdf(self, document: str, tag: str) -> PdfPages:
        """Return the pages of a PDF, which begin to be laid out when they are first asked for."""
        text = self.text(document, tag)
        key = text.document, text.tag
        if key not in self._pdfs:
            for other in list(self._pdfs):
                self._pdfs.pop(other).close()  # One process at a time.
            self._pdfs[key] = PdfPages(self.workspace.root, *key)
            self._pdfs[key].refresh()
        return self._pdfs[key]

    # ---- changes

    def saved(self, text: OpenText, by: str) -> TextChange:
        """Take over what was just written for a text by the desk itself; return what changed."""
        self.loader.forget(text.translation.language, text.document)
        self._figures.pop((text.document, text.tag), None)
        change = text.renew(self.loader, by)
        self._lay_out(text.document, text.tag)
        return change

    def look(self) -> Iterator[TextChange]:
        """Yield what changed on disk in the open texts since the last look."""
        found = self._watched.look()
        if not found:
            return
        kinds = {change.kind for change in found}
        if kinds - {"catalog", "ledger"}:
            yield from self._reopen()
            return
        for document in {change.document for change in found}:
            tags = {change.language for change in found if change.document == document}
            yield from self._renew(document, tags)

    def _renew(self, document: str, tags: set[str]) -> Iterator[TextChange]:
        source = self.workspace.source_language.tag
        for tag in tags:
            self.loader.forget(self.workspace.languages([tag])[0], document)
            self._figures.pop((document, tag), None)
        for (name, tag), text in list(self._texts.items()):
            if name == document and (tag in tags or source in tags):
                try:
                    change = text.renew(self.loader)
                except PublishError:
                    continue  # Half written or damaged: it stays as it was until it can be read.
                if change.rows or any(change.blocks.values()):
                    yield change
                self._lay_out(name, tag)

    def _reopen(self) -> Iterator[TextChange]:
        """Open everything again, after a change of a source, the glossary or the settings."""
        try:
            self.workspace = open_workspace(self.workspace.root)
        except PublishError:
            return
        self.loader = Loader(self.workspace)
        self._watched = Watched(self.workspace)
        self._figures.clear()
        for key, text in list(self._texts.items()):
            del self._texts[key]
            try:
                self.text(*key).version = text.version + 1
            except PublishError:
                continue
            self._lay_out(*key)
            yield TextChange(
                document=key[0], language=key[1], version=text.version + 1, whole=True
            )

    def _lay_out(self, document: str, tag: str) -> None:
        if pages := self._pdfs.get((document, tag)):
            pages.refresh()

    def settle(self) -> TextChange | None:
        """Judge one open text again whose findings are not all of now; return what changed."""
        for text in self._texts.values():
            if not text.settled:
                return text.settle()
        return None

    def close(self) -> None:
        """End the processes that lay out pages."""
        for pages in self._pdfs.values():
            pages.close()
        self._pdfs.clear()
