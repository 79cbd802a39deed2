"""What is to be released: editions built, looked at once more, and described."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from publish.building.auditing import audit_built
from publish.building.growth import page_count
from publish.building.preparing import Prepared, prepare
from publish.building.running import Outcome
from publish.building.states import STATES
from publish.editions.bookmeta import cover_of
from publish.editions.edition import Manuscript
from publish.errors import FindingsError, PublishError, UsageError
from publish.languages.registry import find
from publish.model import Edition
from publish.settings import State
from publish.workspace import Workspace

__all__ = ["Copy", "Inputs", "Left", "Version", "gather", "sort_out"]

NAME = re.compile(r"\w[\w.-]*")
"""What a document may be called when it is released: names that every disk and shell can hold."""

ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Inputs:
    """SHA-256 of what a version was made from; empty where there is no such file."""

    source: str
    catalog: str = ""
    ledger: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """The file of one edition; `pages` is 0 for what has none of its own."""

    name: str
    edition: Edition
    data: bytes = field(repr=False)
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One document in one language, in all its formats; `state` is `original` for the source's.

    `stem` is what the names of its files begin with.
    """

    stem: str
    state: str
    text: Manuscript = field(repr=False)
    inputs: Inputs
    copies: tuple[Copy, ...]
    cover: bytes = field(repr=False)

    @property
    def document(self) -> str:
        return self.text.document.name

    @property
    def language(self) -> str:
        return self.text.language.tag


@dataclass(frozen=True, slots=True)
class Left:
    """An edition that is not released, and why in words."""

    edition: Edition
    why: str


def sort_out(
    outcomes: Iterable[Outcome], required: State
) -> tuple[list[Edition], list[Left], list[PublishError]]:
    """The editions that can be released, those that cannot, and the errors behind them."""
    taken: list[Edition] = []
    left: list[Left] = []
    errors: list[PublishError] = []
    for outcome in outcomes:
        if outcome.error:
            left.append(Left(outcome.edition, outcome.error.message))
            errors.append(outcome.error)
        elif outcome.state and STATES.index(outcome.state) < STATES.index(required):
            left.append(Left(outcome.edition, _why(outcome, required)))
        else:
            taken.append(outcome.edition)
    return taken, left, errors


def _why(outcome: Outcome, required: State) -> str:
    """That a state is too low, with what the gates say it lacks."""
    lacking = [one.message for one in outcome.warnings if one.code == "held-back"]
    return "; ".join([f"it is a {outcome.state}, not {required}", *lacking])


def gather(workspace: Workspace, editions: Sequence[Edition]) -> tuple[Version, ...]:
    """The versions that built editions belong to, by document and language.

    Raises FindingsError (code `release-audit`) where a finished file is not what source and
    catalogs of today make, and UsageError for names that not every disk can hold.
    """
    findings = list(audit_built(workspace, editions))
    if findings:
        raise FindingsError(
            "a finished file is not as it should be, so nothing is released",
            findings,
            "publish build, then publish check --built",
            code="release-audit",
        )
    versions = tuple(_versions(workspace, editions))
    _refuse_names(versions)
    return versions


def _versions(workspace: Workspace, editions: Sequence[Edition]) -> Iterator[Version]:
    pairs = dict.fromkeys((one.document, one.language) for one in editions)
    for name, tag in pairs:
        prepared = prepare(workspace, name, find(tag), use_fuzzy=False)
        text = prepared.text
        state = ORIGINAL if text.original else text.state
        stem = f"{name}.{tag}.{state}"
        own = [one for one in editions if (one.document, one.language) == (name, tag)]
        yield Version(
            stem,
            state,
            text,
            _inputs(workspace, name, prepared),
            tuple(_copy(workspace, stem, edition) for edition in own),
            cover_of(text, prepared.layout),
        )


def _copy(workspace: Workspace, stem: str, edition: Edition) -> Copy:
    data = workspace.output(edition).read_bytes()
    page = "" if edition.page == "a4" else f".{edition.page}"
    pages = page_count(data) if edition.format == "pdf" else 0
    return Copy(f"{stem}{page}.{edition.format}", edition, data, pages)


def _inputs(workspace: Workspace, name: str, prepared: Prepared) -> Inputs:
    language = prepared.text.language
    return Inputs(
        _digest(workspace.source_files(name)),
        _digest([workspace.catalog(language, name)]),
        _digest([workspace.ledger(language, name)]),
    )


def _digest(paths: Iterable[Path]) -> str:
    """The digest of a file, or of several with their names; empty where there is none."""
    files = [path for path in paths if path.is_file()]
    if len(files) == 1:
        return hashlib.sha256(files[0].read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n".encode())
    return whole.hexdigest() if files else ""


def _refuse_names(versions: Iterable[Version]) -> None:
    seen: dict[str, str] = {}
    for version in versions:
        name = version.document
        if not NAME.fullmatch(name):
            raise UsageError(
                f"no file can be called {name!r} everywhere",
                hint="name the source with letters, digits, hyphens and dots only",
            )
        twin = seen.setdefault(name.casefold(), name)
        if twin != name:
            raise UsageError(
                f"{twin} and {name} are one name where case does not count",
                hint="give one of the sources another name",
            )
