"""The form of a PDF: briefs without cover and contents, books with chapters on right pages."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from examples import first
from PIL import Image
from pypdf import PdfReader, PdfWriter
from validators import run_pdf_checks

from publish.building.auditing import audit_built
from publish.cli.main import main
from publish.editions.epub.cover import HEIGHT, CoverText, draw_cover
from publish.editions.fonts import find_font_faces
from publish.editions.page.lengths import BOOK, BRIEF
from publish.editions.page.materials import Layout, choose_layout
from publish.editions.pdf.fitting.shaping import shape_document
from publish.model import Document, PageSize
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.settings import Settings
from publish.translation.loading import Loader

FRONT = "---\ntitle: {}\nauthor: A\npublished: 2024-01-31\nsummary: S\nrights: R\n{}---\n\n"
WORDS = "Words that fill the page and say nothing else. " * 10
LONG = "Report on the worst forms of labour exploitation in the harvest, with recommendations, " * 4


LENGTH = 'notes = "page"\n'


def made(folder: Path, text: str, settings: str = "") -> Path:
    (folder / "source").mkdir()
    (folder / "source/r.md").write_text(text, "utf-8")
    (folder / "publish.toml").write_text(f'languages = ["en"]\n{settings or LENGTH}', "utf-8")
    assert main(["build", "-q", "-C", str(folder)]) == 0
    assert main(["check", "--built", "-C", str(folder)]) == 0
    return folder / "build/en/r.pdf"


def pages_of(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def test_a_brief_has_title_and_source_above_and_the_imprint_after_the_text(tmp_path: Path) -> None:
    front = FRONT.format("Short", "source_url: https://example.org/original\n")
    half = WORDS[: len(WORDS) // 2]
    path = made(tmp_path, f"{front}# One\n\n{half}\n\n# Two\n\n{half}\n")
    (page,) = pages_of(path)
    order = ["Short", "example.org/original", "One", "Words", "Two", "About this edition"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "Contents" not in page
    assert run_pdf_checks(path) == []


def test_a_report_has_cover_imprint_and_contents(tmp_path: Path) -> None:
    path = made(tmp_path, f"{FRONT.format('T', '')}# One\n\n{WORDS}\n", 'form = "report"\n')
    pages = pages_of(path)
    assert len(pages) == 4
    assert "About this edition" in pages[1]
    assert "Contents" in pages[2]


def test_a_two_sided_book_opens_chapters_on_right_pages(tmp_path: Path) -> None:
    text = f"# Part {{#p}}\n\n# One\n\n{WORDS}\n\n# Two\n\n{WORDS}\n"
    settings = 'form = "book"\ntwo-sided = true\n'
    path = made(tmp_path, FRONT.format("T", "") + text, settings)
    pages = pages_of(path)
    assert [number for number, words in enumerate(pages, 1) if not words] == [4, 6]
    assert "Part" in pages[4]
    assert "One Words" in pages[4].replace("1 ", "")
    assert "Two" in pages[6]
    assert run_pdf_checks(path) == []


@pytest.mark.parametrize("page", ["a4", "phone"])
def test_a_long_title_fits_the_cover(tmp_path: Path, page: str) -> None:
    front = FRONT.format(LONG, f"subtitle: {LONG}\npublisher: {LONG}\n")
    settings = f'form = "report"\nformats = ["pdf"]\npages = ["{page}"]\n'
    path = made(tmp_path, f"{front}# One\n\nWords.\n", settings)
    path = path if page == "a4" else path.with_name("r.phone.pdf")
    command = ["pdftotext", "-f", "2", "-l", "2", str(path), "-"]
    assert "About this edition" in subprocess.run(command, capture_output=True, text=True).stdout


def test_a_long_title_fits_the_picture_of_the_cover() -> None:
    words = CoverText(
        title=LONG,
        subtitle=LONG,
        author="",
        date="",
        language="",
        state="",
        direction="ltr",
        accent=(120, 0, 0),
    )
    faces = find_font_faces(("Source Serif 4", "Source Sans 3"))
    picture = Image.open(io.BytesIO(draw_cover(words, faces))).convert("L")
    below = picture.crop((0, HEIGHT - 186, picture.width, HEIGHT))
    assert below.getextrema() == (255, 255)
    assert min(picture.crop((0, 600, picture.width, HEIGHT - 200)).tobytes()) < 100


# --------------------------------------------------------------------------- what is chosen


@pytest.mark.parametrize(
    ("letters", "form"), [(BRIEF // 2, "brief"), (BRIEF * 2, "report"), (BOOK, "book")]
)
def test_the_form_goes_by_the_length_of_the_source(letters: int, form: str) -> None:
    document = read(("word " * 80 + "\n\n") * (letters // 390))
    assert choose_layout(Settings(), document).form == form
    assert choose_layout(Settings(form="report"), document).form == "report"


def read(text: str) -> Document:
    return read_document("r", "en", [SourceFile("source/r.md", FRONT.format("T", "") + text)])


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("# One\n\n" + "人" * (BRIEF * 2 // 5), "brief"),
        ("# One\n\n" + "人" * (BRIEF * 3 // 5), "report"),
        ("# One\n\n" + "![A map](a.png)\n\n" * 10, "brief"),
        ("# One\n\n" + "![A map](a.png)\n\n" * 16, "report"),
        ("# One\n\n```\n" + "x\n" * 200 + "```\n", "brief"),
        ("# One\n\n```\n" + "x\n" * 400 + "```\n", "report"),
    ],
)
def test_wide_signs_figures_and_code_count_by_their_room(text: str, form: str) -> None:
    assert choose_layout(Settings(), read(text)).form == form


@pytest.mark.full
def test_short_chapters_of_a_report_follow_one_another(tmp_path: Path) -> None:
    short = "".join(f"# Chapter {n}\n\n{WORDS}\n\n{WORDS}\n\n" for n in range(30))
    document = read(short)
    layout = choose_layout(Settings(), document)
    assert (layout.form, layout.run_on) == ("report", True)
    assert not choose_layout(Settings(form="report"), document).run_on
    longer = short.replace(WORDS, WORDS * 2)
    assert not choose_layout(Settings(), read(longer)).run_on
    pages = pages_of(made(tmp_path, FRONT.format("T", "") + short))
    assert len(pages) < 20
    assert sum("Chapter" in words for words in pages[3:]) >= 10
    assert run_pdf_checks(tmp_path / "build/en/r.pdf") == []


@pytest.mark.parametrize("size", first(["a4", "phone"], 1))
def test_the_imprint_of_a_brief_is_in_one_piece(tmp_path: Path, size: str) -> None:
    """Whatever fills the last page of the text."""
    (tmp_path / "source").mkdir()
    settings = f'languages = ["en"]\nformats = ["pdf"]\npages = ["{size}"]\n'
    (tmp_path / "publish.toml").write_text(settings, "utf-8")
    for lines in range(6):
        text = FRONT.format("T", "").replace("summary: S\n", "")
        words = WORDS + "\n\n" + "More words.\n\n" * (lines * 6)
        (tmp_path / f"source/r{lines}.md").write_text(f"{text}# One\n\n{words}", "utf-8")
    assert main(["build", "-q", "-C", str(tmp_path)]) == 0
    counts = set()
    for path in (tmp_path / "build/en").glob("*.pdf"):
        pages = pages_of(path)
        (first,) = (page for page in pages if "About this edition" in page)
        assert "Identifier" in first
        counts.add(len(pages))
    assert len(counts) > 1


def test_a_lost_page_of_a_brief_is_found(tmp_path: Path) -> None:
    path = made(tmp_path, f"{FRONT.format('T', '')}# One\n\n{(WORDS + chr(10) * 2) * 7}\n")
    whole = path.read_bytes()
    count = len(PdfReader(path).pages)
    assert count == 2
    for number in range(count):
        writer = PdfWriter(clone_from=io.BytesIO(whole))
        writer.remove_page(number)
        writer.write(path)
        workspace = open_workspace(tmp_path)
        edition = next(one for one in workspace.editions() if one.format == "pdf")
        found = {one.code for one in audit_built(Loader(workspace), [edition], None)}
        assert "built-text" in found


def entries(*counts: int) -> str:
    """A list of links as deep as there are counts, with as many entries on each level."""
    if not counts:
        return ""
    link = '<a href="#x">A heading of some words</a>'
    return f"<ol>{f'<li>{link}{entries(*counts[1:])}</li>' * counts[0]}</ol>"


def depth(element: Element) -> int:
    return max((depth(item) + 1 for item in element.findall("ol/li")), default=0)


@pytest.mark.parametrize(
    ("counts", "given", "found"),
    [
        ((4, 4, 2), 0, 3),
        ((5, 5, 5), 0, 2),
        ((5, 20, 5), 0, 1),
        ((90, 2), 0, 1),
        ((9, 7), 0, 2),
        ((9, 7, 3), 0, 2),
        ((20, 4), 0, 1),
        ((5, 20, 5), 3, 3),
        ((4, 4, 2), 1, 1),
    ],
)
def test_contents_have_the_levels_that_fit_two_pages(
    counts: tuple[int, ...], given: int, found: int
) -> None:
    nav = f'<nav id="edition-contents">{entries(*counts)}</nav>'
    root = ElementTree.fromstring(f"<html><body>{nav}<main/></body></html>")
    shape_document(root, Layout(contents_depth=given), "a4")
    contents = root.find("body/nav")
    assert contents is not None
    assert depth(contents) == found


@pytest.mark.parametrize(
    ("page", "counts", "found"),
    [
        ("a4", (27,), ""),
        ("a4", (28,), "close"),
        ("print", (32,), "close"),
        ("a4", (33,), ""),
        ("a4", (50,), ""),
        ("a4", (90,), "dense"),
        ("a4", (9, 7), "dense"),
        ("a4", (130,), "dense columns"),
        ("booklet", (29,), "close"),
        ("booklet", (30,), ""),
        ("phone", (20,), ""),
        ("phone", (40,), "dense"),
    ],
)
def test_long_contents_are_set_closer(page: PageSize, counts: tuple[int, ...], found: str) -> None:
    nav = f'<nav id="edition-contents">{entries(*counts)}</nav>'
    root = ElementTree.fromstring(f"<html><body>{nav}<main/></body></html>")
    shape_document(root, Layout(), page)
    assert root.find("body/nav").get("class") == found  # type: ignore[union-attr]


@pytest.mark.full
@pytest.mark.parametrize(
    ("chapters", "settings"),
    [
        (60, ""),
        pytest.param(90, "", marks=pytest.mark.full),
        pytest.param(130, 'form = "book"\n', marks=pytest.mark.full),
    ],
)
def test_contents_take_two_pages(tmp_path: Path, chapters: int, settings: str) -> None:
    text = "".join(f"# Chapter {n} on the harvest\n\n{WORDS}\n\n" for n in range(chapters))
    settings = f'formats = ["pdf"]\n{settings}'
    path = made(tmp_path, FRONT.format("T", "") + text, settings)
    pages = pages_of(path)
    assert "Contents" in pages[2]
    assert f"Chapter {chapters - 1} " in pages[3]
    assert "Words that fill" in pages[4]
    assert run_pdf_checks(path) == []


@pytest.mark.full
def test_few_entries_more_than_a_page_has_room_for_get_no_page_alone(tmp_path: Path) -> None:
    text = "".join(f"# Chapter {n} on the harvest\n\n{WORDS}\n\n" for n in range(32))
    path = made(tmp_path, FRONT.format("T", "") + text, 'formats = ["pdf"]\nform = "report"\n')
    pages = pages_of(path)
    assert "Contents" in pages[2]
    assert "Chapter 31 " in pages[2]
    assert "Words that fill" in pages[3]


def test_an_entry_of_several_lines_hangs_and_has_its_number_at_the_edge(tmp_path: Path) -> None:
    heading = "A heading of many words that goes on over two lines of the contents, and more"
    text = "".join(f"# {heading} {n}\n\n## {heading}\n\n{WORDS}\n\n" for n in range(3))
    path = made(tmp_path, FRONT.format("T", "") + text, 'form = "report"\n')
    command = ["pdftotext", "-bbox", "-f", "3", "-l", "3", str(path), "-"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)".*?>(.*?)</word>', shown)
    lines: dict[int, list[tuple[float, float, str]]] = {}
    for left, top, right, word in words:
        if float(top) < 700:
            lines.setdefault(round(float(top) / 4), []).append((float(left), float(right), word))
    firsts = {round(line[0][0]) for line in lines.values() if line[0][2] == "A"}
    others = {round(line[0][0]) for line in lines.values() if line[0][2] != "A"}
    assert firsts == {119, 119 + 15}
    assert {119 + 15, 119 + 30} <= others
    numbers = [word for line in lines.values() for word in line if word[2].isdecimal()]
    edges = {round(right) for left, right, _ in numbers if left > 480}
    assert edges == {511}
