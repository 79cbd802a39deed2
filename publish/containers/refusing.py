"""The error for a received file that is damaged, too large, or built to do harm."""

from __future__ import annotations

from publish.errors import PublishError
from publish.model import Span

__all__ = ["make_file_error"]


def make_file_error(message: str, file: str, hint: str = "", line: int = 1) -> PublishError:
    """Return the error (code `kit-file`) for a file that is rejected, with a fix."""
    hint = hint or "ask the sender to save the file again, with the program it was edited in"
    return PublishError(message, Span(file, line, line), hint, code="kit-file")
