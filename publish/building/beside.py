"""Link the pages of HTML in `build/` to those in other languages that lie beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from publish.building.records import rewrite_edition
from publish.editions.html.switch import LanguageLink, find_parts, list_links, put_switch
from publish.errors import PublishError
from publish.model import FORMATS, Edition
from publish.project.workspace import Workspace

__all__ = ["find_links", "link_beside"]


def find_links(workspace: Workspace, edition: Edition) -> list[LanguageLink]:
    """Return the links from a page to all pages of its document that are there, itself included."""
    beside = {other: workspace.output(other) for other in _find_beside(workspace, edition)}
    return _list_links(edition, beside)


def _list_links(edition: Edition, beside: Mapping[Edition, Path]) -> list[LanguageLink]:
    """Return the links from a page to pages of its document, itself included."""
    names = (
        (other, path.name if other == edition else f"../{path.parent.name}/{path.name}")
        for other, path in beside.items()
    )
    return list_links(edition, names)


def _find_beside(workspace: Workspace, edition: Edition) -> Iterator[Edition]:
    known = [language.tag for language in workspace.languages()]
    folder = workspace.root / "build"
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    pairs = [(first, second) for first, _, second in (name.partition("+") for name in names)]
    alone = [(tag, "") for tag in known]
    for language, second in (*alone, *(pair for pair in pairs if set(pair) <= set(known))):
        other = replace(edition, language=language, second=second, further=())
        with suppress(PublishError):  # It may lie outside the workspace, behind a link.
            if other == edition or workspace.output(other).is_file():
                yield other
    if edition.further:
        yield edition
    else:
        yield from _find_whole(workspace, edition, known)


def _find_whole(workspace: Workspace, edition: Edition, known: Sequence[str]) -> Iterator[Edition]:
    """Yield the page with all languages, if there is one, with those that it has."""
    sought = replace(edition, second="", further=(edition.language,))
    with suppress(PublishError, OSError):
        first, *rest = [tag for tag in _read_parts(workspace.output(sought)) if tag in known] or [
            ""
        ]
        if rest:
            yield replace(sought, language=first, further=tuple(rest))


def _read_parts(path: Path) -> tuple[str, ...]:
    return find_parts(path.read_bytes()) if path.is_file() else ()


def link_beside(workspace: Workspace, editions: Iterable[Edition]) -> None:
    """Put the links into all pages of the documents of these editions.

    Raises OSError for a page that cannot be written.  A page that is not the one of its record is
    left alone.
    """
    pages = [one for one in editions if FORMATS[one.format].links_languages]
    for first in {(one.document, one.format): one for one in pages}.values():
        beside = dict(_list_files(workspace, _find_beside(workspace, first)))
        for page in beside:
            links = _list_links(page, beside)
            rewrite_edition(workspace, page, partial(put_switch, links=links))


def _list_files(
    workspace: Workspace, editions: Iterable[Edition]
) -> Iterator[tuple[Edition, Path]]:
    """Yield the editions that are there, with their files."""
    for one in editions:
        with suppress(PublishError):
            if (path := workspace.output(one)).is_file():
                yield one, path
