"""The text of a Word edition as pieces: its sentences, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from publish.aligning.marktexts import Mark, MarkedText, flatten_marks, raise_marks
from publish.importing.word.sentencemarks import UNTITLED, EditedWord, FoundMark, find_marks
from publish.languages.language import Language
from publish.model import Document, Footnote, Inlines, block_proses, plain
from publish.reading.segmenting import cut_sentences

__all__ = [
    "WordPiece",
    "cut_piece",
    "join_pieces",
    "list_pieces",
    "list_words",
    "slice_text",
    "trim_text",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPiece:
    """A piece of the text of a file: a sentence that has a bookmark, or what has none.

    `name` is that of its bookmark, or empty; `also` are those of sentences that are translated with
    it.  `block` is the number of the block that it begins in,
    `last` that of the one it ends in; `note` the label of the note that it stands in, or empty.
    `tight` says that no space stands before it, though another piece of its block does.
    """

    content: MarkedText
    block: int
    last: int
    name: str = ""
    also: tuple[str, ...] = ()
    note: str = ""
    tight: bool = False
    comments: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all its bookmarks."""
        return (self.name, *self.also) if self.name else ()

    @property
    def text(self) -> str:
        """Return the words, with single spaces."""
        return " ".join(self.content.text.split())

    @property
    def shows(self) -> bool:
        """Return whether the piece has letters or digits."""
        return any(map(str.isalnum, self.content.text))


def slice_text(content: MarkedText, start: int, end: int) -> MarkedText:
    """Return a range of a text, with the parts of its marks that are in it."""
    marks = []
    for one in content.marks:
        if one.start == one.end:
            inside = start <= one.start <= end
        else:
            inside = one.start < end and start < one.end
        if inside:
            at, to = max(one.start, start), min(one.end, end)
            marks.append(Mark(at - start, to - start, one.node))
    return MarkedText(content.text[start:end], tuple(marks))


def trim_text(content: MarkedText) -> MarkedText:
    """Return a text without spaces at its ends; marks of notes and pictures stay."""
    text = content.text
    start = len(text) - len(text.lstrip())
    end = max(start, len(text.rstrip()))
    marks = []
    for one in content.marks:
        at, to = (min(max(place, start), end) - start for place in (one.start, one.end))
        if at < to or one.start == one.end:
            marks.append(Mark(at, to, one.node))
    return MarkedText(text[start:end], tuple(marks))


def join_texts(parts: Sequence[MarkedText], space: str = " ") -> MarkedText:
    """Return texts as one, with a space between them; marks that go on are one mark."""
    text = ""
    marks: list[Mark] = []
    for part in parts:
        gap = space if text and part.text and not text[-1:].isspace() else ""
        at = len(text) + len(gap)
        for one in part.marks:
            moved = Mark(one.start + at, one.end + at, one.node)
            last = next((m for m in marks if m.node == one.node and m.end == len(text)), None)
            if last is not None and one.start == 0 < one.end and last.start < last.end:
                marks[marks.index(last)] = Mark(last.start, moved.end, last.node)
            else:
                marks.append(moved)
        text += gap + part.text
    return MarkedText(text, tuple(marks))


def join_pieces(pieces: Sequence[WordPiece], space: str = " ") -> WordPiece:
    """Return pieces that follow each other as one, with the name of the first that has one."""
    first = pieces[0]
    content = first.content
    for before, one in pairwise(pieces):
        gap = "" if one.tight and one.block == before.last else space
        content = join_texts((content, one.content), gap)
    return replace(
        first,
        content=content,
        last=pieces[-1].last,
        name=next((one.name for one in pieces if one.name), ""),
        comments=tuple(line for one in pieces for line in one.comments),
    )


def cut_piece(piece: WordPiece, language: Language) -> list[WordPiece]:
    """Return a piece cut into sentences by the rules of a language, without its name."""
    tree = raise_marks(piece.content.text, piece.content.marks)
    cut = [flatten_marks(one) for one in cut_sentences(tree, language)[0]]
    made = [
        replace(piece, content=trim_text(one), name="", also=(), tight=piece.tight and at == 0)
        for at, one in enumerate(cut)
    ]
    return [one for one in made if one.content.text or one.content.marks] or [piece]


# --------------------------------------------------------------------------- reading


@dataclass(slots=True)
class _Open:
    """A piece that is being read: its parts, and where they are."""

    name: str
    block: int
    note: str
    tight: bool
    last: int = 0
    parts: list[MarkedText] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    def close(self) -> WordPiece:
        whole = join_texts(self.parts) if self.parts else MarkedText("")
        tight = self.tight and not whole.text[:1].isspace()
        content = trim_text(whole)
        return WordPiece(
            content=content, block=self.block, last=self.last, name=self.name, note=self.note,
            tight=tight, comments=tuple(self.comments), also=tuple(self.also),
        )  # fmt: skip


@dataclass(slots=True)
class _Reading:
    """What is read so far: pieces in order, the sentence that is open, the names that were met."""

    edited: EditedWord
    pieces: list[_Open] = field(default_factory=list)
    current: _Open | None = None
    met: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)
    block: int = 0
    note: str = ""


def list_words(document: Document) -> Iterator[tuple[str, Inlines]]:
    """Yield the texts of a document in order, each with the label of its note, or nothing."""
    for block in (*document.front, *document.body, *document.notes):
        label = block.label if isinstance(block, Footnote) else ""
        for prose in block_proses(block):
            if plain(prose.content) != UNTITLED:
                yield label, prose.content


def list_pieces(edited: EditedWord) -> list[WordPiece]:
    """Return the pieces of a file in reading order.

    A bookmark that stands there twice counts once.  One that is open where another begins ends
    there.
    """
    reading = _Reading(edited)
    for number, (label, content) in enumerate(list_words(edited.document), 1):
        if label != reading.note:
            reading.current = None
        reading.block, reading.note = number, label
        _read_block(reading, content)
    closed = [one.close() for one in reading.pieces]
    return [one for one in closed if one.name or one.content.text or one.content.marks]


def _read_block(reading: _Reading, content: Inlines) -> None:
    flat = flatten_marks(content)
    at = 0
    known = len(reading.pieces)
    for mark in (*find_marks(flat.text), FoundMark(len(flat.text), len(flat.text), "", 0)):
        _add(reading, slice_text(flat, at, mark.start), first=at == 0)
        at = mark.end
        if mark.kind == "begin":
            _begin(reading, reading.edited.names[mark.number])
        elif mark.kind == "end":
            current = reading.current
            ended = reading.edited.names[mark.number]
            if current is not None and ended in (current.name, *current.also):
                reading.current = None
        elif mark.kind == "comment":
            words = reading.edited.comments[mark.number]
            (reading.current.comments if reading.current else reading.waiting).append(words)
    if reading.waiting and (len(reading.pieces) > known or reading.current):
        _take_comments(reading, reading.pieces[-1])


def _take_comments(reading: _Reading, piece: _Open) -> None:
    """Give a piece the comments that stand before it; what stands behind all, to the last one."""
    piece.comments += filter(None, reading.waiting)
    reading.waiting.clear()


def _begin(reading: _Reading, name: str) -> None:
    if name in reading.met:
        return
    reading.met.add(name)
    if reading.current is not None and not reading.current.parts:
        reading.current.also.append(name)
        return
    made = _Open(name, reading.block, reading.note, tight=_is_tight(reading), last=reading.block)
    reading.pieces.append(made)
    _take_comments(reading, made)
    reading.current = made


def _is_tight(reading: _Reading) -> bool:
    """Return whether text of this block stands right before this place, without a space."""
    last = reading.pieces[-1] if reading.pieces else None
    if last is None or last.last != reading.block or not last.parts:
        return False
    text = last.parts[-1].text
    return bool(text) and not text[-1].isspace()


def _add(reading: _Reading, part: MarkedText, *, first: bool) -> None:
    if not part.text and not part.marks:
        return
    current = reading.current
    if current is None:
        last = reading.pieces[-1] if reading.pieces else None
        if last is not None and not last.name and last.last == reading.block:
            last.parts.append(part)
            return
        tight = _is_tight(reading) and not part.text[:1].isspace()
        current = _Open("", reading.block, reading.note, tight=tight)
        reading.pieces.append(current)
        if part.text.strip():
            _take_comments(reading, current)
    current.parts.append(part)
    current.last = reading.block
