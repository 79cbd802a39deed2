"""Comments of translators: what a kit leaves out, unless its sender wants it to go out.

A comment often names its writer.  Questions (`# reviewer:`) are written for the receiver of a kit,
so they always go out.  What comes back without a comment deletes none here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from publish.catalogs.doubts import find_doubt_lines
from publish.catalogs.origins import find_sureness_lines
from publish.po.pofile import PoFile, PoRecord

__all__ = ["count_comments", "count_questions", "describe_comments", "leave_comments_out"]

_NAMED = re.compile(
    r"(?im)^(last-translator:)(?! *FULL NAME <).+$|^(language-team:[^<\n]*?)[ \t]*<(?!LL@).*$"
)
"""Fields of the header that name people; not those that nobody has filled in."""
_TAIL = re.compile(r"(?m)^#.*\n?")


def leave_comments_out(po: PoFile) -> PoFile:
    """Return a catalog without the comments and names of translators.

    Left are questions, and how sure imported translations are.

    `Last-Translator` is emptied, `Language-Team` loses its address.  Records without such things
    keep their bytes.
    """
    return replace(
        po,
        header=po.header and _without_names(po.header),
        records=tuple(_without_comments(record) for record in po.records),
        tail=_TAIL.sub("", po.tail),
    )


def _without_comments(record: PoRecord) -> PoRecord:
    comments = record.entry.comments
    kept = (*find_sureness_lines(comments), *find_doubt_lines(comments))
    if kept == record.entry.comments:
        return record
    return replace(record, entry=replace(record.entry, comments=kept), raw=None)


def _without_names(header: PoRecord) -> PoRecord:
    fields = _NAMED.sub(lambda found: f"{found[1]} " if found[1] else found[2], header.entry.msgstr)
    bare = _without_comments(header)
    if fields == header.entry.msgstr:
        return bare
    return replace(bare, entry=replace(bare.entry, msgstrs=(fields,)), raw=None)


def count_comments(po: PoFile, *, whole: bool = True) -> int:
    """Return in how many places a catalog has comments or names of translators.

    With `whole`, its header, its end and its obsolete entries count too.
    """
    bare = leave_comments_out(po)
    pairs = zip(po.records, bare.records, strict=True)
    found = sum(one != other for one, other in pairs if whole or not one.entry.obsolete)
    return found + whole * ((po.header != bare.header) + (po.tail != bare.tail))


def count_questions(po: PoFile) -> int:
    """Return how many sentences have a question."""
    entries = (record.entry for record in po.records)
    return sum(bool(find_doubt_lines(one.comments)) for one in entries if not one.obsolete)


def describe_comments(comments: int, questions: int, *, sent: bool) -> Iterator[str]:
    """Yield what a sender should know of comments that go out or do not."""
    if comments and sent:
        yield f"comments of translators go out, from {_places(comments)}"
    elif comments:
        yield f"comments of translators in {_places(comments)} left out; --with-comments sends them"
    if questions:
        yield f"questions (# reviewer:) go out, from {_places(questions)}"


def _places(number: int) -> str:
    return f"{number} place{'s' * (number != 1)}"
