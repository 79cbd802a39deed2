"""Makes the type of a cover smaller until its words fit on one page: `fit_cover`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from publish.editions.pagination import own_letters
from publish.editions.pdf.fitting.shaping import ABOVE

__all__ = ["COVER_STEPS", "fit_cover"]

COVER_STEPS = ("snug", "snugger", "snuggest")
"""The classes of a cover with long words, one after the other."""

LEAVES = ("TextBox", "InlineReplacedBox", "BlockReplacedBox")


def fit_cover(document: Any, root: Any) -> bool:
    """Give the cover its next class if it does not fit; return whether there was one left.

    The title of a brief is above its text and always fits.  A cover does not fit if it goes on over
    a second page, if its words run into the state at its foot, or if the layout dropped some.
    """
    cover = next((one for one in root.iter("section") if one.get("id") == "edition-cover"), None)
    classes = [] if cover is None else cover.get("class", "").split()
    if cover is None or ABOVE in classes or not _is_too_long(document, set(cover.iter())):
        return False
    step = next((one for one in COVER_STEPS if one not in classes), "")
    if step:
        cover.set("class", " ".join((*classes, step)))
    return bool(step)


def _is_too_long(document: Any, inside: set[Any]) -> bool:
    if len(document.pages) > 1:
        second = document.pages[1]._page_box
        if any(leaf.element in inside for leaf, _ in _leaves(second, in_state=False)):
            return True
    leaves = list(_leaves(document.pages[0]._page_box, in_state=False))
    shown = {leaf.element for leaf, _ in leaves}
    if any(own_letters(element) and element not in shown for element in inside):
        return True
    foot = max((leaf.position_y + leaf.height for leaf, state in leaves if not state), default=0)
    return any(state and leaf.position_y < foot for leaf, state in leaves)


def _leaves(box: Any, *, in_state: bool) -> Iterator[tuple[Any, bool]]:
    """Yield the boxes of texts and images, and whether each is in the state."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        if type(child).__name__ == "MarginBox":
            continue
        classes = "" if child.element is None else child.element.get("class") or ""
        state = in_state or "state" in classes.split() or "states" in classes.split()
        if type(child).__name__ in LEAVES:
            yield child, state
        else:
            yield from _leaves(child, in_state=state)
