"""Long things fit: titles on covers, sections in pages of books."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from benchmarks.pagelines import words_of
from publish.cli.main import main
from publish.editions.epub.splitting import LARGEST, split_section

TITLE = "A report of the commission on the worst forms of labour, with recommendations " * 4
SETTINGS = (
    'source-language = "en"\nlanguages = ["en", "ru"]\nbilingual = ["en+ru"]\nform = "report"\n'
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("long")
    (root / "source").mkdir()
    front = f"---\ntitle: {TITLE}\nsubtitle: {TITLE}\nauthor: {TITLE}\npublished: 2024-01-31\n---\n"
    (root / "source/t.md").write_text(f"{front}\n# One\n\nText.\n", "utf-8")
    (root / "publish.toml").write_text(SETTINGS + 'pages = ["a4", "phone"]\n', "utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


@pytest.mark.parametrize("file", ["en/t.pdf", "en/t.phone.pdf", "ru/t.phone.pdf", "en+ru/t.pdf"])
def test_a_long_title_takes_one_page(built: Path, file: str) -> None:
    pages = [" ".join(word.text.strip() for word in page) for _, page in words_of(built / "build" / file)]  # noqa: E501  # fmt: skip
    assert TITLE.strip().split()[-1] in pages[0]
    assert any(words in pages[1] for words in ("About this edition", "Об этом издании"))


def section(identifier: str, size: int, *inner: str) -> str:
    return f'<section id="{identifier}"><h2>H</h2><p>{"x" * size}</p>{"".join(inner)}</section>'


def test_a_large_section_is_split_at_headings_of_any_level() -> None:
    deep = section("c", 10, *(section(f"d{n}", 90_000) for n in range(4)))
    text = section("a", 10, section("b", 100_000), deep, section("e", 10))
    whole = f'<div xmlns="http://www.w3.org/1999/xhtml">{text}</div>'
    tree = etree.fromstring(whole)[0]
    every = re.findall('id="([^"]*)"', etree.tostring(tree, encoding="unicode"))
    parts = [etree.tostring(part, encoding="unicode") for part in split_section(tree)]
    assert len(parts) == 3
    assert all(len(part) <= LARGEST + 200 for part in parts)
    assert re.findall('id="([^"]*)"', "".join(parts)) == every


def test_a_section_that_is_not_large_stays_whole() -> None:
    tree = etree.fromstring(f'<div xmlns="http://www.w3.org/1999/xhtml">{section("a", 9)}</div>')[0]
    assert list(split_section(tree)) == [tree]


def test_links_lead_into_the_parts_of_a_large_section(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    text = "A paragraph of a text that goes on for some time. " * 20 + "\n\n"
    parts = "".join(f"## Part {n}\n\n{text * 90}" for n in range(4))
    front = "---\ntitle: T\npublished: 2024-01-31\n---\n\n# One\n\n[Last](#part-3).\n\n"
    (tmp_path / "source/t.md").write_text(front + parts, "utf-8")
    (tmp_path / "publish.toml").write_text(
        'source-language = "en"\nlanguages = ["en"]\nformats = ["epub"]\n', "utf-8"
    )
    assert main(["build", "-q", "-C", str(tmp_path)]) == 0
    with zipfile.ZipFile(tmp_path / "build/en/t.epub") as book:
        pages = {name.rpartition("/")[2]: book.read(name).decode() for name in book.namelist() if name.endswith("html")}  # noqa: E501  # fmt: skip
    found = re.search('href="([^"#]*)#part-3"', pages["text-1.xhtml"])
    assert found
    assert found[1] != "text-1.xhtml"
    assert 'id="part-3"' in pages[found[1]]
    assert f'href="{found[1]}#part-3"' in pages["nav.xhtml"]
