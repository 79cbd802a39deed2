"""The keys at the top of a source: texts that readers see become fields, the rest facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from publish.errors import PublishError
from publish.languages.registry import find
from publish.languages.writtendates import Precision, read_written_date
from publish.model import (
    Facts,
    Field,
    FootnoteMark,
    Inlines,
    Level,
    Prose,
    Role,
    Span,
    walk_inlines,
)
from publish.reading.faults import Faults
from publish.reading.fronttext import (
    FrontLine,
    FrontText,
    Value,
    find_front_text,
    read_front_lines,
)
from publish.reading.marks.addresses import is_mail_address, is_web_address
from publish.reading.marks.inline import check_characters, is_blank, parse_inline

__all__ = ["FrontMatter", "read_chapter_title", "read_front_matter"]

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
KNOWN = {*TEXTS, *DATES, *ADDRESSES, "identifier", "contact"}
ALIASES = {
    "date": "published",
    "pubdate": "published",
    "publish-date": "published",
    "publishdate": "published",
    "lastmod": "revised",
    "last-modified": "revised",
    "last-updated": "revised",
    "modified": "revised",
    "updated": "revised",
    "authors": "author",
    "creator": "author",
    "abstract": "summary",
    "description": "summary",
    "excerpt": "summary",
    "tags": "keywords",
    "categories": "keywords",
    "copyright": "rights",
    "license": "rights",
    "licence": "rights",
}
"""What other programs call our keys; our own names go first."""
LISTS = {"author", "keywords"}
LANGUAGE = ("lang", "language", "locale")
TAG = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]+)*", re.IGNORECASE)
# A smaller year is a typing mistake: dates are written with four digits.
FIRST_YEAR = 1000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Fields in the order of `TEXTS`, facts, and the number of lines of the front matter."""

    fields: tuple[Field, ...] = ()
    facts: Facts = field(default_factory=Facts)
    lines: int = 0

    @property
    def title(self) -> Field | None:
        return next((one for one in self.fields if one.prose.role is Role.TITLE), None)


@dataclass(frozen=True, slots=True)
class _Line:
    key: str
    values: tuple[str, ...]
    span: Span


def read_front_matter(text: str, file: str, language: str, faults: Faults) -> FrontMatter:
    """Read the front matter at the start of a text; a text may have none.

    Notes an error (code `front-matter`) for each line that is wrong, and goes on.  `language` is
    the language of the source.
    """
    front = find_front_text(text)
    if front.kind == "open":
        _not_closed(text, file, front, faults)
        return FrontMatter()
    lines = read_front_lines(front, file, faults)
    if lines is None:
        top = Span(file, front.first - 1, front.first - 1)
        _wrong(faults, "the front matter has no keys", top, "add a line title: …")
    by_key = _known(lines or (), file, faults)
    _check_language(lines or (), language, faults)
    return FrontMatter(_fields(by_key, faults), _facts(by_key, language, faults), front.lines)


def read_chapter_title(text: str, file: str, faults: Faults) -> tuple[Prose | None, int]:
    """Return the title in the front matter of a later chapter, and the lines of the front matter.

    Its other keys are advice: a book has one author, date and summary.
    """
    front = find_front_text(text)
    lines = read_front_lines(front, file, faults) if front.kind in {"yaml", "toml"} else ()
    if not lines:
        return None, front.lines if lines == () and front.kind in {"yaml", "toml"} else 0
    title = None
    passed = [one for one in lines if one.key != "title"]
    for line in lines:
        if line.key == "title" and isinstance(line.value, str):
            with faults.collecting():
                content = _content(line.value, line.span)
                title = Prose(content=content, role=Role.HEADING, span=line.span, whole=True)
    _leave_out(passed, "in a chapter that is not the first", faults)
    return title if title and not is_blank(title.content) else None, front.lines


def _not_closed(text: str, file: str, front: FrontText, faults: Faults) -> None:
    lines = text.split("\n")
    blank = (n for n, line in enumerate(lines) if n >= front.first and not line.strip())
    end = max(front.first, next(blank, len(lines)))
    _wrong(
        faults,
        f"the front matter that starts on line {front.first} is not closed",
        Span(file, end, end),
        f"add a line with only {front.text} below this line",
    )


def _wrong(faults: Faults, message: str, span: Span, hint: str) -> None:
    faults.error(message, span, hint, code="front-matter")


# --------------------------------------------------------------------------- keys and values


def _known(lines: Iterable[FrontLine], file: str, faults: Faults) -> dict[str, _Line]:
    """Return the lines with a known key and a value; tell of the others."""
    lines = tuple(lines)
    own = {line.key for line in lines if line.value} - {"keywords"}
    found: dict[str, _Line] = {}
    strange: list[FrontLine] = []
    seen: set[str] = set()
    for line in lines:
        key = ALIASES.get(line.key, line.key)
        twice = line.key in seen
        seen.add(line.key)
        if line.key in LANGUAGE:
            continue
        if key not in KNOWN or (key != line.key and key in own):
            strange.append(line)
        elif twice and key == line.key:
            _wrong(faults, f"the key {key!r} occurs twice", line.span, "delete one of the two")
        elif values := _values(key, line, faults):
            before = found[key].values if key in found and key in LISTS else ()
            found.setdefault(key, _Line(key, values, line.span))
            if before:
                found[key] = _Line(key, tuple(dict.fromkeys((*before, *values))), line.span)
    _leave_out(strange, "", faults)
    return found


def _leave_out(lines: Iterable[FrontLine], where: str, faults: Faults) -> None:
    """Tell of keys that mean nothing, in one line; one that looks mistyped is a warning."""
    lines = tuple(lines)
    if not lines:
        return
    names = KNOWN - {"contact"}
    near = {
        line.key: close[0]
        for line in lines
        if line.key not in ALIASES
        and not where
        and (close := get_close_matches(line.key, names, n=1, cutoff=0.75))
    }
    keys = ", ".join(dict.fromkeys(line.key for line in lines))
    faults.remark(
        f"keys that mean nothing {where or 'here'} are left out: {keys}",
        next((line.span for line in lines if line.key in near), lines[0].span),
        " ".join(f"did you mean {right} for {key}?" for key, right in near.items())
        or f"those that mean something: {', '.join(sorted(names))}",
        code="front-matter-unknown",
        level=Level.WARNING if near else Level.ADVICE,
    )


def _values(key: str, line: FrontLine, faults: Faults) -> tuple[str, ...]:
    """Return the texts of a value without empty ones; only authors and keywords can be several."""
    if isinstance(line.value, str) and line.key in {"tags", "categories"}:
        texts: list[str] | None = line.value.split(",")
    elif isinstance(line.value, list) and key in LISTS:
        texts = _texts(line.value)
    else:
        texts = _texts([line.value] if not isinstance(line.value, list) else [[]])
    if texts is None:
        _wrong(
            faults,
            f"the value of {line.key!r} must be text",
            line.span,
            "write it after the colon; only authors and keywords can be lists",
        )
        return ()
    for text in texts:
        with faults.collecting():
            check_characters(text, line.span)
    return tuple(text for text in texts if text.strip())


def _texts(values: Iterable[Value]) -> list[str] | None:
    """Return texts, and the names of maps such as `name: …, affiliation: …`; None for others."""
    found: list[str] = []
    for value in values:
        if isinstance(value, dict):
            value = next((value[key] for key in ("name", "text", "literal") if key in value), [])
            value = value.get("literal", []) if isinstance(value, dict) else value
        if not isinstance(value, str):
            return None
        found.append(value)
    return found


def _check_language(lines: Iterable[FrontLine], language: str, faults: Faults) -> None:
    """Note an error for a text that says that it is in another language than the source's."""
    for line in lines:
        if line.key not in LANGUAGE or not isinstance(line.value, str):
            continue
        said = line.value.partition(".")[0].replace("_", "-")
        if TAG.fullmatch(said) and _primary(said) != _primary(language):
            faults.error(
                f"{line.key} is {line.value}, but the sources of this workspace are in {language}",
                line.span,
                f'correct it, or write source-language = "{said}" in the settings',
                code="front-matter",
            )


def _primary(tag: str) -> str:
    return re.split("[-_]", tag)[0].lower()


# --------------------------------------------------------------------------- fields and facts


def _fields(by_key: Mapping[str, _Line], faults: Faults) -> tuple[Field, ...]:
    found: list[Field] = []
    for key, role in TEXTS.items():
        line = by_key.get(key)
        for value in line.values if line else ():
            content: Inlines = ()
            with faults.collecting():
                content = _content(value, line.span if line else Span("", 1, 1))
            if line and not is_blank(content):
                whole = role is not Role.SUMMARY
                found.append(Field(Prose(content=content, role=role, span=line.span, whole=whole)))
    return tuple(found)


def _content(value: str, span: Span) -> Inlines:
    content = parse_inline(value, span)
    if any(isinstance(node, FootnoteMark) for node in walk_inlines(content)):
        raise PublishError(
            "the front matter contains a footnote mark",
            span,
            "move the footnote into the text",
            code="front-matter",
        )
    return content


def _facts(by_key: Mapping[str, _Line], language: str, faults: Faults) -> Facts:
    def text(key: str) -> str:
        return by_key[key].values[0] if key in by_key else ""

    for key in sorted(ADDRESSES & by_key.keys()):
        if not is_web_address(text(key)):
            _wrong(
                faults,
                f"{key} is not a valid web address: {text(key)}",
                by_key[key].span,
                "write the whole address, https://…, with %20 for a space",
            )
    contact = text("contact")
    if is_mail_address(f"mailto:{contact}"):
        contact = f"mailto:{contact}"
    if contact and not (is_web_address(contact) or is_mail_address(contact)):
        _wrong(
            faults,
            f"contact is neither a web address nor a mail address: {contact}",
            by_key["contact"].span,
            "write https://… or mailto:name@example.org",
        )
    published, precision = _day(by_key.get("published"), language, faults)
    revised, exact = _day(by_key.get("revised"), language, faults)
    if revised and exact != "day":
        line = by_key["revised"]
        _wrong(
            faults,
            f"revised has no day: {line.values[0]}",
            line.span,
            "write year, month and day: 2024-06-24",
        )
    return Facts(
        published=published,
        precision=precision,
        revised=revised,
        source_url=text("source-url"),
        republished_url=text("republished-url"),
        identifier=text("identifier"),
        contact=contact,
    )


def _day(line: _Line | None, language: str, faults: Faults) -> tuple[date | None, Precision]:
    if line is None:
        return None, "day"
    found = read_written_date(line.values[0], find(language))
    if found is None:
        _wrong(
            faults,
            f"{line.key} is not a date: {line.values[0]}",
            line.span,
            "write year, month and day: 2024-06-24",
        )
        return None, "day"
    if found[0].year < FIRST_YEAR:
        _wrong(
            faults,
            f"{line.key} has a year before {FIRST_YEAR}: {found[0].year}",
            line.span,
            "write the year with four digits: 2024-06-24",
        )
    return found
