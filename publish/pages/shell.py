"""Fill in the template of an HTML page."""

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
    """Return a template filled in with values.

    The template is taken from the first of the `folders` that has it.  The tag and the direction
    of the interface's language, and those of the source's language, are added to the values.
    """
    # The template engine is slow to load, and most commands make no page.
    from publish.editions.page.templates import render_template

    shared: dict[str, object] = {
        "language": interface.language.tag,
        "direction": interface.language.direction,
        "source_language": source.tag,
        "source_direction": source.direction,
    }
    return render_template(folders, name, {**shared, **values}, interface)
