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


@dataclass(frozen=True, slots=True)
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
        "tk",
        TRAFFICKING,
        r"\badam\w*\s+gaçakçy\w*",
        "adam söwdasy",
        "adam gaçakçylygy is smuggling of people, another crime than trafficking",
        SMUGGLING,
        cue="traff",
    ),
    Trap(
        "ru",
        TRAFFICKING,
        r"\bконтрабанд\w+\s+люд\w+",
        "торговля людьми",
        "контрабанда людей is smuggling of people, another crime than trafficking",
        SMUGGLING,
        cue="traff",
    ),
    Trap(
        "tk",
        r"\bmobili[sz]",
        r"\bmobilizasiýa\w*",
        "çekmek, çekilmegi",
        "mobilizasiýa is a military call-up",
        MILITARY,
        cue="mob",
    ),
    Trap(
        "tk",
        r"",
        r"\bjelep(?!çilik)\w*",
        "täjirçilik jynsy gatnaşyklara çekilen aýallar",
        "jelep is a term of abuse",
        r"\bwhore|\bhooker",
        stem="jelep",
    ),
    Trap(
        "tk",
        r"",
        r"\bjelepçilik\w*",
        "täjirçilik jynsy gatnaşyklar",
        "jelepçilik is right only where the source itself says prostitution",
        r"prostitut|\bpimp|\bbrothel",
        stem="jelep",
    ),
    Trap(
        "ru",
        COMMITTEE,
        r"\bСовет\w*(?=(?:\s+ООН)?\s+по\s+правам)",
        "Комитет по правам человека",
        "the Human Rights Council is another body of the United Nations",
        COUNCIL,
        cue="human r",
    ),
    Trap(
        "ru",
        COUNCIL,
        r"\bКомитет\w*(?=(?:\s+ООН)?\s+по\s+правам)",
        "Совет по правам человека",
        "the Human Rights Committee is another body of the United Nations",
        COMMITTEE,
        cue="human r",
    ),
    Trap(
        "tk",
        COMMITTEE,
        r"(?<=hukuklary )geňeş\w*|(?<=hukuklary boýunça )geňeş\w*",
        "Adam hukuklary komiteti",
        "Geňeş is the Human Rights Council, another body of the United Nations",
        COUNCIL,
        cue="human r",
    ),
    Trap(
        "tk",
        COUNCIL,
        r"(?<=hukuklary )komitet\w*|(?<=hukuklary boýunça )komitet\w*",
        "Adam hukuklary geňeşi",
        "Komitet is the Human Rights Committee, another body of the United Nations",
        COMMITTEE,
        cue="human r",
    ),
    Trap(
        "ru",
        CITIZENS,
        r"\bтуркмен(?:ы|ов|ам|ами|ах|ка|ки|ок)?\b",
        "граждане Туркменистана",
        "туркмены names the ethnic group, not the citizens",
        excused=r"граждан|туркменистанц",
        cue="turkmen",
    ),
    Trap(
        "tk",
        CITIZENS,
        r"\btürkmen(?:ler\w*)?\b",
        "Türkmenistanyň raýatlary",
        "türkmenler names the ethnic group, not the citizens",
        excused=r"türkmenistan|raýat",
        cue="turkmen",
    ),
    Trap(
        "ru",
        DRAFTED,
        r"\bпризв(?:ан|ал)\w*|\bпризыв\w*\s+на\s+военн\w+",
        "разработаны, проект",
        "drafted means written here, not called up for the army",
        MILITARY,
        cue="draft",
    ),
    Trap(
        "tk",
        DRAFTED,
        r"\bharby\s+gullu\w+|\bgoşuna\s+çagyr\w+",
        "taslamasy, işlenip taýýarlanyldy",
        "drafted means written here, not called up for the army",
        MILITARY,
        cue="draft",
    ),
    Trap(
        "tk",
        r"",
        r"\bTürkiye\w*",
        "Türkiýe",
        "Türkiye is the Turkish spelling; Turkmen writes ý",
        stem="türk",
    ),
)


def springs(trap: Trap, source: str) -> bool:
    """Whether the source is one in which the trap's wrong word is wrong."""
    if not re.search(trap.where, source, re.IGNORECASE):
        return False
    return not (trap.unless and re.search(trap.unless, source, re.IGNORECASE))
