"""Findings for other programs and for a browser: JSON, SARIF 2.1.0, a page of HTML."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from publish.checks.explaining import EXPLAINED, place_string
from publish.checks.table import ACCEPTABLE, TABLE
from publish.editions.interface import Interface
from publish.languages.registry import find
from publish.model import Finding, Level, Quoted
from publish.visible import visible

__all__ = ["findings_html", "findings_json", "findings_sarif"]


def findings_json(findings: Iterable[Finding], accepted: Iterable[Finding]) -> str:
    """The schema: version 1; places and texts are null where a finding has none."""
    found = {
        "version": 1,
        "findings": [_row(finding) for finding in findings],
        "accepted": [_row(finding) for finding in accepted],
    }
    return json.dumps(found, indent=2, ensure_ascii=True)


def _row(finding: Finding) -> dict[str, object]:
    quoted = finding.quoted
    return {
        "code": finding.code,
        "level": finding.level,
        "message": finding.message,
        "hint": finding.hint,
        "file": finding.span.file if finding.span else None,
        "line": finding.span.first if finding.span else None,
        "place": finding.place or None,
        "language": quoted.language if quoted else None,
        "source": quoted.source if quoted else None,
        "translation": quoted.translation if quoted else None,
        "spot": quoted.spot if quoted else None,
    }


# --------------------------------------------------------------------------- SARIF

SARIF_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "note"}


def findings_sarif(findings: Iterable[Finding]) -> str:
    """A log of one run in SARIF 2.1.0, which code hosts show beside the lines (OASIS)."""
    driver = {
        "name": "publish",
        "version": version("publish-toolkit"),
        "rules": [
            {
                "id": check.code,
                "shortDescription": {"text": check.title},
                "fullDescription": {"text": check.why},
                "defaultConfiguration": {"level": SARIF_LEVELS[check.level]},
            }
            for check in TABLE
        ],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding) for finding in findings],
            }
        ],
    }
    return json.dumps(log, indent=2, ensure_ascii=True)


def _result(finding: Finding) -> dict[str, object]:
    help_text = f" ({finding.hint})" if finding.hint else ""
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": SARIF_LEVELS[finding.level],
        "message": {"text": f"{finding.message}{help_text}"},
    }
    if finding.span:
        physical = {
            "artifactLocation": {"uri": quote(finding.span.file)},
            "region": {"startLine": max(1, finding.span.first)},
        }
        result["locations"] = [{"physicalLocation": physical}]
    return result


# --------------------------------------------------------------------------- HTML


def findings_html(
    findings: Sequence[Finding], folders: Sequence[Path], interface: Interface, source: str
) -> str:
    """One page without scripts or addresses, in the words of an interface.

    `source` is the tag of the source language; `folders` hold the templates, first one first.
    """
    # The template engine is loaded only where a page is wanted.
    from publish.editions.templates import render_template

    files = [
        {"name": name, "rows": [_cells(finding) for finding in rows]}
        for name, rows in groupby(findings, lambda one: one.span.file if one.span else "")
    ]
    counted = Counter(str(finding.level) for finding in findings)
    values = {
        "language": interface.language.tag,
        "direction": interface.language.direction,
        "source_language": source,
        "source_direction": find(source).direction,
        "counted": counted,
        "files": files,
    }
    return render_template(folders, "findings.xhtml", values, interface)


def _cells(finding: Finding) -> dict[str, object]:
    """What the page shows of a finding: texts in pieces, the pieces with what is wrong marked."""
    quoted = finding.quoted or Quoted(finding.excerpt, "", "en")
    section, what, number = place_string(finding.place)
    translation = visible(quoted.translation)
    return {
        "code": finding.code,
        "level": str(finding.level),
        "line": finding.span.first if finding.span else "",
        "section": section,
        "what": what,
        "number": number,
        "explained": EXPLAINED.get(finding.code),
        "acceptable": finding.code in ACCEPTABLE and finding.quoted is not None,
        "message": visible(finding.message),
        "hint": visible(finding.hint),
        "source": _pieces(visible(quoted.source), _about(quoted)),
        "language": quoted.language,
        "direction": find(quoted.language).direction,
        "translation": _pieces(translation, quoted.spot),
        "about": visible(quoted.about),
        "say": visible(quoted.say),
    }


def _about(quoted: Quoted) -> tuple[int, int] | None:
    """Where the words that a finding is about stand in the source."""
    words = re.escape(quoted.about)
    found = re.search(rf"(?<!\w){words}(?!\w)", quoted.source) if words else None
    return found.span() if found else None


def _pieces(text: str, spot: tuple[int, int] | None) -> tuple[str, str, str]:
    start, end = spot or (len(text), len(text))
    return text[:start], text[start:end], text[end:]
