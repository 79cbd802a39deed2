"""Where a sentence stands in a document: the one count that everything else uses."""

from __future__ import annotations

from dataclasses import dataclass

from publish.model.document import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """The place of one sentence, the same in every language and format.

    `section` is the id of its section, empty in the front matter and before the first heading.
    `kind` is what the text is.  Sentences of paragraphs are numbered through their section;
    all other texts (headings, list items, quotations, cells, captions, footnotes …) are numbered
    by block, each kind for itself, and `part` is the sentence within the block, 0 where the block
    has one sentence only.  `paragraph` is the number that editions print beside the paragraph,
    0 where they print none.
    """

    section: str
    kind: Role
    number: int
    part: int = 0
    paragraph: int = 0
