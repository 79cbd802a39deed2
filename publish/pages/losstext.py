"""An import of a source in words and as JSON: what was made, and all that is not in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from publish.importing.losslist import describe_loss
from publish.importing.results import ImportedSource
from publish.visible import make_visible

MANY = 12
"""So many losses of one kind are shown; all of them are in the list and in the JSON."""

__all__ = ["render_source_json", "render_source_text"]


def render_source_text(made: ImportedSource) -> str:
    """Return what was made, and a line for each thing that is not in it or stands elsewhere."""
    return "\n".join((*_losses(made), *_summary(made)))


def _losses(made: ImportedSource) -> Iterator[str]:
    """Yield a line for each loss; of many of one kind, for the first ones."""
    counted = Counter(one.kind for one in made.losses)
    shown: Counter[str] = Counter()
    for one in made.losses:
        shown[one.kind] += 1
        if counted[one.kind] <= MANY or shown[one.kind] < MANY:
            yield describe_loss(one)
        elif shown[one.kind] == MANY:
            left = counted[one.kind] - MANY + 1
            yield f"{one.kind}: {left} more, see {make_visible(made.list_file)}"


def _summary(made: ImportedSource) -> Iterator[str]:
    if made.part:
        yield f"{make_visible(made.origin)}: read {make_visible(made.part)}"
    done = "replaced" if made.replaced else "made"
    kept = f"; as it was: {make_visible(made.file)}.old" if made.replaced else ""
    yield f"{make_visible(made.file)}: {done}, {made.words} words{kept}"
    if made.pictures:
        count = len(made.pictures)
        yield f"{count} picture{'s' * (count != 1)}: {', '.join(map(make_visible, made.pictures))}"
    count = len(made.losses)
    if count:
        words = "1 thing is" if count == 1 else f"{count} things are"
        yield f"{make_visible(made.list_file)}: {words} not in it, or elsewhere"


def render_source_json(made: ImportedSource) -> str:
    """Return the same in version 1 of our schema."""
    data = {
        "version": 1,
        "document": made.name,
        "source": made.file,
        "file": made.origin,
        "part": made.part,
        "words": made.words,
        "replaced": made.replaced,
        "pictures": list(made.pictures),
        "list": made.list_file,
        "losses": [asdict(one) for one in made.losses],
    }
    return json.dumps(data, indent=2, ensure_ascii=True)
