"""The style sheet of a page on the desk, and the bytes of its images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publish.actions.desk.livetext import LiveText
from publish.editions.html.pieces import IDS
from publish.editions.html.scoping import scope_style
from publish.editions.page.edition import Manuscript
from publish.editions.page.style import make_web_style
from publish.editions.page.templates import Templates, read_style_sheet
from publish.editions.page.theme import fill_own_values, read_theme
from publish.errors import PublishError
from publish.resources import find_template_folder
from publish.translation.loading import Loader

__all__ = ["PAGE", "make_live_style"]

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
