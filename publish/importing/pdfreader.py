"""The text of a PDF, as a last resort: words and headings by size; all else is lost.

A PDF says where letters stand, not what they are: tables, notes, lists and pictures are not to be
had.  Ask for the Word file that it was made from.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from publish.containers.refusing import make_file_error
from publish.importing.plaintext.textreader import read_text
from publish.importing.results import Imported, Loss

__all__ = ["read_pdf"]

MOST_PAGES = 3000
LARGER = 1.15
"""How much larger than the text a heading is at least."""
LONGEST = 120
"""A heading has no more letters in a line."""
LEAST, LEADING = 3, 1.3
"""From so many lines on, their distance is measured; with fewer, it is this times their size."""
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
    steps = Counter(
        round(a.height - b.height)
        for page in pages
        for a, b in pairwise(page)
        if round(a.size, 1) == round(b.size, 1) == usual and a.height > b.height
    )
    common = steps.most_common(1)
    step = common[0][0] if common and common[0][1] >= LEAST else usual * LEADING
    return "".join("".join(_write_page(page, usual, step)) for page in pages)


def _write_page(page: Sequence[_Line], usual: float, step: float) -> Iterator[str]:
    """Yield the lines of a page; neighbouring lines of one larger size are one heading."""
    before: _Line | None = None
    heading: list[str] = []
    for line in page:
        text = " ".join(line.text.split())
        same = before is not None and round(before.size, 1) == round(line.size, 1)
        near = before is not None and abs(before.height - line.height) <= max(step, line.size) * GAP
        if heading and not (same and near):
            yield _heading(heading)
            heading = []
        if line.size > usual * LARGER and len(text) < LONGEST:
            heading.append(text)
        else:
            yield ("\n" if same and near else "\n\n") + text
        before = line
    if heading:
        yield _heading(heading)
    yield "\n"


def _heading(lines: Sequence[str]) -> str:
    return f"\n\n{' '.join(lines)}\n========\n"
