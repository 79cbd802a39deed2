"""Hostile catalogs: whatever stands in a translation is refused or shown as plain text."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from examples import first, some
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader
from translations import composed

from publish.checks.engine import check_catalog, select_structural_errors
from publish.checks.views import CatalogView
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.page.edition import Manuscript
from publish.editions.page.interface import Interface
from publish.editions.page.materials import Materials
from publish.editions.writers import write_edition
from publish.errors import FindingsError, PublishError
from publish.languages.detecting import find_rival
from publish.languages.registry import find
from publish.model import Catalog, Document, Finding, Format, plain
from publish.po.pofile import extract_catalog, parse_po
from publish.reading.markdown import SourceFile, read_document
from publish.reading.msgstr import parse_msgstr
from publish.reading.source import cut_source

ROOT = Path(__file__).resolve().parents[2]
EN = find("en")
MATERIALS = Materials(images={}, templates=(ROOT / "templates",), pdf_variant="pdf/a-3a+ua-1")
SOURCE = """---
title: T
---
# The heading

The paragraph.[^n]

* The item

| The head |
|----------|
| The cell |

[The link](https://source.example/)

[^n]: The footnote.
"""
PLACES = {
    "heading": ("The heading", "{}"),
    "paragraph": ("The paragraph.[^n]", "{}[^n]"),
    "item": ("The item", "{}"),
    "cell": ("The cell", "{}"),
    "link": ("[The link](1)", "[{}](1)"),
    "footnote": ("The footnote.", "{}"),
}
MARKS = frozenset("*_`[]\\<>&!{}~^\n")
"""Characters that may be marks; a text without them is shown as it stands."""


# --------------------------------------------------------------------------- who is watched


@dataclass(slots=True)
class Watch:
    """What was asked of the system while `on`: files to read or write, and everything else."""

    on: bool = False
    files: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


WATCH = Watch()
READABLE = tuple(
    str(Path(path).resolve())
    for path in (str(ROOT / "publish"), str(ROOT / "templates"), *sysconfig.get_paths().values())
)
FONT_COPIES = str(Path(tempfile.gettempdir(), "weasyprint-").resolve())


def note(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook, which cannot be taken off again; it sees what C code opens too."""
    if not WATCH.on:
        return
    if event == "open":
        path, mode, _ = arguments
        if not isinstance(path, str | bytes) or not _allowed(os.fsdecode(path), str(mode)):
            WATCH.files.append(f"{path!r} {mode}")
    elif event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "urllib.")):
        WATCH.others.append(event)
        raise PermissionError(event)


def _allowed(path: str, mode: str) -> bool:
    """Program, fonts and templates may be read; WeasyPrint copies fonts to a folder it deletes."""
    known = str(Path(path).resolve())
    return known.startswith(FONT_COPIES) or (
        known.startswith(READABLE) and not set(mode) & set("wax+")
    )


sys.addaudithook(note)


@contextmanager
def watched(seconds: int = 180) -> Iterator[None]:
    """Fails where a file elsewhere is opened, a connection made, or no end is found in time."""

    def late(_signal: int, _frame: object) -> None:
        raise TimeoutError(f"not done in {seconds} s")

    find_rival("The model of languages is unpacked once, by way of a temporary file.", find("ru"))
    WATCH.files, WATCH.others = [], []
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    WATCH.on = True
    try:
        yield
    finally:
        WATCH.on = False
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert (WATCH.files, WATCH.others) == ([], [])


@pytest.mark.filterwarnings("ignore")
def test_the_watch_sees_files_and_connections() -> None:
    import socket

    with pytest.raises(AssertionError, match="passwd"), watched():
        Path("/etc/passwd").read_bytes()
    with pytest.raises(PermissionError), watched():
        socket.socket()
    with pytest.raises(TimeoutError), watched(1):
        time.sleep(5)


# --------------------------------------------------------------------------- from text to bytes


def po_bytes(msgid: str, msgstr: str) -> bytes:
    """A catalog file as some program may have written it, lone surrogates and all."""
    quoted = msgstr.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    text = f'{header}\nmsgid "{msgid}"\nmsgstr "{quoted}"\n'
    return text.encode("utf-8", "surrogatepass")


@cache
def source() -> Document:
    return read_document("x", "en", [SourceFile("x.md", SOURCE)])


def findings(catalog: Catalog, tag: str, document: Document) -> list[Finding]:
    view = CatalogView(source=cut_source(document, EN), catalog=catalog, language=find(tag))
    return list(check_catalog(view))


def manuscript(msgid: str, msgstr: str, tag: str, document: Document | None = None) -> Manuscript:
    """From the file's bytes to what is written; raises PublishError for what is refused."""
    language, document = find(tag), document or source()
    catalog = extract_catalog(parse_po(po_bytes(msgid, msgstr), "x.po"))
    if wrong := select_structural_errors(findings(catalog, tag, document)):
        raise FindingsError("refused", wrong)
    made = composed(document, language, catalog.active())
    interface, day = Interface(language, {}), date(2024, 7, 1)
    return Manuscript(
        document=made.document,
        coverage=made.coverage,
        language=language,
        source=EN,
        interface=interface,
        revised=day,
        original=tag == "en",
    )


def edition(kind: Format, place: str, text: str, tag: str, seconds: int = 180) -> bytes | None:
    """The file of an edition with this text in one place, None where it is refused."""
    msgid, around = PLACES[place]

    def written(words: str) -> bytes:
        made = manuscript(msgid, around.format(words), tag)
        return write_edition(kind, made, make_edition_tree(made, MATERIALS), MATERIALS).data

    written("А")  # loads what it needs
    with watched(seconds):
        try:
            return written(text)
        except PublishError:
            return None


# --------------------------------------------------------------------------- what is shown


@dataclass(frozen=True, slots=True)
class Shown:
    """The text of a book, the names of its elements and attributes, and where its links lead."""

    text: str
    names: frozenset[str]
    links: frozenset[str]


def shown(book: bytes) -> Shown:
    """Raises an error of lxml for a document that is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        pages = [etree.fromstring(archive.read(name), parser) for name in names]
    elements = [element for page in pages for element in page.iter()]
    return Shown(
        "".join("".join(map(str, page.itertext())) for page in pages),
        frozenset(str(name) for e in elements for name in (e.tag, *e.attrib)),
        frozenset(str(e.get(name)) for e in elements for name in ("href", "src") if e.get(name)),
    )


@cache
def honest(place: str, tag: str) -> Shown:
    book = edition("epub", place, "Правда", tag)
    assert book is not None
    return shown(book)


def letters(text: str) -> str:
    """Letters and digits, taken apart, so that what stands beside them does not change them."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if c.isalnum())


def expected(place: str, text: str) -> str:
    """The letters a reader should see: those of the text, or of what is left without marks."""
    if not MARKS & set(text):
        return letters(text)
    around = PLACES[place][1]
    return letters(plain(parse_msgstr(around.format(text))))


def check_epub(place: str, text: str, tag: str) -> None:
    book = edition("epub", place, text, tag)
    if book is None:
        return
    found, wanted = shown(book), honest(place, tag)
    assert expected(place, text) in letters(found.text)
    joints = {f"{{http://www.w3.org/1999/xhtml}}{name}" for name in ("span", "wbr")}
    assert found.names <= wanted.names | joints | {"class"}
    assert found.links <= wanted.links


def check_pdf(place: str, text: str, tag: str, folder: Path) -> None:
    pdf = edition("pdf", place, text, tag)
    if pdf is None:
        return
    reader = PdfReader(io.BytesIO(pdf))
    assert links_of(reader) <= {"https://source.example/"}
    path = folder / "x.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-nopgbrk", str(path), "-"]
    text_shown = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    if len(text) < 500 and not any(unicodedata.bidirectional(c) in BACKWARDS for c in text):
        assert expected(place, text) in letters(text_shown)


BACKWARDS = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"}


def links_of(reader: PdfReader) -> set[str]:
    """Addresses that links lead to; no other action may stand in the file."""
    found = set()
    for page in reader.pages:
        for annotation in page.get("/Annots") or ():
            action = annotation.get_object().get("/A")
            if action is not None:
                assert action["/S"] == "/URI"
                found.add(str(action["/URI"]))
    return found


# --------------------------------------------------------------------------- what is tried

PIECES = (
    "</p>", "]]>", "<![CDATA[", "<!--", "-->", "<script>alert(1)</script>", "<img src=x>",
    "<?php ?>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", "&e;", "&lt;b&gt;",
    "&#0;", "&#x202e;", "&#xD800;", "&#x110000;", "&amp;lt;", "url(file:///etc/passwd)",
    "@import 'https://evil.example/x.css';", "*{background:url(//evil.example)}", "}</style>",
    "style=\"x\" onload='y'", "javascript:alert(1)", "[x](javascript:x)", "[x](1)", "[x](99)",
    "![x](file:///etc/passwd)", "<https://evil.example>", "https://evil.example/", "[^n]", "[^x]",
    "[x]: https://evil.example", "{joined}", "{{ 7*7 }}", "{% include '/etc/passwd' %}", "{#id}",
    "{note=\"x\"}", "\\", "\\\n", "\n\n", "\r", "\t", "|", "# ", "* ", "> ", "```", "$x$", "%s",
    "\x00", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\ufeff",
    "\ufffe", "\uffff", "\ud800", "\udfff", "\ue000", "\U000e0041", "\u0301\u0302", "א", "م", "漢",
    "😀", "👨‍👩‍👧", "5 < 6 & 7", "слово", "Türkmenistan", "2024-nji", "№ 5", "*", "_", "`", "**б**",
)  # fmt: skip
HOSTILE = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join),
    st.text(min_size=1, max_size=60),
    st.text(st.sampled_from("*_`[]()<>\\&;!^|{}#x1 \n"), min_size=1, max_size=60),
)
WORDS = st.lists(
    st.sampled_from([p for p in PIECES if p.isprintable() and p.isascii()] + ["слово", "№ 5"]),
    min_size=1,
    max_size=4,
).map(lambda pieces: "".join(pieces).replace("<", "\\<").replace("[", "\\["))
"""Text that is mostly shown, since what would be marks is written as plain characters."""
ONE_PLACE, ONE_LANGUAGE = st.sampled_from(sorted(PLACES)), st.sampled_from(["ru", "tk"])


@settings(max_examples=some(60))
@given(HOSTILE | WORDS, ONE_PLACE, ONE_LANGUAGE)
def test_an_epub_shows_any_text_as_text(text: str, place: str, tag: str) -> None:
    check_epub(place, text, tag)


@pytest.mark.parametrize("piece", first(PIECES, 30))
def test_each_hostile_piece_alone_and_amid_words(piece: str) -> None:
    for text in (piece, f"До {piece} после 7", f"До \\{piece} после"):
        check_epub("paragraph", text, "ru")


def test_most_escaped_text_is_shown() -> None:
    """Were everything refused, the other tests would say nothing."""
    for text in ("\\<script>alert(1)\\</script>", "url(file:///x) @import 'y';", "]]> 5 < 6 & 7"):
        for place in PLACES.keys() - {"link"}:
            assert edition("epub", place, text, "tk") is not None, (place, text)


NESTED: dict[str, tuple[str, str]] = {
    "stars around": ("*" * 10_000 + "а" + "*" * 10_000, "too-many-marks"),
    "stars and underscores": ("*_" * 10_000 + "а" + "_*" * 10_000, "too-many-marks"),
    "links": ("[" * 10_000 + "а" + "](1)" * 10_000, "too-many-marks"),
    "pictures": ("![" * 10_000 + "а" + "](1)" * 10_000, "too-many-marks"),
    "backticks": ("".join("`" * length + " " for length in range(1, 400)), "too-many-marks"),
    "one in another": ("*а _б " * 450 + "_ *" * 450, "nested-too-deep"),
    "marks not in the source": ("**_" * 300 + "а" + "_**" * 300, "marks-differ"),
    "quotations": ("> " * 10_000 + "а", ""),
    "brackets": ("(" * 10_000 + "а" + ")" * 10_000, ""),
    "entities": ("&amp;" * 10_000, ""),
}
"""Texts, and the code that each is refused with; without one it is shown."""


@pytest.mark.parametrize("name", NESTED)
def test_nested_marks_come_to_an_end(name: str) -> None:
    text, code = NESTED[name]
    check_epub("paragraph", text, "ru")
    assert (edition("epub", "paragraph", text, "ru") is None) == bool(code)
    msgid, around = PLACES["paragraph"]
    with suppress(FindingsError):
        found = set()
        try:
            manuscript(msgid, around.format(text), "ru")
        except FindingsError as error:
            found = {finding.code for finding in error.findings}
        except PublishError as error:
            found = {error.listed_code}
        assert found == ({code} if code else set())


def nested(depth: int, word: str) -> str:
    """A text with marks in one another to this depth."""
    marks = "*_" * (depth // 2) + "*" * (depth % 2)
    return " ".join(f"{mark}{word}" for mark in marks) + "".join(
        f" {word}{mark}" for mark in reversed(marks)
    )


@pytest.mark.parametrize("depth", [1, 2, 39, 40, 41])
def test_marks_may_stand_in_one_another_to_a_depth_of_40(depth: int) -> None:
    text = f"---\ntitle: T\n---\n\n{nested(depth, 'a')}\n"
    if depth > 40:
        with pytest.raises(PublishError) as caught:
            read_document("x", "en", [SourceFile("x.md", text)])
        assert caught.value.code == "nested-too-deep"
        return
    document = read_document("x", "en", [SourceFile("x.md", text)])
    *_, last = cut_source(document, EN).units
    made = manuscript(last.msgid, nested(depth, "б"), "ru", document)
    book = shown(write_edition("epub", made, make_edition_tree(made, MATERIALS), MATERIALS).data)
    assert "б" * 2 * depth in letters(book.text)


LETTERS = ("а", "*", "[", "😀", "\u0301", "а ", "1", "«", "-", "<", "&", "\\", "\n", "а. ", "1,")


@pytest.mark.parametrize("letter", first(LETTERS, 5))
def test_100_kb_of_one_letter(letter: str) -> None:
    check_epub("paragraph", letter * (100_000 // len(letter.encode())), "ru")


@pytest.mark.full
@pytest.mark.parametrize("letter", LETTERS)
def test_a_megabyte_of_one_letter(letter: str) -> None:
    check_epub("paragraph", letter * (1_000_000 // len(letter.encode())), "tk")


# --------------------------------------------------------------------------- PDF


@pytest.mark.full
@settings(max_examples=some(3))
@given(HOSTILE, ONE_PLACE, ONE_LANGUAGE)
@example(r"url(file:///etc/passwd) @import 'x' \<script> ]]> &lt;b&gt;", "heading", "ru")
@example("оченьдлинноеслово" * 25, "cell", "ru")
def test_a_pdf_shows_any_text_as_text(
    tmp_path_factory: pytest.TempPathFactory, text: str, place: str, tag: str
) -> None:
    check_pdf(place, text, tag, tmp_path_factory.mktemp("pdf"))


@pytest.mark.full
@settings(max_examples=some(12))
@given(WORDS, ONE_PLACE, ONE_LANGUAGE)
@example("а" * 2_000, "paragraph", "ru")
@example("слово " * 10_000, "cell", "ru")
@example("\u202e1234 слово", "item", "ru")
def test_a_pdf_shows_text_that_looks_like_code(
    tmp_path_factory: pytest.TempPathFactory, text: str, place: str, tag: str
) -> None:
    check_pdf(place, text, tag, tmp_path_factory.mktemp("pdf"))
