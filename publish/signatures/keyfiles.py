"""The files of keys of publishers and reviewers: their paths, how to write and read them."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from publish.errors import PublishError, UsageError
from publish.files import write_atomic
from publish.signatures.minisign import (
    STRENGTH,
    PublicKey,
    SecretKey,
    Strength,
    generate_key,
    read_public_key,
    read_secret_key,
    write_public_line,
    write_public_text,
    write_secret_text,
)
from publish.userfolders import find_user_folder

__all__ = [
    "SHORTEST",
    "find_default_key",
    "find_public_file",
    "make_key",
    "open_key",
    "read_given_key",
    "read_public_word",
]

WORD = 56
"""The letters of a public key as one word."""

SHORTEST = 12
"""The least characters of a passphrase, since a stolen file allows any number of tries."""


def find_default_key(
    environment: Mapping[str, str], home: Path, use: Literal["release", "review"] = "release"
) -> Path:
    """Return the default path of a secret key by its use (XDG Base Directory Specification)."""
    return find_user_folder("config", environment, home) / f"{use}.key"


def find_public_file(path: Path) -> Path:
    """Return the path of the public key that belongs to a secret one."""
    return path.with_suffix(".pub")


def make_key(path: Path, passphrase: str, strength: Strength = STRENGTH) -> PublicKey:
    """Write a new pair of keys and return the public one; only the owner can read the secret one.

    Raises UsageError if one of the files exists or the passphrase is too short.
    """
    for file in (path, find_public_file(path)):
        if file.exists():
            raise UsageError(
                f"{file} exists already, and keys are not overwritten",
                hint="choose another file with --key FILE, or move the old pair away",
            )
    if len(passphrase) < SHORTEST:
        raise UsageError(
            f"the passphrase has fewer than {SHORTEST} characters", hint="use four or five words"
        )
    key = generate_key()
    text = write_secret_text(key, passphrase, strength)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file_of_key:
        file_of_key.write(text)
        file_of_key.flush()
        os.fsync(file_of_key.fileno())
    write_atomic(find_public_file(path), write_public_text(key.public).encode())
    return key.public


def open_key(path: Path, passphrase: str) -> SecretKey:
    """Return the secret key in a file.

    Raises UsageError if other users can read the file, PublishError (code `key`) if it is damaged
    or the passphrase is wrong.
    """
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UsageError(f"other users can read the key {path}", hint=f"run chmod 600 {path}")
    return read_secret_key(_text(path), passphrase)


def read_given_key(word: str) -> PublicKey:
    """Return the public key given as a word or as the path of its file; raises UsageError."""
    path = Path(word)
    try:
        is_file = path.is_file()
    except OSError:
        is_file = False
    # A key can have slashes, too, but its length is known.
    named = path.suffix == ".pub" or path.name != word
    if not is_file and named and len(word) != WORD:
        raise UsageError(f"there is no file {word}", hint="name the publisher's public key")
    try:
        return read_public_key(_text(path) if is_file else word)
    except PublishError as error:
        raise UsageError(f"{word}: {error.message}", hint=error.hint, code="key") from error


def read_public_word(path: Path) -> str:
    """Return the public key that belongs to a secret one, as one word."""
    return write_public_line(read_public_key(_text(find_public_file(path))))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("ascii")
    except UnicodeDecodeError as error:
        raise PublishError(f"{path} is not a minisign key", code="key") from error
