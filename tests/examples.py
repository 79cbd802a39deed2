"""How many examples of a law are tried: all of them in the full run, fewer in the quick one."""

from __future__ import annotations

__all__ = ["ALL", "FEWER", "some", "try_all"]

ALL = 100
"""What Hypothesis tries where a test names no number."""
FEWER = 3
"""The quick run tries this part of the examples, a third."""
_LEAST = 5

_tries_all = False


def try_all() -> None:
    """From now on, try all examples; called before the tests are imported."""
    global _tries_all
    _tries_all = True


def some(count: int) -> int:
    """Return how many of `count` examples this run tries."""
    return count if _tries_all else max(min(count, _LEAST), count // FEWER)
