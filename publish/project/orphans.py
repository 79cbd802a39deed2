"""Find catalogs whose source is gone, as after it was renamed or split."""

from __future__ import annotations

from collections.abc import Iterator

from publish.languages.language import Language
from publish.model import Finding, Level, Span
from publish.project.workspace import INTERFACE, Workspace

__all__ = ["list_catalog_places", "list_orphan_catalogs", "tell_orphans"]


def list_orphan_catalogs(workspace: Workspace, language: Language) -> tuple[str, ...]:
    """Return the names of the catalogs of a language that have no source, in order."""
    return _list_others(workspace, language, _list_known(workspace))


def _list_known(workspace: Workspace) -> set[str]:
    """Return the names of what is in `source/`, whether it can be read or not."""
    source = workspace.root / "source"
    known = {path.name if path.is_dir() else path.stem for path in source.glob("*")}
    return known | {INTERFACE, *workspace.documents()}


def _list_others(workspace: Workspace, language: Language, known: set[str]) -> tuple[str, ...]:
    folder = workspace.catalog(language, INTERFACE).parent
    return tuple(sorted({path.stem for path in folder.glob("*.po")} - known))


def list_catalog_places(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Yield each document with each language that it is translated into, by tag.

    Documents that are gone are among them, as far as their catalogs are left.
    """
    for language in workspace.target_languages():
        for name in (*workspace.documents(), *list_orphan_catalogs(workspace, language)):
            yield name, language.tag


def tell_orphans(workspace: Workspace, *languages: Language) -> tuple[Finding, ...]:
    """Return a warning (`catalog-orphan`) for each catalog of some languages without a source."""
    known = _list_known(workspace)
    return tuple(
        Finding(
            code="catalog-orphan",
            level=Level.WARNING,
            message=f"there is no source/{name}.md for this catalog",
            span=Span(workspace.shown(workspace.catalog(language, name)), 1, 1),
            hint="if the source was renamed, run publish update and delete this file",
        )
        for language in languages
        for name in _list_others(workspace, language, known)
    )
