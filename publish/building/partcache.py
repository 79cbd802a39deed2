"""The parts of long books and the chunks of long sources, kept in the cache of editions.

An entry has a line with its digest and a code of this user's key (`vouching.py`), and the bytes of
the part or chunk.  These are read as Python objects, so nothing that others put there is ever read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as memoise
from typing import TYPE_CHECKING

from publish.building.cachefolder import Cache, read_entry, write_entry
from publish.building.makers import compute_reading_digest
from publish.building.vouching import is_vouched_for, vouch_for
from publish.editions.recentresults import RecentResults
from publish.model import ResultStore

if TYPE_CHECKING:
    from publish.reading.chunkstores import Beside, PickledChunks

__all__ = ["make_chunk_store", "make_part_store"]


@dataclass(frozen=True, slots=True)
class _PartStore:
    """The entries of parts; `find_makers` returns a digest of what makes them.

    Those that are `recent` are in memory, too.
    """

    cache: Cache
    find_makers: Callable[[], str]
    recent: RecentResults | None = None

    def load(self, key: str) -> bytes | None:
        """Return what is kept under a key, or None; damaged entries and those of others are not."""
        name = self._name(key)
        found = None if self.recent is None else self.recent.load(name)
        if found is None:
            found = self._read(name)
            if found is not None and self.recent is not None:
                self.recent.keep(name, found)
        return found

    def _read(self, name: str) -> bytes | None:
        """Return the bytes of an entry, or None."""
        head, _, data = (read_entry(self.cache, name) or b"").partition(b"\n")
        try:
            code = str(json.loads(head)["made-here"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        return data if is_vouched_for("part", name, data, code) else None

    def keep(self, key: str, data: bytes) -> None:
        """Keep a part under a key, unless it is larger than the cache may be."""
        name = self._name(key)
        if len(data) <= self.cache.limit:
            head = json.dumps({"made-here": vouch_for("part", name, data)}).encode()
            write_entry(self.cache, name, head + b"\n" + data)

    def _name(self, key: str) -> str:
        return hashlib.sha256(f"{self.find_makers()}\n{key}".encode()).hexdigest()


def make_part_store(
    cache: Cache | None,
    find_makers: Callable[[], str],
    recent: RecentResults | None = None,
) -> ResultStore | None:
    """Return what keeps parts in a cache, and `recent` ones in memory; None without a cache."""
    return None if cache is None else _PartStore(cache, memoise(find_makers), recent)


def make_chunk_store(cache: Cache | None, beside: Beside | None = None) -> PickledChunks | None:
    """Return what keeps the chunks of long sources in a cache; None if there is none.

    What is long is read by two processes, if one can be had that works `beside` this one.
    """
    from publish.reading.chunkstores import PickledChunks  # Loads what reads sources.

    store = make_part_store(cache, compute_reading_digest)
    return None if store is None else PickledChunks(store, beside)
