"""What changed in a source, as an action and as a page in the translator's language."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from publish.actions.diff import compare_sources, make_changes_page
from publish.actions.init import start_workspace
from publish.actions.update import update_catalogs
from publish.catalogs.differences import ChangeKind, SentenceChange, Wording
from publish.editions.page.interface import Interface, make_interface
from publish.errors import UsageError
from publish.languages.registry import find
from publish.model import Location, Role
from publish.pages.changeshtml import render_changes_page
from publish.pages.places import PlaceCells, make_place_cells
from publish.project.workspace import open_workspace
from publish.resources import find_template_folder
from publish.translation.loading import Loader
from publish.translation.sourcechanges import SourceChanges, list_locations

NAME = "tip-2024-turkmenistan"
OLD = "The government maintained negligible protection efforts."
NEW = "The government maintained significant <protection> efforts."
XHTML = "{http://www.w3.org/1999/xhtml}"
FIRST = Location(section="protection", kind=Role.PARAGRAPH, number=1, paragraph=9)


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


def loader_of(root: Path) -> Loader:
    return Loader(open_workspace(root))


def compare(root: Path, tag: str, since: str | None = None) -> SourceChanges:
    (found,) = compare_sources(loader_of(root), [NAME], [tag], since=since)
    return found


# --------------------------------------------------------------------------- what changed


def test_a_sentence_reworded_since_a_revision_has_its_translation(root: Path) -> None:
    found = compare(root, "tk", "HEAD")
    (change,) = found.changes
    assert change.kind is ChangeKind.CHANGED
    assert change.old is not None
    assert change.new is not None
    assert (change.old.key[1], change.new.key[1]) == (OLD, NEW.replace("<", r"\<"))
    assert change.translation.startswith("Hökümetiň")
    assert not change.done
    (location,) = list_locations(change)
    assert (location.section, location.kind, location.number) == ("protection", Role.PARAGRAPH, 1)
    assert found.since is not None


def test_the_catalog_tells_the_same_before_and_after_an_update(root: Path) -> None:
    found = compare(root, "ru")
    assert [change.kind for change in found.changes] == [ChangeKind.CHANGED]
    assert found.stale
    update_catalogs(loader_of(root))
    again = compare(root, "ru")
    assert again.changes == found.changes
    assert not again.stale


def test_a_catalog_in_another_order_tells_what_moved(tmp_path: Path) -> None:
    start_workspace(tmp_path, ["en", "ru"])
    source = tmp_path / "source/report.md"
    source.write_text("---\ntitle: T\n---\n\nOne. Two. Three. Four.\n", encoding="utf-8")
    update_catalogs(loader_of(tmp_path))
    path = tmp_path / "locales/ru/LC_MESSAGES/report.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgstr ""\n\n', 'msgstr "т"\n\n'), encoding="utf-8")
    source.write_text("---\ntitle: T\n---\n\nTwo. Three. One. Four.\n", encoding="utf-8")
    (found,) = compare_sources(loader_of(tmp_path))
    moved = [one.new.key[1] for one in found.changes if one.kind is ChangeKind.MOVED and one.new]
    assert moved == ["One."]


def test_without_a_catalog_every_sentence_is_new(root: Path) -> None:
    (root / f"locales/ru/LC_MESSAGES/{NAME}.po").unlink()
    found = compare(root, "ru")
    assert {change.kind for change in found.changes} == {ChangeKind.NEW}
    assert len(found.changes) == len(found.source.keys)
    assert found.stale


@pytest.mark.parametrize("name", ["nowhere", "--all", "HEAD~9", "@{u}", ""])
def test_an_unknown_revision_is_refused(root: Path, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        compare(root, "tk", name)
    assert caught.value.message == f"git knows no revision {name!r}"


def test_a_revision_before_the_document_is_refused(root: Path) -> None:
    git(root, "checkout", "-q", "--orphan", "empty")
    git(root, "rm", "-rfq", "--cached", ".")
    git(root, "commit", "-qm", "empty", "--allow-empty")
    with pytest.raises(UsageError) as caught:
        compare(root, "tk", "HEAD")
    assert "is missing or cannot be read" in caught.value.message


def test_one_language_is_compared_and_not_that_of_the_source(root: Path) -> None:
    with pytest.raises(UsageError) as caught:
        compare_sources(loader_of(root))
    assert caught.value.hint == "-l TAG"
    with pytest.raises(UsageError) as caught:
        compare_sources(loader_of(root), [], ["en"])
    assert "en is the language of the source" in caught.value.message


# --------------------------------------------------------------------------- the page


@pytest.mark.parametrize(
    ("tag", "title", "place"),
    [
        ("ru", "Что изменилось в исходном тексте", "предложение 1"),
        ("tk", "Asyl tekstde näme üýtgedi", "sözlem 1"),
    ],
)
def test_the_page_speaks_the_translators_language(
    root: Path, tag: str, title: str, place: str
) -> None:
    loader = loader_of(root)
    found = compare_sources(loader, [NAME], [tag], since="HEAD")
    text = make_changes_page(loader, found).decode()
    tree = ElementTree.fromstring(text)
    assert tree.get("lang") == tag
    assert [heading.text for heading in tree.iter(f"{XHTML}h1")] == [title]
    assert ["".join(e.itertext()) for e in tree.iter(f"{XHTML}del")] == ["negligible"]
    assert "<protection>" in "".join("".join(e.itertext()) for e in tree.iter(f"{XHTML}dd"))
    places = [p for p in tree.iter(f"{XHTML}p") if p.get("class") == "place"]
    assert ["".join(p.itertext()) for p in places] == [f"protection, {place}"]
    assert [span.get("lang") for p in places for span in p] == ["en", None]
    assert "untranslated" not in text
    assert not re.search(r"<script|https?://(?!www\.w3\.org/1999/xhtml)|src=|@import|url\(", text)
    assert make_changes_page(loader, found).decode() == text


def test_a_sentence_that_moved_has_both_its_places(root: Path) -> None:
    loader = loader_of(root)
    (found,) = compare_sources(loader, [NAME], ["ru"], since="HEAD")
    there = replace(FIRST, section="profile")
    moved = SentenceChange(
        kind=ChangeKind.MOVED,
        old=Wording((None, "A."), FIRST),
        new=Wording((None, "A."), there),
        translation="А.",
    )
    unmoved = replace(moved, new=Wording((None, "A."), replace(FIRST, paragraph=10)))
    interface = make_interface(find("ru"), loader.interfaces(find("ru")))
    page = render_changes_page(
        [replace(found, changes=(moved, unmoved))], [find_template_folder()], interface, find("en")
    )
    tree = ElementTree.fromstring(page)
    places = [p for p in tree.iter(f"{XHTML}p") if p.get("class") == "place"]
    assert ["".join(p.itertext()) for p in places] == [
        "protection, предложение 1 → profile, предложение 1",
        "protection, предложение 1",
    ]
    assert [dt.text for dt in tree.iter(f"{XHTML}dt")] == 2 * ["Стало", "Прежний перевод"]


def test_a_place_is_told_in_one_language_only() -> None:
    note = Location(section="one", kind=Role.FOOTNOTE, number=2, part=1)
    half = Interface(find("ru"), {"sentence {number}": "предложение {number}"})
    assert make_place_cells(FIRST, half) == PlaceCells("protection", "предложение 1", False)
    assert make_place_cells(note, half) == PlaceCells("one", "footnote 2, sentence 1", True)
    assert make_place_cells(note, Interface(find("en"), {})).english is False
