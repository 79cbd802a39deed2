"""The editions themselves: built for real, opened, and asked what they say."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from conftest import untranslate
from lxml import etree
from pypdf import PdfReader
from validators import run_epubcheck

from publish.cli.main import main
from publish.languages.registry import find
from publish.languages.typography import fold
from publish.model import Document, Heading, plain
from publish.reading.inline import parse_inline
from publish.reading.segmenting import units
from publish.workspace import open_workspace

NAME = "tip-2024-turkmenistan"
LANGUAGES = ("en", "ru", "tk")
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
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


def copy_workspace(repository: Path, root: Path) -> None:
    import shutil

    for part in ("source", "locales", "templates"):
        shutil.copytree(repository / part, root / part, dirs_exist_ok=True)
    shutil.copy(repository / "pyproject.toml", root)


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
    """The text between running heads and feet, without the marks before passages."""
    return pdftotext(path, "-x", "0", "-y", "72", "-W", "600", "-H", "692").replace("[en]", "")


def pdftotext(path: Path, *options: str) -> str:
    command = ["pdftotext", *options, "-nopgbrk", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


# --------------------------------------------------------------------------- six editions


def test_there_are_six_editions(built: Path) -> None:
    for language in LANGUAGES:
        for kind in ("pdf", "epub"):
            assert edition(built, language, kind).stat().st_size > 5_000


def test_epubcheck_has_nothing_to_say(built: Path, rich: Path, tmp_path: Path) -> None:
    books = {language: edition(built, language, "epub").read_bytes() for language in LANGUAGES}
    books |= {
        f"rich-{language}": edition(rich, language, "epub", "rich").read_bytes()
        for language in ("en", "ru")
    }
    assert run_epubcheck(tmp_path, books) == {name: [] for name in books}


@pytest.mark.parametrize("language", LANGUAGES)
def test_qpdf_finds_the_pdf_sound(built: Path, language: str) -> None:
    command = ["qpdf", "--check", str(edition(built, language, "pdf"))]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_unit_is_in_both_editions(built: Path, language: str) -> None:
    """Law (accounting): compared by letters and digits; front matter may stand in metadata."""
    document = shown_document(built, language)
    pdf = letters(body_text(edition(built, language, "pdf")))
    epub = letters(epub_text(edition(built, language, "epub")))
    missing = []
    for unit in units(document, find("en")):
        wanted = letters(plain(parse_inline(unit.msgid)))
        if unit.role != "keyword" and (wanted not in epub or wanted.upper() not in pdf.upper()):
            missing.append(unit.msgid)
    assert missing == []


def shown_document(root: Path, language: str) -> Document:
    from dataclasses import replace

    from publish.building.preparing import prepare
    from publish.model import Inlines, Passage, rebuild
    from publish.reading.inline import normalise

    found = prepare(open_workspace(root), NAME, find(language), use_fuzzy=False)

    def lift(content: Inlines) -> Inlines:
        flat: list[object] = []
        for node in content:
            flat.extend(node.children if isinstance(node, Passage) else (node,))
        return normalise(tuple(flat))  # type: ignore[arg-type]

    return rebuild(found.text.document, lambda p: replace(p, content=lift(p.content)))


@pytest.mark.parametrize("language", LANGUAGES)
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_has_language_title_tags_and_bookmarks(built: Path, language: str) -> None:
    reader = PdfReader(edition(built, language, "pdf"))
    root = reader.root_object
    assert str(root["/Lang"]) == language
    assert str(root["/MarkInfo"].get_object()) == "{'/Marked': True}"
    assert reader.metadata is not None
    assert reader.metadata.title
    titles = [fold(str(getattr(item, "title", ""))) for item in flat(reader.outline)]
    document = shown_document(built, language)
    headings = [plain(b.prose.content) for b in document.body if isinstance(b, Heading)]
    assert [title for title in titles if title in headings] == headings


def flat(outline: object) -> list[object]:
    assert isinstance(outline, list)
    return [x for item in outline for x in (flat(item) if isinstance(item, list) else [item])]


@pytest.mark.parametrize("language", ["ru", "tk"])
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
        text = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8")
    for word in ("ebooklib", "generator", "/tmp", "2026-11-23 ", "Last-Translator"):
        assert word.lower() not in text.lower()
    times = set(re.findall(r"\d\d:\d\d:\d\d", text))
    assert times <= {"00:00:00"}


# --------------------------------------------------------------------------- a rich document


def test_a_rich_document_keeps_all_its_blocks(rich: Path) -> None:
    text = letters(epub_text(edition(rich, "en", "epub", "rich")))
    shown = letters(body_text(edition(rich, "en", "pdf", "rich")))
    for words in (
        "code is kept",
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


# --------------------------------------------------------------------------- same bytes


@pytest.mark.parametrize(
    ("zone", "seed", "locale", "workers"),
    [("Asia/Ashgabat", "1", "C", "1"), ("America/Lima", "77", "C.UTF-8", "2")],
)
def test_same_bytes_whatever_the_machine_says(
    built: Path, repository: Path, tmp_path: Path, zone: str, seed: str, locale: str, workers: str
) -> None:
    root = tmp_path / f"another place {seed}"
    copy_workspace(repository, root)
    environment = os.environ | {
        "TZ": zone,
        "PYTHONHASHSEED": seed,
        "LC_ALL": locale,
        "LANG": locale,
    }
    command = [
        sys.executable,
        "-m",
        "publish",
        "build",
        "-q",
        "--workers",
        workers,
        "-C",
        str(root),
    ]
    subprocess.run(command, check=True, env=environment, cwd=tmp_path)
    for language in LANGUAGES:
        for kind in ("pdf", "epub"):
            ours, theirs = edition(built, language, kind), edition(root, language, kind)
            assert ours.read_bytes() == theirs.read_bytes(), (language, kind)


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
