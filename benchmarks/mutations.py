"""Measures what the checks find: good translations, each damaged in many ways.

Run `python -m benchmarks.mutations [FOLDER]`.  Good translations are those of the documents in this
repository, or the aligned lines of a folder's `eng.txt`, `rus.txt` and `tuk.txt`.  A damage is
found where the damaged pair has a finding that the undamaged one has not.  The table that is
printed stands in docs/performance.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.damage import DAMAGES, Damage, Good, damaged
from publish.catalogs.glossary import Glossary, read_glossary
from publish.checks.accepting import accepted_codes
from publish.checks.rule import Rule
from publish.checks.running import check_catalog
from publish.checks.table import build_rules
from publish.checks.views import CatalogView
from publish.languages.registry import find
from publish.model import Catalog, Entry, Level, Text
from publish.po.pofile import catalog_of, read
from publish.reading.canonical import serialise_inlines

__all__ = ["Tried", "codes", "glossary", "good_of_folder", "good_of_repository", "tried"]

ROOT = Path(__file__).parent.parent
FILES = {"ru": "rus.txt", "tk": "tuk.txt"}


@cache
def glossary() -> Glossary:
    path = ROOT / "locales" / "glossary.csv"
    return read_glossary(path.read_text(encoding="utf-8"), path.name)


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in build_rules(glossary()) if rule.family != "catalog health")


def good_of_repository() -> Iterator[Good]:
    """What is translated of the documents and nobody had to accept in spite of a finding."""
    for path in sorted(ROOT.glob("locales/*/LC_MESSAGES/*.po")):
        language = path.parent.parent.name
        if language in FILES and path.stem != "publish":
            for entry in catalog_of(read(path, path.name)).active().values():
                plain = entry.translated and not entry.joined and not accepted_codes(entry)
                if plain and entry.msgid:
                    yield Good(entry.msgid, entry.msgstr, language)


def good_of_folder(folder: Path) -> Iterator[Good]:
    """Aligned lines of plain text: English in `eng.txt`, the others beside it."""
    sources = _lines(folder / "eng.txt")
    for language, name in FILES.items():
        for source, target in zip(sources, _lines(folder / name), strict=True):
            if source.strip() and target.strip():
                yield Good(_markdown(source), _markdown(target), language)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _markdown(text: str) -> str:
    return serialise_inlines((Text(" ".join(text.split())),))


def codes(good: Good, msgstr: str) -> Counter[tuple[str, Level]]:
    """How often each check speaks of a translation."""
    catalog = Catalog("x.po", (), (Entry(msgid=good.msgid, msgstrs=(msgstr,)),))
    view = CatalogView(catalog=catalog, language=find(good.language))
    return Counter((one.code, one.level) for one in check_catalog(view, _rules()))


@dataclass(frozen=True, slots=True)
class Tried:
    """Pairs that were damaged in one way, and those of them that the checks did not find."""

    count: int
    missed: tuple[tuple[Good, str], ...]

    @property
    def share(self) -> float:
        return 1 - len(self.missed) / self.count if self.count else 1.0


def tried(damage: Damage, pairs: Iterable[Good], *, seed: int = 7) -> Tried:
    """What becomes of good pairs damaged in one way; the same seed gives the same damage."""
    chance, count = Random(seed), 0
    missed: list[tuple[Good, str]] = []
    before = cache(lambda good: codes(good, good.msgstr))
    for good in pairs:
        for msgstr in damaged(damage, good, chance, glossary()):
            count += 1
            if not codes(good, msgstr) - before(good):
                missed.append((good, msgstr))
    return Tried(count, tuple(missed))


def main(folder: str = "", show: str = "") -> None:
    """Print how quiet good pairs are, then each way of damage; `show` prints what was missed."""
    pairs = list(good_of_folder(Path(folder)) if folder else good_of_repository())
    say: Callable[[str], int] = sys.stdout.write
    by_language = {tag: [good for good in pairs if good.language == tag] for tag in FILES}
    for tag, own in by_language.items():
        loud = [{level for _, level in codes(good, good.msgstr)} for good in own]
        parts = [f"{sum(level in one for one in loud)} with {level}" for level in Level]
        say(f"{tag}: {len(own)} good pairs, {', '.join(parts)}\n")
    say("\n| damage | Russian | found | Turkmen | found |\n|---|---:|---:|---:|---:|\n")
    for damage in DAMAGES:
        cells = [damage.what]
        for own in by_language.values():
            result = tried(damage, own)
            cells += (
                [str(result.count), f"{100 * result.share:.1f} %"] if result.count else ["", ""]
            )
            if show and damage.what.startswith(show):
                for good, msgstr in result.missed:
                    say(f"{good.msgid}\n  {good.msgstr}\n  {msgstr}\n")
        say(f"| {' | '.join(cells)} |\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
