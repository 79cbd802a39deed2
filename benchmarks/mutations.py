"""Measure how much of the damage to good translations the checks find.

Run `python -m benchmarks.mutations [FOLDER [SHOW]]`.  Good translations are those of the documents
in this repository, or the aligned lines of `eng.txt`, `rus.txt` and `tuk.txt` in FOLDER.  Damage is
found where the damaged pair has a finding that the good pair has not.  With SHOW, the beginning of
the name of a damage, the pairs that were missed are printed too.  The table is in
docs/accuracy.md.
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
from publish.checks.accepting import list_accepted_codes
from publish.checks.engine import check_catalog
from publish.checks.rule import Rule
from publish.checks.table import build_rules
from publish.checks.views import CatalogView
from publish.languages.registry import find
from publish.model import Catalog, Entry, Level, Text
from publish.po.pofile import extract_catalog, read_po_file
from publish.reading.marks.canonical import serialise_inlines

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
    """Yield the translated sentences of the documents that have no accepted findings."""
    for path in sorted(ROOT.glob("locales/*/LC_MESSAGES/*.po")):
        language = path.parent.parent.name
        if language in FILES and path.stem != "publish":
            for entry in extract_catalog(read_po_file(path, path.name)).active().values():
                plain = entry.translated and not entry.joined and not list_accepted_codes(entry)
                if plain and entry.msgid:
                    yield Good(entry.msgid, entry.msgstr, language)


def good_of_folder(folder: Path) -> Iterator[Good]:
    """Yield pairs from aligned lines of plain text: English in `eng.txt`, others beside it."""
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
    """Return how many findings of each code and level a translation has."""
    catalog = Catalog("x.po", (), (Entry(msgid=good.msgid, msgstrs=(msgstr,)),))
    view = CatalogView(catalog=catalog, language=find(good.language))
    return Counter((one.code, one.level) for one in check_catalog(view, _rules()))


@dataclass(frozen=True, slots=True)
class Tried:
    """The number of pairs damaged in one way, and those that the checks did not find."""

    count: int
    missed: tuple[tuple[Good, str], ...]

    @property
    def share(self) -> float:
        return 1 - len(self.missed) / self.count if self.count else 1.0


def tried(damage: Damage, pairs: Iterable[Good], *, seed: int = 7) -> Tried:
    """Damage good pairs in one way and check them; the same seed gives the same damage."""
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
    """Print the findings of good pairs, and a table of damage; `show` prints missed pairs."""
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
