"""Reads a finished PDF as a screen reader does, beside what it must say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from publish.editions.audit.expected import IMAGE, Expected, read_expected
from publish.editions.audit.graphics import is_in
from publish.editions.audit.opened import report_built_file
from publish.editions.audit.pdffile import OpenedPdf, PdfLink, PdfTag, open_pdf
from publish.editions.audit.strings import drop_silent
from publish.editions.audit.texts import squash_shown
from publish.editions.page.edition import Manuscript
from publish.editions.page.xhtml import XHTML_NS, Element
from publish.editions.pagination import (
    PageStart,
    Pagination,
    digest_text,
    fill_page_starts,
    letters,
)
from publish.editions.pdf.standards import PdfMetadata
from publish.model import PAGES, Finding, PageFacts, PageSize

if TYPE_CHECKING:
    from publish.editions.pdf.rendering import PdfInput

__all__ = ["AuditedPdf", "find_starts", "has_floated", "open_pdf", "read_pdf"]

PICTURES = ("Figure", "Formula")
"""The tags of images: their description says what they show."""

_MARKER = re.compile(r"[\W_]*(?:\d{0,6}|(?:[a-z]{1,2}|[ivxlcdm]{1,12})\.)[\W_]*", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A text of one mark, with its page and language; `number` is that of its tag."""

    text: str
    language: str
    page: int
    mark: int
    number: int


@dataclass(frozen=True, kw_only=True)
class AuditedPdf:
    """A PDF with what it must say; `press` is the profile of its printing house, or empty."""

    file: str
    found: OpenedPdf
    text: Manuscript
    expected: Expected
    head: PdfMetadata
    variant: str
    css: str
    images: Mapping[str, bytes]
    page: PageSize
    press: bytes

    @property
    def facts(self) -> PageFacts:
        """What is known of its kind of pages."""
        return PAGES[self.page]

    def wrong(self, code: str, message: str) -> Finding:
        """Return a finding on this file."""
        return report_built_file(self.file, code, message)

    @cached_property
    def said(self) -> Said:
        """What the tags say, in their order."""
        said = Said([], [], [], [], [], [], [], [], [])
        if self.found.tags is not None:
            _listen(self, self.found.tags, self.found.language, said)
        return said

    @cached_property
    def matched(self) -> Matched:
        """Where in the text wanted each text said is."""
        return _match(self.said.runs, self.expected)

    @cached_property
    def pages(self) -> dict[int, int]:
        """The page of each letter that a page shows."""
        return {
            at + offset: run.page
            for run, at in self.matched.places
            if run.page >= 0
            for offset in range(len(run.text))
        }


@dataclass(frozen=True, slots=True)
class Said:
    runs: list[Run]
    links: list[tuple[PdfLink, ...]]
    headings: list[tuple[str, str]]
    images: list[str]
    numbers: list[int]
    pictures: list[list[str]]
    cells: list[tuple[str, int, int]]
    unreachable: list[PdfLink]
    rows: list[tuple[int, int]]

    def list_pages(self, moved: Collection[int] = frozenset()) -> list[int]:
        """Return the page of each text in their order, -1 for none; those of a table row sorted.

        The cells of a row that breaks go on over the page side by side.  So do the rows of a cell
        that reaches over several: there it is the whole table.  Notes, whose texts are `moved` (as
        `id` numbers them), are elsewhere.
        """
        runs = [run.page for run in self.runs]
        for start, end in self.rows:
            still = [at for at in range(start, end) if id(self.runs[at]) not in moved]
            for at, page in zip(still, sorted(runs[at] for at in still), strict=True):
                runs[at] = page
        return runs


def read_pdf(file: str, found: OpenedPdf, text: Manuscript, source: PdfInput) -> AuditedPdf:
    """Return an opened PDF with what it must say; `source` is what it is made of today."""
    return AuditedPdf(
        file=file,
        found=found,
        text=text,
        expected=read_expected(source, text.language, lambda place: found.targets.get(place, -1)),
        head=_head(source.xhtml, text),
        variant=source.variant,
        css=source.css,
        images=source.images,
        page=source.page,
        press=source.press.data if source.press else b"",
    )


def _head(xhtml: bytes, text: Manuscript) -> PdfMetadata:
    tree = ElementTree.fromstring(xhtml)
    metas = {e.get("name"): e.get("content", "") for e in tree.iter(f"{{{XHTML_NS}}}meta")}
    title = next(tree.iter(f"{{{XHTML_NS}}}title")).text or ""
    keywords = metas.get("keywords", "").split(",")
    return PdfMetadata(
        title=" ".join(title.split()),
        language=text.language.tag,
        producer="",
        authors=tuple(filter(None, (metas.get("author", ""),))),
        description=metas.get("description", ""),
        keywords=", ".join(
            dict.fromkeys(one.strip() for one in keywords)
        ),  # each once, as HTML says
        day=f"{metas.get('dcterms.modified', '')}T00:00:00Z",
    )


# --------------------------------------------------------------------------- listening


def _listen(pdf: AuditedPdf, tag: PdfTag, language: str, said: Said, parent: str = "") -> None:
    """Collect what a screen reader says of an element and of all in it."""
    language = tag.language or language
    said.numbers.extend(tag.link_numbers)
    if tag.role == "Link":
        links = [kid for kid in tag.kids if isinstance(kid, PdfLink)]
        said.links.append(tuple(links))
        said.unreachable.extend(link for link in links if not _is_reachable(pdf.found, link, tag))
    if tag.role in ("TH", "TD"):
        said.cells.append((tag.role, *tag.spans))
    start, cells = len(said.runs), len(said.cells)
    if tag.role in PICTURES:
        said.images.append(tag.alternative)
        said.pictures.append([one for kid in tag.kids for one in _pictures(pdf.found, kid)])
    elif tag.alternative:
        said.runs.append(
            Run(
                text=drop_silent(squash_shown(tag.alternative)),
                language=language,
                page=-1,
                mark=-1,
                number=tag.number,
            )
        )
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            _listen(pdf, kid, language, said, tag.role)
        elif isinstance(kid, tuple):
            page, mark = kid
            text = squash_shown(pdf.found.marks.get(kid, ""))
            if tag.role == "Lbl" and parent == "LI" and _MARKER.fullmatch(text):
                text = text if text in pdf.expected.terms else ""
            text = IMAGE if tag.role in PICTURES else text
            run = Run(text=text, language=language, page=page, mark=mark, number=tag.number)
            said.runs.append(run)
    if tag.role in PICTURES and len(said.runs) == start:
        said.runs.append(Run(text=IMAGE, language=language, page=-1, mark=-1, number=tag.number))
    merged = any(rows > 1 for _, _, rows in said.cells[cells:])
    if tag.role == "TR" or (tag.role == "Table" and merged):
        said.rows.append((start, len(said.runs)))
    if re.fullmatch("H[1-6]", tag.role):
        said.headings.append((tag.role, "".join(run.text for run in said.runs[start:])))


def _pictures(pdf: OpenedPdf, kid: object) -> list[str]:
    """Return the digests of the images that a mark shows."""
    if not isinstance(kid, tuple) or not 0 <= kid[0] < len(pdf.pages):
        return []
    page = pdf.pages[kid[0]]
    found = (page.pictures.get(name, "") for name in page.content.pictures.get(kid[1], ()))
    return [one for one in found if one]


def _is_reachable(pdf: OpenedPdf, link: PdfLink, tag: PdfTag) -> bool:
    """Return whether the area of a link can be seen and has a text or image of the link in it."""
    if not link.shown or len(link.area) != 4 or not 0 <= link.page < len(pdf.pages):
        return False
    x, y, right, top = link.area
    area = (min(x, right), min(y, top), max(x, right), max(y, top))
    places = pdf.pages[link.page].content.places
    found = [place for mark in _marks(tag, link.page) for place in places.get(mark, ())]
    return not found or any(is_in(place, area, 3) for place in found)


def _marks(tag: PdfTag, page: int) -> Iterator[int]:
    """Yield the marks of a page in an element."""
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            yield from _marks(kid, page)
        elif isinstance(kid, tuple) and kid[0] == page:
            yield kid[1]


# --------------------------------------------------------------------------- matching


@dataclass(frozen=True, slots=True)
class Matched:
    """The place of each text said; the first that is wrong, and what is missing instead."""

    places: list[tuple[Run, int]]
    wrong: Run | None
    missing: str


def _match(runs: list[Run], expected: Expected) -> Matched:
    """Find each text said in the text wanted, in order.

    A pair of cells that runs on to the next page is said page by page, not cell by cell.
    """
    wanted = expected.text
    open_: list[tuple[int, int]] = [(0, len(wanted))]
    places: list[tuple[Run, int]] = []
    for run in runs:
        for number, (begin, end) in enumerate(open_):
            after = begin + len(run.text)
            if after <= end and wanted.startswith(run.text, begin):
                places.append((run, begin))
                open_[number : number + 1] = [(after, end)] if after < end else []
                break
        else:
            begin, end = open_[0] if open_ else (len(wanted), len(wanted))
            second = max((p[1] for p in expected.pairs if p[0] <= begin < p[1] < end), default=-1)
            after = second + len(run.text)
            if second < 0 or after > end or not wanted.startswith(run.text, second):
                return Matched(places, run, wanted[begin : begin + 60])
            places.append((run, second))
            open_[:1] = [(begin, second), *([(after, end)] if after < end else [])]
    missing = wanted[open_[0][0] : open_[0][1]] if open_ else ""
    return Matched(places, None, missing[:60])


# --------------------------------------------------------------------------- starts of pages


def find_starts(pdf: AuditedPdf, tree: Element) -> Pagination | None:
    """Return where the pages of a PDF begin in its tree; None if it does not say the text.

    The tree is not changed.
    """
    matched = pdf.matched
    if matched.wrong is not None or matched.missing or not matched.places:
        return None
    begun: dict[int, PageStart] = {}
    texts = pdf.expected.texts
    begins = [one.at for one in texts]
    for run, at in sorted(matched.places, key=lambda place: place[1]):
        if pdf.expected.is_moved(at) or has_floated(pdf, run.page, at):
            continue
        if run.page not in begun and (IMAGE in run.text or letters(run.text)):
            number = bisect_right(begins, at) - 1
            before = "".join(
                one.text for one in texts[:number] if one.element == texts[number].element
            )
            own = before + texts[number].text[: at - begins[number]]
            begun[run.page] = (texts[number].element, len(letters(own)))
    starts = fill_page_starts([begun.get(page) for page in range(len(pdf.found.pages))])
    return Pagination(starts, digest_text(tree))


def has_floated(pdf: AuditedPdf, page: int, at: int) -> bool:
    """Return whether a place is in a picture on the page after one with the text that follows it.

    The text after a picture may fill the page before, but no more than that.
    """
    pictures = pdf.expected.pictures
    number = bisect_right(pictures, (at, inf)) - 1
    if number < 0 or at >= pictures[number][1]:
        return False
    return pdf.pages.get(pictures[number][1]) == page - 1
