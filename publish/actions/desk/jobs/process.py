"""The process that does one job of the desk, within the limits of the command of the same name.

It ends with its parent, however that ends, and clears up after itself when it is stopped.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from publish.actions.desk.jobs.orders import Ended, JobOrder, Told
from publish.building.limits import follow_parent
from publish.errors import PublishError
from publish.oserrors import explain_os_error
from publish.project.workspace import open_workspace

__all__ = ["finish", "run_process"]

NICE = 5
"""Whoever types at the desk comes first."""


def _leave(*_: object) -> None:
    """End in an orderly way, so that what was begun is tidied up."""
    raise SystemExit(1)


def run_process(pipe: Connection, parent: int, root: Path, order: JobOrder) -> None:
    """Do a job and tell what comes of it; `parent` is the process at the other end of the pipe."""
    follow_parent()
    signal.signal(signal.SIGTERM, _leave)
    if os.getppid() != parent:
        return
    if hasattr(os, "nice"):
        os.nice(NICE)
    ended = finish(root, order, pipe.send)
    with suppress(OSError):  # If the parent is gone, nobody asks any more.
        pipe.send(ended)


def finish(root: Path, order: JobOrder, tell: Callable[[Told], None]) -> Ended:
    """Do a job and return how it ended; nothing that goes wrong is raised."""
    from publish.actions.desk.jobs.work import do_job  # Much to load, which the desk does not need.

    try:
        do_job(open_workspace(root), order, tell)
    except PublishError as error:
        return Ended(error)
    except OSError as error:
        return Ended(explain_os_error(error, building=order.kind == "build"))
    except MemoryError:
        message = "this takes more memory than there is"
        return Ended(PublishError(message, hint="close other programs", code="desk-job"))
    except Exception as error:
        # A fault of this program: the desk goes on, and says what it was.
        message = f"the program failed: {type(error).__name__}: {error}"
        hint = "this is a fault in the program, not in your files; what was written is whole"
        return Ended(PublishError(message, hint=hint, code="desk-job"))
    return Ended()
