"""Tasks for workers: the editions of a document in a language, made from their inputs alone."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from publish.building.cachefolder import Cache
from publish.building.keys import compute_makers_digest
from publish.building.partcache import make_chunk_store, make_part_store
from publish.building.parts import begin_beside, make_part_runner
from publish.building.records import BuildRecord
from publish.building.sheetcounts import tell_sheets
from publish.building.spareworkers import SpareWorkers
from publish.editions.pagination import Pagination, WrittenEdition
from publish.errors import BuildError, PublishError, UsageError
from publish.files import Content, FileContent, choose_temporary
from publish.garbage import loading_code
from publish.languages.language import Language
from publish.languages.registry import find
from publish.model import FORMATS, Edition, Finding, Level, ResultStore
from publish.oserrors import explain_os_error
from publish.project.workspace import Workspace
from publish.reviews.states import find_lowest_state
from publish.translation.loading import Loader
from publish.visible import shorten

if TYPE_CHECKING:
    from publish.building.preparing import PreparedText
    from publish.editions.page.xhtml import Element

__all__ = [
    "FinishedEdition",
    "Task",
    "find_pdf_edition",
    "group_tasks",
    "load_makers",
    "make_editions",
    "measure_source",
    "sort_by_language",
    "wrap_fault",
]


@dataclass(frozen=True, slots=True)
class FinishedEdition:
    """The bytes of a finished edition, and its record.

    What is in a temporary `file` is not in memory: `data` is empty.
    """

    data: bytes
    record: BuildRecord
    file: FileContent | None = None

    @property
    def content(self) -> Content:
        """The bytes, wherever they are."""
        return self.file or self.data


@dataclass(frozen=True, slots=True)
class Task:
    """Editions of one document in one language: read once, made one after another.

    `loader` holds what was read already; on another machine it reads the files there.
    `pages` are those of PDFs that are up to date, for the EPUBs that list them.  A long PDF is laid
    out by one process and by `spare` workers; its chapters and parts are kept in the `cache`, as
    are the chunks of a long source.  Where files are `aside`, that of a long PDF is a temporary
    one, not in memory, and whoever takes it deletes it.
    """

    loader: Loader
    editions: tuple[Edition, ...]
    use_fuzzy: bool = False
    pages: Mapping[Edition, Pagination] = field(default_factory=dict)
    spare: SpareWorkers | None = None
    cache: Cache | None = None
    aside: bool = False

    def measure_text(self) -> int:
        """Return the bytes of source in the longest edition, which has it in each language."""
        measure = cache(partial(measure_source, self.loader.workspace))
        return max(len(one.tags) * measure(one.document) for one in self.editions)


def measure_source(workspace: Workspace, name: str) -> int:
    """Return the bytes of a document's files, or 0 for one that a link leads out of the workspace.

    Raises UsageError if there is no such document.
    """
    try:
        return sum(path.stat().st_size for path in workspace.source_files(name))
    except UsageError:
        raise
    except PublishError:
        return 0


def find_pdf_edition(edition: Edition) -> Edition:
    """Return the PDF edition whose pages an EPUB lists."""
    return replace(edition, format="pdf", page="a4")


BLOCK = 16
"""So many documents are made in one language before the next language."""


def sort_by_language(
    editions: Sequence[Edition], weigh: Callable[[Edition], int] = lambda _: 0
) -> list[Edition]:
    """Return editions in the order in which they are made: some documents in one language each.

    Workers keep what a language needs, such as its style sheet, its hyphenation and its fonts, but
    not for dozens of languages.  The heaviest languages come first, by what `weigh` returns, so
    that no worker is left with one of them while the others have nothing to do.
    """
    names = {one.document: None for one in editions}
    firsts = {one.languages: one for one in reversed(editions)}
    block = {name: place // BLOCK for place, name in enumerate(names)}
    tags = {one.languages: None for one in editions}
    heaviest = sorted(tags, key=lambda languages: -weigh(firsts[languages]))
    order = {languages: place for place, languages in enumerate(heaviest)}
    return sorted(editions, key=lambda one: (block[one.document], order[one.languages]))


def group_tasks(
    loader: Loader,
    editions: Iterable[Edition],
    *,
    use_fuzzy: bool,
    pages: Mapping[Edition, Pagination],
    least: int = 1,
) -> list[Task]:
    """Group editions into tasks; in each, a PDF comes before the EPUB that lists its pages.

    If that gives fewer than `least` tasks, PDFs of other page sizes than A4 become tasks of their
    own, so that no worker is idle; no EPUB waits for them.
    """
    together: dict[Edition, list[Edition]] = {}
    for edition in editions:
        together.setdefault(find_pdf_edition(edition), []).append(edition)
    groups = list(together.values())
    if len(groups) < least:
        groups = [part for group in groups for part in _apart(group) if part]
    return [
        Task(
            loader,
            tuple(sorted(group, key=lambda one: (one.format != "pdf", one.page != "a4"))),
            use_fuzzy,
            {
                find_pdf_edition(one): pages[find_pdf_edition(one)]
                for one in group
                if find_pdf_edition(one) in pages
            },
        )
        for group in groups
    ]


def _apart(group: Sequence[Edition]) -> tuple[list[Edition], ...]:
    return (
        [one for one in group if one.page == "a4"],
        *([one] for one in group if one.page != "a4"),
    )


def make_editions(
    task: Task, editions: Sequence[Edition], done: Mapping[Edition, FinishedEdition | PublishError]
) -> Iterator[FinishedEdition | PublishError]:
    """Yield the result of each of these editions of a task; runs in any process.

    `done` are the results of those made before.
    """
    pages = dict(task.pages)
    for edition, made in done.items():
        pages |= _pages_of(edition, made)
    begun = _begun(task, editions[0])
    beside: dict[Edition, Callable[[], FinishedEdition | PublishError | None]] = {}
    for at, edition in enumerate(editions):
        if isinstance(begun, PublishError):
            yield begun
            continue
        if not beside:
            beside |= _begin_next(editions[at : at + 2], begun, task)
        known = beside.pop(edition)() if edition in beside else None
        made = known or _made(edition, begun, pages.get(find_pdf_edition(edition)), task)
        pages |= _pages_of(edition, made)
        yield made


def _begin_next(
    editions: Sequence[Edition], begun: _Begun, task: Task
) -> dict[Edition, Callable[[], FinishedEdition | PublishError | None]]:
    """Begin to make the second of two editions in another process, as this one makes the first.

    None is begun of a short text, which is written sooner, or if there is no process to spare; nor
    with a PDF, which takes all that there are, or before the pages that an EPUB lists are known.
    """
    from publish.editions.page.chapters import LEAST_BLOCKS

    facts = [FORMATS[edition.format] for edition in editions]
    listing = facts[-1].lists_pages and any(one.format == "pdf" for one in task.editions)
    short = len(begun.prepared.text.document.body) < LEAST_BLOCKS
    if short or listing or len(facts) < 2 or any(one.has_pages for one in facts):
        return {}
    edition = editions[-1]
    pages = task.pages.get(find_pdf_edition(edition))
    wait = begin_beside(task.spare, partial(_made, edition, begun, pages, task))
    return {} if wait is None else {edition: wait}


def _pages_of(edition: Edition, made: FinishedEdition | PublishError) -> dict[Edition, Pagination]:
    if isinstance(made, PublishError) or made.record.pages is None:
        return {}
    return {edition: made.record.pages}


@dataclass(frozen=True, slots=True)
class _Begun:
    """What all editions of a task share: the text and its XHTML tree, by the formats' marks.

    The `store` keeps the chapters of long ones.
    """

    prepared: PreparedText
    store: ResultStore | None = None
    trees: dict[bool, Element] = field(default_factory=dict)

    def make_tree(self, edition: Edition) -> Element:
        """Return the tree for an edition; it is made once for all formats that need the same."""
        from publish.editions.page.bilingual import make_edition_tree

        marked = FORMATS[edition.format].marks_sentences
        if marked not in self.trees:
            text = self.prepared.for_format(edition.format).text
            self.trees[marked] = make_edition_tree(text, self.prepared.materials, store=self.store)
        return self.trees[marked]


def _begun(task: Task, edition: Edition) -> _Begun | PublishError:
    """Prepare the text of an edition, in all languages if it has several."""
    from publish.building.pairing import join_texts
    from publish.building.preparing import prepare

    marked = any(FORMATS[one.format].marks_sentences for one in task.editions)

    chunks = make_chunk_store(task.cache, partial(begin_beside, task.spare))
    loader = replace(task.loader, chunks=chunks)

    def half(tag: str) -> PreparedText:
        language = find(tag)
        return prepare(loader, edition.document, language, use_fuzzy=task.use_fuzzy, marked=marked)

    try:
        text = join_texts(edition, [half(tag) for tag in edition.tags])
        begun = _Begun(text, _make_store(task, edition))
        begun.make_tree(edition)
        return begun
    except PublishError as error:
        return error
    except MemoryError:
        raise  # The memory limit was reached; this is not a bug.
    except Exception as error:
        return wrap_fault(error)


def _make_store(task: Task, edition: Edition) -> ResultStore | None:
    makers = partial(compute_makers_digest, task.loader.workspace, [edition])
    return make_part_store(task.cache, makers)


def _made(
    edition: Edition, begun: _Begun, pages: Pagination | None, task: Task
) -> FinishedEdition | PublishError:
    from publish.editions.writers import write_edition

    prepared = begun.prepared
    materials = replace(prepared.materials, page=edition.page)
    listed = pages if FORMATS[edition.format].lists_pages else None
    has_pages = FORMATS[edition.format].has_pages
    try:
        text, tree = prepared.for_format(edition.format).text, begun.make_tree(edition)
        run = make_part_runner(1, task.spare)
        store = _make_store(task, edition)
        target = choose_temporary(f".{edition.format}") if task.aside and has_pages else None
        written = write_edition(edition.format, text, tree, materials, listed, run, store, target)
    except PublishError as error:
        return error
    except MemoryError:
        raise
    except Exception as error:
        return wrap_fault(error)
    state = find_lowest_state(half.state for half in prepared.text.both if not half.original)
    told = (
        *_tell_lost(edition, written),
        *_tell_heavy(edition, written),
        *tell_sheets(edition, written.pages, materials.gathering),
    )
    warnings = (*prepared.warnings, *told)
    record = BuildRecord(warnings, written.pages, state)
    return FinishedEdition(written.data, record, written.file)


def _tell_lost(edition: Edition, written: WrittenEdition) -> Iterator[Finding]:
    """Yield the warning that a PDF claims less than PDF/A level A and PDF/UA."""
    if written.lost:
        others = len(written.lost) - 1
        more = f" and {others} other line{'s' * (others > 1)}" if others else ""
        yield Finding(
            code="text-order",
            level=Level.WARNING,
            message=f"{edition.document}, PDF in {edition.languages}: it claims PDF/A level U only,"
            " not level A and PDF/UA, since some programs would copy"
            f" “{shorten(written.lost[0], 80)}”{more} in another order",
            hint="the pages look right; to claim more, take numbers and words of another direction"
            " out of passages that run against the page, or set their script in a TrueType font",
        )


def _tell_heavy(edition: Edition, written: WrittenEdition) -> Iterator[Finding]:
    """Yield the advice that a page is so large that it opens slowly over a telephone."""
    from publish.editions.html.images import measure_text

    light = FORMATS[edition.format].light
    if light and (size := measure_text(written.data)) > light:
        name = f"{edition.document}, {edition.format.upper()} in {edition.languages}"
        apart = "let each language have its own page, " if edition.further else ""
        yield Finding(
            code="page-large",
            level=Level.ADVICE,
            message=f"{name}: it has {size / 1000:.0f} kB without its pictures; more than"
            f" {light // 1000} kB open slowly over a telephone",
            hint=f"{apart}split the document into several, or hand out the EPUB, which is smaller",
        )


def wrap_fault(error: Exception) -> PublishError:
    """Return a bug as the error (code `fault`) of one edition, so that the others are made.

    What the system refuses, such as a full disk, is no bug.
    """
    if isinstance(error, OSError):
        return explain_os_error(error, building=True)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return BuildError(
        f"a bug in publish stopped this edition: {shorten(repr(error), 300)}, at "
        f"{Path(frame.filename).name}:{frame.lineno}",
        hint="please report it with this message and, if you can, the source and catalog",
        code="fault",
    )


@loading_code()
def load_makers(editions: Iterable[Edition], source: Language) -> None:
    """Import what makes these editions, so that processes forked from this one share it.

    `source` is the language of the originals, which need no rules for translations.  A missing
    library is reported later, by each edition that needs it.
    """
    import publish.building.preparing
    import publish.editions.writers

    editions = tuple(editions)
    if any(tag != source.tag for edition in editions for tag in edition.tags):
        import publish.checks.table
    formats = {edition.format for edition in editions}
    if "epub" in formats:
        import publish.editions.epub.container  # noqa: F401
    if "pdf" in formats:
        from publish.editions.pdf.rendering import warm_up

        warm_up()
