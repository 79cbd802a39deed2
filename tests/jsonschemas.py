"""As much of JSON Schema (draft 7) as the schemas of the tests use; any other word is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

TYPES: dict[str, type] = {"object": dict, "array": list, "string": str, "integer": int}
SILENT = {"$comment", "$defs"}


def wrong(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "$") -> list[str]:
    """What is wrong with a value, each with its place; nothing where it is valid."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        return wrong(value, root["$defs"][name], root, path)
    found: list[str] = []
    for word, argument in schema.items():
        if word not in SILENT:
            found += WORDS[word](value, argument, root, path)
    return found


def _inner(value: Any, argument: Any, root: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, schema in argument.items():
            if name in value:
                yield from wrong(value[name], schema, root, f"{path}.{name}")


def _items(value: Any, argument: Any, root: Any, path: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from wrong(one, argument, root, f"{path}[{number}]")


def _if(bad: bool, path: str, what: str) -> list[str]:
    return [f"{path}: {what}"] if bad else []


Word = Callable[[Any, Any, Any, str], Any]
WORDS: dict[str, Word] = {
    "type": lambda v, a, _, p: _if(not isinstance(v, TYPES[a]), p, f"is no {a}"),
    "required": lambda v, a, _, p: _if(bool(set(a) - set(v)), p, f"lacks one of {a}"),
    "properties": _inner,
    "additionalProperties": lambda v, a, r, p: _if(bool(v.keys() - r["properties"].keys()), p, "?"),
    "items": _items,
    "minItems": lambda v, a, _, p: _if(len(v) < a, p, "has too few"),
    "contains": lambda v, a, r, p: _if(all(wrong(one, a, r) for one in v), p, "has none such"),
    "pattern": lambda v, a, _, p: _if(not re.search(a, v), p, f"is not {a}"),
    "minimum": lambda v, a, _, p: _if(v < a, p, f"is less than {a}"),
    "const": lambda v, a, _, p: _if(v != a, p, f"is not {a}"),
    "enum": lambda v, a, _, p: _if(v not in a, p, f"is none of {a}"),
}
