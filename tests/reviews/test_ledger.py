"""The ledger's file: what is written can be read, what is broken is named, two become one."""

from __future__ import annotations

import base64
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from examples import least
from hypothesis import given
from hypothesis import strategies as st

from publish.errors import PublishError
from publish.model import Span
from publish.reviews.ledger import (
    Ledger,
    ReviewRow,
    dump_ledger,
    explain_wrong_reason,
    read_ledger,
    record_rows,
    settle_rows,
)
from publish.signatures.reviewers import explain_wrong_reviewer

FILE = "locales/ru/LC_MESSAGES/r.review.csv"
DAY = "2024-06-24"
HEADER = "sentence,translation,typography,surroundings,state,reviewer,date,reason"
A, B, C = ("a" * 20, "b" * 20, "c" * 20)
LINE = f"{A},{B},{B},{C},approved,editor,2024-06-24,"

digests = st.sampled_from([letter * 20 for letter in "abc"])
reasons = st.text(max_size=12).filter(lambda text: not explain_wrong_reason(text))
SIGNATURES = [base64.b64encode(bytes([number]) * 64).decode() for number in range(2)]
signings = st.sampled_from([("", ""), ("A" * 16, SIGNATURES[0]), ("B" * 16, SIGNATURES[1])])
plain_rows = st.builds(
    ReviewRow,
    sentence=digests,
    translation=digests,
    typography=digests,
    surroundings=digests,
    state=st.sampled_from(["approved", "rejected"]),
    reviewer=st.sampled_from(["editor", "second-reader", "Читатель 2"]),
    when=st.sampled_from(
        ["2024-01-01", "2024-01-01T08:00:00Z", "2024-01-01T08:00:01Z", "2024-01-02"]
    ),
    reason=reasons,
)
rows = st.tuples(plain_rows, signings).map(
    lambda pair: replace(pair[0], key=pair[1][0], signature=pair[1][1])
)
ledgers = st.lists(rows, max_size=8).map(lambda found: Ledger(FILE, settle_rows(found)))


@given(ledgers)
def test_what_is_written_can_be_read(ledger: Ledger) -> None:
    assert read_ledger(dump_ledger(ledger), FILE) == ledger
    windows = b"\xef\xbb\xbf" + dump_ledger(ledger).replace(b"\n", b"\r\n")
    assert read_ledger(windows, FILE) == ledger


@given(ledgers)
def test_a_row_is_a_line_and_the_lines_are_sorted(ledger: Ledger) -> None:
    lines = dump_ledger(ledger).decode().splitlines()
    assert len(lines) == len(ledger.rows) + 1
    assert lines[1:] == sorted(lines[1:], key=lambda line: line.split(",")[:2])


@given(st.lists(rows, max_size=8), st.randoms())
def test_the_order_of_rows_does_not_matter(found: list[ReviewRow], random: object) -> None:
    other = list(found)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert settle_rows(found) == settle_rows(other) == settle_rows(settle_rows(found))


@given(st.lists(rows, max_size=8))
def test_every_approval_since_the_last_rejection_stays(found: list[ReviewRow]) -> None:
    """One for each reviewer; if the rejection is the last word, or of the same time, it alone."""
    settled = settle_rows(found)
    for texts in {row.texts for row in found}:
        about = [row for row in found if row.texts == texts]
        rejected = max((row.when for row in about if row.state == "rejected"), default="")
        since = {row.reviewer for row in about if row.state == "approved" and row.when > rejected}
        left = [row for row in settled if row.texts == texts]
        assert sorted(row.reviewer for row in left if row.state == "approved") == sorted(since)
        assert sum(row.state == "rejected" for row in left) == (not since)
        for row in left:
            alike = [one for one in about if (one.reviewer, one.state) == (row.reviewer, row.state)]
            assert row.when == max(one.when for one in alike)


def union_of(ours: Ledger, theirs: Ledger) -> Ledger:
    """What is read after a merge: `merge=union` leaves the lines of both in the file."""
    return read_ledger(dump_ledger(ours) + dump_ledger(theirs), FILE)


@given(ledgers, ledgers)
def test_a_merge_contains_both(ours: Ledger, theirs: Ledger) -> None:
    both = union_of(ours, theirs)
    assert both == union_of(theirs, ours)
    by_texts = {row.texts: row for row in both.rows}
    assert by_texts.keys() == {row.texts for row in (*ours.rows, *theirs.rows)}
    for row in (*ours.rows, *theirs.rows):
        assert by_texts[row.texts].when >= row.when
    assert set(both.rows) <= {*ours.rows, *theirs.rows}
    lines = dump_ledger(ours) + dump_ledger(theirs)
    assert read_ledger(lines, FILE).rows == both.rows


def test_the_later_row_wins_and_of_one_time_the_rejection() -> None:
    approved = ReviewRow(
        sentence=A,
        translation=B,
        typography=B,
        surroundings=C,
        state="approved",
        reviewer="editor",
        when=DAY,
    )
    rejected = replace(approved, state="rejected", reviewer="a", reason="no")
    assert settle_rows([approved, rejected]) == (rejected,)
    for when in ("2024-06-25", "2024-06-24T00:00:01Z"):
        later = replace(approved, when=when)
        assert settle_rows([later, rejected]) == (later,)


def test_a_new_decision_takes_the_place_of_all_on_its_sentence() -> None:
    old = ReviewRow(
        sentence=A,
        translation=B,
        typography=B,
        surroundings=C,
        state="approved",
        reviewer="editor",
        when=DAY,
    )
    earlier_wording = replace(old, sentence="d" * 20)
    other = replace(old, sentence="e" * 20)
    new = replace(old, translation=C, typography=C)
    ledger = Ledger(FILE, settle_rows([old, earlier_wording, other]))
    assert record_rows(ledger, [new], [earlier_wording]).rows == (new, other)


WRONG = {
    f"{HEADER}\n{LINE}\n<<<<<<< HEAD\n": (3, "the file has a merge conflict"),
    "sentence,state\n": (1, f"the columns must be {HEADER.replace(',', ', ')}"),
    f"{LINE}\n": (1, f"the columns must be {HEADER.replace(',', ', ')}"),
    f"{HEADER}\n{LINE},\n": (2, "the row has 9 cells, not 8 or 10"),
    f'{HEADER}\n{LINE}"x\n': (2, None),
    f"{HEADER}\n{LINE.replace(A, 'xyz')}\n": (2, "'xyz' is not a digest (column sentence)"),
    f"{HEADER}\n{LINE.replace('approved', 'aproved')}\n": (2, "'aproved' is not a state"),
    f"{HEADER}\n{LINE.replace('2024-06-24', '20240624')}\n": (2, "'20240624' is not a date"),
    f"{HEADER}\n{LINE.replace('2024-06-24', 'May')}\n": (2, "'May' is not a date"),
    f"{HEADER}\n{LINE.replace('editor', 'a@b.org')}\n": (
        2,
        "the reviewer: it must not contain an address",
    ),
    f"{HEADER}\n{LINE}=1+1\n": (
        2,
        "the reason: a spreadsheet would read it as a formula: begin with a word",
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_broken_row_is_named_with_its_line(text: str) -> None:
    line, message = WRONG[text]
    with pytest.raises(PublishError) as caught:
        read_ledger(text.encode(), FILE)
    assert str(caught.value.span) == f"{FILE}:{line}"
    assert caught.value.code == "ledger"
    assert caught.value.hint
    assert message is None or caught.value.message == message


def test_another_encoding_is_named_with_its_line() -> None:
    with pytest.raises(PublishError, match="the file is not UTF-8") as caught:
        read_ledger(f"{HEADER}\n{LINE}".encode() + b"\xff\n", FILE)
    assert str(caught.value.span) == f"{FILE}:2"


def test_a_damaged_ledger_is_read_whole_or_refused_with_its_line() -> None:
    """Whatever somebody does to a line or two, no row is passed over."""
    counts = {"read": 0, "refused": 0}
    change = st.tuples(st.integers(0, 400), st.integers(0, 3), st.text(max_size=3))

    @given(st.lists(rows, min_size=1, max_size=3), st.lists(change, max_size=2))
    def check(found: list[ReviewRow], changes: list[tuple[int, int, str]]) -> None:
        text = dump_ledger(Ledger(FILE, settle_rows(found))).decode()
        for where, gone, new in changes:
            at = where % len(text) if text else 0
            text = text[:at] + new + text[at + gone :]
        try:
            ledger = read_ledger(text.encode("utf-8", "replace"), FILE)
        except PublishError as error:
            counts["refused"] += 1
            assert error.code == "ledger"  # noqa: PT017
            assert error.span is not None  # noqa: PT017
            assert 1 <= error.span.first <= text.count("\n") + 1  # noqa: PT017
        else:
            counts["read"] += 1
            assert read_ledger(dump_ledger(ledger), FILE) == ledger
            assert len(ledger.rows) <= len(settle_rows(found))

    check()
    assert min(counts.values()) >= least(20)


@pytest.mark.parametrize("name", ["editor", "second-reader", "Reader 2", "Редактор", "D. K."])
def test_a_role_or_a_pseudonym_is_a_reviewer(name: str) -> None:
    assert explain_wrong_reviewer(name) == ""


@pytest.mark.parametrize(
    "name", ["", " ", " x", "a@b.org", "https://x", "x" * 61, "a,b", "a\nb", "=x", "-x", "a\u202eb"]
)
def test_addresses_and_odd_characters_are_no_reviewer(name: str) -> None:
    assert explain_wrong_reviewer(name)


def test_git_merges_two_ledgers_line_by_line(repository: Path, tmp_path: Path) -> None:
    """Two branches with reviews of the same, of different and of neighbouring sentences."""

    def git(*words: str) -> None:
        identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
        command = ["git", "-C", str(tmp_path), *identity, "-c", "commit.gpgsign=false", *words]
        subprocess.run(command, check=True, capture_output=True)

    def commit(ledger: Ledger, branch: str) -> None:
        git("checkout", "-q", "-b", branch, "start")
        (tmp_path / "r.review.csv").write_bytes(dump_ledger(ledger))
        git("add", ".")
        git("commit", "-qm", branch)

    def row(letter: str, reviewer: str, day: int = 1) -> ReviewRow:
        return ReviewRow(
            sentence=letter * 20,
            translation=B,
            typography=B,
            surroundings=C,
            state="approved",
            reviewer=reviewer,
            when=f"2024-01-0{day}",
        )

    base = [row("a", "one"), row("d", "one")]
    ours = Ledger(FILE, settle_rows([*base, row("b", "one"), row("c", "one", 2)]))
    theirs = Ledger(FILE, settle_rows([*base, row("c", "two", 3), row("e", "two")]))
    git("init", "-q")
    shutil.copy(repository / ".gitattributes", tmp_path / ".gitattributes")
    (tmp_path / "r.review.csv").write_bytes(dump_ledger(Ledger(FILE, settle_rows(base))))
    git("add", ".")
    git("commit", "-qm", "base")
    git("branch", "start")
    commit(ours, "ours")
    commit(theirs, "theirs")
    git("merge", "-q", "ours")
    found = read_ledger((tmp_path / "r.review.csv").read_bytes(), FILE)
    assert found.rows == union_of(ours, theirs).rows


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf\r\n"])
def test_an_emptied_ledger_is_not_taken_for_a_new_one(data: bytes) -> None:
    with pytest.raises(PublishError) as caught:
        read_ledger(data, FILE)
    assert (caught.value.code, caught.value.span) == ("ledger", Span(FILE, 1, 1))
    assert caught.value.hint == "restore it from git, or delete it to start again"
