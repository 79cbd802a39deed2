"""The pages of a document in parts, as the desk shows them: `view_in_parts`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publish.editions.pdf.parts.book import make_pages
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.joining import write_some
from publish.editions.pdf.parts.keeping import join_keys
from publish.editions.pdf.parts.laying import Setting, hash_named_images
from publish.editions.pdf.parts.pagecontents import FinishedPage
from publish.editions.pdf.parts.recording import PageHead
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
    digests: list[str] = []
    sizes: list[tuple[float, float]] = []
    images = hash_named_images(setting.source)
    some: list[tuple[PageHead, FinishedPage]] = []
    for part in made.parts:
        heads, finished = part.open_heads(), part.open_pages()
        sizes += [(head.width, head.height) for head in heads]
        own = list(_digest(join_keys(made.shared, part.codes), images, finished))
        digests += own
        some += [
            (head, page)
            for head, page, digest in zip(heads, finished, own, strict=True)
            if digest not in known
        ]
    if setting.texts is None or made.places is None:
        raise WholeNeededError("no sentences")
    return PageView(
        sizes=tuple(sizes),
        digests=tuple(digests),
        boxes=find_unit_boxes(made.places, setting.texts, every),
        painted=write_some(made.setting, some, made.fonts, made.codes) if some else b"",
        new=tuple(digest for digest in digests if digest not in known),
    )


def _digest(
    shared: str, images: Mapping[str, str], finished: Sequence[FinishedPage]
) -> Iterator[str]:
    """Yield the digest of each page of a part: of its stream, and of the images it uses.

    `images` has the digests of all by the names that streams give them, `shared` says the rest.

    A drawing is kept with its part, so the page has a digest of the whole part.
    """
    whole = hashlib.sha256(b"".join(page.packed for page in finished)).hexdigest()
    for at, page in enumerate(finished):
        own = "" if page.own is None else f"{whole} {at}"
        used = ((images[name], sorted(how)) for name, (_, how) in page.images.items())
        states = repr(sorted(page.states.items()))
        digest = hashlib.sha256(page.packed).hexdigest()
        yield join_keys(shared, digest, repr(sorted(used)), states, own)[:24]
