"""Updating catalogs as an action: what is written, what is merged, what is read how often."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from publish.actions.init import start_workspace
from publish.actions.update import UpdateResult, update_catalogs
from publish.editions.page.interface import make_interface
from publish.errors import PublishError, UsageError
from publish.languages.registry import find
from publish.po.pofile import extract_catalog, read_po_file
from publish.project.workspace import open_workspace
from publish.reading.source import cut_source
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"


def update(root: Path, *names: str, vouched: bool = False, dry_run: bool = False) -> UpdateResult:
    loader = Loader(open_workspace(root))
    return update_catalogs(loader, names, vouched=vouched, dry_run=dry_run)


def add_sentence(root: Path) -> None:
    source = root / f"source/{NAME}.md"
    source.write_text(f"{source.read_text(encoding='utf-8')}\nMore.\n", encoding="utf-8")


def catalogs(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*.po*")}


@pytest.fixture
def two_years(tmp_path: Path) -> Path:
    """A workspace with two reports that share a sentence, into Turkmen."""
    start_workspace(tmp_path, ["en", "tk"])
    for year in (2023, 2024):
        front = f"---\ntitle: Report\npublished: {year}-06-01\n---\n\n"
        text = f"{front}Before it. The same words. After.\n"
        (tmp_path / f"source/report-{year}.md").write_text(text, encoding="utf-8")
    (tmp_path / "source/report.md").unlink()
    update(tmp_path)
    return tmp_path


def test_the_result_tells_of_every_catalog_what_was_done(workspace: Path) -> None:
    add_sentence(workspace)
    loader = Loader(open_workspace(workspace))
    result = update_catalogs(loader)
    assert [(one.file, one.summary.added, one.merged) for one in result.catalogs] == [
        (f"locales/{tag}/LC_MESSAGES/{NAME}.po", 1, False) for tag in ("en", "ru", "tk")
    ]
    assert result.templates == (f"locales/{NAME}.pot",)
    for one in result.catalogs:
        assert 'msgid "More."' in (workspace / one.file).read_text(encoding="utf-8")
        assert loader.translation(NAME, one.language).lacking == frozenset()
        assert (None, "More.") in extract_catalog(
            loader.catalog_or_new(one.language, NAME)
        ).active()


def test_a_document_or_language_named_twice_is_updated_once(workspace: Path) -> None:
    loader = Loader(open_workspace(workspace))
    result = update_catalogs(loader, [NAME, NAME], ["ru", "RU"], dry_run=True)
    assert [one.file for one in result.catalogs] == [f"locales/ru/LC_MESSAGES/{NAME}.po"]
    with pytest.raises(UsageError):
        update_catalogs(loader, ["other"])


def test_nothing_is_written_when_dry(workspace: Path) -> None:
    add_sentence(workspace)
    before = catalogs(workspace)
    result = update(workspace, dry_run=True)
    assert [one.summary.added for one in result.catalogs] == [1, 1, 1]
    assert result.templates == ()
    assert catalogs(workspace) == before


def test_a_broken_catalog_stops_an_update_before_anything_is_written(workspace: Path) -> None:
    path = workspace / f"locales/tk/LC_MESSAGES/{NAME}.po"
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "x\n', encoding="utf-8")
    add_sentence(workspace)
    before = catalogs(workspace)
    with pytest.raises(PublishError) as caught:
        update(workspace)
    assert caught.value.code == "po-syntax"
    assert catalogs(workspace) == before


def test_documents_of_a_workspace_share_their_translations(two_years: Path) -> None:
    folder = two_years / "locales/tk/LC_MESSAGES"
    first = (folder / "report-2023.po").read_text(encoding="utf-8")
    first = first.replace(
        'msgid "The same words."\nmsgstr ""', 'msgid "The same words."\nmsgstr "Şol sözler."'
    )
    (folder / "report-2023.po").write_text(first, encoding="utf-8")
    result = update(two_years, "report-2024")
    assert [one.summary.recalled for one in result.catalogs] == [0, 1]
    second = (folder / "report-2024.po").read_text(encoding="utf-8")
    assert 'msgid "The same words."\nmsgstr "Şol sözler."' in second
    assert "# from report-2023\n" in second
    assert "fuzzy" not in second
    update(two_years)
    assert (folder / "report-2024.po").read_text(encoding="utf-8") == second


def test_what_another_program_saved_meanwhile_is_merged(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_sentence(workspace)
    path = workspace / f"locales/tk/LC_MESSAGES/{NAME}.po"
    loader = Loader(open_workspace(workspace))
    loader.catalog(loader.workspace.languages(["tk"])[0], NAME)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid ""\n', '# Saved by another.\nmsgid ""\n', 1), "utf-8")
    result = update_catalogs(loader)
    assert [one.merged for one in result.catalogs] == [False, False, True]
    made = path.read_text(encoding="utf-8")
    assert "# Saved by another.\n" in made
    assert 'msgid "More."' in made


def test_a_correction_the_editor_vouches_for_stays_confirmed(workspace: Path) -> None:
    source = workspace / f"source/{NAME}.md"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("negligible", "neglegible", 1), encoding="utf-8")
    plain = update(workspace, dry_run=True)
    assert [one.summary.reworded for one in plain.catalogs][1:] == [1, 1]
    vouched = update(workspace, vouched=True)
    assert [one.summary.retyped for one in vouched.catalogs][1:] == [1, 1]


def test_a_catalog_without_a_header_gets_one_and_nothing_is_merged(workspace: Path) -> None:
    path = workspace / f"locales/tk/LC_MESSAGES/{NAME}.po"
    path.write_bytes(b'msgid "A sentence."\nmsgstr "S\xc3\xb6zlem."\n')
    assert not any(one.merged for one in update(workspace).catalogs)
    assert "Söz" in path.read_text(encoding="utf-8")
    command = ["msgfmt", "--check", "-o", "/dev/null", str(path)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


def words(root: Path, folder: str) -> dict[str, str]:
    path = root / f"locales/{folder}/LC_MESSAGES/publish.po"
    entries = extract_catalog(read_po_file(path, path.name)).entries
    return {entry.msgid: entry.msgstr for entry in entries}


def test_words_that_the_package_lacks_get_an_interface_catalog(tmp_path: Path) -> None:
    start_workspace(tmp_path, ["en", "en-GB", "tk", "ru-KZ", "nl", "fr", "pt-BR"])
    files = {one.file for one in update(tmp_path).catalogs}
    assert {file.split("/")[1] for file in files if "publish" in file} == {"nl", "fr", "pt_BR"}
    all_of_them = words(tmp_path, "nl")
    assert {"Contents", "Cover", "footnote", "Findings of the checks"} < {*all_of_them}
    for folder in ("fr", "pt_BR"):
        lacking = set(words(tmp_path, folder))
        assert {"footnote", "Findings of the checks"} < lacking
        assert not {"Contents", "Cover"} & lacking
    assert update(tmp_path, dry_run=True).catalogs[-1].summary.added == 0


def test_an_update_of_one_document_makes_words_only_where_there_are_none(tmp_path: Path) -> None:
    start_workspace(tmp_path, ["en", "fr"])
    loader = Loader(open_workspace(tmp_path))
    (name,) = loader.workspace.documents()
    update_catalogs(loader, [name])
    path = tmp_path / "locales/fr/LC_MESSAGES/publish.po"
    whole = path.read_text("utf-8")
    some = whole[: whole.index("\n\n", whole.index("footnote")) + 1]
    path.write_text(some, "utf-8")
    files = [one.file for one in update_catalogs(Loader(loader.workspace), [name]).catalogs]
    assert files == [f"locales/{tag}/LC_MESSAGES/{name}.po" for tag in ("en", "fr")]
    assert path.read_text("utf-8") == some
    update(tmp_path)
    assert path.read_text("utf-8") == whole


def test_words_of_the_workspace_stay_and_replace_those_of_the_package(tmp_path: Path) -> None:
    start_workspace(tmp_path, ["en", "fr"])
    path = tmp_path / "locales/fr/LC_MESSAGES/publish.po"
    path.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    own = 'msgid "Contents"\nmsgstr "Sommaire"\n\nmsgid "Cover"\nmsgstr ""\n'
    path.write_text(header + own, "utf-8")
    update(tmp_path)
    kept = words(tmp_path, "fr")
    assert kept["Contents"] == "Sommaire"
    assert "Cover" not in kept
    language = find("fr")
    loader = Loader(open_workspace(tmp_path))
    shown = make_interface(language, loader.interfaces(language))
    assert [shown.text(word) for word in ("Contents", "Cover")] == ["Sommaire", "Couverture"]


def test_every_source_is_cut_and_every_catalog_read_once(
    two_years: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Counter[tuple[str, str]] = Counter()

    def counted(kind: str, call: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*arguments: object) -> object:
            first = arguments[0]
            name = str(first) if isinstance(first, Path) else getattr(first, "name", "")
            calls[kind, name] += 1
            return call(*arguments)

        return wrapped

    room = "publish.translation"
    monkeypatch.setattr(f"{room}.loading.cut_source", counted("cut", cut_source))
    monkeypatch.setattr(f"{room}.loading.read_po_file", counted("read", read_po_file))
    monkeypatch.setattr(f"{room}.saving.read_po_file", counted("read", read_po_file))
    update(two_years)
    assert {key for key in calls if key[0] == "cut"} == {
        ("cut", "report-2023"),
        ("cut", "report-2024"),
    }
    assert len([key for key in calls if key[0] == "read"]) == 4
    assert set(calls.values()) == {1}
