"""Entries as text of a `.po` file, as `msgcat` of gettext 0.21 writes them.

There is one difference: `msgcat` drops flags it does not know and the fuzzy mark of an entry
without a translation; here every flag is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publish.errors import PublishError
from publish.languages.language import Language
from publish.model import Entry
from publish.po.linebreaking import count_columns, fold_lines

__all__ = ["PAGE_WIDTH", "PLAIN", "PoStyle", "make_header_entry", "serialise_entry"]

PAGE_WIDTH = 79
"""Width of a line in columns, gettext's PAGE_WIDTH; for references, in bytes."""


@dataclass(frozen=True, slots=True)
class PoStyle:
    """The form of a file's lines: their line ending, and whether long ones are wrapped."""

    newline: str = "\n"
    wrap: bool = True


PLAIN = PoStyle()

_ESCAPES = str.maketrans(
    {chr(code): f"\\{code:03o}" for code in (*range(1, 32), 127)}
    | {"\a": r"\a", "\b": r"\b", "\t": r"\t", "\n": r"\n", "\v": r"\v", "\f": r"\f", "\r": r"\r"}
    | {'"': r"\"", "\\": r"\\"}
)
_NEEDS_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f]')
_PORTION = re.compile(r"[^\n]*\n|[^\n]+")
_ESCAPED = re.compile(r"\\.")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_DIRECTIVE = re.compile(r"%(?:\([^()]*\))?[-+ #0]*\d*(?:\.\d+)?[a-zA-Z%]|\{[^{}]*\}")


def serialise_entry(entry: Entry, style: PoStyle = PLAIN, unknown: tuple[str, ...] = ()) -> str:
    """Return the lines of an entry, each with its line ending, without blank lines around them.

    `unknown` are comment lines that this version does not know; they are written unchanged after
    the flags.  Raises PublishError (code `po-syntax`) for text that no `.po` file can contain.
    """
    lines = (*_comment_lines(entry), *unknown, *_previous_lines(entry, style), *_text(entry, style))
    return "".join(line + style.newline for line in lines)


def _comment_lines(entry: Entry) -> list[str]:
    """Return the translator's comments, the extracted ones, the references and the flags."""
    lines = [f"# {line}" if line else "#" for line in entry.comments]
    lines += [f"#. {line}" if line else "#." for line in entry.extracted]
    if any(map(_CONTROL.search, lines)):
        raise _unwritable(entry, "a line break or control character in a comment")
    lines += _reference_lines(entry.references)
    if entry.flags:
        lines.append(f"#, {', '.join(sorted(entry.flags, key='fuzzy'.__ne__))}")
    return lines


def _reference_lines(references: tuple[str, ...]) -> list[str]:
    """Return the references, as many on a line as fit into the page width, counted in bytes."""
    lines: list[str] = []
    column = PAGE_WIDTH
    for reference in references:
        size = len(reference.encode()) + 1
        if lines and column + size <= PAGE_WIDTH:
            lines[-1] += f" {reference}"
            column += size
        else:
            lines.append(f"#: {reference}")
            column = 2 + size
    return lines


def _previous_lines(entry: Entry, style: PoStyle) -> list[str]:
    fields = (
        ("msgctxt", entry.previous_context),
        ("msgid", entry.previous),
        ("msgid_plural", entry.previous_plural),
    )
    prefix = "#~| " if entry.obsolete else "#| "
    return _fields(entry, prefix, fields, style)


def _text(entry: Entry, style: PoStyle) -> list[str]:
    plural = entry.plural is not None
    forms = ((f"msgstr[{n}]" if plural else "msgstr", s) for n, s in enumerate(entry.msgstrs))
    fields = (
        ("msgctxt", entry.context),
        ("msgid", entry.msgid),
        ("msgid_plural", entry.plural),
        *forms,
    )
    return _fields(entry, "#~ " if entry.obsolete else "", fields, style)


def _fields(
    entry: Entry, prefix: str, fields: tuple[tuple[str, str | None], ...], style: PoStyle
) -> list[str]:
    wrap = style.wrap and "no-wrap" not in entry.flags
    width = PAGE_WIDTH - 2 - len(prefix) if wrap else 0
    formatted = any(flag.endswith("-format") and not flag.startswith("no-") for flag in entry.flags)
    lines: list[str] = []
    for name, text in fields:
        if text is not None:
            if "\0" in text:
                raise _unwritable(entry, "a NUL character")
            lines += _field(prefix, name, text, width, formatted)
    return lines


def _field(prefix: str, name: str, text: str, width: int, formatted: bool) -> list[str]:
    """Return a keyword and its string: on one line if it fits, else on the lines below it.

    `width` is the number of columns between the quotes of a continuation line, 0 for no limit.
    """
    portions = _PORTION.findall(text)
    lines = [line for part in portions for line in _lines(part, width, 0, formatted)]
    if len(portions) < 2 and len(lines) < 2:
        beside = _lines(text, width, len(name) + 1, formatted)
        if len(beside) == 1:
            return [f'{prefix}{name} "{beside[0]}"']
    return [f'{prefix}{name} ""', *(f'{prefix}"{line}"' for line in lines)]


def _lines(portion: str, width: int, column: int, formatted: bool) -> list[str]:
    """Escape and cut a text up to its line break; the first line starts at `column`."""
    escaped = portion.translate(_ESCAPES) if _NEEDS_ESCAPE.search(portion) else portion
    if not width or column + 2 * len(escaped) <= width or column + count_columns(escaped) <= width:
        return [escaped]
    return fold_lines(escaped, width, column, _glued(escaped, portion, formatted))


def _glued(escaped: str, portion: str, formatted: bool) -> frozenset[int]:
    """Return where no line may end: in an escape or a format directive, before the last `\\n`."""
    glued = {match.start() + 1 for match in _ESCAPED.finditer(escaped)}
    if portion.endswith("\n"):
        glued.add(len(escaped) - 2)
    if formatted:
        for match in _DIRECTIVE.finditer(escaped):
            glued.update(range(match.start() + 1, match.end()))
    return frozenset(glued)


def _unwritable(entry: Entry, what: str) -> PublishError:
    return PublishError(
        f'a .po file cannot contain {what}: "{entry.msgid[:40]}"',
        entry.span if entry.span.first else None,
        "delete that character",
        code="po-syntax",
    )


def make_header_entry(language: Language, project: str, created: str = "") -> Entry:
    """Return the header of a new catalog: the fields that gettext's tools expect, without names.

    `created` is the POT-Creation-Date, which is left out if empty.  The placeholders are those of
    `msginit`: editors fill them in and `msgfmt --check` accepts them.
    """
    fields = [
        ("Project-Id-Version", project),
        ("Report-Msgid-Bugs-To", ""),
        *([("POT-Creation-Date", created)] if created else []),
        ("PO-Revision-Date", "YEAR-MO-DA HO:MI+ZONE"),
        ("Last-Translator", "FULL NAME <EMAIL@ADDRESS>"),
        ("Language-Team", "LANGUAGE <LL@li.org>"),
        ("Language", language.folder),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", language.plural_forms),
    ]
    return Entry(msgid="", msgstrs=("".join(f"{name}: {value}\n" for name, value in fields),))
