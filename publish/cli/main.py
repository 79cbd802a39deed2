"""The command line: finds the command, runs it, prints what went wrong.

Nothing but this room prints or exits.  The list of commands and `--help` load no command.
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
            4 a font or system library is missing, 130 interrupted"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
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
        sys.stderr.close()
        return 0
    except OSError as error:
        from publish.cli.printing import note

        note(f"error: {error.strerror or error}: {error.filename or 'no file name'}")
        return 2


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
    from importlib import import_module

    module = import_module(command.module)
    parser = argparse.ArgumentParser(
        prog=f"publish {command.name}", description=command.help, allow_abbrev=False
    )
    module.add_arguments(parser)
    try:
        # `--` is for programs, which do not mix.
        mixed = command.mixed and "--" not in words
        arguments = parser.parse_intermixed_args(words) if mixed else parser.parse_args(words)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    code = module.run(arguments)
    assert isinstance(code, int)
    return code


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.help}" for name, command in COMMANDS.items()]
    options = "publish COMMAND --help tells the options of a command; publish --version"
    return "\n".join([USAGE, "", "commands:", *lines, "", options, "", EXIT_CODES])
