"""Gather the editions of a release: choose them, check the built files, describe them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from publish.building.auditing import audit_built
from publish.building.builds import BuildOutcome
from publish.building.preparing import PreparedText, prepare_texts
from publish.building.records import BuildRecord, load_edition
from publish.editions.audit.opened import report_built_file
from publish.editions.epub.metadata import make_cover
from publish.editions.page.edition import Manuscript
from publish.errors import FindingsError, PublishError, UsageError
from publish.idsigns import replace_runs
from publish.model import FORMATS, Edition, Finding
from publish.project.workspace import Workspace
from publish.reviews.states import STATES, find_lowest_state
from publish.settings import State
from publish.translation.loading import Loader

__all__ = [
    "EditionFile",
    "InputDigests",
    "LeftOut",
    "ReleasedVersion",
    "gather_versions",
    "select_editions",
]

NOT_NAME = re.compile(r"[^\w.-]+")
"""What the name of a released document has not: it is valid in every file system and shell."""

ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class InputDigests:
    """SHA-256 of the inputs of a version; empty if there is no such file."""

    source: str
    catalog: str = ""
    ledger: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFile:
    """The file of one edition; `pages` is 0 for a format without pages.

    `state` is that of the text; for a bilingual edition, the lower one of its translations.
    """

    name: str
    edition: Edition
    state: str
    data: bytes = field(repr=False)
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedVersion:
    """One document in one language, in all formats; `state` is `original` for the source.

    `stem` is the start of its file names.  A bilingual edition belongs to its translation, or to
    the first of two; a page with all languages belongs to each.
    """

    stem: str
    state: str
    text: Manuscript = field(repr=False)
    inputs: InputDigests
    copies: tuple[EditionFile, ...]
    cover: bytes = field(repr=False)

    @property
    def document(self) -> str:
        return self.text.document.name

    @property
    def language(self) -> str:
        return self.text.language.tag


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An edition that is not released, and the reason."""

    edition: Edition
    why: str


def select_editions(
    outcomes: Iterable[BuildOutcome], required: State
) -> tuple[list[Edition], list[LeftOut], list[PublishError]]:
    """Return the editions that can be released, those that cannot, and the errors of builds."""
    taken: list[Edition] = []
    left: list[LeftOut] = []
    errors: list[PublishError] = []
    for outcome in outcomes:
        if outcome.error:
            left.append(LeftOut(outcome.edition, outcome.error.message))
            errors.append(outcome.error)
        elif outcome.state and STATES.index(outcome.state) < STATES.index(required):
            left.append(LeftOut(outcome.edition, _why(outcome, required)))
        else:
            taken.append(outcome.edition)
    return taken, left, errors


def _why(outcome: BuildOutcome, required: State) -> str:
    """Return that the state is too low, and what it lacks."""
    lacking = [one.message for one in outcome.warnings if one.code == "held-back"]
    return "; ".join([f"its state is {outcome.state}, not {required}", *lacking])


def gather_versions(
    loader: Loader, outcomes: Sequence[BuildOutcome], *, own: bool = True
) -> tuple[ReleasedVersion, ...]:
    """Return the versions of built editions, by document and language.

    Raises FindingsError (code `release-audit`) if a built file does not match the current source
    and catalogs, or is not the one of its outcome; with `own`, also if this machine did not make
    it.  Raises UsageError for document names that are not valid everywhere.
    """
    editions = [one.edition for one in outcomes]
    texts = prepare_texts(loader, editions)
    findings = list(audit_built(loader, editions, texts))
    if findings:
        raise _refusal(findings)
    copies = _read_files(loader.workspace, outcomes, own=own)
    for text in texts.values():
        if isinstance(text, PublishError):
            raise text
    read = {key: text for key, text in texts.items() if isinstance(text, PreparedText)}
    versions = tuple(_versions(loader.workspace, copies, read))
    _refuse_names(versions)
    return versions


def _refusal(findings: Iterable[Finding]) -> FindingsError:
    return FindingsError(
        "nothing is released, because the built files have errors",
        findings,
        "run publish build, then publish check --built",
        code="release-audit",
    )


_Files = Mapping[Edition, tuple[bytes, BuildRecord]]


def _read_files(workspace: Workspace, outcomes: Iterable[BuildOutcome], *, own: bool) -> _Files:
    """Return the bytes that will be signed, each as the build of this run left it."""
    found = {}
    for one in outcomes:
        made = load_edition(workspace, one.edition, one.key, own=own)
        if made is None:
            shown = workspace.shown(workspace.output(one.edition))
            message = "this is not the file that publish build wrote"
            raise _refusal([report_built_file(shown, "built-changed", message)])
        found[one.edition] = made
    return found


def _versions(
    workspace: Workspace, files: _Files, read: Mapping[tuple[str, str], PreparedText]
) -> Iterator[ReleasedVersion]:
    homes: dict[tuple[str, str], list[Edition]] = {}
    for edition in files:
        for tag in _homes(edition, read):
            homes.setdefault((edition.document, tag), []).append(edition)
    for (name, tag), own in homes.items():
        prepared = read[name, tag]
        state = _state([prepared])
        copies = [
            _copy(edition, files[edition], _state([read[name, other] for other in edition.tags]))
            for edition in own
        ]
        yield ReleasedVersion(
            stem=f"{name}.{tag}.{state}",
            state=state,
            text=prepared.text,
            inputs=_inputs(workspace, name, prepared),
            copies=tuple(copies),
            cover=make_cover(prepared.text, prepared.materials),
        )


def _homes(edition: Edition, read: Mapping[tuple[str, str], PreparedText]) -> tuple[str, ...]:
    """Return the languages an edition is listed under: its first translation, or the original.

    A page with all languages is listed under each.
    """
    if edition.further:
        return edition.tags
    translated = (tag for tag in edition.tags if not read[edition.document, tag].text.original)
    return (next(translated, edition.language),)


def _state(halves: Iterable[PreparedText]) -> str:
    """Return the lowest state of the translations among these texts, or `original`."""
    translations = [half.text.state for half in halves if not half.text.original]
    return find_lowest_state(translations) or ORIGINAL


def _copy(edition: Edition, made: tuple[bytes, BuildRecord], state: str) -> EditionFile:
    data, record = made
    page = "" if edition.page == "a4" else f".{edition.page}"
    pages = len(record.pages.starts) if record.pages and FORMATS[edition.format].has_pages else 0
    name = f"{edition.document}.{edition.languages}.{state}{page}.{edition.format}"
    return EditionFile(name=name, edition=edition, state=state, data=data, pages=pages)


def _inputs(workspace: Workspace, name: str, prepared: PreparedText) -> InputDigests:
    language = prepared.text.language
    return InputDigests(
        _digest(workspace.source_files(name)),
        _digest([workspace.catalog(language, name)]),
        _digest([workspace.ledger(language, name)]),
    )


def _digest(paths: Iterable[Path]) -> str:
    """Return the digest of a file, or of several with their names; empty if there is none."""
    files = [path for path in paths if path.is_file()]
    if len(files) == 1:
        return hashlib.sha256(files[0].read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n".encode())
    return whole.hexdigest() if files else ""


def _refuse_names(versions: Iterable[ReleasedVersion]) -> None:
    seen: dict[str, str] = {}
    for version in versions:
        name = version.document
        if name[:1] in {"", ".", "-"} or replace_runs(NOT_NAME, name) != name:
            raise UsageError(
                f"{name!r} is not a valid file name on every system",
                hint="rename the source: use letters, digits, hyphens and dots only",
            )
        twin = seen.setdefault(name.casefold(), name)
        if twin != name:
            raise UsageError(
                f"{twin} and {name} differ only in upper and lower case",
                hint="rename one of the sources",
            )
