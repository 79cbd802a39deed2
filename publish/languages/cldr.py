"""Write dates, numbers, sizes and names as CLDR does; the only module that imports Babel.

Where CLDR has U+202F, the narrow no-break space, these functions write U+00A0, since readers
on old devices have no glyph for U+202F.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from itertools import product
from typing import Literal

from babel import localedata
from babel.core import Locale, get_global
from babel.dates import format_date, format_skeleton
from babel.messages.plurals import get_plural
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from babel.units import format_unit

from publish.languages.language import LATIN_DIGITS, Language, NumberSigns, replace_digits
from publish.languages.names import Subtags, parse_name

__all__ = [
    "describe_unknown_subtag",
    "find_digits",
    "find_language_name",
    "find_locale",
    "find_month_names",
    "find_nearest_tag",
    "find_number_signs",
    "find_plural_forms",
    "find_script",
    "find_weekday_names",
    "format_kilobytes",
    "format_long_date",
    "format_month",
    "format_whole_number",
    "format_whole_percent",
    "list_counting_names",
]

NO_LOCALE = "root"
"""Babel's name for the data that belong to no language: `2024 M06 24`."""

ZEROS = {
    "adlm": "\U0001e950",
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "cakm": "\U00011136",
    "deva": "\u0966",
    "hmnp": "\U0001e140",
    "mtei": "\uabf0",
    "mymr": "\u1040",
    "nkoo": "\u07c0",
    "olck": "\u1c50",
    "tibt": "\u0f20",
}
"""The zero of each numbering system that is the default of a language (CLDR, `numberingSystems`).

In Unicode the ten digits of a system are in a row.
"""

NO_LANGUAGE = frozenset({"mis", "mul", "root", "und", "zxx"})
"""Codes in CLDR that are not languages: for several, no or unknown languages (ISO 639-2)."""

LONGEST_CODE = 3
"""The most letters of a language code; a longer word may be a name."""


# --------------------------------------------------------------------------- texts


def format_long_date(day: date, language: Language) -> str:
    """Return a date in full: `24 июня 2024 г.`; in the language's own form if it has one."""
    if language.long_date is not None:
        return language.long_date(day)
    return _printable(format_date(day, "long", locale=language.locale), language)


def format_month(day: date, language: Language) -> str:
    """Return month and year of a date: `March 2024`, `март 2024 г.`."""
    shown = format_skeleton("yMMMM", day, locale=language.locale)
    return _printable(shown, language)


def find_month_names(language: Language) -> dict[str, int]:
    """Return the number of each name of a month, long and short, in lower case without stops."""
    return _number_names(Locale.parse(language.locale).months)


def find_weekday_names(language: Language) -> frozenset[str]:
    """Return the names of the days of the week, in lower case without full stops."""
    return frozenset(_number_names(Locale.parse(language.locale).days))


def _number_names(widths: Mapping[str, Mapping[str, Mapping[int, str]]]) -> dict[str, int]:
    return {
        name.casefold().rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in widths[context][width].items()
        if not name.isdecimal()
    }


COUNTED = {
    **{f"duration-{name}": name for name in ("year", "month", "week", "day", "hour")},
    **{f"duration-{name}": name for name in ("minute", "second", "decade", "century")},
    **{f"length-{name}": name for name in ("mile", "foot", "inch", "yard")},
    **{f"area-{name}": name for name in ("hectare", "acre")},
    **{f"concentr-{name}": name for name in ("percent", "permille")},
    "length-kilometer": "km",
    "length-meter": "m",
    "length-centimeter": "cm",
    "length-millimeter": "mm",
    "mass-kilogram": "kg",
    "mass-gram": "g",
    "mass-tonne": "tonne",
    "volume-liter": "litre",
}
"""Units of CLDR and what the checks of numbers call them."""

WIDTHS: tuple[Literal["long", "short"], ...] = ("long", "short")

PAID = {
    **dict.fromkeys(("TMT", "AZN"), "manat"),
    **dict.fromkeys(("UZS", "KGS"), "som"),
    "USD": "dollar",
    "EUR": "euro",
    "GBP": "pound",
    "RUB": "rouble",
    "KZT": "tenge",
    "TJS": "somoni",
    "TRY": "lira",
    "IRR": "rial",
    "INR": "rupee",
    "CNY": "yuan",
    "JPY": "yen",
    "CHF": "franc",
    "AED": "dirham",
    "SAR": "riyal",
}
"""Currencies of CLDR and what the checks of numbers call them."""


def list_counting_names(locale: str) -> Iterator[tuple[str, str]]:
    """Yield months, units and currencies in every form that CLDR has, each with its key."""
    found = Locale.parse(locale)
    for name, month in _number_names(found.months).items():
        yield f"m{month}", name
    forms = {found.plural_form(number): number for number in (5, 2, 1)}  # Many have one or two.
    for unit, key in COUNTED.items():
        for length, number in product(WIDTHS, (*forms.values(), 1.5)):
            shown = format_unit(number, unit, length, locale=found, numbering_system="latn")
            yield key, re.sub(r"[\d.,٫]", "", shown).strip()
    yield from _list_large_numbers(found)
    for code, key in PAID.items():
        yield key, code
        yield key, found.currencies.get(code, code)


def _list_large_numbers(locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield the names of thousands to trillions, each with the number in digits."""
    widths = [width for width in WIDTHS if width in locale.compact_decimal_formats]
    for width, power, times in product(widths, (3, 6, 9, 12), (1, 2, 5)):
        shown = format_compact_decimal(times * 10**power, format_type=width, locale=locale)
        name = re.sub(r"[\d.,٫]", "", shown).strip()
        if len(name) > 1 and name.isalpha():
            yield str(10**power), name


def format_whole_number(n: int, language: Language) -> str:
    """Return a whole number with grouped digits: `2,090`, `2 090`."""
    shown = format_decimal(n, locale=language.locale, numbering_system="default")
    return _printable(shown, language)


def format_whole_percent(n: int, language: Language) -> str:
    """Return a number of whole percents: `37%`, `37 %`."""
    shown = format_percent(Decimal(n) / 100, locale=language.locale, numbering_system="default")
    return _printable(shown.replace("%", _percent_sign(language)), language)


def format_kilobytes(size: int, language: Language) -> str:
    """Return a size given in bytes as thousands of bytes, rounded up: `95 kB`, `95 кБ`."""
    shown = format_unit(
        -(-size // 1000),
        "digital-kilobyte",
        "short",
        locale=language.locale,
        numbering_system="default",
    )
    return _printable(shown.replace(" ", "\u00a0"), language)


def find_number_signs(locale: str) -> NumberSigns:
    """Return the signs and places of a locale's numbers; Babel lacks those of some scripts."""
    found = Locale.parse(locale)
    own = found.number_symbols.get(found.default_numbering_system, {})
    signs = {**found.number_symbols.get("latn", {}), **own}
    pattern = found.decimal_formats[None]
    percent, money = found.percent_formats[None], found.currency_formats["standard"]
    return NumberSigns(
        decimal=signs.get("decimal", "."),
        group=signs.get("group", ",").replace("\u202f", "\u00a0"),
        minus=signs.get("minusSign", "-"),
        percent=signs.get("percentSign", "%"),
        per_mille=signs.get("perMille", "‰"),
        sizes=(int(pattern.grouping[0]), int(pattern.grouping[1])),
        percent_place=_place(percent.prefix[0], percent.suffix[0]),
        money_place=_place(money.prefix[0], money.suffix[0]),
        least=2 if locale.partition("_")[0] in LONE_THOUSANDS or locale == "pt_PT" else 1,
    )


LONE_THOUSANDS = frozenset({"bg", "es", "et", "hu", "it", "ka", "lv", "pl"})
"""Languages that write 1250 without a mark, but 12 500 (CLDR, `minimumGroupingDigits`)."""


def _place(before: str, after: str) -> tuple[str, str]:
    """Return what a pattern has before and after the number, without marks of direction."""
    kept = [part.translate(NO_DIRECTIONS).replace("\u202f", "\u00a0") for part in (before, after)]
    return kept[0], kept[1]


NO_DIRECTIONS = {0x200E: None, 0x200F: None, 0x061C: None}


def _percent_sign(language: Language) -> str:
    """Return the percent sign of the numbering system, which Babel does not put in."""
    locale = Locale.parse(language.locale)
    symbols = locale.number_symbols.get(locale.default_numbering_system, {})
    return str(symbols.get("percentSign", "%"))


def find_language_name(tag: str, language: Language) -> str:
    """Return the name of the language `tag` in `language`.

    Where CLDR lacks the name, return the English name, or the tag if that is lacking too.
    """
    subtags = parse_name(tag)
    if subtags is None:
        return tag
    name = _name_in(Locale.parse(language.locale), subtags)
    return name or _name_in(Locale("en"), subtags) or subtags.tag


def _name_in(locale: Locale, subtags: Subtags) -> str:
    """Return a name such as `Serbian (Latin)`, or an empty string if the locale has none."""
    whole = locale.languages.get(subtags.tag.replace("-", "_"))
    base = locale.languages.get(subtags.language)
    if whole or not base:
        return whole or ""
    details = [locale.scripts.get(subtags.script, subtags.script)]
    details += [locale.territories.get(subtags.territory, subtags.territory)]
    details += [locale.variants.get(variant.upper(), variant) for variant in subtags.variants]
    shown = ", ".join(detail for detail in details if detail)
    return f"{base} ({shown})" if shown else base


def find_digits(locale: str) -> str:
    """Return the ten digits of a locale from zero; Babel only has the name of the system."""
    zero = ZEROS.get(Locale.parse(locale).default_numbering_system)
    return "".join(chr(ord(zero) + n) for n in range(10)) if zero else LATIN_DIGITS


def _printable(text: str, language: Language) -> str:
    return replace_digits(text, language.digits).replace("\u202f", "\u00a0")


# --------------------------------------------------------------------------- subtags


def describe_unknown_subtag(subtags: Subtags) -> str:
    """Return a sentence about the first subtag that CLDR does not know, or an empty string."""
    english = Locale("en")
    if subtags.language in NO_LANGUAGE or not _is_language(subtags.language):
        return f"there is no language {subtags.language!r}"
    if subtags.script and subtags.script not in english.scripts:
        return f"there is no script {subtags.script!r}"
    if subtags.territory and subtags.territory not in english.territories:
        return f"there is no country or region {subtags.territory!r}"
    for variant in subtags.variants:
        if variant.upper() not in english.variants:
            return f"there is no variant {variant!r}"
    return ""


def _is_language(code: str) -> bool:
    """Return whether a code is the preferred code of a language: `tk`, not `tuk`."""
    named = code in Locale("en").languages or code in get_global("likely_subtags")
    return named and code not in get_global("language_aliases")


def find_nearest_tag(word: str) -> str:
    """Return the tag nearest to a wrong one, or an empty string if none is near.

    First the replacement of a withdrawn code is tried (`tuk`: `tk`), then an English name
    (`turkmen`: `tk`), then the language of a tag with a wrong ending (`tk-xx`: `tk`).
    """
    code = word.lower().replace("_", "-").partition("-")[0]
    alias: str | None = get_global("language_aliases").get(code)
    if alias:
        return alias.replace("_", "-")
    names: dict[str, str] = {name.lower(): tag for tag, name in Locale("en").languages.items()}
    near = get_close_matches(word.lower(), sorted(names), n=1, cutoff=0.75)
    if near and len(code) > LONGEST_CODE:
        return names[near[0]].replace("_", "-")
    return code if code not in NO_LANGUAGE and _is_language(code) else ""


def find_script(subtags: Subtags) -> str:
    """Return the script of a language: `Cyrl` for `sr`; an empty string if CLDR has none."""
    likely = get_global("likely_subtags")
    key = f"{subtags.language}_{subtags.territory}"
    found: str = likely.get(key) or likely.get(subtags.language) or ""
    return subtags.script or (found.split("_")[1] if found else "")


OFFICE_SCRIPTS = frozenset({"az", "bs", "ha", "iu", "mn", "sr", "tg", "uz"})
"""Languages that office programs name with their script."""


def make_office_tag(tag: str) -> str:
    """Return the tag by which office programs know a language: with its likeliest region.

    `ru-RU` for `ru`, `zh-CN` for `zh-Hans`, `uz-Latn-UZ` for `uz`.
    """
    subtags = parse_name(tag)
    if subtags is None:
        return tag
    likely = get_global("likely_subtags")
    keys = (f"{subtags.language}_{subtags.script}", subtags.language)
    found = next((likely[key] for key in keys if key in likely), "")
    script, _, region = found.partition("_")[2].partition("_")
    parts = [subtags.language]
    if subtags.language in OFFICE_SCRIPTS:
        parts.append(subtags.script or script)
    parts.append(subtags.territory or region)
    return "-".join(filter(None, parts))


def find_locale(subtags: Subtags) -> str:
    """Return the nearest Babel locale in the same script, or `root` if there is none.

    Babel's own fallback would silently use `tk`, with its Latin letters, for `tk_Cyrl`.
    """
    script = find_script(subtags)
    language, territory = subtags.language, subtags.territory
    names = [f"{language}_{script}_{territory}", f"{language}_{territory}", f"{language}_{script}"]
    if script == find_script(Subtags(language)):
        names.append(language)
    return next((name for name in names if localedata.exists(name)), NO_LOCALE)


def find_plural_forms(subtags: Subtags) -> str:
    """Return the Plural-Forms header that Babel has for a language, or that of English.

    It is from Babel's table, not from CLDR's rules (`to_gettext`): those also count a form for
    fractions (four in Russian), which gettext does not have.
    """
    number, expression = get_plural(find_locale(subtags))
    return f"nplurals={number}; plural={expression};"
