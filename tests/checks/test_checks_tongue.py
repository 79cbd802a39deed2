"""Texts in another language than their catalog's: every pair, and what must not be found."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from publish.checks.engine import judge_catalog
from publish.checks.letters import LETTER_RULES
from publish.checks.othertongue import OTHER_TONGUE_RULES, find_other_tongue
from publish.checks.views import CatalogView
from publish.languages import detecting, identifier
from publish.languages.ownwords import OWN_WORDS, has_own_words
from publish.languages.registry import find
from publish.model import Catalog, Entry, Finding

CASES = Path(__file__).parents[1] / "cases" / "languages" / "sentences.tsv"
SENTENCES = [
    tuple(line.split("\t")) for line in CASES.read_text(encoding="utf-8").splitlines() if line
]
LANGUAGES = sorted({tag for tag, _ in SENTENCES})
TURKISH = [text for tag, text in SENTENCES if tag == "tr"]
TURKMEN = [text for tag, text in SENTENCES if tag == "tk"]


def look(language: str, texts: Iterable[str]) -> list[tuple[Finding, bool]]:
    """Return the findings on a catalog of these texts."""
    entries = tuple(Entry(msgid=f"Source {n}.", msgstrs=(one,)) for n, one in enumerate(texts))
    view = CatalogView(catalog=Catalog("x.po", (), entries), language=find(language))
    return list(judge_catalog(view, (*OTHER_TONGUE_RULES, *LETTER_RULES)))


def messages(language: str, texts: Iterable[str]) -> list[str]:
    return [found.message for found, _ in look(language, texts)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_language_is_found_and_the_own_is_not(language: str) -> None:
    wrong = {(tag, text) for tag, text in SENTENCES if find_other_tongue(text, "", find(language))}
    assert wrong == {(tag, text) for tag, text in SENTENCES if tag != language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_is_found_without_the_fast_detector(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detecting, "_find_quick_code", lambda label: "")
    monkeypatch.setattr(detecting, "has_own_words", lambda text, code: False)
    wrong = {tag for tag, text in SENTENCES if find_other_tongue(text, "", find(language))}
    assert wrong == set(LANGUAGES) - {language}


def test_own_words_are_of_no_other_language() -> None:
    assert set(OWN_WORDS) >= {"en", "ru", "tk"}
    for code in OWN_WORDS:
        assert [text for tag, text in SENTENCES if tag != code and has_own_words(text, code)] == []
    assert sum(has_own_words(text, tag) for tag, text in SENTENCES) >= 5


def test_the_languages_that_are_known_are_those_of_the_detector() -> None:
    assert set(detecting._load_model().labels) - {identifier.NO_LANGUAGE} == detecting.LABELS


def test_a_text_names_both_languages() -> None:
    assert messages("tk", [*TURKMEN, TURKISH[0]]) == ["this text is in Turkish, not in Turkmen"]


def test_most_of_a_catalog_is_one_finding() -> None:
    texts = [text for tag, text in SENTENCES if tag == "ru"] * 3
    assert messages("tk", [*texts, TURKMEN[0]]) == ["15 of 16 texts are in Russian, not in Turkmen"]


def test_short_texts_are_judged_together() -> None:
    short = [
        "Bu konu hakkında bilgi yok",
        "Sorular ve cevaplar için",
        "Çocukların hakları nelerdir",
        "Daha fazla bilgi edinin",
        "Bütün raporları göster",
        "Yeni bir hesap oluşturun",
    ]
    assert messages("tk", short[:1]) == []
    (found,) = messages("tk", short)
    assert found == "this text and the next 3 short ones are in Turkish, not in Turkmen"


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("tk", "", "John Smith, Mary Brown, Radio Free Europe, Human Rights Watch, New York"),
        ("tk", "", "Freedom House, Freedom in the World 2024, Washington, 2024, 12-nji sahypa."),
        ("tk", "Same text in the source, of more than forty letters.",
         "Same text in the source, of more than forty letters."),
        ("tk", "", "Ol https://example.org/en/the-report-of-the-government salgysyny berdi."),
        ("ru", "", "BBC Scotland, Tony Macaroni Arena, 12 мая 2024 года, матч 3-2"),
        ("no", "", "Regeringen meddelte i går, at den nye lov træder i kraft til januar."),
        ("ms", "", "Pemerintah mengatakan bahwa undang-undang baru itu akan berlaku tahun depan."),
        ("bs", "", "Vlada je objavila da će novi zakon stupiti na snagu početkom sljedeće godine."),
        ("tk-Cyrl", "", "Правительство сообщило, что новый закон вступит в силу в январе."),
        ("kaa", "", "The government said that the new law would take effect in January."),
    ],
)  # fmt: skip
def test_what_looks_like_another_language_and_is_right(
    language: str, source: str, target: str
) -> None:
    assert find_other_tongue(target, source, find(language)) is None


def test_half_a_translation_is_not_in_another_language() -> None:
    assert messages("tk", [f"{TURKMEN[0]} {TURKMEN[1]} {TURKISH[2]} {TURKISH[3]}"]) == []


def test_code_in_a_text_is_not_read() -> None:
    code = "`select the name and the address from the table of the customers`"
    assert messages("tk", [f"{TURKMEN[2]} {code}"]) == []
    assert messages("tk", [code]) == []


def test_another_script_is_one_finding() -> None:
    found = [found.code for found, _ in look("tk", [SENTENCES[20][1], *TURKMEN])]
    assert found == ["wrong-language"]


def test_it_can_be_accepted() -> None:
    entry = Entry(msgid="A.", msgstrs=(TURKISH[0],), comments=("ok: wrong-language",))
    view = CatalogView(catalog=Catalog("x.po", (), (entry,)), language=find("tk"))
    assert [(found.code, ok) for found, ok in judge_catalog(view, OTHER_TONGUE_RULES)] == [
        ("wrong-language", True)
    ]
