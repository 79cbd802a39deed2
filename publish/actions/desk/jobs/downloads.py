"""What can be taken away from the desk: editions, kits, and pages about returned kits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from publish.actions.desk.jobs.received import RECEIVED
from publish.building.records import load_state
from publish.errors import UsageError
from publish.files import stays_inside
from publish.model import FORMATS, PAGES, Edition
from publish.project.workspace import Workspace

__all__ = ["Download", "find_download", "list_downloads", "name_file"]

KITS = "build/kits"
ALL = "mul"
"""The folder of editions in all languages."""

DownloadKind = Literal["edition", "kit", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file in `build/` that can be taken away; `size` in bytes, `made` in seconds since 1970.

    `name` is by what it is asked for, and no path.  `state` is that of an edition's text:
    `original` in the language of the source, empty if the file is not as it was built.
    """

    name: str
    kind: DownloadKind
    document: str = ""
    language: str = ""
    format: str = ""
    page: str = ""
    state: str = ""
    size: int = 0
    made: int = 0


def name_file(workspace: Workspace, path: Path) -> str:
    """Return the name by which a file in `build/` is asked for."""
    return path.relative_to(workspace.root / "build").as_posix().replace("/", "~")


def list_downloads(workspace: Workspace) -> tuple[Download, ...]:
    """Return what is in `build/` now: editions by document, then kits, then pages, newest first."""
    found = [one for one, _ in _find_all(workspace)]
    order = {name: number for number, name in enumerate(workspace.names)}
    tags = {tag: number for number, tag in enumerate(workspace.settings.languages)}

    def key(one: Download) -> tuple[object, ...]:
        return order.get(one.document, 0), tags.get(one.language, len(tags)), one.language, one.name

    editions = sorted((one for one in found if one.kind == "edition"), key=key)
    kits = sorted((one for one in found if one.kind == "kit"), key=key)
    pages = sorted((one for one in found if one.kind == "page"), key=lambda one: -one.made)
    return (*editions, *kits, *pages)


def find_download(workspace: Workspace, name: str) -> tuple[Download, bytes]:
    """Return a file and its bytes by its name; raises UsageError for any other name.

    The name that it has then is the one to save it under.
    """
    for one, path in _find_all(workspace, wanted=name):
        start = f"{one.language}-" if one.kind == "edition" else ""
        return replace(one, name=f"{start}{path.name}"), path.read_bytes()
    raise UsageError("this file is not there any more", hint="make it again")


def _find_all(workspace: Workspace, wanted: str | None = None) -> Iterator[tuple[Download, Path]]:
    """Yield every file, or the one that is wanted."""
    documents = set(workspace.names)
    for language in _language_folders(workspace):
        for path in _files(workspace, f"build/{language}"):
            edition = _read_edition(path.name, language, documents)
            if edition is not None and wanted in (None, name_file(workspace, path)):
                yield _make_edition(workspace, edition, language, path), path
    for path in _files(workspace, KITS):
        if wanted in (None, name_file(workspace, path)):
            document, _, tag = path.stem.rpartition(".")
            yield _make(workspace, path, "kit", document, tag), path
    received = workspace.root / RECEIVED
    for folder in _folders(received):
        for path in _files(workspace, f"{RECEIVED}/{folder}"):
            if _is_page(path) and wanted in (None, name_file(workspace, path)):
                yield _make(workspace, path, "page", "", ""), path


def _language_folders(workspace: Workspace) -> Iterator[str]:
    known = set(workspace.settings.languages)
    for folder in _folders(workspace.root / "build"):
        if folder == ALL or set(folder.split("+")) <= known:
            yield folder


def _folders(folder: Path) -> list[str]:
    if not folder.is_dir() or folder.is_symlink():
        return []
    with os.scandir(folder) as entries:
        return sorted(one.name for one in entries if one.is_dir(follow_symlinks=False))


def _files(workspace: Workspace, folder: str) -> list[Path]:
    """Return the files of a folder of the workspace; no link is followed."""
    place = workspace.root / folder
    if not place.is_dir() or place.is_symlink() or not stays_inside(place, workspace.root):
        return []
    with os.scandir(place) as entries:
        names = [one.name for one in entries if one.is_file(follow_symlinks=False)]
    return [place / name for name in sorted(names) if not name.startswith(".")]


def _read_edition(name: str, language: str, documents: set[str]) -> Edition | None:
    """Return the edition that a file is by its name, None if it is none."""
    stem, _, ending = name.rpartition(".")
    document, page = (stem, "a4") if stem in documents else stem.rpartition(".")[::2]
    kind = next((one for one in FORMATS if one == ending), None)
    size = next((one for one in PAGES if one == page), None)
    if document not in documents or kind is None or size is None:
        return None
    first, _, second = language.partition("+")
    return Edition(document=document, language=first, format=kind, page=size, second=second)


def _make_edition(workspace: Workspace, edition: Edition, language: str, path: Path) -> Download:
    page = "" if edition.page == "a4" else edition.page
    # The record of an edition in all languages is found by the folder that it is in.
    read = replace(edition, further=("",)) if language == ALL else edition
    state = load_state(workspace, read, path)
    made = _make(workspace, path, "edition", edition.document, language)
    return replace(made, page=page, state=state or "")


def _make(
    workspace: Workspace, path: Path, kind: DownloadKind, document: str, language: str
) -> Download:
    facts = path.stat()
    return Download(
        name=name_file(workspace, path),
        kind=kind,
        document=document,
        language=language,
        format=path.suffix.lstrip("."),
        size=facts.st_size,
        made=int(facts.st_mtime),
    )


def _is_page(path: Path) -> bool:
    return path.name.endswith((".not-taken.html", ".questions.html"))
