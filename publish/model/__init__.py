"""The types that all rooms share: documents, inline trees, units, entries, findings, editions.

All types are frozen: each step of the program takes values and returns new ones.  This room
imports no other room.  The others import from the package, not from its files.

- `document.py`: a document and its blocks
- `walking.py`: functions to walk through a document and to rebuild it
- `inline.py`: the text of a block as a tree of marks; functions to walk and to map it
- `catalog.py`: units, sentences, catalogs and their entries
- `location.py`: the place of a sentence in a document
- `role.py`: the kinds of text that a document has
- `formats.py`: the formats of editions, and what is known of each
- `pagesizes.py`: the kinds of pages of PDFs, and what is known of each
- `results.py`: findings, editions and coverage
- `span.py`: a range of lines in a file
- `stores.py`: what keeps results of work by their keys
"""

from __future__ import annotations

from publish.model.catalog import (
    JOINED,
    Catalog,
    Entry,
    Key,
    Sentence,
    SentSentence,
    Unit,
    make_entry_id,
    make_fingerprint,
)
from publish.model.document import (
    Alignment,
    Block,
    Box,
    BoxKind,
    CodeBlock,
    Definition,
    DefinitionList,
    Division,
    Document,
    Facts,
    Field,
    Figure,
    Figuring,
    Footnote,
    Formula,
    Heading,
    ListBlock,
    ListItem,
    Merged,
    Numbering,
    Paragraph,
    Prose,
    Quote,
    Table,
    ThematicBreak,
)
from publish.model.formats import FORMATS, Braille, Format, FormatFacts
from publish.model.inline import (
    Break,
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Joint,
    Link,
    Math,
    Passage,
    PassageState,
    Strong,
    Style,
    Styled,
    Text,
    UnitSpan,
    map_inlines,
    plain,
    walk_inlines,
    walk_marks,
)
from publish.model.location import Location
from publish.model.pagesizes import PAGES, PageFacts, PageSize
from publish.model.results import (
    Coverage,
    Edition,
    Family,
    Finding,
    Form,
    Level,
    NotePlace,
    Quoted,
)
from publish.model.role import Role
from publish.model.span import Span
from publish.model.stores import ResultStore
from publish.model.walking import block_proses, blocks, find_images, proses, rebuild

__all__ = [
    "FORMATS",
    "JOINED",
    "PAGES",
    "Alignment",
    "Block",
    "Box",
    "BoxKind",
    "Braille",
    "Break",
    "Catalog",
    "Code",
    "CodeBlock",
    "Coverage",
    "Definition",
    "DefinitionList",
    "Division",
    "Document",
    "Edition",
    "Emphasis",
    "Entry",
    "Facts",
    "Family",
    "Field",
    "Figure",
    "Figuring",
    "Finding",
    "Footnote",
    "FootnoteMark",
    "Form",
    "Format",
    "FormatFacts",
    "Formula",
    "Heading",
    "Image",
    "Inline",
    "Inlines",
    "Joint",
    "Key",
    "Level",
    "Link",
    "ListBlock",
    "ListItem",
    "Location",
    "Math",
    "Merged",
    "NotePlace",
    "Numbering",
    "PageFacts",
    "PageSize",
    "Paragraph",
    "Passage",
    "PassageState",
    "Prose",
    "Quote",
    "Quoted",
    "ResultStore",
    "Role",
    "SentSentence",
    "Sentence",
    "Span",
    "Strong",
    "Style",
    "Styled",
    "Table",
    "Text",
    "ThematicBreak",
    "Unit",
    "UnitSpan",
    "block_proses",
    "blocks",
    "find_images",
    "make_entry_id",
    "make_fingerprint",
    "map_inlines",
    "plain",
    "proses",
    "rebuild",
    "walk_inlines",
    "walk_marks",
]
