"""Signed rows of a ledger: whatever is changed in one, it does not count any more."""

from __future__ import annotations

import base64
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signingcases import AYGUL, KEYS, MERET, STRANGER, line_of, trust

from publish.errors import PublishError
from publish.model import Finding
from publish.reviews.ledger import Ledger, dump_ledger, list_rows, read_ledger, settle_rows
from publish.reviews.rowfindings import find_wrong_rows
from publish.reviews.rows import ReviewRow
from publish.reviews.trust import Lack, RowFault, sign_row, write_signed_text
from publish.settings import Gate
from publish.signatures.minisign import verify_bytes

FILE = "locales/ru/LC_MESSAGES/r.review.csv"
A, B, C, D = (letter * 20 for letter in "abcd")
PLAIN = ReviewRow(
    sentence=A,
    translation=B,
    typography=C,
    surroundings=D,
    state="approved",
    reviewer=AYGUL,
    when="2024-06-24T10:11:12Z",
    reason='read "aloud", twice',
)
GOOD = sign_row(PLAIN, "r", "ru", KEYS[AYGUL])
HEADER = "sentence,translation,typography,surroundings,state,reviewer,date,reason"
PLACES = [("r", "ru"), ("r", "tk"), ("other", "ru"), ("other", "tk")]


def wrong(*rows: ReviewRow, document: str = "r", tag: str = "ru") -> list[Finding]:
    """What is found in a file with these rows, as they stand."""
    lines = [dump_ledger(Ledger(FILE, (row,))).decode().splitlines()[1] for row in rows]
    data = "\n".join([f"{HEADER},key,signature", *lines, ""]).encode()
    return find_wrong_rows(data, FILE, trust(document, tag), lambda: PLACES)


def change(row: ReviewRow, name: str, value: str) -> ReviewRow:
    """A row with another value in one field."""
    fields: dict[str, Any] = {name: value}
    return replace(row, **fields)


def codes(found: list[Finding]) -> list[tuple[str, int]]:
    return [(one.code, line_of(one)) for one in found]


# --------------------------------------------------------------------------- one row


def test_a_signed_row_is_good_and_written_as_it_was_read() -> None:
    assert trust().find_fault(GOOD) is None
    assert wrong(GOOD) == []
    data = dump_ledger(Ledger(FILE, (GOOD,)))
    assert data.decode().splitlines()[0] == f"{HEADER},key,signature"
    assert read_ledger(data, FILE).rows == (GOOD,)
    assert sign_row(GOOD, "r", "ru", KEYS[AYGUL]) == GOOD


def test_what_is_signed_is_one_text_for_each_row_document_and_language() -> None:
    text = write_signed_text(GOOD, "r", "ru").decode()
    assert text == (
        "publish review 1\n"
        f'["r","ru","{A}","{B}","{C}","{D}","approved","Aygul","2024-06-24T10:11:12Z",'
        f'"read \\"aloud\\", twice","{KEYS[AYGUL].public.id}"]'
    )


FIELDS = ("sentence", "translation", "typography", "surroundings", "reviewer", "when", "reason")
CHANGED = {
    "sentence": "e" * 20,
    "translation": "e" * 20,
    "typography": "e" * 20,
    "surroundings": "e" * 20,
    "state": "rejected",
    "when": "2024-06-24T10:11:13Z",
    "reason": 'read "aloud", once',
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_cell_is_named_with_its_line(name: str) -> None:
    changed = change(GOOD, name, CHANGED[name])
    assert trust().find_fault(changed) is RowFault.ALTERED
    assert codes(wrong(GOOD, changed)) == [("review-altered", 3)]


def test_every_flipped_bit_of_a_signed_line_is_found() -> None:
    """Either the row cannot be read, which is named with its line, or it does not count."""
    lines = dump_ledger(Ledger(FILE, (GOOD,))).split(b"\n")
    header, line = lines[0], lines[1]
    counts = {"refused": 0, "forged": 0}
    for at in range(len(line)):
        for bit in range(8):
            changed = bytearray(line)
            changed[at] ^= 1 << bit
            data = b"\n".join([header, bytes(changed), b""])
            try:
                rows = list_rows(data, FILE)
            except PublishError as error:
                counts["refused"] += 1
                assert error.span is not None  # noqa: PT017
                continue
            assert [row for _, row in rows if trust().find_fault(row)] or rows[0][1] == GOOD
            counts["forged"] += rows[0][1] != GOOD
    assert counts["forged"] > 100
    assert counts["refused"] > 100


@given(st.sampled_from(FIELDS), st.data())
def test_no_other_row_has_the_signature(name: str, data: st.DataObject) -> None:
    alphabet = "0123456789abcdef" if name in FIELDS[:4] else "abcXYZ "
    size = 20 if name in FIELDS[:4] else 1
    value = data.draw(st.text(alphabet, min_size=size, max_size=max(size, 20)))
    changed = change(GOOD, name, value)
    assert (trust().find_fault(changed) is None) is (changed == GOOD)


def test_cells_cannot_flow_into_one_another() -> None:
    one = sign_row(replace(PLAIN, reason='x","y'), "r", "ru", KEYS[AYGUL])
    assert write_signed_text(one, 'r","ru', "x") != write_signed_text(one, "r", 'ru","x')


# --------------------------------------------------------------------------- moved and forged


@pytest.mark.parametrize(("document", "tag"), PLACES[1:])
def test_a_row_in_another_ledger_is_moved_and_its_origin_is_named(document: str, tag: str) -> None:
    (found,) = wrong(GOOD, document=document, tag=tag)
    assert (found.code, line_of(found)) == ("review-moved", 2)
    assert "was signed for r in ru" in found.message


def test_a_row_of_a_document_that_nobody_knows_is_altered() -> None:
    stray = sign_row(PLAIN, "gone", "ru", KEYS[AYGUL])
    assert codes(wrong(stray)) == [("review-altered", 2)]


def test_a_row_put_beside_another_sentence_is_altered() -> None:
    assert codes(wrong(replace(GOOD, sentence=D))) == [("review-altered", 2)]


def test_the_key_of_a_stranger_and_that_of_another_reviewer_are_named() -> None:
    stranger = sign_row(PLAIN, "r", "ru", STRANGER)
    other = sign_row(PLAIN, "r", "ru", KEYS[MERET])
    renamed = replace(stranger, key=KEYS[AYGUL].public.id)
    found = wrong(stranger, other, renamed)
    assert codes(found) == [("review-key", 2), ("review-key", 3), ("review-altered", 4)]
    assert "which is no listed key" in found[0].message
    assert f"but the key is that of {MERET}" in found[1].message


def test_a_signature_that_was_taken_off_is_missed() -> None:
    stripped = replace(GOOD, key="", signature="")
    found = wrong(stripped, replace(PLAIN, reviewer="aygul"), replace(PLAIN, reviewer="guest"))
    assert codes(found) == [("review-unsigned", 2), ("review-unsigned", 3)]
    assert "publish review sign" in found[0].hint


def test_an_unsigned_row_is_passed_over_once_its_signed_one_is_there() -> None:
    """After a merge both lines stand in the file."""
    assert wrong(PLAIN, GOOD) == wrong(GOOD, PLAIN) == []
    assert settle_rows([PLAIN, GOOD]) == settle_rows([GOOD, PLAIN]) == (GOOD,)
    other = replace(
        PLAIN, reason="zzz"
    )  # Of one time, so that only the signature tells them apart.
    assert settle_rows([other, GOOD]) == settle_rows([GOOD, other]) == (GOOD,)


def test_a_reviewer_who_is_listed_no_more_is_a_stranger() -> None:
    assert trust("r", "ru", None, MERET).find_fault(GOOD) is RowFault.STRANGER


def test_signatures_that_nothing_verifies_are_said_once() -> None:
    data = dump_ledger(Ledger(FILE, (GOOD, replace(GOOD, sentence=D))))
    plain = type(trust())("r", "ru", {})
    (found,) = find_wrong_rows(data, FILE, plain, list)
    assert (found.code, line_of(found)) == ("review-unlisted", 2)
    assert find_wrong_rows(dump_ledger(Ledger(FILE, (PLAIN,))), FILE, plain, list) == []


def test_a_search_for_what_was_signed_ends() -> None:
    """Each row that was signed for nothing here is looked for in all places, up to a number."""
    asked = []

    def places() -> list[tuple[str, str]]:
        asked.append(1)
        return PLACES

    rows = tuple(replace(GOOD, sentence=f"{number:020x}") for number in range(50))
    data = dump_ledger(Ledger(FILE, rows))
    assert len(find_wrong_rows(data, FILE, trust(), places)) == 50
    assert len(asked) == 20


# --------------------------------------------------------------------------- remembered


def test_a_good_signature_is_verified_once_and_a_bad_one_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    verified = []

    def verify(*given: bytes) -> bool:
        verified.append(given)
        return verify_bytes(*given)

    monkeypatch.setattr("publish.reviews.trust.verify_bytes", verify)
    rows = [GOOD, replace(GOOD, reason="other")]
    for expected in (2, 1, 1):
        verified.clear()
        one = trust()
        for _ in range(2):
            assert [one.find_fault(row) for row in rows] == [None, RowFault.ALTERED]
        one.keep()
        assert len(verified) == expected


# --------------------------------------------------------------------------- two of two


def by(name: str, when: str = "2024-06-24", *, signed: bool = True) -> ReviewRow:
    row = replace(PLAIN, reviewer=name, when=when)
    return sign_row(row, "r", "ru", KEYS[name]) if signed else row


TWO = Gate(approvals=2, signed=True)


@pytest.mark.parametrize(
    ("gate", "rows", "lack"),
    [
        (Gate(), [PLAIN], Lack.SIGNATURE),
        (Gate(), [replace(PLAIN, reviewer="guest")], Lack.NOTHING),
        (Gate(signed=True), [replace(PLAIN, reviewer="guest")], Lack.REVIEWER),
        (Gate(signed=True), [GOOD], Lack.NOTHING),
        (TWO, [by(AYGUL)], Lack.REVIEWER),
        (TWO, [by(AYGUL), by(AYGUL, "2024-06-25")], Lack.REVIEWER),
        (TWO, [by(AYGUL), by(MERET)], Lack.NOTHING),
        (TWO, [by(AYGUL), by(MERET, signed=False)], Lack.SIGNATURE),
        (Gate(approvals=2), [by(AYGUL), replace(PLAIN, reviewer="guest")], Lack.NOTHING),
        (
            Gate(approvals=2),
            [replace(PLAIN, reviewer="guest"), replace(PLAIN, reviewer="Guest")],
            Lack.REVIEWER,
        ),
        (Gate(approvers=(MERET,)), [by(AYGUL)], Lack.REVIEWER),
        (Gate(approvers=(MERET,)), [by(AYGUL), by(MERET)], Lack.NOTHING),
    ],
)
def test_what_approvals_lack(gate: Gate, rows: list[ReviewRow], lack: Lack) -> None:
    assert trust("r", "ru", gate).find_lack(rows) is lack


# --------------------------------------------------------------------------- settling


def test_approvals_of_two_reviewers_stay_and_a_later_rejection_wins() -> None:
    one, two = by(AYGUL, "2024-06-01"), by(MERET, "2024-06-02")
    assert settle_rows([two, one]) == (one, two)
    rejected = replace(PLAIN, state="rejected", when="2024-06-02")
    assert settle_rows([two, rejected, one]) == (rejected,)
    later = by(MERET, "2024-06-03")
    assert settle_rows([later, rejected, one]) == (later,)
    again = by(AYGUL, "2024-06-04")
    assert settle_rows([one, again, two]) == (two, again)


# --------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["x", GOOD.signature], "'x' is not the id of a key"),
        ([GOOD.key, ""], "the signature is not one: it must be 88 characters of base64"),
        (["", GOOD.signature], "'' is not the id of a key"),
        ([GOOD.key, GOOD.signature[:-4]], "the signature is not one"),
        ([GOOD.key, base64.b64encode(bytes(63)).decode()], "the signature is not one"),
        ([GOOD.key], "the row has 9 cells, not 8 or 10"),
    ],
)
def test_a_broken_signature_is_named_with_its_line(cells: list[str], message: str) -> None:
    line = f"{A},{B},{C},{D},approved,Aygul,2024-06-24,"
    text = "\n".join([HEADER, line, ",".join([line, *cells]), ""])
    with pytest.raises(PublishError) as caught:
        read_ledger(text.encode(), FILE)
    assert str(caught.value.span) == f"{FILE}:3"
    assert caught.value.message.startswith(message)


def test_rows_of_both_lengths_and_both_headers_are_read_from_one_file() -> None:
    plain = replace(PLAIN, sentence=D, reviewer="guest")
    old, new = dump_ledger(Ledger(FILE, (plain,))), dump_ledger(Ledger(FILE, (GOOD,)))
    assert old.decode().splitlines()[0] == HEADER
    for data in (old + new, new + old):
        assert read_ledger(data, FILE).rows == (GOOD, plain)
    padded = old.replace(b"\n", b",,\n").replace(b"reason,,", b"reason,key,signature")
    assert read_ledger(padded, FILE).rows == (plain,)


def test_signing_one_row_changes_its_line_and_the_header() -> None:
    others = tuple(replace(PLAIN, sentence=f"{n:020x}", reviewer="guest") for n in range(5))
    before = dump_ledger(Ledger(FILE, (*others, PLAIN))).splitlines()
    after = dump_ledger(Ledger(FILE, (*others, GOOD))).splitlines()
    assert [n for n, pair in enumerate(zip(before, after, strict=True)) if len({*pair}) > 1] == [
        0,
        6,
    ]


def test_git_merges_two_signed_ledgers_line_by_line(repository: Path, tmp_path: Path) -> None:
    """Two reviewers sign on two branches that began without signatures."""

    def git(*words: str) -> None:
        identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
        command = ["git", "-C", str(tmp_path), *identity, "-c", "commit.gpgsign=false", *words]
        subprocess.run(command, check=True, capture_output=True)

    def row(letter: str, name: str, *, signed: bool = True) -> ReviewRow:
        plain = replace(PLAIN, sentence=letter * 20, reviewer=name)
        return sign_row(plain, "r", "ru", KEYS[name]) if signed else plain

    def commit(branch: str, *rows: ReviewRow) -> None:
        git("checkout", "-q", "-b", branch, "start")
        path.write_bytes(dump_ledger(Ledger(FILE, settle_rows([*base, *rows]))))
        git("add", ".")
        git("commit", "-qm", branch)

    path = tmp_path / "r.review.csv"
    base = [row("a", AYGUL, signed=False), replace(row("d", AYGUL, signed=False), reviewer="guest")]
    git("init", "-q")
    shutil.copy(repository / ".gitattributes", tmp_path / ".gitattributes")
    path.write_bytes(dump_ledger(Ledger(FILE, settle_rows(base))))
    git("add", ".")
    git("commit", "-qm", "base")
    git("branch", "start")
    commit("ours", row("a", AYGUL), row("b", AYGUL))
    commit("theirs", row("a", MERET), row("b", MERET), row("c", MERET))
    git("merge", "-q", "ours")
    found = read_ledger(path.read_bytes(), FILE, trust())
    assert [(one.sentence[0], one.reviewer, bool(one.signature)) for one in found.rows] == [
        ("a", AYGUL, True),
        ("a", MERET, True),
        ("b", AYGUL, True),
        ("b", MERET, True),
        ("c", MERET, True),
        ("d", "guest", False),
    ]
    assert not [one for one in found.rows if found.trust.find_fault(one)]
    assert find_wrong_rows(path.read_bytes(), FILE, trust(), lambda: PLACES) == []
    git("checkout", "-q", "ours")
    git("merge", "-q", "theirs")
    assert read_ledger(path.read_bytes(), FILE).rows == found.rows
