"""Findings about the files of a release."""

from __future__ import annotations

from publish.errors import PublishError
from publish.model import Finding, Level

__all__ = ["report_refusal", "report_release_fault"]

AGAIN = "do not use this copy or pass it on; get it again, and tell the publisher"


def report_release_fault(code: str, message: str, hint: str = AGAIN) -> Finding:
    """Return an error about a release; the hint is to get it again if none is given."""
    return Finding(code=code, level=Level.ERROR, message=message, hint=hint)


def report_refusal(error: PublishError, name: str = "") -> Finding:
    """Return an error as a finding, about a file of this name."""
    start = f"{name}: " if name else ""
    return report_release_fault(error.listed_code, f"{start}{error.message}", error.hint)
