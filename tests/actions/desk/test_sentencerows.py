"""The rows of a text: one for each sentence, with its state and what it needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from sentencecases import (
    EN,
    RU,
    edit,
    load,
    make_workspace,
    po,
    save,
    saved,
    sid_of,
)

from publish.actions.desk.sentences.rows import Row, TextRows, list_rows
from publish.actions.review import approve, list_reviews, reject
from publish.model import Finding, Level, Role
from publish.reading.locationwords import describe_location


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def rows_by_source(root: Path) -> dict[str, Row]:
    loader, translation = load(root)
    rows: dict[str, Row] = {}
    for row in list_rows(loader, translation, {}):
        rows.setdefault(row.source, row)
    return rows


def test_every_sentence_has_a_row_in_reading_order_at_the_place_that_reviews_name(
    root: Path,
) -> None:
    loader, translation = load(root)
    rows = list_rows(loader, translation, {})
    assert [row.id for row in rows] == [one.id for one in translation.source.sentences]
    places = [row.place for row in rows if not row.head]
    (found,) = list_reviews(loader, ["r"], ["ru"], whole=True)
    named = [describe_location(p) for one in found.shown for p in one.subject.places]
    assert sorted(places) == sorted(named)
    assert {"victims, sentence 1", "courts, list item 1", "courts, sentence 3"} <= set(places)


def test_a_row_says_what_the_text_is_without_marks(root: Path) -> None:
    row = rows_by_source(root)["See the law."]
    assert (row.text, row.kind, row.section, row.section_title) == (
        "См. закон.",
        Role.PARAGRAPH,
        "victims",
        "Жертвы",
    )
    assert (row.state, row.needs, row.shared, row.paragraph) == ("unreviewed", ("review",), 1, 1)


def test_each_state_of_an_entry_is_told(root: Path) -> None:
    edit(po(root), 'msgid "Victims"\nmsgstr "Жертвы"', 'msgid "Victims"\nmsgstr ""')
    edit(po(root), 'msgid "Courts"', '#, fuzzy\nmsgid "Courts"')
    rows = rows_by_source(root)
    assert (rows["Victims"].state, rows["Victims"].needs) == ("untranslated", ("translate",))
    assert (rows["Courts"].state, rows["Courts"].needs) == ("fuzzy", ("confirm",))
    assert rows["Courts"].text == "Суды"
    assert rows["The trial was long."].section_title == "Victims"  # it is not translated


def test_decisions_are_told_until_the_texts_change(root: Path) -> None:
    loader, _ = load(root)
    for place in ("victims, sentence 1", "victims, list item 2", "courts, sentence 3"):
        approve(loader, "r", "ru", (place,), reviewer="editor")
    reject(loader, "r", "ru", ["courts, heading"], reviewer="editor", reason="wrong word")
    rows = rows_by_source(root)
    assert rows["The trial was long."].state == "approved"
    assert rows["The trial was long."].needs == ()
    assert (rows["Courts"].state, rows["Courts"].needs) == ("rejected", ("fix", "review"))
    edit(po(root), "Процесс был", "Суд был")
    assert rows_by_source(root)["The trial was long."].state == "lapsed"
    edit(root / "source/r.md", "Forced labor is a crime.", "Forced labor is a crime. It ends.")
    assert rows_by_source(root)["Forced labor is a crime."].state == "context"


def test_joined_sentences_name_their_head_and_share_its_state(root: Path) -> None:
    loader, translation = load(root)
    approve(loader, "r", "ru", ("courts, sentence 1",), reviewer="editor")
    rows = rows_by_source(root)
    head, joined = rows["The judges were new."], rows["They had no staff."]
    assert (joined.head, joined.text) == (head.id, "")
    assert head.state == joined.state == "approved"
    assert head.id == sid_of(translation, "The judges were new.")


def test_a_shared_entry_has_a_row_at_each_place(root: Path) -> None:
    loader, translation = load(root)
    rows = [row for row in list_rows(loader, translation, {}) if row.source == "See below."]
    assert [(row.shared, row.section) for row in rows] == [(2, "victims"), (2, "courts")]
    assert rows[1].id == f"{rows[0].id}-2"


def test_comments_count_as_doubts_questions_proposals_and_imports(root: Path) -> None:
    comments = (
        "# reviewer: which court?\n# question: who is he?\n# question: and when?\n"
        "# proposed by reader: Иначе\n# from old.docx, ¶1\n# 87 % sure\n#, fuzzy\n"
    )
    edit(po(root), 'msgid "The trial was **long**."', f'{comments}msgid "The trial was **long**."')
    row = rows_by_source(root)["The trial was long."]
    assert (row.doubtful, row.questions, row.proposals, row.imported) == (True, 2, 1, 87)
    assert row.needs == ("confirm", "review")


def test_findings_are_counted_by_level_and_errors_of_structure_hold_a_text(root: Path) -> None:
    loader, translation = load(root)
    first = sid_of(translation, "See below.")
    judged = {
        first: (
            Finding(code="a", level=Level.WARNING, message=""),
            Finding(code="b", level=Level.ADVICE, message=""),
            Finding(code="b", level=Level.ADVICE, message=""),
        ),
        sid_of(translation, "Courts"): (
            Finding(code="marks-differ", level=Level.ERROR, message=""),
        ),
    }
    rows = {row.id: row for row in list_rows(loader, translation, judged)}
    for sid in (first, f"{first}-2"):
        assert (rows[sid].errors, rows[sid].warnings, rows[sid].advice) == (0, 1, 2)
    courts = rows[sid_of(translation, "Courts")]
    assert (courts.state, courts.needs) == ("held", ("fix", "review"))


def test_the_original_has_rows_that_need_nobody(root: Path) -> None:
    loader, translation = load(root, EN)
    rows = {row.source: row for row in list_rows(loader, translation, {})}
    assert rows["See the law."].text == "See the law."
    assert {(row.state, row.needs) for row in rows.values()} == {("unreviewed", ())}
    saved(save(loader, translation, "They had no staff.", "They had *few* staff."))
    loader, translation = load(root, EN)
    rows = {row.source: row for row in list_rows(loader, translation, {})}
    assert rows["They had no staff."].text == "They had few staff."


@pytest.mark.parametrize(
    ("msgid", "text"),
    [
        ("The trial was **long**.", "Иначе **так**."),
        ("See below.", "Ниже."),
        ("Victims", "Потерпевшие"),
        ("They had no staff.", "У них не было сотрудников."),
        ("Forced labor is a crime.", "{joined}"),
        ("The judges were new.", ""),
    ],
)
def test_rows_made_again_after_a_save_are_those_of_the_whole_text(
    root: Path, msgid: str, text: str
) -> None:
    loader, translation = load(root)
    approve(loader, "r", "ru", ("courts, sentence 1", "victims, heading"), reviewer="editor")
    translation = loader.translation("r", RU)
    rows = TextRows(translation, {})
    before = {row.id: row for row in rows.rows}
    done = saved(save(loader, translation, msgid, text))
    changed = rows.update(done.translation, {}, done.keys)
    loader, translation = load(root)
    assert rows.rows == list_rows(loader, translation, {})
    assert {row.id for row in changed} == {row.id for row in rows.rows if before[row.id] != row}
    assert changed


def test_rows_follow_the_ledger_and_the_corrections(root: Path) -> None:
    loader, translation = load(root)
    rows = TextRows(translation, {})
    approve(loader, "r", "ru", ("victims, sentence 1",), reviewer="editor")
    changed = rows.update(loader.translation("r", RU), {}, ())
    assert [(row.place, row.state) for row in changed] == [("victims, sentence 1", "approved")]
    saved(save(loader, loader.translation("r", EN), "The court released the man.[^a]", "He.[^a]"))
    changed = rows.update(loader.translation("r", RU), {}, ())
    assert [(row.place, row.state) for row in changed] == [("victims, sentence 1", "context")]


def test_a_finding_of_a_sentence_alone_changes_its_row(root: Path) -> None:
    _, translation = load(root)
    rows = TextRows(translation, {})
    sid = sid_of(translation, "Courts")
    judged = {sid: (Finding(code="a", level=Level.WARNING, message=""),)}
    (row,) = rows.update(translation, judged, (), [sid, "unknown"])
    assert (row.id, row.warnings) == (sid, 1)
