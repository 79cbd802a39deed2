"""The best lines of paragraphs: the choice of breaks, widths, and finished PDFs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from itertools import chain, combinations, pairwise
from math import inf
from pathlib import Path

import pytest
from examples import first, some
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from structure import read_structure

from benchmarks.pagelines import Figures, figures_of, lines_of, paragraphs_of, words_of
from publish.cli.main import main
from publish.editions.lines.breaking import (
    HYPHEN_BEFORE_LAST,
    TWO_HYPHENS,
    Measure,
    Stop,
    choose_breaks,
    line_demerits,
)
from publish.languages.hyphenation import find_hyphens

# --------------------------------------------------------------------------- the choice


@st.composite
def paragraphs(draw: st.DrawFn) -> tuple[Stop, ...]:
    """Up to eight words of one or two parts, between which a hyphen may be added."""
    stops: list[Stop] = []
    width, spaces = 0.0, 0
    for number in range(draw(st.integers(2, 8))):
        if number:
            stops.append(Stop(width, width + 3.0, spaces, spaces + 1))
            width, spaces = width + 3.0, spaces + 1
        width += draw(st.integers(4, 24))
        if draw(st.integers(0, 3)):
            stops.append(Stop(width, width, spaces, spaces, 2.0, True, 1.0))
            width += draw(st.integers(4, 16))
    return (*stops, Stop(width, width, spaces, spaces))


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    return Measure(
        first=float(draw(st.integers(20, 60))),
        width=float(draw(st.integers(20, 60))),
        justified=draw(st.booleans()),
        shrink=draw(st.sampled_from((0.0, 0.5))),
        stretch=draw(st.sampled_from((2.0, 30.0))),
        limit=float(draw(st.sampled_from((2, 6, 100)))),
        last_start=float(draw(st.integers(5, 200))),
        line=draw(st.sampled_from((0.0, 1e6))),
    )


def cost_of(stops: Sequence[Stop], chosen: Sequence[int], measure: Measure) -> float:
    """Return the demerits of a choice, worked out line by line; infinite if it is not allowed."""
    total, start, spaces, row = 0.0, 0.0, 0, 0
    for order, number in enumerate(chosen):
        stop = stops[number]
        width = measure.width if order else measure.first
        slack, count = width - (stop.end + stop.hyphen - start), stop.spaces - spaces
        most = measure.limit * count if measure.justified and count else measure.limit
        row = row + 1 if stop.hyphened else 0
        if not -measure.shrink * count <= slack <= most or row > 2:
            return inf
        total += line_demerits(slack, count, stop.penalty, measure)
        total += TWO_HYPHENS if row == 2 else 0.0
        start, spaces = stop.start, stop.start_spaces
    width = measure.width if chosen else measure.first
    slack, count = width - (stops[-1].end - start), stops[-1].spaces - spaces
    if slack < -measure.shrink * count or (chosen and start >= measure.last_start):
        return inf
    return total + (HYPHEN_BEFORE_LAST if row else 0.0)


@settings(max_examples=some(400))
@given(stops=paragraphs(), measure=measures())
def test_no_other_choice_of_breaks_is_better(stops: tuple[Stop, ...], measure: Measure) -> None:
    """Every choice of breaks of a short paragraph is tried."""
    numbers = range(len(stops) - 1)
    every = chain.from_iterable(combinations(numbers, count) for count in range(len(stops)))
    least = min(cost_of(stops, chosen, measure) for chosen in every)
    found = choose_breaks(stops, measure)
    assert (found is None) == (least == inf)
    if found is not None:
        assert cost_of(stops, found, measure) == pytest.approx(least)
        assert all(before < after for before, after in pairwise(found))


# --------------------------------------------------------------------------- finished PDFs

NAME = "tip-2024-turkmenistan"
LANGUAGES = ("en", "ru", "tk")
PAIR = "en+ru"
PHONE_START, PHONE_END = 27.0, 237.0
"""Where the lines of a phone's page begin and end, in points."""


def build(repository: Path, root: Path, lines: str) -> Path:
    """Build the report on A4 and for phones, and side by side, with one value of the setting."""
    for part in ("source", "locales"):
        shutil.copytree(repository / part, root / part)
    (root / "publish.toml").write_text(
        f'documents = ["{NAME}"]\nlanguages = ["en", "ru", "tk"]\npages = ["a4", "phone"]\n'
        f'formats = ["pdf"]\nbilingual = ["{PAIR}"]\nlines = "{lines}"\n',
        encoding="utf-8",
    )
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root / "build"


@pytest.fixture(scope="module")
def best(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(repository, tmp_path_factory.mktemp("best"), "best")


@pytest.fixture(scope="module")
def first_fit(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(repository, tmp_path_factory.mktemp("first"), "first-fit")


def figures(folder: Path, language: str) -> Figures:
    return figures_of(paragraphs_of(lines_of(folder / language / f"{NAME}.pdf")))


def short_lines(file: Path) -> int:
    """Return how many lines of a phone's page leave a sixth of their width free.

    The last line of a paragraph, which no small letter follows, is left out.
    """
    words = [one for page, found in words_of(file) if page > 4 for one in found]
    ends = [
        before.right
        for before, after in pairwise(words)
        if after.left < before.left and after.text[0].islower()
    ]
    assert len(ends) > 300
    return sum(end < PHONE_END - (PHONE_END - PHONE_START) / 6 for end in ends)


def text_of(file: Path) -> str:
    """Return the text of a PDF as it is read aloud, without numbers, since pages may begin anew."""
    root, _ = read_structure(file.read_bytes())
    return re.sub("[\u00ad0-9]", "", root.text)


@pytest.mark.full
@pytest.mark.parametrize("language", first(["ru", "en", "tk"], 1))
def test_lines_are_even_and_few_have_hyphens(best: Path, first_fit: Path, language: str) -> None:
    found, before = figures(best, language), figures(first_fit, language)
    assert found.loosest <= 7.55
    assert found.loose <= 0.01
    assert found.hyphenated <= before.hyphenated
    assert found.ladders == 0 < before.ladders
    assert found.stranded == 0
    assert found.spread <= 0.6


@pytest.mark.full
@pytest.mark.parametrize("language", [*LANGUAGES, PAIR])
def test_the_text_stays_as_it_is(best: Path, first_fit: Path, language: str) -> None:
    """Nothing that marks a break is left in the text; pages are no more than before."""
    file = f"{language}/{NAME}.pdf"
    found = text_of(best / file)
    assert len(found) > 10_000
    assert found == text_of(first_fit / file)
    assert len(PdfReader(best / file).pages) <= len(PdfReader(first_fit / file).pages)


@pytest.mark.full
@pytest.mark.parametrize("language", LANGUAGES)
def test_free_ends_are_even_too(best: Path, first_fit: Path, language: str) -> None:
    """The lines of a phone's page are not justified; half as many are short, on no more pages."""
    file = f"{language}/{NAME}.phone.pdf"
    assert short_lines(best / file) * 2 <= short_lines(first_fit / file)
    assert len(PdfReader(best / file).pages) <= len(PdfReader(first_fit / file).pages)


@pytest.mark.parametrize(
    ("word", "tag", "wanted"),
    [("hyphenation", "en", (2, 6)), ("Türkmenistanda", "tk", (4, 6, 9, 12)), ("word", "und", ())],
)
def test_words_are_hyphenated_as_their_language_is(
    word: str, tag: str, wanted: tuple[int, ...]
) -> None:
    assert find_hyphens(word, tag, 2, 3 if tag == "en" else 2) == wanted
