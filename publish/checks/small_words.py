"""Rules of small words with legal weight: negations, and hedges such as "allegedly".

Both count words: the translation must have as many of the kind as the source.  Their findings
are advice, since a language has more ways to negate and to hedge than any list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.checks.terms.wordforms import english_words
from publish.checks.wordpatterns import compile_words
from publish.languages.language import split_words
from publish.model import Level

__all__ = ["MEANING_RULES"]

FAMILY: Final = "meaning"


def _any(*patterns: str) -> re.Pattern[str]:
    return compile_words(*" ".join(patterns).split())


# As `compile_words` makes it, with the "n't" of "don't", which begins no word.
NEGATION = re.compile(
    r"[nNwWcC](?:(?<=\b.)(?i:(?<=n)(?:ot(?! only\b)(?! just\b)(?! least\b)|ever|one|either|obody"
    r"|othing|owhere|o(?! doubt\b)(?! matter\b)(?! sooner\b)(?!\. ?\d)(?! \d))|(?<=w)ithout"
    r"|(?<=c)annot)\b|(?<=[nN])['’][tT]\b)"
)
NEGATING = split_words("not never without none neither nobody nothing nowhere cannot no t")
"""Every text that NEGATION finds has one of these words; `t` is the end of "don't"."""
IDLE = re.compile(
    r"\b(?:whether or not|or not\b|why not|if not|not to mention|nothing but|no sooner|no,? no\b|"
    r"can(?:not|['’]t) help\b|could(?:n['’]t| not) help\b|"
    r"(?:isn|aren|wasn|weren|don|didn|doesn|can|couldn|won)['’]t (?:he|she|it|they|you)\b)",
    re.IGNORECASE,
)
IDLING = split_words("or why if mention but sooner help no t")
"""Every text that IDLE finds has one of these words."""
# English words that negate without a "not"; most translations of them have one.
HIDDEN = compile_words(
    *(
        rf"{word}\b"
        for word in (
            *("unable", "unless", "unlikely", "unclear", "unknown", "unaware", "unwilling"),
            *("impossible", "lack(?:s|ed)?", "fail(?:ed|s|ing)? to", "failure to"),
            *("refus(?:e|es|ed|ing) to", r"refrain\w*", "hardly", "barely", "other than"),
            *("rather than", "instead of"),
        )
    )
)

# Russian negates twice: никогда, никто and ни need a не beside them, so they do not count.
RU_NEGATION = compile_words(
    r"н(?<!до тех пор, пока н)(?<!пока н)(?<!чуть н)е\b(?! только\b)(?! менее\b)(?! более\b)"
    r"(?! в последнюю)(?! раз\b)(?! говоря\b)(?! считая\b)(?! так давно)",
    *(rf"{word}\b" for word in ("нет", "нету", "нельзя", "без(?! сомнени)", "безо")),
    *(rf"{word}\b" for word in ("вряд", "едва", r"переста[лёе]\w*")),
)
# The Turkmen verb negates inside the word (gel-me-di, edil-mez, gör-män); the infinitive -mak,
# its forms -magy, -maga and the duty -maly have no negation though they begin with the same.
# As in Russian, hiç needs a negative verb beside it.
TK_NEGATION = re.compile(
    r"\b(?:däl(?!mi)|ýok(?!ar)(?! et)"
    r"|(?!hemme|progra|orma|türkme|germa|musulma|duşma|zama|hökümed|komed|paramed|asman|myhman"
    r"|gahryman|derman|batman|aman\b|komand|problem)"
    r"(?:\w+?m[ae](?:z(?!and)|ý[aä]|ýş|d[yi]|j[ae][kg]|s[ae](?:\b|[kňmnl])|s[yi]n(?:\b|ler|lar)"
    r"|ň\b|r[iy]s)|\w+?m[äa]n(?:\b|soň|k[aä]|d[yi]|lik|lyk)))",
    re.IGNORECASE,
)
# Diňe … däl and diňe … -man mean "not only", which negates nothing.
TK_NOT_ONLY = re.compile(r"\bdiňe\b[^,.]{0,200}?(?:m[aä]n\b|däl)", re.IGNORECASE)
# Negative words: they translate "no" and "without", but seldom the "not" of a verb.
BY_ITSELF: Mapping[str, re.Pattern[str]] = {
    "ru": _any(
        "отсутств откаж отказ лиш[аеи] избе[гж] исключ запре[тщ] кроме нехват недостат",
        "не(?:возмож|закон|извест|жела|соглас|яс|понят|способ|хорош|прост|легк|достоин) бес[пс]",
    ),
    "tk": re.compile(
        r"\b(?:gadagan|inkär|nägile|närazy|(?:ne|na)-(?:de|da)\b"
        r"|(?!howpsuz|garaşsyz|duýdansyz|fransuz)\w\w+?s[yiuü]z)",
        re.IGNORECASE,
    ),
}

NEGATIONS: Mapping[str, re.Pattern[str]] = {"ru": RU_NEGATION, "tk": TK_NEGATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """A kind of hedge, and the words that express it in English and in each language.

    `beside` finds English words that are no hedge but have the same translations.  Every text that
    `english` finds has one of the `cues` among its words.
    """

    what: str
    cues: frozenset[str]
    english: re.Pattern[str]
    target: Mapping[str, re.Pattern[str]]
    beside: re.Pattern[str] | None = None


HEDGES: tuple[Hedge, ...] = (
    Hedge(
        what="that somebody says it",
        cues=split_words(
            """
            reportedly allegedly alleged purported purportedly supposed supposedly according
            """
        ),
        english=re.compile(
            r"\b(?:reportedly|allegedly|alleged|purported(?:ly)?|supposed(?:ly)?|according to)\b",
            re.IGNORECASE,
        ),
        target={
            "ru": _any(
                r"сообщ якобы предполаг предполож утвержда мнени словам данным данны[хм] сведени",
                r"информации\b согласно подозрева(?!ем) обвиня верси видимо считается считают пиш",
                r"отч[её]т доклад цит",
            ),
            "tk": _any(
                r"görä habar\s+ber diýil diýl(?!ip\s+yglan) aýdyl öňe\s+s[üu]r çak\s güman",
                r"pikiriçe pikirine şübhe(?!li) laýyklykda töhmet",
            ),
        },
        beside=re.compile(r"\b(?:reports|reported|announced|declared)\b", re.IGNORECASE),
    ),
    Hedge(
        what="that somebody reports it",
        cues=split_words("reported noted alleged indicated claimed stated"),
        english=re.compile(
            r"\b(?:observers?|NGOs?|organi[sz]ations?|media|civil society|officials?|authorities)"
            r"(?: \w+)? (?:reported|noted|alleged|indicated|claimed|stated)\b",
            re.IGNORECASE,
        ),
        target={
            "ru": _any(
                "сообщ якобы предполаг предполож утвержд отме[тч] заяв указ рассказ говор сказа",
                "мнени мнен слов данн сведен информац согласно свидетель подозр обвин считает",
                "счита ссыл отч[её]т доклад верси пиш конста",
            ),
            "tk": _any(
                "habar diý aýd maglumat görä bell[ei] belleý nygt çak güman öňe mälim aýt tassyk",
                "hasabat görkez bildir gürrüň ýazý sözler töhmet pikir salgylan",
            ),
        },
    ),
    Hedge(
        what="that it is only possible",
        cues=split_words("may might could possibly perhaps maybe probably apparently presumably"),
        english=re.compile(
            r"\b(?:may|[Mm]ight|[Cc]ould(?! not\b)|(?i:possibly|perhaps|maybe|probably|apparently|"
            r"presumably))\b(?!['’])"
        ),
        target={
            "ru": _any(
                r"мог(?:у|л|ут|\b)\w* мож(?:ет|ем|но|ете|ешь)\b возмож вероят видим наверн пожалуй",
                r"похож судя бы\b удал суме[лет] умел смо[гж] предположит кажет вряд вправе допус",
            ),
            "tk": re.compile(
                r"\b(?:mümkin|ähtimal|belki|belkem|megerem|çak|güman|gerek|haýyş|başar|ugur|eger"
                r"|bil(?:er|ýä|jek|di|me|ip|en|s|m|ä))|\b\w+[ae]ý(?:jak|mag|meg)"
                r"|\b\w+(?:jak|jek)d[yi]g",
                re.IGNORECASE,
            ),
        },
        beside=re.compile(r"\b(?:possible|able to)\b", re.IGNORECASE),
    ),
)


HEDGED = frozenset(tag for hedge in HEDGES for tag in hedge.target)


def _negation(pair: Pair) -> Iterator[Problem]:
    negations = NEGATIONS.get(pair.language.tag)
    if negations is None or NEGATING.isdisjoint(english_words(pair.source)):
        return
    idles = not IDLING.isdisjoint(english_words(pair.source))
    source = IDLE.sub("", pair.source) if idles else pair.source
    found = NEGATION.findall(source)
    if not found:
        return
    wanted = len(found) + sum(1 for _ in HIDDEN.finditer(NEGATION.sub("", source)))
    target = pair.target
    if "ň" in target or "Ň" in target:
        target = TK_NOT_ONLY.sub("", target)
    there = sum(1 for _ in negations.finditer(target))
    if there < wanted and there + _by_itself(pair, source) < wanted:
        yield Problem(
            message=f"fewer negations than in the source ({', '.join(found)}): "
            f"{there} instead of {wanted}",
            hint="check that the translation still says no where the source does",
            about=found[0],
        )


def _by_itself(pair: Pair, source: str) -> int:
    """Return the number of negative words, at most the number of no, none and without."""
    count = sum(1 for _ in BY_ITSELF[pair.language.tag].finditer(pair.target))
    return min(count, len(re.findall(r"\b(?:no|none|without)\b", source, re.IGNORECASE)))


def _hedge(pair: Pair) -> Iterator[Problem]:
    for hedge in HEDGES:
        pattern = hedge.target.get(pair.language.tag)
        if pattern is None or hedge.cues.isdisjoint(english_words(pair.source)):
            continue
        found = hedge.english.findall(pair.source)
        if not found:
            continue
        wanted = len(found) + (len(hedge.beside.findall(pair.source)) if hedge.beside else 0)
        if sum(1 for _ in pattern.finditer(pair.target)) < wanted:
            yield Problem(
                message=f"no word for “{found[0]}” was found",
                hint=f"the source says {hedge.what}; check that the translation says it too",
                about=found[0],
            )


MEANING_RULES: tuple[Rule, ...] = (
    Rule(
        code="negation-missing",
        family=FAMILY,
        level=Level.ADVICE,
        title="A negation of the source was not found",
        why="A lost “not” turns a statement into its opposite. Where the source negates, the "
        "translation should have a negative word or form.",
        remedy="Check that the translation still says no where the source says no.",
        language="tk",
        right=("The government did not report it.", "Hökümet bu barada habar bermedi."),
        wrong=("The government did not report it.", "Hökümet bu barada habar berdi."),
        runner=SentenceRunner(_negation, tags=frozenset(NEGATIONS)),
    ),
    Rule(
        code="hedge-missing",
        family=FAMILY,
        level=Level.ADVICE,
        title="A hedge of the source was not found",
        why="“Reported”, “allegedly” and “may have” carry legal weight: without them the "
        "translation states as fact what the source only heard or thinks possible.",
        remedy="Check that the translation says, as carefully as the source, who claims it, or "
        "that it is only possible.",
        language="ru",
        right=("He was allegedly arrested.", "Его якобы арестовали."),
        wrong=("He was allegedly arrested.", "Его арестовали."),
        runner=SentenceRunner(_hedge, tags=HEDGED),
    ),
)
