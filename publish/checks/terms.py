"""Checks of names and terms: what the glossary says, and words known to be wrong for a term."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from publish.catalogs.glossary import Glossary
from publish.checks.check import Check, Pair, Problem
from publish.checks.needles import Acronym, Needle, acronyms, hits, index, stands, target_words
from publish.checks.traps import TRAPS, springs
from publish.checks.wordforms import english_base, tokens
from publish.model import Level

__all__ = ["term_checks"]

Run = Callable[[Pair], Iterator[Problem]]

FAMILY: Final = "terms"
REMEMBERED = 4096


def term_checks(glossary: Glossary) -> tuple[Check, ...]:
    """The checks of a glossary's verified terms; an empty glossary leaves the known traps."""
    needles = {tag: index(glossary, tag) for tag in glossary.languages}
    short = {tag: acronyms(glossary, tag) for tag in glossary.languages}
    base = lru_cache(REMEMBERED)(english_base)
    return (
        _term_missing(_missing(needles, base, sensed=False)),
        _term_sense(_missing(needles, base, sensed=True)),
        _acronym_missing(_acronyms(short)),
        FORBIDDEN,
    )


def _term_missing(run: Run) -> Check:
    return Check(
        "term-missing",
        FAMILY,
        Level.WARNING,
        "a term is not translated as the glossary says",
        "A report uses one word for one thing. Where the source has a term whose translation the "
        "glossary calls verified, one of its alternatives must stand in the translation, in any "
        "inflected form.",
        "ru",
        ("Forced labor is a crime.", "Принудительный труд является преступлением."),
        ("Forced labor is a crime.", "Тяжелая работа является преступлением."),
        run,
    )


def _term_sense(run: Run) -> Check:
    return Check(
        "term-sense",
        FAMILY,
        Level.ADVICE,
        "a term with several senses is not translated as the glossary says",
        "The glossary narrows the sense of some terms in parentheses: minor (legal). Whether the "
        "sentence means that sense only a reader can tell, so this is advice.",
        "ru",
        ("He was a minor.", "Он был несовершеннолетним."),
        ("He was a minor.", "Он был шахтером."),
        run,
    )


def _acronym_missing(run: Run) -> Check:
    return Check(
        "acronym-missing",
        FAMILY,
        Level.WARNING,
        "an acronym is not translated as the glossary says",
        "An acronym is used one way: as the glossary has it, or written out in full.",
        "tk",
        ("The ILO sent observers.", "HZG synçylary ugratdy."),
        ("The ILO sent observers.", "ILO synçylary ugratdy."),
        run,
    )


def _missing(
    needles: dict[str, dict[str, tuple[Needle, ...]]], base: Callable[[str], str], *, sensed: bool
) -> Run:
    def run(pair: Pair) -> Iterator[Problem]:
        table = needles.get(pair.language.tag)
        if not table:
            return
        words = tokens(pair.source)
        found = [one for one in hits(list(map(base, words)), words, table) if one.sensed is sensed]
        if not found:
            return
        target = target_words(pair.target)
        for needle in dict.fromkeys(found):
            shortened = not needle.short.isdisjoint(target.written)
            if shortened and needle.own.isdisjoint(words):
                continue
            if not any(stands(wanted, target) for wanted in needle.wanted):
                yield Problem(
                    f"“{needle.term}” is not translated as in the glossary",
                    f"write: {needle.say}",
                    about=needle.term,
                    say=needle.say,
                )

    return run


def _acronyms(short: dict[str, dict[str, Acronym]]) -> Run:
    patterns = {
        tag: re.compile(rf"\b({'|'.join(map(re.escape, table))})(?:s|['’]s)?(?!\w)")
        for tag, table in short.items()
        if table
    }

    def run(pair: Pair) -> Iterator[Problem]:
        pattern = patterns.get(pair.language.tag)
        found = dict.fromkeys(pattern.findall(pair.source)) if pattern else {}
        if not found:
            return
        target = target_words(pair.target)
        for written in found:
            acronym = short[pair.language.tag][written]
            if not acronym.short.isdisjoint(target.written):
                continue
            if not any(stands(wanted, target) for wanted in acronym.wanted):
                yield Problem(
                    f"{written} is not translated as in the glossary",
                    f"write: {acronym.say}",
                    about=written,
                    say=acronym.say,
                )

    return run


WRONG = {
    tag: tuple(
        (trap, re.compile(trap.wrong, re.IGNORECASE)) for trap in TRAPS if trap.language == tag
    )
    for tag in sorted({trap.language for trap in TRAPS})
}


def _forbidden(pair: Pair) -> Iterator[Problem]:
    for trap, wrong in WRONG.get(pair.language.tag, ()):
        spot = wrong.search(pair.target)
        if not spot or not springs(trap, pair.source):
            continue
        if not (trap.excused and re.search(trap.excused, pair.target, re.IGNORECASE)):
            yield Problem(
                f"“{spot.group()}” is wrong here: {trap.why}",
                f"write: {trap.say}",
                spot.span(),
                say=trap.say,
            )


FORBIDDEN = Check(
    "term-forbidden",
    FAMILY,
    Level.ERROR,
    "a word that says something else than the source",
    "Some words are near a term and mean another thing in law, such as smuggling for trafficking, "
    "or are a term of abuse. The table of traps stands in publish/checks/traps.py.",
    "tk",
    ("Trafficking is a crime.", "Adam söwdasy jenaýatdyr."),
    ("Trafficking is a crime.", "Adam gaçakçylygy jenaýatdyr."),
    _forbidden,
)
