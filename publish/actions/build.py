"""Build editions, and say what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from publish.building.builds import BuildOutcome, Runner, build, cache_of
from publish.building.growth import page_lines
from publish.building.limits import EDITION_LIMITS, EditionLimits
from publish.building.planning import Planned, plan, share
from publish.errors import PublishError
from publish.model import Edition, Finding, Format, Level, PageSize
from publish.project.workspace import Workspace
from publish.reviews.states import STATES
from publish.settings import State
from publish.translation.loading import Loader

__all__ = [
    "BuildOptions",
    "BuildResult",
    "EditionChoice",
    "build_editions",
    "choose_editions",
    "plan_editions",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChoice:
    """Which editions are meant; what is empty means all that the settings name.

    `pairs` are bilingual editions such as `en+ru`.  `share` is the number of a share of about
    equal work, from 1, and how many shares there are.
    """

    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ()
    pages: tuple[PageSize, ...] = ()
    pairs: tuple[str, ...] = ()
    share: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How editions are built.

    `workers` processes run at once, each edition within its `limits`.  Without `cached`, what
    does not stand in `build/` is made anew.  `executor` is the address of a Dask cluster;
    `allow_remote` lets the texts go to another machine.
    """

    workers: int = 1
    use_fuzzy: bool = False
    limits: EditionLimits = EDITION_LIMITS
    cached: bool = True
    executor: str | None = None
    allow_remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What became of each edition, in the order in which that was known.

    `page_lines` compare the pages of the languages, a line for each document and page size.
    """

    outcomes: tuple[BuildOutcome, ...]
    page_lines: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is to be said of the editions, each thing once."""
        return tuple(dict.fromkeys(one for outcome in self.outcomes for one in outcome.warnings))

    @property
    def errors(self) -> tuple[PublishError, ...]:
        """Why editions were refused, each reason once."""
        found = {
            (outcome.error.message, outcome.error.span): outcome.error
            for outcome in self.outcomes
            if outcome.error
        }
        return tuple(found.values())

    @property
    def refused(self) -> int:
        """How many editions were refused."""
        return sum(outcome.done == "refused" for outcome in self.outcomes)

    @property
    def held_back(self) -> tuple[Finding, ...]:
        """Sentences that stand in the source language because their translation is wrong."""
        return tuple(one for one in self.findings if one.level is Level.ERROR)

    @property
    def new(self) -> bool:
        """Whether any edition was made, or taken from the cache."""
        return any(outcome.done in {"built", "restored"} for outcome in self.outcomes)

    @property
    def exit_code(self) -> int:
        """0 where every edition is as it should be, 1 for wrong texts, 3 for a failed build."""
        if self.refused:
            return max(error.exit_code for error in self.errors)
        return int(bool(self.held_back))

    def below(self, required: State) -> tuple[BuildOutcome, ...]:
        """Return the editions whose translation has not reached a state."""
        least = STATES.index(required)
        return tuple(
            outcome
            for outcome in self.outcomes
            if outcome.state is not None and STATES.index(outcome.state) < least
        )


def choose_editions(workspace: Workspace, choice: EditionChoice) -> tuple[Edition, ...]:
    """Return the editions that are meant; raises UsageError for what the workspace has not."""
    editions = workspace.editions(
        choice.languages, choice.documents, choice.formats, choice.pages, choice.pairs
    )
    return share(workspace, editions, *choice.share)


def build_editions(
    loader: Loader,
    editions: Sequence[Edition],
    options: BuildOptions | None = None,
    tell: Callable[[BuildOutcome], None] = lambda _: None,
) -> BuildResult:
    """Build editions; only what changed is made.  `tell` hears of each as soon as it is known.

    An edition that is refused leaves no file behind and stops no other.
    """
    options = options or BuildOptions()
    workspace = loader.workspace
    outcomes = []
    for outcome in build(
        loader,
        editions,
        workers=options.workers,
        use_fuzzy=options.use_fuzzy,
        limits=options.limits,
        cache=cache_of(workspace) if options.cached else None,
        runner=_runner(options),
    ):
        outcomes.append(outcome)
        tell(outcome)
    return BuildResult(outcomes=tuple(outcomes), page_lines=tuple(page_lines(workspace, editions)))


def _runner(options: BuildOptions) -> Runner | None:
    """What carries the tasks out, None for processes of this machine."""
    if options.executor is None:
        return None
    from publish.building.farm import run_on

    return run_on(options.executor, options.limits, allow_remote=options.allow_remote)


def plan_editions(
    loader: Loader, editions: Iterable[Edition], *, use_fuzzy: bool = False
) -> tuple[Planned, ...]:
    """Return what a build of these editions would make, and what it would cost."""
    return tuple(plan(loader, tuple(editions), use_fuzzy=use_fuzzy))
