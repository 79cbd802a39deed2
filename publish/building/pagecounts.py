"""Compare the page counts of the languages, to show translations that are much longer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from publish.building.records import count_pages
from publish.model import Edition
from publish.project.workspace import Workspace

__all__ = ["page_lines"]


def page_lines(
    workspace: Workspace, editions: Iterable[Edition], known: Mapping[Edition, int] | None = None
) -> list[str]:
    """Return a line for each document and page size with the page counts of its languages.

    Each count is compared with that of the source language, in percent.  There is no line without
    its PDF, or with one language only.  Bilingual editions come last, without a comparison.
    Counts that are `known` already are not read from the records.
    """
    known = known or {}
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for edition in editions:
        if edition.format != "pdf":
            continue
        if count := known.get(edition) or count_pages(workspace, edition):
            pages = counts.setdefault((edition.document, edition.page), {})
            pages[edition.languages] = count
    source = workspace.source_language.tag
    return [
        f"{document}, {page}: pages {_compared(pages, source)}"
        for (document, page), pages in sorted(counts.items())
        if pages.get(source) and len(pages) > 1
    ]


def _compared(pages: dict[str, int], source: str) -> str:
    first = pages[source]
    others = (
        f"{tag} {count}" + ("" if "+" in tag else f" ({100 * (count - first) / first:+.0f} %)")
        for tag, count in sorted(pages.items(), key=lambda found: ("+" in found[0], found))
        if tag != source
    )
    return ", ".join([f"{source} {first}", *others])
