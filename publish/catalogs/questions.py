"""Questions of translators: comments `# question:`, kept with the entry until they are answered."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["ASKED", "find_questions"]

ASKED = "question:"


def find_questions(comments: Iterable[str]) -> tuple[str, ...]:
    """Return the questions in the comments of an entry, without their mark."""
    lines = (line.strip() for line in comments)
    return tuple(line.removeprefix(ASKED).strip() for line in lines if line.startswith(ASKED))
