"""`publish review` and `publish build --require`: words, forms and exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from reviewcases import PAIRS, approved, edit, ledger, make_workspace, po

from publish.cli.main import main

ALL = ("review", "approve", "--all", "-l", "ru", "--as", "editor", "--date", "2024-06-24")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of one short document, translated whole, without warnings."""
    return make_workspace(tmp_path)


@pytest.fixture
def publish(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("PUBLISH_REVIEWER", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*words, "-C", str(root)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


# --------------------------------------------------------------------------- deciding


def test_what_was_decided_is_said(root: Path, publish: Run) -> None:
    code, out, err = publish(*ALL, "--dry-run")
    assert code == 0
    assert "would be approved  victims, sentence 2: The court released the man.\n" in out
    assert err == "locales/ru/LC_MESSAGES/r.review.csv: 7 sentences would be approved\n"
    assert not ledger(root).exists()
    code, out, err = publish(*ALL)
    assert code == 0
    assert out.count("approved  ") == 7
    assert err == "locales/ru/LC_MESSAGES/r.review.csv: 7 sentences approved\n"
    assert ledger(root).read_text(encoding="utf-8").count(",editor,2024-06-24,") == 7
    words = ("-l", "ru", "--as", "editor", "--reason", "who?")
    code, out, err = publish("review", "reject", "The court", *words)
    assert (code, out) == (0, "rejected  victims, sentence 2: The court released the man.\n")
    assert err.endswith(": 1 sentence rejected\n")
    code, _, err = publish(*ALL)
    assert err.endswith(
        ": 0 sentences approved; left out: 1 rejected: name each place alone to approve it\n"
    )


def test_what_has_errors_is_left_out_and_the_exit_code_is_1(root: Path, publish: Run) -> None:
    edit(po(root), "37 жертв", "73 жертвы")
    code, out, err = publish(*ALL)
    assert code == 1
    assert "error[number-missing]" in out
    assert err.endswith(": 6 sentences approved; left out: 1 with errors\n")
    one = ("-l", "ru", "--as", "editor")
    code, _, err = publish("review", "approve", "victims, sentence 1", *one)
    assert code == 1
    assert "error[number-missing]" in err
    assert "error[review]: victims, sentence 1 is not approved: it has errors" in err


def test_who_decides_must_be_said(
    root: Path, publish: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = publish("review", "approve", "--all", "-l", "ru")
    assert code == 2
    assert "no name is given" in err
    assert "a role or a pseudonym" in err
    monkeypatch.setenv("PUBLISH_REVIEWER", "second-reader")
    assert publish("review", "approve", "--all", "-l", "ru")[0] == 0
    assert ",second-reader," in ledger(root).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("approve",),
        ("approve", "victims", "--all"),
        ("reject", "victims"),
        ("reject", "--reason", "x"),
        ("reject", "--all", "--reason", "x"),
        ("victims",),
        ("prune", "victims"),
        ("approve", "nowhere"),
        ("approve", "--all", "--date", "someday"),
        ("approve", "--all", "--date", "2999-01-01"),
        ("approve", "--all", "--reason", "=1+1"),
        ("approve", "--all", "-l", "en"),
        ("approve", "--all", "--document", "x"),
    ],
)
def test_what_does_not_go_together_is_refused(root: Path, publish: Run, words: tuple[str]) -> None:
    assert publish("review", *words, "-l", "ru", "--as", "editor")[0] == 2
    assert not ledger(root).exists()


def test_a_decision_is_for_one_language_and_one_document(root: Path, publish: Run) -> None:
    text = (root / "publish.toml").read_text(encoding="utf-8")
    (root / "publish.toml").write_text(text.replace('"ru"]', '"ru", "tk"]'), encoding="utf-8")
    code, _, err = publish("review", "approve", "--all", "--as", "editor")
    assert (code, "error: name the language" in err) == (2, True)
    (root / "source/other.md").write_bytes((root / "source/r.md").read_bytes())
    code, _, err = publish("review", "approve", "--all", "-l", "ru", "--as", "editor")
    assert (code, "error: name the document" in err) == (2, True)
    words = ("--document", "r", "-l", "ru", "--as", "editor")
    assert publish("review", "approve", "--all", *words)[0] == 0


def test_a_decision_is_of_today_or_of_a_day_that_has_begun_somewhere(
    root: Path, publish: Run
) -> None:
    """East of Greenwich it is tomorrow already; the day after is not yet anywhere."""
    today = datetime.now(UTC).date()
    words = ("review", "approve", "--all", "-l", "ru", "--as", "editor", "--date")
    code, _, err = publish(*words, str(today + timedelta(days=2)))
    assert code == 2
    assert f"error: {today + timedelta(days=2)} is in the future\n" in err
    assert not ledger(root).exists()
    for days in (1, 0, -1):
        day = str(today + timedelta(days=days))
        assert publish(*words, day)[0] == 0
        assert ledger(root).read_text("utf-8").count(f",{day},") == len(PAIRS)
        ledger(root).unlink()
    assert publish(*words[:-1])[0] == 0
    dates = {line.split(",")[6][:10] for line in ledger(root).read_text("utf-8").splitlines()[1:]}
    assert dates <= {str(today), str(today + timedelta(days=1))}, "UTC, unless midnight passed"


def test_the_options_for_many_at_once(root: Path, publish: Run) -> None:
    approved(root)
    edit(po(root), "в 2023 году", "в 2023\u00a0году")
    words = ("-l", "ru", "--as", "editor")
    assert publish("review", "approve", "--typo", *words)[2].endswith(": 0 sentences approved\n")
    assert publish("review", "approve", "--unchanged", *words)[2].endswith(
        ": 1 sentence approved\n"
    )


def test_dropped_rows_are_counted(root: Path, publish: Run) -> None:
    approved(root)
    edit(root / "source/r.md", " The court released the man.", "")
    assert "r in ru: 1 rows of sentences that are gone" in publish("review", "-l", "ru")[1]
    file = "locales/ru/LC_MESSAGES/r.review.csv"
    assert publish("review", "prune", "--dry-run")[2] == f"{file}: 1 of 7 rows would be dropped\n"
    assert publish("review", "prune")[2] == f"{file}: 1 of 7 rows dropped\n"
    assert publish("review", "prune", "-q") == (0, "", "")


# --------------------------------------------------------------------------- listing


def test_sentences_are_listed_with_what_was_decided(root: Path, publish: Run) -> None:
    publish(*ALL)
    edit(po(root), "освободил", "отпустил")
    code, out, err = publish("review", "-l", "ru")
    assert code == 0
    assert out == (
        "lapsed  victims, sentence 2  (approved before by editor on 2024-06-24)\n"
        "   | The court released the man.\n"
        "   | Суд отпустил этого человека.\n"
        "r in ru: 7 sentences: 6 approved, 1 lapsed\n"
    )
    assert err == 'next: publish review approve "PLACE" -l ru --as ROLE\n'
    out = publish("review", "-l", "ru", "--state", "approved", "-q")[1]
    assert out.count("approved  ") == 6


def test_the_schema_for_programs(root: Path, publish: Run) -> None:
    publish("review", "approve", "p1", "-l", "ru", "--as", "editor", "--date", "2024-06-24")
    code, out, err = publish("review", "-l", "ru", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    (told,) = found["documents"]
    assert (found["version"], told["document"], told["language"]) == (1, "r", "ru")
    assert told["figures"]["approved"] == 2
    assert told["figures"]["unreviewed"] == 5
    first = next(one for one in told["sentences"] if one["place"] == "victims, sentence 1")
    assert first["paragraph"] == "p1"
    assert first["state"] == "approved"
    assert first["decision"]["reviewer"] == "editor"
    assert publish("review", "-l", "ru", "--json")[1] == out


@pytest.fixture
def doubt(root: Path) -> str:
    """What a native reader should decide about the last sentence; it has a long translation."""
    text = "освободил or \u202e отпустил?"
    edit(po(root), '\nmsgid "The court', f'\n# reviewer: {text}\nmsgid "The court')
    edit(po(root), "этого человека", "этого человека" + " и ещё одного" * 9)
    return text


def test_doubts_are_listed_with_the_texts_in_full(doubt: str, publish: Run) -> None:
    code, out, _ = publish("review", "-l", "ru", "--doubts")
    assert code == 0
    assert out == (
        "unreviewed  victims, sentence 2\n"
        "   doubt | освободил or � отпустил?\n"
        "   | The court released the man.\n"
        f"   | Суд освободил этого человека{' и ещё одного' * 9}.\n"
        "r in ru: 7 sentences: 7 unreviewed\n"
        "r in ru: 1 sentence with a doubt (publish review --doubts)\n"
    )
    assert publish("review", "-l", "ru")[1].startswith(out.partition("r in ru")[0])
    publish(*ALL)
    assert publish("review", "-l", "ru", "--doubts")[1] == "r in ru: 7 sentences: 7 approved\n"


def test_programs_see_doubts_too(doubt: str, publish: Run) -> None:
    (told,) = json.loads(publish("review", "-l", "ru", "--json")[1])["documents"]
    assert [one["doubt"] for one in told["sentences"]] == [None] * 6 + [doubt]
    (told,) = json.loads(publish("review", "-l", "ru", "--json", "--doubts")[1])["documents"]
    assert [one["place"] for one in told["sentences"]] == ["victims, sentence 2"]


@pytest.mark.parametrize("action", [(*ALL,), ("review", "prune"), ("review", "reject", "p1")])
def test_doubts_are_only_listed(action: tuple[str, ...], publish: Run) -> None:
    code, _, err = publish(*action, "--doubts")
    assert (code, "--doubts goes with the list" in err) == (2, True)


# --------------------------------------------------------------------------- what follows


def test_a_build_says_what_holds_an_edition_back(root: Path, publish: Run) -> None:
    _, _, err = publish("build")
    assert "advice[held-back]: r in ru is not reviewed yet: no sentence is reviewed" in err
    assert "r in en" not in err
    assert "held-back" not in publish("build", "-q")[2]


def test_a_state_can_be_required(root: Path, publish: Run) -> None:
    code, _, err = publish("build", "--require", "reviewed")
    assert code == 1
    assert err.endswith("draft      build/ru/r.epub\nerror: 1 of 2 editions are not reviewed\n")
    publish(*ALL)
    assert publish("build", "--require", "approved")[0] == 0
    edit(po(root), "Жертвы", "Пострадавшие")
    assert publish("build", "--require", "approved", "-q")[0] == 1


def test_status_counts_reviews(root: Path, publish: Run) -> None:
    assert "reviews" not in publish("status")[1]
    approved(root, ("victims",))
    head, _, row = publish("status")[1].splitlines()
    assert head.endswith("state  reviews")
    assert row.endswith("draft  3 approved")
