"""The command line: find the command, run it, and print what went wrong.

The list of commands and `--help` load no command.
"""

from __future__ import annotations

import sys

from publish.cli.commands import COMMANDS, Command
from publish.errors import PublishError, UsageError, did_you_mean

TYPE_CHECKING = False  # typing itself would be a tenth of the time of --help
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

USAGE = "usage: publish COMMAND [OPTION ...]"
EXIT_CODES = """\
exit codes: 0 done, 1 a source or catalog is wrong, 2 usage or settings, 3 a build failed,
            4 a font or system library is missing, 5 whole, but not proved, 130 interrupted"""
BUILDING = frozenset({"build", "release"})
"""Commands that exit with 3 if the system does not let them write a file."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = _command_first(list(sys.argv[1:] if arguments is None else arguments))
    _escape_unencodable()
    try:
        code = _run_or_tell(words)
        sys.stdout.flush()
    except BrokenPipeError:
        from publish.oserrors import drop_unread_output

        drop_unread_output()
        return 0
    return code


def _run_or_tell(words: list[str]) -> int:
    """Run one command; where it fails, say why, and return the code of the failure."""
    try:
        return _run(words)
    except PublishError as error:
        from publish.cli.printing import print_error

        print_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        print("interrupted; finished editions are whole", file=sys.stderr)
        return 130
    except BrokenPipeError:
        raise
    except OSError as error:
        from publish.cli.printing import print_error
        from publish.oserrors import explain_os_error

        explained = explain_os_error(error, building=not BUILDING.isdisjoint(words[:1]))
        print_error(explained)
        return explained.exit_code
    except UnicodeEncodeError:
        if sys.getfilesystemencoding() == "utf-8":
            raise
        from publish.cli.printing import print_error
        from publish.oserrors import explain_name_error

        print_error(explain_name_error())
        return 2


def _command_first(words: list[str]) -> list[str]:
    """Return the words with each `-C DIR` and `-q` from before the command moved to the end."""
    moved: list[str] = []
    while words and (words[0] in {"-q", "--quiet"} or words[0].startswith("-C")):
        size = 2 if words[0] == "-C" else 1
        moved, words = moved + words[:size], words[size:]
    if not words:
        return moved
    end = words.index("--") if "--" in words else len(words)
    return [*words[:end], *moved, *words[end:]]


def _escape_unencodable() -> None:
    """Print letters that the encoding of the output lacks as `\\u0412`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _run(words: list[str]) -> int:
    if not words or words[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0 if words else 2
    if words[0] in {"-V", "--version"}:
        from importlib.metadata import version

        print(f"publish {version('publish-toolkit')}")
        return 0
    command = COMMANDS.get(words[0])
    if command is None:
        raise UsageError(f"there is no command {words[0]!r}", hint=did_you_mean(words[0], COMMANDS))
    return _call(command, words[1:])


def _call(command: Command, words: list[str]) -> int:
    import argparse
    from contextlib import ExitStack
    from importlib import import_module

    from publish.building.stopping import stop_on_signals
    from publish.garbage import end_quickly, loading_code

    end_quickly()
    with loading_code():
        module = import_module(command.module)
    parser = argparse.ArgumentParser(
        prog=f"publish {command.name}", description=command.help, allow_abbrev=False
    )
    module.add_arguments(parser)
    try:
        # After `--` the order is fixed: argparse cannot mix words around it.
        mixed = command.mixed and "--" not in words
        arguments = parser.parse_intermixed_args(words) if mixed else parser.parse_args(words)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    with stop_on_signals(), ExitStack() as arguments.until_end:
        code: int = module.run(arguments)
    return code


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.help}" for name, command in COMMANDS.items()]
    more = "publish COMMAND --help lists the options of a command; publish --version the version"
    return "\n".join([USAGE, "", "commands:", *lines, "", more, "", EXIT_CODES])
