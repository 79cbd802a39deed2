"""Building: what is made anew, what is left alone, what is refused, and that files are whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import untranslate
from examples import first
from releasecases import series

from publish.building.answers import read_answer, write_answer
from publish.building.builds import BuildOutcome, build
from publish.building.preparing import prepare
from publish.cli.main import main
from publish.errors import FindingsError
from publish.languages.registry import find
from publish.model import Format, Level, Passage, plain, proses
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"
TITLE = 'msgstr "Раздел о стране"'


def outcomes(
    root: Path, *languages: str, formats: tuple[Format, ...] = ("epub",)
) -> list[BuildOutcome]:
    workspace = open_workspace(root)
    return list(build(Loader(workspace), workspace.editions(languages, (), formats), workers=1))


def done(root: Path, *languages: str) -> dict[str, str]:
    return {outcome.edition.language: outcome.done for outcome in outcomes(root, *languages)}


def epub(root: Path, language: str) -> Path:
    return root / "build" / language / f"{NAME}.epub"


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Changes a file and gives it its old time stamps back, as within one tick of the clock."""
    before = path.stat()
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def po(root: Path, language: str = "ru", name: str = NAME) -> Path:
    return root / "locales" / language / "LC_MESSAGES" / f"{name}.po"


# --------------------------------------------------------------------------- only what changed


def test_a_second_build_makes_nothing(workspace: Path) -> None:
    assert set(done(workspace).values()) == {"built"}
    stamps = {path: path.stat().st_mtime_ns for path in workspace.rglob("build/**/*")}
    assert set(done(workspace).values()) == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in workspace.rglob("build/**/*")} == stamps


def test_a_catalog_edited_within_the_same_second_is_built_anew(workspace: Path) -> None:
    done(workspace)
    edit(po(workspace), lambda text: text.replace("Раздел о стране", "Глава о стране"))
    assert done(workspace) == {"en": "unchanged", "ru": "built", "tk": "unchanged"}


def test_a_source_edited_within_the_same_second_is_built_anew(workspace: Path) -> None:
    done(workspace)
    source = workspace / f"source/{NAME}.md"
    edit(
        source, lambda text: text.replace("cotton-harvest", "x").replace("37 victims", "38 victims")
    )
    found = outcomes(workspace)
    assert {outcome.done for outcome in found} == {"built"}
    stale = [w for o in found for w in o.warnings if w.code == "catalog-stale"]
    assert [str(warning.span) for warning in stale] == [
        f"locales/{language}/LC_MESSAGES/{NAME}.po:1" for language in ("ru", "tk")
    ]
    assert "publish update" in stale[0].hint
    again = outcomes(workspace)
    assert {outcome.done for outcome in again} == {"unchanged"}
    assert [w for o in again for w in o.warnings] == [w for o in found for w in o.warnings]


@pytest.mark.parametrize("name", first(["edition.xhtml", "epub.css"], 1))
def test_a_changed_template_is_built_anew(workspace: Path, name: str) -> None:
    done(workspace)
    edit(workspace / "templates" / name, lambda text: text.replace("cover-title", "cover-titel"))
    assert set(done(workspace).values()) == {"built"}


def test_an_edition_that_somebody_changed_is_made_again(workspace: Path) -> None:
    done(workspace, "ru")
    whole = epub(workspace, "ru").read_bytes()
    epub(workspace, "ru").write_bytes(whole[:-1])
    assert done(workspace, "ru") == {"ru": "built"}
    assert epub(workspace, "ru").read_bytes() == whole


def test_a_broken_record_is_no_record(workspace: Path) -> None:
    done(workspace, "ru")
    for path in (workspace / "build/.editions").iterdir():
        path.write_bytes(b'{"key": ')
    assert done(workspace, "ru") == {"ru": "built"}


# --------------------------------------------------------------------------- refused


HELD = {
    "marks": ('msgstr "*Раздел* о стране"', "marks-differ"),
    "link number": ('msgstr "[Раздел](1) о стране"', "link-number"),
    "scheme": ('msgstr "[Раздел](javascript:alert%281%29)"', "link-address"),
    "html": ('msgstr "Раздел <script>x</script>"', "raw-html"),
    "nothing seen": ('msgstr "\u200b"', "translation-empty"),
    "joined first": ('msgstr "{joined}"', "joined-first"),
}


@pytest.mark.parametrize("case", first(HELD, 2))
def test_a_sentence_whose_marks_are_wrong_is_held_back_alone(
    workspace: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written, code = HELD[case]
    edit(po(workspace), lambda text: text.replace(TITLE, written, 1))
    line = po(workspace).read_text(encoding="utf-8").splitlines().index(written) + 1
    asked = ["build", "-f", "epub", "-q", "--workers", "1", "-C", str(workspace)]
    for _ in range(2):  # the second time nothing is made, and the error is told all the same
        assert main(asked) == 1
        said = capsys.readouterr().err
        assert f"error[{code}]" in said
        assert f"--> locales/ru/LC_MESSAGES/{NAME}.po:{line}  (" in said
        assert "1 translation with errors" in said
    assert epub(workspace, "ru").exists()
    (outcome,) = outcomes(workspace, "ru")
    assert outcome.state == "draft"


def test_a_sentence_that_is_held_back_stands_in_the_source_language(workspace: Path) -> None:
    edit(po(workspace), lambda text: text.replace(TITLE, 'msgstr "*Раздел* о стране"', 1))
    held = prepare(Loader(open_workspace(workspace)), NAME, find("ru"), use_fuzzy=False)
    shown = [
        (plain(prose.content), [n.state for n in prose.content if isinstance(n, Passage)])
        for prose in proses(held.text.document)
    ]
    assert ("Country narrative", ["untranslated"]) in shown
    assert [text for text, states in shown if states] == ["Country narrative"]
    assert [one.code for one in held.warnings if one.level is Level.ERROR] == ["marks-differ"]


def test_no_text_may_be_missing_where_the_settings_say_so(workspace: Path) -> None:
    edit(po(workspace), lambda text: text.replace(TITLE, 'msgstr "*Раздел* о стране"', 1))
    settings = workspace / "pyproject.toml"
    edit(settings, lambda text: text + '\n[tool.publish.fallback]\nru = "fail"\n')
    (outcome,) = outcomes(workspace, "ru")
    assert outcome.done == "refused"
    assert outcome.error is not None
    assert outcome.error.code == "fallback"


def test_the_gate_decides_whether_a_draft_may_have_errors(workspace: Path) -> None:
    edit(po(workspace), lambda text: text.replace(TITLE, 'msgstr "*Раздел* о стране"', 1))
    settings = workspace / "pyproject.toml"
    edit(settings, lambda text: text + '\n[tool.publish.gates.draft]\nlevels = ["error"]\n')
    (outcome,) = outcomes(workspace, "ru")
    assert outcome.done == "refused"
    assert outcome.error is not None
    assert outcome.error.code == "gate"


REFUSED = {
    "direction": (TITLE, 'msgstr "Раздел \u202eо стране"', "bidi-control"),
    "control": (TITLE, 'msgstr "Раздел \\001о стране"', "control-character"),
    "missing quote": (TITLE, 'msgstr "Раздел о стране', "po-syntax"),
    "charset": ("charset=UTF-8", "charset=KOI8-RU-NONE", "po-charset"),
    "wrong charset": ("charset=UTF-8", "charset=ASCII", "po-charset"),
    "conflict": (TITLE, f"<<<<<<< HEAD\n{TITLE}\n=======", "po-conflict"),
    "duplicate": (TITLE, f'{TITLE}\n\nmsgid "Country narrative"\nmsgstr "Другое"', "po-duplicate"),
}


@pytest.mark.parametrize("case", first(REFUSED, 2))
def test_a_broken_catalog_makes_no_edition(
    workspace: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, code = REFUSED[case]
    done(workspace, "ru")
    edit(po(workspace), lambda text: text.replace(before, after, 1))
    broken = po(workspace).read_bytes()
    assert main(["build", "-f", "epub", "-q", "--workers", "1", "-C", str(workspace)]) == 1
    said = capsys.readouterr().err
    assert f"error[{code}]" in said
    assert f"--> locales/ru/LC_MESSAGES/{NAME}.po:" in said
    assert "help: " in said
    assert "Traceback" not in said
    assert not epub(workspace, "ru").exists()
    assert epub(workspace, "en").exists()
    assert epub(workspace, "tk").exists()
    assert po(workspace).read_bytes() == broken


def test_a_broken_source_makes_no_edition_at_all(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(workspace / f"source/{NAME}.md", lambda text: f"{text}\n<script>x</script>\n")
    assert main(["build", "-f", "epub", "-q", "-C", str(workspace)]) == 1
    said = capsys.readouterr().err
    assert said.count("error[raw-html]") == 1
    assert not list((workspace / "build").rglob("*.epub"))


def test_plain_text_of_all_sorts_is_shown_as_it_is(workspace: Path) -> None:
    edit(po(workspace), lambda text: text.replace(TITLE, 'msgstr "# Раздел | *о\\n\\n- стране"'))
    (found,) = outcomes(workspace, "ru")
    assert found.done == "built"
    assert [warning.code for warning in found.warnings] == ["blank-line", "held-back"]


def test_fallback_may_be_forbidden(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = workspace / "pyproject.toml"
    edit(
        settings,
        lambda t: t.replace(
            "[tool.ruff]", '[tool.publish.fallback]\nru = "fail"\n\n[tool.ruff]', 1
        ),
    )
    untranslate(workspace, "ru")
    assert main(["build", "-f", "epub", "-q", "-C", str(workspace)]) == 1
    assert "words are not translated" in capsys.readouterr().err
    assert not epub(workspace, "ru").exists()


def test_a_missing_catalog_names_the_way_out(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    po(workspace, "tk").unlink()
    assert main(["build", "-f", "epub", "-q", "-l", "tk", "-C", str(workspace)]) == 1
    assert "create it with publish update" in capsys.readouterr().err


def test_a_letter_without_a_glyph_is_an_error(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(po(workspace), lambda text: text.replace("Раздел о стране", "Раздел 国"))
    assert main(["build", "-f", "pdf", "-q", "-l", "ru", "-C", str(workspace)]) == 4
    assert "国" in capsys.readouterr().err
    assert not (workspace / f"build/ru/{NAME}.pdf").exists()


def test_a_fault_in_one_edition_never_stops_the_others(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from publish.building import preparing

    honest = preparing.prepare

    def broken(*words: object, **more: object) -> object:
        if getattr(words[2], "tag", "") == "ru":
            raise ZeroDivisionError("a fault")
        return honest(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(preparing, "prepare", broken)
    found = {outcome.edition.language: outcome for outcome in outcomes(workspace)}
    assert {language: outcome.done for language, outcome in found.items()} == {
        "en": "built",
        "ru": "refused",
        "tk": "built",
    }
    assert found["ru"].error is not None
    assert "ZeroDivisionError" in found["ru"].error.message


# --------------------------------------------------------------------------- whole or not at all


def test_an_edition_that_cannot_be_written_is_refused_alone_and_leaves_nothing(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(done(workspace).values()) == {"built"}
    for language in ("ru", "tk"):
        edit(po(workspace, language), lambda text: text.replace('msgstr "', 'msgstr "X ', 9))
    synced = os.fsync

    def full(handle: int) -> None:
        file = Path(f"/proc/self/fd/{handle}").readlink()
        if file.parent.name in ("ru", "tk") and file.suffix == ".tmp" and not tried:
            tried.append(handle)
            raise OSError(28, "No space left on device")
        synced(handle)

    tried: list[int] = []
    monkeypatch.setattr(os, "fsync", full)
    found = {outcome.edition.language: outcome for outcome in outcomes(workspace)}
    refused = [outcome for outcome in found.values() if outcome.done == "refused"]
    assert [outcome.done for outcome in found.values()].count("built") == 1
    assert len(refused) == 1
    assert refused[0].error is not None
    language = refused[0].edition.language
    assert refused[0].error.message == (
        f"build/{language}/{NAME}.epub cannot be written: No space left on device"
    )
    assert refused[0].error.exit_code == 3
    assert list(epub(workspace, language).parent.iterdir()) == []
    assert done(workspace)[language] == "built"


@pytest.mark.full
def test_a_killed_update_leaves_every_catalog_whole(workspace: Path) -> None:
    """Law (atomic), a hundred times: a catalog is as it was, or as the update makes it."""
    catalogs = sorted(workspace.glob("locales/*/LC_MESSAGES/*.po"))
    before = {path: path.read_bytes() for path in catalogs}
    edit(workspace / f"source/{NAME}.md", lambda text: text.replace("37 victims", "38 victims"))
    command = [sys.executable, "-m", "publish", "update", "-q", "-C", str(workspace)]
    start = time.monotonic()
    subprocess.run(command, check=True)
    whole = time.monotonic() - start
    after = {path: path.read_bytes() for path in catalogs}
    assert before != after
    cut_short = 0
    for attempt in range(100):
        for path, data in before.items():
            path.write_bytes(data)
        with subprocess.Popen(command) as process:
            time.sleep(whole * attempt / 100)
            cut_short += process.poll() is None
            process.kill()
        for path in catalogs:
            assert path.read_bytes() in (before[path], after[path])
    assert cut_short > 0


@pytest.mark.full
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("attempt", range(6))
def test_an_interrupted_build_leaves_no_process_and_no_half_file(
    workspace: Path, attempt: int, number: signal.Signals
) -> None:
    """Only the parent is sent the signal, as by a job that is stopped; Ctrl-C sends it to all."""
    command = [sys.executable, "-m", "publish", "build", "-q", "-C", str(workspace)]
    room = workspace / "room"
    room.mkdir()
    named = {**os.environ, "TMPDIR": str(room)}
    with subprocess.Popen(
        command, start_new_session=True, stderr=subprocess.PIPE, env=named
    ) as process:
        while len(processes_of(process.pid)) < 2:  # until a worker is there
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(attempt * 0.15)
        early = process.poll() is None
        process.send_signal(number)
        said = process.communicate()[1].decode()
    if early and process.returncode:
        assert process.returncode == (-number if number is signal.SIGKILL else 130)
        assert number is signal.SIGKILL or said == "interrupted; finished editions are whole\n"
    for _ in range(100):
        if not processes_of(process.pid):
            break
        time.sleep(0.1)
    assert processes_of(process.pid) == []
    if number is not signal.SIGKILL:
        assert list(workspace.rglob("build/**/.*.tmp")) == []
        assert list(room.iterdir()) == []
    left = {path: path.read_bytes() for path in workspace.glob("build/*/tip-*")}
    subprocess.run(command, check=True)
    for path, data in left.items():
        assert path.read_bytes() == data


def processes_of(session: int) -> list[int]:
    """The processes of a session that are not yet gone."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(stat.parent.name))
    return found


@pytest.mark.full
@pytest.mark.parametrize("attempt", range(12))
def test_a_killed_build_leaves_only_whole_files(workspace: Path, attempt: int) -> None:
    """Law (atomic): what a killed build left is what a build makes, or is not there."""
    command = [sys.executable, "-m", "publish", "build", "-q", "-C", str(workspace)]
    with subprocess.Popen(command, start_new_session=True) as process:
        time.sleep(0.3 + attempt * 0.25)
        os.killpg(process.pid, signal.SIGKILL)
    left = {path: path.read_bytes() for path in workspace.glob("build/*/tip-*")}
    subprocess.run(command, check=True)
    for path, data in left.items():
        assert path.read_bytes() == data


@pytest.mark.full
def test_what_a_worker_made_before_leaves_no_trace(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law (same bytes): an edition is the same as a worker's first and as its last."""

    def made() -> dict[Path, bytes]:
        opened = open_workspace(workspace)
        found = build(Loader(opened), opened.editions(), workers=1)
        assert {one.done for one in found} == {"built"}
        files = sorted(workspace.glob("build/[!.]*/tip-*"))
        data = {path.relative_to(workspace): path.read_bytes() for path in files}
        for path in files:
            path.unlink()
        return data

    one_for_all = made()
    monkeypatch.setattr("publish.building.limits.JOBS_OF_A_WORKER", 1)
    assert made() == one_for_all
    assert len(one_for_all) == 6


# --------------------------------------------------------------------------- files in the way


def told(root: Path) -> dict[str, str]:
    return {one.edition.language: one.done for one in outcomes(root)}


def test_what_cannot_be_replaced_stops_no_other_edition(workspace: Path) -> None:
    assert set(told(workspace).values()) == {"built"}
    edit(po(workspace), lambda text: text.replace("Раздел о стране", "Глава о стране"))
    epub(workspace, "ru").unlink()
    epub(workspace, "ru").mkdir()
    epub(workspace, "tk").unlink()
    (refused,) = (one for one in outcomes(workspace) if one.done == "refused")
    assert refused.error
    assert refused.error.code == "not-written"
    assert "cannot be deleted" in refused.error.message
    assert told(workspace) == {"en": "unchanged", "ru": "refused", "tk": "unchanged"}


def test_what_cannot_be_read_stops_no_other_edition(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, closed = Path.read_bytes, po(workspace)

    def read_bytes(path: Path) -> bytes:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return honest(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    found = {one.edition.language: one for one in outcomes(workspace)}
    assert {tag: one.done for tag, one in found.items()} == {
        "en": "built",
        "ru": "refused",
        "tk": "built",
    }
    error = found["ru"].error
    assert error
    assert error.code == "not-read"
    assert error.message == f"locales/ru/LC_MESSAGES/{NAME}.po cannot be read: Permission denied"


@pytest.mark.full
def test_a_damaged_record_is_no_record(workspace: Path) -> None:
    """One changed bit anywhere: the edition is made again, and is what it was."""
    assert set(told(workspace).values()) == {"built"}
    before = epub(workspace, "ru").read_bytes()
    (record,) = (workspace / "build/.editions").glob("*.ru.*")
    whole = record.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 12)):
        record.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert told(workspace)["ru"] == "built"
        assert epub(workspace, "ru").read_bytes() == before
        assert record.read_bytes() == whole
    for junk in (b"[" * 100_000, b"\xff\n{}", b'{"warnings": [1]}', b""):
        record.write_bytes(junk)
        assert told(workspace)["ru"] == "built"


def test_a_theme_that_is_not_utf8_is_told_with_its_line(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "templates").mkdir(exist_ok=True)
    (workspace / "templates/theme.css").write_bytes(b":root { }\np { }\xff")
    assert main(["build", "-C", str(workspace)]) == 2
    assert "templates/theme.css:2" in capsys.readouterr().err


def test_what_stops_an_edition_comes_with_the_errors_in_its_texts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One run says all: of every language, once each, also from a worker on a cluster."""
    root = series(tmp_path / "work", "alpha")
    catalog = root / "locales/ru/LC_MESSAGES/alpha.po"
    catalog.write_text(
        catalog.read_text("utf-8")
        .replace("Никого не спросили.", "Никого <b>")
        .replace("PO-Revision-Date: 2024", "PO-Revision-Date: YEAR"),
        "utf-8",
    )
    (root / "source/map.png").unlink()
    capsys.readouterr()
    assert main(["build", "-q", "-f", "epub", "-C", str(root)]) == 1
    said = capsys.readouterr().err
    assert said.count("map.png does not exist") == 1
    assert said.count("error[raw-html]") == 1
    assert "2 of 2 editions were refused" in said
    opened = open_workspace(root)
    with pytest.raises(FindingsError) as caught:
        prepare(Loader(opened), "alpha", find("ru"), use_fuzzy=False)
    (edition,) = opened.editions(("ru",), (), ("epub",))
    answer = write_answer([(edition, caught.value)], b"key")
    ((_, back),) = read_answer(answer, (edition,), b"key")
    assert isinstance(back, FindingsError)
    assert (back.message, back.span, back.findings) == (
        caught.value.message,
        caught.value.span,
        caught.value.findings,
    )
    assert back.span is not None
