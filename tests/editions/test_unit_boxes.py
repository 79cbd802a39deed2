"""Every sentence has its boxes on the pages of a PDF, with its letters in them and no others."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import polib
import pytest
from examples import first
from randomreports import write_report
from releasecases import picture
from righttoleft import write_document
from unitplaces import NAME, find_misplaced, load, make_workspace

from publish.building.draftpages import DraftPages
from publish.cli.main import main
from publish.model import Location

CASES = Path(__file__).parents[1] / "cases"

RICH = """---
title: A *rich* title
subtitle: Below it
author: Somebody
publisher: A house
republished-by: Another house
rights: All are free
summary: In short. It is short.
keywords: [one, two, three]
revised: 2024-06-24
---

Before any heading. Twice the same. Twice the same.

## One [link](https://example.org/a) {#one}

First.[^a] *Second* sentence. Third `code`. 12.

- An item. Its second sentence.
- Another item with an icon ![of a map](map.png) in it.

> A quotation. Twice the same.

| Alpha | Beta |
|---|---|
| x | 1 |
| [y](https://example.org/b) | z.[^b] |

![A map of it. With words.](map.png)
A caption. Two sentences. See [](#one).

[^a]: The first note. Two sentences.
[^b]: The second note.
"""

TEXTS = {
    "An item.": "Пункт, и его второе предложение.",
    "Its second sentence.": "{joined}",
    "A *rich* title": "Название без знаков",
    "Twice the same.": "Дважды то же самое: предложение, которое не умещается в одной строке, "
    "и потому переносится на вторую, а слова в нём переносятся по слогам.",
    "one": "один",
}

THEME = """h1, h2, th { text-transform: uppercase } p::first-letter { font-size: 200% }
h3 { font-variant-caps: small-caps } p { letter-spacing: 0.02em }"""


def sentences(chance: random.Random, count: int, words: int = 9) -> str:
    known = [
        "lorem",
        "ipsum",
        "dolor",
        "amet",
        "elit",
        "straße",
        "efficient",
        "offline",
        "naïve",
        "adipiscing",
    ]
    every = (" ".join(chance.choice(known) for _ in range(words)) for _ in range(count))
    return " ".join(f"{one.capitalize()}." for one in every)


def long_text() -> str:
    """Chapters, a paragraph over two pages, a note over two pages, a table over three, code."""
    chance = random.Random(3)
    rows = [f"| {sentences(chance, 2, 5)} | {sentences(chance, 1, 3)} | x{n} |" for n in range(40)]
    chapters = [
        f"# {sentences(chance, 1, 3)}\n\n{sentences(chance, 2)}\n\n## {sentences(chance, 1, 5)}"
        f"\n\n{sentences(chance, 1)}[^{n}]"
        for n in range(8)
    ]
    notes = [f"[^{n}]: {sentences(chance, 2)}" for n in range(8)]
    return "\n\n".join(
        (
            "---\ntitle: Straße offline\nkeywords: [a b, c]\n---",
            f"# A heading[^a]\n\n{sentences(chance, 60)}",
            *chapters,
            "\n".join(("# Table\n", "| One | Two | Three |", "|---|---|---|", *rows)),
            f"![{sentences(chance, 2)}](map.png){{height=12cm}}\n{sentences(chance, 2)}",
            f"```\n{'a very long line of code ' * 20}\n```",
            f"[^a]: {sentences(chance, 90)}\n\n    {sentences(chance, 40)}",
            *notes,
        )
    )


def translate(root: Path, texts: dict[str, str]) -> None:
    assert main(["update", "-q", "-C", str(root)]) == 0
    path = root / f"locales/ru/LC_MESSAGES/{NAME}.po"
    catalog = polib.pofile(str(path))
    for entry in catalog:
        entry.msgstr = texts.get(entry.msgid, "")
    catalog.save()


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document with everything in it; a few texts are translated, joined or wrong."""
    root = make_workspace(tmp_path_factory.mktemp("rich"), RICH, ("en", "ru"))
    (root / "source/map.png").write_bytes(picture())
    translate(root, TEXTS)
    return root


def place(root: Path, tag: str) -> dict[str, tuple[str, Location]]:
    """The id and the location of each sentence by its msgid; of equal ones, the first."""
    found: dict[str, tuple[str, Location]] = {}
    for one in load(root, NAME, tag)[1].source.sentences:
        found.setdefault(one.unit.msgid, (one.id, one.location))
    return found


@pytest.mark.parametrize("tag", first(["ru", "tk", "en", "en+ru"], 1))
def test_of_the_report_every_sentence_has_its_boxes(repository: Path, tag: str) -> None:
    pages, wrong = find_misplaced(repository, "tip-2024-turkmenistan", tag)
    assert wrong == []
    assert len(pages.boxes) > 100
    assert len(pages.unseen) == 5  # the keywords


@pytest.mark.parametrize("tag", ["ru", pytest.param("en", marks=pytest.mark.full)])
def test_of_a_rich_document_every_sentence_has_its_boxes(rich: Path, tag: str) -> None:
    pages, wrong = find_misplaced(rich, NAME, tag)
    assert wrong == []
    names = place(rich, tag)
    assert pages.unseen == {names[one][0] for one in ("one", "two", "three")}


def test_a_joined_group_has_the_same_boxes(rich: Path) -> None:
    names = place(rich, "ru")
    boxes = find_misplaced(rich, NAME, "ru")[0].boxes
    assert boxes[names["An item."][0]] == boxes[names["Its second sentence."][0]]


def test_words_for_an_image_have_the_box_of_the_image(rich: Path) -> None:
    names, (pages, _) = place(rich, "ru"), find_misplaced(rich, NAME, "ru")
    (first_box,), (second,) = (
        pages.boxes[names[one][0]] for one in ("A map of it.", "With words.")
    )
    (caption,) = pages.boxes[names["A caption."][0]]
    assert first_box == second
    across, down = pages.sizes[first_box.page]
    assert first_box.width * across / (first_box.height * down) == pytest.approx(24 / 16, 0.01)
    assert first_box.y + first_box.height <= caption.y < first_box.y + first_box.height + 0.05
    assert first_box.x > 0.1


def test_what_is_on_no_page_has_the_box_of_the_imprint(rich: Path) -> None:
    names, (pages, _) = place(rich, "ru"), find_misplaced(rich, NAME, "ru")
    (imprint,) = pages.boxes[names["two"][0]]
    (rights,) = pages.boxes[names["All are free"][0]]
    assert imprint.page == rights.page
    assert imprint.width < 0.8
    assert imprint.y < rights.y
    assert imprint.y + imprint.height > rights.y + rights.height


def check_order(pages: DraftPages, heading: str, paragraph: str) -> None:
    """A heading is first found before its paragraph, and later in the contents."""
    boxes = pages.boxes[heading]
    assert len({box.page for box in boxes}) == 2
    assert boxes[0].page == pages.boxes[paragraph][0].page > boxes[-1].page


def test_the_first_box_is_the_place_in_the_text(repository: Path) -> None:
    pages, _ = find_misplaced(repository, "tip-2024-turkmenistan", "ru")
    _, translation = load(repository, "tip-2024-turkmenistan", "ru")
    every = translation.source.sentences
    at = next(n for n, one in enumerate(every) if one.unit.msgid == "Protection")
    check_order(pages, every[at].id, every[at + 1].id)


@pytest.mark.full
def test_a_template_may_leave_out_a_field_and_show_the_length_of_another(
    repository: Path, tmp_path: Path
) -> None:
    root = make_workspace(tmp_path, RICH, ("en",), 'form = "report"\n')
    (root / "source/map.png").write_bytes(picture())
    template = (repository / "templates/edition.xhtml").read_text("utf-8")
    changed = template.replace('<p class="cover-subtitle">{{ subtitle }}</p>', "")
    changed = changed.replace("{{ _('Identifier') }}", "{{ title|length }}")
    (root / "templates").mkdir()
    (root / "templates/edition.xhtml").write_text(changed, "utf-8")
    pages, wrong = find_misplaced(root, NAME, "en")
    assert wrong == []
    names = place(root, "en")
    assert pages.unseen == {names[one][0] for one in ("one", "two", "three", "Below it")}


@pytest.mark.parametrize("tag", first(["ar", "fa"], 1))
def test_from_right_to_left_every_sentence_has_its_boxes(tmp_path: Path, tag: str) -> None:
    write_document(tmp_path / tag, tag)
    pages, wrong = find_misplaced(tmp_path / tag, "text", tag)
    assert wrong == []
    assert pages.unseen == set()


@pytest.mark.full
@pytest.mark.parametrize("settings", ["", 'notes = "end"\n', "theme"])
def test_over_many_pages_every_sentence_has_its_boxes(tmp_path: Path, settings: str) -> None:
    form = 'form = "report"\n'
    own = "" if settings == "theme" else settings
    root = make_workspace(tmp_path, long_text(), ("en",), form + own)
    (root / "source/map.png").write_bytes(picture())
    if settings == "theme":
        (root / "templates").mkdir()
        (root / "templates/theme.css").write_text(THEME, "utf-8")
    pages, wrong = find_misplaced(root, NAME, "en")
    assert wrong == []
    assert len(pages.sizes) > 15
    assert sum(len({box.page for box in boxes}) > 1 for boxes in pages.boxes.values()) > 10


@pytest.mark.full
def test_of_the_specimen_every_sentence_has_its_boxes(tmp_path: Path) -> None:
    shutil.copytree(CASES / "specimen", tmp_path / "source")
    (tmp_path / "publish.toml").write_text('languages = ["en"]\nform = "report"\n', "utf-8")
    _, wrong = find_misplaced(tmp_path, "specimen", "en")
    assert wrong == []


@pytest.mark.full
@pytest.mark.parametrize("seed", range(5))
def test_of_random_reports_every_sentence_has_its_boxes(tmp_path: Path, seed: int) -> None:
    report = write_report(tmp_path, seed)
    for tag in (report.source, report.other, f"{report.source}+{report.other}"):
        _, wrong = find_misplaced(report.root, "report", tag)
        assert wrong == []
