"""Languages by name, their names, dates and numbers, and Turkmen's ordinals."""

from __future__ import annotations

import gettext
import subprocess
import sys
from datetime import date

import pytest
from babel import localedata
from babel.core import Locale
from hypothesis import given
from hypothesis import strategies as st

from publish.errors import UsageError
from publish.languages import cldr, neutral
from publish.languages.language import Language, SentenceRules
from publish.languages.names import SCRIPT_MODIFIERS, Subtags, parse_name
from publish.languages.registry import KNOWN, find, serves
from publish.languages.sentencerules import table
from publish.languages.tk import find_harmony, format_ordinal, format_turkmen_date

DAY = date(2024, 6, 24)


# --------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("tag", "folder"),
    [
        ("tk", "tk"),
        ("pt-BR", "pt_BR"),
        ("sr-Latn", "sr@latin"),
        ("sr-Latn-RS", "sr_RS@latin"),
        ("uz-Cyrl", "uz@cyrillic"),
        ("zh-Hans", "zh_Hans"),
        ("zh-Hant-HK", "zh_Hant_HK"),
        ("zh-CN", "zh_CN"),
        ("es-419", "es_419"),
        ("ca-valencia", "ca@valencia"),
    ],
)
def test_a_tag_and_its_folder(tag: str, folder: str) -> None:
    assert find(tag).folder == folder
    assert find(folder).tag == tag


def test_names_are_read_in_any_case_and_with_either_separator() -> None:
    assert find("ZH_hans_cn").tag == "zh-Hans-CN"
    assert find("SR@Latin").tag == "sr-Latn"
    assert find("pt_br").folder == "pt_BR"


LETTERS = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def subtags(draw: st.DrawFn) -> Subtags:
    variant = st.from_regex(r"[a-z]{5,8}|[0-9][a-z]{3}", fullmatch=True)
    words = set(SCRIPT_MODIFIERS.values())
    return Subtags(
        draw(st.text(LETTERS, min_size=2, max_size=3)),
        draw(st.text(LETTERS, min_size=4, max_size=4).map(str.title) | st.just("")),
        draw(st.sampled_from(["", "TM", "RS", "419"])),
        tuple(draw(st.lists(variant.filter(lambda word: word not in words), max_size=2))),
    )


@given(subtags() | st.sampled_from([Subtags("sr", "Latn", "RS", ("ekavsk",))]))
def test_a_name_reads_back_from_tag_and_folder(name: Subtags) -> None:
    assert parse_name(name.tag) == name
    assert parse_name(name.folder) == name


@given(st.text(max_size=20))
def test_any_text_is_a_language_or_refused_with_a_hint(text: str) -> None:
    language, hint = _found(text)
    assert bool(hint) == (language is None)
    if language is not None:
        assert find(language.tag) == language
        assert find(language.folder) == language


def _found(name: str) -> tuple[Language | None, str]:
    try:
        return find(name), ""
    except UsageError as error:
        return None, error.hint


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("turkmen", "'turkmen' is not a language tag", "did you mean tk?"),
        ("Rusian", "'Rusian' is not a language tag", "did you mean ru?"),
        ("tuk", "unknown language tag 'tuk': there is no language 'tuk'", "did you mean tk?"),
        ("iw", "unknown language tag 'iw': there is no language 'iw'", "did you mean he?"),
        (
            "tk-notreal",
            "unknown language tag 'tk-notreal': there is no variant 'notreal'",
            "did you mean tk?",
        ),
        (
            "en-UK",
            "unknown language tag 'en-UK': there is no country or region 'UK'",
            "did you mean en?",
        ),
        (
            "xx-notreal",
            "unknown language tag 'xx-notreal': there is no language 'xx'",
            "use a BCP 47 language tag, such as ru, pt-BR or sr-Latn",
        ),
        (
            "../../etc",
            "'../../etc' is not a language tag",
            "use a BCP 47 language tag, such as ru, pt-BR or sr-Latn",
        ),
        (
            "tk\n",
            "'tk\\n' is not a language tag",
            "use a BCP 47 language tag, such as ru, pt-BR or sr-Latn",
        ),
        (
            "und",
            "unknown language tag 'und': there is no language 'und'",
            "use a BCP 47 language tag, such as ru, pt-BR or sr-Latn",
        ),
    ],
)
def test_a_wrong_name_is_refused_with_the_way_out(name: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        find(name)
    assert (raised.value.message, raised.value.hint) == (message, hint)


# --------------------------------------------------------------------------- what a tag implies


@pytest.mark.parametrize("tag", ["ar", "fa", "he", "ur", "ug", "ps", "dv", "uz-AF", "az-Arab"])
def test_right_to_left(tag: str) -> None:
    assert find(tag).direction == "rtl"


@pytest.mark.full
def test_every_locale_of_cldr_has_the_direction_that_cldr_gives_it() -> None:
    for name in localedata.locale_identifiers():
        parsed = parse_name(name)
        if parsed is None or cldr.describe_unknown_subtag(parsed):
            continue
        right_to_left = Locale.parse(name).character_order == "right-to-left"
        assert (find(name).direction == "rtl") == right_to_left, name


def test_sentences_stand_together_in_chinese_and_japanese_alone() -> None:
    together = {"zh", "zh-Hant", "ja", "yue"}
    for tag in (*together, "th", "ko", "en", "zh-Latn", "fa"):
        assert find(tag).sentence_space == ("" if tag in together else " "), tag


def test_the_locale_is_in_the_script_of_the_tag() -> None:
    assert find("tk-Cyrl").locale == "root"
    assert find("zh-TW").locale == "zh_Hant_TW"
    assert find("uz-AF").locale == "uz_Arab_AF"
    assert find("ru-TM").locale == "ru"


def test_a_region_keeps_the_rules_of_a_known_language_and_another_script_does_not() -> None:
    assert find("tk-TM").typeset is KNOWN["tk"].typeset
    assert find("tk-Latn").no_break is KNOWN["tk"].no_break
    assert find("tk-TM").folder == "tk_TM"
    assert find("en-GB").hyphenation == "en_GB"
    assert find("tk-Cyrl").typeset is not KNOWN["tk"].typeset
    assert find("tk-Cyrl").hyphenation == ""


def test_a_region_has_the_sentence_rules_of_its_language_and_another_script_has_not() -> None:
    assert find("de-AT").sentences is find("de").sentences is table.RULES["de"]
    assert find("de-AT").typeset is find("sv").typeset
    assert find("de-Cyrl").sentences == find("sv").sentences == SentenceRules()


def test_every_rule_table_is_of_a_tag_that_gets_it() -> None:
    assert all(find(tag).sentences is rules for tag, rules in table.RULES.items())


def test_known_languages_need_no_babel() -> None:
    code = (
        "import sys; from publish.languages.registry import find; "
        "find('tk'), find('ru'), find('en'); sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --------------------------------------------------------------------------- plural forms

MEASURED = range(1001)


def _classes(header: str) -> list[int]:
    number, expression = header.removesuffix(";").split("; plural=")
    choose = gettext.c2py(expression)
    forms = [choose(n) for n in MEASURED]
    assert set(forms) == set(range(int(number.removeprefix("nplurals=")))), header
    return forms


def test_every_plural_header_uses_each_of_its_forms() -> None:
    for tag in (*KNOWN, *neutral.PLURAL_FORMS, "ga", "mt", "cy"):
        _classes(find(tag).plural_forms)


GETTEXT_DIFFERS = {"he", "lv", "pt", "tg"}
"""Where GNU gettext's header and CLDR's cardinal rules differ below 1001."""


@pytest.mark.parametrize("tag", sorted({*KNOWN, *neutral.PLURAL_FORMS} - GETTEXT_DIFFERS))
def test_plural_headers_part_whole_numbers_as_cldr_does(tag: str) -> None:
    language = find(tag)
    rule = Locale.parse(language.locale).plural_form
    pairs = set(zip(_classes(language.plural_forms), map(rule, MEASURED), strict=True))
    assert len(pairs) == len({form for form, _ in pairs}) == len({name for _, name in pairs})


def test_plural_headers_of_our_languages() -> None:
    assert find("tk").plural_forms == "nplurals=2; plural=(n != 1);"
    assert find("ru").plural_forms == (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    )


# --------------------------------------------------------------------------- dates and numbers


def test_long_dates() -> None:
    assert cldr.format_long_date(DAY, find("en")) == "June 24, 2024"
    assert cldr.format_long_date(DAY, find("ru")) == "24 июня 2024\u00a0г."
    assert cldr.format_long_date(DAY, find("tk")) == "2024-nji ýylyň 24-nji iýuny"
    assert cldr.format_long_date(date(2010, 1, 9), find("tk")) == "2010-njy ýylyň 9-njy ýanwary"


def test_numbers() -> None:
    assert [cldr.format_whole_number(2090, find(tag)) for tag in ("en", "ru", "tk")] == [
        "2,090",
        "2\u00a0090",
        "2\u00a0090",
    ]
    assert [cldr.format_whole_percent(37, find(tag)) for tag in ("en", "ru", "tk")] == [
        "37%",
        "37\u00a0%",
        "37\u00a0%",
    ]
    assert cldr.format_whole_percent(29, find("en")) == "29%"


@pytest.mark.parametrize("tag", ["en", "ru", "tk", "fr", "fa", "zh", "tk-Cyrl"])
def test_nothing_holds_a_narrow_no_break_space(tag: str) -> None:
    language = find(tag)
    made = [cldr.format_long_date(DAY, language), cldr.format_whole_number(1234567, language)]
    made += [cldr.format_whole_percent(37, language)]
    assert all(made)
    assert "\u202f" not in "".join(made)


def test_names_of_languages() -> None:
    assert cldr.find_language_name("tk", find("tk")) == "türkmen dili"
    assert cldr.find_language_name("en", find("ru")) == "английский"
    assert cldr.find_language_name("ru", find("tk")) == "rus dili"
    assert cldr.find_language_name("fa", find("fa")) == "فارسی"
    assert cldr.find_language_name("sr-Latn", find("en")) == "Serbian (Latin)"
    assert cldr.find_language_name("pt-BR", find("en")) == "Brazilian Portuguese"
    assert cldr.find_language_name("tk", find("tk-Cyrl")) == "Turkmen"
    assert cldr.find_language_name("trp", find("ru")) == "trp"


# --------------------------------------------------------------------------- Turkmen ordinals

UNITS = ("nol", "bir", "iki", "üç", "dört", "bäş", "alty", "ýedi", "sekiz", "dokuz")
TENS = ("on", "ýigrimi", "otuz", "kyrk", "elli", "altmyş", "ýetmiş", "segsen", "togsan")
LARGE = {100: "ýüz", 1000: "müň", 10**6: "million", 10**9: "milliard"}
SPOKEN = {
    **dict(enumerate(UNITS)),
    **{10 * n: word for n, word in enumerate(TENS, start=1)},
}
"""The elements numbers are spoken with; the last vowel of a word decides its harmony."""


def _last_word(n: int) -> str:
    """The last word of a number read aloud: the largest unit that divides it, or its end."""
    for size in sorted(LARGE, reverse=True):
        if n and n % size == 0:
            return LARGE[size]
    return SPOKEN[n % 10 or n % 100]


@given(st.integers(0, 10**12) | st.integers(0, 3000) | st.integers(1, 999).map(lambda n: n * 1000))
def test_harmony_is_that_of_the_last_word_spoken(n: int) -> None:
    last_vowel = [letter for letter in _last_word(n) if letter in "aeäioöuüy"][-1]
    assert find_harmony(n) == ("back" if last_vowel in "aouy" else "front")
    assert find_harmony(-n) == find_harmony(n)


@pytest.mark.parametrize(
    ("n", "written"),
    [
        (0, "0-njy"),
        (6, "6-njy"),
        (9, "9-njy"),
        (10, "10-njy"),
        (20, "20-nji"),
        (24, "24-nji"),
        (40, "40-njy"),
        (70, "70-nji"),
        (100, "100-nji"),
        (128, "128-nji"),
        (2000, "2000-nji"),
        (2010, "2010-njy"),
        (2026, "2026-njy"),
        (1_000_000, "1000000-njy"),
    ],
)
def test_ordinals(n: int, written: str) -> None:
    assert format_ordinal(n) == written


@given(st.dates())
def test_a_turkmen_date_holds_year_and_day(day: date) -> None:
    words = format_turkmen_date(day).split(" ")
    assert words[:3] == [format_ordinal(day.year), "ýylyň", format_ordinal(day.day)]
    assert words[3][-1] in "yi"


@pytest.mark.parametrize(
    ("tag", "wanted", "does"),
    [
        ("zh-CN", "zh-Hans", True),
        ("zh_TW", "zh-Hant", True),
        ("zh-TW", "zh-Hans", False),
        ("en-us", "en", True),
        ("en-US", "en-GB", False),
        ("pt-BR", "pt", True),
        ("sr-Latn", "sr", False),
        ("tk-Cyrl", "tk", False),
        ("uz@cyrillic", "uz-Cyrl", True),
        ("ru", "tk", False),
        ("no tag", "tk", False),
        ("", "tk", False),
    ],
)
def test_a_text_serves_another_tag_of_its_language_and_script(
    tag: str, wanted: str, does: bool
) -> None:
    assert serves(tag, wanted) is does
