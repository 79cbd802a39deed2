"""Judge a whole text in a process of its own, so that long books keep nobody waiting.

The process reads the text from disk, judges it, and ends; its memory goes with it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from publish.building.limits import EDITION_LIMITS, EditionLimits
from publish.errors import PublishError
from publish.model import Finding, Key
from publish.settings import State

__all__ = ["EntryText", "Judged", "WholeJudgement", "judge_aside"]

EntryText = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""What is judged of an entry: its msgstrs, flags and comments."""

OfEntry = tuple[tuple[Finding, ...], tuple[Finding, ...]]
"""The open findings of one entry: of rules for catalogs, and of rules for sentences."""

Judged = tuple[Finding, bool]
"""A finding, and whether it was accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeJudgement:
    """The findings of a text: of each entry, of their comparison, and the state of the edition.

    `texts` has the entries that were judged.  `error` says why nothing was.
    """

    each: Mapping[Key | None, OfEntry] = field(default_factory=dict)
    rest: tuple[Judged, ...] = ()
    texts: Mapping[Key, EntryText] = field(default_factory=dict)
    state: State = "draft"
    error: str = ""


def judge_aside(
    root: Path,
    document: str,
    tag: str,
    done: Callable[[WholeJudgement], None],
    limits: EditionLimits = EDITION_LIMITS,
) -> None:
    """Judge a text as it is on disk; `done` is called with the result, in another thread."""
    here, there = get_context("spawn").Pipe(duplex=False)
    process = get_context("spawn").Process(
        target=_run, args=(there, root, document, tag, limits), daemon=True, name="judging"
    )

    def wait() -> None:
        found = WholeJudgement(error="the checks of this text took too much time or memory")
        try:
            process.start()
            there.close()
            with suppress(EOFError, OSError):
                if here.poll(limits.seconds):
                    found = here.recv()
        finally:
            here.close()
            if process.pid is not None:
                process.kill()
                process.join()
        done(found)

    threading.Thread(target=wait, name="judging", daemon=True).start()


def _run(pipe: Connection, root: Path, document: str, tag: str, limits: EditionLimits) -> None:
    """Judge a text and send the result: the whole life of the process."""
    import signal

    from publish.building.limits import limit_this_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Its parent ends it.
    limit_this_process(limits)
    with suppress(BrokenPipeError):
        pipe.send(_judge(root, document, tag))


def _judge(root: Path, document: str, tag: str) -> WholeJudgement:
    from publish.actions.desk.judged import JudgedTexts
    from publish.project.workspace import open_workspace
    from publish.translation.loading import Loader

    try:
        workspace = open_workspace(root)
        loader = Loader(workspace)
        (language,) = workspace.languages([tag])
        return JudgedTexts(loader, loader.translation(document, language)).whole()
    except PublishError as error:
        return WholeJudgement(error=error.message)
    except MemoryError:
        return WholeJudgement(error="the checks of this text took too much memory")
