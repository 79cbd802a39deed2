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

__all__ = [
    "COMMON_SPACES",
    "COMMON_TOKENS",
    "HYPHEN",
    "Rules",
    "find_common_tokens",
    "find_ranges",
    "fold_typography",
    "make_space_rules",
    "make_token_rules",
    "tie",
    "typeset_common",
]

Rules = tuple[re.Pattern[str], ...]

NO_BREAK_SPACE = "\u00a0"
HYPHEN = "[-\u2010\u2011]"

SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
HYPHENS = "\u2010\u2011"
FOLDED = str.maketrans({**dict.fromkeys(SPACES, " "), **dict.fromkeys(HYPHENS, "-")})


def fold_typography(text: str) -> str:
    """Return the text with every kind of space as a space, and every hyphen as hyphen-minus."""
    return text.translate(FOLDED)


def make_space_rules(*patterns: str) -> Rules:
    """Return rules of spaces made from patterns in which `~` means a space."""
    return tuple(re.compile(pattern.replace("~", f"[ {NO_BREAK_SPACE}]")) for pattern in patterns)


def make_token_rules(*patterns: str) -> Rules:
    """Return rules of tokens made from patterns."""
    return tuple(re.compile(pattern) for pattern in patterns)


def tie(text: str, rules: Rules) -> str:
    """Return the text with a no-break space for every space that a rule matches.

    U+202F becomes U+00A0 too, since readers on old devices have no glyph for it.
    """
    text = text.replace("\u202f", NO_BREAK_SPACE)
    for rule in rules:
        text = rule.sub(_tied, text)
    return text


def _tied(match: re.Match[str]) -> str:
    return match[0].replace(" ", NO_BREAK_SPACE)


def find_ranges(text: str, rules: Rules) -> tuple[tuple[int, int], ...]:
    """Return the ranges that rules match, in code points, in order, touching ones joined."""
    found = sorted(match.span() for rule in rules for match in rule.finditer(text))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


COMMON_SPACES = make_space_rules(
    r"(?<=\S)~(?=[–—](?:\s|$))",  # before a dash inside a sentence
    r"(?<![\d.,])\d{1,3}(?:~\d{3}){1,5}(?!\d)",  # 2 090 000
    r"\d~(?=[%‰°])",
    r"[№§]~(?=\w)",
)

NUMBER = r"\d(?:[\d.,]{0,12}\d)?"

COMMON_TOKENS = make_token_rules(
    rf"(?<![\w–]){NUMBER}–{NUMBER}%?(?![\w–])",  # a range: 2019–2024
    # An acronym that is long enough for hyphenation; longer words in capitals are headings.
    r"(?<!\w)[A-ZÀ-ÖØ-ÞĞŇŠŞŽİА-ЯЁ]{4,8}(?!\w)",
)


def typeset_common(text: str) -> str:
    """Return the text with the rules of spaces that hold in every language."""
    return tie(text, COMMON_SPACES)


def find_common_tokens(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the tokens of every language: ranges of numbers, and acronyms."""
    return find_ranges(text, COMMON_TOKENS)
