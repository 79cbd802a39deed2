"""Read a plain text as a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from publish.containers.refusing import make_file_error
from publish.importing.accounting import name_missing
from publish.importing.markup.finishing import make_section_id
from publish.importing.plaintext.capitals import (
    Spellings,
    find_spellings,
    is_in_capitals,
    lower_capitals,
)
from publish.importing.plaintext.chrome import strip_chrome
from publish.importing.plaintext.chunks import (
    Chunk,
    cut_chunks,
    decode_text,
    is_short,
    join_wrapped,
)
from publish.importing.plaintext.runs import Entry, cut_run, find_note, read_entries, read_rows
from publish.importing.results import Imported
from publish.importing.settling import settle_text
from publish.importing.words import list_words
from publish.model import (
    Alignment,
    Block,
    Break,
    Document,
    Facts,
    Field,
    Footnote,
    FootnoteMark,
    Heading,
    Inline,
    ListBlock,
    ListItem,
    Numbering,
    Paragraph,
    Prose,
    Quote,
    Role,
    Span,
    Table,
    Text,
)
from publish.reading.faults import Faults
from publish.reading.outline import place_headings, set_outline

__all__ = ["read_text"]

MOST_BYTES = 64 * 2**20
NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")
UNDERLINE = re.compile(r"(=|-|~|\*){4,}")
RULE = re.compile(r"[-_*=~•·\s]{3,}")
MARK = re.compile(r"\[(\d{1,3})\]")
QUOTED = re.compile(r"\s*>(?:\s*>)*\s?")
"""How e-mails begin each line that they answer to."""
PLAIN: Alignment = ""
NUMBERINGS: dict[str, Numbering] = {"1": "1", "a": "a", "A": "A"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What reading a text needs to know; `notes` are the texts of its notes by number."""

    file: str
    language: str
    title: str
    spellings: Spellings
    notes: dict[str, Chunk] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    """The numbers of items and notes."""

    def prose(self, text: str, line: int, role: Role) -> Prose:
        return Prose(
            content=settle_text(tuple(self.mark(text))), role=role, span=Span(self.file, line, line)
        )

    def mark(self, text: str) -> Iterator[Inline]:
        """Yield a text with the marks of its notes; its line breaks are breaks."""
        at = 0
        for found in MARK.finditer(text):
            if found[1] in self.notes:
                yield from _broken(text[at : found.start()].rstrip(" "))
                yield FootnoteMark(found[1])
                self.marks.append(found[1])
                at = found.end()
        yield from _broken(text[at:])


def _broken(text: str) -> Iterator[Inline]:
    for at, line in enumerate(text.split("\n")):
        if at:
            yield Break()
        if line:
            yield Text(line)


def read_text(data: bytes | str, file: str, *, language: str = "en", name: str = "") -> Imported:
    """Return the document of a plain text, with the list of what it has around its text.

    Law: the words of the file that are not in the document are those of the losses that are not
    `moved`.  Raises PublishError (code `kit-file`) for a file that is too large or has no text.
    """
    if len(data) > MOST_BYTES:
        raise make_file_error(f"the text is larger than {MOST_BYTES // 2**20} MiB", file)
    text = data if isinstance(data, str) else decode_text(data)
    chunks = cut_chunks(text)
    stripped = strip_chrome(chunks)
    body, notes = _take_notes(stripped.chunks)
    reading = _Reading(
        file=file,
        language=language,
        title=stripped.title,
        spellings=find_spellings(chunk.text for chunk in stripped.chunks),
        notes=notes,
    )
    title = settle_text((Text(stripped.title or name or "Untitled"),))
    blocks = tuple(_read_chunks(body, reading))
    if not blocks:
        raise make_file_error("the file has no text below its title", file, "choose another file")
    top = Span(file, 1, 1)
    document = Document(
        name=name,
        language=language,
        facts=Facts(),
        front=(Field(Prose(content=title, role=Role.TITLE, span=top, whole=True)),),
        body=blocks,
        notes=tuple(_read_note(label, chunk, reading) for label, chunk in notes.items()),
    )
    document = _placed(document)
    losses = name_missing(list_words(text), document, stripped.losses, reading.marks)
    return Imported(document=document, losses=tuple(losses))


def _take_notes(chunks: Sequence[Chunk]) -> tuple[list[Chunk], dict[str, Chunk]]:
    """Return the chunks without the notes at the end that have a mark in the text."""
    notes: dict[str, Chunk] = {}
    kept: list[Chunk] = []
    for chunk in chunks:
        if (found := find_note(chunk.text)) and _is_marked(found[0], chunk, chunks):
            notes[found[0]] = chunk
        else:
            kept.append(chunk)
    return kept, notes


def _is_marked(number: str, note: Chunk, chunks: Sequence[Chunk]) -> bool:
    mark = f"[{number}]"
    return any(mark in one.text for one in chunks if one is not note)


def _read_note(label: str, chunk: Chunk, reading: _Reading) -> Footnote:
    found = find_note(chunk.text)
    reading.marks.append(label)
    prose = reading.prose(found[1] if found else chunk.text, chunk.line, Role.FOOTNOTE)
    return Footnote(label, (Paragraph(prose),), prose.span)


# --------------------------------------------------------------------------- chunks


def _read_chunks(chunks: Sequence[Chunk], reading: _Reading) -> Iterator[Block]:
    """Yield the blocks of chunks; lists that go on in the next chunk are one."""
    held: list[tuple[Chunk, list[Entry]]] = []
    after_heading = True
    for at, chunk in enumerate(chunks):
        quoted = all(map(QUOTED.match, chunk.lines))
        heading = None if quoted else _heading(chunk, reading, last=at == len(chunks) - 1)
        entries = [] if heading else read_entries(chunk.lines)
        if entries and (len(entries) > 1 or entries[0].number is None or held or _next(chunks, at)):
            held.append((chunk, entries))
            continue
        if held:
            yield from _lists(held, reading)
            held = []
        if heading:
            yield heading
        elif quoted:
            yield _quote(chunk, reading)
        elif not RULE.fullmatch(chunk.text):
            yield from _texts(chunk, reading, after_heading)
        after_heading = heading is not None
    if held:
        yield from _lists(held, reading)


def _next(chunks: Sequence[Chunk], at: int) -> bool:
    """Return whether the chunk after a numbered one has the next number."""
    this = read_entries(chunks[at].lines)
    after = read_entries(chunks[at + 1].lines) if at + 1 < len(chunks) else []
    return bool(this and after and after[0].number == (this[-1].number or 0) + 1)


def _heading(chunk: Chunk, reading: _Reading, *, last: bool) -> Heading | None:
    """Return the heading that a chunk is: in capitals, underlined, or numbered 1.1."""
    lines = [line.strip() for line in chunk.lines]
    level = 0
    text = lines[0] if len(lines) < 3 else chunk.text
    if len(lines) == 2 and UNDERLINE.fullmatch(lines[1]):
        level = 1 if lines[1][0] in "=*" else 2
    elif last or not is_short(chunk.text):
        return None
    elif is_in_capitals(chunk.text) and len(chunk.text) > 3:
        level, text = 2, chunk.text
        if _says_title(text, reading.title):
            level = 1
    elif (found := NUMBERED.match(chunk.text)) and "." in found[1]:
        level, text = found[1].count(".") + 2, chunk.text
    if not level:
        return None
    text = lower_capitals(text, reading.spellings, reading.language).rstrip(" :")
    prose = reading.prose(text, chunk.line, Role.HEADING)
    return Heading(level, make_section_id(text), prose) if prose.content else None


def _says_title(text: str, title: str) -> bool:
    """Return whether a heading only repeats what the title is about."""
    words = [word.casefold() for word in list_words(re.sub(r"\(.*?\)", "", text))]
    said = {word.casefold() for word in list_words(title)}
    return bool(words) and all(word in said for word in words)


def _texts(chunk: Chunk, reading: _Reading, after_heading: bool) -> Iterator[Block]:
    if rows := read_rows(chunk.lines):
        yield _table(rows, chunk, reading)
        return
    lines = join_wrapped(chunk.lines)
    items = cut_run(lines[0]) if len(lines) == 1 else []
    if items:
        if items[0].rstrip().endswith(":") and lines[0][0] not in "*•·‣▪●■":
            yield Paragraph(reading.prose(items[0], chunk.line, Role.PARAGRAPH))
            items = items[1:]
        yield _bullets(items, chunk.line, reading)
        return
    prose = reading.prose("\n".join(lines), chunk.line, Role.PARAGRAPH)
    if prose.content:
        yield Paragraph(prose)


def _quote(chunk: Chunk, reading: _Reading) -> Quote:
    """Return what an e-mail answers to: lines that begin with `>`."""
    text = "\n".join(QUOTED.sub("", line, count=1) for line in chunk.lines)
    parts = [Chunk(one.lines, chunk.line + one.line - 1) for one in cut_chunks(text)]
    inside = [block for one in parts for block in _texts(one, reading, after_heading=False)]
    span = Span(reading.file, chunk.line, chunk.line + len(chunk.lines) - 1)
    return Quote(tuple(inside), span)


def _bullets(items: Sequence[str], line: int, reading: _Reading) -> ListBlock:
    made = [ListItem((Paragraph(reading.prose(item, line, Role.ITEM)),)) for item in items]
    return ListBlock(tuple(made), None, Span(reading.file, line, line))


def _lists(held: Sequence[tuple[Chunk, list[Entry]]], reading: _Reading) -> Iterator[ListBlock]:
    """Yield the lists of neighbouring chunks; one ends where the marks change."""
    run: list[Entry] = []
    line = held[0][0].line
    for chunk, entries in held:
        for entry in entries:
            if run and not _goes_on(run, entry):
                yield _list(run, line, reading)
                run, line = [], chunk.line
            run.append(entry)
    yield _list(run, line, reading)


def _goes_on(run: Sequence[Entry], entry: Entry) -> bool:
    first = run[0]
    if first.number is None or entry.number is None:
        return first.number is entry.number
    return first.style == entry.style and entry.number == (run[-1].number or 0) + 1


def _list(entries: Sequence[Entry], line: int, reading: _Reading) -> ListBlock:
    """Return a list; items that are further in are lists of the item above."""
    items: list[ListItem] = []
    at = 0
    while at < len(entries):
        entry = entries[at]
        end = at + 1
        while end < len(entries) and entries[end].indent > entry.indent:
            end += 1
        children: tuple[Block, ...] = (Paragraph(reading.prose(entry.text, line, Role.ITEM)),)
        if end > at + 1:
            children += (_list(entries[at + 1 : end], line, reading),)
        items.append(ListItem(children))
        at = end
    reading.marks.extend(one.mark for one in entries if one.mark)
    numbering = NUMBERINGS.get(entries[0].style, "1")
    return ListBlock(tuple(items), entries[0].number, Span(reading.file, line, line), numbering)


def _table(rows: Sequence[Sequence[str]], chunk: Chunk, reading: _Reading) -> Table:
    header = all(cell and not cell[0].isdigit() for cell in rows[0])
    made = [
        tuple(reading.prose(cell, chunk.line + at, Role.CELL) for cell in row)
        for at, row in enumerate(rows)
    ]
    return Table(
        header=made[0] if header else (),
        rows=tuple(made[1:] if header else made),
        alignments=(PLAIN,) * len(rows[0]),
        span=Span(reading.file, chunk.line, chunk.line + len(rows) - 1),
    )


def _placed(document: Document) -> Document:
    headings = [block for block in document.body if isinstance(block, Heading)]
    return set_outline(document, place_headings(headings, (), {}, Faults()))
