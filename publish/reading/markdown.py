"""Source text to `Document`: CommonMark blocks with tables, footnotes and attributes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

from publish.errors import PublishError
from publish.model import (
    Alignment,
    Block,
    CodeBlock,
    Document,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Prose,
    Quote,
    Role,
    Span,
    Table,
    Text,
    ThematicBreak,
    plain,
)
from publish.reading.attributes import LEADING, TRAILING, Attributes, parse_attributes
from publish.reading.directions import refuse_directions
from publish.reading.frontmatter import read_front_matter, refuse_front_matter
from publish.reading.inline import (
    DEEPEST,
    NESTING,
    add_inline_rules,
    build_inline_tree,
    normalise,
)
from publish.reading.literal import check_links_read, check_table_read
from publish.reading.locations import number_paragraphs
from publish.reading.references import check_references
from publish.reading.sourcefile import SourceFile, check_source

__all__ = ["SourceFile", "read_document"]


def read_document(
    name: str, language: str, files: Iterable[SourceFile], *, folder: str = "", whole: bool = False
) -> Document:
    """Read one file, or several chapters in order, as one document.

    Only the first file has front matter.  `folder` is where its images are.  `whole` keeps every
    block in one unit.  Raises PublishError at the first error; the codes are listed in
    docs/reference/codes.md under "In a source".
    """
    first, *others = map(check_source, files)
    front = read_front_matter(first.text, first.file)
    blocks = list(_read_blocks(first, front.lines, whole))
    for chapter in others:
        refuse_front_matter(chapter.text, chapter.file)
        blocks.extend(_read_blocks(chapter, 0, whole))
    document = Document(
        name=name,
        language=language,
        facts=front.facts,
        front=front.fields,
        body=tuple(block for block in blocks if not isinstance(block, Footnote)),
        notes=tuple(block for block in blocks if isinstance(block, Footnote)),
        folder=folder,
    )
    if not document.body:
        raise PublishError(
            "the document has no text after its front matter",
            Span(first.file, front.lines, front.lines),
            "write the text below the closing ---",
            code="front-matter",
        )
    check_references(document)
    refuse_directions(document)
    return number_paragraphs(document)


# --------------------------------------------------------------------------- the parser


def _split_attributes(state: StateCore) -> None:
    """Move attribute lists from inline content to the token's meta, before it is parsed."""
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type != "inline":
            continue
        rule = TRAILING if before.type == "heading_open" else LEADING
        found = rule.search(token.content) if rule is TRAILING else rule.match(token.content)
        if found:
            token.meta = {"attributes": found.group()}
            token.content = (token.content[: found.start()] + token.content[found.end() :]).strip()


def _table_rows(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Parse a table, and keep the text of surplus cells, which GFM drops, in the row's meta."""
    before = len(state.tokens)
    if not table(state, first, end, silent):
        return False
    tokens = state.tokens[before:]
    columns = sum(token.type == "th_open" for token in tokens)
    for token in tokens:
        if token.type == "tr_open" and token.map:
            line = getLine(state, token.map[0]).strip().removeprefix("|")
            token.meta = {"surplus": "".join(escapedSplit(line)[columns:]).strip()}
    return True


def _parser() -> MarkdownIt:
    parser = add_inline_rules(MarkdownIt("commonmark", {"maxNesting": NESTING}).enable("table"))
    parser.block.ruler.at("table", _table_rows, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before(
        "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]}
    )
    parser.core.ruler.after("block", "attributes", _split_attributes)
    return parser


_PARSER = _parser()


# --------------------------------------------------------------------------- tokens to blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """The state of reading: the file, the lines before its body, section, role of paragraphs."""

    file: str
    offset: int
    whole: bool
    section: str = ""
    role: Role = Role.PARAGRAPH

    @property
    def inside(self) -> bool:
        """Return whether the block is in a list, a quotation or a footnote."""
        return self.role is not Role.PARAGRAPH

    def span(self, token: Token) -> Span:
        first, last = token.map or [0, 1]
        return Span(self.file, first + 1 + self.offset, max(first + 1, last) + self.offset)


def _read_blocks(source: SourceFile, skip: int, whole: bool) -> tuple[Block, ...]:
    tokens = _PARSER.parse("\n".join(source.text.split("\n")[skip:]))
    reader = _Reader(file=source.file, offset=skip, whole=whole)
    opening = (token for token in tokens if token.nesting == 1 and token.map)
    if deep := next((token for token in opening if token.level > DEEPEST), None):
        raise PublishError(
            "lists or quotations are nested too deeply here",
            reader.span(deep),
            f"use fewer levels: at most {DEEPEST}, where a list counts as two",
            code="nested-too-deep",
        )
    return _blocks(tokens, 0, "", reader)[0]


def _blocks(
    tokens: list[Token], at: int, closer: str, reader: _Reader
) -> tuple[tuple[Block, ...], int]:
    """Return the blocks from `at` up to the token named `closer`, and the index after it."""
    blocks: list[Block] = []
    while at < len(tokens) and tokens[at].type != closer:
        given = None
        if _only_attributes(tokens, at):
            given = _given(tokens, at, reader)
            at += 3
        block, at = _block(tokens, at, reader, given)
        blocks.append(block)
        if isinstance(block, Heading):
            reader = replace(reader, section=block.id)
    return tuple(blocks), at + 1


def _given(tokens: list[Token], at: int, reader: _Reader) -> Attributes:
    """Return the attributes that a paragraph of nothing else has for the paragraph after it."""
    after = at + 3
    written = tokens[at + 1].meta["attributes"]
    if (
        after >= len(tokens)
        or tokens[after].type != "paragraph_open"
        or _only_attributes(tokens, after)
    ):
        raise PublishError(
            f"no paragraph follows the attributes {written}, so they have no effect",
            reader.span(tokens[at]),
            "move them to the start of the paragraph, list item or table cell they belong to",
            code="attribute-place",
        )
    return parse_attributes(written, reader.span(tokens[at]))


def _only_attributes(tokens: list[Token], at: int) -> bool:
    inline = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        tokens[at].type == "paragraph_open"
        and inline is not None
        and not inline.content
        and bool(inline.meta)
    )


def _block(
    tokens: list[Token], at: int, reader: _Reader, given: Attributes | None
) -> tuple[Block, int]:
    token = tokens[at]
    span = reader.span(token)
    if reader.inside:
        _check_place(token, span)
    match token.type:
        case "heading_open":
            return _heading(tokens[at + 1], int(token.tag[1:]), reader), at + 3
        case "paragraph_open":
            return _paragraph(tokens[at + 1], reader, given), at + 3
        case "bullet_list_open" | "ordered_list_open":
            return _list(tokens, at, reader)
        case "blockquote_open":
            children, end = _blocks(
                tokens, at + 1, "blockquote_close", replace(reader, role=Role.QUOTE)
            )
            return Quote(children, span), end
        case "footnote_reference_open":
            label = str(token.meta["label"])
            children, end = _blocks(
                tokens, at + 1, "footnote_reference_close", replace(reader, role=Role.FOOTNOTE)
            )
            return Footnote(label, children, span), end
        case "table_open":
            return _table(tokens, at, reader)
        case "fence" | "code_block":
            return CodeBlock(token.content, span), at + 1
        case "hr":
            return ThematicBreak(span), at + 1
        case "html_block":
            raise PublishError(
                f"raw HTML is not allowed: {token.content.strip().splitlines()[0][:60]}",
                span,
                "use Markdown instead; to show the character itself, write \\<",
                code="raw-html",
            )
        case other:
            raise AssertionError(f"unknown block token {other}")


def _check_place(token: Token, span: Span) -> None:
    """Refuse headings and footnotes in a list, quotation or footnote: no link could reach them."""
    if token.type == "heading_open":
        raise PublishError(
            "a heading cannot be inside a list, quotation or footnote",
            span,
            "start it at the left margin, or use **bold** words instead",
            code="heading-place",
        )
    if token.type == "footnote_reference_open":
        raise PublishError(
            f"the footnote [^{token.meta['label']}] is inside a list, quotation or other footnote",
            span,
            "start it at the left margin, best at the end of the file",
            code="footnote-place",
        )


def _prose(
    inline: Token, reader: _Reader, role: Role, given: Attributes | None = None
) -> tuple[Prose, Attributes]:
    span = reader.span(inline)
    tokens = ((child.type, child.content) for child in inline.children or [])
    check_links_read(inline.content, tokens, span)
    written = (inline.meta or {}).get("attributes", "")
    attributes = parse_attributes(written, span) if written else given or Attributes()
    if attributes.id and role is not Role.HEADING:
        raise PublishError(
            f"only headings can have an id, but this is a {role.value}: {{#{attributes.id}}}",
            span,
            f"write the id after a heading: ## Heading {{#{attributes.id}}}",
            code="attribute-place",
        )
    prose = Prose(
        content=build_inline_tree(inline.children or [], span),
        role=role,
        span=span,
        section=reader.section,
        context=attributes.context,
        note=attributes.note,
        whole=attributes.whole or reader.whole,
    )
    return prose, attributes


def _heading(inline: Token, level: int, reader: _Reader) -> Heading:
    prose, attributes = _prose(inline, reader, Role.HEADING)
    section = attributes.id or _slug(plain(prose.content))
    return Heading(level, section, replace(prose, section=section))


def _slug(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]+", "-", folded).strip("-") or "section"


def _paragraph(inline: Token, reader: _Reader, given: Attributes | None) -> Block:
    check_table_read(inline.content, reader.span(inline))
    children = inline.children or []
    stands_alone = len(children) == 1 or (
        len(children) > 1 and children[1].type in {"softbreak", "hardbreak"}
    )
    if stands_alone and children[0].type == "image":
        return _figure(inline, reader, given)
    return Paragraph(_prose(inline, reader, reader.role, given)[0])


def _figure(inline: Token, reader: _Reader, given: Attributes | None) -> Figure:
    image, *rest = inline.children or []
    prose, _ = _prose(_with_children(inline, rest[1:]), reader, Role.CAPTION, given)
    alt = normalise((Text(plain(build_inline_tree([image], prose.span))),))
    return Figure(
        str(image.attrGet("src") or ""),
        replace(prose, content=alt, role=Role.ALT),
        prose if prose.content else None,
        prose.span,
    )


def _with_children(token: Token, children: list[Token]) -> Token:
    copy = token.copy()
    copy.children = children
    return copy


def _list(tokens: list[Token], at: int, reader: _Reader) -> tuple[ListBlock, int]:
    token = tokens[at]
    ordered = token.type == "ordered_list_open"
    given = token.attrGet("start")
    start = (1 if given is None else int(given)) if ordered else None
    items: list[ListItem] = []
    end = at + 1
    while tokens[end].type == "list_item_open":
        children, end = _blocks(tokens, end + 1, "list_item_close", replace(reader, role=Role.ITEM))
        items.append(ListItem(children))
    return ListBlock(tuple(items), start, reader.span(token)), end + 1


def _table(tokens: list[Token], at: int, reader: _Reader) -> tuple[Table, int]:
    header: list[Prose] = []
    rows: list[list[Prose]] = []
    alignments: list[Alignment] = []
    end = at
    while tokens[end].type != "table_close":
        token = tokens[end]
        if token.type == "th_open":
            alignments.append(_alignment(token))
            header.append(_prose(tokens[end + 1], reader, Role.HEADER_CELL)[0])
        elif token.type == "td_open":
            rows[-1].append(_prose(tokens[end + 1], reader, Role.CELL)[0])
        elif token.type == "tr_open":
            _check_row(token, reader)
            rows.append([])
        end += 1
    table = Table(
        tuple(header), tuple(map(tuple, rows[1:])), tuple(alignments), reader.span(tokens[at])
    )
    return table, end + 1


def _check_row(token: Token, reader: _Reader) -> None:
    if surplus := token.meta["surplus"]:
        raise PublishError(
            f"this row has more cells than the header, so this text would be lost: {surplus[:60]}",
            reader.span(token),
            "add a column to the header, or write \\| to show the bar itself",
            code="table-row",
        )


def _alignment(token: Token) -> Alignment:
    style = str(token.attrGet("style") or "").removeprefix("text-align:")
    return style if style in ("left", "center", "right") else ""  # type: ignore[return-value]
