"""The jobs run: unchanged editions skipped, the others written in worker processes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from publish.building.keys import edition_key
from publish.building.limits import LIMITS, Limits, run_limited
from publish.building.records import Record, forget, recall, store
from publish.editions.pagination import Pagination
from publish.errors import BuildError, PublishError
from publish.languages.registry import find
from publish.model import Edition, Finding
from publish.settings import State
from publish.workspace import Workspace

if TYPE_CHECKING:
    from publish.building.preparing import Prepared
    from publish.editions.writers import Written

__all__ = ["Outcome", "build"]

Done = Literal["built", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one edition; `error` says why there is none.

    `state` is that of the translation, None for the original and where there is no edition.
    """

    edition: Edition
    done: Done
    warnings: tuple[Finding, ...] = ()
    error: PublishError | None = None
    state: State | None = None


def build(
    workspace: Workspace,
    editions: Sequence[Edition],
    *,
    workers: int,
    use_fuzzy: bool = False,
    limits: Limits = LIMITS,
) -> Iterator[Outcome]:
    """The outcome of every edition, each as soon as it is known.

    An edition is written whole or not at all.  One that is refused leaves no older file of
    its name behind, so that nothing stale is handed out; it never stops the others, not even
    when it takes more than its `limits` or its process dies.
    """
    wanted = frozenset(editions)
    pages: dict[Edition, Pagination] = {}

    def key(edition: Edition, paged: bool) -> str:
        return edition_key(workspace, edition, use_fuzzy=use_fuzzy, paged=paged)

    keys = {edition: key(edition, pdf_of(edition) in wanted) for edition in editions}
    waiting: list[Edition] = []
    for edition in editions:
        record = recall(workspace, edition, keys[edition])
        if record is None:
            waiting.append(edition)
        else:
            pages |= {edition: record.pages} if record.pages else {}
            yield Outcome(edition, "unchanged", record.warnings, state=record.state)
    prepared: dict[Edition, Prepared] = {}
    yield from _prepare(workspace, waiting, use_fuzzy, prepared)
    for edition, result in _write(prepared, pages, workers, limits):
        if isinstance(result, PublishError):
            yield _refused(workspace, edition, result)
            continue
        found = prepared[edition]
        state = None if found.text.original else found.text.state
        record = Record(found.warnings, result.pages, state)
        paged = pdf_of(edition) in pages
        try:
            store(workspace, edition, key(edition, paged), result.data, record)
        except OSError as error:
            yield _refused(workspace, edition, _unwritten(workspace, edition, error))
            continue
        yield Outcome(edition, "built", record.warnings, state=state)


def pdf_of(edition: Edition) -> Edition:
    """The PDF whose pages an EPUB lists."""
    return replace(edition, format="pdf", page="a4")


def _prepare(
    workspace: Workspace,
    editions: Iterable[Edition],
    use_fuzzy: bool,
    prepared: dict[Edition, Prepared],
) -> Iterator[Outcome]:
    """Fills `prepared`, each document and language read once; yields those that are refused."""
    from publish.building.preparing import prepare

    read: dict[tuple[str, str], Prepared | PublishError] = {}
    for edition in editions:
        pair = (edition.document, edition.language)
        if pair not in read:
            try:
                language = find(edition.language)
                read[pair] = prepare(workspace, edition.document, language, use_fuzzy=use_fuzzy)
            except PublishError as error:
                read[pair] = error
            except Exception as error:
                read[pair] = _fault(error)
        found = read[pair]
        if isinstance(found, PublishError):
            yield _refused(workspace, edition, found)
        else:
            prepared[edition] = found


def _refused(workspace: Workspace, edition: Edition, error: PublishError) -> Outcome:
    forget(workspace, edition)
    return Outcome(edition, "refused", error=error)


def _unwritten(workspace: Workspace, edition: Edition, error: OSError) -> BuildError:
    name = workspace.output(edition).relative_to(workspace.root).as_posix()
    return BuildError(
        f"{name} cannot be written: {error.strerror or error}",
        hint="look at the disk and at whose the folder is, then build again",
        code="not-written",
    )


# --------------------------------------------------------------------------- writing


def _write(
    prepared: dict[Edition, Prepared],
    pages: dict[Edition, Pagination],
    workers: int,
    limits: Limits,
) -> Iterator[tuple[Edition, Written | PublishError]]:
    """Each edition in a process of its own; they share what is loaded before the first forks.

    PDFs come first and add to `pages`, where each EPUB finds those of its own.  Without its
    PDF an EPUB has no list of pages.
    """
    pdfs = [edition for edition in prepared if edition.format == "pdf"]
    if sys.platform == "linux" and pdfs:
        from publish.editions.pdf import load

        with suppress(PublishError):  # each edition that needs what is missing says so itself
            load()
    jobs = {edition: partial(_job, edition, prepared[edition]) for edition in pdfs}
    for edition, result in run_limited(jobs, workers, limits):
        if not isinstance(result, PublishError) and result.pages:
            pages[edition] = result.pages
        yield edition, result
    jobs = {
        edition: partial(_job, edition, found, pages.get(pdf_of(edition)))
        for edition, found in prepared.items()
        if edition.format != "pdf"
    }
    yield from run_limited(jobs, workers, limits)


def _job(
    edition: Edition, prepared: Prepared, pages: Pagination | None = None
) -> Written | PublishError:
    """An edition as written, or why there is none; runs in any process."""
    from publish.editions.writers import write_edition

    layout = replace(prepared.layout, page=edition.page)
    try:
        return write_edition(edition.format, prepared.text, layout, pages)
    except PublishError as error:
        return error
    except MemoryError:
        raise  # a limit reached, which is no fault of ours
    except Exception as error:
        return _fault(error)


def _fault(error: Exception) -> BuildError:
    """A fault of ours, told as the error of one edition, so that the others are still made."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return BuildError(
        f"a fault in publish, at {Path(frame.filename).name}:{frame.lineno}: {error!r}",
        hint="please report it, with this message and the source or catalog if you can",
        code="fault",
    )
