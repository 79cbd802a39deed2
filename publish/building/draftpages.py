"""The pages of a PDF as they would be built now, with the place of every sentence on them.

They are those of the edition to the last pixel: the same tree is laid out by the same code.  Of
several kinds of pages they are the first; those of a booklet follow one another.  The gates of an
edition are not asked, so a text can be seen while it is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from publish.building.builds import make_cache
from publish.building.cache import prune_cache
from publish.building.keys import compute_makers_digest
from publish.building.pairing import join_languages
from publish.building.partcache import make_part_store
from publish.building.parts import make_part_runner
from publish.building.preparing import prepare_draft
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.page.materials import Materials
from publish.editions.pagination import find_page_starts
from publish.editions.pdf.pagedigests import digest_pages
from publish.editions.pdf.parts.recalling import Recalled
from publish.editions.pdf.parts.viewing import PageView
from publish.editions.pdf.rendering import PdfInput, laying_out, view
from publish.editions.pdf.shown.shownlines import read_shown_pages
from publish.editions.pdf.shown.unitboxes import Box, find_unit_boxes, read_unit_places
from publish.editions.pdf.shown.unittexts import UnitTexts, read_unit_texts
from publish.editions.recentresults import RecentResults
from publish.editions.runners import Runner, run_here
from publish.editions.writers import make_pdf_input
from publish.errors import PublishError
from publish.garbage import collecting_no_garbage
from publish.languages.registry import find
from publish.model import PAGES, Edition, ResultStore
from publish.project.workspace import Workspace, open_workspace
from publish.reading.chunkstores import HeldChunks
from publish.translation.loading import Loader

__all__ = ["DraftPages", "Drafts", "lay_out_draft"]

POINT = 0.75
"""A CSS px in points."""

WORKERS = 2
"""So many processes lay out parts of a long document at once; each takes some 60 MB of its own."""


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


def lay_out_draft(
    root: Path,
    document: str,
    tag: str,
    known: Collection[str] = (),
    store: ResultStore | None = None,
) -> DraftPages:
    """Return the pages of a document in a language from the files of a workspace as they are now.

    Two languages, as `en+ru`, are side by side.  Pages whose digest is `known` are not painted.
    With a `store`, a long document is laid out in parts, and those that it has are not laid out.
    Raises PublishError for what cannot be read or laid out.
    """
    return _lay_out(Loader(open_workspace(root)), document, tag, known, store)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The pages of a document in a language, which is laid out after each edit.

    Parts of a long document are laid out in processes of their own, so this one stays small.  They
    are kept in the cache of the workspace, so an edit lays out its chapter only, and a build and
    the desk use the parts of each other.  A source that has not changed is not read again; of a
    long one, or a catalog, only what has changed is.  Composed texts, chapters as XHTML and what
    was taken of parts are kept in memory from one edit to the next.
    """

    root: Path
    document: str
    tag: str
    _before: list[Loader] = field(default_factory=list)
    _chunks: HeldChunks = field(default_factory=HeldChunks)
    _composed: RecentResults = field(default_factory=RecentResults)
    _chapters: RecentResults = field(default_factory=RecentResults)
    _parts: RecentResults = field(default_factory=RecentResults)
    _recalled: Recalled = field(default_factory=Recalled)

    def lay_out(self, known: Collection[str] = ()) -> DraftPages:
        """Return the pages of the files as they are now; raises what `lay_out_draft` does."""
        workspace, cache = open_workspace(self.root), None
        first, _, second = self.tag.partition("+")
        edition = Edition(document=self.document, language=first, second=second, format="pdf")
        with suppress(PublishError):  # A cache that is none of ours.
            cache = make_cache(workspace)
        find_makers = partial(compute_makers_digest, workspace, [edition])
        store = make_part_store(cache, find_makers, self._parts)
        loader = self._open(workspace)
        run = make_part_runner(WORKERS)
        kept = self._chapters, self._recalled
        made = _lay_out(loader, self.document, self.tag, known, store, run, *kept)
        self._composed.end_run()
        self._chapters.end_run()
        self._parts.end_run()
        self._recalled.end_run()
        self._before[:] = [loader]
        self._before[:] = [self._open(workspace)]  # What it has read is kept.
        prune_cache(cache)
        return made

    def _open(self, workspace: Workspace) -> Loader:
        loader = Loader(workspace, chunks=self._chunks, composed=self._composed)
        with suppress(OSError, PublishError):  # The reading of the source reports them.
            loader.adopt(self._before[0] if self._before else loader, self.document)
        return loader


def _lay_out(
    loader: Loader,
    document: str,
    tag: str,
    known: Collection[str],
    store: ResultStore | None,
    run: Runner = run_here,
    chapters: ResultStore | None = None,
    recalled: Recalled | None = None,
) -> DraftPages:
    with collecting_no_garbage():
        translations = [loader.translation(document, find(one)) for one in tag.split("+")]
        halves = [prepare_draft(loader, one) for one in translations]
        prepared = join_languages(*halves) if len(halves) > 1 else halves[0]
        one_language = len(halves) == 1
        made_with = _choose_pages(prepared.materials, loader.workspace if one_language else None)
        tree = make_edition_tree(prepared.text, made_with, store=chapters)
        marked = make_edition_tree(prepared.for_sentences, made_with, repeated=True, store=chapters)
        texts = read_unit_texts(tree, marked)
    every = [sentence.id for sentence in translations[0].source.sentences]
    source = make_pdf_input(prepared.text, tree, made_with)
    viewed = None if store is None else view(source, texts, every, known, store, run, recalled)
    if viewed is None:
        viewed = _lay_out_whole(source, texts, every, known)
    return DraftPages(
        sizes=tuple((width * POINT, height * POINT) for width, height in viewed.sizes),
        digests=viewed.digests,
        boxes=viewed.boxes.boxes,
        unseen=viewed.boxes.unseen,
        painted=viewed.painted,
        new=viewed.new,
    )


def _choose_pages(materials: Materials, workspace: Workspace | None) -> Materials:
    """Return the materials for the first kind of pages of the settings; A4 without a workspace.

    Pages for a press are shown as they are when they are cut: as those of A4 with two sides.
    """
    chosen = replace(materials, page=workspace.settings.pages[0] if workspace else "a4")
    if PAGES[chosen.page].for_press:
        return replace(materials, layout=chosen.page_layout)
    return chosen


def _lay_out_whole(
    source: PdfInput, texts: UnitTexts, every: Sequence[str], known: Collection[str]
) -> PageView:
    with laying_out(source) as laid:
        find_page_starts(laid.boxes, laid.root, laid.order)
        sizes = [(page.width, page.height) for page in laid.document.pages]
        shown = read_shown_pages(laid.boxes, laid.order.numbers)
        places = read_unit_places(shown, texts, laid.document.font_config, sizes)
        digests = digest_pages(laid)
        numbers = [number for number, one in enumerate(digests) if one not in known]
        return PageView(
            sizes=tuple(sizes),
            digests=digests,
            boxes=find_unit_boxes(places, texts, every),
            painted=laid.write_some(numbers) if numbers else b"",
            new=tuple(digests[number] for number in numbers),
        )
