"""Link the pages of HTML in `build/` to those in other languages that lie beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from publish.building.records import rewrite_edition
from publish.editions.html.switch import (
    LanguageLink,
    Switch,
    find_parts,
    list_links,
    put_items,
    write_each,
)
from publish.errors import PublishError
from publish.model import FORMATS, Edition
from publish.project.workspace import Workspace

__all__ = ["find_links", "link_beside"]


def find_links(workspace: Workspace, edition: Edition) -> list[LanguageLink]:
    """Return the links from a page to all pages of its document that are there, itself included."""
    names = (
        (other, path.name if other == edition else f"../{path.parent.name}/{path.name}")
        for other, path in _find_beside(workspace, edition)
    )
    return list_links(edition, names)


def _find_beside(workspace: Workspace, edition: Edition) -> Iterator[tuple[Edition, Path]]:
    """Yield the pages of a document that are there, and one that may be, with their files."""
    known = [language.tag for language in workspace.languages()]
    folder = workspace.root / "build"
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    pairs = [(first, second) for first, _, second in (name.partition("+") for name in names)]
    alone = [(tag, "") for tag in known]
    for language, second in (*alone, *(pair for pair in pairs if set(pair) <= set(known))):
        other = replace(edition, language=language, second=second, further=())
        with suppress(PublishError):  # It may lie outside the workspace, behind a link.
            path = workspace.output(other)
            if other == edition or path.is_file():
                yield other, path
    if edition.further:
        with suppress(PublishError):
            yield edition, workspace.output(edition)
    else:
        yield from _find_whole(workspace, edition, known)


def _find_whole(
    workspace: Workspace, edition: Edition, known: Sequence[str]
) -> Iterator[tuple[Edition, Path]]:
    """Yield the page with all languages, if there is one, with those that it has."""
    sought = replace(edition, second="", further=(edition.language,))
    with suppress(PublishError, OSError):
        path = workspace.output(sought)
        first, *rest = [tag for tag in _read_parts(path) if tag in known] or [""]
        if rest:
            yield replace(sought, language=first, further=tuple(rest)), path


def _read_parts(path: Path) -> tuple[str, ...]:
    return find_parts(path.read_bytes()) if path.is_file() else ()


def link_beside(
    workspace: Workspace, editions: Iterable[Edition], switches: Mapping[Edition, Switch]
) -> None:
    """Put the links into all pages of the documents of these editions.

    `switches` are those of pages that were just found to be the ones of their records; such a page
    is left alone if it has its links.  Raises OSError for a page that cannot be written.  A page
    that is not the one of its record is left alone.
    """
    pages = [one for one in editions if FORMATS[one.format].links_languages]
    for first in {(one.document, one.format): one for one in pages}.values():
        found = _find_beside(workspace, first)
        names = [
            (one, f"../{path.parent.name}/{path.name}", path.name)
            for one, path in found
            if one != first or path.is_file()
        ]
        for page, items in write_each(names):
            known = switches.get(page)
            if known is None or not known.has(items):
                rewrite_edition(workspace, page, partial(put_items, items=items))
