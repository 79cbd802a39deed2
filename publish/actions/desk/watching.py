"""What changed on disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from publish.project.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Change:
    """A file that changed."""

    kind: Literal["catalog", "source", "ledger", "glossary", "settings", "images"]
    document: str = ""
    language: str = ""


class Watched:
    """The files of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def look(self) -> tuple[Change, ...]:
        return ()
