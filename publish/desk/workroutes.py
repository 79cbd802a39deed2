"""The addresses of longer work: jobs, files that are sent, files to take away.

Only the owner has them.  What does not touch the open texts is done aside, so that no one who types
waits for it.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast, get_args

from publish.actions.desk.jobs.downloads import find_download, list_downloads
from publish.actions.desk.jobs.orders import KINDS, Job, JobKind, JobOrder, Line
from publish.actions.desk.jobs.received import receive_file
from publish.actions.desk.opened import OpenDesk
from publish.desk.calls import Answer, Call, Route
from publish.desk.data import make_data, make_error_data
from publish.desk.faults import PathHider
from publish.errors import UsageError
from publish.model import Format
from publish.project.workspace import open_workspace
from publish.settings import State

__all__ = ["WORK_ROUTES"]

FORMATS = get_args(Format)
STATES = get_args(State)
MOST_WORDS = 500
One = TypeVar("One", bound=str)


def _desk(call: Call) -> OpenDesk:
    return cast(OpenDesk, call.desk)


# --------------------------------------------------------------------------- jobs


def start_job(call: Call) -> Any:
    """Begin to build, to make or take back kits, to import, to update, or to look at a release."""
    kind: JobKind = _one(call, "kind", KINDS)
    order = JobOrder(
        kind=kind,
        documents=_words(call, "documents"),
        languages=_words(call, "languages"),
        formats=cast(tuple[Format, ...], _words(call, "formats")),
        file=_word(call, "file"),
        name=_word(call, "name").strip(),
        replace=call.values.get("replace") is True,
        require=_one(call, "require", STATES) if "require" in call.values else STATES[0],
    )
    wrong = set(order.formats) - set(FORMATS)
    if wrong:
        raise UsageError(f"an edition has one of these formats: {', '.join(FORMATS)}")
    return _make_job(call, _desk(call).jobs.start(order))


def cancel_job(call: Call) -> Any:
    """Stop a job."""
    number = call.values.get("number")
    if not isinstance(number, int):
        raise UsageError("a job is named by its number")
    return _make_job(call, _desk(call).jobs.cancel(number))


def read_jobs(call: Call) -> dict[str, Any]:
    """Return the jobs, the newest first, and what can be chosen for one."""
    desk = _desk(call)
    settings = desk.workspace.settings
    return {
        "jobs": [_make_job(call, job) for job in desk.jobs.list()],
        "formats": list(FORMATS),
        "usual": list(settings.formats),
        "pairs": list(settings.bilingual),
        "states": list(STATES),
    }


def _make_job(call: Call, job: Job) -> Any:
    """Return a job as data, without any path of this machine."""
    order = {"kind": job.order.kind, "file": job.order.file.partition("/")[2]}
    order["documents"] = ", ".join(job.order.documents)
    order["languages"] = ", ".join(job.order.languages)
    order["require"] = job.order.require
    data = {
        "number": job.number,
        "order": order,
        "state": job.state,
        "held": job.held,
        "done": job.done,
        "total": job.total,
        "lines": [_make_line(line) for line in job.lines],
        "found": make_data(job.found),
        "further": job.further,
        "error": make_error_data(job.error) if job.error else None,
    }
    return PathHider(_desk(call).workspace.root).hide(data)


def _make_line(line: Line) -> dict[str, Any]:
    """Return what a line has."""
    found: dict[str, Any] = make_data(line)
    return {name: value for name, value in found.items() if value}


# --------------------------------------------------------------------------- files


def take_file(call: Call) -> dict[str, Any]:
    """Keep a file that is sent, for a job."""
    if not call.data:
        raise UsageError("the file is empty")
    workspace = _desk(call).workspace
    return {"file": receive_file(workspace, call.word("name"), call.data)}


def read_files(call: Call) -> dict[str, Any]:
    """Return the files that can be taken away."""
    workspace = open_workspace(_desk(call).workspace.root)
    return {"files": make_data(list_downloads(workspace))}


def read_download(call: Call) -> Answer:
    """Return a file to take away."""
    workspace = open_workspace(_desk(call).workspace.root)
    found, data = find_download(workspace, call.word("name"))
    return Answer(content=data, kind="application/octet-stream", name=found.name)


# --------------------------------------------------------------------------- values


def _word(call: Call, name: str) -> str:
    found = call.values.get(name, "")
    if not isinstance(found, str):
        raise UsageError(f"{name} is a text")
    return found


def _words(call: Call, name: str) -> tuple[str, ...]:
    found = call.values.get(name) or ()
    if isinstance(found, str):
        found = [found]
    if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
        raise UsageError(f"{name} is a list of words")
    if len(found) > MOST_WORDS:
        raise UsageError(f"{name} names more than {MOST_WORDS}")
    return tuple(found)


def _one(call: Call, name: str, known: tuple[One, ...]) -> One:
    found = next((one for one in known if one == call.values.get(name)), None)
    if found is None:
        raise UsageError(f"{name} is one of: {', '.join(known)}")
    return found


WORK_ROUTES = (
    Route("POST", "/api/jobs", "own", start_job, aside=True),
    Route("POST", "/api/jobs/cancel", "own", cancel_job, aside=True),
    Route("GET", "/api/jobs", "own", read_jobs, aside=True),
    Route("POST", "/api/files", "own", take_file, body="file", aside=True),
    Route("GET", "/api/files", "own", read_files, aside=True),
    Route("GET", "/api/files/{name}", "own", read_download, aside=True),
)
