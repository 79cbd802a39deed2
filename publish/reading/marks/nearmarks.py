"""Text that was probably meant as Markdown, and is printed as typed or run together.

What `dialectmarks` has is surely a mark, and an error.  What is here can be ordinary text too:
`#peace`, a footnote's star, a dialogue.  So each is a warning, or advice where the other meaning is
nearly as likely, and the edition is made.  A backslash keeps it as text, and so does the setting
`as-text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from publish.model import Level, Role

__all__ = ["HARD_BREAK", "NEAR_MARKS", "FoundNearMark", "NearMark", "find_near_marks", "is_prose"]

HARD_BREAK = "\n\0"
"""What stands for a line break that the edition keeps; no list begins after it."""

Match = re.Match[str]
Test = Callable[[Match], bool]

HASHTAGS = re.compile(r"(?:#[\w&]+[ ,]*)+")
NARROW = 60
"""Lines of wrapped text have so many characters at least."""


@dataclass(frozen=True, slots=True)
class NearMark:
    """A kind of text: its name in the settings, its look, what is wrong, and what to do instead.

    `test` says whether a match counts, and `role` in which blocks; None means all.
    """

    name: str
    pattern: re.Pattern[str]
    what: str
    hint: str
    level: Level = Level.WARNING
    test: Test | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class FoundNearMark:
    """A place in a text that looks like a mark, and its offset in code points."""

    mark: NearMark
    text: str
    at: int


def _is_short_line(found: Match) -> bool:
    """Return whether a line ends before it is full and the next begins a sentence."""
    line, after = found["line"], found["after"]
    if (" " in line and HASHTAGS.fullmatch(line)) or after[:1].islower():
        return False
    width = max(NARROW, *map(len, found.string.split("\n")))
    return len(line) + 1 + len(after.split()[0]) <= width


def _is_no_hashtag_line(found: Match) -> bool:
    return HASHTAGS.fullmatch(found["line"]) is None


def _is_next_number(found: Match) -> bool:
    return int(found["next"]) == int(found["number"]) + 1


def _near(
    name: str,
    pattern: str,
    what: str,
    hint: str,
    level: Level = Level.WARNING,
    test: Test | None = None,
    role: Role | None = None,
) -> NearMark:
    return NearMark(name, re.compile(pattern, re.MULTILINE), what, hint, level, test, role)


_PRINTED = "would be printed as typed"
_JOINED = "would run together in one paragraph"
_HEADING = "write a space after the #, and a blank line below"
_LIST = "write a hyphen and a space before each: - One"

NEAR_MARKS: tuple[NearMark, ...] = (
    _near(
        "heading",
        r"\A(?P<line>#[^\W\d_][^\n]{0,98}[^\s.!?:;,…])\n(?P<after>[^\W_][^\n]*)",
        f"looks like a heading, so it {_PRINTED}",
        _HEADING,
        test=_is_short_line,
    ),
    _near(
        "heading",
        r"(?<=[.!?…])\n(?P<line>#[^\W\d_][^\n]*[^\s.!?:;,…])\Z",
        f"looks like a heading, so it {_PRINTED}",
        _HEADING,
        test=_is_no_hashtag_line,
    ),
    _near(
        "heading",
        r"\A#(?:[^\W\d_][^\n]*[?:]|\d+[.)]?[ ]+[^\W\d_][^\n]*[^\s.!?:;,…])\Z",
        f"looks like a heading, so it {_PRINTED}",
        _HEADING,
        level=Level.ADVICE,
        role=Role.PARAGRAPH,
    ),
    _near(
        "list",
        r"^([-+*])(?=[^\W\d_])[^\n]*\n\1(?=[^\W\d_])[^\n]*",
        f"looks like a list, so its lines {_JOINED}",
        "write a space after each mark: - One",
    ),
    _near(
        "list",
        r"^([•‣◦▪●])[^\S\n]*[^\s•‣◦▪●][^\n]*\n\1[^\S\n]*\S[^\n]*"
        r"|(?:\A|(?<=:\n))([–—])[^\S\n]*[^\s–—][^\n]*\n\2[^\S\n]*\S[^\n]*",
        f"looks like a list, so its lines {_JOINED}",
        f"{_LIST}; lines of a dialogue are paragraphs, with blank lines between",
    ),
    _near(
        "list",
        r"^(?P<number>\d{1,3})(?P<sign>[.)])(?=[^\d\s]|[^\S\n]+\S)[^\n]*\n"
        r"(?P<next>\d{1,3})(?P=sign)(?=[^\d\s]|[^\S\n]+\S)[^\n]*",
        f"looks like a numbered list, so its lines {_JOINED}",
        "write a space after each number, 1. One, and a blank line above the first",
        test=_is_next_number,
    ),
    _near(
        "emphasis",
        r"(?<![\w*])\*(?=[^\W_])[^*\n]{1,200}?\s\*(?![\w*])"
        r"|(?<![\w*)])\*[ ][\w ]{0,60}?[^\W\d_]{2}\*(?![\w*])"
        r"|(?<![\w_])_(?=[^\W_])[^_\n]{1,200}?\s_(?![\w_])"
        r"|(?<![\w_])_[ ][^\W_]?[\w ]{0,60}?[^\W\d_]{2}_(?![\w_])",
        f"looks like emphasis, so it {_PRINTED}",
        "delete the spaces inside the marks: *word*",
    ),
    _near(
        "emphasis",
        r"(?<=[^\s*][ ])\*(?=[^\W\d_]{2,}(?:[\s,.;:!?]|\Z))[^*]*\Z"
        r"|(?<![^\s(])_(?=[^\W\d_]{2,}(?:[\s,.;:!?]|\Z))[^_]*\Z",
        f"looks like emphasis without its other end, so it {_PRINTED}",
        "write the mark on both sides of the words: *word*",
        level=Level.ADVICE,
    ),
    _near(
        "link",
        r"\[[^\[\]\n]{1,200}\][ ]\([\w./-]+\.md\b[^()\s]*\)"
        r"|\([^()\n]{1,200}\)\[(?:https?://|www\.|mailto:)[^\[\]\s]+\]",
        f"looks like a link, so it {_PRINTED}",
        "write [text](https://…), without a space between the brackets",
    ),
    _near(
        "task",
        r"\A\[(?:|[ ]?[xX][ ]|[ ][xX])\](?=\s)",
        f"looks like the box of a task, so it {_PRINTED}",
        "write [ ] or [x]",
        role=Role.ITEM,
    ),
    _near(
        "code",
        r"(?<![\w`])`(?=\w)(?![^`\n]*['’])[^`\n]*",
        f"looks like code without its other end, so it {_PRINTED}",
        "write a ` on both sides, or quotation marks",
        level=Level.ADVICE,
    ),
    _near(
        "rule",
        r"^[^\S\n]*(?:(?:=[ ]*){3,}|(?:[–—―][ ]*){3,})$",
        f"looks like a rule, or a line below a heading, so it {_PRINTED}",
        "write --- with blank lines around it for a rule, and # before a heading",
    ),
    _near(
        "entity",
        r"&(?:nbsp|ensp|emsp|thinsp|mdash|ndash|shy|hellip|laquo|raquo|[lr][ds]quo|bull|middot)"
        r"\b(?!;)",
        f"looks like the name of a character without its semicolon, so it {_PRINTED}",
        "write the character itself, or a semicolon after its name",
    ),
)
"""Kinds of text that look like marks, in the order in which they are looked for."""

FIRST = frozenset("#-+=[•‣◦▪●–—―0123456789 ")
LINE = re.compile(r"\n[^\S\n]*[-+=#•‣◦▪●–—―\d]")
WITHIN = ("*", "_", "`", "&", "] (", ")[")
"""What a text with any of these has: at its beginning, at that of another line, or anywhere."""


def _may_have_near_marks(text: str) -> bool:
    """Return whether a text has a sign of any mark, which is seen quickly."""
    if text[:1] in FIRST or any(map(text.__contains__, WITHIN)):
        return True
    return "\n" in text and LINE.search(text) is not None


def find_near_marks(text: str, role: Role, kept: Iterable[str] = ()) -> Iterator[FoundNearMark]:
    """Yield what looks like a mark in a text from which code and escaped characters were taken out.

    Of each kind the first counts, and at one place the first kind of the table.  `kept` are names
    of kinds that are text.
    """
    if not _may_have_near_marks(text):
        return
    left_out = frozenset(kept)
    taken: set[str] = set()
    for mark in NEAR_MARKS:
        if mark.name in left_out or mark.name in taken or mark.role not in (None, role):
            continue
        for found in mark.pattern.finditer(text):
            if mark.test is None or mark.test(found):
                start = found.start() + len(found[0]) - len(found[0].lstrip())
                taken.add(mark.name)
                yield FoundNearMark(mark, found[0].strip(), start)
                break


SENTENCE = re.compile(r"[“«„\"'¿¡(]?[^\W\d_]")
ENDS = re.compile(r"[.!?…。؟።।][”»“\"')]?\Z")
WORD = re.compile(r"[^\W\d_]{2,}[,.;:!?]?")
CODE = re.compile(r"[{}=<>\\$]|\w\(|::|->|://|^\s*[/#]|[;{]$", re.MULTILINE)


def is_prose(text: str) -> bool:
    """Return whether lines that are set as code, since spaces stand before them, are a paragraph.

    It begins with a letter, ends as a sentence does, has eight words, and no sign of code.
    """
    text = text.strip()
    if not (SENTENCE.match(text) and ENDS.search(text)) or CODE.search(text):
        return False
    words = text.split()
    return len(words) >= 8 and sum(map(bool, map(WORD.fullmatch, words))) * 4 >= len(words) * 3
