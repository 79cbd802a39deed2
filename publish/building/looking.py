"""Look in several processes which editions of a large archive are up to date."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from publish.building.editionlimits import EDITION_LIMITS
from publish.building.keys import Known, find_own_files, make_edition_key
from publish.building.limits import Job, run_limited
from publish.building.records import (
    BuildRecord,
    count_records,
    find_edition,
    find_values,
    record_from_json,
)
from publish.building.tasks import find_pdf_edition
from publish.editions.html.switch import Switch, find_switch
from publish.errors import PublishError
from publish.model import FORMATS, Edition
from publish.translation.loading import Loader

__all__ = ["FoundEdition", "Look", "look_ahead"]

MANY = 1000
"""So many records are worth the start of other processes."""

PARTS = 4
"""So many parts each process looks at, so that all end at about the same time."""


@dataclass(frozen=True, slots=True)
class FoundEdition:
    """An edition whose file is that of its record, made with this key.

    `own` says that this machine made it.  `switch` has the links of a page of HTML.
    """

    key: str
    record: BuildRecord
    own: bool
    switch: Switch | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a run needs to find out which editions are up to date; it asks once for what they share.

    `wanted` are the editions of the run: an EPUB lists the pages of its PDF if that is one of them.
    `plain` are the folders in `build/` that no link leads to.
    """

    loader: Loader
    wanted: AbstractSet[Edition]
    use_fuzzy: bool
    known: Known = field(default_factory=Known)
    plain: set[str] = field(default_factory=set)

    def make_key(self, edition: Edition) -> str:
        """Return the key of an edition, of its inputs as they were read; raises OSError."""
        paged = FORMATS[edition.format].lists_pages and find_pdf_edition(edition) in self.wanted
        return make_edition_key(
            self.loader, edition, use_fuzzy=self.use_fuzzy, paged=paged, known=self.known
        )

    def find(self, edition: Edition, key: str) -> FoundEdition | None:
        """Return an edition if its file was made with this key, else None."""
        stored = find_edition(self.loader.workspace, edition, key, self.plain)
        if stored is None:
            return None
        return FoundEdition(key, stored.record, stored.own, _find_switch(edition, stored.data))


def look_ahead(
    look: Look, editions: Sequence[Edition], workers: int
) -> dict[Edition, FoundEdition]:
    """Return those editions of a large archive that are up to date and were made by this machine.

    Several processes look at some documents each.  What they do not find, or cannot read, the
    caller looks at again: nothing is said here about why an edition must be made.
    """
    if workers < 2 or sys.platform != "linux":
        return {}
    if len(editions) < MANY or count_records(look.loader.workspace) < MANY:
        return {}
    by_document: dict[str, list[Edition]] = {}
    for edition in editions:
        by_document.setdefault(edition.document, []).append(edition)
    first, *others = by_document.values()
    answers = [(first, _look_at(look, first))]  # It finds what all share, for all processes.
    count = max(1, -(-len(others) // (workers * PARTS)))
    every = [others[at : at + count] for at in range(0, len(others), count)]
    parts = {some[0][0]: some for some in every}
    jobs = [Job((one,), partial(_look_at_some, look, some)) for one, some in parts.items()]
    for one, answer in run_limited(jobs, workers, EDITION_LIMITS):
        if not isinstance(answer, PublishError):
            answers.append(([edition for some in parts[one] for edition in some], answer))
    return {
        edition: found
        for some, answer in answers
        for edition, values in zip(some, answer, strict=True)
        if values and (found := _restore(*values))
    }


Values = tuple[str, dict[str, Any], tuple[bytes, bytes, bytes] | None]
"""Key, record and links of an edition, as values that take little time on the way."""


def _look_at_some(
    look: Look,
    documents: Sequence[Sequence[Edition]],
    _: Sequence[Edition],
    __: Mapping[Edition, list[Values | None] | PublishError],
) -> list[list[Values | None]]:
    """Return one answer for all editions of these documents; runs in a process of its own."""
    return [[values for editions in documents for values in _look_at(look, editions)]]


def _look_at(look: Look, editions: Sequence[Edition]) -> list[Values | None]:
    """Return what is found of each edition; None if it is not up to date or cannot be read."""
    return [_find_values(look, edition) for edition in editions]


def _find_values(look: Look, edition: Edition) -> Values | None:
    workspace = look.loader.workspace
    with suppress(PublishError, OSError):
        find_own_files(look.loader, edition, look.known)
        key = look.make_key(edition)
        found = find_values(workspace, edition, key, look.plain)
        if found and found[2]:
            switch = _find_switch(edition, found[0])
            links = (switch.opening, switch.name, switch.digest) if switch else None
            return key, found[1], links
    return None


def _restore(
    key: str, stored: dict[str, Any], switch: tuple[bytes, bytes, bytes] | None
) -> FoundEdition | None:
    with suppress(ValueError, KeyError, TypeError):
        return FoundEdition(key, record_from_json(stored), True, switch and Switch(*switch))
    return None


def _find_switch(edition: Edition, data: bytes) -> Switch | None:
    return find_switch(data) if FORMATS[edition.format].links_languages else None
