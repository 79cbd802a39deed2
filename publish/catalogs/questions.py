"""Questions of translators: comments `# question:`, kept with the entry until they are answered."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["ASKED", "drop_question", "find_questions", "write_question"]

ASKED = "question:"


def find_questions(comments: Iterable[str]) -> tuple[str, ...]:
    """Return the questions in the comments of an entry, without their mark."""
    lines = (line.strip() for line in comments)
    return tuple(line.removeprefix(ASKED).strip() for line in lines if line.startswith(ASKED))


def write_question(question: str) -> str:
    """Return the comment line of a question."""
    return f"{ASKED} {question}"


def drop_question(comments: Iterable[str], question: str) -> tuple[str, ...]:
    """Return the comments of an entry without one of its questions."""
    return tuple(line for line in comments if find_questions([line]) != (question,))
