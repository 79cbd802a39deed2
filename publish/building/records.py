"""The record of each edition that was built: its key, its findings and its pages.

A record holds the hash of the edition's file.  So a file that was replaced, or whose record is
missing because the build was killed, is built again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from publish.building.vouching import is_vouched_for, vouch_for
from publish.editions.pagination import Pagination
from publish.files import refuse_links, write_atomic
from publish.model import Edition, Finding, Level, Location, Quoted, Role, Span
from publish.project.workspace import Workspace
from publish.settings import State

__all__ = [
    "BuildRecord",
    "count_pages",
    "delete_edition",
    "load_edition",
    "load_pages",
    "load_record",
    "load_state",
    "matches_record",
    "record_from_json",
    "record_to_json",
    "rewrite_edition",
    "store_edition",
]


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """The findings of an edition when it was made, where the pages of a PDF begin, its state."""

    warnings: tuple[Finding, ...] = ()
    pages: Pagination | None = None
    state: State | None = None


def store_edition(
    workspace: Workspace,
    edition: Edition,
    key: str,
    data: bytes,
    record: BuildRecord,
    *,
    own: bool = True,
) -> None:
    """Write the file of an edition, then its record.

    The record of an edition that this machine made, its `own`, says so with a code that nobody
    else can make.
    """
    _store(workspace, edition, data, {"key": key, **record_to_json(record)}, own=own)


def _store(
    workspace: Workspace, edition: Edition, data: bytes, record: dict[str, Any], *, own: bool
) -> None:
    write_atomic(workspace.output(edition), data)
    written = {**record, "sha256": hashlib.sha256(data).hexdigest()}
    body = json.dumps(written).encode()
    path = _path(workspace, edition)
    code = vouch_for("record", path.name, body) if own else ""
    write_atomic(path, b"%s %s\n%s" % (_proof(code, body), code.encode(), body))


def rewrite_edition(
    workspace: Workspace, edition: Edition, change: Callable[[bytes], bytes]
) -> None:
    """Change the file of an edition, and its record with it; nothing else of the record changes.

    A file that is not there or not the one of its record is left alone.  Raises OSError if it
    cannot be written.
    """
    try:
        stored = _stored(workspace, edition)
        data = workspace.output(edition).read_bytes()
        if stored["sha256"] != hashlib.sha256(data).hexdigest():
            return
    except (OSError, ValueError, KeyError, TypeError):
        return
    changed = change(data)
    if changed != data:
        own = False
        with suppress(ValueError):
            own = bool(_stored(workspace, edition, own=True))
        _store(workspace, edition, changed, stored, own=own)


def _proof(code: str, body: bytes) -> bytes:
    return hashlib.sha256(code.encode() + body).hexdigest().encode()


def load_record(
    workspace: Workspace, edition: Edition, key: str, *, own: bool = False
) -> BuildRecord | None:
    """Return the record of an edition if its file was made with this key, else None.

    A record that is damaged or cannot be read counts as missing.  With `own`, so does one that
    this machine did not make.
    """
    found = load_edition(workspace, edition, key, own=own)
    return found[1] if found else None


def load_edition(
    workspace: Workspace, edition: Edition, key: str, *, own: bool = False
) -> tuple[bytes, BuildRecord] | None:
    """Return the file of an edition with its record, as `load_record` does."""
    try:
        stored = _stored(workspace, edition, own=own)
        data = workspace.output(edition).read_bytes()
        if (stored["key"], stored["sha256"]) != (key, hashlib.sha256(data).hexdigest()):
            return None
        return data, record_from_json(stored)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def record_to_json(record: BuildRecord) -> dict[str, Any]:
    """Return a record as values for JSON."""
    return asdict(record)


def record_from_json(stored: dict[str, Any]) -> BuildRecord:
    """Return the record that `record_to_json` wrote.

    Raises KeyError or TypeError for anything else.
    """
    warnings = tuple(map(_finding, stored["warnings"]))
    return BuildRecord(warnings, _pages(stored["pages"]), stored["state"])


def matches_record(workspace: Workspace, edition: Edition) -> bool | None:
    """Return whether an edition's file is the one in its record; None if either is missing."""
    try:
        stored = _stored(workspace, edition)
        return bool(
            stored["sha256"] == hashlib.sha256(workspace.output(edition).read_bytes()).hexdigest()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load_state(workspace: Workspace, edition: Edition, path: Path) -> str:
    """Return the state of an edition by its record: `original` for one that has none.

    It is empty if the file at `path` is not the one of the record.
    """
    try:
        stored = _stored(workspace, edition)
        whole = stored["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        return (str(stored["state"] or "") or "original") if whole else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def count_pages(workspace: Workspace, edition: Edition) -> int:
    """Return how many pages a PDF has by its record; 0 if the record is not of this file."""
    pages = load_pages(workspace, edition)
    return len(pages.starts) if pages else 0


def load_pages(workspace: Workspace, edition: Edition) -> Pagination | None:
    """Return where the pages of a PDF begin by its record; None if that is not of this file."""
    if matches_record(workspace, edition):
        with suppress(ValueError, KeyError, TypeError, OSError):
            return _pages(_stored(workspace, edition)["pages"])
    return None


def delete_edition(workspace: Workspace, edition: Edition) -> None:
    """Delete the file of an edition and its record; raises PublishError for a link."""
    for path in (workspace.output(edition), _path(workspace, edition)):
        with suppress(NotADirectoryError):  # A file is where the folder should be.
            refuse_links(path).unlink(missing_ok=True)


def _stored(workspace: Workspace, edition: Edition, *, own: bool = False) -> dict[str, Any]:
    """Return what `store_edition` wrote; raises ValueError for a damaged record.

    With `own`, also for one that this machine did not make.
    """
    path = _path(workspace, edition)
    head, _, body = path.read_bytes().partition(b"\n")
    proof, _, ending = head.partition(b" ")
    code = ending.decode()
    if proof != _proof(code, body):
        raise ValueError("this record was damaged")
    if own and not is_vouched_for("record", path.name, body, code):
        raise ValueError("this record was made elsewhere")
    stored: dict[str, Any] = json.loads(body)
    return stored


def _path(workspace: Workspace, edition: Edition) -> Path:
    name = f"{edition.document}.{edition.languages}.{edition.page}.{edition.format}.json"
    return workspace.confined(Path(f"{workspace.root}/build/.editions/{name}"))


def _pages(stored: dict[str, Any] | None) -> Pagination | None:
    if stored is None:
        return None
    starts = tuple((int(element), int(count)) for element, count in stored["starts"])
    return Pagination(starts, str(stored["digest"]))


def _finding(stored: dict[str, object]) -> Finding:
    span = stored.pop("span")
    level = Level(str(stored.pop("level")))
    quoted = stored.pop("quoted")
    location = stored.pop("location")
    key = stored.pop("key")
    covers = stored.pop("covers")
    return Finding(
        level=level,
        span=Span(**span) if isinstance(span, dict) else None,
        quoted=_quoted(quoted) if isinstance(quoted, dict) else None,
        location=_location(location) if isinstance(location, dict) else None,
        key=(key[0], key[1]) if isinstance(key, list) else None,
        covers=tuple((one[0], one[1]) for one in covers) if isinstance(covers, list) else (),
        **stored,  # type: ignore[arg-type]
    )


def _location(stored: dict[str, Any]) -> Location:
    return Location(**stored | {"kind": Role(stored["kind"])})


def _quoted(stored: dict[str, Any]) -> Quoted:
    spot = stored.pop("spot")
    return Quoted(**stored, spot=(spot[0], spot[1]) if spot else None)
