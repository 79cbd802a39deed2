"""The pages of a PDF as they would be built now, with the place of every sentence on them.

They are those of the edition to the last pixel: the same tree is laid out by the same code.  The
gates of an edition are not asked, so a text can be seen while it is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.building.pairing import join_languages
from publish.building.preparing import prepare_draft
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.pagination import find_page_starts
from publish.editions.pdf.pagedigests import digest_pages
from publish.editions.pdf.rendering import laying_out
from publish.editions.pdf.unitboxes import Box, find_unit_boxes
from publish.editions.pdf.unittexts import read_unit_texts
from publish.editions.writers import make_pdf_input
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

__all__ = ["DraftPages", "lay_out_draft"]

POINT = 0.75
"""A CSS px in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPages:
    """Laid-out pages: their sizes in points, their digests, and the boxes of every sentence.

    `painted` is a PDF of those pages whose digests are in `new`, in this order; the others were
    known.  The `unseen` sentences are on no page: see `UnitBoxes`.
    """

    sizes: tuple[tuple[float, float], ...]
    digests: tuple[str, ...]
    boxes: Mapping[str, tuple[Box, ...]]
    unseen: frozenset[str]
    painted: bytes
    new: tuple[str, ...]


def lay_out_draft(root: Path, document: str, tag: str, known: Collection[str] = ()) -> DraftPages:
    """Return the pages of a document in a language from the files of a workspace as they are now.

    Two languages, as `en+ru`, are side by side.  Pages whose digest is `known` are not painted.
    Raises PublishError for what cannot be read or laid out.
    """
    loader = Loader(open_workspace(root))
    translations = [loader.translation(document, find(one)) for one in tag.split("+")]
    halves = [prepare_draft(loader, one) for one in translations]
    prepared = join_languages(*halves) if len(halves) > 1 else halves[0]
    tree = make_edition_tree(prepared.text, prepared.materials)
    marked = make_edition_tree(prepared.for_sentences, prepared.materials, repeated=True)
    texts = read_unit_texts(tree, marked)
    with laying_out(make_pdf_input(prepared.text, tree, prepared.materials)) as laid:
        find_page_starts(laid.boxes, laid.root, laid.order)
        every = [sentence.id for sentence in translations[0].source.sentences]
        found = find_unit_boxes(laid, texts, every)
        digests = digest_pages(laid)
        numbers = [number for number, one in enumerate(digests) if one not in known]
        painted = laid.write_some(numbers) if numbers else b""
        sizes = [(page.width * POINT, page.height * POINT) for page in laid.document.pages]
    return DraftPages(
        sizes=tuple(sizes),
        digests=digests,
        boxes=found.boxes,
        unseen=found.unseen,
        painted=painted,
        new=tuple(digests[number] for number in numbers),
    )
