"""Every command lists the faults of all sources at once, each on one line with a fix."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publish.cli.main import main

SOURCES = {
    "a.md": "---\ntitle: A [^x]\npublished: soon\n---\n# B {#b}\n\n# C {#b}\n\n[d](e:f) [f](g:h)\n",
    "b.md": "---\ntitle: B\npublished: 2024-01-31\n---\n![C](c.png)\n\n[^d]\n\n\u6c7a\n",
    "c.md": "---\ntitle: C\npublished: 2024-01-31\n---\nText.\n",
    "d.md": "---\ntitle: D\n---\n" + "[a](b:c)\n\n" * 27,
}
FAULTS = [
    ("front-matter", "source/a.md:2"),
    ("front-matter", "source/a.md:3"),
    ("id-duplicate", "source/a.md:7"),
    ("link-scheme", "source/a.md:9"),
    ("link-scheme", "source/a.md:9"),
    ("image-missing", "source/b.md:5"),
    ("footnote-missing", "source/b.md:7"),
    ("letters-uncovered", "source/b.md:9"),
    ("link-scheme", "source/d.md:4"),
]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    (tmp_path / "publish.toml").write_text('languages = ["en", "ru", "tk"]\n')
    for name, text in SOURCES.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def told(text: str) -> list[tuple[str, str]]:
    """The codes and places of the lines that say what is wrong with a source."""
    lines = (line for line in text.splitlines() if ": source/" in line)
    return [(line[6 : line.index("]")], line.split(": ")[1]) for line in lines if "error[" in line]


@pytest.mark.parametrize(
    "words", [["update"], ["check"], ["build"], ["status"], ["kit", "export"]], ids=" ".join
)
def test_every_fault_of_all_sources_is_told_once_on_a_line(
    wrong: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([*words, "-C", str(wrong)])
    out, err = capsys.readouterr()
    assert code == 1
    assert told(out + err) == FAULTS
    lines = [line for line in (out + err).splitlines() if ": source/" in line]
    assert all(line.endswith(")") for line in lines)
    assert "(and 26 more such, on lines 6, 8, 10" in (out + err)
    assert (out + err).count("source-faults") == (words != ["check"])


def test_nothing_is_written_while_a_source_is_wrong(wrong: Path) -> None:
    assert main(["update", "-C", str(wrong)]) == 1
    assert not (wrong / "locales").exists()


def test_json_has_every_fault(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json", "-C", str(wrong)]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    rows = [(one["code"], f"{one['file']}:{one['line']}") for one in found if one["file"]]
    assert [row for row in rows if row[1].startswith("source/") and row[0] != "undated"] == FAULTS


def test_what_check_takes_builds(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.md", "b.md", "d.md"):
        (wrong / "source" / name).unlink()
    (wrong / "source" / "old.docx").write_bytes(b"")
    assert main(["update", "-q", "-C", str(wrong)]) == 0
    assert "old.docx" in capsys.readouterr().err
    assert main(["check", "-C", str(wrong)]) == 0
    assert "warning[file-not-read]: source:1: not read" in capsys.readouterr().out
    assert main(["build", "-l", "en", "-f", "epub", "-C", str(wrong)]) == 0


def test_a_text_without_a_date_is_a_draft_that_says_so(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.md", "b.md", "d.md"):
        (wrong / "source" / name).unlink()
    (wrong / "source" / "c.md").write_text("# C\n\nText.\n")
    main(["update", "-q", "-C", str(wrong)])
    capsys.readouterr()
    assert main(["check", "-C", str(wrong)]) == 0
    assert "warning[undated]: source/c.md:1" in capsys.readouterr().out
    assert main(["build", "-l", "en", "-f", "epub", "-C", str(wrong)]) == 0
    assert "warning[undated]" in capsys.readouterr().err


def test_a_script_without_a_font_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not one for each of the thousands of sentences of a book."""
    text = "\u6c7a\u5b9a\n\n" * 30
    (tmp_path / "publish.toml").write_text('languages = ["en"]\n')
    (tmp_path / "source").mkdir()
    (tmp_path / "source/a.md").write_text(f"---\ntitle: A\n---\n{text}", encoding="utf-8")
    assert main(["check", "--json", "-C", str(tmp_path)]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    (one,) = (row for row in found if row["code"] == "letters-uncovered")
    assert (one["file"], one["line"]) == ("source/a.md", 4)
    assert "(and 29 more such, on lines 6, 8, 10" in one["message"]


def test_a_script_without_a_font_is_one_line_of_a_book_in_chapters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "publish.toml").write_text('languages = ["en"]\n')
    (tmp_path / "source/book").mkdir(parents=True)
    for number in range(1, 5):
        text = "".join(map(chr, range(0x4E00, 0x4E00 + 5 * number)))
        (tmp_path / f"source/book/{number}.md").write_text(f"# {text}\n\n{text}\n", "utf-8")
    assert main(["check", "--json", "-C", str(tmp_path)]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    (one,) = (row for row in found if row["code"] == "letters-uncovered")
    assert (one["file"], one["line"]) == ("source/book/1.md", 1)
    assert one["message"].endswith("and 12 others (and 7 more such texts, in 4 files)")
