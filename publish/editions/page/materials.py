"""Holds the materials of an edition: images, templates, fonts, claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from publish.editions.page.templates import Templates
from publish.model import NotePlace, PageSize

__all__ = ["Materials"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """All an edition is made of besides its text: image bytes by path, templates, PDF standard.

    `families` are fonts for scripts that the fonts of the theme do not cover.  `embed_fonts`
    puts fonts with the letters in use into an EPUB.  `translator` is named in an EPUB if not
    empty.  `accessibility` has the publisher's claims by the keys of
    `[tool.publish.accessibility]`.  `page` is the page size of a PDF, `notes` the place of its
    notes.
    """

    images: Mapping[str, bytes]
    templates: Templates
    pdf_variant: str
    families: tuple[str, ...] = ()
    embed_fonts: bool = False
    translator: str = ""
    accessibility: Mapping[str, str] = field(default_factory=dict)
    page: PageSize = "a4"
    notes: NotePlace = "page"
