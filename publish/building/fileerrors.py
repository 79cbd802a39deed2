"""Explain why a file of a build could not be read or written."""

from __future__ import annotations

from pathlib import Path

from publish.errors import BuildError, PublishError
from publish.model import Edition
from publish.project.workspace import Workspace

__all__ = ["explain_unread", "explain_unwritten"]


def explain_unread(workspace: Workspace, error: OSError) -> PublishError:
    """Return the error (code `not-read`) for an input that could not be read."""
    path = Path(str(error.filename))
    return PublishError(
        f"{workspace.shown(path)} cannot be read: {error.strerror or error}",
        hint="check the owner and the permissions of the file",
        code="not-read",
    )


def explain_unwritten(workspace: Workspace, edition: Edition, error: OSError) -> BuildError:
    """Return the error (code `not-written`) for an edition that could not be written."""
    output = workspace.output(edition)
    hint = "check the free disk space and the owner of the folder, then build again"
    for folder in reversed(output.parents):
        if folder.is_file():
            hint = f"{workspace.shown(folder)} must be a folder: move that file away"
    return BuildError(
        f"{workspace.shown(output)} cannot be written: {error.strerror or error}",
        hint=hint,
        code="not-written",
    )
