"""What a manuscript is laid out with, beside its own text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from publish.editions.page.templates import Templates
from publish.model import PageSize

__all__ = ["Layout"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a manuscript is laid out with: image bytes by path, templates, the PDF standard.

    `families` are fonts beside those of the theme, for scripts that those do not cover.
    `embed_fonts` puts the letters that are used into an EPUB; `translator` is named in it if a
    publisher wants it; `accessibility` are the publisher's claims, by the names of
    `[tool.publish.accessibility]`.
    """

    images: Mapping[str, bytes]
    templates: Templates
    pdf_variant: str
    families: tuple[str, ...] = ()
    embed_fonts: bool = False
    translator: str = ""
    accessibility: Mapping[str, str] = field(default_factory=dict)
    page: PageSize = "a4"
