"""Proposals of readers: nothing of them is lost, and a translator takes or drops them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentencecases import (
    RU,
    details,
    edit,
    load,
    make_workspace,
    po,
    save,
    saved,
    sid_of,
)

from publish.actions.desk.sentences.proposing import (
    LONGEST,
    MOST,
    Proposed,
    drop_proposal,
    propose,
    take_proposal,
)
from publish.actions.desk.sentences.saving import Conflict
from publish.actions.questions import list_questions
from publish.actions.update import update_catalogs
from publish.catalogs.proposed import Proposal, find_proposals, write_proposal
from publish.errors import PublishError, UsageError
from publish.po.merging import merge_files
from publish.po.pofile import PoFile, parse_po, read_po_file

MSGID = "The trial was **long**."
BEFORE = "Процесс был **долгим**."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def proposed(
    root: Path, text: str, role: str = "reader", msgid: str = MSGID, *, remark: bool = False
) -> Proposed:
    """Propose a text as a reader does who has just opened it."""
    loader, translation = load(root)
    found = details(loader, translation, msgid)
    return propose(loader, translation, found.row.id, text, role, found.digest, remark=remark)


def test_a_proposal_is_a_comment_and_changes_no_text(root: Path) -> None:
    before = po(root).read_bytes()
    done = proposed(root, "Суд шёл **долго**.")
    place = f'#. list item\n#: source/r.md#victims\nmsgid "{MSGID}"'.encode()
    line = "# proposed by reader: Суд шёл **долго**.\n".encode()
    assert po(root).read_bytes() == before.replace(place, line + place)
    loader, translation = load(root)
    found = details(loader, translation, MSGID)
    assert found.proposals == (Proposal("reader", "Суд шёл **долго**."),)
    assert (found.row.proposals, found.msgstr, found.digest) == (1, BEFORE, done.digest)
    proposed(root, "Суд шёл **долго**.")
    assert details(*load(root), MSGID).row.proposals == 1


def test_a_taken_proposal_is_the_text_and_is_gone(root: Path) -> None:
    proposed(root, "Суд шёл\nдолго.")
    proposed(root, "Иначе.", "second reader")
    edit(po(root), f'msgid "{MSGID}"', f'#, fuzzy\n#| msgid "Old"\nmsgid "{MSGID}"')
    loader, translation = load(root)
    found = details(loader, translation, MSGID)
    first, second = found.proposals
    done = saved(take_proposal(loader, translation, found.row.id, first, found.digest))
    now = details(*load(root), MSGID)
    assert (now.msgstr, now.fuzzy, now.proposals) == ("Суд шёл\nдолго.", False, (second,))
    with pytest.raises(UsageError):
        take_proposal(loader, done.translation, found.row.id, first, done.digest)
    dropped = drop_proposal(loader, done.translation, found.row.id, second)
    assert details(*load(root), MSGID).proposals == ()
    again = drop_proposal(loader, dropped.translation, found.row.id, second)
    assert again.digest == done.digest


def test_a_proposal_is_not_taken_over_another_text(root: Path) -> None:
    proposed(root, "Иначе.")
    loader, translation = load(root)
    found = details(loader, translation, MSGID)
    edit(po(root), BEFORE, "Третий.")
    taken = take_proposal(loader, translation, found.row.id, found.proposals[0], found.digest)
    assert isinstance(taken, Conflict)
    assert (taken.mine, taken.theirs) == ("Иначе.", "Третий.")
    assert details(*load(root), MSGID).row.proposals == 1


def test_a_remark_is_a_question_as_kits_ask_it(root: Path) -> None:
    proposed(root, "- who was he?", remark=True)
    ((asked,),) = [one.questions for one in list_questions(load(root)[0], ["r"], ["ru"])]
    assert asked.questions == ("- who was he? (reader)",)
    assert details(*load(root), MSGID).row.questions == 1


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("", False),
        (" \n", False),
        (BEFORE, False),
        ("x" * (LONGEST + 1), False),
        ("a\U000e0041\U000e0042", False),
        ("a\nb", True),
        ("", True),
    ],
)
def test_what_is_no_proposal_is_refused(root: Path, text: str, remark: bool) -> None:
    before = po(root).read_bytes()
    with pytest.raises(UsageError):
        proposed(root, text, remark=remark)
    assert po(root).read_bytes() == before


@pytest.mark.parametrize(
    ("text", "code"),
    [("a\0", "text-unwritable"), ("a\ud800", "text-unwritable"), ("a\x07", "po-syntax")],
)
def test_a_character_that_no_comment_can_have_is_refused(root: Path, text: str, code: str) -> None:
    before = po(root).read_bytes()
    with pytest.raises(PublishError) as refused:
        proposed(root, text)
    assert refused.value.code == code
    assert po(root).read_bytes() == before


def test_a_role_is_checked_as_for_reviews(root: Path) -> None:
    for role in ("", "a@example.org", "a: b", "x" * 61):
        with pytest.raises(UsageError, match="the reviewer"):
            proposed(root, "Иначе.", role)


def test_there_are_only_so_many(root: Path) -> None:
    for number in range(MOST):
        proposed(root, f"Иначе {number}.", remark=number % 2 == 1)
    with pytest.raises(UsageError):
        proposed(root, "Ещё раз.")


def test_a_text_that_changed_is_read_before_another_is_proposed(root: Path) -> None:
    loader, translation = load(root)
    found = details(loader, translation, MSGID)
    edit(po(root), BEFORE, "Иначе.")
    with pytest.raises(PublishError) as why:
        propose(loader, translation, found.row.id, "Иначе.", "reader", found.digest)
    assert why.value.code == "sentence-changed"


def test_proposals_outlast_saves_updates_and_merges(root: Path) -> None:
    base = parse_po(po(root).read_bytes(), "r.po")
    proposed(root, "Первое.")
    ours = read_po_file(po(root), "r.po")
    merged, conflicts = merge_files(base, ours, _with_other(base))
    assert conflicts == ()
    (entry,) = [one.entry for one in merged.records if one.entry.msgid == MSGID]
    assert [one.text for one in find_proposals(entry.comments)] == ["Первое.", "Второе."]
    assert entry.msgstr == "Текст."
    saved(save(*load(root), MSGID, "Снова."))
    edit(root / "source/r.md", "The trial was **long**.", "The trial was very **long**.")
    loader, _ = load(root)
    update_catalogs(loader, ["r"], ["ru"])
    found = details(*load(root), "The trial was very **long**.")
    assert [one.text for one in found.proposals] == ["Первое."]
    edit(root / "source/r.md", "- The trial was very **long**.\n", "")
    update_catalogs(load(root)[0], ["r"], ["ru"])
    assert "proposed by reader: Первое." in po(root).read_text("utf-8")


def _with_other(base: PoFile) -> PoFile:
    """Return the catalog as another program saved it: with a text and a proposal of its own."""
    records = tuple(
        replace(
            one,
            raw=None,
            entry=replace(
                one.entry,
                msgstrs=("Текст.",),
                comments=(write_proposal(Proposal("other", "Второе.")),),
            ),
        )
        if one.entry.msgid == MSGID
        else one
        for one in base.records
    )
    return replace(base, records=records)


@given(
    text=st.text(min_size=1).filter(lambda one: one.strip() != ""),
    role=st.from_regex(r"[a-zа-я][a-zа-я '-]{0,20}[a-z]", fullmatch=True),
)
def test_a_written_proposal_is_read_as_it_was(text: str, role: str) -> None:
    line = write_proposal(Proposal(role, text))
    assert "\n" not in line
    assert find_proposals([f"  {line}"]) == (Proposal(role, text),)
    assert find_proposals(["a comment", f"x {line}"]) == ()


@pytest.mark.parametrize("text", [" a ", "a\\nb\\", "a\u2028 \x85b", "a\r\nb\tc", "proposed by x:"])
def test_a_proposal_is_stored_exactly(root: Path, text: str) -> None:
    proposed(root, text)
    loader, translation = load(root)
    (found,) = details(loader, translation, MSGID).proposals
    assert found.text == text
    sid = sid_of(translation, MSGID)
    digest = details(loader, translation, MSGID).digest
    done = saved(take_proposal(loader, translation, sid, found, digest))
    assert done.translation.entries[None, MSGID].msgstr == text
    assert loader.translation("r", RU).entries[None, MSGID].comments == ()
