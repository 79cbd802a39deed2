"""The pages of a document in parts, as the desk shows them: `view_in_parts`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from publish.editions.pdf.parts.book import MadePages, make_pages
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.joining import write_some
from publish.editions.pdf.parts.keeping import join_keys
from publish.editions.pdf.parts.laying import Setting
from publish.editions.pdf.unitboxes import UnitBoxes, find_unit_boxes
from publish.editions.runners import Runner
from publish.model import ResultStore

__all__ = ["PageView", "view_in_parts"]


@dataclass(frozen=True, slots=True)
class PageView:
    """Laid-out pages: their sizes in CSS px, their digests, and the boxes of every sentence.

    `painted` is a PDF of those pages whose digests are in `new`, in this order.
    """

    sizes: tuple[tuple[float, float], ...]
    digests: tuple[str, ...]
    boxes: UnitBoxes
    painted: bytes
    new: tuple[str, ...]


def view_in_parts(
    setting: Setting, run: Runner, store: ResultStore, every: Sequence[str], known: Collection[str]
) -> PageView:
    """Return the pages of a document that is cut into parts; `known` ones are not painted.

    `every` are the ids of all sentences.  Raises WholeNeededError for a document that must be laid
    out whole.
    """
    made = make_pages(setting, run, store)
    if setting.texts is None or made.places is None:
        raise WholeNeededError("no sentences")
    digests = tuple(_digest(made))
    pages = [both for part in made.parts for both in zip(part.heads, part.finished, strict=True)]
    sizes = [(head.width, head.height) for head, _ in pages]
    new = [at for at, digest in enumerate(digests) if digest not in known]
    some = [pages[at] for at in new]
    return PageView(
        sizes=tuple(sizes),
        digests=digests,
        boxes=find_unit_boxes(made.places, setting.texts, sizes, every),
        painted=write_some(made.setting, some, made.fonts, made.codes) if some else b"",
        new=tuple(digests[at] for at in new),
    )


def _digest(made: MadePages) -> Iterator[str]:
    """Yield the digest of each page: of its stream, and of the codes and images it uses.

    A drawing is kept with its part, so the page has a digest of the whole part.
    """
    for part in made.parts:
        whole = hashlib.sha256(b"".join(page.packed for page in part.finished)).hexdigest()
        for at, page in enumerate(part.finished):
            own = "" if page.own is None else f"{whole} {at}"
            images = repr(sorted((name, sorted(how)) for name, (_, how) in page.images.items()))
            states = repr(sorted(page.states.items()))
            digest = hashlib.sha256(page.packed).hexdigest()
            yield join_keys(made.shared, part.codes, digest, images, states, own)[:24]
