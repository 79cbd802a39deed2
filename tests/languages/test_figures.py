"""Numbers, amounts and shares: read by the rules of one language, written by those of another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.languages.figures import read_figure, write_figure
from publish.languages.registry import find

LANGUAGES = ("en", "ru", "tk", "de", "de-CH", "fr", "es", "tr", "hi", "bn", "fa", "ar", "sv", "eu")


def turned(text: str, source: str, language: str) -> str | None:
    figure = read_figure(text, find(source))
    return write_figure(figure, find(language), grouped=figure.grouped) if figure else None


@pytest.mark.parametrize(
    ("source", "text", "language", "wanted"),
    [
        ("en", "1,250", "ru", "1\u00a0250"),
        ("en", "12.5%", "ru", "12,5\u00a0%"),
        ("en", "12.5 %", "tr", "%12,5"),
        ("en", "$1,200", "ru", "1\u00a0200\u00a0$"),
        ("en", "-$1,234.50", "de", "-1.234,50\u00a0$"),
        ("en", "−3", "ru", "−3"),
        ("en", "-3", "sv", "−3"),
        ("en", "(1,000)", "fr", "(1\u00a0000)"),
        ("en", "1,250", "es", "1250"),
        ("en", "12,500", "es", "12.500"),
        ("en", "1,250,000", "hi", "12,50,000"),
        ("en", "3 ‰", "fa", "۳؉"),
        ("en", "90.00", "ru", "90,00"),
        ("en", "2024", "ru", "2024"),
        ("en", "~1,250*", "de", "~1.250*"),
        ("ru", "1 250,5", "en", "1,250.5"),
        ("ru", "1\u202f250 ₽", "en", "₽1,250"),
        ("fa", "۱٬۲۵۰", "en", "1,250"),
        ("tr", "%12,5", "en", "12.5%"),
        ("de", "1.250", "tk", "1\u00a0250"),
    ],
)
def test_a_number_is_written_by_the_rules_of_its_language(
    source: str, text: str, language: str, wanted: str
) -> None:
    assert turned(text, source, language) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "–", "n/a", "1,25", "12,50,000", "1 250", "12-34", "1.2.3", "31.12.2024", "12:30", "$5%",
     "$5 €", "5 kg", "1,250.", "No 5", "1,2500"],
)  # fmt: skip
def test_what_is_no_number_in_english_is_left(text: str) -> None:
    assert read_figure(text, find("en")) is None


@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(LANGUAGES),
    st.integers(0, 10**9),
    st.sampled_from(("", "0", "25", "500")),
    st.sampled_from(("", "%", "$", "€")),
    st.sampled_from(("", "-")),
)
def test_a_number_comes_back_from_any_language(
    one: str, other: str, whole: int, fraction: str, unit: str, minus: str
) -> None:
    sign = unit if unit in ("$", "€") else ""
    text = f"{minus}{sign}{whole:,}{'.' + fraction if fraction else ''}{'%' if unit == '%' else ''}"
    first = read_figure(text, find("en"))
    assert first is not None
    apart = write_figure(first, find(one), grouped=True)
    second = read_figure(apart, find(one))
    assert second is not None
    third = read_figure(write_figure(second, find(other), grouped=True), find(other))
    assert third is not None
    shape = (first.whole, first.fraction, first.share, first.money, bool(first.minus))
    assert shape == (third.whole, third.fraction, third.share, third.money, bool(third.minus))
