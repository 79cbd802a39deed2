"""A renamed or split source goes on with its translations, comments and reviews."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.actions.check import check_translations
from publish.actions.update import UpdateResult, update_catalogs
from publish.cli.main import main
from publish.model import Catalog
from publish.po.pofile import extract_catalog, read_po_file
from publish.project.workspace import open_workspace
from publish.reviews.ledger import HEADER
from publish.translation.loading import Loader

ONE = "# One {#one}\n\nGirls carry the water. Men sleep in the shade.\n"
TWO = "# Two {#two}\n\nNobody knows why. It seldom rains.\n"
LEDGER = f"{','.join(HEADER)}\n{','.join(c * 20 for c in 'abcd')},approved,editor,2024-06-24,\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose one document `p` is translated, commented and reviewed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "publish.toml").write_text('languages = ["en", "fr"]\n', "utf-8")
    write(tmp_path, "p", ONE + TWO)
    updated(tmp_path)
    path = tmp_path / "locales/fr/LC_MESSAGES/p.po"
    text = path.read_text("utf-8")
    for at, sentence in enumerate(("Girls carry the water.", "Nobody knows why.")):
        old = f'msgid "{sentence}"\nmsgstr ""'
        assert old in text
        text = text.replace(old, f'# mine {at}\nmsgid "{sentence}"\nmsgstr "texte {at}"')
    path.write_text(text, "utf-8")
    path.with_name("p.review.csv").write_text(LEDGER, "utf-8")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / "source").mkdir(exist_ok=True)
    (root / f"source/{name}.md").write_text(f"---\ntitle: T\n---\n{text}", "utf-8")


def updated(root: Path) -> UpdateResult:
    return update_catalogs(Loader(open_workspace(root)))


def french(root: Path, name: str) -> Catalog:
    path = root / f"locales/fr/LC_MESSAGES/{name}.po"
    return extract_catalog(read_po_file(path, path.name))


def test_a_renamed_source_goes_on_with_its_catalog_and_reviews(root: Path) -> None:
    before = french(root, "p")
    (root / "source/p.md").rename(root / "source/q.md")
    result = updated(root)
    after = french(root, "q")
    assert [(e.key, e.msgstr) for e in after.entries] == [(e.key, e.msgstr) for e in before.entries]
    assert after.active()[None, "Nobody knows why."].comments == ("mine 1",)
    assert {e.references for e in after.entries} >= {("source/q.md#one",), ("source/q.md#two",)}
    assert (root / "locales/fr/LC_MESSAGES/q.review.csv").read_text("utf-8") == LEDGER
    assert (root / "locales/fr/LC_MESSAGES/p.po").is_file(), "nothing is deleted"
    assert [one.origin for one in result.catalogs if one.document == "q"] == ["p", "p"]


def test_both_parts_of_a_split_source_draw_on_its_catalog(root: Path) -> None:
    (root / "source/p.md").unlink()
    write(root, "first", ONE)
    write(root, "second", TWO)
    updated(root)
    first, second = french(root, "first"), french(root, "second")
    assert first.active()[None, "Girls carry the water."].msgstr == "texte 0"
    assert second.active()[None, "Nobody knows why."].msgstr == "texte 1"
    assert not any(entry.obsolete for entry in (*first.entries, *second.entries))


def test_a_text_that_went_to_a_document_of_little_in_common_comes_from_the_memory(
    root: Path,
) -> None:
    (root / "source/p.md").unlink()
    many = " ".join(f"Sentence number {n} is new here." for n in range(20))
    write(root, "other", f"Nobody knows why.\n\n{many}\n")
    result = updated(root)
    assert {one.origin for one in result.catalogs} == {""}
    assert french(root, "other").active()[None, "Nobody knows why."].comments == ("from p",)


def test_what_has_a_catalog_of_its_own_is_left_as_it_is(root: Path) -> None:
    write(root, "q", ONE)
    updated(root)
    (root / "source/p.md").unlink()
    before = (root / "locales/fr/LC_MESSAGES/q.po").read_bytes()
    assert {one.origin for one in updated(root).catalogs} == {""}
    assert (root / "locales/fr/LC_MESSAGES/q.po").read_bytes() == before


def test_catalogs_without_a_source_are_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "source/p.md").rename(root / "source/q.md")
    assert main(["update"]) == 0
    said = capsys.readouterr().err
    assert "locales/fr/LC_MESSAGES/q.po: begun with the translations of p.po\n" in said
    assert "there is no source/p.md for this catalog\n  --> locales/fr/LC_MESSAGES/p.po:1" in said
    found = check_translations(Loader(open_workspace(root))).findings
    files = {one.span.file for one in found if one.code == "catalog-orphan" and one.span}
    assert files == {f"locales/{tag}/LC_MESSAGES/p.po" for tag in ("en", "fr")}


def test_a_damaged_catalog_without_a_source_stops_nothing(root: Path) -> None:
    (root / "source/p.md").rename(root / "source/q.md")
    (root / "locales/fr/LC_MESSAGES/p.po").write_text('msgid "a\n', "utf-8")
    assert len(french(root, "q").entries if updated(root) else ()) > 0
