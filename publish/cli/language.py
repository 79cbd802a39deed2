"""`publish language add TAG`: settings, catalogs and interface catalog of a new language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from publish.catalogs.entries import entries_of
from publish.catalogs.pofile import PoFile, write
from publish.catalogs.updating import update_catalog
from publish.cli.catalogs import has_interface, interface_entries, read_or_new
from publish.cli.options import add_workspace, opened
from publish.cli.printing import note
from publish.errors import UsageError
from publish.files import write_atomic
from publish.languages.language import Language
from publish.languages.registry import find
from publish.reading.segmenting import units
from publish.settings import FILES, read_settings
from publish.workspace import INTERFACE, Workspace

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["add"])
    parser.add_argument(
        "tags", nargs="+", metavar="TAG", help="BCP 47 tags of one or more: fa, pt-BR, sr-Latn"
    )
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    languages = tuple(dict.fromkeys(map(find, arguments.tags)))
    for language in languages:
        if language.tag in workspace.settings.languages:
            raise UsageError(f"this workspace already has {language.tag}")
    catalogs = [pair for language in languages for pair in _catalogs(workspace, language)]
    for path, po in catalogs:
        write(path, po)
        note(f"{workspace.shown(path)}: {len(po.records)} sentences")
    _add_to_settings(workspace, tuple(language.tag for language in languages))
    asked = " ".join(f"-l {language.tag}" for language in languages)
    note(f"next: translate the .po files, then publish build {asked}")
    return 0


def _catalogs(workspace: Workspace, language: Language) -> Iterator[tuple[Path, PoFile]]:
    """The new catalogs of a language, those of the interface only where the package has none."""
    for name in workspace.documents():
        yield workspace.catalog(language, name), _new(workspace, language, name)
    if not has_interface(language):
        interface = update_catalog(
            read_or_new(workspace, language, INTERFACE), interface_entries()
        )[0]
        yield workspace.catalog(language, INTERFACE), interface


def _new(workspace: Workspace, language: Language, name: str) -> PoFile:
    wanted = entries_of(units(workspace.read(name), workspace.source_language))
    return update_catalog(read_or_new(workspace, language, name), wanted)[0]


def _add_to_settings(workspace: Workspace, tags: tuple[str, ...]) -> None:
    """Writes the tags into the `languages` line, then reads the settings back to be sure."""
    path = next(workspace.root / name for name in FILES if (workspace.root / name).is_file())
    before = path.read_bytes()
    text = before.decode("utf-8")
    wanted = (*workspace.settings.languages, *tags)
    listed = ", ".join(f'"{tag}"' for tag in wanted)
    changed, count = re.subn(
        r"(?m)^(\ufeff?\s*languages\s*=\s*)\[[^\]]*\]", rf"\g<1>[{listed}]", text, count=1
    )
    if count:
        write_atomic(path, changed.encode("utf-8"))
        if read_settings(workspace.root).languages == wanted:
            note(f"{path.name}: languages = [{listed}]")
            return
        write_atomic(path, before)
    note(f"add {', '.join(tags)} to the languages in {path.name} yourself: languages = [{listed}]")
