"""Export kits for translators, and import what they send back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from publish.actions.questions import find_asked
from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.worklimits import limit_work
from publish.errors import UsageError
from publish.files import write_atomic
from publish.kits.comments import (
    count_comments,
    count_questions,
    describe_comments,
    leave_comments_out,
)
from publish.kits.editedfile import find_named, take_back_edition
from publish.kits.editionwords import take_back_words
from publish.kits.kitpages import render_questions_page, render_rejected_page
from publish.kits.packing import list_kit_terms, make_kit, make_kit_pages, make_kit_xliff
from publish.kits.proposals import TermProposal, find_term_proposals
from publish.kits.returnedfiles import MOST_BYTES, ReturnedParcel, list_state_words, read_parcels
from publish.kits.returnedtexts import RejectedText
from publish.kits.returning import ReturnOutcome, make_rejected_finding, take_back
from publish.languages.language import Language
from publish.model import Finding
from publish.po.pofile import PoFile
from publish.project.workspace import INTERFACE, Workspace
from publish.reading.faults import gather
from publish.translation.loading import Loader
from publish.translation.saving import save_catalog
from publish.translation.translation import Translation

__all__ = [
    "ExportedKit",
    "ImportResult",
    "ImportedFile",
    "KitFormat",
    "export_kits",
    "import_kit",
]

KitFormat = Literal["zip", "xliff", "xliff-2.1", "xliff-1.2"]
"""The whole kit as a zip archive, or only the sentences as XLIFF 2.0, 2.1 or 1.2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedKit:
    """A kit that was written, and its number of sentences.

    `too_long` are the places of sentences that do not fit in a cell of a spreadsheet; `original`
    says whether the kit has a PDF of the original, `paged` whether it names the pages of that,
    `comments` what went out of the comments of translators and what did not.
    """

    file: str
    sentences: int
    comments: tuple[str, ...] = ()
    too_long: tuple[str, ...] = ()
    original: bool = True
    paged: bool = True

    def describe(self, source: str) -> Iterator[str]:
        """Yield what its sender should know; `source` is the tag of the source's language."""
        if not self.original:
            yield f"the kit has no PDF of the original; build it first: publish build -l {source}"
        elif not self.paged:
            yield (
                "the kit names no pages, since the PDF of the original is not up to date; "
                f"build it first: publish build -l {source}"
            )
        for told in (f"{self.sentences} sentences", *self.comments):
            yield f"{self.file}: {told}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """A file that came back, alone or in an archive, and what became of its texts.

    `proposals` are changes of the glossary, which are for its editor to make; `changes` is how many
    tracked changes a Word file has, all of which count as accepted.
    """

    file: str
    document: str
    language: Language
    outcome: ReturnOutcome
    proposals: tuple[TermProposal, ...] = ()
    changes: int = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One finding for each text that was not taken."""
        return tuple(make_rejected_finding(one, self.file) for one in self.outcome.rejected)

    def describe(self, *, dry_run: bool) -> str:
        """Return what became of the texts, in numbers."""
        outcome = self.outcome
        words = "words of the editions: " if self.document == INTERFACE else ""
        parts = [f"{words}{outcome.taken} {'would be ' if dry_run else ''}taken"]
        parts += [f"{outcome.known} already there"] if outcome.known else []
        parts += [f"{len(outcome.rejected)} not taken"] if outcome.rejected else []
        parts += [f"{outcome.untouched} unchanged"]
        parts += [f"{self.changes} tracked changes counted as accepted"] if self.changes else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """The imported files, and the pages written beside them, if there was anything to write.

    `page` has the texts that were not taken, `questions` what translators ask and propose.
    """

    files: tuple[ImportedFile, ...]
    page: Path | None = None
    questions: Path | None = None

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
    with_comments: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
) -> tuple[ExportedKit, ...]:
    """Write kits to `build/kits/`, or one kit to `output`; without names, all kits.

    Comments of translators stay here unless `with_comments` is set; questions to a reviewer go out.
    Raises PublishError if a catalog is missing or older than its source, or a kit goes beyond the
    `limits`, and UsageError if `output` is given for several kits; then nothing is written.
    """
    workspace = loader.workspace
    targets = workspace.target_languages(languages)
    every = [(name, one) for name in workspace.documents(names) for one in targets]

    def load(one: tuple[str, Language]) -> Translation:
        with limit_work(f"the kit of {one[0]} in {one[1].tag}", limits):
            return loader.translation(*one)

    wanted = gather(every, load)
    if output and len(wanted) > 1:
        raise UsageError(
            f"-o names one file, and there are {len(wanted)} kits",
            hint="choose one with --document and -l",
        )
    paths = [output or _kit_path(workspace, one.name, one.language, form) for one in wanted]
    made = []
    for path, one in zip(paths, wanted, strict=True):
        with limit_work(f"the kit of {one.name} in {one.language.tag}", limits):
            made.append(_make(loader, path, one, form, comments=with_comments))
    for path, (data, _) in zip(paths, made, strict=True):
        write_atomic(path, data)
    return tuple(exported for _, exported in made)


def _kit_path(workspace: Workspace, name: str, language: Language, form: KitFormat) -> Path:
    file = f"{name}.{language.tag}.{'zip' if form == 'zip' else 'xlf'}"
    return workspace.confined(workspace.root / "build" / "kits" / file)


def _make(
    loader: Loader, path: Path, whole: Translation, form: KitFormat, *, comments: bool
) -> tuple[bytes, ExportedKit]:
    shown, po = loader.workspace.shown(path.absolute()), whole.po
    translation = whole if po is None or comments else whole.with_catalog(leave_comments_out(po))
    counts = (count_comments(po, whole=form == "zip"), count_questions(po)) if po else (0, 0)
    told = tuple(describe_comments(*counts, sent=comments))
    if form != "zip":
        data, items = make_kit_xliff(loader, translation, form.partition("-")[2] or "2.0")
        return data, ExportedKit(file=shown, sentences=len(items), comments=told)
    made = make_kit(loader, translation)
    return made.data, ExportedKit(
        file=shown,
        sentences=len(made.items),
        comments=told,
        too_long=tuple(item.where for item in made.too_long),
        original=made.original,
        paged=made.paged,
    )


# --------------------------------------------------------------------------- import


def import_kit(
    loader: Loader,
    file: Path,
    *,
    document: str = "",
    language: str = "",
    dry_run: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
    writing: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> ImportResult:
    """Put what came back into the catalogs; a translation that is newer here is kept.

    `document` and `language` (a tag) are needed if the file does not name them.  Everything is
    read and checked before anything is written; `writing` is entered while a catalog is.  Texts
    that are not taken are written to a page beside the file.  Raises PublishError for a file that
    is no kit, or goes beyond the `limits`, and UsageError if it is in another language or its
    document or language is not known.
    """
    if file.stat().st_size > MOST_BYTES:
        raise UsageError(f"{file} has more than {MOST_BYTES // 2**20} MiB")
    after: dict[tuple[str, str], PoFile] = {}
    with limit_work(f"reading {file.name}", limits):
        taken = [
            _take(loader, parcel, _subject(loader.workspace, parcel, document, language), after)
            for parcel in read_parcels(file.read_bytes(), str(file))
        ]
    result = ImportResult(files=tuple(taken))
    if dry_run:
        return result
    for one in taken:
        with writing():
            _save(loader, one, after)
    return ImportResult(
        files=result.files,
        page=_keep(loader, file, result),
        questions=_keep_questions(loader, file, result),
    )


def _take(
    loader: Loader,
    parcel: ReturnedParcel,
    subject: tuple[str, Language],
    after: dict[tuple[str, str], PoFile],
) -> ImportedFile:
    """Return what becomes of the texts of a parcel; the new catalog is put in `after`."""
    name, language = subject
    states = list_state_words(make_kit_pages(loader, language).interface)
    begun = after.get((name, language.tag))
    edited = parcel.word(language.tag) if parcel.word else None
    if name == INTERFACE:
        texts = parcel.texts(loader.catalog_or_new(language, name), states)
        outcome = take_back_words(loader, begun, texts, language)
    else:
        translation = loader.translation(name, language)
        if translation.po is None:
            raise translation.missing
        po = begun or translation.po
        if edited is not None:
            outcome = take_back_edition(loader, translation, po, edited, parcel.file)
        else:
            texts = parcel.texts(po, states)
            outcome = take_back(po, texts, translation.source, parcel.form, language)
    after[name, language.tag] = outcome.po
    return ImportedFile(
        file=parcel.file,
        document=name,
        language=language,
        outcome=outcome,
        proposals=find_term_proposals(parcel.others, list_kit_terms(loader, language)),
        changes=edited.changes if edited else 0,
    )


def _subject(
    workspace: Workspace, parcel: ReturnedParcel, document: str, language: str
) -> tuple[str, Language]:
    """Return the document and language of a parcel; the caller's come before its own."""
    tags = {one.folder: one.tag for one in workspace.languages()}
    said = tags.get(parcel.language, parcel.language)
    if "+" in said:  # Of two languages it is the translation that comes back.
        both = said.split("+")
        said = next((one for one in both if one != workspace.source_language.tag), "")
    guessed = find_named(workspace, parcel.file) if parcel.word else ("", "")
    tag = language or said or guessed[1]
    if said and _base(said) != _base(tag):
        raise UsageError(f"{parcel.file} is in {said}, not in {tag}", hint="leave -l out")
    words = INTERFACE if parcel.document == INTERFACE else ""
    name = words or document or parcel.document or guessed[0] or _only_document(workspace)
    if not tag or not name:
        raise UsageError(
            f"{parcel.file} does not name its document and language",
            hint="name them: --document NAME -l TAG",
        )
    if not words and name not in workspace.documents() and not document:
        raise UsageError(
            f"{parcel.file} is for the document {name!r}, which is not here",
            hint="name the one that it is for: --document NAME",
        )
    if not words:
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
    if taken.document == INTERFACE:
        before = loader.catalog_or_new(taken.language, INTERFACE)
        if po is not None and po != before:
            save_catalog(loader.workspace.catalog(taken.language, INTERFACE), before, po)
            loader.forget(taken.language, INTERFACE)
        return
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


def _keep_questions(loader: Loader, file: Path, result: ImportResult) -> Path | None:
    """Write what translators ask and propose to a page beside the file, if there is anything."""
    names = dict.fromkeys((one.document, one.language) for one in result.files)
    asked = [one for name, language in names for one in find_asked(loader, name, language)]
    terms = list(dict.fromkeys(one for file in result.files for one in file.proposals))
    if not asked and not terms:
        return None
    path = file.with_name(f"{file.name}.questions.html")
    pages = make_kit_pages(loader, result.files[0].language)
    write_atomic(path, render_questions_page(pages, file.name, asked, terms))
    return path
