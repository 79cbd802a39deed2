"""The editions of a workspace: unchanged ones left, known ones taken, the others made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from publish.building.cache import Cache, keep, prune_cache, take
from publish.building.keys import edition_key, input_files, inputs_changed
from publish.building.limits import EDITION_LIMITS, EditionLimits, Job, run_limited
from publish.building.records import BuildRecord, forget, recall, store
from publish.building.tasks import Made, Task, load_makers, make, pdf_of, tasks_of
from publish.editions.pagination import Pagination
from publish.errors import BuildError, PublishError
from publish.languages.registry import find
from publish.model import Edition, Finding
from publish.project.workspace import Workspace
from publish.settings import State
from publish.translation.loading import Loader

__all__ = ["BuildOutcome", "Runner", "build", "cache_of", "find_records", "run_here"]

BuildStatus = Literal["built", "restored", "unchanged", "refused"]

Runner = Callable[[Sequence[Task]], Iterable[tuple[Edition, Made | PublishError]]]
"""What carries tasks out, wherever; gives each edition once, as soon as it is known."""


CHANGED = "changed meanwhile"
"""The key of what was made while somebody changed an input: nobody knows from which of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOutcome:
    """What became of one edition; `error` says why there is none.

    `state` is that of the translation, None for the original and where there is no edition.
    """

    edition: Edition
    done: BuildStatus
    warnings: tuple[Finding, ...] = ()
    error: PublishError | None = None
    state: State | None = None


def build(
    loader: Loader,
    editions: Sequence[Edition],
    *,
    workers: int,
    use_fuzzy: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
    cache: Cache | None = None,
    runner: Runner | None = None,
) -> Iterator[BuildOutcome]:
    """Yield the outcome of every edition, each as soon as it is known.

    An edition is written whole or not at all.  One that is refused leaves no older file of
    its name behind, so that nothing stale is handed out; it never stops the others, not even
    when it takes more than its `limits` or its process dies.  `runner` carries out what is to
    be made; by default processes of this machine do.  `loader` reads every file once.
    """
    begun = _Begun(loader=loader, wanted=frozenset(editions), use_fuzzy=use_fuzzy, cache=cache)
    for edition in editions:
        if outcome := _standing(begun, edition):
            yield outcome
    waiting = [edition for edition in editions if edition in begun.keys]
    tasks = tasks_of(loader, waiting, use_fuzzy=use_fuzzy, pages=begun.pages, least=workers)
    for edition, result in (runner or run_here(workers, limits))(tasks):
        if isinstance(result, PublishError):
            yield _refused(loader.workspace, edition, result)
        else:
            yield _kept(begun, edition, result)
    if tasks:
        prune_cache(cache)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """A build under way: the key and the input files of each edition that is to be made."""

    loader: Loader
    wanted: frozenset[Edition]
    use_fuzzy: bool
    cache: Cache | None
    pages: dict[Edition, Pagination] = field(default_factory=dict)
    keys: dict[Edition, str] = field(default_factory=dict)
    inputs: dict[Edition, list[Path]] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        return self.loader.workspace

    def key(self, edition: Edition, paged: bool) -> str:
        """The key of an edition as its inputs were when they were read; raises OSError."""
        return edition_key(self.loader, edition, use_fuzzy=self.use_fuzzy, paged=paged)


def _standing(begun: _Begun, edition: Edition) -> BuildOutcome | None:
    """What is known of an edition before anything is made; None where it must be made."""
    workspace = begun.workspace
    try:
        key = begun.key(edition, pdf_of(edition) in begun.wanted)
    except OSError as failure:
        return _refused(workspace, edition, _unread(workspace, failure))
    try:
        done, record = _found(workspace, edition, key, begun.cache)
    except OSError as failure:
        return _refused(workspace, edition, _unwritten(workspace, edition, failure))
    if record is None:
        begun.keys[edition] = key
        begun.inputs[edition] = input_files(workspace, edition)
        _read_ahead(begun.loader, edition)
        return None
    begun.pages.update({edition: record.pages} if record.pages else {})
    return BuildOutcome(edition=edition, done=done, warnings=record.warnings, state=record.state)


def _read_ahead(loader: Loader, edition: Edition) -> None:
    """Reads the texts of an edition here, so that workers find them read.

    What is wrong with one is said by whatever makes the edition.
    """
    with suppress(PublishError, OSError):
        loader.glossary()
    for tag in filter(None, (edition.language, edition.second)):
        language = find(tag)
        with suppress(PublishError, OSError):
            loader.interfaces(language)
        with suppress(PublishError, OSError):
            translation = loader.translation(edition.document, language)
            _ = (translation.texts, translation.correction_texts)


def _found(
    workspace: Workspace, edition: Edition, key: str, cache: Cache | None
) -> tuple[BuildStatus, BuildRecord | None]:
    """The record of an edition that stands as it should, or that the cache can put there."""
    if record := recall(workspace, edition, key):
        return "unchanged", record
    if made := take(cache, key):
        store(workspace, edition, key, made.data, made.record)
        return "restored", made.record
    return "built", None


def _kept(begun: _Begun, edition: Edition, made: Made) -> BuildOutcome:
    """Puts what was made in its place, and into the cache if its inputs are still the same."""
    record = made.record
    begun.pages.update({edition: record.pages} if record.pages else {})
    key = _lasting(begun, edition)
    try:
        store(begun.workspace, edition, key or CHANGED, made.data, record)
    except OSError as failure:
        error = _unwritten(begun.workspace, edition, failure)
        return _refused(begun.workspace, edition, error)
    if key:
        keep(begun.cache, key, made)
    return BuildOutcome(edition=edition, done="built", warnings=record.warnings, state=record.state)


def _lasting(begun: _Begun, edition: Edition) -> str:
    """The key of what was made; empty where an input has changed or gone meanwhile."""
    if inputs_changed(begun.loader, edition, begun.inputs[edition]):
        return ""
    pdf = pdf_of(edition)
    if edition.format == "epub" and (pdf in begun.pages) != (pdf in begun.wanted):
        return begun.key(edition, pdf in begun.pages)  # its PDF was refused, or stood there
    return begun.keys[edition]


def find_records(
    loader: Loader, editions: Sequence[Edition], *, use_fuzzy: bool
) -> list[tuple[str, BuildRecord | None]]:
    """Return the key of each edition, and its record where it stands as a build would leave it."""
    wanted = frozenset(editions)
    found = []
    for edition in editions:
        paged = pdf_of(edition) in wanted
        key = edition_key(loader, edition, use_fuzzy=use_fuzzy, paged=paged)
        found.append((key, recall(loader.workspace, edition, key)))
    return found


def cache_of(workspace: Workspace) -> Cache | None:
    """The cache that the settings name; None where they allow it no room."""
    settings = workspace.settings
    if not settings.cache_limit:
        return None
    return Cache(workspace.cache, settings.cache_limit << 20)


def _refused(workspace: Workspace, edition: Edition, error: PublishError) -> BuildOutcome:
    """A refusal, with the older file gone; one that stays where it is, is told of."""
    try:
        forget(workspace, edition)
    except OSError as failure:
        name = workspace.shown(workspace.output(edition))
        more = f"what stands at {name} cannot be removed: {failure.strerror}"
        error = error.with_message(f"{error.message}; {more}")
    return BuildOutcome(edition=edition, done="refused", error=error)


def _unread(workspace: Workspace, error: OSError) -> PublishError:
    path = Path(str(error.filename))
    return PublishError(
        f"{workspace.shown(path)} cannot be read: {error.strerror or error}",
        hint="look at whose the file is, and whether it may be read",
        code="not-read",
    )


def _unwritten(workspace: Workspace, edition: Edition, error: OSError) -> BuildError:
    output = workspace.output(edition)
    hint = "look at the disk and at whose the folder is, then build again"
    for folder in reversed(output.parents):
        if folder.is_file():
            hint = f"a folder is wanted at {workspace.shown(folder)}: move the file in its place"
    return BuildError(
        f"{workspace.shown(output)} cannot be written: {error.strerror or error}",
        hint=hint,
        code="not-written",
    )


def run_here(workers: int, limits: EditionLimits) -> Runner:
    """Tasks in processes of this machine, `workers` at once; they share what is loaded."""

    def run(tasks: Sequence[Task]) -> Iterator[tuple[Edition, Made | PublishError]]:
        load_makers(edition for task in tasks for edition in task.editions)
        jobs = [Job(task.editions, partial(make, task)) for task in tasks]
        return run_limited(jobs, workers, limits)

    return run
