"""Measure how well an existing translation is aligned with its source, and the CPU time of that.

Run `python -m benchmarks.aligning SOURCE TARGET [SEEDS]` with two texts that have one sentence a
line and translate each other line by line.  Blocks of 250 lines are damaged as translators do it:
one sentence in twenty is merged with the next, one in twenty is split, one in twenty-five is left
out, and three in fifty are added: half of them from elsewhere, half without their source.  The
lines of the other blocks are the memory.

F counts groups that are exactly right; wrong are groups that have no pair of sentences in common
with a right one.  In the last rows the texts have paragraphs; a new one begins at the same place.

With `--pages SOURCE TARGET TAG [TAG]`, two documents are aligned as an import does, and groups that
are in other sections than their source are counted: the n-th heading of one is the n-th of the
other.  The tags are the languages, that of the source `en` if it is not given.  Sixty groups are
shown, to be read.

With `--size N`, the time for N sentences in one text is measured: the lines in other orders.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from publish.aligning.foreign import align_document
from publish.aligning.pieces import Group, Piece
from publish.aligning.texts import align_texts
from publish.aligning.wordtable import WordTable, learn_words
from publish.importing.foreign import ForeignOptions, read_foreign
from publish.languages.registry import find
from publish.model import Role
from publish.reading.source import Source, cut_source

BLOCK = 250
MERGED, SPLIT, DELETED, ADDED, ORPHANED = 0.05, 0.05, 0.04, 0.03, 0.03
PLACES = re.compile(r"[,;:–—] |\. | ")

T = TypeVar("T")
Pair = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Simulation:
    """Two texts, and which sentences of them translate each other; `opens` start paragraphs."""

    sources: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    opens: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))

    def add(self, sources: Sequence[str], targets: Sequence[str]) -> None:
        i, j = len(self.sources), len(self.targets)
        self.sources.extend(sources)
        self.targets.extend(targets)
        here, there = range(i, len(self.sources)), range(j, len(self.targets))
        self.pairs.append((tuple(here), tuple(there)))


def simulate(
    sources: Sequence[str], targets: Sequence[str], others: Sequence[str], rng: random.Random
) -> Simulation:
    """Return a translation with merged, split, lacking and added sentences."""
    made, at, paragraph = Simulation(), 0, 0
    while at < len(sources):
        if at >= paragraph:
            made.opens[0].add(len(made.sources))
            made.opens[1].add(len(made.targets))
            paragraph = at + rng.randint(2, 6)
        chance = rng.random()
        source, target = sources[at], targets[at]
        if chance < MERGED and at + 1 < min(len(sources), paragraph):
            after = targets[at + 1]
            joined = f"{target.rstrip('.')}, {after[:1].lower()}{after[1:]}"
            made.add((source, sources[at + 1]), (joined,))
            at += 1
        elif MERGED <= chance < MERGED + SPLIT and (halves := _halves(target, rng)):
            made.add((source,), halves)
        elif MERGED + SPLIT <= chance < MERGED + SPLIT + DELETED:
            made.add((source,), ())
        elif MERGED + SPLIT + DELETED <= chance < MERGED + SPLIT + DELETED + ADDED:
            made.add((), (rng.choice(others),))
            made.add((source,), (target,))
        elif 0 <= chance - MERGED - SPLIT - DELETED - ADDED < ORPHANED:
            made.add((), (target,))
        else:
            made.add((source,), (target,))
        at += 1
    return made


def _halves(text: str, rng: random.Random) -> tuple[str, str] | None:
    """Return a sentence cut in two, at a comma or the like if it has one near the middle."""
    found = [one for one in PLACES.finditer(text) if 0.25 < one.end() / len(text) < 0.75]
    signs = [one for one in found if one[0] != " "]
    if not found:
        return None
    cut = rng.choice(signs or found).end()
    rest = text[cut:]
    return f"{text[:cut].rstrip(' ,;:–—.')}.", f"{rest[:1].upper()}{rest[1:]}"


def make_pieces(texts: Sequence[str], opens: set[int]) -> list[Piece]:
    """Return the sentences of a text; where no paragraph is known, all are in one."""
    block, pieces = 0, []
    for at, text in enumerate(texts):
        block += at in opens
        ends = bool(opens) and (at + 1 in opens or at + 1 == len(texts))
        pieces.append(Piece(text=text, block=block, opens=at in opens, ends=ends))
    return pieces


def measure(groups: Sequence[Group], pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return F and the part of the groups that are wrong."""
    right = {pair for pair in pairs if pair[0] and pair[1]}
    found = {(one.sources, one.targets) for one in groups if one.sources and one.targets}
    true = {(i, j) for one, other in right for i in one for j in other}
    wrong = sum(not any((i, j) in true for i in one for j in other) for one, other in found)
    return 2 * len(found & right) / (len(found) + len(right)), wrong / max(1, len(found))


def cases(
    lines: tuple[list[str], list[str]], seeds: int
) -> Iterator[tuple[Simulation, list[tuple[str, str]]]]:
    """Yield damaged blocks, each with the pairs of all other lines."""
    ours, theirs = lines
    starts = range(0, len(ours) - BLOCK + 1, BLOCK) or range(1)
    for seed in range(seeds):
        start = starts[seed % len(starts)]
        block = slice(start, start + BLOCK)
        rest = [n for n in range(len(ours)) if not start <= n < start + BLOCK]
        others = [theirs[n] for n in rest] or theirs
        made = simulate(ours[block], theirs[block], others, random.Random(seed))
        yield made, [(ours[n], theirs[n]) for n in rest]


def align_pages(paths: Sequence[Path], tags: Sequence[str]) -> None:
    """Print how many groups of two documents are in other sections than their source, and some."""
    read = [
        cut_source(read_foreign(path, ForeignOptions(language=tag)).document, find(tag))
        for path, tag in zip(paths, tags, strict=True)
    ]
    groups = align_document(read[0], read[1], {}, WordTable())
    sections = [list(_sections(source)) for source in read]
    made = [one for one in groups if one.sources and one.targets]
    away = sum(sections[0][one.sources[0]] != sections[1][one.targets[0]] for one in made)
    sizes = [len(source.every) for source in read]
    print(f"{sizes} sentences, {len(made)} groups, {away} in another section")
    for one in random.Random(1).sample(made, min(60, len(made))):
        print(f"{one.sureness:.2f}", *(read[0].every[at].unit.msgid for at in one.sources))
        print("    ", *(read[1].every[at].unit.msgid for at in one.targets))


def _sections(source: Source) -> Iterator[int]:
    """Yield for each sentence how many headings there are up to it."""
    count = 0
    for sentence in source.every:
        count += sentence.unit.role is Role.HEADING and sentence.unit.opens
        yield count


def main() -> None:
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    paths = [Path(word) for word in words[:2]]
    if "--pages" in sys.argv:
        align_pages(paths, [*(words[3:4] or ["en"]), words[2]])
        return
    ours, theirs = (path.read_text("utf-8").splitlines() for path in paths)
    if "--size" in sys.argv:
        _time((ours, theirs), int(words[2]))
        return
    seeds = int(words[2]) if len(words) > 2 else 8
    print(f"{'':32}     F  wrong  seconds")
    for name, memory, paragraphs in (
        ("length and anchors", False, False),
        ("and words from the memory", True, False),
        ("paragraphs, length and anchors", False, True),
        ("and words from the memory", True, True),
    ):
        _row(name, cases((ours, theirs), seeds), memory=memory, paragraphs=paragraphs)


def _row(
    name: str,
    made: Iterator[tuple[Simulation, list[tuple[str, str]]]],
    *,
    memory: bool,
    paragraphs: bool,
) -> None:
    figures = []
    for case, known in made:
        table = learn_words(known) if memory else WordTable()
        opens = case.opens if paragraphs else (set(), set())
        pieces = make_pieces(case.sources, opens[0]), make_pieces(case.targets, opens[1])
        start = time.process_time()
        groups = align_texts(*pieces, table)
        figures.append((*measure(groups, case.pairs), time.process_time() - start))
    f, wrong, seconds = (sum(column) / len(figures) for column in zip(*figures, strict=True))
    print(f"{name:32} {f:.3f} {wrong:5.1%} {seconds:8.2f}", flush=True)


def _time(lines: tuple[list[str], list[str]], size: int) -> None:
    """Print how long it takes to learn the words and to align so many sentences."""
    rng = random.Random(1)
    numbers: list[int] = []
    while len(numbers) < size:
        order = list(range(len(lines[0])))
        rng.shuffle(order)
        numbers += order
    ours, theirs = ([text[n] for n in numbers[:size]] for text in lines)
    made = simulate(ours, theirs, lines[1], rng)
    table, learning = _timed(lambda: learn_words(zip(*lines, strict=True)))
    pieces = make_pieces(made.sources, set()), make_pieces(made.targets, set())
    groups, aligning = _timed(lambda: align_texts(*pieces, table))
    f, wrong = measure(groups, made.pairs)
    print(f"{size} sentences: {learning:.1f} s to learn words, {aligning:.1f} s to align")
    print(f"F {f:.3f}, {wrong:.1%} wrong")


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return work(), time.process_time() - start


if __name__ == "__main__":
    main()
