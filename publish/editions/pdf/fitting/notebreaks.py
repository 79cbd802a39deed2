"""Breaks long notes over pages: takes the place of some steps of WeasyPrint.

The renderer sets a note at the foot of a page whole, on the page of its mark or on the next.  Here
a note that does not fit is laid out as far as there is room, and goes on at the foot of the next
page, as any block does.  Lines that keep together (`orphans`, `widows`) do so in notes as well, so
a short note is never broken: it goes to the next page with the line of its mark.  A note in a row
of cells (`footnote-policy: auto`) may follow on the next page, since its row may not break.

The steps are private parts of the library, so a version in which they differ is an error.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from math import inf
from typing import Any

from publish.editions.pdf.fitting.notefoot import (
    Foot,
    find_end,
    find_height,
    find_room,
    get_notes,
    lay_out_note,
    measure_edges,
)
from publish.editions.privateparts import make_version_error

__all__ = ["breaking_notes"]

STEPS: dict[str, tuple[str, ...]] = {
    "iter_line_boxes": (
        *("context", "box", "position_y", "bottom_space", "skip_stack", "containing_block"),
        *("absolute_boxes", "fixed_boxes", "first_letter_style", "first_line_style"),
    ),
    "block_level_layout": (
        *("context", "box", "bottom_space", "skip_stack", "containing_block", "page_is_empty"),
        *("absolute_boxes", "fixed_boxes", "adjoining_margins", "first_letter_style"),
        *("first_line_style", "discard", "max_lines"),
    ),
    "remake_page": ("index", "context", "root_box", "html"),
    "make_all_pages": ("context", "root_box", "html", "pages"),
    "block_container_layout": (
        *("context", "box", "bottom_space", "skip_stack", "page_is_empty", "absolute_boxes"),
        *("fixed_boxes", "adjoining_margins", "first_letter_style", "first_line_style"),
        *("discard", "max_lines"),
    ),
    "layout_footnote": ("self", "footnote"),
    "unlayout_footnote": ("self", "footnote"),
    "report_footnote": ("self", "footnote"),
}
"""The parameters of the steps that lay out lines, blocks, pages and notes."""

ROW = 1 / 3
"""How much of a page is left for a row in which a note is cut: higher rows may break."""


KEPT = 0.15
"""How much of a page is left below the mark of a note that is cut, filled if it stays empty."""


@contextmanager
def breaking_notes() -> Iterator[None]:
    """Let notes break over pages in every document that is laid out.

    Raises BuildError (code `renderer-unknown`) if a step that this replaces differs.
    """
    from weasyprint import layout  # type: ignore[import-untyped]
    from weasyprint.layout import LayoutContext, block, page  # type: ignore[import-untyped]

    replaced: list[tuple[Any, str, Callable[..., Any]]] = [
        (block, "iter_line_boxes", _iterate_lines),
        (page, "block_level_layout", _lay_out_block),
        (block, "block_container_layout", _lay_out_cell),
        (page, "remake_page", _remake_page),
        (layout, "make_all_pages", _make_all_pages),
        (LayoutContext, "layout_footnote", _lay_out_note),
        (LayoutContext, "unlayout_footnote", _take_back),
        (LayoutContext, "report_footnote", _defer),
    ]
    before = [(home, name, getattr(home, name)) for home, name, _ in replaced]
    for _, name, step in before:
        if tuple(inspect.signature(step).parameters) != STEPS[name]:
            raise make_version_error(f"{name} differs")
    try:
        for (home, name, step), (_, _, original) in zip(replaced, before, strict=True):
            method = home is LayoutContext
            setattr(home, name, step if method else partial(step, original))
        yield
    finally:
        for home, name, original in before:
            setattr(home, name, original)


# --------------------------------------------------------------------------- pages


def _make_all_pages(step: Any, context: Any, root: Any, html: Any, pages: list[Any]) -> Any:
    """Make all pages; those with a note that goes on are made each time."""
    carried = get_notes(context).carried
    for number in [one for one, notes in carried.items() if notes]:
        for index in (number - 1, number):
            if 0 <= index < len(context.page_maker):
                context.page_maker[index][-1]["content_changed"] = True
    return step(context, root, html, pages)


def _remake_page(step: Any, index: int, context: Any, root: Any, html: Any) -> Any:
    """Make a page with the notes that the page before left, and keep what it leaves itself.

    Marks in the head of a table are on later pages again, which have no note for them.
    """
    notes = get_notes(context)
    context.footnotes = [one for one in notes.waiting if notes.homes.get(one, index) >= index]
    notes.foot = Foot(starts=dict(notes.carried.get(index, ())))
    notes.last = context.page_maker[index][0] is None and index > 0
    context.reported_footnotes = list(notes.foot.starts)
    made = step(index, context, root, html)
    foot = notes.foot
    new = (*foot.notes, *foot.later, *context.reported_footnotes)
    notes.homes.update((note, index) for note in new if note not in foot.starts)
    left = [(note, foot.rests[note]) for note in foot.notes if note in foot.rests]
    left += [(note, None) for note in foot.later]
    left += [(note, foot.starts.get(note)) for note in context.reported_footnotes]
    if notes.carried.get(index + 1, []) != left and index + 1 < len(context.page_maker):
        context.page_maker[index + 1][-1]["content_changed"] = True
    notes.carried[index + 1] = left
    context.reported_footnotes = [note for note, _ in left]
    return made


def _lay_out_block(step: Any, context: Any, box: Any, *given: Any, **named: Any) -> Any:
    """Lay out the foot of a page, its text, or anything else that is on the page itself."""
    if type(box).__name__ == "FootnoteAreaBox":
        return _lay_out_area(step, context, box, *given, **named)
    notes = get_notes(context)
    if not box.is_for_root_element or notes.last:
        return step(context, box, *given, **named)
    if not notes.foot.notes:
        done = step(context, box, *given, **named)
        _fill_up(context, done[0])
        return done
    bottom_space, skip, around, _, *rest = given
    done = step(context, box, bottom_space, skip, around, False, *rest, **named)
    if done[0] is not None:
        _fill_up(context, done[0])
        return done
    _settle(context, fill=True)
    empty = box.copy_with_children([])
    empty.force_fragmentation = True
    made = step(context, empty, bottom_space, None, around, True, *rest, **named)
    following = context.page_maker[context.current_page - 1][1]
    return (made[0], skip, {**following, "break": "any"}, *made[3:])


def _fill_up(context: Any, text: Any) -> None:
    """Lay out more of a note that goes on, if its page has room below the text."""
    foot = get_notes(context).foot
    if not (foot.rests or foot.later or context.reported_footnotes):
        return
    foot.foot = max(find_end(text), context.current_footnote_area.page.content_box_y())
    for note in [one for one in foot.notes if one in foot.rests]:
        room = find_room(context, note, whole=True)
        if room > foot.rooms[note]:
            del foot.rooms[note], foot.rests[note]
            if find_height(context, note) > room:
                _cut(context, note, room, whole=True)
    context.reported_footnotes[:0], foot.later = foot.later, []
    while context.reported_footnotes and not foot.rests:
        note = context.reported_footnotes[0]
        foot.notes.append(note)
        room = find_room(context, note, whole=True)
        if find_height(context, note) > room and not _cut(context, note, room, whole=True):
            foot.notes.remove(note)
            break
        del context.reported_footnotes[0]
    _settle(context)


def _lay_out_area(step: Any, context: Any, area: Any, **named: Any) -> Any:
    """Lay out the foot of a page with its notes, in their place."""
    foot = get_notes(context).foot
    positioned = named["absolute_boxes"], named["fixed_boxes"]
    made, *others = step(context, area, **named)
    y, boxes = made.content_box_y(), []
    for note in foot.notes:
        box, _ = lay_out_note(context, note, y, foot.rooms.get(note, inf), positioned)
        boxes.append(box)
        y = box.position_y + box.margin_height()
    made = made.copy_with_children(boxes)
    made.height = y - made.content_box_y()
    return (made, *others)


def _lay_out_cell(step: Any, context: Any, cell: Any, *given: Any, **named: Any) -> Any:
    """Lay out a cell; the second of two languages is put off if the first has no room at all."""
    if type(cell).__name__ != "TableCellBox" or given[1] is not None or not cell.children:
        return step(context, cell, *given, **named)
    notes, classes = get_notes(context), (cell.element.get("class") or "").split()
    if notes.put_off and "second" in classes:
        notes.put_off = False
        return None, None, {"break": "any", "page": None}, [], False, None
    done = step(context, cell, *given, **named)
    notes.put_off = done[0] is None and "first" in classes
    return done


# --------------------------------------------------------------------------- lines


def _iterate_lines(step: Any, context: Any, box: Any, *given: Any) -> Any:
    """Lay out the lines of a paragraph, and remember where the last one ends.

    The head of a table is laid out as if there were room without end.
    """
    bottom_space, around = given[1], given[3]
    for line, resume_at in step(context, box, *given):
        end = line.position_y + line.height + around.border_bottom_width + around.padding_bottom
        get_notes(context).foot.foot = end + max(bottom_space, 0.0)
        yield line, resume_at


def _lay_out_note(context: Any, note: Any) -> bool:
    """Put a note at the foot of the page, as far as it fits; return whether it does not."""
    foot = get_notes(context).foot
    context.footnotes.remove(note)
    if any(one not in foot.starts for one in foot.rests):
        foot.later.append(note)
        return False
    before = bool(foot.rests)
    foot.notes.append(note)
    _settle(context)
    if before:
        return True
    room = find_room(context, note)
    if find_height(context, note) <= room:
        return False
    return not _cut(context, note, room)


def _cut(context: Any, note: Any, room: float, *, whole: bool = False) -> bool:
    """Lay out a note as far as there is room; return whether any of it is there.

    Unless the `whole` text is there, some room is left below its line: for the rest of its row, or
    for what must keep with its paragraph.
    """
    foot, height = get_notes(context).foot, context.current_footnote_area.page.height
    if note in foot.starts:
        rooms = [max(room, 1.0)]
    elif whole:
        rooms = [room]
    elif note.style["footnote_policy"] == "auto":
        rooms = [room - height * ROW]
    else:
        rooms = [room - height * KEPT, room]
    first = note in foot.starts and foot.notes[0] is note
    for space in rooms:
        if space <= 0:
            continue
        made, rest = lay_out_note(context, note, 0.0, space, empty=first)
        if made is not None:
            if rest is not None:
                foot.rests[note], foot.rooms[note] = rest, space
            _settle(context)
            return True
    return False


def _take_back(context: Any, note: Any) -> None:
    """Remove a note from the page, since its line is removed."""
    foot = get_notes(context).foot
    if note in context.footnotes or note in foot.starts:
        return
    context.footnotes.append(note)
    for notes in (foot.notes, foot.later, context.reported_footnotes):
        if note in notes:
            notes.remove(note)
    foot.rooms.pop(note, None)
    foot.rests.pop(note, None)
    _settle(context)


def _defer(context: Any, note: Any) -> None:
    """Put a note on the next page."""
    foot = get_notes(context).foot
    foot.notes.remove(note)
    foot.rooms.pop(note, None)
    foot.rests.pop(note, None)
    context.reported_footnotes.append(note)
    _settle(context)


def _settle(context: Any, *, fill: bool = False) -> None:
    """Set where the text of the page must end; with `fill` notes may take the whole page."""
    foot, area = get_notes(context).foot, context.current_footnote_area
    if fill:
        for note in list(foot.rooms):
            del foot.rooms[note], foot.rests[note]
            room = area.page.height - measure_edges(area)
            room -= sum(find_height(context, one) for one in foot.notes if one is not note)
            if find_height(context, note) > room:
                _cut(context, note, room)
    used = sum(find_height(context, note) for note in foot.notes)
    area.height = used
    context.page_bottom = area.position_y - (used + measure_edges(area) if foot.notes else 0.0)
