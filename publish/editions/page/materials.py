"""Holds the materials of an edition: images, templates, fonts, claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from publish.editions.fonts import FontFace
from publish.editions.page.lengths import choose_form, has_short_chapters
from publish.editions.page.templates import Templates
from publish.model import PAGES, Braille, Document, Form, NotePlace, PageSize
from publish.settings import Settings

__all__ = ["Layout", "Materials", "choose_layout"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the parts of a PDF are laid out.

    `notes` says where notes are.  A `two_sided` PDF has left and right pages.  `contents_depth`
    is how many levels the contents have; 0 are as many as fit two pages.  Chapters that `run_on`
    begin where the one before ends, not on a page of their own.
    """

    notes: NotePlace = "page"
    form: Form = "report"
    two_sided: bool = False
    contents_depth: int = 0
    run_on: bool = False


def choose_layout(settings: Settings, source: Document) -> Layout:
    """Return the layout of a document's PDFs, the same in every language of `source`."""
    free = settings.form == "length"
    form = choose_form(source) if free else settings.form
    return Layout(
        notes=settings.notes,
        form=form,
        two_sided=settings.two_sided,
        contents_depth=settings.contents_depth,
        run_on=form == "brief" or (free and form == "report" and has_short_chapters(source)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """All an edition is made of besides its text: image bytes by path, templates, PDF standard.

    `families` are fonts for scripts that the fonts of the theme do not cover, `own_fonts` the
    faces of files in the workspace.  `embed_fonts`
    puts fonts with the letters in use into an EPUB.  `translator` is named in an EPUB if not
    empty.  `accessibility` has the publisher's claims by the keys of
    `[tool.publish.accessibility]`.  `page` is the page size of a PDF, `layout` how its parts
    are laid out.  With `best_lines` a PDF has the best lines of whole paragraphs.
    `gathering` is how many sheets of a booklet are folded in one another at most, all if 0.
    `braille` says how a braille edition is laid out.
    """

    images: Mapping[str, bytes]
    templates: Templates
    pdf_variant: str
    families: tuple[str, ...] = ()
    own_fonts: tuple[FontFace, ...] = ()
    embed_fonts: bool = False
    translator: str = ""
    accessibility: Mapping[str, str] = field(default_factory=dict)
    page: PageSize = "a4"
    layout: Layout = field(default_factory=Layout)
    best_lines: bool = True
    gathering: int = 0
    braille: Braille = field(default_factory=Braille)

    @property
    def page_layout(self) -> Layout:
        """The layout on these pages; some kinds always have left and right pages."""
        return replace(self.layout, two_sided=self.layout.two_sided or PAGES[self.page].two_sided)
