"""Read earlier versions of a source from git."""

from __future__ import annotations

from publish.errors import PublishError
from publish.project.history import Revision, read_version
from publish.project.workspace import Workspace
from publish.reading.chapters import arrange_chapters
from publish.reading.faults import Faults
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import Source, cut_source

__all__ = ["find_source_path", "load_past_source"]


def find_source_path(workspace: Workspace, name: str) -> str:
    """Return the path of a source, as shown: its file, or the folder of its chapters."""
    return workspace.shown(workspace.source_path(name))


def load_past_source(workspace: Workspace, name: str, revision: Revision) -> Source | None:
    """Return a source as it was in a commit; None if it was not there or cannot be read."""
    texts = read_version(workspace.root, revision, find_source_path(workspace, name))
    files = tuple(SourceFile(*pair) for pair in texts.items())
    if workspace.source_path(name).is_dir():
        files = arrange_chapters(texts, Faults()).files
    whole = workspace.settings.segmentation.get(name) == "paragraph"
    try:
        tag = workspace.settings.source_language
        as_typed = workspace.settings.typography == "as-typed"
        document = read_document(
            name,
            tag,
            files,
            whole=whole,
            as_typed=as_typed,
            as_text=workspace.settings.as_text,
        )
        return cut_source(document, workspace.source_language)
    except (PublishError, ValueError):
        return None
