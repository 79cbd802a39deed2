"""Check the finished files in `build/` before they are handed out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.building.pairing import join_languages
from publish.building.preparing import Texts, prepare_texts
from publish.building.records import matches_record
from publish.editions.audit.books import audit_epub
from publish.editions.audit.opened import report_built_file
from publish.errors import PublishError
from publish.model import Edition, Finding, Level, Span
from publish.project.workspace import Workspace
from publish.translation.loading import Loader

__all__ = ["audit_built"]

BUILD = "run publish build"


def audit_built(
    loader: Loader, editions: Iterable[Edition], texts: Texts | None = None
) -> Iterator[Finding]:
    """Yield what is wrong with the files of editions, given the current source and catalogs.

    A file that is missing or changed since it was built is reported.  An EPUB is opened and read.
    `texts` are what the EPUBs should hold; they are prepared here if not given.
    """
    wanted = tuple(editions)
    if texts is None:
        texts = prepare_texts(loader, (one for one in wanted if one.format == "epub"))
    workspace = loader.workspace
    for edition in wanted:
        path = workspace.output(edition)
        shown = workspace.shown(path)
        if not path.is_file():
            place = Span(shown, 1, 1)
            yield Finding(
                code="built-missing",
                level=Level.ERROR,
                message="this edition has not been built",
                span=place,
                hint=BUILD,
            )
            continue
        if not matches_record(workspace, edition):
            yield report_built_file(
                shown, "built-changed", "this is not the file that publish build wrote"
            )
        if edition.format == "epub":
            yield from _audited(workspace, edition, shown, texts)


def _audited(workspace: Workspace, edition: Edition, shown: str, texts: Texts) -> Iterator[Finding]:
    halves = []
    for tag in filter(None, (edition.language, edition.second)):
        half = texts[edition.document, tag]
        if isinstance(half, PublishError):
            message = f"it cannot be compared, because its text cannot be made: {half.message}"
            yield Finding(
                code=half.listed_code,
                level=Level.ERROR,
                message=message,
                span=half.span,
                hint=half.hint,
            )
            return
        halves.append(half)
    found = join_languages(*halves) if len(halves) == 2 else halves[0]
    yield from audit_epub(shown, workspace.output(edition).read_bytes(), found.text)
