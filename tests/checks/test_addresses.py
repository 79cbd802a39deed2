"""A translation leads nowhere that its source does not lead."""

from __future__ import annotations

import pytest
from goodpairs import GOOD, catalog_pairs
from hypothesis import given
from hypothesis import strategies as st
from steps import growth

from publish.checks.addresses import ADDRESS_RULES, find_added_addresses, find_addresses
from publish.checks.engine import judge_catalog
from publish.checks.rule import Pair
from publish.checks.views import CatalogView
from publish.languages.registry import find
from publish.model import Catalog, Entry, Level

(RULE,) = ADDRESS_RULES
CYRILLIC_A = "\u0430"


def added(source: str, target: str, tag: str = "ru", *legend: str) -> list[str]:
    """The addresses reported, each as it stands at its place in the translation."""
    entry = Entry(msgid=source, msgstrs=(target,), extracted=legend)
    found = list(find_added_addresses(Pair(entry, source, target, find(tag))))
    spots = [problem.spot for problem in found]
    told = [target[spot[0] : spot[1]] for spot in spots if spot]
    assert [one.message.rpartition(": ")[2] for one in found if "://" not in one.message] == [
        one for one in told if "://" not in one
    ]
    return told


def test_its_examples_say_what_it_finds() -> None:
    assert added(*RULE.right) == []
    assert added(*RULE.wrong) == ["help@example.com"]


ADDRESSES = (
    "https://example.com/a?b=c",
    "http://user:word@example.com:80/",
    "hxxp://example.com/",
    "ftp://example.com/a",
    "www.example.museum",
    "example.com",
    "EXAMPLE.COM",
    "a.b.example.co.uk/path",
    "t.me/somebody",
    "x.com",
    "163.com",
    "пример.рф",
    "xn--e1afmkfd.xn--p1ai",
    "somebody@example.org",
    "имя@пример.рф",
    "some.body+news@mail.example.org",
    "example\uff0ecom",
    "example\u3002com",
    "some\u00adbody.com",
    "somebody\uff20example.com",
    "http://192.0.2.1/a",
    "example.movie/a",
    "example.com:8080",
)


@pytest.mark.parametrize("sentence", ["{}", "См. {}.", "Сайт ({}), и всё", "«{}»", "Да:{}!"])
def test_an_address_that_was_added_is_found_at_its_place(sentence: str) -> None:
    for address in ADDRESSES:
        whole = sentence.format(address)
        assert added("See the site.", whole) == [address.rstrip("/")]
        assert added(f"See {address}.", whole) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("example.org", f"ex{CYRILLIC_A}mple.org"),
        (f"ex{CYRILLIC_A}mple.org", "example.org"),
        (f"ex{CYRILLIC_A}mple.org", "xn--exmple-4nf.org"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("example.org", "example.org.evil.com"),
        ("example.org", "example.org-evil.com"),
        ("example.org", "https://example.org@evil.com/"),
        ("example.org", "evil.com/example.org"),
        ("example.org", "ru.com"),
        ("bbc.co.uk", "abc.co.uk"),
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/ru/a", "https://example.com/ru/a"),
        ("https://en.example.org/", "https://evil.example.org/"),
        ("https://straße.example/a", "https://strasse.example/a"),
        ("info@example.org", "info@example.com"),
        ("info@example.org", "lnfo@example.org"),
        ("http://example.org/", "ftp://example.org/"),
        ("example.org/?lang=en&a=1", "example.org/?lang=ru&a=2"),
    ],
)
def test_an_address_that_was_altered_is_found(source: str, target: str) -> None:
    assert added(f"See {source}.", f"См. {target}.") == [target.rstrip("/")]


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        ("See https://Example.org/A/.", "См. http://example.org/a,", "ru"),
        ("See www.example.org.", "См. example.org", "ru"),
        ("See https://example.org/a.", "См. на сайте example.org", "ru"),
        ("See https://example.org/en/a.", "См. https://example.org/ru/a.", "ru"),
        ("See https://example.org/en-us/a.", "См. https://example.org/ru-RU/a.", "ru"),
        ("See https://example.org/a.", "См. https://example.org/ru/a.", "ru"),
        ("See https://example.org/en/a.", "См. https://example.org/a.", "ru"),
        ("See https://en.example.org/a.", "См. https://ru.example.org/a.", "ru"),
        ("See https://www.example.org/?lang=en.", "https://example.org/?lang=tk serediň.", "tk"),
        ("See https://example.org/%D1%8F.", "См. https://example.org/я.", "ru"),
        ("See state.gov.", "state.gov-yň", "tk"),
        ("See state.gov.", "state.gov’yň", "tk"),
        ("See state.gov/a.", "state.gov/a-da", "tk"),
        ("Mail A@example.org.", "a@example.org-a ýaz.", "tk"),
        ("It did. He saw.", "Ol etdi.De ol gördi.", "tk"),
        ("In 2024.", "2024.de", "tk"),
        ("At 5 p.m. in the U.S.", "В 5 p.m. в U.S., т.е. в США.Начало и т.д.", "ru"),
        ("Articles 1.2 and 3.4.5.", "Статьи 1.2 и 3.4.5, п.п. 6.7.", "ru"),
        ("Write to me @ home.", "Пишите мне @ дома, @имя.", "ru"),
        ("And/or.", "И/или, т.п./т.д., км/ч.", "ru"),
        ("A file a.b.", "Файл a.b.", "ru"),
    ],
)
def test_what_leads_to_the_same_place_or_is_none_is_quiet(
    source: str, target: str, tag: str
) -> None:
    assert added(source, target, tag) == []


def test_the_address_of_a_link_of_the_sentence_may_be_written_out() -> None:
    sides = "See the law.", "См. закон: example.org/law."
    assert added(*sides, "ru", "(1) https://example.org/law") == []
    assert added(*sides, "ru", "(1) https://example.org/other") == ["example.org/law"]


def test_good_pairs_are_quiet() -> None:
    pairs = [*GOOD, *catalog_pairs()]
    assert len(pairs) > 200
    assert [pair.target for pair in pairs if list(find_added_addresses(pair))] == []


@pytest.mark.parametrize("kind", ["translation", "interface", "source"])
def test_it_is_a_warning_in_every_kind_of_catalog_and_can_be_accepted(kind: str) -> None:
    def judged(*comments: str) -> list[tuple[str | None, Level, bool]]:
        entry = Entry(msgid="See.", msgstrs=("См. evil.com",), comments=comments)
        catalog = Catalog("x.po", (("Language", "ru"),), (entry,))
        view = CatalogView(kind=kind, catalog=catalog, language=find("ru"))  # type: ignore[arg-type]
        found = judge_catalog(view)
        return [(one.code, one.level, ok) for one, ok in found if one.code == RULE.code]

    assert judged() == [(RULE.code, Level.WARNING, False)]
    assert judged(f"ok: {RULE.code}") == [(RULE.code, Level.WARNING, True)]


@given(st.text(st.sampled_from("aя.@:/-w1 \u00ad")))
def test_every_address_has_a_place(text: str) -> None:
    for found in find_addresses(text):
        assert text[found.start() : found.end()] == found[0] != ""


@pytest.mark.parametrize("part", ["a.com ", "a@b.c ", "www.", "a.de,", "a://b ", "a.a/ "])
def test_time_grows_with_the_text(part: str) -> None:
    assert growth(lambda count: added("A law.", part * count), 50) < 2.2
