"""What the system refuses, told with the file and the way out."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from publish.errors import BuildError, UsageError

__all__ = ["foreign_names", "refusal"]

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
IN_THE_WAY = frozenset({errno.ENOTDIR, errno.EEXIST})


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
