"""Build a release again from the workspace, and compare it with the released files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal, cast

from publish.building.builds import build
from publish.errors import PublishError
from publish.files import temporary_folder
from publish.model import Edition, Format, PageSize
from publish.project.workspace import Workspace
from publish.release.linking import link_page
from publish.release.manifest import ListedFile, Manifest
from publish.release.sums import compute_sha256
from publish.settings import FILES
from publish.translation.loading import Loader

__all__ = ["INPUTS", "Comparison", "compare_rebuilt"]

INPUTS = (*FILES, "source", "locales", "templates")
"""The files and folders of a workspace that editions are made from."""

Answer = Literal["same", "differs", "cannot compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a released edition compares with one built here; `why` if it is not the same."""

    name: str
    answer: Answer
    why: str = ""


def compare_rebuilt(
    workspace: Workspace, manifest: Manifest, tools: Mapping[str, str], workers: int
) -> Iterator[Comparison]:
    """Build each released edition again and yield how it compares.

    `build/` and its cache are not used: the inputs are copied and built in a temporary folder.
    If the versions of the tools differ, different bytes prove nothing: "cannot compare".
    """
    others = sorted(
        name
        for name in tools.keys() | manifest.toolchain.keys()
        if tools.get(name) != manifest.toolchain.get(name)
    )
    wanted = {_edition(one): one for one in manifest.editions}
    named = [(edition, one.name) for edition, one in wanted.items()]
    with _copied(workspace) as copy:
        known = [edition for edition in wanted if _known(copy, edition)]
        for edition in wanted.keys() - set(known):
            why = "this workspace has no such document or language"
            yield Comparison(wanted[edition].name, "differs", why)
        for outcome in build(Loader(copy), known, workers=workers):
            one = wanted[outcome.edition]
            if outcome.error:
                yield Comparison(one.name, "differs", f"not built: {outcome.error.message}")
            else:
                data = copy.output(outcome.edition).read_bytes()
                yield _compared(one, link_page(outcome.edition, data, named), others)


def _compared(one: ListedFile, data: bytes, others: list[str]) -> Comparison:
    if compute_sha256(data) == one.sha256:
        return Comparison(one.name, "same")
    if others:
        return Comparison(one.name, "cannot compare", f"other versions of {', '.join(others)}")
    return Comparison(one.name, "differs", "source or catalogs differ from those released")


def _edition(one: ListedFile) -> Edition:
    first, _, second = one.language.partition("+")
    kind, page = cast("Format", one.format), cast("PageSize", one.page)
    found = Edition(document=one.document, language=first, format=kind, page=page, second=second)
    first, *others = one.languages.split() or [first]
    return replace(found, language=first, further=tuple(others))


def _known(workspace: Workspace, edition: Edition) -> bool:
    try:
        workspace.documents([edition.document])
        workspace.languages(edition.tags)
    except PublishError:
        return False
    return True


@contextmanager
def _copied(workspace: Workspace) -> Iterator[Workspace]:
    """Copy the inputs of a workspace to a temporary folder, without anything that was built."""
    with temporary_folder() as root:
        for part in INPUTS:
            path = workspace.confined(workspace.root / part)
            if path.is_dir():
                # Links are copied as links: those that lead out of the copy are refused there.
                shutil.copytree(path, root / part, symlinks=True)
            elif path.is_file():
                shutil.copyfile(path, root / part)
        yield replace(workspace, root=root)
