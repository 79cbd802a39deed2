"""What stands at the top of a source, in YAML, TOML or lines with %, as keys and values."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml
from yaml.reader import ReaderError

from publish.model import Span
from publish.reading.faults import Faults

__all__ = ["FrontLine", "FrontText", "Value", "find_front_text", "read_front_lines"]

Value = str | list[Any] | dict[str, Any]
"""A text, or lists and maps of values."""

FENCE = re.compile(
    r"\A(?:[ \t]*\n)*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE
)
TOML = re.compile(r"\A(?:[ \t]*\n)*\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.DOTALL | re.MULTILINE)
PERCENT = re.compile(r"\A(?:%(?:[ \t].*)?\n(?:[ \t]+\S.*\n)*){1,3}", re.MULTILINE)
OPENED = re.compile(r"\A(?:[ \t]*\n)*(---|\+\+\+)[ \t]*\r?(?:\n|\Z)")
KEY = re.compile(r"[A-Za-z][\w-]*[ \t]*[:=]")
PLAIN = re.compile(r"""^([A-Za-z][\w -]*:[ \t]+)([^\s"'\[{|>#].*?)[ \t]*$""", re.MULTILINE)
COMMENT = re.compile(r"""^[A-Za-z][\w-]*:[ \t]+[^\s"'\[{|>#][^\n]*?[ \t]#\S""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontText:
    """The text of front matter, the line of the file that it begins on, and its lines in all."""

    kind: str
    text: str
    first: int = 1
    lines: int = 0


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A key with its value and its place; keys are in lower case with hyphens."""

    key: str
    value: Value
    span: Span


def find_front_text(text: str) -> FrontText:
    """Return the front matter at the start of a text; `kind` is empty if there is none.

    The kind `open` is YAML or TOML without its last line.
    """
    for kind, pattern in (("yaml", FENCE), ("toml", TOML)):
        if found := pattern.match(text):
            first = text.count("\n", 0, found.start(1)) + 1
            return FrontText(kind, found.group(1), first, found.group().count("\n"))
    if text.startswith("%") and (found := PERCENT.match(text)):
        return FrontText("percent", found.group(), 1, found.group().count("\n"))
    opened = OPENED.match(text)
    if opened and (KEY.match(text, opened.end()) or not text[opened.end() :].strip()):
        first = text.count("\n", 0, opened.start(1)) + 1
        return FrontText("open", opened.group(1), first)
    return FrontText("", "")


def read_front_lines(front: FrontText, file: str, faults: Faults) -> tuple[FrontLine, ...] | None:
    """Return the keys and values of front matter; None if it has no keys at all."""
    match front.kind:
        case "yaml":
            return _yaml(front, file, faults)
        case "toml":
            return _toml(front, file, faults)
        case "percent":
            return tuple(_percent(front, file))
        case _:
            return ()


def _span(front: FrontText, file: str, start: int, end: int | None = None) -> Span:
    """Return the place of a range of offsets, counting only LF as a line ending."""
    first = front.first + front.text.count("\n", 0, start)
    after = front.first + front.text.count("\n", 0, start if end is None else end)
    last = after - (end is not None)
    return Span(file, first, max(first, last))


# --------------------------------------------------------------------------- YAML


def _yaml(front: FrontText, file: str, faults: Faults) -> tuple[FrontLine, ...] | None:
    node, text = _compose(front, file, faults)
    if node is not None and not isinstance(node, yaml.MappingNode):
        return None
    for found in COMMENT.finditer(front.text):
        faults.remark(
            "the words after # are a comment in YAML and are left out",
            _span(front, file, found.start()),
            'put the value into "double quotes" to keep them',
            code="front-matter-comment",
        )
    return tuple(_yaml_lines(node, replace(front, text=text), file, faults)) if node else ()


def _compose(front: FrontText, file: str, faults: Faults) -> tuple[yaml.Node | None, str]:
    """Return the YAML, and the text it was made from.

    A second try has quotes around values with a colon or a mark in them.
    """
    try:
        return yaml.compose(front.text, Loader=yaml.SafeLoader), front.text
    except yaml.MarkedYAMLError as error:
        quoted = PLAIN.sub(lambda found: found[1] + json.dumps(found[2]), front.text)
        try:
            return yaml.compose(quoted, Loader=yaml.SafeLoader), quoted
        except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
            _not_yaml(error, front, file, faults)
    except ReaderError as error:
        faults.error(
            f"YAML does not allow the character U+{error.character:04X}",
            _span(front, file, error.position),
            "delete the character",
            code="front-matter",
        )
    except (RecursionError, ValueError, OverflowError):
        faults.error(
            "the front matter is not valid YAML: too many brackets, or the code of a character "
            "that does not exist",
            Span(file, front.first - 1, front.first - 1),
            "write plain text after each key; authors and keywords can be lists",
            code="front-matter",
        )
    return yaml.MappingNode("tag:yaml.org,2002:map", []), front.text


def _not_yaml(error: yaml.MarkedYAMLError, front: FrontText, file: str, faults: Faults) -> None:
    mark = error.problem_mark
    span = _span(front, file, mark.index if mark else 0)
    lines = front.text.split("\n")
    tabs = "\t" in lines[min(span.first - front.first, len(lines) - 1)]
    column = f" (column {mark.column + 1})" if mark else ""
    faults.error(
        f"the front matter is not valid YAML: {error.problem}{column}",
        span,
        "use spaces instead of tabs"
        if tabs
        else 'put values that contain a colon or a quotation mark into "double quotes"',
        code="front-matter",
    )


def _yaml_lines(
    node: yaml.Node, front: FrontText, file: str, faults: Faults
) -> Iterator[FrontLine]:
    for key, value in node.value:
        span = _span(front, file, key.start_mark.index, value.end_mark.index)
        if isinstance(key, yaml.ScalarNode):
            yield FrontLine(_key(str(key.value)), _plain(value), span)
        else:
            faults.error(
                "each key of the front matter must be one word",
                span,
                "write title: …",
                code="front-matter",
            )


def _plain(node: yaml.Node) -> Value:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one) for one in node.value]
    if isinstance(node, yaml.MappingNode):
        return {_key(str(key.value)): _plain(value) for key, value in node.value}
    empty = node.tag == "tag:yaml.org,2002:null"
    return "" if empty else str(node.value)


def _key(text: str) -> str:
    return text.strip().lower().replace("_", "-").replace(" ", "-")


# --------------------------------------------------------------------------- TOML and pandoc


def _toml(front: FrontText, file: str, faults: Faults) -> tuple[FrontLine, ...]:
    try:
        found = tomllib.loads(front.text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = front.first + (int(at[1]) - 1 if at else 0)
        faults.error(
            f"the front matter is not valid TOML: {error}",
            Span(file, line, line),
            'write each line as key = "text"',
            code="front-matter",
        )
        return ()
    return tuple(
        FrontLine(_key(key), _from_toml(value), _toml_span(front, file, key))
        for key, value in found.items()
    )


def _toml_span(front: FrontText, file: str, key: str) -> Span:
    pattern = rf"""^[ \t\[]*["']?{re.escape(key)}["']?[ \t]*[=.\]]"""
    found = re.search(pattern, front.text, re.MULTILINE)
    return _span(front, file, found.start() if found else 0)


def _from_toml(value: object) -> Value:
    if isinstance(value, list):
        return [_from_toml(one) for one in value]
    if isinstance(value, dict):
        return {_key(key): _from_toml(one) for key, one in value.items()}
    return str(value)


def _percent(front: FrontText, file: str) -> Iterator[FrontLine]:
    """Yield title, authors and date of pandoc's title block; authors have `;` between them."""
    starts = [found.start() for found in re.finditer(r"^%", front.text, re.MULTILINE)]
    ends = [*starts[1:], len(front.text)]
    for key, start, end in zip(("title", "author", "date"), starts, ends, strict=False):
        lines = [line.strip() for line in front.text[start + 1 : end].split("\n")]
        text: Value = " ".join(filter(None, lines))
        if key == "author":
            text = [one.strip() for line in lines for one in line.split(";") if one.strip()]
        yield FrontLine(key, text, _span(front, file, start, end))
