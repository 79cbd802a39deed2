"""The input of a PDF, its tree as WeasyPrint needs it, and its laid-out pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any
from xml.etree import ElementTree

from publish.aside import Aside, AsideBytes
from publish.editions.fontfiles import FontFace, cut_faces
from publish.editions.fonts import find_unknown_letters, make_letters_error
from publish.editions.lines.evening import evening
from publish.editions.lines.fitting import fitting
from publish.editions.page.materials import Layout
from publish.editions.pdf.engine import BASE, Styles, address_images, make_fetcher, read_styles
from publish.editions.pdf.fitting.notebreaks import breaking_notes
from publish.editions.pdf.fitting.overflow import fit_pages
from publish.editions.pdf.press.pressprofile import PressProfile
from publish.editions.pdf.press.sheets import Folding
from publish.editions.pdf.standards import Standard
from publish.errors import BuildError
from publish.model import PageSize

__all__ = [
    "PdfInput",
    "lay_out_pages",
    "make_document",
    "make_styles",
    "open_images",
    "parse_document",
    "raise_for_unknown_letters",
    "setting_lines",
]

_XHTML = "{http://www.w3.org/1999/xhtml}"

_REFUSED_ELEMENTS = frozenset({"base", "embed", "iframe", "object", "script", "style"})
"""Elements that would load something or override the style sheet, which has user origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfInput:
    """All that a PDF is made of.

    `xhtml` is a well-formed XHTML document with language, title and other metadata in its
    head.  `images` has the bytes of each image by the relative URL that the document uses.
    `css` is the style sheet without `@font-face` rules, which come from `faces`; its first `shared`
    characters are those of other editions too.
    `variant` names the standards that the file keeps, a key of STANDARDS.  `layout` says where the
    parts are, and `page` how much room there is.  With `best_lines` the lines of a paragraph are
    chosen together, not one after the other.  `theme` has the families that show all letters they
    have; others leave Latin ones to them.  `press` is the profile of a printing house, if the file
    is for one, and `folding` how its sheets are folded, if they are.  One that is set `aside` is in
    a temporary file, not in `xhtml`.
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
    shared: int = 0
    aside: AsideBytes | None = None

    @property
    def length(self) -> int:
        """How many bytes the document has."""
        return len(self.xhtml if self.aside is None else self.aside)

    def set_aside(self) -> PdfInput:
        """Return this input with the document in a temporary file, so that it takes no memory."""
        return self if self.aside else replace(self, xhtml=b"", aside=Aside().add(self.xhtml))

    def read_xhtml(self) -> bytes:
        """Return the document, wherever it is."""
        return self.xhtml if self.aside is None else self.aside.read()

    def cut_xhtml(self) -> Iterator[bytes]:
        """Yield the document in pieces."""
        yield from (self.xhtml,) if self.aside is None else self.aside.cut()


DRAWN = "0123456789- \u00a0\u2010\u2026"
"""Characters that the layout adds."""

PIECE = 1 << 16
"""How many bytes of a document are looked at together."""

TAG = re.compile(r"<[^>]*>")

ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6}) ?")
"""A character in a string of a style sheet."""


def find_letters(source: PdfInput) -> set[str]:
    """Return the characters that a document and its style sheet can show, and some more."""
    written = (chr(int(code, 16)) for code in ESCAPED.findall(source.css))
    found = {*source.css, *written, *DRAWN}
    for text in _cut(source.cut_xhtml()):
        found.update(unescape(text))
    return found


def raise_for_unknown_letters(source: PdfInput) -> None:
    """Raise MissingPartError (code `glyph-missing`) for a text in a script that no face has.

    The layout finds each letter without a glyph, but after minutes where they are thousands.
    """
    xhtml = source.read_xhtml()
    body = xhtml[xhtml.find(b"<body") :]
    letters = {letter for text in _cut((body,)) for letter in set(unescape(TAG.sub("", text)))}
    if letters := find_unknown_letters("".join(sorted(letters)), source.faces):
        raise make_letters_error(letters, {face.family for face in source.faces})


def _cut(pieces: Iterable[bytes]) -> Iterator[str]:
    """Yield the text of a document in pieces, each of which ends before a tag."""
    last = b""
    for piece in pieces:
        data, start = last + piece if last else piece, 0
        while (end := data.find(b"<", start + PIECE)) > 0:
            yield data[start:end].decode()
            start = end
        last = data[start:]
    yield last.decode()


def make_styles(source: PdfInput) -> Styles:
    """Return the style sheets of a document, with its faces cut to the letters it can show."""
    faces = cut_faces(source.faces, find_letters(source), source.theme)
    return read_styles(faces, source.css, source.shared)


def open_images(source: PdfInput, refused: list[str]) -> Any:
    """Return what gives a document its images and fonts, and adds other addresses to `refused`."""
    return make_fetcher(address_images(source.images), source.faces, refused)


@contextmanager
def setting_lines(source: PdfInput) -> Iterator[None]:
    """Let WeasyPrint set lines and notes as a document wants them."""
    notes = breaking_notes() if source.layout.notes == "page" else nullcontext()
    with notes, fitting() if source.best_lines else nullcontext(), evening():
        yield


def lay_out_pages(
    source: PdfInput, styles: Styles, root: ElementTree.Element, standard: Standard, fetcher: Any
) -> Any:
    """Return WeasyPrint's document for a tree, laid out so that all fits its pages."""
    html = make_document(root, fetcher)
    with setting_lines(source):
        return fit_pages(
            lambda: html.render(
                font_config=styles.fonts, stylesheets=list(styles.sheets), **standard.options
            ),
            html.etree_element,
        )


def parse_document(xhtml: bytes) -> ElementTree.Element:
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


def make_document(root: ElementTree.Element, fetcher: Any) -> Any:
    """Return an HTML document with this very tree, which no HTML parser has changed."""
    import weasyprint  # type: ignore[import-untyped]

    html = weasyprint.HTML(string="<html></html>", base_url=BASE, url_fetcher=fetcher)
    html.wrapper_element = html.wrapper_element.from_html_root(root, content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    return html
