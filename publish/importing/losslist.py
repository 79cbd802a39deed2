"""The list of losses as a file that spreadsheets open, and in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from publish.importing.results import Loss
from publish.visible import make_visible, shorten

__all__ = ["describe_loss", "render_losses"]

HEAD = ("what", "where", "moved", "words", "why")
SHOWN = 70
FORMULA = ("=", "+", "-", "@", "\t")
"""What a cell begins with that spreadsheets take for a formula."""


def render_losses(losses: Iterable[Loss]) -> str:
    """Return the list as CSV, with one line for each loss."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(HEAD)
    for one in losses:
        moved = "yes" if one.moved else ""
        cells = (one.kind, one.place, moved, one.text, one.reason)
        rows.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return written.getvalue()


def describe_loss(loss: Loss) -> str:
    """Return a loss in one line."""
    words = make_visible(" ".join(loss.text.split()))
    parts = [f"{loss.kind}, {make_visible(loss.place)}" if loss.place else loss.kind]
    parts += [f"“{shorten(words, SHOWN)}”"] if words else []
    parts += [make_visible(loss.reason)] if loss.reason else []
    return ("moved: " if loss.moved else "") + ": ".join(parts)
