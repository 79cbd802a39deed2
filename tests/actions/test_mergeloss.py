"""A merge that lost what both sides had is found, whoever made it and however."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from publish.actions.check import check_translations
from publish.cli.main import main
from publish.errors import UsageError
from publish.model import Finding
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

CATALOG = "locales/fr/LC_MESSAGES/r.po"
HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def entry(msgid: str, msgstr: str) -> str:
    return f'\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n'


def catalog(*entries: str) -> str:
    return HEADER + "".join(entries)


ONE, TWO, SIX = entry("One here.", "Un."), entry("Two here.", "Deux."), entry("Six here.", "Six.")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in git with two branches that both have translations of three sentences."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "editor")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "editor@example.org")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "publish.toml").write_text('languages = ["en", "fr"]\n', "utf-8")
    (tmp_path / "source").mkdir()
    text = "---\ntitle: T\n---\nOne here. Two here. Six here.\n"
    (tmp_path / "source/r.md").write_text(text, "utf-8")
    git("init", "-q", "-b", "main")
    commit(catalog(ONE, TWO, SIX))
    git("branch", "start")
    git("checkout", "-q", "-b", "side")
    commit(catalog(ONE, TWO, entry("Six here.", "Six !")))
    git("checkout", "-q", "main")
    commit(catalog(ONE, entry("Two here.", "Deux !"), SIX))
    return tmp_path


def git(*words: str) -> str:
    done = subprocess.run(["git", *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(text: str) -> None:
    Path(CATALOG).parent.mkdir(parents=True, exist_ok=True)
    Path(CATALOG).write_text(text, "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "x")


def merge(text: str, *, done: bool = True) -> None:
    """Merge the side branch with this catalog as the result."""
    git("merge", "-q", "--no-commit", "--no-ff", "-X", "ours", "side")
    Path(CATALOG).write_text(text, "utf-8")
    git("add", "-A")
    if done:
        git("commit", "-q", "-m", "merge")


def losses(root: Path) -> list[Finding]:
    found = check_translations(Loader(open_workspace(root)), merge_base="start")
    return [one for one in found.findings if one.code == "merge-lost"]


@pytest.mark.parametrize("done", [True, False], ids=["committed", "going on"])
def test_what_both_sides_had_and_the_merge_has_not_is_told(root: Path, done: bool) -> None:
    merge(catalog(ONE, TWO), done=done)
    (found,) = losses(root)
    assert "Six" in found.message
    assert found.span is not None
    assert found.span.file == CATALOG
    assert f":{CATALOG} has it in line 13" in found.hint
    assert git("show", found.hint.split()[2]).splitlines()[12] == 'msgstr "Six."'
    assert main(["check", "-q", "--merge-base", "start"]) == 1


def test_an_emptied_translation_is_lost_too(root: Path) -> None:
    merge(catalog(ONE, TWO, entry("Six here.", "")))
    assert len(losses(root)) == 1


@pytest.mark.parametrize(
    "kept",
    [
        catalog(ONE, TWO, SIX),
        catalog(ONE, TWO, entry("Six here.", "Autre.")),
        catalog(ONE, TWO, '\n# conflict: Six !\nmsgid "Six here."\nmsgstr ""\n'),
        catalog(ONE, TWO, SIX.replace("msg", "#~ msg")),
    ],
)
def test_what_the_merge_has_in_any_place_is_not_lost(root: Path, kept: str) -> None:
    merge(kept)
    assert losses(root) == []


def test_what_was_put_back_since_or_taken_out_on_purpose_is_not_told(root: Path) -> None:
    merge(catalog(ONE, TWO))
    commit(catalog(ONE, TWO, SIX))
    assert losses(root) == []
    commit(catalog(TWO, SIX))
    assert losses(root) == []


def test_a_commit_that_git_does_not_know_is_told(root: Path) -> None:
    with pytest.raises(UsageError, match="git knows no revision 'nowhere'"):
        check_translations(Loader(open_workspace(root)), merge_base="nowhere")
