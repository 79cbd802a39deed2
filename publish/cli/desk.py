"""`publish desk`: translate and review in a browser."""

from __future__ import annotations

import argparse
import os
import sys
import threading

from publish.cli.options import add_reviewer, add_workspace, open_given_workspace
from publish.cli.printing import print_note

TYPE_CHECKING = False
if TYPE_CHECKING:
    from publish.desk.serving import Serving

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document", nargs="?", default="", metavar="DOCUMENT", help="what to open")
    parser.add_argument("-l", "--language", default="", metavar="TAG", help="in this language")
    parser.add_argument(
        "--port", type=int, metavar="N", help="listen at this port (default: 8420 or the next free)"
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--read-only", action="store_true", help="let nobody change anything")
    add_reviewer(parser)
    parser.add_argument(
        "--share",
        nargs="?",
        action="append",
        const="",
        metavar="LINK",
        help='let people in the local network in; "aygul: translate tk" is a link; can be repeated',
    )
    parser.add_argument(
        "--address", default="", metavar="IP", help="share at this address only; all: at each"
    )
    parser.add_argument("--debug", action="store_true", help="print errors of the program in full")
    add_workspace(parser)


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl+C."""
    from publish.desk.serving import ServeOptions, choose_page, serve_workspace

    workspace = open_given_workspace(arguments)
    options = ServeOptions(
        role=arguments.reviewer,
        port=arguments.port,
        page=choose_page(workspace, arguments.document, arguments.language),
        read_only=arguments.read_only,
        shared=arguments.share is not None or bool(arguments.address),
        address=arguments.address,
        invitations=tuple(filter(None, arguments.share or ())),
    )
    serve_workspace(
        workspace,
        options,
        ready=lambda serving: _open(serving, arguments),
        tell=print_note if arguments.debug else lambda _: None,
    )
    return 0


def _open(serving: Serving, arguments: argparse.Namespace) -> None:
    """Print the address and open it; print a new one at each Enter."""
    address = serving.new_address()
    print(address, flush=True)
    for line in serving.describe(quiet=arguments.quiet):
        print_note(line)
    if not arguments.no_browser:
        threading.Thread(target=_show, args=(address,), daemon=True).start()
    if sys.stdin is not None and sys.stdin.isatty():
        threading.Thread(target=_print_more, args=(serving,), daemon=True).start()


def _show(address: str) -> None:
    import webbrowser

    shown = sys.platform != "linux" or {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"} & os.environ.keys()
    if not (shown and webbrowser.open(address)):
        print_note("no browser was found: open the address above in one")


def _print_more(serving: Serving) -> None:
    while os.read(0, 1024):  # Not sys.stdin: its lock must be free at the end of the process.
        print(serving.new_address(), flush=True)
