"""The pages of a document in parts, as the desk shows them: `view_in_parts`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from publish.editions.pdf.parts.book import MadePages, make_pages
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.parts.joining import write_some
from publish.editions.pdf.parts.keeping import join_keys, run_kept
from publish.editions.pdf.parts.laying import Setting, hash_named_images
from publish.editions.pdf.parts.onepart import run_one_here
from publish.editions.pdf.parts.pagecontents import FinishedPage
from publish.editions.pdf.parts.recording import PageHead
from publish.editions.pdf.shown.unitboxes import UnitBoxes, find_unit_boxes
from publish.editions.runners import Runner, run_here
from publish.model import ResultStore

__all__ = ["PageView", "view_in_parts"]


_Page: TypeAlias = tuple[str, tuple[float, float]]
"""The digest of a page, and its size in CSS px."""


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
    made = make_pages(setting, run_one_here(run, setting.split), store)
    found = _read_pages(made, store)
    digests = [digest for own in found for digest, _ in own]
    sizes = [size for own in found for _, size in own]
    some: list[tuple[PageHead, FinishedPage]] = []
    for part, own in zip(made.parts, found, strict=True):
        if all(digest in known for digest, _ in own):
            continue
        some += [
            (head, page)
            for head, page, (digest, _) in zip(
                part.open_heads(), part.open_pages(), own, strict=True
            )
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


def _read_pages(made: MadePages, store: ResultStore) -> list[list[_Page]]:
    """Return the digest and size of each page of each part; they are kept, so few are opened."""
    images = hash_named_images(made.setting.source)
    about = repr(sorted(images.items()))
    keys = {
        at: join_keys("digests", made.shared, part.key, part.codes, about)
        for at, part in enumerate(made.parts)
    }

    def work(at: int) -> list[_Page]:
        part = made.parts[at]
        own = _digest(join_keys(made.shared, part.codes), images, part.open_pages())
        sizes = ((head.width, head.height) for head in part.open_heads())
        return list(zip(own, sizes, strict=True))

    return run_kept(run_here, store, work, keys)


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
