"""Measure how many damaged numbers the checks of numbers find, by language and kind.

Run `python -m benchmarks.numbers [FOLDER [SHOW [LANGUAGE]]]`.  Good pairs are those of
`tests/cases/numbers`, or with FOLDER the aligned lines of `eng.txt` with `rus.txt` and `tuk.txt`
that have a digit.  With SHOW, the beginning of the name of a damage or `good`, the pairs that were
missed, or good pairs with findings, are printed too.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.numberdamage import NUMBER_DAMAGES, NumberDamage, damage_numbers
from publish.checks.numbers.number_rules import NUMBER_RULES
from publish.checks.rule import Pair, SentenceRunner
from publish.languages.registry import find
from publish.model import Entry, Level

__all__ = ["CASES", "NumberPair", "Tally", "find_codes", "number_pairs", "tally"]

CASES = Path(__file__).parent.parent / "tests" / "cases" / "numbers"
FILES = {
    "ru": "rus.txt",
    "tk": "tuk.txt",
    "kk": "kaz.txt",
    "uz": "uzb.txt",
    "tg": "tgk.txt",
    "az": "aze.txt",
    "tr": "tur.txt",
    "fa": "fas.txt",
    "ar": "ara.txt",
    "hi": "hin.txt",
    "fr": "fra.txt",
    "de": "deu.txt",
    "es": "spa.txt",
}
"""The files of a folder of aligned lines by language; those that are not there are left out."""


@dataclass(frozen=True, slots=True)
class NumberPair:
    """A sentence with numbers and a good translation in the language of a tag."""

    source: str
    target: str
    tag: str


@dataclass(slots=True)
class Tally:
    """How many damaged pairs there were, were found at all, and were found as errors."""

    count: int = 0
    found: int = 0
    errors: int = 0
    missed: list[tuple[NumberPair, str]] = field(default_factory=list)


def number_pairs(folder: Path | None = None) -> Iterator[NumberPair]:
    """Yield the good pairs of this repository, or those of a folder of aligned lines."""
    if folder is None:
        for line in _lines(CASES / "others.tsv"):
            tag, source, target = line.split("\t")
            yield NumberPair(source, target, tag)
        sources = _lines(CASES / "en.txt")
        for path in sorted(CASES.glob("??.txt")):
            if path.stem != "en":
                for source, target in zip(sources, _lines(path), strict=True):
                    yield NumberPair(source, target, path.stem)
        return
    for tag, name in FILES.items() if folder else ():
        if not (folder / name).exists():
            continue
        for source, target in zip(_lines(folder / "eng.txt"), _lines(folder / name), strict=True):
            if any(sign.isdigit() for sign in source + target):
                yield NumberPair(source, target, tag)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def find_codes(pair: NumberPair, target: str) -> Counter[tuple[str, Level]]:
    """Return how many findings of each code and level a translation of a pair's source has."""
    entry = Entry(msgid=pair.source, msgstrs=(target,))
    checked = Pair(entry, pair.source, target, find(pair.tag))
    found: Counter[tuple[str, Level]] = Counter()
    for rule in NUMBER_RULES:
        assert isinstance(rule.runner, SentenceRunner)
        found[rule.code, rule.level] += len(list(rule.runner.run(checked)))
    return +found


@cache
def _before(pair: NumberPair) -> Counter[tuple[str, Level]]:
    return find_codes(pair, pair.target)


def tally(damage: NumberDamage, pairs: Iterable[NumberPair], seed: int = 7) -> dict[str, Tally]:
    """Damage pairs in one way and return what was found in each language.

    Pairs that have a finding before are left out.
    """
    tallies: dict[str, Tally] = {}
    chance = Random(seed)
    for pair in pairs:
        own = tallies.setdefault(pair.tag, Tally())
        if _before(pair):
            continue
        for target in damage_numbers(damage, pair.target, pair.tag, chance):
            new = find_codes(pair, target) - _before(pair)
            own.count += 1
            own.found += bool(new)
            own.errors += any(level is Level.ERROR for _, level in new)
            if not new:
                own.missed.append((pair, target))
    return tallies


def main(folder: str = "", show: str = "", only: str = "") -> None:
    """Print the findings of good pairs, and a table of damage by kind and language."""
    pairs = [
        pair
        for pair in number_pairs(Path(folder) if folder else None)
        if not only or pair.tag == only
    ]
    tags = list(dict.fromkeys(pair.tag for pair in pairs))
    say = sys.stdout.write
    for tag in tags:
        own = [_before(pair) for pair in pairs if pair.tag == tag]
        loud = [{level for _, level in found} for found in own]
        parts = [f"{sum(level in one for one in loud)} with {level}" for level in Level]
        say(f"{tag}: {len(own)} good pairs, {', '.join(parts)}\n")
    if show == "good":
        for pair in pairs:
            if found := _before(pair):
                say(f"{sorted(code for code, _ in found)}\n  {pair.source}\n  {pair.target}\n")
    say(f"\n| damage | {' | '.join(tags)} | all | errors |\n|---{'|---:' * (len(tags) + 2)}|\n")
    total = Tally()
    for damage in NUMBER_DAMAGES:
        result = tally(damage, pairs)
        whole = Tally()
        for one in result.values():
            for part in (whole, total):
                part.count, part.found = part.count + one.count, part.found + one.found
                part.errors += one.errors
        cells = [_cell(result.get(tag, Tally())) for tag in tags]
        say(f"| {damage.what} | {' | '.join(cells)} | {_cell(whole)} | {_share(whole)} |\n")
        if show and damage.what.startswith(show):
            for pair, target in [missed for one in result.values() for missed in one.missed]:
                say(f"{pair.tag}: {pair.source}\n  {pair.target}\n  {target}\n")
    say(f"| all |{' |' * len(tags)} {_cell(total)} | {_share(total)} |\n")


def _cell(one: Tally) -> str:
    return f"{one.found}/{one.count}" if one.count else ""


def _share(one: Tally) -> str:
    if not one.count:
        return ""
    return f"{100 * one.found / one.count:.1f} % found, {100 * one.errors / one.count:.1f} % errors"


if __name__ == "__main__":
    main(*sys.argv[1:4])
