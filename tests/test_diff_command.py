"""`publish diff`: for people, for programs, and as a page in the translator's language."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from publish.cli.main import main

NAME = "tip-2024-turkmenistan"
OLD = "The government maintained negligible protection efforts."
NEW = "The government maintained significant <protection> efforts."
XHTML = "{http://www.w3.org/1999/xhtml}"

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


def test_nothing_is_written_but_the_page(root: Path, publish: Run) -> None:
    before = {path: path.read_bytes() for path in root.glob("locales/**/*.po")}
    page = root / "page.html"
    publish("diff", "-l", "ru", "--html", str(page))
    assert {path: path.read_bytes() for path in root.glob("locales/**/*.po")} == before


@pytest.mark.parametrize(
    ("tag", "title"),
    [("ru", "Что изменилось в исходном тексте"), ("tk", "Asyl tekstde näme üýtgedi")],
)
def test_the_page_speaks_the_translators_language(
    root: Path, publish: Run, tag: str, title: str
) -> None:
    page = root / "page.html"
    code, out, _ = publish("diff", "-l", tag, "--since", "HEAD", "--html", str(page))
    assert (code, out) == (0, "")
    text = page.read_text(encoding="utf-8")
    tree = ElementTree.fromstring(text)
    assert tree.get("lang") == tag
    assert [heading.text for heading in tree.iter(f"{XHTML}h1")] == [title]
    assert ["".join(e.itertext()) for e in tree.iter(f"{XHTML}del")] == ["negligible"]
    assert "<protection>" in "".join("".join(e.itertext()) for e in tree.iter(f"{XHTML}dd"))
    assert "untranslated" not in text
    assert not re.search(r"<script|https?://(?!www\.w3\.org/1999/xhtml)|src=|@import|url\(", text)
    publish("diff", "-l", tag, "--since", "HEAD", "--html", str(page))
    assert page.read_text(encoding="utf-8") == text


def test_the_schema_for_programs(publish: Run) -> None:
    code, out, _ = publish("diff", "-l", "tk", "--since", "HEAD", "--json")
    assert code == 0
    found = json.loads(out)
    (told,) = found["documents"]
    (change,) = told["changes"]
    assert (found["version"], told["language"], change["kind"]) == (1, "tk", "changed")
    assert "".join(piece["text"] for piece in change["old"]) == OLD
    assert {"text": "negligible", "changed": True} in change["old"]
    assert change["done"] is False


@pytest.mark.parametrize("name", ["nowhere", "--all", "HEAD~9", "@{u}"])
def test_an_unknown_revision_is_refused(publish: Run, name: str) -> None:
    code, _, err = publish("diff", "-l", "tk", f"--since={name}")
    assert code == 2
    assert f"git knows no revision {name!r}" in err


def test_one_language_must_be_named_and_not_that_of_the_source(publish: Run) -> None:
    assert publish("diff")[0] == 2
    assert publish("diff", "-l", "en")[0] == 2


def test_a_revision_before_the_document_is_refused(root: Path, publish: Run) -> None:
    git(root, "checkout", "-q", "--orphan", "empty")
    git(root, "rm", "-rfq", "--cached", ".")
    git(root, "commit", "-qm", "empty", "--allow-empty")
    code, _, err = publish("diff", "-l", "tk", "--since", "HEAD")
    assert code == 2
    assert "was not there, or cannot be read" in err
