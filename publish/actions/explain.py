"""Tell what a check looks for."""

from __future__ import annotations

from publish.checks.check import Check
from publish.checks.table import TABLE
from publish.errors import UsageError, did_you_mean

__all__ = ["find_check"]


def find_check(code: str) -> Check:
    """Return the row of a code; raises UsageError, with the nearest code, where there is none."""
    rows = {check.code: check for check in TABLE}
    found = rows.get(code)
    if found is None:
        raise UsageError(f"no check is called {code!r}", hint=did_you_mean(code, rows))
    return found
