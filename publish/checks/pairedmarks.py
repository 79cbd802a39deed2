"""Rules of marks that stand in pairs: quotation marks, brackets, and the inverted marks of Spanish.

A quotation may begin in one sentence and end in another.  So a mark without its partner is reported
only where the source has all of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.languages.quotes import find_customary_quotes, find_quotes, knows_quotes
from publish.model import Level

__all__ = ["PAIRED_MARK_RULES"]

MARKS = re.compile('[()（）\\[\\]［］【】〔〕“”„‟«»"「」『』《》〈〉‹›¿¡〝〟‘]')
"""A quick look: a text without one of these has nothing in pairs."""
BRACKETS = {"(": "()", "（": "()", "[": "[]", "［": "[]", "【": "【】", "〔": "〔〕"}
OPENERS = {**BRACKETS, "「": "「」", "『": "『』", "《": "《》", "〈": "〈〉", "‹": "‹›"}
CLOSERS = {shape[1]: shape for shape in OPENERS.values()} | {"）": "()", "］": "[]"}
CURLY = "“”„‟〝〟"
QUOTES = f"{CURLY}«»「」『』《》〈〉‹›"
QUOTE = re.compile(f"[{QUOTES}]")
ANY_QUOTE = re.compile(f"[{QUOTES}\"‚]|(?<!\\w)‘|''|(?<!\\w)'\\w|״")
STARTS = re.compile('[“"«„「『]')
QUOTED = re.compile(
    '“[^“”]{2,}”|"[^"]{2,}"|«[^«»]{2,}»|„[^„“”]{2,}[“”]|「[^「」]{2,}」|『[^『』]{2,}』'
)
LABEL = re.compile(
    r"(?:^|[\s,;:—–-])(?:\d{1,3}|\w|[ivxlcdm]{1,5}|[^\W\d_]{1,2})[)）]", re.IGNORECASE
)
"""The bracket of a list: `1)`, `а)`, `iv)`."""
EMOTICON = re.compile(r"[:;]-?[()]")
LEADING = "([{—–-/’'"
"""What stands before a quotation without a space."""
HEBREW_LETTER = "[\u05d0-\u05ea]"
WITHIN_WORD = re.compile(rf"(?<={HEBREW_LETTER})[\"”“](?={HEBREW_LETTER})")
LAST_LETTER = re.compile(rf"{WITHIN_WORD.pattern}(?={HEBREW_LETTER}(?!{HEBREW_LETTER}))")
"""Marks of Hebrew abbreviations, and those before their last letter; a quotation may begin within a
word, too."""
INCH = re.compile(r"\d\"")
SINGLE_START = re.compile(r"(?<!\w)['‘](?=\w)")
SINGLE_END = re.compile(r"(?<=[\w.,!?…])['’](?!\w)")
PLURAL = re.compile(r"s['’](?=\s[a-z])")
SPOKEN = re.compile(r"\s*[—–―-]\s?\S")
"""A dash before what somebody says."""
INVERTED = frozenset(("es", "ast"))
LOUD = re.compile(r"(?<![(\[¿¡/?!])[?!]++(?=[\s»”\"’')\]…,;:.—–]|$)")


def find_unpaired_marks(pair: Pair) -> Iterator[Problem]:
    """Report a quotation mark or bracket without its partner, if the source has all of its own."""
    if not MARKS.search(pair.target) and not _inverts(pair.language.tag):
        return
    found = _unpaired(pair.target, pair.language.tag)
    if not found or _unpaired(pair.source, "") or _has_lone_single(pair.source):
        return
    mark = found[0]
    at = pair.target.rfind(mark)
    yield Problem(
        message=f"a mark without its partner: {mark}",
        hint="add the other mark, or delete this one",
        spot=(at, at + 1) if at >= 0 else None,
    )


def _unpaired(text: str, tag: str) -> list[str]:
    """Return the marks of a text that have no partner; the order in a text is left to writers.

    A mark such as “ opens in one language and closes in another, so quotes are counted by shape.
    """
    bare = EMOTICON.sub("", text)
    lone = _count_unpaired(LAST_LETTER.sub("", bare), tag)
    return lone and _count_unpaired(WITHIN_WORD.sub("", bare), tag)


def _count_unpaired(marks: str, tag: str) -> list[str]:
    counts: dict[str, int] = {}
    nested = False
    curly = straight = angled = depth = 0
    for match in MARKS.finditer(marks):
        mark = match.group()
        if mark in OPENERS:
            counts[OPENERS[mark]] = counts.get(OPENERS[mark], 0) + 1
        elif mark in CLOSERS:
            counts[CLOSERS[mark]] = counts.get(CLOSERS[mark], 0) - 1
        elif mark in CURLY:
            curly += 1
        elif mark == '"':
            straight += 1
        elif mark in "«»":
            angled += 1
            depth += 1 if mark == "«" else -1
            nested = nested or depth > 1
    lone = [shape[count < 0] for shape, count in counts.items() if count]
    if ")" in lone and counts["()"] >= -len(LABEL.findall(marks)):
        lone.remove(")")
    odd = [shape for shape, count in (("“", curly), ("«", angled)) if count % 2]
    if odd == ["«"] and nested:
        odd = []  # The end of a quotation within another one of the same marks is written once.
    if (straight - len(odd)) % 2 and INCH.search(marks):
        straight += 1
    if (straight - len(odd)) % 2 or len(odd) > straight:
        lone += odd or ['"']
    if _inverts(tag):
        lone += _inverted(marks)
    return lone


def _has_lone_single(text: str) -> bool:
    """Return whether single marks begin and end unequally; an apostrophe may be one of them."""
    starts = len(SINGLE_START.findall(text))
    return starts != len(SINGLE_END.findall(text)) or (starts > 0 and bool(PLURAL.search(text)))


def _inverts(tag: str) -> bool:
    return tag.partition("-")[0] in INVERTED


def _inverted(text: str) -> list[str]:
    """Return the mark that is missing at the beginning or end of a Spanish question or call."""
    opened = len(re.findall("[¿¡]+", text))
    closed = len(LOUD.findall(text))
    if opened > closed:
        return ["¿" if "¿" in text else "¡"]
    return ["?" if "?" in text else "!"] if closed and not opened else []


def find_lost_quotes(pair: Pair) -> Iterator[Problem]:
    """Report a translation without any quotation mark where the source quotes."""
    if not STARTS.search(pair.source) or ANY_QUOTE.search(pair.target):
        return
    if SPOKEN.match(pair.target):
        return
    quoted = QUOTED.search(pair.source)
    if quoted:
        yield Problem(
            message=f"the source quotes {quoted.group()[:60]}, the translation nothing",
            hint="write the quotation marks of your language",
            about=quoted.group(),
        )


def find_foreign_quotes(pair: Pair) -> Iterator[Problem]:
    """Report quotation marks that the language does not use, or not at that end."""
    found = list(QUOTE.finditer(pair.target))
    if not found or not knows_quotes(pair.language.tag):
        return
    known = find_customary_quotes(pair.language.tag)
    starts, ends = ({pair[at] for pair in known} for at in (0, 1))
    foreign = not _is_latin(pair.target)
    for match in found:
        mark, at = match.group(), match.start()
        before, after = pair.target[at - 1 : at] if at else " ", pair.target[at + 1 : at + 2] or " "
        leads = before.isspace() or before in LEADING
        trails = _trails(after)
        opens = leads and not trails
        closes = trails and not leads
        inside = after if opens else before
        if foreign and inside.isascii() and inside.isalnum():
            continue  # A quotation in English, or a title.
        if (
            mark not in starts | ends
            or (opens and mark not in starts)
            or (closes and mark not in ends)
        ):
            outer = find_quotes(pair.language.tag)[0]
            yield Problem(
                message=f"a quotation mark of another language: {mark}",
                hint=f"write {outer[0]}…{outer[1]}",
                spot=match.span(),
            )
            return


def _trails(character: str) -> bool:
    """Return whether a character after a mark stands outside of its quotation."""
    return character.isspace() or character in ".,;:!?…)]}—–-/"


def _is_latin(text: str) -> bool:
    letter = re.search(r"[^\W\d_]", text)
    return letter is None or ord(letter.group()) < 0x250


PAIRED_MARK_RULES: tuple[Rule, ...] = (
    Rule(
        code="mark-unpaired",
        family="typography",
        level=Level.WARNING,
        title="A quotation mark or bracket without its partner",
        why="The source has both marks of each pair; where one of them is lost, nobody sees where "
        "the quotation or the remark ends.",
        remedy="Add the other mark, or delete the one that is too many.",
        language="ru",
        right=("He said “No” (twice).", "Он сказал «Нет» (дважды)."),
        wrong=("He said “No” (twice).", "Он сказал «Нет (дважды)."),
        runner=SentenceRunner(find_unpaired_marks),
    ),
    Rule(
        code="quotes-lost",
        family="typography",
        level=Level.ADVICE,
        title="A quotation without quotation marks",
        why="The source quotes somebody, or keeps a distance to a word; without the marks the "
        "words are the report's own.",
        remedy="Write the quotation marks of your language.",
        language="ru",
        right=("He called it “work”.", "Он назвал это «работой»."),
        wrong=("He called it “work”.", "Он назвал это работой."),
        runner=SentenceRunner(find_lost_quotes),
    ),
    Rule(
        code="quotes-foreign",
        family="typography",
        level=Level.ADVICE,
        title="Quotation marks of another language",
        why="Each language has marks of its own (CLDR); those of English often stay when a text "
        "is translated over its source.",
        remedy="Write the quotation marks of your language.",
        language="ru",
        right=("He called it “work”.", "Он назвал это «работой»."),
        wrong=("He called it “work”.", "Он назвал это “работой”."),
        runner=SentenceRunner(find_foreign_quotes),
    ),
)
