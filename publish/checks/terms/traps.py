"""Words that stand wrongly for a term in a human rights text, as a table.

A trap is a sure error: the source says one thing, the translation has the word for another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["TRAPS", "Trap", "springs"]

TRAFFICKING, SMUGGLING = r"\btraffick", r"\bsmuggl"
COMMITTEE, COUNCIL = r"\bHuman Rights Committee\b", r"\bHuman Rights Council\b"
MILITARY = r"militar|\barm(?:y|ies)\b|troop|soldier|reserv|conscript|\bwar\b"
CITIZENS = r"\bTurkmen (?:citizen|national)s?\b"
DRAFTS = r"\b(?:SOPs?|procedures?|laws?|bills?|plans?)\b"
DRAFTED = rf"{DRAFTS} (?:were|was|is|are|being|been) drafted\b|\bdraft(?:ed|ing)? {DRAFTS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """In `language`, `wrong` may not stand where the source has `where`.

    `unless` in the source, or `excused` in the translation, makes it right; empty for neither.
    `say` is what to write, `why` the reason in a sentence.  In lower case, `cue` is part of every
    source that `where` finds, and `stem` of every translation that `wrong` finds: without them
    nobody has to look.
    """

    language: str
    where: str
    wrong: str
    say: str
    why: str
    unless: str = ""
    excused: str = ""
    cue: str = ""
    stem: str = ""


TRAPS: tuple[Trap, ...] = (
    Trap(
        language="tk",
        where=TRAFFICKING,
        wrong=r"\badam\w*\s+gaçakçy\w*",
        say="adam söwdasy",
        why="adam gaçakçylygy is smuggling of people, another crime than trafficking",
        unless=SMUGGLING,
        cue="traff",
    ),
    Trap(
        language="ru",
        where=TRAFFICKING,
        wrong=r"\bконтрабанд\w+\s+люд\w+",
        say="торговля людьми",
        why="контрабанда людей is smuggling of people, another crime than trafficking",
        unless=SMUGGLING,
        cue="traff",
    ),
    Trap(
        language="tk",
        where=r"\bmobili[sz]",
        wrong=r"\bmobilizasiýa\w*",
        say="çekmek, çekilmegi",
        why="mobilizasiýa is a military call-up",
        unless=MILITARY,
        cue="mob",
    ),
    Trap(
        language="tk",
        where=r"",
        wrong=r"\bjelep(?!çilik)\w*",
        say="täjirçilik jynsy gatnaşyklara çekilen aýallar",
        why="jelep is a term of abuse",
        unless=r"\bwhore|\bhooker",
        stem="jelep",
    ),
    Trap(
        language="tk",
        where=r"",
        wrong=r"\bjelepçilik\w*",
        say="täjirçilik jynsy gatnaşyklar",
        why="jelepçilik is right only where the source itself says prostitution",
        unless=r"prostitut|\bpimp|\bbrothel",
        stem="jelep",
    ),
    Trap(
        language="ru",
        where=COMMITTEE,
        wrong=r"\bСовет\w*(?=(?:\s+ООН)?\s+по\s+правам)",
        say="Комитет по правам человека",
        why="the Human Rights Council is another body of the United Nations",
        unless=COUNCIL,
        cue="human r",
    ),
    Trap(
        language="ru",
        where=COUNCIL,
        wrong=r"\bКомитет\w*(?=(?:\s+ООН)?\s+по\s+правам)",
        say="Совет по правам человека",
        why="the Human Rights Committee is another body of the United Nations",
        unless=COMMITTEE,
        cue="human r",
    ),
    Trap(
        language="tk",
        where=COMMITTEE,
        wrong=r"(?<=hukuklary )geňeş\w*|(?<=hukuklary boýunça )geňeş\w*",
        say="Adam hukuklary komiteti",
        why="Geňeş is the Human Rights Council, another body of the United Nations",
        unless=COUNCIL,
        cue="human r",
    ),
    Trap(
        language="tk",
        where=COUNCIL,
        wrong=r"(?<=hukuklary )komitet\w*|(?<=hukuklary boýunça )komitet\w*",
        say="Adam hukuklary geňeşi",
        why="Komitet is the Human Rights Committee, another body of the United Nations",
        unless=COMMITTEE,
        cue="human r",
    ),
    Trap(
        language="ru",
        where=CITIZENS,
        wrong=r"\bтуркмен(?:ы|ов|ам|ами|ах|ка|ки|ок)?\b",
        say="граждане Туркменистана",
        why="туркмены names the ethnic group, not the citizens",
        excused=r"граждан|туркменистанц",
        cue="turkmen",
    ),
    Trap(
        language="tk",
        where=CITIZENS,
        wrong=r"\btürkmen(?:ler\w*)?\b",
        say="Türkmenistanyň raýatlary",
        why="türkmenler names the ethnic group, not the citizens",
        excused=r"türkmenistan|raýat",
        cue="turkmen",
    ),
    Trap(
        language="ru",
        where=DRAFTED,
        wrong=r"\bпризв(?:ан|ал)\w*|\bпризыв\w*\s+на\s+военн\w+",
        say="разработаны, проект",
        why="drafted means written here, not called up for the army",
        unless=MILITARY,
        cue="draft",
    ),
    Trap(
        language="tk",
        where=DRAFTED,
        wrong=r"\bharby\s+gullu\w+|\bgoşuna\s+çagyr\w+",
        say="taslamasy, işlenip taýýarlanyldy",
        why="drafted means written here, not called up for the army",
        unless=MILITARY,
        cue="draft",
    ),
    Trap(
        language="tk",
        where=r"",
        wrong=r"\bTürkiye\w*",
        say="Türkiýe",
        why="Türkiye is the Turkish spelling; Turkmen writes ý",
        stem="türk",
    ),
)


def springs(trap: Trap, source: str) -> bool:
    """Return whether the source is one in which the trap's wrong word is wrong."""
    if not re.search(trap.where, source, re.IGNORECASE):
        return False
    return not (trap.unless and re.search(trap.unless, source, re.IGNORECASE))
