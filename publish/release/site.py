"""The HTML pages of a release: index, one for each language, how to verify, what is new.

They load nothing from elsewhere and have no scripts.  Metadata for machines is microdata with the
names of schema.org, because JSON-LD would need a script element.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from publish.editions.dates import UNDATED, format_published, write_published
from publish.editions.epub.metadata import make_work_identifier
from publish.editions.page.edition import (
    find_front_language,
    make_edition_identifier,
    read_front_text,
    state_markup,
)
from publish.editions.page.interface import Interface
from publish.editions.page.templates import (
    Markup,
    Templates,
    marked_text,
    read_style_sheet,
    render_template,
)
from publish.editions.page.theme import fill_theme_values, read_theme
from publish.languages.cldr import (
    find_language_name,
    format_kilobytes,
    format_long_date,
    format_whole_number,
    format_whole_percent,
)
from publish.languages.language import Language
from publish.model import FORMATS, Edition, Role
from publish.pages.archivehtml import ArchiveCell, ArchiveRow, render_archive
from publish.release.feeds import ATOM, OPDS, OPDS2, ReleaseAddress, name_language_page
from publish.release.gathering import ReleasedVersion
from publish.release.sums import compute_sha256

__all__ = [
    "ARCHIVE",
    "Site",
    "is_archive",
    "name_changes_page",
    "name_guide_page",
    "render_archive_site_page",
    "render_index_page",
    "render_language_page",
    "render_site_page",
    "render_verify_page",
]

ARCHIVE = "archive.html"

FEEDS = {
    ATOM: "application/atom+xml",
    OPDS: "application/atom+xml;profile=opds-catalog;kind=acquisition",
    OPDS2: "application/opds+json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages of a release share.

    `interfaces` has the interface texts of every language, the source language first if it is
    released.  `key` is the public key as one word, empty if nothing is signed.  `bundles` are
    archives by the stem of their version.  `number` is that of the release, 0 if it has none, and
    `expires` when it stops to count as the newest.
    """

    folders: Templates
    interfaces: Mapping[str, Interface]
    place: ReleaseAddress
    key: str
    bundles: Mapping[str, bytes]
    number: int = 0
    expires: str = ""


def name_changes_page(language: str) -> str:
    """Return the file name of the page of changes in a language."""
    return f"changes.{language}.html"


def name_guide_page(language: str) -> str:
    """Return the file name of the page on how to verify the files."""
    return f"verify.{language}.html"


# --------------------------------------------------------------------------- the shell


def render_site_page(
    site: Site,
    interface: Interface,
    title: str,
    main: str,
    names: Mapping[str, str],
    *,
    alone: bool = False,
) -> bytes:
    """Return a whole page; `names` are its file names by language, itself included.

    Without names it is the page for all languages and links to the page of each.  A page that is
    `alone` links to no other page.
    """
    language = interface.language
    others = {} if alone else names or {tag: name_language_page(tag) for tag in site.interfaces}
    home = name_language_page(language.tag)
    css = fill_theme_values(read_style_sheet(site.folders, "release.css"), read_theme(site.folders))
    values = {
        "language": language.tag,
        "direction": language.direction,
        "title": title,
        "css": Markup(css),
        "main": Markup(main),
        "home": quote(home) if names and names.get(language.tag) != home else "",
        "alternates": [*_alternates(site, others), *_default(site, others)],
        "feeds": [] if alone else _feeds(site),
        "languages": [
            _language(site.interfaces[tag].language, name, here=bool(names) and tag == language.tag)
            for tag, name in others.items()
        ],
    }
    return render_template(site.folders, "release-shell.xhtml", values, interface).encode()


def _feeds(site: Site) -> list[dict[str, str]]:
    return [{"type": kind, "address": site.place.address(name)} for name, kind in FEEDS.items()]


def _alternates(site: Site, names: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"tag": tag, "address": site.place.address(name)} for tag, name in names.items()]


def _default(site: Site, names: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the link to the index for readers of other languages, on the pages it leads to."""
    leads = bool(names) and all(name == name_language_page(tag) for tag, name in names.items())
    return [{"tag": "x-default", "address": site.place.address("index.html")}] if leads else []


def _language(language: Language, name: str, *, here: bool) -> dict[str, object]:
    return {
        "tag": language.tag,
        "name": _own_name(language),
        "direction": language.direction,
        "href": quote(name),
        "here": here,
    }


def _own_name(language: Language) -> str:
    name = find_language_name(language.tag, language)
    return name[:1].upper() + name[1:]


# --------------------------------------------------------------------------- lists of works


def render_index_page(site: Site, versions: Sequence[ReleasedVersion], title: str) -> bytes:
    """Return the page for all languages: a section for each, in that language."""
    first = next(iter(site.interfaces.values()))
    sections = []
    related = _by_document(versions)
    for tag, interface in site.interfaces.items():
        own = [version for version in versions if version.language == tag]
        values = _shared(interface) | {
            "language_name": _own_name(interface.language),
            "page": quote(name_language_page(tag)),
            "verify": quote(name_guide_page(tag)),
            "works": [_work(site, version, related[version.document]) for version in own],
        }
        sections.append(render_template(site.folders, "release-brief.xhtml", values, interface))
    heading = Markup("<h1>{}</h1>\n").format(title or marked_text(first, "Publications"))
    if is_archive(versions):
        words = marked_text(first, "Documents and languages")
        heading += Markup('<p><a href="{}">{}</a></p>\n').format(ARCHIVE, words)
    shown = title or first.text("Publications")
    return render_site_page(site, first, shown, heading + Markup("".join(sections)), {})


def is_archive(versions: Iterable[ReleasedVersion]) -> bool:
    """Return whether there are so many documents that a page of all of them is of use."""
    return len({version.document for version in versions}) > 1


def render_archive_site_page(site: Site, versions: Sequence[ReleasedVersion]) -> bytes:
    """Return the page of all documents in all languages, with the state of each."""
    first = next(iter(site.interfaces.values()))
    rows = []
    for name, group in _by_document(versions).items():
        known = {version.language: version for version in group}
        titled = next((one for one in group if one.text.original), group[0]).text.document
        cells = (_cell(tag, known.get(tag)) for tag in site.interfaces)
        language = find_front_language(titled, Role.TITLE) or group[0].language
        rows.append(ArchiveRow(name, read_front_text(titled, Role.TITLE), language, tuple(cells)))
    main = render_archive(site.folders, rows, first, site.interfaces)
    return render_site_page(site, first, first.text("Documents and languages"), main, {})


def _cell(tag: str, version: ReleasedVersion | None) -> ArchiveCell:
    if version is None:
        return ArchiveCell(tag, "absent")
    href = _find_page(version) or quote(version.copies[0].name)
    return ArchiveCell(tag, version.state, href, version.text.coverage.percent)


def _by_document(versions: Iterable[ReleasedVersion]) -> dict[str, list[ReleasedVersion]]:
    found: dict[str, list[ReleasedVersion]] = {}
    for version in versions:
        found.setdefault(version.document, []).append(version)
    return found


def render_language_page(site: Site, versions: Sequence[ReleasedVersion], language: str) -> bytes:
    """Return the page of one language with all its works."""
    interface = site.interfaces[language]
    own = [version for version in versions if version.language == language]
    related = _by_document(versions)
    works = [_work(site, version, related[version.document]) for version in own]
    document = own[0].text.document
    publisher = read_front_text(document, Role.PUBLISHER) or read_front_text(
        document, Role.REPUBLISHER
    )
    role = Role.PUBLISHER if read_front_text(document, Role.PUBLISHER) else Role.REPUBLISHER
    values = _shared(interface) | {
        "heading": works[0]["title"] if len(works) == 1 else "",
        "publisher": publisher,
        "publisher_language": find_front_language(document, role),
        "works": works,
        "verify": quote(name_guide_page(language)),
        "changes": quote(name_changes_page(language)),
        "opds": OPDS,
        "feed": ATOM,
    }
    main = render_template(site.folders, "release-works.xhtml", values, interface)
    title = str(values["heading"]) or interface.text("Publications")
    names = {tag: name_language_page(tag) for tag in site.interfaces}
    return render_site_page(site, interface, title, main, names)


def _shared(interface: Interface) -> dict[str, object]:
    language = interface.language
    return {"language": language.tag, "direction": language.direction}


def _work(
    site: Site, version: ReleasedVersion, versions: Iterable[ReleasedVersion]
) -> dict[str, object]:
    text = version.text
    facts, language = text.document.facts, text.language
    found: dict[str, object] = {
        "id": make_edition_identifier(text),
        "work": make_work_identifier(text),
        "cover": quote(f"{version.stem}.png"),
        "state": state_markup(text) or marked_text(text.interface, "Original"),
        "published": format_published(facts, language),
        "published_day": write_published(facts),
        "revised": "" if text.revised == UNDATED else format_long_date(text.revised, language),
        "revised_day": text.revised.isoformat(),
        "translated": ""
        if text.original
        else format_whole_percent(text.coverage.percent, language),
        "files": [*_files(version), *_bundle(site, version)],
        "others": list(_related(version, versions)),
        "read": _find_page(version),
    }
    for name, role in (("title", Role.TITLE), ("author", Role.AUTHOR), ("summary", Role.SUMMARY)):
        found[name] = read_front_text(text.document, role)
        found[f"{name}_language"] = find_front_language(text.document, role)
    return found


def _related(
    version: ReleasedVersion, versions: Iterable[ReleasedVersion]
) -> Iterable[dict[str, str]]:
    """Yield the original of a translation, or the translations of an original, for schema.org.

    `versions` are those of its document.
    """
    relation = "workTranslation" if version.text.original else "translationOfWork"
    for other in versions:
        if other.text.original != version.text.original:
            identifier = make_edition_identifier(other.text)
            yield {"relation": relation, "id": identifier, "tag": other.language}


def _files(version: ReleasedVersion) -> Iterable[dict[str, object]]:
    language = version.text.language
    for copy in version.copies:
        yield _file(copy.name, copy.data, language) | {
            "label": _label(copy.edition, language),
            "type": FORMATS[copy.edition.format].media_type,
            "page": copy.edition.page,
            "pages": format_whole_number(copy.pages, language) if copy.pages else "",
        }


def _find_page(version: ReleasedVersion) -> str:
    """Return the address of the page of HTML that a work is read on at once; empty if none."""
    for copy in version.copies:
        if copy.edition.format == "html" and not copy.edition.second:
            return quote(copy.name) + (f"#{version.language}" if copy.edition.further else "")
    return ""


def _label(edition: Edition, language: Language) -> str:
    """Return the name of a format, such as PDF, with the languages of an edition in several."""
    kind = edition.format.upper()
    if len(edition.tags) == 1:
        return kind
    names = (find_language_name(tag, language) for tag in edition.tags)
    return f"{kind}, {' + '.join(names)}"


def _bundle(site: Site, version: ReleasedVersion) -> Iterable[dict[str, object]]:
    data = site.bundles.get(version.stem)
    if data is not None:
        file = _file(f"{version.stem}.zip", data, version.text.language)
        yield file | {"label": "ZIP", "type": "application/zip", "all": True}


def _file(name: str, data: bytes, language: Language) -> dict[str, object]:
    return {
        "href": quote(name),
        "size": format_kilobytes(len(data), language),
        "bytes": len(data),
        "sha256": compute_sha256(data),
        "page": "",
        "all": False,
        "pages": "",
    }


# --------------------------------------------------------------------------- how to verify


def render_verify_page(
    site: Site, interface: Interface, files: Mapping[str, bytes], *, alone: bool
) -> bytes:
    """Return the page on how to verify files; `alone` in a bundle, which has no other pages."""
    language = interface.language
    values = {
        "key": site.key,
        "number": format_whole_number(site.number, language) if site.number else "",
        "until": _until(site.expires[:10], language),
        "files": [{"name": name, "sha256": compute_sha256(data)} for name, data in files.items()],
    }
    main = render_template(site.folders, "release-verify.xhtml", values, interface)
    title = interface.text("How to check that these files are genuine")
    names = {} if alone else {tag: name_guide_page(tag) for tag in site.interfaces}
    return render_site_page(site, interface, title, main, names, alone=alone)


def _until(day: str, language: Language) -> str:
    """Return the day until which a release counts as the newest, empty if it has none."""
    if not day:
        return ""
    shown = format_long_date(date.fromisoformat(day), language)
    return Markup('<time class="until" datetime="{}">{}</time>').format(day, shown)
