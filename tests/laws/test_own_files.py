"""What a stranger's workspace cannot do: write or read outside itself; and what runs leave."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import first
from releasecases import picture, series

from publish.actions.desk.opened import OpenDesk
from publish.cli.main import main
from publish.errors import PublishError
from publish.files import staging_folder, temporary_folder, write_atomic
from publish.leftovers import LEFTOVER
from publish.project.locking import hold_folder
from publish.project.workspace import open_workspace
from publish.release.manifest import read_manifest

SECRET = "A line of somebody else's, 4711."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a document in two languages, built, and with a review and a glossary."""
    root = series(tmp_path_factory.mktemp("made") / "work", "alpha")
    text = (root / "publish.toml").read_text("utf-8")
    (root / "publish.toml").write_text(text + 'formats = ["epub"]\n', "utf-8")
    (root / "locales/glossary.csv").write_text("en,ru,status,note\nlaw,закон,,\n", "utf-8")
    assert main(["build", "-q", "-C", str(root)]) in (0, 1)
    words = ["review", "approve", "--all", "-l", "ru", "--as", "editor", "-q", "-C", str(root)]
    assert main(words) in (0, 1)
    assert main(["status", "-q", "-C", str(root)]) == 0
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "work")
    return tmp_path / "work"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def replace_by_link(root: Path, place: str) -> tuple[Path, Path]:
    """Put a link in the place of a file or folder, and what was there outside the workspace."""
    path, outside = root / place, root.with_name("outside") / "there"
    outside.parent.mkdir()
    if path.exists():
        path.rename(outside)
    elif path.suffix:
        outside.write_text(SECRET, "utf-8")
    else:
        outside.mkdir()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(outside)
    return path, outside


WRITING = {
    "update": (
        "locales",
        "locales/alpha.pot",
        "locales/ru",
        "locales/ru/LC_MESSAGES",
        "locales/ru/LC_MESSAGES/alpha.po",
    ),
    "extract": ("locales", "locales/alpha.pot"),
    "build -f epub -l en": (
        "build",
        "build/en",
        "build/en/alpha.epub",
        "build/.editions",
        "build/.editions/alpha.en.a4.epub.json",
        "build/.cache",
    ),
    "status": ("build", "build/.status", "build/.status/alpha.json"),
    "review reject p1 -l ru --as editor --reason wrong": (
        "locales/ru/LC_MESSAGES/alpha.review.csv",
    ),
    "review prune -l ru": ("locales/ru/LC_MESSAGES/alpha.review.csv",),
    "kit export -l ru": ("build", "build/kits", "build/kits/alpha.ru.zip"),
    "language add tk": ("locales/tk", "publish.toml"),
    "release --unsigned": ("build/release", "build"),
    "release --unsigned --into {root}/out": ("out",),
    "tm export -o {root}/out.tmx": ("out.tmx",),
    "tm export -o {root}/build/memory.tmx": ("build", "build/memory.tmx"),
    "glossary export -o {root}/out/terms.tbx": ("out", "out/terms.tbx"),
    "check --html {root}/found/page.html": ("found", "found/page.html"),
    "diff -l ru --html {root}/changes.html": ("changes.html",),
    "merge-po --install": (".gitattributes",),
}


@pytest.mark.parametrize(
    ("command", "place"), [(command, one) for command, places in WRITING.items() for one in places]
)
def test_nothing_is_written_through_a_link(
    root: Path, capsys: pytest.CaptureFixture[str], command: str, place: str
) -> None:
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    with (root / "source/alpha.md").open("a", encoding="utf-8") as file:
        file.write("\nOne more sentence. $(touch run)\n")
    link, outside = replace_by_link(root, place)
    before = contents(outside.parent), outside.parent.stat().st_mtime_ns
    here = [] if command.startswith("merge-po") else ["-C", str(root)]
    words = [one.replace("{root}", str(root)) for one in command.split()]
    if command.startswith("kit"):
        assert main(["update", "-q", "-l", "ru", "-C", str(root)]) == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert main([*words, *here]) in (1, 2, 3)
    said = capsys.readouterr().err
    assert (contents(outside.parent), outside.parent.stat().st_mtime_ns) == before
    assert link.is_symlink()
    assert link.name in said
    assert str(outside) in said


@pytest.mark.parametrize("place", ["../Makefile", "../.git/hooks/post-checkout"])
def test_no_file_of_the_workspace_is_overwritten_through_a_link(
    root: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    target = root / "locales" / place
    target.resolve().parent.mkdir(parents=True, exist_ok=True)
    target.resolve().write_bytes(b"all:\n")
    (root / "locales/alpha.pot").unlink()
    (root / "locales/alpha.pot").symlink_to(place)
    assert main(["update", "-C", str(root)]) == 1
    assert "alpha.pot" in capsys.readouterr().err
    assert target.resolve().read_bytes() == b"all:\n"


def test_an_edition_behind_a_link_is_not_deleted(root: Path) -> None:
    """A refused edition loses its older file, but not through a link."""
    outside = root.with_name("outside")
    (root / "build/ru").rename(outside)
    (root / "build/ru").symlink_to(outside)
    (root / "locales/ru/LC_MESSAGES/alpha.po").write_bytes(b"msgid broken")
    assert main(["build", "-q", "-C", str(root)]) != 0
    assert list(contents(outside)) == ["alpha.epub"]


def test_init_writes_through_no_link(tmp_path: Path) -> None:
    for place in ("publish.toml", "source", ".gitignore"):
        root = tmp_path / f"root-{place}" / "work"
        root.mkdir(parents=True)
        _, outside = replace_by_link(root, place)
        if place != "source":  # A link to nothing, so that the file seems not to be there.
            outside.unlink() if outside.is_file() else outside.rmdir()
        assert main(["init", "-C", str(root)]) in (1, 2)
        assert not outside.is_file()
        assert not outside.is_dir() or contents(outside) == {}


def test_a_public_key_is_not_written_through_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH_PASSPHRASE", "a passphrase for the tests")
    (tmp_path / "mine.pub").symlink_to(tmp_path / "elsewhere")
    assert main(["release", "key", "new", "--key", str(tmp_path / "mine.key")]) != 0
    assert not (tmp_path / "elsewhere").exists()


def test_links_above_a_workspace_are_the_users_own(root: Path) -> None:
    link = root.with_name("link")
    link.symlink_to(root)
    assert main(["update", "-q", "-C", str(link)]) == 0
    far = root.with_name("far")
    far.mkdir()
    (root.parent / "way").symlink_to(far)
    words = ["tm", "export", "-q", "-o", str(root.parent / "way" / "a.tmx"), "-C", str(root)]
    assert main(words) == 0
    assert (far / "a.tmx").is_file()


# --------------------------------------------------------------------------- reading

READ = {
    "source/alpha.md": f"---\ntitle: T\n---\n\n{SECRET}\n",
    "source": "",
    "source/more": "",
    "source/more/1.md": SECRET,
    "source/map.png": "",
    "locales/ru/LC_MESSAGES/alpha.po": "",
    "locales/ru/LC_MESSAGES/alpha.review.csv": SECRET,
    "locales/ru": "",
    "locales/glossary.csv": f"en,ru,status,note\n{SECRET},{SECRET},,\n",
    "templates": "",
    "templates/theme.css": f":root {{ --accent: {SECRET} }}",
    "templates/text.css": f'p::before {{ content: "{SECRET}" }}',
    "templates/edition.xhtml": SECRET,
    "templates/logo.png": "",
    "templates/inner": "",
    "publish.toml": f"languages = {SECRET}",
}


@pytest.mark.parametrize("place", READ)
@pytest.mark.parametrize(
    "command", first(["build", "check", "kit export -l ru", "release --unsigned"], 3)
)
def test_nothing_is_read_through_a_link(
    root: Path, capfd: pytest.CaptureFixture[str], place: str, command: str
) -> None:
    if place == "templates/inner" and not command.startswith(("build", "release")):
        pytest.skip("this command reads no template")
    for path in root.glob("build/*"):
        shutil.rmtree(path)
    _, outside = replace_by_link(root, place)
    if outside.suffix or READ[place]:
        outside.write_text(READ[place], "utf-8")
    elif place.startswith("templates") and outside.is_dir():
        (outside / "text.css").write_text(SECRET, "utf-8")
    elif outside.is_dir() and place == "source/more":
        (outside / "1.md").write_text(f"---\ntitle: T\n---\n{SECRET}", "utf-8")
    code = main([*command.split(), "-C", str(root)])
    said = "".join(capfd.readouterr())
    used = not (command.startswith("kit") and place.startswith(("templates", "source/map")))
    used = used and not (command == "check" and place in UNCHECKED)
    if used:
        assert code in (1, 2, 3), said
        assert str(outside) in said
    assert "4711" not in said
    assert not any(b"4711" in data for data in contents(root / "build").values())


UNCHECKED = ("templates/logo.png", "source/map.png")
"""What `check` does not read."""


@pytest.mark.parametrize(
    ("place", "refused"),
    [
        ("source/beta.md", {"en", "ru"}),
        ("locales/ru/LC_MESSAGES/beta.po", {"ru"}),
        ("locales/ru/LC_MESSAGES/beta.review.csv", {"ru"}),
    ],
)
@pytest.mark.parametrize("more", first(["", "--shard 1/1", "--workers 2"], 1))
def test_a_link_of_one_document_refuses_its_editions_only(
    root: Path, capsys: pytest.CaptureFixture[str], place: str, refused: set[str], more: str
) -> None:
    shutil.copy(root / "source/alpha.md", root / "source/beta.md")
    assert main(["update", "-q", "-C", str(root)]) == 0
    replace_by_link(root, place)
    shutil.rmtree(root / "build")
    capsys.readouterr()
    words = ["build", "-q", "-f", "epub", "--no-cache", *more.split(), "-C", str(root)]
    assert main(words) == 1
    said = capsys.readouterr().err
    assert said.count("error[link-refused]") == 1
    assert f"{len(refused)} of 4 editions were refused" in said
    made = {path.relative_to(root / "build").as_posix() for path in root.glob("build/*/*.epub")}
    assert made == {
        f"{tag}/{name}.epub"
        for tag in ("en", "ru")
        for name in ("alpha", "beta")
        if name == "alpha" or tag not in refused
    }


@pytest.mark.parametrize(
    "name", first(["../../x", "/abs/x", "", "a/b", "..", ".", ".hidden", "a\\b"], 3)
)
@pytest.mark.parametrize("command", ["update", "build", "check", "status"])
def test_a_document_is_a_name_and_no_path(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, command: str
) -> None:
    root = tmp_path / "above" / "beside" / "work"
    shutil.copytree(made, root)
    for victim in (tmp_path / "above/x.md", tmp_path / "above/beside/x.md"):
        victim.write_text(f"---\ntitle: T\n---\n{SECRET}", "utf-8")
    with (root / "publish.toml").open("a", encoding="utf-8") as file:
        file.write(f"documents = ['alpha', '{name}']\n")
    before = contents(tmp_path)
    assert main([command, "-C", str(root)]) == 2
    said = capsys.readouterr()
    assert "is not the name of a document" in said.err
    assert "publish.toml:4" in said.err
    assert "4711" not in said.err + said.out
    assert contents(tmp_path) == before


def test_a_link_that_stays_inside_is_read(root: Path) -> None:
    """Only what is written needs a place of its own; `.git` holds more than files."""
    (root / "common").mkdir()
    (root / "source/alpha.md").rename(root / "common/alpha.md")
    (root / "source/alpha.md").symlink_to("../common/alpha.md")
    assert main(["check", "-q", "-C", str(root)]) in (0, 1)
    opened = open_workspace(root)
    assert opened.read("alpha").body
    (root / ".git").mkdir()
    (root / "common/alpha.md").rename(root / ".git/config")
    (root / "source/alpha.md").unlink()
    (root / "source/alpha.md").symlink_to("../.git/config")
    with pytest.raises(PublishError, match=r"source/alpha\.md leads out of the workspace"):
        opened.read("alpha")


# --------------------------------------------------------------------------- left-overs


def leftovers(*folders: Path) -> list[Path]:
    found = (path for folder in folders for path in folder.rglob("*"))
    return [path for path in found if LEFTOVER.fullmatch(path.name)]


HOLDING = """
import sys, time
from pathlib import Path
from publish import files

where = Path(sys.argv[1])

def wait(_):
    print("ready", flush=True)
    time.sleep(600)

match sys.argv[2]:
    case "file":
        files.os.fsync = wait
        files.write_atomic(where / "x.po", b"text")
    case "folder":
        with files.staging_folder(where / "release") as folder:
            (folder / "a").write_bytes(b"a")
            wait(0)
    case "room":
        with files.temporary_folder() as folder:
            (folder / "a").write_bytes(b"a")
            wait(0)
"""


@pytest.fixture(params=["file", "folder", "room"])
def writer(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process that is in the middle of writing to a folder."""
    folder = tmp_path / "there"
    folder.mkdir()
    named = {**os.environ, "TMPDIR": str(folder)}
    command = [sys.executable, "-c", HOLDING, str(folder), request.param]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=named) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process, folder
        process.kill()


def test_left_overs_of_killed_runs_are_removed_and_no_others(
    writer: tuple[subprocess.Popen[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    process, folder = writer
    foreign = [".x.po.tmp", "publish-notes", "publish-template", ".publish-12.tmp"]
    for name in foreign:
        (folder / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))

    def write() -> None:
        write_atomic(folder / "y.po", os.urandom(9))
        with temporary_folder(), staging_folder(folder / "other"):
            pass

    write()
    assert len(leftovers(folder)) == 1, "the process is alive"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert len(leftovers(folder)) == 1
    write()
    assert leftovers(folder) == []
    assert {path.name for path in folder.iterdir()} == {*foreign, "y.po"}


def test_a_file_that_need_not_change_still_removes_left_overs(tmp_path: Path) -> None:
    path, left = tmp_path / "x.po", tmp_path / ".publish-0123456789abcdef.tmp"
    write_atomic(path, b"same")
    left.write_bytes(b"half")
    assert write_atomic(path, b"same") is False
    assert not left.exists()


@pytest.mark.parametrize("run", ["build -q -f epub -l en", "desk"])
def test_left_overs_beside_catalogs_are_removed_by_whoever_comes_next(root: Path, run: str) -> None:
    """Even if it has nothing to write; a link to elsewhere is not followed."""
    places = [root / "locales", root / "locales/ru/LC_MESSAGES"]
    outside = root.with_name("outside")
    (outside / "LC_MESSAGES").mkdir(parents=True)
    (root / "locales/tk").symlink_to(outside)
    for place in (*places, outside / "LC_MESSAGES"):
        (place / ".publish-0123456789abcdef.tmp").write_bytes(b"half")
    if run == "desk":
        OpenDesk(root).close()
    else:
        assert main([*run.split(), "-C", str(root)]) == 0
    assert leftovers(*places) == []
    assert len(leftovers(outside)) == 1


def test_a_left_over_that_is_a_link_or_a_pipe_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "a").write_bytes(b"a")
    link, pipe = (tmp_path / f".publish-{n}123456789abcdef.tmp" for n in (0, 1))
    link.symlink_to(mine)
    os.mkfifo(pipe)
    write_atomic(tmp_path / "x", b"x")
    assert contents(mine) == {"a": b"a"}


def make_old(path: Path, hours: float) -> None:
    """Make a file, or a folder of mode 0700 with a file, that was last changed so long ago."""
    then = time.time() - hours * 3600
    if path.suffix == ".tmp":
        path.write_bytes(b"half")
    else:
        path.mkdir(0o700)
        (path / "alpha.en.pdf").write_bytes(b"half")
        os.utime(path / "alpha.en.pdf", (then, then))
    os.utime(path, (then, then))


OLD = {
    ".x.po.0a1b2c3d.tmp": 2,
    ".x.po.abcd_fgh.tmp": 2,
    ".y.po.0a1b2c3d.tmp": 2,
    ".z.pot.0a1b2c3d.tmp": 2,
    ".release.new": 2,
    "publish-0a_b2c3d": 25,
}
"""What versions before these names left, and the hours after which it is surely no one's."""

FOREIGN = {
    ".x.po.0a1b2c3e.tmp": 0.5,
    ".x.po.0a1b2c3.tmp": 99,
    ".notes.txt.0a1b2c3d.tmp": 99,
    "x.po.0a1b2c3d.tmp": 99,
    ".other.new": 99,
    "publish-0a_b2c3e": 23,
    "publish-template": 99,
    "publish-0a_b2c3d4": 99,
}
"""What is young, or of another name."""


def test_left_overs_of_earlier_versions_are_removed_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name, hours in (OLD | FOREIGN).items():
        make_old(tmp_path / name, hours)
    write_atomic(tmp_path / "x.po", b"text")
    with temporary_folder(), staging_folder(tmp_path / "release"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"x.po", *FOREIGN}


def test_what_only_has_the_name_of_a_left_over_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links, folders for files, open folders, folders with a young file or with other files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    mine = tmp_path / "mine"
    make_old(mine, 99)
    (tmp_path / ".x.po.0a1b2c3d.tmp").symlink_to(mine)
    (tmp_path / "publish-0a_b2c3d").symlink_to(mine)
    make_old(tmp_path / ".y.po.0a1b2c3d.tmp", 99)
    os.link(tmp_path / ".y.po.0a1b2c3d.tmp", tmp_path / "second-name")
    make_old(tmp_path / "publish-1a_b2c3d", 99)
    (tmp_path / "publish-1a_b2c3d").chmod(0o755)
    make_old(tmp_path / "publish-2a_b2c3d", 99)
    os.utime(tmp_path / "publish-2a_b2c3d/alpha.en.pdf")
    (tmp_path / ".other.new").symlink_to(mine)
    make_old(tmp_path / ".release.new", 99)
    (tmp_path / ".release.new/notes.txt").write_bytes(b"mine")
    for path in (tmp_path / ".release.new/notes.txt", tmp_path / ".release.new"):
        os.utime(path, (0, 0))
    before = set(tmp_path.rglob("*"))
    write_atomic(tmp_path / "x.po", b"text")
    with temporary_folder(), staging_folder(tmp_path / "release"):
        pass
    with staging_folder(tmp_path / "other"):
        pass
    assert set(tmp_path.rglob("*")) == {*before, tmp_path / "x.po"}


@pytest.mark.full
def test_a_build_killed_at_any_moment_leaves_nothing_for_long(made: Path, tmp_path: Path) -> None:
    """Law: after 100 kills at moments all over a build, the next build cleans up and is whole."""
    root, room = tmp_path / "work", tmp_path / "room"
    shutil.copytree(made, root)
    room.mkdir()
    named = {**os.environ, "TMPDIR": str(room)}
    command = [sys.executable, "-m", "publish", "build", "-q", "-C", str(root)]
    started = time.monotonic()
    shutil.rmtree(root / "build")
    assert subprocess.run(command, env=named, check=False).returncode in (0, 1)
    whole, lasted = contents(root / "build/ru"), time.monotonic() - started
    for number in range(100):
        shutil.rmtree(root / "build/ru", ignore_errors=True)
        shutil.rmtree(root / "build/.cache", ignore_errors=True)
        with subprocess.Popen(command, env=named, stderr=subprocess.DEVNULL) as process:
            time.sleep(lasted * number / 100)
            process.kill()
    assert subprocess.run(command, env=named, check=False).returncode in (0, 1)
    assert contents(root / "build/ru") == whole
    assert leftovers(room, root) == []


# --------------------------------------------------------------------------- at once


@pytest.mark.parametrize(
    "command",
    first(
        [
            "update",
            "build -f epub -l en",
            "check --fix",
            "release --unsigned",
            "review prune",
            "extract",
        ],
        3,
    ),
)
def test_a_command_that_writes_waits_for_another(
    root: Path, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    words = [sys.executable, "-m", "publish", *command.split(), "-C", str(root)]
    with hold_folder(root):
        process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        first = process.stderr.readline()
        assert first.startswith("another publish command is writing in this workspace")
        assert process.poll() is None
    process.communicate()
    assert process.returncode in (0, 1)


@pytest.mark.parametrize("command", ["check", "status", "plan", "update --dry-run", "review"])
def test_a_command_that_only_reads_does_not_wait(root: Path, command: str) -> None:
    with hold_folder(root):
        assert main([*command.split(), "-C", str(root)]) in (0, 1)


@pytest.mark.full
@pytest.mark.parametrize("command", ["release --unsigned", "build", "update"])
def test_commands_at_once_leave_everything_whole(made: Path, tmp_path: Path, command: str) -> None:
    """30 races: ten of two releases, ten of two builds, ten of two updates."""
    root = tmp_path / "work"
    shutil.copytree(made, root)
    words = [sys.executable, "-m", "publish", *command.split(), "-q", "-C", str(root)]
    for number in range(10):
        with (root / "source/alpha.md").open("a", encoding="utf-8") as file:
            file.write(f"\nSentence {'a' * (number + 1)} is new.\n")
        if command != "update":
            assert main(["update", "-q", "-C", str(root)]) == 0
        both = [subprocess.Popen(words, stderr=subprocess.DEVNULL) for _ in range(2)]
        assert {one.wait() for one in both} <= {0, 1}
        if command.startswith("release"):
            manifest = read_manifest((root / "build/release/manifest.json").read_bytes())
            listed = {one.name for one in manifest.files} | {"manifest.json", "SHA256SUMS"}
            assert contents(root / "build/release").keys() == listed
            assert main(["verify", str(root / "build/release")]) == 5
        assert main(["check", "--built", "-q", "-C", str(root)]) == 0 or command == "update"
        assert leftovers(root) == []


def test_the_picture_is_there(made: Path) -> None:
    """The links of this file are tested with an image that an edition shows."""
    assert (made / "source/map.png").read_bytes() == picture()
