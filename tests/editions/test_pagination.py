"""The list of pages: an EPUB's targets begin with the words that their PDF page begins with."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from conftest import Golden
from examples import first, tries_all
from lxml import etree
from steady import steady

from benchmarks.pagelines import BOTTOM, END, START, TOP
from publish.cli.main import main
from publish.editions import pagination
from publish.editions.pagination import Pagination, find_page_starts, mark_pages, own_letters
from publish.errors import BuildError

NAME = "tip-2024-turkmenistan"
EPUB, XHTML = "{http://www.idpf.org/2007/ops}", "{http://www.w3.org/1999/xhtml}"

LONG = """---
title: "A report that runs on"
author: "Somebody"
published: 2024-06-24
---

# First {#first}

"""


def long_source() -> str:
    """Paragraphs, lists, quotes, a table of several pages, and a note, each over a page's end."""
    words = "Observers of the harvest reported, in several regions, that “work” was compulsory. "
    rows = "".join(f"| Row{n} | {words * (2 + n % 3)}| {n} |\n" for n in range(30))
    items = "".join(f"- Item {n}: {words * 6}\n" for n in range(12))
    return (
        f"{LONG}{words * 60}[^n]\n\n{items}\n> {words * 40}\n\n## Table {{#table}}\n\n"
        f"| Where | What | All |\n|---|---|---|\n{rows}\n[^n]: {words * 50}\n"
    )


def test_letters_are_what_unicode_calls_so() -> None:
    """Signs that are taken out beforehand are none."""
    for code in (*range(0x3000), 0xFB01, 0x1D400, 0x1F600):
        text = f"A-{chr(code)}b"
        assert pagination.letters(text) == letters(text), hex(code)


@pytest.fixture(scope="module")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The long document in Russian and the report in English; in the full run, all of both."""
    import shutil

    root = tmp_path_factory.mktemp("paged")
    for part in ("source", "locales", "templates"):
        shutil.copytree(repository / part, root / part)
    (root / "source/long.md").write_text(long_source(), encoding="utf-8")
    settings = (repository / "pyproject.toml").read_text(encoding="utf-8")
    (root / "pyproject.toml").write_text(
        settings.replace(f'documents = ["{NAME}"]', f'documents = ["{NAME}", "long"]'),
        encoding="utf-8",
    )
    assert main(["update", "-q", "-C", str(root)]) == 0
    asked: list[list[str]] = [["long", "-l", "ru"], [NAME, "-l", "en"]]
    for words in [[]] if tries_all() else asked:
        assert main(["build", "-q", "-C", str(root), *words]) == 0
    return root


def letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


REPEATED = "^(en)?where(en)?what(en)?all"
"""The head of the table, which stands on each of its pages."""


def pdf_pages(path: Path) -> list[str]:
    """The letters of each page's text block, line by line: no head, no number in the margin."""
    area = {"-x": START - 2, "-y": TOP, "-W": END - START + 4, "-H": BOTTOM - TOP + 9}
    options = [word for name, value in area.items() for word in (name, str(round(value)))]
    command = ["pdftotext", "-layout", *options, str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    pages = [letters(page) for page in done.stdout.decode().rstrip("\f").split("\f")]
    return [re.sub(REPEATED, "", page) for page in pages]


def page_list(path: Path) -> list[tuple[str, str]]:
    with zipfile.ZipFile(path) as book:
        nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
    lists = [n for n in nav.iter(f"{XHTML}nav") if n.get(f"{EPUB}type") == "page-list"]
    links = [link for found in lists for link in found.iter(f"{XHTML}a")]
    return [("".join(map(str, link.itertext())), link.get("href") or "") for link in links]


def words_behind(path: Path, href: str) -> str:
    """The letters of the first words behind a target, in its block."""
    file, _, identifier = href.partition("#")
    with zipfile.ZipFile(path) as book:
        root: Any = etree.fromstring(book.read(f"EPUB/{file}"))
    target: Any = root.xpath(f"//*[@id='{identifier}']")[0]
    block: Any = next(e for e in (target, *target.iterancestors()) if e.tag.split("}")[1] in BLOCKS)
    behind: Any = target.xpath("following::text()") if block is not target else []
    inside = [
        text for text in behind if block in (text.getparent(), *text.getparent().iterancestors())
    ]
    text = "".join(target.itertext()) + "".join(inside)
    return letters("".join(text.split(None, 5)[: 1 if block.tag == f"{XHTML}nav" else 5]))


BLOCKS = {"p", "li", "td", "th", "h1", "h2", "h3", "dd", "dt", "figcaption", "nav", "div"}


@pytest.mark.parametrize("document", first(["long", NAME], 1))
@pytest.mark.parametrize("language", first(["ru", "en", "tk"], 1))
def test_every_target_begins_with_the_words_of_its_page(
    built: Path, document: str, language: str
) -> None:
    stem = built / "build" / language / document
    pages, printed = pdf_pages(stem.with_suffix(".pdf")), page_list(stem.with_suffix(".epub"))
    assert [label for label, _ in printed] == [str(n + 1) for n in range(len(pages))]
    for page, (label, href) in zip(pages, printed, strict=True):
        words = words_behind(stem.with_suffix(".epub"), href)
        # A page may begin within a word, and its target stands before that word.
        found = (page.find(words[cut:]) for cut in range(max(1, len(words) - 6)))
        start = min((place for place in found if place >= 0), default=-1)
        assert 0 <= start < 8, (label, words, page[:120])


def test_targets_stand_in_the_order_of_the_spine(built: Path) -> None:
    path = built / "build/ru/long.epub"
    with zipfile.ZipFile(path) as book:
        package = etree.fromstring(book.read("EPUB/content.opf"))
        ids = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        files = [ids[ref.get("idref")] for ref in package.iter("{*}itemref")]
        order = [f"{file}#{i}" for file in files for i in ids_of(book.read(f"EPUB/{file}"))]
    targets = [href for _, href in page_list(path)]
    assert len(targets) > 8
    assert sorted(targets, key=order.index) == targets


def ids_of(document: bytes) -> Iterator[str]:
    root: Any = etree.fromstring(document)
    return (str(i) for i in root.xpath("//@id"))


@pytest.mark.parametrize("part", ["content.opf", "nav.xhtml"])
def test_a_book_says_of_itself_what_it_said(built: Path, golden: Golden, part: str) -> None:
    with zipfile.ZipFile(built / "build/ru/long.epub") as book:
        golden(Path("cases/book") / part, steady(book.read(f"EPUB/{part}").decode()))


def test_every_paragraph_begins_with_its_number_behind_the_mark_of_a_page(built: Path) -> None:
    """Pages that begin with a paragraph are marked before its number, others within the text."""
    before = behind = 0
    with zipfile.ZipFile(built / f"build/en/{NAME}.epub") as book:
        names = [name for name in book.namelist() if "/text-" in name]
        blocks = [
            block
            for name in names
            for block in etree.fromstring(book.read(name)).iter(f"{XHTML}p", f"{XHTML}li")
            if block.find(f"{XHTML}span[@class='number']") is not None
        ]
    for block in blocks:
        kinds = [child.get(f"{EPUB}type") or child.get("class") for child in block]
        at = kinds.index("number")
        assert kinds[:at] in ([], ["pagebreak"])
        assert not (block.text or "").strip()
        assert re.fullmatch(r"\d+\u00a0", block[at].text or "")
        before += at == 1 and bool(block[at].tail)
        assert not (at and block[0].tail)
        behind += "pagebreak" in kinds[at:]
    assert min(before, behind) >= 1


def features(path: Path) -> dict[str, list[str]]:
    """The metadata of a book about how it can be read."""
    with zipfile.ZipFile(path) as book:
        package = etree.fromstring(book.read("EPUB/content.opf"))
    found: dict[str, list[str]] = {}
    for meta in package.iter("{*}meta"):
        if str(meta.get("property")).startswith(("schema:", "pageBreakSource")):
            found.setdefault(str(meta.get("property")), []).append(str(meta.text))
    return found


READ = "Text with headings, lists and a table of contents; it can be read aloud throughout."


def test_without_its_pdf_an_epub_lists_no_pages(built: Path) -> None:
    with_pages = features(built / f"build/en/{NAME}.epub")
    assert with_pages.pop("schema:accessibilitySummary") == [
        f"{READ} Page numbers are those of the PDF edition."
    ]
    (source,) = with_pages.pop("pageBreakSource")
    assert source.startswith(f"{NAME}.pdf (en, ")
    pages = ["pageBreakMarkers", "pageNavigation"]
    assert with_pages["schema:accessibilityFeature"][-2:] == pages
    assert main(["build", "-q", "-C", str(built), NAME, "-l", "en", "-f", "epub"]) == 0
    path = built / f"build/en/{NAME}.epub"
    assert page_list(path) == []
    without = features(path)
    assert without.pop("schema:accessibilitySummary") == [READ]
    with_pages["schema:accessibilityFeature"] = with_pages["schema:accessibilityFeature"][:-2]
    assert without == with_pages
    assert main(["build", "-q", "-C", str(built), NAME, "-l", "en"]) == 0
    assert page_list(path) != []


# --------------------------------------------------------------------------- the boxes


@dataclass
class Box:
    """A box as the renderer's look: an element, perhaps text, perhaps children."""

    element: Any
    text: str = ""
    children: tuple[Box, ...] = ()
    element_tag: str = "p"
    is_header: bool = False


class TextBox(Box):
    pass


def tree(body: str) -> Any:
    return etree.fromstring(f'<html xmlns="{XHTML[1:-1]}"><body>{body}</body></html>')


def bare(root: Any) -> Any:
    """The tree as the renderer has it, without a namespace."""
    return etree.fromstring(etree.tostring(root).replace(f' xmlns="{XHTML[1:-1]}"'.encode(), b""))


def paged(root: Any, *pages: list[tuple[str, str]]) -> Pagination:
    return find_page_starts(
        [
            Box(None, children=tuple(TextBox(root.find(f".//{p}"), t) for p, t in page))
            for page in pages
        ],
        root,
    )


def test_a_page_that_begins_within_a_word_or_quotes_is_marked_before_them() -> None:
    root = tree("<p>He said “no work” to communities.</p>")
    found = paged(
        bare(root), [("p", "He said")], [("p", "“no work” to commu-")], [("p", "nities.")]
    )
    marks = [etree.Element(f"{XHTML}i") for _ in range(3)]
    mark_pages(root, found, marks)
    assert [mark.tail for mark in marks] == ["He said ", "“no work” to ", "communities."]


def test_pages_with_nothing_of_the_text_begin_where_the_next_one_does() -> None:
    root = tree("<p>One two.</p><p>Three.</p>")
    found = paged(bare(root), [], [("p", "One two."), ("p[2]", "Three.")], [])
    assert found.starts == (found.starts[1],) * 3
    assert found.starts[1] != (0, 0)


def test_cells_of_one_row_on_two_pages_keep_their_own_order() -> None:
    root = tree("<table><tr><th>one two</th><td>three four</td></tr></table>")
    found = paged(bare(root), [("th", "one"), ("td", "three")], [("th", "two"), ("td", "four")])
    mark_pages(root, found, [etree.Element(f"{XHTML}i"), etree.Element(f"{XHTML}b")])
    assert root.findtext(f".//{XHTML}td") == "three four"
    assert next(root.iter(f"{XHTML}b")).tail == "two"


def test_boxes_that_hold_another_text_are_refused() -> None:
    root = bare(tree("<p>One, two</p>"))
    for shown, told in (("One", "only a part"), ("", "nothing")):
        with pytest.raises(BuildError) as caught:
            paged(root, [("p", shown)])
        assert caught.value.message == f"the PDF shows {told} of this text: “One, two”"
        assert caught.value.code == "pdf-hidden"
        assert "look in templates/theme.css" in caught.value.hint


def test_pages_of_another_text_are_refused() -> None:
    root = tree("<p>One two</p>")
    found = paged(bare(root), [("p", "One two")])
    with pytest.raises(BuildError, match="belong to another text"):
        mark_pages(root, replace(found, digest="0"), [etree.Element("i")])
    assert own_letters(root.find(f".//{XHTML}p")) == "onetwo"
