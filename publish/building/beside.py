"""Link the pages of HTML in `build/` to those in other languages that lie beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    found = []
    for other in _find_beside(workspace, edition):
        path = workspace.output(other)
        name = path.name if other == edition else f"../{path.parent.name}/{path.name}"
        found.append((other, name))
    return list_links(edition, found)


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
        for page in _find_beside(workspace, first):
            links = find_links(workspace, page)
            rewrite_edition(workspace, page, partial(put_switch, links=links))
