"""Renders a finished XHTML document as PDF.

The same input gives the same bytes: WeasyPrint sees only what it is given.  Whatever it logs is an
error here.

The layout of a document with extreme nesting or spans can take hours.  The caller sets limits of
time and memory and runs this in a process of its own.
"""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from publish.editions.pagination import (
    TextOrder,
    WrittenEdition,
    find_page_starts,
    read_text_order,
)
from publish.editions.pdf.complaints import find_bad_links, raise_complaints, raise_refused
from publish.editions.pdf.document import (
    PdfInput,
    lay_out_pages,
    make_styles,
    open_images,
    parse_document,
    raise_for_unknown_letters,
)
from publish.editions.pdf.engine import Styles, capture_log, load_weasyprint, seal_environment
from publish.editions.pdf.fitting.shaping import shape_document
from publish.editions.pdf.metadata import finish_file, writing_metadata
from publish.editions.pdf.objects.serialising import serialising_once
from publish.editions.pdf.parts.errors import PartDeletedError, WholeNeededError
from publish.editions.pdf.parts.splitting import Split, may_split, split_aside
from publish.editions.pdf.pinning import pinning
from publish.editions.pdf.quickstyles import looking_quickly
from publish.editions.pdf.shown.unittexts import UnitTexts
from publish.editions.pdf.standards import STANDARDS, Standard, choose_standard
from publish.editions.pdf.tags.marks import PageMarks, read_page_marks
from publish.editions.pdf.tags.tagging import painting, tagging
from publish.editions.runners import Runner, run_here
from publish.errors import BuildError, PublishError, UsageError, did_you_mean
from publish.model import PAGES, ResultStore
from publish.visible import shorten

if TYPE_CHECKING:
    from publish.editions.pdf.parts.recalling import Recalled
    from publish.editions.pdf.parts.viewing import PageView

__all__ = ["LaidOut", "PdfInput", "laying_out", "render", "view", "warm_up"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A document whose pages are laid out and not yet painted.

    `root` is the tree as it was laid out, `order` that of its text before parts of it were moved.
    `marks` are what the pages show of each element.
    """

    source: PdfInput
    root: Element
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
        document, standard = self.document, self.standard
        with (
            tagging(self.marks) as lost,
            pinning(),
            serialising_once(),
            writing_metadata(document, standard, lost) as claim,
        ):
            pdf = document.write_pdf(
                finisher=lambda _, pdf: finish_file(pdf, claim, self.source), **standard.options
            )
        return pdf, lost if standard.part else []

    def write_some(self, numbers: Sequence[int]) -> bytes:
        """Return a PDF that only shows some of the pages; all pages lose their links."""
        for page in self.document.pages:
            page.links = []
        pages = [self.document.pages[number] for number in numbers]
        with painting(self.marks), pinning(), serialising_once():
            pdf: bytes = self.document.copy(pages).write_pdf(pdf_tags=True)
        return pdf


def render(
    source: PdfInput,
    run: Runner = run_here,
    store: ResultStore | None = None,
    target: Path | None = None,
) -> WrittenEdition:
    """Return the tagged PDF of a document and where its pages begin.

    The same input gives the same bytes.  A long document is laid out in parts, which `run` may do
    in other processes; `store` keeps what was found for them.  It is written to the file `target`,
    if one is given, and not held in memory; a short one is.

    Raises BuildError for a document that is not well-formed, for an address it may not use
    (code `address-refused`) and for every problem that WeasyPrint reports (code `pdf-complaint`).
    Raises MissingPartError for a letter without a glyph and for a missing font or system library,
    and UsageError for an unknown variant.
    """
    raise_for_unknown_letters(source)
    if may_split(source):
        source = source.set_aside()  # It is read again only if it is laid out whole.
    if split := _split(source, run):
        with suppress(WholeNeededError):
            return _render_in_parts(source, split, run, store, target)
    with laying_out(source) as laid:
        pdf, lost = laid.write()
    starts = find_page_starts(laid.boxes, laid.root, laid.order)
    return WrittenEdition(pdf, starts, tuple(lost))


def _split(source: PdfInput, run: Runner) -> Split | None:
    """Return a document as parts; None if it is one part."""
    return split_aside(partial(_read, source), source, run) if may_split(source) else None


def _render_in_parts(
    source: PdfInput,
    split: Split,
    run: Runner,
    store: ResultStore | None,
    target: Path | None,
) -> WrittenEdition:
    from publish.editions.pdf.parts.book import render_in_parts
    from publish.editions.pdf.parts.laying import Setting

    with _opened_for_parts(source) as styles:
        return render_in_parts(Setting(source, styles, split), run, store, target)


@contextmanager
def _opened_for_parts(source: PdfInput) -> Iterator[Styles]:
    with _opened(source) as styles:
        if styles.refused or styles.log:
            raise WholeNeededError("faults in the style sheet")
        yield styles


def view(
    source: PdfInput,
    texts: UnitTexts,
    every: Sequence[str],
    known: Collection[str],
    store: ResultStore,
    run: Runner = run_here,
    recalled: Recalled | None = None,
) -> PageView | None:
    """Return the pages of a long document as `view_in_parts` does; None if it is laid out whole.

    What is `recalled` from the look before is not found again.
    """
    from publish.editions.pdf.parts.keeping import RenewedStore
    from publish.editions.pdf.parts.laying import Setting
    from publish.editions.pdf.parts.viewing import view_in_parts

    if split := _split(source, run):
        with suppress(WholeNeededError), _opened_for_parts(source) as styles:
            setting = Setting(source, styles, split, texts, recalled=recalled)
            for one in (store, RenewedStore(store)):
                with suppress(PartDeletedError):
                    return view_in_parts(setting, run, one, every, known)
    return None


@contextmanager
def laying_out(source: PdfInput) -> Iterator[LaidOut]:
    """Yield the laid-out pages of a document, to be written within this context.

    Raises what `render` does; at the end, too, since painting shows which glyphs are missing.
    """
    with _laying_out(source, *_read(source)) as laid:
        yield laid


def _read(source: PdfInput) -> tuple[Element, TextOrder]:
    """Return the tree of a document in the form of its PDF, and the order of its text before."""
    root = parse_document(source.read_xhtml())
    order = read_text_order(root)
    return root, replace(order, moved=shape_document(root, source.layout, source.page))


@contextmanager
def _opened(source: PdfInput) -> Iterator[Styles]:
    """Load WeasyPrint and shut it off; yield the style sheets of a document."""
    with seal_environment(), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves a file open
        load_weasyprint()
        _check_variant(source.variant)
        with _words_for_faults("the style sheet"):
            styles = make_styles(source)
        with looking_quickly():
            yield styles


@contextmanager
def _laying_out(source: PdfInput, root: Element, order: TextOrder) -> Iterator[LaidOut]:
    refused: list[str] = []
    with _opened(source) as styles:
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
    root: Element,
    order: TextOrder,
    refused: list[str],
) -> LaidOut:
    """Return the pages of a document; adds the addresses that it may not use to `refused`."""
    standard = choose_standard(source.variant, source.page)
    document = lay_out_pages(source, styles, root, standard, open_images(source, refused))
    refused += find_bad_links(document)
    marks = read_page_marks(document, root)
    if not PAGES[source.page].has_links:
        for page in document.pages:
            page.links = []
    return LaidOut(
        source=source, root=root, order=order, document=document, marks=marks, standard=standard
    )


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
