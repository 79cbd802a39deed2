"""The answers of cluster workers: data in one fixed form, read without running anything.

An answer has a line that names the form, a line with a digest, a line of JSON, and the bytes of the
editions.  The digest is an HMAC (RFC 2104) by a key that travels with the task and is made for it
alone, so an answer to another task, or one that was changed on its way, is refused.  The JSON must
have exactly the editions of the task, in order, and every value must have its type.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from publish.building.records import BuildRecord
from publish.building.tasks import FinishedEdition
from publish.errors import BuildError, FindingsError, MissingPartError, PublishError, UsageError
from publish.files import cut_content
from publish.model import Edition, Finding, Span

__all__ = ["MOST_BYTES", "Result", "Results", "read_answer", "write_answer"]

FORM = b"publish answer 1\n"
MOST_BYTES = 1 << 30
"""The largest answer that is read: all editions of a document are some MiB."""
MOST_HEAD = 16 << 20
"""The longest line of JSON: the findings of all editions, and where their pages begin."""
KINDS = {
    kind.__name__: kind
    for kind in (PublishError, UsageError, BuildError, MissingPartError, FindingsError)
}

Result = FinishedEdition | PublishError
Results = Sequence[tuple[Edition, Result]]


# --------------------------------------------------------------------------- writing


def write_answer(results: Results, key: bytes) -> bytes:
    """Return the results of a task as an answer; `key` came with the task."""
    rows = [{"edition": asdict(edition), **_row(result)} for edition, result in results]
    finished = [result.content for _, result in results if isinstance(result, FinishedEdition)]
    parts = [piece for data in finished for piece in cut_content(data)]
    body = b"".join([json.dumps(rows).encode(), b"\n", *parts])
    return b"".join([FORM, _digest(key, body), b"\n", body])


def _row(result: Result) -> dict[str, Any]:
    if isinstance(result, FinishedEdition):
        return {"size": len(result.content), "record": asdict(result.record)}
    kind = next(kind for kind in type(result).__mro__ if KINDS.get(kind.__name__) is kind)
    error = {
        "kind": kind.__name__,
        "message": result.message,
        "hint": result.hint,
        "code": result.code,
        "span": asdict(result.span) if result.span else None,
        "findings": [asdict(one) for one in getattr(result, "findings", ())],
    }
    return {"error": error}


def _digest(key: bytes, body: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).hexdigest().encode()


# --------------------------------------------------------------------------- reading


def read_answer(answer: bytes, editions: Sequence[Edition], key: bytes) -> Results:
    """Return the results of a task with these editions and this key.

    Raises ValueError, in words, for anything but the one answer to that task.
    """
    if len(answer) > MOST_BYTES:
        raise ValueError(f"the answer is larger than {MOST_BYTES >> 20} MiB")
    if not answer.startswith(FORM):
        raise ValueError("the answer is not in the form that this version of publish reads")
    at = len(FORM) + 64
    if answer[at : at + 1] != b"\n" or not hmac.compare_digest(
        answer[len(FORM) : at], _digest(key, answer[at + 1 :])
    ):
        raise ValueError("the answer was changed on its way, or belongs to another task")
    end = answer.find(b"\n", at + 1, at + 1 + MOST_HEAD)
    if end < 0:
        raise ValueError(f"the head of the answer is longer than {MOST_HEAD >> 20} MiB")
    try:
        rows = json.loads(answer[at + 1 : end])
        return _results(rows, editions, answer[end + 1 :])
    except (LookupError, TypeError, RecursionError) as error:
        raise ValueError(f"a value of the answer is missing or wrong: {error}") from None


def _results(rows: Any, editions: Sequence[Edition], data: bytes) -> Results:
    if not isinstance(rows, list) or len(rows) != len(editions):
        raise ValueError(f"the answer does not have the {len(editions)} editions asked for")
    found: list[tuple[Edition, Result]] = []
    at = 0
    for row, edition in zip(rows, editions, strict=True):
        if _read(Edition, row["edition"]) != edition:
            raise ValueError("the answer has another edition in the place of one asked for")
        if "error" in row:
            found.append((edition, _error(row["error"])))
            continue
        size = _read(int, row["size"])
        if not 0 < size <= len(data) - at:
            raise ValueError("an edition of the answer is empty or cut off")
        record = _read(BuildRecord, row["record"])
        found.append((edition, FinishedEdition(data[at : at + size], record)))
        at += size
    if at != len(data):
        raise ValueError("the answer has bytes that belong to no edition")
    return found


def _error(stored: Mapping[str, Any]) -> PublishError:
    kind = KINDS[_read(str, stored["kind"])]
    message, hint = _read(str, stored["message"]), _read(str, stored["hint"])
    code, span = _read(str | None, stored["code"]), _read(Span | None, stored["span"])
    if kind is FindingsError:
        findings = _read(tuple[Finding, ...], stored["findings"])
        return FindingsError(message, findings, hint, span=span, code=code)
    return kind(message, span, hint, code=code)


def _read(form: Any, value: Any) -> Any:
    """Return a value of JSON as one of this type; raises TypeError or ValueError for another.

    Types are those of the values in an answer: texts, numbers, options, names from a list, tuples
    and frozen dataclasses of these.
    """
    origin = get_origin(form)
    if origin in (Union, UnionType):
        if value is None and NoneType in get_args(form):
            return None
        (other,) = (one for one in get_args(form) if one is not NoneType)
        return _read(other, value)
    if origin is Literal:
        if value in get_args(form):
            return value
        raise ValueError(f"{value!r} is none of {get_args(form)}")
    if origin is tuple:
        return _read_tuple(get_args(form), value)
    if is_dataclass(form) and isinstance(form, type):
        hints = _hints(form)
        if not isinstance(value, dict) or value.keys() != hints.keys():
            raise TypeError(f"{form.__name__} has other parts")
        return form(**{name: _read(hint, value[name]) for name, hint in hints.items()})
    if isinstance(form, type) and issubclass(form, Enum) and isinstance(value, str):
        return form(value)
    if type(value) is not form:
        raise TypeError(f"{value!r} is not of the type {form.__name__}")
    return value


def _read_tuple(parts: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    if parts[-1] is Ellipsis:
        return tuple(_read(parts[0], one) for one in value)
    if len(value) != len(parts):
        raise TypeError(f"the list has {len(value)} parts, not {len(parts)}")
    return tuple(_read(part, one) for part, one in zip(parts, value, strict=True))


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Return the type of each field of a dataclass."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
