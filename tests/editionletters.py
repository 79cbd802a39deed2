"""The text of a finished edition by its letters and digits, read out of the file of any format.

Each format has one function in `LETTERS`, from the bytes of a file to the words in it: cover,
imprint, text and notes, as a reader gets them.  What has another form in each format is left out:
contents, numbers of pages and paragraphs, marks of notes and the ways back from them.  The parts
may stand in any order.
"""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

from lxml import etree
from structure import Tag, read_structure

from publish.editions.audit.webpages import open_page
from publish.editions.html.webpage import ADDED
from publish.model import Format

__all__ = ["HELD_ELSEWHERE", "LETTERS", "REFUSED", "book_blocks", "fold_letters", "page_words"]

HTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
MATH = "{http://www.w3.org/1998/Math/MathML}math"
PASSED = {"number", "back", *ADDED}
"""Classes of what stands beside the text."""
BLOCKS = frozenset(
    f"{HTML}{tag}"
    for tag in ("p", "li", "td", "th", "dt", "dd", "pre", "caption", "figcaption", "div", "section")
) | {f"{HTML}h{rank}" for rank in range(1, 7)}


def fold_letters(text: str) -> str:
    """Letters and digits only: what typography and the end of a line change does not count."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(character for character in folded if character.isalnum())


def _words(element: etree._Element) -> Iterator[str]:
    """The words of an element of XHTML; a new line before and after each block."""
    if not isinstance(element.tag, str) or _is_passed(element):
        return
    around = "\n" if element.tag in BLOCKS else ""
    yield around
    if element.tag == MATH:
        yield element.get("alttext") or ""
    else:
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""
    yield around


def _is_passed(element: etree._Element) -> bool:
    kinds = set((element.get("class") or "").split())
    told = element.get(f"{EPUB}type") or "", (element.get("role") or "").removeprefix("doc-")
    above = element.getparent()
    heads_notes = above is not None and "notes" in (above.get("class") or "")
    return (
        bool(kinds & PASSED)
        or element.tag == f"{HTML}nav"
        or bool({"noteref", "pagebreak"} & {*told})
        or (heads_notes and element.tag == f"{HTML}h2")
    )


def _epub(data: bytes) -> str:
    found = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".xhtml") and not name.endswith(("nav.xhtml", "cover.xhtml")):
                body = etree.fromstring(archive.read(name)).find(f"{HTML}body")
                assert body is not None
                found.append("".join(_words(body)))
    return "\n".join(found)


def page_words(part: etree._Element) -> str:
    """The words of a part of a page of HTML."""
    return "".join(_words(part))


def _html(data: bytes) -> str:
    return page_words(open_page("page.html", data).root[1])


def _pdf(data: bytes) -> str:
    root, _ = read_structure(data)
    notes = ["".join(_told(note)) for note in root.all("Note")]
    return "\n".join(["".join(_told(root, passed=("Note", *MARKS))), *notes])


MARKS = ("Reference", "Lbl")
"""The tags of marks of notes and of their numbers, and of the numbers of lists."""


def _told(tag: Tag, *, passed: tuple[str, ...] = MARKS, terms: bool = False) -> Iterator[str]:
    """The texts of a tag tree; of labels only those of `terms`, the others are numbers."""
    for kid in tag.kids:
        if isinstance(kid, str):
            yield kid
        elif "TOC" not in kid.names and (kid.name not in passed or (terms and kid.name == "Lbl")):
            inner = kid.attributes.get("/ListNumbering") == "/None" or (terms and kid.name == "LI")
            yield from _told(kid, passed=passed, terms=inner)


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BESIDE = ("EditionNumber", "FootnoteReference")
"""The styles of numbers of paragraphs and of marks of notes in a Word file."""


def _docx(data: bytes) -> str:
    found = []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in ("word/document.xml", "word/footnotes.xml"):
            if name in archive.namelist():
                for paragraph in etree.fromstring(archive.read(name)).iter(f"{WORD}p"):
                    found.append(_paragraph(paragraph))
    return "\n".join(found)


def _paragraph(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    if style is not None and (style.get(f"{WORD}val") or "").startswith("TOC"):
        return ""
    runs = list(paragraph.iter(f"{WORD}r"))
    styles = [run.find(f"{WORD}rPr/{WORD}rStyle") for run in runs]
    told = [one.get(f"{WORD}val") if one is not None else "" for one in styles]
    shown = [run for run, name in zip(runs, told, strict=True) if name not in BESIDE]
    return "".join(text.text or "" for run in shown for text in run.iter(f"{WORD}t"))


LETTERS: Mapping[Format, Callable[[bytes], str]] = {
    "pdf": _pdf,
    "epub": _epub,
    "html": _html,
    "docx": _docx,
}
"""The function that reads the words of a file of each format."""

HELD_ELSEWHERE: Mapping[str, str] = {"brf": "tests/editions/test_braille.py"}
"""Formats whose signs cannot be read back as letters: the file of the test that holds them."""

REFUSED: Mapping[tuple[str, str], str] = {("brf", "tk"): "braille-table"}
"""The code of the error for a format and a language that it cannot be made in."""


def book_blocks(book: bytes) -> list[str]:
    """The letters of each block of an EPUB, which every other format has to have."""
    return [found for line in _epub(book).splitlines() if (found := fold_letters(line))]
