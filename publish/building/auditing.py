"""The editions that lie in `build/`, looked at once more before they are handed out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.building.pairing import beside
from publish.building.preparing import prepare
from publish.building.records import as_built
from publish.editions.audit import audit_epub
from publish.editions.opened import fault
from publish.errors import PublishError
from publish.languages.registry import find
from publish.model import Edition, Finding, Level, Span
from publish.workspace import Workspace

__all__ = ["audit_built"]


def audit_built(workspace: Workspace, editions: Iterable[Edition]) -> Iterator[Finding]:
    """What is wrong with the files of these editions, compared with source and catalogs of today.

    A file that is not the one that was built is told; an EPUB is opened and read throughout.
    """
    for edition in editions:
        path = workspace.output(edition)
        shown = workspace.shown(path)
        if not path.is_file():
            place = Span(shown, 1, 1)
            yield Finding("built-missing", Level.ERROR, "there is no such file", place, BUILD)
            continue
        if not as_built(workspace, edition):
            yield fault(shown, "built-changed", "this is not the file that publish build wrote")
        if edition.format == "epub":
            yield from _audited(workspace, edition, shown)


def _audited(workspace: Workspace, edition: Edition, shown: str) -> Iterator[Finding]:
    try:
        found = prepare(workspace, edition.document, find(edition.language), use_fuzzy=False)
        if edition.second:
            second = find(edition.second)
            found = beside(found, prepare(workspace, edition.document, second, use_fuzzy=False))
    except PublishError as error:
        message = f"the text it should hold cannot be made: {error.message}"
        yield Finding(error.code, Level.ERROR, message, error.span, error.hint)
        return
    yield from audit_epub(shown, workspace.output(edition).read_bytes(), found.text)


BUILD = "make it with publish build"
