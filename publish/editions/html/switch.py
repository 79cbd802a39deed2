"""Puts links to the other languages into a finished page.

A page is the same whatever lies beside it, until these links are put in: after a build for the
files in `build/`, and once more for a release, whose files have other names.  Putting them in again
replaces those that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from urllib.parse import quote

from publish.editions.page.templates import Markup
from publish.languages.cldr import find_language_name
from publish.languages.registry import find
from publish.model import FORMATS, Edition

__all__ = [
    "SWITCH",
    "LanguageLink",
    "find_parts",
    "list_links",
    "name_language",
    "put_switch",
    "remove_switch",
]

SWITCH = "edition-languages"
"""The id of the element with the links."""

_LIST = re.compile(
    rf'(<(nav|div) id="{SWITCH}"[^>]*?)(?: hidden="hidden")?><ul>.*?</ul></\2>'.encode()
)
_PART = re.compile(rb'<article id="([A-Za-z0-9-]+)" class="language"')
_LINK = Markup('<li><a href="{}"{}>{}</a></li>')
_ATTRIBUTES = Markup(' lang="{}" dir="{}"')
_NAME = Markup("<span{}>{}</span>")


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A link to an edition in a language, or in two; `here` is the page that has the link.

    `part` is the language to show of a page that has several.
    """

    edition: Edition
    href: str
    here: bool = False
    part: str = ""


def list_links(edition: Edition, files: Iterable[tuple[Edition, str]]) -> list[LanguageLink]:
    """Return the links from a page to pages of its document; `files` are these with their paths.

    A language without a page of its own is led to in the page that has all.  That page leads to its
    own languages by itself, so that only editions in two are left.
    """
    files = list(files)
    links = [LanguageLink(one, href, one == edition) for one, href in files if not one.further]
    if edition.further:
        return [link for link in links if link.edition.second]
    known = {link.edition.languages for link in links}
    for whole, href in files:
        for tag in whole.tags if whole.further else ():
            if tag not in known:
                alone = replace(edition, language=tag, second="")
                links.append(LanguageLink(alone, href, part=tag))
    return links


def find_parts(data: bytes) -> tuple[str, ...]:
    """Return the languages that a page with all has; none for other pages."""
    return tuple(tag.decode() for tag in _PART.findall(data))


def put_switch(data: bytes, links: Sequence[LanguageLink]) -> bytes:
    """Return a page with these links; where none leads to another page, they are not shown.

    They are in the order of their languages, with two languages side by side last.
    """
    shown = any(not link.here for link in links)
    items = "".join(map(_item, sorted(links, key=_place))) if shown else ""
    hidden = "" if shown else ' hidden="hidden"'
    # The first such element is the page's own: what a text says is escaped.
    return _LIST.sub(
        lambda found: found[1] + f"{hidden}><ul>{items}</ul></".encode() + found[2] + b">",
        data,
        count=1,
    )


def remove_switch(edition: Edition, data: bytes) -> bytes:
    """Return the file of an edition as its writer made it, without links to other languages."""
    return put_switch(data, ()) if FORMATS[edition.format].links_languages else data


def _place(link: LanguageLink) -> tuple[bool, str, str]:
    edition = link.edition
    return bool(edition.second), edition.language, edition.second


@lru_cache(maxsize=1024)
def _item(link: LanguageLink) -> str:
    edition = link.edition
    more = Markup(' aria-current="page"') if link.here else Markup("")
    tags = [tag for tag in (edition.language, edition.second) if tag]
    if len(tags) == 1:
        name: str = name_language(tags[0])
        more = Markup(' hreflang="{}"{}{}').format(tags[0], _attributes(tags[0]), more)
    else:
        name = Markup(" + ").join(
            _NAME.format(_attributes(tag), name_language(tag)) for tag in tags
        )
    part = f"#{link.part}" if link.part else ""
    return _LINK.format(quote(link.href) + part, more, name)


@cache
def _attributes(tag: str) -> Markup:
    return _ATTRIBUTES.format(tag, find(tag).direction)


def name_language(tag: str) -> str:
    """Return the name of a language in that language, as it is written on its own."""
    name = find_language_name(tag, find(tag))
    return name[:1].title() + name[1:]
