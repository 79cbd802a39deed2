"""Build the editions of a workspace: leave unchanged ones, restore cached ones, make the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from publish.building.beside import link_beside
from publish.building.cache import (
    Cache,
    drop_from_cache,
    load_from_cache,
    prune_cache,
    refuse_foreign_cache,
    store_in_cache,
)
from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.fileerrors import explain_unread, explain_unwritten
from publish.building.keys import (
    find_input_files,
    find_own_files,
    have_inputs_changed,
)
from publish.building.limits import Job, run_limited
from publish.building.looking import FoundEdition, Look, look_ahead
from publish.building.readingahead import read_ahead
from publish.building.records import (
    BuildRecord,
    delete_edition,
    load_edition,
    load_record,
    store_edition,
)
from publish.building.spareworkers import sharing_workers
from publish.building.tasks import (
    FinishedEdition,
    Task,
    find_pdf_edition,
    group_tasks,
    load_makers,
    make_editions,
    sort_by_language,
)
from publish.editions.fontfiles import find_font_paths, list_beside
from publish.editions.html.switch import Switch, remove_switch
from publish.editions.pagination import Pagination
from publish.errors import BuildError, PublishError, UsageError
from publish.model import FORMATS, Edition, Finding, Level, Span
from publish.project.workspace import Workspace
from publish.settings import State
from publish.translation.loading import Loader

__all__ = ["BuildOutcome", "Runner", "build", "find_records", "make_cache", "make_local_runner"]

BuildStatus = Literal["built", "restored", "unchanged", "refused"]

Made = tuple[Edition, FinishedEdition | PublishError]

Runner = Callable[[Sequence[Task]], Iterable[Made]]
"""A function that carries out tasks and yields each edition once, as soon as it is ready."""


CHANGED = "changed meanwhile"
"""The key of an edition whose input changed while it was made: either version may be in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOutcome:
    """The result of building one edition; `error` says why there is none.

    `state` is that of the translation; None for the original and for a refused edition.  `key` is
    that of the record of the file; `pages` are those of a PDF, 0 for other formats.
    """

    edition: Edition
    done: BuildStatus
    warnings: tuple[Finding, ...] = ()
    error: PublishError | None = None
    state: State | None = None
    key: str = ""
    pages: int = 0


def build(
    loader: Loader,
    editions: Sequence[Edition],
    *,
    workers: int,
    use_fuzzy: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
    cache: Cache | None = None,
    runner: Runner | None = None,
    own: bool = False,
) -> Iterator[BuildOutcome]:
    """Yield the outcome of every edition, each as soon as it is known.

    An edition is written whole or not at all.  When one is refused, its older file is deleted,
    so that nobody hands out a stale one.  The others are still built, even when one exceeds its
    `limits` or its process dies.  `runner` carries out the tasks; by default, processes of this
    machine do.  `loader` reads every file once.  With `own`, an edition that is up to date or in
    the cache is left only if this machine made it; any other is made anew, and one that differs is
    removed and reported.
    """
    look = Look(loader, frozenset(editions), use_fuzzy)
    begun = _Begun(
        look=look,
        cache=cache,
        local=runner is None,
        own=own,
        found=look_ahead(look, editions, workers),
    )
    for edition in editions:
        if outcome := _standing(begun, edition):
            yield outcome
    wanted = [edition for edition in editions if edition in begun.keys]
    waiting = sort_by_language(wanted, partial(_weigh_fonts, loader.workspace))
    tasks = group_tasks(loader, waiting, use_fuzzy=use_fuzzy, pages=begun.pages, least=workers)
    read_ahead(loader, tasks, cache, workers)
    for edition, result in _answered(
        waiting, (runner or make_local_runner(workers, limits, cache))(tasks)
    ):
        if isinstance(result, PublishError):
            yield _refused(loader.workspace, edition, result)
        else:
            yield _kept(begun, edition, result)
    link_beside(loader.workspace, editions, begun.switches)
    if tasks:
        prune_cache(cache)


def _weigh_fonts(workspace: Workspace, edition: Edition) -> int:
    """Return the size of the fonts that the settings name for the languages of an edition.

    Files count in bytes; families of packages, which are small, count 1 each.
    """
    named = [one for tag in edition.tags for one in workspace.settings.fonts.get(tag, ())]
    paths = [one for path in find_font_paths(named) for one in list_beside(path)]
    return len(named) + sum(path.stat().st_size for path in paths if path.is_file())


def _answered(waiting: Iterable[Edition], results: Iterable[Made]) -> Iterator[Made]:
    """Yield one result for each edition waited for, whatever a runner yields."""
    left = dict.fromkeys(waiting)
    for edition, result in results:
        if edition in left:
            del left[edition]
            yield edition, result
    for edition in left:
        yield (
            edition,
            BuildError(
                "no worker answered for this edition",
                hint="run the command again, or build without --executor",
                code="cluster-answer",
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """A build in progress: the key and the input files of each edition that must be made.

    `local` says that this machine makes them.  `found` are editions that are known to be up to
    date.  `others` are the editions that others made, and `doubted` what is to be compared with an
    edition made anew.
    """

    look: Look
    cache: Cache | None
    local: bool
    own: bool
    found: dict[Edition, FoundEdition] = field(default_factory=dict)
    others: set[Edition] = field(default_factory=set)
    doubted: dict[Edition, list[FinishedEdition]] = field(default_factory=dict)
    pages: dict[Edition, Pagination] = field(default_factory=dict)
    keys: dict[Edition, str] = field(default_factory=dict)
    switches: dict[Edition, Switch] = field(default_factory=dict)
    inputs: dict[Edition, list[Path]] = field(default_factory=dict)

    @property
    def loader(self) -> Loader:
        return self.look.loader

    @property
    def workspace(self) -> Workspace:
        return self.look.loader.workspace


def _standing(begun: _Begun, edition: Edition) -> BuildOutcome | None:
    """Return the outcome of an edition that need not be made, or None."""
    workspace = begun.workspace
    if known := begun.found.get(edition):
        return _outcome(begun, edition, "unchanged", _noted(begun, edition, known), known.key)
    try:
        find_own_files(begun.loader, edition, begun.look.known)
    except UsageError:
        raise
    except PublishError as error:  # A link out of the workspace: the other documents are made.
        return _refused(workspace, edition, error)
    try:
        key = begun.look.make_key(edition)
    except OSError as failure:
        return _refused(workspace, edition, explain_unread(workspace, failure))
    try:
        done, record = _found(begun, edition, key)
    except OSError as failure:
        return _refused(workspace, edition, explain_unwritten(workspace, edition, failure))
    if record is None:
        begun.keys[edition] = key
        begun.inputs[edition] = find_input_files(begun.loader, edition, begun.look.known)
        return None
    return _outcome(begun, edition, done, record, key)


def _outcome(
    begun: _Begun, edition: Edition, done: BuildStatus, record: BuildRecord, key: str
) -> BuildOutcome:
    if record.pages:
        begun.pages[edition] = record.pages
    return BuildOutcome(
        edition=edition,
        done=done,
        warnings=(*record.warnings, *_remade(begun, edition, record, key)),
        state=record.state,
        key=key,
        pages=len(record.pages.starts) if record.pages else 0,
    )


def _remade(begun: _Begun, edition: Edition, record: BuildRecord, key: str) -> Iterator[Finding]:
    """Yield a finding if what others made under this key differs from what this machine made."""
    doubted = begun.doubted.get(edition, [])
    made = load_edition(begun.workspace, edition, key) if doubted else None
    if made and any((one.data, one.record) != made for one in doubted):
        yield Finding(
            code="release-remade",
            level=Level.WARNING,
            message="an edition that others made was not what its inputs make here; it was"
            " removed and made anew",
            span=Span(begun.workspace.shown(begun.workspace.output(edition)), 1, 1),
            hint="find out who can write to the cache, to build/ or to the cluster",
        )


def _found(begun: _Begun, edition: Edition, key: str) -> tuple[BuildStatus, BuildRecord | None]:
    """Return the record of an edition that is up to date or was restored from the cache."""
    workspace, cache = begun.workspace, begun.cache
    there = begun.look.find(edition, key)
    if there and there.own:
        return "unchanged", _noted(begun, edition, there)
    own = load_from_cache(cache, key, own=True)
    if begun.own:
        _doubt(begun, edition, key)
    elif there:
        begun.others.add(edition)
        return "unchanged", _noted(begun, edition, there)
    made = own if own or begun.own else load_from_cache(cache, key)
    if made is None:
        return "built", None
    if made is not own:
        begun.others.add(edition)
    store_edition(workspace, edition, key, made.data, made.record, own=made is own)
    return "restored", made.record


def _noted(begun: _Begun, edition: Edition, there: FoundEdition) -> BuildRecord:
    """Return the record of an edition that is up to date, and note the links of its page."""
    if there.switch:
        begun.switches[edition] = there.switch
    return there.record


def _doubt(begun: _Begun, edition: Edition, key: str) -> None:
    """Keep what others made under this key, to compare it; remove it from the cache."""
    doubted = begun.doubted.setdefault(edition, [])
    if found := load_edition(begun.workspace, edition, key):
        data, record = found
        doubted.append(FinishedEdition(remove_switch(edition, data), record))
    if load_from_cache(begun.cache, key, own=True) is None and (
        stored := load_from_cache(begun.cache, key)
    ):
        doubted.append(stored)
        drop_from_cache(begun.cache, key)


def _kept(begun: _Begun, edition: Edition, made: FinishedEdition) -> BuildOutcome:
    """Write an edition to its file, and to the cache if its inputs are still the same.

    If it came in a temporary file, that is deleted.
    """
    try:
        return _store(begun, edition, made)
    finally:
        if made.file is not None:
            with suppress(OSError):
                made.file.path.unlink()


def _store(begun: _Begun, edition: Edition, made: FinishedEdition) -> BuildOutcome:
    record = made.record
    if record.pages:
        begun.pages[edition] = record.pages
    key = _lasting(begun, edition)
    own = begun.local and _pages_source(edition) not in begun.others
    if not own:
        begun.others.add(edition)
    try:
        store_edition(begun.workspace, edition, key or CHANGED, made.content, record, own=own)
    except OSError as failure:
        error = explain_unwritten(begun.workspace, edition, failure)
        return _refused(begun.workspace, edition, error)
    if key:
        store_in_cache(begun.cache, key, made, own=own)
    return _outcome(begun, edition, "built", record, key or CHANGED)


def _pages_source(edition: Edition) -> Edition | None:
    """Return the PDF whose pages are written into an EPUB."""
    return find_pdf_edition(edition) if FORMATS[edition.format].lists_pages else None


def _lasting(begun: _Begun, edition: Edition) -> str:
    """Return the key of a finished edition; empty if an input changed or was deleted since."""
    if have_inputs_changed(begun.loader, edition, begun.inputs[edition]):
        return ""
    pdf, look = find_pdf_edition(edition), begun.look
    if FORMATS[edition.format].lists_pages and (pdf in begun.pages) != (pdf in look.wanted):
        # Its PDF was refused, or was there although this build does not make it.
        return replace(look, wanted=begun.pages.keys() & {pdf}).make_key(edition)
    return begun.keys[edition]


def find_records(
    loader: Loader, editions: Sequence[Edition], *, use_fuzzy: bool
) -> list[tuple[str, BuildRecord | None]]:
    """Return the key of each edition, and its record if its file is up to date."""
    look = Look(loader, frozenset(editions), use_fuzzy)
    keys = [(edition, look.make_key(edition)) for edition in editions]
    return [(key, load_record(loader.workspace, edition, key)) for edition, key in keys]


def make_cache(workspace: Workspace) -> Cache | None:
    """Return the cache of a workspace; None where the settings give it no room.

    Raises the errors of `refuse_foreign_cache`.
    """
    settings = workspace.settings
    if not settings.cache_limit:
        return None
    refuse_foreign_cache(workspace.cache)
    return Cache(workspace.cache, settings.cache_limit << 20)


def _refused(workspace: Workspace, edition: Edition, error: PublishError) -> BuildOutcome:
    """Return a refused outcome and delete the older file; the error says if that fails."""
    try:
        delete_edition(workspace, edition)
    except OSError as failure:
        name = workspace.shown(workspace.output(edition))
        more = f"the older file {name} cannot be deleted: {failure.strerror}"
        error = error.with_message(f"{error.message}; {more}")
    return BuildOutcome(edition=edition, done="refused", error=error)


def make_local_runner(workers: int, limits: EditionLimits, cache: Cache | None = None) -> Runner:
    """Return a runner that uses up to `workers` processes of this machine, which share imports."""

    def run(tasks: Sequence[Task]) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
        if not tasks:
            return
        source = tasks[0].loader.workspace.source_language
        load_makers((edition for task in tasks for edition in task.editions), source)
        with sharing_workers() as spare:  # Long books are shared out among idle workers.
            own = [replace(task, spare=spare, cache=cache, aside=True) for task in tasks]
            jobs = [
                Job(task.editions, partial(make_editions, task), size=task.measure_text())
                for task in own
            ]
            yield from run_limited(jobs, workers, limits, spare)

    return run
