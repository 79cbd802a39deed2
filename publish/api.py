"""The Python API: the commands as functions of a workspace.

Each call reads the files of the workspace again, each of them once.  A call that writes waits
until no other one, and no command, is writing in the workspace.  Without documents or
languages, a function works on all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import publish.project.workspace
from publish.actions.accept import accept as accept_sentences
from publish.actions.build import (
    BuildOptions,
    BuildResult,
    EditionChoice,
    build_editions,
    choose_editions,
)
from publish.actions.check import CheckResult, check_translations
from publish.actions.import_translation import import_translation as take_translation
from publish.actions.kit import ExportedKit, ImportResult, export_kits
from publish.actions.kit import import_kit as take_kit
from publish.actions.page import ComposedPage
from publish.actions.page import compose_page as compose_translation
from publish.actions.review import ReviewDecision
from publish.actions.review import approve as approve_sentences
from publish.actions.review import reject as reject_sentences
from publish.actions.status import StatusRow, read_status
from publish.actions.update import UpdateResult, update_catalogs
from publish.aligning.results import ImportedTranslation
from publish.model import Format
from publish.project.locking import hold_workspace
from publish.project.workspace import Workspace
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = [
    "Workspace",
    "accept",
    "approve",
    "build",
    "check",
    "compose_page",
    "export_kit",
    "import_kit",
    "import_translation",
    "load_translation",
    "open_workspace",
    "reject",
    "status",
    "update",
]


def open_workspace(folder: Path | str = ".") -> Workspace:
    """Return the workspace that a folder is in; raises UsageError if there is none."""
    return publish.project.workspace.open_workspace(Path(folder).absolute())


def load_translation(workspace: Workspace, document: str, language: str) -> Translation:
    """Return a document in a language (a BCP 47 tag), with its catalog and its reviews.

    A missing catalog is no error.  Raises PublishError if a file cannot be read.
    """
    (found,) = workspace.languages((language,))
    return Loader(workspace).translation(document, found)


def update(
    workspace: Workspace, documents: Iterable[str] = (), languages: Iterable[str] = ()
) -> UpdateResult:
    """Update catalogs after a change of the source, and return what was done to each.

    Raises PublishError if a file cannot be read; then nothing is written.
    """
    with hold_workspace(workspace.root):
        return update_catalogs(Loader(workspace), documents, languages)


def check(
    workspace: Workspace, documents: Iterable[str] = (), languages: Iterable[str] = ()
) -> CheckResult:
    """Return the findings in sources and translations; a file that cannot be read is one."""
    return check_translations(Loader(workspace), documents, languages)


def build(
    workspace: Workspace,
    documents: Iterable[str] = (),
    languages: Iterable[str] = (),
    formats: Iterable[Format] = (),
    *,
    workers: int | None = None,
) -> BuildResult:
    """Build the editions that changed into `build/`, and return the outcome of each.

    `workers` processes run at once; the default is one for each core.  Raises UsageError for a
    document, language or format that the workspace does not have.
    """
    choice = EditionChoice(
        documents=tuple(documents), languages=tuple(languages), formats=tuple(formats)
    )
    options = BuildOptions(workers=workers or os.cpu_count() or 1)
    with hold_workspace(workspace.root):
        return build_editions(Loader(workspace), choose_editions(workspace, choice), options)


def status(
    workspace: Workspace, documents: Iterable[str] = (), languages: Iterable[str] = ()
) -> tuple[StatusRow, ...]:
    """Return a row for each document in each language; a row may hold an error instead."""
    return read_status(Loader(workspace), documents, languages)


def compose_page(
    workspace: Workspace,
    document: str,
    language: str,
    *,
    translation: Translation | None = None,
) -> ComposedPage:
    """Return a document in a language as one XHTML page in which every sentence has its id.

    `translation` is used instead of the files; it need not be saved.  Wrong or missing texts
    raise no error: the page shows the source sentence instead, marked.
    """
    loader = Loader(workspace)
    (found,) = workspace.languages((language,))
    return compose_translation(loader, translation or loader.translation(document, found))


def approve(
    workspace: Workspace, document: str, language: str, places: Iterable[str], *, reviewer: str
) -> ReviewDecision:
    """Record the approval of the sentences at some places, now.

    A place is written as in findings (`protection, sentence 3`), or is a section, a paragraph
    number (`p12`) or the beginning of a source sentence.  `reviewer` is a role or a pseudonym.
    Raises UsageError for an unknown place, PublishError for a text that cannot be approved.
    """
    loader, wanted = Loader(workspace), tuple(places)
    with hold_workspace(workspace.root):
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
    """Record the rejection of the sentences at some places; raises the errors of `approve`."""
    loader, wanted = Loader(workspace), tuple(places)
    with hold_workspace(workspace.root):
        return reject_sentences(
            loader, document, language, wanted, reviewer=reviewer, reason=reason
        )


def export_kit(
    workspace: Workspace,
    document: str,
    language: str,
    *,
    output: Path | None = None,
    with_comments: bool = False,
) -> ExportedKit:
    """Write what a translator needs to one file: `output`, or a file in `build/kits/`.

    Comments of translators stay here unless `with_comments` is set.  Raises PublishError if the
    catalog is missing or older than its source.
    """
    (made,) = export_kits(
        Loader(workspace), (document,), (language,), output=output, with_comments=with_comments
    )
    return made


def import_kit(
    workspace: Workspace, file: Path | str, *, document: str = "", language: str = ""
) -> ImportResult:
    """Put what a translator sent back into the catalogs; what is newer here is kept.

    `document` and `language` are needed only if the file does not name them.  Texts that were not
    taken are in the result and in a page beside the file.  Raises PublishError for a file that is
    no kit.
    """
    with hold_workspace(workspace.root):
        return take_kit(Loader(workspace), Path(file), document=document, language=language)


def import_translation(
    workspace: Workspace, document: str, language: str, file: Path | str
) -> ImportedTranslation:
    """Fill the empty entries of a catalog from an existing translation, all of them fuzzy.

    Sentences without a partner, on either side, are in the result.  Raises PublishError for a file
    that cannot be read.
    """
    with hold_workspace(workspace.root):
        return take_translation(Loader(workspace), document, language, Path(file))


def accept(
    workspace: Workspace, document: str, language: str, places: Iterable[str], *, least: int = 0
) -> ReviewDecision:
    """Confirm the imported translations at some places that are at least so sure, in percent."""
    with hold_workspace(workspace.root):
        how = (Loader(workspace), document, language, tuple(places))
        return accept_sentences(*how, least=least)
