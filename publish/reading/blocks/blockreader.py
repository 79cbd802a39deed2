"""What reading a block needs to know, and the text of one block."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from publish.model import Footnote, Inlines, Paragraph, Prose, Role, Span, Text, plain
from publish.reading.blocks.literal import check_marks_read, warn_of_near_marks
from publish.reading.faults import Faults
from publish.reading.marks.attributes import Attributes, parse_attributes, parse_heading_attributes
from publish.reading.marks.formulas import check_formula
from publish.reading.marks.imagemarks import read_looks
from publish.reading.marks.inline import normalise
from publish.reading.marks.sourcetext import make_note_label, read_source_text, tell_remarks

__all__ = ["BlockReader", "read_prose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockReader:
    """The state of reading: the file, the lines before its body, section, role of paragraphs.

    `language` is the tag of the document's language.

    `faults` collects what is wrong; reading goes on after each error.  `notes` collects the
    footnotes, wherever they stand.
    """

    file: str
    offset: int
    whole: bool
    faults: Faults
    notes: list[Footnote] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    """The labels of footnotes that are taken."""
    as_text: frozenset[str] = frozenset()
    language: str = "en"
    section: str = ""
    role: Role = Role.PARAGRAPH
    given_ids: set[Span] = field(default_factory=set)
    """The places of the headings whose id the author wrote."""
    inside: bool = False
    """Whether the block is in a list, a quotation, a box or a footnote."""

    def within(self, role: Role) -> BlockReader:
        """Return the reader for what is inside a block, with the role of its paragraphs."""
        return replace(self, role=role, inside=True)

    def span(self, token: Token) -> Span:
        """Return the lines of a token."""
        first, last = token.map or [0, 1]
        return Span(self.file, first + 1 + self.offset, max(first + 1, last) + self.offset)


def read_prose(
    inline: Token, reader: BlockReader, role: Role, given: Attributes | None = None
) -> tuple[Prose, Attributes]:
    """Return the text of an inline token, and its attributes or those `given` on a line before."""
    span = reader.span(inline)
    tell_remarks(inline, span, reader.faults)
    _take_notes(inline, reader)
    for formula in (child for child in inline.children or [] if child.type == "math"):
        with reader.faults.collecting():
            check_formula(formula.content, span)
    read_looks(inline.children or [], role, span, reader.faults)
    tokens = [(child.type, child.content) for child in inline.children or []]
    check_marks_read(tokens, span, reader.faults, reader.as_text)
    warn_of_near_marks(tokens, role, span, reader.faults, reader.as_text)
    attributes = given or Attributes()
    if written := (inline.meta or {}).get("attributes", ""):
        attributes = _attributes(written, reader, span, role)
    if attributes.id and role is not Role.HEADING:
        reader.faults.error(
            f"only headings can have an id, but this is a {role.value}: {{#{attributes.id}}}",
            span,
            f"write the id after a heading: ## Heading {{#{attributes.id}}}",
            code="attribute-place",
        )
    prose = Prose(
        content=_content(inline, reader, span),
        role=role,
        span=span,
        section=reader.section,
        context=attributes.context,
        note=attributes.note,
        whole=attributes.whole or reader.whole,
    )
    return prose, attributes


def _take_notes(inline: Token, reader: BlockReader) -> None:
    """Make footnotes of the notes inside a text, and give their marks labels."""
    for mark in inline.children or []:
        note: Token | None = mark.meta.pop("note", None)
        if note is None:
            continue
        note.map = inline.map
        prose, _ = read_prose(note, reader.within(Role.FOOTNOTE), Role.FOOTNOTE)
        mark.content = make_note_label(plain(prose.content), reader.labels)
        reader.labels.add(mark.content)
        reader.notes.append(Footnote(mark.content, (Paragraph(prose),), prose.span))


def _attributes(written: str, reader: BlockReader, span: Span, role: Role) -> Attributes:
    found = Attributes()
    with reader.faults.collecting():
        if role is not Role.HEADING:
            return parse_attributes(written, span)
        found = parse_heading_attributes(written, span)
    if found.foreign:
        reader.faults.remark(
            f"{' '.join(found.foreign)} means nothing here and is left out",
            span,
            "a heading can have #id, ctx, note and whole",
            code="attribute-unknown",
        )
    return found


def _content(inline: Token, reader: BlockReader, span: Span) -> Inlines:
    """Return the tree of an inline token; of one that is wrong, its text as it was typed."""
    with reader.faults.collecting():
        return read_source_text(inline, span)
    return normalise((Text(inline.content),))
