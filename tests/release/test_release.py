"""A release: its files, what it says of them, its feeds and pages, what is new in it."""

from __future__ import annotations

import io
import lzma
import multiprocessing
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import Golden, untranslate
from releasecases import PASSPHRASE, Released, contents, parsed, release, series, translate
from steady import steady

from publish.building.auditing import audit_built
from publish.building.preparing import Texts
from publish.cli.main import main
from publish.containers.bundle import read_bundle, write_bundle
from publish.errors import PublishError, UsageError
from publish.files import write_atomic
from publish.model import Edition, Finding
from publish.release.manifest import ListedFile, Manifest, read_manifest, write_manifest
from publish.release.news import compare_releases
from publish.release.releasefolder import MANIFEST, exchange_folder
from publish.release.sums import SUMS, compute_sha256, read_sums, write_sums
from publish.signatures.keyfiles import open_key
from publish.translation.loading import Loader


def test_files_have_neutral_names(released: Released) -> None:
    names = sorted(released.files)
    assert [name for name in names if name.startswith("alpha")] == [
        "alpha.en.original.epub",
        "alpha.en.original.pdf",
        "alpha.en.original.png",
        "alpha.en.original.zip",
        "alpha.opds.xml",
        "alpha.ru.draft.epub",
        "alpha.ru.draft.pdf",
        "alpha.ru.draft.png",
        "alpha.ru.draft.zip",
    ]
    assert {"index.html", "en.html", "ru.html", "SHA256SUMS", "SHA256SUMS.minisig"} <= {*names}


def test_sha256sum_accepts_the_checksums(released: Released) -> None:
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", SUMS],
        cwd=released.folder,
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
    )
    lines = done.stdout.splitlines()
    assert len(lines) == len(released.files) - 3
    assert all(line.endswith(": OK") for line in lines)


@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")
def test_minisign_accepts_the_signature_and_that_of_each_bundle(
    released: Released, tmp_path: Path
) -> None:
    public = released.key.with_suffix(".pub")
    folders = [released.folder]
    for path in released.folder.glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            archive.extractall(tmp_path)
        folders.append(tmp_path / path.stem)
    assert len(folders) == 5
    for folder in folders:
        command = ["minisign", "-Vm", SUMS, "-p", str(public)]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        subprocess.run(["sha256sum", "-c", SUMS], cwd=folder, check=True, capture_output=True)


def test_the_manifest_tells_of_every_file(released: Released) -> None:
    files = released.files
    manifest = read_manifest(files[MANIFEST])
    assert {one.name for one in manifest.files} == files.keys() - {
        MANIFEST,
        SUMS,
        "SHA256SUMS.minisig",
        "timestamp.json",
    }
    for one in manifest.files:
        assert (one.size, one.sha256) == (len(files[one.name]), compute_sha256(files[one.name]))
    (pdf,) = (one for one in manifest.editions if one.name == "alpha.ru.draft.pdf")
    catalog = released.workspace / "locales/ru/LC_MESSAGES/alpha.po"
    source = released.workspace / "source/alpha.md"
    assert (pdf.document, pdf.language, pdf.format, pdf.state) == ("alpha", "ru", "pdf", "draft")
    assert (pdf.revised, pdf.words - pdf.translated) == ("2024-07-01", 1)  # cotton
    assert pdf.pages == 1
    assert (pdf.source, pdf.catalog) == (
        compute_sha256(source.read_bytes()),
        compute_sha256(catalog.read_bytes()),
    )
    assert {"weasyprint", "pango", "harfbuzz", "fontpkg-source-serif-4", "publish"} <= {
        *manifest.toolchain
    }


@pytest.mark.parametrize("bad", [b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b'{"format": 1}'])
def test_what_is_no_manifest_is_told(bad: bytes) -> None:
    with pytest.raises(Exception, match=r"manifest\.json"):
        read_manifest(bad)


@pytest.mark.full
def test_the_report_in_three_languages_fits_a_messenger(tmp_path: Path, workspace: Path) -> None:
    """The three bundles of the report together, in bytes."""
    command = ["release", "-q", "-C", str(workspace), "--unsigned", "--into", str(tmp_path / "r")]
    assert main(command) == 0
    bundles = [path.stat().st_size for path in (tmp_path / "r").glob("*.zip")]
    assert len(bundles) == 3
    assert sum(bundles) <= 600_000


@pytest.mark.full
def test_bilingual_editions_go_out_with_their_translation(
    released: Released, tmp_path: Path
) -> None:
    root = tmp_path / "work"
    shutil.copytree(released.workspace, root)
    with (root / "publish.toml").open("a") as file:
        file.write('bilingual = ["en+ru"]\n')
    assert main(["release", "-q", "-C", str(root), "--unsigned", "--document", "alpha"]) == 0
    files = contents(root / "build/release")
    assert {"alpha.en+ru.draft.pdf", "alpha.en+ru.draft.epub"} <= files.keys()
    assert "alpha.en%2Bru.draft.pdf" in files["ru.html"].decode()
    assert "en+ru" not in str(read_bundle(files["alpha.ru.draft.zip"])[1].keys())
    assert main(["verify", "-q", str(root / "build/release"), "--rebuild", "-C", str(root)]) == 5


class Keyboard:
    """Somebody who types these words, one after the other, and is shown what is asked for."""

    def __init__(self, patch: pytest.MonkeyPatch, *words: str, there: bool = True) -> None:
        self.words, self.asked = list(words), list[str]()
        patch.delenv("PUBLISH_PASSPHRASE", raising=False)
        patch.setattr("publish.cli.options.getpass", self.ask)
        patch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: there))

    def ask(self, prompt: str) -> str:
        self.asked.append(prompt)
        return self.words.pop(0)


@pytest.mark.full
def test_a_new_key_asks_for_its_passphrase_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.key"
    keyboard = Keyboard(monkeypatch, PASSPHRASE, f"{PASSPHRASE}.")
    assert main(["release", "key", "new", "--key", str(path)]) == 2
    assert (
        capsys.readouterr().err
        == "error: the two passphrases differ\n  help: run the command again\n"
    )
    assert not path.exists()
    assert keyboard.asked == [
        f"new passphrase for {path} (at least 12 characters): ",
        "the same again: ",
    ]
    Keyboard(monkeypatch, PASSPHRASE, PASSPHRASE)
    assert main(["release", "key", "new", "--key", str(path)]) == 0
    assert open_key(path, PASSPHRASE)


def test_to_sign_the_passphrase_is_asked_for_once(
    released: Released, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard = Keyboard(monkeypatch, PASSPHRASE)
    words = ["release", "-q", "-C", str(released.workspace), "--key", str(released.key)]
    into = tmp_path / "out"
    assert main([*words, "--document", "alpha", "-l", "en", "--into", str(into)]) == 0
    assert keyboard.asked == [f"passphrase of {released.key}: "]
    assert (into / "SHA256SUMS.minisig").is_file()


@pytest.mark.parametrize("words", [("release", "key", "new", "--key"), ("release", "--key")])
def test_where_nobody_can_type_the_variable_is_named(
    released: Released,
    tmp_path: Path,
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keyboard = Keyboard(monkeypatch, there=False)
    path = tmp_path / "a.key" if "new" in words else released.key
    more = () if "new" in words else ("-C", str(released.workspace), "--into", str(tmp_path / "o"))
    assert main([*words, str(path), *more]) == 2
    assert capsys.readouterr().err == (
        "error: there is no terminal to type the passphrase at\n"
        "  help: set the variable PUBLISH_PASSPHRASE\n"
    )
    assert keyboard.asked == []
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_is_not_there_signs_nothing(
    released: Released, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "no.key"
    assert main(["release", "-C", str(released.workspace), "--key", str(path)]) == 2
    assert f"error: there is no key {path} to sign with\n" in capsys.readouterr().err


# --------------------------------------------------------------------------- archives


def test_bundles_tell_no_time_and_are_written_in_one_way() -> None:
    data = write_bundle("a", {"b": b"1", "c": b"2"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert read_bundle(data) == ("a", {"b": b"1", "c": b"2"})
    for at in range(len(data) * 8):
        changed = bytearray(data)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(PublishError, match="damaged"):
            read_bundle(bytes(changed))


@pytest.mark.parametrize(
    "kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=str
)
def test_what_is_compressed_is_refused_before_it_is_unpacked(kind: int) -> None:
    """A damaged LZMA stream raises what no other archive does."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        archive.writestr("a/b", bytes(range(100)))  # no larger than the archive
    data = buffer.getvalue()
    raised: set[type[Exception]] = set()
    for at in range(30, data.index(b"PK\1\2")):
        damaged = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        with pytest.raises(PublishError) as caught:
            read_bundle(damaged)
        assert caught.value.code == "release-bundle"
        try:
            zipfile.ZipFile(io.BytesIO(damaged)).read("a/b")
        except Exception as error:
            raised.add(type(error))
    assert raised, "the damage is such that unpacking fails"
    assert kind != zipfile.ZIP_LZMA or lzma.LZMAError in raised


def test_what_is_locked_is_refused() -> None:
    data = bytearray(write_bundle("a", {"b": b"1"}))
    for at in (6, data.index(b"PK\1\2") + 8):
        data[at] |= 1
    with pytest.raises(PublishError) as caught:
        read_bundle(bytes(data))
    assert caught.value.code == "release-bundle"


@pytest.mark.parametrize("names", [("a/b", "c/d"), ("a",), ("a/",), ("a/b", "a")])
def test_files_lie_in_one_folder(names: tuple[str, ...]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"1")
    with pytest.raises(PublishError) as caught:
        read_bundle(buffer.getvalue())
    assert caught.value.code == "release-bundle"


def test_checksums_are_written_in_one_way() -> None:
    data = write_sums({"b": b"1", "a c": b"2"})
    assert list(read_sums(data)) == ["a c", "b"]
    for bad in (data.upper(), data[:-1], data + data, data.replace(b"  ", b" *"), b"\xff\n"):
        with pytest.raises(Exception, match="checksums"):
            read_sums(bad)


# --------------------------------------------------------------------------- what may go out


def test_what_is_below_the_state_asked_for_is_left_out(
    released: Released, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "out"
    command = ["release", "-C", str(released.workspace), "--unsigned", "--into", str(into)]
    assert main([*command, "--require", "reviewed"]) == 1
    told = capsys.readouterr().err
    assert "left out   build/ru/alpha.pdf: its state is draft, not reviewed" in told
    assert "no sentence is reviewed" in told
    assert not [name for name in contents(into) if ".ru." in name]
    assert "alpha.en.original.pdf" in contents(into)


def test_where_nothing_may_go_out_the_old_release_stays(
    released: Released, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "out"
    shutil.copytree(released.folder, into)
    command = ["release", "-C", str(released.workspace), "--unsigned", "--into", str(into)]
    assert main([*command, "-l", "ru", "--require", "approved"]) == 1
    assert "error[release-empty]" in capsys.readouterr().err
    assert contents(into) == released.files


def test_a_finished_file_that_was_exchanged_does_not_go_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody writes into `build/` between the build and the release."""
    from publish.release import gathering

    root = series(tmp_path / "work", "alpha")

    def late(loader: Loader, editions: Sequence[Edition], texts: Texts) -> Iterator[Finding]:
        loader.workspace.output(editions[0]).write_bytes(b"%PDF-1.7 another")
        return audit_built(loader, editions, texts)

    monkeypatch.setattr(gathering, "audit_built", late)
    assert main(["release", "-C", str(root), "--unsigned"]) == 1
    told = capsys.readouterr().err
    assert "error[built-changed]" in told
    assert "error[release-audit]" in told
    assert not (root / "build/release").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["key"], "release does not know 'key'"),
        ([], "there is no key"),
        (
            ["--unsigned", "--into", "{here}"],
            "is not replaced: it has no manifest.json of a release",
        ),
        (["--unsigned", "--previous", "{here}"], "is not as it was released"),
        (["--unsigned", "--previous", "x", "--into", "x"], "would be overwritten"),
        (["key", "new", "--key", "{work}/a.key"], "is inside a workspace"),
    ],
)
def test_what_cannot_be_done_is_told(
    released: Released,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    told: str,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    (tmp_path / "here").mkdir()
    (tmp_path / "here/a").write_bytes(b"")
    places = {"here": tmp_path / "here", "work": released.workspace}
    filled = [word.format(**places) for word in words]
    assert main(["release", "-C", str(released.workspace), *filled]) in (1, 2)
    assert told in capsys.readouterr().err
    assert contents(tmp_path / "here") == {"a": b""}


def test_names_that_are_one_on_some_disks_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = series(tmp_path / "work", "alpha", "ALPHA")
    assert main(["release", "-q", "-C", str(root), "--unsigned", "-l", "en"]) == 2
    assert "differ only in upper and lower case" in capsys.readouterr().err


def test_a_name_with_marks_of_letters_is_valid_and_one_with_signs_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = series(tmp_path / "work", "दिन", "दिन;")
    assert main(["release", "-q", "-C", str(root), "--unsigned", "-l", "en"]) == 2
    assert "'दिन;' is not a valid file name on every system" in capsys.readouterr().err


def test_new_key_says_what_to_keep(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH_PASSPHRASE", "a passphrase of words")
    path = tmp_path / "keys/a.key"
    assert main(["release", "key", "new", "--key", str(path)]) == 0
    told = capsys.readouterr()
    assert "Keep a copy of the secret key and the passphrase apart" in told.err
    assert told.out.strip() in path.with_suffix(".pub").read_text("utf-8")


# --------------------------------------------------------------------------- what is new


def edition(document: str, language: str, sha256: str = "0", source: str = "1") -> ListedFile:
    name = f"{document}.{language}.pdf"
    return ListedFile(
        name=name,
        kind="edition",
        size=1,
        sha256=sha256,
        document=document,
        language=language,
        format="pdf",
        source=source,
    )


def test_every_document_is_told_once() -> None:
    before = [edition(name, "ru") for name in ("gone", "same", "anew", "changed")]
    now = [
        edition("same", "ru"),
        edition("anew", "ru", "2"),
        edition("changed", "ru", "2", "3"),
        edition("new", "ru"),
        edition("gone", "en"),
    ]
    assert {one.document: one.kind for one in compare_releases(before, now, "ru")} == {
        "anew": "made anew",
        "changed": "changed",
        "gone": "gone",
        "new": "new",
        "same": "as before",
    }


def test_the_next_release_tells_what_changed_and_leaves_the_old_one(
    released: Released, tmp_path: Path, golden: Golden
) -> None:
    root, into = tmp_path / "work", tmp_path / "second"
    shutil.copytree(released.workspace, root)
    translate(root, "beta", {"Nobody was asked.": "Никто не был опрошен."})
    before = released.files
    release(root, released.key, into, "--previous", str(released.folder))
    assert released.files == before
    text = " ".join("".join(parsed((into / "changes.ru.html").read_bytes()).itertext()).split())
    assert re.search(r"Доклад alpha Без изменений", text)
    assert re.search(r"Доклад beta Изменено", text)
    for tag in ("en", "ru"):
        page = (into / f"changes.{tag}.html").read_text("utf-8")
        golden(Path(f"cases/release/changes-second.{tag}.html"), steady(page))
    manifest = read_manifest((into / MANIFEST).read_bytes())
    assert manifest.previous == compute_sha256(before[SUMS])
    assert contents(into)["alpha.ru.draft.pdf"] == before["alpha.ru.draft.pdf"]
    assert contents(into)["beta.ru.draft.pdf"] != before["beta.ru.draft.pdf"]
    assert main(["verify", "-q", str(into), "--key", str(released.key.with_suffix(".pub"))]) == 0


def test_only_what_changed_is_built_again(released: Released, tmp_path: Path) -> None:
    root = tmp_path / "work"
    shutil.copytree(released.workspace, root)
    files = {path: path.stat().st_mtime_ns for path in sorted(root.glob("build/??/*"))}
    translate(root, "beta", {"Nobody was asked.": "Никто не был опрошен."})
    assert main(["release", "-q", "-C", str(root), "--unsigned"]) == 0
    again = {path.name for path, time in files.items() if path.stat().st_mtime_ns != time}
    assert again == {"beta.pdf", "beta.epub"}
    assert len(files) == 8


def test_a_release_without_a_printed_edition_tells_no_pages(tmp_path: Path) -> None:
    root = series(tmp_path / "work", "alpha")
    with (root / "publish.toml").open("a") as file:
        file.write('formats = ["epub"]\n')
    assert main(["release", "-q", "-C", str(root), "--unsigned"]) == 0
    files = contents(root / "build/release")
    for name in ("changes.en.html", "en.html", "index.html"):
        assert "Pages" not in files[name].decode()
        assert "pages" not in " ".join(parsed(files[name]).itertext()).casefold()
    assert not any(name.endswith(".pdf") for name in files)


# --------------------------------------------------------------------------- in one step


def listed_files(*names: str) -> dict[str, bytes]:
    """The files of a release with these files, in which nothing is right but the list."""
    listed = tuple(ListedFile(name=name, kind="page", size=0, sha256="") for name in names)
    manifest = write_manifest(Manifest(listed, {}, "2024-06-24"))
    return {MANIFEST: manifest, **{name: name.encode() for name in names}}


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"notes.txt": b""}, "it has no manifest.json of a release"),
        ({MANIFEST: b'{"name": "a web app"}', "notes.txt": b""}, "it has no manifest.json of a"),
        ({**listed_files("a"), "CNAME": b""}, "CNAME is not a file of a release"),
        ({**listed_files("a"), ".git/HEAD": b""}, ".git is not a file of a release"),
        ({**listed_files("a/b"), "a/b": b""}, "a is not a file of a release"),
    ],
)
def test_a_folder_of_somebody_else_is_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, bytes], why: str
) -> None:
    folder, root = tmp_path / "mine", series(tmp_path / "work", "alpha")
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    with pytest.raises(UsageError, match=re.escape(f"mine is not replaced: {why}")):
        exchange_folder(folder, listed_files("new"))
    words = ["release", "-q", "-C", str(root), "--unsigned", "--into", str(folder)]
    assert main(words) == 2
    assert why in capsys.readouterr().err
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == set(files)
    assert not (root / "build").exists(), "it is said before anything is built"


def test_a_link_is_not_replaced(tmp_path: Path) -> None:
    folder, link = tmp_path / "r", tmp_path / "link"
    exchange_folder(folder, listed_files("old"))
    link.symlink_to(folder)
    with pytest.raises(PublishError, match="link is a link to"):
        exchange_folder(link, listed_files("new"))
    strange = listed_files("old", "more")
    (folder / "more").symlink_to(tmp_path / "elsewhere")
    (folder / MANIFEST).write_bytes(strange[MANIFEST])
    with pytest.raises(UsageError, match="more is not a file of a release"):
        exchange_folder(folder, listed_files("new"))
    assert (folder / "old").read_bytes() == b"old"


def race(folder: str, number: int) -> None:
    """Replace a folder many times, as a process of its own."""
    for turn in range(20):
        exchange_folder(Path(folder), listed_files(*(f"{number}-{turn}-{one}" for one in range(5))))


@pytest.mark.skipif(sys.platform != "linux", reason="others cannot exchange two folders")
@pytest.mark.full
def test_releases_at_once_leave_one_whole_folder(tmp_path: Path) -> None:
    """And whoever looks meanwhile finds the folder there."""
    folder = tmp_path / "r"
    exchange_folder(folder, listed_files("first"))
    context = multiprocessing.get_context("fork")
    runs = [context.Process(target=race, args=(str(folder), number)) for number in range(4)]
    for run in runs:
        run.start()
    missing = 0
    while any(run.is_alive() for run in runs):
        missing += not folder.is_dir()
    assert ([run.exitcode for run in runs], missing) == ([0] * 4, 0)
    manifest = read_manifest((folder / MANIFEST).read_bytes())
    assert contents(folder).keys() == {MANIFEST, *(one.name for one in manifest.files)}
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_a_folder_is_exchanged_whole(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    old, new = listed_files("old"), listed_files("new")
    exchange_folder(folder, old)
    exchange_folder(folder, new)
    assert contents(folder) == new
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


@pytest.mark.parametrize("exchange", [True, False])
def test_a_release_cut_short_leaves_one_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    """Law (atomic): stopped at any rename or write, the next run finds the old or the new one."""
    from publish.release import releasefolder

    if not exchange:
        monkeypatch.setattr(releasefolder, "_exchanged", lambda one, other: False)
    old, new = listed_files("a"), listed_files("b")
    honest_write, honest_rename = write_atomic, Path.rename
    for stop in range(1, 6):
        folder = tmp_path / f"r{stop}"
        exchange_folder(folder, old)
        left = [stop]

        def counted(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt

        def write(path: Path, data: bytes) -> bool:
            counted()
            return honest_write(path, data)

        def rename(path: Path, target: Path) -> Path:
            counted()
            return honest_rename(path, target)

        with monkeypatch.context() as patch:
            patch.setattr(releasefolder, "write_atomic", write)
            patch.setattr(Path, "rename", rename)
            with suppress(KeyboardInterrupt):
                exchange_folder(folder, new)
        beside = folder.with_name(f".{folder.name}.old")
        assert contents(folder if folder.exists() else beside) in (old, new)
        exchange_folder(folder, new)
        assert contents(folder) == new


@pytest.mark.full
def test_untranslated_texts_of_a_report_do_not_stop_a_release(workspace: Path) -> None:
    """A half-translated edition goes out as a draft, and says how far it is."""
    untranslate(workspace, "tk")
    assert main(["release", "-q", "-C", str(workspace), "--unsigned", "-l", "tk"]) == 0
    manifest = read_manifest((workspace / "build/release" / MANIFEST).read_bytes())
    assert {one.percent < 100 for one in manifest.editions} == {True}
    assert replace(manifest, files=()).files == ()
    assert read_manifest(write_manifest(manifest)) == replace(
        manifest, files=tuple(sorted(manifest.files, key=lambda one: one.name))
    )
