"""Moves pictures that leave a hole on the page before: the text after them fills it first.

Only the layout changes.  The tags, and so what is read aloud, keep the order of the source, and an
EPUB has no pages to fill.  A picture moves by half a page at most, never past a heading, a table
or another picture, and never out of its section.  One that would fit at its place after all moves
back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

__all__ = ["FLOATED", "find_floated", "float_pictures", "list_frames"]

FLOATED = "data-floated"
"""The attribute of a picture that has moved: the number of the elements it has moved past."""

HOLE = 0.2
"""The share of a page that a picture may leave empty at its foot without moving."""

FARTHEST = 0.5
"""How far a picture may move, as a share of a page."""

STAYS = "stays"
TEXTS = frozenset({"p", "ul", "ol", "dl", "blockquote", "div"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BARRIERS = HEADINGS | {"figure", "table", "pre", "img"}
CLASSES = frozenset({"table", "row", "box", "below", "formula"})
"""The classes of blocks that no picture moves past."""


def find_floated(root: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each picture that has moved, with the element that follows it in the source."""
    for parent in root.iter():
        for at, child in enumerate(parent):
            if steps := child.get(FLOATED, "").removeprefix(STAYS):
                yield child, parent[at - int(steps)]


def list_frames(picture: Any) -> Iterator[Any]:
    """Yield a picture and what it is made of, but not what is in its caption."""
    yield picture
    for child in picture if picture.tag != "figcaption" else ():
        yield from list_frames(child)


def float_pictures(document: Any, root: Any) -> bool:
    """Move pictures that leave holes, and back those that need not; return whether any moved.

    In each chapter one picture moves at a time, since the pages after it change.
    """
    pages = [page._page_box for page in document.pages]
    above = {child: parent for parent in root.iter() for child in parent}
    changed = _move_back(pages, root, above)
    moved: set[Any] = set()
    for before, page in pairwise(pages):
        picture = _find_picture(page, above)
        chapter = _find_chapter(picture, above) if picture is not None else None
        if picture is None or chapter in moved or FLOATED in picture.attrib:
            continue
        room = before.content_box_y() + before.height - _find_foot(before)
        if room < HOLE * before.height:
            continue
        if steps := _count_steps(picture, above, pages, room, before.height):
            parent = above[picture]
            at = list(parent).index(picture)
            parent.remove(picture)
            parent.insert(at + steps, picture)
            picture.set(FLOATED, str(steps))
            moved.add(chapter)
    return changed or bool(moved)


def _move_back(pages: Sequence[Any], root: Any, above: dict[Any, Any]) -> bool:
    """Move each picture back whose page has the text after it, too; it stays there then."""
    floated = list(find_floated(root))
    if not floated:
        return False
    first: dict[Any, int] = {}
    for number, page in enumerate(pages):
        for box in _blocks(page):
            first.setdefault(box.element, number)
    changed = False
    for picture, following in floated:
        if first.get(picture, 0) <= first.get(following, 0):
            parent = above[picture]
            at = list(parent).index(picture) - int(picture.get(FLOATED, "0"))
            parent.remove(picture)
            parent.insert(at, picture)
            picture.set(FLOATED, STAYS)
            changed = True
    return changed


def _find_picture(page: Any, above: dict[Any, Any]) -> Any:
    """Return the picture at the head of a page that the page before had no room for, or None.

    It may have a heading right before it, unless that begins a chapter.
    """
    for box in _blocks(page):
        element = box.element
        if _is_picture(element):
            return element if _has_text_before(element, above) else None
        if element.tag in HEADINGS:
            following = _following(element, above)
            if not following or not _is_picture(following[0]) or _begins_chapter(element, above):
                return None
            return following[0]
        if element.tag in BARRIERS or any(type(one).__name__ == "LineBox" for one in box.children):
            return None
    return None


def _is_picture(element: Any) -> bool:
    classes = _classes(element)
    return "table" not in classes and (element.tag == "figure" or "row" in classes)


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _has_text_before(picture: Any, above: dict[Any, Any]) -> bool:
    parent = above[picture]
    return bool(parent.tag == "section" and list(parent).index(picture) > 0)


def _begins_chapter(heading: Any, above: dict[Any, Any]) -> bool:
    section = above[heading]
    return bool(section.tag != "section" or above[section].tag == "main")


def _find_chapter(element: Any, above: dict[Any, Any]) -> Any:
    while element in above and above[element].tag != "main":
        element = above[element]
    return element


def _following(element: Any, above: dict[Any, Any]) -> list[Any]:
    siblings = list(above[element])
    return siblings[siblings.index(element) + 1 :]


def _count_steps(
    picture: Any, above: dict[Any, Any], pages: Sequence[Any], room: float, height: float
) -> int:
    """Return how many of the elements after a picture fill the room; 0 if none may."""
    texts: list[Any] = []
    for element in _following(picture, above):
        classes = CLASSES & set(_classes(element))
        if element.tag not in TEXTS or classes or BARRIERS & {one.tag for one in element.iter()}:
            break
        texts.append(element)
    heights = dict.fromkeys(texts, 0.0)
    for page in pages:
        for box in _blocks(page):
            if box.element in heights and box.element_tag == box.element.tag:
                heights[box.element] += box.margin_height()
    filled = 0.0
    for steps, element in enumerate(texts):
        if filled >= room or filled + heights[element] > FARTHEST * height:
            return steps
        filled += heights[element]
    return len(texts)


# --------------------------------------------------------------------------- boxes


def _blocks(box: Any) -> Iterator[Any]:
    """Yield the boxes of elements in the flow of a page, parents first, without lines."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        kind = type(child).__name__
        if kind in ("MarginBox", "LineBox", "FootnoteAreaBox") or not child.is_in_normal_flow():
            continue
        if child.element is not None:
            yield child
        yield from _blocks(child)


def _find_foot(page: Any) -> float:
    """Return where the last text or picture of a page ends."""
    return max((box.position_y + box.margin_height() for box in _leaves(page)), default=0.0)


def _leaves(box: Any) -> Iterator[Any]:
    """Yield the boxes of texts and images, without those of the margins."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if type(child).__name__ in ("TextBox", "InlineReplacedBox", "BlockReplacedBox"):
            yield child
        elif type(child).__name__ != "MarginBox":
            yield from _leaves(child)
