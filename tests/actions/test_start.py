"""A workspace from nothing, a language added to it, templates written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from publish.actions.extract import WrittenTemplate, extract_interface, extract_templates
from publish.actions.init import start_workspace
from publish.actions.language import add_languages
from publish.actions.update import update_catalogs
from publish.errors import UsageError
from publish.project.workspace import open_workspace
from publish.settings import read_settings
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"


def loader_of(root: Path) -> Loader:
    return Loader(open_workspace(root))


# --------------------------------------------------------------------------- init


@pytest.mark.parametrize(
    ("tags", "languages"),
    [
        (("en", "en"), ("en",)),
        (("de", "RU", "De"), ("de", "ru")),
        (("sr@latin", "sr-Latn"), ("sr-Latn",)),
    ],
)
def test_a_language_that_is_named_twice_is_one(
    tags: tuple[str, ...], languages: tuple[str, ...], tmp_path: Path
) -> None:
    started = start_workspace(tmp_path, tags)
    assert started.languages == languages
    settings = read_settings(tmp_path)
    assert (settings.source_language, settings.languages) == (languages[0], languages)
    update_catalogs(loader_of(tmp_path))
    assert started.source.is_file()


def test_a_folder_that_has_a_workspace_is_left_as_it_is(tmp_path: Path) -> None:
    start_workspace(tmp_path, ["en", "ru"])
    before = (tmp_path / "publish.toml").read_bytes()
    with pytest.raises(UsageError) as caught:
        start_workspace(tmp_path, ["tk"])
    assert "publish.toml already exists" in caught.value.message
    (tmp_path / "publish.toml").unlink()
    with pytest.raises(UsageError) as caught:
        start_workspace(tmp_path, ["tk"])
    assert "report.md already exists" in caught.value.message
    assert not (tmp_path / "publish.toml").exists()
    (tmp_path / "publish.toml").write_bytes(before)
    assert read_settings(tmp_path).languages == ("en", "ru")


def test_editions_are_kept_out_of_git_and_a_list_that_is_there_stays(tmp_path: Path) -> None:
    start_workspace(tmp_path)
    assert "build/" in (tmp_path / ".gitignore").read_text().splitlines()
    other = tmp_path / "other"
    other.mkdir()
    (other / ".gitignore").write_text("mine\n")
    start_workspace(other)
    assert (other / ".gitignore").read_text() == "mine\n"


# --------------------------------------------------------------------------- language add


def test_a_language_gets_its_catalogs_and_stands_in_the_settings(workspace: Path) -> None:
    added = add_languages(loader_of(workspace), ["fa"])
    assert (added.tags, added.settings, added.changed) == (("fa",), "pyproject.toml", True)
    assert added.line == 'languages = ["en", "ru", "tk", "fa"]'
    assert read_settings(workspace).languages == ("en", "ru", "tk", "fa")
    files = [f"locales/fa/LC_MESSAGES/{name}.po" for name in (NAME, "publish")]
    assert [one.file for one in added.catalogs] == files
    for file in files:
        command = ["msgfmt", "--check", "-o", "/dev/null", str(workspace / file)]
        assert subprocess.run(command, check=False, capture_output=True).returncode == 0
        assert "Language: fa" in (workspace / file).read_text(encoding="utf-8")


def test_the_language_of_the_package_gets_no_interface_catalog(tmp_path: Path) -> None:
    start_workspace(tmp_path)
    added = add_languages(loader_of(tmp_path), ["ru", "RU", "fr"])
    assert added.tags == ("ru", "fr")
    assert [one.file for one in added.catalogs] == [
        "locales/ru/LC_MESSAGES/report.po",
        "locales/fr/LC_MESSAGES/report.po",
        "locales/fr/LC_MESSAGES/publish.po",
    ]


def test_a_language_that_is_there_is_refused_and_nothing_is_written(workspace: Path) -> None:
    with pytest.raises(UsageError) as caught:
        add_languages(loader_of(workspace), ["fa", "ru"])
    assert caught.value.message == "this workspace already has ru"
    assert not (workspace / f"locales/fa/LC_MESSAGES/{NAME}.po").exists()


@pytest.mark.parametrize(
    "text",
    [
        'source-language = "en"\n',
        '[gates.draft]\nlanguages = ["no list of ours"]\n',
        'languages = ["en", "x]y"]\n',
    ],
)
def test_settings_that_cannot_be_changed_safely_stay_as_they_are(text: str, tmp_path: Path) -> None:
    start_workspace(tmp_path)
    loader = loader_of(tmp_path)
    (tmp_path / "publish.toml").write_text(text, encoding="utf-8")
    added = add_languages(loader, ["ru"])
    assert (added.changed, added.line) == (False, 'languages = ["en", "ru"]')
    assert (tmp_path / "publish.toml").read_text(encoding="utf-8") == text
    assert (tmp_path / "locales/ru/LC_MESSAGES/report.po").is_file()


# --------------------------------------------------------------------------- extract


def test_templates_are_written_with_their_sentences(tmp_path: Path) -> None:
    start_workspace(tmp_path)
    (written,) = extract_templates(loader_of(tmp_path))
    assert written == WrittenTemplate("locales/report.pot", 7)
    text = (tmp_path / written.file).read_text(encoding="utf-8")
    assert text.count("\nmsgid ") == written.entries
    with pytest.raises(UsageError):
        extract_templates(loader_of(tmp_path), ["other"])


def test_every_language_gets_the_strings_of_the_interface(tmp_path: Path) -> None:
    start_workspace(tmp_path, ["en", "fr"])
    found = extract_interface(loader_of(tmp_path))
    assert [one.file for one in found] == [
        f"locales/{tag}/LC_MESSAGES/publish.po" for tag in ("en", "fr")
    ]
    assert len({one.summary.added for one in found}) == 1
    text = (tmp_path / "locales/fr/LC_MESSAGES/publish.po").read_text(encoding="utf-8")
    for message in ("Contents", "sentence {number}", "footnote"):
        assert f'msgid "{message}"\n' in text


@pytest.mark.full
def test_a_catalog_of_another_language_gets_the_words_of_editions(tmp_path: Path) -> None:
    start_workspace(tmp_path, ["en"])
    path = tmp_path / "locales/nl/LC_MESSAGES/publish.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid "footnote"\nmsgstr "voetnoot"\n\nmsgid "Rights"\nmsgstr "Rechten"\n')
    found = {one.file: one.summary for one in extract_interface(loader_of(tmp_path))}
    summary = found["locales/nl/LC_MESSAGES/publish.po"]
    assert (summary.kept, summary.retired) == (2, 0)
    text = path.read_text(encoding="utf-8")
    assert "Language: nl" in text
    for message in ("Contents", "Figure {number}", 'footnote"\nmsgstr "voetnoot'):
        assert f'msgid "{message}"\n' in text
    for message in ("sentence {number}", "Findings of the checks", "Download"):
        assert f'msgid "{message}"\n' not in text
    (again,) = [one for one in extract_interface(loader_of(tmp_path)) if "/nl/" in one.file]
    assert again.before == again.after


def test_the_source_language_is_the_only_one_where_the_settings_name_none(tmp_path: Path) -> None:
    (tmp_path / "publish.toml").write_text('source-language = "fa"\n', encoding="utf-8")
    assert read_settings(tmp_path).languages == ("fa",)
