"""Findings and errors as lines of text."""

from __future__ import annotations

from publish.errors import PublishError
from publish.model import Finding, Level, Quoted
from publish.reading.locationwords import describe_location
from publish.visible import crop, make_visible

__all__ = ["render_error_text", "render_finding_text"]

WIDTH = 96
"""How many code points of a sentence are shown on a line."""

COLOURS = {Level.ERROR: "31;1", Level.WARNING: "33;1", Level.ADVICE: "36;1"}
"""Parameters of the terminal's escape sequence for colours (ECMA-48, SGR)."""


def render_error_text(error: PublishError, *, colour: bool) -> str:
    """Return an error in lines: what is wrong, where, and how to fix it."""
    name = f"error[{error.code}]" if error.code else "error"
    lines = [f"{_label(name, Level.ERROR, colour=colour)}: {error.message}"]
    lines += [f"  --> {error.span}"] if error.span else []
    lines += [f"  help: {error.hint}"] if error.hint else []
    return "\n".join(lines)


def render_finding_text(finding: Finding, *, colour: bool, short: bool = False) -> str:
    """Return a finding in lines: what is wrong, where, source and translation, how to fix it.

    `short` gives one line: where, what is wrong, how to fix it.
    """
    if short:
        return _on_one_line(finding, colour=colour)
    name = f"{finding.level}[{finding.code}]"
    where = describe_location(finding.location) if finding.location else finding.cell
    place = f"  ({where})" if where else ""
    lines = [f"{_label(name, finding.level, colour=colour)}: {make_visible(finding.message)}"]
    lines += [f"  --> {finding.span}{place}"] if finding.span else []
    if finding.quoted:
        lines += _quoted_lines(finding.quoted)
    elif finding.excerpt:
        lines += [f"   | {make_visible(finding.excerpt)}"]
    lines += [f"  help: {make_visible(finding.hint)}"] if finding.hint else []
    return "\n".join(lines)


def _on_one_line(finding: Finding, *, colour: bool) -> str:
    label = _label(f"{finding.level}[{finding.code}]", finding.level, colour=colour)
    parts = [label, str(finding.span)] if finding.span else [label]
    hint = f" ({make_visible(finding.hint)})" if finding.hint else ""
    return f"{': '.join((*parts, make_visible(finding.message)))}{hint}"


def _label(name: str, level: Level, *, colour: bool) -> str:
    return f"\x1b[{COLOURS[level]}m{name}\x1b[0m" if colour else name


def _quoted_lines(quoted: Quoted) -> list[str]:
    """Return the source, the translation and a line that marks the spot, each cut to WIDTH."""
    start, end = quoted.spot or (0, 0)
    first = max(0, min(start - WIDTH // 3, len(quoted.translation) - WIDTH))
    cut = make_visible(quoted.translation)[first : first + WIDTH]
    before, after = "…" * (first > 0), "…" * (first + WIDTH < len(quoted.translation))
    lines = [f"   | {crop(make_visible(quoted.source), WIDTH)}"]
    lines += [f"   | {before}{cut}{after}"]
    if quoted.spot:
        marked = max(1, min(end, first + WIDTH) - start)
        lines += [f"   | {' ' * (start - first + len(before))}{'^' * marked}"]
    return lines
