"""Rules for spaces and tokens that must not break: their form, their use, and the common ones.

A rule of spaces is a pattern in which `~` means a space.  Where it matches, its spaces become
no-break spaces.  A rule of tokens is a pattern without spaces.  A match must not break inside,
neither at its hyphen nor by hyphenation.

Laws, for every text: `fold_typography(typeset(x)) == fold_typography(x)`, the length stays the
same, typesetting twice is typesetting once, and `no_break` returns the same ranges before and
after.  They hold because a rule matches both kinds of space, and a token has no space.  U+2011, the
no-break hyphen, is not used, since Source Serif 4 and Literata have no glyph for it.  In a text,
U+FFFC replaces all that is not text, such as a footnote mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "COMMON_SPACES",
    "COMMON_TOKENS",
    "HYPHEN",
    "HYPHEN_SIGNS",
    "Rule",
    "Rules",
    "begin_word",
    "find_common_tokens",
    "find_ranges",
    "fold_typography",
    "make_space_rules",
    "make_token_rules",
    "tie",
    "typeset_common",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and signs of which each of its matches has one; none if there are no such signs.

    A text without these signs is not searched.
    """

    pattern: re.Pattern[str]
    signs: str = ""

    def may_match(self, text: str) -> bool:
        """Return whether a text has one of the signs; without signs, always."""
        for sign in self.signs:  # A generator takes longer than most of these searches.
            if sign in text:
                return True
        return not self.signs


Rules = tuple[Rule, ...]

NO_BREAK_SPACE = "\u00a0"
HYPHEN_SIGNS = "-\u2010\u2011"
HYPHEN = f"[{HYPHEN_SIGNS}]"

SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
HYPHENS = "\u2010\u2011"
FOLDED = str.maketrans({**dict.fromkeys(SPACES, " "), **dict.fromkeys(HYPHENS, "-")})


def fold_typography(text: str) -> str:
    """Return the text with every kind of space as a space, and every hyphen as hyphen-minus."""
    return text.translate(FOLDED)


def make_space_rules(*patterns: str, signs: str = "") -> Rules:
    """Return rules of spaces made from patterns in which `~` means a space.

    Each match has one of the `signs`, if there are any.
    """
    spaced = (pattern.replace("~", f"[ {NO_BREAK_SPACE}]") for pattern in patterns)
    return tuple(Rule(re.compile(pattern), signs) for pattern in spaced)


def make_token_rules(*patterns: str, signs: str = "") -> Rules:
    """Return rules of tokens made from patterns; each match has one of the `signs`, if any."""
    return tuple(Rule(re.compile(pattern), signs) for pattern in patterns)


def begin_word(words: str, *before: str, fold: bool = False) -> str:
    """Return a pattern of words, parted by `|`, before which none of the patterns `before` stands.

    `(?<!before)(?:words)` finds the same, but Python finds a pattern several times as fast if it
    begins with a set of letters.  A word is a pattern that begins with a letter of its own and has
    no `|`.  With `fold`, the words are also found in capitals.
    """
    rests: dict[str, list[str]] = {}
    for word in words.split("|"):
        rests.setdefault(word[0], []).append(word[1:])
    kinds = {letter: f"{letter}{letter.upper()}" if fold else letter for letter in rests}
    guards = "".join(f"(?<!{pattern}.)" for pattern in before)
    flag = "i" if fold else ""
    ends = (f"(?<=[{kinds[one]}])(?{flag}:{'|'.join(rest)})" for one, rest in rests.items())
    return f"[{''.join(kinds.values())}]{guards}(?:{'|'.join(ends)})"


def tie(text: str, rules: Rules) -> str:
    """Return the text with a no-break space for every space that a rule matches.

    U+202F becomes U+00A0 too, since readers on old devices have no glyph for it.
    """
    text = text.replace("\u202f", NO_BREAK_SPACE)
    for rule in rules:
        if rule.may_match(text):
            text = rule.pattern.sub(_tied, text)
    return text


def _tied(match: re.Match[str]) -> str:
    return match[0].replace(" ", NO_BREAK_SPACE)


def find_ranges(text: str, rules: Rules) -> tuple[tuple[int, int], ...]:
    """Return the ranges that rules match, in code points, in order, touching ones joined."""
    searched = [rule.pattern for rule in rules if rule.may_match(text)]
    found = sorted(match.span() for pattern in searched for match in pattern.finditer(text))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


COMMON_SPACES = (
    # Before a dash inside a sentence.
    *make_space_rules(r"~(?=[–—](?:\s|$))(?<=\S~)", signs="–—"),
    *make_space_rules(r"\d(?<![\d.,]\d)\d{0,2}(?:~\d{3}){1,5}(?!\d)"),  # 2 090 000
    *make_space_rules(r"\d~(?=[%‰°])", signs="%‰°"),
    *make_space_rules(r"[№§]~(?=\w)", signs="№§"),
)

NUMBER = r"\d(?:[\d.,]{0,12}\d)?"
CAPITAL = "[A-ZÀ-ÖØ-ÞĞŇŠŞŽİА-ЯЁ]"

COMMON_TOKENS = (
    # A range: 2019–2024.
    *make_token_rules(rf"(?<![\w–]){NUMBER}–{NUMBER}%?(?![\w–])", signs="–"),
    # A number in a name: ECMA-262, Covid-19.
    *make_token_rules(
        rf"(?<![{HYPHEN_SIGNS}\w]){CAPITAL}[^\W\d_]{{0,5}}{HYPHEN}\d{{1,5}}(?![{HYPHEN_SIGNS}\w]|[.,]\d)",
        signs=HYPHEN_SIGNS,
    ),
    # An acronym that is long enough for hyphenation; longer words in capitals are headings.
    *make_token_rules(rf"{CAPITAL}(?<!\w.){CAPITAL}{{3,7}}(?!\w)"),
)


def typeset_common(text: str) -> str:
    """Return the text with the rules of spaces that hold in every language."""
    return tie(text, COMMON_SPACES)


def find_common_tokens(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the tokens of every language: ranges, names with numbers, acronyms."""
    return find_ranges(text, COMMON_TOKENS)
