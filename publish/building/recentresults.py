"""Keeps in memory what was made for one edit, for the next one: `RecentResults`."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["RecentResults"]


@dataclass(frozen=True, slots=True)
class RecentResults:
    """Results by their keys: those of this run, and those of the run before."""

    _now: dict[str, bytes] = field(default_factory=dict)
    _before: dict[str, bytes] = field(default_factory=dict)

    def load(self, key: str) -> bytes | None:
        """Return what is kept under a key, or None; it is kept for the next run."""
        found = self._now.get(key) or self._before.get(key)
        if found is not None:
            self._now[key] = found
        return found

    def keep(self, key: str, data: bytes) -> None:
        """Keep a result under a key."""
        self._now[key] = data

    def end_run(self) -> None:
        """Forget what this run neither took nor kept."""
        self._before.clear()
        self._before.update(self._now)
        self._now.clear()
