"""Prints how many MB of English a second the sentence splitter reads, on one core.

Run `python -m benchmarks.segmenting [megabytes]`.  The text is the repository's own prose: the
reports in `source/` and the docstrings of the package, as blocks of one paragraph each.  The
bare regular expression beside it judges nothing; it is the lower bound of what a scan costs.
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
from publish.reading.sentences import boundaries

ROOT = Path(__file__).parent.parent
BARE = re.compile(r"(?<=[.!?])\s+")
ROUNDS = 3


def prose() -> Iterator[str]:
    """The paragraphs of the reports and of the package's docstrings, each on one line."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "source").rglob("*.md"))]
    for path in sorted((ROOT / "publish").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                texts.append(ast.get_docstring(node) or "")
    for text in texts:
        yield from (" ".join(block.split()) for block in text.split("\n\n") if block.strip())


def blocks(size: int) -> list[str]:
    """Paragraphs of the prose, repeated until they make at least `size` bytes of UTF-8."""
    chosen: list[str] = []
    total = 0
    for block in cycle(list(prose())):
        if total >= size:
            return chosen
        chosen.append(block)
        total += len(block.encode())
    return chosen


def seconds(split: Callable[[str], list[object]], texts: list[str]) -> float:
    """The CPU time of the fastest of a few rounds over all texts."""
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
    found = sum(len(boundaries(text, SENTENCES)) for text in texts)
    ours = seconds(lambda text: list(boundaries(text, SENTENCES)), texts)
    bare = seconds(lambda text: list(BARE.split(text)), texts)
    sys.stdout.write(
        f"{size:.1f} MB in {len(texts)} blocks, {found} boundaries\n"
        f"sentences: {size / ours:.1f} MB/s\n"
        f"bare split: {size / bare:.1f} MB/s ({ours / bare:.1f} times as fast)\n"
    )


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
