"""Audits a finished braille file against the text it was made from.

The book is set again and compared line by line: no cell may differ.  What is set is compared with
the manuscript, too: all its words, in order, and the state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, takewhile

from lxml import etree

from publish.editions.audit.comparing import MOST_DIFFERENCES
from publish.editions.audit.opened import HTML, report_built_file, shorten_line
from publish.editions.audit.texts import check_text
from publish.editions.braille.book import BrailleBook, list_book_parts
from publish.editions.braille.cells import ASCII, encode_cells
from publish.editions.braille.parts import Part
from publish.editions.braille.runs import list_classes
from publish.editions.page.bilingual import CELLS
from publish.editions.page.edition import Manuscript, state_note
from publish.editions.page.materials import Materials
from publish.editions.page.xhtml import Element
from publish.model import Finding

__all__ = ["audit_braille", "read_pages"]

KNOWN = ASCII.encode() + b"\r\n\f"


def audit_braille(
    file: str,
    data: bytes,
    text: Manuscript,
    tree: Element,
    materials: Materials,
    book: BrailleBook,
) -> Iterator[Finding]:
    """Yield what is wrong with a braille file; `file` is its name in findings.

    `book` is what source, catalogs and liblouis make today.
    """
    for number, half in enumerate(text.both):
        own = _keep_half(tree, number) if text.second else tree
        parts = list_book_parts(own, materials)
        yield from check_text(_Words(file, parts), half)
        yield from _check_state(file, parts, half)
    if data == book.encode():
        return
    if reason := _object(data):
        yield report_built_file(file, "built-container", reason)
        return
    wanted = [[encode_cells(line.cells) for line in page] for page in book.pages]
    found = list(islice(_compare(file, read_pages(data), wanted, book), MOST_DIFFERENCES))
    yield from found
    if not found:
        message = "the lines or pages do not end as publish build ends them"
        yield report_built_file(file, "built-container", message)


def _object(data: bytes) -> str:
    """Return why the bytes cannot be those of a braille file; empty if they can."""
    wrong = sorted(set(data) - set(KNOWN))
    if wrong:
        return f"the file has bytes that are no braille, such as {wrong[0]:#04x}"
    if not data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n"):
        return "its lines do not end in CR LF"
    return ""


def _keep_half(tree: Element, number: int) -> Element:
    """Return a copy of a tree without the texts of one of its two languages."""
    half = deepcopy(tree)
    for cell in list(half.iter(etree.Element)):
        parent = cell.getparent()
        if parent is not None and CELLS[1 - number] in list_classes(cell):
            parent.remove(cell)
    return half


def read_pages(data: bytes) -> list[list[bytes]]:
    """Return the pages of a braille file with their lines."""
    pages = data.split(b"\f")
    if not pages[-1]:
        pages.pop()
    return [page.removesuffix(b"\r\n").split(b"\r\n") for page in pages]


def _compare(
    file: str, pages: Sequence[list[bytes]], wanted: Sequence[list[bytes]], book: BrailleBook
) -> Iterator[Finding]:
    """Yield where lines are missing, added or other ones, by the text that belongs there."""
    have = [(number, line) for number, page in enumerate(pages, 1) for line in page]
    want = [
        (number, at, line) for number, page in enumerate(wanted) for at, line in enumerate(page)
    ]
    same = takewhile(lambda both: both[0][-1] == both[1][-1], zip(have, want, strict=False))
    alike = len(list(same))  # In a long book nearly all lines are the same.
    have, want = have[alike:], want[alike:]
    same = takewhile(
        lambda both: both[0][-1] == both[1][-1], zip(have[::-1], want[::-1], strict=False)
    )
    alike = len(list(same))
    have, want = have[: len(have) - alike], want[: len(want) - alike]
    matcher = SequenceMatcher(
        None, [line for _, line in have], [line for *_, line in want], autojunk=False
    )
    for kind, start, _, first, _ in matcher.get_opcodes():
        if kind in ("insert", "replace"):
            number, at, _ = want[first]
            part = book.pages[number][at].part
            said = f"“{_words(part)}”" if part else "the head of the page, or a blank line"
            what = "is missing" if kind == "insert" else "is changed"
            message = f"a text {what}, on page {number + 1}, line {at + 1}: {said}"
            yield report_built_file(file, "built-text", message)
        elif kind == "delete":
            page, line = have[start]
            shown = shorten_line(line.decode("ascii", "replace"))
            message = f"a text is added or moved, on page {page}: {shown}"
            yield report_built_file(file, "built-text", message)
    if len(pages) != len(wanted) or [len(one) for one in pages] != [len(one) for one in wanted]:
        message = f"the file has {len(pages)} pages, or they do not end where they should"
        yield report_built_file(file, "built-pages", message)


def _words(part: Part) -> str:
    return shorten_line("".join(run.text for run in part.runs))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a book as its manuscript has them, without what an edition adds."""

    file: str
    parts: Sequence[Part]

    def wrong(self, code: str, message: str) -> Finding:
        """Return a finding on this file."""
        return report_built_file(self.file, code, message)

    def text_pages(self) -> Iterator[etree._Element]:
        """Yield the text, then its notes."""
        for place in ("text", "note"):
            page = etree.Element(f"{HTML}main")
            for part in self.parts:
                if part.place == place:
                    words = etree.SubElement(page, f"{HTML}p")
                    words.text = "".join(run.text for run in part.runs if not run.added)
            yield page


def _check_state(file: str, parts: Sequence[Part], text: Manuscript) -> Iterator[Finding]:
    """Yield where the state of a translation is missing: on the title page, in the imprint."""
    state = state_note(text)
    for place in ("cover", "imprint"):
        runs = (run.text for part in parts if part.place == place for run in part.runs)
        if state not in "".join(runs).replace("\u00a0", " "):
            message = f"the {'title page' if place == 'cover' else place} does not say: {state}"
            yield report_built_file(file, "built-state", message)
