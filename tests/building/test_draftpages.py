"""Pages of a draft are those of its edition to the last pixel, and only new ones are painted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from examples import first
from PIL import Image
from randomreports import write_report
from righttoleft import write_document
from unitplaces import NAME, make_workspace

from publish.building.draftpages import DraftPages, lay_out_draft
from publish.building.pairing import join_languages
from publish.building.preparing import prepare
from publish.cli.main import main
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.pdf.shown.pageimages import draw_page, open_pages
from publish.editions.writers import write_edition
from publish.errors import FindingsError
from publish.languages.registry import find
from publish.model import PageSize
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

REPORT = "tip-2024-turkmenistan"
WIDTH = 500


def pictures(pdf: bytes) -> list[bytes]:
    """The pictures of all pages; they are lossless."""
    opened = open_pages(pdf)
    made = [draw_page(opened, number, WIDTH) for number in range(len(opened))]
    opened.close()
    return made


def edition(root: Path, name: str, tag: str, page: PageSize = "a4") -> bytes:
    """The PDF that a build writes."""
    loader = Loader(open_workspace(root))
    halves = [prepare(loader, name, find(one), use_fuzzy=False) for one in tag.split("+")]
    made = join_languages(*halves) if len(halves) > 1 else halves[0]
    materials = replace(made.materials, page=page)
    tree = make_edition_tree(made.text, materials)
    return write_edition("pdf", made.text, tree, materials).data


def check_same(root: Path, name: str, tag: str) -> None:
    draft = lay_out_draft(root, name, tag)
    assert pictures(draft.painted) == pictures(edition(root, name, tag))
    assert len(draft.sizes) == len(draft.digests) == len(draft.new)


@pytest.mark.full
@pytest.mark.parametrize("tag", ["ru", "en", "tk", "en+ru"])
def test_pages_of_the_report_are_those_of_its_edition(repository: Path, tag: str) -> None:
    check_same(repository, REPORT, tag)


@pytest.mark.parametrize("tag", first(["fa", "ar"], 1))
def test_pages_from_right_to_left_are_those_of_their_edition(tmp_path: Path, tag: str) -> None:
    write_document(tmp_path / tag, tag)
    check_same(tmp_path / tag, "text", tag)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(20, 25))
def test_pages_of_random_reports_are_those_of_their_editions(tmp_path: Path, seed: int) -> None:
    report = write_report(tmp_path, seed)
    for tag in (report.source, report.other, f"{report.source}+{report.other}"):
        check_same(report.root, "report", tag)


SIZES: dict[PageSize, tuple[int, int]] = {
    "phone": (255, 454),
    "booklet": (420, 595),
    "print": (595, 842),
}


@pytest.mark.parametrize("page", first(list(SIZES), 1))
def test_pages_are_of_the_first_kind_of_the_settings(tmp_path: Path, page: PageSize) -> None:
    root = tmp_path / "fa"
    write_document(root, "fa")
    settings = root / "publish.toml"
    settings.write_text(f'pages = ["{page}", "a4"]\n{settings.read_text("utf-8")}', "utf-8")
    draft = lay_out_draft(root, "text", "fa")
    assert {(round(width), round(height)) for width, height in draft.sizes} == {SIZES[page]}
    if page == "phone":
        assert pictures(draft.painted) == pictures(edition(root, "text", "fa", page))


# --------------------------------------------------------------------------- digests


def change(root: Path, edit: int) -> None:
    """Changes one text of the Russian report, a little or much."""
    path = root / f"locales/ru/LC_MESSAGES/{REPORT}.po"
    catalog = polib.pofile(str(path))
    entry = catalog[(edit * 37) % len(catalog)]
    entry.msgstr = (
        entry.msgstr.replace("о", "а", 1),
        f"{entry.msgstr} {entry.msgstr}",
        "",
        entry.msgstr.swapcase(),
    )[edit % 4]
    catalog.save()


def edited(root: Path, edits: range) -> Iterator[tuple[DraftPages, DraftPages]]:
    """The pages before and after each of some changes, all of them painted."""
    before = lay_out_draft(root, REPORT, "ru")
    for edit in edits:
        change(root, edit)
        after = lay_out_draft(root, REPORT, "ru")
        yield before, after
        before = after


def check_digests(before: DraftPages, after: DraftPages) -> set[bool]:
    """Pages with the same digest look the same, and others do not."""
    known = dict(zip(before.digests, pictures(before.painted), strict=True))
    found = set()
    for digest, shown in zip(after.digests, pictures(after.painted), strict=True):
        found.add(digest in known)
        assert known.get(digest, shown) == shown
        assert digest in known or shown not in known.values()
    return found


@pytest.mark.full
def test_after_any_edits_pages_with_the_same_digest_look_the_same(workspace: Path) -> None:
    found = [check_digests(*pages) for pages in edited(workspace, range(1, 8))]
    assert {True, False} in found


def paint(root: Path, colour: str) -> None:
    Image.new("RGB", (24, 16), colour).save(root / "source/m.png")


def test_any_change_changes_digests(tmp_path: Path) -> None:
    text = "---\ntitle: T\n---\n\nIn 1, once.\n\n![Of a map](m.png)\n"
    root = make_workspace(tmp_path, text, ("en",))
    paint(root, "green")
    (root / "templates").mkdir()
    found = [lay_out_draft(root, NAME, "en").digests]
    for radius in (1, 2):
        style = f"main p {{ background: gray; border-radius: {radius}px }}"
        (root / "templates/theme.css").write_text(style, "utf-8")
        found.append(lay_out_draft(root, NAME, "en").digests)
    paint(root, "blue")
    found.append(lay_out_draft(root, NAME, "en").digests)
    (root / f"source/{NAME}.md").write_text(text.replace("1", "2"), "utf-8")  # as wide
    found.append(lay_out_draft(root, NAME, "en").digests)
    assert len(set(found)) == 5


def test_only_pages_that_are_not_known_are_painted(tmp_path: Path) -> None:
    text = "---\ntitle: T\n---\n\n# One\n\nFirst.\n\n# Two\n\nSecond.\n"
    root = make_workspace(tmp_path, text, ("en", "ru"), 'form = "report"\n')
    whole = lay_out_draft(root, NAME, "en+ru")
    shown = pictures(whole.painted)
    known = {one for number, one in enumerate(whole.digests) if number not in (1, 3)}
    some = lay_out_draft(root, NAME, "en+ru", known)
    assert some.new == (whole.digests[1], whole.digests[3])
    assert pictures(some.painted) == [shown[1], shown[3]]
    assert lay_out_draft(root, NAME, "en+ru", set(whole.digests)).painted == b""


# --------------------------------------------------------------------------- drafts


def test_gates_are_not_asked_and_a_missing_catalog_is_no_error(tmp_path: Path) -> None:
    settings = 'fallback = { ru = "fail" }\n'
    root = make_workspace(tmp_path, "---\ntitle: T\n---\n\nA.\n", ("en", "ru"), settings)
    missing = lay_out_draft(root, NAME, "ru")
    assert main(["update", "-q", "-C", str(root)]) == 0
    with pytest.raises(FindingsError):
        edition(root, NAME, "ru")
    assert lay_out_draft(root, NAME, "ru").digests == missing.digests


def test_a_state_that_was_earned_is_on_the_cover(tmp_path: Path) -> None:
    text = "---\ntitle: T\npublished: 2024-06-24\n---\n\nA sentence.\n"
    root = make_workspace(tmp_path, text, ("en", "ru"))
    assert main(["update", "-q", "-C", str(root)]) == 0
    path = root / f"locales/ru/LC_MESSAGES/{NAME}.po"
    catalog = polib.pofile(str(path))
    for entry in catalog:
        entry.msgstr = {"T": "Доклад", "A sentence.": "Это предложение."}[entry.msgid]
    catalog.save()
    words = ("review", "approve", "--all", "-l", "ru", "--as", "editor", "-q")
    assert main([*words, "-C", str(root)]) == 0
    made = prepare(Loader(open_workspace(root)), NAME, find("ru"), use_fuzzy=False)
    assert made.text.state != "draft"
    check_same(root, NAME, "ru")
