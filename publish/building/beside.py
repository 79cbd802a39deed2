"""Link the pages of HTML in `build/` to those in other languages that lie beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial

from publish.building.records import rewrite_edition
from publish.editions.html.switch import LanguageLink, put_switch
from publish.errors import PublishError
from publish.model import FORMATS, Edition
from publish.project.workspace import Workspace

__all__ = ["link_beside", "list_links"]


def list_links(workspace: Workspace, edition: Edition) -> list[LanguageLink]:
    """Return the links from a page to all pages of its document that are there, itself included."""
    found = []
    for other in _find_beside(workspace, edition):
        here = other == edition
        path = workspace.output(other)
        href = path.name if here else f"../{path.parent.name}/{path.name}"
        found.append(LanguageLink(other, href, here))
    return found


def _find_beside(workspace: Workspace, edition: Edition) -> Iterator[Edition]:
    known = [language.tag for language in workspace.languages()]
    folder = workspace.root / "build"
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    pairs = [(first, second) for first, _, second in (name.partition("+") for name in names)]
    alone = [(tag, "") for tag in known]
    for language, second in (*alone, *(pair for pair in pairs if set(pair) <= set(known))):
        other = replace(edition, language=language, second=second)
        with suppress(PublishError):  # It may lie outside the workspace, behind a link.
            if other == edition or workspace.output(other).is_file():
                yield other


def link_beside(workspace: Workspace, editions: Iterable[Edition]) -> None:
    """Put the links into all pages of the documents of these editions.

    Raises OSError for a page that cannot be written.  A page that is not the one of its record is
    left alone.
    """
    pages = [one for one in editions if FORMATS[one.format].links_languages]
    for first in {(one.document, one.format): one for one in pages}.values():
        for page in _find_beside(workspace, first):
            links = list_links(workspace, page)
            rewrite_edition(workspace, page, partial(put_switch, links=links))
