"""Write feeds: news (Atom, RFC 4287), and catalogs for reading programs (OPDS 1.2 and 2.0).

The languages of a work are grouped.  In OPDS 1.2 each work has a feed, which its entries link to
(`collection`, §5.2.3); in OPDS 2.0 it is a group.  Ids are the identifiers of the EPUBs.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urljoin

from publish.editions.dates import write_published
from publish.editions.epub.metadata import make_work_identifier
from publish.editions.page.edition import make_edition_identifier, read_front_text, state_note
from publish.editions.page.interface import Interface
from publish.editions.page.templates import Templates, render_template
from publish.model import FORMATS, Role, plain
from publish.release.gathering import EditionFile, ReleasedVersion

__all__ = ["ATOM", "OPDS", "OPDS2", "ReleaseAddress", "name_language_page", "write_feeds"]

ATOM, OPDS, OPDS2 = "feed.xml", "opds.xml", "opds.json"
ATOM_TYPE = "application/atom+xml"
OPDS_TYPE = "application/atom+xml;profile=opds-catalog;kind=acquisition"
OPDS2_TYPE = "application/opds+json"
ACQUISITION = "http://opds-spec.org/acquisition/open-access"
COVER_SIZE = {"width": 800, "height": 1200}


@dataclass(frozen=True, slots=True)
class ReleaseAddress:
    """The address of the folder where a release is published; empty for relative addresses."""

    base: str = ""

    def address(self, name: str) -> str:
        """Return the address of a file of the release."""
        return urljoin(self.base, quote(name))


def name_language_page(language: str) -> str:
    """Return the file name of a language's page."""
    return f"{language}.html"


def write_feeds(
    versions: Sequence[ReleasedVersion],
    title: str,
    place: ReleaseAddress,
    interface: Interface,
    folders: Templates,
) -> dict[str, bytes]:
    """Return all feeds by file name; `interface` is that of the language of the titles."""

    def xml(values: dict[str, object]) -> bytes:
        shared = {"language": interface.language.tag}
        return render_template(folders, "release-feed.xml", shared | values, interface).encode()

    found = {
        ATOM: xml(_feed(versions, title, place, ATOM, _news_links)),
        OPDS: xml(_feed(versions, title, place, OPDS, _catalog_links)),
        OPDS2: _second(versions, title, place),
    }
    for name, own in _works(versions).items():
        values = _feed(own, _title(own[0]), place, _work_feed(name), _catalog_links)
        found[_work_feed(name)] = xml(values)
    return found


def _works(versions: Iterable[ReleasedVersion]) -> dict[str, list[ReleasedVersion]]:
    works: dict[str, list[ReleasedVersion]] = {}
    for version in versions:
        works.setdefault(version.document, []).append(version)
    return works


def _work_feed(document: str) -> str:
    return f"{document}.opds.xml"


# --------------------------------------------------------------------------- Atom, OPDS 1.2

Links = Callable[[ReleasedVersion, ReleaseAddress], list[dict[str, object]]]


def _feed(
    versions: Sequence[ReleasedVersion], title: str, place: ReleaseAddress, name: str, links: Links
) -> dict[str, object]:
    kind = ATOM_TYPE if name == ATOM else OPDS_TYPE
    works = ":".join(_works(versions))
    about: list[dict[str, object]] = [
        {"rel": "self", "type": kind, "href": place.address(name)},
        {"rel": "alternate", "type": "text/html", "href": place.address("index.html")},
    ]
    if name != ATOM:
        about.append({"rel": "start", "type": OPDS_TYPE, "href": place.address(OPDS)})
    newest_first = sorted(versions, key=lambda one: one.text.revised, reverse=True)
    return {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{name}:{place.base}:{works}").urn,
        "title": title,
        "updated": _midnight(max(version.text.revised for version in versions)),
        "links": about,
        "entries": [_entry(version, links(version, place)) for version in newest_first],
    }


def _entry(version: ReleasedVersion, links: list[dict[str, object]]) -> dict[str, object]:
    document = version.text.document
    return {
        "id": make_edition_identifier(version.text),
        "work": make_work_identifier(version.text),
        "title": _title(version),
        "author": _author(version),
        "language": version.language,
        "updated": _midnight(version.text.revised),
        "issued": write_published(document.facts),
        "publishers": [plain(found) for found in document.front_text(Role.PUBLISHER)],
        "keywords": [plain(found) for found in document.front_text(Role.KEYWORD)],
        "rights": read_front_text(document, Role.RIGHTS),
        "summary": _summary(version),
        "links": links,
    }


def _news_links(version: ReleasedVersion, place: ReleaseAddress) -> list[dict[str, object]]:
    page: dict[str, object] = {
        "rel": "alternate",
        "type": "text/html",
        "href": place.address(name_language_page(version.language)),
        "hreflang": version.language,
    }
    return [page, *_files(version, place, "enclosure")]


def _catalog_links(version: ReleasedVersion, place: ReleaseAddress) -> list[dict[str, object]]:
    cover, work = f"{version.stem}.png", _work_feed(version.document)
    others = [
        ("http://opds-spec.org/image", "image/png", cover),
        ("http://opds-spec.org/image/thumbnail", "image/png", cover),
        ("collection", OPDS_TYPE, work),
    ]
    links: list[dict[str, object]] = [
        {"rel": relation, "type": kind, "href": place.address(name)}
        for relation, kind, name in others
    ]
    return [*_files(version, place, ACQUISITION), *links]


def _files(
    version: ReleasedVersion, place: ReleaseAddress, relation: str
) -> list[dict[str, object]]:
    return [
        {
            "rel": relation,
            "type": FORMATS[copy.edition.format].media_type,
            "href": place.address(copy.name),
            "hreflang": version.language,
            "length": len(copy.data),
        }
        for copy in version.copies
    ]


def _midnight(day: date) -> str:
    """Return a date in the format of Atom, at midnight, since no time of day is known."""
    return f"{day.isoformat()}T00:00:00Z"


# --------------------------------------------------------------------------- OPDS 2.0


def _second(versions: Sequence[ReleasedVersion], title: str, place: ReleaseAddress) -> bytes:
    about = {"rel": "self", "type": OPDS2_TYPE, "href": place.address(OPDS2)}
    groups = [
        {
            "metadata": {"title": _title(own[0]), "numberOfItems": len(own)},
            "publications": [_publication(version, place) for version in own],
        }
        for own in _works(versions).values()
    ]
    feed = {"metadata": {"title": title}, "links": [about], "groups": groups}
    return (json.dumps(feed, indent=1, ensure_ascii=False) + "\n").encode()


def _publication(version: ReleasedVersion, place: ReleaseAddress) -> dict[str, object]:
    text = version.text
    metadata = {
        "@type": "http://schema.org/Book",
        "identifier": make_edition_identifier(text),
        "title": _title(version),
        "author": _author(version),
        "publisher": read_front_text(text.document, Role.PUBLISHER),
        "language": version.language,
        "published": write_published(text.document.facts) or None,
        "modified": _midnight(text.revised),
        "description": _summary(version),
        "subject": [plain(found) for found in text.document.front_text(Role.KEYWORD)],
        "numberOfPages": max((copy.pages for copy in _a4(version)), default=0),
    }
    cover = {"href": place.address(f"{version.stem}.png"), "type": "image/png"}
    return {
        "metadata": {name: value for name, value in metadata.items() if value},
        "links": [
            {
                "rel": ACQUISITION,
                "href": place.address(copy.name),
                "type": FORMATS[copy.edition.format].media_type,
                "language": version.language,
                "size": len(copy.data),
            }
            for copy in version.copies
        ],
        "images": [cover | COVER_SIZE],
    }


def _a4(version: ReleasedVersion) -> list[EditionFile]:
    return [copy for copy in version.copies if copy.edition.page == "a4"]


# --------------------------------------------------------------------------- words


def _title(version: ReleasedVersion) -> str:
    return read_front_text(version.text.document, Role.TITLE)


def _author(version: ReleasedVersion) -> str:
    """Return the author, the publisher or the title; Atom requires a name."""
    document = version.text.document
    named = (read_front_text(document, role) for role in (Role.AUTHOR, Role.PUBLISHER))
    return next(filter(None, named), _title(version))


def _summary(version: ReleasedVersion) -> str:
    """Return the summary, after the state of the translation, so that nobody misses that."""
    note = state_note(version.text)
    parts = [f"{note}." if note else "", read_front_text(version.text.document, Role.SUMMARY)]
    return " ".join(filter(None, parts)) or _title(version)
