"""Rules of names and terms: the terms of the glossary, and words known to be wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from publish.catalogs.glossary import Glossary
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.checks.terms.lookup import (
    Acronym,
    Needle,
    collect_acronym_cues,
    collect_term_cues,
    find_terms,
    has_words_near,
    index_acronyms,
    index_terms,
    may_have_term,
    read_target_words,
)
from publish.checks.terms.traps import TRAPS, is_triggered
from publish.checks.terms.wordforms import english_base, split_tokens
from publish.model import Level

__all__ = ["build_term_rules"]

Run = Callable[[Pair], Iterator[Problem]]

FAMILY: Final = "terms"
REMEMBERED = 4096


def build_term_rules(glossary: Glossary) -> tuple[Rule, ...]:
    """Return the rules of names and terms, for the verified terms of a glossary."""
    finders = {tag: _finder(index_terms(glossary, tag)) for tag in glossary.languages}
    short = {tag: index_acronyms(glossary, tag) for tag in glossary.languages}

    def has_terms(pair: Pair) -> bool:
        return pair.language.tag in finders and bool(finders[pair.language.tag](pair.source))

    return (
        _term_missing(SentenceRunner(_missing(finders, sensed=False), has_terms)),
        _term_sense(SentenceRunner(_missing(finders, sensed=True), has_terms)),
        _acronym_missing(_acronyms(short)),
        FORBIDDEN,
    )


def _term_missing(runner: SentenceRunner) -> Rule:
    return Rule(
        code="term-missing",
        family=FAMILY,
        level=Level.WARNING,
        title="A term is not translated as the glossary says",
        why="A report uses one word for one thing. If the source has a term whose translation is "
        "marked as verified in the glossary, the translation must have one of its alternatives, "
        "in any inflected form.",
        remedy="Use the term of the glossary, in the form that the sentence needs.",
        language="ru",
        right=("Forced labor is a crime.", "Принудительный труд является преступлением."),
        wrong=("Forced labor is a crime.", "Тяжелая работа является преступлением."),
        runner=runner,
    )


def _term_sense(runner: SentenceRunner) -> Rule:
    return Rule(
        code="term-sense",
        family=FAMILY,
        level=Level.ADVICE,
        title="A term with several senses is not translated as the glossary says",
        why="The glossary narrows the sense of some terms in parentheses: minor (legal). Only a "
        "reader can decide whether the sentence has that sense, so this is advice.",
        remedy="Decide which sense is meant; if it is the one in the glossary, use its term.",
        language="ru",
        right=("He was a minor.", "Он был несовершеннолетним."),
        wrong=("He was a minor.", "Он был шахтером."),
        runner=runner,
    )


def _acronym_missing(runner: SentenceRunner) -> Rule:
    return Rule(
        code="acronym-missing",
        family=FAMILY,
        level=Level.WARNING,
        title="An acronym is not translated as the glossary says",
        why="An acronym is always used in the same way: as in the glossary, or written in full.",
        remedy="Use the acronym of the glossary, or the full name.",
        language="tk",
        right=("The ILO sent observers.", "HZG synçylary ugratdy."),
        wrong=("The ILO sent observers.", "ILO synçylary ugratdy."),
        runner=runner,
    )


Finder = Callable[[str], tuple[Needle, ...]]
"""A function that returns the terms of a source sentence, each once."""


def _finder(table: dict[str, tuple[Needle, ...]]) -> Finder:
    base = lru_cache(REMEMBERED)(english_base)
    cues = collect_term_cues(table)

    @lru_cache(1)  # Two rules ask for the same sentence one after the other.
    def found(source: str) -> tuple[Needle, ...]:
        if not may_have_term(cues, source):
            return ()
        words = split_tokens(source)
        return tuple(dict.fromkeys(find_terms(list(map(base, words)), words, table)))

    return found


def _missing(finders: dict[str, Finder], *, sensed: bool) -> Run:
    def run(pair: Pair) -> Iterator[Problem]:
        finder = finders.get(pair.language.tag)
        if finder is None:
            return
        for needle in finder(pair.source):
            if needle.sensed is not sensed:
                continue
            target = read_target_words(pair.target)
            shortened = not needle.short.isdisjoint(target.written)
            if shortened and needle.own.isdisjoint(split_tokens(pair.source)):
                continue
            if not any(has_words_near(wanted, target) for wanted in needle.wanted):
                yield Problem(
                    message=f"“{needle.term}” is not translated as in the glossary",
                    hint=f"write: {needle.say}",
                    about=needle.term,
                    say=needle.say,
                )

    return run


def _acronyms(short: dict[str, dict[str, Acronym]]) -> SentenceRunner:
    patterns = {
        tag: re.compile(rf"\b({'|'.join(map(re.escape, table))})(?:s|['’]s)?(?!\w)")
        for tag, table in short.items()
        if table
    }

    cues = {tag: collect_acronym_cues(table) for tag, table in short.items()}

    def has_acronyms(pair: Pair) -> bool:
        tag = pair.language.tag
        return tag in patterns and may_have_term(cues[tag], pair.source)

    def run(pair: Pair) -> Iterator[Problem]:
        pattern = patterns.get(pair.language.tag)
        if pattern is None or not has_acronyms(pair):
            return
        for written in dict.fromkeys(pattern.findall(pair.source)):
            target = read_target_words(pair.target)
            acronym = short[pair.language.tag][written]
            if not acronym.short.isdisjoint(target.written):
                continue
            if not any(has_words_near(wanted, target) for wanted in acronym.wanted):
                yield Problem(
                    message=f"{written} is not translated as in the glossary",
                    hint=f"write: {acronym.say}",
                    about=written,
                    say=acronym.say,
                )

    return SentenceRunner(run, has_acronyms)


WRONG = {
    tag: tuple(
        (trap, re.compile(trap.wrong, re.IGNORECASE)) for trap in TRAPS if trap.language == tag
    )
    for tag in sorted({trap.language for trap in TRAPS})
}


def _forbidden(pair: Pair) -> Iterator[Problem]:
    source = pair.source.lower()
    for trap, wrong in WRONG.get(pair.language.tag, ()):
        if trap.cue not in source or trap.stem not in pair.target.lower():
            continue
        spot = wrong.search(pair.target)
        if not spot or not is_triggered(trap, pair.source):
            continue
        if not (trap.excused and re.search(trap.excused, pair.target, re.IGNORECASE)):
            yield Problem(
                message=f"“{spot.group()}” is wrong here: {trap.why}",
                hint=f"write: {trap.say}",
                spot=spot.span(),
                say=trap.say,
            )


FORBIDDEN = Rule(
    code="term-forbidden",
    family=FAMILY,
    level=Level.ERROR,
    title="A word that means something else than the source",
    why="Some words are close to a term but mean something else in law, such as smuggling for "
    "trafficking, or are offensive. The table of such words is in "
    "publish/checks/terms/traps.py.",
    remedy="Use the right term instead of this word.",
    language="tk",
    right=("Trafficking is a crime.", "Adam söwdasy jenaýatdyr."),
    wrong=("Trafficking is a crime.", "Adam gaçakçylygy jenaýatdyr."),
    runner=SentenceRunner(_forbidden, tags=frozenset(WRONG)),
)
