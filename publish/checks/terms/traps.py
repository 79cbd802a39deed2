"""The table of traps: words that are wrong for a term in a human rights text.

A trap is a certain error: the source says one thing, and the translation has the word for another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["TRAPS", "Trap", "is_triggered"]

TRAFFICKING, SMUGGLING = r"\btraffick", r"\bsmuggl"
COMMITTEE, COUNCIL = r"\bHuman Rights Committee\b", r"\bHuman Rights Council\b"
MILITARY = r"militar|\barm(?:y|ies)\b|troop|soldier|reserv|conscript|\bwar\b"
CITIZENS = r"\bTurkmen (?:citizen|national)s?\b"
DRAFTS = r"\b(?:SOPs?|procedures?|laws?|bills?|plans?)\b"
DRAFTED = rf"{DRAFTS} (?:were|was|is|are|being|been) drafted\b|\bdraft(?:ed|ing)? {DRAFTS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """A word that is wrong in a translation whose source has something.

    In `language`, the pattern `wrong` is an error if the source matches `where`.  It is none if the
    source matches `unless` or the translation `excused`; both may be empty.  `say` is what to
    write, `why` the reason.  `cue` and `stem` save time: in lower case, `cue` is part of every
    source that matches `where`, and `stem` of every translation that matches `wrong`.
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


def is_triggered(trap: Trap, source: str) -> bool:
    """Return whether the wrong word of a trap is an error with this source."""
    if not re.search(trap.where, source, re.IGNORECASE):
        return False
    return not (trap.unless and re.search(trap.unless, source, re.IGNORECASE))
