"""How many pages each language takes: a translation that is much longer is looked at again."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from itertools import chain

from publish.model import Edition
from publish.workspace import Workspace

__all__ = ["page_count", "page_lines"]

COUNT = re.compile(rb"/Type /Pages\b[^>]*?/Count (\d+)")
OBJECTS = re.compile(rb"/Type /ObjStm\b[^>]*>>\s*stream\r?\n")


def page_count(pdf: bytes) -> int:
    """The pages of a PDF of ours, whose page tree is one flat list; 0 where none is found.

    The tree stands openly in the file or among the objects that are packed in streams.
    """
    packed = (zlib.decompressobj().decompress(pdf[at.end() :]) for at in OBJECTS.finditer(pdf))
    found = next(filter(None, map(COUNT.search, chain([pdf], packed))), None)
    return int(found[1]) if found else 0


def page_lines(workspace: Workspace, editions: Iterable[Edition]) -> list[str]:
    """A line for each document and page size: the pages in each language, and how many more.

    The source's language is what the others are compared with; without its PDF, and for one
    language, there is nothing to compare.  Bilingual editions come last, as they are.
    """
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for edition in editions:
        path = workspace.output(edition)
        if edition.format == "pdf" and path.is_file():
            pages = counts.setdefault((edition.document, edition.page), {})
            pages[edition.languages] = page_count(path.read_bytes())
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
