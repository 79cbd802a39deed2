"""Block attributes, `{#id ctx="…" note="…" whole}`: after a heading or before other text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from publish.errors import PublishError, did_you_mean
from publish.idsigns import ID_SIGN, replace_others
from publish.model import Span

__all__ = [
    "LEADING",
    "TRAILING",
    "Attributes",
    "clean_id",
    "parse_attributes",
    "parse_heading_attributes",
]

_ITEM = rf"""(?:[#.][{ID_SIGN}-]+|[A-Za-z][\w-]*(?:=(?:"[^"]*"|[\w-]+))?)"""
_MORE = rf"""(?:[#.][{ID_SIGN}:.-]+|-|[A-Za-z][\w:-]*(?:=(?:"[^"]*"|'[^']*'|[\w.%:/-]+))?)"""
_LIST = rf"""\{{[ ]*{_ITEM}(?:[ ]+{_ITEM})*[ ]*\}}"""
LEADING = re.compile(rf"{_LIST}(?=\s|$)")
TRAILING = re.compile(rf"(?:^|(?<=\s))\{{:?[ ]*{_MORE}(?:[ ]+{_MORE})*[ ]*\}}$")
"""What stands after a heading may have classes and keys of other programs."""
_ONE = re.compile(
    rf"""\#(?P<id>[{ID_SIGN}-]+)|(?P<key>[.\w][\w-]*)(?:=(?:"(?P<quoted>[^"]*)"|(?P<bare>[\w-]+)))?"""
)
_FOREIGN = re.compile(
    rf"""\#(?P<id>[{ID_SIGN}:.-]+)|(?P<key>[.\w-][\w:.-]*)"""
    r"""(?:=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[\w.%:/-]+)))?"""
)
KNOWN = ("ctx", "note", "whole", "verbatim")


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of a block: its id, its msgctxt, a note to translators, and `whole`.

    `whole` keeps the text of the block in one unit, `verbatim` a number as it is typed.  `foreign`
    are those that mean nothing here.
    """

    id: str = ""
    context: str | None = None
    note: str = ""
    whole: bool = False
    verbatim: bool = False
    foreign: tuple[str, ...] = ()


def parse_attributes(written: str, span: Span) -> Attributes:
    """Parse an attribute list as `LEADING` matches it.

    Raises PublishError (code `attribute-unknown`) for a name that is not known.
    """
    found: dict[str, str] = {}
    for match in _ONE.finditer(written.strip("{} ")):
        if match["id"]:
            found["id"] = match["id"]
        else:
            found[match["key"]] = match["quoted"] or match["bare"] or ""
    if unknown := [name for name in found if name not in {"id", *KNOWN}]:
        raise _unknown(unknown[0], written, span)
    return _attributes(found)


def parse_heading_attributes(written: str, span: Span) -> Attributes:
    """Parse an attribute list as `TRAILING` matches it; classes and other keys are `foreign`.

    Raises PublishError (code `attribute-unknown`) for a word alone that is not known.
    """
    found: dict[str, str] = {}
    foreign: list[str] = []
    for match in _FOREIGN.finditer(written.strip("{}: ")):
        key = match["key"] or ""
        if match["id"]:
            found["id"] = match["id"]
        elif key in KNOWN:
            found[key] = match["double"] or match["single"] or match["bare"] or ""
        elif key[0] in ".-" or "=" in match.group():
            foreign.append(match.group())
        else:
            raise _unknown(key, written, span)
    return replace(_attributes(found), foreign=tuple(foreign))


def clean_id(written: str) -> str:
    """Return an id as editions have it: of one such as `fig:map`, with hyphens for other signs."""
    return replace_others(written)


def _attributes(found: dict[str, str]) -> Attributes:
    return Attributes(
        found.get("id", ""),
        found.get("ctx"),
        found.get("note", ""),
        "whole" in found,
        "verbatim" in found,
    )


def _unknown(name: str, written: str, span: Span) -> PublishError:
    return PublishError(
        f"unknown attribute {name!r} in {written}",
        span,
        f"{did_you_mean(name, KNOWN)} (to show the brace itself, write \\{{)",
        code="attribute-unknown",
    )
