"""Straight quotes, hyphens and full stops as keyboards have them, set by language."""

from __future__ import annotations

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.languages.keyboard import OBJECT, find_exchanges


def set_marks(text: str, tag: str) -> str:
    parts: list[str] = []
    at = 0
    for one in find_exchanges(text, tag):
        assert at <= one.start < one.end
        parts += [text[at : one.start], one.new]
        at = one.end
    return "".join((*parts, text[at:]))


SMART = '"Quoted" -- he said --- it\'s 1990-2000...'


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "“Quoted” – he said — it’s 1990–2000…"),
        ("ru", "«Quoted» — he said — it’s 1990–2000…"),
        ("fr", "«\u00a0Quoted\u00a0» — he said — it’s 1990–2000…"),
        ("fr-CH", "«Quoted» — he said — it’s 1990–2000…"),
        ("de", "„Quoted“ – he said — it’s 1990–2000…"),
        ("tk", "“Quoted” – he said — it’s 1990–2000…"),
        ("pl", "„Quoted” – he said — it’s 1990–2000…"),
        ("sv", "”Quoted” – he said — it’s 1990–2000…"),
        ("ja", "「Quoted」 – he said — it’s 1990–2000…"),
        ("uz", "“Quoted” – he said — it's 1990–2000…"),
        ("xx", "“Quoted” – he said — it’s 1990–2000…"),
    ],
)
def test_each_language_has_its_marks(tag: str, expected: str) -> None:
    assert set_marks(SMART, tag) == expected


@pytest.mark.parametrize(
    ("typed", "proper"),
    [
        ("\"a 'b' c\" and 'd \"e\" f'", "“a ‘b’ c” and ‘d “e” f’"),
        ("\"'a' b\" \"c 'd'\"", "“‘a’ b” “c ‘d’”"),
        (
            "the students' rights, the '90s, rock 'n' roll",
            "the students’ rights, the ’90s, rock ’n’ roll",
        ),
        ('("a") ["b"] "c," "d". "e"; "f"?', "(“a”) [“b”] “c,” “d”. “e”; “f”?"),
        (f'"a"{OBJECT} "{OBJECT}" {OBJECT}\'s', f"“a”{OBJECT} “{OBJECT}” {OBJECT}'s"),
        ('5\'10" tall, 6" wide', '5\'10" tall, 6" wide'),
        ("a--b, c---d, 5--6, use --help, <-- and -->", "a–b, c—d, 5–6, use --help, <-- and -->"),
        ("---- and - - and a - b", "---- and - - and a - b"),
        ("Wait... what...? .... ../a .../b", "Wait… what…? .... ../a .../b"),
        ("17-18 May, pp. 5-10, 2019-20, 5-10%", "17–18 May, pp. 5–10, 2019–20, 5–10%"),
        (
            "Listing 18-21, Table 2-3, Law No. 12-14, Tables 2-3",
            "Listing 18-21, Table 2-3, Law No. 12-14, Tables 2–3",
        ),
        ('最好有一個唯一的"主頁"鏈接', "最好有一個唯一的“主頁”鏈接"),
        (
            "555-1234, 2024-01-31, COVID-19, 978-3-16, 20-10",
            "555-1234, 2024-01-31, COVID-19, 978-3-16, 20-10",
        ),
        ("A/RES/60-251, 007-008, 1.5-2.5", "A/RES/60-251, 007-008, 1.5-2.5"),
        ('"Open paragraph', "“Open paragraph"),
        ('צה"ל', 'צה"ל'),
        ("dell'\"Unione\" l'homme", "dell’“Unione” l’homme"),
    ],
)
def test_english_and_what_is_not_touched(typed: str, proper: str) -> None:
    assert set_marks(typed, "en") == proper


@pytest.mark.parametrize(
    ("tag", "typed", "proper"),
    [
        ("en", "He said, \"It's 'fine'.\"", "He said, “It’s ‘fine’.”"),
        ("ru", "Он сказал: \"Газета 'Труд' -- наша\"...", "Он сказал: «Газета „Труд“ — наша»…"),
        ("de", "Er sagte: \"Das 'Gesetz' -- gut.\"", "Er sagte: „Das ‚Gesetz‘ – gut.“"),
        ("fr", "Il dit : \"C'est l'heure !\"", "Il dit\u00a0: «\u00a0C’est l’heure\u00a0!\u00a0»"),
        ("fr", "Il dit : « C'est l'heure ! »", "Il dit\u00a0: «\u00a0C’est l’heure\u00a0!\u00a0»"),
        ("tk", 'Ol "Türkmenistan" gazeti -- 2019-2024', "Ol “Türkmenistan” gazeti – 2019–2024"),
        ("it", "L'articolo \"uno\" dell''Atto'", "L’articolo «uno» dell'«Atto»"),
    ],
)
def test_typed_straight_is_typed_properly(tag: str, typed: str, proper: str) -> None:
    assert set_marks(typed, tag) == proper
    assert set_marks(proper, tag) == proper


@settings(max_examples=some(800))
@given(
    st.text("\"'-.«»“”’ a1я(,)\u00a0" + OBJECT, max_size=24),
    st.sampled_from(["en", "ru", "fr", "de", "tk", "sv", "it", "he", "uz"]),
)
def test_setting_twice_is_setting_once(text: str, tag: str) -> None:
    once = set_marks(text, tag)
    assert set_marks(once, tag) == once
