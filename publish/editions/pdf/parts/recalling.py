"""Keeps what was found for parts as it is, from one look at the desk to the next: `Recalled`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

__all__ = ["Recalled", "recall"]

Result = TypeVar("Result")

Key = tuple[str, ...]
"""What a result is, and all that it depends on."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """Results by their keys: those of this run, and those of the run before; nobody changes them.

    They are not packed: opening those of all parts takes longer than the layout of a chapter.
    """

    _now: dict[Key, Any] = field(default_factory=dict)
    _before: dict[Key, Any] = field(default_factory=dict)

    def load(self, key: Key) -> Any:
        """Return what is kept under a key, or None; it is kept for the next run."""
        found = self._now.get(key)
        if found is None:
            found = self._before.get(key)
            if found is not None:
                self._now[key] = found
        return found

    def keep(self, key: Key, found: Any) -> None:
        """Keep a result under a key."""
        self._now[key] = found

    def end_run(self) -> None:
        """Forget what this run neither took nor kept."""
        self._before.clear()
        self._before.update(self._now)
        self._now.clear()


def recall(recalled: Recalled | None, key: Key, make: Callable[[], Result]) -> Result:
    """Return what is known under a key, or make it and keep it if results are kept at all."""
    if recalled is None:
        return make()
    found: Result | None = recalled.load(key)
    if found is None:
        found = make()
        recalled.keep(key, found)
    return found
