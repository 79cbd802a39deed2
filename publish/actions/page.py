"""Compose a document in a language as one page, whatever is wrong with its translation."""

from __future__ import annotations

from dataclasses import dataclass

from publish.building.preparing import draft_text
from publish.editions.page.blocks import serialise_xhtml
from publish.editions.page.edition import edition_tree
from publish.model import Coverage, Finding, Sentence
from publish.resources import template_folder
from publish.settings import State
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["ComposedPage", "compose_page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedPage:
    """A page as XHTML: its root element, in which sentences have the attribute `data-unit`.

    The attribute holds the ids of `sentences`, by spaces where one translation tells several.
    `held` are the errors for which sentences stand in the source language.
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
    """Return a translation as a page that shows where each sentence stands.

    The translation need not be saved: see `Translation.with_catalog`.  Wrong or missing texts
    raise nothing: the source sentence stands in their place, marked.
    """
    draft = draft_text(loader, translation, use_fuzzy=use_fuzzy, marked=True)
    folders = loader.workspace.template_folders(template_folder())
    return ComposedPage(
        xhtml=serialise_xhtml(edition_tree(draft.text, folders)),
        sentences=translation.source.sentences,
        findings=draft.findings,
        held=draft.held.findings,
        coverage=draft.text.coverage,
        state=draft.text.state,
    )
