"""What several commands do with catalogs: bring one up to date, write a template."""

from __future__ import annotations

from publish.catalogs.pofile import PoFile, new_header, read, write
from publish.catalogs.updating import Summary, template, updated
from publish.languages.language import Language
from publish.model import Entry
from publish.workspace import Workspace

__all__ = ["update_catalog", "write_template"]


def update_catalog(
    workspace: Workspace, language: Language, name: str, wanted: tuple[Entry, ...]
) -> tuple[PoFile, Summary]:
    """A language's catalog as it will be, made anew where there is none."""
    path = workspace.catalog(language, name)
    if path.is_file():
        po = read(path, workspace.shown(path))
    else:
        po = PoFile(workspace.shown(path), new_header(language, name))
    return updated(po, wanted)


def write_template(workspace: Workspace, name: str, wanted: tuple[Entry, ...]) -> str:
    """Writes a document's `.pot` and returns its path as shown."""
    path = workspace.template(name)
    shown = workspace.shown(path)
    write(path, template(shown, new_header(workspace.source_language, name), wanted))
    return shown
