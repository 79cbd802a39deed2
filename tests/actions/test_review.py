"""Reviews as an action: what is listed, what can be decided, and what the ledger says then."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from reviewcases import HEADER, PAIRS, RU, approved, edit, ledger, loader, make_workspace, po

from publish.actions.review import (
    ReviewDecision,
    SentenceGroup,
    approve,
    list_reviews,
    prune_ledgers,
    reject,
)
from publish.errors import FindingsError, PublishError, UsageError
from publish.reading.locationwords import describe_location
from publish.reviews.verdicts import ReviewState, Verdict
from publish.translation.reviewed import ReviewList

DAY = date(2024, 6, 24)
ROWS = len(PAIRS)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def listed(
    root: Path, *states: ReviewState, doubts: bool = False, whole: bool = False
) -> ReviewList:
    asked = (loader(root), ["r"], ["ru"])
    (found,) = list_reviews(*asked, states=states, doubts=doubts, whole=whole)
    return found


def places(found: ReviewDecision | ReviewList) -> list[str]:
    verdicts = found.taken if isinstance(found, ReviewDecision) else found.shown
    return [place(one) for one in verdicts]


def place(verdict: Verdict) -> str:
    return describe_location(verdict.subject.location)


def rejected(root: Path, *words: str) -> ReviewDecision:
    return reject(loader(root), "r", "ru", words, reviewer="editor", reason="who?", day=DAY)


def rows(root: Path) -> list[str]:
    return ledger(root).read_text(encoding="utf-8").splitlines()[1:]


# --------------------------------------------------------------------------- what is taken


def test_all_that_can_be_approved_is_recorded(root: Path) -> None:
    done = approve(
        loader(root), "r", "ru", SentenceGroup.ALL, reviewer="editor", day=DAY, reason="read aloud"
    )
    assert (done.state, len(done.taken), done.left, done.errors) == ("approved", ROWS, (), ())
    assert done.file == "locales/ru/LC_MESSAGES/r.review.csv"
    assert len(rows(root)) == ROWS
    assert all(row.endswith(",approved,editor,2024-06-24,read aloud") for row in rows(root))
    assert {one.state for one in listed(root, whole=True).shown} == {ReviewState.APPROVED}


def test_the_time_is_now_unless_a_day_is_given(root: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    approved(root)
    written = rows(root)[0].split(",")[6]
    assert written.endswith("Z")
    assert before <= datetime.fromisoformat(written) <= datetime.now(UTC)


def test_a_dry_run_tells_the_same_and_writes_nothing(root: Path) -> None:
    done = approve(loader(root), "r", "ru", SentenceGroup.ALL, reviewer="editor", dry_run=True)
    assert len(done.taken) == ROWS
    assert not ledger(root).exists()
    assert prune_ledgers(loader(root), ["r"], ["ru"]) == ()


def test_an_approval_that_holds_is_left_as_it_is(root: Path) -> None:
    approved(root)
    before = ledger(root).read_bytes()
    assert approved(root, reviewer="another").taken == ()
    assert ledger(root).read_bytes() == before


def test_an_approval_of_its_own_place_stays_beside_that_of_another(root: Path) -> None:
    approved(root)
    done = approved(root, ("victims, sentence 1",), reviewer="another")
    assert places(done) == ["victims, sentence 1"]
    assert sum(",another," in row for row in rows(root)) == 1
    assert len(rows(root)) == ROWS + 1
    approved(root, ("victims, sentence 1",), reviewer="another")
    assert len(rows(root)) == ROWS + 1


def test_only_an_approval_of_its_own_lifts_a_rejection(root: Path) -> None:
    rejected(root, "The court")
    done = approved(root)
    assert [(place(one), why) for one, why in done.left] == [
        ("victims, sentence 2", "rejected: name each place alone to approve it")
    ]
    assert len(done.taken) == ROWS - 1
    (shown,) = listed(root).shown
    assert shown.row is not None
    assert (shown.state, shown.row.reason) == (ReviewState.REJECTED, "who?")
    approved(root, ("The court",))
    assert listed(root).shown == ()


def test_somebody_who_decided_meanwhile_is_not_overwritten(root: Path) -> None:
    slow = loader(root)
    slow.translation("r", RU)
    approved(root, ("victims, sentence 1",), reviewer="another")
    approve(slow, "r", "ru", ("victims, sentence 2",), reviewer="editor")
    assert sorted(row.split(",")[5] for row in rows(root)) == ["another", "editor"]


def test_the_same_loader_knows_of_a_decision_that_it_recorded(root: Path) -> None:
    one = loader(root)
    assert one.digest(ledger(root)) == b""
    approve(one, "r", "ru", SentenceGroup.ALL, reviewer="editor")
    (found,) = list_reviews(one, whole=True)
    assert {verdict.state for verdict in found.shown} == {ReviewState.APPROVED}
    assert one.digest(ledger(root))


# --------------------------------------------------------------------------- what is not


@pytest.fixture
def faulty(root: Path) -> Path:
    """A sentence with a wrong number, a fuzzy one and an empty one."""
    edit(po(root), "37 жертв", "73 жертвы")
    edit(po(root), '\nmsgid "Victims"', '\n#, fuzzy\nmsgid "Victims"')
    edit(po(root), "Суд освободил этого человека.", "")
    return root


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("victims, heading", "victims, heading: it is not confirmed (fuzzy)"),
        ("victims, sentence 2", "victims, sentence 2: it is not translated"),
    ],
)
def test_one_sentence_that_is_not_ready_is_an_error(faulty: Path, word: str, message: str) -> None:
    with pytest.raises(PublishError) as caught:
        approved(faulty, (word,))
    assert (caught.value.message, caught.value.code) == (message, "review")
    assert caught.value.span is not None
    assert caught.value.span.file == "locales/ru/LC_MESSAGES/r.po"
    assert not ledger(faulty).exists()


def test_one_sentence_with_errors_is_not_approved_and_the_errors_are_named(faulty: Path) -> None:
    with pytest.raises(FindingsError) as caught:
        approved(faulty, ("victims, sentence 1",))
    assert caught.value.message == "victims, sentence 1 is not approved: it has errors"
    assert {one.code for one in caught.value.findings} == {"number-missing"}
    assert not ledger(faulty).exists()


def test_of_several_those_are_left_out_that_are_not_ready(faulty: Path) -> None:
    done = approved(faulty)
    assert len(done.taken) == len(rows(faulty)) == ROWS - 3
    assert sorted((place(one), why) for one, why in done.left) == [
        ("victims, heading", "not confirmed (fuzzy)"),
        ("victims, sentence 1", "with errors"),
        ("victims, sentence 2", "not translated"),
    ]
    assert {one.code for one in done.errors} == {"number-missing"}


def test_what_has_wrong_marks_is_not_approved(root: Path) -> None:
    edit(po(root), "Суд освободил", "Суд *освободил*")
    done = approved(root)
    assert [why for _, why in done.left] == ["with errors"]
    assert {one.code for one in done.errors} == {"marks-differ"}


def test_only_a_translation_can_be_rejected(faulty: Path) -> None:
    with pytest.raises(PublishError, match="victims, sentence 2: it has no translation"):
        rejected(faulty, "victims, sentence 2")
    assert places(rejected(faulty, "victims, sentence 1")) == ["victims, sentence 1"]


def test_a_catalog_that_is_old_or_missing_is_not_reviewed(root: Path) -> None:
    edit(root / "source/r.md", "37 victims", "38 victims")
    with pytest.raises(PublishError, match="lacks 1 sentence of its source") as old:
        approved(root)
    assert old.value.code == "catalog-stale"
    po(root).unlink()
    with pytest.raises(PublishError) as gone:
        approved(root)
    assert gone.value.code == "catalog-missing"
    assert not ledger(root).exists()
    assert list_reviews(loader(root), ["r"], ["ru"]) == ()


Wrong = Callable[[Path], object]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda root: approved(root, reviewer=""), "no name is given"),
        (lambda root: approved(root, reviewer="a@b.org"), "it must not contain an address"),
        (lambda root: approved(root, ("nowhere",)), "there is no sentence at 'nowhere'"),
        (lambda root: rejected(root), "name the sentence"),
        (
            lambda root: reject(loader(root), "r", "ru", ["victims"], reviewer="e", reason=" "),
            "a rejection needs a reason",
        ),
        (
            lambda root: approve(
                loader(root), "r", "ru", SentenceGroup.ALL, reviewer="e", reason="=1+1"
            ),
            "the reason: ",
        ),
        (
            lambda root: approve(loader(root), "r", "en", SentenceGroup.ALL, reviewer="e"),
            "en is the language of the source",
        ),
    ],
)
def test_what_cannot_stand_in_a_ledger_is_refused(root: Path, wrong: Wrong, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        wrong(root)
    assert not ledger(root).exists()


def test_a_decision_is_not_from_the_future_but_the_east_is_a_day_ahead(root: Path) -> None:
    today = datetime.now(UTC).date()
    decide = partial(approve, loader(root), "r", "ru", SentenceGroup.ALL, reviewer="editor")
    with pytest.raises(UsageError, match="is in the future"):
        decide(day=today + timedelta(days=3))
    assert not ledger(root).exists()
    assert len(decide(day=today + timedelta(days=1)).taken) == ROWS


# --------------------------------------------------------------------------- choices


def test_what_changed_in_typography_only_is_approved_again_in_one_step(root: Path) -> None:
    approved(root)
    edit(po(root), "в 2023 году", "в 2023\u00a0году")
    edit(po(root), "Жертвы", "Пострадавшие")
    assert places(approved(root, SentenceGroup.UNCHANGED)) == ["victims, sentence 1"]
    assert places(listed(root)) == ["victims, heading"]


def test_what_stands_in_another_context_is_approved_again_in_one_step(root: Path) -> None:
    approved(root)
    edit(root / "source/r.md", "## Victims", "The court released the man.\n\n## Victims")
    moved = ["summary", "sentence 1", "victims, heading"]
    assert places(listed(root, ReviewState.CONTEXT)) == places(listed(root)) == moved
    assert places(approved(root, SentenceGroup.UNCHANGED)) == moved
    assert listed(root).shown == ()


def git(root: Path, *words: str) -> None:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    command = ["git", "-C", str(root), *identity, "-c", "commit.gpgsign=false", *words]
    subprocess.run(command, check=True, capture_output=True)


def test_a_slip_of_the_pen_is_approved_again_where_git_has_the_old_text(root: Path) -> None:
    edit(po(root), "освободил", "освобдил")
    approved(root)
    edit(po(root), "освобдил", "освободил")
    assert approved(root, SentenceGroup.TYPO).taken == ()
    edit(po(root), "освободил", "освобдил")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "first")
    edit(po(root), "освобдил", "освободил")
    edit(po(root), "Жертвы", "Пострадавшие")
    past = {entry.msgstr for entry in listed(root).past.values()}
    assert past == {"Суд освобдил этого человека.", "Жертвы"}
    assert places(approved(root, SentenceGroup.TYPO)) == ["victims, sentence 2"]


# --------------------------------------------------------------------------- places

NOTES = """\
---
title: Report
---

## One {#one}

First text.[^a] Second text.[^b]

More text.

[^a]: The note was added in May. It has two sentences.

[^b]: Another note.
"""
NOTE_PAIRS = {
    "Report": "Доклад",
    "One": "Раз",
    "First text.[^a]": "Первый текст.[^a]",
    "Second text.[^b]": "Второй текст.[^b]",
    "More text.": "Ещё текст.",
    "The note was added in May.": "Сноска добавлена в мае.",
    "It has two sentences.": "В ней два предложения.",
    "Another note.": "Другая сноска.",
}


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """A workspace whose document has two paragraphs and two notes in one section."""
    return make_workspace(tmp_path, NOTES, NOTE_PAIRS)


def test_a_note_is_approved_by_the_number_that_editions_print_beside_it(noted: Path) -> None:
    sources = [one.subject.source for one in approved(noted, ("p3",)).taken]
    assert sources == ["The note was added in May.", "It has two sentences."]
    assert [one.subject.source for one in approved(noted, ("p4",)).taken] == ["Another note."]
    assert len(rows(noted)) == 3


def test_two_notes_of_a_section_never_share_a_place(noted: Path) -> None:
    every = places(listed(noted, whole=True))
    assert len(every) == len(set(every)) == len(NOTE_PAIRS)
    assert [one for one in every if "footnote" in one] == [
        "one, footnote 1, sentence 1",
        "one, footnote 1, sentence 2",
        "one, footnote 2",
    ]
    done = approved(noted, ("one, footnote 2",))
    assert [one.subject.source for one in done.taken] == ["Another note."]
    assert len(rows(noted)) == 1


def test_a_section_is_all_that_stands_in_it(noted: Path) -> None:
    assert len(approved(noted, ("one",)).taken) == len(NOTE_PAIRS) - 1


def test_a_beginning_that_several_sentences_share_is_refused_with_their_places(
    noted: Path,
) -> None:
    edit(noted / "source/r.md", "Another note.", "The note was taken out.")
    edit(po(noted), "Another note.", "The note was taken out.")
    with pytest.raises(UsageError) as caught:
        approved(noted, ("The note",))
    assert caught.value.message == "2 sentences begin with 'The note'"
    assert caught.value.hint == (
        "name one of them: one, footnote 1, sentence 1 (The note was added in May.);"
        " one, footnote 2 (The note was taken out.)"
    )
    assert not ledger(noted).exists()


# --------------------------------------------------------------------------- listing


def test_people_see_what_needs_a_reviewer_and_programs_everything(faulty: Path) -> None:
    approved(faulty, ("A summary.",))
    assert len(listed(faulty, whole=True).shown) == ROWS
    # Neither what is approved, nor what a translator has to do first.
    assert len(listed(faulty).shown) == ROWS - 3
    assert places(listed(faulty, ReviewState.APPROVED)) == ["summary"]
    assert listed(faulty, ReviewState.LAPSED, whole=True).shown == ()


def test_corrections_of_the_source_lapse_approvals(root: Path) -> None:
    approved(root)
    english = root / "locales/en/LC_MESSAGES/r.po"
    english.parent.mkdir(parents=True)
    correction = "The court released the boy."
    text = f'msgid "The court released the man."\nmsgstr "{correction}"\n'
    english.write_text(HEADER.replace("ru", "en") + "\n" + text, encoding="utf-8")
    (shown,) = listed(root, ReviewState.LAPSED).shown
    assert shown.subject.source == correction
    approved(root, ("victims, sentence 2",))
    assert listed(root, ReviewState.LAPSED).shown == ()
    assert len(rows(root)) == ROWS  # The row for the wording before is replaced.


# --------------------------------------------------------------------------- pruning


@pytest.fixture
def forgetful(root: Path) -> Path:
    """A workspace with an approved sentence that its source no longer has."""
    approved(root)
    edit(root / "source/r.md", " The court released the man.", "")
    return root


def test_rows_of_sentences_that_are_gone_are_dropped_on_request(forgetful: Path) -> None:
    (told,) = prune_ledgers(loader(forgetful), ["r"], ["ru"], dry_run=True)
    assert (told.rows, told.dropped, len(rows(forgetful))) == (ROWS, 1, ROWS)
    (told,) = prune_ledgers(loader(forgetful), ["r"], ["ru"])
    assert (told.file, told.rows, told.dropped) == (
        "locales/ru/LC_MESSAGES/r.review.csv",
        ROWS,
        1,
    )
    assert len(rows(forgetful)) == ROWS - 1
    (again,) = prune_ledgers(loader(forgetful), ["r"], ["ru"])
    assert (again.rows, again.dropped) == (ROWS - 1, 0)


def test_a_catalog_that_is_old_drops_nothing(forgetful: Path) -> None:
    edit(forgetful / "source/r.md", "37 victims", "38 victims")
    with pytest.raises(PublishError) as caught:
        prune_ledgers(loader(forgetful), ["r"], ["ru"])
    assert caught.value.code == "catalog-stale"
    assert len(rows(forgetful)) == ROWS


# --------------------------------------------------------------------------- doubts

WHOLE = ["victims, sentence 2"]


@pytest.fixture
def doubtful(root: Path) -> Path:
    """The last sentence of the document has a doubt."""
    edit(
        po(root), '\nmsgid "The court', '\n# reviewer: освободил\n# or отпустил?\nmsgid "The court'
    )
    return root


def test_sentences_with_a_doubt_come_first(doubtful: Path) -> None:
    found = places(listed(doubtful))
    assert found[:1] == WHOLE
    assert found[1:] == [one for one in places(listed(doubtful, whole=True)) if one not in WHOLE]
    assert listed(doubtful).shown[0].subject.doubts == ("освободил or отпустил?",)
    assert places(listed(doubtful, whole=True))[-1:] == WHOLE


def test_only_sentences_with_a_doubt_are_listed(doubtful: Path) -> None:
    assert places(listed(doubtful, doubts=True)) == WHOLE
    assert places(listed(doubtful, ReviewState.APPROVED, doubts=True)) == []
    assert places(listed(doubtful, ReviewState.UNREVIEWED, doubts=True)) == WHOLE


def test_an_approval_settles_a_doubt(doubtful: Path) -> None:
    approved(doubtful)
    assert places(listed(doubtful, doubts=True)) == []
    assert places(listed(doubtful, doubts=True, whole=True)) == WHOLE
    assert places(listed(doubtful, ReviewState.APPROVED, doubts=True)) == WHOLE


def test_a_doubt_about_a_sentence_that_is_not_confirmed_is_listed(doubtful: Path) -> None:
    edit(po(doubtful), '\nmsgid "The court', '\n#, fuzzy\nmsgid "The court')
    edit(po(doubtful), '\nmsgid "Victims"', '\n#, fuzzy\nmsgid "Victims"')
    assert places(listed(doubtful, doubts=True)) == WHOLE
    assert "victims, heading" not in places(listed(doubtful))


def test_a_group_of_sentences_has_the_doubts_of_all(doubtful: Path) -> None:
    edit(po(doubtful), "Суд освободил этого человека.", "{joined}")
    edit(po(doubtful), '\nmsgid "The police', '\n# reviewer: 37?\nmsgid "The police')
    (one,) = listed(doubtful, doubts=True).shown
    assert one.subject.doubts == ("37?", "освободил or отпустил?")
