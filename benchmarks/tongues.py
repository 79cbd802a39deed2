"""Measure how many texts in another language are found, and how many right ones are told wrong.

Run `python -m benchmarks.tongues FOLDER [COUNT]`: FOLDER has a file TAG.txt for each language, a
sentence on each line; COUNT of each are taken as translations into every other language.  Nothing
comes with this repository: use any texts that you have.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from publish.checks.othertongue import FEWEST, count_letters, find_other_tongue
from publish.languages.detecting import are_alike, is_known
from publish.languages.registry import find


def main(folder: str, count: str = "100") -> None:
    """Print a line for each language: false findings in it, and the share found elsewhere."""
    texts = {path.stem: _read(path) for path in sorted(Path(folder).glob("*.txt"))}
    known = [tag for tag in texts if is_known(find(tag))]
    missed: Counter[tuple[str, str]] = Counter()
    for tag in known:
        own, taken = (
            find(tag),
            random.Random(1).sample(texts[tag], min(len(texts[tag]), int(count))),
        )
        wrong = sum(find_other_tongue(text, "", own) is not None for text in texts[tag])
        others = [other for other in known if not are_alike(own, find(other))]
        for text in taken:
            for other in others:
                missed[other, tag] += find_other_tongue(text, "", find(other)) is None
        lost, every = sum(missed[other, tag] for other in others), len(taken) * len(others)
        share = 100 * (1 - lost / every) if every else 100
        sys.stdout.write(f"{tag}: {wrong} of {len(texts[tag])} false, {share:.2f} % found\n")
    for (other, tag), number in missed.most_common(20):
        if number:
            sys.stdout.write(f"in a catalog of {other}: {number} texts in {tag} not found\n")


def _read(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if count_letters(line) >= FEWEST]


if __name__ == "__main__":
    main(*sys.argv[1:3])
