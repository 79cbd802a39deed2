"""New wordings find their old ones, one to one; kinds of change are told apart."""

from __future__ import annotations

import random
from collections.abc import Iterable
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publish.catalogs.comparing import (
    MeaningChanges,
    compare_meaning,
    fold_text,
    is_typographic_change,
)
from publish.catalogs.matching import Candidate, Match, find_merges, find_splits, match_sentences
from publish.model import Key

WORDS = ["police", "report", "victims", "labour", "court", "cotton", "officials", "law"]


def key(msgid: str) -> Key:
    return (None, msgid)


def row(*msgids: str) -> list[Candidate]:
    """Sentences that stand beside each other."""
    keys = [None, *map(key, msgids), None]
    return [
        Candidate(middle, before, after)
        for before, middle, after in zip(keys, keys[1:], keys[2:], strict=False)
        if middle
    ]


def between(before: str, msgid: str, after: str) -> Candidate:
    return Candidate(key(msgid), key(before), key(after))


def alone(*msgids: str) -> list[Candidate]:
    return [Candidate(key(msgid)) for msgid in msgids]


def pairs(found: Iterable[Match]) -> dict[str, str]:
    return {made.new[1]: made.old[1] for made in found}


SENTENCES = st.lists(
    st.builds(
        Candidate,
        st.tuples(
            st.sampled_from([None, "table"]),
            st.lists(st.sampled_from([*WORDS, "—", "не", "報告"]), max_size=6).map(" ".join),
        ),
        st.none() | st.sampled_from(WORDS).map(key),
        st.none() | st.sampled_from(WORDS).map(key),
    ),
    max_size=12,
    unique_by=lambda sentence: sentence.key,
)


# --------------------------------------------------------------------------- matching


@given(SENTENCES, SENTENCES)
def test_matches_are_one_to_one_among_the_given_and_the_surest_first(
    gone: list[Candidate], new: list[Candidate]
) -> None:
    found = match_sentences(gone, new)
    assert len({made.new for made in found}) == len({made.old for made in found}) == len(found)
    assert {made.new for made in found} <= {sentence.key for sentence in new}
    assert {made.old for made in found} <= {sentence.key for sentence in gone}
    assert all(0 < made.score <= 1 for made in found)


@given(SENTENCES, SENTENCES, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    gone: list[Candidate], new: list[Candidate], rng: random.Random
) -> None:
    shuffled = rng.sample(gone, len(gone)), rng.sample(new, len(new))
    assert match_sentences(*shuffled) == match_sentences(gone, new)
    assert find_splits(*shuffled) == find_splits(gone, new)


@given(SENTENCES)
def test_a_sentence_moved_to_another_context_is_found_and_is_as_alike_as_can_be(
    sentences: list[Candidate],
) -> None:
    by_text = {sentence.key[1]: sentence for sentence in sentences if sentence.key[1].strip(" —")}
    moved = [Candidate(("elsewhere", msgid)) for msgid in by_text]
    found = match_sentences(by_text.values(), moved)
    assert {made.new[1]: made.old[1] for made in found} == {text: text for text in by_text}
    assert all(made.score == pytest.approx(1) for made in found)


def test_an_edited_sentence_finds_its_old_wording_wherever_it_stands() -> None:
    gone = alone(
        "The government did not report any convictions of traffickers in 2022.",
        "Officials trained the police of the border towns.",
    )
    new = alone(
        "Officials trained the border police of the towns.",
        "The government did not report convictions of traffickers in 2023.",
    )
    assert pairs(match_sentences(gone, new)) == {
        new[0].key[1]: gone[1].key[1],
        new[1].key[1]: gone[0].key[1],
    }


def test_what_has_only_common_words_in_common_stays_apart() -> None:
    gone = alone("It is one of the laws of the country.", "Return the width of the box.")
    new = alone("It is the end of the report.", "Return a copy of the set.")
    assert match_sentences(gone, new) == ()


def test_both_neighbours_speak_for_a_sentence_that_alone_would_not_be_found() -> None:
    old, edited = "Police fined the farmers.", "Police arrested two farmers."
    assert match_sentences(alone(old), alone(edited)) == ()
    assert pairs(match_sentences([between("A.", old, "B.")], [between("A.", edited, "B.")])) == {
        edited: old
    }


def test_neighbours_alone_make_no_match() -> None:
    gone = [between("A.", "Cotton is picked in autumn.", "B.")]
    new = [between("A.", "No shelter was funded that year.", "B.")]
    assert match_sentences(gone, new) == ()


def test_neighbours_decide_between_twins() -> None:
    gone = [
        between("A.", "The court fined one official.", "B."),
        between("C.", "The court fined two officials.", "D."),
    ]
    new = [
        between("C.", "The court fined some officials.", "D."),
        between("A.", "The court fined some official.", "B."),
    ]
    assert pairs(match_sentences(gone, new)) == {
        "The court fined some officials.": "The court fined two officials.",
        "The court fined some official.": "The court fined one official.",
    }


def test_a_neighbour_that_was_matched_itself_counts_as_the_same() -> None:
    first = "The government opened three new shelters for victims of forced labour."
    old, edited = "Police fined the farmers.", "Police arrested two farmers."
    gone = [Candidate(key(first), None, key(old)), between(first, old, "gone before")]
    new = [
        Candidate(key(first.replace("three", "four")), None, key(edited)),
        between(first.replace("three", "four"), edited, "not yet there"),
    ]
    assert match_sentences(gone[1:], new[1:]) == ()
    weak = pairs(match_sentences(gone, new, threshold=0.6))
    assert weak[edited] == old


def test_two_sentences_in_one_gap_keep_their_order_when_both_are_about_as_alike() -> None:
    gone = row("Before.", "Permit caching for it.", "Forbid caching for it.", "After.")[1:3]
    new = row("Before.", "Caching for it.", "My caching for it.", "After.")[1:3]
    assert pairs(match_sentences(gone, new)) == {
        "Caching for it.": "Permit caching for it.",
        "My caching for it.": "Forbid caching for it.",
    }


def test_a_removed_sentence_does_not_hide_the_neighbour_behind_it() -> None:
    old, edited = "Police fined the farmers.", "Police arrested two poor farmers."
    gone = row("Before.", "No shelter was funded that year.", old, "After.")[1:3]
    new = row("Before.", edited, "After.")[1:2]
    assert pairs(match_sentences(gone, new)) == {edited: old}


def test_text_without_spaces_between_words_is_matched() -> None:
    gone = alone("政府没有报告任何起诉或定罪。", "官员培训了边境警察。")
    new = alone("政府在年内没有报告任何起诉或定罪。")
    assert pairs(match_sentences(gone, new)) == {new[0].key[1]: gone[0].key[1]}


def test_a_higher_threshold_asks_for_more() -> None:
    gone, new = alone("The court fined one official."), alone("The court fined two officials.")
    assert match_sentences(gone, new, threshold=0.3)
    assert not match_sentences(gone, new, threshold=0.95)


# --------------------------------------------------------------------------- splits and merges

WHOLE = "Officials trained the police in five towns, and they opened a shelter near the border."
HALVES = ("Officials trained the police in five towns.", "They opened a shelter near the border.")


def test_a_sentence_cut_in_two_is_recognised_and_so_is_the_mirror() -> None:
    (split,) = find_splits(alone(WHOLE), row("Before.", *HALVES)[1:])
    assert (split.whole, split.parts) == (key(WHOLE), (key(HALVES[0]), key(HALVES[1])))
    (merged,) = find_merges(row(*HALVES, "After.")[:2], alone(WHOLE))
    assert (merged.whole, merged.parts) == (split.whole, split.parts)


@pytest.mark.parametrize(
    "parts",
    [
        (HALVES[1], HALVES[0]),
        (HALVES[0], "Cotton is picked in autumn by state employees."),
        (WHOLE.replace("five", "six"), "It is not."),
        (WHOLE.replace(" near the border", ""), "Cotton grew there, near the border."),
    ],
    ids=["in the other order", "unrelated", "the whole in the first", "half unrelated"],
)
def test_what_is_no_split_is_not_taken_for_one(parts: tuple[str, str]) -> None:
    assert find_splits(alone(WHOLE), row(*parts)) == ()


def test_a_new_sentence_before_an_edited_one_is_no_split() -> None:
    old = "The to shelter report is a report on five towns, written for officials of the court."
    new = row("Returns the shelter report.", old.replace("to ", ""))
    assert find_splits(alone(old), new) == ()
    assert pairs(match_sentences(alone(old), new)) == {new[1].key[1]: old}


def test_parts_that_do_not_stand_together_are_no_split() -> None:
    assert find_splits(alone(WHOLE), alone(*HALVES)) == ()


# --------------------------------------------------------------------------- typography


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('He said "no".', "He said “no”."),
        ("He said 'no'.", "He said «no»."),
        ("1990-1995", "1990–1995"),
        ("labour - forced -- and paid", "labour — forced—and paid"),
        ("And so on...", "And so on…"),
        ("10 %", "10\u00a0%"),
        ("10 %", "10%"),
        ("2 km", "2\u202fkm"),
        ("e. g. cotton", "e.g. cotton"),
        ("cafe\u0301", "café"),
        ("co\u00adoperation", "cooperation"),
        ("a  b", "a b"),
    ],
)
def test_typography_alone(old: str, new: str) -> None:
    assert is_typographic_change(old, new)
    assert is_typographic_change(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a, b", "a b"),
        ("Labour", "labour"),
        ("2022", "2023"),
        ("now here", "nowhere"),
        ("1 2", "12"),
        ("के लिए", "केलिए"),
        ("3, 5", "3,5"),
        ("*not* able", "*not*able"),
        ("the victims", 'the "victims"'),
        ("re-sign", "resign"),
        ("victims'", "victims"),
        ("ended.", "ended..."),
        ("run `a -b`", "run `a –b`"),
        ("run `a  b`", "run `a b`"),
        ("all", "аll"),
        ("same", "same"),
    ],
)
def test_more_than_typography_or_no_change(old: str, new: str) -> None:
    assert not is_typographic_change(old, new)


@given(st.text(st.sampled_from("ab1,.:` \u00a0\"“'’–—-…*[(])\u0301\u00ad%")))
@example("- - -")
@example("a \u0301")
@example("` `` “ ``")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(st.text())
def test_folding_keeps_every_letter_digit_and_comma(text: str) -> None:
    assert _kept(fold_text(text)) == _kept(text)


def _kept(text: str) -> str:
    return "".join(c for c in normalize("NFD", text) if c.isalnum() or c == ",")


# --------------------------------------------------------------------------- numbers, negations


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "It fined 2,090 farms.",
            "It fined 2,900 farms.",
            MeaningChanges(lost_numbers=("2,090",), gained_numbers=("2,900",)),
        ),
        (
            "For the fifth year.",
            "For the sixth year.",
            MeaningChanges(lost_numbers=("fifth",), gained_numbers=("sixth",)),
        ),
        ("It did not report.", "It did report.", MeaningChanges(lost_negations=("not",))),
        ("It did report.", "It didn’t report.", MeaningChanges(gained_negations=("not",))),
        (
            "Without and never.",
            "With and neither.",
            MeaningChanges(lost_negations=("without", "never"), gained_negations=("neither",)),
        ),
        ("5 of 5", "5", MeaningChanges(lost_numbers=("5",))),
    ],
)
def test_changed_numbers_and_negations_are_told(
    old: str, new: str, expected: MeaningChanges
) -> None:
    assert compare_meaning(old, new) == expected
    assert expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("In 2022, 5 came.", "5 came in 2022."),
        ("It did not; it cannot.", "It didn't; it can't."),
        ("The [law](1) notes.[^a1]", "The notes of [a](1), [b](2).[^2]"),
        ("10\u00a0000", "10 000"),
        ("Notable knots.", "Noted knots."),
    ],
)
def test_what_says_the_same_is_no_change(old: str, new: str) -> None:
    assert compare_meaning(old, new) == MeaningChanges()
    assert not compare_meaning(old, new)
