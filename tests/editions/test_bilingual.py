"""Two languages side by side: each half is the edition of its language, the files as good."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from copy import deepcopy
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polib
import pytest
from examples import some, tries_all
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from structure import Tag, read_structure
from test_pagination import REPEATED, letters, long_source, page_list, words_behind
from validators import run_epubcheck, run_pdf_checks

from benchmarks.pagelines import Word, words_of
from publish.building.auditing import audit_built
from publish.building.builds import build
from publish.building.pagecounts import page_lines
from publish.building.pairing import join_languages
from publish.building.preparing import prepare
from publish.cli.main import main
from publish.editions.audit.books import audit_epub
from publish.editions.page.bilingual import make_edition_tree, make_nav_entries
from publish.editions.page.edition import Manuscript, make_edition_identifier, make_language_tree
from publish.editions.page.interface import Interface
from publish.editions.page.materials import Materials
from publish.editions.page.twins import name_twin
from publish.editions.page.xhtml import XHTML_NS
from publish.errors import BuildError, UsageError
from publish.languages.registry import find
from publish.model import Coverage, Document, Edition, Prose, Text, rebuild
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.settings import read_settings
from publish.translation.loading import Loader

ROOT = Path(__file__).resolve().parents[2]
HTML, EPUB = f"{{{XHTML_NS}}}", "{http://www.idpf.org/2007/ops}"
DC, XML_LANG = "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/XML/1998/namespace}lang"
MATERIALS = Materials(images={}, templates=(ROOT / "templates",), pdf_variant="pdf/a-3a+ua-1")

# --------------------------------------------------------------------------- one tree from two

FRONT = """---
title: "A title"
author: Somebody
summary: What it says.
published: 2024-06-24
---
"""
BLOCKS = (
    "Some words here.[^n]",
    "Words with *marks* and [a link](https://example.org/).",
    "- one\n- two\n\n  - inner\n  - other",
    "- first\n\n  second paragraph\n\n- last",
    "7. seven\n8. eight",
    "- > quoted in a list",
    "> Quoted words.\n>\n> - a quoted item",
    "| A | B |\n|---|--:|\n| c | 1 |",
    "```\ncode\n```",
    "---",
    "Term\n:   meaning\n\n    - inner\n:   other\n\nTerm\n:   meaning",
    "- [x] done\n- [ ] open\n\n  with more\n- neither",
    "a. letter\nb. letter\n   ii. roman\n   iii. roman",
    "> [!WARNING]\n> Words of a warning.\n>\n> - [x] done in it",
    "::: tip A title\nA tip.\n\n| A |\n|---|\n| b |\n:::",
    "<details>\n\nTerm\n:   > quoted\n\n</details>",
    "See [there](#end).",
    "## A part {#part}\n\nIts words.",
)
sources = st.lists(st.sampled_from(BLOCKS), max_size=8, unique=True).map(
    lambda parts: "\n\n".join((FRONT, *parts, "# The end {#end}", "Last.[^n]", "[^n]: A note."))
)


def in_capitals(document: Document, tag: str) -> Document:
    """A translation whose words can be told from those of the original."""

    def change(prose: Prose) -> Prose:
        def capital(node: Any) -> Any:
            if isinstance(node, Text):
                return Text(node.text.upper())
            return (
                replace(node, children=tuple(map(capital, node.children)))
                if hasattr(node, "children")
                else node
            )

        return replace(prose, content=tuple(map(capital, prose.content)))

    return rebuild(document, change, tag)


def manuscript(document: Document, tag: str) -> Manuscript:
    language = find(tag)
    interface = Interface(language, {"Contents": "C", "Notes": "N"})
    day = date(2024, 7, 1)
    return Manuscript(
        document=document,
        coverage=Coverage(1, 1),
        language=language,
        source=find("en"),
        interface=interface,
        revised=day,
        original=language.tag == "en",
    )


def two(source: str, first: str = "en", second: str = "tk") -> Manuscript:
    document = read_document("r", "en", [SourceFile("r.md", source)])
    halves = [document if tag == "en" else in_capitals(document, tag) for tag in (first, second)]
    one, other = (manuscript(half, tag) for half, tag in zip(halves, (first, second), strict=True))
    return replace(one, second=other)


def half(tree: Any, other: str, suffix: str = "") -> Any:
    """The body of a tree without the cells of one language, and ids without a suffix."""
    body = deepcopy(tree[1])
    for element in list(body.iter(etree.Element)):
        if other in (element.get("class") or "").split():
            element.getparent().remove(element)
        elif identifier := element.get("id"):
            element.set("id", identifier.removesuffix(suffix))
    return body.find(f"{HTML}main")


def main_of(tree: Any) -> Any:
    return tree[1].find(f"{HTML}main")


def words(tree: Any) -> list[str]:
    return "".join(map(str, tree.itertext())).split()


def ids(tree: Any) -> list[str]:
    return [e.get("id") for e in tree.iter(etree.Element) if e.get("id")]


@settings(max_examples=some(40))
@given(sources)
def test_each_half_is_the_edition_of_its_language(source: str) -> None:
    text = two(source)
    assert text.second is not None
    tree = make_edition_tree(text, MATERIALS)
    for own, other, suffix in ((text, "second", ""), (text.second, "first", ".tk")):
        alone = main_of(make_language_tree(own, MATERIALS.templates))
        found = half(tree, other, suffix)
        assert "".join(words(found)) == "".join(words(alone))
        assert set(ids(alone)) - set(ids(found)) <= {"edition-start"}
    everywhere = ids(tree)
    assert len(everywhere) == len(set(everywhere))


@settings(max_examples=some(25))
@given(sources)
def test_every_cell_says_its_language_and_every_link_leads_somewhere(source: str) -> None:
    tree = make_edition_tree(two(source, "en", "fa"), MATERIALS)
    known = set(ids(tree))
    for element in tree.iter(etree.Element):
        kinds = (element.get("class") or "").split()
        for kind, tag, direction in (("first", "en", "ltr"), ("second", "fa", "rtl")):
            if kind in kinds:
                told = [element.get(name) for name in ("lang", XML_LANG, "dir")]
                assert told == [tag, tag, direction]
        if (href := element.get("href") or "").startswith("#"):
            assert href[1:] in known
    for row in tree.iter(f"{HTML}div"):
        if row.get("class") == "pair":
            assert [str(c.get("class")).split()[-1] for c in row] == ["first", "second"]


def test_notes_and_sections_are_linked_within_each_language() -> None:
    source = "Words.[^n] See [there](#end).\n\n# End {#end}\n\n[^n]: Note."
    tree: Any = make_edition_tree(two(FRONT + source), MATERIALS)
    links = {e.get("href"): e for e in main_of(tree).iter(f"{HTML}a")}
    assert {"#note-1", "#note-1.tk", "#mark-1", "#mark-1.tk", "#end", "#end.tk"} <= set(links)
    (paragraph,) = links["#note-1.tk"].iterancestors(f"{HTML}p")
    assert (paragraph.get("id"), paragraph.get("lang")) == ("p1.tk", "tk")
    assert paragraph.get("data-number") is None
    assert paragraph.getprevious().get("data-number") == "1"


def test_a_list_stays_one_list_and_a_heading_one_heading() -> None:
    tree: Any = make_edition_tree(two(FRONT + "# One {#a}\n\n3. one\n4. two\n"), MATERIALS)
    (entries,) = main_of(tree).iter(f"{HTML}ol")
    assert [item.get("class") for item in entries] == ["pairs", "pairs"]
    markers = [[cell.get("data-marker") for cell in item[0]] for item in entries]
    assert markers == [["3.", "3."], ["4.", "4."]]
    (heading,) = main_of(tree).iter(f"{HTML}h1")
    assert heading.get("data-label") == "One / ONE"
    assert [cell.get("id") for cell in heading] == [None, "a.tk"]


def test_one_image_stands_once_and_two_stand_side_by_side() -> None:
    text = two(FRONT + "![A map](map.png)\nWords.\n")
    once = make_edition_tree(text, replace(MATERIALS, images={"map.png": b"1"}))
    (image,) = once.iter(f"{HTML}img")
    assert image.get("alt") == "A map / A MAP"
    (caption,) = once.iter(f"{HTML}figcaption")
    assert [cell.get("lang") for cell in caption] == ["en", "tk"]
    twice = make_edition_tree(
        text, replace(MATERIALS, images={"map.png": b"1", "map.tk.png": b"2"})
    )
    assert [(i.get("src"), i.get("alt")) for i in twice.iter(f"{HTML}img")] == [
        ("map.png", "A map"),
        ("map.tk.png", "A MAP"),
    ]
    assert name_twin("a/b.svg", "ru") == "a/b.ru.svg"


def test_texts_with_other_blocks_are_refused() -> None:
    text = two(FRONT + "One.\n\nTwo.\n")
    shorter = read_document("r", "tk", [SourceFile("r.md", FRONT + "One.\n")])
    with pytest.raises(BuildError, match="do not have the same blocks in section#edition-start"):
        make_edition_tree(replace(text, second=manuscript(shorter, "tk")), MATERIALS)


def test_contents_name_both_headings_in_one_link() -> None:
    entries = make_nav_entries(two(FRONT + "# One {#one}\n\n## Two {#two}\n"), lambda i: f"x#{i}")
    links = list(entries.iter(f"{HTML}a"))
    assert ["".join(map(str, link.itertext())) for link in links] == ["One / ONE", "Two / TWO"]
    assert [link.get("href") for link in links] == ["x#one", "x#two"]


def test_both_halves_name_the_bilingual_edition() -> None:
    text = two(f"{FRONT}Words.\n")
    tree = make_edition_tree(text, MATERIALS)
    assert text.second is not None
    single = {
        make_edition_identifier(replace(text, second=None)),
        make_edition_identifier(text.second),
    }
    shown = re.findall(r"urn:uuid:[0-9a-f-]+", "".join(map(str, tree.itertext())))
    assert shown == [make_edition_identifier(text)] * 2
    assert not single & set(shown)


# --------------------------------------------------------------------------- settings and command


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('["en"]', "'en' is not a pair of two different languages"),
        ('["en+en"]', "'en+en' is not a pair of two different languages"),
        ('["en+ru+tk"]', "is not a pair of two different languages"),
        ('["en+xx"]', "'xx' is not a valid value for languages"),
        ('["en+ru", "en+ru"]', "twice"),
    ],
)
def test_what_is_no_pair_is_refused_with_its_line(tmp_path: Path, written: str, told: str) -> None:
    text = f'languages = ["en", "ru", "tk"]\nbilingual = {written}\n'
    (tmp_path / "publish.toml").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=re.escape(told)) as caught:
        read_settings(tmp_path)
    assert caught.value.span is not None
    assert caught.value.span.first == 2


def test_which_editions_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/r.md").write_text(FRONT, "utf-8")
    text = 'languages = ["en", "ru"]\nbilingual = ["en+ru"]\npages = ["a4", "phone"]\n'
    (tmp_path / "publish.toml").write_text(text, "utf-8")
    workspace = open_workspace(tmp_path)
    both = (
        Edition(document="r", language="en", format="pdf", page="a4", second="ru"),
        Edition(document="r", language="en", format="epub", page="a4", second="ru"),
    )
    assert workspace.editions()[-2:] == both
    assert len(workspace.editions()) == 8
    assert workspace.editions(pairs=["EN+ru"]) == both
    assert not any(edition.second for edition in workspace.editions(["ru"]))
    asked = workspace.editions(["en"], formats=["epub"], pairs=["ru+en"])
    assert [edition.second for edition in asked] == ["", "en"]
    assert not any(e.second and e.format == "pdf" for e in workspace.editions(pages=["phone"]))
    assert workspace.shown(workspace.output(both[0])) == "build/en+ru/r.pdf"
    for pair in ("en", "en+en", "en+EN"):
        with pytest.raises(UsageError, match="not a pair of languages"):
            workspace.editions(pairs=[pair])
    with pytest.raises(UsageError, match="no language 'xx'"):
        workspace.editions(pairs=["en+xx"])
    with pytest.raises(UsageError, match="is made on A4 only"):
        workspace.editions(pages=["phone"], pairs=["en+ru"])


# --------------------------------------------------------------------------- files


def translate_long(root: Path) -> None:
    path = root / "locales/ru/LC_MESSAGES/long.po"
    catalog = polib.pofile(str(path))
    for entry in catalog:
        if entry.msgid.startswith("Observers"):
            note = "[^n]" if "[^n]" in entry.msgid else ""
            words = "Наблюдатели за сбором урожая сообщали, что во многих областях «труд» был "
            entry.msgstr = f"{words}обязательным для всех, кто работает.{note}"
    catalog.save()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with every kind of block and a long one, in English and Russian, and both."""
    root = tmp_path_factory.mktemp("both")
    shutil.copytree(ROOT / "tests/cases/workspace", root, dirs_exist_ok=True)
    if tries_all():  # Its tests are slow.
        (root / "source/long.md").write_text(long_source(), "utf-8")
    settings = (root / "publish.toml").read_text("utf-8")
    (root / "publish.toml").write_text(settings + 'bilingual = ["en+ru"]\n', "utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    if tries_all():
        translate_long(root)
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


def book_of(root: Path, name: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(root / f"build/en+ru/{name}.epub")


@pytest.mark.full
def test_outside_programs_have_nothing_to_say(built: Path, tmp_path: Path) -> None:
    folder = built / "build/en+ru"
    for name in ("rich", "long"):
        assert run_pdf_checks(folder / f"{name}.pdf") == []
    books = {name: (folder / f"{name}.epub").read_bytes() for name in ("rich", "long")}
    assert run_epubcheck(tmp_path, books) == {"rich": [], "long": []}


@pytest.mark.full
def test_the_pdf_is_read_aloud_row_by_row_in_each_language(built: Path) -> None:
    root, _ = read_structure((built / "build/en+ru/rich.pdf").read_bytes())
    (main_part,) = root.all("Part")
    assert len(main_part.all("Table")) == 2
    # Items but for the task, whose box is read with its text, and the numbers of two notes twice.
    assert len(main_part.all("Lbl")) == 6 + 4
    for item in main_part.all("LI"):
        assert item.names in (["Lbl", "LBody"], ["LBody"])
    told = [(tag.language, tag.text.strip()) for tag in main_part if tag.name in ("P", "LBody")]
    at = told.index(("en", "Before any heading. See the end and the site."))
    assert told[at + 1][0] == "ru"
    assert [text for language, text in told if language == "en" and text.startswith("nested")]
    heading = main_part.all("H1")[0]
    assert heading.language == "en"
    (second,) = [kid for kid in heading.kids if isinstance(kid, Tag)]
    assert (second.name, second.language) == ("Span", "ru")


@pytest.mark.full
def test_long_rows_leave_no_hole_and_break_in_both_columns(built: Path) -> None:
    pages = dict(words_of(built / "build/en+ru/long.pdf"))
    whole = [words for number, words in pages.items() if number in (4, 5)]
    for words in whole:
        for left, right in ((60, 300), (310, 560)):
            column = [w for w in words if left < w.left < right and 70 < w.middle < 758]
            assert lowest(column) > 735, (left, lowest(column))


def lowest(words: list[Word]) -> float:
    return max(word.bottom for word in words)


def pages_of(path: Path) -> list[str]:
    """The letters of each page in the order they are drawn in, one column after the other."""
    area = ("-x", "66", "-y", "70", "-W", "490", "-H", "692")
    done = subprocess.run(["pdftotext", "-raw", *area, path, "-"], capture_output=True, check=True)
    pages = [letters(page) for page in done.stdout.decode().rstrip("\f").split("\f")]
    return [re.sub(REPEATED, "", page) for page in pages]


@pytest.mark.full
def test_pages_of_the_book_begin_with_the_words_of_those_of_the_pdf(built: Path) -> None:
    stem = built / "build/en+ru/long"
    pages, printed = pages_of(stem.with_suffix(".pdf")), page_list(stem.with_suffix(".epub"))
    assert [label for label, _ in printed] == [str(n + 1) for n in range(len(pages))]
    in_second = 0
    for page, (label, href) in zip(pages, printed, strict=True):
        words = words_behind(stem.with_suffix(".epub"), href)
        found = (page.find(words[cut:]) for cut in range(max(1, len(words) - 6)))
        start = min((place for place in found if place >= 0), default=-1)
        assert 0 <= start < 12, (label, words, page[:120])
        in_second += bool(re.match("[а-я]", words))
    assert in_second >= 1  # the longer text runs on where the shorter has ended


def test_the_book_says_that_it_is_in_two_languages(built: Path) -> None:
    with book_of(built, "rich") as book:
        package = etree.fromstring(book.read("EPUB/content.opf"))
        nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
        text = etree.fromstring(book.read("EPUB/text-2.xhtml"))
        css = book.read("EPUB/style.css").decode()
    assert [e.text for e in package.iter(f"{DC}language")] == ["en", "ru"]
    assert [e.get(XML_LANG) for e in package.iter(f"{DC}title")][1:] == ["ru"]
    described = [(e.get(XML_LANG), e.text or "") for e in package.iter(f"{DC}description")]
    assert described[1][0] == "ru"
    assert described[1][1].startswith("Черновой перевод")
    with zipfile.ZipFile(built / "build/ru/rich.epub") as alone:
        other = etree.fromstring(alone.read("EPUB/content.opf"))
    works = [one_of(found, "dcterms:isVersionOf") for found in (package, other)]
    assert works[0] == works[1]
    assert identifier(package) != identifier(other)
    assert "".join(map(str, nav.itertext())).count(" / ") == 2
    assert "@media (min-width: 40em)" in css
    assert not list(text.iter(f"{HTML}script"))
    folder = book_of(built, "rich").namelist()
    assert {"EPUB/map.png", "EPUB/map.ru.png"} <= set(folder)


def one_of(package: Any, name: str) -> list[str]:
    return [meta.text for meta in package.iter("{*}meta") if meta.get("property") == name]


def identifier(package: Any) -> list[str]:
    return [found.text for found in package.iter(f"{DC}identifier")]


def test_the_audit_finds_what_is_wrong_in_either_half(built: Path) -> None:
    workspace = open_workspace(built)
    editions = [e for e in workspace.editions() if e.second]
    assert list(audit_built(Loader(workspace), editions)) == []
    halves = [
        prepare(Loader(workspace), "rich", find(tag), use_fuzzy=False) for tag in ("en", "ru")
    ]
    text = join_languages(*halves).text
    for old, new, code in (
        ("Before any heading", "Before a heading", "built-text"),
        ('lang="ru" xml:lang="ru"', 'lang="en" xml:lang="en"', "built-language"),
        ('id="p1.ru"', 'id="p9.ru"', "built-ids"),
        (">ru</dc:language>", ">uk</dc:language>", "built-language"),
    ):
        for last in (False, True) if code == "built-text" else (False,):
            data = altered(built / "build/en+ru/rich.epub", old, new, last=last)
            codes = {finding.code for finding in audit_epub("x.epub", data, text)}
            assert code in codes, (old, last)


def altered(path: Path, old: str, new: str, *, last: bool) -> bytes:
    """The book with one place exchanged in its first page or package that has it."""
    buffer, done = io.BytesIO(), False
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(buffer, "w") as copy:
        for entry in book.infolist():
            text = book.read(entry)
            if (
                not done
                and old.encode() in text
                and entry.filename.endswith(("text-1.xhtml", "opf"))
            ):
                parts = text.decode()
                place = parts.rindex(old) if last else parts.index(old)
                text = f"{parts[:place]}{new}{parts[place + len(old) :]}".encode()
                done = True
            copy.writestr(entry, text)
    assert done, old
    return buffer.getvalue()


def test_a_pair_is_made_again_only_when_one_of_its_languages_changes(built: Path) -> None:
    workspace = open_workspace(built)

    def outcomes() -> dict[str, str]:
        asked = workspace.editions(["en", "ru"], ["rich"], ["epub"], pairs=["en+ru"])
        return {o.edition.languages: o.done for o in build(Loader(workspace), asked, workers=1)}

    outcomes()
    before = (built / "build/en+ru/rich.epub").read_bytes()
    assert outcomes() == {"en": "unchanged", "ru": "unchanged", "en+ru": "unchanged"}
    path = built / "locales/ru/LC_MESSAGES/rich.po"
    kept = path.read_bytes()
    catalog = polib.pofile(str(path))
    catalog[0].msgstr = catalog[0].msgid
    catalog.save()
    assert outcomes() == {"en": "unchanged", "ru": "built", "en+ru": "built"}
    assert (built / "build/en+ru/rich.epub").read_bytes() != before
    path.write_bytes(kept)
    assert outcomes()["en+ru"] == "built"
    assert (built / "build/en+ru/rich.epub").read_bytes() == before


def test_a_half_that_is_refused_refuses_the_pair(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = next(workspace.glob("locales/ru/LC_MESSAGES/tip-*.po"))
    catalog = polib.pofile(str(path))
    catalog[1].msgstr = "\u202e" + catalog[1].msgstr
    catalog.save()
    asked = ["build", "-C", str(workspace), "-f", "epub", "--bilingual", "en+ru"]
    assert main(asked) == 1
    assert "refused    build/en+ru/" in capsys.readouterr().err
    assert not list(workspace.glob("build/en+ru/*"))


def test_the_state_of_a_pair_is_the_least_of_its_translations(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["build", "rich", "-C", str(built), "-f", "epub", "--bilingual", "en+ru"]
    assert main([*asked, "--require", "reviewed"]) == 1
    assert "draft      build/en+ru/rich.epub" in capsys.readouterr().err


def test_pages_of_bilingual_editions_are_told_last(built: Path) -> None:
    workspace = open_workspace(built)
    (line,) = page_lines(workspace, workspace.editions((), ["rich"]))
    assert re.fullmatch(r"rich, a4: pages en \d+, ru \d+ \([+-]\d+ %\), en\+ru \d+", line)


# --------------------------------------------------------------------------- two directions


def test_right_and_left_stand_side_by_side(tmp_path: Path) -> None:
    if find_spec("fontpkg_noto_sans_arabic") is None:
        pytest.skip("the font package fontpkg-noto-sans-arabic is not installed")
    settings = 'languages = ["en", "fa"]\nform = "report"\n[fonts]\nfa = ["Noto Sans Arabic"]\n'
    (tmp_path / "publish.toml").write_text(settings, "utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source/r.md").write_text(f"{FRONT}# Part {{#a}}\n\nWorker.\n", "utf-8")
    assert main(["update", "-q", "-C", str(tmp_path)]) == 0
    path = tmp_path / "locales/fa/LC_MESSAGES/r.po"
    catalog = polib.pofile(str(path))
    for entry in catalog:
        entry.msgstr = "کارگر"
    catalog.save()
    asked = ["--bilingual", "en+fa", "--bilingual", "fa+en"]
    assert main(["build", "-q", "-C", str(tmp_path), *asked]) == 0
    for folder, is_mirrored in (("en+fa", False), ("fa+en", True)):
        pages = dict(words_of(tmp_path / f"build/{folder}/r.pdf"))
        page = [word for word in pages[4] if 75 < word.middle < 750]
        english = next(word for word in page if word.text.strip() == "Worker.")
        number = next(word for word in page if word.text in "1۱")
        persian = [word for word in page if not word.text.isascii() and word is not number]
        assert english.left < 100
        assert min(word.left for word in persian) > 450
        assert (number.left > 500) is is_mirrored


def test_the_number_of_every_paragraph_and_item_is_shown_once(built: Path) -> None:
    with book_of(built, "rich") as book:
        pages = [etree.fromstring(book.read(f"EPUB/text-{n}.xhtml")) for n in (1, 2)]
    shown = [e for page in pages for e in page.iter(f"{HTML}span") if e.get("class") == "number"]
    texts = [(number.text or "").strip() for number in shown]
    assert texts == [str(number) for number in range(1, 16)]
    parents = [number.getparent() for number in shown]
    assert [p.get("id") for p in parents if p is not None] == [f"p{n}" for n in range(1, 16)]
