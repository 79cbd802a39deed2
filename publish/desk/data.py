"""Results of actions as data for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import PurePath
from typing import Any

from publish.errors import FindingsError, PublishError
from publish.model import Finding
from publish.visible import make_visible

__all__ = ["make_data", "make_error_data"]


def make_data(value: Any) -> Any:
    """Return values with fields as objects by field, findings in short, all else as JSON has it.

    Raises TypeError for a path: no answer names a file by its place on this machine.
    """
    match value:
        case Finding():
            return _finding(value)
        case Enum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case PurePath():
            raise TypeError("a path is no answer")
        case Mapping():
            return {str(key): make_data(one) for key, one in value.items()}
        case tuple() if hasattr(value, "_asdict"):
            return {name: make_data(one) for name, one in value._asdict().items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {one.name: make_data(getattr(value, one.name)) for one in fields(value)}
        case _:
            return [make_data(one) for one in value]


def _finding(finding: Finding) -> dict[str, Any]:
    quoted = finding.quoted
    return {
        "code": finding.code,
        "level": finding.level.value,
        "message": make_visible(finding.message),
        "hint": make_visible(finding.hint),
        "spot": quoted.spot if quoted else None,
        "about": make_visible(quoted.about) if quoted else "",
        "say": make_visible(quoted.say) if quoted else "",
    }


def make_error_data(error: PublishError) -> dict[str, Any]:
    """Return an error as data: its message, the fix, its code, and the findings that it has."""
    findings = error.findings if isinstance(error, FindingsError) else ()
    return {
        "message": make_visible(error.message),
        "hint": make_visible(error.hint),
        "code": error.code,
        "place": str(error.span) if error.span else "",
        "findings": [_finding(one) for one in findings],
    }
