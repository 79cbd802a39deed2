"""What several commands do with catalogs: bring one up to date, write a template."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from publish.catalogs.merging import merge_files
from publish.catalogs.pofile import PoFile, new_header, read, write
from publish.catalogs.updating import template
from publish.languages.language import Language
from publish.model import Entry
from publish.resources import interface_folder
from publish.workspace import INTERFACE, Workspace

__all__ = ["has_interface", "interface_entries", "read_or_new", "save", "write_template"]


def read_or_new(workspace: Workspace, language: Language, name: str) -> PoFile:
    """A language's catalog of a document, an empty one where there is no file yet."""
    path = workspace.catalog(language, name)
    header = new_header(language, name)
    if not path.is_file():
        return PoFile(workspace.shown(path), header)
    po = read(path, workspace.shown(path))
    return po if po.header else replace(po, header=header)


def interface_entries() -> tuple[Entry, ...]:
    """The words of the editions themselves, as the package's template has them."""
    path = interface_folder() / f"{INTERFACE}.pot"
    return tuple(record.entry for record in read(path, path.name).records)


def has_interface(language: Language) -> bool:
    """Whether the package itself speaks a language."""
    return (interface_folder() / language.folder / "LC_MESSAGES" / f"{INTERFACE}.po").is_file()


def save(path: Path, before: PoFile, after: PoFile) -> bool:
    """Writes an updated catalog; True if another program had saved it since it was read.

    What that program saved is merged in, entry by entry, so that nobody's work is lost; raises
    PublishError if it cannot be read.
    """
    now = read(path, before.file) if path.is_file() else before
    if now == before:
        write(path, after)
        return False
    write(path, merge_files(before, after, now)[0])
    return True


def write_template(workspace: Workspace, name: str, wanted: tuple[Entry, ...]) -> str:
    """Writes a document's `.pot` and returns its path as shown."""
    path = workspace.template(name)
    shown = workspace.shown(path)
    write(path, template(shown, new_header(workspace.source_language, name), wanted))
    return shown
