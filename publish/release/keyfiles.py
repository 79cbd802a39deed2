"""The files of a publisher's key: where they lie, how they are written and read."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from publish.errors import PublishError, UsageError
from publish.files import write_atomic
from publish.release.minisign import (
    STRENGTH,
    PublicKey,
    SecretKey,
    Strength,
    new_key,
    public_key,
    public_text,
    secret_key,
    secret_text,
)

__all__ = ["SHORTEST", "default_key", "given_key", "make_key", "open_key", "public_file"]

SHORTEST = 12
"""Characters of a passphrase; whoever gets hold of the file can try as often as they like."""


def default_key(environment: Mapping[str, str], home: Path) -> Path:
    """Where the secret key lies unless told otherwise (XDG Base Directory Specification)."""
    base = environment.get("XDG_CONFIG_HOME", "")
    folder = Path(base) if base.startswith("/") else home / ".config"
    return folder / "publish" / "release.key"


def public_file(path: Path) -> Path:
    """The file of the public key that belongs to a secret one."""
    return path.with_suffix(".pub")


def make_key(path: Path, passphrase: str, strength: Strength = STRENGTH) -> PublicKey:
    """Writes a new pair of keys, the secret one for its owner's eyes only.

    Raises UsageError where there is a key already or the passphrase is short.
    """
    for file in (path, public_file(path)):
        if file.exists():
            raise UsageError(
                f"there is a file {file} already, and a key must not be overwritten",
                hint="choose another place with --key FILE, or move the old pair away",
            )
    if len(passphrase) < SHORTEST:
        raise UsageError(
            f"the passphrase has fewer than {SHORTEST} characters", hint="take four or five words"
        )
    key = new_key()
    text = secret_text(key, passphrase, strength)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file_of_key:
        file_of_key.write(text)
        file_of_key.flush()
        os.fsync(file_of_key.fileno())
    write_atomic(public_file(path), public_text(key.public).encode())
    return key.public


def open_key(path: Path, passphrase: str) -> SecretKey:
    """The secret key in a file; raises UsageError for one that others can read."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UsageError(f"others can read the key {path}", hint=f"chmod 600 {path}")
    return secret_key(_text(path), passphrase)


def given_key(word: str) -> PublicKey:
    """The public key that a word is, or that the file of this name holds."""
    path = Path(word)
    try:
        is_file = path.is_file()
    except OSError:
        is_file = False
    try:
        return public_key(_text(path) if is_file else word)
    except PublishError as error:
        raise UsageError(f"{word}: {error.message}", hint=error.hint, code="key") from error


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("ascii")
    except UnicodeDecodeError as error:
        raise PublishError(f"{path} is no key of minisign", code="key") from error
