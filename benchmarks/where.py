"""Measure where the time of a build goes: layout, drawing, and our own code.

Run `python -m benchmarks.where`.  It makes the six editions of the report in one process and times
the functions of STAGES.  The CPU seconds of a stage are without those of stages inside it.  It
prints the least of several rounds, and the first round, which loads fonts and dictionaries.
"""

from __future__ import annotations

import functools
import gc
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.series import copy_report
from publish.building.builds import build, make_cache
from publish.building.tasks import FinishedEdition, Task, load_makers, make_editions
from publish.errors import PublishError
from publish.model import Edition
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

ROUNDS = 5

STAGES: dict[str, tuple[str, ...]] = {
    "WeasyPrint: style cascade": ("weasyprint.document:Document._build_layout_context",),
    "WeasyPrint: layout": ("weasyprint:HTML.render",),
    "WeasyPrint: drawing": ("weasyprint.document:Page.paint",),
    "WeasyPrint: fonts": ("weasyprint.pdf:build_fonts_dictionary",),
    "WeasyPrint: file": ("pydyf:PDF.write", "weasyprint.document:Document.write_pdf"),
    "style sheets and fonts read": ("publish.editions.pdf.engine:_read",),
    "tag tree, page list, overflow": (
        "publish.editions.pdf.rendering:render",
        "publish.editions.pdf.rendering:read_page_marks",
        "publish.editions.pdf.fitting.overflow:_outside",
    ),
    "letters for programs": (
        "publish.editions.pdf.tags.tagging:read_clusters",
        "publish.editions.pdf.tags.tagging:choose_letters",
        "publish.editions.pdf.tags.tagging:write_codes",
    ),
    "source and catalogs read": (
        "publish.building.preparing:prepare",
        "publish.building.readingahead:read_ahead",
    ),
    "checks and gates": (
        "publish.building.preparing:judge",
        "publish.building.preparing:judge_source",
        "publish.building.preparing:judge_interface",
    ),
    "translation put in": ("publish.building.preparing:compose",),
    "XHTML tree": (
        "publish.editions.page.bilingual:make_edition_tree",
        "publish.editions.writers:make_page_style",
    ),
    "EPUB": (
        "publish.editions.epub.book:make_book",
        "publish.editions.epub.container:pack_epub",
    ),
    "EPUB: picture of the cover": ("publish.editions.epub.book:make_cover",),
    "keys, records, cache": (
        "publish.building.looking:make_edition_key",
        "publish.building.builds:store_in_cache",
        "publish.building.builds:store_edition",
    ),
}
"""The functions of each stage, as `module:name`."""

spent: defaultdict[str, float] = defaultdict(float)
inside: list[tuple[str, float]] = []
"""The running stages, the innermost last, each with the time since when it is measured."""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        root = copy_report(Path(name) / "a")
        workspace = open_workspace(root)
        editions = workspace.editions()
        load_makers(editions, workspace.source_language)
        loading = time.process_time()
        for stage, places in STAGES.items():
            for place in places:
                _time(stage, *place.split(":"))
        rounds = [_round(root) for _ in range(ROUNDS)]
    print(f"the program and its libraries loaded: {loading:.2f} s, with Python's own start")
    print(f"six editions: {rounds[0]['whole']:.2f} s of CPU at first, then")
    best = min(rounds, key=lambda found: found["whole"])
    for stage, seconds in best.items():
        first = rounds[0][stage]
        share = 100 * seconds / best["whole"]
        print(f"  {stage:<30} {seconds:6.3f} s {share:5.1f} %   (first {first:.3f} s)")
    theirs = sum(seconds for stage, seconds in best.items() if stage.startswith("WeasyPrint"))
    print(f"WeasyPrint {100 * theirs / best['whole']:.0f} %")


def _round(root: Path) -> dict[str, float]:
    """Return the seconds of each stage in a build of all editions."""
    shutil.rmtree(root / "build", ignore_errors=True)
    workspace = open_workspace(root)
    editions = workspace.editions()
    spent.clear()
    gc.collect()
    gc.freeze()
    start = time.process_time()
    cache = make_cache(workspace)
    done = list(build(Loader(workspace), editions, workers=1, cache=cache, runner=_in_this_process))
    whole = time.process_time() - start
    assert {outcome.done for outcome in done} == {"built"}
    known = {stage: spent[stage] for stage in STAGES}
    return {**known, "all else": whole - sum(known.values()), "whole": whole}


def _in_this_process(
    tasks: Sequence[Task],
) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
    for task in tasks:
        yield from zip(task.editions, make_editions(task, task.editions, {}), strict=True)


def _time(stage: str, module: str, name: str) -> None:
    """Replace a function by one that also measures its time."""
    owner: Any = import_module(module)
    *path, last = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    setattr(owner, last, _timed(stage, getattr(owner, last)))


def _timed(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(work)
    def timed(*words: Any, **options: Any) -> Any:
        _switch()
        inside.append((stage, time.process_time()))
        try:
            return work(*words, **options)
        finally:
            _switch()
            inside.pop()
            if inside:
                inside[-1] = (inside[-1][0], time.process_time())

    return timed


def _switch() -> None:
    """Add the time until now to the stage that has been running."""
    if inside:
        stage, since = inside[-1]
        now = time.process_time()
        spent[stage] += now - since
        inside[-1] = (stage, now)


if __name__ == "__main__":
    main()
