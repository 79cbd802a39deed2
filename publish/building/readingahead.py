"""Read what the tasks of a build share before its workers start, so that these share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from publish.building.cachefolder import Cache
from publish.building.partcache import make_chunk_store
from publish.building.parts import begin_beside
from publish.building.spareworkers import sharing_workers
from publish.building.tasks import Task
from publish.errors import PublishError
from publish.garbage import collecting_no_garbage
from publish.languages.registry import find
from publish.translation.loading import Loader

__all__ = ["read_ahead"]

AHEAD = 16 << 20
"""The bytes of sources and catalogs that are read before the workers start; these share them."""


def read_ahead(
    loader: Loader, tasks: Sequence[Task], cache: Cache | None, workers: int = 1
) -> None:
    """Read what several tasks need, so that each text is read once.

    What one task needs alone, such as a catalog, its worker reads while others work.  Of a large
    archive the first texts are read; the workers read the others and forget them, so that memory
    does not grow with the archive.  Errors are ignored here; they are reported when the edition is
    made.  The chunks of long sources are kept in the cache, and read by two processes if there may
    be so many `workers`.
    """
    with sharing_workers() as spare, collecting_no_garbage():
        if spare is not None and workers > 1:
            spare.give()
        chunks = make_chunk_store(cache, partial(begin_beside, spare)) if tasks else None
        _read_shared(replace(loader, chunks=chunks), tasks)  # It keeps what it reads for both.


def _read_shared(loader: Loader, tasks: Sequence[Task]) -> None:
    if tasks:
        with suppress(PublishError, OSError):
            loader.glossary()
    texts = [{(one.document, tag) for one in task.editions for tag in one.tags} for task in tasks]
    pairs = Counter(pair for some in texts for pair in some)
    names = Counter(name for some in texts for name in {name for name, _ in some})
    tags = Counter(tag for some in texts for tag in {tag for _, tag in some})
    left, workspace = AHEAD, loader.workspace
    for name, tag in dict.fromkeys(pair for some in texts for pair in sorted(some)):
        language = find(tag)
        if tags[tag] > 1:
            with suppress(PublishError, OSError):
                loader.interfaces(language)
        if left <= 0 or names[name] == 1:
            continue
        with suppress(PublishError, OSError):
            paths = {*workspace.source_files(name)}
            _ = loader.source(name).texts
            loader.catalog(workspace.source_language, name)
            if pairs[name, tag] > 1:
                translation = loader.translation(name, language)
                _ = (translation.texts, translation.correction_texts)
                paths.add(workspace.catalog(language, name))
            left -= sum(path.stat().st_size for path in paths if path.is_file())
