"""Write a document for Typst: its headings, paragraphs, lists, tables, notes and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from publish.model import (
    Block,
    Document,
    Emphasis,
    FootnoteMark,
    Heading,
    Inlines,
    Link,
    ListBlock,
    Paragraph,
    Strong,
    Table,
    Text,
    plain,
)

__all__ = ["STANDARDS", "write_typst"]

STANDARDS = ["a-3a", "ua-1"]
"""The standards that our PDFs keep, as Typst names them."""

HEAD = """\
#set document(title: {title}, date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))
#set page(paper: "a4", margin: (left: 42mm, right: 30mm, y: 28mm), numbering: "1")
#set text(font: "Source Serif 4", size: 11pt, lang: "{language}", hyphenate: true)
#set par(justify: true)
#outline()
"""


def write_typst(document: Document) -> str:
    """Return the source of a document; a block of another kind raises TypeError."""
    notes = {note.label: note.children for note in document.notes}
    ids = {block.id for block in document.body if isinstance(block, Heading)}
    day = document.facts.published or date(2024, 1, 1)
    title = _quote(plain(document.front[0].prose.content))
    head = HEAD.format(title=title, day=day, language=document.language)
    return head + "\n".join(_block(block, notes, ids) for block in document.body)


Notes = Mapping[str, tuple[Block, ...]]


def _block(block: Block, notes: Notes, ids: set[str]) -> str:
    match block:
        case Heading(level, name, prose):
            if level == 1:
                return f"#pagebreak(weak: true)\n= {_text(prose.content, notes, ids)} <{name}>"
            return f"{'=' * level} {_text(prose.content, notes, ids)} <{name}>"
        case Paragraph(prose):
            return f"{_text(prose.content, notes, ids)}\n"
        case ListBlock(items):
            return "".join(f"- {_inner(item.children, notes, ids)}\n" for item in items)
        case Table():
            cells = "".join(_cells((block.header, *block.rows), notes, ids))
            return f"#table(columns: {len(block.header)}, {cells})\n"
        case _:
            raise TypeError(f"no {type(block).__name__} is written for Typst")


def _inner(blocks: Iterable[Block], notes: Notes, ids: set[str]) -> str:
    return " ".join(_block(block, notes, ids).strip() for block in blocks)


def _cells(rows: Iterable[Iterable[object]], notes: Notes, ids: set[str]) -> Iterator[str]:
    """Yield the cells of a table, those of its head in what repeats on each page."""
    for number, row in enumerate(rows):
        cells = "".join(f"[{_text(cell.content, notes, ids)}]" for cell in row)  # type: ignore[attr-defined]
        yield f"table.header{cells}, " if number == 0 else cells.replace("][", "], [") + ", "


def _text(content: Inlines, notes: Notes, ids: set[str]) -> str:
    return "".join(_pieces(content, notes, ids))


def _pieces(content: Inlines, notes: Notes, ids: set[str]) -> Iterator[str]:
    for node in content:
        match node:
            case Text(text):
                yield f"#{_quote(text)};"
            case Emphasis(children):
                yield f"#emph[{_text(children, notes, ids)}];"
            case Strong(children):
                yield f"#strong[{_text(children, notes, ids)}];"
            case Link(children, href):
                known = href.removeprefix("#") in ids
                target = f"<{href[1:]}>" if known else _quote(href)
                yield f"#link({target})[{_text(children, notes, ids)}];"
            case FootnoteMark(label):
                yield f"#footnote[{_inner(notes.get(label, ()), notes, ids)}];"
            case _:
                yield f"#{_quote(plain((node,)))};"


def _quote(text: str) -> str:
    """Return a string of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
