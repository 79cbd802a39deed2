"""Does the work for the one part that an edit changes in this process: `run_one_here`.

A process of its own would begin with a copy of all memory that it or this one touches meanwhile.
For a chapter of ten pages that takes half as long as its layout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from publish.editions.pdf.parts.splitting import Split
from publish.editions.runners import Runner
from publish.garbage import collecting_what_is_new

__all__ = ["run_one_here"]

Result = TypeVar("Result")

SHORT = 60_000
"""The characters of text that each part has at most: about 25 pages, which take 50 MB here."""


def run_one_here(run: Runner, split: Split) -> Runner:
    """Return what does the work for one number here, as long as there was no work for several.

    All other work is done by `run`, and so is all of a document with a long part.
    """
    several = max(map(split.measure, range(1, split.count))) > SHORT

    def run_some(work: Callable[[int], Result], numbers: Sequence[int], /) -> Iterable[Result]:
        nonlocal several
        several = several or len(numbers) > 1
        if several or not numbers:
            return run(work, numbers)
        with collecting_what_is_new():
            return [work(number) for number in numbers]

    return run_some
