"""The one page of the desk, and the words of the interface that its modules show."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from publish.editions.page.interface import Interface, find_shown_strings
from publish.editions.page.templates import Markup
from publish.languages.language import Language
from publish.pages.shell import render_page
from publish.reading.locationwords import list_location_strings

__all__ = ["SPOKEN", "list_words", "make_page", "static_folder"]

SPOKEN = "Search in both languages"
"""Where an interface knows this, the desk is in its language."""

_SHEETS = ("desk.css", "list.css", "page.css", "panel.css", "work.css")


def static_folder() -> Path:
    """Return the folder of the modules, style sheets and pictures of the page."""
    return Path(__file__).parent / "static"


def make_page(
    folders: Sequence[Path],
    interface: Interface,
    source: Language,
    *,
    token: str,
    address: Callable[[str], str],
) -> str:
    """Return the page of the desk as HTML; it has no script and no style of its own.

    `token` is what the page sends back with everything that it writes.  `address` returns the
    address of a file of the page by its name.
    """
    setup = {
        "language": interface.language.tag,
        "words": {one: interface.text(one) for one in list_words() if interface.text(one) != one},
    }
    values = {
        "token": token,
        "setup": _as_script(setup),
        "icon": address("icon.svg"),
        "sheets": tuple(map(address, _SHEETS)),
        "modules": tuple(address(path.name) for path in _modules()),
        "main": address("main.js"),
    }
    return render_page(folders, "desk.xhtml", values, interface, source)


@cache
def list_words() -> tuple[str, ...]:
    """Return the interface strings that the modules show, in English, sorted.

    Those of kinds of text are among them: `sentence`, `heading`.
    """
    texts = (path.read_text("utf-8") for path in _modules())
    found = {word for text in texts for word in find_shown_strings(text)}
    return tuple(sorted(found | set(list_location_strings())))


def _modules() -> list[Path]:
    return sorted(static_folder().glob("*.js"))


def _as_script(value: object) -> Markup:
    """Return JSON that cannot end the element that it stands in."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))
