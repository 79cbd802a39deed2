"""`publish status`: for each language the catalog's figures and what its editions show."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass

from publish.building.preparing import load_catalog, stale
from publish.catalogs.statistics import Statistics, statistics
from publish.cli.options import add_documents, add_language, add_workspace, opened
from publish.cli.printing import print_findings
from publish.editions.assembling import Translation, assemble
from publish.model import Coverage, Finding
from publish.workspace import Workspace

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_documents(parser)
    add_language(parser)
    parser.add_argument("--json", action="store_true", help="for other programs")
    add_workspace(parser)


@dataclass(frozen=True, slots=True)
class _Row:
    """One document in one language; `catalog` is None where there is no file."""

    document: str
    language: str
    catalog: Statistics | None
    coverage: Coverage


def run(arguments: argparse.Namespace) -> int:
    workspace = opened(arguments)
    rows: list[_Row] = []
    findings: list[Finding] = []
    for name in workspace.documents(arguments.documents):
        more_rows, more_findings = _rows(workspace, name, arguments.languages)
        rows += more_rows
        findings += more_findings
    print(_json(rows) if arguments.json else _table(rows))
    print_findings(findings)
    return 0


def _rows(
    workspace: Workspace, name: str, languages: list[str]
) -> tuple[list[_Row], list[Finding]]:
    source = workspace.source_language
    document = workspace.read(name)
    corrections = load_catalog(workspace, source, name)
    rows: list[_Row] = []
    findings: list[Finding] = []
    for language in workspace.languages(languages):
        catalog = load_catalog(workspace, language, name)
        translation = Translation.of(source, language, catalog, corrections)
        coverage = assemble(document, translation).coverage
        figures = statistics(catalog) if catalog else None
        rows.append(_Row(name, language.tag, figures, coverage))
        findings += stale(document, source, catalog) if catalog else []
    return rows, findings


def _json(rows: list[_Row]) -> str:
    return json.dumps(
        {"version": 1, "editions": [asdict(row) for row in rows]}, indent=2, ensure_ascii=False
    )


HEADER = ("document", "language", "translated", "fuzzy", "untranslated", "edition shows")


def _table(rows: list[_Row]) -> str:
    lines = [HEADER]
    for row in rows:
        figures = row.catalog or Statistics(0, 0, 0)
        shown = f"{row.coverage.translated} of {row.coverage.words} words ({row.coverage.percent}%)"
        lines.append(
            (
                row.document,
                row.language,
                str(figures.translated),
                str(figures.fuzzy),
                str(figures.untranslated),
                shown,
            )
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
