"""The repository sets itself up from pinned files, and a wheel carries all that it needs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

LOCKS = ("requirements.txt", "requirements-dev.txt")
NODE_LOCKS = (".ci/readers/requirements.txt", ".ci/readers/package-lock.json")
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
WHEEL_FOLDERS = ("publish", "templates", "locales")
WHEEL_FILES = ("pyproject.toml", "LICENSE")


def pins(lock: str) -> dict[str, str]:
    """The versions that a lock file names, by package."""
    found = [PINNED.match(line) for line in lock.splitlines()]
    return {match[1]: match[2] for match in found if match}


@pytest.mark.parametrize("name", [*LOCKS, NODE_LOCKS[0]])
def test_every_pinned_package_has_hashes_and_no_address(repository: Path, name: str) -> None:
    text = (repository / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if not (PINNED.match(line) or HASH.match(line))] == []
    assert [a for a, b in pairwise(lines) if PINNED.match(a) and not HASH.match(b)] == []
    assert "://" not in text


def test_what_opens_books_is_pinned_with_hashes_and_no_address(repository: Path) -> None:
    text = (repository / NODE_LOCKS[1]).read_text(encoding="utf-8")
    assert "://" not in text
    root, *packages = json.loads(text)["packages"].values()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", v) for v in root["dependencies"].values())
    assert len(packages) > 100
    assert [package for package in packages if not package["integrity"].startswith("sha")] == []


def test_tests_run_on_the_versions_that_editions_are_built_with(repository: Path) -> None:
    build, test = (pins((repository / name).read_text(encoding="utf-8")) for name in LOCKS)
    assert build.items() <= test.items()


def test_every_dependency_is_pinned(repository: Path) -> None:
    data = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*data["project"]["dependencies"], *data["build-system"]["requires"]]
    names = {re.split(r"[<>=!~\[ ;]", text, maxsplit=1)[0] for text in wanted}
    assert names <= set(pins((repository / LOCKS[0]).read_text(encoding="utf-8")))


def test_the_start_script_loads_nothing_before_the_program(repository: Path) -> None:
    # pip writes scripts without `import re` since 25.2.
    pip = pins((repository / LOCKS[0]).read_text(encoding="utf-8"))["pip"]
    assert tuple(map(int, pip.split("."))) >= (25, 2)


def test_the_licence_is_the_whole_affero_licence(repository: Path) -> None:
    lines = (repository / "LICENSE").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 661
    assert lines[0].strip() == "GNU AFFERO GENERAL PUBLIC LICENSE"
    assert lines[1].strip() == "Version 3, 19 November 2007"


@pytest.mark.full
def test_a_golden_file_is_compared(pytester_golden: Path) -> None:
    path = pytester_golden
    assert _run_golden(path) == 1
    assert _run_golden(path, "--accept") == 0
    assert (path / "cases" / "x.txt").read_bytes() == "ň\n".encode()
    assert _run_golden(path) == 0
    (path / "cases" / "x.txt").write_text("other\n", encoding="utf-8")
    assert _run_golden(path) == 1


@pytest.fixture
def pytester_golden(repository: Path, tmp_path: Path) -> Path:
    """A folder of tests with this repository's conftest and one test of a golden file."""
    folder = tmp_path / "tests"
    folder.mkdir()
    for name in ("conftest.py", "examples.py"):
        shutil.copy2(repository / "tests" / name, folder)
    (folder / "test_x.py").write_text(
        "from pathlib import Path\n"
        "def test_x(golden):\n"
        "    golden(Path('cases/x.txt'), '\\u0148\\n')\n",
        encoding="utf-8",
    )
    return folder


def _run_golden(folder: Path, *options: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "."]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


@pytest.fixture
def sources(repository: Path, tmp_path: Path) -> Path:
    """A copy of what a wheel is made from, with catalogs of a language no one has named yet."""
    root = tmp_path / "sources"
    root.mkdir()
    for name in WHEEL_FILES:
        shutil.copy2(repository / name, root)
    for folder in filter(Path.is_dir, (repository / name for name in WHEEL_FOLDERS)):
        shutil.copytree(folder, root / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    messages = root / "locales" / "nl" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    for name in ("publish.po", "report.po"):
        (messages / name).write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    return root


def _files(root: Path, pattern: str) -> set[str]:
    return {p.relative_to(root).as_posix() for p in root.glob(pattern) if p.is_file()}


@pytest.mark.full
def test_a_wheel_carries_the_package_templates_and_interface_catalogs(sources: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--no-index", "--wheel-dir", "dist", "."]
    subprocess.run(command, cwd=sources, check=True)
    (wheel,) = (sources / "dist").glob("*.wh*")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    data = _files(sources, "templates/**/*") | _files(sources, "locales/publish.pot")
    data |= _files(sources, "locales/*/LC_MESSAGES/publish.po")
    expected = _files(sources, "publish/**/*") | {f"publish/_data/{name}" for name in data}
    assert "publish/_data/locales/nl/LC_MESSAGES/publish.po" in packed
    assert packed == expected
