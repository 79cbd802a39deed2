"""Numbers, amounts and shares that stand alone: read in one language, written in another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from publish.languages.cldr import find_number_signs
from publish.languages.language import LATIN_DIGITS, Language, NumberSigns, replace_digits

__all__ = ["Figure", "read_figure", "write_figure"]

MONEY = "$¢£¤¥֏؋৳฿₠-₿﷼"
SPACES = "[ \u00a0\u2009\u202f]"
DIRECTIONS = re.compile("[\u200e\u200f\u061c]")
MINUS = "-−–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as it was read, in the digits 0 to 9.

    `before` and `after` are signs that stay, such as brackets.  `share` is `%` or `‰`, `money` the
    sign of a currency.  `grouped` says whether its thousands are set apart.
    """

    whole: str
    fraction: str = ""
    grouped: bool = False
    minus: str = ""
    share: str = ""
    money: str = ""
    before: str = ""
    after: str = ""

    @property
    def telling(self) -> bool:
        """Return whether it can be nothing but a quantity, wherever it stands."""
        return bool(self.share or self.money or self.grouped)

    @property
    def differs(self) -> bool:
        """Return whether languages write it differently, apart from digits."""
        return self.telling or bool(self.fraction)


def read_figure(text: str, language: Language) -> Figure | None:
    """Return the number that a text is by the rules of a language, None for any other text."""
    known = DIRECTIONS.sub("", text.strip())
    if language.digits != LATIN_DIGITS:
        known = known.translate(str.maketrans(language.digits, LATIN_DIGITS))
    found = _pattern(language.locale).fullmatch(known)
    if found is None or (found["money"] and found["money2"]):
        return None
    money = found["money"] or found["money2"] or ""
    sign = found["share"] or found["sign"]
    if (money and sign) or (found["share"] and found["sign"]):
        return None
    return Figure(
        whole=re.sub(r"\D", "", found["whole"]),
        fraction=found["fraction"] or "",
        grouped=not found["whole"].isdigit(),
        minus=found["minus"] or found["minus2"] or "",
        share="‰" if sign in ("‰", "؉") else "%" if sign else "",
        money=money,
        before=found["before"],
        after=found["after"],
    )


@cache
def _signs(locale: str) -> NumberSigns:
    return find_number_signs(locale)


@cache
def _pattern(locale: str) -> re.Pattern[str]:
    signs = _signs(locale)
    group = SPACES if signs.group.isspace() else "['’]" if signs.group == "’" else signs.group
    group = group if group.startswith("[") else re.escape(group)
    last, other = signs.sizes
    return re.compile(
        rf"""
        (?P<before>[(~≈<>≤≥±+]*{SPACES}?)
        (?P<minus>[{MINUS}]?)
        (?:(?P<money>[{MONEY}]){SPACES}?)?
        (?P<minus2>[{MINUS}]?)
        (?:(?P<sign>[%٪]){SPACES}?)?
        (?P<whole>[0-9]{{1,{other}}}(?:{group}[0-9]{{{other}}})*{group}[0-9]{{{last}}}
            |[0-9]{{1,{last}}}(?:{group}[0-9]{{{last}}})+|[0-9]+)
        (?:{re.escape(signs.decimal)}(?P<fraction>[0-9]+))?
        (?:{SPACES}?(?P<share>[%‰٪؉]))?
        (?:{SPACES}?(?P<money2>[{MONEY}]))?
        (?P<after>[)*†‡]*)
        """,
        re.VERBOSE,
    )


def write_figure(figure: Figure, language: Language, *, grouped: bool) -> str:
    """Return a number by the rules of a language; `grouped` sets its thousands apart."""
    signs = _signs(language.locale)
    number = _group(figure.whole, signs) if grouped else figure.whole
    if figure.fraction:
        number += signs.decimal + figure.fraction
    if figure.share:
        sign = signs.per_mille if figure.share == "‰" else signs.percent
        number = _put(number, signs.percent_place, "%", sign)
    if figure.money:
        number = _put(number, signs.money_place, "¤", figure.money)
    return "".join(
        (
            figure.before,
            _minus(figure, signs),
            replace_digits(number, language.digits),
            figure.after,
        )
    )


def _put(number: str, place: tuple[str, str], mark: str, sign: str) -> str:
    return place[0].replace(mark, sign) + number + place[1].replace(mark, sign)


def _minus(figure: Figure, signs: NumberSigns) -> str:
    """Return the sign of a negative number; a true minus stays where CLDR has a hyphen."""
    if not figure.minus:
        return ""
    if figure.minus == "-" or signs.minus.strip("\u200e\u200f\u061c") != "-":
        return signs.minus
    return signs.minus.replace("-", figure.minus)


def _group(whole: str, signs: NumberSigns) -> str:
    last, other = signs.sizes
    if len(whole) < last + signs.least:
        return whole
    groups = [whole[-last:]]
    rest = whole[:-last]
    while rest:
        groups.append(rest[-other:])
        rest = rest[:-other]
    return signs.group.join(reversed(groups))
