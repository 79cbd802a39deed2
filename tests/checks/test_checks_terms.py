"""Names and terms: quiet on every inflection of the right word, loud on another word."""

from __future__ import annotations

from functools import cache

import pytest
from conftest import ROOT
from goodpairs import look
from hypothesis import given
from hypothesis import strategies as st

from publish.catalogs.glossary import Glossary, read_glossary
from publish.checks.accepting import list_accepted_codes
from publish.checks.rule import Pair, Problem, Rule
from publish.checks.terms.term_rules import build_term_rules
from publish.checks.terms.traps import TRAPS
from publish.languages.registry import find
from publish.model import Entry
from publish.po.pofile import read_po_file


@cache
def glossary() -> Glossary:
    path = ROOT / "locales" / "glossary.csv"
    return read_glossary(path.read_text(encoding="utf-8"), str(path))


@cache
def rules() -> dict[str, Rule]:
    return {rule.code: rule for rule in build_term_rules(glossary())}


def run(code: str, language: str, source: str, target: str) -> list[Problem]:
    pair = Pair(Entry(msgid=source, msgstrs=(target,)), source, target, find(language))
    return list(look(rules()[code], pair))


def good_pairs() -> list[tuple[str, str, str]]:
    """The finished translations of the briefing: language, source, target."""
    found = []
    for language in ("ru", "tk"):
        path = ROOT / "locales" / language / "LC_MESSAGES" / "tip-2024-turkmenistan.po"
        for record in read_po_file(path, str(path)).records:
            entry = record.entry
            plain = entry.translated and not entry.joined and not list_accepted_codes(entry)
            if entry.msgid and plain:
                found.append((language, entry.msgid, entry.msgstr))
    return found


@pytest.mark.parametrize("code", [rule.code for rule in build_term_rules(Glossary("", (), ()))])
def test_the_examples_of_each_check_hold(code: str) -> None:
    rule = rules()[code]
    assert run(code, rule.language, *rule.right) == []
    assert run(code, rule.language, *rule.wrong) != []


def test_the_briefing_follows_the_glossary() -> None:
    for language, source, target in good_pairs():
        for code in rules():
            assert run(code, language, source, target) == [], (code, source)


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("ru", "victims of forced labor", "жертвам принудительного труда"),
        ("ru", "The victims of Human Trafficking", "жертвы торговли людьми"),
        ("ru", "independent observers came", "с независимыми наблюдателями"),
        ("ru", "trafficking victims were found", "выявленным жертвам торговли людьми"),
        ("ru", "the Labor Code", "в Трудовом кодексе"),
        ("ru", "the Labour Code", "Трудовым кодексом"),
        ("ru", "the International Labor Organization", "в МОТ"),
        ("tk", "forced labor", "mejbury zähmetiň"),
        ("tk", "the cotton harvests", "pagta ýygymlarynda"),
        ("tk", "teachers and doctors", "mugallymlara we lukmanlaryň"),
        ("tk", "a teacher’s wage", "mugallymyň aýlygy"),
        ("tk", "on Tier 3", "3-nji derejede"),
        ("tk", "imprisonment", "azatlykdan mahrum edildi"),
        ("tk", "He was held accountable", "jogapkärçilige çekildi"),
        (
            "tk",
            "the Ministry of Labor and Social Protection",
            "Zähmet we ilaty durmuş taýdan goramak ministrliginde",
        ),
    ],
)
def test_inflected_terms_are_right(language: str, source: str, target: str) -> None:
    assert run("term-missing", language, source, target) == []


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("ru", "victims of forced labor", "жертвам вынужденного труда"),
        ("ru", "the Labor Code", "в Уголовном кодексе"),
        ("ru", "Russia and Poland", "Россия и Финляндия"),
        ("ru", "the International Labor Organization (ILO)", "организации (МОТ)"),
        ("tk", "the cotton harvests", "galla ýygymlarynda"),
        ("tk", "on Tier 3", "2-nji derejede"),
    ],
)
def test_another_word_is_found(language: str, source: str, target: str) -> None:
    assert len(run("term-missing", language, source, target)) == 1


def test_only_verified_terms_are_asked_for() -> None:
    assert run("term-missing", "ru", "a shelter", "дом") == []
    assert run("term-missing", "tk", "a shelter", "öý") != []


def test_the_longer_term_hides_the_shorter() -> None:
    source = "the Trafficking in Persons Report"
    assert len(run("term-missing", "ru", source, "доклад о погоде")) == 1


@pytest.mark.parametrize(
    ("target", "found"),
    [("МОТ сообщила", 0), ("Международная организация труда", 0), ("ILO", 1), ("мотор", 1)],
)
def test_an_acronym_is_used_one_way(target: str, found: int) -> None:
    assert len(run("acronym-missing", "ru", "The ILO’s mission", target)) == found


TRAPPED = [
    ("tk", "sex trafficking", "adam gaçakçylygy", "trafficking and smuggling"),
    ("ru", "human trafficking", "контрабанда людьми", "smuggling of people"),
    ("tk", "mobilization of teachers", "mugallymlaryň mobilizasiýasy", "military mobilization"),
    ("tk", "women in commercial sex", "jelepler", "a whore"),
    ("tk", "commercial sex", "jelepçilik", "“prostitution”"),
    ("ru", "UN Human Rights Committee", "Совету ООН по правам человека", "Human Rights Council"),
    ("ru", "the Human Rights Council", "Комитет по правам человека", "Human Rights Committee"),
    ("tk", "Human Rights Committee", "Adam hukuklary geňeşi", "Human Rights Council"),
    ("tk", "Human Rights Council", "Adam hukuklary komiteti", "Human Rights Committee"),
    ("ru", "Turkmen citizens abroad", "туркмены за рубежом", "Turkmen people"),
    ("tk", "Turkmen nationals", "türkmenler", "Turkmen people"),
    ("ru", "new SOPs were drafted", "новые были призваны", "he was drafted"),
    ("tk", "new SOPs were drafted", "harby gulluga çagyryldy", "he was drafted"),
    ("tk", "in Türkiye", "Türkiyede", ""),
]


def test_every_trap_has_its_example() -> None:
    assert [trap.language for trap in TRAPS] == [language for language, *_ in TRAPPED]


@pytest.mark.parametrize(("language", "source", "target", "other"), TRAPPED)
def test_a_trap_springs_and_only_there(language: str, source: str, target: str, other: str) -> None:
    (problem,) = run("term-forbidden", language, source, target)
    assert problem.spot is not None
    assert problem.hint.startswith("write: ")
    if other:
        assert run("term-forbidden", language, other, target) == []


def test_citizens_named_as_such_are_no_ethnic_group() -> None:
    target = "граждане Туркменистана, в том числе туркмены"
    assert run("term-forbidden", "ru", "Turkmen citizens", target) == []


@given(st.sampled_from(("ru", "tk", "de")), st.text(), st.text())
def test_any_text_is_checked(language: str, source: str, target: str) -> None:
    for code in rules():
        for problem in run(code, language, f"forced labor ILO {source}", target):
            first, last = problem.spot or (0, 0)
            assert 0 <= first <= last <= len(target)
