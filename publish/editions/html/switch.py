"""Puts links to the other languages into a finished page.

A page is the same whatever lies beside it, until these links are put in: after a build for the
files in `build/`, and once more for a release, whose files have other names.  Putting them in again
replaces those that are there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import quote

from publish.editions.page.templates import Markup
from publish.languages.cldr import find_language_name
from publish.languages.registry import find
from publish.model import FORMATS, Edition

__all__ = [
    "SWITCH",
    "LanguageLink",
    "Switch",
    "find_parts",
    "find_switch",
    "list_links",
    "name_language",
    "put_items",
    "put_switch",
    "remove_switch",
    "write_each",
]

SWITCH = "edition-languages"
"""The id of the element with the links."""

_LIST = re.compile(
    rf'(<(nav|div) id="{SWITCH}"[^>]*?)(?: hidden="hidden")?><ul>.*?</ul></\2>'.encode()
)
_PART = re.compile(rb'<article id="([A-Za-z0-9-]+)" class="language"')
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


@dataclass(frozen=True, slots=True)
class Switch:
    """The element with the links of a page: its opening tag, its name, and a digest of it."""

    opening: bytes
    name: bytes
    digest: bytes

    def has(self, items: bytes) -> bool:
        """Return whether the page has these links; `items` are those of `write_each`."""
        element = _write_element(self.opening, self.name, items)
        return hashlib.sha256(element).digest() == self.digest


def find_switch(data: bytes) -> Switch | None:
    """Return the element with the links of a page, None where a file has none."""
    at = _find_first(data)
    found = _LIST.search(data, at) if at >= 0 else None
    return Switch(found[1], found[2], hashlib.sha256(found[0]).digest()) if found else None


def _find_first(data: bytes) -> int:
    """Return where the element of the links begins, -1 where there is none.

    To look for it letter by letter takes a twentieth of a build of an archive in which nothing
    changed.
    """
    found = (data.find(b'<%s id="%s"' % (name, SWITCH.encode())) for name in (b"nav", b"div"))
    return min((at for at in found if at >= 0), default=-1)


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
    return put_items(data, _write_items(links))


def put_items(data: bytes, items: bytes) -> bytes:
    """Return a page with links as `write_each` wrote them; without any, none are shown."""
    # The first such element is the page's own: what a text says is escaped.
    return _LIST.sub(lambda found: _write_element(found[1], found[2], items), data, count=1)


def _write_element(opening: bytes, name: bytes, items: bytes) -> bytes:
    hidden = b"" if items else b' hidden="hidden"'
    return b"%s%s><ul>%s</ul></%s>" % (opening, hidden, items, name)


def _write_items(links: Sequence[LanguageLink]) -> bytes:
    shown = any(not link.here for link in links)
    return "".join(map(_item, sorted(links, key=_place))).encode() if shown else b""


def write_each(files: Sequence[tuple[Edition, str, str]]) -> Iterator[tuple[Edition, bytes]]:
    """Yield all pages of a document with their links, as `put_switch` would put them in.

    `files` are these pages, each with its path from another one and from itself.  What is the same
    in all of them is written once.
    """
    own = {one: path for one, _, path in files}
    others = [(one, path) for one, path, _ in files]
    alone = [one for one in own if not one.further]
    links = list_links(alone[0], others) if alone else []
    links = sorted((replace(link, here=False) for link in links), key=_place)
    items = [_item(link) for link in links]
    for number, link in enumerate(links):
        if link.edition in own:
            here = _item(LanguageLink(link.edition, own[link.edition], here=True))
            written = "".join((*items[:number], here, *items[number + 1 :]))
            yield link.edition, written.encode() if len(links) > 1 else b""
    for one in own:
        if one.further:
            yield one, _write_items(list_links(one, others))


def remove_switch(edition: Edition, data: bytes) -> bytes:
    """Return the file of an edition as its writer made it, without links to other languages."""
    return put_switch(data, ()) if FORMATS[edition.format].links_languages else data


def _place(link: LanguageLink) -> tuple[bool, str, str]:
    edition = link.edition
    return bool(edition.second), edition.language, edition.second


def _item(link: LanguageLink) -> str:
    name, attributes = _name(link.edition.language, link.edition.second)
    more = ' aria-current="page"' if link.here else ""
    part = f"#{link.part}" if link.part else ""
    return f'<li><a href="{quote(link.href)}{part}"{attributes}{more}>{name}</a></li>'


@cache
def _name(language: str, second: str) -> tuple[str, str]:
    """Return the name of a language or of two as HTML, and the attributes of its link."""
    if not second:
        attributes = Markup(' hreflang="{}"{}').format(language, _attributes(language))
        return Markup("{}").format(name_language(language)), attributes
    names = (_NAME.format(_attributes(tag), name_language(tag)) for tag in (language, second))
    return Markup(" + ").join(names), ""


@cache
def _attributes(tag: str) -> Markup:
    return _ATTRIBUTES.format(tag, find(tag).direction)


def name_language(tag: str) -> str:
    """Return the name of a language in that language, as it is written on its own."""
    name = find_language_name(tag, find(tag))
    return name[:1].title() + name[1:]
