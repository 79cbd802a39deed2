"""Renders a finished XHTML document as PDF.

The same input gives the same bytes: WeasyPrint sees only what it is given.  Whatever it logs is an
error here.

The layout of a document with extreme nesting or spans can take hours.  The caller sets limits of
time and memory and runs this in a process of its own.
"""

from __future__ import annotations

import re
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from publish.editions.fontfiles import FontFace, cut_faces
from publish.editions.lines.evening import evening
from publish.editions.lines.fitting import fitting
from publish.editions.page.materials import Layout
from publish.editions.pagination import (
    TextOrder,
    WrittenEdition,
    find_page_starts,
    read_text_order,
)
from publish.editions.pdf.complaints import find_bad_links, raise_complaints, raise_refused
from publish.editions.pdf.engine import (
    BASE,
    Styles,
    address_images,
    capture_log,
    load_weasyprint,
    make_fetcher,
    read_styles,
    seal_environment,
)
from publish.editions.pdf.imposing import impose
from publish.editions.pdf.marks import PageMarks, read_page_marks
from publish.editions.pdf.notebreaks import breaking_notes
from publish.editions.pdf.overflow import fit_pages
from publish.editions.pdf.pinning import pinning
from publish.editions.pdf.press import prepare_press
from publish.editions.pdf.pressprofile import PressProfile
from publish.editions.pdf.shaping import shape_document
from publish.editions.pdf.sheets import Folding
from publish.editions.pdf.standards import (
    STANDARDS,
    PdfMetadata,
    Standard,
    choose_standard,
    xmp,
)
from publish.editions.pdf.tagging import make_version_error, painting, tagging
from publish.errors import BuildError, PublishError, UsageError, did_you_mean
from publish.model import PAGES, PageSize
from publish.visible import shorten

__all__ = ["LaidOut", "PdfInput", "laying_out", "render", "warm_up"]

_XHTML = "{http://www.w3.org/1999/xhtml}"

_REFUSED_ELEMENTS = frozenset({"base", "embed", "iframe", "object", "script", "style"})
"""Elements that would load something or override the style sheet, which has user origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfInput:
    """All that a PDF is made of.

    `xhtml` is a well-formed XHTML document with language, title and other metadata in its
    head.  `images` has the bytes of each image by the relative URL that the document uses.
    `css` is the style sheet without `@font-face` rules, which come from `faces`.
    `variant` names the standards that the file keeps, a key of STANDARDS.  `layout` says where the
    parts are, and `page` how much room there is.  With `best_lines` the lines of a paragraph are
    chosen together, not one after the other.  `theme` has the families that show all letters they
    have; others leave Latin ones to them.  `press` is the profile of a printing house, if the file
    is for one, and `folding` how its sheets are folded, if they are.
    """

    xhtml: bytes
    css: str
    faces: tuple[FontFace, ...]
    images: Mapping[str, bytes]
    variant: str = "pdf/a-3a+ua-1"
    layout: Layout = field(default_factory=Layout)
    page: PageSize = "a4"
    best_lines: bool = True
    theme: tuple[str, ...] = ()
    press: PressProfile | None = None
    folding: Folding | None = None


DRAWN = "0123456789- \u00a0\u2010\u2026"
"""Characters that the layout adds."""

ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6}) ?")
"""A character in a string of a style sheet."""


def find_letters(source: PdfInput) -> set[str]:
    """Return the characters that a document and its style sheet can show, and some more."""
    written = (chr(int(code, 16)) for code in ESCAPED.findall(source.css))
    text = unescape(source.xhtml.decode())
    return {*text, *source.css, *written, *DRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A document whose pages are laid out and not yet painted.

    `root` is the tree as it was laid out, `order` that of its text before parts of it were moved.
    `marks` are what the pages show of each element.
    """

    source: PdfInput
    root: ElementTree.Element
    order: TextOrder
    document: Any
    marks: PageMarks
    standard: Standard

    @property
    def boxes(self) -> list[Any]:
        """The boxes of the pages."""
        return [page._page_box for page in self.document.pages]

    def write(self) -> tuple[bytes, list[str]]:
        """Return the tagged PDF, and the lines that some programs cannot find in it."""
        import weasyprint  # type: ignore[import-untyped]

        document, standard = self.document, self.standard
        producer = f"WeasyPrint {weasyprint.__version__}"
        with (
            tagging(self.marks) as lost,
            pinning(),
            _metadata(document, standard, producer, lost) as claim,
        ):
            pdf = document.write_pdf(
                finisher=lambda _, pdf: _finish(pdf, claim, self.source), **standard.options
            )
        return pdf, lost if standard.part else []

    def write_some(self, numbers: Sequence[int]) -> bytes:
        """Return a PDF that only shows some of the pages; all pages lose their links."""
        for page in self.document.pages:
            page.links = []
        pages = [self.document.pages[number] for number in numbers]
        with painting(self.marks), pinning():
            pdf: bytes = self.document.copy(pages).write_pdf(pdf_tags=True)
        return pdf


def render(source: PdfInput) -> WrittenEdition:
    """Return the tagged PDF of a document and where its pages begin.

    The same input gives the same bytes.

    Raises BuildError for a document that is not well-formed, for an address it may not use
    (code `address-refused`) and for every problem that WeasyPrint reports (code `pdf-complaint`).
    Raises MissingPartError for a letter without a glyph and for a missing font or system library,
    and UsageError for an unknown variant.
    """
    with laying_out(source) as laid:
        pdf, lost = laid.write()
    starts = find_page_starts(laid.boxes, laid.root, laid.order)
    return WrittenEdition(pdf, starts, tuple(lost))


@contextmanager
def laying_out(source: PdfInput) -> Iterator[LaidOut]:
    """Yield the laid-out pages of a document, to be written within this context.

    Raises what `render` does; at the end, too, since painting shows which glyphs are missing.
    """
    root = _parse(source.xhtml)
    order = read_text_order(root)
    order = replace(order, moved=shape_document(root, source.layout, source.page))
    refused: list[str] = []
    with seal_environment(), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves a file open
        load_weasyprint()
        _check_variant(source.variant)
        with _words_for_faults("the style sheet"):
            faces = cut_faces(source.faces, find_letters(source), source.theme)
            styles = read_styles(faces, source.css)
        refused += styles.refused
        with capture_log() as log:
            try:
                with _words_for_faults("the document"):
                    yield _lay_out(source, styles, root, order, refused)
            except BuildError:
                raise_refused(refused)
                raise
    raise_refused(refused)
    raise_complaints([*styles.log, *log], source.faces)


@contextmanager
def _words_for_faults(what: str) -> Iterator[None]:
    """Raise BuildError for whatever the renderer makes of an odd document or style sheet."""
    try:
        yield
    except RecursionError:
        raise BuildError(
            f"{what} is nested too deeply for a PDF",
            hint="look for lists or quotations nested many times within one another, and for "
            "brackets in style sheets of yours",
        ) from None
    except (MemoryError, OSError, PublishError):
        raise
    except Exception as error:
        _raise_unless_ours(error)
        raise


def _raise_unless_ours(error: Exception) -> None:
    """Raise BuildError for an exception that a library raised, not this package."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    if not Path(last.filename).is_relative_to(Path(__file__).parents[2]):
        raise BuildError(
            f"the PDF renderer cannot lay this out: {shorten(repr(error), 300)}",
            hint="look in templates/theme.css, and other style sheets and images of yours, for "
            "lengths of no sensible size and for layouts that are not for text",
            code="pdf-complaint",
        ) from error


def _lay_out(
    source: PdfInput,
    styles: Styles,
    root: ElementTree.Element,
    order: TextOrder,
    refused: list[str],
) -> LaidOut:
    """Return the pages of a document; adds the addresses that it may not use to `refused`."""
    import weasyprint

    html = _document(
        weasyprint, root, make_fetcher(address_images(source.images), source.faces, refused)
    )
    standard = choose_standard(source.variant, source.page)
    notes = breaking_notes() if source.layout.notes == "page" else nullcontext()
    with notes, fitting() if source.best_lines else nullcontext(), evening():
        document = fit_pages(
            lambda: html.render(
                font_config=styles.fonts, stylesheets=list(styles.sheets), **standard.options
            ),
            html.etree_element,
        )
    refused += find_bad_links(document)
    marks = read_page_marks(document, root)
    if not PAGES[source.page].has_links:
        for page in document.pages:
            page.links = []
    return LaidOut(
        source=source, root=root, order=order, document=document, marks=marks, standard=standard
    )


def _finish(pdf: Any, claim: Callable[[], None], source: PdfInput) -> None:
    """Forbid that images are smoothed, as PDF/A wants it (ISO 19005-2 §6.2.8), and claim it.

    Pages for a printing house get what it needs, those of a booklet their places on sheets.
    """
    claim()
    if source.press is not None:
        prepare_press(pdf, source.press)
    if source.folding is not None:
        impose(pdf, source.folding)
    for made in pdf.objects:
        extra = getattr(made, "extra", {})
        if "Interpolate" in extra:
            extra["Interpolate"] = "false"


@contextmanager
def _metadata(
    document: Any, standard: Standard, producer: str, lost: list[str]
) -> Iterator[Callable[[], None]]:
    """Write the metadata of `xmp` into the file; WeasyPrint writes its older form.

    Yields what completes them once the pages are written: then it is known which lines are `lost`.

    The day of the edition becomes midnight UTC, for both creation and modification, since PDF/A
    wants the two forms to agree.  Raises BuildError if WeasyPrint does not write our metadata.
    """
    import pydyf  # type: ignore[import-untyped]

    about = document.metadata
    day = f"{about.modified}T00:00:00Z" if about.modified else ""
    about.created = about.modified = day or None
    metadata = PdfMetadata(
        title=about.title or "",
        language=about.lang or "",
        producer=producer,
        authors=tuple(about.authors),
        description=about.description or "",
        keywords=", ".join(about.keywords),
        day=day,
    )

    def include(pdf: Any, *_: object, **__: object) -> None:
        stream = pydyf.Stream([], {"Type": "/Metadata", "Subtype": "/XML"})
        pdf.add_object(stream)
        pdf.catalog["Metadata"] = stream.reference
        written.append(stream)

    def claim() -> None:
        for stream in written:
            stream.stream.append(xmp(standard, metadata, in_order=not lost))

    written: list[Any] = []
    about.include_in_pdf = include
    yield claim
    if not written:
        raise make_version_error("it did not write the metadata")


# --------------------------------------------------------------------------- the document


def _parse(xhtml: bytes) -> ElementTree.Element:
    """Return the document as WeasyPrint needs it: elements of XHTML without a namespace."""
    try:
        root = ElementTree.fromstring(xhtml)
    except ElementTree.ParseError as error:
        raise BuildError(f"the document for the PDF is not well-formed: {error}") from None
    for element in root.iter():
        element.tag = element.tag.removeprefix(_XHTML)
        if element.tag in _REFUSED_ELEMENTS:
            raise BuildError(
                f"the document for the PDF has a <{element.tag}> element",
                hint="an edition can hold text, tables, lists, images and links only",
            )
        if element.tag == "ol" and element.get("start", "").lstrip("-").isdecimal():
            _set_start(element)
    if root.tag != "html":
        raise BuildError(f"the document for the PDF is not XHTML: its root is <{root.tag}>")
    return root


def _set_start(element: ElementTree.Element) -> None:
    """Set the start of a numbered list in CSS, since WeasyPrint ignores the attribute."""
    reset = f"counter-reset: list-item {int(element.get('start', '1')) - 1}"
    element.set("style", "; ".join(filter(None, (element.get("style"), reset))))


def _document(weasyprint: Any, root: ElementTree.Element, fetcher: Any) -> Any:
    """Return an HTML document with this very tree, which no HTML parser has changed."""
    html = weasyprint.HTML(string="<html></html>", base_url=BASE, url_fetcher=fetcher)
    html.wrapper_element = html.wrapper_element.from_html_root(root, content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    return html


def warm_up() -> None:
    """Render an empty page, so that forked processes need not load and prepare the same again.

    This saves a seventh of the time of a short PDF.  Errors are ignored: each edition raises its
    own.
    """
    page = b'<html xmlns="http://www.w3.org/1999/xhtml"><head><title> </title></head><body/></html>'
    with suppress(PublishError):
        render(PdfInput(xhtml=page, css="", faces=(), images={}))


def _check_variant(variant: str) -> None:
    if variant not in STANDARDS:
        raise UsageError(f'"{variant}" is not a PDF variant', hint=did_you_mean(variant, STANDARDS))
