"""Vouch for editions that this user made on this machine, by a key that only they can read.

Records and cache entries carry a code (HMAC-SHA-256).  Whoever can write to a shared cache, or
sends a workspace with a `build/` folder, cannot make such codes.
"""

from __future__ import annotations

import hmac
import os
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

from publish.files import Content, cut_content
from publish.userfolders import find_user_folder

__all__ = ["is_vouched_for", "vouch_for"]

KEY_FILE = "made-here.key"
LENGTH = 32


def vouch_for(kind: str, name: str, content: Content) -> str:
    """Return the code of a content under a name; `kind` keeps records and cache entries apart."""
    code = hmac.new(_key(), b"%s\n%s\n" % (kind.encode(), name.encode()), "sha256")
    for piece in cut_content(content):
        code.update(piece)
    return code.hexdigest()


def is_vouched_for(kind: str, name: str, content: Content, code: str) -> bool:
    """Return whether this user made the code of a content."""
    return hmac.compare_digest(vouch_for(kind, name, content).encode(), code.encode())


def _key() -> bytes:
    return _read_or_make(_find_key_file(*map(os.environ.get, ("HOME", "XDG_CONFIG_HOME"))))


@cache
def _find_key_file(*_: str | None) -> Path:
    """Return where the key is while these variables of the environment are as they are."""
    try:
        home = Path.home()
    except RuntimeError:  # This user has no home folder.
        home = Path("/nonexistent")
    return find_user_folder("config", os.environ, home) / KEY_FILE


@cache
def _read_or_make(path: Path) -> bytes:
    """Return the key in a file; make one if there is none that is ours alone.

    Where it cannot be written, the key lasts as long as this process: editions of earlier runs
    are then made again before they are signed.
    """
    fresh = os.urandom(LENGTH)
    with suppress(OSError):
        return _read(path) or _make(path, fresh)
    return fresh


def _read(path: Path) -> bytes:
    """Return the key; empty if there is none, or if others could have read or written it."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return b""
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        ours = found.st_uid == os.geteuid() and not stat.S_IMODE(found.st_mode) & 0o077
        key = file.read(LENGTH + 1) if ours and stat.S_ISREG(found.st_mode) else b""
    return key if len(key) == LENGTH else b""


def _make(path: Path, key: bytes) -> bytes:
    """Write a new key and return it, or the one that another process wrote meanwhile."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(beside, path)
            return key
        if found := _read(path):
            return found
        beside.replace(path)  # What stood there was no key of ours.
        return key
    finally:
        with suppress(OSError):
            beside.unlink()
