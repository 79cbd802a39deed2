"""Headings and the ids that they have by their own text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from markdown_it.token import Token

from publish.idsigns import join_words
from publish.model import Heading, Role, plain
from publish.reading.blocks.blockreader import BlockReader, read_prose
from publish.reading.marks.attributes import clean_id

__all__ = ["RESERVED", "make_slug", "read_heading"]

RESERVED = re.compile(r"(?:p|note-|mark-)\d+|edition-.+")
"""Ids that editions use for paragraphs, notes and sections of their own."""


def read_heading(inline: Token, level: int, reader: BlockReader) -> Heading:
    """Return a heading with the id of its section, given or made from its text.

    `publish.reading.outline` makes ids that occur twice different.
    """
    prose, attributes = read_prose(inline, reader, Role.HEADING)
    section = clean_id(attributes.id) or make_slug(plain(prose.content))
    if attributes.id:
        reader.given_ids.add(prose.span)
    return Heading(level, section, replace(prose, section=section))


def make_slug(text: str) -> str:
    """Return the id of a section whose heading has this text."""
    folded = unicodedata.normalize("NFKC", text).lower()
    slug = join_words(folded) or "section"
    return f"section-{slug}" if RESERVED.fullmatch(slug) else slug
