"""`publish diff`: for people, for programs, and as a page in the translator's language."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Golden

from publish.cli.main import main

NAME = "tip-2024-turkmenistan"
OLD = "The government maintained negligible protection efforts."
NEW = "The government maintained significant <protection> efforts."

Run = Callable[..., tuple[int, str, str]]


def git(root: Path, *words: str) -> None:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *identity, *words], check=True, capture_output=True)


@pytest.fixture
def root(workspace: Path) -> Path:
    """The report in git, then one sentence reworded in the source."""
    git(workspace, "init", "-q")
    git(workspace, "add", ".")
    git(workspace, "commit", "-qm", "first")
    source = workspace / f"source/{NAME}.md"
    text = source.read_text(encoding="utf-8")
    assert OLD in text
    source.write_text(text.replace(OLD, NEW.replace("<", r"\<")), encoding="utf-8")
    return workspace


@pytest.fixture
def publish(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*words, "-C", str(root)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_changed_words_are_marked_beside_the_translation_there_is(publish: Run) -> None:
    code, out, err = publish("diff", "-l", "tk", "--since", "HEAD")
    assert (code, err) == (0, "")
    head, *lines, last = out.splitlines()
    assert head == "changed  protection, sentence 1"
    assert lines[0].startswith("   - The government maintained [-negligible-] protection efforts.")
    assert "{+significant" in lines[1]
    assert lines[2].startswith("   | Hökümetiň")
    assert re.fullmatch(rf"{NAME} in tk since [0-9a-f]+ of [0-9-]+: 1 changed", last)


def test_without_a_revision_the_catalog_tells(root: Path, publish: Run) -> None:
    _, out, err = publish("diff", "-l", "ru")
    assert "changed  protection, sentence 1" in out
    assert "publish update -l ru" in err
    assert main(["update", "-q", "-C", str(root)]) == 0
    _, again, err = publish("diff", "-l", "ru")
    assert again == out
    assert err == ""
    catalog = root / f"locales/ru/LC_MESSAGES/{NAME}.po"
    assert "fuzzy" in catalog.read_text(encoding="utf-8")


def test_the_page_is_written_and_nothing_else(root: Path, publish: Run) -> None:
    before = {path: path.read_bytes() for path in root.glob("locales/**/*.po")}
    page = root / "page.html"
    code, out, err = publish("diff", "-l", "ru", "--html", str(page))
    assert (code, out) == (0, "")
    assert err.startswith(f"wrote {page}\nnext: publish update -l ru ")
    assert "Что изменилось в исходном тексте" in page.read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in root.glob("locales/**/*.po")} == before
    quiet = publish("diff", "-q", "-l", "ru", "--html", str(page))
    assert quiet == (0, "", "")


def test_the_schema_for_programs(publish: Run, golden: Golden) -> None:
    code, out, _ = publish("diff", "-l", "tk", "--since", "HEAD", "--json")
    assert code == 0
    found = json.loads(out)
    (told,) = found["documents"]
    (change,) = told["changes"]
    assert (found["version"], told["language"], change["kind"]) == (1, "tk", "changed")
    assert change["place"] == "protection, sentence 1"
    assert "".join(piece["text"] for piece in change["old"]) == OLD
    assert {"text": "negligible", "changed": True} in change["old"]
    assert change["done"] is False
    told["since"] = "…"
    golden(Path("cases/changes/changes.json"), json.dumps(found, ensure_ascii=False, indent=1))


def test_what_is_not_known_is_a_usage_error(publish: Run) -> None:
    code, _, err = publish("diff", "-l", "tk", "--since=nowhere")
    assert code == 2
    assert "git knows no revision 'nowhere'" in err
    assert publish("diff")[0] == 2
    assert publish("diff", "-l", "en")[0] == 2
