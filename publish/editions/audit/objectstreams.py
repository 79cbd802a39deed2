"""Reads the objects in the object streams of a PDF at once (ISO 32000-1 §7.5.7).

pypdf reads them one character at a time, which takes most of opening a file.  Here they are read
by one pattern, and given to it.  It reads those streams itself that have anything unusual.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

__all__ = ["fill_objects"]

_TOKEN = re.compile(
    rb"[\s\0]*(?:(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|(?P<name>/[A-Za-z0-9_.,+*:-]+)(?=[\s\0/<>\[\]()]|$)"
    rb"|(?P<reference>[1-9]\d{0,8}) (?P<generation>\d{1,5}) R(?=[\s\0/<>\[\]()]|$)"
    rb"|(?P<number>[-+]?\d{1,15}(?:\.\d{1,15})?)(?=[\s\0/<>\[\]()]|$)"
    rb"|(?P<text>\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>)"
    rb"|(?P<word>true|false|null)(?=[\s\0/<>\[\]()]|$))[\s\0]*",
    re.DOTALL,
)
_MOST_TOKENS, _DEEPEST = 50_000, 50


class _UnusualError(ValueError):
    """Something that this reader leaves to pypdf."""


def fill_objects(reader: Any, made: Any) -> None:
    """Read all object streams of a file and let its reader know their objects.

    `made` has pypdf's types of objects.
    """
    for number in sorted({stream for stream, _ in reader.xref_objStm.values()}):
        try:
            found = _read_stream(reader, number, made)
        except (_UnusualError, ValueError, KeyError, AttributeError, TypeError):
            continue
        for own, value in found.items():
            here = reader.xref_objStm.get(own, (None, None))[0] == number
            if here and (0, own) not in reader.resolved_objects:
                reader.cache_indirect_object(0, own, value)


def _read_stream(reader: Any, number: int, made: Any) -> dict[int, Any]:
    """Return the objects of a stream by their numbers."""
    stream = reader.get_object(number)
    if stream["/Type"] != "/ObjStm":
        raise _UnusualError
    data, count, first = stream.get_data(), int(stream["/N"]), int(stream["/First"])
    head = [int(one) for one in data[:first].split()]
    numbers, starts = head[::2], head[1::2]
    if len(head) != 2 * count or len(set(numbers)) != count or min(head, default=0) < 0:
        raise _UnusualError
    if starts != sorted(set(starts)) or (starts and first + starts[-1] >= len(data)):
        raise _UnusualError
    ends = [*(first + start for start in starts[1:]), len(data)]
    return {
        own: _read_object(reader, data, first + start, end, made)
        for own, start, end in zip(numbers, starts, ends, strict=True)
    }


def _read_object(reader: Any, data: bytes, at: int, end: int, made: Any) -> Any:
    """Return the object that is all there is between two offsets."""
    opened: list[tuple[bytes, list[Any]]] = [(b"", [])]
    for _ in range(_MOST_TOKENS):
        found = _TOKEN.match(data, at, end)
        if found is None:
            break
        at, kind = found.end(), found.lastgroup
        if kind == "name":
            opened[-1][1].append(made.NameObject(found["name"].decode("ascii")))
        elif kind == "generation":
            one = made.IndirectObject(int(found["reference"]), int(found["generation"]), reader)
            opened[-1][1].append(one)
        elif kind == "open":
            opened.append((found["open"], []))
        elif kind == "close":
            mark, parts = opened.pop()
            if not opened or len(opened) > _DEEPEST:
                raise _UnusualError
            opened[-1][1].append(_close(mark, found["close"], parts, made))
        else:
            opened[-1][1].append(_read_value(str(kind), found[str(kind)], made))
    ((_, values),) = opened
    if at != end or len(values) != 1:
        raise _UnusualError
    return values[0]


def _close(opener: bytes, closer: bytes, parts: list[Any], made: Any) -> Any:
    if (opener, closer) == (b"[", b"]"):
        return made.ArrayObject(parts)
    keys, values = parts[::2], parts[1::2]
    usual = len(keys) == len(values) == len(set(keys)) and (opener, closer) == (b"<<", b">>")
    if not usual or not all(isinstance(key, made.NameObject) for key in keys):
        raise _UnusualError
    found = made.DictionaryObject()
    found.update(zip(keys, values, strict=True))
    return found


def _read_value(kind: str, written: bytes, made: Any) -> Any:
    if kind == "number":
        text = written.decode("ascii")
        return made.FloatObject(text) if "." in text else made.NumberObject(text)
    if kind == "text":
        return made.read_object(BytesIO(written + b" "), None)
    return made.NullObject() if written == b"null" else made.BooleanObject(written == b"true")
