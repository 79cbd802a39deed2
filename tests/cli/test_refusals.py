"""What a mistake or the system's refusal says: the file, the line and the way out."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from threading import Thread

import pytest
from conftest import ROOT
from examples import first

from publish import settingtable
from publish.building.stopping import stop_on_signals
from publish.cli.commands import COMMANDS
from publish.cli.main import main
from publish.errors import UsageError
from publish.files import write_atomic
from publish.oserrors import explain_os_error
from publish.resources import find_template_folder
from publish.settings import read_settings

NAME = "tip-2024-turkmenistan"


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """A workspace as `publish init` makes it, with catalogs."""
    root = tmp_path / "started"
    main(["init", "en", "ru", "-C", str(root)])
    main(["update", "-q", "-C", str(root)])
    return root


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def in_a_process(root: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "publish", *words],
        cwd=root,
        env={**kept, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        check=False,
    )


# --------------------------------------------------------------------------- encodings


def test_letters_that_the_output_lacks_are_escaped(tmp_path: Path) -> None:
    done = in_a_process(tmp_path, "explain", "number-missing", PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u0412" in done.stdout


@pytest.mark.parametrize("command", first(["update", "status", "build"], 1))
def test_names_that_the_system_cannot_tell_are_refused(started: Path, command: str) -> None:
    (started / "source/report.md").rename(started / "source/Отчёт.md")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = in_a_process(started, command, **plain)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: a file name has letters that the encoding")
    assert b"help: export LC_ALL=C.UTF-8" in done.stderr


# --------------------------------------------------------------------------- the system


def test_a_write_that_fails_names_the_file_and_not_the_one_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_atomic(tmp_path / "report.po", b"text")
    assert caught.value.filename == str(tmp_path / "report.po")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("unbuffered", first(["", "1"], 1))
@pytest.mark.parametrize(
    "words", first([("--help",), ("status",), ("status", "--json"), ("buld",)], 2)
)
@pytest.mark.parametrize("closed", ["stdout", "both"])
def test_a_reader_who_leaves_early_is_no_failure(
    started: Path, words: tuple[str, ...], unbuffered: str, closed: str
) -> None:
    """As in `publish status | head -0`: no complaint, no code of failure, and nothing is lost."""
    read, write = os.pipe()
    os.close(read)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "publish", *words],
        cwd=started,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered},
        stdout=write,
        stderr=write if closed == "both" else subprocess.PIPE,
        check=False,
    )
    os.close(write)
    if words == ("buld",):
        assert done.returncode == (2 if closed == "stdout" else 0)
        assert closed == "both" or done.stderr.startswith(b"error: there is no command")
    else:
        assert (done.returncode, done.stderr) == (0, b"" if closed == "stdout" else None)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_the_system_refuses_has_the_code_of_the_command(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system", "locales/x.po")

    words = {"explain": ["number-missing"], "verify": ["x"], "language": ["add", "ru"]}
    more = {"import": ["x"], "kit": ["import", "x"], "release": ["--unsigned"], "tm": ["export"]}
    monkeypatch.setattr(import_module(COMMANDS[name].module), "run", refuse)
    assert said(capsys, name, *(words | more).get(name, [])) == (
        3 if name in ("build", "release") else 2,
        "",
        "error: Read-only file system: locales/x.po\n"
        "  help: check who owns the file and its folder, and whether you may write to them\n",
    )


def test_a_folder_that_is_a_file_is_named(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The system itself refuses here."""
    folder = started / "locales/tk"
    folder.write_text("in the way")
    code, _, err = said(capsys, "language", "add", "tk", "-C", str(started))
    assert code == 2
    assert str(folder) in err
    assert "\n  help: a folder is needed there: move or rename the file in its place" in err


def as_in_a_shell(number: signal.Signals) -> object:
    """Return what a signal does in a shell, and make it so: `nohup` and `&` ignore some."""
    usual = signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL
    signal.signal(number, usual)
    return signal.getsignal(number)


@pytest.fixture
def signals() -> Iterator[None]:
    """Whatever a test does to signals is undone."""
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_who_wants_an_end_gets_an_interruption(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = getattr(signal, name)
    command = import_module(COMMANDS["explain"].module)
    before = as_in_a_shell(number)
    seen: list[object] = []

    def wait(_: object) -> int:
        seen.append(signal.getsignal(number))
        assert callable(seen[0]), "else the signal would end the tests"
        signal.raise_signal(number)
        return 0

    monkeypatch.setattr(command, "run", wait)
    assert said(capsys, "explain", "number-missing") == (
        130,
        "",
        "interrupted; finished editions are whole\n",
    )
    assert seen != [signal.SIG_DFL]
    assert signal.getsignal(number) is before


@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_signals_that_somebody_ignores_stay_ignored(name: str) -> None:
    number = getattr(signal, name)
    signal.signal(number, signal.SIG_IGN)
    with stop_on_signals():
        assert signal.getsignal(number) is signal.SIG_IGN
    assert signal.getsignal(number) is signal.SIG_IGN


@pytest.mark.usefixtures("signals")
def test_a_thread_leaves_signals_alone() -> None:
    as_in_a_shell(signal.SIGTERM)
    found: list[object] = []

    def enter() -> None:
        with stop_on_signals():
            found.append(signal.getsignal(signal.SIGTERM))

    thread = Thread(target=enter)
    thread.start()
    thread.join()
    assert found == [signal.SIG_DFL]


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "free some space on that disk"),
        (errno.EDQUOT, "free some space on that disk"),
        (errno.EFBIG, "free some space on that disk"),
        (errno.EACCES, "check who owns the file"),
        (errno.EPERM, "check who owns the file"),
        (errno.EROFS, "check who owns the file"),
        (errno.ENOTDIR, "a folder is needed there"),
        (errno.EEXIST, "a folder is needed there"),
        (errno.ENOENT, "check the spelling"),
        (errno.EIO, "check the disk"),
    ],
)
def test_every_refusal_has_a_way_out(number: int, hint: str) -> None:
    error = explain_os_error(OSError(number, os.strerror(number), "a.po"), building=False)
    assert error.message == f"{os.strerror(number)}: a.po"
    assert error.hint.startswith(hint)
    other = explain_os_error(OSError(number, ""), building=True)
    assert (error.exit_code, other.exit_code) == (2, 3)
    assert other.message.endswith(": a file that the system does not name")
    assert ("TMPDIR" in other.hint) == hint.startswith("free")


# --------------------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ('formats = ["pdf"]\n\n\nx = [\n', 4, 'put text in "quotes" and lists in [brackets]'),
        (
            'formats = ["pdf"]\nlanguages = [\n  "en",\n  ru,\n]\n',
            4,
            "something that begins in line 2 may not be closed;",
        ),
        ('cache = "build\n', 1, 'put text in "quotes"'),
        ('languages = ["en"]\nfonts = ["x"]\n', 2, "begin it with a line [fonts]\n"),
        (
            '[tool.publish]\nlanguages = ["en"]\n',
            1,
            "in publish.toml, write [fonts] instead of [tool.publish.fonts]",
        ),
        ('languages = [\n  "en",\n  "../../x",\n]\n', 3, "use a BCP 47 language tag"),
        ('source-language = "qq"\n', 1, "use a BCP 47 language tag"),
    ],
)
def test_settings_name_their_line_and_the_way_out(
    started: Path, text: str, line: int, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (started / "publish.toml").write_text(text)
    code, _, err = said(capsys, "status", "-l", "en", "-C", str(started))
    assert code == 2
    assert f"  --> publish.toml:{line}\n  help: {hint}" in err


def test_a_hint_names_the_table_as_it_stands_in_a_python_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.publish]\nfonts = 3\n")
    err = said(capsys, "status", "-C", str(tmp_path))[2]
    assert "  --> pyproject.toml:2\n  help: begin it with a line [tool.publish.fonts]\n" in err


def test_settings_with_a_byte_order_mark_are_understood_and_keep_it(started: Path) -> None:
    path = started / "publish.toml"
    path.write_bytes(b'\xef\xbb\xbflanguages = ["en", "ru"]\n')
    assert main(["language", "add", "tk", "-C", str(started)]) == 0
    assert path.read_bytes() == b'\xef\xbb\xbflanguages = ["en", "ru", "tk"]\n'


# --------------------------------------------------------------------------- commands


def test_a_source_that_cannot_be_read_is_not_called_faultless(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (started / "source/report.md").write_text("---\npublished: soon\n---\na\n")
    code, out, _ = said(capsys, "check", "-C", str(started))
    assert code == 1
    assert out.splitlines()[-3:] == [
        "source: 1 error, 0 warnings, 0 pieces of advice",
        "en: 1 document not checked",
        "ru: 1 document not checked",
    ]


def test_one_broken_catalog_leaves_the_status_of_the_others(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = started / "locales/ru/LC_MESSAGES/report.po"
    path.write_text(path.read_text().replace('msgstr ""', 'msgstr "', 1))
    code, out, err = said(capsys, "status", "-C", str(started))
    assert code == 1
    assert "--> locales/ru/LC_MESSAGES/report.po:" in err
    rows = [line.split()[1:5] for line in out.splitlines()[1:]]
    assert rows[1] == ["ru", "cannot", "be", "read"]
    assert (rows[0][0], len(rows)) == ("en", 2)
    code, out, _ = said(capsys, "status", "--json", "-C", str(started))
    told = json.loads(out)
    assert code == 1
    assert [row["language"] for row in told["editions"]] == ["en"]
    assert [(row["document"], row["language"]) for row in told["unread"]] == [("report", "ru")]


def test_options_for_all_commands_may_stand_before_them(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "-C", str(started), "-q", "status", "-l", "ru")
    assert code == 0
    assert out.splitlines()[1].split()[:2] == ["report", "ru"]
    assert said(capsys, f"-C{started}", "review", "--dry-run", "--", "prune")[0] == 0
    assert said(capsys, "-C", str(started))[0] == 2


def test_a_dry_run_says_what_would_be_done(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("review", "approve", "protection, sentence 2", "-l", "ru", "--as", "editor")
    code, out, err = said(capsys, *words, "--dry-run", "-C", str(workspace))
    assert code == 0
    assert out.startswith("would be approved  protection, sentence 2: ")
    assert err.endswith("1 sentence would be approved\n")
    assert list(workspace.rglob("*.review.csv")) == []
    catalog = workspace / f"locales/ru/LC_MESSAGES/{NAME}.po"
    back = ("kit", "import", str(catalog), "--document", NAME, "-l", "ru", "--dry-run")
    assert "0 would be taken" in said(capsys, *back, "-C", str(workspace))[2]


def test_several_languages_are_added_at_once(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = said(capsys, "language", "add", "kk", "fr", "kk", "-C", str(started))
    assert code == 0
    assert read_settings(started).languages == ("en", "ru", "kk", "fr")
    assert (started / "locales/fr/LC_MESSAGES/publish.po").is_file()
    assert err.endswith("then publish build -l kk -l fr\n")


def test_a_new_workspace_keeps_editions_out_of_git(tmp_path: Path) -> None:
    assert main(["init", "-C", str(tmp_path)]) == 0
    assert "build/" in (tmp_path / ".gitignore").read_text().splitlines()
    other = tmp_path / "other"
    other.mkdir()
    (other / ".gitignore").write_text("mine\n")
    assert main(["init", "-C", str(other)]) == 0
    assert (other / ".gitignore").read_text() == "mine\n"


# --------------------------------------------------------------------------- odd settings and disks


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a = " + "[" * 3000 + "]" * 3000, "the settings have something nested too deeply"),
        ("a = " + "{a=" * 3000 + "1" + "}" * 3000, "the settings have something nested too deeply"),
        ("a = " + "1" * 9000, "the settings have something too long a number"),
        (".".join("a" * 5000) + " = 1", "unknown setting 'a'"),
    ],
)
def test_settings_that_python_gives_up_on_are_told(
    line: str, words: str, started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (started / "publish.toml").open("a") as file:
        file.write(f"{line}\n")
    code, _, err = said(capsys, "check", "-C", str(started))
    assert (code, err.partition("\n")[0]) == (2, f"error: {words}")


def test_many_lines_of_wrong_settings_are_not_tried_one_by_one(
    started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (started / "publish.toml").write_text("a = 1\n" * 5000)
    tried: list[int] = []
    real = settingtable.tomllib.loads  # type: ignore[attr-defined]
    monkeypatch.setattr(settingtable.tomllib, "loads", lambda text: tried.append(1) or real(text))  # type: ignore[attr-defined,func-returns-value]
    with pytest.raises(UsageError, match="not valid TOML"):
        read_settings(started)
    assert len(tried) < 10


@pytest.mark.parametrize("place", ["write_edition", "make_edition_tree"])
def test_a_full_temporary_folder_is_no_bug(
    place: str, started: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a worker, where fonts are put into the folder, as in the process that makes the folder."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/publish-x/font.ttf")

    module = "writers" if place == "write_edition" else "page.bilingual"
    monkeypatch.setattr(f"publish.editions.{module}.{place}", full)
    source = started / "source" / "report.md"
    source.write_text("---\ntitle: T\nrevised: 2024-06-24\n---\n\n# A\n\nOne.\n")
    code, _, err = said(capsys, "build", "-q", "-l", "en", "-f", "epub", "-C", str(started))
    assert code == 3
    assert err.startswith("error: No space left on device: /tmp/publish-x/font.ttf\n")
    assert "free some space" in err


TINY = """mount -t tmpfs -o size=300k tmpfs "$1" && shift && exec "$@" """


@pytest.mark.full
@pytest.mark.parametrize(
    "command", ["build", "release --unsigned", "kit export -l ru", "check --built", "update"]
)
def test_a_disk_of_temporary_files_that_is_full_is_no_bug(
    command: str, started: Path, tmp_path: Path
) -> None:
    """On a real disk of 300 KiB, which some commands fill."""
    (tmp_path / "tiny").mkdir()
    apart = ["unshare", "-rm", "sh", "-c", TINY, "sh", str(tmp_path / "tiny")]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a disk")
    words = [*apart, sys.executable, "-m", "publish", *command.split(), "-q", "-C", str(started)]
    room = {**os.environ, "TMPDIR": str(tmp_path / "tiny")}
    done = subprocess.run(words, env=room, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode in ((3,) if command == "build" else (0, 1, 2))
    assert "Traceback" not in said
    assert "fault" not in said
    if command.startswith(("build", "release")):
        assert "error: No space left on device" in said
        assert "TMPDIR" in said


DEEP = {
    "lists": "languages = " + "[" * 10_000 + "]" * 10_000,
    "tables": "fonts = " + "{a = " * 10_000 + "1" + "}" * 10_000,
    "names": "a" + ".a" * 10_000 + " = 1",
    "headings": "[" + "a." * 10_000 + "a]",
}


@pytest.mark.parametrize("name", DEEP)
@pytest.mark.parametrize("command", first(["status", "build", "language add tk"], 1))
def test_settings_nested_ever_so_deeply_are_refused(
    name: str, command: str, started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (started / "publish.toml").write_text(DEEP[name], "utf-8")
    code, _, err = said(capsys, *command.split(), "-C", str(started))
    assert code == 2
    assert "nested too deeply" in err or "unknown setting 'a'" in err
    assert "publish.toml:1" in err
    assert len(err) < 1000


@pytest.mark.parametrize(
    "rule",
    first(
        [
            "p { width: 99999999999999999999px; font-size: 1e99em }",
            "p { line-height: 1e308em }",
            "@page { size: 1e30cm 1e30cm }",
            "p { margin: calc(1px / 0) }",
            "}}}}",
            "@media {{{{",
            "\\",
            "body { display: none }",
            "p::first-letter { font-size: 2em }",
            "html { float: footnote; position: running(x) }",
            "p { font-size: 0; columns: 1000 }",
            "@import url(x);",
            "@font-face { font-family: x; src: url(file:///etc/passwd) }",
        ],
        5,
    ),
)
def test_no_style_sheet_is_a_bug_of_publish(
    rule: str, started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = started / "source" / "report.md"
    source.write_text("---\ntitle: T\nrevised: 2024-06-24\n---\n\n# A\n\nOne is here.\n")
    (started / "templates").mkdir()
    (started / "templates" / "theme.css").write_text(rule)
    words = ["--time-limit", "10", "--no-cache", "-C", str(started)]
    code, _, err = said(capsys, "build", "-q", "-l", "en", "-f", "pdf", *words)
    assert code in {0, 3}
    assert "[fault]" not in err
    assert (code == 0) == (err == "")
    assert ("[pdf-hidden]" in err) == ("none" in rule or "size: 0" in rule)


TEMPLATE = (find_template_folder() / "edition.xhtml").read_text(encoding="utf-8")
BODY = '<main epub:type="bodymatter">{{ body }}</main>'


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("edition.xhtml", TEMPLATE.replace(BODY, ""), "has no <main> in"),
        ("edition.xhtml", TEMPLATE.replace("{{ body }}", ""), "has no {{ body }} right"),
        (
            "edition.xhtml",
            f"<html>{BODY.replace('epub:', '')}</html>",
            "has no <title> in the <head> of an <html>",
        ),
        ("edition.xhtml", re.sub("<title.*</title>", "", TEMPLATE), "has no <title>"),
        ("edition.xhtml", TEMPLATE.replace('id="edition-cover"', ""), "a section with the id"),
        ("epub.css", b"p {\n color: \xe9 }", "this file is not UTF-8\n  --> templates/epub.css:2"),
        ("text.css", "p {\n/* \U000e0041 */ }", "a text is hidden here"),
    ],
)
def test_no_template_is_a_bug_of_publish(
    name: str, text: str | bytes, told: str, started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = started / "source" / "report.md"
    source.write_text("---\ntitle: T\nrevised: 2024-06-24\n---\n\n# A\n\nOne is here.\n")
    (started / "templates").mkdir()
    data = text if isinstance(text, bytes) else text.encode()
    (started / "templates" / name).write_bytes(data)
    code, _, err = said(
        capsys, "build", "-q", "-l", "en", "-f", "epub", "--no-cache", "-C", str(started)
    )
    assert code in {2, 3}
    assert told in err
    assert "report it" not in err
