"""Find the rule of a check."""

from __future__ import annotations

from publish.checks.rule import Rule
from publish.checks.table import RULES
from publish.errors import UsageError, did_you_mean

__all__ = ["find_rule"]


def find_rule(code: str) -> Rule:
    """Return the rule with this code; raises UsageError, with the nearest code, for none."""
    rows = {rule.code: rule for rule in RULES}
    found = rows.get(code)
    if found is None:
        raise UsageError(f"there is no check {code!r}", hint=did_you_mean(code, rows))
    return found
