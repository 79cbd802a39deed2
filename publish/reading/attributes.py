"""Block attributes: `{#id ctx="…" note="…" whole}` after a heading or before other text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publish.errors import PublishError, did_you_mean
from publish.model import Span

__all__ = ["LEADING", "TRAILING", "Attributes", "parse_attributes"]

_ITEM = r"""(?:[#.][\w-]+|[A-Za-z][\w-]*(?:=(?:"[^"]*"|[\w-]+))?)"""
_LIST = rf"""\{{[ ]*{_ITEM}(?:[ ]+{_ITEM})*[ ]*\}}"""
LEADING = re.compile(rf"{_LIST}(?=\s|$)")
TRAILING = re.compile(rf"(?:^|(?<=\s)){_LIST}$")
_ONE = re.compile(
    r"""\#(?P<id>[\w-]+)|(?P<key>[.\w][\w-]*)(?:=(?:"(?P<quoted>[^"]*)"|(?P<bare>[\w-]+)))?"""
)


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of a block: its id, its msgctxt, a note to translators, and `whole`.

    `whole` keeps the text of the block in one unit.
    """

    id: str = ""
    context: str | None = None
    note: str = ""
    whole: bool = False


def parse_attributes(written: str, span: Span) -> Attributes:
    """Parse an attribute list as `LEADING` and `TRAILING` match it.

    Raises PublishError (code `attribute-unknown`) for a name that is not known.
    """
    found: dict[str, str] = {}
    for match in _ONE.finditer(written.strip("{} ")):
        if match["id"]:
            found["id"] = match["id"]
        else:
            found[match["key"]] = match["quoted"] or match["bare"] or ""
    if unknown := [name for name in found if name not in {"id", "ctx", "note", "whole"}]:
        raise PublishError(
            f"unknown attribute {unknown[0]!r} in {written}",
            span,
            f"{did_you_mean(unknown[0], ['ctx', 'note', 'whole'])} "
            "(to show the brace itself, write \\{)",
            code="attribute-unknown",
        )
    return Attributes(
        found.get("id", ""), found.get("ctx"), found.get("note", ""), "whole" in found
    )
