"""All that is known about a sentence, for the person who works on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sentencecases import (
    EN,
    GLOSSARY,
    OTHER_TEXTS,
    RU,
    commit,
    details,
    edit,
    load,
    make_workspace,
    po,
    save,
    saved,
    sid_of,
)

from publish.actions.desk.sentences.details import Mark, describe_sentence, list_marks
from publish.actions.desk.sentences.past import find_changed, list_versions
from publish.actions.desk.sentences.remembered import Remembered, find_term_uses
from publish.actions.desk.sentences.rows import TextRows
from publish.actions.review import approve, reject
from publish.actions.update import update_catalogs
from publish.catalogs.glossary import read_glossary
from publish.errors import UsageError
from publish.model import Finding, Level

MSGID = "The trial was **long**."
LAW = "See [the *law*](1)."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def test_links_and_marks_are_what_a_translation_needs(root: Path) -> None:
    found = details(*load(root), LAW)
    assert found.legend == ((1, "https://example.org/law"),)
    assert found.marks == (
        Mark(kind="link", before="[", after="](1)", text="the law"),
        Mark(kind="emphasis", before="*", after="*", text="law"),
    )
    (note,) = details(*load(root), "The court released the man.[^a]").marks
    assert note == Mark(kind="note", before="[^a]")
    assert details(*load(root), MSGID).marks[0].before == "**"


SOURCE_WITH_MARKS = "A ~~b~~ `c*` $x^2$ ![d](e.png) f\\\ng. *h* and *i*."


def test_every_kind_of_mark_is_listed_once_with_its_count(root: Path) -> None:
    edit(root / "source/r.md", "The trial was **long**.", SOURCE_WITH_MARKS)
    _, translation = load(root)
    marks = [
        (one.before, one.after, one.count)
        for sentence in translation.source.sentences
        if sentence.location.section == "victims"
        for one in list_marks(sentence)
    ]
    assert ("`c*`", "", 1) in marks
    assert ("$`x^2`$", "", 1) in marks
    assert ("![", "](1)", 1) in marks
    assert ("*", "*", 2) in marks
    assert ("\\\n", "", 1) in marks


def test_comments_are_told_apart(root: Path) -> None:
    comments = (
        "# a note of mine\n# reviewer: which court?\n# Really?\n#\n# question: who is he?\n"
        "# proposed by reader: Иначе\\nтак\n# 87 % sure\n"
        "#. note: as in the law\n#. (1): x\n#, fuzzy\n"
    )
    edit(po(root), f'#: source/r.md#victims\nmsgid "{MSGID}"', f'{comments}msgid "{MSGID}"')
    found = details(*load(root), MSGID)
    assert found.comments == ("a note of mine",)
    assert found.doubts == ("which court? Really?",)
    assert found.questions == ("who is he?",)
    assert [(one.role, one.text) for one in found.proposals] == [("reader", "Иначе\nтак")]
    assert found.notes == ("as in the law",)


def test_the_earlier_wording_is_shown_with_what_changed(root: Path) -> None:
    old = '#, fuzzy\n#| msgid "The trials were **long**."\n'
    edit(po(root), f'msgid "{MSGID}"', f'{old}msgid "{MSGID}"')
    found = details(*load(root), MSGID)
    assert (found.fuzzy, found.old) == (True, "The trials were **long**.")
    assert "".join(one.text for one in found.difference if one.side != "new") == found.old
    assert "".join(one.text for one in found.difference if one.side != "old") == MSGID


def test_findings_and_decisions_are_there(root: Path) -> None:
    loader, translation = load(root)
    one = Finding(code="a", level=Level.WARNING, message="m")
    sid = sid_of(translation, MSGID)
    assert describe_sentence(loader, translation, sid, {sid: (one,)}).findings == (one,)
    assert details(loader, translation, MSGID).decided is None
    reject(loader, "r", "ru", ["victims, list item 2"], reviewer="second reader", reason="dull")
    decided = details(loader, loader.translation("r", RU), MSGID).decided
    assert decided is not None
    assert (decided.state, decided.by, decided.reason) == ("rejected", "second reader", "dull")


def test_shared_places_and_groups_are_named(root: Path) -> None:
    loader, translation = load(root)
    found = details(loader, translation, "See below.")
    assert [one.place for one in found.places] == ["courts, list item 1"]
    again = describe_sentence(loader, translation, found.places[0].id, {})
    assert [(one.id, one.place) for one in again.places] == [(found.row.id, "victims, list item 1")]
    assert again.digest == found.digest
    head, joined = (
        details(loader, translation, msgid)
        for msgid in ("The judges were new.", "They had no staff.")
    )
    assert head.group == joined.group == (head.row.id, joined.row.id)
    assert found.group == ()


def test_a_decision_on_a_group_is_about_all_its_texts(root: Path) -> None:
    before = details(*load(root), "The judges were new.").digest
    loader, translation = load(root)
    saved(save(loader, translation, "They had no staff.", "У них никого не было."))
    after = details(*load(root), "The judges were new.").digest
    assert before != after
    assert before.partition("-")[0] == after.partition("-")[0]


def test_a_joined_sentence_is_decided_on_with_the_text_of_its_head(root: Path) -> None:
    before = details(*load(root), "They had no staff.").digest
    loader, translation = load(root)
    saved(save(loader, translation, "The judges were new.", "Судьи были новыми."))
    after = details(*load(root), "They had no staff.").digest
    assert before != after
    assert before.partition("-")[0] == after.partition("-")[0]


def test_an_unknown_sentence_is_told(root: Path) -> None:
    loader, translation = load(root)
    with pytest.raises(UsageError):
        describe_sentence(loader, translation, "u0", {})


def test_the_original_has_neither_memory_nor_terms(root: Path) -> None:
    found = details(*load(root, EN), "Forced labor is a crime.")
    assert (found.suggestions, found.terms, found.msgstr) == ((), (), "")


# --------------------------------------------------------------------------- memory


def test_sentences_alike_are_suggested_from_all_documents(root: Path) -> None:
    (found,) = details(*load(root), "See below.").suggestions
    assert (found.text, found.percent, found.document) == ("Смотрите ниже.", 100, "o")
    assert found.difference == ()
    loader, translation = load(root, name="o")
    (near,) = details(loader, translation, "The police identified 12 victims in 2022.").suggestions
    assert (near.document, near.text) == ("r", "Полиция выявила 37 жертв в 2023 году.")
    assert 75 <= near.percent < 100
    assert "".join(one.text for one in near.difference if one.side != "new") == near.source


def test_the_memory_follows_what_is_saved(root: Path) -> None:
    loader, translation = load(root)
    rows, remembered = TextRows(translation, {}), Remembered()
    sid = sid_of(translation, "See below.")

    def suggested(name: str = "r") -> list[tuple[str, str]]:
        text = loader.translation(name, RU)
        found = describe_sentence(loader, text, sid, {}, rows=rows, remembered=remembered)
        return [(one.document, one.text) for one in found.suggestions]

    assert suggested() == [("o", "Смотрите ниже.")]
    assert suggested("o") == [("r", "См. ниже.")]
    saved(save(loader, loader.translation("o", RU), "See below.", "Ниже."))
    assert suggested() == [("o", "Ниже.")]
    saved(save(loader, loader.translation("o", RU), "See below.", "Ниже.", fuzzy=True))
    assert suggested() == []
    saved(save(loader, loader.translation("r", RU), "See below.", ""))
    saved(save(loader, loader.translation("o", RU), "See below.", "Ещё ниже."))
    assert suggested() == [("o", "Ещё ниже.")]
    assert suggested("o") == []
    po(root, "o").unlink()
    loader.forget(RU, "o")
    assert suggested() == []


def test_a_sentence_translated_now_is_remembered_and_found(root: Path) -> None:
    for msgid in ("The police identified 12 victims in 2022.", "See below."):
        text = OTHER_TEXTS[msgid]
        edit(po(root, "o"), f'msgid "{msgid}"\nmsgstr "{text}"', f'msgid "{msgid}"\nmsgstr ""')
    loader, _ = load(root)
    remembered = Remembered()
    key = (None, "The police identified 37 victims in 2023.")
    assert remembered.suggest(loader, RU, "r", key) == ()
    saved(
        save(
            loader, loader.translation("o", RU), "The police identified 12 victims in 2022.", "Её."
        )
    )
    (found,) = remembered.suggest(loader, RU, "r", key)
    assert (found.text, found.document) == ("Её.", "o")


def test_a_damaged_catalog_keeps_nobody_from_working(root: Path) -> None:
    po(root, "o").write_bytes(b"msgid")
    assert details(*load(root), "See below.").suggestions == ()


# --------------------------------------------------------------------------- terms


def test_terms_say_what_the_text_should_say_and_whether_it_does(root: Path) -> None:
    (used,) = details(*load(root), "Forced labor is a crime.").terms
    assert (used.term, used.say, used.status, used.used) == (
        "forced labor",
        ("принудительный труд",),
        "verified",
        True,
    )
    (court,) = details(*load(root), "The court released the man.[^a]").terms
    assert (court.say, court.status, court.used) == (("суд", "судебный орган"), "partly", True)
    assert court.note == "the building is another word"
    loader, translation = load(root)
    done = saved(save(loader, translation, "The court released the man.[^a]", "Он свободен.[^a]"))
    (court,) = details(loader, done.translation, "The court released the man.[^a]").terms
    assert not court.used


ACRONYMS = """\
en,ru,status,note
International Labour Organization (ILO),Международная организация труда (МОТ),,
"""


@pytest.mark.parametrize(
    ("source", "text", "used"),
    [
        ("The ILO came.", "МОТ приехала.", [True]),
        ("The ILO came.", "Международная организация труда приехала.", [True]),
        ("The ILO came.", "Они приехали.", [False]),
        ("The International Labour Organization came.", "МОТ приехала.", [True]),
        ("Labour came.", "Труд.", []),
    ],
)
def test_acronyms_are_terms_too(source: str, text: str, used: list[bool]) -> None:
    glossary = read_glossary(ACRONYMS, "glossary.csv")
    assert [one.used for one in find_term_uses(glossary, "ru", source, text)] == used


def test_without_a_glossary_there_are_no_terms(root: Path) -> None:
    assert find_term_uses(None, "ru", "Forced labor.", "") == ()
    assert find_term_uses(read_glossary(GLOSSARY, "g"), "de", "Forced labor.", "") == ()


# --------------------------------------------------------------------------- git


def test_earlier_texts_come_from_git(root: Path) -> None:
    first = commit(root, "2024-05-01")
    loader, translation = load(root)
    translation = saved(save(loader, translation, "Courts", "Судьи")).translation
    second = commit(root, "2024-05-02")
    translation = saved(save(loader, translation, MSGID, "Суд.")).translation
    commit(root, "2024-05-03")
    translation = saved(save(loader, translation, "Courts", "Суды и судьи")).translation
    found = list_versions(loader, translation, sid_of(translation, "Courts"))
    assert [(one.revision, one.day, one.text) for one in found] == [
        (second, "2024-05-02", "Судьи"),
        (first, "2024-05-01", "Суды"),
    ]
    assert "".join(one.text for one in found[0].difference if one.side != "new") == "Судьи"
    assert list_versions(loader, translation, sid_of(translation, "Victims")) == ()


@pytest.mark.parametrize("layout", ["as written", "without blank lines", "windows", "koi8-r"])
def test_earlier_texts_are_found_in_any_layout(root: Path, layout: str) -> None:
    data = po(root).read_bytes()
    match layout:
        case "without blank lines":
            data = data.replace(b"\n\n", b"\n")
        case "windows":
            data = data.replace(b"\n", b"\r\n")
        case "koi8-r":
            data = data.replace(b"UTF-8", b"KOI8-R").decode().encode("koi8-r")
        case _:
            assert layout == "as written"
    po(root).write_bytes(data)
    commit(root, "2024-05-01")
    loader, translation = load(root)
    translation = saved(save(loader, translation, MSGID, "Суд.")).translation
    (found,) = list_versions(loader, translation, sid_of(translation, MSGID))
    assert (found.text, found.fuzzy) == ("Процесс был **долгим**.", False)


def test_a_blank_line_in_an_entry_hides_no_mark_of_it(root: Path) -> None:
    edit(po(root), f'msgid "{MSGID}"', f'#, fuzzy\n\nmsgid "{MSGID}"')
    commit(root, "2024-05-01")
    loader, translation = load(root)
    translation = saved(save(loader, translation, MSGID, "Суд.")).translation
    (found,) = list_versions(loader, translation, sid_of(translation, MSGID))
    assert found.fuzzy


def test_a_text_is_followed_to_the_earlier_wording(root: Path) -> None:
    commit(root, "2024-05-01")
    edit(root / "source/r.md", "The trial was **long**.", "The trial was very **long**.")
    loader, _ = load(root)
    update_catalogs(loader, ["r"], ["ru"])
    commit(root, "2024-05-02")
    loader, translation = load(root)
    new = "The trial was very **long**."
    translation = saved(save(loader, translation, new, "Очень долгий **суд**.")).translation
    found = list_versions(loader, translation, sid_of(translation, new))
    assert [(one.day, one.source, one.fuzzy) for one in found] == [
        ("2024-05-02", "", True),
        ("2024-05-01", MSGID, False),
    ]


def test_outside_git_nothing_is_earlier(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    loader, translation = load(root)
    assert list_versions(loader, translation, sid_of(translation, "Courts")) == ()
    with pytest.raises(UsageError):
        find_changed(loader, translation, "HEAD")
    with pytest.raises(UsageError):
        find_changed(loader, translation, "2024-05-01")


def test_what_changed_since_is_found_in_source_and_texts(root: Path) -> None:
    first = commit(root, "2024-05-01")
    edit(root / "source/r.md", "Forced labor is a crime.", "Forced labor is a grave crime.")
    loader, _ = load(root)
    update_catalogs(loader, ["r"], ["ru"])
    loader, translation = load(root)
    translation = saved(save(loader, translation, "See below.", "Ниже.")).translation
    below = sid_of(translation, "See below.")
    crime = sid_of(translation, "Forced labor is a grave crime.")
    expected = {below, f"{below}-2", crime}
    assert find_changed(loader, translation, first) == expected
    assert find_changed(loader, translation, "2024-05-02") == expected
    second = commit(root, "2024-06-01")
    assert find_changed(loader, translation, second) == frozenset()
    assert find_changed(loader, translation, "2024-06-02") == frozenset()
    assert find_changed(loader, translation, "2024-05-20") == expected
    with pytest.raises(UsageError):
        find_changed(loader, translation, "2024-04-30")
    with pytest.raises(UsageError):
        find_changed(loader, translation, "--output=x")


def test_a_new_sentence_has_changed_though_nobody_has_translated_it(root: Path) -> None:
    first = commit(root, "2024-05-01")
    edit(root / "source/r.md", "The judges were new.", "The judges were new. Quite unlike that.")
    update_catalogs(load(root)[0], ["r"], ["ru"])
    loader, translation = load(root)
    new = sid_of(translation, "Quite unlike that.")
    assert translation.entries[None, "Quite unlike that."].msgstr == ""
    assert new in find_changed(loader, translation, first)


def test_approvals_do_not_change_a_sentence(root: Path) -> None:
    first = commit(root, "2024-05-01")
    loader, _ = load(root)
    approve(loader, "r", "ru", ("courts, heading",), reviewer="editor")
    assert find_changed(loader, loader.translation("r", RU), first) == frozenset()
