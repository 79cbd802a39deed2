"""The commands that the documents show do what they show."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import Golden
from docpages import DOCUMENTS, Ran, Step, read_steps, run_steps, text_of, with_outputs

NOT_RUN = {
    "python3 -m venv": "installs packages from the network",
    "tools/bin/pip": "installs packages from the network",
    "pip install": "installs packages from the network",
    "export PATH": "the tests have the program on their path already",
    "git clone": "needs a remote repository",
    "make": "builds the repository or runs these tests",
    "docs/make-pictures": "draws the pictures of the README anew",
    ".venv/bin/python -m pytest": "runs these tests",
    ".venv/bin/publish": "builds the repository",
    "dask": "needs a cluster",
    "publish build --executor": "needs a cluster",
    "minisign": "needs a program of others",
    "publish build -l fr -f brf": "needs liblouis",
    "publish desk": "serves until Ctrl+C",
}
"""How commands begin that the tests do not run, and why."""

TEXT_BLOCKS = {"console", "css", "csv", "markdown", "po", "pycon", "text", "toml", "yaml"}
SHARED = ("docs/how-to/", "docs/reference/", "docs/explanation/")
"""Pages whose commands start in the workspace that the tutorial leaves."""


def reason_not_to_run(command: str) -> str:
    """Return why the tests do not run this command, or nothing if they do."""
    return next((why for start, why in NOT_RUN.items() if command.startswith(start)), "")


def page_steps(name: str) -> list[Step]:
    return read_steps(text_of(name), lambda command: bool(reason_not_to_run(command)))


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Ran]]:
    """The workspace that the tutorial leaves, and what its commands printed."""
    folder = tmp_path_factory.mktemp("tutorial")
    done = run_steps(page_steps("docs/tutorial.md"), folder, folder / "home")
    return folder / "my-report", done


PAGES_WITH_COMMANDS = [name for name in DOCUMENTS if page_steps(name)]
QUICK_PAGES = {"README.md"}
"""Those that the quick run tries; others need the workspace of the tutorial, or take seconds."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name in QUICK_PAGES else [pytest.mark.full])
        for name in PAGES_WITH_COMMANDS
    ],
)
def test_commands_of_a_page_do_what_it_shows(
    name: str, request: pytest.FixtureRequest, tmp_path: Path, golden: Golden
) -> None:
    """With `--accept` the page gets what its commands print now."""
    if name == "docs/tutorial.md":
        done = request.getfixturevalue("tutorial")[1]
    else:
        folder = tmp_path / "work"
        if name.startswith(SHARED):
            shutil.copytree(request.getfixturevalue("tutorial")[0], folder)
        else:
            folder.mkdir()
        done = run_steps(page_steps(name), folder, tmp_path / "home")
    failed = [
        (ran.step.command, ran.code, ran.printed) for ran in done if ran.code != ran.step.code
    ]
    assert failed == []
    golden(Path("..") / name, with_outputs(text_of(name), done))


@pytest.mark.full
def test_every_json_key_in_the_reference_is_printed(
    tutorial: tuple[Path, list[Ran]], tmp_path: Path
) -> None:
    workspace = tmp_path / "work"
    shutil.copytree(tutorial[0], workspace)
    catalog = workspace / "locales/fr/LC_MESSAGES/report.po"
    text = catalog.read_text(encoding="utf-8").replace("14 fermes", "15 fermes")
    catalog.write_text(text, encoding="utf-8")
    rows = re.findall(
        r"^\| `(publish \w+ --json)` \| (.*) \|$", text_of("docs/reference/file-formats.md"), re.M
    )
    assert len(rows) == 5
    for command, told in rows:
        [ran] = run_steps([Step(command, "")], workspace, tmp_path / "home")
        keys = set(re.findall(r'^ *"(\w+)": ', ran.printed, re.M))
        assert ran.code == (1 if command.startswith("publish check") else 0)
        assert set(re.findall(r"`(\w+)`", told)) <= keys, command


def test_the_pages_show_enough_commands() -> None:
    assert {"README.md", "docs/tutorial.md"} <= set(PAGES_WITH_COMMANDS)
    assert set(PAGES_WITH_COMMANDS) > QUICK_PAGES
    assert len(PAGES_WITH_COMMANDS) > 12
    assert sum(len(page_steps(name)) for name in PAGES_WITH_COMMANDS) > 80


def test_every_reason_not_to_run_a_command_is_needed() -> None:
    steps = [step for name in DOCUMENTS for step in read_steps(text_of(name))]
    for start in NOT_RUN:
        assert any(step.command.startswith(start) for step in steps), start


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name != "ARCHITECTURE.md"])
def test_commands_stand_in_blocks_that_are_run(name: str) -> None:
    """A block of another kind could hide commands from the tests."""
    blocks = re.findall(r"^```+([a-z]*)\n(.*?)^```+$", text_of(name), re.M | re.S)
    assert {kind for kind, _ in blocks} <= TEXT_BLOCKS
    hidden = r"^(?:\$ |publish |make |git |pip |python)"
    assert [
        text for kind, text in blocks if kind != "console" and re.search(hidden, text, re.M)
    ] == []


def test_a_page_that_is_wrong_is_found(tmp_path: Path) -> None:
    """What the page shows is compared, with `...` for any text; exit codes are as told."""
    page = (
        "```console\n$ echo one; echo two\none\ntwo\n$ echo a b c\na ... c\n"
        "$ false # exit code 1\n```\n"
    )
    steps = read_steps(page)
    good = run_steps(steps, tmp_path, tmp_path / "home")
    assert [ran.code for ran in good] == [step.code for step in steps] == [0, 0, 1]
    assert with_outputs(page, good) == page
    other = page.replace("two\n$", "three\n$").replace("a ... c", "a ... d")
    assert with_outputs(other, run_steps(read_steps(other), tmp_path, tmp_path)) == page.replace(
        "a ... c", "a b c"
    )
