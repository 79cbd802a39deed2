"""The YAML at the top of a source: texts that readers see become fields, the rest facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import yaml
from yaml.reader import ReaderError

from publish.errors import PublishError, did_you_mean
from publish.model import Facts, Field, FootnoteMark, Inlines, Prose, Role, Span, walk_inlines
from publish.reading.inline import check_characters, is_blank, parse_inline
from publish.reading.references import is_mail_address, is_web_address

__all__ = ["FrontMatter", "count_front_lines", "read_front_matter", "refuse_front_matter"]

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
# A smaller year is a typing mistake: dates are written with four digits.
FIRST_YEAR = 1000
KNOWN = {*TEXTS, *DATES, *ADDRESSES, "identifier", "contact"}
FENCE = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)

OPENED = re.compile(r"---[ \t]*\r?(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Fields in the order of `TEXTS`, facts, and the number of lines of the front matter."""

    fields: tuple[Field, ...]
    facts: Facts
    lines: int


@dataclass(frozen=True, slots=True)
class _Line:
    key: str
    values: tuple[str, ...]
    span: Span


def read_front_matter(text: str, file: str) -> FrontMatter:
    """Read the front matter at the start of a text.

    Raises PublishError (code `front-matter`) if it is missing, is not YAML, has an unknown key, a
    footnote mark, a wrong date or address, or has no title.
    """
    found = FENCE.match(text)
    if not found and OPENED.match(text):
        end = _keys_end(text)
        raise _wrong(
            "the front matter that starts on line 1 is not closed",
            Span(file, end, end),
            "add a line with only --- below this line",
        )
    if not found:
        raise _wrong(
            "the file has no front matter",
            Span(file, 1, 1),
            "start the file with three lines: ---, title: …, and ---",
        )
    lines = list(_lines(found.group(1), file))
    by_key: dict[str, _Line] = {}
    for line in lines:
        if line.key in by_key:
            raise _wrong(f"the key {line.key!r} occurs twice", line.span, "delete one of the two")
        by_key[line.key] = line
    if "title" not in by_key:
        raise _wrong("the front matter has no title", Span(file, 1, 1), "add a line title: …")
    return FrontMatter(_fields(by_key), _facts(by_key), found.group().count("\n"))


def count_front_lines(text: str) -> int:
    """Return the number of lines that the front matter of a text has, right or wrong."""
    found = FENCE.match(text)
    return found.group().count("\n") if found else 0


def refuse_front_matter(text: str, file: str) -> None:
    """Raise PublishError (code `front-matter`) if a later chapter has front matter."""
    if FENCE.match(text):
        raise _wrong(
            "only the first chapter can have front matter",
            Span(file, 1, 1),
            "move it to the first chapter; for a horizontal line write ***",
        )


def _keys_end(text: str) -> int:
    """Return the last line before the first blank one: where the front matter probably ends."""
    lines = text.split("\n")
    blank = (number for number, line in enumerate(lines) if number and not line.strip())
    return max(1, next(blank, len(lines)))


def _wrong(message: str, span: Span, hint: str) -> PublishError:
    return PublishError(message, span, hint, code="front-matter")


def _lines(text: str, file: str) -> Iterator[_Line]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        at = _line(text, error.problem_mark.index if error.problem_mark else 0)
        raise _wrong(
            f"the front matter is not valid YAML: {error.problem}",
            Span(file, at, at),
            "use spaces instead of tabs"
            if "\t" in text.split("\n")[at - 2]
            else 'put values that contain a colon or a quotation mark into "double quotes"',
        ) from error
    except ReaderError as error:
        at = _line(text, error.position)
        raise _wrong(
            f"YAML does not allow the character U+{error.character:04X}",
            Span(file, at, at),
            "delete the character",
        ) from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise _wrong(
            "the front matter is not valid YAML: too many brackets, or the code of a character "
            "that does not exist",
            Span(file, 1, 1),
            "write plain text after each key; only keywords can be a list",
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise _wrong("the front matter has no keys", Span(file, 1, 1), "add a line title: …")
    for key, value in node.value:
        first = _line(text, key.start_mark.index)
        span = Span(file, first, max(first, _line(text, value.end_mark.index) - 1))
        if not isinstance(key, yaml.ScalarNode):
            raise _wrong("each key of the front matter must be one word", span, "write title: …")
        if key.value not in KNOWN:
            raise _wrong(
                f"unknown key {key.value!r} in the front matter",
                span,
                did_you_mean(str(key.value), KNOWN),
            )
        yield _Line(key.value, _values(key.value, value, span), span)


def _line(text: str, index: int) -> int:
    """Return the line of the file for an offset in the YAML, counting only LF as a line ending."""
    return text.count("\n", 0, index) + 2


def _values(key: str, node: yaml.Node, span: Span) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) and key == "keywords" else [node]
    if not all(isinstance(item, yaml.ScalarNode) for item in nodes):
        raise _wrong(
            f"the value of {key!r} must be text",
            span,
            "write it after the colon; only keywords can be a list",
        )
    values = tuple(str(item.value) for item in nodes)
    for value in values:
        check_characters(value, span)
    return values


def _fields(by_key: dict[str, _Line]) -> tuple[Field, ...]:
    return tuple(
        Field(Prose(content=content, role=role, span=line.span, whole=role is not Role.SUMMARY))
        for key, role in TEXTS.items()
        if (line := by_key.get(key))
        for value in line.values
        if not is_blank(content := _content(value, role, line.span))
    )


def _content(value: str, role: Role, span: Span) -> Inlines:
    content = parse_inline(value, span)
    if role is Role.TITLE and is_blank(content):
        raise _wrong("the title is empty", span, "write the title of the report after title:")
    if any(isinstance(node, FootnoteMark) for node in walk_inlines(content)):
        raise _wrong(
            "the front matter contains a footnote mark", span, "move the footnote into the text"
        )
    return content


def _facts(by_key: dict[str, _Line]) -> Facts:
    def text(key: str) -> str:
        return by_key[key].values[0] if key in by_key else ""

    for key in ADDRESSES & by_key.keys():
        if not is_web_address(text(key)):
            raise _wrong(
                f"{key} is not a valid web address: {text(key)}",
                by_key[key].span,
                "write the whole address, https://…, with %20 for a space",
            )
    contact = text("contact")
    if "contact" in by_key and not (is_web_address(contact) or is_mail_address(contact)):
        raise _wrong(
            f"contact is neither a web address nor a mail address: {contact}",
            by_key["contact"].span,
            "write https://… or mailto:name@example.org",
        )
    return Facts(
        published=_day(by_key.get("published")),
        revised=_day(by_key.get("revised")),
        source_url=text("source-url"),
        republished_url=text("republished-url"),
        identifier=text("identifier"),
        contact=contact,
    )


def _day(line: _Line | None) -> date | None:
    if line is None:
        return None
    try:
        day = date.fromisoformat(line.values[0])
    except ValueError as error:
        raise _wrong(
            f"{line.key} is not a date: {line.values[0]}",
            line.span,
            "write year, month and day: 2024-06-24",
        ) from error
    if day.year < FIRST_YEAR:
        raise _wrong(
            f"{line.key} has a year before {FIRST_YEAR}: {day.year}",
            line.span,
            "write the year with four digits: 2024-06-24",
        )
    return day
