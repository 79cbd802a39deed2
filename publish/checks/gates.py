"""Gates: which findings keep an edition from being a draft, reviewed or approved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from publish.model import Coverage, Finding, Level
from publish.settings import Gate

__all__ = ["describe_count", "describe_counts", "list_gate_failures", "select_counted"]


def select_counted(gate: Gate, findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that a gate counts: of its levels and of the families it names."""
    counted = [finding for finding in findings if finding.level in gate.levels]
    if not gate.families:
        return counted
    return [one for one in counted if _find_families().get(one.code) in gate.families]


@cache
def _find_families() -> Mapping[str, str]:
    """Return the family of each rule; the rules are loaded only where a gate asks for them."""
    from publish.checks.table import RULES

    return {rule.code: rule.family for rule in RULES}


def list_gate_failures(
    gate: Gate, findings: Iterable[Finding], coverage: Coverage | None = None
) -> list[str]:
    """Return why an edition does not pass a gate, in words; an empty list if it passes."""
    counted = Counter(finding.level for finding in select_counted(gate, findings))
    reasons = [describe_count(counted[level], level) for level in gate.levels if counted[level]]
    if coverage is not None and coverage.percent < gate.coverage:
        reasons.append(f"{coverage.percent} % translated, less than {gate.coverage} %")
    return reasons


def describe_counts(findings: Iterable[Finding]) -> list[str]:
    """Return the number of findings of each level in words."""
    counted = Counter(finding.level for finding in findings)
    return [describe_count(counted[level], level) for level in Level]


def describe_count(count: int, level: Level) -> str:
    """Return a number of findings in words: `1 error`, `2 warnings`, `3 pieces of advice`."""
    if level is Level.ADVICE:
        return f"{count} piece{'s' * (count != 1)} of advice"
    return f"{count} {level}{'s' * (count != 1)}"
