"""The jobs run: unchanged editions skipped, the others written in worker processes."""

from __future__ import annotations

import hashlib
import json
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from publish.building.keys import edition_key
from publish.building.limits import LIMITS, Limits, run_limited
from publish.errors import BuildError, PublishError
from publish.files import write_atomic
from publish.languages.registry import find
from publish.model import Edition, Finding, Format, Level, Quoted, Span
from publish.workspace import Workspace

if TYPE_CHECKING:
    from publish.building.preparing import Prepared
    from publish.editions.edition import Manuscript
    from publish.editions.writers import Layout

__all__ = ["Outcome", "build"]

Done = Literal["built", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one edition; `error` says why there is none."""

    edition: Edition
    done: Done
    warnings: tuple[Finding, ...] = ()
    error: PublishError | None = None


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
    keys = {edition: edition_key(workspace, edition, use_fuzzy=use_fuzzy) for edition in editions}
    waiting: list[Edition] = []
    for edition, key in keys.items():
        warnings = _unchanged(workspace, edition, key)
        if warnings is None:
            waiting.append(edition)
        else:
            yield Outcome(edition, "unchanged", warnings)
    prepared: dict[Edition, Prepared] = {}
    yield from _prepare(workspace, waiting, use_fuzzy, prepared)
    for edition, result in _write(prepared, workers, limits):
        if isinstance(result, PublishError):
            yield _refused(workspace, edition, result)
        else:
            warnings = prepared[edition].warnings
            _store(workspace, edition, keys[edition], result, warnings)
            yield Outcome(edition, "built", warnings)


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
    for path in (workspace.output(edition), _record_path(workspace, edition)):
        path.unlink(missing_ok=True)
    return Outcome(edition, "refused", error=error)


# --------------------------------------------------------------------------- writing


def _write(
    prepared: dict[Edition, Prepared], workers: int, limits: Limits
) -> Iterator[tuple[Edition, bytes | PublishError]]:
    """Each edition in a process of its own; they share what is loaded before the first forks."""
    if sys.platform == "linux" and any(edition.format == "pdf" for edition in prepared):
        from publish.editions.pdf import load

        with suppress(PublishError):  # each edition that needs what is missing says so itself
            load()
    jobs = {
        edition: partial(_job, edition.format, found.text, replace(found.layout, page=edition.page))
        for edition, found in prepared.items()
    }
    yield from run_limited(jobs, workers, limits)


def _job(kind: Format, text: Manuscript, layout: Layout) -> bytes | PublishError:
    """The bytes of an edition, or why there are none; runs in any process."""
    from publish.editions.writers import write_edition

    try:
        return write_edition(kind, text, layout)
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


# --------------------------------------------------------------------------- what is built


def _record_path(workspace: Workspace, edition: Edition) -> Path:
    name = f"{edition.document}.{edition.language}.{edition.page}.{edition.format}.json"
    return workspace.root / "build" / ".editions" / name


def _store(
    workspace: Workspace, edition: Edition, key: str, data: bytes, warnings: tuple[Finding, ...]
) -> None:
    """The edition, then the record of what it was made from: killed between, it is made again."""
    write_atomic(workspace.output(edition), data)
    record = {
        "key": key,
        "sha256": hashlib.sha256(data).hexdigest(),
        "warnings": [asdict(warning) for warning in warnings],
    }
    write_atomic(_record_path(workspace, edition), json.dumps(record).encode())


def _unchanged(workspace: Workspace, edition: Edition, key: str) -> tuple[Finding, ...] | None:
    """The warnings of an edition that stands as its record says; None if it must be made."""
    try:
        record = json.loads(_record_path(workspace, edition).read_bytes())
        digest = hashlib.sha256(workspace.output(edition).read_bytes()).hexdigest()
        if (record["key"], record["sha256"]) != (key, digest):
            return None
        return tuple(_finding(warning) for warning in record["warnings"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _finding(stored: dict[str, object]) -> Finding:
    span = stored.pop("span")
    level = Level(str(stored.pop("level")))
    quoted = stored.pop("quoted")
    return Finding(
        level=level,
        span=Span(**span) if isinstance(span, dict) else None,
        quoted=_quoted(quoted) if isinstance(quoted, dict) else None,
        **stored,  # type: ignore[arg-type]
    )


def _quoted(stored: dict[str, Any]) -> Quoted:
    spot = stored.pop("spot")
    return Quoted(**stored, spot=(spot[0], spot[1]) if spot else None)
