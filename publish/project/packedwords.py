"""Find the catalog of the package that has the program's own words in a language."""

from __future__ import annotations

from pathlib import Path

from publish.languages.language import Language
from publish.languages.registry import serves
from publish.project.workspace import INTERFACE
from publish.resources import find_interface_folder

__all__ = ["find_packed_words", "list_word_folders"]


def list_word_folders(locales: Path) -> list[str]:
    """Return the names of the folders in `locales/` that have an interface catalog, sorted."""
    return sorted(path.parent.parent.name for path in locales.glob(f"*/{_inside()}"))


def find_packed_words(language: Language) -> Path | None:
    """Return the path of the package's interface catalog of a language, None if it has none.

    A regional form without a catalog of its own takes that of its language and script: `pt-BR`
    takes `pt`, and `zh-CN` takes `zh-Hans`.
    """
    folder = find_interface_folder()
    path = folder / language.folder / _inside()
    if path.is_file():
        return path
    near = [name for name in list_word_folders(folder) if serves(name, language.tag)]
    return folder / min(near, key=len) / _inside() if near else None


def _inside() -> Path:
    return Path("LC_MESSAGES") / f"{INTERFACE}.po"
