"""`publish release`: put the editions that may go out in one folder, with checksums, signed."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from publish.actions.keychanges import ACTIONS, MAKING, KeyChange, change_keys
from publish.actions.keys import open_release_key
from publish.actions.numbering import read_previous
from publish.actions.release import (
    Candidates,
    ReleaseOptions,
    build_candidates,
    release_candidates,
)
from publish.actions.signing import sign_folder
from publish.cli.options import (
    add_document,
    add_language,
    add_workers,
    add_workspace,
    ask_passphrase,
    open_given_workspace,
)
from publish.cli.printing import print_errors, print_findings, print_note
from publish.errors import UsageError
from publish.model import Level
from publish.project.workspace import Workspace
from publish.release.outcome import describe_release
from publish.release.releasefolder import refuse_foreign_folder
from publish.reviews.states import STATES
from publish.signatures.keyfiles import find_default_key, read_public_word
from publish.translation.loading import Loader

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words",
        nargs="*",
        metavar="key ACTION | sign DIR",
        help="instead of releasing: make a key (new), add or withdraw KEY, put another in the place"
        " of this one (rotate), list the keys (show), print a recovery sheet (sheet), or add the"
        " second signature to a release or a list of keys (sign)",
    )
    add_language(parser)
    add_document(parser)
    parser.add_argument(
        "--require",
        choices=STATES,
        default=STATES[0],
        metavar="STATE",
        help="leave out translations below this state: draft, reviewed or approved",
    )
    for option, kind, words in (
        ("--into", "DIR", "write to this folder (default: build/release)"),
        ("--previous", "DIR", "list what is new since this release"),
        ("--key", "FILE", "secret key to sign with (default: ~/.config/publish/release.key)"),
    ):
        parser.add_argument(option, type=Path, metavar=kind, help=words)
    parser.add_argument(
        "--needed", type=int, metavar="N", help="with key add or withdraw: 1 or 2 keys must sign"
    )
    parser.add_argument("--unsigned", action="store_true", help="do not sign")
    parser.add_argument("--trust", default="", metavar="REASON", help="sign what others built")
    add_workers(parser)
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    match arguments.words:
        case []:
            return _release(open_given_workspace(arguments, writing=True), arguments)
        case ["key", action, *subjects] if len(subjects) == ACTIONS.get(action):
            change = KeyChange(action, "".join(subjects), _key_file(arguments), arguments.needed)
            told = change_keys(change, ask_passphrase, os.environ)
        case ["sign", folder]:
            path = _key_file(arguments)
            told = sign_folder(Path(folder), open_release_key(path, ask_passphrase), path)
        case words:
            hint = f"publish release key {' | '.join(ACTIONS)}; publish release sign DIR"
            raise UsageError(f"release does not know {' '.join(words)!r}", hint=hint)
    for line in told:
        print_note(line)
    if arguments.words in MAKING:
        print(read_public_word(_key_file(arguments)))
    return 0


# --------------------------------------------------------------------------- the key


def _key_file(arguments: argparse.Namespace) -> Path:
    found: Path = arguments.key or find_default_key(os.environ, Path.home())
    return found


# --------------------------------------------------------------------------- the release


def _release(workspace: Workspace, arguments: argparse.Namespace) -> int:
    """Return 1 if an edition was left out or shows source sentences for wrong translations."""
    folder: Path = arguments.into or workspace.root / "build" / "release"
    refuse_foreign_folder(folder)  # A wrong folder is reported before the prompt.
    read_previous(arguments.previous, folder)
    options = ReleaseOptions(
        folder=folder,
        documents=tuple(arguments.documents),
        languages=tuple(arguments.languages),
        require=arguments.require,
        previous=arguments.previous,
        key=None if arguments.unsigned else open_release_key(_key_file(arguments), ask_passphrase),
        key_file=_key_file(arguments),
        workers=arguments.workers,
        trust=arguments.trust,
    )
    loader = Loader(workspace)
    candidates = build_candidates(loader, options)
    _print_left(workspace, candidates, quiet=arguments.quiet)
    files = release_candidates(loader, candidates, options)
    if not arguments.quiet:
        for line in describe_release(files, workspace.shown(folder.absolute()), options.key):
            print_note(line)
    if options.trust:
        print_note(f"what others built was not made again: {options.trust}")
    wrong = any(one.level is Level.ERROR for one in candidates.findings)
    return int(bool(candidates.left) or wrong)


def _print_left(workspace: Workspace, candidates: Candidates, *, quiet: bool) -> None:
    """Print which editions are left out and why, and the findings in the others."""
    print_findings(one for one in candidates.findings if not quiet or one.level is Level.ERROR)
    print_errors(candidates.errors)
    for one in candidates.left:
        print_note(f"left out   {workspace.shown(workspace.output(one.edition))}: {one.why}")
