"""What has changed since the previous release, as a page in each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from publish.editions.page.edition import find_front_language, read_front_text
from publish.editions.page.interface import Interface
from publish.editions.page.templates import Markup, Templates, marked_text, render_template
from publish.languages.cldr import format_long_date, format_whole_number, format_whole_percent
from publish.model import Role
from publish.release.gathering import ReleasedVersion
from publish.release.manifest import ListedFile, Manifest, list_edition

__all__ = ["DocumentChange", "compare_releases", "render_changes"]

Kind = Literal["new", "changed", "made anew", "as before", "gone"]


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """How one document in one language changed; its editions before and now.

    The kind `made anew` means other bytes from the same source, catalog and ledger.
    """

    document: str
    kind: Kind
    before: tuple[ListedFile, ...]
    now: tuple[ListedFile, ...]


def compare_releases(
    before: Iterable[ListedFile], now: Iterable[ListedFile], language: str
) -> tuple[DocumentChange, ...]:
    """Return the change of every document in a language; bilingual editions are left out."""
    old, new = _by_document(before, language), _by_document(now, language)
    names = sorted(old.keys() | new.keys())
    return tuple(_change(name, old.get(name, ()), new.get(name, ())) for name in names)


def _by_document(
    editions: Iterable[ListedFile], language: str
) -> dict[str, tuple[ListedFile, ...]]:
    found: dict[str, tuple[ListedFile, ...]] = {}
    for one in editions:
        if one.language == language:
            found[one.document] = (*found.get(one.document, ()), one)
    return found


def _change(name: str, before: Sequence[ListedFile], now: Sequence[ListedFile]) -> DocumentChange:
    kind: Kind
    if not before or not now:
        kind = "gone" if before else "new"
    elif {(one.name, one.sha256) for one in before} == {(one.name, one.sha256) for one in now}:
        kind = "as before"
    elif _inputs(before) == _inputs(now):
        kind = "made anew"
    else:
        kind = "changed"
    return DocumentChange(name, kind, tuple(before), tuple(now))


def _inputs(editions: Iterable[ListedFile]) -> set[tuple[str, ...]]:
    return {(one.state, one.source, one.catalog, one.ledger) for one in editions}


# --------------------------------------------------------------------------- the page


def render_changes(
    versions: Sequence[ReleasedVersion],
    previous: Manifest | None,
    interface: Interface,
    folders: Templates,
) -> str:
    """Return the content of the page of changes in one language, as XHTML."""
    tag = interface.language.tag
    now = [list_edition(version, copy) for version in versions for copy in version.copies]
    titles = {version.document: version for version in versions if version.language == tag}
    found = compare_releases(previous.editions if previous else (), now, tag)
    values = {
        "before": _day(previous.revised, interface) if previous else "",
        "works": [_told(one, titles.get(one.document), interface) for one in found],
    }
    return render_template(folders, "release-changes.xhtml", values, interface)


def _told(
    change: DocumentChange, version: ReleasedVersion | None, interface: Interface
) -> dict[str, object]:
    document = version.text.document if version else None
    rows = _rows(change, interface) if change.kind != "gone" else []
    return {
        "title": read_front_text(document, Role.TITLE) if document else change.document,
        "title_language": find_front_language(document, Role.TITLE) if document else "",
        "kind": _kind(change.kind, interface),
        "rows": rows,
    }


def _kind(kind: Kind, interface: Interface) -> Markup:
    match kind:
        case "new":
            return marked_text(interface, "New")
        case "changed":
            return marked_text(interface, "Changed")
        case "made anew":
            return marked_text(interface, "The same text, made anew")
        case "as before":
            return marked_text(interface, "As before")
        case "gone":
            return marked_text(interface, "No longer here")


def _rows(change: DocumentChange, interface: Interface) -> list[dict[str, Markup]]:
    """Return state, date, share and pages of the first edition, with old values that differ."""
    now = _facts(change.now, interface)
    before = _facts(change.before, interface)
    return [
        {"label": label, "now": value, "before": _unlike(before.get(label), value)}
        for label, value in now.items()
    ]


def _unlike(before: Markup | None, now: Markup) -> Markup:
    return before if before is not None and before != now else Markup("")


def _facts(editions: Sequence[ListedFile], interface: Interface) -> dict[Markup, Markup]:
    if not editions:
        return {}
    language = interface.language
    first = editions[0]
    pages = next((one.pages for one in editions if one.pages and one.page == "a4"), 0)
    found = {
        marked_text(interface, "State"): name_state(first.state, interface),
        marked_text(interface, "Text revised"): Markup.escape(_day(first.revised, interface)),
    }
    if first.state != "original":
        share = format_whole_percent(first.percent, language)
        found[marked_text(interface, "Translated")] = Markup.escape(share)
    if pages:
        found[marked_text(interface, "Pages")] = Markup.escape(format_whole_number(pages, language))
    return found


def name_state(state: str, interface: Interface) -> Markup:
    """Return the name of a state as editions print it."""
    match state:
        case "draft":
            return marked_text(interface, "Draft translation, not reviewed")
        case "reviewed":
            return marked_text(interface, "Reviewed translation")
        case "approved":
            return marked_text(interface, "Approved translation")
        case _:
            return marked_text(interface, "Original")


def _day(day: str, interface: Interface) -> str:
    return format_long_date(date.fromisoformat(day), interface.language)
