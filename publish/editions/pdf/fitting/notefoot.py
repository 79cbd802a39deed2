"""Keeps the notes at the foot of a page while it is laid out, and lays out one of them.

All are boxes of the renderer, which are private parts of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import Any

__all__ = [
    "Foot",
    "Skip",
    "find_end",
    "find_height",
    "find_room",
    "get_notes",
    "lay_out_note",
    "measure_edges",
]

MOST = 0.75
"""How much of a page notes from earlier pages may take if text goes on above them."""

Skip = Any
"""A place in a box, as the renderer has it; None for its start."""


@dataclass(slots=True)
class Foot:
    """The notes at the foot of the page that is being made.

    `notes` are those on it; `starts` has where those from earlier pages go on, `rooms` how high
    those may be that do not fit, and `rests` where these go on.  `later` are notes with a mark
    after that of one that goes on.  `foot` is the lower end of the line that was laid out last.
    """

    starts: dict[Any, Skip] = field(default_factory=dict)
    notes: list[Any] = field(default_factory=list)
    rooms: dict[Any, float] = field(default_factory=dict)
    rests: dict[Any, Skip] = field(default_factory=dict)
    later: list[Any] = field(default_factory=list)
    foot: float = 0.0


@dataclass(slots=True)
class Notes:
    """The notes of a document: those carried to each page, and the foot of the page being made.

    `heights` keeps the heights of what is shown of notes.  The `last` pages have only notes.
    `put_off` is whether the first of two cells had no room.  `waiting` are all notes, `homes` the
    pages of their marks.
    """

    carried: dict[int, list[tuple[Any, Skip]]] = field(default_factory=dict)
    heights: dict[tuple[Any, float, str, float], float] = field(default_factory=dict)
    foot: Foot = field(default_factory=Foot)
    last: bool = False
    put_off: bool = False
    waiting: tuple[Any, ...] = ()
    homes: dict[Any, int] = field(default_factory=dict)


def get_notes(context: Any) -> Notes:
    found = getattr(context, "notes_of_pages", None)
    if found is None:
        found = context.notes_of_pages = Notes(waiting=tuple(context.footnotes))
    return found


def find_end(box: Any) -> float:
    """Return where the last line or picture of a laid-out box ends."""
    if type(box).__name__ in ("LineBox", "BlockReplacedBox"):
        return float(box.position_y + box.margin_height())
    flow = [one for one in getattr(box, "children", ()) if not hasattr(one, "_box")]
    return max((find_end(one) for one in flow if one.is_in_normal_flow()), default=0.0)


def _is_seen(box: Any) -> bool:
    """Return whether a laid-out box has a line of any height, or a picture."""
    if type(box).__name__ in ("LineBox", "BlockReplacedBox"):
        return bool(box.height > 0)
    flow = (one for one in getattr(box, "children", ()) if not hasattr(one, "_box"))
    return any(_is_seen(one) for one in flow)


def find_room(context: Any, note: Any, *, whole: bool = False) -> float:
    """Return how high a note may be if all other notes of the page stay.

    With `whole` all text of the page has been laid out.
    """
    foot, area = get_notes(context).foot, context.current_footnote_area
    others = measure_edges(area) + sum(
        find_height(context, one) for one in foot.notes if one is not note
    )
    if note in foot.starts and not whole:
        share = 1.0 if get_notes(context).last else MOST
        return float(area.page.height * share - others)
    return float(area.position_y - foot.foot - others)


def measure_edges(area: Any) -> float:
    """Return the height of what is around the notes: a rule and the space above it."""
    if area.height == "auto":
        area.height = 0.0
    return float(area.margin_height() - area.height)


def find_height(context: Any, note: Any) -> float:
    """Return the height of what a page shows of a note."""
    notes, width = get_notes(context), context.current_footnote_area.page.width
    room = notes.foot.rooms.get(note, inf)
    key = (note, width, str(notes.foot.starts.get(note)), room)
    if key not in notes.heights:
        box, _ = lay_out_note(context, note, 0.0, room)
        notes.heights[key] = float(box.position_y + box.margin_height())
    return notes.heights[key]


def lay_out_note(
    context: Any,
    note: Any,
    y: float,
    room: float,
    positioned: tuple[list[Any], ...] | None = None,
    *,
    empty: bool = True,
) -> tuple[Any, Skip]:
    """Lay out a note from where it begins on this page, in some room from `y` down.

    Returns its box, None if nothing fits, and where it goes on.  Its mark, which is a line without
    height, is nothing, unless the foot is `empty`.
    """
    from weasyprint.formatting_structure import build  # type: ignore[import-untyped]
    from weasyprint.layout import block  # type: ignore[import-untyped]

    area = context.current_footnote_area
    if not hasattr(note, "prepared"):
        note.prepared = build.create_anonymous_boxes(note.deepcopy())
    foot, box = get_notes(context).foot, note.prepared
    before, line = context.page_bottom, foot.foot
    box.position_x, box.position_y = area.content_box_x(), y
    context.page_bottom = y + room
    context.create_block_formatting_context(box)
    start, lists = foot.starts.get(note), positioned or ([], [])
    try:
        made, rest, *_ = block.block_level_layout(context, box, 0, start, area.page, empty, *lists)
    finally:
        context.finish_block_formatting_context()
        context.page_bottom, foot.foot = before, line
    if made is not None and rest is not None and not empty and not _is_seen(made):
        return None, start
    return made, rest
