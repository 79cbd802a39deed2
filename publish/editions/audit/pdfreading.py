"""Reads a finished PDF as a screen reader does, beside what it must say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from publish.editions.audit.expected import IMAGE, Expected, read_expected
from publish.editions.audit.opened import report_built_file
from publish.editions.audit.pdffile import OpenedPdf, PdfLink, PdfTag, open_pdf
from publish.editions.audit.texts import squash_shown
from publish.editions.page.edition import Manuscript
from publish.editions.page.xhtml import XHTML_NS, Element
from publish.editions.pagination import PageStart, Pagination, digest_text, letters
from publish.editions.pdf.standards import PdfMetadata
from publish.model import Finding

if TYPE_CHECKING:
    from publish.editions.pdf.rendering import PdfInput

__all__ = ["AuditedPdf", "find_starts", "is_turned", "open_pdf", "read_pdf"]

PICTURES = ("Figure", "Formula")
"""The tags of images: what they show is told by their description."""

_MARKER = re.compile(r"[\W_]*\d{0,6}[\W_]*")
_LEAST = 0.35
"""The part of the letters that must agree in a text from right to left.

It is small, since fonts of Arabic draw many letters as a shape and dots that several letters share.
"""

_LEAST_WHOLE = 0.8
"""The same for a whole document."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


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
    """A PDF with what it must say."""

    file: str
    found: OpenedPdf
    text: Manuscript
    expected: Expected
    head: PdfMetadata
    variant: str
    css: str

    def wrong(self, code: str, message: str) -> Finding:
        """Return a finding on this file."""
        return report_built_file(self.file, code, message)

    @cached_property
    def said(self) -> Said:
        """What the tags say, in their order."""
        said = Said([], [], [], [], [])
        if self.found.tags is not None:
            _listen(self.found, self.found.tags, self.found.language, said)
        return said

    @cached_property
    def matched(self) -> Matched:
        """Where in the text wanted each text said is."""
        return _match(self.said.runs, self.expected)

    @cached_property
    def pages(self) -> dict[int, int]:
        """The page of each letter of the text."""
        return {
            at + offset: run.page
            for run, at in self.matched.places
            for offset in range(len(run.text))
        }


@dataclass(frozen=True, slots=True)
class Said:
    runs: list[Run]
    links: list[tuple[PdfLink, ...]]
    headings: list[tuple[str, str]]
    images: list[str]
    numbers: list[int]


def read_pdf(file: str, found: OpenedPdf, text: Manuscript, source: PdfInput) -> AuditedPdf:
    """Return an opened PDF with what it must say; `source` is what it is made of today."""
    return AuditedPdf(
        file=file,
        found=found,
        text=text,
        expected=read_expected(
            source.xhtml, text.language, lambda place: found.targets.get(place, -1)
        ),
        head=_head(source.xhtml, text),
        variant=source.variant,
        css=source.css,
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


def _listen(pdf: OpenedPdf, tag: PdfTag, language: str, said: Said, parent: str = "") -> None:
    """Collect what a screen reader says of an element and of all in it."""
    language = tag.language or language
    said.numbers.extend(tag.link_numbers)
    if tag.role == "Link":
        said.links.append(tuple(kid for kid in tag.kids if isinstance(kid, PdfLink)))
    start = len(said.runs)
    if tag.role in PICTURES:
        said.images.append(tag.alternative)
    elif tag.alternative:
        said.runs.append(
            Run(text=tag.alternative, language=language, page=-1, mark=-1, number=tag.number)
        )
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            _listen(pdf, kid, language, said, tag.role)
        elif isinstance(kid, tuple):
            page, mark = kid
            text = squash_shown(pdf.marks.get(kid, ""))
            if tag.role == "Lbl" and parent == "LI" and _MARKER.fullmatch(text):
                text = ""
            text = IMAGE if tag.role in PICTURES else text
            run = Run(text=text, language=language, page=page, mark=mark, number=tag.number)
            said.runs.append(run)
    if tag.role in PICTURES and len(said.runs) == start:
        said.runs.append(Run(text=IMAGE, language=language, page=-1, mark=-1, number=tag.number))
    if re.fullmatch("H[1-6]", tag.role):
        said.headings.append((tag.role, "".join(run.text for run in said.runs[start:])))


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
    if _RIGHT_TO_LEFT.search(wanted):
        return _match_letters(runs, wanted)
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


def _match_letters(runs: list[Run], wanted: str) -> Matched:
    """Compare the letters of a whole text with words from right to left, whatever their order.

    A page shows them in the order of the eye, and fonts draw dots that several letters share.
    """
    said = "".join(run.text for run in runs)
    like = _share(said, wanted) >= _LEAST_WHOLE
    return Matched([], None, "" if like else wanted[:60])


def _share(shown: str, wanted: str) -> float:
    """Return the part of the letters that two texts have in common, in any order."""
    common = (Counter(shown) & Counter(wanted)).total()
    return common / max(len(shown), len(wanted), 1)


def is_turned(shown: str, wanted: str) -> bool:
    """Return whether a text has the letters wanted as a page shows them from right to left."""
    if not _RIGHT_TO_LEFT.search(wanted):
        return False
    return _share(shown, wanted) >= _LEAST


# --------------------------------------------------------------------------- starts of pages


def find_starts(pdf: AuditedPdf, tree: Element) -> Pagination | None:
    """Return where the pages of a PDF begin in its tree; None if it does not say the text,
    or says it from right to left.

    The tree is not changed.
    """
    matched = pdf.matched
    if matched.wrong is not None or matched.missing or not matched.places:
        return None
    begun: dict[int, PageStart] = {}
    texts = pdf.expected.texts
    begins = [one.at for one in texts]
    for run, at in sorted(matched.places, key=lambda place: place[1]):
        if run.page not in begun and (IMAGE in run.text or letters(run.text)):
            number = bisect_right(begins, at) - 1
            before = "".join(
                one.text for one in texts[:number] if one.element == texts[number].element
            )
            own = before + texts[number].text[: at - begins[number]]
            begun[run.page] = (texts[number].element, len(letters(own)))
    starts = [(0, 0)] * len(pdf.found.pages)
    for page in range(len(starts)):
        starts[page] = begun.get(page, starts[page - 1] if page else (0, 0))
    return Pagination(tuple(starts), digest_text(tree))
