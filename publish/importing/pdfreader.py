"""The text of a PDF, as a last resort: words and headings by size; all else is lost.

A PDF says where letters stand, not what they are: tables, notes, lists and pictures are not to be
had.  Ask for the Word file that it was made from.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from publish.containers.refusing import make_file_error
from publish.importing.plaintext.textreader import read_text
from publish.importing.results import Imported, Loss

__all__ = ["read_pdf"]

MOST_PAGES = 3000
LARGER = 1.15
"""How much larger than the text a heading is at least."""
GAP = 1.6
"""The distance of two lines, in lines, from which a paragraph ends."""


@dataclass(slots=True)
class _Line:
    """A line of a page: its text, the size of its letters, and where it stands from below."""

    text: str
    size: float
    height: float


def read_pdf(data: bytes, file: str, *, language: str = "en", name: str = "") -> Imported:
    """Return the document of a PDF, with its pictures and the looks of its tables as losses.

    Raises PublishError (code `kit-file`) for a file that is damaged, locked or without text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise make_file_error("the PDF has a password", file, "save it without one")
        pages = list(reader.pages[:MOST_PAGES])
        lines = [_page_lines(page) for page in pages]
        pictures = [_count_pictures(page) for page in pages]
    except (PyPdfError, ValueError, KeyError, RecursionError, AttributeError, TypeError) as error:
        raise make_file_error(f"the PDF is damaged: {error}", file) from None
    if not any(lines):
        hint = "it may be a scan: read it with a program for that (OCR), or ask for another file"
        raise make_file_error("the PDF has no text", file, hint)
    imported = read_text(_as_text(lines), file, language=language, name=name)
    losses = tuple(
        Loss(kind="picture", place=f"page {number}", reason=f"{count} in the PDF")
        for number, count in enumerate(pictures, 1)
        if count
    )
    return replace(
        imported,
        losses=(*losses, *imported.losses),
        part="text and headings only: tables, lists, notes and links of a PDF are not known",
    )


def _page_lines(page: object) -> list[_Line]:
    lines: list[_Line] = []

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        height = tm[5] * cm[3] + cm[5]
        real = abs(size * (tm[3] or tm[0] or 1) * (cm[3] or 1))
        for at, part in enumerate(text.split("\n")):
            if at or not lines or (part.strip() and abs(lines[-1].height - height) > real * 0.5):
                lines.append(_Line("", real, height))
            if part.strip():
                lines[-1].size = real if not lines[-1].text.strip() else lines[-1].size
                lines[-1].height = height
            lines[-1].text += part

    page.extract_text(visitor_text=visit)  # type: ignore[attr-defined]
    return [line for line in lines if line.text.strip()]


def _count_pictures(page: object) -> int:
    resources = page.get("/Resources", {}).get_object()  # type: ignore[attr-defined]
    drawn = resources.get("/XObject", {}).get_object() if "/XObject" in resources else {}
    return sum(one.get_object().get("/Subtype") == "/Image" for one in drawn.values())


def _as_text(pages: list[list[_Line]]) -> str:
    """Return the lines of all pages as a plain text, its headings in lines that say so."""
    every = [line for page in pages for line in page]
    sizes = Counter[float]()
    for line in every:
        sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    steps = [abs(a.height - b.height) for p in pages for a, b in pairwise(p)]
    step = median(steps) if steps else usual
    parts: list[str] = []
    for page in pages:
        before: _Line | None = None
        for line in page:
            text = re.sub(r"\s+", " ", line.text).strip()
            larger = line.size > usual * LARGER
            apart = before is None or abs(before.height - line.height) > step * GAP
            apart = apart or round(before.size, 1) != round(line.size, 1) if before else apart
            heading = larger and len(text) < 120
            parts.append(("\n\n" if apart or heading else "\n") + text)
            if heading:
                parts.append("\n" + "=" * 8 + "\n")
            before = line
        parts.append("\n")
    return "".join(parts)
