"""The kinds of text that a document has."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The kind of a piece of text; translators see it in the `#.` line."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    PUBLISHER = "publisher"
    REPUBLISHER = "republisher"
    RIGHTS = "rights"
    SUMMARY = "summary"
    KEYWORD = "keyword"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    QUOTE = "quotation"
    TERM = "term"
    DEFINITION = "definition"
    BOX_TITLE = "box title"
    CELL = "table cell"
    HEADER_CELL = "table header"
    CAPTION = "caption"
    ALT = "image description"
    FOOTNOTE = "footnote"
