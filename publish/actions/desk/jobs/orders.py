"""What is ordered from the process that does a job of the desk, and what it tells.

All of it travels through a pipe, so it is plain values.  Lines are no sentences: whoever shows them
puts them into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from publish.errors import PublishError
from publish.model import Finding, Format
from publish.settings import State

__all__ = [
    "KINDS",
    "WRITING",
    "Ended",
    "Found",
    "Job",
    "JobKind",
    "JobOrder",
    "JobState",
    "Line",
    "Progress",
    "Told",
    "Topic",
    "Waiting",
]

JobKind = Literal["build", "kit", "return", "import", "update", "release"]
"""`kit` makes kits for translators, `return` takes one back, `release` looks what could go out."""

KINDS = get_args(JobKind)
WRITING: frozenset[JobKind] = frozenset({"return", "import", "update"})
"""The jobs that change what is open: sources or catalogs."""

JobState = Literal["waiting", "running", "done", "failed", "cancelled"]

Topic = Literal[
    "edition",  # was built, or refused: `state`
    "released",  # could go out: `state` is that of its text
    "left",  # stays out of a release: `text` says why
    "kit",  # was made: `state` is `no-original` or `no-pages` where it lacks something
    "returned",  # was taken back: `counts`
    "page",  # was written about a returned kit
    "source",  # was made of a file
    "loss",  # of a file that was imported: `state` is `moved` for what stands elsewhere
    "catalog",  # was updated: `counts`
    "meaning",  # of a sentence may have changed: `hint` says from what to what
    "unlisted",  # the settings name other documents only
    "further",  # `counts` more of these are not listed
]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOrder:
    """What a job is to do; empty fields mean all.

    `languages` may have pairs such as `en+ru` in a build.  `file` is a received file, `name` the
    document that it becomes; with `replace`, a source of this name is replaced.  `require` is the
    state that a text needs to go out.
    """

    kind: JobKind
    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ()
    file: str = ""
    name: str = ""
    replace: bool = False
    require: State = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that a job did, or could not do.

    `file` is what can be taken away by that name, `id` the sentence that it is about, `kind` what
    was lost of a file, `place` where something is in a file.
    """

    topic: Topic
    document: str = ""
    language: str = ""
    format: str = ""
    page: str = ""
    state: str = ""
    file: str = ""
    id: str = ""
    kind: str = ""
    place: str = ""
    text: str = ""
    hint: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding, with the text that it is in, and its sentence, where these are known."""

    finding: Finding
    document: str = ""
    language: str = ""
    id: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another command is writing in the workspace."""


@dataclass(frozen=True, slots=True)
class Progress:
    """So many of so many are done."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The job has ended; `error` says why it failed."""

    error: PublishError | None = None


Told = Line | Found | Waiting | Progress | Ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job and what came of it so far.

    With `held`, it waits for another command.  `further` is how many more findings there are than
    are listed.  `error` says why it failed.
    """

    number: int
    order: JobOrder
    state: JobState = "waiting"
    held: bool = False
    done: int = 0
    total: int = 0
    lines: tuple[Line, ...] = ()
    found: tuple[Found, ...] = ()
    further: int = 0
    error: PublishError | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "failed", "cancelled")
