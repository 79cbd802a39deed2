"""`publish diff`: what changed in the source, for the translator of one language."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.building.past import source_path, version_of
from publish.building.preparing import interfaces
from publish.catalogs.differences import (
    SentenceChange,
    Wording,
    changes_between,
    changes_in_catalog,
)
from publish.catalogs.entries import entries_of
from publish.catalogs.pofile import catalog_of
from publish.catalogs.updating import Reuse, update_catalog
from publish.cli.catalogs import read_or_new
from publish.cli.changes import Changed, changes_html, changes_json, changes_text
from publish.cli.options import add_documents, add_workspace, opened
from publish.cli.printing import note
from publish.editions.interface import interface_of
from publish.errors import UsageError
from publish.files import write_atomic
from publish.history import Revision, resolved
from publish.languages.language import Language
from publish.model import Document
from publish.reading.places import placed
from publish.reading.segmenting import translatable, units
from publish.resources import template_folder
from publish.workspace import Workspace

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    parser.add_argument("-l", "--language", metavar="TAG", help="the translator's language")
    parser.add_argument(
        "--since",
        metavar="REV",
        help="since this commit, tag or branch (default: all that the catalog lacks)",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for other programs")
    form.add_argument("--html", type=Path, metavar="FILE", help="a page to mail to the translator")
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    language = _language(workspace, arguments.language)
    since = _since(workspace, arguments.since)
    found = [
        _changed(workspace, name, language, since)
        for name in workspace.documents(arguments.documents)
    ]
    if arguments.json:
        print(changes_json(found))
    elif arguments.html:
        folders = (workspace.root / "templates", template_folder())
        words = interface_of(language, interfaces(workspace, language))
        page = changes_html(found, folders, words, workspace.source_language)
        write_atomic(arguments.html, page.encode("utf-8", "replace"))
        note(f"{arguments.html} is written")
    else:
        for one in found:
            print(changes_text(one))
    if not arguments.quiet and not since and any(one.stale for one in found):
        note(f"next: publish update -l {language.tag} puts these changes into the catalog")
    return 0


def _language(workspace: Workspace, tag: str | None) -> Language:
    """The language asked for, or the only one that the source is translated into."""
    source = workspace.source_language.tag
    found = [one for one in workspace.languages([tag] if tag else ()) if one.tag != source]
    if len(found) != 1:
        raise UsageError("name a language that the source is translated into", hint="-l TAG")
    return found[0]


def _since(workspace: Workspace, name: str | None) -> Revision | None:
    if name is None:
        return None
    found = resolved(workspace.root, name)
    if found is None:
        hint = "name a commit, a tag or a branch of the repository that the workspace is kept in"
        raise UsageError(f"git knows no revision {name!r}", hint=hint)
    return found


def _changed(
    workspace: Workspace, name: str, language: Language, since: Revision | None
) -> Changed:
    """What changed in a document, by its catalog or, with a revision, by its history."""
    document = workspace.read(name)
    now = _wordings(workspace, document)
    po = read_or_new(workspace, language, name)
    wanted = entries_of(units(document, workspace.source_language))
    after, _ = update_catalog(po, wanted, Reuse(workspace.source_language, language))
    known = list(catalog_of(po).active())
    stale = not {entry.key for entry in wanted} <= set(known)
    changes: tuple[SentenceChange, ...]
    if since is None:
        changes = changes_in_catalog(catalog_of(after), now, known)
    else:
        past = version_of(workspace, name, since)
        if past is None:
            path = source_path(workspace, name)
            hint = "name a later one"
            raise UsageError(f"{path} was not there, or cannot be read, in {since.name}", hint=hint)
        changes = changes_between(_wordings(workspace, past), now, catalog_of(after))
    return Changed(document, language, changes, since, stale)


def _wordings(workspace: Workspace, document: Document) -> list[Wording]:
    return [
        Wording(at.unit.key, at.place)
        for at in placed(document, workspace.source_language)
        if translatable(at.unit)
    ]
