"""The editions themselves: built for real, opened, and asked what they say."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import untranslate
from examples import first, tries_all
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from lxml import etree
from pypdf import PdfReader
from structure import read_structure
from validators import run_epubcheck, run_pdf_checks

from publish.cli.main import main
from publish.languages.registry import find
from publish.languages.spacing import fold_typography
from publish.model import Document, Heading, Unit, plain
from publish.project.workspace import open_workspace
from publish.reading.marks.inline import parse_inline
from publish.reading.source import cut_source
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"
LANGUAGES = ("en", "ru", "tk")
TRANSLATED_FIRST = ("ru", "en", "tk")
"""The quick run tries the first one or two where a law is the same in all."""
DRAFT = {"ru": "Черновой перевод, не проверен", "tk": "Garalama terjime, barlanmadyk"}


@pytest.fixture(scope="module")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's workspace with all of its editions."""
    root = tmp_path_factory.mktemp("built")
    copy_workspace(repository, root)
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


@pytest.fixture(scope="module")
def mixed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The editions of a report whose translation has just begun."""
    root = tmp_path_factory.mktemp("mixed")
    copy_workspace(repository, root)
    untranslate(root, "ru", "tk")
    asked = [] if tries_all() else ["-l", "en", "-l", "ru"]
    assert main(["build", "-q", "-C", str(root), *asked]) == 0
    return root


def copy_workspace(repository: Path, root: Path) -> None:
    import shutil

    for part in ("source", "locales", "templates"):
        shutil.copytree(repository / part, root / part, dirs_exist_ok=True)
    shutil.copy(repository / "pyproject.toml", root)


@pytest.fixture(scope="module")
def lettered(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An EPUB that brings its letters along."""
    root = tmp_path_factory.mktemp("lettered")
    copy_workspace(repository, root)
    settings = root / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("[tool.publish]\n", '[tool.publish]\nepub-fonts = "embedded"\n'),
        encoding="utf-8",
    )
    assert main(["build", "-q", "-C", str(root), "-l", "ru", "-f", "epub"]) == 0
    return root


@pytest.fixture(scope="module")
def rich(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with every kind of block, images with a twin, and two languages."""
    import shutil

    root = tmp_path_factory.mktemp("rich")
    shutil.copytree(repository / "tests/cases/workspace", root, dirs_exist_ok=True)
    assert main(["update", "-q", "-C", str(root)]) == 0
    assert main(["build", "-q", "-C", str(root), "--workers", "1"]) == 0
    return root


def edition(root: Path, language: str, kind: str, name: str = NAME) -> Path:
    return root / "build" / language / f"{name}.{kind}"


def pages_of_epub(path: Path) -> list[etree._Element]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return [etree.fromstring(archive.read(name)) for name in names]


def letters(text: str) -> str:
    """Letters and digits only, so that hyphenation and spaces do not count."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(character for character in folded if character.isalnum())


def epub_text(path: Path) -> str:
    return "".join("".join(map(str, page.itertext())) for page in pages_of_epub(path))


def pdf_text(path: Path) -> str:
    return pdftotext(path)


def body_text(path: Path) -> str:
    """The text block: no running heads and feet, no numbers in the margin, no marks."""
    return pdftotext(path, "-x", "118", "-y", "72", "-W", "400", "-H", "692").replace("[en]", "")


def pdftotext(path: Path, *options: str) -> str:
    command = ["pdftotext", *options, "-nopgbrk", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


# --------------------------------------------------------------------------- six editions


def test_there_are_six_editions(built: Path) -> None:
    for language in LANGUAGES:
        for kind in ("pdf", "epub"):
            assert edition(built, language, kind).stat().st_size > 5_000


def test_epubcheck_has_nothing_to_say(
    built: Path, rich: Path, lettered: Path, tmp_path: Path
) -> None:
    books = {language: edition(built, language, "epub").read_bytes() for language in LANGUAGES}
    books |= {
        f"rich-{language}": edition(rich, language, "epub", "rich").read_bytes()
        for language in ("en", "ru")
    }
    books["lettered"] = edition(lettered, "ru", "epub").read_bytes()
    told = run_epubcheck(tmp_path, books)
    assert told.pop("lettered") == ["USAGE CSS-028: Use of Font-face declaration."]
    assert told == {name: [] for name in told}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pdf_keeps_both_standards(built: Path, rich: Path, language: str) -> None:
    assert run_pdf_checks(edition(built, language, "pdf")) == []
    if language != "tk":
        assert run_pdf_checks(edition(rich, language, "pdf", "rich")) == []


@pytest.mark.parametrize("language", first(TRANSLATED_FIRST, 1))
def test_a_pdf_is_read_aloud_in_the_order_of_the_document(built: Path, language: str) -> None:
    """Law: units follow one another in the tag tree as in the document, word by word."""
    root, _ = read_structure(edition(built, language, "pdf").read_bytes())
    told = spoken(root.all("Part")[0].text)
    body = [
        unit
        for unit in cut_source(shown_document(built, language), find("en")).units
        if in_body(unit)
    ]
    assert len(body) > 50
    at = 0
    for unit in body:
        wanted = spoken(plain(parse_inline(unit.msgid)))
        found = told.find(wanted, at)
        assert found >= 0, unit.msgid
        at = found + len(wanted)


def in_body(unit: Unit) -> bool:
    front = {"title", "subtitle", "author", "publisher", "republisher", "rights", "summary"}
    return str(unit.role) not in {*front, "keyword", "footnote"}


def spoken(text: str) -> str:
    """A text as it is heard: typography folded, soft hyphens and marks of passages left out."""
    for mark in ("\u00ad", "[en]"):
        text = text.replace(mark, "")
    return " ".join(fold_typography(text).split())


@pytest.mark.parametrize("language", first(["ru", "tk"], 1))
def test_a_passage_in_the_source_language_is_read_in_it(mixed: Path, language: str) -> None:
    root, pages = read_structure(edition(mixed, language, "pdf").read_bytes())
    spans = root.all("Span")
    assert {span.language for span in spans} == {"en"}
    assert sum(len(span.text) for span in spans) > 1_000
    imprint = root.all("Sect")[1].all("Span")[-1]
    assert imprint.text.split() == ["[en]", "English"]
    assert [page.bare for page in pages] == [[] for _ in pages]


@pytest.mark.parametrize("language", first(TRANSLATED_FIRST, 1))
def test_contents_are_a_table_of_contents_with_one_link_a_line(built: Path, language: str) -> None:
    root, _ = read_structure(edition(built, language, "pdf").read_bytes())
    document = shown_document(built, language)
    headings = [plain(b.prose.content) for b in document.body if isinstance(b, Heading)]
    links = [link for toc in root.all("TOC")[:1] for link in toc.all("Link")]
    assert [fold_typography(link.links[0]) for link in links] == headings
    assert [len(link.links) for link in links] == [1] * len(headings)
    lines = root.all("TOCI")
    assert [line.names[0] for line in lines] == ["Reference"] * len(headings)
    assert all(line.all("Reference")[0].text[-1].isdigit() for line in lines)


@pytest.mark.parametrize("language", first(TRANSLATED_FIRST, 1))
def test_every_unit_is_in_both_editions(built: Path, language: str) -> None:
    """Law (accounting): compared by letters and digits; front matter may stand in metadata."""
    document = shown_document(built, language)
    pdf = letters(body_text(edition(built, language, "pdf")))
    epub = letters(epub_text(edition(built, language, "epub")))
    missing = []
    for unit in cut_source(document, find("en")).units:
        wanted = letters(plain(parse_inline(unit.msgid)))
        if unit.role != "keyword" and (wanted not in epub or wanted.upper() not in pdf.upper()):
            missing.append(unit.msgid)
    assert missing == []


def shown_document(root: Path, language: str) -> Document:
    from dataclasses import replace

    from publish.building.preparing import prepare
    from publish.model import Inlines, Passage, rebuild
    from publish.reading.marks.inline import normalise

    found = prepare(Loader(open_workspace(root)), NAME, find(language), use_fuzzy=False)

    def lift(content: Inlines) -> Inlines:
        flat: list[object] = []
        for node in content:
            flat.extend(node.children if isinstance(node, Passage) else (node,))
        return normalise(tuple(flat))  # type: ignore[arg-type]

    return rebuild(found.text.document, lambda p: replace(p, content=lift(p.content)))


@pytest.mark.parametrize("language", first(TRANSLATED_FIRST, 2))
def test_a_draft_says_so_on_every_page_and_in_the_metadata(built: Path, language: str) -> None:
    reader = PdfReader(edition(built, language, "pdf"))
    note = DRAFT.get(language)
    for page in reader.pages:
        assert (note is None) or (note in page.extract_text())
    with zipfile.ZipFile(edition(built, language, "epub")) as archive:
        package = archive.read("EPUB/content.opf").decode()
    if note:
        assert note in str(reader.metadata and reader.metadata.subject)
        assert note in package
    else:
        assert not any(text in package for text in DRAFT.values())
        assert "not reviewed or" not in reader.pages[0].extract_text()


@pytest.mark.parametrize("language", first(TRANSLATED_FIRST, 1))
def test_the_pdf_has_language_title_tags_and_bookmarks(built: Path, language: str) -> None:
    reader = PdfReader(edition(built, language, "pdf"))
    root = reader.root_object
    assert str(root["/Lang"]) == language
    assert str(root["/MarkInfo"].get_object()) == "{'/Marked': True}"
    assert reader.metadata is not None
    assert reader.metadata.title
    titles = [fold_typography(str(getattr(item, "title", ""))) for item in flat(reader.outline)]
    document = shown_document(built, language)
    headings = [plain(b.prose.content) for b in document.body if isinstance(b, Heading)]
    assert [title for title in titles if title in headings] == headings


def test_bookmarks_nest_as_headings_do(rich: Path) -> None:
    reader = PdfReader(edition(rich, "en", "pdf", "rich"))

    def titles(outline: object) -> list[object]:
        assert isinstance(outline, list)
        return [titles(x) if isinstance(x, list) else x.title for x in outline]

    assert titles(reader.outline)[-3:] == ["First part", ["End"], "About this edition"]


def flat(outline: object) -> list[object]:
    assert isinstance(outline, list)
    return [x for item in outline for x in (flat(item) if isinstance(item, list) else [item])]


@pytest.mark.parametrize("language", first(["ru", "tk"], 1))
def test_what_falls_back_is_marked_in_both_formats(mixed: Path, language: str) -> None:
    pages = pages_of_epub(edition(mixed, language, "epub"))
    marked = [e for page in pages for e in page.iter() if e.get("class") == "untranslated"]
    assert len(marked) > 15
    assert {element.get("lang") for element in marked} == {"en"}
    assert "[en]" in pdf_text(edition(mixed, language, "pdf"))
    assert "[en]" not in pdf_text(edition(mixed, "en", "pdf"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_epub_names_no_maker_and_no_time(built: Path, language: str) -> None:
    with zipfile.ZipFile(edition(built, language, "epub")) as archive:
        names = [name for name in archive.namelist() if not name.endswith(".png")]
        text = b"".join(archive.read(name) for name in names).decode("utf-8")
        picture = archive.read("EPUB/cover.png")
    assert {picture[at : at + 4] for at in chunks(picture)} <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    for word in ("ebooklib", "generator", "/tmp", "2026-11-23 ", "Last-Translator"):
        assert word.lower() not in text.lower()
    times = set(re.findall(r"\d\d:\d\d:\d\d", text))
    assert times <= {"00:00:00"}


def chunks(png: bytes) -> Iterator[int]:
    """Where the names of a PNG's chunks stand."""
    at = 8
    while at < len(png):
        yield at + 4
        at += 12 + int.from_bytes(png[at : at + 4], "big")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_epub_is_small_enough_for_any_messenger(built: Path, language: str) -> None:
    assert edition(built, language, "epub").stat().st_size <= 45_000


def test_an_epub_may_bring_the_letters_it_uses(lettered: Path) -> None:
    path = edition(lettered, "ru", "epub")
    assert path.stat().st_size <= 75_000
    with zipfile.ZipFile(path) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".woff2")]
        with TTFont(io.BytesIO(archive.read(name))) as font:
            letters = set(map(chr, font.getBestCmap()))
        css = archive.read("EPUB/style.css").decode()
    assert name.removeprefix("EPUB/") in css
    missing = {c for c in epub_text(path) if c.isprintable()} - letters
    assert missing <= set("\u200b"), missing


# --------------------------------------------------------------------------- a rich document


def test_a_rich_document_keeps_all_its_blocks(rich: Path) -> None:
    text = letters(epub_text(edition(rich, "en", "epub", "rich")))
    shown = letters(body_text(edition(rich, "en", "pdf", "rich")))
    assert letters("code is kept") in text
    # Poppler takes three spaces of a monospaced face for a gap between columns.
    assert all(word in shown for word in ("code", "is", "kept"))
    for words in (
        "Second paragraph.",
        "Bob | Co",
        "The caption.",
        "with a paragraph",
    ):
        assert letters(words) in text
        assert letters(words) in shown


def test_an_image_has_a_twin_for_its_language(rich: Path) -> None:
    source = rich / "source"
    for language, file in (("en", "map.png"), ("ru", "map.ru.png")):
        with zipfile.ZipFile(edition(rich, language, "epub", "rich")) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith("map.png")]
            assert archive.read(name) == (source / file).read_bytes()


def test_hostile_text_makes_no_request_and_stays_text(repository: Path, tmp_path: Path) -> None:
    copy_workspace(repository, tmp_path)
    path = tmp_path / f"locales/ru/LC_MESSAGES/{NAME}.po"
    hostile = r"url(https://evil.example/x) @import 'file:///etc/passwd'; &lt;img src=x&gt; \\u2028"
    text = path.read_text(encoding="utf-8")
    changed = text.replace('msgstr "Раздел о стране"', f'msgstr "{hostile}"')
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    assert main(["build", "-q", "-l", "ru", "-C", str(tmp_path)]) == 0
    wanted = letters("url(https://evil.example/x) @import 'file:///etc/passwd'; <img src=x>")
    assert wanted in letters(epub_text(edition(tmp_path, "ru", "epub")))
    assert wanted in letters(pdf_text(edition(tmp_path, "ru", "pdf")))
    data = io.BytesIO(edition(tmp_path, "ru", "pdf").read_bytes())
    assert "evil.example" not in str(PdfReader(data).named_destinations)
