"""The audit of finished books: quiet on what was built, and every seeded fault is found."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from publish.building.auditing import audit_built
from publish.building.preparing import prepare
from publish.cli.main import main
from publish.editions.audit.books import audit_epub
from publish.editions.page.edition import Manuscript
from publish.languages.registry import find
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"
Parts = dict[str, bytes]
Change = Callable[[Parts], None]
TEXT, OPF, NAV = "EPUB/text-1.xhtml", "EPUB/content.opf", "EPUB/nav.xhtml"


@pytest.fixture(scope="module")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report with its last sentences not translated, and the rich example, in Russian."""
    root = tmp_path_factory.mktemp("audited")
    for part in ("source", "locales", "templates"):
        shutil.copytree(repository / part, root / part)
    shutil.copy(repository / "pyproject.toml", root)
    path = root / f"locales/ru/LC_MESSAGES/{NAME}.po"
    text = path.read_text(encoding="utf-8")
    cut = text.index("#.", len(text) * 9 // 10)
    path.write_text(text[:cut], encoding="utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    assert main(["build", "-q", "-C", str(root), "-l", "ru"]) == 0
    return root


@pytest.fixture(scope="module")
def manuscript(built: Path) -> Manuscript:
    return prepare(Loader(open_workspace(built)), NAME, find("ru"), use_fuzzy=False).text


@pytest.fixture(scope="module")
def parts(built: Path) -> Parts:
    with zipfile.ZipFile(built / f"build/ru/{NAME}.epub") as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(
    parts: Parts, date: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            book.writestr(zipfile.ZipInfo(name, date), content, kind)
    return buffer.getvalue()


def swap(name: str, old: str, new: str) -> Change:
    """Exchanges the first match of a pattern in one part."""

    def change(parts: Parts) -> None:
        text = parts[name].decode()
        changed = re.sub(old, new, text, count=1, flags=re.DOTALL)
        assert changed != text, old
        parts[name] = changed.encode()

    return change


def add(name: str, content: bytes) -> Change:
    return lambda parts: parts.update({name: content})


def drop(name: str) -> Change:
    def change(parts: Parts) -> None:
        del parts[name]

    return change


PARAGRAPH = '(<p id="p2[0-9]"[^>]*>.*?</p>)'
FAULTS: dict[str, tuple[Change, str]] = {
    "another language": (swap(OPF, ">ru</dc:language>", ">uk</dc:language>"), "built-language"),
    "a page in another language": (swap(TEXT, 'xml:lang="ru"', 'xml:lang="en"'), "built-language"),
    "a passage without its language": (
        swap(TEXT, 'class="untranslated" lang="en" xml:lang="en"', 'class="untranslated"'),
        "built-language",
    ),
    "another direction": (swap(TEXT, 'dir="ltr"', 'dir="rtl"'), "built-language"),
    "another title": (swap(OPF, "</dc:title>", " 2</dc:title>"), "built-metadata"),
    "another identifier": (swap(OPF, "urn:uuid:.", "urn:uuid:x"), "built-metadata"),
    "a time of day": (swap(OPF, "T00:00:00Z", "T09:41:07Z"), "built-metadata"),
    "a maker": (
        swap(OPF, "</metadata>", '<meta name="generator" content="x"/></metadata>'),
        "built-metadata",
    ),
    "no state in the metadata": (swap(OPF, "Черновой перевод", "Перевод"), "built-state"),
    "no state on the title page": (
        swap("EPUB/title.xhtml", '<p class="state draft">.*?</p>', ""),
        "built-state",
    ),
    "pages out of order": (
        swap(NAV, "(<li><a href=[^>]*>4</a></li>)\\s*(<li><a href=[^>]*>5</a></li>)", r"\2\1"),
        "built-pages",
    ),
    "pages that lead to each other's place": (
        swap(NAV, "page-4(.*?)page-5", r"page-5\1page-4"),
        "built-pages",
    ),
    "a page not listed": (swap(NAV, "<li><a href=[^>]*>8</a></li>", ""), "built-pages"),
    "a heading not in the contents": (
        swap(NAV, '<li><a href="text-1.xhtml#protection">.*?</a></li>', ""),
        "built-nav",
    ),
    "a script behind a link": (
        swap(TEXT, PARAGRAPH, r'\1<p><a href="javascript:alert(1)"/></p>'),
        "built-link",
    ),
    "a tracking link": (
        swap("EPUB/imprint.xhtml", 'href="https://www.state.gov[^"]*', r"\g<0>?utm_source=x"),
        "built-link",
    ),
    "a link into nothing": (swap(NAV, "#prosecution", "#prosecutor"), "built-link"),
    "a picture from elsewhere": (
        swap(TEXT, PARAGRAPH, r'\1<img alt="x" src="https://example.org/x.png"/>'),
        "built-remote",
    ),
    "a style from elsewhere": (
        swap("EPUB/style.css", "^", '@import "https://example.org/x.css";'),
        "built-remote",
    ),
    "something that runs": (swap(TEXT, ' id="p3"', ' id="p3" onclick="x()"'), "built-remote"),
    "a comment": (
        swap(TEXT, PARAGRAPH, r"\1<!-- Last-Translator: A. B. -->"),
        "built-comment",
    ),
    "a line of a catalog": (
        swap("EPUB/style.css", "^", '/* "PO-Revision-Date: 2024" */'),
        "built-comment",
    ),
    "a stray file": (add("EPUB/.DS_Store", b"x"), "built-container"),
    "a missing file": (drop("EPUB/imprint.xhtml"), "built-container"),
    "a picture without words": (
        swap("EPUB/cover.xhtml", 'alt="[^"]*"', 'alt=""'),
        "built-image",
    ),
    "a lost sentence": (swap(TEXT, "\\b37\\b", ""), "built-text"),
    "a lost paragraph": (swap(TEXT, PARAGRAPH, ""), "built-text"),
    "an altered word": (swap(TEXT, "Правительство", "Парламент"), "built-text"),
    "two paragraphs exchanged": (
        swap(TEXT, '(<p id="p14".*?</p>)(<p id="p15".*?</p>)', r"\2\1"),
        "built-text",
    ),
    "a sentence added": (swap(TEXT, PARAGRAPH, r"\1<p>Это неправда.</p>"), "built-text"),
    "a lost number of a paragraph": (swap(TEXT, ' id="p7"', ""), "built-ids"),
    "another number shown": (
        swap(TEXT, '<span class="number">7\u00a0', '<span class="number">8\u00a0'),
        "built-ids",
    ),
    "a number not shown": (swap(TEXT, '<span class="number">7\u00a0</span>', ""), "built-ids"),
    "a number twice": (swap(TEXT, ' id="p7"', ' id="p8"'), "built-ids"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_seeded_fault_is_found(parts: Parts, manuscript: Manuscript, fault: str) -> None:
    change, code = FAULTS[fault]
    changed = dict(parts)
    change(changed)
    found = {finding.code for finding in audit_epub("x.epub", packed(changed), manuscript)}
    assert code in found


def test_what_was_built_is_as_it_should_be(
    built: Path, parts: Parts, manuscript: Manuscript
) -> None:
    workspace = open_workspace(built)
    assert list(audit_built(Loader(workspace), workspace.editions(("ru",)))) == []
    assert list(audit_epub("x.epub", packed(parts), manuscript)) == []


def test_dates_and_order_of_the_zip_are_looked_at(parts: Parts, manuscript: Manuscript) -> None:
    dated = packed(parts, (2026, 11, 23, 9, 41, 7))
    assert {f.code for f in audit_epub("x.epub", dated, manuscript)} == {"built-container"}
    turned = packed(dict(reversed(parts.items())))
    assert {f.code for f in audit_epub("x.epub", turned, manuscript)} == {"built-container"}


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip at all" * 9, packed({"mimetype": b"x"})])
def test_what_is_no_book_is_told(manuscript: Manuscript, data: bytes) -> None:
    (finding,) = audit_epub("x.epub", data, manuscript)
    assert finding.code == "built-container"


def damaged(data: bytes, offset: int, value: bytes) -> bytes:
    """The archive with other bytes in the directory's line on its last file."""
    at = data.rindex(b"PK\x01\x02") + offset
    return data[:at] + value + data[at + len(value) :]


@pytest.mark.parametrize(
    ("offset", "value", "message"),
    [
        (8, b"\x01", "is encrypted"),
        (10, b"\x0c", "compressed by an unsupported method"),
        (24, (257 << 20).to_bytes(4, "little"), "too large when unpacked"),
        (42, b"\xff\xff\x00\x00", "the archive is damaged"),
    ],
)
def test_an_archive_made_to_harm_is_told(
    parts: Parts, manuscript: Manuscript, offset: int, value: bytes, message: str
) -> None:
    data = damaged(packed(parts), offset, value)
    (finding,) = audit_epub("x.epub", data, manuscript)
    assert finding.code == "built-container"
    assert message in finding.message


def test_the_command_tells_of_files_exchanged_or_gone(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(built, root)
    assert main(["check", "--built", "-l", "ru", "-C", str(root)]) == 0
    pdf = root / f"build/ru/{NAME}.pdf"
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    (root / f"build/ru/{NAME}.epub").unlink()
    assert main(["check", "--built", "-l", "ru", "-C", str(root)]) == 1
    told = capsys.readouterr().out
    assert "built-changed" in told
    assert "built-missing" in told
