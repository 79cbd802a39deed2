"""How rules of typography are written and laid over a text; the rules common to all languages.

A rule of spaces is a pattern in which `~` stands for a space: where it matches, its spaces
must not break.  A rule of tokens is a pattern without spaces: what it matches must not break
anywhere inside, neither at its hyphen nor by hyphenation.

Laws, for every text: `fold_typography(typeset(x)) == fold_typography(x)`, the length stays,
setting twice is setting once, and the ranges of `no_break` are the same before and after.  They
hold because a rule takes a space that breaks and one that does not for the same thing, and
because a token has no space.  U+2011, the no-break hyphen, is not used: Source Serif 4 and Literata
have no glyph for it.  In a text, U+FFFC stands for what is no text, such as a footnote mark.
"""

from __future__ import annotations

import re

__all__ = [
    "COMMON_SPACES",
    "COMMON_TOKENS",
    "HYPHEN",
    "Rules",
    "common_no_break",
    "common_typeset",
    "fold_typography",
    "ranges",
    "space_rules",
    "tie",
    "token_rules",
]

Rules = tuple[re.Pattern[str], ...]

NO_BREAK_SPACE = "\u00a0"
HYPHEN = "[-\u2010\u2011]"

SPACES = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
HYPHENS = "\u2010\u2011"
FOLDED = str.maketrans({**dict.fromkeys(SPACES, " "), **dict.fromkeys(HYPHENS, "-")})


def fold_typography(text: str) -> str:
    """The text with every kind of space as a space and every hyphen as hyphen-minus."""
    return text.translate(FOLDED)


def space_rules(*patterns: str) -> Rules:
    """Rules of spaces, `~` standing for a space."""
    return tuple(re.compile(pattern.replace("~", f"[ {NO_BREAK_SPACE}]")) for pattern in patterns)


def token_rules(*patterns: str) -> Rules:
    """Rules of tokens."""
    return tuple(re.compile(pattern) for pattern in patterns)


def tie(text: str, rules: Rules) -> str:
    """The text with every space that a rule matches made a no-break space.

    U+202F becomes U+00A0 as well: readers on old devices have no glyph for it.
    """
    text = text.replace("\u202f", NO_BREAK_SPACE)
    for rule in rules:
        text = rule.sub(_tied, text)
    return text


def _tied(match: re.Match[str]) -> str:
    return match[0].replace(" ", NO_BREAK_SPACE)


def ranges(text: str, rules: Rules) -> tuple[tuple[int, int], ...]:
    """Where a rule matches, as offsets in code points, in order, none touching the next."""
    found = sorted(match.span() for rule in rules for match in rule.finditer(text))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


COMMON_SPACES = space_rules(
    r"(?<=\S)~(?=[–—](?:\s|$))",  # before a dash within a sentence
    r"(?<![\d.,])\d{1,3}(?:~\d{3}){1,5}(?!\d)",  # 2 090 000
    r"\d~(?=[%‰°])",
    r"[№§]~(?=\w)",
)

NUMBER = r"\d(?:[\d.,]{0,12}\d)?"

COMMON_TOKENS = token_rules(
    rf"(?<![\w–]){NUMBER}–{NUMBER}%?(?![\w–])",  # a range: 2019–2024
    # An acronym long enough to be hyphenated; a longer word in capitals is a heading's.
    r"(?<!\w)[A-ZÀ-ÖØ-ÞĞŇŠŞŽİА-ЯЁ]{4,8}(?!\w)",
)


def common_typeset(text: str) -> str:
    """The text by the rules that hold in every language."""
    return tie(text, COMMON_SPACES)


def common_no_break(text: str) -> tuple[tuple[int, int], ...]:
    """The tokens that hold together in every language: ranges of numbers and acronyms."""
    return ranges(text, COMMON_TOKENS)
