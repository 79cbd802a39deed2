"""The desk in a real browser: what a person does at it, and what is seen then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import needs_readers
from deskcases import OpenedDesk, catalog, command, make_workspace, play, serving, speak

pytestmark = pytest.mark.full

SCENES = [
    "still",
    "kept",
    "conflict",
    "live",
    "tabs",
    "crowd",
    "lost",
    "rich",
    "doubt",
    "restored",
    "hits",
    "room",
    "moved",
    "undo",
    "review",
    "list",
    "hostile",
]
"""Those that one desk plays, one after another; each has sentences of its own."""

HOSTILE = [
    "<img src=x onerror=window.ran=1>",
    "<script>window.ran=1</script>",
    "[x](javascript:window.ran=1)",
    '"><svg onload=window.ran=1>',
    "`</textarea><script>window.ran=1</script>`",
    "&lt;script&gt;window.ran=1&lt;/script&gt;",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenedDesk]:
    needs_readers()
    with serving(make_workspace(tmp_path_factory.mktemp("desk") / "w")) as opened:
        yield opened


@pytest.fixture(scope="module")
def seen(desk: OpenedDesk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return play(
        tmp_path_factory.mktemp("scenes"),
        SCENES,
        address=desk.address,
        catalog=str(catalog(desk.root)),
        root=str(desk.root),
        texts=HOSTILE,
    )


def told(seen: dict[str, Any], scene: str) -> dict[str, Any]:
    """Return what a scene tells; fails if it failed."""
    found: dict[str, Any] = seen[scene]
    assert "error" not in found, found["error"]
    return found


def test_a_sentence_is_clicked_changed_and_saved_and_the_page_shows_it(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w")
    with serving(root) as desk:
        work = {"address": desk.address, "catalog": str(catalog(root))}
        found = told(play(tmp_path / "scenes", ["short"], **work), "short")
    before, after = found["before"], found["after"]
    assert before["text"] == "В селе 3 они встретили учителей и врачей."
    assert before["focus"] == after["focus"] == "desk-field"
    assert after["source"].startswith("The harvest of year 4 ")
    assert found["file"]
    assert found["tint"] == "unreviewed"


def test_nothing_that_changes_moves_what_is_looked_at(seen: dict[str, Any]) -> None:
    found = told(seen, "still")
    assert found["grew"] > 60
    assert [abs(moved) < 1.5 for moved in found["moved"]] == [True, True, True], found["moved"]
    assert found["focus"] == "desk-field"


def test_what_is_typed_is_there_again(seen: dict[str, Any]) -> None:
    found = told(seen, "kept")
    assert "Набрано, но не сохранено." in found["browser"]
    for again in (found["restored"], found["journal"]):
        assert again["text"] == "Набрано, но не сохранено."
        assert again["status"] == "Not saved yet"
        assert again["restored"].startswith("Not saved yet, typed ")
    assert found["list"] == "1"
    assert found["left"] == []
    assert found["dropped"]["text"] == "В селе 31 они встретили учителей и врачей."


def test_two_texts_are_both_shown_and_one_is_chosen(seen: dict[str, Any]) -> None:
    found = told(seen, "conflict")
    assert "Чужой текст о селе." in found["seen"]["conflict"]
    assert found["seen"]["text"] == "Мой текст о селе."
    assert found["seen"]["focus"] == "desk-field"
    assert found["refused"]["alarm"].startswith("Choose first")
    assert "Чужой текст о селе." in found["refused"]["file"]
    assert "Мой текст о селе." in found["mine"]
    assert found["theirs"]["text"] == "Чужой текст о другом селе."
    assert "Мой текст о другом селе." not in found["file"]


def test_a_change_on_disk_is_shown(seen: dict[str, Any]) -> None:
    found = told(seen, "live")
    assert found["text"] == "В селе 7 всё иначе."
    assert found["focus"] == "desk-field"
    assert found["conflict"] == ""


def test_two_tabs_hear_of_each_other(seen: dict[str, Any]) -> None:
    found = told(seen, "tabs")
    assert "Из первой вкладки." in found["told"]["elsewhere"]
    assert found["told"]["text"] == "В селе 8 они встретили учителей и врачей."
    assert found["both"]["text"] == "Из второй вкладки."
    assert "Из первой вкладки." in found["both"]["conflict"]
    assert "Из первой вкладки." in found["file"]


def test_any_number_of_tabs_can_be_worked_in(seen: dict[str, Any]) -> None:
    """A browser has six connections to one program, and each stream of events holds one."""
    assert told(seen, "crowd")["tabs"] == 8


COVER = """\
html:not(#x):not(#y) { contain: none !important; position: static !important;
  z-index: auto !important; isolation: auto !important; container: none !important }
p { position: fixed; inset: 0; z-index: 9999 }
"""


def test_no_style_sheet_of_a_workspace_covers_the_desk(tmp_path: Path) -> None:
    """Or it would show a text in the place of the one that is approved."""
    root = make_workspace(tmp_path / "w")
    (root / "templates").mkdir()
    (root / "templates/html.css").write_text(COVER, encoding="utf-8")
    with serving(root) as desk:
        found = told(play(tmp_path / "scenes", ["cover"], address=desk.address), "cover")
    assert found == {"panel": False, "list": False}


def test_a_lost_link_is_said_at_once(seen: dict[str, Any]) -> None:
    found = told(seen, "lost")
    assert len(found["buttons"]) == 4
    assert found["seen"]["lost"].startswith("Lost: link 1, note a.")
    assert found["seen"]["alarm"].startswith("Lost: link 1, note a.")
    assert "Save once more" in found["first"]["alarm"]
    assert "См. [закон](1) и *примечание* об H<sub>2</sub>O.[^a]" in found["first"]["file"]
    assert found["linked"]["text"] == "См. [закон](1) и *примечание* об H2O."
    assert found["linked"]["lost"].startswith("Lost: note a.")
    assert found["whole"]["text"] == "См. [закон](1) и *примечание* об H<sub>2</sub>O.[^a]"
    assert found["whole"]["lost"] == ""


def test_the_field_with_marks_as_such_holds_the_letters_of_the_plain_one(
    seen: dict[str, Any],
) -> None:
    found = told(seen, "rich")
    assert found["view"] == "rich"
    assert found["wrong"] == []
    assert found["cut"] == []
    assert len(found["same"]) == 5
    for one in found["same"]:
        assert one["rich"] == one["shown"] == one["plain"], one
    assert sum(one["rich"] != one["start"] for one in found["same"]) >= 3
    assert found["back"] == "В [закон](1) и **речи**.[^a]"
    assert found["note"] == "В [закон](1) и **речи**."
    assert found["undone"] == "В [закон](1) и **речи**.[^a]"
    assert found["redone"] == "В [закон](1) и **речи**."
    assert found["composed"] == dict.fromkeys(("text", "rich"), "**да日本** нет")
    assert found["pasted"] == dict.fromkeys(("text", "rich"), "**да日本раз\nдва** нет")
    assert found["bold"] == ["один **два**", "**два**"]
    assert found["bare"] == "один два"
    assert found["file"]
    assert found["axe"] == []
    assert found["lost"].startswith("Lost: note a.")
    assert found["kept"] == ["rich", False, True]


def test_a_doubt_is_settled_by_a_key_after_the_text_is_corrected(seen: dict[str, Any]) -> None:
    found = told(seen, "doubt")
    assert found["seen"][0] == "Doubt settled, next"
    assert "Teachers or pupils?" in found["seen"][1]
    assert found["said"].startswith("Settled: ")
    assert "В селе 24 они встретили учеников и врачей." in found["file"]
    assert "Teachers or pupils?" not in found["file"]


def test_a_restored_text_is_judged_before_the_next_key(seen: dict[str, Any]) -> None:
    found = told(seen, "restored")
    assert found["seen"]["status"] == "Not saved yet"
    assert found["seen"]["text"] == "В селе 77 они встретили учителей и врачей."
    assert ["number-missing", False] in found["codes"], found["codes"]
    assert {shown for _, shown in found["codes"]} == {False}
    assert found["left"] == 0


def test_what_is_searched_for_is_marked_in_the_list_and_on_the_page(seen: dict[str, Any]) -> None:
    found = told(seen, "hits")
    assert found["target"]["list"] == found["target"]["page"] == ["Урожай", "года"]
    assert found["source"] == {"list": [], "page": [], "count": "0 of 90 sentences"}
    assert found["both"]["list"] == ["полях"]
    assert found["both"]["page"] == ["полях"]
    assert found["decomposed"]["list"] == found["decomposed"]["page"] == ["й"]
    assert found["none"]["list"] == found["none"]["page"] == []


def test_two_languages_have_the_room_of_the_list(seen: dict[str, Any]) -> None:
    found = told(seen, "room")
    assert found["1280"]["page"] == 928
    assert found["1280"]["list"] == 0
    assert min(found["1280"]["columns"]) > 400
    assert found["1280"]["folded"] == 928
    assert found["1000"]["page"] == found["1000"]["panel"] == 1000
    assert found["1600"]["list"] > 200
    assert found["1600"]["page"] > 900


def test_a_folder_that_was_renamed_is_named_and_nothing_is_lost(seen: dict[str, Any]) -> None:
    found = told(seen, "moved")
    assert "The folder of the documents, w, was renamed, moved or deleted" in found["bar"]
    assert "Give it back its name and place" in found["bar"]
    assert found["file"]


def test_refusals_and_findings_are_in_the_language_of_the_person(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w")
    speak(root, "ar", "ع")
    with serving(root) as desk:
        found = told(play(tmp_path / "scenes", ["spoken"], address=desk.address), "spoken")
    assert found["frame"] == {"html": ["ar", "rtl"], "field": "ltr", "source": "ltr"}
    assert found["told"] == {
        "known": [
            "ع Somebody changed this sentence meanwhile: it is not what you saw.",
            " ",
            "ع Read it again, then decide.",
        ],
        "filled": ["ع A sentence that stands in 3 places cannot be joined to the one before it."],
        "within": ["ع The name under which you decide: ع it must not contain an address."],
        "other": [["en", "ltr", "Nobody has thought of this."], " ", ["en", "ltr", "Do that."]],
    }
    assert found["found"]["title"].startswith("ع ")
    assert "27" in found["found"]["english"]
    assert found["found"]["code"]


def test_the_last_save_is_taken_back(seen: dict[str, Any]) -> None:
    found = told(seen, "undo")
    assert found["saved"]
    assert found["text"] == "В селе 9 они встретили учителей и врачей."
    assert found["said"].startswith("Taken back:")
    assert "В селе 9 они встретили учителей и врачей." in found["file"]


def test_sentences_are_approved_and_rejected_by_keys(
    seen: dict[str, Any], desk: OpenedDesk
) -> None:
    found = told(seen, "review")
    assert found["next"]["focus"] == "desk-field"
    assert found["asked"] == "desk-reason"
    assert "Село названо неверно." in found["rejected"]["verdict"]
    ledgers = [path.read_text("utf-8") for path in desk.root.rglob("*.review.csv")]
    assert any("Село названо неверно." in text for text in ledgers)


def test_the_list_is_used_by_keys_and_filters(seen: dict[str, Any]) -> None:
    found = told(seen, "list")
    assert found["first"]["made"] < 40
    assert found["first"]["size"] == "90"
    assert "Длинный доклад" in found["first"]["active"]
    assert "Примечание." in found["last"]["active"]
    assert "Not translated." in found["upper"]["active"]
    assert found["search"] == "desk-search"
    assert found["source"]["count"] == "1 of 90 sentences"
    assert found["target"]["count"] == "1 of 90 sentences"
    assert found["fuzzy"]["count"] == "1 of 90 sentences"
    assert found["part"]["count"] == "21 of 90 sentences"


def test_hostile_texts_are_only_text(seen: dict[str, Any]) -> None:
    found = told(seen, "hostile")
    assert found["found"] == [[]] * len(HOSTILE)
    assert found["ran"] == 0


def test_a_reader_proposes_and_asks(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w")
    with serving(root, reader=True) as desk:
        work = {"address": desk.address, "catalog": str(catalog(root))}
        found = told(play(tmp_path / "scenes", ["proposes"], **work), "proposes")
    assert "Propose" in found["buttons"]
    assert not {"Save", "Save, next", "Approve, next", "Reject…"} & set(found["buttons"])
    assert found["said"].startswith("Proposed: ")
    assert found["again"]["text"] == "В селе 15 они встретили учителей и врачей."
    assert "# proposed by editor: В селе 15 они говорили с учителями и врачами." in found["file"]
    assert "Учителей точно двое?" in found["file"]
    assert 'msgstr "В селе 15 они встретили учителей и врачей."' in found["file"]


def test_a_killed_desk_loses_no_word(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w")
    work = {"command": command(root)[:-2], "catalog": str(catalog(root))}
    found = told(play(tmp_path / "scenes", ["crash"], **work), "crash")
    assert "Nothing is lost" in found["down"]["bars"]
    assert found["up"]["text"] == "До конца и после него."
    assert "До конца и после него." in found["file"]
    assert found["left"] == []


def test_a_click_on_a_page_of_the_pdf_finds_the_sentence(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w")
    with serving(root) as desk:
        found = told(play(tmp_path / "scenes", ["pdf"], address=desk.address), "pdf")
    assert found["clicked"]["id"] == found["id"]
    assert found["clicked"]["focus"] == "desk-field"
    assert found["moved"] == 0
    assert found["targets"] > 0
    assert found["next"]["id"] != found["id"]


def test_a_long_page_leaves_out_what_is_far_and_nothing_moves(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w")
    names = [f"In village {number} they met teachers and doctors." for number in range(41, 3400)]
    parts = (
        f"\n## Further {at} {{#further-{at}}}\n\n{' '.join(names[at : at + 40])}\n"
        for at in range(0, len(names), 40)
    )
    with (root / "source/r.md").open("a", encoding="utf-8") as file:
        file.write("".join(parts))
    with serving(root) as desk:
        # As if a program that reads aloud were there.
        work = {"address": desk.address, "flags": ["--force-renderer-accessibility"]}
        found = told(play(tmp_path / "scenes", ["far"], **work), "far")
    for told_height, real in (found["first"], found["narrow"]):
        assert abs(told_height - real) < 2
    assert [moved < 1 for moved, _ in found["moved"]] == [True] * 4, found["moved"]
    assert [0 < top < 860 for _, top in found["moved"]] == [True] * 4, found["moved"]
    assert abs(found["rolled"] - 12 * 700) < 3
    assert found["found"]
    assert found["read"] == [True, True, True]


def test_a_text_of_a_million_letters_is_not_lost(tmp_path: Path) -> None:
    with serving(make_workspace(tmp_path / "w")) as desk:
        sizes = [300_000, 1_200_000]
        found = told(
            play(tmp_path / "scenes", ["paste"], address=desk.address, sizes=sizes), "paste"
        )
    long, longer = found["told"]
    assert (long["typed"], long["kept"], long["bars"]) == ([300_000], [300_000], "")
    assert longer["kept"] == [1_200_000]
    assert "1 MB" in longer["bars"]
    assert "kept in this browser" in longer["bars"]
    assert longer["status"] == "Not saved yet"


def test_axe_finds_nothing_in_any_view_by_day_and_by_night(tmp_path: Path) -> None:
    with serving(make_workspace(tmp_path / "w")) as desk:
        work = {"address": desk.address, "languages": ["en"], "schemes": ["light", "dark"]}
        found = told(play(tmp_path / "scenes", ["looks"], **work), "looks")
    assert len(found) == 32
    assert {view: one["faults"] for view, one in found.items() if one["faults"]} == {}


def test_axe_finds_nothing_in_other_languages(tmp_path: Path) -> None:
    views = ["workspace", "text", "help", "reject", "phoneList", "phoneSentence"]
    work = {"languages": ["ru", "tk", "ar", "fa"], "schemes": ["light"], "views": views}
    root = make_workspace(tmp_path / "w")
    speak(root, "ar", "ع")  # Persian has the words of editions only.
    with serving(root) as desk:
        told_all = play(tmp_path / "scenes", ["looks"], address=desk.address, **work)
    found = told(told_all, "looks")
    assert len(found) == 24
    languages = {tuple(one["lang"]) for one in found.values()}
    assert languages == {("ru", "ltr"), ("tk", "ltr"), ("ar", "rtl"), ("en-US", "ltr")}
    assert {view: one["faults"] for view, one in found.items() if one["faults"]} == {}
