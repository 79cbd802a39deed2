"""Write answers as JSON; large ones in parts, so that they are never in memory several times."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

__all__ = ["Joined", "Listed", "encode_json", "write_parts"]

ITEMS, BYTES = 200, 1 << 18
"""So many items of a list are made and written at once; an answer has parts of about so many
bytes."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of which each item is made only when it is written."""

    items: Iterable[Any]


@dataclass(frozen=True, slots=True)
class Joined:
    """A text in parts, each in UTF-8."""

    parts: Iterable[bytes]


def encode_json(data: Any) -> bytes:
    """Return data as JSON in UTF-8; half of a character becomes a question mark."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def write_parts(data: Mapping[str, Any]) -> tuple[bytes, ...]:
    """Return an object as JSON in parts; its values may be `Listed` or `Joined`.

    Law: joined, they are what `encode_json` writes of the same data.
    """
    parts: list[bytes] = []
    written = bytearray(b"{")
    for number, (name, value) in enumerate(data.items()):
        written += (b"," if number else b"") + encode_json(name) + b":"
        for part in _write_value(value):
            written += part
            if len(written) >= BYTES:
                parts.append(bytes(written))
                written.clear()
    return (*parts, bytes(written + b"}"))


def _write_value(value: Any) -> Iterator[bytes]:
    match value:
        case Joined(parts):
            yield b'"'
            for part in parts:
                yield encode_json(part.decode())[1:-1]
            yield b'"'
        case Listed(items):
            left, between = iter(items), b""
            yield b"["
            while some := list(islice(left, ITEMS)):
                yield between + encode_json(some)[1:-1]
                between = b","
            yield b"]"
        case _:
            yield encode_json(value)
