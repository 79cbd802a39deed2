"""Change the keys of a publisher: one more, one less, another; and print what recovers one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.actions.keys import create_release_key, open_release_key
from publish.actions.numbering import find_today
from publish.actions.readerwords import find_reader_words
from publish.editions.page.interface import make_interface
from publish.errors import PublishError, UsageError
from publish.files import write_atomic
from publish.languages.registry import find
from publish.release.recovery import render_recovery_sheet
from publish.release.trust.changing import add_key, replace_key, sign_last, withdraw_key
from publish.release.trust.documents import Root, make_fingerprint, make_key_id, name_root
from publish.release.trust.publisher import (
    find_roots_folder,
    list_missing,
    make_first_root,
    read_roots,
    save_roots,
)
from publish.resources import find_template_folder
from publish.signatures.keyfiles import find_public_file, read_given_key, read_public_word
from publish.signatures.minisign import PublicKey, SecretKey, read_public_key, write_public_line

__all__ = ["ACTIONS", "MAKING", "KeyChange", "change_keys"]

ACTIONS = {"new": 0, "add": 1, "withdraw": 1, "rotate": 0, "show": 0, "sheet": 0}
"""What can be done with keys, and how many keys each action names."""

MAKING = (["key", "new"], ["key", "rotate"])
"""The words that make a new key, whose public half is printed."""

SHORT = 16
"""How much of a key's id is shown, and the least that names a key is half of it."""

KEEP = (
    "Keep a copy of the secret key and the passphrase apart from each other and from this\n"
    "machine: publish release key sheet makes a page to print. Whoever has both can sign in\n"
    "your name. If you lose one, you cannot sign.\n"
    "Give partners the public key in person or in print:"
)

Ask = Callable[[str], str]
"""Returns the passphrase that a person types at a prompt."""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What is to be done with the keys of a publisher: one of ACTIONS.

    `subject` names the key that is added or withdrawn, `key_file` has the own secret key, and
    `needed` is how many keys must sign from now on, None for as many as before.
    """

    action: str
    subject: str
    key_file: Path
    needed: int | None = None

    @property
    def folder(self) -> Path:
        """The folder of the publisher's roots."""
        return find_roots_folder(self.key_file)


def change_keys(change: KeyChange, ask: Ask, environment: Mapping[str, str]) -> Iterator[str]:
    """Do what is to be done with the keys, and yield what was done.

    Raises UsageError where it cannot be done, PublishError where a file is damaged.
    """
    if change.action == "new":
        create_release_key(change.key_file, ask)
        yield f"{change.key_file}: the secret key; only your passphrase opens it"
        yield f"{find_public_file(change.key_file)}: the public key, for everyone"
        yield KEEP
    elif change.action == "show":
        yield from _show(change)
    elif change.action == "sheet":
        yield from _print_sheet(change, environment)
    elif change.action == "rotate":
        yield from _rotate(change, ask)
    else:
        own = open_release_key(change.key_file, ask)
        roots = _open_roots(change, own)
        make = add_key if change.action == "add" else withdraw_key
        other = _find_key(change.subject, roots[-1])
        after = make(roots[-1], other, change.needed, find_today())
        yield from _save(change.folder, sign_last((*roots, after), own))


def _open_roots(change: KeyChange, own: SecretKey) -> tuple[Root, ...]:
    """Return the roots to go on from; the first one if there are none yet."""
    roots = read_roots(change.folder) or (make_first_root(own, find_today()),)
    if missing := list_missing(roots):
        raise UsageError(
            f"the last change of the keys still lacks signatures: {', '.join(missing)}",
            hint=f"whoever has another key runs publish release sign {change.folder}",
            code="release-threshold",
        )
    return roots


def _save(folder: Path, roots: tuple[Root, ...]) -> Iterator[str]:
    save_roots(folder, roots)
    last = roots[-1]
    yield f"{folder / name_root(last.version)}: {len(last.keys)} keys, {_write_needed(last)}"
    if missing := list_missing(roots):
        yield (
            f"still missing: {', '.join(missing)}. Give the folder {folder} to whoever has another"
            " key:\nthey run publish release sign DIR and send it back"
        )
    else:
        yield "all who hold a key need this folder; readers get it with the next release"
    if last.threshold == len(last.keys) > 1:
        yield (
            "If one of these keys is lost, nobody can sign or withdraw a key any more. Make one"
            " more key,\nadd it, and keep it on paper: publish release key sheet"
        )


def _write_needed(root: Root) -> str:
    return "each release needs two of them" if root.threshold > 1 else "each can sign alone"


def _find_key(word: str, root: Root) -> bytes:
    """Return the key that a word names: a public key, its file, or the start of its id."""
    named = [key for key in root.keys if make_key_id(key).startswith(word.lower())]
    if len(word) >= SHORT // 2 and len(named) == 1:
        return named[0]
    return read_given_key(word).data


# --------------------------------------------------------------------------- another key


def _rotate(change: KeyChange, ask: Ask) -> Iterator[str]:
    """Put a new key in the place of the own one, which is kept under another name."""
    old = open_release_key(change.key_file, ask)
    roots = _open_roots(change, old)
    if old.data not in roots[-1].keys:
        raise UsageError(
            f"the key {old.public.id} is not one of the publisher's any more",
            hint="publish release key show lists them",
            code="release-key-withdrawn",
        )
    path = change.key_file
    fresh = path.with_name(f"{path.stem}-new{path.suffix}")
    create_release_key(fresh, ask)
    new = open_release_key(fresh, ask)
    after = replace_key(roots[-1], old.data, new.data, find_today())
    signed = sign_last(sign_last((*roots, after), old), new)
    yield from _save(change.folder, signed)
    kept = path.with_name(f"{path.stem}-{old.public.id}{path.suffix}")
    for one, other in ((path, kept), (fresh, path)):
        find_public_file(one).rename(find_public_file(other))
        one.rename(other)
    yield f"{path}: the new secret key; the old one is {kept}, and signs no more releases"


# --------------------------------------------------------------------------- what there is


def _show(change: KeyChange) -> Iterator[str]:
    roots = read_roots(change.folder)
    if not roots:
        raise UsageError(
            f"{change.folder} has no list of keys yet: the first signed release makes it",
            hint="publish release, or name another key: --key FILE",
        )
    last = roots[-1]
    own = _read_public(change.key_file)
    for key in last.keys:
        mine = f"  (this one; minisign says {own.id})" if own and key == own.data else ""
        yield f"{make_key_id(key)[:SHORT]}{mine}"
    yield f"{_write_needed(last)}; list number {last.version} holds until {last.expires[:10]}"
    if missing := list_missing(roots):
        yield f"still missing: {', '.join(missing)}"
    yield f"fingerprint for partners: {make_fingerprint(last)}"


def _read_public(key_file: Path) -> PublicKey | None:
    try:
        return read_public_key(find_public_file(key_file).read_text("ascii"))
    except (OSError, ValueError, PublishError):
        return None


def _print_sheet(change: KeyChange, environment: Mapping[str, str]) -> Iterator[str]:
    path = change.key_file
    public = read_public_key(read_public_word(path))
    roots = read_roots(change.folder)
    sheet = render_recovery_sheet(
        path.read_text("ascii"),
        write_public_line(public),
        [make_key_id(key)[:SHORT] for key in (roots[-1].keys if roots else (public.data,))],
        make_fingerprint(roots[-1]) if roots else "",
        find_reader_words(environment) or make_interface(find("en"), ()),
        [find_template_folder()],
    )
    target = path.with_suffix(".recovery.html")
    target.touch(mode=0o600)
    write_atomic(target, sheet)
    yield f"{target}: print it, keep it away from the machine and the passphrase, then delete it"
    if not roots:
        yield "After the first release, print it again: it then has the fingerprint for partners."
