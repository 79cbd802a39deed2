"""Loads WeasyPrint and shuts it off: what it may load, its style sheets, its log.

It sees the given bytes and font files only: no other file, no address, no font of the machine.
The first call loads the library, so that importing this module costs nothing.
"""

from __future__ import annotations

import atexit
import ctypes.util
import io
import logging
import os
import re
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urljoin

from publish.editions.fontfiles import FontFace, read_face
from publish.editions.fonts import write_face_css
from publish.editions.images.drawings import map_embedded
from publish.editions.pdf.deferring import deferring
from publish.errors import MissingPartError

__all__ = [
    "BASE",
    "Styles",
    "address_images",
    "capture_log",
    "load",
    "load_weasyprint",
    "make_fetcher",
    "read_styles",
    "seal_environment",
]

BASE = "https://edition.invalid/"
"""The address that the document seems to have; `.invalid` is never resolved (RFC 6761 §6.4)."""


@contextmanager
def seal_environment() -> Iterator[None]:
    """Set two environment variables that WeasyPrint's libraries read, and restore them afterwards.

    FONTCONFIG_FILE names a configuration without folders, which shuts out the fonts of the
    machine.  SOURCE_DATE_EPOCH stops fontTools from writing the time of day into a static font
    that it makes from a variable one.
    """
    wanted = {
        "FONTCONFIG_FILE": str(files("publish.editions").joinpath("fontconfig.xml")),
        "SOURCE_DATE_EPOCH": "0",
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def load() -> None:
    """Load WeasyPrint now, so that processes forked from this one share it."""
    with seal_environment():
        load_weasyprint()


def load_weasyprint() -> Any:
    """Return the module of WeasyPrint; its advice on stdout and its warnings are dropped.

    Raises MissingPartError (code `library-missing`) if one of its system libraries is missing.
    """
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            with suppress(OSError), _plain_library_names(), deferring(SELDOM):
                import weasyprint  # type: ignore[import-untyped]
            import weasyprint  # searches everywhere if the first import found no libraries
    except (ImportError, OSError) as error:
        raise MissingPartError(
            f"the PDF renderer cannot be loaded: {error}",
            hint="install Pango and HarfBuzz: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0",
            code="library-missing",
        ) from None
    return weasyprint


SELDOM = {
    "fontTools.subset": ("Options", "Subsetter"),
    "fontTools.ttLib.woff2": ("decompress",),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""Modules that WeasyPrint imports and needs only where HarfBuzz cannot cut a font, and what it
calls of them.  With what they import they are a tenth of its time to load."""


@contextmanager
def _plain_library_names() -> Iterator[None]:
    """Let libraries be found by their file names only, as the system's loader does.

    WeasyPrint tries names of other systems first, and Python runs a compiler and a linker for each
    of them.  This was a third of the loading time.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


# --------------------------------------------------------------------------- what it may load


def address_images(images: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the images, and those within SVGs, by the addresses that WeasyPrint asks for."""
    return {_absolute(path): content for path, content in images.items()} | map_embedded(images)


def _absolute(path: str) -> str:
    """Return the address that WeasyPrint asks for if the document has `path`."""
    return quote(urljoin(BASE, path), safe="/:?#[]@!$&'()*+,;=~%")


def make_fetcher(
    images: Mapping[str, bytes], faces: tuple[FontFace, ...], refused: list[str]
) -> Any:
    """Return a fetcher that gives these images and fonts and adds other addresses to `refused`.

    It also raises, but WeasyPrint catches errors within SVG and fonts, so the list is needed.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

    fonts = {face.address: face for face in faces}

    class KnownOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:
            if url in images:
                return URLFetcherResponse(url, images[url])
            if url in fonts:
                return URLFetcherResponse(url, read_face(fonts[url]))
            refused.append(url)
            raise ValueError("not part of this edition")

    return KnownOnly()


# --------------------------------------------------------------------------- its style sheets

PAIRS = (("{", "}"), ("(", ")"), ("[", "]"), ("/*", "*/"))

OF_A_SHEET = re.compile(r"@(?:charset|import|layer|namespace)|\\\n", re.I)
"""Rules that hold for all of a style sheet or only at its start, and a line that is continued."""

LOADING = re.compile(r"@(?:font-face|color-profile|[\w-]*\\)", re.I)
"""Rules that load a file, and the name of one that may, since a letter of it is escaped."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Style sheets that WeasyPrint has read, their faces, refused addresses and its log."""

    faces: tuple[FontFace, ...]
    fonts: Any
    sheets: tuple[Any, ...]
    refused: tuple[str, ...]
    log: tuple[logging.LogRecord, ...]


@lru_cache(maxsize=16)
def read_styles(faces: tuple[FontFace, ...], css: str, shared: int = 0) -> Styles:
    """Return the rules of these faces and of a style sheet, read once in a process.

    A style sheet depends on the language, and large fonts on the document; few are kept.  Its first
    `shared` characters are those of other languages as well, so they are read once for all.
    """
    rules, lines = _font_rules(faces), 0
    if shared and _can_be_cut(css, shared):
        rules, lines = _shared_rules(faces, css[:shared]), css.count("\n", 0, shared)
        css = css[shared:]
    # Empty lines stand for those before, so that messages name the same lines.
    return _join(rules, _read("\n" * lines + css, faces, rules.fonts))


@lru_cache(maxsize=16)
def _shared_rules(faces: tuple[FontFace, ...], css: str) -> Styles:
    """Return the font rules and the rules that style sheets of several languages begin with."""
    rules = _font_rules(faces)
    if LOADING.search(css):
        return _join(rules, _read(css, faces, rules.fonts))
    return _join(rules, _plain_rules(css))


@lru_cache(maxsize=16)
def _plain_rules(css: str) -> Styles:
    """Return rules that load no file: they are the same whatever the fonts are."""
    return _read(css, (), None)


def _can_be_cut(css: str, at: int) -> bool:
    """Return whether two style sheets say the same as one that is cut at a place.

    A rule that is not closed goes on, and some rules hold for a whole style sheet.
    """
    ended = css[:at].endswith("\n") and all(
        css.count(one, 0, at) == css.count(other, 0, at) for one, other in PAIRS
    )
    return ended and not OF_A_SHEET.search(css)


@lru_cache(maxsize=16)
def _font_rules(faces: tuple[FontFace, ...]) -> Styles:
    """Return the font rules; their files are in a temporary folder until the process ends."""
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

    atexit.register(_forget_styles)
    return _read(write_face_css(faces), faces, FontConfiguration())


def _forget_styles() -> None:
    """Drop all fonts, so that their files are removed; must be called before Python shuts down."""
    read_styles.cache_clear()
    _shared_rules.cache_clear()
    _plain_rules.cache_clear()
    _font_rules.cache_clear()


def _read(css: str, faces: tuple[FontFace, ...], fonts: Any) -> Styles:
    """Read a style sheet; it may load the faces only."""
    import weasyprint

    refused: list[str] = []
    fetcher = make_fetcher({}, faces, refused)
    with capture_log() as log:
        sheet = weasyprint.CSS(string=css, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
    return Styles(faces, fonts, (sheet,), tuple(refused), tuple(log))


def _join(before: Styles, after: Styles) -> Styles:
    """Return style sheets with those that come after them."""
    return replace(
        before,
        sheets=(*before.sheets, *after.sheets),
        refused=(*before.refused, *after.refused),
        log=(*before.log, *after.log),
    )


# --------------------------------------------------------------------------- its log


class _Kept(logging.Handler):
    """A log handler that keeps records instead of printing them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def capture_log() -> Iterator[list[logging.LogRecord]]:
    """Collect the warnings and errors that WeasyPrint logs; no other handler gets them."""
    logger = logging.getLogger("weasyprint")
    handler, before = _Kept(), (logger.propagate, logger.level)
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield handler.records
    finally:
        logger.removeHandler(handler)
        logger.propagate, level = before
        logger.setLevel(level)
