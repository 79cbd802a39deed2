"""The editions that were chosen: those for several languages in one file, and equal files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from publish.errors import UsageError
from publish.model import FORMATS, Edition

__all__ = ["put_together", "refuse_twins"]


def put_together(editions: Iterable[Edition], order: Sequence[str]) -> tuple[Edition, ...]:
    """Return editions with one for several languages where a format can hold all.

    `order` is that of the languages in it.
    """
    groups: dict[Edition, list[str]] = {}
    for one in editions:
        alone = one.second or not FORMATS[one.format].holds_languages
        groups.setdefault(one if alone else replace(one, language=""), []).append(one.language)
    return tuple(
        replace(key, language=tags[0], further=tuple(tags[1:]))
        for key, found in groups.items()
        for tags in (sorted(found, key=order.index),)
    )


def refuse_twins(editions: Iterable[Edition]) -> None:
    """Raise UsageError where two editions would have the same file."""
    seen: dict[str, Edition] = {}
    for edition in editions:
        twin = seen.setdefault(edition.file, edition)
        if twin != edition:
            raise UsageError(
                f"two editions would be written to {edition.file}: "
                f"{twin.document} and {edition.document}",
                hint="rename one of the sources",
            )
