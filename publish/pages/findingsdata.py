"""Findings as JSON and as SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version
from urllib.parse import quote

from publish.checks.table import RULES
from publish.model import Finding, Level
from publish.reading.locationwords import describe_location

__all__ = ["render_findings_json", "render_findings_sarif"]

SARIF_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "note"}


def render_findings_json(findings: Iterable[Finding], accepted: Iterable[Finding]) -> str:
    """Return findings in version 1 of our schema; what a finding lacks is null."""
    found = {
        "version": 1,
        "findings": [_row(finding) for finding in findings],
        "accepted": [_row(finding) for finding in accepted],
    }
    return json.dumps(found, indent=2, ensure_ascii=True)


def _row(finding: Finding) -> dict[str, object]:
    quoted, span = finding.quoted, finding.span
    return {
        "code": finding.code,
        "level": finding.level,
        "message": finding.message,
        "hint": finding.hint,
        "file": span.file if span else None,
        "line": span.first if span else None,
        "place": describe_location(finding.location) if finding.location else None,
        "language": quoted.language if quoted else None,
        "source": quoted.source if quoted else None,
        "translation": quoted.translation if quoted else None,
        "spot": quoted.spot if quoted else None,
    }


def render_findings_sarif(findings: Iterable[Finding]) -> str:
    """Return findings as the log of one run in SARIF 2.1.0 (OASIS), which code hosts show."""
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
            for check in RULES
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
