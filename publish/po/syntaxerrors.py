"""Errors for damaged `.po` files: what is wrong, on which line, and how to fix it.

Reading is strict and fast.  Only after it has failed, this module reads the text again, word by
word, to find the first error.  Reading then goes on after it, so that one run reports all errors
of a file, up to `MOST`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.errors import FindingsError, PublishError
from publish.model import Finding, Level, Span
from publish.visible import crop

__all__ = [
    "MOST",
    "combine_errors",
    "explain_syntax_error",
    "find_next_entry",
    "report_bad_escape",
    "report_bad_plural",
    "report_bad_previous",
]

MOST = 20
"""The number of errors of one file that are reported at once; more would bury the first."""

_CODE = "po-syntax"
_WORD = re.compile(
    r"""
      (?P<space>[ \t\r]+|\n)
    | (?P<string>"(?:[^"\\\n]|\\.)*")
    | (?P<open>"[^\n]*)
    | (?P<conflict>(?m:^)(?:<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)[^\n]*)
    | (?P<keyword>(?:msgctxt|msgid_plural|msgid|msgstr\[\d+\]|msgstr)(?![\w\[]))
    | (?P<obsolete>\#~(?!\|))
    | (?P<comment>\#[^\n]*)
    | (?P<other>[^\s"]+)
    """,
    re.VERBOSE,
)
_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_QUOTE = 'put it between quotation marks; inside a text write a quotation mark as \\"'
# The keywords that may follow each keyword; "" is the start of an entry.
_FOLLOWING = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[]",),
    "msgstr": ("", "msgctxt", "msgid"),
    "msgstr[]": ("", "msgctxt", "msgid", "msgstr[]"),
}


def explain_syntax_error(text: str, position: int, line: int, file: str) -> PublishError:
    """Return the error of a text that does not fit the grammar from `position`, on `line`."""
    before = ""  # the keyword read last
    strings = 0  # how many strings it has
    keyword_line = line
    aside_line = 0  # the line a #~ was read on last
    aside = False  # whether the entry began after a #~
    while match := _WORD.match(text, position):
        kind, word = match.lastgroup or "", match[0]
        here = Span(file, line, line)
        done = before in ("", "msgstr", "msgstr[]")
        on_aside_line = aside_line == line
        if done and kind == "keyword":
            aside = aside if _plain(word) == "msgstr[]" else on_aside_line
        match kind:
            case "string" | "keyword" if before and aside != on_aside_line:
                hint = "start every line of the entry with #~, or none"
                return _error("only some lines of this entry start with #~", here, hint)
            case "space":
                line += word == "\n"
            case "string" if before:
                strings += 1
            case "obsolete":
                aside_line = line
            case "comment" if done:
                before = "" if strings else before
            case "keyword" if _fits(before, strings, word):
                before, strings, keyword_line = _plain(word), 0, line
            case "keyword":
                return _misplaced(before, strings, word, Span(file, keyword_line, line), here)
            case _:
                return _misfit(kind, word, _line_at(text, position), here)
        position = match.end()
    return _unfinished(before, strings, Span(file, keyword_line, keyword_line))


_ENTRY = re.compile(r"^[ \t]*(?:#~[ \t]*)?(?:msgctxt|msgid)(?![\w\[])", re.M)
_SIDES = re.compile(r"^>>>>>>>[^\n]*$", re.M)


def find_next_entry(text: str, position: int, line: int, error: PublishError) -> int | None:
    """Return where to go on reading after an error: the next entry below it, None if none is.

    `position` is where the entry with the error starts, on `line`.
    """
    below = error.span.last - line + 1 if error.span else 1
    for _ in range(below):
        end = text.find("\n", position)
        if end < 0:
            return None
        position = end + 1
    if error.code == "po-conflict" and (sides := _SIDES.search(text, position)):
        position = sides.end()
    found = _ENTRY.search(text, position)
    return found.start() if found else None


def combine_errors(errors: Sequence[PublishError], file: str) -> PublishError:
    """Return a single error unchanged, several as one FindingsError with a finding for each."""
    if len(errors) == 1:
        return errors[0]
    findings = [
        Finding(
            code=error.listed_code,
            level=Level.ERROR,
            message=error.message,
            span=error.span,
            hint=error.hint,
        )
        for error in errors
    ]
    count = f"{len(errors)} errors" if len(errors) < MOST else f"at least {MOST} errors"
    return FindingsError(
        f"{file} cannot be read: it has {count}",
        findings,
        "fix them from the top: a missing quotation mark can cause the errors after it",
        code=errors[0].code,
    )


def _plain(keyword: str) -> str:
    return re.sub(r"\d+", "", keyword)


def _fits(before: str, strings: int, keyword: str) -> bool:
    return _plain(keyword) in _FOLLOWING[before] and (strings > 0 or not before)


def _line_at(text: str, position: int) -> str:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return text[start : end if end >= 0 else len(text)].strip(" \t\r")


def _misplaced(before: str, strings: int, keyword: str, where: Span, here: Span) -> PublishError:
    """Return the error for a keyword in the place of another one or of a string."""
    if before and not strings:
        return _unfinished(before, strings, Span(where.file, where.first, where.first))
    if _plain(keyword) in ("msgid", "msgctxt") and before in ("msgid", "msgid_plural"):
        return _unfinished(before, strings, Span(where.file, where.first, where.first))
    match before, _plain(keyword):
        case "", word:
            what = f"{word} without a msgid before it"
            hint = "write the msgid above it, or delete it if the entry already has a msgstr"
        case "msgid", "msgstr[]":
            what = f"{keyword} without a msgid_plural"
            hint = "write msgstr without a number, or add a msgid_plural line"
        case "msgid_plural", "msgstr":
            what = "msgstr without a number after a msgid_plural"
            hint = "write msgstr[0], msgstr[1] and so on"
        case (("msgstr" | "msgstr[]"), word):
            what, hint = f"a second {word} in one entry", "delete one of them"
        case _:
            what = f"{keyword} cannot follow {before}"
            hint = "write them in this order: msgctxt, msgid, msgid_plural, msgstr"
    return _error(what, here, hint)


def _unfinished(before: str, strings: int, where: Span) -> PublishError:
    """Return the error for an entry that is not complete when the text or the entry ends."""
    if before and not strings:
        hint = f'write it between quotation marks; {before} "" is an empty text'
        return _error(f"{before} without a text", where, hint)
    if before == "msgctxt":
        return _error("msgctxt without a msgid", where, "add a line msgid")
    if before == "msgid_plural":
        return _error("msgid_plural without a msgstr[0]", where, 'add a line msgstr[0] ""')
    if before == "msgid":
        return _error("msgid without a msgstr", where, 'add a line msgstr ""')
    return _error("this entry cannot be read", where, "start each entry on a new line")


def _misfit(kind: str, word: str, line: str, here: Span) -> PublishError:
    """Return the error for a word that is not allowed where it is, in the line `line`."""
    match kind:
        case "conflict":
            return PublishError(
                f"the file contains an unresolved merge conflict: {_quoted(word)}",
                here,
                "keep one of the two versions, and delete the lines <<<<<<<, ======= and >>>>>>>",
                code="po-conflict",
            )
        case "open":
            hint = 'end the line with "; inside a text write a quotation mark as \\"'
            return _error(f"the closing quotation mark is missing: {_quoted(line)}", here, hint)
        case "string" if not _TEXT.fullmatch(line):  # A quotation mark within the text.
            return _error(f"text outside quotation marks: {_quoted(line)}", here, _QUOTE)
        case "string":
            hint = "write msgid or msgstr before it"
            return _error(f"a text without a keyword: {_quoted(line)}", here, hint)
        case "comment":
            hint = "move the comment above the entry"
            return _error(f"a comment inside an entry: {_quoted(line)}", here, hint)
        case _:
            return _stray(word, line, here)


def _stray(word: str, line: str, here: Span) -> PublishError:
    """Return the error for a misspelt keyword, or for text outside quotation marks."""
    if re.fullmatch(r'\w+(\[\w*\])?\s*(".*)?', line) and line.startswith(word):
        known = "known: msgctxt, msgid, msgid_plural, msgstr, msgstr[0]"
        return _error(f"unknown keyword {_quoted(word)}", here, known)
    if line.startswith(word):
        hint = "put it between quotation marks, or start the line with # if it is a comment"
    else:
        hint = _QUOTE
    return _error(f"text outside quotation marks: {_quoted(line)}", here, hint)


def report_bad_escape(raw: str, span: Span, escape: str) -> PublishError:
    """Return the error for an escape that gettext does not know, in the entry of these lines."""
    lines = raw.split("\n")
    offset = next((number for number, line in enumerate(lines) if escape in line), 0)
    here = Span(span.file, span.first + offset, span.first + offset)
    return _error(
        f"{escape} is not a valid escape sequence", here, "write a backslash itself as \\\\"
    )


def report_bad_plural(span: Span, number: str, wanted: int) -> PublishError:
    """Return the error for plural forms that are not numbered 0, 1, 2 …"""
    return _error(
        f"msgstr[{number}] instead of msgstr[{wanted}]", span, "number the plural forms from 0"
    )


def report_bad_previous(span: Span, text: str) -> PublishError:
    """Return the error for `#|` lines without a valid msgid."""
    hint = "delete the #| lines of this entry; they only keep the earlier source text"
    return _error(f"the #| lines cannot be read: {_quoted(text.strip())}", span, hint)


def _error(message: str, span: Span, hint: str) -> PublishError:
    return PublishError(message, span, hint, code=_CODE)


def _quoted(text: str) -> str:
    """Return the first line of a text, cut to 60 characters."""
    return crop(text.split("\n")[0], 60)
