"""The Python API: what the commands do, as functions of a workspace.

Each call reads the files of the workspace anew, each of them once.  Names of documents and tags
of languages that are left out mean all there are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import publish.project.workspace
from publish.actions.build import (
    BuildOptions,
    BuildResult,
    EditionChoice,
    build_editions,
    choose_editions,
)
from publish.actions.check import CheckResult, check_translations
from publish.actions.kit import ExportedKit, ImportResult, export_kits
from publish.actions.kit import import_kit as take_kit
from publish.actions.page import ComposedPage
from publish.actions.page import compose_page as compose_translation
from publish.actions.review import ReviewDecision
from publish.actions.review import approve as approve_sentences
from publish.actions.review import reject as reject_sentences
from publish.actions.status import StatusRow, read_status
from publish.actions.update import UpdateResult, update_catalogs
from publish.model import Format
from publish.project.workspace import Workspace
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = [
    "Workspace",
    "approve",
    "build",
    "check",
    "compose_page",
    "export_kit",
    "import_kit",
    "load_translation",
    "open_workspace",
    "reject",
    "status",
    "update",
]


def open_workspace(folder: Path | str = ".") -> Workspace:
    """Return the workspace that a folder lies in; raises UsageError where there is none."""
    return publish.project.workspace.open_workspace(Path(folder).absolute())


def load_translation(workspace: Workspace, document: str, language: str) -> Translation:
    """Return a document in a language (a BCP 47 tag), with its catalog and its reviews.

    Raises PublishError for a file that is damaged; a catalog that is not there is no error.
    """
    (found,) = workspace.languages((language,))
    return Loader(workspace).translation(document, found)


def update(
    workspace: Workspace, documents: Iterable[str] = (), languages: Iterable[str] = ()
) -> UpdateResult:
    """Bring catalogs up to their sources, and return what was done to each.

    Raises PublishError for a broken file; nothing is written then.
    """
    return update_catalogs(Loader(workspace), documents, languages)


def check(
    workspace: Workspace, documents: Iterable[str] = (), languages: Iterable[str] = ()
) -> CheckResult:
    """Return what the checks find in sources and translations; broken files are findings, too."""
    return check_translations(Loader(workspace), documents, languages)


def build(
    workspace: Workspace,
    documents: Iterable[str] = (),
    languages: Iterable[str] = (),
    formats: Iterable[Format] = (),
    *,
    workers: int | None = None,
) -> BuildResult:
    """Build editions into `build/`, only what changed, and return what became of each.

    `workers` processes run at once, one for each core unless it is given.  Raises UsageError for a
    document, language or format that the workspace has not.
    """
    choice = EditionChoice(
        documents=tuple(documents), languages=tuple(languages), formats=tuple(formats)
    )
    options = BuildOptions(workers=workers or os.cpu_count() or 1)
    return build_editions(Loader(workspace), choose_editions(workspace, choice), options)


def status(
    workspace: Workspace, documents: Iterable[str] = (), languages: Iterable[str] = ()
) -> tuple[StatusRow, ...]:
    """Return how far each document is in each language; a row says so if it cannot be read."""
    return read_status(Loader(workspace), documents, languages)


def compose_page(
    workspace: Workspace,
    document: str,
    language: str,
    *,
    translation: Translation | None = None,
) -> ComposedPage:
    """Return a document in a language as one XHTML page that shows where each sentence stands.

    `translation` is one that need not be saved, in the place of the files.  Wrong or missing
    texts raise nothing: the source sentence stands in their place, marked.
    """
    loader = Loader(workspace)
    (found,) = workspace.languages((language,))
    return compose_translation(loader, translation or loader.translation(document, found))


def approve(
    workspace: Workspace, document: str, language: str, places: Iterable[str], *, reviewer: str
) -> ReviewDecision:
    """Record the approval of the sentences at some places, today (UTC).

    A place is what findings call one (`protection, sentence 3`), a section, a paragraph number
    (`p12`) or how a source sentence begins.  `reviewer` is a role or a pseudonym.  Raises
    UsageError for a place that is not there, PublishError for a text that cannot be approved.
    """
    loader, wanted = Loader(workspace), tuple(places)
    return approve_sentences(loader, document, language, wanted, reviewer=reviewer)


def reject(
    workspace: Workspace,
    document: str,
    language: str,
    places: Iterable[str],
    *,
    reviewer: str,
    reason: str,
) -> ReviewDecision:
    """Record the rejection of the sentences at some places; raises as `approve`."""
    loader, wanted = Loader(workspace), tuple(places)
    return reject_sentences(loader, document, language, wanted, reviewer=reviewer, reason=reason)


def export_kit(
    workspace: Workspace, document: str, language: str, *, output: Path | None = None
) -> ExportedKit:
    """Write what a translator needs into one file, in `build/kits/` unless `output` says where.

    Raises PublishError where the catalog is missing or older than its source.
    """
    (made,) = export_kits(Loader(workspace), (document,), (language,), output=output)
    return made


def import_kit(
    workspace: Workspace, file: Path | str, *, document: str = "", language: str = ""
) -> ImportResult:
    """Take what a translator sent back into the catalogs; what is newer here stays.

    `document` and `language` are needed only where the file does not say what it is of.  Texts
    that were not taken are in the result and in a page beside the file.  Raises PublishError for
    a file that is no kit.
    """
    return take_kit(Loader(workspace), Path(file), document=document, language=language)
