"""What the system refuses, told with the file and the way out, and when it wants an end."""

from __future__ import annotations

import errno
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from publish.errors import BuildError, UsageError

__all__ = ["foreign_names", "interruptible", "refusal"]

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
IN_THE_WAY = frozenset({errno.ENOTDIR, errno.EEXIST})


ENDS = ("SIGTERM", "SIGHUP")
"""Signals of those who want an end: of a system that shuts down, of a terminal that is closed."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Makes a wanted end what Ctrl-C is, so that processes and temporary files go first.

    Signals that somebody handles or ignores already (`nohup`) are left alone.
    """

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ENDS if hasattr(signal, name)]
    taken = [one for one in numbers if signal.getsignal(one) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        taken = []  # the system would not have it
    for number in taken:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def refusal(error: OSError, *, made: bool) -> UsageError | BuildError:
    """What the system said, the file it was said of, and what to do.

    `made` says that an edition was being made, so that the inputs are in order.
    """
    path = Path(str(error.filename)) if error.filename else None
    if path is not None and error.errno in IN_THE_WAY:
        path = next((one for one in reversed((path, *path.parents)) if one.is_file()), path)
    message = f"{error.strerror or error}: {path or 'a file that the system does not name'}"
    return (BuildError if made else UsageError)(message, hint=_way_out(error))


def _way_out(error: OSError) -> str:
    if error.errno in FULL:
        return "make room on that disk, then give the command again; no file is half written"
    if error.errno in CLOSED:
        return "see whose the file and its folder are, and whether they may be written to"
    if error.errno in IN_THE_WAY:
        return "a folder is wanted there: move or rename the file that is in its place"
    if error.errno == errno.ENOENT:
        return "see whether the name is right"
    return "see whether the disk and the folder are in order, then give the command again"


def foreign_names() -> UsageError:
    """The error for a file name with letters that the system's encoding does not have."""
    known = sys.getfilesystemencoding()
    return UsageError(
        f"the name of a file has letters that the encoding of this terminal, {known}, lacks",
        hint="export LC_ALL=C.UTF-8 and take PYTHONUTF8=0 away, then give the command again",
    )
