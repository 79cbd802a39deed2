"""Release editions, and compare a release with a new build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from publish.actions.numbering import number_release, read_previous
from publish.building.builds import BuildOutcome, build, make_cache
from publish.building.editionlimits import EDITION_LIMITS
from publish.errors import FindingsError, PublishError
from publish.files import write_atomic
from publish.model import Finding
from publish.project.history import find_clean_commit
from publish.project.workspace import Workspace
from publish.release.assembling import ReleasePlan, assemble_files
from publish.release.attesting import ENDING, Attestation, write_attestation
from publish.release.feeds import ReleaseAddress
from publish.release.gathering import LeftOut, gather_versions, select_editions
from publish.release.linking import link_versions
from publish.release.rebuilding import INPUTS, Comparison, compare_rebuilt
from publish.release.releasefolder import exchange_folder
from publish.release.toolchain import list_toolchain
from publish.release.trust.publisher import find_roots_folder
from publish.release.verifying import VerifiedRelease
from publish.resources import find_template_folder
from publish.settings import State
from publish.signatures.minisign import SecretKey
from publish.translation.loading import Loader

__all__ = [
    "Candidates",
    "ReleaseOptions",
    "attest_release",
    "audit_candidates",
    "build_candidates",
    "compare_release",
    "release_candidates",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseOptions:
    """Options of a release; without documents or languages, it has all.

    Translations below the state `require` are left out.  `folder` is replaced as a whole.
    `previous` is the folder of the previous release, to list what is new.  Without a `key`,
    nothing is signed; without the `key_file` that it came from, the release has no number.
    Editions that others made, in a shared cache or on a cluster, are made again and compared,
    unless `trust` says why not.  `today` is the day of the release, if not that of the clock.
    """

    folder: Path
    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    require: State = "draft"
    previous: Path | None = None
    key: SecretKey | None = None
    key_file: Path | None = None
    today: date | None = None
    workers: int = 1
    trust: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Editions that were built for a release: those that may go out, and those left out."""

    outcomes: tuple[BuildOutcome, ...]
    taken: tuple[BuildOutcome, ...]
    left: tuple[LeftOut, ...]
    errors: tuple[PublishError, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in the editions, each once."""
        return tuple(dict.fromkeys(one for outcome in self.outcomes for one in outcome.warnings))


def build_candidates(loader: Loader, options: ReleaseOptions) -> Candidates:
    """Build the editions of a release, and decide which of them may go out."""
    workspace = loader.workspace
    editions = workspace.editions(options.languages, options.documents)
    built = build(
        loader,
        editions,
        workers=options.workers,
        limits=EDITION_LIMITS,
        cache=make_cache(workspace),
        own=not options.trust,
    )
    order = {edition: number for number, edition in enumerate(editions)}
    outcomes = sorted(built, key=lambda one: order[one.edition])  # not as they finished
    taken, left, errors = select_editions(outcomes, options.require)
    return Candidates(
        outcomes=tuple(outcomes),
        taken=tuple(one for one in outcomes if one.edition in taken),
        left=tuple(left),
        errors=tuple({error.message: error for error in errors}.values()),
    )


def audit_candidates(loader: Loader, candidates: Candidates) -> None:
    """Raise FindingsError (code `release-audit`) as a release does if a built file is wrong.

    Raises UsageError for names of documents that a release cannot have.
    """
    if candidates.taken:
        gather_versions(loader, candidates.taken)


def release_candidates(
    loader: Loader, candidates: Candidates, options: ReleaseOptions
) -> Mapping[str, bytes]:
    """Write a release to its folder and return its files by name.

    The caller holds the workspace, so that no other command writes in it.  Raises FindingsError
    (code `release-empty`) if no edition may go out, and (code `release-audit`) if a built file
    does not match the current source and catalogs.
    """
    if not candidates.taken:
        raise FindingsError("no edition may be released", code="release-empty")
    workspace = loader.workspace
    roots = find_roots_folder(options.key_file) if options.key_file else None
    previous = read_previous(options.previous, options.folder, options.key, roots)
    versions = link_versions(gather_versions(loader, candidates.taken, own=not options.trust))
    plan = ReleasePlan(
        folders=workspace.template_folders(find_template_folder()),
        place=ReleaseAddress(workspace.settings.base_url),
        toolchain=list_toolchain(workspace),
        key=options.key,
        previous=previous.manifest,
        before=previous.sums,
    )
    if roots:
        plan = number_release(versions, plan, roots, previous.trust, options.today)
    files = assemble_files(versions, plan)
    exchange_folder(options.folder, files, workspace.root)
    return files


def compare_release(
    workspace: Workspace, verified: VerifiedRelease, workers: int
) -> Iterator[Comparison]:
    """Yield how each released edition compares with one built again from a workspace.

    Raises FindingsError (code `release-manifest`) for a single archive, which has no manifest.
    """
    if verified.manifest is None:
        raise FindingsError(
            "one archive has no manifest, so it cannot be built again",
            hint="name the folder of the whole release",
            code="release-manifest",
        )
    yield from compare_rebuilt(workspace, verified.manifest, list_toolchain(workspace), workers)


def attest_release(folder: Path, workspace: Workspace, verified: VerifiedRelease) -> Path:
    """Write a statement that all editions of a release were built again, and return its path.

    It is written beside the folder, and still to be signed.
    """
    assert verified.manifest is not None
    attestation = Attestation(
        editions={one.name: one.sha256 for one in verified.manifest.editions},
        commit=find_clean_commit(workspace.root, INPUTS),
        packages=list_toolchain(workspace),
    )
    folder = folder.absolute()
    path = folder.with_name(f"{folder.name}{ENDING}")
    write_atomic(path, write_attestation(attestation))
    return path
