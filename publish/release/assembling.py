"""Assemble the files of a release: editions, covers, bundles, feeds, pages, lists, signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from publish.containers.bundle import write_bundle
from publish.editions.page.edition import read_front_text
from publish.editions.page.templates import Templates
from publish.errors import UsageError
from publish.model import Role
from publish.release.feeds import ReleaseAddress, name_language_page, write_feeds
from publish.release.gathering import EditionFile, ReleasedVersion
from publish.release.manifest import ListedFile, Manifest, list_edition, write_manifest
from publish.release.news import render_changes
from publish.release.releasefolder import MANIFEST
from publish.release.site import (
    ARCHIVE,
    Site,
    is_archive,
    name_changes_page,
    name_guide_page,
    render_archive_site_page,
    render_index_page,
    render_language_page,
    render_site_page,
    render_verify_page,
)
from publish.release.sums import SIGNATURE, SUMS, compute_sha256, write_sums
from publish.release.trust.documents import TIMESTAMP, Root, Timestamp, write_document
from publish.release.trust.files import write_chain
from publish.release.trust.signing import prepare_timestamp
from publish.signatures.minisign import SecretKey, sign, write_public_line, write_public_text

__all__ = ["GUIDE", "PUBLIC", "Numbering", "ReleasePlan", "assemble_files"]

PUBLIC = "minisign.pub"
GUIDE = "HOW-TO-VERIFY.html"


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number of a release, when it stops to count as the newest, and the publisher's roots."""

    number: int
    expires: str
    roots: tuple[Root, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePlan:
    """What a release needs besides its versions; without a key it is not signed.

    `previous` is the manifest of the previous release, `before` the SHA-256 of its `SHA256SUMS`.
    Without a key or a `numbering`, nothing says whether the release is the newest.
    """

    folders: Templates
    place: ReleaseAddress
    toolchain: Mapping[str, str]
    key: SecretKey | None = None
    numbering: Numbering | None = None
    previous: Manifest | None = None
    before: str = ""


def assemble_files(versions: Sequence[ReleasedVersion], plan: ReleasePlan) -> dict[str, bytes]:
    """Return every file of a release by name.

    Raises UsageError if there are no versions or two files would have the same name.
    Law: the same versions and plan give the same bytes.
    """
    if not versions:
        raise UsageError("there is nothing to release")
    kinds: dict[str, str] = {}
    files: dict[str, bytes] = {}

    def add(kind: str, found: Mapping[str, bytes]) -> None:
        _refuse_twins(files, found)
        files.update(found)
        kinds.update(dict.fromkeys(found, kind))

    add("edition", {copy.name: copy.data for one in versions for copy in one.copies})
    add("cover", {f"{version.stem}.png": version.cover for version in versions})
    site = _site(versions, plan)
    add("bundle", {f"{stem}.zip": data for stem, data in site.bundles.items()})
    first = next(iter(site.interfaces.values()))
    title = _title(versions)
    add(
        "feed",
        write_feeds(versions, title or first.text("Publications"), plan.place, first, plan.folders),
    )
    add("page", _pages(versions, site, plan, title))
    if plan.key:
        add("key", _keys(plan))
    others = tuple(
        ListedFile(name=name, kind=kind, size=len(files[name]), sha256=compute_sha256(files[name]))
        for name, kind in kinds.items()
        if kind != "edition"
    )
    listed = [list_edition(one, copy) for one in reversed(versions) for copy in one.copies]
    editions = tuple({one.name: one for one in listed}.values())  # The first of each name.
    revised = max(version.text.revised for version in versions).isoformat()
    manifest = Manifest((*editions, *others), plan.toolchain, revised, plan.before)
    add("manifest", {MANIFEST: write_manifest(manifest)})
    return _summed(files, plan)


def _refuse_twins(files: Mapping[str, bytes], more: Mapping[str, bytes]) -> None:
    """Raise UsageError for a name that differs from a known one in upper and lower case only."""
    known = {name.casefold() for name in (*files, SUMS, SIGNATURE, TIMESTAMP)}
    for name in more:
        if name.casefold() in known:
            raise UsageError(
                f"two files of the release would have the name {name}",
                hint="rename one of the sources",
            )
        known.add(name.casefold())


def _summed(files: Mapping[str, bytes], plan: ReleasePlan) -> dict[str, bytes]:
    """Return the files with their list of checksums and, given a key, what signs it."""
    sums = write_sums(files)
    if not plan.key:
        return {**files, SUMS: sums}
    signed = {SIGNATURE: sign(sums, plan.key).encode()}
    if plan.numbering:
        numbering = plan.numbering
        timestamp = Timestamp(
            version=numbering.number,
            expires=numbering.expires,
            length=len(sums),
            sha256=compute_sha256(sums),
        )
        ready = prepare_timestamp(timestamp, numbering.roots[-1], [plan.key])
        signed[TIMESTAMP] = write_document(ready)
    return {**files, SUMS: sums, **signed}


def _keys(plan: ReleasePlan) -> dict[str, bytes]:
    """Return the files that name the publisher's keys; none if nothing is signed."""
    if not plan.key:
        return {}
    public = {PUBLIC: write_public_text(plan.key.public).encode()}
    return public | (write_chain(plan.numbering.roots) if plan.numbering else {})


def _site(versions: Sequence[ReleasedVersion], plan: ReleasePlan) -> Site:
    """Return what the pages share, with the language of the original first."""
    originals_first = sorted(versions, key=lambda one: not one.text.original)
    interfaces = {one.language: one.text.interface for one in originals_first}
    key = write_public_line(plan.key.public) if plan.key else ""
    bare = Site(
        folders=plan.folders,
        interfaces=interfaces,
        place=plan.place,
        key=key,
        bundles={},
        number=plan.numbering.number if plan.numbering else 0,
        expires=plan.numbering.expires if plan.numbering else "",
    )
    bundles = {
        version.stem: _bundle(version, bare, plan)
        for version in versions
        if any(_is_alone(copy) for copy in version.copies)
    }
    return replace(bare, bundles=bundles)


def _bundle(version: ReleasedVersion, site: Site, plan: ReleasePlan) -> bytes:
    """Return a bundle: one language of a document, with all that is needed to verify it."""
    copies = {copy.name: copy.data for copy in version.copies if _is_alone(copy)}
    guide = render_verify_page(site, version.text.interface, copies, alone=True)
    files = {**copies, GUIDE: guide, **_keys(plan)}
    return write_bundle(version.stem, _summed(files, plan))


def _is_alone(copy: EditionFile) -> bool:
    """Return whether a file is in one language, and so belongs into the bundle of it."""
    return len(copy.edition.tags) == 1


def _pages(
    versions: Sequence[ReleasedVersion], site: Site, plan: ReleasePlan, title: str
) -> dict[str, bytes]:
    found = {"index.html": render_index_page(site, versions, title)}
    if is_archive(versions):
        found[ARCHIVE] = render_archive_site_page(site, versions)
    for tag, interface in site.interfaces.items():
        own = {c.name: c.data for one in versions if one.language == tag for c in one.copies}
        bundles = {
            f"{one.stem}.zip": site.bundles[one.stem]
            for one in versions
            if one.language == tag and one.stem in site.bundles
        }
        text = render_changes(versions, plan.previous, interface, plan.folders)
        names = {other: name_changes_page(other) for other in site.interfaces}
        heading = interface.text("What is new")
        found[name_language_page(tag)] = render_language_page(site, versions, tag)
        found[name_guide_page(tag)] = render_verify_page(
            site, interface, own | bundles, alone=False
        )
        found[name_changes_page(tag)] = render_site_page(site, interface, heading, text, names)
    return found


def _title(versions: Sequence[ReleasedVersion]) -> str:
    """Return the title of the only document, of the original if released; empty for several."""
    if len({version.document for version in versions}) > 1:
        return ""
    first = min(versions, key=lambda one: not one.text.original)
    return read_front_text(first.text.document, Role.TITLE)
