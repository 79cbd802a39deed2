"""What is wrong with `.po` text, said to the person who has to mend it.

Reading is strict and fast; only when it has failed does this module look at the text again,
word by word, to name the first thing that does not fit.  It goes on behind it, so that one
reading tells all that is wrong, up to `MOST` things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publish.errors import FindingsError, PublishError
from publish.model import Finding, Level, Span
from publish.visible import crop

__all__ = ["MOST", "bad_escape", "bad_plural", "bad_previous", "explain", "resume", "together"]

MOST = 20
"""How many errors of one file are told at once; more would only bury the first."""

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
# Which keyword may follow which, by the keyword before it; "" is the start of an entry.
_FOLLOWING = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[]",),
    "msgstr": ("", "msgctxt", "msgid"),
    "msgstr[]": ("", "msgctxt", "msgid", "msgstr[]"),
}


def explain(text: str, position: int, line: int, file: str) -> PublishError:
    """The error for text that does not fit the grammar from `position`, on `line`, onward."""
    before = ""  # the keyword read last
    strings = 0  # how many strings it has
    keyword_line = line
    aside_line = 0  # the line a #~ was read on last
    aside = False  # whether the entry began behind a #~
    while match := _WORD.match(text, position):
        kind, word = match.lastgroup or "", match[0]
        here = Span(file, line, line)
        done = before in ("", "msgstr", "msgstr[]")
        on_aside_line = aside_line == line
        if done and kind == "keyword":
            aside = aside if _plain(word) == "msgstr[]" else on_aside_line
        match kind:
            case "string" | "keyword" if before and aside != on_aside_line:
                way_out = "put #~ before every line of the entry, or before none"
                return _error("an entry is put aside with #~ only in part", here, way_out)
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


def resume(text: str, position: int, line: int, error: PublishError) -> int | None:
    """Where reading goes on after an error: the next entry below it, None where there is none.

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


def together(errors: Sequence[PublishError], file: str) -> PublishError:
    """One error as it is, several as one with a finding for each."""
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
    count = f"{len(errors)} places" if len(errors) < MOST else f"at least {MOST} places"
    return FindingsError(
        f"{file} cannot be read: {count} are wrong",
        findings,
        "mend them from the top; a missing quotation mark may be the cause of what follows it",
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
    """A keyword where another one or a string has to stand."""
    if before and not strings:
        return _unfinished(before, strings, Span(where.file, where.first, where.first))
    if _plain(keyword) in ("msgid", "msgctxt") and before in ("msgid", "msgid_plural"):
        return _unfinished(before, strings, Span(where.file, where.first, where.first))
    match before, _plain(keyword):
        case "", word:
            what = f"{word} without a msgid before it"
            way_out = "write its msgid above it, or delete it if the entry has its msgstr"
        case "msgid", "msgstr[]":
            what = f"{keyword} without a msgid_plural"
            way_out = 'write a plain "msgstr", or add the msgid_plural line'
        case "msgid_plural", "msgstr":
            what = "msgstr without a number after a msgid_plural"
            way_out = 'write "msgstr[0]", "msgstr[1]" and so on'
        case (("msgstr" | "msgstr[]"), word):
            what, way_out = f"a second {word} in one entry", "keep one of them"
        case _:
            what = f"{keyword} cannot follow {before}"
            way_out = "the order is msgctxt, msgid, msgid_plural, msgstr"
    return _error(what, here, way_out)


def _unfinished(before: str, strings: int, where: Span) -> PublishError:
    """The text, or the next entry, comes before the entry is complete."""
    if before and not strings:
        return _error(f"{before} without a text", where, f'write the text, or {before} ""')
    if before == "msgctxt":
        return _error("msgctxt without a msgid", where, "add the msgid line")
    if before == "msgid_plural":
        return _error("msgid_plural without a msgstr[0]", where, 'add a line msgstr[0] ""')
    if before == "msgid":
        return _error("msgid without a msgstr", where, 'add a line msgstr ""')
    return _error("this entry cannot be read", where, "put each entry on lines of its own")


def _misfit(kind: str, word: str, line: str, here: Span) -> PublishError:
    """A word that may not stand where it stands, in the line `line`."""
    match kind:
        case "conflict":
            return PublishError(
                f"two versions of this file were not merged: {_quoted(word)}",
                here,
                "choose one side between <<<<<<< and >>>>>>> and delete those marks",
                code="po-conflict",
            )
        case "open":
            way_out = 'end the line with "; a quotation mark inside a text is written \\"'
            return _error(f"the closing quotation mark is missing: {_quoted(line)}", here, way_out)
        case "string":
            way_out = "write msgid or msgstr before it"
            return _error(f"a text without a keyword: {_quoted(line)}", here, way_out)
        case "comment":
            way_out = "move the comment above the entry"
            return _error(f"a comment inside an entry: {_quoted(line)}", here, way_out)
        case _:
            return _stray(word, line, here)


def _stray(word: str, line: str, here: Span) -> PublishError:
    """Text outside quotation marks, told apart from a keyword that is misspelt."""
    if re.fullmatch(r'\w+(\[\w*\])?\s*(".*)?', line) and line.startswith(word):
        known = "known: msgctxt, msgid, msgid_plural, msgstr, msgstr[0]"
        return _error(f"unknown keyword {_quoted(word)}", here, known)
    if line.startswith(word):
        way_out = "put it between quotation marks, or # before it if it is a comment"
    else:
        way_out = 'put it between quotation marks; one inside a text is written \\"'
    return _error(f"text outside quotation marks: {_quoted(line)}", here, way_out)


def bad_escape(raw: str, span: Span, escape: str) -> PublishError:
    """The error for an escape gettext does not know, in the entry of these lines."""
    lines = raw.split("\n")
    offset = next((number for number, line in enumerate(lines) if escape in line), 0)
    here = Span(span.file, span.first + offset, span.first + offset)
    return _error(f"the escape {escape} cannot be read", here, "a backslash itself is written \\\\")


def bad_plural(span: Span, number: str, wanted: int) -> PublishError:
    """The error for plural forms that are not numbered 0, 1, 2 …"""
    return _error(
        f"msgstr[{number}] stands where msgstr[{wanted}] is due", span, "number from 0 up"
    )


def bad_previous(span: Span, text: str) -> PublishError:
    """The error for `#|` lines that hold no msgid."""
    way_out = "delete the #| lines of this entry; they only tell the earlier text"
    return _error(f"the #| lines cannot be read: {_quoted(text.strip())}", span, way_out)


def _error(message: str, span: Span, hint: str) -> PublishError:
    return PublishError(message, span, hint, code=_CODE)


def _quoted(text: str) -> str:
    """The text as an error shows it: one line, not too long."""
    return crop(text.split("\n")[0], 60)
