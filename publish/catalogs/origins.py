"""Comments on where a translation was imported from, and how sure it is that it belongs here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from publish.model import Entry
from publish.visible import make_visible

__all__ = ["confirm_entry", "describe_origin", "find_sureness", "find_sureness_lines"]

SURENESS = re.compile(r"\s*(\d{1,3}) % sure\s*")


def describe_origin(file: str, place: str, sureness: float) -> tuple[str, str]:
    """Return the comments of an imported translation: `from old.docx, ¶12` and `87 % sure`."""
    percent = min(99, max(1, int(100 * sureness)))
    return f"from {make_visible(file)}, {place}", f"{percent} % sure"


def find_sureness(entry: Entry) -> int | None:
    """Return how sure an imported translation is, in percent; None for any other entry.

    A translation that somebody confirmed, or that was made for another wording, is no longer one.
    """
    if not entry.fuzzy or entry.previous is not None or not any(entry.msgstrs):
        return None
    found = [SURENESS.fullmatch(line) for line in entry.comments]
    return next((int(one[1]) for one in found if one), None)


def find_sureness_lines(comments: Iterable[str]) -> tuple[str, ...]:
    """Return the comments that say how sure something is; they name nobody."""
    return tuple(line for line in comments if SURENESS.fullmatch(line))


def confirm_entry(entry: Entry) -> Entry:
    """Return an imported entry as confirmed; its comment still says where it is from."""
    return replace(
        entry,
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        comments=tuple(line for line in entry.comments if not SURENESS.fullmatch(line)),
    )
