"""Choose, plan and build editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from publish.building.builds import BuildOutcome, Runner, build, make_cache
from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.pagecounts import page_lines
from publish.building.planning import Planned, plan_build, select_share
from publish.errors import FindingsError, PublishError, UsageError
from publish.model import Edition, Finding, Format, Level, PageSize, Span
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
    "parse_limits",
    "parse_share",
    "plan_editions",
]

MOST_SECONDS = 7 * 24 * 60 * 60
LEAST_MEMORY, MOST_MEMORY = 256, 1 << 24
"""MiB: the program itself needs the first, and no machine has more than the second."""

MOST_SHARES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChoice:
    """The editions to build; an empty field means all that the settings name.

    `pairs` are bilingual editions such as `en+ru`.  With `together`, several languages are in one
    page of HTML.  `share` is the number of a share, from 1, and
    how many shares of about equal work there are.
    """

    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ()
    pages: tuple[PageSize, ...] = ()
    pairs: tuple[str, ...] = ()
    together: bool = False
    share: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """Options of a build.

    `workers` processes run at once, and each edition has to keep within `limits`.  `cached` lets
    editions that are not in `build/` come from the cache.  `executor` is the address of a Dask
    cluster; `allow_remote` lets it be on another machine.
    """

    workers: int = 1
    use_fuzzy: bool = False
    limits: EditionLimits = EDITION_LIMITS
    cached: bool = True
    executor: str | None = None
    allow_remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """The outcome of each edition, in the order in which they finished.

    `page_lines` compare the page counts of languages, one line for each document and page size.
    """

    outcomes: tuple[BuildOutcome, ...]
    page_lines: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in the editions, each once."""
        return tuple(dict.fromkeys(one for outcome in self.outcomes for one in outcome.warnings))

    @property
    def errors(self) -> tuple[PublishError, ...]:
        """The reasons for which editions were refused, each once, with the findings of all."""
        found: dict[tuple[str, Span | None], list[PublishError]] = {}
        for outcome in self.outcomes:
            if outcome.error:
                key = outcome.error.message, outcome.error.span
                found.setdefault(key, []).append(outcome.error)
        return tuple(map(_join_errors, found.values()))

    @property
    def refused(self) -> int:
        """The number of refused editions."""
        return sum(outcome.done == "refused" for outcome in self.outcomes)

    @property
    def held_back(self) -> tuple[Finding, ...]:
        """The errors for which editions show source sentences instead of translations."""
        return tuple(one for one in self.findings if one.level is Level.ERROR)

    @property
    def new(self) -> bool:
        """Whether any edition was made or restored from the cache."""
        return any(outcome.done in {"built", "restored"} for outcome in self.outcomes)

    @property
    def exit_code(self) -> int:
        """0 if no edition has an error, 1 for wrong texts, 3 for a failed build."""
        if self.refused:
            return max(error.exit_code for error in self.errors)
        return int(bool(self.held_back))

    def describe_problems(self) -> Iterator[str]:
        """Yield how many translations are held back, and how many editions were refused."""
        if held := len(self.held_back):
            yield (
                f"error: {held} translation{'s' * (held != 1)} with errors: the editions show the "
                "source sentence instead and are drafts"
            )
        if self.refused:
            total = len(self.outcomes)
            yield f"{self.refused} of {total} editions were refused; their older files are deleted"

    def below(self, required: State) -> tuple[BuildOutcome, ...]:
        """Return the outcomes of editions whose translation is below a state."""
        least = STATES.index(required)
        return tuple(
            outcome
            for outcome in self.outcomes
            if outcome.state is not None and STATES.index(outcome.state) < least
        )


def _join_errors(errors: Sequence[PublishError]) -> PublishError:
    """Return equal errors of several editions as one, with the findings of all."""
    first = errors[0]
    findings = dict.fromkeys(
        one for error in errors if isinstance(error, FindingsError) for one in error.findings
    )
    if not findings:
        return first
    return FindingsError(first.message, findings, first.hint, span=first.span, code=first.code)


def parse_limits(seconds: str, mebibytes: str) -> EditionLimits:
    """Return the limits that are given as text; raises UsageError if they are out of range."""
    memory = _whole_number("--memory-limit", mebibytes, LEAST_MEMORY, MOST_MEMORY)
    return EditionLimits(_whole_number("--time-limit", seconds, 1, MOST_SECONDS), memory << 20)


def _whole_number(option: str, word: str, least: int, most: int) -> int:
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 20 else -1
    if not least <= number <= most:
        raise UsageError(f"{option} must be a whole number from {least} to {most}, not {word!r}")
    return number


def parse_share(word: str) -> tuple[int, int]:
    """Return 1 and 4 from `1/4`; raises UsageError if the text is not of this form."""
    number, slash, count = word.partition("/")
    if (
        slash
        and number.isdecimal()
        and count.isdecimal()
        and 1 <= int(number) <= int(count) <= MOST_SHARES
    ):
        return int(number), int(count)
    raise UsageError(
        f"--shard must be a part and the number of parts, such as 1/4, not {word!r}",
        hint=f"1/4 is the first of four; there can be {MOST_SHARES} parts",
    )


def choose_editions(workspace: Workspace, choice: EditionChoice) -> tuple[Edition, ...]:
    """Return the editions of a choice; raises UsageError for what the workspace does not have."""
    editions = workspace.editions(
        choice.languages,
        choice.documents,
        choice.formats,
        choice.pages,
        choice.pairs,
        together=choice.together,
    )
    return select_share(workspace, editions, *choice.share)


def build_editions(
    loader: Loader,
    editions: Sequence[Edition],
    options: BuildOptions | None = None,
    tell: Callable[[BuildOutcome], None] = lambda _: None,
) -> BuildResult:
    """Build the editions that changed, and call `tell` with each outcome as soon as it is known.

    A refused edition does not stop the others, and its older file is deleted.
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
        cache=make_cache(workspace) if options.cached else None,
        runner=_runner(options),
    ):
        outcomes.append(outcome)
        tell(outcome)
    counts = {outcome.edition: outcome.pages for outcome in outcomes}
    lines = page_lines(workspace, editions, counts)
    return BuildResult(outcomes=tuple(outcomes), page_lines=tuple(lines))


def _runner(options: BuildOptions) -> Runner | None:
    """Return what runs the tasks, or None for processes of this machine."""
    if options.executor is None:
        return None
    from publish.building.farm import make_cluster_runner

    return make_cluster_runner(options.executor, options.limits, allow_remote=options.allow_remote)


def plan_editions(
    loader: Loader, editions: Iterable[Edition], *, use_fuzzy: bool = False
) -> tuple[Planned, ...]:
    """Return which editions a build would make, and the seconds it would take."""
    return tuple(plan_build(loader, tuple(editions), use_fuzzy=use_fuzzy))
