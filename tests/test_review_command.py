"""`publish review` and what follows from it: gates, states, builds, status."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from publish.building.states import lacking, reached
from publish.reading.places import placed

from publish.building.keys import edition_key
from publish.building.running import build
from publish.building.standing import standing
from publish.catalogs.reviewing import Figures
from publish.checks.running import Checking, run_checks
from publish.checks.table import TABLE
from publish.cli.main import main
from publish.errors import UsageError
from publish.languages.registry import find
from publish.model import Catalog, Coverage, Edition, Entry, Finding, Level, Span
from publish.reading.markdown import SourceFile, read_document
from publish.reading.segmenting import translatable
from publish.settings import Gate, Settings, read_settings
from publish.workspace import open_workspace

SETTINGS = 'source-language = "en"\nlanguages = ["en", "ru"]\nformats = ["epub"]\n'
SOURCE = """\
---
title: Report
author: The authors
revised: 2024-01-02
published: 2024-01-02
rights: Free
summary: A summary.
---

## Victims {#victims}

The police identified 37 victims in 2023. The court released the man.
"""
PAIRS = {
    "Report": "Доклад",
    "The authors": "Авторы",
    "Free": "Свободно",
    "A summary.": "Краткое изложение.",
    "Victims": "Жертвы",
    "The police identified 37 victims in 2023.": "Полиция выявила 37 жертв в 2023 году.",
    "The court released the man.": "Суд освободил этого человека.",
}
FORMS = find("ru").plural_forms
HEADER = f"""\
msgid ""
msgstr "Language: ru\\nContent-Type: text/plain; charset=UTF-8\\nPlural-Forms: {FORMS}\\n"
"""
ALL = ("review", "approve", "--all", "-l", "ru", "--as", "editor", "--date", "2024-06-24")

Run = Callable[..., tuple[int, str, str]]


def po_text(pairs: dict[str, str]) -> str:
    return HEADER + "".join(f'\nmsgid "{a}"\nmsgstr "{b}"\n' for a, b in pairs.items())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of one short document, translated whole, without warnings."""
    (tmp_path / "publish.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "r.md").write_text(SOURCE, encoding="utf-8")
    po(tmp_path).parent.mkdir(parents=True)
    po(tmp_path).write_text(po_text(PAIRS), encoding="utf-8")
    return tmp_path


@pytest.fixture
def publish(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("PUBLISH_REVIEWER", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*words, "-C", str(root)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def po(root: Path) -> Path:
    return root / "locales/ru/LC_MESSAGES/r.po"


def ledger(root: Path) -> Path:
    return root / "locales/ru/LC_MESSAGES/r.review.csv"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def state(root: Path) -> str | None:
    """The state that a build and the status agree on."""
    workspace = open_workspace(root)
    (outcome,) = build(workspace, workspace.editions(["ru"]), workers=1)
    assert outcome.error is None
    assert standing(workspace, "r", find("ru")).state == outcome.state
    (again,) = build(workspace, workspace.editions(["ru"]), workers=1)
    assert (again.done, again.state) == ("unchanged", outcome.state)
    return outcome.state


def cover(root: Path) -> str:
    with zipfile.ZipFile(root / "build/ru/r.epub") as book:
        return book.read(next(n for n in book.namelist() if n.endswith("title.xhtml"))).decode()


# --------------------------------------------------------------------------- states


def test_a_translation_goes_from_draft_to_approved_and_back(root: Path, publish: Run) -> None:
    assert state(root) == "draft"
    assert "Черновой перевод, не проверен" in cover(root)
    assert publish(*ALL)[0] == 0
    assert state(root) == "approved"
    assert "Утвержденный перевод" in cover(root)
    edit(po(root), "Суд освободил этого человека.", "Суд освободил этого мужчину.")
    assert state(root) == "draft"
    edit(po(root), "этого мужчину", "этого человека")
    assert state(root) == "approved"


def test_a_changed_context_makes_an_approved_translation_reviewed(root: Path, publish: Run) -> None:
    publish(*ALL)
    edit(root / "source/r.md", "## Victims", "The court released the man.\n\n## Victims")
    assert state(root) == "reviewed"
    assert "Проверенный перевод" in cover(root)
    code, out, _ = publish("review", "-l", "ru")
    assert code == 0
    assert "context changed  sentence 1" in out
    assert publish("review", "approve", "--unchanged", "-l", "ru", "--as", "editor")[0] == 0
    assert state(root) == "approved"


def test_the_state_is_in_the_metadata_and_no_reviewer_is(root: Path, publish: Run) -> None:
    publish(*ALL)
    state(root)
    with zipfile.ZipFile(root / "build/ru/r.epub") as book:
        inside = b"".join(book.read(name) for name in book.namelist()).decode("utf-8", "replace")
    assert "Утвержденный перевод" in inside[inside.index("dc:description") :]
    assert "editor" not in inside
    assert "2024-06-24" not in inside


def test_the_ledger_is_part_of_the_key(root: Path, publish: Run) -> None:
    workspace, edition = open_workspace(root), Edition("r", "ru", "epub")
    before = edition_key(workspace, edition, use_fuzzy=False)
    publish(*ALL)
    assert edition_key(workspace, edition, use_fuzzy=False) != before


def test_a_build_says_what_holds_an_edition_back(root: Path, publish: Run) -> None:
    _, _, err = publish("build")
    assert "advice[held-back]: r in ru cannot be called reviewed: no sentence is reviewed" in err
    assert "r in en" not in err
    assert "held-back" not in publish("build", "-q")[2]
    publish("review", "approve", "victims", "-l", "ru", "--as", "editor")
    _, _, err = publish("build")
    assert "cannot be called reviewed: 3 of 7 sentences are approved, less than 100 %" in err
    publish("review", "reject", "victims, heading", "-l", "ru", "--as", "e", "--reason", "no")
    _, _, err = publish("build")
    assert "2 of 7 sentences are approved, less than 100 %; 1 sentence rejected" in err


def test_a_state_can_be_required(root: Path, publish: Run) -> None:
    code, _, err = publish("build", "--require", "reviewed")
    assert code == 1
    assert err.endswith("draft      build/ru/r.epub\nerror: 1 of 2 editions are not reviewed\n")
    publish(*ALL)
    assert publish("build", "--require", "approved")[0] == 0
    edit(po(root), "Жертвы", "Пострадавшие")
    assert publish("build", "--require", "approved", "-q")[0] == 1


def test_a_broken_ledger_makes_no_edition(root: Path, publish: Run) -> None:
    publish(*ALL)
    edit(ledger(root), ",editor,", ",editor@example.org,")
    code, _, err = publish("build")
    assert code == 1
    assert "error[ledger]: the reviewer: an address does not belong into a ledger" in err
    assert "--> locales/ru/LC_MESSAGES/r.review.csv:2" in err
    assert not (root / "build/ru/r.epub").exists()


def test_a_share_of_reviews_can_be_asked_of_drafts(root: Path, publish: Run) -> None:
    (root / "publish.toml").write_text(SETTINGS + "[gates.draft]\nreview = 10\n", encoding="utf-8")
    code, _, err = publish("build", "-l", "ru")
    assert code == 1
    assert "held back at the gate of drafts: no sentence is reviewed" in err
    publish(*ALL)
    assert publish("build", "-l", "ru")[0] == 0


FULL = Coverage(10, 10)
WARNING = Finding("c", Level.WARNING, "m")


@pytest.mark.parametrize(
    ("review", "findings", "wanted"),
    [
        (None, (), "draft"),
        (Figures(approved=7), (), "approved"),
        (Figures(approved=7), (WARNING,), "reviewed"),
        (Figures(approved=6, context_changed=1), (), "reviewed"),
        (Figures(approved=6, lapsed=1), (), "draft"),
        (Figures(approved=6, rejected=1), (), "draft"),
        (Figures(approved=6, unreviewed=1), (), "draft"),
    ],
)
def test_the_state_follows_from_the_gates(
    review: Figures | None, findings: tuple[Finding, ...], wanted: str
) -> None:
    assert reached(Settings(), findings, FULL, review) == wanted


def test_no_share_makes_a_lapsed_or_rejected_sentence_good() -> None:
    settings = Settings(gates={"reviewed": Gate(review=50)})
    assert reached(settings, (), FULL, Figures(approved=6, lapsed=1)) == "reviewed"
    assert reached(settings, (), FULL, Figures(approved=6, rejected=1)) == "draft"
    found = lacking(settings, "approved", (), FULL, Figures(approved=6, lapsed=1))
    assert found == [
        "6 of 7 sentences are approved, less than 100 %",
        "1 sentence approved before a change",
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("[gates.approved]\nreview = 99\n", "every sentence of an approved edition is approved"),
        ('[gates.approved]\nlevels = ["warning"]\n', "an approved edition has no errors"),
        ("[gates.reviewed]\nreview = 0\n", "a reviewed edition has been reviewed"),
    ],
)
def test_a_gate_cannot_make_a_word_mean_nothing(tmp_path: Path, lines: str, message: str) -> None:
    (tmp_path / "publish.toml").write_text(lines, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_settings(tmp_path)


# --------------------------------------------------------------------------- deciding


def test_what_cannot_be_approved(root: Path, publish: Run) -> None:
    edit(po(root), "37 жертв", "73 жертвы")
    edit(po(root), '\nmsgid "Victims"', '\n#, fuzzy\nmsgid "Victims"')
    edit(po(root), "Суд освободил этого человека.", "")
    one = ("-l", "ru", "--as", "editor")
    code, _, err = publish("review", "approve", "victims, sentence 1", *one)
    assert code == 1
    assert "error[number-" in err
    assert "error[review]: victims, sentence 1 is not approved: it has errors" in err
    code, _, err = publish("review", "approve", "victims, heading", *one)
    assert code == 1
    assert "error[review]: victims, heading: it is not confirmed (fuzzy)" in err
    assert "--> locales/ru/LC_MESSAGES/r.po:" in err
    code, _, err = publish("review", "approve", "victims, sentence 2", *one)
    assert "it is not translated" in err
    assert not ledger(root).exists()
    code, out, err = publish("review", "approve", "--all", *one)
    assert code == 1
    assert "error[number-" in out
    assert "4 sentences approved; left out: " in err
    assert "1 with errors" in err
    code, _, err = publish("review", "reject", "victims, sentence 2", *one, "--reason", "x")
    assert code == 1
    assert "it has no translation" in err


def test_a_catalog_older_than_its_source_is_not_approved(root: Path, publish: Run) -> None:
    edit(root / "source/r.md", "37 victims", "38 victims")
    code, _, err = publish(*ALL)
    assert code == 1
    assert "error[catalog-stale]" in err
    assert "run publish update" in err
    assert not ledger(root).exists()


def test_who_decides_must_be_told_and_is_no_address(
    root: Path, publish: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = publish("review", "approve", "--all", "-l", "ru")
    assert code == 2
    assert "the reviewer has no name" in err
    assert "a role or a pseudonym" in err
    code, _, err = publish("review", "approve", "--all", "-l", "ru", "--as", "a@b.org")
    assert code == 2
    assert "an address does not belong into a ledger" in err
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


def test_a_dry_run_writes_nothing(root: Path, publish: Run) -> None:
    code, out, _ = publish(*ALL, "--dry-run")
    assert code == 0
    assert "approved  victims, sentence 2: The court released the man." in out
    assert not ledger(root).exists()


def test_only_an_approval_of_its_own_lifts_a_rejection(root: Path, publish: Run) -> None:
    publish("review", "reject", "The court", "-l", "ru", "--as", "editor", "--reason", "who?")
    code, _, err = publish(*ALL)
    assert code == 0
    assert "6 sentences approved; left out: 1 rejected" in err
    code, out, _ = publish("review", "-l", "ru")
    assert "rejected  victims, sentence 2  (rejected by editor on " in out
    assert ": who?)" in out
    publish("review", "approve", "The court", "-l", "ru", "--as", "editor")
    assert state(root) == "approved"


def test_an_approval_that_holds_is_left_as_it_is(root: Path, publish: Run) -> None:
    publish(*ALL)
    before = ledger(root).read_bytes()
    publish("review", "approve", "--all", "-l", "ru", "--as", "another")
    assert ledger(root).read_bytes() == before


def test_a_change_of_typography_is_approved_again_in_one_step(root: Path, publish: Run) -> None:
    publish(*ALL)
    edit(po(root), "в 2023 году", "в 2023\u00a0году")
    edit(po(root), "Жертвы", "Пострадавшие")
    code, out, _ = publish("review", "approve", "--unchanged", "-l", "ru", "--as", "editor")
    assert code == 0
    assert out.count("approved  ") == 1
    assert "victims, sentence 1" in out


def test_a_slip_of_the_pen_is_approved_again_where_git_knows_the_old_text(
    root: Path, publish: Run
) -> None:
    def git(*words: str) -> None:
        identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
        command = ["git", "-C", str(root), *identity, "-c", "commit.gpgsign=false", *words]
        subprocess.run(command, check=True, capture_output=True)

    edit(po(root), "освободил", "освобдил")
    publish(*ALL)
    typo = ("review", "approve", "--typo", "-l", "ru", "--as", "editor")
    edit(po(root), "освобдил", "освободил")
    assert "0 sentences approved" in publish(*typo)[2]
    edit(po(root), "освободил", "освобдил")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    edit(po(root), "освобдил", "освободил")
    edit(po(root), "Жертвы", "Пострадавшие")
    _, out, _ = publish("review", "-l", "ru")
    assert "   before | Суд освобдил этого человека.\n" in out
    _, out, err = publish(*typo)
    assert "approved  victims, sentence 2" in out
    assert "1 sentence approved" in err
    assert state(root) == "draft"


def test_history_is_dropped_on_request(root: Path, publish: Run) -> None:
    publish(*ALL)
    edit(root / "source/r.md", " The court released the man.", "")
    publish("update")
    assert "1 rows of sentences that are gone" in publish("review", "-l", "ru")[1]
    publish("review", "prune", "-l", "ru", "--dry-run")
    assert len(ledger(root).read_text(encoding="utf-8").splitlines()) == 8
    publish("review", "prune", "-l", "ru")
    assert len(ledger(root).read_text(encoding="utf-8").splitlines()) == 7
    assert state(root) == "reviewed"  # for the neighbour stands in another context


def test_corrections_of_the_source_lapse_approvals(root: Path, publish: Run) -> None:
    publish(*ALL)
    english = root / "locales/en/LC_MESSAGES/r.po"
    english.parent.mkdir(parents=True)
    correction = "The court released the boy."
    text = f'msgid "The court released the man."\nmsgstr "{correction}"\n'
    english.write_text(HEADER.replace("ru", "en") + "\n" + text, encoding="utf-8")
    assert state(root) == "draft"
    _, out, _ = publish("review", "-l", "ru")
    assert (
        f"lapsed  victims, sentence 2  (approved before by editor on 2024-06-24)\n   | {correction}"
        in out
    )


# --------------------------------------------------------------------------- listing


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


def test_status_counts_reviews(root: Path, publish: Run) -> None:
    assert "reviews" not in publish("status")[1]
    publish("review", "approve", "victims", "-l", "ru", "--as", "editor")
    head, _, row = publish("status")[1].splitlines()
    assert head.endswith("state  reviews")
    assert row.endswith("draft  3 approved")


def test_places_are_those_that_findings_name() -> None:
    """The words of a place are made once more for findings; both must say the same."""
    table = "| H | 7 |\n|---|---|\n| C 4 | 5 |"
    body = f"# A {{#a}}\n\nOne 1. Two 2.\n\n- Three 3\n\n{table}\n\n37\n\nFour 4."
    document = read_document("r", "en", [SourceFile("r.md", f"---\ntitle: T\n---\n{body}\n")])
    english, russian = find("en"), find("ru")
    found = [at for at in placed(document, english) if translatable(at.unit)]
    entries = tuple(
        Entry(at.unit.msgid, ("[х](9)",), span=Span("r.po", line, line), msgstr_line=line)
        for line, at in enumerate(found, 1)
    )
    work = Checking(document, english, Catalog("r.po", (), entries), russian, TABLE)
    told = {one.span.first: one.place for one in run_checks(work) if one.span}
    assert told == {line: at.place for line, at in enumerate(found, 1)}
    assert told[5] == "a, sentence 3"
