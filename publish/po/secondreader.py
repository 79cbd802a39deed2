"""A second, independent reader of what we wrote: the only module that uses polib.

polib is slow and loses lines of a file, so it never reads what a translator saved.  It reads the
entries that were written anew, before they replace the translator's file.  A bug in our escaping
or wrapping is then an error here and not a damaged catalog.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import polib

from publish.model import Entry

__all__ = ["WrittenWrongError", "confirm_written"]


class WrittenWrongError(AssertionError):
    """Written text does not read back as the entry it was written from: a bug of ours."""


# What polib reads differently than gettext: numeric escapes, and line ends other than \n.
_BEYOND_POLIB = re.compile("\\\\[a0-7]|[\x85\u2028\u2029]")
_UNKNOWN_LINE = re.compile("^#=.*\n", re.M)
_HEADER = 'msgid ""\nmsgstr ""\n\n'


def confirm_written(written: Iterable[tuple[Entry, str]]) -> None:
    """Raise WrittenWrongError unless polib reads each entry back from the text written for it."""
    # polib reads an entry with an empty msgid as the file's header, and changes it.
    pairs = [
        (entry, text) for entry, text in written if entry.msgid and not _BEYOND_POLIB.search(text)
    ]
    text = _HEADER + "\n".join(_UNKNOWN_LINE.sub("", text) for _, text in pairs)
    try:
        found = list(polib.pofile(text))
    except OSError as error:
        raise WrittenWrongError(str(error)) from error
    if len(found) != len(pairs):
        raise WrittenWrongError(f"{len(pairs)} entries were written as {len(found)}")
    for (entry, _), other in zip(pairs, found, strict=True):
        if _of_entry(entry) != _of_polib(other):
            raise WrittenWrongError(f"{entry!r} was written as {other!r}")


_Fields = tuple[object, ...]


def _of_entry(entry: Entry) -> _Fields:
    previous = (entry.previous_context, entry.previous, entry.previous_plural)
    return (
        entry.context,
        entry.msgid,
        entry.plural or "",
        entry.msgstrs,
        set(entry.flags),
        entry.obsolete,
        (None, None, None) if entry.obsolete else previous,
    )


def _of_polib(entry: polib.POEntry) -> _Fields:
    forms = entry.msgstr_plural
    return (
        entry.msgctxt,
        entry.msgid,
        entry.msgid_plural,
        tuple(forms[index] for index in sorted(forms)) if forms else (entry.msgstr,),
        set(entry.flags),
        bool(entry.obsolete),
        (entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural),
    )
