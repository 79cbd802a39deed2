"""Checks of small words with legal weight: negations, and hedges that say who vouches for a thing.

Both ask only whether any word of the kind stands in the translation, so they are advice: a
negation may be told by another word, and one that is lost may hide behind a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from publish.checks.check import Check, Pair, Problem
from publish.checks.wordforms import english_words
from publish.languages.language import words
from publish.model import Level

__all__ = ["CHECKS"]

FAMILY = "meaning"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(' '.join(patterns).split())})", re.IGNORECASE)


NEGATION = re.compile(
    r"\b(?:not(?! only\b)(?! just\b)|never|without|none|neither|nobody|nothing|nowhere|cannot"
    r"|no(?! doubt\b)(?! matter\b)(?!\. ?\d)(?! \d))\b|n['’]t\b",
    re.IGNORECASE,
)
NEGATING = words("not never without none neither nobody nothing nowhere cannot no t")
"""One of these, the end of "don't" among them, is in every text that NEGATION finds."""
IDLE = re.compile(
    r"\b(?:whether or not|or not\b|why not|if not|not to mention|nothing but|no sooner|"
    r"not least|(?:isn|aren|wasn|weren|don|didn|doesn|can|couldn|won)['’]t "
    r"(?:he|she|it|they|you)\b)",
    re.IGNORECASE,
)

# Russian negates twice: никогда, никто and ни want a не beside them, so they do not count alone.
# A word that begins with не- or бес- may negate by itself (неизвестно, бесправный); the exceptions
# are stems that only begin so.
RU_NEGATION = _any(
    r"не\b нет\b нету\b нельзя\b без\b безо\b кроме отсутств откаж отказ лиш[аеи] избе[гж] исключ",
    r"не(?!д[её]л|сколь|фт|мец|мк|мец|др|б[оеа]|рв|ст|с[её]т|сл|вест|котор|кот|давн|медл|обход"
    r"|посред|см?отр|йтр|йро|гр|он|пал|т\b|го\b|й\b|м\b|е\b|ё\b)\w{3,}",
    r"бес(?!ед|плат|поко)\w{4,} без(?!опас|услов)\w{4,}",
)
# The Turkmen verb negates inside the word (gel-me-di, edil-mez, gör-män); the infinitive -mak,
# its forms -magy, -maga and the duty -maly have no negation though they begin with the same.
# As in Russian, hiç wants a negative verb beside it.
TK_NEGATION = re.compile(
    r"\b(?:däl|ýok|gadagan|inkär|nägile|närazy|(?:ne|na)-(?:de|da)\b"
    r"|(?!hemme|progra|orma|türkme|germa|musulma|duşma|zama)"
    r"(?:\w+?m[ae](?:z|ý[aä]|ýş|d[yi]|j[ae][kg]|n(?:\b|soň|lyk|lik|d[yi]|k[aä])|s[ae](?:\b|[kňmnl])"
    r"|s[yi]n(?:\b|ler|lar)|ň\b|r[iy]s)"
    r"|\w+?m[äa]n(?:\b|soň|k[aä]|d[yi]|lik|lyk)|\w\w+?s[yiuü]z))",
    re.IGNORECASE,
)

NEGATIONS: Mapping[str, re.Pattern[str]] = {"ru": RU_NEGATION, "tk": TK_NEGATION}


@dataclass(frozen=True, slots=True)
class Hedge:
    """A kind of hedge: how English says it and how each language may.

    One of the `cues` is among the words of every text that `english` finds.
    """

    what: str
    cues: frozenset[str]
    english: re.Pattern[str]
    target: Mapping[str, re.Pattern[str]]


HEDGES: tuple[Hedge, ...] = (
    Hedge(
        "that somebody reports it",
        words(
            """
            reportedly allegedly alleged purported purportedly supposed supposedly according
            reported noted indicated claimed stated
            """
        ),
        re.compile(
            r"\b(?:reportedly|allegedly|alleged|purported(?:ly)?|supposed(?:ly)?|according to|"
            r"(?:observers?|NGOs?|organi[sz]ations?|media|civil society|officials?|authorities)"
            r"(?: \w+)? (?:reported|noted|alleged|indicated|claimed|stated))\b",
            re.IGNORECASE,
        ),
        {
            "ru": _any(
                r"сообщ якобы предполаг предполож утвержд отме[тч] заяв рассказ говор сказа",
                r"подозр обвин мнени мнен слов данн сведен информац согласно свидетель",
                r"считает счита называ ссыл отч[её]т доклад верси видимо пиш",
            ),
            "tk": _any(
                r"habar diý aýd maglumat görä bell[ei] belleý nygt ýalňyş çak güman öňe mälim",
                r"aýt tassyk hasabat ygtybar görkez bildir düşün laýyk gürrüň ýazý sözler",
                r"töhmet pikir salgylan",
            ),
        },
    ),
    Hedge(
        "that it is only possible",
        words("may might could possibly perhaps maybe probably apparently presumably"),
        re.compile(
            r"\b(?:may|might|could(?! not\b)|possibly|perhaps|maybe|probably|apparently|"
            r"presumably)\b(?!['’])"
        ),
        {
            "ru": _any(
                r"мог мож возмож вероят видим наверн пожалуй похож судя допус способ бы\b",
                r"удал суме[лет] умел пот[ео]нциал шанс верно предполож предполаг словно кажет",
                r"вправе если смо[гж] жела рискую риск",
            ),
            "tk": re.compile(
                r"\b(?:mümkin|ähtimal|belki|megerem|gerek|çak|güman|başar|haýyş|eger|ugur|islend"
                r"|bil(?:er|ýä|jek|di|me|ip|en|s|m|ä))|\b\w+[ae]ý(?:jak|mag|meg)|bilmeg|bilen(?=\w)"
                r"|\bbelkem|\b\w\w+[yi]p\s+bil",
                re.IGNORECASE,
            ),
        },
    ),
)


def _negation(pair: Pair) -> Iterator[Problem]:
    negations = NEGATIONS.get(pair.language.tag)
    if negations is None or NEGATING.isdisjoint(english_words(pair.source)):
        return
    found = NEGATION.findall(IDLE.sub("", pair.source))
    there = sum(1 for _ in islice(negations.finditer(pair.target), len(found)))
    if there < len(found):
        yield Problem(
            f"fewer negations than in the source ({', '.join(found)}): {there} for {len(found)}",
            "see that the translation still says no where the source does",
        )


def _hedge(pair: Pair) -> Iterator[Problem]:
    for hedge in HEDGES:
        wanted = hedge.target.get(pair.language.tag)
        if wanted is None or hedge.cues.isdisjoint(english_words(pair.source)):
            continue
        found = hedge.english.search(pair.source)
        if found and not wanted.search(pair.target):
            yield Problem(
                f"no word for “{found.group()}” was found",
                f"the source says {hedge.what}; see that the translation says it too",
            )


CHECKS: tuple[Check, ...] = (
    Check(
        "negation-missing",
        FAMILY,
        Level.ADVICE,
        "a negation of the source was not found",
        "A lost not turns a finding into its opposite. Where the source negates, the translation "
        "should have a negative word or form.",
        "tk",
        ("The government did not report it.", "Hökümet bu barada habar bermedi."),
        ("The government did not report it.", "Hökümet bu barada habar berdi."),
        _negation,
    ),
    Check(
        "hedge-missing",
        FAMILY,
        Level.ADVICE,
        "a hedge of the source was not found",
        "Reported, allegedly and may have carry legal weight: without them the translation "
        "vouches for what the source only heard or holds possible.",
        "ru",
        ("He was allegedly arrested.", "Его якобы арестовали."),
        ("He was allegedly arrested.", "Его арестовали."),
        _hedge,
    ),
)
