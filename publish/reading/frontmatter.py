"""The YAML at the top of a source: what readers see becomes fields, the rest facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import yaml

from publish.errors import PublishError, did_you_mean
from publish.model import Facts, Field, Prose, Role, Span
from publish.reading.inline import parse_inline

__all__ = ["FrontMatter", "read_front_matter"]

TEXTS = {
    "title": Role.TITLE,
    "subtitle": Role.SUBTITLE,
    "author": Role.AUTHOR,
    "publisher": Role.PUBLISHER,
    "republished-by": Role.REPUBLISHER,
    "rights": Role.RIGHTS,
    "summary": Role.SUMMARY,
    "keywords": Role.KEYWORD,
}
DATES = {"published", "revised"}
ADDRESSES = {"source-url", "republished-url"}
KNOWN = {*TEXTS, *DATES, *ADDRESSES, "identifier"}
FENCE = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Fields in the order of `TEXTS`, facts, and the number of lines the front matter takes."""

    fields: tuple[Field, ...]
    facts: Facts
    lines: int


@dataclass(frozen=True, slots=True)
class _Line:
    key: str
    values: tuple[str, ...]
    span: Span


def read_front_matter(text: str, file: str) -> FrontMatter | None:
    """The front matter at the start of a text, None where there is none.

    Raises PublishError (code `front-matter`) for YAML that does not parse, unknown keys, a
    missing title, and dates or addresses that are none.
    """
    found = FENCE.match(text)
    if not found:
        return None
    lines = list(_lines(found.group(1), file))
    by_key: dict[str, _Line] = {}
    for line in lines:
        if line.key in by_key:
            raise _wrong(f"the key {line.key!r} stands twice", line.span, "delete one of them")
        by_key[line.key] = line
    if "title" not in by_key:
        raise _wrong("the front matter has no title", Span(file, 1, 1), "add a line title: …")
    return FrontMatter(_fields(by_key), _facts(by_key), found.group().count("\n"))


def _wrong(message: str, span: Span, hint: str) -> PublishError:
    return PublishError(message, span, hint, code="front-matter")


def _lines(text: str, file: str) -> Iterator[_Line]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        at = (error.problem_mark.line if error.problem_mark else 0) + 2
        raise _wrong(
            f"the front matter is not YAML: {error.problem}",
            Span(file, at, at),
            'put values that hold a colon or a quote into "double quotes"',
        ) from error
    except yaml.YAMLError as error:
        raise _wrong(f"the front matter is not YAML: {error}", Span(file, 1, 1), "") from error
    if not isinstance(node, yaml.MappingNode):
        raise _wrong("the front matter holds no keys", Span(file, 1, 1), "add a line title: …")
    for key, value in node.value:
        span = Span(
            file, key.start_mark.line + 2, max(key.start_mark.line, value.end_mark.line - 1) + 2
        )
        if key.value not in KNOWN:
            raise _wrong(
                f"unknown key {key.value!r} in the front matter",
                span,
                did_you_mean(str(key.value), KNOWN),
            )
        yield _Line(key.value, _values(key.value, value, span), span)


def _values(key: str, node: yaml.Node, span: Span) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) and key == "keywords" else [node]
    if not all(isinstance(item, yaml.ScalarNode) for item in nodes):
        raise _wrong(f"{key!r} must be a text", span, "only keywords may be a list")
    return tuple(str(item.value) for item in nodes)


def _fields(by_key: dict[str, _Line]) -> tuple[Field, ...]:
    return tuple(
        Field(
            Prose(parse_inline(value, line.span), role, line.span, whole=role is not Role.SUMMARY)
        )
        for key, role in TEXTS.items()
        if (line := by_key.get(key))
        for value in line.values
        if value.strip()
    )


def _facts(by_key: dict[str, _Line]) -> Facts:
    def text(key: str) -> str:
        return by_key[key].values[0] if key in by_key else ""

    for key in ADDRESSES & by_key.keys():
        if not re.match(r"https?://[^\s/]+", text(key)):
            raise _wrong(
                f"{key} is no web address: {text(key)}", by_key[key].span, "write https://…"
            )
    return Facts(
        published=_day(by_key.get("published")),
        revised=_day(by_key.get("revised")),
        source_url=text("source-url"),
        republished_url=text("republished-url"),
        identifier=text("identifier"),
    )


def _day(line: _Line | None) -> date | None:
    if line is None:
        return None
    try:
        return date.fromisoformat(line.values[0])
    except ValueError as error:
        raise _wrong(
            f"{line.key} is no date: {line.values[0]}", line.span, "write it as 2024-06-24"
        ) from error
