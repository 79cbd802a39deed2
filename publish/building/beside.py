"""Link the pages of HTML in `build/` to those in other languages that lie beside them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
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

MANY = 8
"""So many pages are written at once, if there are as many."""


def find_links(workspace: Workspace, edition: Edition) -> list[LanguageLink]:
    """Return the links from a page to all pages of its document that are there, itself included."""
    beside = _find_beside(workspace, edition, _list_languages(workspace))
    names = ((one, _name(one) if one == edition else _lead_to(one)) for one in beside)
    return list_links(edition, names)


def _name(edition: Edition) -> str:
    return edition.file.rpartition("/")[2]


def _lead_to(edition: Edition) -> str:
    """Return the path of a page from a page in another language."""
    return f"../{edition.languages}/{_name(edition)}"


def _list_languages(workspace: Workspace) -> list[tuple[str, str]]:
    """Return the languages that pages may have: one, or two by the folders that are there."""
    known = [language.tag for language in workspace.languages()]
    folder = workspace.root / "build"
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    pairs = [(first, second) for first, _, second in (name.partition("+") for name in names)]
    return [*((tag, "") for tag in known), *(pair for pair in pairs if set(pair) <= set(known))]


def _find_beside(
    workspace: Workspace,
    edition: Edition,
    languages: Iterable[tuple[str, str]],
    there: Container[Edition] = (),
) -> Iterator[Edition]:
    """Yield the pages of a document that are there, and one that may be.

    Those that are `there`, as is known already, are not looked for.
    """
    for language, second in languages:
        other = replace(edition, language=language, second=second, further=())
        if other == edition or other in there or _is_there(workspace, other):
            yield other
    if edition.further:
        yield edition
    else:
        yield from _find_whole(workspace, edition)


def _is_there(workspace: Workspace, edition: Edition) -> bool:
    with suppress(PublishError):  # It may lie outside the workspace, behind a link.
        return workspace.output(edition).is_file()
    return False


def _find_whole(workspace: Workspace, edition: Edition) -> Iterator[Edition]:
    """Yield the page with all languages, if there is one, with those that it has."""
    known = [language.tag for language in workspace.languages()]
    sought = replace(edition, second="", further=(edition.language,))
    with suppress(PublishError, OSError):
        path = workspace.output(sought)
        first, *rest = [tag for tag in _read_parts(path) if tag in known] or [""]
        if rest:
            yield replace(sought, language=first, further=tuple(rest))


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
    languages = _list_languages(workspace) if pages else []
    changed: list[tuple[Edition, bytes]] = []
    for first in {(one.document, one.format): one for one in pages}.values():
        found = _find_beside(workspace, first, languages, switches)
        names = [
            (one, _lead_to(one), _name(one))
            for one in found
            if one != first or one in switches or _is_there(workspace, one)
        ]
        for page, items in write_each(names):
            known = switches.get(page)
            if known is None or not known.has(items):
                changed.append((page, items))
    _rewrite_all(workspace, changed)


def _rewrite_all(workspace: Workspace, changed: Sequence[tuple[Edition, bytes]]) -> None:
    """Put links into pages; many at once, since each is written to the disk, which takes a while.

    Raises OSError for a page that cannot be written.
    """

    def rewrite(one: tuple[Edition, bytes]) -> None:
        page, items = one
        rewrite_edition(workspace, page, partial(put_items, items=items))

    if len(changed) < MANY:
        for one in changed:
            rewrite(one)
        return
    from concurrent.futures import ThreadPoolExecutor  # Seldom needed.

    with ThreadPoolExecutor(MANY) as pool:
        for _ in pool.map(rewrite, changed):
            pass
