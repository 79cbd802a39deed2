"""The pieces of a page, in one language or two, and which of them a change concerns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from publish.actions.desk.page.blocks import BlockPiece
from publish.actions.desk.page.front import Front, open_slots
from publish.actions.desk.page.texts import LiveText
from publish.editions.html.pieces import (
    IDS,
    Address,
    Piece,
    join_halves,
    write_piece,
)
from publish.editions.html.scoping import BODY, FOOTER, HTML_CLASS, MAIN
from publish.editions.page.blocks import start_notes
from publish.editions.page.inlines import add_prose
from publish.editions.page.xhtml import Element, add_child, make_element
from publish.resources import find_template_folder
from publish.settings import State
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["LivePieces"]

UNSHOWN = "unshown"
"""The piece with sentences that the page of an edition does not show, such as keywords."""
NOTES = "notes"
END = "</section>"


@dataclass(frozen=True, slots=True)
class KeptPiece:
    """A piece as a page keeps it: its HTML in UTF-8, and a digest of its sentences and ids.

    A book has thousands, and text in other scripts takes twice as much as a string.
    """

    data: bytes
    shape: int


def keep_piece(piece: Piece) -> KeptPiece:
    """Return a piece as a page keeps it."""
    return KeptPiece(piece.html.encode(), hash((tuple(sorted(piece.units)), piece.ids)))


class _Gathered:
    """What is known of all pieces of a page while it is composed.

    `units` are the ids of sentences, `ids` those of elements, `leads` the ids of the second
    language that links of a piece lead to.
    """

    def __init__(self) -> None:
        self.units: set[str] = set()
        self.ids: set[str] = set()
        self.leads: dict[str, frozenset[str]] = {}


class LivePieces:
    """All pieces of a page by name, and the frame that they are in."""

    def __init__(
        self,
        loader: Loader,
        texts: Sequence[LiveText],
        address: Address,
        state: State,
        shows: str,
    ) -> None:
        self.texts, self.address, self.shows = texts, address, shows
        self.outline = texts[0].outline
        self.source = next((n for n, t in enumerate(texts) if t.is_source and len(texts) > 1), None)
        self.pieces: dict[str, KeptPiece] = {}
        self._known: frozenset[str] | None = None
        self._seen: dict[str, list[tuple[str, ...]]] = {}
        self._ends: dict[str, list[tuple[str, ...]]] = {}
        every = _Gathered()
        self._write_all(every)
        folders = loader.workspace.template_folders(find_template_folder())
        try:
            front = Front(texts, address, folders, self.source)
            self._frame = self._write_around(state, front, every)
        except ValueError:
            packed = Front(texts, address, folders[-1:], self.source)
            self._frame = self._write_around(state, packed, every)
        self._unshown = self._find_unshown(every.units)
        self._put(self._write_unshown(), every)
        self._settle_links(every)

    def parts(self) -> Iterator[bytes]:
        """Yield the whole page in parts, as UTF-8."""
        language = self.texts[0].language
        kind = "two" if self.shows == "pair" else "one"
        start = (
            f'<div class="{HTML_CLASS}" lang="{language.tag}" dir="{language.direction}">'
            f'<div class="{BODY} {kind} shows-{self.shows}">'
        )
        yield start.encode()
        for is_name, part in self._frame:
            yield self.pieces[part].data if is_name else part.encode()
        yield b"</div></div>"

    # ---- all pieces

    def _put(self, piece: Piece, every: _Gathered) -> None:
        """Keep a piece of a page that is being composed."""
        self.pieces[piece.name] = keep_piece(piece)
        every.units.update(piece.units)
        every.ids.update(piece.ids)
        every.leads[piece.name] = piece.leads

    def _write_all(self, every: _Gathered) -> None:
        """Write all blocks in their order, since the first mark of a note has an id."""
        marked: list[tuple[str, ...]] = [()] * len(self.texts)
        for piece in self.outline.pieces:
            self._seen[piece.name] = marked
            made, marked = self._write(piece)
            self._put(made, every)
            self._ends[piece.name] = marked
        if self.outline.notes:
            self._put(self._write_notes_heading(), every)

    def _write(self, piece: BlockPiece) -> tuple[Piece, list[tuple[str, ...]]]:
        """Return a piece, and the labels of the notes that have a mark up to its end."""
        seen = self._seen[piece.name]
        halves = [text.write_with(piece, done) for text, done in zip(self.texts, seen, strict=True)]
        made = write_piece(
            piece.name,
            halves,
            self.address,
            section=piece.section,
            shift=self.outline.shift,
            known=self._known,
            source=self.source,
        )
        ends = [tuple(half.context.marked) for half in halves]
        return made, seen if ends == seen else ends  # Most have no mark, and share one list.

    def _write_notes_heading(self) -> Piece:
        holders = [start_notes(make_element("section"), one.interface) for one in self.texts]
        return self._join(NOTES, holders)

    def _write_around(self, state: State, front: Front, every: _Gathered) -> list[tuple[bool, str]]:
        """Write what is around the blocks; return the frame: HTML, and names of pieces."""
        entries = front.list_entries()
        before: list[tuple[bool, str]] = []
        after: list[tuple[bool, str]] = []
        body: list[tuple[bool, str]] = []
        for place, piece in front.write(state, whole=True):
            if place == "body":
                body = list(self._frame_body())
                before += body
            elif place == "nav":
                names = entries[piece.name]
                for at, part in enumerate(open_slots(piece, names)):
                    before.append((at % 2 == 1, part))
                for name in names:
                    self._put(front.write_entry(name), every)
            else:
                self._put(piece, every)
                (after if place == "footer" else before).append((True, piece.name))
        bar, *rest = before
        self.front = front
        self._front_key = self._read_front(state)
        return [
            bar,
            (False, f'<div class="{MAIN}" id="{IDS}.edition-main">'),
            *rest,
            (False, f'</div><div class="{FOOTER}">'),
            *after,
            (True, UNSHOWN),
            (False, "</div>"),
        ]

    def _frame_body(self) -> Iterator[tuple[bool, str]]:
        for part in self.outline.body:
            if isinstance(part, BlockPiece):
                yield True, part.name
            else:
                yield False, part if part == END else _start_section(part)
        if self.outline.notes:
            yield False, _start_section("edition-notes", ' class="notes" role="doc-endnotes"')
            yield True, NOTES
            yield from ((True, note.name) for note in self.outline.notes)
            yield False, END

    # ---- sentences that no piece has

    def _find_unshown(self, shown: Collection[str]) -> tuple[int, ...]:
        """Return the numbers of the texts with a sentence that no piece has."""
        return tuple(
            number
            for number, text in enumerate(self.texts[0].index.source.texts)
            if any(s.unit.translatable and s.id not in shown for s in text.sentences)
        )

    def _write_unshown(self) -> Piece:
        holders = [self._hold_unshown(text) for text in self.texts]
        return self._join(UNSHOWN, holders)

    def _join(self, name: str, holders: Sequence[Element]) -> Piece:
        languages = [text.language for text in self.texts]
        return join_halves(name, holders, languages, source=self.source)

    def _hold_unshown(self, text: LiveText) -> Element:
        holder = make_element("section")
        box = add_child(holder, "section", class_=UNSHOWN)
        for number in self._unshown:
            prose = text.compose_text(number)
            line = add_child(box, "p", data_role=str(prose.role.value))
            add_prose(line, prose, text.make_context())
        return holder

    def _settle_links(self, every: _Gathered) -> None:
        """Point links of the second language to the first where it has no such id of its own."""
        if len(self.texts) < 2:
            return
        second = f".{self.texts[1].language.tag}"
        self._known = frozenset(one for one in every.ids if one.endswith(second))
        wrong = {
            name
            for name, leads in every.leads.items()
            if any(f"{IDS}.{lead}" not in every.ids for lead in leads)
        }
        for block in self.outline.pieces:
            if block.name in wrong:
                self.pieces[block.name] = keep_piece(self._write(block)[0])

    # ---- what changed

    def renew(self, versions: Sequence[Translation], state: State) -> list[Piece] | None:
        """Take over another version of the text in each language; return the changed pieces.

        None means that more than their own pieces changed.
        """
        texts: set[int] = set()
        targets: set[int] = set()
        names: set[str] = set()
        for text, version in zip(self.texts, versions, strict=True):
            of_text, of_targets, of_names = text.renew(version)
            texts.update(of_text)
            targets.update(of_targets)
            names |= of_names
        concerned = self._find_concerned(texts, names)
        for text in self.texts:
            text.prepare(concerned, self._unshown)
        made: list[Piece] = []
        for piece in concerned:
            new, marked = self._write(piece)
            if marked != self._ends[piece.name]:
                return None  # A note has its first mark elsewhere.
            made.append(new)
        made += self._renew_entries(targets, names)
        made += self._renew_front(texts, names, state)
        if not texts.isdisjoint(self._unshown):
            made.append(self._write_unshown())
        return self._take(made)

    def _find_concerned(self, texts: set[int], names: set[str]) -> list[BlockPiece]:
        """Return the pieces with some texts, or with links to what has these names."""
        outline = self.outline
        wanted = {outline.piece_of[number] for number in texts if number in outline.piece_of}
        wanted |= {at for name in names for at in outline.led_from.get(name, ())}
        return [outline.pieces[at] for at in sorted(wanted)]

    def _renew_entries(self, targets: Iterable[int], names: set[str]) -> Iterator[Piece]:
        """Write the entries of contents and lists again whose target or links changed."""
        every = {*targets, *(n for n, leads in self.outline.target_leads.items() if names & leads)}
        for number in sorted(every):
            for kind in ("contents", "figures", "tables"):
                if f"{kind}-{number}" in self.pieces:
                    yield self.front.write_entry(f"{kind}-{number}")

    def _renew_front(self, texts: set[int], names: set[str], state: State) -> Iterator[Piece]:
        """Write cover and imprint again, if what they show changed."""
        key = self._read_front(state)
        same = key == self._front_key and names.isdisjoint(self.outline.front_leads)
        if same and texts.isdisjoint(self.outline.front):
            return
        self._front_key = key
        for place, piece in self.front.write(state):
            if place not in {"body", "nav"}:
                yield piece
        if "contents-title" in self.pieces:
            yield self.front.write_entry("contents-title")

    def _read_front(self, state: State) -> object:
        """Return all that cover and imprint show besides the front matter."""
        return state, [
            (text.coverage.percent, text.coverage.translated < text.coverage.words, text.revised)
            for text in self.texts
        ]

    def _take(self, made: Sequence[Piece]) -> list[Piece] | None:
        """Put new pieces in the place of the old; return those that differ."""
        changed: list[Piece] = []
        for one in made:
            new, old = keep_piece(one), self.pieces[one.name]
            if new.data == old.data:
                continue
            if new.shape != old.shape:
                return None
            self.pieces[one.name] = new
            changed.append(one)
        return changed


def _start_section(name: str, more: str = "") -> str:
    return f'<section id="{IDS}.{escape(name)}"{more}>'
