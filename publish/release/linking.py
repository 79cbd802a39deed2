"""Link the released pages of HTML to one another by the names that they have in the release."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publish.editions.html.switch import list_links, put_switch
from publish.model import FORMATS, Edition
from publish.release.gathering import ReleasedVersion

__all__ = ["link_page", "link_versions"]

Named = tuple[Edition, str]
"""A released edition and the name of its file."""


def link_versions(versions: Iterable[ReleasedVersion]) -> tuple[ReleasedVersion, ...]:
    """Return the versions of a release, with links between their pages of HTML."""
    versions = tuple(versions)
    copies = [copy for version in versions for copy in version.copies]
    named = list(dict.fromkeys((copy.edition, copy.name) for copy in copies))
    return tuple(
        replace(
            version,
            copies=tuple(
                replace(copy, data=link_page(copy.edition, copy.data, named))
                for copy in version.copies
            ),
        )
        for version in versions
    )


def link_page(edition: Edition, data: bytes, named: Iterable[Named]) -> bytes:
    """Return the file of an edition as it is released together with the editions `named`.

    Only a page of HTML changes: it leads to the pages of the same document in other languages, and
    to no others.
    """
    if not FORMATS[edition.format].links_languages:
        return data
    beside = [
        (other, name)
        for other, name in named
        if (other.document, other.format) == (edition.document, edition.format)
    ]
    return put_switch(data, list_links(edition, beside))
