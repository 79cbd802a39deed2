"""Compose a translation as one XHTML page, even if it has errors."""

from __future__ import annotations

from dataclasses import dataclass

from publish.building.preparing import draft_text
from publish.editions.page.edition import make_language_tree
from publish.editions.page.xhtml import serialise_xhtml
from publish.model import Coverage, Finding, Sentence
from publish.resources import find_template_folder
from publish.settings import State
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["ComposedPage", "compose_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedPage:
    """A page as XHTML: its root element, in which each sentence has the attribute `data-unit`.

    The attribute holds ids of `sentences`, separated by spaces where several are translated as
    one.  `held` are the errors for which the page shows source sentences.
    """

    xhtml: str
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
    held: tuple[Finding, ...]
    coverage: Coverage
    state: State


def compose_page(
    loader: Loader, translation: Translation, *, use_fuzzy: bool = False
) -> ComposedPage:
    """Return a translation as a page in which every sentence has its id.

    The translation need not be saved: see `Translation.with_catalog`.  Wrong or missing texts
    raise no error: the page shows the source sentence instead, marked.
    """
    draft = draft_text(loader, translation, use_fuzzy=use_fuzzy, marked=True)
    folders = loader.workspace.template_folders(find_template_folder())
    return ComposedPage(
        xhtml=serialise_xhtml(make_language_tree(draft.text, folders)),
        sentences=translation.source.sentences,
        findings=draft.findings,
        held=draft.held.findings,
        coverage=draft.text.coverage,
        state=draft.text.state,
    )
