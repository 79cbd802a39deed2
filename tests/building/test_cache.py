"""The cache of finished editions, and the code that the keys of editions depend on."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imports import own_imports, room
from test_building import NAME, edit, po

import publish
from publish.building import makers
from publish.building.builds import Runner, build, make_cache, make_local_runner
from publish.building.cache import Cache, load_from_cache, prune_cache, store_in_cache
from publish.building.cachefolder import TAG
from publish.building.editionlimits import EDITION_LIMITS
from publish.building.keys import Known, make_edition_key
from publish.building.records import BuildRecord
from publish.building.tasks import FinishedEdition, Task
from publish.cli.main import main
from publish.editions.pagination import Pagination
from publish.errors import PublishError
from publish.model import Edition, Finding, Format, Level, PageSize, Quoted, Span
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

RECORD = BuildRecord(
    (
        Finding(
            code="x",
            level=Level.ADVICE,
            message="says\n",
            span=Span("a.po", 1, 2),
            quoted=Quoted(source="a", translation="b", language="ru", spot=(0, 1)),
        ),
    ),
    Pagination(((0, 0), (3, 7)), "digest"),
    "draft",
)
KEYS = [hashlib.sha256(b"%d" % number).hexdigest() for number in range(9)]


def done(root: Path, *languages: str) -> dict[str, str]:
    workspace = open_workspace(root)
    editions = workspace.editions(languages, (), ("epub",))
    found = build(Loader(workspace), editions, workers=1, cache=make_cache(workspace))
    return {one.edition.language: one.done for one in found}


def files(folder: Path) -> list[Path]:
    """Return the entries of a cache: all files but its mark."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != TAG)


@given(st.binary(max_size=99))
def test_what_is_kept_is_taken_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"), 1 << 20)
    assert load_from_cache(cache, KEYS[0]) is None
    store_in_cache(cache, KEYS[0], FinishedEdition(data, RECORD))
    store_in_cache(cache, KEYS[1], FinishedEdition(data, BuildRecord()))
    assert load_from_cache(cache, KEYS[0]) == FinishedEdition(data, RECORD)
    assert load_from_cache(cache, KEYS[1]) == FinishedEdition(data, BuildRecord())


@pytest.mark.parametrize("at", range(0, 300, 7))
def test_a_damaged_file_is_thrown_away(tmp_path: Path, at: int) -> None:
    cache = Cache(tmp_path, 1 << 20)
    store_in_cache(cache, KEYS[0], FinishedEdition(b"edition" * 9, RECORD))
    (path,) = files(tmp_path)
    whole = path.read_bytes()
    at = min(at, len(whole) - 1)
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    assert load_from_cache(cache, KEYS[0]) is None
    assert not path.exists()
    store_in_cache(cache, KEYS[0], FinishedEdition(b"edition" * 9, RECORD))
    path.write_bytes(whole[:at])
    assert load_from_cache(cache, KEYS[0]) is None


def test_a_build_waits_for_the_disk_only_for_the_files_of_editions(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entries and records are known to be whole when they are read, and can be made again."""
    sync, synced, build = os.fsync, list[str](), workspace / "build"

    def note(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.is_relative_to(build) and not path.is_dir():
            synced.append(path.parent.name)
        sync(handle)

    monkeypatch.setattr(os, "fsync", note)
    done(workspace)
    # One file of the cache is synced, its mark: without it the cache would be a stranger's.
    assert sorted(synced) == [".cache", "en", "ru", "tk"]


def test_what_a_power_cut_left_empty_is_made_again(workspace: Path) -> None:
    done(workspace)
    build = workspace / "build"
    for path in (*files(build / ".cache"), *(build / ".editions").iterdir()):
        path.write_bytes(b"")
    assert set(done(workspace).values()) == {"built"}
    assert set(done(workspace).values()) == {"unchanged"}


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1 << 20)
    for second, key in enumerate(KEYS):
        store_in_cache(cache, key, FinishedEdition(bytes(900), BuildRecord()))
        os.utime(tmp_path / key[:2] / key, (second, second))
    size = sum(path.stat().st_size for path in files(tmp_path))
    assert prune_cache(replace(cache, limit=size)) == 0
    assert prune_cache(replace(cache, limit=size - 1)) == 1
    assert prune_cache(replace(cache, limit=size // 2)) == 4
    assert [key for key in KEYS if (tmp_path / key[:2] / key).exists()] == KEYS[5:]


def test_use_keeps_a_file(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1 << 20)
    for key in KEYS[:2]:
        store_in_cache(cache, key, FinishedEdition(bytes(1000), BuildRecord()))
        os.utime(tmp_path / key[:2] / key, (1, 1))
    assert load_from_cache(cache, KEYS[0])
    assert prune_cache(replace(cache, limit=2000)) == 1
    assert load_from_cache(cache, KEYS[0])
    assert load_from_cache(cache, KEYS[1]) is None


def test_an_edition_larger_than_the_cache_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 100)
    store_in_cache(cache, KEYS[0], FinishedEdition(bytes(101), BuildRecord()))
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file", 1 << 20)
    store_in_cache(cache, KEYS[0], FinishedEdition(b"", BuildRecord()))
    assert load_from_cache(cache, KEYS[0]) is None
    assert prune_cache(cache) == 0


# --------------------------------------------------------------------------- its own files only


def test_a_cache_deletes_its_own_entries_only(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1 << 20)
    for key in KEYS:
        store_in_cache(cache, key, FinishedEdition(bytes(900), BuildRecord()))
    strange = [
        tmp_path / "ab" / "notes.txt",
        tmp_path / KEYS[0][:2] / "x",
        tmp_path / "a" / KEYS[1],
    ]
    outside = tmp_path.with_name("outside")
    for path in (*strange, outside / KEYS[2]):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(5000))
        os.utime(path, (1, 1))
    linked = tmp_path / KEYS[2][:2]
    shutil.rmtree(linked)
    linked.symlink_to(outside)
    assert prune_cache(replace(cache, limit=1)) == len(KEYS) - 1
    assert files(tmp_path) == sorted([*strange])
    assert (outside / KEYS[2]).exists()


def test_an_unmarked_folder_is_never_pruned(tmp_path: Path) -> None:
    for key in KEYS:
        (tmp_path / key[:2]).mkdir(exist_ok=True)
        (tmp_path / key[:2] / key).write_bytes(bytes(900))
    assert prune_cache(Cache(tmp_path, 1)) == 0
    (tmp_path / TAG).write_bytes(b"Signature: 8a477f597d28d172789f06886806bc55")
    assert prune_cache(Cache(tmp_path, 1)) == 0, "the mark of another program"


@pytest.mark.parametrize(
    "strange", ["README.md", "ab/notes", "ab/cd/ef", f"{KEYS[0]}", f"ab/{KEYS[0]}"]
)
def test_a_folder_with_other_files_is_no_cache(
    workspace: Path, capsys: pytest.CaptureFixture[str], strange: str
) -> None:
    docs = workspace.with_name("docs")
    (docs / strange).parent.mkdir(parents=True)
    (docs / strange).write_bytes(b"mine")
    (docs / "ab").mkdir(exist_ok=True)
    edit(
        workspace / "pyproject.toml",
        lambda text: text.replace("[tool.publish]", '[tool.publish]\ncache = "../docs"', 1),
    )
    assert main(["build", "-q", "-f", "epub", "-l", "en", "-C", str(workspace)]) == 1
    assert "docs cannot be the cache: " in capsys.readouterr().err
    assert files(docs) == [docs / strange]
    cache = Cache(docs, 1 << 20)
    with pytest.raises(PublishError, match="cannot be the cache"):
        store_in_cache(cache, KEYS[0], FinishedEdition(b"", BuildRecord()))


def test_a_cache_of_an_older_version_is_marked_and_used(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1 << 20)
    store_in_cache(cache, KEYS[0], FinishedEdition(b"a", BuildRecord()))
    (tmp_path / TAG).unlink()
    store_in_cache(cache, KEYS[1], FinishedEdition(b"b", BuildRecord()))
    assert (tmp_path / TAG).exists()
    assert load_from_cache(cache, KEYS[0]) == FinishedEdition(b"a", BuildRecord())


# --------------------------------------------------------------------------- in a build


def test_a_change_taken_back_finds_its_edition(workspace: Path) -> None:
    """And one sentence in one language makes that language's edition only."""
    assert set(done(workspace).values()) == {"built"}
    before = (workspace / f"build/ru/{NAME}.epub").read_bytes()
    edit(po(workspace), lambda text: text.replace("Раздел о стране", "Глава о стране"))
    assert done(workspace) == {"en": "unchanged", "ru": "built", "tk": "unchanged"}
    edit(po(workspace), lambda text: text.replace("Глава о стране", "Раздел о стране"))
    assert done(workspace) == {"en": "unchanged", "ru": "restored", "tk": "unchanged"}
    assert (workspace / f"build/ru/{NAME}.epub").read_bytes() == before
    assert set(done(workspace).values()) == {"unchanged"}


def test_a_pdf_from_the_cache_gives_its_pages_to_the_epub(workspace: Path) -> None:
    opened = open_workspace(workspace)
    editions = opened.editions(("ru",))
    cache = make_cache(opened)
    assert {one.done for one in build(Loader(opened), editions, workers=1, cache=cache)} == {
        "built"
    }
    pdf, epub = (opened.output(edition) for edition in editions)
    before = pdf.read_bytes(), epub.read_bytes()
    for path in (pdf, epub, *(path for path in files(workspace / "build/.cache"))):
        if path.suffix != ".pdf" and not path.read_bytes()[200:].count(b"%PDF"):
            path.unlink()
    pdf.unlink()
    found = {
        one.edition.format: one.done
        for one in build(Loader(opened), editions, workers=1, cache=cache)
    }
    assert found == {"pdf": "restored", "epub": "built"}
    assert (pdf.read_bytes(), epub.read_bytes()) == before


def test_another_clone_finds_what_the_first_one_made(workspace: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    edit(
        workspace / "pyproject.toml",
        lambda text: text.replace("[tool.publish]", f'[tool.publish]\ncache = "{shared}"', 1),
    )
    assert set(done(workspace).values()) == {"built"}
    clone = tmp_path / "clone"
    subprocess.run(["cp", "-r", workspace, clone], check=True)
    subprocess.run(["rm", "-r", clone / "build"], check=True)
    assert set(done(clone).values()) == {"restored"}
    for language in ("en", "ru", "tk"):
        made = [root / f"build/{language}/{NAME}.epub" for root in (workspace, clone)]
        assert made[0].read_bytes() == made[1].read_bytes()


def test_a_limit_of_nothing_keeps_nothing(workspace: Path) -> None:
    edit(
        workspace / "pyproject.toml",
        lambda text: text.replace("[tool.publish]", "[tool.publish]\ncache-limit = 0", 1),
    )
    done(workspace)
    assert not (workspace / "build/.cache").exists()


def test_a_limit_is_a_number(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        workspace / "pyproject.toml",
        lambda text: text.replace("[tool.publish]", '[tool.publish]\ncache-limit = "9"', 1),
    )
    assert main(["build", "-C", str(workspace)]) == 2
    assert "cache-limit must be a whole number of MiB" in capsys.readouterr().err


def test_the_cache_can_be_left_out(workspace: Path) -> None:
    words = ["build", "-q", "-f", "epub", "-l", "en", "-C", str(workspace)]
    assert main([*words, "--no-cache"]) == 0
    assert not (workspace / "build/.cache").exists()
    assert main(words) == 0


def test_what_changed_while_it_was_made_is_made_again(workspace: Path) -> None:
    """Neither the old key nor the new one may stand for it."""
    opened = open_workspace(workspace)
    editions = opened.editions(("ru",), (), ("epub",))
    cache = make_cache(opened)

    def changes(tasks: Sequence[Task]) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
        made = list(make_local_runner(1, EDITION_LIMITS)(tasks))
        edit(po(workspace), lambda text: text.replace("Раздел о стране", "Глава о стране"))
        yield from made

    def done(runner: Runner | None = None) -> list[str]:
        found = build(Loader(opened), editions, workers=1, cache=cache, runner=runner)
        return [one.done for one in found]

    assert done(changes) == ["built"]
    assert done() == ["built"]
    assert done() == ["unchanged"]
    edit(po(workspace), lambda text: text.replace("Глава о стране", "Раздел о стране"))
    assert done() == ["built"]


def test_two_builds_at_once_leave_whole_files(workspace: Path) -> None:
    command = [sys.executable, "-m", "publish", "build", "-q", "-C", str(workspace)]
    command += ["-f", "epub", "-l", "ru"]
    both = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    for path in files(workspace / "build/.cache"):
        head, _, rest = path.read_bytes().partition(b"\n")
        length = json.loads(head)["record"]
        assert rest[length + 1 :][:2] == b"PK"
    assert done(workspace, "ru") == {"ru": "unchanged"}


# --------------------------------------------------------------------------- code in the keys

OTHER_ROOMS = {"actions", "api", "cli", "kits", "pages", "release"}
"""The rooms that make no edition."""


def import_closure(start: str) -> set[str]:
    """Return the modules of publish that a module imports, directly or through others."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += own_imports(module)
    return found


def test_no_two_editions_have_one_key() -> None:
    """Whatever they share, and is hashed once in a run: en+ru has the tags of a file with both."""
    loader, known = Loader(open_workspace(Path(publish.__file__).parents[1])), Known()
    kinds: tuple[tuple[Format, PageSize], ...]
    kinds = (("pdf", "a4"), ("pdf", "phone"), ("epub", "a4"), ("html", "a4"))
    editions = [
        Edition(document=NAME, language="en", format=kind, page=page, second=second, further=others)
        for kind, page in kinds
        for second, others in (("", ()), ("ru", ()), ("", ("ru",)), ("", ("ru", "tk")))
    ]
    keys = {make_edition_key(loader, one, use_fuzzy=False, known=known) for one in editions}
    assert len(keys) == len(editions)


def test_edition_keys_hash_only_what_makes_editions() -> None:
    modules = import_closure("publish.building.tasks")
    assert {"publish.building.preparing", "publish.editions.pdf.rendering"} <= modules
    assert {room(module) for module in modules} == set(makers.MAKERS)
    assert set(makers.MAKERS).isdisjoint(OTHER_ROOMS)


def test_versions_are_those_of_the_packages() -> None:
    for name in makers.LIBRARIES:
        assert makers.find_version(name) == version(name)
    assert makers.find_version("no-such-package") == ""


@pytest.mark.full
def test_only_changes_of_code_that_makes_editions_change_the_code_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = shutil.copytree(Path(publish.__file__).parent, tmp_path / "publish")
    monkeypatch.setattr(makers, "__file__", str(package / "building/makers.py"))
    digest = makers.compute_code_digest.__wrapped__
    before = digest()
    assert before == makers.compute_code_digest()
    deepest_last = sorted(package.rglob("*.py"), key=lambda path: len(path.parts))
    samples = {path.relative_to(package).with_suffix("").parts[0]: path for path in deepest_last}
    assert samples.keys() >= OTHER_ROOMS
    changed = set()
    for name, path in samples.items():
        whole = path.read_bytes()
        path.write_bytes(whole + b"# a comment\n")
        if digest() != before:
            changed.add(name)
        path.write_bytes(whole)
    assert changed == set(makers.MAKERS)
