"""Holds the words that editions add to a text: contents, page, state, imprint.

They are written in English in templates and code, collected by Babel into `locales/publish.pot`,
and translated in `locales/LANG/LC_MESSAGES/publish.po`.  Only this file imports Babel's extraction.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publish.languages.language import Language
from publish.model import Catalog, Entry

__all__ = [
    "Interface",
    "extract_interface",
    "find_shown_strings",
    "is_shown_in_editions",
    "make_interface",
    "plain_text",
]

CODE = ("*.py", "*.js")
"""The files that show interface strings."""

_SHOWN = re.compile(r'\bt\(\s*"((?:[^"\\]|\\.)*)"')

OTHER_PAGES = tuple(
    f"templates/{name}" for name in ("changes", "desk", "findings", "kit-", "release-")
)
"""The templates of pages that are not editions: for translators, and for a release."""

ARCHIVE = ("publish/pages/archivehtml.py", "templates/release-archive.xhtml")
"""The page of all documents, which tells each language in itself."""


@dataclass(frozen=True, slots=True)
class Interface:
    """The interface strings of a language; those not translated stay English."""

    language: Language
    strings: Mapping[str, str]

    def text(self, message: str) -> str:
        """Return the translation of a message, or the message."""
        return self.strings.get(message, message)

    def knows(self, message: str) -> bool:
        """Return whether the text shown for a message is in the interface's language."""
        return message in self.strings or self.language.tag.partition("-")[0] == "en"


def plain_text(interface: Interface, message: str) -> str:
    """Return an interface string as plain text; calls of this name are extracted."""
    return interface.text(message)


def make_interface(language: Language, catalogs: Sequence[Catalog]) -> Interface:
    """Return the interface of a language; entries of earlier catalogs win over later ones."""
    strings: dict[str, str] = {}
    for catalog in reversed(catalogs):
        for entry in catalog.active().values():
            if entry.translated:
                strings[entry.msgid] = entry.msgstr
    return Interface(language, strings)


def extract_interface(
    templates: Path, rooms: Sequence[Path], more: Mapping[str, Iterable[str]]
) -> tuple[Entry, ...]:
    """Return every interface string of the templates and of the code of some rooms.

    Code is Python, or the modules that a page runs in a browser.  `more` has strings from tables,
    by the file of the table.  Entries are sorted by msgid; their references name files without
    lines.
    """
    found: dict[str, set[str]] = {}
    for path in sorted(templates.glob("*.xhtml")):
        for message in _messages("jinja2.ext:babel_extract", path, ("_", "t")):
            found.setdefault(message, set()).add(f"templates/{path.name}")
    code = {path: room for room in rooms for kind in CODE for path in room.rglob(kind)}
    for path, room in sorted(code.items()):
        for message in _code_strings(path):
            found.setdefault(message, set()).add(
                f"publish/{path.relative_to(room.parent).as_posix()}"
            )
    for file, messages in more.items():
        for message in messages:
            found.setdefault(message, set()).add(file)
    return tuple(
        Entry(msgid=message, references=tuple(sorted(places)))
        for message, places in sorted(found.items())
    )


def is_shown_in_editions(entry: Entry) -> bool:
    """Return whether readers of all languages meet an interface string, by its references.

    They do in editions, and on the page of all documents.
    """
    return any(
        place.startswith(("publish/editions/", *ARCHIVE))
        or (place.startswith("templates/") and not place.startswith(OTHER_PAGES))
        for place in entry.references
    )


def _code_strings(path: Path) -> Iterator[str]:
    if path.suffix == ".js":
        return find_shown_strings(path.read_text("utf-8"))
    return _messages("python", path, ("plain_text", "marked_text"))


def find_shown_strings(module: str) -> Iterator[str]:
    """Yield the interface strings that a module of JavaScript shows, with `t("…")`.

    Babel passes over those within texts that have code in them.
    """
    for found in _SHOWN.findall(module):
        yield json.loads(f'"{found}"')


def _messages(method: str, path: Path, names: tuple[str, ...]) -> Iterator[str]:
    from babel.messages.extract import extract

    keywords = {name: (2,) if name.endswith("_text") else None for name in names}
    with path.open("rb") as file:
        for _, message, _, _ in extract(method, file, keywords=keywords):
            yield message if isinstance(message, str) else message[0]
