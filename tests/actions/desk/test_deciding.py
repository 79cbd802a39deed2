"""Decisions on one sentence: the same rules, and the same ledger, as on the command line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import get_args

import pytest
from sentencecases import (
    EN,
    RU,
    details,
    edit,
    ledger,
    load,
    make_workspace,
    po,
    save,
    saved,
    sid_of,
)
from signingcases import AYGUL, LISTED

from publish.actions.desk.sentences import deciding
from publish.actions.desk.sentences.deciding import Action, Decided, answer, decide
from publish.actions.desk.sentences.rows import TextRows
from publish.actions.desk.sentences.writing import update_text
from publish.actions.questions import list_questions
from publish.actions.review import approve, reject
from publish.cli.main import main
from publish.errors import FindingsError, PublishError, UsageError
from publish.model import Finding, Level, Span
from publish.reviews.ledger import ReviewRow, dump_ledger
from publish.translation import approving
from publish.translation.judging import judge, judge_some
from publish.translation.loading import Loader
from publish.translation.translation import Translation

MSGID = "The trial was **long**."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "w").mkdir()
    return make_workspace(tmp_path / "w")


def decided(
    root: Path, msgid: str, action: Action, reason: str = "", *, role: str = "editor"
) -> Decided:
    """Decide as a person does who has just opened the text."""
    loader, translation = load(root)
    found = details(loader, translation, msgid)
    return decide(loader, translation, found.row.id, action, role, reason, found.digest, judged={})


def timeless(root: Path) -> str:
    """Return a ledger without its times; there must be some."""
    text, count = re.subn(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "(time)", ledger(root).read_text())
    assert count
    return text


def state(root: Path, msgid: str) -> str:
    return details(*load(root), msgid).row.state


STEPS: tuple[tuple[str, str, Action, str], ...] = (
    ("victims, sentence 1", "The police identified 37 victims in 2023.", "approve", ""),
    ("victims, list item 1", "See below.", "approve", "checked, too"),
    ("courts, sentence 1", "The judges were new.", "approve", ""),
    ("victims, list item 2", MSGID, "reject", 'he said: "no"'),
    ("courts, heading", "Courts", "reject", "wrong"),
    ("courts, heading", "Courts", "approve", ""),
)


def test_the_ledger_is_that_of_the_command_line(root: Path, tmp_path: Path) -> None:
    other = Path(copytree(root, tmp_path / "other"))
    for place, msgid, action, reason in STEPS:
        words = ["review", action, place, "-l", "ru", "--document", "r", "--as", "editor"]
        assert main([*words, *(["--reason", reason] if reason else []), "-C", str(other)]) == 0
        done = decided(root, msgid, action, reason)
        assert done.row is not None
        assert (done.row.reviewer, done.row.reason) == ("editor", reason)
        assert timeless(root) == timeless(other)
    assert po(root).read_bytes() == po(other).read_bytes()


def test_a_decision_changes_its_row_and_nothing_else(root: Path) -> None:
    loader, translation = load(root)
    rows = TextRows(translation, {})
    found = details(loader, translation, "They had no staff.")
    done = decide(
        loader, translation, found.row.id, "approve", "editor", "", found.digest, rows=rows
    )
    changed = rows.update(done.translation, {}, ())
    assert {row.source for row in changed} == {"The judges were new.", "They had no staff."}
    assert {row.state for row in changed} == {"approved"}
    assert done.keys == {(None, row.source) for row in changed}
    assert loader.translation("r", RU) is done.translation
    assert done.translation.ledger == load(root)[1].ledger
    assert done.digest == details(*load(root), "They had no staff.").digest


def test_a_lapsed_approval_is_renewed(root: Path) -> None:
    decided(root, MSGID, "approve")
    with pytest.raises(PublishError, match="no approval to renew"):
        decided(root, MSGID, "renew")
    edit(po(root), "Процесс был", "Суд был")
    assert state(root, MSGID) == "lapsed"
    decided(root, MSGID, "renew")
    assert state(root, MSGID) == "approved"
    edit(root / "source/r.md", "- See below.\n- The", "- See above.\n- The")
    with pytest.raises(PublishError, match="lacks") as stale:
        decided(root, MSGID, "renew")
    assert stale.value.code == "catalog-stale"
    loader, translation = load(root)
    saved_ledger = ledger(root).read_bytes()
    update_text(loader, translation)
    assert state(root, MSGID) == "context"
    decided(root, MSGID, "renew")
    assert state(root, MSGID) == "approved"
    assert ledger(root).read_bytes() != saved_ledger
    with pytest.raises(PublishError, match="no approval to renew"):
        decided(root, "Courts", "renew")


# --------------------------------------------------------------------------- refused


def refused(root: Path, msgid: str, action: Action, reason: str = "") -> PublishError:
    """Return why a decision is refused; nothing is written."""
    before = po(root).read_bytes(), ledger(root).exists() and ledger(root).read_bytes()
    with pytest.raises(PublishError) as why:
        decided(root, msgid, action, reason)
    assert before == (po(root).read_bytes(), ledger(root).exists() and ledger(root).read_bytes())
    return why.value


def test_what_is_not_translated_or_confirmed_is_not_approved(root: Path) -> None:
    edit(po(root), 'msgstr "Суды"', 'msgstr ""')
    edit(po(root), f'msgid "{MSGID}"', f'#, fuzzy\nmsgid "{MSGID}"')
    assert "not translated" in refused(root, "Courts", "approve").message
    assert "no translation to reject" in refused(root, "Courts", "reject", "x").message
    assert "not confirmed" in refused(root, MSGID, "approve").message
    decided(root, MSGID, "reject", "a fuzzy text can be rejected")
    assert state(root, MSGID) == "rejected"


@pytest.mark.parametrize("text", ["Процесс долгий.", "Процесс **37** долгий [да](1)."])
def test_a_text_with_errors_is_not_approved_even_if_none_is_known(root: Path, text: str) -> None:
    loader, translation = load(root)
    saved(save(loader, translation, MSGID, text))
    error = refused(root, MSGID, "approve")
    assert isinstance(error, FindingsError)
    assert error.code == "review"
    assert error.findings
    whole = judge(*load(root)).findings
    assert set(error.findings) == {one for one in whole if one.level is Level.ERROR}


def test_an_error_that_is_known_already_counts(root: Path) -> None:
    """Rules that compare many sentences are not run again for one."""
    loader, translation = load(root)
    found = details(loader, translation, MSGID)
    span = Span(translation.file, 1, 1)
    key = (None, MSGID)
    wrong = Finding(code="rows-shifted", level=Level.ERROR, message="m", span=span, key=key)
    with pytest.raises(FindingsError) as error:
        decide(
            loader,
            translation,
            found.row.id,
            "approve",
            "editor",
            "",
            found.digest,
            judged={found.row.id: (wrong,)},
        )
    assert error.value.findings == (wrong,)


def test_only_the_sentence_is_judged_where_the_rest_is_known(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the whole catalog was judged")

    monkeypatch.setattr(approving, "judge", never)
    decided(root, MSGID, "approve")
    loader, translation = load(root)
    found = details(loader, translation, MSGID)
    with pytest.raises(AssertionError, match="whole catalog"):
        decide(loader, translation, found.row.id, "approve", "editor", "", found.digest)


def test_a_long_text_is_not_judged_while_a_person_waits(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "LONG", 5)
    loader, translation = load(root)
    found = details(loader, translation, MSGID)
    with pytest.raises(PublishError) as why:
        decide(loader, translation, found.row.id, "approve", "editor", "", found.digest)
    assert (why.value.code, ledger(root).exists()) == ("checks-running", False)
    decide(loader, translation, found.row.id, "reject", "editor", "dull", found.digest)
    decided(root, MSGID, "approve")


def test_findings_of_some_sentences_are_those_of_the_whole_catalog(root: Path) -> None:
    wrong = {
        "Полиция выявила 37": "Полиция выявила 38",
        "См. [*закон*](1).": "См. *закон*.",
        "Принудительный труд": "Тяжелая работа",
        "Процесс был **долгим**.": "Процесс был **7 долгим**.",
        "Судьи были новыми, и": "Судьи были новыми, 5 и",
    }
    for old, new in wrong.items():
        edit(po(root), old, new)
    loader, translation = load(root)
    whole = [one for one in judge(loader, translation).findings if one.key is not None]
    assert len({one.key for one in whole}) == 5
    for key in translation.source.keys:
        alone = judge_some(loader, translation, {key})
        assert set(alone) == {one for one in whole if one.key == key}


def test_other_texts_than_those_seen_are_not_decided_on(root: Path) -> None:
    loader, translation = load(root)
    found = details(loader, translation, MSGID)

    def now(loader: Loader, translation: Translation) -> PublishError:
        with pytest.raises(PublishError) as why:
            decide(loader, translation, found.row.id, "approve", "editor", "", found.digest)
        return why.value

    edit(po(root), "Процесс был", "Суд был")
    assert now(loader, translation).code == "sentence-changed"
    edit(po(root), "Суд был", "Процесс был")
    # The source's own catalog changes the other side of the pair.
    saved(save(*load(root, EN), MSGID, "The trials were **long**."))
    loader, translation = load(root)
    assert now(loader, translation).code == "sentence-changed"
    assert not ledger(root).exists()


def test_the_whole_group_has_to_be_as_it_was_seen(root: Path) -> None:
    loader, translation = load(root)
    found = details(loader, translation, "The judges were new.")
    edit(po(root), 'msgstr "{joined}"', 'msgstr "У них никого не было."')
    with pytest.raises(PublishError) as why:
        decide(loader, translation, found.row.id, "approve", "editor", "", found.digest)
    assert why.value.code == "sentence-changed"


def test_what_others_decided_meanwhile_is_kept(root: Path) -> None:
    loader, translation = load(root)
    found = details(loader, translation, MSGID)
    approve(load(root)[0], "r", "ru", ("courts, heading",), reviewer="second reader")
    decide(loader, translation, found.row.id, "approve", "editor", "", found.digest, judged={})
    rows = load(root)[1].ledger.rows
    assert {row.reviewer for row in rows} == {"editor", "second reader"}
    assert ledger(root).read_bytes() == dump_ledger(load(root)[1].ledger)


def test_two_reviewers_approve_one_sentence_at_the_desk_without_signatures(root: Path) -> None:
    settings = root / "publish.toml"
    lines = f'[reviewers]\nAygul = "{LISTED[AYGUL]}"\n[gates.approved]\napprovals = 2\n'
    settings.write_text(settings.read_text(encoding="utf-8") + lines, encoding="utf-8")
    for role, needs in ((AYGUL, ("review",)), ("guest", ())):
        done = decided(root, MSGID, "approve", role=role)
        assert done.row is not None
        assert (done.row.reviewer, done.row.signature) == (role, "")
        row = details(*load(root), MSGID).row
        assert (row.state, row.needs) == ("approved", needs)
    assert [one.reviewer for one in load(root)[1].ledger.rows] == [AYGUL, "guest"]
    assert main(["review", "-l", "ru", "-C", str(root)]) == 0


def test_an_approval_that_somebody_renewed_meanwhile_is_not_renewed_again(root: Path) -> None:
    decided(root, MSGID, "approve")
    edit(po(root), "Процесс был", "Суд был")
    loader, translation = load(root)
    found = details(loader, translation, MSGID)
    approve(load(root)[0], "r", "ru", ("victims, list item 2",), reviewer="second reader")
    before = ledger(root).read_bytes()
    with pytest.raises(PublishError, match="no approval to renew"):
        decide(loader, translation, found.row.id, "renew", "editor", "", found.digest, judged={})
    assert ledger(root).read_bytes() == before


@pytest.mark.parametrize("action", get_args(Action))
def test_a_role_is_checked_as_on_the_command_line(root: Path, action: Action) -> None:
    for role in ("", " editor", "a@example.org", "x" * 61, "=SUM(A1)", "a\nb"):
        with pytest.raises(UsageError, match="the reviewer"):
            decided(root, MSGID, action, "why", role=role)


@pytest.mark.parametrize("action", ["reject", "ask"])
def test_a_reason_is_one_line_of_words(root: Path, action: Action) -> None:
    for reason in ("", " ", "a\nb", "=1+1", "a\u202eb"):
        assert isinstance(refused(root, MSGID, action, reason), UsageError)


def test_the_original_is_not_reviewed(root: Path) -> None:
    loader, translation = load(root, EN)
    with pytest.raises(UsageError):
        decide(loader, translation, sid_of(translation, MSGID), "approve", "editor", "", "")


def test_a_missing_catalog_is_not_made_for_a_decision(root: Path) -> None:
    loader, _ = load(root)
    translation = loader.translation("r", loader.workspace.target_languages(["tk"])[0])
    with pytest.raises(PublishError) as why:
        decide(loader, translation, sid_of(translation, MSGID), "approve", "editor", "", "")
    assert why.value.code == "catalog-missing"
    assert not po(root, tag="tk").exists()


# --------------------------------------------------------------------------- imported texts


def imported(root: Path, *msgids: str) -> None:
    lines = "# from old.docx, ¶3\n# 87 % sure\n#, fuzzy\n"
    for msgid in msgids:
        edit(po(root), f'msgid "{msgid}"', f'{lines}msgid "{msgid}"')


def test_an_import_is_accepted_as_on_the_command_line(root: Path, tmp_path: Path) -> None:
    imported(root, MSGID, "The judges were new.", "They had no staff.")
    other = Path(copytree(root, tmp_path / "other"))
    places = ["victims, list item 2", "courts, sentence 1"]
    words = ["review", "accept", *places, "-l", "ru", "--document", "r", "-C", str(other)]
    assert main([*words, "--as", "editor"]) == 0
    decided(root, MSGID, "accept")
    done = decided(root, "They had no staff.", "accept")
    assert len(done.keys) == 2
    assert po(root).read_bytes() == po(other).read_bytes()
    assert "not imported" in refused(root, MSGID, "accept").message
    assert done.translation.po == load(root)[1].po


def test_an_import_with_wrong_marks_is_not_accepted(root: Path) -> None:
    imported(root, MSGID)
    edit(po(root), "**долгим**", "долгим")
    error = refused(root, MSGID, "accept")
    assert isinstance(error, FindingsError)
    assert [one.code for one in error.findings] == ["marks-differ"]


# --------------------------------------------------------------------------- questions


def test_a_question_of_a_reviewer_is_a_doubt_until_it_is_answered(root: Path) -> None:
    before = po(root).read_bytes()
    loader, translation = load(root)
    found = details(loader, translation, MSGID)
    done = decide(
        loader, translation, found.row.id, "ask", "editor", "Which court is meant?", found.digest
    )
    again = details(loader, done.translation, MSGID)
    assert again.doubts == ("Which court is meant? (editor)",)
    assert again.row.doubtful
    assert again.digest == found.digest == done.digest
    asked = "Which court is meant?"
    twice = decide(loader, done.translation, found.row.id, "ask", "editor", asked, done.digest)
    assert details(loader, twice.translation, MSGID).doubts == again.doubts
    answered = answer(loader, twice.translation, found.row.id, again.doubts[0])
    assert details(loader, answered.translation, MSGID).doubts == ()
    assert po(root).read_bytes() == before
    answer(loader, answered.translation, found.row.id, again.doubts[0])
    assert po(root).read_bytes() == before


def test_the_doubts_of_a_sentence_are_settled_at_once(root: Path) -> None:
    before = po(root).read_bytes()
    place = '#. paragraph\n#: source/r.md#courts\nmsgid "The judges were new."'
    lines = "# reviewer: one\n# and more\n#\n# mine\n# reviewer: two\n# question: three\n"
    assert place in po(root).read_text("utf-8")
    edit(po(root), place, lines + place)
    assert details(*load(root), "The judges were new.").row.doubtful
    edit(po(root), "Судьи", "Все судьи")
    stale = details(*load(root), "The judges were new.").digest
    edit(po(root), "Все судьи", "Судьи")
    sid = sid_of(load(root)[1], "The judges were new.")
    with pytest.raises(PublishError, match="somebody changed it"):
        decide(*load(root), sid, "settle", "editor", "", stale)
    done = decided(root, "The judges were new.", "settle")
    found = details(load(root)[0], done.translation, "The judges were new.")
    assert (found.doubts, found.comments, found.questions) == ((), ("mine",), ("three",))
    assert not found.row.doubtful
    edit(po(root), "#\n# mine\n# question: three\n", "")
    assert po(root).read_bytes() == before


def test_an_approval_settles_a_doubt(root: Path) -> None:
    place = f'#. list item\n#: source/r.md#victims\nmsgid "{MSGID}"'
    edit(po(root), place, f"# reviewer: one\n{place}")
    assert details(*load(root), MSGID).row.doubtful
    done = decided(root, MSGID, "approve")
    found = details(load(root)[0], done.translation, MSGID)
    assert (found.row.state, found.row.doubtful, found.doubts) == ("approved", False, ("one",))


def test_only_the_answered_question_goes(root: Path) -> None:
    lines = "# reviewer: one\n# and more\n# reviewer: two\n#\n# mine\n"
    lines += "# question: three\n# question: four\n"
    place = f'#. list item\n#: source/r.md#victims\nmsgid "{MSGID}"'
    edit(po(root), place, lines + place)
    (asked,) = list_questions(load(root)[0], ["r"], ["ru"])
    assert [one.questions for one in asked.questions] == [("three", "four")]
    loader, translation = load(root)
    sid = sid_of(translation, MSGID)
    translation = answer(loader, translation, sid, "one and more").translation
    translation = answer(loader, translation, sid, "four").translation
    found = details(loader, translation, MSGID)
    assert (found.doubts, found.questions, found.comments) == (("two",), ("three",), ("mine",))


def test_a_decision_of_the_ledger_shows_what_was_decided(root: Path) -> None:
    done = decided(root, MSGID, "reject", "dull")
    row = done.row
    assert isinstance(row, ReviewRow)
    (kept,) = load(root)[1].ledger.rows
    assert kept == replace(row)
    loader, _ = load(root)
    reject(loader, "r", "ru", ["courts, heading"], reviewer="editor", reason="x")
    assert len(load(root)[1].ledger.rows) == 2
