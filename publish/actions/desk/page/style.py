"""The style sheet of a page on the desk, and the bytes of its images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from publish.actions.desk.page.texts import LiveText
from publish.editions.html.images import MEDIA_TYPES
from publish.editions.html.pieces import IDS
from publish.editions.html.scoping import scope_style
from publish.editions.images.collecting import collect_images
from publish.editions.images.kinds import find_kind
from publish.editions.page.edition import Manuscript
from publish.editions.page.style import make_web_style
from publish.editions.page.templates import Templates, read_style_sheet
from publish.editions.page.theme import fill_own_values, read_logo, read_theme
from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Figure, Prose, Role, find_images
from publish.resources import find_template_folder
from publish.translation.loading import Loader

__all__ = ["PAGE", "PageImage", "make_live_style", "read_page_image"]

PAGE = "#page"
"""The element of the desk below which the style sheet holds."""


def make_live_style(texts: Sequence[LiveText], loader: Loader) -> str:
    """Return the style sheet of a page in these languages, confined to the element `#page`.

    Sheets and theme of a workspace that cannot be read leave those of the package.
    """
    folders = loader.workspace.template_folders(find_template_folder())
    made = [text.make_manuscript(text.outline.document, "draft") for text in texts]
    whole = replace(made[0], second=made[1]) if len(made) == 2 else made[0]
    try:
        return _make_style(whole, folders)
    except PublishError:
        return _make_style(whole, folders[-1:])


def _make_style(text: Manuscript, folders: Templates) -> str:
    theme = read_theme(folders)
    css = make_web_style(text, theme, folders)
    css += fill_own_values(read_style_sheet(folders, "live.css"), theme)
    return scope_style(css, PAGE, f"{IDS}.")


@dataclass(frozen=True, slots=True)
class PageImage:
    """An image as editions show it, without what its file tells of place and time."""

    data: bytes
    media_type: str


def read_page_image(loader: Loader, name: str, language: Language, path: str) -> PageImage | None:
    """Return an image of a document in a language by its path in the source, or a logo.

    None for what the document does not show.  Raises PublishError for a file that cannot be used.
    """
    logo = read_logo(loader.workspace.template_folders(find_template_folder()))
    if path in logo:
        return _as_image(logo[path])
    document = loader.source(name).document
    span = find_images(document).get(path)
    if span is None:
        return None
    nothing = Prose(content=(), role=Role.ALT, span=span)
    only = Figure(src=path, alt=nothing, caption=None, span=span)
    part = replace(document, language=language.tag, front=(), body=(only,), notes=())
    workspace = loader.workspace
    files = collect_images(part, workspace.image_folder(name), workspace.root).files
    return next((_as_image(data) for data in files.values()), None)


def _as_image(data: bytes) -> PageImage:
    return PageImage(data, MEDIA_TYPES[find_kind(data) or ".svg"])
