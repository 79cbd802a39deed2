"""Read a glossary: a CSV table of terms, their translations, and whether these are verified.

The columns are `en`, one for each language by its tag, `status` (`ru=verified;tk=partly`) and
`note`.  Every cell is plain text: formulas and markup are neither run nor removed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.errors import PublishError, UsageError, did_you_mean, refuse_hidden_text
from publish.languages.registry import find
from publish.model import Span

__all__ = [
    "STATUSES",
    "VERIFIED",
    "Glossary",
    "Rendering",
    "Term",
    "read_glossary",
    "read_glossary_file",
]

VERIFIED = "verified"
STATUSES = (VERIFIED, "partly", "unverified")
"""The values that `status` can give a language; one that it does not name is unverified."""

FIRST, LAST = "en", ("status", "note")
NOTHING = frozenset(("", "—", "–", "-"))

GlossaryRow = tuple[Span, list[str]]


@dataclass(frozen=True, slots=True)
class Rendering:
    """A term in one language; `text` has its alternatives as written, separated by semicolons."""

    language: str
    text: str
    status: str


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the glossary; a language without a translation has no rendering."""

    source: str
    renderings: tuple[Rendering, ...]
    note: str
    span: Span


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms in the order of the file, and the tags of its languages."""

    file: str
    languages: tuple[str, ...]
    terms: tuple[Term, ...]


def read_glossary_file(path: Path, shown: str) -> Glossary | None:
    """Return the glossary in a file that is `shown` to people by a path; None where there is none.

    Raises PublishError as `read_glossary` does, and for a file that is not UTF-8 (code `charset`).
    """
    if not path.is_file():
        return None
    try:
        return read_glossary(path.read_bytes().decode("utf-8"), shown)
    except UnicodeDecodeError:
        message, hint = "the file is not UTF-8", "save it as UTF-8"
        raise PublishError(message, Span(shown, 1, 1), hint, code="charset") from None


def read_glossary(text: str, file: str) -> Glossary:
    """Return the glossary in a CSV text (RFC 4180; a byte order mark is allowed).

    Semicolons or tabs may stand between cells, as spreadsheets write them in many countries.
    Raises PublishError (code `glossary`) with the line of the row for an incomplete table, an
    unknown column or status and a term that has no English or occurs twice; and as
    `refuse_hidden_text` does.
    """
    refuse_hidden_text(text, file)
    rows = _rows(text.removeprefix("\ufeff"), file)
    span, header = next(rows, (Span(file, 1, 1), []))
    languages = _languages(header, span)
    terms = tuple(_term(row, languages, line) for line, row in _sized(rows, len(header)))
    _refuse_repeated(terms)
    return Glossary(file, languages, terms)


def _rows(text: str, file: str) -> Iterator[GlossaryRow]:
    between = _find_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=between)
    first = 1
    try:
        for row in reader:
            if row:
                yield Span(file, first, reader.line_num), row
            first = reader.line_num + 1
    except csv.Error as error:
        raise _wrong(
            f"the file is not a valid CSV table: {error}",
            Span(file, first, max(first, reader.line_num)),
            'put a cell with a comma or a quote in quotes, and write a quote in it as ""',
        ) from None


def _find_delimiter(text: str) -> str:
    """Return what stands between the cells of the first line; a comma unless others are more."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _sized(rows: Iterator[GlossaryRow], size: int) -> Iterator[GlossaryRow]:
    for span, row in rows:
        if len(row) != size:
            raise _wrong(
                f"the row has {len(row)} cells, but the header has {size}",
                span,
                "put a cell with a comma in quotes",
            )
        yield span, row


def _languages(header: list[str], span: Span) -> tuple[str, ...]:
    names = tuple(name.strip() for name in header)
    if names[:1] != (FIRST,) or names[-2:] != LAST or len(names) < 4:
        raise _wrong(
            f"the columns are {', '.join(names) or 'none'}",
            span,
            "use the columns en, one for each language, status, note",
        )
    languages = names[1:-2]
    for at, name in enumerate(languages):
        if _tag(name, span) != name or name in (FIRST, *languages[:at]):
            raise _wrong(f"the column {name} is not a language tag, or occurs twice", span, "")
    return languages


def _tag(name: str, span: Span) -> str:
    try:
        return find(name).tag
    except UsageError as error:
        raise _wrong(error.message, span, error.hint) from None


def _term(row: list[str], languages: tuple[str, ...], span: Span) -> Term:
    source, *texts, status, note = (cell.strip() for cell in row)
    if not source:
        raise _wrong("the row has no English term", span, "write it in the first column")
    statuses = _statuses(status, languages, span)
    renderings = tuple(
        Rendering(language, text, statuses.get(language, STATUSES[-1]))
        for language, text in zip(languages, texts, strict=True)
        if text not in NOTHING
    )
    return Term(source, renderings, note, span)


def _statuses(status: str, languages: tuple[str, ...], span: Span) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in status.split(";"))):
        language, _, value = (piece.strip() for piece in part.partition("="))
        if language not in languages or language in found:
            raise _wrong(
                f"the status names {language!r}, which is not a column or was named before",
                span,
                did_you_mean(language, languages),
            )
        if value not in STATUSES:
            raise _wrong(f"{value!r} is not a status", span, did_you_mean(value, STATUSES))
        found[language] = value
    return found


def _refuse_repeated(terms: tuple[Term, ...]) -> None:
    lines: dict[str, int] = {}
    for term in terms:
        line = lines.setdefault(term.source.casefold(), term.span.first)
        if line != term.span.first:
            raise _wrong(
                f"the term {term.source} is also in line {line}", term.span, "combine the rows"
            )


def _wrong(message: str, span: Span, hint: str) -> PublishError:
    return PublishError(message, span, hint, code="glossary")
