"""Puts links to the other languages into a finished page.

A page is the same whatever lies beside it, until these links are put in: after a build for the
files in `build/`, and once more for a release, whose files have other names.  Putting them in again
replaces those that are there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from publish.editions.page.templates import Markup
from publish.languages.cldr import find_language_name
from publish.languages.registry import find
from publish.model import FORMATS, Edition

__all__ = ["SWITCH", "LanguageLink", "put_switch", "remove_switch"]

SWITCH = "edition-languages"
"""The id of the element with the links."""

_LIST = re.compile(rf'(<nav id="{SWITCH}"[^>]*?)(?: hidden="hidden")?><ul>.*?</ul></nav>'.encode())
_LINK = Markup('<li><a href="{}"{}>{}</a></li>')
_ATTRIBUTES = Markup(' lang="{}" dir="{}"')
_NAME = Markup("<span{}>{}</span>")


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A link to an edition in a language, or in two; `here` is the page that has the link."""

    edition: Edition
    href: str
    here: bool = False


def put_switch(data: bytes, links: Sequence[LanguageLink]) -> bytes:
    """Return a page with these links; where none leads to another page, they are not shown.

    They are in the order of their languages, with two languages side by side last.
    """
    shown = any(not link.here for link in links)
    items = "".join(map(_item, sorted(links, key=_place))) if shown else ""
    hidden = "" if shown else ' hidden="hidden"'
    # The first such element is the page's own: what a text says is escaped.
    return _LIST.sub(
        lambda found: found[1] + f"{hidden}><ul>{items}</ul></nav>".encode(), data, count=1
    )


def remove_switch(edition: Edition, data: bytes) -> bytes:
    """Return the file of an edition as its writer made it, without links to other languages."""
    return put_switch(data, ()) if FORMATS[edition.format].links_languages else data


def _place(link: LanguageLink) -> tuple[bool, str, str]:
    edition = link.edition
    return bool(edition.second), edition.language, edition.second


def _item(link: LanguageLink) -> str:
    edition = link.edition
    more = Markup(' aria-current="page"') if link.here else Markup("")
    tags = [tag for tag in (edition.language, edition.second) if tag]
    if len(tags) == 1:
        name: str = _name(tags[0])
        more = Markup(' hreflang="{}"{}{}').format(tags[0], _attributes(tags[0]), more)
    else:
        name = Markup(" + ").join(_NAME.format(_attributes(tag), _name(tag)) for tag in tags)
    return _LINK.format(quote(link.href), more, name)


def _attributes(tag: str) -> Markup:
    return _ATTRIBUTES.format(tag, find(tag).direction)


def _name(tag: str) -> str:
    """Return the name of a language in that language, as it is written on its own."""
    name = find_language_name(tag, find(tag))
    return name[:1].title() + name[1:]
