"""The one way out: a catalog written, and merged with what another program saved meanwhile."""

from __future__ import annotations

from pathlib import Path

from publish.po.merging import merge_files
from publish.po.pofile import PoFile, dump, read, write

__all__ = ["save_catalog"]


def save_catalog(path: Path, before: PoFile, after: PoFile) -> bool:
    """Write a catalog that was read as `before`; return whether somebody else saved it meanwhile.

    What another program saved is merged in, entry by entry, so that nobody's work is lost.
    Raises PublishError if that file cannot be read.  A catalog that did not change is not written.
    """
    if not path.is_file() or path.read_bytes() == dump(before):
        write(path, after)
        return False
    now = read(path, before.file)
    if now == before:
        write(path, after)
        return False
    write(path, merge_files(before, after, now)[0])
    return True
