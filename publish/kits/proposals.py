"""Find what a translator would change in the glossary: the sheet of terms that came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publish.kits.workbookcells import Cell, SheetRows

__all__ = ["TermProposal", "find_term_proposals"]

_EMPTY = Cell("")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermProposal:
    """What came back for a term: the translation sent, the one proposed, and remarks.

    `sent` is empty for a term that the glossary does not have; `proposed` is what was sent where
    there are only remarks.
    """

    term: str
    sent: str
    proposed: str
    remarks: tuple[str, ...] = ()
    place: str


def find_term_proposals(
    pages: Sequence[SheetRows], terms: Sequence[tuple[str, ...]]
) -> tuple[TermProposal, ...]:
    """Return what differs in the sheet of terms from the `terms` sent, heading first.

    The sheet is the one whose first row begins as their heading does.
    """
    if not terms:
        return ()
    for page in pages:
        heading = page.rows.get(1, {})
        if all(
            heading.get(at, _EMPTY).text == text for at, text in zip("AB", terms[0], strict=False)
        ):
            return tuple(_proposals(page, {row[0]: row for row in terms[1:]}))
    return ()


def _proposals(page: SheetRows, known: dict[str, tuple[str, ...]]) -> Iterator[TermProposal]:
    for number, row in sorted(page.rows.items()):
        term = row.get("A", _EMPTY).text.strip()
        sent = known.get(term, (term, ""))[1:]
        if number == 1 or not term:
            continue
        proposed = row.get("B", _EMPTY).text.strip()
        remarks = tuple(_remarks(row, sent))
        if remarks or (proposed and proposed != sent[0].strip()):
            yield TermProposal(
                term=term, sent=sent[0], proposed=proposed, remarks=remarks, place=f"B{number}"
            )


def _remarks(row: dict[str, Cell], sent: tuple[str, ...]) -> Iterator[str]:
    """Yield comments on cells of a row, and texts in the columns after the translation."""
    for at, (letter, cell) in enumerate(sorted(row.items())):
        ours = sent["BCDEFGH".index(letter)] if letter in "BCDEFGH"[: len(sent)] else ""
        if at and letter != "B" and cell.text.strip() and cell.text != ours:
            yield " ".join(cell.text.split())
        yield from (" ".join(text.split()) for text in cell.comments)
