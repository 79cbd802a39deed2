"""Measure how many translations that say something else the checks find, without a false alarm.

Run `python -m benchmarks.meaning [SOURCE TARGET TAG [SIZE]]` with two texts that have one sentence
a line and translate each other line by line, and the tag of the second one's language; or without
for the documents of this repository.  `first` or `second` behind it measures with that half of the
lines only: weights are set on the first half, so that the second says what they are worth.  The
lines are cut into catalogs of SIZE entries (300).  One entry in twelve is damaged in one way:

exchanged: two neighbours have each other's translation; moved: an entry has the next one's, whose
own is empty; cut: 20, 35 or 50 % of the letters are lost, and the last mark stays, or is lost, too;
double: an entry has a neighbour's translation behind its own; shifted: a run of 2 to 50 entries is
moved by 1 to 3 entries.  `alone` stands for catalogs with one such entry only.

A pair of exchanged entries is found if either has a finding; a run, if its ends are right to one
entry.  What is cut without its last mark is found by the rule `end-missing`, too, which is counted.
`vectors` behind the texts measures with the model of the setting `meaning = "vectors"`;
vectors are kept in the folder of temporary files.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from zlib import crc32

from benchmarks.mutations import good_of_repository
from publish.checks.meaning.misplaced import Misplaced, find_misplaced
from publish.checks.meaning.omissions import find_omissions
from publish.checks.meaning.texts import Texts, gather_texts
from publish.checks.meaning.vectors import compare_vectors
from publish.checks.measure import MEASURE_RULES
from publish.checks.rule import Pair, SentenceRunner
from publish.languages.language import Language
from publish.languages.lastwords import find_last_words
from publish.languages.registry import find
from publish.model import Entry, plain
from publish.reading.marks.inline import parse_inline
from publish.reading.msgstr import parse_msgstr

SIZE, ONE_IN = 300, 12
LENGTHS, ROWS = (2, 3, 5, 10, 20, 50), (-3, -2, -1, 1, 2, 3)
END = re.compile(r"[.!?…]+[\"”»’)]*$")
WAYS = (
    "exchanged", "moved", "cut 20", "cut 35", "cut 35, alone", "cut 50", "cut 35, no mark",
    "double",
)  # fmt: skip
ALONE = 25
(ENDS,) = (rule.runner for rule in MEASURE_RULES if rule.code == "end-missing")

Pairs = list[tuple[str, str]]


def damage(way: str, pairs: Pairs, rng: Random, most: int = 0) -> tuple[Pairs, dict[int, set[int]]]:
    """Return a catalog with damage, and where: each place with the entries that may be told."""
    made, places = list(pairs), dict[int, set[int]]()
    for at in rng.sample(range(2, len(pairs) - 3), len(pairs) - 5):
        if len(places) >= (most or max(1, len(pairs) // ONE_IN)):
            break
        if any(abs(at - other) < 4 for other in places):
            continue
        (source, target), (beside, following) = pairs[at], pairs[at + 1]
        told = {at}
        if way == "exchanged":
            made[at], made[at + 1] = (source, following), (beside, target)
            told.add(at + 1)
        elif way == "moved":
            made[at], made[at + 1] = (source, following), (beside, "")
        elif way == "double":
            made[at] = (source, f"{target} {following}")
        elif len(source) >= 40:
            made[at] = (source, shorten(target, int(way[4:6]) / 100, mark="no mark" not in way))
        else:
            continue
        places[at] = told
    return made, places


def shorten(text: str, part: float, *, mark: bool) -> str:
    """Return a text without its last words, about so great a part of it."""
    end = END.search(text)
    last = end.group() if end else ""
    kept = text[: int(len(text) * (1 - part))].rpartition(" ")[0].rstrip(" ,;:—–-")
    return kept + last if mark else kept


def shifted(pairs: Pairs, rng: Random) -> tuple[Pairs, int, int, int]:
    """Return a catalog with a shifted run, its first and last entry, and by how many rows."""
    rows, length = rng.choice(ROWS), min(rng.choice(LENGTHS), len(pairs) // 2)
    start = rng.randrange(3, len(pairs) - length - 3)
    made = list(pairs)
    for at in range(start, start + length):
        made[at] = (pairs[at][0], "")
    for at in range(start, start + length):
        made[at + rows] = (pairs[at + rows][0], pairs[at][1])
    return made, start + rows, start + rows + length - 1, rows


def gather(pairs: Pairs, vectors: Path | None) -> Texts:
    """Return the texts of a catalog; vectors are kept by its first source, never damaged."""
    if vectors is None:
        return gather_texts(pairs)
    name = f"{vectors.name}-{crc32(pairs[0][0].encode()):08x}"
    return gather_texts(pairs, (), compare_vectors(pairs, vectors.with_name(name)))


def told_of(way: str, pairs: Pairs, language: Language, vectors: Path | None) -> set[int]:
    """Return the entries with a finding that is about this way of damage."""
    texts = gather(pairs, vectors)
    if way in ("exchanged", "moved"):
        return of_places(find_misplaced(texts))
    found = find_omissions(texts, (), find_last_words(language.tag))
    if way == "double":
        return {number for number, _ in found.two}
    ends = {at for at, pair in enumerate(pairs) if breaks_off(pair, language)}
    return set(found.cut) | (ends if "no mark" in way else set())


def breaks_off(pair: tuple[str, str], language: Language) -> bool:
    """Return whether the rule for missing full stops tells of a pair."""
    source, target = pair
    told = Pair(entry=Entry(msgid=source), source=source, target=target, language=language)
    return isinstance(ENDS, SentenceRunner) and any(True for _ in ENDS.run(told))


def of_places(found: Misplaced) -> set[int]:
    numbers = {number for shift in found.shifts for number in shift.numbers}
    numbers |= {number for pair in found.exchanged for number in pair}
    return numbers | {number for number, _ in found.moved}


def measure(
    name: str, catalogs: Sequence[Pairs], language: Language, vectors: Path | None
) -> Iterator[str]:
    """Yield the lines of a table."""
    whole = sum(map(len, catalogs))
    yield f"{name}: {whole} entries in {len(catalogs)} catalogs\n"
    start = time.process_time()
    wrong: Counter[str] = Counter()
    for pairs in catalogs:
        texts = gather(pairs, vectors)
        misplaced = find_misplaced(texts)
        omissions = find_omissions(texts, (), find_last_words(language.tag))
        wrong["exchanged"] += 2 * len(misplaced.exchanged)
        wrong["moved"] += len(misplaced.moved)
        wrong["cut"] += len(omissions.cut)
        wrong["double"] += len(omissions.two)
        wrong["shifted"] += len(misplaced.shifts)
    seconds = time.process_time() - start
    shares = ", ".join(f"{kind} {100 * count / whole:.2f} %" for kind, count in wrong.items())
    yield f"false: {shares}; {1000 * seconds / whole:.2f} ms an entry\n"
    for way in WAYS:
        count = found = 0
        for seed, pairs in enumerate(catalogs):
            for again in range(ALONE if "alone" in way else 2):
                rng = Random(seed * 7 + again)
                made, places = damage(way, pairs, rng, 1 if "alone" in way else 0)
                told = told_of(way, made, language, vectors)
                count += len(places)
                found += sum(bool(told & ones) for ones in places.values())
        yield f"{way}: {found} of {count}, {100 * found / count:.1f} %\n"
    yield measure_shifts(catalogs, vectors)


def measure_shifts(catalogs: Sequence[Pairs], vectors: Path | None) -> str:
    count, found, long, longer = 0, 0, 0, 0
    for seed in range(60):
        made, first, last, rows = shifted(catalogs[seed % len(catalogs)], Random(seed))
        runs = find_misplaced(gather(made, vectors)).shifts
        right = any(
            run.rows == -rows and abs(run.first - first) < 2 and abs(run.last - last) < 2
            for run in runs
        )
        count, found = count + 1, found + right
        long, longer = long + (last - first > 1), longer + (right and last - first > 1)
    return f"shifted: {found} of {count}; of those of 3 entries and more {longer} of {long}\n"


def cut(pairs: Pairs, size: int) -> list[Pairs]:
    parts = [pairs[at : at + size] for at in range(0, len(pairs), size)]
    return [part for part in parts if len(part) > size // 2] or [pairs]


def main(*given: str) -> None:
    """Print the table of two texts, or those of the documents of this repository."""
    say = sys.stdout.write
    vectors = Path(tempfile.gettempdir(), "benchmarks-meaning") if "vectors" in given else None
    named = [one for one in given if one not in ("vectors", "first", "second")]
    if named:
        texts = [Path(one).read_text("utf-8").splitlines() for one in named[:2]]
        half = (len(texts[0]) + 1) // 2
        wanted = (
            slice(half, None) if "second" in given else slice(half if "first" in given else None)
        )
        lines = list(zip(*texts, strict=True))[wanted]
        pairs = [(one.strip(), other.strip()) for one, other in lines if one and other]
        size = int(named[3]) if len(named) > 3 else SIZE
        for line in measure(named[1], cut(pairs, size), find(named[2]), vectors):
            say(line)
        return
    good = list(good_of_repository())
    for tag in ("ru", "tk"):
        own = [
            (plain(parse_inline(one.msgid)), plain(parse_msgstr(one.msgstr)))
            for one in good
            if one.language == tag
        ]
        for line in measure(tag, [own], find(tag), vectors):
            say(line)


if __name__ == "__main__":
    main(*sys.argv[1:])
