"""Books in folders: which files are read, in which order, and what is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.errors import FindingsError, PublishError, UsageError
from publish.model import Document, Heading, find_images, plain, proses
from publish.project.sourcefolder import decode_source
from publish.project.workspace import open_workspace
from publish.reading.chapters import sort_paths


def book(root: Path, files: dict[str, str], top_level: str = "") -> Document:
    setting = f"top-level-division.book = {top_level}" if top_level else ""
    (root / "publish.toml").write_text(f'languages = ["en"]\n{setting}')
    for name, text in files.items():
        path = root / "source" / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return open_workspace(root).read("book")


def outline(document: Document) -> list[str]:
    headings = (block for block in document.body if isinstance(block, Heading))
    return [f"{'#' * one.level} {plain(one.prose.content)}" for one in headings]


def title(document: Document) -> str:
    return plain(document.front[0].prose.content)


def remarks(document: Document, code: str) -> list[str]:
    return [one.message for one in document.remarks if one.code == code]


def test_files_are_sorted_as_people_count() -> None:
    names = ["10.md", "2.md", "a/1.md", "a/README.md", "README.md", "a.md", "Index.md", "B.md"]
    assert sort_paths(reversed(names)) == [
        "Index.md", "README.md", "2.md", "10.md", "a.md", "a/README.md", "a/1.md", "B.md",
    ]  # fmt: skip


def test_every_markdown_file_of_a_folder_is_read(tmp_path: Path) -> None:
    suffixes = ["md", "markdown", "MD", "mdown", "mdwn", "mkd", "mkdn"]
    files = {f"{at}/c.{suffix}": f"# C{at}\n\na\n" for at, suffix in enumerate(suffixes)}
    hidden = {".x.md": "# X\n", ".git/y.md": "# Y\n", "node_modules/z/README.md": "# Z\n"}
    document = book(tmp_path, {**files, **hidden})
    assert outline(document) == [f"# C{at}" for at in range(len(suffixes))]


SUMMARY = """\
# Summary

[Preface](README.md)

# Part one

- [First](first.md)
    - [Inner](sub/inner.md)
- [Draft]()
* [Named only](plain.md)

## Part two

1. [Last](<last one.md>)

---

[End](end.md)
"""
CHAPTERS = {
    "SUMMARY.md": SUMMARY,
    "README.md": "# Preface\n\na\n",
    "first.md": "# First\n\na\n\n## Deep\n\nb\n",
    "sub/inner.md": "## Inner\n\n![A](img/x.png) ![B](../y.png)\n",
    "plain.md": "Only text.\n",
    "last one.md": "# Last\n\na\n",
    "end.md": "# End\n\n[a](sub/inner.md)\n",
}


def test_a_summary_gives_order_parts_and_depth(tmp_path: Path) -> None:
    document = book(tmp_path, {**CHAPTERS, "left/out.md": "# Out\n"})
    assert outline(document) == [
        "# Preface", "# Part one", "## First", "### Deep", "### Inner", "## Named only",
        "# Part two", "## Last", "# End",
    ]  # fmt: skip
    assert remarks(document, "file-not-read") == [
        "not read, because SUMMARY.md does not name it: left/out.md"
    ]
    assert len(remarks(document, "chapter-left-out")) == 1
    part = next(prose for prose in proses(document) if plain(prose.content) == "Part two")
    assert str(part.span) == "source/book/SUMMARY.md:12"


def test_titles_in_a_summary_are_those_of_parts(tmp_path: Path) -> None:
    """The chapters of a part are marked, too, but not what is in them or outside of parts."""
    files = {**CHAPTERS, "README.md": "# Preface\n\na\n\n## Thanks\n\na\n"}
    assert divisions(book(tmp_path, files)) == [
        "Part one: part", "First: chapter", "Named only: chapter",
        "Part two: part", "Last: chapter",
    ]  # fmt: skip


PARTED = """\
# Preface

a

# Part one

An introduction.

## First

### Deep

## Second

# Part two

## Third

# Index
"""


def test_headings_of_the_top_level_are_those_of_parts_by_a_setting(tmp_path: Path) -> None:
    """Without chapters below it, one is a chapter itself, such as a preface."""
    files = {"book.md": PARTED}
    assert divisions(book(tmp_path, files)) == []
    assert divisions(book(tmp_path, files, '"part"')) == [
        "Part one: part", "First: chapter", "Second: chapter", "Part two: part", "Third: chapter",
    ]  # fmt: skip


def test_titles_in_a_summary_are_those_of_chapters_by_a_setting(tmp_path: Path) -> None:
    assert divisions(book(tmp_path, CHAPTERS, '"chapter"')) == []


def divisions(document: Document) -> list[str]:
    headings = (block for block in document.body if isinstance(block, Heading))
    return [f"{plain(one.prose.content)}: {one.division}" for one in headings if one.division]


def test_images_are_relative_to_their_chapter(tmp_path: Path) -> None:
    assert set(find_images(book(tmp_path, CHAPTERS))) == {
        "sub/img/x.png",
        "y.png",
    }


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "Book"),
        ({"SUMMARY.md": SUMMARY.replace("# Summary", "# The story")}, "The story"),
        ({"book.toml": '[book]\ntitle = "The book"\n'}, "The book"),
        ({"README.md": "---\ntitle: Mine\n---\n# Preface\n\na\n"}, "Mine"),
    ],
)
def test_the_title_of_a_book(tmp_path: Path, more: dict[str, str], expected: str) -> None:
    assert title(book(tmp_path, {**CHAPTERS, **more})) == expected


def test_a_whole_repository_of_a_book_can_be_a_source(tmp_path: Path) -> None:
    files = {f"src/{name}": text for name, text in CHAPTERS.items()}
    document = book(
        tmp_path,
        {**files, "book.toml": "", "book/print.html": "", "src/notes.txt": "", "license.txt": ""},
    )
    assert outline(document)[:3] == ["# Preface", "# Part one", "## First"]
    assert set(find_images(document)) >= {"src/sub/img/x.png", "src/y.png"}
    assert remarks(document, "file-not-read") == ["not read, because only Markdown is: notes.txt"]


def test_all_files_that_a_summary_names_wrongly_are_told(tmp_path: Path) -> None:
    summary = "- [A](a.md)\n- [B](bb.md)\n- [C](c/d.md)\n"
    with pytest.raises(FindingsError) as caught:
        book(tmp_path, {"SUMMARY.md": summary, "a.md": "# A\n\n[x](y:z)\n", "b.md": "# B\n\nb\n"})
    assert [(one.code, one.span and one.span.first) for one in caught.value.findings] == [
        ("chapter-missing", 2),
        ("chapter-missing", 3),
        ("link-scheme", 3),
    ]
    assert "b.md" in caught.value.findings[0].hint


def test_a_summary_without_chapters_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="names no chapter"):
        book(tmp_path, {"SUMMARY.md": "# Summary\n\nSoon.\n"})


@pytest.mark.parametrize("name", ["r.markdown", "r.MD", "r.mkd"])
def test_a_source_may_have_any_name_of_markdown(tmp_path: Path, name: str) -> None:
    (tmp_path / "publish.toml").write_text('languages = ["en"]\n')
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / name).write_text("# R\n\na\n")
    workspace = open_workspace(tmp_path)
    assert workspace.documents() == ("r",)
    assert title(workspace.read("r")) == "R"
    (tmp_path / "source" / "r.docx").write_bytes(b"")
    assert [one.message for one in workspace.unread()] == [
        "not read, because only Markdown is: r.docx"
    ]
    (tmp_path / "source" / "r.md").write_text("# R\n\na\n")
    with pytest.raises(UsageError, match="r is both source/r"):
        workspace.read("r")


RUSSIAN = "Заголовок отчёта\nи текст его первой главы\n"


@pytest.mark.parametrize(
    ("text", "codec", "language", "likely"),
    [
        (RUSSIAN, "cp1251", "en", "WINDOWS-1251"),
        (RUSSIAN, "cp1251", "ru", "WINDOWS-1251"),
        (RUSSIAN, "koi8-r", "ru", "KOI8-R"),
        (RUSSIAN, "cp866", "ru", "CP866"),
        (RUSSIAN, "utf-16", "ru", "UTF-16"),
        ("Le théâtre d'été, déjà vu\n", "cp1252", "fr", "WINDOWS-1252"),
        ("Zażółć gęślą jaźń\n", "cp1250", "pl", "WINDOWS-1250"),
        ("Αναφορά του έτους\n", "cp1253", "el", "WINDOWS-1253"),
    ],
)
def test_another_encoding_is_refused_with_the_line_that_converts_it(
    text: str, codec: str, language: str, likely: str
) -> None:
    with pytest.raises(PublishError) as caught:
        decode_source(text.encode(codec), "source/a b.md", language)
    assert caught.value.code == "charset"
    assert caught.value.hint == (
        f"save it as UTF-8: iconv -f {likely} -t UTF-8 'source/a b.md' > new.md "
        "&& mv new.md 'source/a b.md'"
    )
