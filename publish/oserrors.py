"""Turn errors of the operating system into errors that say what to do."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from publish.errors import BuildError, UsageError

__all__ = ["drop_unread_output", "explain_name_error", "explain_os_error"]

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
WHOLE = "no file is half written"
IN_THE_WAY = frozenset({errno.ENOTDIR, errno.EEXIST})


def explain_os_error(error: OSError, *, building: bool) -> UsageError | BuildError:
    """Return an error with the system's message, the file it is about, and what to do.

    It is a BuildError if editions were being built, since then the inputs are in order.
    """
    path = Path(str(error.filename)) if error.filename else None
    if path is not None and error.errno in IN_THE_WAY:
        path = next((one for one in reversed((path, *path.parents)) if one.is_file()), path)
    message = f"{error.strerror or error}: {path or 'a file that the system does not name'}"
    return (BuildError if building else UsageError)(message, hint=_hint(error))


def _hint(error: OSError) -> str:
    if error.errno in FULL:
        other = "" if error.filename else ", or set TMPDIR to a folder on another disk,"
        return f"free some space on that disk{other} and run the command again; {WHOLE}"
    if error.errno in CLOSED:
        return "check who owns the file and its folder, and whether you may write to them"
    if error.errno in IN_THE_WAY:
        return "a folder is needed there: move or rename the file in its place"
    if error.errno == errno.ENOENT:
        return "check the spelling of the name"
    return "check the disk and the folder, then run the command again"


def explain_name_error() -> UsageError:
    """Return the error for a file name with letters that the system's encoding lacks."""
    known = sys.getfilesystemencoding()
    return UsageError(
        f"a file name has letters that the encoding of this terminal, {known}, lacks",
        hint="export LC_ALL=C.UTF-8, unset PYTHONUTF8, and run the command again",
    )


def drop_unread_output() -> None:
    """Send what a closed pipe has not taken to nowhere: else the interpreter fails at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
