"""Locations put into words, in any interface language.  Nothing parses these words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from publish.model import Location, Role

__all__ = [
    "PAGE",
    "describe_location",
    "describe_paragraph",
    "describe_spot",
    "list_location_strings",
]

SENTENCE = "sentence {number}"
PAGE = "page {number}"
"""A page of the PDF edition."""

SINGLE = frozenset(
    (
        Role.TITLE,
        Role.SUBTITLE,
        Role.AUTHOR,
        Role.PUBLISHER,
        Role.REPUBLISHER,
        Role.RIGHTS,
        Role.SUMMARY,
        Role.HEADING,
    )
)
"""Kinds that a section mostly has one of: only the second and later ones show a number."""

Translate = Callable[[str], str]
"""A function that returns an interface string in the reader's language."""


def describe_location(location: Location, translate: Translate = str) -> str:
    """Return a location in words: `protection, sentence 3`, `protection, footnote 2`."""
    spot = describe_spot(location, translate)
    return f"{location.section}, {spot}" if location.section else spot


def describe_spot(location: Location, translate: Translate = str) -> str:
    """Return a location within its section: `sentence 3`, `heading`, `footnote 2, sentence 1`."""
    if location.kind is Role.PARAGRAPH:
        return translate(SENTENCE).format(number=location.number)
    words = translate(str(location.kind))
    if location.number > 1 or location.kind not in SINGLE:
        words = f"{words} {location.number}"
    if not location.part:
        return words
    return f"{words}, {translate(SENTENCE).format(number=location.part)}"


def describe_paragraph(location: Location, translate: Translate = str) -> str:
    """Return a location as editions show it: `protection ¶12`, `protection, heading`, `title`."""
    if location.paragraph:
        return f"{location.section} ¶{location.paragraph}".strip()
    words = translate(str(location.kind))
    return f"{location.section}, {words}" if location.section else words


def list_location_strings() -> Iterator[str]:
    """Yield the interface strings that locations are described with."""
    yield SENTENCE
    yield PAGE
    yield from map(str, Role)
