"""What each job of the desk does: the work of a command, with a line for each step."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import assert_never

from publish.actions.build import BuildOptions, EditionChoice, build_editions, choose_editions
from publish.actions.check import check_translations
from publish.actions.desk.jobs.downloads import name_file
from publish.actions.desk.jobs.orders import (
    Found,
    JobOrder,
    Line,
    Progress,
    Told,
    Topic,
    Waiting,
)
from publish.actions.desk.jobs.received import find_received
from publish.actions.import_document import import_document
from publish.actions.kit import ExportedKit, ImportedFile, export_kits, import_kit
from publish.actions.release import ReleaseOptions, audit_candidates, build_candidates
from publish.actions.update import update_catalogs
from publish.building.builds import BuildOutcome
from publish.errors import FindingsError, PublishError
from publish.importing.foreign import ForeignOptions
from publish.importing.results import Loss
from publish.model import Edition, Finding, Level, make_entry_id
from publish.pages.updatetext import describe_meaning
from publish.project.locking import hold_builds, hold_folder
from publish.project.workspace import Workspace, open_workspace
from publish.reading.locationwords import describe_paragraph
from publish.translation.loading import Loader

__all__ = ["do_job"]

Tell = Callable[[Told], None]

COUNTED = (
    "kept",
    "retyped",
    "reworded",
    "split",
    "merged",
    "recalled",
    "revived",
    "added",
    "retired",
    "dropped",
)
"""What an update counts, as `UpdateSummary` has it."""


def do_job(workspace: Workspace, order: JobOrder, tell: Tell) -> None:
    """Do what is ordered, and tell what comes of it.

    Other commands wait meanwhile, but not who saves a text at the desk.  Raises the errors of the
    command of the same name.
    """
    with hold_builds(workspace.root, lambda: tell(Waiting())):
        tell(Progress(0, 0))
        loader = Loader(workspace)
        try:
            _do(loader, order, tell)
        except FindingsError as error:
            _tell_found(loader, error.findings, tell)
            raise


def _do(loader: Loader, order: JobOrder, tell: Tell) -> None:
    match order.kind:
        case "build":
            _build(loader, order, tell)
        case "kit":
            _export(loader, order, tell)
        case "return":
            _take_back(loader, order, tell)
        case "import":
            _import(loader, order, tell)
        case "update":
            _update(loader, order.documents, order.languages, tell)
        case "release":
            _look_before_release(loader, order, tell)
        case _:
            assert_never(order.kind)


def _writing(loader: Loader) -> AbstractContextManager[None]:
    """Keep the desk itself from saving for the moment in which catalogs are written."""
    return hold_folder(loader.workspace.root)


def _workers() -> int:
    """Return how many processes build: one core is left to who types."""
    return max(1, (os.cpu_count() or 1) - 1)


# --------------------------------------------------------------------------- builds


def _build(loader: Loader, order: JobOrder, tell: Tell) -> None:
    workspace = loader.workspace
    pairs = tuple(tag for tag in order.languages if "+" in tag)
    choice = EditionChoice(
        documents=order.documents,
        languages=tuple(tag for tag in order.languages if tag not in pairs),
        formats=order.formats,
        pairs=pairs,
    )
    editions = choose_editions(workspace, choice)
    tell(Progress(0, len(editions)))
    done = 0

    def tell_outcome(one: BuildOutcome) -> None:
        nonlocal done
        done += 1
        tell(_outcome(workspace, one))
        tell(Progress(done, len(editions)))

    options = BuildOptions(workers=_workers())
    result = build_editions(loader, editions, options, tell_outcome)
    _tell_found(loader, (*result.findings, *_errors(result.errors)), tell)


def _outcome(workspace: Workspace, one: BuildOutcome) -> Line:
    error = one.error
    return replace(
        _line("edition", one.edition),
        state=one.done,
        file="" if error else name_file(workspace, workspace.output(one.edition)),
        place=str(error.span) if error and error.span else "",
        text=_words(workspace, error.message) if error else "",
        hint=_words(workspace, error.hint) if error else "",
        counts={"errors": sum(found.level is Level.ERROR for found in one.warnings)},
    )


def _line(topic: Topic, edition: Edition) -> Line:
    return Line(
        topic=topic,
        document=edition.document,
        language=edition.languages,
        format=edition.format,
        page="" if edition.page == "a4" else edition.page,
    )


def _errors(errors: Iterable[PublishError]) -> Iterator[Finding]:
    for error in errors:
        if isinstance(error, FindingsError):
            yield from error.findings


# --------------------------------------------------------------------------- kits


def _export(loader: Loader, order: JobOrder, tell: Tell) -> None:
    for kit in export_kits(loader, order.documents, order.languages):
        tell(_kit(loader.workspace, kit))


def _kit(workspace: Workspace, kit: ExportedKit) -> Line:
    lacking = "" if kit.original and kit.paged else "no-pages" if kit.original else "no-original"
    name, _, tag = workspace.root.joinpath(kit.file).stem.rpartition(".")
    return Line(
        topic="kit",
        document=name,
        language=tag,
        state=lacking,
        file=name_file(workspace, workspace.root / kit.file),
        counts={"sentences": kit.sentences, "long": len(kit.too_long)},
    )


def _take_back(loader: Loader, order: JobOrder, tell: Tell) -> None:
    workspace = loader.workspace
    file = find_received(workspace, order.file)
    (document,) = order.documents or ("",)
    (language,) = order.languages or ("",)
    writing = partial(_writing, loader)
    result = import_kit(loader, file, document=document, language=language, writing=writing)
    for one in result.files:
        tell(_returned(one))
    for kind, page in (("not-taken", result.page), ("questions", result.questions)):
        if page is not None:
            tell(Line(topic="page", state=kind, file=name_file(workspace, page)))
    for one in result.files:
        for rejected, finding in zip(one.outcome.rejected, one.findings, strict=True):
            where = {"document": one.document, "language": one.language.tag}
            returned = rejected.returned
            tell(Found(finding=finding, **where, id=returned.id, place=returned.place))


def _returned(one: ImportedFile) -> Line:
    outcome = one.outcome
    return Line(
        topic="returned",
        document=one.document,
        language=one.language.tag,
        text=one.file.rpartition("/")[2],
        counts={
            "taken": outcome.taken,
            "known": outcome.known,
            "rejected": len(outcome.rejected),
            "untouched": outcome.untouched,
            "changes": one.changes,
            "terms": len(one.proposals),
        },
    )


# --------------------------------------------------------------------------- sources


def _import(loader: Loader, order: JobOrder, tell: Tell) -> None:
    workspace = loader.workspace
    file = find_received(workspace, order.file)
    options = ForeignOptions(name=order.name)
    made = import_document(workspace, file, options, replace_source=order.replace)
    tell(
        Line(
            topic="source",
            document=made.name,
            state="replaced" if made.replaced else "",
            text=made.part,
            hint=made.list_file if made.losses else "",
            counts={"words": made.words, "pictures": len(made.pictures)},
        )
    )
    for loss in made.losses:
        tell(_loss(loss))
    fresh = Loader(open_workspace(workspace.root))
    if made.name not in fresh.workspace.documents():
        tell(Line(topic="unlisted", document=made.name))
        return
    _update(fresh, [made.name], (), tell)


def _loss(loss: Loss) -> Line:
    return Line(
        topic="loss",
        state="moved" if loss.moved else "",
        kind=loss.kind,
        place=loss.place,
        text=loss.text,
        hint=loss.reason,
    )


def _update(loader: Loader, names: Iterable[str], tags: Iterable[str], tell: Tell) -> None:
    result = update_catalogs(loader, names, tags, writing=partial(_writing, loader))
    for one in result.catalogs:
        counts = {name: getattr(one.summary, name) for name in COUNTED}
        line = Line(
            topic="catalog",
            document=one.document,
            language=one.language.tag,
            text=one.origin,
            counts={name: count for name, count in counts.items() if count},
        )
        tell(line)
        for entry, meaning in one.summary.notices:
            changed = replace(line, topic="meaning", id=make_entry_id(entry.key), counts={})
            tell(replace(changed, text=entry.msgid, hint=describe_meaning(meaning)))
    _tell_found(loader, result.warnings, tell)


# --------------------------------------------------------------------------- before a release


def _look_before_release(loader: Loader, order: JobOrder, tell: Tell) -> None:
    workspace = loader.workspace
    pairs = [tag for tag in order.languages if "+" in tag]
    options = ReleaseOptions(
        folder=workspace.root / "build" / "release",
        documents=order.documents,
        languages=tuple(tag for tag in order.languages if tag not in pairs),
        require=order.require,
        workers=_workers(),
    )
    checked = check_translations(loader, options.documents, options.languages)
    errors = [one for one in checked.findings if one.level is Level.ERROR]
    found = build_candidates(loader, options)
    for one in found.taken:
        file = name_file(workspace, workspace.output(one.edition))
        state = one.state or "original"
        tell(replace(_line("released", one.edition), state=state, file=file))
    for left in found.left:
        tell(replace(_line("left", left.edition), text=_words(workspace, left.why)))
    _tell_found(loader, (*errors, *found.findings, *_errors(found.errors)), tell)
    audit_candidates(loader, found)


# --------------------------------------------------------------------------- what was found


def _words(workspace: Workspace, text: str) -> str:
    """Return a message with paths as they are in the workspace."""
    return text.replace(f"{workspace.root}{os.sep}", "")


def _tell_found(loader: Loader, findings: Iterable[Finding], tell: Tell) -> None:
    """Tell errors and warnings, each once, with the texts that they are in."""
    workspace = loader.workspace
    texts = {
        workspace.shown(workspace.catalog(language, name)): (name, language.tag)
        for language in workspace.languages()
        for name in workspace.documents()
    }
    for one in dict.fromkeys(findings):
        if one.level is Level.ADVICE:
            continue
        name, tag = texts.get(one.span.file if one.span else "", ("", ""))
        tell(
            Found(
                finding=one,
                document=name,
                language=tag,
                id=make_entry_id(one.key) if one.key and name else "",
                place=_place(one, known=bool(name)),
            )
        )


def _place(finding: Finding, *, known: bool) -> str:
    """Return where a finding is; the line of a catalog says nothing to who does not see it."""
    if finding.location:
        return describe_paragraph(finding.location)
    return "" if known or finding.span is None else str(finding.span)
