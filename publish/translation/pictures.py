"""Looks at the image files of a document before anything is laid out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publish.editions.images.collecting import collect_images, find_image_files
from publish.errors import FindingsError, PublishError
from publish.model import Document, Finding
from publish.project.workspace import Workspace
from publish.reading.faults import Faults, as_finding

__all__ = ["check_image_files", "note_image_faults"]


def check_image_files(
    workspace: Workspace, document: Document, languages: Iterable[str]
) -> tuple[Finding, ...]:
    """Return what a build in these languages would say of the images of a source document."""
    folder, root = workspace.image_folder(document.name), workspace.root
    tags = dict.fromkeys((document.language, *languages))
    seen: set[tuple[str, ...]] = set()
    found: dict[Finding, None] = {}
    for tag in tags:
        files = tuple(map(str, find_image_files(document, folder, root, [tag])))
        if files in seen:
            continue
        seen.add(files)
        try:
            remarks = collect_images(replace(document, language=tag), folder, root).remarks
        except FindingsError as error:
            remarks = error.findings
        except PublishError as error:
            remarks = (as_finding(error),)
        found.update(dict.fromkeys(remarks))
    return tuple(found)


def note_image_faults(workspace: Workspace, document: Document, faults: Faults) -> None:
    """Note what is wrong with the image files of a source that has other errors, too.

    A source without errors is read even if images are missing, since translators need none.
    Images are only opened: what shows when they are converted, `check` and `build` tell.
    """
    with faults.collecting():
        collect_images(document, workspace.image_folder(document.name), workspace.root, look=True)
