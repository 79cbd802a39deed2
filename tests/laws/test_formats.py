"""Laws that every format keeps; each test runs over `FORMATS`, so that a new format is in all.

Whoever adds a format gives `tests/editionletters.py` a function that reads the words of its files.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from editionletters import HELD_ELSEWHERE, LETTERS, REFUSED, book_blocks, fold_letters
from examples import first
from releasecases import ROOT, environment, key_in, release, series
from righttoleft import write_document

from publish.building.auditing import AUDITS, audit_built
from publish.building.builds import build, find_records
from publish.building.cache import Cache
from publish.building.planning import plan_build
from publish.editions.writers import WRITERS
from publish.errors import MissingPartError
from publish.model import FORMATS, Edition, Format
from publish.project.workspace import Workspace, open_workspace
from publish.release.manifest import Manifest, read_manifest
from publish.release.rebuilding import compare_rebuilt
from publish.release.verifying import verify_release
from publish.settings import FILES
from publish.signatures.minisign import PublicKey
from publish.translation.loading import Loader

KINDS: tuple[Format, ...] = tuple(FORMATS)
IN_REPORT = ("en", "ru", "tk")
LANGUAGES = (
    "ru",
    "fa",
    pytest.param("en", marks=pytest.mark.full),
    pytest.param("tk", marks=pytest.mark.full),
)
"""A translation of the report, and a text from right to left; the others are in the full run."""

Built = dict[tuple[str, Format], bytes]


# --------------------------------------------------------------------------- the tables


def test_every_table_of_formats_has_all() -> None:
    """Writers, audits and readers of words: what one knows, the others know."""
    assert set(WRITERS) == set(AUDITS) == set(KINDS)
    assert {*LETTERS, *HELD_ELSEWHERE} == set(KINDS)
    assert all((ROOT / test).is_file() for test in HELD_ELSEWHERE.values())
    assert all(facts.least > 0 and facts.each > 0 for facts in FORMATS.values())


# --------------------------------------------------------------------------- same letters


@pytest.fixture(scope="module")
def built(
    request: pytest.FixtureRequest, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> Built:
    """The files of all formats in the languages that the tests of this run ask for."""
    root = copy_report(repository, tmp_path_factory.mktemp("report"))
    persian = tmp_path_factory.mktemp("persian")
    write_document(persian, "fa")
    ids = " ".join(item.name for item in request.session.items)
    found: Built = {}
    for folder, tags in ((root, IN_REPORT), (persian, ("fa",))):
        workspace = open_workspace(folder)
        asked = [tag for tag in tags if f"-{tag}]" in ids]
        editions = workspace.editions(asked, formats=KINDS, pages=("a4",)) if asked else ()
        for outcome in list(build(Loader(workspace), editions, workers=1)):  # Links come last.
            one = outcome.edition
            if isinstance(outcome.error, MissingPartError):
                continue  # This machine has no such program or font.
            code = outcome.error.listed_code if outcome.error else None
            assert code == REFUSED.get((one.format, one.language)), outcome.error
            if code is None:
                found[one.language, one.format] = workspace.output(one).read_bytes()
    return found


def copy_report(repository: Path, root: Path) -> Path:
    for part in ("source", "locales", "templates"):
        shutil.copytree(repository / part, root / part)
    shutil.copy(repository / "pyproject.toml", root)
    return root


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind in LETTERS])
def test_every_format_has_the_letters_of_the_book(
    built: Built, kind: Format, language: str
) -> None:
    """Law (same letters): by letters and digits, all formats have the text of the EPUB.

    Each block of the EPUB is whole in the other file, and nothing is lost or added.
    """
    if (kind, language) in REFUSED:
        pytest.skip(f"{kind} cannot be made in {language}, and the build says why")
    if (language, kind) not in built:
        pytest.skip(f"this machine lacks a part that {kind} needs")
    blocks = book_blocks(built[language, "epub"])
    found = fold_letters(LETTERS[kind](built[language, kind]))
    assert [block for block in blocks if block not in found] == []
    wanted = Counter("".join(blocks))
    assert Counter(found) - wanted == Counter()
    assert wanted - Counter(found) == Counter()
    assert len(found) > 600


@pytest.mark.full
@pytest.mark.parametrize(("zone", "seed"), [("Asia/Ashgabat", "1"), ("America/Lima", "77")])
def test_the_report_has_the_same_bytes_whatever_the_machine_says(
    built: Built, repository: Path, tmp_path: Path, zone: str, seed: str
) -> None:
    root = tmp_path / f"another place {seed}"
    root.mkdir()
    workspace = open_workspace(copy_report(repository, root))
    build_elsewhere(root, zone, seed)
    for one in workspace.editions(formats=KINDS, pages=("a4",)):
        if (one.language, one.format) in built:
            ours = built[one.language, one.format]
            assert workspace.output(one).read_bytes() == ours, one


# --------------------------------------------------------------------------- what all is done with


@dataclass(frozen=True)
class Series:
    """A small workspace that was built and released: what was found on the way."""

    workspace: Workspace
    keys: dict[Edition, str]
    files: dict[Edition, bytes]
    cache: Cache
    manifest: Manifest
    folder: Path
    key: PublicKey
    answers: dict[str, str]

    def editions(self, kind: Format) -> list[Edition]:
        found = [one for one in self.files if one.format == kind]
        if not found:
            pytest.skip(f"this machine lacks a part that {kind} needs")
        return found

    def check(self) -> list[str]:
        return [one.code for one in audit_built(Loader(self.workspace), self.files)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Series:
    root = series(tmp_path_factory.mktemp("series") / "work", "a")
    _set_formats(root, KINDS)
    workspace = open_workspace(root)
    cache = Cache(workspace.cache, 1 << 30)
    editions = [one for one in workspace.editions() if (one.format, one.language) not in REFUSED]
    tried = list(build(Loader(workspace), editions, workers=1, cache=cache))
    outcomes = [one for one in tried if not isinstance(one.error, MissingPartError)]
    assert [one.error for one in outcomes if one.error] == []
    editions = [one for one in editions if one in {made.edition for made in outcomes}]
    files = {one: workspace.output(one).read_bytes() for one in editions}
    key, public = key_in(tmp_path_factory.mktemp("keys"))
    folder = tmp_path_factory.mktemp("out") / "release"
    here = sorted({one.format for one in editions}, key=KINDS.index)
    _set_formats(root, here)
    release(root, key, folder)
    manifest = read_manifest((folder / "manifest.json").read_bytes())
    compared = compare_rebuilt(workspace, manifest, dict(manifest.toolchain), 1)
    return Series(
        workspace=workspace,
        keys={one.edition: one.key for one in outcomes},
        files=files,
        cache=cache,
        manifest=manifest,
        folder=folder,
        key=public,
        answers={one.name: one.answer for one in compared},
    )


def _set_formats(root: Path, kinds: Sequence[Format]) -> None:
    path = root / FILES[0]
    lines = [line for line in path.read_text("utf-8").splitlines() if "formats" not in line]
    formats = ", ".join(f'"{kind}"' for kind in kinds)
    path.write_text("\n".join([*lines, f"formats = [{formats}]", ""]), "utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_has_a_cost_for_it_and_a_second_build_makes_nothing(
    made: Series, kind: Format
) -> None:
    editions = made.editions(kind)
    plan = plan_build(Loader(made.workspace), list(made.files), use_fuzzy=False)
    of_kind = [one for one in plan if one.edition.format == kind]
    assert [one.edition for one in of_kind] == editions
    assert {one.unchanged for one in of_kind} == {True}
    assert [one.key for one in of_kind] == [made.keys[one] for one in editions]
    assert min(one.seconds for one in of_kind) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_its_key_changes_with_its_catalog_and_with_nothing_of_another_language(
    made: Series, kind: Format, tmp_path: Path
) -> None:
    assert made.editions(kind)
    root = Path(shutil.copytree(made.workspace.root, tmp_path / "work"))
    catalog = root / "locales/ru/LC_MESSAGES/a.po"
    text = catalog.read_text("utf-8")
    catalog.write_text(text.replace("Никого не спросили.", "Не спросили никого."), "utf-8")
    assert catalog.read_text("utf-8") != text
    found = find_records(Loader(open_workspace(root)), list(made.files), use_fuzzy=False)
    for one, (key, record) in zip(made.files, found, strict=True):
        if one.format == kind:
            assert (key == made.keys[one]) == ("ru" not in one.tags), one
            assert (record is not None) == ("ru" not in one.tags), one
    keys = [made.keys[one] for one in made.files]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("kind", KINDS)
def test_the_cache_gives_the_same_bytes(made: Series, kind: Format) -> None:
    editions = made.editions(kind)
    for one in editions:
        made.workspace.output(one).unlink()
    outcomes = build(Loader(made.workspace), list(made.files), workers=1, cache=made.cache)
    done = {one.edition: one.done for one in outcomes}
    assert {done[one] for one in editions} == {"restored"}
    assert {made.workspace.output(one).read_bytes() for one in editions} == {
        made.files[one] for one in editions
    }


@pytest.mark.parametrize("kind", first(KINDS, 2))
def test_the_check_of_built_files_finds_it_altered_cut_or_missing(
    made: Series, kind: Format
) -> None:
    assert made.check() == []
    one = made.editions(kind)[0]
    path = made.workspace.output(one)
    middle = len(made.files[one]) // 2
    whole = made.files[one]
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    try:
        path.write_bytes(flipped)
        assert "built-changed" in made.check()
        path.write_bytes(whole[:middle])
        assert len(made.check()) > 1, "only its record tells that it was cut"
        path.unlink()
        assert "built-missing" in made.check()
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_released_with_its_type_and_can_be_made_again(made: Series, kind: Format) -> None:
    editions = made.editions(kind)
    listed = [one for one in made.manifest.editions if one.format == kind]
    assert len(listed) == len(editions)
    assert {made.answers[one.name] for one in listed} == {"same"}
    index = (made.folder / "index.html").read_text("utf-8")
    for one in listed:
        assert f'href="{one.name}" type="{FORMATS[kind].media_type}"' in index
    assert [one.code for one in verify_release(made.folder, made.key).findings] == []


@pytest.mark.parametrize(("zone", "seed", "locale"), [("America/Lima", "77", "C")])
def test_same_bytes_whatever_the_machine_says(
    made: Series, tmp_path: Path, zone: str, seed: str, locale: str
) -> None:
    root = tmp_path / f"another place {seed}"
    shutil.copytree(made.workspace.root, root, ignore=shutil.ignore_patterns("build"))
    build_elsewhere(root, zone, seed, locale)
    elsewhere = open_workspace(root)
    for one, data in made.files.items():
        assert elsewhere.output(one).read_bytes() == data, one


def build_elsewhere(root: Path, zone: str, seed: str, locale: str = "C.UTF-8") -> None:
    kinds = [word for kind in KINDS for word in ("-f", kind)]
    command = [
        sys.executable,
        "-m",
        "publish",
        "build",
        "-q",
        "--no-cache",
        *kinds,
        "-C",
        str(root),
    ]
    more = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "LANG": locale}
    more |= {"SOURCE_DATE_EPOCH": "1234567"}
    subprocess.run(command, check=False, env=environment(**more), cwd=root)
