"""Keeps in memory what was made for one edit, for the next one: `RecentResults`."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

__all__ = ["RecentResults"]

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class RecentResults:
    """Results by their keys: those of this run, and those of the run before.

    Nobody changes a result.
    """

    _now: dict[Hashable, Any] = field(default_factory=dict)
    _before: dict[Hashable, Any] = field(default_factory=dict)

    def load(self, key: Hashable) -> Any:
        """Return what is kept under a key, or None; it is kept for the next run."""
        found = self._now.get(key)
        if found is None:
            found = self._before.get(key)
            if found is not None:
                self._now[key] = found
        return found

    def keep(self, key: Hashable, result: Any) -> None:
        """Keep a result under a key."""
        self._now[key] = result

    def recall(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """Return what is kept under a key, or make it and keep it."""
        found: Result | None = self.load(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def end_run(self) -> None:
        """Forget what this run neither took nor kept."""
        self._before.clear()
        self._before.update(self._now)
        self._now.clear()
