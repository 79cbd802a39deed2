"""The cache of finished editions, named by the key of their inputs.

A change that is undone, another branch or another clone finds its editions here.  Each file
(`cachefolder.py`) has a line with its digest, a line with its record, and the bytes of the edition.
The digest tells damage; a code of this user's key (`vouching.py`) tells what this machine made from
what others put there.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress

from publish.building.cachefolder import (
    Cache,
    find_entry,
    prune_cache,
    refuse_foreign_cache,
    write_entry,
)
from publish.building.records import record_from_json, record_to_json
from publish.building.tasks import FinishedEdition
from publish.building.vouching import is_vouched_for, vouch_for
from publish.files import Content, cut_content, put_before, refuse_links

__all__ = [
    "Cache",
    "drop_from_cache",
    "load_from_cache",
    "prune_cache",
    "refuse_foreign_cache",
    "store_in_cache",
]


def store_in_cache(
    cache: Cache | None, key: str, made: FinishedEdition, *, own: bool = True
) -> None:
    """Write an edition to the cache; do nothing if its folder cannot be written to.

    `own` says that this machine made it, and from nothing that others made.
    Raises the errors of `refuse_foreign_cache`.
    """
    if cache is None or len(made.content) > cache.limit:
        return
    record = json.dumps(record_to_json(made.record)).encode()
    code = vouch_for("cache", key, _whole(record, made.content)) if own else ""
    digest = _digest(record, made.content, code)
    head = json.dumps({"sha256": digest, "record": len(record), "made-here": code}).encode()
    write_entry(cache, key, put_before(b"%s\n%s\n" % (head, record), made.content))


def load_from_cache(cache: Cache | None, key: str, *, own: bool = False) -> FinishedEdition | None:
    """Return the edition of this key, or None.  A damaged file is deleted.

    With `own`, only an edition that this machine made is returned.
    """
    if cache is None:
        return None
    path = refuse_links(find_entry(cache, key))
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    found = _read(stored, key)
    with suppress(OSError):
        if found is None:
            path.unlink(missing_ok=True)
        else:
            os.utime(path)
    if found is None or (own and not found[1]):
        return None
    return found[0]


def drop_from_cache(cache: Cache | None, key: str) -> None:
    """Delete the edition of this key."""
    if cache is not None:
        with suppress(OSError):
            refuse_links(find_entry(cache, key)).unlink()


def _read(stored: bytes, key: str) -> tuple[FinishedEdition, bool] | None:
    """Return an edition, and whether this machine made it; None if the entry is damaged."""
    head, _, rest = stored.partition(b"\n")
    try:
        facts = json.loads(head)
        record, data = rest[: facts["record"]], rest[facts["record"] + 1 :]
        code = str(facts["made-here"])
        if facts["sha256"] != _digest(record, data, code):
            return None
        made = FinishedEdition(data, record_from_json(json.loads(record)))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return made, is_vouched_for("cache", key, _whole(record, data), code)


def _whole(record: bytes, data: Content) -> Content:
    return put_before(b"%d\n%s" % (len(record), record), data)


def _digest(record: bytes, data: Content, code: str) -> str:
    digest = hashlib.sha256(code.encode())
    for piece in cut_content(_whole(record, data)):
        digest.update(piece)
    return digest.hexdigest()
