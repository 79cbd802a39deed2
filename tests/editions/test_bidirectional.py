"""A passage that runs against its text stands on the page as it is read."""

from __future__ import annotations

import io
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from publish.cli.main import main
from publish.editions.page.bidirectional import find_opposite_runs, set_directions

FONT = Path("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf")
NAMES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'


def _set(markup: str, direction: str) -> str:
    element = etree.fromstring(f"<p {NAMES}>{markup}</p>")
    set_directions(element, direction)
    written = etree.tostring(element, encoding="unicode")
    return written[written.index(">") + 1 : written.rindex("<")]


@pytest.mark.parametrize(
    ("text", "direction", "runs"),
    [
        ("وصف The ECMA-262 هنا", "rtl", ["The ECMA-262"]),
        ("مع HTML / CSS.", "rtl", ["HTML / CSS"]),
        ("مع MDN (Mozilla) هنا", "rtl", ["MDN (Mozilla)"]),
        ("مع (MDN) هنا", "rtl", ["MDN"]),
        ("في 5 HTML و CSS 3%", "rtl", ["HTML", "CSS 3%"]),
        ("في HTML ٥ CSS", "rtl", ["HTML", "CSS"]),
        ("A\u2029بB\u2029ج", "rtl", ["A", "B"]),
        ("The word مهم جدا 12 is", "ltr", ["مهم جدا 12"]),
        ("The 12 words.", "ltr", []),
    ],
)
def test_runs_are_those_of_the_bidirectional_algorithm(
    text: str, direction: str, runs: list[str]
) -> None:
    found = find_opposite_runs(text, direction)
    assert [text[first:end] for first, end in found] == runs


@pytest.mark.parametrize(
    ("markup", "direction", "expected"),
    [
        ("في The <b>ECMA</b>-262.", "rtl", 'في <span dir="ltr">The <b>ECMA</b>-262</span>.'),
        ("<b>The</b> في <i>A B</i>.", "rtl", "<b>The</b> في <i>A B</i>."),
        (
            "<b>في The</b> big <i>A</i> في",
            "rtl",
            '<b>في The</b> <span dir="ltr">big <i>A</i></span> في',
        ),
        ("<code>f(x)</code>", "rtl", '<code dir="ltr">f(x)</code>'),
        (
            'في <a class="address"><b>a.b</b><wbr/>/</a>',
            "rtl",
            'في <a class="address" dir="ltr"><b>a.b</b><wbr/>/</a>',
        ),
        (
            'A <b>C</b><sup><a role="doc-noteref">1</a></sup>',
            "rtl",
            '<span dir="ltr">A <b>C</b></span><sup><a role="doc-noteref">1</a></sup>',
        ),
        (
            'في A <span dir="ltr">B <code>x</code></span> <b>C</b> في <i>D</i> E',
            "rtl",
            'في <span dir="ltr">A <span dir="ltr">B <code>x</code></span> <b>C</b></span> في '
            '<span dir="ltr"><i>D</i> E</span>',
        ),
        ("The <b>مهم</b> جدا <code>x</code>.", "ltr", None),
        ("The <b>big</b> word.", "ltr", "The <b>big</b> word."),
    ],
)
def test_a_passage_of_several_texts_has_its_direction(
    markup: str, direction: str, expected: str | None
) -> None:
    expected = expected or 'The <span dir="rtl"><b>مهم</b> جدا</span> <code>x</code>.'
    assert _set(markup, direction) == expected
    again = _set(expected, direction)
    assert again == expected


def test_words_against_the_text_are_drawn_from_left_to_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (FONT.exists() and shutil.which("pdftotext")):
        pytest.skip("needs Poppler and a font for Arabic")
    (tmp_path / "source").mkdir()
    (tmp_path / "publish.toml").write_text(
        'source-language = "ar"\nlanguages = ["ar"]\nform = "report"\nformats = ["pdf"]\n'
        f'fonts.ar = ["{FONT}"]\n'
    )
    head = "---\ntitle: دليل\nauthor: ب\npublished: 2024-01-31\n---\n\n"
    text = "وصف The ECMA-262 هنا في `f(x)` و <https://a.example/bc/>."
    (tmp_path / "source" / "a.md").write_text(f"{head}# مقدمة\n\n{text}\n")
    main(["build", "-q", "-C", str(tmp_path)])
    assert capsys.readouterr().err == ""  # A page of contents, too, is found in order.
    data = (tmp_path / "build" / "ar" / "a.pdf").read_bytes()
    pages = str(len(PdfReader(io.BytesIO(data)).pages))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-f", pages, "-l", pages, "-", "-"],
        input=data,
        capture_output=True,
        check=True,
    ).stdout
    words = etree.HTML(boxes.decode(), None).iter("word")
    places = {
        "".join(filter(str.isprintable, word.text or "")): float(word.get("xmin") or 0)
        for word in words
    }
    assert places["The"] < places["ECMA-262"]
    assert "https://a.example/bc/" in places


@pytest.mark.parametrize("lines", ["best", "first-fit"])
def test_a_paragraph_from_right_to_left_is_indented_at_the_right(
    lines: str, tmp_path: Path
) -> None:
    if not (FONT.exists() and shutil.which("pdftotext")):
        pytest.skip("needs Poppler and a font for Arabic")
    (tmp_path / "source").mkdir()
    (tmp_path / "publish.toml").write_text(
        f'source-language = "ar"\nlanguages = ["ar"]\nlines = "{lines}"\nformats = ["pdf"]\n'
        f'fonts.ar = ["{FONT}"]\n'
    )
    head = "---\ntitle: دليل\nauthor: ب\npublished: 2024-01-31\n---\n\n"
    text = "ددد " * 60
    (tmp_path / "source" / "a.md").write_text(f"{head}{text}\n\n{text}\n")
    main(["build", "-q", "-C", str(tmp_path)])
    found = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "build" / "ar" / "a.pdf", "-"],
        capture_output=True,
        check=True,
    ).stdout
    rows: dict[float, list[tuple[float, float]]] = {}
    for word in etree.HTML(found.decode(), None).iter("word"):
        if "د" in (word.text or "") and "ل" not in (word.text or ""):
            left, right, top = (float(word.get(name) or 0) for name in ("xmin", "xmax", "ymin"))
            rows.setdefault(top, []).append((left, right))
    starts = [max(right for _, right in row) for _, row in sorted(rows.items()) if len(row) > 9]
    indents = [round(starts[0] - start) for start in starts]
    assert 15 in indents
    assert set(indents) == {0, 15}


@pytest.mark.parametrize("word", ["آزاد", pytest.param("MDN", marks=pytest.mark.full)])
def test_no_gap_and_no_longer_line_is_left_where_a_line_ends_before_an_element(
    word: str, tmp_path: Path
) -> None:
    if not (FONT.exists() and shutil.which("pdftotext")):
        pytest.skip("needs Poppler and a font for Arabic")
    (tmp_path / "source").mkdir()
    (tmp_path / "publish.toml").write_text(
        'source-language = "fa"\nlanguages = ["fa"]\nlines = "first-fit"\nformats = ["pdf"]\n'
        f'fonts.fa = ["{FONT}"]\n'
    )
    head = "---\ntitle: دلیل\npublished: 2024-01-31\n---\n\n"
    texts = (f"{'بشر ' * at}{f'*همه کس* {word} **از** ' * 16}." for at in range(1, 7))
    (tmp_path / "source" / "a.md").write_text(head + "\n\n".join(texts) + "\n")
    main(["build", "-q", "-C", str(tmp_path)])
    found = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", tmp_path / "build" / "fa" / "a.pdf", "-"],
        capture_output=True,
        check=True,
    ).stdout
    rows: list[tuple[float, list[tuple[float, float]]]] = []
    for one in etree.HTML(found.decode(), None).iter("word"):
        left, right, top, foot = (
            float(one.get(name) or 0) for name in ("xmin", "xmax", "ymin", "ymax")
        )
        if not rows or abs(rows[-1][0] - (top + foot) / 2) > 4:
            rows.append(((top + foot) / 2, []))
        if not any(map(str.isdigit, one.text or "")):  # It is no number of a paragraph.
            rows[-1][1].append((left, right))
    lines = (row for _, row in rows)
    full = [row for row in map(sorted, lines) if len(row) > 30 and row[-1][1] - row[0][0] > 370]
    assert len(full) > 10
    for row in full:
        spaces = [after[0] - before[1] for before, after in pairwise(row)]
        spaces = [one for one in spaces if one > 1]  # Not before a stop.
        assert max(spaces) - min(spaces) < 1.5
    starts = [row[0][0] for row in full]
    assert max(starts) - min(starts) < 1.5
