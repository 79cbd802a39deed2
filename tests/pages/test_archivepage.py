"""The page of all documents in all languages: every state in its language, no wide table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from publish.actions.status import make_status_page, read_status
from publish.cli.main import main
from publish.editions.page.interface import Interface
from publish.languages.registry import find
from publish.pages.archivehtml import ArchiveCell, ArchiveRow, render_archive
from publish.project.workspace import open_workspace
from publish.resources import find_template_folder
from publish.translation.loading import Loader

XHTML = "{http://www.w3.org/1999/xhtml}"
TITLE = "2024 Trafficking in Persons Report: Turkmenistan"
WORDS = {
    "en": Interface(find("en"), {}),
    "ru": Interface(find("ru"), {"Draft translation, not reviewed": "Черновик"}),
    "fa": Interface(find("fa"), {"Approved translation": "تأیید شده"}),
}


def render(*rows: ArchiveRow) -> Any:
    folder = find_template_folder()
    main_part = render_archive([folder], rows, WORDS["en"], WORDS)
    return parsed(f"<main>{main_part}</main>".encode())


def parsed(data: bytes) -> Any:
    return etree.fromstring(data)


def shown(item: Any) -> str:
    return " ".join("".join(map(str, item.itertext())).split())


def row(name: str, *cells: ArchiveCell) -> ArchiveRow:
    return ArchiveRow(name, f"Report {name}", "en", (ArchiveCell("en", "original"), *cells))


def test_each_state_is_told_in_its_language() -> None:
    page = render(
        row(
            "a",
            ArchiveCell("ru", "draft", "a.ru.html", 63),
            ArchiveCell("fa", "approved", "a.fa.pdf"),
        )
    )
    items = page.findall(".//li")
    assert [shown(one) for one in items] == [
        "English Original",
        "Русский Черновик · 63 %",
        "فارسی تأیید شده",
    ]
    assert [one.get("lang") for one in items] == ["en", "ru", "fa"]
    assert [one.get("dir") for one in items] == ["ltr", "ltr", "rtl"]
    assert [link.get("href") for link in page.iter("a")] == ["a.ru.html", "a.fa.pdf"]
    assert page.find(".//table") is None


def test_what_has_no_words_in_a_language_is_marked_as_english() -> None:
    page = render(row("a", ArchiveCell("ru", "absent")))
    (item,) = page.xpath("//li[@lang='ru']")
    assert shown(item) == "Русский Not translated"
    (marked,) = item.xpath(".//*[@lang='en']")
    assert shown(marked) == "Not translated"


def test_several_documents_are_counted_by_language() -> None:
    page = render(
        row("a", ArchiveCell("ru", "draft")),
        row("b", ArchiveCell("ru", "approved")),
        row("c", ArchiveCell("ru", "draft")),
    )
    heads = [shown(one) for one in page.findall(".//thead//th")]
    assert heads[0] == "Language"
    assert heads[1:] == ["Original", "Approved translation", "Draft translation, not reviewed"]
    lines = [[shown(cell) for cell in line] for line in page.findall(".//tbody/tr")]
    assert lines == [["English", "3", "0", "0"], ["Русский", "0", "1", "2"]]
    assert {one.get("scope") for one in page.iter("th")} == {"col", "row"}
    ids = [one.get("id") for one in page.iter("h2")]
    assert ids == [one.get("aria-labelledby") for one in page.iter("section")]
    assert len(set(ids)) == 3


def test_status_writes_the_page(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "archive.html"
    assert main(["status", "-q", "-C", str(workspace), "--html", str(file)]) == 0
    page = parsed(file.read_bytes())
    assert page.get("lang") == "en"
    items = [shown(one) for one in page.iter(f"{XHTML}li")]
    assert items[0] == "English Original"
    assert [one.partition(" ")[0] for one in items] == ["English", "Русский", "Türkmen"]
    assert "translation" not in items[1]
    (heading,) = page.iter(f"{XHTML}h2")
    assert (shown(heading), heading.get("lang")) == (TITLE, "en")
    loader = Loader(open_workspace(workspace))
    assert make_status_page(loader, read_status(loader)) == file.read_bytes()


def test_a_translation_without_a_catalog_is_absent(workspace: Path, tmp_path: Path) -> None:
    for catalog in workspace.glob("locales/ru/LC_MESSAGES/tip-*.po"):
        catalog.unlink()
    loader = Loader(open_workspace(workspace))
    page = parsed(make_status_page(loader, read_status(loader)))
    (item,) = page.xpath("//*[local-name()='li'][@lang='ru']")
    assert shown(item) == "Русский Не переведено"
