"""The grammar of `.po` text: from characters to entries.

The grammar is that of gettext's own reader (po-gram-gen.y, po-lex.c), with two extensions: a `#|`
line before an obsolete entry is read as `#~|`, and `#=` lines are kept as unknown.  For text that
does not fit, `publish.po.syntaxerrors` makes the error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from publish.errors import PublishError
from publish.model import Entry, Span
from publish.po.syntaxerrors import (
    MOST,
    combine_errors,
    explain_syntax_error,
    find_next_entry,
    report_bad_escape,
    report_bad_plural,
    report_bad_previous,
)
from publish.wideletters import pattern_later

__all__ = ["ScannedEntry", "scan_entries"]


@dataclass(frozen=True, slots=True)
class ScannedEntry:
    """An entry and the text it was read from: `lead` is blank lines, `unknown` comment lines."""

    entry: Entry
    lead: str
    raw: str
    unknown: tuple[str, ...]


_STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"'
_BODY = re.compile(r'"([^"\\\n]*+(?:\\.[^"\\\n]*+)*)"')
_END = r"[ \t]*+\r?(?:\n|\Z)"
# A lookahead does not backtrack once it has matched.  Possessive groups would do the same, but
# Python before 3.11.5 matches them wrongly.
_BLANK = r"(?=(?P<lead>(?:[ \t]*+\r?\n)*))(?P=lead)"
# Comment lines and blank ones; a bare `#~` is an empty comment, `#~|` a previous msgid, and
# `#~ #` a comment of an obsolete entry.
_NOTES = r"(?=(?P<notes>(?:[ \t]*+(?:\#(?!~[ \t]*[^|\s\#])[^\n]*+|\r)?\n)*))(?P=notes)"


def _strings(space: str) -> str:
    return rf"{_STRING}(?:{space}{_STRING})*"


def _message(space: str) -> str:
    """Return the pattern of an entry's keywords and strings, with `space` between them."""
    s = _strings(space)
    return rf"""
        (?:msgctxt{space}(?P<context>{s}){space})?
        msgid{space}(?P<msgid>{s}){space}
        (?:
            msgstr{space}(?P<msgstr>{s})
          | msgid_plural{space}(?P<plural>{s})(?P<forms>(?:{space}msgstr\[\d+\]{space}{s})+)
        )
        {_END}
    """


def _previous(space: str) -> str:
    s = _strings(space)
    return rf"""{space}
        (?:msgctxt{space}(?P<context>{s}){space})?
        (?:msgid{space}(?P<msgid>{s}){space})?
        (?:msgid_plural{space}(?P<plural>{s}){space})?
    """


_SPACE = r"[ \t\r\n]*+"
_OBSOLETE_SPACE = r"(?:[ \t]|\r?\n[ \t\r\n]*+\#~(?!\|))*"
_FLAGS = re.VERBOSE
_LIVE = pattern_later(rf"{_BLANK}{_NOTES}(?P<start>[ \t]*+){_message(_SPACE)}", _FLAGS)
_OBSOLETE = pattern_later(
    rf"{_BLANK}{_NOTES}(?P<start>[ \t]*+\#~[ \t]*+){_message(_OBSOLETE_SPACE)}", _FLAGS
)
_PREVIOUS = pattern_later(_previous(_SPACE), _FLAGS)
_TAIL = re.compile(rf"{_NOTES}(?:[ \t]*+(?:\#(?!~[ \t]*[^|\s\#])[^\n]*+)?)", _FLAGS)
_FORM = re.compile(rf'msgstr\[(\d+)\]((?:[^"m]++|{_STRING})*)')


def scan_entries(
    text: str, charset: str, file: str, position: int = 0, line: int = 1
) -> Iterator[ScannedEntry | str]:
    """Yield every entry of the text in order, then, as a string, the text after the last one.

    Reading begins at a position, which is on this line.  Law: the leads, raws and that string,
    joined, are the text from there.  Raises PublishError at the end if
    something could not be read, FindingsError for more than one error.
    """
    wrong: list[PublishError] = []
    known: _Known = {}
    live, obsolete = _LIVE(), _OBSOLETE()
    while len(wrong) < MOST:
        if match := live.match(text, position) or obsolete.match(text, position):
            try:
                yield _scanned(match, line, charset, file, known)
            except PublishError as error:
                wrong.append(error)
            after = match.end()
        elif _TAIL.fullmatch(text, position):
            break
        else:
            wrong.append(explain_syntax_error(text, position, line, file))
            found = find_next_entry(text, position, line, wrong[-1])
            if found is None:
                break
            after = found
        line += text.count("\n", position, after)
        position = after
    if wrong:
        raise combine_errors(wrong, file)
    yield text[position:]


_Known = dict[tuple[str, ...], tuple[str, ...]]


def _scanned(
    match: re.Match[str], line: int, charset: str, file: str, known: _Known
) -> ScannedEntry:
    """Return the entry of a match whose blank lines start on `line`.

    `known` are comments of entries before it: most have the same ones, and share them.
    """
    lead, notes, start = match.group("lead", "notes", "start")
    raw = match[0][len(lead) :] if lead else match[0]
    first = line + lead.count("\n")
    span = Span(file, first, first + raw.count("\n", 0, len(raw) - 1))
    try:
        forms = _forms(match, charset, span)
        kept = _NO_NOTES if not notes else _read_notes(notes, charset, span)
        context, msgid, plural = match.group("context", "msgid", "plural")
        context = context and _text(context, charset)
        msgid = _text(msgid, charset)
        plural = plural and _text(plural, charset)
    except ValueError as error:
        raise report_bad_escape(raw, span, str(error)) from None
    msgstr = match.string.index("msgstr", match.end("msgid" if plural is None else "plural"))
    entry = Entry(
        msgid=msgid,
        msgstrs=forms,
        context=context,
        plural=plural,
        flags=tuple(dict.fromkeys(kept.flags)) if kept.flags else (),
        comments=tuple(kept.comments),
        extracted=known.setdefault(extracted := tuple(kept.extracted), extracted),
        references=known.setdefault(references := tuple(kept.references), references),
        previous=kept.previous[1],
        previous_context=kept.previous[0],
        previous_plural=kept.previous[2],
        obsolete="#" in start,
        span=span,
        msgstr_line=first + match.string.count("\n", match.end("lead"), msgstr),
    )
    return ScannedEntry(entry, lead, raw, tuple(kept.unknown))


def _forms(match: re.Match[str], charset: str, span: Span) -> tuple[str, ...]:
    """Return the msgstr, or the plural forms, which must be numbered from 0 without a gap."""
    if match["forms"] is None:
        return (_text(match["msgstr"], charset),)
    found = _FORM.findall(match["forms"])
    for wanted, (number, _) in enumerate(found):
        if int(number) != wanted:
            raise report_bad_plural(span, number, wanted)
    return tuple(_text(strings, charset) for _, strings in found)


def _text(strings: str, charset: str) -> str:
    """Return the text of adjacent strings; raises ValueError with a bad escape."""
    if "\\" not in strings:
        return "".join(strings.split('"')[1::2])
    return unescape("".join(_BODY.findall(strings)), charset)


# --------------------------------------------------------------------------- escapes

_ESCAPES = {"a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
_NUMBERS = r"(?:\\(?:[0-7]{1,3}|x[0-9a-fA-F]+))+"
_ESCAPE = re.compile(rf'\\(["\\abtnvfr])|({_NUMBERS})|(\\.?)')
_NUMBER = re.compile(r"\\(?:([0-7]+)|x(.+?)(?=\\|\Z))")


def unescape(text: str, charset: str) -> str:
    """Return the text with gettext's escapes resolved; numbers are bytes in the file's charset.

    Raises ValueError, with the escape as its text, for an escape that gettext does not know, a
    byte that is not a character, and NUL, which `.mo` files cannot contain.
    """
    return _ESCAPE.sub(lambda match: _character(match, charset), text)


def _character(match: re.Match[str], charset: str) -> str:
    letter, numbers, bad = match.groups()
    if letter:
        return _ESCAPES.get(letter, letter)
    if bad:
        raise ValueError(bad)
    codes = [int(eight, 8) if eight else int(hexa, 16) for eight, hexa in _NUMBER.findall(numbers)]
    if 0 in codes or max(codes) > 255:
        raise ValueError(numbers)
    try:
        return bytes(codes).decode(charset)
    except UnicodeDecodeError:
        raise ValueError(numbers) from None


# --------------------------------------------------------------------------- comment lines


@dataclass(slots=True, kw_only=True)
class _Notes:
    """The content of the comment lines of one entry, collected line by line."""

    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    previous: tuple[str | None, str | None, str | None] = (None, None, None)


_NO_NOTES = _Notes()

_REFERENCE = re.compile("\u2068[^\u2069]*\u2069\\S*|\\S+")
"""A file name with spaces in it is between U+2068 and U+2069."""


def _read_notes(notes: str, charset: str, span: Span) -> _Notes:
    kept = _Notes()
    previous: list[str] = []
    for line in notes.split("\n"):
        comment = line.strip(" \t\r") if line[:1] != "#" else line.removesuffix("\r")
        if comment.startswith("#~") and comment[2:].lstrip()[:1] == "#":
            comment = comment[2:].lstrip()
        match comment[1:2]:
            case ".":
                kept.extracted.append(comment[2:].removeprefix(" "))
            case ":":
                kept.references += _REFERENCE.findall(comment[2:])
            case ",":
                kept.flags += filter(None, map(str.strip, comment[2:].split(",")))
            case "|":
                previous.append(comment[2:])
            case "~":
                previous.append(comment[3:])
            case "=":
                kept.unknown.append(comment)
            case _:
                kept.comments += [comment[1:].removeprefix(" ")] if comment else []
    if previous:
        kept.previous = _read_previous("\n".join(previous), charset, span)
    return kept


def _read_previous(
    text: str, charset: str, span: Span
) -> tuple[str | None, str | None, str | None]:
    """Return the msgctxt, msgid and msgid_plural of the `#|` lines."""
    match = _PREVIOUS().fullmatch(text)
    if not match:
        raise report_bad_previous(span, text)
    context, msgid, plural = (s if s is None else _text(s, charset) for s in match.groups())
    return context, msgid, plural
