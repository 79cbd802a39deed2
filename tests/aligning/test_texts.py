"""Aligning two texts: nothing is lost, order is kept, and the right sentences find each other."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.aligning.clues import find_clues, find_numbers
from publish.aligning.pieces import Group, Piece
from publish.aligning.texts import align_texts
from publish.aligning.wordtable import WordTable, learn_words
from publish.languages.skeletons import consonants, skeleton

WORDS = (
    *("dom", "река", "Berlin", "Берлин", "12", "2003", "wata", "Amnesty", "Амнести"),
    *("(a)", "«б»", "x?", "да!", "1,200"),
)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=0, max_size=9).map(" ".join)


@st.composite
def texts(draw: st.DrawFn) -> list[Piece]:
    """The sentences of a text, in blocks of any size and kind."""
    pieces: list[Piece] = []
    for block in range(draw(st.integers(0, 5))):
        sentences = draw(st.lists(TEXTS, min_size=1, max_size=5))
        kind = draw(st.sampled_from(("heading", "running", "cell")))
        last = len(sentences) - 1
        pieces += (
            Piece(text=text, block=block, kind=kind, opens=at == 0, ends=at == last)
            for at, text in enumerate(sentences)
        )
    return pieces


def pairs(groups: Sequence[Group]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(one.sources, one.targets) for one in groups]


@settings(deadline=None, max_examples=some(150))
@given(texts(), texts())
def test_every_sentence_is_in_exactly_one_group_and_the_order_is_kept(
    sources: list[Piece], targets: list[Piece]
) -> None:
    groups = align_texts(sources, targets)
    assert [at for one in groups for at in one.sources] == list(range(len(sources)))
    assert [at for one in groups for at in one.targets] == list(range(len(targets)))
    assert all(0 < one.sureness <= 1 for one in groups)
    for one in groups:
        assert len({sources[at].block for at in one.sources}) <= 1, "no group crosses paragraphs"


@settings(deadline=None, max_examples=some(30))
@given(st.integers(0, 10**6))
def test_a_gap_of_any_length_loses_nothing(seed: int) -> None:
    """A part of the source that was never translated, longer than any step."""
    rng = random.Random(seed)
    ours = [
        Piece(text=f"Sentence {n} of {n * n} words, {'a' * rng.randint(1, 90)}.") for n in range(90)
    ]
    start, size = rng.randint(0, 40), rng.randint(0, 45)
    theirs = [one for n, one in enumerate(ours) if not start <= n < start + size]
    groups = align_texts(ours, theirs)
    assert [at for one in groups for at in one.sources] == list(range(90))
    assert [at for one in groups for at in one.targets] == list(range(len(theirs)))
    right = sum(
        len(one.sources) == len(one.targets) == 1 and ours[one.sources[0]] == theirs[one.targets[0]]
        for one in groups
    )
    assert right >= len(theirs) - 3


def test_two_sentences_in_one_one_in_two_and_one_that_is_not_there() -> None:
    ours = [
        "In 2003 the court closed the camp.",
        "Nobody was charged.",
        "Amnesty visited 12 villages and spoke with the families of 40 prisoners near Mary.",
        "The ministry did not answer.",
        "A letter of 5 May 1999 was returned unopened.",
    ]
    theirs = [
        "В 2003 году суд закрыл лагерь, и никому не предъявили обвинений.",
        "Амнести посетила 12 сёл.",
        "Она говорила с семьями 40 заключённых близ города Мары.",
        "Письмо от 5 мая 1999 года вернулось нераспечатанным.",
    ]
    groups = align_texts([Piece(text=one) for one in ours], [Piece(text=one) for one in theirs])
    assert pairs(groups) == [((0, 1), (0,)), ((2,), (1, 2)), ((3,), ()), ((4,), (3,))]


def test_a_heading_is_no_paragraph_and_a_cell_stays_in_its_column() -> None:
    ours = [
        Piece(text="Water", kind="heading", level=1, opens=True, ends=True, block=0),
        Piece(text="Water", kind="running", opens=True, ends=True, block=1),
        Piece(text="Yes", kind="cell", opens=True, ends=True, block=2, spot=(1, 0)),
        Piece(text="Yes", kind="cell", opens=True, ends=True, block=3, spot=(1, 1)),
    ]
    theirs = [
        Piece(text="Вода", kind="running", opens=True, ends=True, block=0),
        Piece(text="Да", kind="cell", opens=True, ends=True, block=1, spot=(1, 1)),
    ]
    assert [one for one in pairs(align_texts(ours, theirs)) if all(one)] == [
        ((1,), (0,)),
        ((3,), (1,)),
    ]


def test_known_words_decide_where_nothing_else_does() -> None:
    known = [("red wine", "rotuva suvi"), ("red house", "rotuva doma"), ("old wine", "stara suvi")]
    table = learn_words(known * 5)
    ours = [Piece(text=text) for text in ("red wine here", "old house here")]
    theirs = [Piece(text="stara doma tam")]
    plain, taught = align_texts(ours, theirs), align_texts(ours, theirs, table)
    assert ((1,), (0,)) in pairs(taught)
    assert max(one.sureness for one in taught if one.targets and one.sources) > max(
        (one.sureness for one in plain if one.targets == (0,) and one.sources == (1,)), default=0
    )


def test_the_word_table_knows_what_goes_together() -> None:
    pairs = [("red wine", "rot vino"), ("red house", "rot dom"), ("old house", "star dom")]
    table = learn_words(pairs * 3)
    assert table.likelihood("house", "dom") > 2 > table.likelihood("house", "rot")
    assert table.likelihood("unknown", "dom") == 0
    assert learn_words([]).empty
    assert WordTable().likelihood("a", "b") == 0


def test_known_pairs_draw_the_line() -> None:
    same = [Piece(text="The same sentence again.") for _ in range(6)]
    theirs = [Piece(text="Снова то же предложение.") for _ in range(4)]
    groups = align_texts(same, theirs, known=[(2, 0), (5, 3)])
    assert ((2,), (0,)) in pairs(groups)
    assert ((5,), (3,)) in pairs(groups)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Шевченко", "Shevchenko"),
        ("Ашгабат", "Ashgabat"),
        ("Трамп", "Trump"),
        ("Παπαδόπουλος", "Papadopulos"),
        ("Թումանյան", "Tumanyan"),
        ("Türkmenbaşy", "Туркменбаши"),
    ],
)
def test_names_are_known_in_another_script(one: str, other: str) -> None:
    same = skeleton(one)[:4] == skeleton(other)[:4]
    assert same or consonants(one)[:4] == consonants(other)[:4]


def test_numbers_are_the_same_however_thousands_are_set_apart() -> None:
    assert find_numbers("1,200 of 3 500") == find_numbers("1\u202f200 из 3500") == ("1200", "3500")
    assert find_numbers("May 2003") == ("2003",)


def test_numerals_of_headings_are_numbers() -> None:
    assert find_clues(Piece(text="Chapter XIV", kind="heading")).numbers == ("14",)
    assert find_clues(Piece(text="Глава 14", kind="heading")).numbers == ("14",)
    assert find_clues(Piece(text="I was there", kind="running")).numbers == ()
