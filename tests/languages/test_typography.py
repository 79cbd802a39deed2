"""Typography: pinned examples by language, and the laws for any text."""

from __future__ import annotations

import re
import time

import pytest
from examples import first
from hypothesis import given
from hypothesis import strategies as st

from publish.languages import en, ru, tk
from publish.languages.language import Language
from publish.languages.registry import find
from publish.languages.spacing import begin_word, fold_typography

LANGUAGES = [find(tag) for tag in ("en", "ru", "tk", "fa", "zh", "fr")]

PIECES = [
    *(" ", " ", " ", "\u00a0", "\u202f", "\u2009", "\n", "-", "\u2010", "\u2011", "–", "—", "."),
    *(",", "%", "№", "§", "«", "»", "“", "”", "\ufffc", "(", ")", "1", "37", "128", "090", "2024"),
    *("June", "May", "24", "Article", "Tier", "No.", "Mr.", "U.S.", "J.", "percent", "e-mail"),
    *("ст.", "г.", "в", "и", "не", "т.", "д.", "же", "бы", "июня", "тыс.", "А.", "С.", "Пушкин"),
    *("ABŞ", "-nyň", "-nji", "-njy", "madda", "göterim", "iýuny", "sah.", "we", "ş.m.", "UNICEF"),
    "2019–24",
]
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join) | st.lists(st.sampled_from(PIECES)).map(
    " ".join
)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
@given(text=TEXTS | st.text())
def test_only_spaces_are_exchanged(language: Language, text: str) -> None:
    done = language.typeset(text)
    assert len(done) == len(text)
    assert fold_typography(done) == fold_typography(text)
    changed = {(a, b) for a, b in zip(text, done, strict=True) if a != b}
    assert changed <= {(" ", "\u00a0"), ("\u202f", "\u00a0")}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
@given(text=TEXTS | st.text())
def test_setting_twice_is_setting_once(language: Language, text: str) -> None:
    assert language.typeset(language.typeset(text)) == language.typeset(text)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
@given(text=TEXTS | st.text())
def test_tokens_are_in_order_apart_and_without_spaces(language: Language, text: str) -> None:
    found = language.no_break(text)
    assert found == language.no_break(language.typeset(text))
    bounds = [bound for span in found for bound in span]
    assert bounds == sorted(set(bounds))
    for start, end in found:
        token = text[start:end]
        assert token
        assert not any(c.isspace() or c == "\ufffc" for c in token)


@pytest.mark.parametrize("fold", [False, True])
@given(st.lists(st.sampled_from(["p", "pp", "P", "no", "nos", "N", ".", "2", " ", "-", "\n"])))
def test_words_are_found_as_by_a_look_behind(fold: bool, pieces: list[str]) -> None:
    words, text = "pp?|nos?|no2|p-p", "".join(pieces)
    plain = re.compile(rf"(?<![\w-])(?<!2 )(?{'i' if fold else ''}:{words})(?=\.)")
    quick = re.compile(begin_word(words, r"[\w-]", "2 ", fold=fold) + r"(?=\.)")
    assert [one.span() for one in quick.finditer(text)] == [
        one.span() for one in plain.finditer(text)
    ]


@given(TEXTS)
def test_a_rule_finds_nothing_without_its_signs(text: str) -> None:
    rules = (en.SPACE_RULES, en.TOKEN_RULES, ru.TOKEN_RULES, tk.SPACE_RULES, tk.TOKEN_RULES)
    for rule in (rule for some in rules for rule in some):
        assert rule.may_match(text) or not rule.pattern.search(text)


@given(st.text())
def test_fold_keeps_the_length_and_is_done_once(text: str) -> None:
    assert len(fold_typography(text)) == len(text)
    assert fold_typography(fold_typography(text)) == fold_typography(text)


def _shown(tag: str, text: str) -> str:
    return find(tag).typeset(text).replace("\u00a0", "~")


@pytest.mark.parametrize(
    "wanted",
    [
        "on June~24, 2024, or 24~June 2024",
        "Article~8 and Section~II, Tier~3, No.~5, Sec.~7(b)",
        "37~percent of 2.5~million; May you 3",
        "the Report~– in short~— says",
        "J.~Smith of the U.S. Department of State",
        "in 2024 128 people",
        "§~5 and №~6",
        "at 5~p.m. Mr.~Smith",
    ],
)
def test_english(wanted: str) -> None:
    assert _shown("en", wanted.replace("~", " ")) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "Туркменистан~— страна",
        "— Да,~— сказал он.",
        "А.~С.~Пушкин, Пушкин~А.~С., г.~Ашхабад",
        "№~5, §~7, ст.~128, статья~128, статьи~8, часть~2",
        "24~июня 2024~г. Туркменистан",
        "и~т.~д., и~т.~п., и~др., т.~е.",
        "2~090 человек, 37~%, 15~процентов, 5~млн долларов, 10~лет",
        "он пришёл~бы, если~же нет; сделал~ли",
        "в~доме, и~не~на~этом, из~«Отчёта»",
        "Он был, что~ли, из-за того",
        "XX~в. и~XXI~век; 7:55 в~доме",
        "1~200~000~руб.",
    ],
)
def test_russian(wanted: str) -> None:
    assert _shown("ru", wanted.replace("~", " ")) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "Türkmenistanyň Jenaýat kodeksiniň 128-nji~maddasy",
        "2024-nji~ýylyň 24-nji~iýuny",
        "15~göterim, 15~göterimden, 37~%, 2~090~adam",
        "№~5, §~7, sah.~12",
        "Aşgabat~— paýtagt",
        "G.~Berdimuhamedow",
        "oba hojalygy we~ş.~m. we~başg.",
        "24~iýunda, 5~million manat",
        "müň adam",
    ],
)
def test_turkmen(wanted: str) -> None:
    assert _shown("tk", wanted.replace("~", " ")) == wanted


def test_other_languages_have_the_common_rules_alone() -> None:
    assert _shown("fr", "le rapport – 37 % et 2\u202f090") == "le rapport~– 37~% et 2~090"
    assert _shown("tk-Cyrl", "в доме – №\u00a05") == "в доме~– №~5"


def test_a_footnote_mark_does_not_hide_a_dash() -> None:
    assert _shown("ru", "слово\ufffc — дело") == "слово\ufffc~— дело"


def _tokens(tag: str, text: str) -> list[str]:
    return [text[start:end] for start, end in find(tag).no_break(text)]


def test_turkmen_tokens() -> None:
    text = (
        "ABŞ-nyň, 128-nji madda, 37-si, 15%-i, COVID-19-dan, «Bilim»-iň, XXI-nji, 1,5-den, "
        "BMG-niň\ufffc ÝUNESKO görä-de hem-de Aşgabat-Mary 2019–2024"
    )
    assert _tokens("tk", text) == [
        *("ABŞ-nyň", "128-nji", "37-si", "15%-i", "COVID-19-dan", "»-iň", "XXI-nji", "1,5-den"),
        *("BMG-niň", "ÝUNESKO", "2019–2024"),
    ]


def test_russian_and_english_tokens() -> None:
    assert _tokens("ru", "37-й, 15-летний, ЮНЕСКО, США, 10–12%, из-за") == [
        *("37-й", "ЮНЕСКО", "10–12%")
    ]
    assert _tokens(
        "en", "a T-visa by e-mail, UNICEF, 10-year, TRAFFICKING, 9,000–11,000, U.S."
    ) == [*("T-visa", "e-mail", "UNICEF", "9,000–11,000")]


@pytest.mark.parametrize("tag", ["en", "ru", "tk", "fr", "de"])
def test_a_short_name_with_a_number_is_a_token(tag: str) -> None:
    text = "The ECMA-262 and Covid-19, UTF-8; Т-34. ISO-9001-2, version-2, Programs-12, A-1.5"
    assert _tokens(tag, text) == ["ECMA-262", "Covid-19", "UTF-8", "Т-34"]


@pytest.mark.parametrize("language", first(LANGUAGES, 3), ids=lambda language: language.tag)
@pytest.mark.parametrize("piece", ["1", " 1", "A", "A-", "А. ", "в ", "111 ", "—", " —", "ABŞ-nyň"])
def test_a_long_text_takes_time_in_proportion(language: Language, piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    language.typeset(text)
    language.no_break(text)
    assert time.process_time() - start < 2


def test_no_token_is_longer_than_half_a_line() -> None:
    for tag in ("en", "ru", "tk"):
        for text in ("A" * 5000 + "-" + "a" * 5000, "1" * 5000 + "–" + "1" * 5000):
            assert max([len(token) for token in _tokens(tag, text)], default=0) <= 40
