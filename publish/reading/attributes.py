"""Block attributes: `{#id ctx="…" note="…" whole}` behind a heading or before another block."""

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
    """What an author says of a block: its id, msgctxt, note to the translator, one unit or not."""

    id: str = ""
    context: str | None = None
    note: str = ""
    whole: bool = False


def parse_attributes(written: str, span: Span) -> Attributes:
    """The attributes of a list as `LEADING` and `TRAILING` find it.

    Raises PublishError (code `attribute-unknown`) for a name that has no meaning.
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
            f"{did_you_mean(unknown[0], ['ctx', 'note', 'whole'])}; "
            "for a brace in the text write \\{",
            code="attribute-unknown",
        )
    return Attributes(
        found.get("id", ""), found.get("ctx"), found.get("note", ""), "whole" in found
    )
