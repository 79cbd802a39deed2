"""Findings as an HTML page in the reader's language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from publish.checks.explaining import EXPLANATIONS
from publish.checks.table import ACCEPTABLE
from publish.editions.page.interface import Interface
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import Finding, Quoted
from publish.pages.places import make_place_cells
from publish.pages.shell import render_page
from publish.visible import make_visible

__all__ = ["render_findings"]


def render_findings(
    findings: Sequence[Finding], folders: Sequence[Path], interface: Interface, source: Language
) -> str:
    """Return the findings as one page, without scripts or links to other sites.

    The page is in the language of the interface.  A template is taken from the first of the
    `folders` that has it.  `source` is the language of the source.
    """
    files = [
        {"name": name, "rows": [_cells(finding, interface) for finding in rows]}
        for name, rows in groupby(findings, lambda one: one.span.file if one.span else "")
    ]
    counted = Counter(str(finding.level) for finding in findings)
    values = {"counted": counted, "files": files}
    return render_page(folders, "findings.xhtml", values, interface, source)


def _cells(finding: Finding, interface: Interface) -> dict[str, object]:
    """Return the values of a finding's row; texts are cut where the wrong part begins and ends."""
    quoted = finding.quoted or Quoted(source=finding.excerpt, translation="", language="en")
    translation = make_visible(quoted.translation)
    return {
        "code": finding.code,
        "level": str(finding.level),
        "line": finding.span.first if finding.span else "",
        "explained": EXPLANATIONS.get(finding.code),
        "acceptable": finding.code in ACCEPTABLE and finding.quoted is not None,
        "message": make_visible(finding.message),
        "hint": make_visible(finding.hint),
        "source": _pieces(make_visible(quoted.source), _about(quoted)),
        "language": quoted.language,
        "direction": find(quoted.language).direction,
        "translation": _pieces(translation, quoted.spot),
        "about": make_visible(quoted.about),
        "say": make_visible(quoted.say),
        "place": make_place_cells(finding.location, interface) if finding.location else None,
    }


def _about(quoted: Quoted) -> tuple[int, int] | None:
    """Return the start and end of the words in the source that a finding is about."""
    words = re.escape(quoted.about)
    found = re.search(rf"(?<!\w){words}(?!\w)", quoted.source) if words else None
    return found.span() if found else None


def _pieces(text: str, spot: tuple[int, int] | None) -> tuple[str, str, str]:
    """Return a text cut in three: before the spot, the spot, after it."""
    start, end = spot or (len(text), len(text))
    return text[:start], text[start:end], text[end:]
