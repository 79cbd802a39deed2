"""Add languages to a workspace: create their catalogs and name them in the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from publish.actions.catalogs import (
    UpdatedCatalog,
    needed_entries,
    plan_interface,
    plan_update,
    save_update,
)
from publish.errors import UsageError
from publish.files import write_atomic
from publish.languages.registry import find
from publish.project.workspace import Workspace
from publish.settings import FILES, read_settings
from publish.translation.loading import Loader

__all__ = ["AddedLanguages", "add_languages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedLanguages:
    """The tags of new languages, their catalogs, and the file of the settings.

    `line` is the line that the file `settings` needs.  `changed` says whether it was written: the
    file is left as it is if its list of languages is written in an unusual way.
    """

    tags: tuple[str, ...]
    catalogs: tuple[UpdatedCatalog, ...]
    settings: str
    line: str
    changed: bool


def add_languages(loader: Loader, tags: Iterable[str]) -> AddedLanguages:
    """Create the catalogs of new languages and add their tags to the settings.

    Raises UsageError for an unknown tag, and for a language that the workspace already has.
    """
    workspace = loader.workspace
    languages = tuple(dict.fromkeys(map(find, tags)))
    for language in languages:
        if language.tag in workspace.settings.languages:
            raise UsageError(f"this workspace already has {language.tag}")
    plans = []
    for language in languages:
        for name in workspace.documents():
            plans.append(plan_update(loader, language, name, needed_entries(loader, name)))
        plans += plan_interface(loader, language)
    saved = tuple(save_update(loader, plan) for plan in plans)
    added = tuple(language.tag for language in languages)
    settings, line, changed = _add_to_settings(workspace, added)
    return AddedLanguages(tags=added, catalogs=saved, settings=settings, line=line, changed=changed)


def _add_to_settings(workspace: Workspace, tags: tuple[str, ...]) -> tuple[str, str, bool]:
    """Write the tags to the `languages` line; undo it if the settings then read differently."""
    path = next(workspace.root / name for name in FILES if (workspace.root / name).is_file())
    before = path.read_bytes()
    wanted = (*workspace.settings.languages, *tags)
    listed = ", ".join(f'"{tag}"' for tag in wanted)
    line = f"languages = [{listed}]"
    pattern = r"(?m)^(\ufeff?\s*languages\s*=\s*)\[[^\]]*\]"
    text, count = re.subn(pattern, rf"\g<1>[{listed}]", before.decode("utf-8"), count=1)
    if count:
        write_atomic(path, text.encode("utf-8"))
        if _languages_read(workspace) == wanted:
            return path.name, line, True
        write_atomic(path, before)
    return path.name, line, False


def _languages_read(workspace: Workspace) -> tuple[str, ...]:
    """Return the languages that the settings now name, or none if they cannot be read."""
    try:
        return read_settings(workspace.root).languages
    except UsageError:
        return ()
