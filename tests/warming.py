"""What each worker of a build reads once can be read before, by the process that starts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from publish.building.builds import build
from publish.building.tasks import FinishedEdition, Task, make_editions
from publish.errors import PublishError
from publish.model import Edition, Format
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

__all__ = ["warm_up_workers"]

SENTENCE = "Some words of a text that is long enough for its language to be found. "
SOURCE = f"---\ntitle: T\nauthor: A\npublished: 2024-01-31\n---\n\n# One\n\n{SENTENCE * 9}\n"


def warm_up_workers(report: Path) -> None:
    """Make editions in this process: workers begin with its style sheets, fonts and models.

    They are small ones, and the EPUBs of `report`, a workspace that many tests build copies of.
    That takes two seconds; then small builds take half of their time, those of the report two
    thirds.
    """
    _build_here(report, "epub")
    for form in ("length", "report"):
        root = report.with_name(f"small-{form}")
        (root / "source").mkdir(parents=True)
        (root / "source/text.md").write_text(SOURCE, "utf-8")
        (root / "publish.toml").write_text(f'languages = ["en"]\nform = "{form}"\n', "utf-8")
        _build_here(root, "pdf", "epub")


def _build_here(root: Path, *formats: Format) -> None:
    workspace = open_workspace(root)
    editions = workspace.editions(formats=formats)
    for one in build(Loader(workspace), editions, workers=1, runner=_make_here):
        assert one.done == "built", one.error


def _make_here(
    tasks: Sequence[Task],
) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
    for task in tasks:
        yield from zip(task.editions, make_editions(task, task.editions, {}), strict=True)
