"""`publish release`: all editions that may go out, with checksums and signature, in one folder."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from publish.actions.release import (
    Candidates,
    ReleaseOptions,
    build_candidates,
    read_previous,
    release_candidates,
)
from publish.cli.options import add_language, add_workspace, opened
from publish.cli.printing import note, print_error, print_findings
from publish.errors import UsageError
from publish.model import Level
from publish.project.workspace import Workspace, open_workspace
from publish.release.keyfiles import SHORTEST, default_key, make_key, open_key, public_file
from publish.release.minisign import SecretKey, public_line
from publish.reviews.states import STATES
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]

PASSPHRASE = "PUBLISH_PASSPHRASE"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words",
        nargs="*",
        metavar="key new",
        help="makes the pair of keys that releases are signed with; nothing else is done",
    )
    add_language(parser)
    parser.add_argument(
        "--document",
        dest="documents",
        action="append",
        default=[],
        metavar="NAME",
        help="only this document; may be given several times",
    )
    parser.add_argument(
        "--require",
        choices=STATES,
        default=STATES[0],
        metavar="STATE",
        help="leave out what is not yet reviewed, or approved",
    )
    parser.add_argument(
        "--into", type=Path, metavar="DIR", help="where to (default: build/release)"
    )
    parser.add_argument(
        "--previous", type=Path, metavar="DIR", help="the release before, to tell what is new"
    )
    parser.add_argument(
        "--key",
        type=Path,
        metavar="FILE",
        help="the secret key (default: publish/release.key in the folder of your settings)",
    )
    parser.add_argument("--unsigned", action="store_true", help="do without a signature")
    parser.add_argument(
        "--workers",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="processes at once (default: one for each core)",
    )
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    if arguments.words == ["key", "new"]:
        return _new_key(arguments)
    if arguments.words:
        said = " ".join(arguments.words)
        raise UsageError(f"release does not know {said!r}", hint="publish release key new")
    return _release(opened(arguments), arguments)


# --------------------------------------------------------------------------- the key


def _new_key(arguments: argparse.Namespace) -> int:
    path = _key_file(arguments)
    if _in_workspace(path.absolute()):
        raise UsageError(
            f"{path} would lie in a workspace, from where it is easily passed on",
            hint="choose a place of your own: --key FILE",
        )
    public = make_key(path, _passphrase(f"a passphrase for {path}", twice=True))
    note(f"{path}: the secret key, which opens with your passphrase only")
    note(f"{public_file(path)}: the public key, for everyone")
    note(
        "Keep a copy of the secret key and the passphrase apart from each other and from this\n"
        "machine. Who has both can sign in your name; without them nobody can, nor can you.\n"
        "Give partners the public key in person or in print:"
    )
    print(public_line(public))
    return 0


def _in_workspace(path: Path) -> bool:
    try:
        open_workspace(path.parent)
    except UsageError:
        return False
    return True


def _key_file(arguments: argparse.Namespace) -> Path:
    found: Path = arguments.key or default_key(os.environ, Path.home())
    return found


def _passphrase(what: str, *, twice: bool = False) -> str:
    """From the variable, else from the keyboard; raises UsageError where there is neither."""
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise UsageError(
            "nobody is there to type the passphrase", hint=f"put it into the variable {PASSPHRASE}"
        )
    from getpass import getpass

    said = f" ({SHORTEST} characters or more)" if twice else ""
    word = getpass(f"{what}{said}: ")
    if twice and getpass("once more: ") != word:
        raise UsageError("these were two different passphrases")
    return word


def _opened_key(arguments: argparse.Namespace) -> SecretKey | None:
    if arguments.unsigned:
        return None
    path = _key_file(arguments)
    if not path.is_file():
        raise UsageError(
            f"there is no key {path} to sign with",
            hint="publish release key new makes one; --unsigned does without",
        )
    return open_key(path, _passphrase(f"passphrase of {path}"))


# --------------------------------------------------------------------------- the release


def _release(workspace: Workspace, arguments: argparse.Namespace) -> int:
    """1 where an edition had to be left out, or shows source sentences for wrong translations."""
    folder: Path = arguments.into or workspace.root / "build" / "release"
    read_previous(arguments.previous, folder)  # before a passphrase is asked for
    options = ReleaseOptions(
        folder=folder,
        documents=tuple(arguments.documents),
        languages=tuple(arguments.languages),
        require=arguments.require,
        previous=arguments.previous,
        key=_opened_key(arguments),
        workers=arguments.workers,
    )
    loader = Loader(workspace)
    candidates = build_candidates(loader, options)
    _tell_left(workspace, candidates, quiet=arguments.quiet)
    files = release_candidates(loader, candidates, options)
    if not arguments.quiet:
        _tell(workspace, folder, files, options.key)
    wrong = any(one.level is Level.ERROR for one in candidates.findings)
    return int(bool(candidates.left) or wrong)


def _tell_left(workspace: Workspace, candidates: Candidates, *, quiet: bool) -> None:
    """Prints what is left out and why, and what the checks say of the rest."""
    print_findings(one for one in candidates.findings if not quiet or one.level is Level.ERROR)
    for error in candidates.errors:
        print_error(error)
    for one in candidates.left:
        note(f"left out   {workspace.shown(workspace.output(one.edition))}: {one.why}")


def _tell(
    workspace: Workspace, folder: Path, files: Mapping[str, bytes], key: SecretKey | None
) -> None:
    for name in sorted(files):
        note(f"{len(files[name]):>9}  {name}")
    shown = workspace.shown(folder.absolute())
    if key is None:
        note("not signed: nobody can tell who made these files, only that they are undamaged")
        note(f"next: publish verify {shown}")
    else:
        note(f"signed with the key {key.public.id}")
        note(f"next: publish verify {shown} --key {public_line(key.public)}")
