"""A text that is wholly in letters of the other direction has that direction, in every format."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from publish.cli.main import main
from publish.editions.page.inlines import MarkupContext, add_prose, label_heading
from publish.editions.page.interface import Interface
from publish.editions.page.textdirection import find_text_direction
from publish.editions.page.xhtml import add_number_places, make_element
from publish.languages.registry import find
from publish.model import Prose, Role, Span
from publish.reading.marks.inline import parse_inline

FONT = Path("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf")


@pytest.mark.parametrize(
    ("text", "around", "direction"),
    [
        ("All are born free (Art. 1).", "rtl", "ltr"),
        ("Все *люди* рождаются свободными.", "rtl", "ltr"),
        ("All are born free و.", "rtl", ""),
        ("ECMA-262 (۲۰۲۴)", "rtl", ""),
        ("12 (34).", "rtl", ""),
        ("`f(x)` (1).", "rtl", ""),
        ("<https://example.org/>.", "rtl", ""),
        ("همه آزاد به دنیا می‌آیند.", "rtl", ""),
        ("همه آزاد به دنیا می‌آیند.", "ltr", "rtl"),
        ("כל בני האדם נולדו `x` בני חורין.", "ltr", "rtl"),
        ("The word همه.", "ltr", ""),
        ("All are born free.", "ltr", ""),
        ("سنة 2024 (١).", "ltr", "rtl"),
    ],
)
def test_the_direction_is_that_of_all_letters(text: str, around: str, direction: str) -> None:
    assert find_text_direction(parse_inline(text), around) == direction


def write(tag: str, text: str, language: str = "fa") -> str:
    spoken = find(language)
    context = MarkupContext(spoken, spoken, {}, Interface(spoken, {}))
    section = make_element("section", dir=spoken.direction)
    element = etree.SubElement(section, f"{{http://www.w3.org/1999/xhtml}}{tag}")
    element.set("data-number", "1")
    add_prose(
        element,
        Prose(content=parse_inline(text), role=Role.PARAGRAPH, span=Span("a.md", 1, 1)),
        context,
    )
    add_number_places(section)
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", etree.tostring(element, encoding="unicode"))


def test_a_paragraph_begins_at_its_own_side_and_its_number_stays_in_the_margin() -> None:
    written = write("p", "All *are* free.")
    assert written.startswith('<p data-number="1" dir="ltr">')
    assert 'aria-hidden="true" dir="rtl"/><span dir="ltr">All <em>are</em>' in written


@pytest.mark.parametrize("tag", ["li", "td", "h2", "caption", "dt"])
def test_what_stands_among_others_keeps_its_side(tag: str) -> None:
    written = write(tag, "All are free.")
    assert not re.match(r"<\w+[^>]* dir=", written)
    assert '<span dir="ltr">All ' in written


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [("Findings.", "fa", "\u200eFindings.\u200e"), ("یافته", "en", "\u200fیافته\u200f")],
)
def test_a_heading_has_its_last_sign_at_its_end_in_heads_of_pages(
    text: str, language: str, label: str
) -> None:
    element = make_element("h2")
    label_heading(element, parse_inline(text), find(language))
    assert element.get("data-label") == label
    other = make_element("h2")
    label_heading(other, parse_inline(text), find({"fa": "en", "en": "fa"}[language]))
    assert "data-label" not in other.attrib


def test_other_texts_are_as_they_were() -> None:
    assert "dir=" not in write("p", "همه The end.")
    assert "dir=" not in write("p", "All are free.", "en")
    assert ' dir="rtl"' in write("p", "همه آزاد.", "en")


SOURCE = """---
title: گزارش سالانه
published: 2024-06-24
---

# بخش نخست

تمام افراد بشر آزاد به دنیا می‌آیند.[^n]

Born free.

- Item one.

> Quoted words.

| نام | شمار |
|---|---|
| Cell two! | ۱۲ |

[^n]: Noted thing.
"""

ENDS = ["free.", "one.", "words.", "two!", "thing."]


@pytest.mark.full
def test_the_full_stop_is_at_the_right_in_every_format(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/text.md").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "publish.toml").write_text('source-language = "fa"\nlanguages = ["fa"]\n')
    (tmp_path / "fonts").mkdir()
    shutil.copy(FONT, tmp_path / "fonts")
    formats = ("-f", "pdf", "-f", "epub", "-f", "html")
    assert main(["build", "-C", str(tmp_path), *formats]) == 0
    pdf = tmp_path / "build/fa/text.pdf"
    shown = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True)
    pages = shown.stdout.decode()
    for word in ENDS:
        assert f">{word}</word>" in pages
    html = (tmp_path / "build/fa/text.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "build/fa/text.epub") as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        epub = "".join(book.read(name).decode() for name in names)
    for page in (html, epub):
        for word in ENDS:
            assert re.search(rf'<span dir="ltr">[\w ]*[ \u00a0]?{re.escape(word)}', page), word
