"""Make and open the key that releases are signed with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from publish.errors import UsageError
from publish.project.workspace import open_workspace
from publish.signatures.keyfiles import SHORTEST, make_key, open_key
from publish.signatures.minisign import PublicKey, SecretKey

__all__ = ["create_release_key", "open_release_key"]


def create_release_key(path: Path, ask: Callable[[str], str]) -> PublicKey:
    """Write a new secret key and its public key beside it; return the public key.

    `ask` returns the passphrase that a person types at a prompt.  Raises UsageError for a path
    inside a workspace, for one that is taken, and for a passphrase that is short or typed
    differently the second time.
    """
    if _is_in_workspace(path.absolute()):
        raise UsageError(
            f"{path} is inside a workspace, where it is easily passed on by mistake",
            hint="choose another place with --key FILE",
        )
    passphrase = ask(f"new passphrase for {path} (at least {SHORTEST} characters): ")
    if ask("the same again: ") != passphrase:
        raise UsageError("the two passphrases differ", hint="run the command again")
    return make_key(path, passphrase)


def _is_in_workspace(path: Path) -> bool:
    try:
        open_workspace(path.parent)
    except UsageError:
        return False
    return True


def open_release_key(path: Path, ask: Callable[[str], str]) -> SecretKey:
    """Return the secret key in a file; `ask` returns its passphrase.

    Raises UsageError where there is no key, PublishError where the passphrase is wrong.
    """
    if not path.is_file():
        raise UsageError(
            f"there is no key {path} to sign with",
            hint="make one with publish release key new, or release without: --unsigned",
        )
    return open_key(path, ask(f"passphrase of {path}: "))
