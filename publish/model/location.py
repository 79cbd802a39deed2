"""The place of a sentence in a document; all messages, editions and kits use this count."""

from __future__ import annotations

from dataclasses import dataclass

from publish.model.role import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """The place of one sentence, the same in every language and format.

    `section` is the id of its section, empty in the front matter and before the first heading.
    `kind` is the kind of its text.  Sentences of paragraphs are numbered through the section.
    Other texts (headings, list items, quotations, cells, captions, footnotes …) are numbered by
    block, each kind separately; `part` is then the number of the sentence in the block, or 0 if
    the block has only one.  `paragraph` is the number that editions print beside the paragraph,
    or 0.
    """

    section: str
    kind: Role
    number: int
    part: int = 0
    paragraph: int = 0
