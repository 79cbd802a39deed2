"""Import a file of another program as a source of the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.worklimits import limit_work
from publish.errors import UsageError
from publish.files import write_atomic
from publish.importing.foreign import ForeignOptions, find_foreign, read_foreign
from publish.importing.keeping import keep_written
from publish.importing.losslist import render_losses
from publish.importing.results import Imported, ImportedSource
from publish.importing.usable import settle_pictures
from publish.importing.words import list_document_words
from publish.importing.writable import settle_marks
from publish.model import Document, Figure, Image, Inline, find_images, map_inlines, rebuild
from publish.project.workspace import Workspace
from publish.reading.blocks.figurelinks import map_figures
from publish.reading.blocks.headings import make_slug
from publish.reading.markdown import SourceFile, read_document
from publish.reading.writing.document import write_document

__all__ = ["import_document"]

LOSSES = ".losses.csv"
"""What the name of the list of losses beside a source ends with."""

OLD = ".old"
"""What the name of a source that was replaced ends with."""


def import_document(
    workspace: Workspace,
    path: Path,
    options: ForeignOptions | None = None,
    *,
    replace_source: bool = False,
    dry_run: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
) -> ImportedSource:
    """Make a source of a file or of a folder with a saved page, and list what it lacks.

    With `replace_source`, a source of this name is replaced; the ids of its sections, its notes to
    translators and its front matter stay, and the whole of it is kept as `NAME.md.old`.  Without,
    it is never touched.

    Raises UsageError for a source that exists and for a file that nobody here reads, PublishError
    for a file that cannot be read or goes beyond the `limits`.  Then nothing is written.
    """
    options = options or ForeignOptions()
    file = find_foreign(path)
    name = options.name or make_slug(file.stem if path.is_file() else path.name)
    target = _find_target(workspace, name, replace_source)
    language = workspace.settings.source_language
    with limit_work(f"reading {file.name}", limits):
        imported = read_foreign(file, replace(options, language=language, name=name))
        imported = settle_marks(settle_pictures(imported))
    before = workspace.read(name) if target.is_file() else None
    pictures = _name_pictures(imported, target, before)
    imported = _renamed(imported, pictures)
    document = keep_written(before, imported.document) if before else imported.document
    text = write_document(document)
    shown = workspace.shown(target)
    made = read_document(
        name,
        language,
        [SourceFile(shown, text)],
        folder=workspace.shown(target.parent),
        as_typed=workspace.settings.typography == "as-typed",
        as_text=workspace.settings.as_text,
    )
    listed = target.with_name(f"{name}{LOSSES}")
    if not dry_run:
        for picture, data in imported.pictures.items():
            write_atomic(target.parent / pictures[picture], data)
        if before is not None and target.read_bytes() != text.encode():
            write_atomic(target.with_name(f"{target.name}{OLD}"), target.read_bytes())
        write_atomic(target, text.encode())
        write_atomic(listed, render_losses(imported.losses).encode())
    return ImportedSource(
        name=name,
        file=shown,
        origin=file.name,
        pictures=tuple(
            f"{PurePosixPath(shown).parent}/{pictures[one]}" for one in imported.pictures
        ),
        losses=imported.losses,
        list_file=workspace.shown(listed),
        part=imported.part,
        words=len(list_document_words(made)),
        replaced=before is not None,
    )


def _find_target(workspace: Workspace, name: str, replace_source: bool) -> Path:
    """Return the file of a new source; raises UsageError for one that is not to be touched."""
    if name in ("", ".", "..") or "/" in name or "\\" in name or name.startswith("."):
        raise UsageError(f"{name!r} is no name for a document", hint="give another: --as report")
    source = workspace.root / "source"
    target = workspace.confined(source / f"{name}.md")
    try:
        found = workspace.source_path(name)
    except UsageError:
        if target.exists() or any(source.glob(f"{name}.m*")):
            raise
        return target
    if found != target:
        raise UsageError(
            f"there is a document {name} already, and it is no file source/{name}.md",
            hint="give the new one another name: --as NAME",
        )
    if not replace_source:
        raise UsageError(
            f"source/{name}.md exists, and an import never overwrites a source by itself",
            hint="give the new one another name with --as NAME, or replace this one with --replace",
        )
    return target


def _name_pictures(imported: Imported, target: Path, before: Document | None) -> Mapping[str, str]:
    """Return the names of the pictures beside the source, none of which is another file's."""
    own = set(find_images(before)) if before else set()
    names: dict[str, str] = {}
    for picture, data in imported.pictures.items():
        path = PurePosixPath(picture)
        for name in _candidates(path, target.stem):
            there = target.parent / name
            if name not in names.values() and (
                not there.exists() or name in own or there.read_bytes() == data
            ):
                names[picture] = name
                break
    return names


def _candidates(path: PurePosixPath, document: str) -> Iterable[str]:
    yield path.name
    yield f"{document}-{path.name}"
    number = 2
    while True:
        yield f"{document}-{path.stem}-{number}{path.suffix}"
        number += 1


def _renamed(imported: Imported, names: Mapping[str, str]) -> Imported:
    """Return an import whose document shows its pictures under their names beside the source."""

    def change(node: Inline) -> Inline:
        return replace(node, src=names.get(node.src, node.src)) if isinstance(node, Image) else node

    def change_figure(figure: Figure) -> Figure:
        return replace(figure, src=names.get(figure.src, figure.src))

    document = rebuild(
        imported.document,
        lambda prose: replace(prose, content=map_inlines(change, prose.content)),
    )
    return replace(imported, document=map_figures(document, change_figure))
