"""Print findings, errors and notes; in colour on a terminal unless NO_COLOR is set."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from publish.errors import FindingsError, PublishError
from publish.files import write_atomic
from publish.model import Finding
from publish.pages.findingstext import render_error_text, render_finding_text
from publish.reading.faults import SEVERAL, merge_source_errors

__all__ = ["print_error", "print_errors", "print_findings", "print_note", "show_findings"]
__all__ += ["print_lines", "write_data"]


def print_note(message: str) -> None:
    """Print a message for people on stderr: stdout is for data."""
    print(message, file=sys.stderr)


def print_lines(lines: Sequence[str], *, quiet: bool = False) -> None:
    """Print lines on stdout, and the last one as a note; nothing if `quiet` is set."""
    for number, line in enumerate(() if quiet else lines, 1):
        print(line) if number < len(lines) else print_note(line)


def write_data(arguments: argparse.Namespace, data: bytes, summary: str) -> None:
    """Write data to the file of `--output`, or to stdout where none is given."""
    if arguments.output is None:
        sys.stdout.write(data.decode())
        return
    write_atomic(arguments.output, data)
    if not arguments.quiet:
        print_note(f"{arguments.output}: {summary}")


def print_errors(errors: Sequence[PublishError]) -> None:
    """Print errors; the faults of sources are one list."""
    for error in merge_source_errors(errors):
        print_error(error)


def print_error(error: PublishError) -> None:
    """Print an error, and the findings that it carries before it."""
    if isinstance(error, FindingsError):
        print_findings(error.findings, short=error.code == SEVERAL)
    print_note(render_error_text(error, colour=_has_colours(sys.stderr)))


def print_findings(findings: Iterable[Finding], *, short: bool = False) -> None:
    """Print findings on stderr, beside the result; `short` gives each one line."""
    colour = _has_colours(sys.stderr)
    for finding in findings:
        print_note(render_finding_text(finding, colour=colour, short=short))


def show_findings(findings: Iterable[Finding], *, short: bool = False) -> None:
    """Print findings on stdout, where they are the result of a command."""
    colour = _has_colours(sys.stdout)
    for finding in findings:
        print(render_finding_text(finding, colour=colour, short=short))


def _has_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")
