"""Headings and the ids of their sections."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from markdown_it.token import Token

from publish.model import Heading, Role, plain
from publish.reading.blockreader import BlockReader, read_prose

__all__ = ["read_heading"]


def read_heading(inline: Token, level: int, reader: BlockReader) -> Heading:
    """Return a heading with the id of its section, given or made from its text."""
    prose, attributes = read_prose(inline, reader, Role.HEADING)
    section = attributes.id or _slug(plain(prose.content))
    return Heading(level, section, replace(prose, section=section))


def _slug(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]+", "-", folded).strip("-") or "section"
