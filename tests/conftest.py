"""What all tests share: golden files, a copy of the workspace, and steady examples."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from examples import ALL, some, tries_all, try_all
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from releasecases import Released

ROOT = Path(__file__).resolve().parent.parent
WORKSPACE_PARTS = ("pyproject.toml", "source", "locales", "templates")

Golden = Callable[[Path, str], None]

settings.register_profile("search", deadline=None, max_examples=2000, print_blob=True)


def pytest_configure(config: pytest.Config) -> None:
    """Sets how many examples are tried: all with `-m ""`, as the full run has it.

    They are the same in every run, so that a run today says what a run tomorrow will say; a slow
    machine is no failure.  `pytest --hypothesis-profile search` looks further, at random.
    """
    gc.disable()
    if not config.option.markexpr:
        try_all()
    settings.register_profile(
        "steady",
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=some(ALL),
        suppress_health_check=[HealthCheck.too_slow],
    )
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the files that take longest first: workers end together if short ones come last."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


LONGEST = (
    "test_editions.py",
    "test_building.py",
    "test_cache.py",
    "test_own_files.py",
    "test_formats.py",
    "test_look.py",
    "test_hostile.py",
    "test_numbering.py",
    "test_pictures.py",
    "test_farm.py",
    "test_chunks.py",
    "test_templates.py",
    "test_pagekinds.py",
    "test_text_layer.py",
    "test_refusals.py",
    "test_damage.py",
)
"""Test files that take seconds, the longest ones first."""


def pytest_collection_finish() -> None:
    """Leaves what was collected out of searches for circles of objects: it stays to the end.

    Each search would go through thousands of tests and modules; while they are made, there is none.
    """
    gc.freeze()
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write the golden files anew instead of comparing"
    )


@pytest.fixture(scope="session", autouse=True)
def _keys_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps the keys and caches of tests out of the home folder of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        cache = tmp_path_factory.mktemp("cache")
        patch.setenv("XDG_CACHE_HOME", str(cache))
        yield
        shutil.rmtree(cache)  # It takes 70 MB.


@pytest.fixture(scope="session", autouse=True)
def _quick_writes() -> Iterator[None]:
    """Leaves it to the full run to wait until the disk has what was written.

    No test can see the difference: only a machine that loses its power does.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not tries_all():
            patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_workers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, _keys_apart: None
) -> Iterator[None]:
    """Gives a build of the quick run one worker, with all that workers read once.

    The full run builds as users do: with a worker for each core, each of which begins anew.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not tries_all():
            patch.setattr(os, "cpu_count", lambda: 1)
            if len(request.session.items) > MANY:
                from warming import warm_up_workers

                warm_up_workers(_copy_workspace(tmp_path_factory.mktemp("warm") / "report"))
                gc.freeze()
        yield


MANY = 1000
"""A run of more tests has many builds, and the time to make them ready is soon won back."""


@pytest.fixture(autouse=True)
def _no_publishers_known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps what one test remembers of publishers from the others, and from the user's folder."""
    own = tmp_path_factory.getbasetemp() / f"data-{next(COUNT)}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(own))
        yield


COUNT = itertools.count()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with the one expected in a file, or writes it there with `--accept`.

    A relative path is relative to `tests/`.
    """
    accept = bool(request.config.getoption("--accept"))

    def check(path: Path, text: str) -> None:
        file = ROOT / "tests" / path
        if accept:
            _write_if_new(file, text)
            return
        if not file.is_file():
            pytest.fail(f"there is no {path}: look at the output, then write it with --accept")
        assert text == _read(file), f"{path} differs: read the diff, then run make accept"

    return check


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _write_if_new(file: Path, text: str) -> None:
    if not file.is_file() or _read(file) != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of this checkout."""
    return ROOT


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the repository's own workspace (settings, source, catalogs, templates)."""
    return _copy_workspace(tmp_path / "workspace")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    """A signed release of two documents in two languages."""
    from releasecases import Released, key_in, release, series

    root = tmp_path_factory.mktemp("released")
    key, _ = key_in(root)
    found = Released(series(root / "work", "alpha", "beta"), key, root / "out")
    release(found.workspace, key, found.folder)
    return found


def untranslate(root: Path, *languages: str, kept: int = 25) -> None:
    """Takes the translations of the report back, all but the first ones."""
    for language in languages:
        for path in root.glob(f"locales/{language}/LC_MESSAGES/tip-*.po"):
            catalog = polib.pofile(str(path))
            for entry in catalog[kept:]:
                entry.msgstr = ""
            catalog.save()


def _copy_workspace(root: Path) -> Path:
    root.mkdir()
    for name in WORKSPACE_PARTS:
        _copy(ROOT / name, root / name)
    return root


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copy2(source, target)
