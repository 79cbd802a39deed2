"""The record of each edition that was built: its key, its findings and its pages.

A record holds the hash of the edition's file.  So a file that was replaced, or whose record is
missing because the build was killed, is built again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from publish.building.vouching import is_vouched_for, vouch_for
from publish.editions.pagination import Pagination
from publish.errors import PublishError
from publish.files import Content, cut_content, read_inside, refuse_links, write_atomic
from publish.model import Edition, Finding, Level, Location, Quoted, Role, Span
from publish.project.workspace import Workspace
from publish.settings import State

__all__ = [
    "BuildRecord",
    "StoredEdition",
    "count_pages",
    "count_records",
    "delete_edition",
    "find_edition",
    "find_values",
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


RECORDS = "build/.editions"
"""The folder of the records, in a workspace."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """The findings of an edition when it was made, where the pages of a PDF begin, its state."""

    warnings: tuple[Finding, ...] = ()
    pages: Pagination | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """The file of an edition with its record; `own` says that this machine made it."""

    data: bytes
    record: BuildRecord
    own: bool


def store_edition(
    workspace: Workspace,
    edition: Edition,
    key: str,
    data: Content,
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
    workspace: Workspace, edition: Edition, data: Content, record: dict[str, Any], *, own: bool
) -> None:
    write_atomic(workspace.output(edition), data)
    digest = hashlib.sha256()
    for piece in cut_content(data):
        digest.update(piece)
    written = {**record, "sha256": digest.hexdigest()}
    body = json.dumps(written).encode()
    path = _path(workspace, edition)
    code = vouch_for("record", path.name, body) if own else ""
    whole = b"%s %s\n%s" % (_proof(code, body), code.encode(), body)
    write_atomic(path, whole, sync=False)  # One that a power cut damaged is found out by its proof.


def rewrite_edition(
    workspace: Workspace, edition: Edition, change: Callable[[bytes], bytes]
) -> None:
    """Change the file of an edition, and its record with it; nothing else of the record changes.

    A file that is not there or not the one of its record is left alone.  Raises OSError if it
    cannot be written.
    """
    try:
        stored, own = _stored(workspace, edition)
        data = _read_file(workspace, edition)
        if stored["sha256"] != hashlib.sha256(data).hexdigest():
            return
    except (OSError, ValueError, KeyError, TypeError):
        return
    changed = change(data)
    if changed != data:
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
    found = find_edition(workspace, edition, key)
    return (found.data, found.record) if found and (found.own or not own) else None


def find_edition(
    workspace: Workspace, edition: Edition, key: str, plain: set[str] | None = None
) -> StoredEdition | None:
    """Return an edition if its file is that of its record and was made with this key, else None.

    The file is read only if the record has this key.  For `plain` see `read_inside`.
    """
    found = find_values(workspace, edition, key, plain)
    if found is None:
        return None
    data, stored, own = found
    with suppress(ValueError, KeyError, TypeError):
        return StoredEdition(data, record_from_json(stored), own)
    return None


def find_values(
    workspace: Workspace, edition: Edition, key: str, plain: set[str] | None = None
) -> tuple[bytes, dict[str, Any], bool] | None:
    """Return file, record as values of JSON, and `own`, of an edition as `find_edition` does."""
    try:
        stored, own = _stored(workspace, edition, plain)
        if stored["key"] != key:
            return None
        data = _read_file(workspace, edition, plain)
        whole = stored["sha256"] == hashlib.sha256(data).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (data, stored, own) if whole else None


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
        stored, _ = _stored(workspace, edition)
        data = _read_file(workspace, edition)
        return bool(stored["sha256"] == hashlib.sha256(data).hexdigest())
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load_state(workspace: Workspace, edition: Edition, path: Path) -> str:
    """Return the state of an edition by its record: `original` for one that has none.

    It is empty if the file at `path` is not the one of the record.
    """
    try:
        stored, _ = _stored(workspace, edition)
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
            return _pages(_stored(workspace, edition)[0]["pages"])
    return None


def delete_edition(workspace: Workspace, edition: Edition) -> None:
    """Delete the file of an edition and its record; raises PublishError for a link."""
    for path in (workspace.output(edition), _path(workspace, edition)):
        with suppress(NotADirectoryError):  # A file is where the folder should be.
            refuse_links(path).unlink(missing_ok=True)


def _stored(
    workspace: Workspace, edition: Edition, plain: set[str] | None = None
) -> tuple[dict[str, Any], bool]:
    """Return what `store_edition` wrote, and whether this machine made it.

    Raises ValueError for a damaged record.
    """
    name = _name(edition)
    head, _, body = read_inside(workspace.root, f"{RECORDS}/{name}", plain).partition(b"\n")
    proof, _, ending = head.partition(b" ")
    code = ending.decode()
    if proof != _proof(code, body):
        raise ValueError("this record was damaged")
    stored: dict[str, Any] = json.loads(body)
    return stored, is_vouched_for("record", name, body, code)


def _read_file(workspace: Workspace, edition: Edition, plain: set[str] | None = None) -> bytes:
    return read_inside(workspace.root, edition.file, plain)


def _path(workspace: Workspace, edition: Edition) -> Path:
    return workspace.confined(Path(f"{workspace.root}/{RECORDS}/{_name(edition)}"))


def count_records(workspace: Workspace) -> int:
    """Return how many records there are, whatever editions they are of."""
    with suppress(OSError, PublishError), os.scandir(_folder(workspace)) as found:
        return sum(1 for _ in found)
    return 0


def _folder(workspace: Workspace) -> Path:
    return workspace.confined(workspace.root / RECORDS)


def _name(edition: Edition) -> str:
    return f"{edition.document}.{edition.languages}.{edition.page}.{edition.format}.json"


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
