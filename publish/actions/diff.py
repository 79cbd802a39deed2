"""Compare sources with the catalogs of a language or with earlier versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.worklimits import limit_work
from publish.editions.page.interface import make_interface
from publish.errors import UsageError
from publish.languages.language import Language
from publish.pages.changeshtml import render_changes_page
from publish.po.pofile import extract_catalog
from publish.project.history import Revision, find_revision
from publish.project.pastsource import find_source_path, load_past_source
from publish.project.workspace import Workspace
from publish.reading.source import Source
from publish.resources import find_template_folder
from publish.translation.loading import Loader
from publish.translation.sourcechanges import SourceChanges, find_changes

__all__ = ["compare_sources", "find_known_revision", "make_changes_page"]


def compare_sources(
    loader: Loader,
    names: Iterable[str] = (),
    languages: Iterable[str] = (),
    *,
    since: str | None = None,
    limits: EditionLimits = EDITION_LIMITS,
) -> tuple[SourceChanges, ...]:
    """Return what changed in each document, for the translators of one language.

    Sources are compared with the catalog or, if given, with `since`: a commit, a tag or a branch.
    Raises UsageError if the language is not clear, if git does not know the revision, and if the
    revision does not have a document; PublishError for a document that goes beyond the `limits`.
    """
    workspace = loader.workspace
    language = _only_language(workspace, languages)
    revision = None if since is None else find_known_revision(workspace, since)
    found = []
    for name in workspace.documents(names):
        with limit_work(f"comparing {name}", limits):
            found.append(_compare(loader, name, language, revision))
    return tuple(found)


def _only_language(workspace: Workspace, languages: Iterable[str]) -> Language:
    found = workspace.target_languages(languages)
    if len(found) != 1:
        raise UsageError("name one language that the source is translated into", hint="-l TAG")
    return found[0]


def find_known_revision(workspace: Workspace, name: str) -> Revision:
    """Return the commit that a name means; raises UsageError if git does not know it."""
    found = find_revision(workspace.root, name)
    if found is None:
        hint = "name a commit, a tag or a branch of this workspace's repository"
        raise UsageError(f"git knows no revision {name!r}", hint=hint)
    return found


def _compare(
    loader: Loader, name: str, language: Language, since: Revision | None
) -> SourceChanges:
    source = loader.source(name)
    po = loader.catalog_or_new(language, name)
    earlier = None if since is None else _earlier(loader.workspace, name, since)
    return SourceChanges(
        source=source,
        language=language,
        changes=find_changes(source, language, po, earlier),
        stale=not source.keys <= extract_catalog(po).active().keys(),
        since=since,
    )


def _earlier(workspace: Workspace, name: str, since: Revision) -> Source:
    found = load_past_source(workspace, name, since)
    if found is None:
        path = find_source_path(workspace, name)
        raise UsageError(
            f"{path} is missing or cannot be read in {since.name}", hint="name a later revision"
        )
    return found


def make_changes_page(loader: Loader, found: Sequence[SourceChanges]) -> bytes:
    """Return the changes as an HTML page in the language of the translators."""
    workspace = loader.workspace
    language = found[0].language
    folders = workspace.template_folders(find_template_folder())
    words = make_interface(language, loader.interfaces(language))
    page = render_changes_page(found, folders, words, workspace.source_language)
    return page.encode("utf-8", "replace")
