"""Findings, errors and progress as people read them, plain where no terminal is."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from typing import TextIO

from publish.errors import FindingsError, PublishError
from publish.files import write_atomic
from publish.model import Finding, Level, Quoted
from publish.reading.placewords import describe_location
from publish.visible import crop, visible

__all__ = [
    "finding_text",
    "note",
    "print_error",
    "print_findings",
    "show_findings",
    "write_data",
]

WIDTH = 96
"""Code points of a sentence that are shown on a line."""
COLOURS = {Level.ERROR: "31;1", Level.WARNING: "33;1", Level.ADVICE: "36;1"}


def note(message: str) -> None:
    """A message for people, on stderr: stdout is for data."""
    print(message, file=sys.stderr)


def write_data(arguments: argparse.Namespace, data: bytes, said: str) -> None:
    """Write what a command was called for into the file of `--output`, or on stdout."""
    if arguments.output is None:
        sys.stdout.write(data.decode())
        return
    write_atomic(arguments.output, data)
    if not arguments.quiet:
        note(f"{arguments.output}: {said}")


def print_error(error: PublishError) -> None:
    """An error with its place and the way out; several findings one after the other."""
    if isinstance(error, FindingsError):
        print_findings(error.findings)
    level = _coloured(f"error[{error.code}]" if error.code else "error", Level.ERROR)
    lines = [f"{level}: {error.message}"]
    lines += [f"  --> {error.span}"] if error.span else []
    lines += [f"  help: {error.hint}"] if error.hint else []
    note("\n".join(lines))


def print_findings(findings: Iterable[Finding]) -> None:
    """Findings with their places, sentences and ways out, on stderr."""
    colour = _has_colours(sys.stderr)
    for finding in findings:
        note(finding_text(finding, colour=colour))


def show_findings(findings: Iterable[Finding]) -> None:
    """Findings as the data a command was called for: on stdout."""
    colour = _has_colours(sys.stdout)
    for finding in findings:
        print(finding_text(finding, colour=colour))


def finding_text(finding: Finding, *, colour: bool) -> str:
    """A finding in lines: what, where, the source beside the translation, the way out."""
    name = f"{finding.level}[{finding.code}]"
    level = f"\x1b[{COLOURS[finding.level]}m{name}\x1b[0m" if colour else name
    where = describe_location(finding.location) if finding.location else finding.cell
    place = f"  ({where})" if where else ""
    lines = [f"{level}: {visible(finding.message)}"]
    lines += [f"  --> {finding.span}{place}"] if finding.span else []
    if finding.quoted:
        lines += _quoted_lines(finding.quoted)
    elif finding.excerpt:
        lines += [f"   | {visible(finding.excerpt)}"]
    lines += [f"  help: {visible(finding.hint)}"] if finding.hint else []
    return "\n".join(lines)


def _quoted_lines(quoted: Quoted) -> list[str]:
    """The source, the translation and a line that marks the spot, cut to what fits a line."""
    start, end = quoted.spot or (0, 0)
    first = max(0, min(start - WIDTH // 3, len(quoted.translation) - WIDTH))
    cut = visible(quoted.translation)[first : first + WIDTH]
    before, after = "…" * (first > 0), "…" * (first + WIDTH < len(quoted.translation))
    lines = [f"   | {crop(visible(quoted.source), WIDTH)}"]
    lines += [f"   | {before}{cut}{after}"]
    if quoted.spot:
        marked = max(1, min(end, first + WIDTH) - start)
        lines += [f"   | {' ' * (start - first + len(before))}{'^' * marked}"]
    return lines


def _has_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")


def _coloured(text: str, level: Level) -> str:
    return f"\x1b[{COLOURS[level]}m{text}\x1b[0m" if _has_colours(sys.stderr) else text
