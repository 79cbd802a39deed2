"""Judge a whole text in a process of its own, so that long books keep nobody waiting.

The process reads the text from disk, judges it, and ends; its memory goes with it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from publish.actions.desk.findings.judged import JudgedTexts, WholeJudgement
from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.limits import limit_this_process
from publish.errors import PublishError
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

__all__ = ["judge_aside"]

POLITE = 10
"""How much less than others the process gets of a busy machine: nobody waits for it."""
PART = 500
"""So many entries are sent at once: those who type wait while a part is unpacked."""


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
                    found = _receive(here)
        finally:
            here.close()
            if process.pid is not None:
                process.kill()
                process.join()
        done(found)

    threading.Thread(target=wait, name="judging", daemon=True).start()


def _run(pipe: Connection, root: Path, document: str, tag: str, limits: EditionLimits) -> None:
    """Judge a text and send the result: the whole life of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Its parent ends it.
    if hasattr(os, "nice"):
        os.nice(POLITE)
    limit_this_process(limits)
    with suppress(BrokenPipeError):
        _send(pipe, _judge(root, document, tag))


def _send(pipe: Connection, found: WholeJudgement) -> None:
    """Send a result: what it has of each entry part by part, then all else."""
    for name in ("each", "texts"):
        left = iter(getattr(found, name).items())
        while part := dict(islice(left, PART)):
            pipe.send((name, part))
    pipe.send(("", replace(found, each={}, texts={})))


def _receive(pipe: Connection) -> WholeJudgement:
    """Return the result that `_send` sent; raises EOFError for one that broke off."""
    parts: dict[str, dict[Any, Any]] = {"each": {}, "texts": {}}
    while True:
        name, part = pipe.recv()
        if not name:
            found: WholeJudgement = replace(part, **parts)
            return found
        parts[name] |= part


def _judge(root: Path, document: str, tag: str) -> WholeJudgement:
    try:
        workspace = open_workspace(root)
        loader = Loader(workspace)
        (language,) = workspace.languages([tag])
        return JudgedTexts(loader, loader.translation(document, language)).whole()
    except PublishError as error:
        return WholeJudgement(error=error.message)
    except MemoryError:
        return WholeJudgement(error="the checks of this text took too much memory")
