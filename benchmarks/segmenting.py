"""Measure how many MB of English the sentence splitter reads in a second, on one core.

Run `python -m benchmarks.segmenting [MEGABYTES]`.  The text is the prose of this repository: the
reports in `source/` and the docstrings of the package, as blocks of one paragraph each.  For
comparison, a simple regular expression splits the same text at every stop.
"""

from __future__ import annotations

import ast
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from publish.languages.en import SENTENCES
from publish.reading.sentences import find_boundaries

ROOT = Path(__file__).parent.parent
BARE = re.compile(r"(?<=[.!?])\s+")
ROUNDS = 3


def prose() -> Iterator[str]:
    """Yield the paragraphs of the reports and of the package's docstrings, each on one line."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "source").rglob("*.md"))]
    for path in sorted((ROOT / "publish").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                texts.append(ast.get_docstring(node) or "")
    for text in texts:
        yield from (" ".join(block.split()) for block in text.split("\n\n") if block.strip())


def blocks(size: int) -> list[str]:
    """Return paragraphs of the prose, repeated up to at least `size` bytes of UTF-8."""
    chosen: list[str] = []
    total = 0
    for block in cycle(list(prose())):
        if total >= size:
            return chosen
        chosen.append(block)
        total += len(block.encode())
    return chosen


def seconds(split: Callable[[str], list[object]], texts: list[str]) -> float:
    """Return the CPU time of the fastest of a few rounds over all texts."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            split(text)
        best = min(best, time.process_time() - start)
    return best


def main(megabytes: float = 2.0) -> None:
    texts = blocks(int(megabytes * 1_000_000))
    size = sum(len(text.encode()) for text in texts) / 1_000_000
    found = sum(len(find_boundaries(text, SENTENCES)) for text in texts)
    ours = seconds(lambda text: list(find_boundaries(text, SENTENCES)), texts)
    bare = seconds(lambda text: list(BARE.split(text)), texts)
    sys.stdout.write(
        f"{size:.1f} MB in {len(texts)} blocks, {found} boundaries\n"
        f"sentences: {size / ours:.1f} MB/s\n"
        f"bare split: {size / bare:.1f} MB/s ({ours / bare:.1f} times as fast)\n"
    )


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
