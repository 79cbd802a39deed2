"""Longer work that the desk starts: builds, kits, imports, updates, and a look before a release.

Jobs run one after another in a thread of their own, each with files read anew and holding the
workspace as the command of the same name does, so that typing and saving never wait for them.
"""

from __future__ import annotations

import os
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Literal

from publish.actions.build import BuildOptions, EditionChoice, build_editions, choose_editions
from publish.actions.check import check_translations
from publish.actions.import_document import import_document
from publish.actions.kit import export_kits, import_kit
from publish.actions.release import ReleaseOptions, build_candidates
from publish.actions.update import UpdateResult, update_catalogs
from publish.errors import FindingsError, PublishError, UsageError
from publish.files import write_atomic
from publish.importing.foreign import ForeignOptions
from publish.model import Edition, Finding, Level
from publish.pages.updatetext import render_update_text
from publish.project.locking import hold_folder
from publish.project.workspace import Workspace, open_workspace
from publish.translation.loading import Loader

__all__ = ["DeskJobs", "Download", "Job", "JobKind", "JobOrder", "find_download", "list_downloads"]

JobKind = Literal["build", "kit", "return", "import", "update", "release"]
"""`kit` makes kits for translators, `return` takes one back, `release` looks what could go out."""

RECEIVED = "build/received"
"""The folder, in the workspace, for files that people send to the desk."""
KEPT = 20
"""So many jobs that have ended are remembered."""
NAME = re.compile(r"[^\w.() -]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOrder:
    """What a job is to do; empty fields mean all.  `file` is the name of a received file."""

    kind: JobKind
    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    file: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job: what came of it so far in `lines`, and what it found; `error` if it failed."""

    number: int
    order: JobOrder
    state: Literal["waiting", "running", "done", "failed"] = "waiting"
    lines: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: PublishError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file in `build/` that can be taken away: an edition or a kit; `size` in bytes.

    `name` is unique and is no path.
    """

    name: str
    kind: Literal["edition", "kit", "page"]
    document: str
    language: str
    format: str
    size: int


class DeskJobs:
    """The jobs of a workspace; `tell` is called, in their thread, when one has changed."""

    def __init__(self, root: Path, tell: Callable[[Job], None] = lambda _: None) -> None:
        self._root = root
        self._tell = tell
        self._jobs: OrderedDict[int, Job] = OrderedDict()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="jobs")

    def start(self, order: JobOrder) -> Job:
        """Return the job for an order, which begins when those before it have ended."""
        job = Job(number=max(self._jobs, default=0) + 1, order=order)
        self._jobs[job.number] = job
        for number in list(self._jobs)[:-KEPT]:
            if self._jobs[number].state in ("done", "failed"):
                del self._jobs[number]
        self._thread.submit(self._run, job)
        return job

    def receive(self, name: str, data: bytes) -> str:
        """Keep a file that somebody sent; return its name for orders."""
        known = NAME.sub("-", PurePath(name.replace("\\", "/")).name).strip(". ")[-100:] or "file"
        workspace = open_workspace(self._root)
        write_atomic(workspace.confined(self._root / RECEIVED / known), data)
        return known

    def list(self) -> tuple[Job, ...]:
        """Return the jobs, the newest first."""
        return tuple(reversed(self._jobs.values()))

    def close(self) -> None:
        """Let no further job begin."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _run(self, job: Job) -> None:
        self._change(job, state="running")
        work = _Work(self._root, job.order, lambda line: self._add(job.number, line))
        try:
            found = tuple(work.run())
        except PublishError as error:
            self._change(self._jobs[job.number], state="failed", error=error)
        except OSError as error:
            from publish.oserrors import explain_os_error

            explained = explain_os_error(error, building=False)
            self._change(self._jobs[job.number], state="failed", error=explained)
        except Exception:
            # A fault of this program must not leave the desk waiting for ever.
            failure = PublishError("the program failed; this is a fault in it, not in your files")
            self._change(self._jobs[job.number], state="failed", error=failure)
            raise
        else:
            self._change(self._jobs[job.number], state="done", findings=found)

    def _add(self, number: int, line: str) -> None:
        job = self._jobs[number]
        self._change(job, lines=(*job.lines, line))

    def _change(self, job: Job, **values: object) -> None:
        changed = replace(job, **values)  # type: ignore[arg-type]
        self._jobs[job.number] = changed
        self._tell(changed)


@dataclass(frozen=True, slots=True)
class _Work:
    """The work of one job: yields findings, and says in lines what it did."""

    root: Path
    order: JobOrder
    say: Callable[[str], None]

    def run(self) -> Iterator[Finding]:
        workspace = open_workspace(self.root)
        with hold_folder(workspace.root, lambda: self.say("waiting for another command")):
            match self.order.kind:
                case "build":
                    yield from self._build(workspace)
                case "kit":
                    yield from self._export(workspace)
                case "return":
                    yield from self._return(workspace)
                case "import":
                    yield from self._import(workspace)
                case "update":
                    yield from self._update(workspace)
                case "release":
                    yield from self._look_before_release(workspace)

    def _build(self, workspace: Workspace) -> Iterator[Finding]:
        choice = EditionChoice(
            documents=self.order.documents,
            languages=self.order.languages,
            formats=self.order.formats,  # type: ignore[arg-type]
        )
        editions = choose_editions(workspace, choice)
        options = BuildOptions(workers=os.cpu_count() or 1)
        result = build_editions(
            Loader(workspace),
            editions,
            options,
            lambda one: self.say(f"{_name(workspace, one.edition)}: {one.done}"),
        )
        yield from result.findings
        if result.errors:
            first = result.errors[0]
            every = [found for error in result.errors for found in _findings(error)]
            raise FindingsError(first.message, every, first.hint, code=first.code)

    def _export(self, workspace: Workspace) -> Iterator[Finding]:
        made = export_kits(Loader(workspace), self.order.documents, self.order.languages)
        for kit in made:
            for line in kit.describe(workspace.settings.source_language):
                self.say(line)
        return iter(())

    def _return(self, workspace: Workspace) -> Iterator[Finding]:
        file = self._received(workspace)
        (document,) = self.order.documents or ("",)
        (language,) = self.order.languages or ("",)
        result = import_kit(Loader(workspace), file, document=document, language=language)
        for one in result.files:
            self.say(f"{one.document} {one.language.tag}: {one.describe(dry_run=False)}")
            yield from one.findings

    def _import(self, workspace: Workspace) -> Iterator[Finding]:
        file = self._received(workspace)
        made = import_document(workspace, file, ForeignOptions(name=self.order.name))
        self.say(f"{made.file}: {made.words} words")
        for loss in made.losses:
            self.say(": ".join(filter(None, (loss.kind, loss.text or loss.reason))))
        loader = Loader(open_workspace(self.root))
        self._say_updated(update_catalogs(loader, [made.name]))
        return iter(())

    def _update(self, workspace: Workspace) -> Iterator[Finding]:
        result = update_catalogs(Loader(workspace), self.order.documents, self.order.languages)
        self._say_updated(result)
        yield from result.warnings

    def _say_updated(self, result: UpdateResult) -> None:
        for one in result.catalogs:
            for line in render_update_text(one.file, one.summary, one.origin).splitlines():
                self.say(line)

    def _look_before_release(self, workspace: Workspace) -> Iterator[Finding]:
        documents, languages = self.order.documents, self.order.languages
        checked = check_translations(Loader(workspace), documents, languages)
        yield from (one for one in checked.findings if one.level is Level.ERROR)
        options = ReleaseOptions(
            folder=workspace.root / "build" / "release",
            documents=documents,
            languages=languages,
            workers=os.cpu_count() or 1,
        )
        found = build_candidates(Loader(workspace), options)
        for one in found.taken:
            self.say(f"{_name(workspace, one.edition)}: {one.state or 'original'}")
        for left in found.left:
            self.say(f"{_name(workspace, left.edition)}: left out, {left.why}")
        for error in found.errors:
            self.say(error.message)

    def _received(self, workspace: Workspace) -> Path:
        path = workspace.confined(self.root / RECEIVED / PurePath(self.order.file).name)
        if not self.order.file or not path.is_file():
            raise UsageError("the file was not received", hint="send it again")
        return path


def _findings(error: PublishError) -> Iterable[Finding]:
    return error.findings if isinstance(error, FindingsError) else ()


def _name(workspace: Workspace, edition: Edition) -> str:
    return workspace.shown(workspace.output(edition))


# --------------------------------------------------------------------------- downloads


def list_downloads(workspace: Workspace) -> tuple[Download, ...]:
    """Return the editions, kits and pages of returned kits that are in `build/` now."""
    return tuple(one for one, _ in _downloads(workspace))


def find_download(workspace: Workspace, name: str) -> tuple[Download, bytes]:
    """Return a file by its name in `list_downloads`; raises UsageError for any other name."""
    for one, path in _downloads(workspace):
        if one.name == name:
            return one, path.read_bytes()
    raise UsageError("there is no such file any more", hint="build it again")


def _downloads(workspace: Workspace) -> Iterator[tuple[Download, Path]]:
    for edition in workspace.editions():
        path = workspace.output(edition)
        if path.is_file():
            yield _download(path, "edition", edition.document, "+".join(edition.tags)), path
    for folder, kind in (("build/kits", "kit"), (RECEIVED, "page")):
        for path in sorted((workspace.root / folder).glob("*")):
            if path.is_file() and not path.is_symlink() and (kind == "kit" or _is_page(path)):
                yield _download(path, kind, "", ""), path  # type: ignore[arg-type]


def _is_page(path: Path) -> bool:
    return path.name.endswith((".questions.html", ".not-taken.html"))


def _download(
    path: Path, kind: Literal["edition", "kit", "page"], document: str, language: str
) -> Download:
    name = f"{language}-{path.name}" if language else path.name
    return Download(
        name=name,
        kind=kind,
        document=document,
        language=language,
        format=path.suffix.lstrip("."),
        size=path.stat().st_size,
    )
