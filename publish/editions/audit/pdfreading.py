"""Reads a finished PDF as a screen reader does, beside what it must say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from publish.editions.audit.expected import IMAGE, Expected, read_expected
from publish.editions.audit.opened import report_built_file
from publish.editions.audit.pdffile import OpenedPdf, PdfLink, PdfTag, open_pdf
from publish.editions.audit.texts import squash_shown
from publish.editions.page.edition import Manuscript
from publish.editions.page.materials import Materials
from publish.editions.page.xhtml import Element, add_number_places, serialise_xhtml
from publish.editions.pdf.standards import PdfMetadata
from publish.model import Finding

__all__ = ["AuditedPdf", "is_turned", "read_pdf"]

_MARKER = re.compile(r"[\W_]*\d{0,6}[\W_]*")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, kw_only=True)
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


def read_pdf(
    file: str, data: bytes, text: Manuscript, tree: Element, materials: Materials, css: str
) -> AuditedPdf:
    """Return a PDF with what it must say; the tree is changed.

    Raises PublishError if it cannot be read.
    """
    found = open_pdf(data)
    head = _head(tree, text)
    add_number_places(tree)
    expected = read_expected(
        serialise_xhtml(tree).encode(),
        text.language,
        lambda identifier: found.targets.get(identifier, -1),
    )
    return AuditedPdf(
        file=file,
        found=found,
        text=text,
        expected=expected,
        head=head,
        variant=materials.pdf_variant,
        css=css,
    )


def _head(tree: Element, text: Manuscript) -> PdfMetadata:
    html = "{http://www.w3.org/1999/xhtml}"
    metas = {str(e.get("name")): str(e.get("content")) for e in tree.iter(f"{html}meta")}
    title = next(tree.iter(f"{html}title")).text or ""
    return PdfMetadata(
        title=" ".join(title.split()),
        language=text.language.tag,
        producer="",
        authors=tuple(filter(None, (metas.get("author", ""),))),
        description=metas.get("description", ""),
        keywords=metas.get("keywords", ""),
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
    if tag.role == "Figure":
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
            text = IMAGE if tag.role == "Figure" else text
            run = Run(text=text, language=language, page=page, mark=mark, number=tag.number)
            said.runs.append(run)
    if tag.role == "Figure" and len(said.runs) == start:
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
    open_: list[tuple[int, int]] = [(0, len(wanted))]
    places: list[tuple[Run, int]] = []
    for run in runs:
        for number, (begin, end) in enumerate(open_):
            after = begin + len(run.text)
            if after <= end and _is_same(run.text, wanted[begin:after]):
                places.append((run, begin))
                open_[number : number + 1] = [(after, end)] if after < end else []
                break
        else:
            begin, end = open_[0] if open_ else (len(wanted), len(wanted))
            second = max((p[1] for p in expected.pairs if p[0] <= begin < p[1] < end), default=-1)
            after = second + len(run.text)
            if second < 0 or after > end or not _is_same(run.text, wanted[second:after]):
                return Matched(places, run, wanted[begin : begin + 60])
            places.append((run, second))
            open_[:1] = [(begin, second), *([(after, end)] if after < end else [])]
    missing = wanted[open_[0][0] : open_[0][1]] if open_ else ""
    return Matched(places, None, missing[:60])


def _is_same(shown: str, wanted: str) -> bool:
    return shown == wanted or is_turned(shown, wanted)


def is_turned(shown: str, wanted: str) -> bool:
    """Return whether a text has the letters wanted as a page shows them from right to left."""
    return bool(_RIGHT_TO_LEFT.search(wanted)) and sorted(shown) == sorted(wanted)
