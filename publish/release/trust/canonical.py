"""JSON in the one form that is signed: "canonical JSON" as the TUF specification asks for it.

Keys are sorted, no space stands between values, and there are no fractions.  Strings here have no
line breaks and no control characters, so every JSON reader can read the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["Value", "write_canonical"]

Value = str | int | bool | None | Sequence["Value"] | Mapping[str, "Value"]


def write_canonical(value: Value) -> bytes:
    """Return a value as canonical JSON, in UTF-8."""
    return _written(value).encode()


def _written(value: Value) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        pairs = (f"{_quoted(name)}:{_written(value[name])}" for name in sorted(value))
        return f"{{{','.join(pairs)}}}"
    return f"[{','.join(map(_written, value))}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
