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
from publish.pages.findingstext import render_error_text, render_fault_line, render_finding_text
from publish.reading.faults import SEVERAL, join_errors

__all__ = [
    "print_error",
    "print_errors",
    "print_findings",
    "print_note",
    "show_faults",
    "show_findings",
    "write_data",
]


def print_note(message: str) -> None:
    """Print a message for people on stderr: stdout is for data."""
    print(message, file=sys.stderr)


def write_data(arguments: argparse.Namespace, data: bytes, summary: str) -> None:
    """Write data to the file of `--output`, or to stdout where none is given."""
    if arguments.output is None:
        sys.stdout.write(data.decode())
        return
    write_atomic(arguments.output, data)
    if not arguments.quiet:
        print_note(f"{arguments.output}: {summary}")


def print_errors(errors: Sequence[PublishError]) -> None:
    """Print errors; the faults of sources are one list, whatever else is wrong."""
    sources = [error for error in errors if error.code == SEVERAL]
    for error in errors if len(sources) < 2 else [join_errors(sources)]:
        print_error(error)
    for error in errors if len(sources) > 1 else ():
        if error not in sources:
            print_error(error)


def print_error(error: PublishError) -> None:
    """Print an error, and the findings that it carries before it."""
    if isinstance(error, FindingsError) and error.code == SEVERAL:
        for finding in error.findings:
            print_note(render_fault_line(finding, colour=_has_colours(sys.stderr)))
    elif isinstance(error, FindingsError):
        print_findings(error.findings)
    print_note(render_error_text(error, colour=_has_colours(sys.stderr)))


def print_findings(findings: Iterable[Finding]) -> None:
    """Print findings on stderr, where they are messages beside the result."""
    colour = _has_colours(sys.stderr)
    for finding in findings:
        print_note(render_finding_text(finding, colour=colour))


def show_findings(findings: Iterable[Finding]) -> None:
    """Print findings on stdout, where they are the result of a command."""
    colour = _has_colours(sys.stdout)
    for finding in findings:
        print(render_finding_text(finding, colour=colour))


def show_faults(findings: Iterable[Finding]) -> None:
    """Print the findings in sources on stdout, one line each."""
    colour = _has_colours(sys.stdout)
    for finding in findings:
        print(render_fault_line(finding, colour=colour))


def _has_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")
