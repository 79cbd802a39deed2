"""Marks texts and images while WeasyPrint paints them, and writes our tag tree: `tagging`.

WeasyPrint only lays out and paints.  `tagging` replaces its stream and its tag tree by ours while
a file is written.  Both are private parts of the library, so a version in which they differ is an
error.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from publish.editions.harfbuzz import find_glyph
from publish.editions.pdf.letters.codes import PaintedText, add_codes, choose_letters, write_codes
from publish.editions.pdf.letters.drawing import STEP, make_painter
from publish.editions.pdf.letters.glyphs import (
    EvenWidths,
    GlyphRun,
    Run,
    list_clusters,
    measure_glyph,
    read_clusters,
    read_runs,
    soften_end,
)
from publish.editions.pdf.tags.marks import LAYOUT, PageMarks, collapse_spaces
from publish.editions.pdf.tags.tagfile import write_tag_tree
from publish.editions.privateparts import make_version_error, replacing

__all__ = ["check_library", "painting", "record", "tagging"]

_SPACES = (" ", "\u00a0")

_LAST_GLYPH = re.compile(rb"\[(.*<[0-9a-f]*)([0-9a-f]{4})>(-?[0-9.]+)?\] TJ", re.S)


@contextmanager
def tagging(pages: PageMarks) -> Iterator[list[str]]:
    """Replace WeasyPrint's stream and tag tree by ours while a PDF is written.

    Yields a list, which then gets the lines that some programs cannot find in the file.

    Raises BuildError (code `renderer-unknown`) if WeasyPrint lacks these parts or did not use them.
    """
    from weasyprint import pdf as library  # type: ignore[import-untyped]

    written: list[Any] = []

    def add_tags(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
        write_tag_tree(pdf, pages.tree, streams)
        written.append(pdf)

    with painting(pages) as lost:
        library.add_tags = add_tags
        yield lost
    if not written:
        raise make_version_error("it did not write a tag tree")


@contextmanager
def painting(pages: PageMarks) -> Iterator[list[str]]:
    """Replace WeasyPrint's stream by ours while a PDF without a tag tree is written.

    Yields a list, which then gets the lines that some programs cannot find in the file.
    """
    from weasyprint import pdf as library

    check_library(library)

    def build_fonts(pdf: Any, fonts: Any, *rest: object) -> Any:
        codes = choose_letters(fonts.values(), painted)
        lost.extend(write_codes(painted, codes))
        references = before[1](pdf, fonts, *rest)
        add_codes(pdf, references, codes)
        return references

    painted: list[PaintedText] = []
    lost: list[str] = []
    before = library.Stream, library.build_fonts_dictionary, library.add_tags
    library.Stream = _stream(library.Stream, pages, painted)
    library.build_fonts_dictionary, library.add_tags = build_fonts, lambda *_: None
    try:
        with _painting_lines():
            yield lost
    finally:
        library.Stream, library.build_fonts_dictionary, library.add_tags = before


@contextmanager
def _painting_lines() -> Iterator[None]:
    """Replace WeasyPrint's step that paints a line."""
    from weasyprint.draw import text as library  # type: ignore[import-untyped]

    step = library.draw_first_line
    if tuple(inspect.signature(step).parameters) != STEP:
        raise make_version_error("draw_first_line differs")
    with replacing(library, draw_first_line=make_painter(step)):
        yield


class _Painted(BaseException):
    """All pages are painted; no Exception, so that nothing on the way takes it for a mistake."""


def record(
    document: Any, pages: PageMarks, options: Mapping[str, object]
) -> tuple[list[Any], list[PaintedText]]:
    """Return the streams of the pages of a document and the texts in them; no file is written.

    Each stream has resources of its own, and widths that do not depend on what was painted before.
    """
    from weasyprint import pdf as library

    def stop(*_: object) -> None:
        raise _Painted

    check_library(library)
    streams: list[Any] = []
    painted: list[PaintedText] = []
    parts = {
        "_pages": pages,
        "_painted": painted,
        "_streams": streams,
        "_font_map": document.font_config.font_map,
    }
    stream = type("Recorded", (_Recording, _Marking, library.Stream), parts)
    with replacing(library, Stream=stream, build_fonts_dictionary=stop), suppress(_Painted):
        with _painting_lines():
            document.write_pdf(**options)
        raise make_version_error("it did not write fonts")
    return streams, painted


def check_library(library: Any) -> None:
    """Raise BuildError unless the private parts are as this module needs them."""
    wanted = {
        "add_tags": ["pdf", "document", "pdf_version", "page_streams"],
        "build_fonts_dictionary": ["pdf", "fonts", "compress", "subset", "options"],
        "Stream.marked": ["self", "box", "tag"],
        "Stream.push_state": ["self"],
        "Stream.pop_state": ["self"],
        "Stream.add_font": ["self", "pango_font"],
        "Stream.begin_text": ["self"],
        "Stream.end_text": ["self"],
    }
    for name, parameters in wanted.items():
        found: Any = library
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is None or list(inspect.signature(found).parameters) != parameters:
            raise make_version_error(f"{name} differs")


def _stream(base: Any, pages: PageMarks, painted: list[PaintedText]) -> Any:
    """Return a subclass of WeasyPrint's stream that marks texts and images as `pages` says."""
    return type("Tagged", (_Marking, base), {"_pages": pages, "_painted": painted})


class _Letters(dict[int, str]):
    """The letters of each glyph of a font; a glyph for two kinds of space means the plain one.

    `space` is this glyph as written in a stream; empty before it has been shown or found.
    """

    space = ""

    def __setitem__(self, glyph: int, letters: str) -> None:
        if letters in _SPACES:
            letters, self.space = " ", f"{glyph:04x}"
        super().__setitem__(glyph, letters)


_BASE: Any = object
"""A stand-in for WeasyPrint's stream, which is known only after the library is loaded."""


class _Marking(_BASE):  # type: ignore[misc]
    """A stream that marks texts and images, mixed into WeasyPrint's own.

    A mark opens where text begins, not where WeasyPrint would open it, because of the lines that
    it draws under, over and through texts.  These lines are artifacts, which may not be within
    content (ISO 14289-1 §7.1).  They are all that is drawn between `push_state` and `pop_state`.
    """

    _pages: PageMarks
    _waiting: Any = None
    _open: Any = None
    _lines: int | None = None
    _begun: int = 0
    _text_begun: int = 0
    _faces: dict[Any, Any]
    _last: tuple[Any, Any, float]
    _painted: list[PaintedText]
    shown_runs: Sequence[GlyphRun] = ()
    shown_plainly: Sequence[Run] = ()

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        self._waiting = box
        if tag == "Figure":
            self._begin(tag)
        else:
            self._lines = 0
        yield
        self._waiting = self._lines = None
        self._end()

    def push_state(self) -> None:
        if self._lines is not None:
            if not self._lines:
                self._end()
                self.stream.append(f"/Artifact <<{LAYOUT}>> BDC")
            self._lines += 1
        super().push_state()

    def pop_state(self) -> None:
        super().pop_state()
        if self._lines is not None:
            self._lines -= 1
            if not self._lines:
                self.end_marked_content()

    def begin_text(self) -> None:
        if self._waiting is not None:
            self._begin("Span")
        super().begin_text()
        self._current_font = None  # Each text names its font, or it could not be written anew.
        self._text_begun, self._faces, self.shown_runs = len(self.stream), {}, ()
        self.shown_plainly = ()

    def add_font(self, pango_font: Any) -> Any:
        font, size = super().add_font(pango_font)
        self._faces[pango_font] = font
        if type(font.to_unicode) is dict:
            font.to_unicode = _Letters(font.to_unicode)
        self._last = pango_font, font, size
        return font, size

    def _find_font(self, pango_font: Any) -> Any:
        """Return the font of the file; Pango may give the same font again as another object."""
        return self._faces.get(pango_font) or super().add_font(pango_font)[0]

    def end_text(self) -> None:
        box = self._open
        if box is not None and hasattr(box, "pango_layout"):
            spaced = box in self._pages.spaced and box not in self._pages.hyphenated
            runs = self._read_runs(box)
            if spaced:
                self._add_space(box)
            rightward = box in self._pages.artifacts or box.style["direction"] != "rtl"
            self._painted.append(
                PaintedText(
                    stream=self.stream,
                    begin=self._text_begun,
                    end=len(self.stream),
                    runs=runs,
                    spaced=spaced,
                    rightward=rightward,
                    number=self._pages.numbers.get(box, -1),
                )
            )
        super().end_text()

    def _add_space(self, box: Any) -> None:
        """Show a space after a text, or name the text with one if its font has none.

        Whether the font has shown a space on pages before does not count: those may be in a part of
        the document that is laid out by itself.
        """
        if space := self._find_space():
            _add_space(self.stream, space)
        elif box not in self._pages.actual:
            text = f"{collapse_spaces(box.text)} "
            self.stream[self._begun] = self._mark("Span", text)

    def _find_space(self) -> str:
        """Return the space of the last font of a text as written; empty if it has none."""
        pango_font, font, size = self._last
        letters = font.to_unicode
        if not letters.space:
            glyph = find_glyph(font.file_content, font.index, " ")
            if glyph is not None:
                if glyph not in font.widths:
                    font.widths[glyph] = measure_glyph(pango_font, glyph, size)
                letters[glyph] = " "
        return str(letters.space)

    def _read_runs(self, box: Any) -> Sequence[Run]:
        """Return what a text shows; a hyphen at the end of a line is soft (§14.8.2.2.3).

        After a hyphen of the text itself a soft one says that no space follows.
        """
        layout = box.pango_layout
        runs = self.shown_plainly
        if not runs:
            shown = self.shown_runs or read_runs(layout)
            runs = read_clusters(shown, layout.text.encode(), self._find_font)
        hyphenated = box in self._pages.hyphenated
        if not (hyphenated or box in self._pages.dashed) or box in self._pages.actual:
            return runs
        if hyphenated and (softened := soften_end(runs)):
            return softened
        clusters = list_clusters(runs)
        if clusters:
            last = max(clusters, key=lambda one: one.start)
            if hyphenated:
                last.text, last.soft = "\u00ad", True
            elif last.text == "-":
                last.text = "-\u00ad"
        return clusters

    def _begin(self, tag: str) -> None:
        box, self._waiting = self._waiting, None
        if box in self._pages.pieces:
            self._tags[box] = len(self._tags)
            self._begun = len(self.stream)
            actual = self._pages.actual.get(box)
            if actual is not None and box in self._pages.hyphenated:
                actual += "\u00ad"
            self.stream.append(self._mark(tag, actual))
        elif box in self._pages.artifacts:
            properties = f"{self._pages.artifacts[box]}{_actual(self._pages.actual.get(box))}"
            self.stream.append(f"/Artifact <<{properties}>> BDC")
        else:
            return
        self._open = box

    def _mark(self, tag: str, text: str | None) -> str:
        return f"/{tag} <</MCID {len(self._tags) - 1}{_actual(text)}>> BDC"

    def _end(self) -> None:
        if self._open is not None:
            self._open = None
            self.end_marked_content()


class _Recording(_BASE):  # type: ignore[misc]
    """A stream of a page that is recorded, mixed into one that marks texts."""

    _streams: list[Any]
    _font_map: Any

    def __init__(self, fonts: Any, rectangle: Any, resources: Any, *rest: Any, **more: Any) -> None:
        own = type(resources)({name: type(resources)() for name in resources})
        own["ColorSpace"] = resources["ColorSpace"]
        super().__init__(fonts, rectangle, own, *rest, **more)
        self._streams.append(self)

    def add_font(self, pango_font: Any) -> Any:
        font, size = super().add_font(pango_font)
        if type(font.widths) is dict:
            font.widths = EvenWidths(self._font_map, pango_font)
        return font, size


def _actual(text: str | None) -> str:
    """Return the property with the real text (§14.9.4); empty if it is as shown."""
    if text is None:
        return ""
    return f" /ActualText <FEFF{text.encode('utf-16-be').hex()}>"


def _add_space(stream: list[Any], glyph: str) -> None:
    """Show a space after the last glyph, unless this is already a space."""
    found = _LAST_GLYPH.fullmatch(stream[-1]) if isinstance(stream[-1], bytes) else None
    if not (found and found[2] == glyph.encode()):
        stream.append(f"[<{glyph}>] TJ")
