"""Reports in scripts of their own: every letter is there, lines and emphasis are as they should."""

from __future__ import annotations

import re
import subprocess
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader
from scripts import CASES, FILES, NASTALIQ, write_workspace
from validators import run_epubcheck, run_pdf_checks

from publish.cli.main import main
from publish.model import CodeBlock, blocks, plain, proses
from publish.reading.markdown import SourceFile, read_document

pytestmark = pytest.mark.full

CONTROLS = dict.fromkeys(map(ord, "\u00ad\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"))
NO_LINE_STARTS = "、。，．：；！？…）」』》”ー々っゃゅょッャュョ"
NO_LINE_ENDS = "（「『《“"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scripts")


@pytest.fixture(scope="module", params=sorted(FILES))
def built(request: pytest.FixtureRequest, home: Path) -> Path:
    """The folder of the editions in a language."""
    root = write_workspace(home / request.param, request.param)
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root / "build" / str(request.param)


@cache
def texts_of(language: str) -> tuple[str, ...]:
    text = (CASES / f"{language}.md").read_text("utf-8")
    document = read_document("text", language, [SourceFile("source/text.md", text)])
    code = [block.text for block in blocks(document) if isinstance(block, CodeBlock)]
    return (*(plain(prose.content) for prose in proses(document)), *code)


def poppler(path: Path, *options: str) -> str:
    command = ["pdftotext", "-nopgbrk", *options, str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def folded(text: str) -> str:
    """A text without white space, signs of direction, and digits, which notes have too."""
    return re.sub(r"[\d\s\ufffc]", "", text.translate(CONTROLS))


def fonts_of(path: Path) -> set[str]:
    pages = PdfReader(path).pages
    return {str(one["/BaseFont"]) for page in pages for one in page["/Resources"]["/Font"].values()}  # type: ignore[index]  # fmt: skip


def feet_of(path: Path, letters: str) -> list[float]:
    """The feet of the words on the first page that have one of these letters, in one font size."""
    found = re.findall(
        r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)<', poppler(path, "-bbox", "-l", "1")
    )
    words = [(float(low) - float(high), float(low)) for high, low, word in found if letters in word]
    heights = [round(height, 1) for height, _ in words]
    usual = max(set(heights), key=heights.count)
    return sorted({foot for height, foot in words if round(height, 1) == usual})


def test_a_pdf_keeps_its_standards_and_says_its_text(built: Path) -> None:
    path = built / "text.pdf"
    assert run_pdf_checks(path) == []
    found = [folded(poppler(path)), folded(poppler(path, "-raw"))]
    wanted = map(folded, texts_of(built.name))
    assert [text for text in wanted if not any(text in one for one in found)] == []


def test_emphasis_is_bold_and_only_needed_letters_are_in_the_file(built: Path) -> None:
    path = built / "text.pdf"
    names = fonts_of(path)
    own = {name for name in names if "Noto" in name and "Sans" not in name}
    assert {name.endswith("-Bold") for name in own} == {True, False}
    assert not any("Italic" in name or "Oblique" in name for name in names)
    assert path.stat().st_size < 250_000
    assert (built / "text.epub").stat().st_size < 250_000


def test_lines_keep_to_the_grid(built: Path) -> None:
    text = max(texts_of(built.name), key=len)
    letters = max(set(text) - set(" 1,"), key=text.count)
    feet = feet_of(built / "text.pdf", letters)
    near = [two - one for one, two in pairwise(feet) if 5 < two - one < 29]
    assert len(near) >= 2
    assert {round(step, 1) for step in near} <= {15.0, 30.0}


def test_lines_of_wide_letters_begin_and_end_as_they_may(built: Path) -> None:
    if built.name not in ("ja", "zh-Hans", "zh-Hant"):
        pytest.skip("has spaces")
    lines = [line.strip() for line in poppler(built / "text.pdf").splitlines() if line.strip()]
    assert len(lines) > 20
    assert [line for line in lines if line[0] in NO_LINE_STARTS or line[-1] in NO_LINE_ENDS] == []
    right = re.findall(r'xMax="([\d.]+)" yMax="[\d.]+">', poppler(built / "text.pdf", "-bbox"))
    edge = max(map(float, right))
    assert sum(edge - float(one) < 0.6 for one in right) >= 4


def test_thai_lines_end_between_words(home: Path) -> None:
    root = home / "th"
    if not (root / "build/th/text.pdf").exists():
        pytest.skip("was not built")
    text = folded(texts_of("th")[2])
    lines = [folded(line) for line in poppler(root / "build/th/text.pdf").splitlines()]
    inner = [line for line in lines if line and line in text and not text.endswith(line)]
    assert len(inner) >= 4
    words = (
        "อิสระ",
        "เสมอภาค",
        "เกียรติศักดิ์",
        "เหตุผล",
        "มโนธรรม",
        "ปฏิบัติ",
        "ภราดรภาพ",
        "อิสรภาพ",
        "ปฏิญญา",
        "เชื้อชาติ",
    )
    for word in words:
        assert any(word in line for line in lines), word


def test_books_keep_their_standard_and_say_their_language(home: Path, tmp_path: Path) -> None:
    paths = sorted(home.glob("*/build/*/text.epub"))
    assert len(paths) >= 7
    books = {path.parent.name: path.read_bytes() for path in paths}
    told = run_epubcheck(tmp_path, books)
    assert told == {name: ["USAGE CSS-028: Use of Font-face declaration."] for name in books}
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            pages = [name for name in archive.namelist() if name.endswith(".xhtml")]
            assert len(pages) > 3
            for name in pages:
                assert f'lang="{path.parent.name}"' in archive.read(name).decode()


def test_nastaliq_has_high_lines(home: Path) -> None:
    names = (NASTALIQ, *FILES["ur"][1:])
    root = write_workspace(home / "nastaliq", "ur", names=names, settings='formats = ["pdf"]\n')
    assert main(["build", "-q", "-C", str(root)]) == 0
    path = root / "build/ur/text.pdf"
    assert run_pdf_checks(path) == []
    assert {"Noto-Nastaliq-Urdu", "Noto-Nastaliq-Urdu-Bold"} <= {
        name.split("+")[-1] for name in fonts_of(path)
    }
    numbers = re.findall(r'yMax="([\d.]+)">([2-5])<', poppler(path, "-bbox", "-l", "1"))
    feet = [float(foot) for foot, _ in numbers[:4]]
    assert all(two - one == pytest.approx(22.5) for one, two in pairwise(feet))
