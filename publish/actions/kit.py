"""Export kits for translators, and import what they send back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from publish.errors import UsageError
from publish.files import write_atomic
from publish.kits.kitpages import render_rejected_page
from publish.kits.packing import make_kit, make_kit_pages, make_kit_xliff
from publish.kits.returnedfiles import MOST_BYTES, ReturnedParcel, list_state_words, read_parcels
from publish.kits.returning import RejectedText, ReturnOutcome, make_rejected_finding, take_back
from publish.languages.language import Language
from publish.model import Finding
from publish.po.pofile import PoFile
from publish.project.workspace import Workspace
from publish.reading.faults import gather
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["ExportedKit", "ImportResult", "ImportedFile", "KitFormat", "export_kits", "import_kit"]

KitFormat = Literal["zip", "xliff"]
"""The whole kit as a zip archive, or only the sentences as XLIFF 2.1."""

SUFFIXES = {"zip": "zip", "xliff": "xlf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedKit:
    """A kit that was written, and its number of sentences.

    `too_long` are the places of sentences that do not fit in a cell of a spreadsheet; `original`
    says whether the kit has a PDF of the original.
    """

    file: str
    sentences: int
    too_long: tuple[str, ...] = ()
    original: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """A file that came back, alone or in an archive, and what became of its texts."""

    file: str
    document: str
    language: Language
    outcome: ReturnOutcome

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One finding for each text that was not taken."""
        return tuple(make_rejected_finding(one, self.file) for one in self.outcome.rejected)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """The imported files; `page` is the file with the texts that were not taken, if any."""

    files: tuple[ImportedFile, ...]
    page: Path | None = None

    @property
    def rejected(self) -> tuple[RejectedText, ...]:
        return tuple(one for file in self.files for one in file.outcome.rejected)


# --------------------------------------------------------------------------- export


def export_kits(
    loader: Loader,
    names: Iterable[str] = (),
    languages: Iterable[str] = (),
    *,
    form: KitFormat = "zip",
    output: Path | None = None,
) -> tuple[ExportedKit, ...]:
    """Write kits to `build/kits/`, or one kit to `output`; without names, all kits.

    Raises PublishError if a catalog is missing or older than its source, and UsageError if
    `output` is given for several kits; then nothing is written.
    """
    workspace = loader.workspace
    targets = workspace.target_languages(languages)
    every = [(name, one) for name in workspace.documents(names) for one in targets]
    wanted = gather(every, lambda one: loader.translation(*one))
    if output and len(wanted) > 1:
        raise UsageError(
            f"-o names one file, and there are {len(wanted)} kits",
            hint="choose one with --document and -l",
        )
    paths = [output or _kit_path(workspace, one, form) for one in wanted]
    made = [_make(loader, path, one, form) for path, one in zip(paths, wanted, strict=True)]
    for path, (data, _) in zip(paths, made, strict=True):
        write_atomic(path, data)
    return tuple(exported for _, exported in made)


def _kit_path(workspace: Workspace, translation: Translation, form: KitFormat) -> Path:
    name = f"{translation.name}.{translation.language.tag}.{SUFFIXES[form]}"
    return workspace.confined(workspace.root / "build" / "kits" / name)


def _make(
    loader: Loader, path: Path, translation: Translation, form: KitFormat
) -> tuple[bytes, ExportedKit]:
    shown = loader.workspace.shown(path.absolute())
    if form == "xliff":
        data, items = make_kit_xliff(translation)
        return data, ExportedKit(file=shown, sentences=len(items))
    made = make_kit(loader, translation)
    return made.data, ExportedKit(
        file=shown,
        sentences=len(made.items),
        too_long=tuple(item.where for item in made.too_long),
        original=made.original,
    )


# --------------------------------------------------------------------------- import


def import_kit(
    loader: Loader, file: Path, *, document: str = "", language: str = "", dry_run: bool = False
) -> ImportResult:
    """Put what came back into the catalogs; a translation that is newer here is kept.

    `document` and `language` (a tag) are needed if the file does not name them.  Everything is
    read and checked before anything is written.  Texts that are not taken are written to a page
    beside the file.  Raises PublishError for a file that is no kit, and UsageError if it is in
    another language or its document or language is not known.
    """
    if file.stat().st_size > MOST_BYTES:
        raise UsageError(f"{file} has more than {MOST_BYTES // 2**20} MiB")
    after: dict[tuple[str, str], PoFile] = {}
    taken = [
        _take(loader, parcel, _subject(loader.workspace, parcel, document, language), after)
        for parcel in read_parcels(file.read_bytes(), str(file))
    ]
    result = ImportResult(files=tuple(taken))
    if dry_run:
        return result
    for one in taken:
        _save(loader, one, after)
    return ImportResult(files=result.files, page=_keep(loader, file, result))


def _take(
    loader: Loader,
    parcel: ReturnedParcel,
    subject: tuple[str, Language],
    after: dict[tuple[str, str], PoFile],
) -> ImportedFile:
    """Return what becomes of the texts of a parcel; the new catalog is put in `after`."""
    name, language = subject
    translation = loader.translation(name, language)
    if translation.po is None:
        raise translation.missing
    po = after.get((name, language.tag), translation.po)
    texts = parcel.texts(po, list_state_words(make_kit_pages(loader, language).interface))
    outcome = take_back(po, texts, translation.source, parcel.form, language)
    after[name, language.tag] = outcome.po
    return ImportedFile(file=parcel.file, document=name, language=language, outcome=outcome)


def _subject(
    workspace: Workspace, parcel: ReturnedParcel, document: str, language: str
) -> tuple[str, Language]:
    """Return the document and language of a parcel; the caller's come before its own."""
    tags = {one.folder: one.tag for one in workspace.languages()}
    said = tags.get(parcel.language, parcel.language)
    tag = language or said
    if said and _base(said) != _base(tag):
        raise UsageError(f"{parcel.file} is in {said}, not in {tag}", hint="leave -l out")
    name = document or parcel.document or _only_document(workspace)
    if not tag or not name:
        raise UsageError(
            f"{parcel.file} does not name its document and language",
            hint="name them: --document NAME -l TAG",
        )
    (name,) = workspace.documents([name])
    (found,) = workspace.target_languages([tag])
    return name, found


def _base(tag: str) -> str:
    """Return the language of a tag or a gettext name, without script and region."""
    return re.split("[-_@]", tag)[0].lower()


def _only_document(workspace: Workspace) -> str:
    """Return the only document, or an empty name if there are several."""
    names = workspace.documents()
    return names[0] if len(names) == 1 else ""


def _save(loader: Loader, taken: ImportedFile, after: dict[tuple[str, str], PoFile]) -> None:
    """Write the catalog of a file once, even if several files were for it."""
    po = after.pop((taken.document, taken.language.tag), None)
    translation = loader.translation(taken.document, taken.language)
    if po is not None and po != translation.po:
        loader.save(translation, po)


def _keep(loader: Loader, file: Path, result: ImportResult) -> Path | None:
    """Write the texts that were not taken to a page beside the file, if there are any."""
    if not result.rejected:
        return None
    path = file.with_name(f"{file.name}.not-taken.html")
    pages = make_kit_pages(loader, result.files[0].language)
    write_atomic(path, render_rejected_page(pages, file.name, result.rejected))
    return path
