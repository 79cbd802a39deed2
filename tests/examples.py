"""How much is tried: all examples and cases in the full run, fewer in the quick one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest

__all__ = ["ALL", "FEWER", "first", "least", "named", "some", "tries_all", "try_all"]

ALL = 100
"""What Hypothesis tries where a test names no number."""
FEWER = 5
"""The quick run tries this part of the examples, a fifth."""
_LEAST = 5

_tries_all = False


def try_all() -> None:
    """From now on, try all examples; called before the tests are imported."""
    global _tries_all
    _tries_all = True


def tries_all() -> bool:
    """Return whether this is the full run."""
    return _tries_all


def some(count: int) -> int:
    """Return how many of `count` examples this run tries."""
    return count if _tries_all else max(min(count, _LEAST), count // FEWER)


def least(count: int) -> int:
    """Return how many examples of a kind this run has to meet, of `count` in the full run.

    Of few examples chance leaves out many, so the quick run asks for a tenth.
    """
    return count if _tries_all else max(1, count // (2 * FEWER))


def named(cases: Iterable[str], quick: Collection[str]) -> list[Any]:
    """Return the names of the cases of a test; those not in `quick` are left to the full run."""
    cases = list(cases)
    assert set(quick) < set(cases)
    return [name if name in quick else pytest.param(name, marks=pytest.mark.full) for name in cases]


def first(cases: Iterable[Any], count: int) -> list[Any]:
    """Return the cases of a test; those after the first `count` are left to the full run."""
    return [
        case if number < count else pytest.param(case, marks=pytest.mark.full)
        for number, case in enumerate(cases)
    ]
