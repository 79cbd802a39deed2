"""The formats of editions, and what every part of the program has to know of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["FORMATS", "Braille", "Format", "FormatFacts"]

Format = Literal["pdf", "epub", "html", "docx", "brf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatFacts:
    """What is known of a format; `media_type` is registered with IANA.

    An edition takes `least` seconds of one core, and `each` more for every KiB of its source, on
    machine A of docs/performance.md.  On another machine all costs change by one factor, so the
    shares of several machines stay.  A format that `has_pages` is made for every page size, and
    one that `lists_pages` says where the pages of the PDF in its languages begin.  One that
    `links_languages` leads to the files of the other languages beside it, and one that
    `holds_languages` can have all of them in one file.  A file of more than `light` bytes without
    its pictures is heavy for those who open it over a telephone, and the build says so.  One
    that `marks_sentences` has each sentence between marks, so that it is found when the file
    comes back.  One that `asks_louis` is written with the tables of liblouis.
    """

    media_type: str
    least: float
    each: float
    has_pages: bool = False
    lists_pages: bool = False
    links_languages: bool = False
    holds_languages: bool = False
    light: int = 0
    marks_sentences: bool = False
    asks_louis: bool = False


FORMATS: Mapping[Format, FormatFacts] = {
    "pdf": FormatFacts(media_type="application/pdf", least=0.20, each=0.022, has_pages=True),
    "epub": FormatFacts(
        media_type="application/epub+zip", least=0.10, each=0.004, lists_pages=True
    ),
    "html": FormatFacts(
        media_type="text/html",
        least=0.02,
        each=0.002,
        links_languages=True,
        holds_languages=True,
        light=300_000,
    ),
    "docx": FormatFacts(
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        least=0.02,
        each=0.002,
        marks_sentences=True,
    ),
    # BRF is plain ASCII text; no type of its own is registered.
    "brf": FormatFacts(media_type="text/plain", least=0.05, each=0.004, asks_louis=True),
}
"""Every format; `publish/editions/writers.py` has the function that writes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Braille:
    """How a braille edition is laid out: cells of a line, lines of a page, tables of languages.

    Languages that are `contracted` use short forms.  `tables` are by language and win over the
    choice by what tables say of themselves.
    """

    cells: int = 40
    lines: int = 25
    contracted: tuple[str, ...] = ()
    tables: Mapping[str, str] = field(default_factory=dict)
