"""A text that came back beside another sentence than it was sent with is not taken."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.kits.items import EMPTY, make_fingerprint, read_fingerprint
from publish.kits.returnedtexts import ReturnedText
from publish.kits.shifts import Shifts, find_shifts

SENT = [f"перевод {number}" for number in range(12)]


def row(number: int, text: str, sent: str, source: str | None = "") -> ReturnedText:
    return ReturnedText(
        id=f"u{number}",
        text=text,
        fuzzy=False,
        base=make_fingerprint(sent, fuzzy=False) if sent else EMPTY,
        place=f"D{number + 3}",
        line=number + 3,
        source=f"Sentence {number}." if source == "" else source,
    )


def found(texts: Sequence[str], sent: Sequence[str] = SENT) -> Shifts:
    return find_shifts([row(n, text, sent[n]) for n, text in enumerate(texts)])


def reasons(shifts: Shifts) -> list[str]:
    return [one.reason.partition(";")[0] for one in shifts.rejected]


def test_cells_that_were_moved_down_are_told_with_their_place() -> None:
    shifts = found([*SENT[:4], "", *SENT[4:11]])
    assert (reasons(shifts), shifts.stops) == (["D8:D14 stand one row too low"], True)


def test_cells_that_were_moved_up_or_by_more_are_told_too() -> None:
    shifts = found([*SENT[:2], *SENT[3:6], "новый", *SENT[6:9], SENT[9], SENT[10], SENT[11]])
    assert reasons(shifts) == ["D5:D7 stand one row too high"]
    shifts = found([*SENT[:3], "", "", *SENT[3:10]])
    assert reasons(shifts) == ["D8:D14 stand 2 rows too low"]


def test_edits_among_moved_cells_do_not_hide_the_move() -> None:
    texts = ["", *SENT[:11]]
    texts[5] = "исправлено"
    shifts = found(texts)
    assert reasons(shifts) == ["D4:D14 stand one row too low"]


def test_a_column_sorted_alone_is_told_as_such() -> None:
    shifts = found(sorted(SENT, key=lambda text: text[::-1] + text[-1] * 3)[::-1])
    assert shifts.stops
    (reason,) = reasons(shifts)
    assert "as if one column had been sorted alone" in reason


def test_a_copy_is_not_taken_and_stops_nothing() -> None:
    shifts = found([*SENT[:3], SENT[7], *SENT[4:]])
    (one,) = shifts.rejected
    assert (one.code, one.returned.place, shifts.stops) == ("kit-moved", "D6", False)
    assert one.reason.endswith("at D10")


def test_a_copy_to_a_sentence_that_reads_the_same_is_right() -> None:
    texts = [row(0, "Введение", "Введение", "Introduction"), row(1, "Введение", "", "introduction")]
    assert find_shifts(texts) == Shifts()


@pytest.mark.parametrize("change", [lambda text: text, lambda text: "", lambda text: f"{text}!"])
def test_texts_in_their_places_are_not_told(change: object) -> None:
    assert callable(change)
    assert found([change(text) for text in SENT]) == Shifts()


def test_new_texts_of_sentences_that_were_sent_empty_are_not_told() -> None:
    assert found(SENT, [""] * 12) == Shifts()
    assert found(["одно и то же"] * 12, [""] * 12) == Shifts()


@given(st.lists(st.text(min_size=1), unique=True, min_size=3, max_size=9), st.data())
def test_any_move_of_two_or_more_cells_stops_the_file(sent: list[str], data: st.DataObject) -> None:
    sent = [f"{number} {text}" for number, text in enumerate(sent)]
    texts = list(sent)
    first = data.draw(st.integers(0, len(sent) - 3))
    texts[first + 1 :] = sent[first:-1]
    texts[first] = ""
    assert found(texts, sent).stops


def test_a_spreadsheet_cannot_read_a_fingerprint_as_a_number() -> None:
    for text in map(str, range(500)):
        mark = make_fingerprint(text, fuzzy=False)
        assert mark[0] == "k"
        assert read_fingerprint(mark[1:]) == mark
        assert read_fingerprint(f" ?{mark[1:]}\n") == make_fingerprint(text, fuzzy=True)
