"""What all pages share: the templates, and the languages that they are in and show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from publish.editions.page.interface import Interface
from publish.languages.language import Language

__all__ = ["render_page"]


def render_page(
    folders: Sequence[Path],
    name: str,
    values: Mapping[str, object],
    interface: Interface,
    source: Language,
) -> str:
    """Return a template filled in, as one page without scripts or addresses.

    `folders` hold the templates, the first one that has it wins.  To the values come the tag and
    the direction of the interface's language, and those of the source's.
    """
    # The template engine is loaded only where a page is wanted.
    from publish.editions.page.templates import render_template

    shared: dict[str, object] = {
        "language": interface.language.tag,
        "direction": interface.language.direction,
        "source_language": source.tag,
        "source_direction": source.direction,
    }
    return render_template(folders, name, {**shared, **values}, interface)
