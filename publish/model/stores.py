"""What keeps results of work under their keys, wherever it has them."""

from __future__ import annotations

from typing import Protocol

__all__ = ["ResultStore"]


class ResultStore(Protocol):
    """What keeps results by their keys; it gives back only what it was given on this machine."""

    def load(self, key: str) -> bytes | None:
        """Return what is kept under a key, or None."""

    def keep(self, key: str, data: bytes) -> None:
        """Keep a result under a key, if there is room."""
