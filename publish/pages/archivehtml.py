"""All documents in all languages on one page of HTML: how far each is, and where it can be read.

The page is a list for each document, not one wide table: so it fits on a telephone, and a screen
reader says the language and its state together.  Each state is told in the language that it is
about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publish.editions.page.interface import Interface
from publish.languages.cldr import find_language_name, format_whole_number, format_whole_percent
from publish.languages.language import Language
from publish.languages.registry import find

__all__ = ["ArchiveCell", "ArchiveRow", "render_archive", "render_archive_page"]

ORIGINAL, ABSENT = "original", "absent"


@dataclass(frozen=True, slots=True)
class ArchiveCell:
    """A document in a language.

    `state` is `original`, `draft`, `reviewed`, `approved`, or `absent` where there is no
    translation; `href` leads to the edition, and `percent` is how much of it is translated.
    """

    language: str
    state: str
    href: str = ""
    percent: int = 100


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """A document in all languages; `language` is that of its title, empty for a mere name."""

    document: str
    title: str
    language: str
    cells: tuple[ArchiveCell, ...]


def render_archive(
    folders: Sequence[Path],
    rows: Sequence[ArchiveRow],
    interface: Interface,
    interfaces: Mapping[str, Interface],
) -> str:
    """Return the main part of the page; its own words are those of `interface`.

    `interfaces` has the words of each language by its tag.
    """
    from publish.editions.page.templates import render_template

    values = {
        "states": [_state_words(interface, state) for state in _list_states(rows)],
        "counts": _count(rows, interface) if len(rows) > 1 else [],
        "rows": [_row(row, interfaces) for row in rows],
    }
    return render_template(folders, "release-archive.xhtml", values, interface)


def render_archive_page(folders: Sequence[Path], main: str, interface: Interface) -> bytes:
    """Return the page by itself, with this main part; it loads nothing and leads nowhere else."""
    from publish.editions.page.templates import Markup, read_style_sheet, render_template
    from publish.editions.page.theme import fill_theme_values, read_theme

    css = fill_theme_values(read_style_sheet(folders, "release.css"), read_theme(folders))
    values = {
        "language": interface.language.tag,
        "direction": interface.language.direction,
        "title": interface.text("Documents and languages"),
        "css": Markup(css),
        "main": Markup(main),
        "home": "",
        "alternates": [],
        "feeds": [],
        "languages": [],
    }
    return render_template(folders, "release-shell.xhtml", values, interface).encode()


def _list_states(rows: Sequence[ArchiveRow]) -> list[str]:
    """Return the states that occur, the best first."""
    found = {cell.state for row in rows for cell in row.cells}
    return [one for one in (ORIGINAL, "approved", "reviewed", "draft", ABSENT) if one in found]


def _count(rows: Sequence[ArchiveRow], interface: Interface) -> list[dict[str, object]]:
    """Return how many documents are in each state, by language."""
    counts = Counter((cell.language, cell.state) for row in rows for cell in row.cells)
    states = _list_states(rows)
    return [
        _named(find(tag))
        | {
            "numbers": [
                format_whole_number(counts[tag, state], interface.language) for state in states
            ]
        }
        for tag in dict.fromkeys(cell.language for row in rows for cell in row.cells)
    ]


def _row(row: ArchiveRow, interfaces: Mapping[str, Interface]) -> dict[str, object]:
    cells = [
        _named(find(cell.language))
        | {
            "href": cell.href,
            "state": cell.state,
            "words": _cell_words(cell, interfaces[cell.language]),
        }
        for cell in row.cells
    ]
    return {
        "id": f"document-{row.document}",
        "title": row.title,
        "tag": row.language,
        "direction": find(row.language).direction if row.language else "",
        "cells": cells,
    }


def _named(language: Language) -> dict[str, object]:
    """Return a language as a template names it: by its own name."""
    name = find_language_name(language.tag, language)
    name = name[:1].title() + name[1:]
    return {"tag": language.tag, "direction": language.direction, "name": name}


def _cell_words(cell: ArchiveCell, interface: Interface) -> object:
    """Return a state in words, with the percentage of a translation that is not whole."""
    from publish.editions.page.templates import Markup

    words = _state_words(interface, cell.state)
    if cell.state in (ORIGINAL, ABSENT) or cell.percent >= 100:
        return words
    return Markup("{} ·\u00a0{}").format(
        words, format_whole_percent(cell.percent, interface.language)
    )


def _state_words(interface: Interface, state: str) -> object:
    """Return what a state is called, marked as English if it is not translated."""
    from publish.editions.page.templates import marked_text

    match state:
        case "original":
            return marked_text(interface, "Original")
        case "approved":
            return marked_text(interface, "Approved translation")
        case "reviewed":
            return marked_text(interface, "Reviewed translation")
        case "draft":
            return marked_text(interface, "Draft translation, not reviewed")
        case _:
            return marked_text(interface, "Not translated")
