"""Each job of the desk: what it does, what it tells, and what it leaves alone."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from reviewcases import make_workspace, po
from wordfiles import make_word, par

from publish.actions.desk.jobs.downloads import find_download, list_downloads
from publish.actions.desk.jobs.orders import Found, JobOrder, Line, Progress, Told, Topic
from publish.actions.desk.jobs.process import finish
from publish.actions.desk.jobs.received import find_received, receive_file
from publish.actions.desk.jobs.work import do_job
from publish.errors import PublishError, UsageError
from publish.model import make_entry_id
from publish.project.workspace import Workspace, open_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "work"
    root.mkdir()
    return open_workspace(make_workspace(root))


def do(workspace: Workspace, order: JobOrder) -> list[Told]:
    told: list[Told] = []
    do_job(workspace, order, told.append)
    return told


def lines(told: list[Told], topic: Topic) -> list[Line]:
    return [one for one in told if isinstance(one, Line) and one.topic == topic]


def word_file(*words: str) -> bytes:
    return make_word(par("A new report", "Heading1") + "".join(map(par, words)))


# --------------------------------------------------------------------------- builds


def test_a_build_tells_each_edition_and_how_far_it_is(workspace: Workspace) -> None:
    told = do(workspace, JobOrder(kind="build", formats=("html", "epub")))
    made = lines(told, "edition")
    assert {(one.language, one.format) for one in made} == {
        (tag, kind) for tag in ("en", "ru") for kind in ("html", "epub")
    }
    assert {one.state for one in made} == {"built"}
    steps = [one for one in told if isinstance(one, Progress)]
    assert steps[-1] == Progress(4, 4)
    assert [one.done for one in steps] == sorted(one.done for one in steps)
    again = do(workspace, JobOrder(kind="build", languages=("ru",), formats=("html",)))
    assert [(one.language, one.state) for one in lines(again, "edition")] == [("ru", "unchanged")]


@pytest.mark.full
def test_a_build_of_a_pair_is_one_edition(workspace: Workspace) -> None:
    told = do(workspace, JobOrder(kind="build", languages=("en+ru",), formats=("html",)))
    assert [(one.language, one.state) for one in lines(told, "edition")] == [("en+ru", "built")]
    (one,) = list_downloads(workspace)
    assert (one.document, one.language, one.format) == ("r", "en+ru", "html")


def test_a_refused_edition_says_why_and_where(workspace: Workspace) -> None:
    source = workspace.root / "source/r.md"
    source.write_text(source.read_text(encoding="utf-8") + "\n![](none.png)\n", encoding="utf-8")
    told = do(workspace, JobOrder(kind="build", languages=("ru",), formats=("html",)))
    (one,) = lines(told, "edition")
    assert (one.state, one.file) == ("refused", "")
    assert "none.png" in one.text
    assert str(workspace.root) not in one.text
    assert one.place.startswith("source/r.md:")


@pytest.mark.full
def test_a_finding_names_its_text_and_its_sentence(workspace: Workspace) -> None:
    text = po(workspace.root).read_text(encoding="utf-8")
    po(workspace.root).write_text(text.replace("37 жертв", "73 жертвы"), encoding="utf-8")
    told = do(workspace, JobOrder(kind="release"))
    (one,) = (one for one in told if isinstance(one, Found) and "37" in one.finding.message)
    assert (one.document, one.language, one.place) == ("r", "ru", "victims ¶1")
    assert one.id == make_entry_id((None, "The police identified 37 victims in 2023."))


# --------------------------------------------------------------------------- downloads


def test_editions_can_be_taken_away_with_their_state(workspace: Workspace) -> None:
    do(workspace, JobOrder(kind="build", formats=("html",)))
    found = {one.language: one for one in list_downloads(workspace)}
    assert {tag: one.state for tag, one in found.items()} == {"en": "original", "ru": "draft"}
    one, data = find_download(workspace, found["ru"].name)
    assert one.name == "ru-r.html"
    assert len(data) == one.size
    assert "Полиция" in data.decode()


@pytest.mark.full
def test_a_file_that_is_not_as_it_was_built_has_no_state(workspace: Workspace) -> None:
    do(workspace, JobOrder(kind="build", formats=("html",)))
    path = workspace.root / "build/ru/r.html"
    path.write_bytes(path.read_bytes() + b" ")
    assert {one.language: one.state for one in list_downloads(workspace)}["ru"] == ""


@pytest.mark.parametrize(
    "name",
    [
        "../source/r.md",
        "ru~..~..~source~r.md",
        "ru~r.html~",
        "",
        "ru/r.html",
        ".editions~x",
        "ru~x",
    ],
)
@pytest.mark.full
def test_no_other_file_can_be_taken_away(workspace: Workspace, name: str) -> None:
    do(workspace, JobOrder(kind="build", formats=("html",)))
    with pytest.raises(UsageError):
        find_download(workspace, name)


def test_a_link_in_the_folder_of_editions_is_not_followed(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    folder = workspace.root / "build/ru"
    folder.mkdir(parents=True)
    (folder / "r.html").symlink_to(tmp_path / "secret.html")
    (workspace.root / "build/kits").symlink_to(tmp_path)
    assert list_downloads(workspace) == ()


# --------------------------------------------------------------------------- kits


def sent(workspace: Workspace, old: str, new: str) -> bytes:
    """Return the catalog of the kit as a translator sends it back, with another text."""
    with zipfile.ZipFile(workspace.root / "build/kits/r.ru.zip") as kit:
        (name,) = (one for one in kit.namelist() if one.endswith("r.ru.po"))
        text = kit.read(name).decode()
    assert old in text
    return text.replace(old, new).encode()


def test_a_kit_goes_out_and_comes_back_changed(workspace: Workspace) -> None:
    told = do(workspace, JobOrder(kind="kit", languages=("ru",)))
    (kit,) = lines(told, "kit")
    assert (kit.document, kit.language, kit.state) == ("r", "ru", "no-original")
    assert kit.counts["sentences"] == 7
    one, _ = find_download(workspace, kit.file)
    assert one.name == "r.ru.zip"
    name = receive_file(workspace, "r.ru.po", sent(workspace, "этого человека", "его"))
    told = do(workspace, JobOrder(kind="return", file=name))
    (back,) = lines(told, "returned")
    assert (back.counts["taken"], back.counts["rejected"]) == (1, 0)
    assert "Суд освободил его." in po(workspace.root).read_text(encoding="utf-8")
    assert lines(told, "page") == []


def test_what_is_not_taken_is_told_and_written_on_a_page(workspace: Workspace) -> None:
    do(workspace, JobOrder(kind="kit", languages=("ru",)))
    file = sent(workspace, "Суд освободил этого человека.", "Суд [освободил](9) его.")
    name = receive_file(workspace, "r.ru.po", file)
    catalog = po(workspace.root)
    before = catalog.read_bytes()
    told = do(workspace, JobOrder(kind="return", file=name))
    (back,) = lines(told, "returned")
    assert (back.counts["taken"], back.counts["rejected"]) == (0, 1)
    (one,) = (one for one in told if isinstance(one, Found))
    assert (one.document, one.language) == ("r", "ru")
    assert one.finding.message.startswith("not taken")
    (page,) = lines(told, "page")
    _, data = find_download(workspace, page.file)
    assert "освободил" in data.decode()
    assert catalog.read_bytes() == before


def test_a_file_that_is_no_kit_is_refused_in_words(workspace: Workspace) -> None:
    name = receive_file(workspace, "r.ru.zip", b"PK\x03\x04 no archive at all")
    with pytest.raises(PublishError):
        do(workspace, JobOrder(kind="return", file=name))


# --------------------------------------------------------------------------- sources


def test_an_imported_word_file_is_a_source_with_catalogs(workspace: Workspace) -> None:
    name = receive_file(workspace, "Новый отчёт.docx", word_file("It has one sentence.", "Two."))
    told = do(workspace, JobOrder(kind="import", file=name, name="fresh"))
    (source,) = lines(told, "source")
    assert (source.document, source.state) == ("fresh", "")
    assert source.counts["words"] > 5
    assert (workspace.root / "source/fresh.md").is_file()
    made = {one.language: one.counts["added"] for one in lines(told, "catalog")}
    assert made["ru"] >= 3


def test_a_received_file_keeps_the_marks_of_letters_in_its_name(workspace: Workspace) -> None:
    name = receive_file(workspace, "दिन.docx", b"")
    assert name.partition("/")[2] == "दिन.docx"
    assert find_received(workspace, name).name == "दिन.docx"


def test_an_import_replaces_nothing_unless_told_to(workspace: Workspace) -> None:
    before = (workspace.root / "source/r.md").read_bytes()
    name = receive_file(workspace, "r.docx", word_file("It has one sentence."))
    with pytest.raises(UsageError, match="never overwrites"):
        do(workspace, JobOrder(kind="import", file=name))
    assert (workspace.root / "source/r.md").read_bytes() == before
    told = do(workspace, JobOrder(kind="import", file=name, replace=True))
    assert lines(told, "source")[0].state == "replaced"
    assert (workspace.root / "source/r.md.old").read_bytes() == before


@pytest.mark.full
def test_what_a_web_page_loses_is_listed(workspace: Workspace) -> None:
    page = (
        "<html><head><title>A page</title></head><body><nav><a href='/'>Home</a></nav>"
        "<main><h1>A page</h1><p>It has a sentence that is long enough to be one.</p>"
        "<form><input value='x'></form></main></body></html>"
    )
    name = receive_file(workspace, "page.html", page.encode())
    told = do(workspace, JobOrder(kind="import", file=name))
    lost = lines(told, "loss")
    assert lost
    assert all(one.kind for one in lost)
    assert lines(told, "source")[0].hint == "source/page.losses.csv"


@pytest.mark.full
def test_a_document_that_the_settings_do_not_name_is_told(workspace: Workspace) -> None:
    settings = workspace.root / "publish.toml"
    settings.write_text(f'{settings.read_text(encoding="utf-8")}documents = ["r"]\n', "utf-8")
    one = open_workspace(workspace.root)
    name = receive_file(one, "other.docx", word_file("It has one sentence."))
    told = do(one, JobOrder(kind="import", file=name))
    assert [one.document for one in lines(told, "unlisted")] == ["other"]
    assert lines(told, "catalog") == []


def test_an_update_counts_what_it_did_and_names_what_changed_its_meaning(
    workspace: Workspace,
) -> None:
    source = workspace.root / "source/r.md"
    source.write_text(
        source.read_text(encoding="utf-8").replace("37 victims", "38 victims"), "utf-8"
    )
    told = do(workspace, JobOrder(kind="update"))
    found = {one.language: one.counts for one in lines(told, "catalog") if one.document == "r"}
    assert found["ru"]["reworded"] == 1
    (changed,) = lines(told, "meaning")
    assert changed.hint == "37 → 38"
    assert "38 victims" in changed.text


def test_what_is_saved_while_an_update_reads_is_merged_in_and_not_overwritten(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The desk saves at any moment but that in which a catalog is written."""
    source, catalog = workspace.root / "source/r.md", po(workspace.root)
    source.write_text(f"{source.read_text(encoding='utf-8')}\nIt is new.\n", encoding="utf-8")
    held = []

    @contextmanager
    def hold(root: Path) -> Iterator[None]:
        held.append(root)
        text = catalog.read_text(encoding="utf-8")
        catalog.write_text(text.replace("этого человека", "его"), encoding="utf-8")
        yield

    monkeypatch.setattr("publish.actions.desk.jobs.work.hold_folder", hold)
    do(workspace, JobOrder(kind="update", languages=("ru",)))
    text = catalog.read_text(encoding="utf-8")
    assert "Суд освободил его." in text
    assert "It is new." in text
    assert set(held) == {workspace.root}


# --------------------------------------------------------------------------- before a release


def test_a_look_before_a_release_says_what_stays_out_and_why(workspace: Workspace) -> None:
    told = do(workspace, JobOrder(kind="release", require="approved"))
    assert {(one.language, one.state) for one in lines(told, "released")} == {("en", "original")}
    (left,) = lines(told, "left")
    assert left.language == "ru"
    assert "draft" in left.text
    assert not (workspace.root / "build/release").exists()
    told = do(workspace, JobOrder(kind="release"))
    assert {one.state for one in lines(told, "released")} == {"original", "draft"}


# --------------------------------------------------------------------------- received files


@pytest.mark.parametrize(
    "name",
    [
        "../../source/r.md",
        "..\\..\\source\\r.md",
        "/etc/passwd",
        "C:\\Windows\\x.docx",
        "",
        ".",
        "..",
        "a\0b.docx",
        "x\n.docx",
        ".git",
        "$(rm).docx",
        "ж" * 300 + ".docx",
        "con.docx ",
        "🙂.docx",
    ],
)
def test_a_received_file_stays_in_its_folder_whatever_its_name(
    workspace: Workspace, name: str
) -> None:
    before = {path for path in workspace.root.rglob("*") if path.is_file()}
    found = find_received(workspace, receive_file(workspace, name, b"x"))
    assert found.read_bytes() == b"x"
    new = {path for path in workspace.root.rglob("*") if path.is_file()} - before
    assert new == {found}
    assert found.parent.parent == workspace.root / "build/received"
    assert not found.name.startswith(".")
    assert len(os.fsencode(found.name)) < 200


def test_a_workspace_that_was_renamed_is_not_made_anew(workspace: Workspace) -> None:
    workspace.root.rename(workspace.root.with_name("renamed"))
    with pytest.raises(PublishError, match="has another name"):
        receive_file(workspace, "report.docx", b"words")
    assert not workspace.root.exists()


@pytest.mark.parametrize("name", ["", "1/../../r.md", "../r.md", "1/", "1/a/b", "9/r.md", "/r.md"])
def test_only_received_files_are_found(workspace: Workspace, name: str) -> None:
    receive_file(workspace, "r.md", b"x")
    with pytest.raises(UsageError, match="not here"):
        find_received(workspace, name)


def test_two_files_of_one_name_are_two_and_old_ones_go(workspace: Workspace) -> None:
    names = [receive_file(workspace, "r.po", bytes([number])) for number in range(23)]
    assert find_received(workspace, names[-1]).read_bytes() == bytes([22])
    assert find_received(workspace, names[-2]).read_bytes() == bytes([21])
    assert len(list((workspace.root / "build/received").iterdir())) == 20
    with pytest.raises(UsageError):
        find_received(workspace, names[0])


@pytest.mark.parametrize("place", ["../out", "source"])
def test_a_link_in_place_of_the_folder_is_not_written_to(workspace: Workspace, place: str) -> None:
    target = workspace.root / place
    target.mkdir(exist_ok=True)
    before = list(target.iterdir())
    (workspace.root / "build").mkdir()
    (workspace.root / "build/received").symlink_to(target)
    with pytest.raises(PublishError, match="link"):
        receive_file(workspace, "r.po", b"x")
    assert list(target.iterdir()) == before


# --------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (ZeroDivisionError("by nothing"), "the program failed: ZeroDivisionError"),
        (MemoryError(), "this takes more memory"),
        (OSError(28, "No space left on device", "/x/y"), "No space left"),
    ],
)
def test_a_fault_of_the_program_is_an_error_of_the_job(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, fault: Exception, words: str
) -> None:
    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr("publish.actions.desk.jobs.work.do_job", fail)
    error = finish(workspace.root, JobOrder(kind="update"), lambda _: None).error
    assert error is not None
    assert error.message.startswith(words)
