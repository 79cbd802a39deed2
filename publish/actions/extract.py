"""Write the catalog templates that translation programs start from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from publish.actions.catalogs import (
    UpdatedCatalog,
    list_begun,
    needed_entries,
    plan_update,
    save_update,
    write_template,
)
from publish.editions.page.interface import is_shown_in_editions
from publish.languages.registry import find
from publish.model import Entry
from publish.project.packedwords import list_word_folders
from publish.project.workspace import INTERFACE
from publish.translation.loading import Loader

__all__ = ["WrittenTemplate", "extract_interface", "extract_templates"]


@dataclass(frozen=True, slots=True)
class WrittenTemplate:
    """A template: its path, as shown in messages, and its number of entries."""

    file: str
    entries: int


def extract_templates(loader: Loader, names: Iterable[str] = ()) -> tuple[WrittenTemplate, ...]:
    """Write the template (`.pot`) of each document; without names, of all.

    All sources are read before anything is written.
    """
    workspace = loader.workspace
    needed = {name: needed_entries(loader, name) for name in workspace.documents(names)}
    return tuple(
        WrittenTemplate(write_template(workspace, name, entries), len(entries))
        for name, entries in needed.items()
    )


def extract_interface(loader: Loader) -> tuple[UpdatedCatalog, ...]:
    """Write the template of the interface, and update its catalogs in all languages.

    The languages of the workspace get all words.  A catalog in `locales/` of another language
    gets those that are shown in editions, and keeps others that somebody has translated.
    """
    workspace = loader.workspace
    needed, languages = _interface_entries(), workspace.languages()
    plans = [plan_update(loader, language, INTERFACE, needed) for language in languages]
    for language in map(find, list_word_folders(workspace.root / "locales")):
        if language not in languages:
            begun = list_begun(loader, language)
            words = [one for one in needed if is_shown_in_editions(one) or one.key in begun]
            plans.append(plan_update(loader, language, INTERFACE, words))
    write_template(workspace, INTERFACE, needed)
    return tuple(save_update(loader, plan) for plan in plans)


def _interface_entries() -> tuple[Entry, ...]:
    """Return the strings in templates, code and tables that readers see."""
    import publish.editions
    import publish.kits
    import publish.pages
    import publish.release
    from publish.checks.explaining import list_explanation_strings
    from publish.editions.page.interface import extract_interface as extracted
    from publish.reading.locationwords import list_location_strings
    from publish.resources import find_template_folder

    speaking = (publish.editions, publish.kits, publish.pages, publish.release)
    rooms = [Path(str(room.__file__)).parent for room in speaking]
    # The desk stands above this room, so its words are read and nothing of it is imported.
    rooms.append(Path(__file__).parents[1] / "desk")
    tables = {
        "publish/checks/explaining.py": list_explanation_strings(),
        "publish/reading/locationwords.py": list_location_strings(),
    }
    return extracted(find_template_folder(), rooms, tables)
