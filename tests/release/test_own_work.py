"""Only what this machine made is signed: everything else is made again and compared."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from releasecases import contents, series

from publish.actions.release import ReleaseOptions, build_candidates, release_candidates
from publish.building import vouching
from publish.building.builds import build, make_cache, make_local_runner
from publish.building.cache import load_from_cache, store_in_cache
from publish.building.editionlimits import EDITION_LIMITS
from publish.building.records import load_record, store_edition
from publish.building.tasks import FinishedEdition, Task
from publish.cli.main import main
from publish.errors import FindingsError, PublishError
from publish.model import Edition
from publish.project.workspace import Workspace, open_workspace
from publish.translation.loading import Loader

FORGED = b"%PDF-1.7 forged"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A workspace whose editions this machine built, and the files of its release."""
    root = series(tmp_path_factory.mktemp("made") / "work", "alpha")
    assert main(["release", "-q", "--unsigned", "-C", str(root)]) == 0
    files = contents(root / "build/release")
    shutil.rmtree(root / "build/release")
    return root, files


@pytest.fixture
def work(made: tuple[Path, dict[str, bytes]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "work"))


@pytest.fixture
def right(made: tuple[Path, dict[str, bytes]]) -> dict[str, bytes]:
    return made[1]


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Callable[[], pytest.MonkeyPatch]]:
    """Makes what follows the work of another user, until it is undone."""
    patch = pytest.MonkeyPatch()

    def become() -> pytest.MonkeyPatch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path / "stranger"))
        return patch

    yield become
    patch.undo()


def released(root: Path, trust: str = "") -> tuple[dict[str, bytes], dict[str, str], list[str]]:
    """The files of a release, what was done for each edition, and the codes of findings."""
    loader = Loader(open_workspace(root))
    options = ReleaseOptions(folder=root / "out", trust=trust)
    candidates = build_candidates(loader, options)
    files = dict(release_candidates(loader, candidates, options))
    done: dict[str, str] = {
        f"{one.edition.language}.{one.edition.format}": one.done for one in candidates.outcomes
    }
    return files, done, [one.code for one in candidates.findings if one.code == "release-remade"]


def edition_of(workspace: Workspace, language: str, form: str) -> tuple[Edition, str]:
    """An edition and the key of its record."""
    (edition,) = workspace.editions((language,), (), (form,))  # type: ignore[arg-type]
    (path,) = (workspace.root / "build/.editions").glob(f"*.{language}.*.{form}.json")
    return edition, json.loads(path.read_bytes().partition(b"\n")[2])["key"]


def rewritten(path: Path, data: bytes) -> None:
    """Puts another edition into a cache entry, with a digest that fits."""
    head, _, rest = path.read_bytes().partition(b"\n")
    facts = json.loads(head)
    record = rest[: facts["record"]]
    whole = facts["made-here"].encode() + b"%d\n%s%s" % (len(record), record, data)
    facts["sha256"] = hashlib.sha256(whole).hexdigest()
    path.write_bytes(b"%s\n%s\n%s" % (json.dumps(facts).encode(), record, data))


# --------------------------------------------------------------------------- own work


def test_what_this_machine_made_is_not_made_again(work: Path, right: dict[str, bytes]) -> None:
    files, done, remade = released(work)
    assert (files, set(done.values()), remade) == (right, {"unchanged"}, [])
    for folder in ("en", "ru", ".editions"):
        shutil.rmtree(work / "build" / folder)
    files, done, remade = released(work)
    assert (files, set(done.values()), remade) == (right, {"restored"}, [])


def test_what_others_made_is_made_again_and_compared(
    work: Path, right: dict[str, bytes], stranger: Callable[[], pytest.MonkeyPatch]
) -> None:
    """A workspace with its build folder, from somebody else: the same files are no finding."""
    stranger()
    files, done, remade = released(work)
    assert (files, set(done.values()), remade) == (right, {"built"}, [])
    assert set(released(work)[1].values()) == {"unchanged"}


# --------------------------------------------------------------------------- poisoned


def poison_cache(root: Path) -> None:
    """An entry that fits its key, in a cache that others can write to; nothing in build/."""
    workspace = open_workspace(root)
    edition, key = edition_of(workspace, "ru", "pdf")
    path = workspace.cache / key[:2] / key
    rewritten(path, FORGED)
    workspace.output(edition).unlink()


def poison_cache_without_code(root: Path) -> None:
    workspace = open_workspace(root)
    edition, key = edition_of(workspace, "ru", "pdf")
    made = load_from_cache(make_cache(workspace), key)
    assert made
    store_in_cache(make_cache(workspace), key, replace(made, data=FORGED), own=False)
    workspace.output(edition).unlink()


def swap_cache(root: Path) -> None:
    """Another edition that this machine made, under the key of this one."""
    workspace = open_workspace(root)
    edition, key = edition_of(workspace, "ru", "pdf")
    _, other = edition_of(workspace, "en", "pdf")
    shutil.copy(workspace.cache / other[:2] / other, workspace.cache / key[:2] / key)
    workspace.output(edition).unlink()


def poison_build(root: Path) -> None:
    """The file and its record, as `publish build` restored them from a shared cache."""
    workspace = open_workspace(root)
    edition, key = edition_of(workspace, "ru", "pdf")
    record = load_record(workspace, edition, key)
    assert record
    store_edition(workspace, edition, key, FORGED, record, own=False)


def raise_state(root: Path) -> None:
    """The right file, and a record that says it is approved."""
    workspace = open_workspace(root)
    edition, key = edition_of(workspace, "ru", "pdf")
    record = load_record(workspace, edition, key)
    assert record
    data = workspace.output(edition).read_bytes()
    store_edition(workspace, edition, key, data, replace(record, state="approved"), own=False)


POISONS = [poison_cache, poison_cache_without_code, swap_cache, poison_build, raise_state]


@pytest.mark.parametrize("poison", POISONS)
def test_a_poisoned_edition_is_found_removed_and_made_anew(
    work: Path, right: dict[str, bytes], poison: Callable[[Path], None]
) -> None:
    poison(work)
    files, done, remade = released(work)
    assert files == right
    assert remade == ["release-remade"]
    assert done.pop("ru.pdf") == ("built" if "cache" in poison.__name__ else "restored")
    assert set(done.values()) == {"unchanged"}
    for path in (work / "build/.cache").glob("??/*"):
        assert FORGED not in path.read_bytes()
    assert released(work)[1:] == ({**done, "ru.pdf": "unchanged"}, [])


@pytest.mark.parametrize("poison", [poison_cache_without_code, poison_build])
def test_a_build_in_between_does_not_launder_it(
    work: Path, right: dict[str, bytes], poison: Callable[[Path], None]
) -> None:
    poison(work)
    assert main(["build", "-q", "-C", str(work)]) == 0
    assert (work / "build/ru/alpha.pdf").read_bytes() == FORGED
    files, _, remade = released(work)
    assert (files, remade) == (right, ["release-remade"])


def test_the_pages_of_a_foreign_pdf_do_not_make_an_own_epub(
    work: Path, right: dict[str, bytes]
) -> None:
    """The record of a poisoned PDF says where pages begin, which the EPUB lists."""
    workspace = open_workspace(work)
    edition, key = edition_of(workspace, "ru", "pdf")
    record = load_record(workspace, edition, key)
    assert record
    assert record.pages
    pages = replace(record.pages, starts=record.pages.starts * 2)
    data = workspace.output(edition).read_bytes()
    store_edition(workspace, edition, key, data, replace(record, pages=pages), own=False)
    epub, own_key = edition_of(workspace, "ru", "epub")
    workspace.output(epub).unlink()
    (workspace.cache / own_key[:2] / own_key).unlink()
    assert main(["build", "-q", "-C", str(work)]) == 0
    assert workspace.output(epub).read_bytes() != right["alpha.ru.draft.epub"]
    files, _, remade = released(work)
    assert files == right
    assert remade == ["release-remade"] * 2


def test_what_a_cluster_made_is_made_again(work: Path, right: dict[str, bytes]) -> None:
    shutil.rmtree(work / "build")
    loader = Loader(open_workspace(work))
    editions = loader.workspace.editions()

    def cluster(tasks: Sequence[Task]) -> Iterator[tuple[Edition, FinishedEdition | PublishError]]:
        for edition, made in make_local_runner(1, EDITION_LIMITS)(tasks):
            wrong = edition.language == "ru" and edition.format == "pdf"
            forged = wrong and isinstance(made, FinishedEdition)
            yield edition, replace(made, data=FORGED) if forged else made  # type: ignore[type-var]

    list(build(loader, editions, workers=1, cache=make_cache(loader.workspace), runner=cluster))
    files, done, remade = released(work)
    assert (files, set(done.values()), remade) == (right, {"built"}, ["release-remade"])


def test_a_file_exchanged_after_the_build_is_not_signed(work: Path) -> None:
    """Also with a record that fits it."""
    loader = Loader(open_workspace(work))
    options = ReleaseOptions(folder=work / "out")
    candidates = build_candidates(loader, options)
    poison_build(work)
    with pytest.raises(FindingsError) as refused:
        release_candidates(loader, candidates, options)
    assert refused.value.code == "release-audit"
    assert not (work / "out").exists()


def test_who_gives_a_reason_releases_what_others_made(
    work: Path, stranger: Callable[[], pytest.MonkeyPatch], capsys: pytest.CaptureFixture[str]
) -> None:
    stranger()
    files, done, _ = released(work, trust="built by our own CI")
    assert set(done.values()) == {"unchanged"}
    assert files
    capsys.readouterr()
    command = ["release", "--unsigned", "-C", str(work), "--trust", "built by our own CI"]
    assert main(command) == 0
    assert "what others built was not made again: built by our own CI" in capsys.readouterr().err


def test_the_command_tells_what_was_poisoned(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    poison_build(work)
    assert main(["release", "--unsigned", "-C", str(work)]) == 0
    told = capsys.readouterr().err
    assert "warning[release-remade]" in told
    assert "build/ru/alpha.pdf" in told


# --------------------------------------------------------------------------- the key


def key_of(folder: Path) -> Path:
    return folder / "publish/made-here.key"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    vouching._read_or_make.cache_clear()
    return folder


def test_the_key_is_made_at_first_use_for_its_user_alone(config: Path) -> None:
    assert not config.exists()
    code = vouching.vouch_for("record", "a", b"content")
    path = key_of(config)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    vouching._read_or_make.cache_clear()
    assert vouching.is_vouched_for("record", "a", b"content", code)
    for kind, name, content in (
        ("cache", "a", b"content"),
        ("record", "b", b"content"),
        ("record", "a", b"content "),
    ):
        assert not vouching.is_vouched_for(kind, name, content, code)
    assert not vouching.is_vouched_for("record", "a", b"content", "")
    assert not vouching.is_vouched_for("record", "a", b"content", "é")


def readable(path: Path) -> None:
    path.chmod(0o644)


def short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


@pytest.mark.parametrize("spoil", [readable, short, linked])
def test_a_key_that_is_not_ours_alone_is_replaced(
    config: Path, spoil: Callable[[Path], None]
) -> None:
    code = vouching.vouch_for("record", "a", b"content")
    spoil(key_of(config))
    vouching._read_or_make.cache_clear()
    assert not vouching.is_vouched_for("record", "a", b"content", code)
    path = key_of(config)
    assert not path.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_place_for_the_key_a_run_still_releases_what_it_made(
    work: Path, config: Path, right: dict[str, bytes]
) -> None:
    config.write_bytes(b"")
    files, done, _ = released(work)
    assert files == right
    assert set(done.values()) == {"built"}
