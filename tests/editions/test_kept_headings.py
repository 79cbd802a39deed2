"""Bold paragraphs that are headings within a quotation, a list or a box stay with their text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from benchmarks.pagelines import words_of
from publish.cli.main import main


@pytest.mark.parametrize(
    "block",
    [
        "c c c",
        pytest.param("- c\n> - d", marks=pytest.mark.full),
        pytest.param("```\n> a\n>\n> b\n> ```", marks=pytest.mark.full),
    ],
)
def test_no_heading_of_a_quotation_stands_at_the_foot_of_a_page(block: str, tmp_path: Path) -> None:
    """Whatever height is above it: forty times.  Word keeps it, too."""
    (tmp_path / "source").mkdir()
    (tmp_path / "publish.toml").write_text('source-language = "en"\nlanguages = ["en"]\n')
    text = "---\ntitle: T\npublished: 2024-01-31\nauthor: A\n---\n\n"
    for number in range(40):
        above = "\\\n".join("a" * (4 + number * 5 % 11))
        text += f"{above}\n\n> ## Heading\n>\n> {block}\n\n"
    (tmp_path / "source/a.md").write_text(text)
    assert main(["build", "-q", "-C", str(tmp_path), "--format", "pdf", "--format", "docx"]) == 0
    pages = dict(words_of(tmp_path / "build/en/a.pdf")).values()
    feet = [max(page, key=lambda word: (word.bottom < 760, word.bottom)).text for page in pages]
    assert len(feet) > 10
    assert "Heading" not in feet
    with zipfile.ZipFile(tmp_path / "build/en/a.docx") as archive:
        word = archive.read("word/document.xml").decode()
    kept = re.findall(r"<w:p>(?:(?!</w:p>).)*>Heading</w:t>", word)
    assert len(kept) == 40
    assert all("<w:keepNext/>" in one for one in kept)
