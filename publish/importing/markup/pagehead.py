"""What the head of a page says: title, authors, date, and where the page came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from publish.importing.markup.pagetree import HtmlElement, class_words, name_of, show_text
from publish.languages.registry import find
from publish.languages.writtendates import Precision, read_written_date
from publish.model import Role
from publish.reading.marks.addresses import is_web_address

__all__ = ["PageHead", "read_head", "read_title_block"]

FIELDS: dict[str, Role] = {
    "author": Role.AUTHOR,
    "article:author": Role.AUTHOR,
    "dc.creator": Role.AUTHOR,
    "dcterms.creator": Role.AUTHOR,
    "citation_author": Role.AUTHOR,
    "subtitle": Role.SUBTITLE,
    "publisher": Role.PUBLISHER,
    "dc.publisher": Role.PUBLISHER,
    "rights": Role.RIGHTS,
    "dcterms.rights": Role.RIGHTS,
    "copyright": Role.RIGHTS,
    "description": Role.SUMMARY,
    "og:description": Role.SUMMARY,
    "keywords": Role.KEYWORD,
}
DATES = (
    "date", "published", "article:published_time", "dcterms.date", "dc.date", "dcterms.created",
    "citation_publication_date", "datepublished", "dc.date.issued",
)  # fmt: skip
REVISED = ("revised", "article:modified_time", "dcterms.modified", "last-modified")
TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title")
AUTHORS = re.compile(r"\s*[;\n]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """The head of a page: its title, and the title without the name of the site, if it says it.

    `address` is where the page was saved from, `base` what its links are relative to.
    """

    title: str = ""
    other_title: str = ""
    fields: tuple[tuple[Role, str], ...] = ()
    published: date | None = None
    precision: Precision = "day"
    revised: date | None = None
    language: str = ""
    address: str = ""
    base: str = ""


def read_head(root: HtmlElement, language: str, saved: str = "") -> PageHead:
    """Return what the head of a page says; dates are read in the page's language.

    `saved` is the address that browsers write into the pages they save.
    """
    said: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    title = base = ""
    for one in root.iter("meta", "link", "title", "base"):
        match name_of(one):
            case "meta":
                name = one.get("name") or one.get("property") or one.get("itemprop") or ""
                if value := " ".join((one.get("content") or "").split()):
                    said.setdefault(name.lower(), []).append(value)
            case "link":
                links.setdefault((one.get("rel") or "").lower(), one.get("href") or "")
            case "base":
                base = base or one.get("href") or ""
            case _ if not title and not _in_drawing(one):
                title = " ".join("".join(map(str, one.itertext())).split())
    address = _first_address(links.get("canonical"), *said.get("og:url", ()), saved)
    published = _day(said, DATES, language)
    revised = _day(said, REVISED, language)
    return PageHead(
        title=title,
        other_title=next((said[name][0] for name in TITLES if name in said), ""),
        fields=tuple(_fields(said)),
        published=published[0] if published else None,
        precision=published[1] if published else "day",
        revised=revised[0] if revised and revised[1] == "day" else None,
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        address=address,
        base=base if is_web_address(base) else address,
    )


def _in_drawing(element: HtmlElement) -> bool:
    at = element.getparent()
    return at is not None and name_of(at) in ("svg", "g", "symbol")


def _fields(said: dict[str, list[str]]) -> list[tuple[Role, str]]:
    """Return the texts that readers see; only the first name that says something counts."""
    found: dict[Role, list[str]] = {}
    for name, role in FIELDS.items():
        values = [value for value in said.get(name, ()) if not value.startswith("http")]
        if not values or role in found:
            continue
        if role is Role.KEYWORD:
            values = [word for value in values for one in value.split(",") if (word := one.strip())]
        elif role is Role.AUTHOR:
            values = [one for value in values for one in AUTHORS.split(value) if one]
        else:
            values = values[:1]
        found[role] = list(dict.fromkeys(values))
    return [(role, value) for role, values in found.items() for value in values]


def _day(
    said: dict[str, list[str]], names: tuple[str, ...], language: str
) -> tuple[date, Precision] | None:
    for name in names:
        for value in said.get(name, ()):
            found = read_written_date(value, find(language))
            if found and found[0].year >= 1000:
                return found
    return None


def _first_address(*given: str | None) -> str:
    return next((one for one in given if one and is_web_address(one)), "")


def read_title_block(root: HtmlElement) -> dict[str, HtmlElement]:
    """Return the elements of the title that a converter sets above its text, as pandoc does.

    A title alone is the first of all top headings, and says that it is the title."""
    block = next((one for one in root.iter() if one.get("id") == "title-block-header"), None)
    first = next(iter(root.iter("h1")), None)
    scope = block if block is not None else first
    found: dict[str, HtmlElement] = {}
    for one in () if scope is None else scope.iter("h1", "p", "div"):
        for kind in ("title", "subtitle", "author", "date", "abstract"):
            fits = name_of(one) == "h1" if kind == "title" else block is not None
            if fits and f" {kind} " in class_words(one) and show_text(one):
                found.setdefault(kind, one)
    return found
