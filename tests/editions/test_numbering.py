"""Numbers of figures and tables, references, lists and pictures that move, in finished files."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import page
import pytest
from examples import tries_all
from lxml import etree
from PIL import Image
from pypdf import PdfReader
from structure import Tag, read_structure
from validators import run_epubcheck, run_pdf_checks

from publish.actions.check import check_translations
from publish.building.auditing import audit_built
from publish.cli.main import main
from publish.errors import UsageError
from publish.project.workspace import open_workspace
from publish.settings import read_settings
from publish.translation.loading import Loader

HTML = "{http://www.w3.org/1999/xhtml}"
WORDS = (
    "The region grows cotton on wide fields. Farmers are told how much to sow and how much to "
    "bring in. Those who do not bring in enough pay the difference themselves. Nobody counts. "
)
SETTINGS = """languages = ["en", "ru", "ps"]
bilingual = ["en+ru"]
lists = ["figures", "tables"]
form = "report"
[fonts]
ps = ["Noto Sans Arabic"]
"""
SOURCE = f"""---
title: Numbers
publisher: Org
published: 2024-06-24
---
# Where {{#where}}

As [](#fig-map) shows, it is large.
See [the tall one in figure {{number}}](#fig-tall) and [](#tbl-one), too.
Then [](#what). Also [the map](#fig-map).

![A map](map.png){{#fig-map}}
The *regions*.

![Without a caption](map.png)

# What *we* saw {{#what}}

{"".join(f"{WORDS * 3}{chr(10) * 2}" for _ in range(3))}
![A tall picture](tall.png){{#fig-tall}}
Tall.

{"".join(f"After {n}. {WORDS * 3}{chr(10) * 2}" for n in range(1, 4))}
| Region | Cases |
|--------|------:|
| Mary   |    12 |

Table: Cases. {{#tbl-one}}

Last.
"""
RUSSIAN = {
    "As [](1) shows, it is large.": "На [рисунке {number}](1) видно, что область большая.",
    "See [the tall one in figure {number}](1) and [](2), too.": "См. [](2), [рисунок {number}](1).",
    "Then [](1).": "Затем [](1).",
    "What *we* saw": "Что *мы* видели",
    "The *regions*.": "*Области*.",
    "Cases.": "Случаи.",
}
NAMES = {"en": ("Figure", "Table"), "ru": ("Рисунок", "Таблица")}


def make_workspace(root: Path, source: str = SOURCE, settings: str = SETTINGS) -> Path:
    (root / "source").mkdir(parents=True)
    (root / "publish.toml").write_text(settings, "utf-8")
    (root / "source/r.md").write_text(source, "utf-8")
    for name, size in {"map": (900, 400), "tall": (500, 900)}.items():
        Image.new("RGB", size, "#678").save(root / f"source/{name}.png")
    assert main(["update", "-q", "-C", str(root)]) == 0
    return root


def translate(root: Path, texts: dict[str, str], language: str = "ru") -> None:
    path = root / f"locales/{language}/LC_MESSAGES/r.po"
    catalog = path.read_text("utf-8")
    for source, words in texts.items():
        wanted = f'msgid "{source}"\nmsgstr ""\n'
        assert wanted in catalog
        catalog = catalog.replace(wanted, f'msgid "{source}"\nmsgstr "{words}"\n')
    path.write_text(catalog, "utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_workspace(tmp_path_factory.mktemp("numbers") / "w")
    translate(root, RUSSIAN)
    asked = ("-l en -l ru", "--bilingual en+ru", "-l ps -f epub")
    for words in [[]] if tries_all() else map(str.split, asked):
        assert main(["build", "-q", "-C", str(root), *words]) == 0
    return root


def pages(path: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    found = done.stdout.decode().replace("\xad\n", "").rstrip("\f").split("\f")
    return [re.sub(r"\s+", " ", page).strip() for page in found]


def pdf_text(root: Path, edition: str) -> str:
    whole, _ = read_structure((root / f"build/{edition}/r.pdf").read_bytes())
    return re.sub(r"\s+", " ", " ".join(_texts(whole)))


def _texts(tag: Tag) -> Iterator[str]:
    """The texts of blocks, in the order of reading."""
    if tag.name in ("P", "Caption", "TD", "TH", "TOCI") or tag.name[0] == "H":
        yield tag.text
        return
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from _texts(kid)


def audited(root: Path, *languages: str) -> set[str]:
    """What is found in the editions of these languages, by default in all that were built."""
    workspace = open_workspace(root)
    tags = languages or (() if tries_all() else ("en", "ru"))
    return {one.code for one in audit_built(Loader(workspace), workspace.editions(tags))}


def book(root: Path, edition: str) -> dict[str, etree._Element]:
    with zipfile.ZipFile(root / f"build/{edition}/r.epub") as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xhtml")
        }


def book_text(root: Path, edition: str) -> str:
    parts = (part.itertext() for name, part in book(root, edition).items() if "text-" in name)
    return re.sub(r"\s+", " ", " ".join("".join(map(str, part)) for part in parts))


@pytest.mark.parametrize("read", [pdf_text, book_text])
def test_references_and_captions_say_the_number_in_the_language(
    built: Path, read: Callable[[Path, str], str]
) -> None:
    english, russian = read(built, "en"), read(built, "ru")
    assert "As Figure 1 shows, it is large." in english
    assert "See the tall one in figure 2 and Table 1, too. Then What we saw." in english
    assert "Figure 1. The regions." in english
    assert "Table 1. Cases." in english
    assert "На рисунке 1 видно, что область большая." in russian
    assert "См. Таблица 1, рисунок 2. Затем Что мы видели." in russian
    assert "Рисунок 1. Области." in russian
    assert "Таблица 1. Случаи." in russian
    for text, (figure, table) in ((english, NAMES["en"]), (russian, NAMES["ru"])):
        captions = re.findall(rf"(?:{figure}|{table}) \d\.", text)
        lists = 2 if read is pdf_text else 1
        assert sorted(captions) == sorted([f"{figure} 1.", f"{figure} 2.", f"{table} 1."] * lists)


@pytest.mark.parametrize("read", [pdf_text, book_text])
def test_each_half_of_a_bilingual_edition_has_its_numbers_once(
    built: Path, read: Callable[[Path, str], str]
) -> None:
    text = read(built, "en+ru")
    assert "As Figure 1 shows" in text
    assert "На рисунке 1 видно" in text
    lists = 2 if read is pdf_text else 1
    for figure, table in NAMES.values():
        assert len(re.findall(rf"{figure} [12]\.", text)) == 2 * lists
        assert len(re.findall(rf"{table} 1\.", text)) == lists


def test_links_lead_to_the_figure_in_both_formats(built: Path) -> None:
    for edition in ("en", "ru", "ps", "en+ru"):
        ids = {
            f"{name.rpartition('/')[2]}#{one.get('id')}": one
            for name, part in book(built, edition).items()
            for one in part.iter()
        }
        links = [
            (one.get("href") or "", "".join(map(str, one.itertext())))
            for name, part in book(built, edition).items()
            if "text-" in name
            for one in part.iter(f"{HTML}a")
        ]
        leads = [ids[href] for href, _ in links if "fig-map" in href]
        assert leads
        assert {one.tag for one in leads} == {f"{HTML}figure"}
        assert all(text.strip() for _, text in links)
    named = PdfReader(built / "build/en/r.pdf").named_destinations
    assert {"fig-map", "fig-tall", "tbl-one"} <= {name.lstrip("/") for name in named}


def test_lists_have_every_caption_with_its_page(built: Path) -> None:
    shown = pages(built / "build/en/r.pdf")
    assert "Contents" in shown[2]
    at = shown[2].index("List of figures")
    found = re.findall(r"(Figure.\d|Table.\d)\. [\w ]+?\. ?(\d+)", shown[2][at:])
    assert [name.replace("\xa0", " ") for name, _ in found] == ["Figure 1", "Figure 2", "Table 1"]
    for name, number in found:
        words = shown[int(number) - 1]
        assert f"{name}." in words
    nav = book(built, "ru")["EPUB/nav.xhtml"]
    kinds = {
        str(one.get("{http://www.idpf.org/2007/ops}type")): one for one in nav.iter(f"{HTML}nav")
    }
    texts = ["".join(map(str, a.itertext())) for a in kinds["loi"].iter(f"{HTML}a")]
    assert [text.split(".")[0] for text in texts] == ["Рисунок\xa01", "Рисунок\xa02"]
    assert kinds["lot"].findtext(f"{HTML}h2") == "Список таблиц"


def test_words_that_nobody_translated_say_their_language(built: Path) -> None:
    (figure,) = (
        one
        for part in book(built, "ps").values()
        for one in part.iter(f"{HTML}figure")
        if one.get("id") == "fig-map"
    )
    label = figure.find(f"{HTML}figcaption//{HTML}strong/{HTML}span")
    assert label is not None
    assert (label.get("lang"), label.text) == ("en", "Figure\xa01.")


def test_a_picture_that_leaves_a_hole_lets_the_text_after_it_fill_the_page(built: Path) -> None:
    shown = pages(built / "build/en/r.pdf")
    before = next(n for n, words in enumerate(shown) if "What we saw What we saw" in words)
    assert "After 1." in shown[before]
    assert "Tall." not in shown[before]
    assert "Tall." in shown[before + 1]


def test_what_is_read_aloud_keeps_the_order_of_the_source(built: Path) -> None:
    for edition in ("en", "ru", "en+ru"):
        words = pdf_text(built, edition)
        tall = words.rindex("Tall.")
        assert tall < words.index("After 1.") < words.index("After 2.")


def test_no_picture_moves_past_a_heading_or_by_more_than_half_a_page(tmp_path: Path) -> None:
    figure = "![A tall picture](tall.png){#t}\nTall.\n\n"
    begin = "# A\n\n" + f"{WORDS * 3}\n\n" * 3
    head = "---\ntitle: T\npublished: 2024-06-24\n---\n"
    for name, after in (("heading", f"## B\n\n{WORDS * 3}\n"), ("long", f"After. {WORDS * 14}\n")):
        source = f"{head}{begin}{figure}{after}"
        settings = 'languages = ["en"]\nformats = ["pdf"]\nform = "report"\n'
        root = make_workspace(tmp_path / name, source, settings)
        assert main(["build", "-q", "-C", str(root)]) == 0
        shown = pages(root / "build/en/r.pdf")
        (page,) = (words for words in shown if "Tall." in words)
        following = "The region" if name == "heading" else "After."
        assert page.index("Tall.") < page.index(following)


def test_captions_stand_where_the_settings_say(tmp_path: Path) -> None:
    settings = 'languages = ["en"]\n[captions]\nfigures = "above"\ntables = "below"\n'
    root = make_workspace(tmp_path / "w", settings=settings)
    assert main(["build", "-q", "-C", str(root)]) == 0
    figure = next(
        one
        for part in book(root, "en").values()
        for one in part.iter(f"{HTML}figure")
        if len(one) > 1
    )
    assert [child.tag for child in figure] == [f"{HTML}figcaption", f"{HTML}img"]
    shown = next(words for words in pages(root / "build/en/r.pdf") if "Mary" in words)
    assert shown.index("Mary") < shown.index("Table 1. Cases.")
    assert main(["check", "--built", "-C", str(root)]) == 0
    assert not run_pdf_checks(root / "build/en/r.pdf")


def test_numbers_change_no_catalog(built: Path, tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w")
    translate(root, RUSSIAN)
    path = root / "locales/ru/LC_MESSAGES/r.po"
    assert main(["update", "-q", "-C", str(root)]) == 0
    before = path.read_text("utf-8")
    assert not re.search(r'msgid ".*Figure \d', before)
    source = SOURCE.replace("# What *we*", "![New](map.png)\nNew one.\n\n# What *we*", 1)
    (root / "source/r.md").write_text(source, "utf-8")
    (root / "publish.toml").write_text(f'numbered = ["figures"]\n{SETTINGS}', "utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    after = path.read_text("utf-8")
    new = [block for block in after.split("\n\n") if block not in before.split("\n\n")]
    assert [re.findall('msgid "(.*)"', block) for block in new] == [["New"], ["New one."]]


def test_checks_compare_the_numbers_that_editions_show(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w")

    def codes(texts: dict[str, str]) -> list[tuple[str, str]]:
        translate(root, texts)
        found = check_translations(Loader(open_workspace(root)), languages=["ru"]).findings
        return [(one.code, one.message) for one in found if "number" in one.code]

    assert codes(RUSSIAN) == []
    path = root / "locales/ru/LC_MESSAGES/r.po"
    good = path.read_text("utf-8")

    def changed(before: str, after: str) -> list[str]:
        assert before in good
        path.write_text(good.replace(before, after), "utf-8")
        return [code for code, _ in codes({})]

    assert changed("рисунке {number}", "рисунке 1") == ["reference-number"]
    assert changed("рисунке {number}", "рисунке 3") == ["reference-number", "number-missing"]
    assert changed("Затем [](1).", "Затем [раздел {number}](1).") == ["reference-number"]
    assert changed("Затем [](1).", "Затем {number} [](1).") == ["reference-number"]


def test_the_audit_is_quiet_and_finds_another_number(built: Path) -> None:
    assert audited(built) == set()
    path = built / "build/ru/r.epub"
    whole = path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [(one, archive.read(one)) for one in archive.infolist()]
        for old in ("Рисунок\xa01.", "рисунке 1"):
            with zipfile.ZipFile(path, "w") as archive:
                for info, data in parts:
                    new = data.replace(old.encode(), old.replace("1", "2").encode())
                    if "nav" not in info.filename:
                        archive.writestr(info, new)
                    else:
                        archive.writestr(info, data)
            found = audited(built, "ru")
            assert "built-text" in found
    finally:
        path.write_bytes(whole)


def test_the_audit_finds_a_picture_on_a_wrong_page(built: Path) -> None:
    """Two pages that are exchanged are no picture that has moved."""
    from pypdf import PdfWriter

    path = built / "build/en/r.pdf"
    whole = path.read_bytes()
    writer = PdfWriter(clone_from=path)
    kids = writer.root_object["/Pages"]["/Kids"]  # type: ignore[index]
    kids[-2], kids[-1] = kids[-1], kids[-2]
    try:
        writer.write(path)
        found = audited(built, "en")
        assert "built-pages" in found
    finally:
        path.write_bytes(whole)


@pytest.mark.full
def test_validators_find_nothing(built: Path, tmp_path: Path) -> None:
    """English lines with numbers in a Persian page cannot be found: it claims level U alone."""
    for edition in ("en", "ru", "en+ru"):
        assert not run_pdf_checks(built / f"build/{edition}/r.pdf")
    assert page.validate_pdf(built / "build/ps/r.pdf", profile="3u").failures == []
    books = {e: (built / f"build/{e}/r.epub").read_bytes() for e in ("en", "ru", "ps", "en+ru")}
    assert run_epubcheck(tmp_path, books) == {edition: [] for edition in books}


def test_a_kit_shows_what_references_lead_to(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "w")
    translate(root, RUSSIAN)
    kit = tmp_path / "kit.zip"
    assert main(["kit", "export", "-q", "-C", str(root), "-l", "ru", "-o", str(kit)]) == 0
    with zipfile.ZipFile(kit) as archive:
        names = [name for name in archive.namelist() if "html" in name]
        words = " ".join(archive.read(name).decode() for name in names)
    assert "As Figure\xa01 shows" in words
    assert "На рисунке 1 видно" in words.replace("\xa0", " ")
    catalog = root / "locales/ru/LC_MESSAGES/r.po"
    before = catalog.read_bytes()
    assert main(["kit", "import", "-q", "-C", str(root), str(kit)]) == 0
    assert catalog.read_bytes() == before


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('numbered = ["figure"]', "did you mean figures?"),
        ('lists = ["tabels"]', "did you mean tables?"),
        ('captions.figures = "over"', "did you mean above?"),
        ('captions.maps = "above"', "use one of: figures, tables"),
    ],
)
def test_settings_of_numbers_are_checked(line: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "publish.toml").write_text(f"{line}\n", "utf-8")
    with pytest.raises(UsageError) as caught:
        read_settings(tmp_path)
    assert told in caught.value.hint
