"""Reads the values of dictionaries and arrays of a PDF, whose objects are pypdf's."""

from __future__ import annotations

from typing import Any

__all__ = ["get_value", "is_true", "list_named", "to_list"]


def get_value(holder: Any, key: str) -> Any:
    """Return the value of a key, wherever it is in the file; None if there is none."""
    value = holder.get(key)
    return value.get_object() if value is not None else None


def is_true(holder: Any, key: str) -> bool:
    """Return whether the value of a key is true."""
    return getattr(get_value(holder or {}, key), "value", False) is True


def to_list(value: Any) -> list[Any]:
    """Return an array as a list, and any other value as a list of one."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def list_named(resources: Any, kind: str) -> list[tuple[str, Any]]:
    """Return the resources of a kind, such as `/Font`, with their names."""
    return list((get_value(resources, kind) or {}).items())
