"""Findings, errors and progress as people read them: on stderr, plain where no terminal is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from publish.errors import FindingsError, PublishError
from publish.model import Finding, Level

__all__ = ["note", "print_error", "print_findings"]

COLOURS = {Level.ERROR: "31;1", Level.WARNING: "33;1", Level.ADVICE: "36;1"}


def note(message: str) -> None:
    """A message for people, on stderr: stdout is for data."""
    print(message, file=sys.stderr)


def print_error(error: PublishError) -> None:
    """An error with its place and the way out; several findings one after the other."""
    if isinstance(error, FindingsError):
        print_findings(error.findings)
    level = _coloured(f"error[{error.code}]" if error.code != "refused" else "error", Level.ERROR)
    lines = [f"{level}: {error.message}"]
    lines += [f"  --> {error.span}"] if error.span else []
    lines += [f"  help: {error.hint}"] if error.hint else []
    note("\n".join(lines))


def print_findings(findings: Iterable[Finding]) -> None:
    """Findings with their places, source sentences and ways out."""
    for finding in findings:
        level = _coloured(f"{finding.level}[{finding.code}]", finding.level)
        lines = [f"{level}: {finding.message}"]
        lines += [f"  --> {finding.span}"] if finding.span else []
        lines += [f"   | {finding.excerpt}"] if finding.excerpt else []
        lines += [f"  help: {finding.hint}"] if finding.hint else []
        note("\n".join(lines))


def _coloured(text: str, level: Level) -> str:
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{COLOURS[level]}m{text}\x1b[0m"
