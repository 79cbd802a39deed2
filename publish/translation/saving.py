"""Save a catalog, and merge what another program saved meanwhile."""

from __future__ import annotations

from pathlib import Path

from publish.po.merging import merge_files
from publish.po.pofile import PoFile, dump_po, read_po_file, write_po_file

__all__ = ["save_catalog"]


def save_catalog(path: Path, before: PoFile, after: PoFile) -> bool:
    """Write a catalog that was read as `before`; return whether another program saved it meanwhile.

    What the other program saved is merged in, entry by entry, so that no work is lost.  A catalog
    that did not change is not written.  Raises PublishError if the file cannot be read.
    """
    if not path.is_file() or path.read_bytes() == dump_po(before):
        write_po_file(path, after)
        return False
    now = read_po_file(path, before.file)
    if now == before:
        write_po_file(path, after)
        return False
    write_po_file(path, merge_files(before, after, now)[0])
    return True
