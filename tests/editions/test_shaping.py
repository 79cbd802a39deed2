"""The form of a PDF: briefs without cover and contents, books with chapters on right pages."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from PIL import Image
from pypdf import PdfReader
from validators import run_pdf_checks

from publish.cli.main import main
from publish.editions.epub.cover import HEIGHT, CoverText, draw_cover
from publish.editions.fonts import find_font_faces
from publish.editions.page.materials import BOOK, BRIEF, Layout, choose_layout
from publish.editions.pdf.shaping import shape_document
from publish.reading.markdown import SourceFile, read_document
from publish.settings import Settings

FRONT = "---\ntitle: {}\nauthor: A\npublished: 2024-01-31\nsummary: S\nrights: R\n{}---\n\n"
WORDS = "Words that fill the page and say nothing else. " * 10
LONG = "Report on the worst forms of labour exploitation in the harvest, with recommendations, " * 4


LENGTH = 'form = "length"\nnotes = "page"\n'


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
    text = FRONT.format("T", "") + ("word " * 80 + "\n\n") * (letters // 390)
    document = read_document("r", "en", [SourceFile("source/r.md", text)])
    assert choose_layout(Settings(form="length"), document).form == form
    assert choose_layout(Settings(form="report"), document).form == "report"


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
