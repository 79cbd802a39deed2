"""Checks of names and terms: what the glossary says, and words known to be wrong for a term."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from publish.catalogs.glossary import Glossary
from publish.checks.check import Check, Pair, Problem
from publish.checks.needles import (
    Acronym,
    Needle,
    acronym_cues,
    acronyms,
    cued,
    hits,
    index,
    stands,
    target_words,
    term_cues,
)
from publish.checks.traps import TRAPS, springs
from publish.checks.wordforms import english_base, tokens
from publish.model import Level

__all__ = ["term_checks"]

Run = Callable[[Pair], Iterator[Problem]]

FAMILY: Final = "terms"
REMEMBERED = 4096


def term_checks(glossary: Glossary) -> tuple[Check, ...]:
    """The checks of a glossary's verified terms; an empty glossary leaves the known traps."""
    finders = {tag: _finder(index(glossary, tag)) for tag in glossary.languages}
    short = {tag: acronyms(glossary, tag) for tag in glossary.languages}
    return (
        _term_missing(_missing(finders, sensed=False)),
        _term_sense(_missing(finders, sensed=True)),
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


Finder = Callable[[str], tuple[Needle, ...]]
"""Gives the terms of a source sentence, each once."""


def _finder(table: dict[str, tuple[Needle, ...]]) -> Finder:
    base = lru_cache(REMEMBERED)(english_base)
    cues = term_cues(table)

    @lru_cache(1)  # the two checks of terms ask for a sentence one after the other
    def found(source: str) -> tuple[Needle, ...]:
        if not cued(cues, source):
            return ()
        words = tokens(source)
        return tuple(dict.fromkeys(hits(list(map(base, words)), words, table)))

    return found


def _missing(finders: dict[str, Finder], *, sensed: bool) -> Run:
    def run(pair: Pair) -> Iterator[Problem]:
        finder = finders.get(pair.language.tag)
        if finder is None:
            return
        for needle in finder(pair.source):
            if needle.sensed is not sensed:
                continue
            target = target_words(pair.target)
            shortened = not needle.short.isdisjoint(target.written)
            if shortened and needle.own.isdisjoint(tokens(pair.source)):
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

    cues = {tag: acronym_cues(table) for tag, table in short.items()}

    def run(pair: Pair) -> Iterator[Problem]:
        pattern = patterns.get(pair.language.tag)
        if pattern is None or not cued(cues[pair.language.tag], pair.source):
            return
        for written in dict.fromkeys(pattern.findall(pair.source)):
            target = target_words(pair.target)
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
    source, target = pair.source.lower(), pair.target.lower()
    for trap, wrong in WRONG.get(pair.language.tag, ()):
        if trap.cue not in source or trap.stem not in target:
            continue
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
