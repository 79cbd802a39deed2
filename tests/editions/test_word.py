"""Word files: the text of the EPUB, each sentence in a bookmark, and all of it comes back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from randomreports import write_report

from publish.actions.import_document import import_document
from publish.building.pairing import join_languages
from publish.building.preparing import PreparedText, prepare
from publish.cli.main import main
from publish.containers.zipfiles import write_zip
from publish.editions.audit.wordfiles import audit_word_file
from publish.editions.docx.names import name
from publish.editions.docx.properties import SENT
from publish.editions.docx.shown import read_shown_texts
from publish.editions.docx.word import SENTENCE, name_bookmark, name_sentence
from publish.editions.images.converting import read_pixels
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.page.interface import plain_text
from publish.editions.writers import write_edition
from publish.languages.registry import find
from publish.model import Format, make_fingerprint
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

HTML = "{http://www.w3.org/1999/xhtml}"
CASES = Path(__file__).parent.parent / "cases"
REPORT = "tip-2024-turkmenistan"
SOME = ("rich-ru", "odd", "ar")
MORE = ("ru", "ru+en", "specimen", "en", "tk", "rich-en", "zh", "fa")
REST = (*SOME, *MORE)
MORE_ROOTS = ("report", "ar", "fa")
KINDS = (*SOME, *(pytest.param(kind, marks=pytest.mark.full) for kind in MORE))

ODD = """---
title: "Odd *blocks*"
author: Nobody
---

Before.[^a] Again.[^a] And [](#t), [Table {number}](#t), [here](#x).

# A heading with `code`, $x^2$ and a note[^b] {#x}

> A quotation.
>
> - A list in it.
>
> > A deeper one.

- An item.

  | A | B |
  |---|---|
  | 1 | 2 |

  ```
  code  of an item
  ```
- Another item.

  > Its quotation.
- [x] Done
- [ ] Not done

> [!WARNING] A title
> Of a box.
>
> - With a list.

Term
: A meaning.

  With two paragraphs.

+-------+---+---+
| Head  | B | C |
+=======+===+===+
| Over  | 1 | 2 |
|       +---+---+
|       | 3 | 4 |
+-------+---+---+

: A table with a merged cell {#t}

c. A lettered item.
d. Another one.

***

A *word*, a **strong** one, H~2~O, ~~struck~~, <kbd>Ctrl</kbd>.\\
A second line.

[^a]: A note with another note.[^c]
[^b]: In a heading.
[^c]: A note of a note.
"""

CHINESE = """---
title: 关于供水的报告
author: 作者
---

# 第一章

人们每天只有一个小时有水。

他们*不得不*买水，English words 也一样。[^n]

[^n]: 一个注释。
"""


def opened(root: Path, tag: str, text: str) -> PreparedText:
    """A text of its own in a new workspace, ready to be written."""
    (root / "source").mkdir(parents=True, exist_ok=True)
    settings = f'source-language = "{tag}"\nlanguages = ["{tag}"]\nlists = ["tables"]\n'
    (root / "publish.toml").write_text(settings, "utf-8")
    (root / "source/odd.md").write_text(text, "utf-8")
    loader = Loader(open_workspace(root))
    return prepare(loader, "odd", find(tag), use_fuzzy=False, marked=True)


@pytest.fixture(scope="module")
def roots(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("words")
    shutil.copytree(CASES / "workspace", root / "rich")
    assert main(["update", "-q", "-C", str(root / "rich")]) == 0
    found = {"rich": root / "rich", "report": repository, "more": root / "more"}
    for kind, tag, files in (
        ("specimen", "en", list((CASES / "specimen").iterdir())),
        ("ar", "ar", [CASES / "right-to-left/ar.md"]),
        ("fa", "fa", [CASES / "right-to-left/fa.md"]),
    ):
        (root / kind / "source").mkdir(parents=True)
        settings = f'source-language = "{tag}"\nlanguages = ["{tag}"]\nlists = ["tables"]\n'
        (root / kind / "publish.toml").write_text(settings, "utf-8")
        for path in files:
            shutil.copy(path, root / kind / "source")
        found[kind] = root / kind
    return found


class Texts(dict[str, PreparedText]):
    """The report in its languages, and examples of all kinds of blocks, each when it is wanted."""

    def __init__(self, roots: dict[str, Path]) -> None:
        self.roots = roots

    def __missing__(self, kind: str) -> PreparedText:
        self[kind] = self.make(kind)
        return self[kind]

    def make(self, kind: str) -> PreparedText:
        if "+" in kind:
            first, second = kind.split("+")
            return join_languages(self[first], self[second])
        if kind in ("odd", "zh"):
            text, tag = (ODD, "en") if kind == "odd" else (CHINESE, "zh-Hans")
            return opened(self.roots["more"] / kind, tag, text)
        root = "rich" if kind.startswith("rich") else kind if kind in self.roots else "report"
        tag = {"specimen": "en"}.get(kind, kind.removeprefix("rich-"))
        loader = Loader(open_workspace(self.roots[root]))
        name = REPORT if root == "report" else root
        return prepare(loader, name, find(tag), use_fuzzy=False, marked=True)


class Files(dict[str, bytes]):
    """The Word files of texts, each when it is wanted."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def __missing__(self, kind: str) -> bytes:
        self[kind] = written(self.texts[kind], "docx")
        return self[kind]


@pytest.fixture(scope="module")
def prepared(roots: dict[str, Path]) -> Texts:
    return Texts(roots)


def written(text: PreparedText, kind: Format) -> bytes:
    given = text.for_format(kind)
    tree = make_edition_tree(given.text, given.materials)
    return write_edition(kind, given.text, tree, given.materials).data


@pytest.fixture(scope="module")
def files(prepared: Texts) -> Files:
    return Files(prepared)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def part(data: bytes, path: str) -> etree._Element:
    return etree.fromstring(parts_of(data)[path])


def changed(data: bytes, path: str, old: str, new: str) -> bytes:
    parts = parts_of(data)
    text = parts[path].decode()
    assert re.search(old, text, re.DOTALL), old
    parts[path] = re.sub(old, new, text, count=1, flags=re.DOTALL).encode()
    return write_zip(parts)


def value(element: etree._Element | None, path: str) -> str:
    """The value of a property of an element; empty if it is not there."""
    found = None if element is None else element.find("/".join(map(name, path.split("/"))))
    return "" if found is None else found.get(name("w:val")) or ""


# --------------------------------------------------------------------------- same letters


COVER = ("Title", "Subtitle", "Author", "Date", "EditionCover", "EditionState")
IMPRINT = ("EditionHeading", "EditionImprint", "EditionNotice")


def letters(text: str) -> str:
    """Letters and digits only; what typography changes does not count."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(character for character in folded if character.isalnum())


def words(element: etree._Element, numbers: dict[str, str]) -> Iterator[str]:
    """The words of an element, with the numbers of notes, which Word counts by itself."""
    for run in element.iter(name("w:r"), name("m:r")):
        for one in run:
            if one.tag in (name("w:t"), name("m:t")):
                yield one.text or ""
            elif one.tag == name("w:footnoteReference"):
                custom = one.get(name("w:customMarkFollows"))
                number = numbers.setdefault(one.get(name("w:id")) or "", str(len(numbers) + 1))
                yield "" if custom else number
            elif one.tag == name("w:footnoteRef"):
                holder = next(one.iterancestors(name("w:footnote")))
                yield numbers[holder.get(name("w:id")) or ""]


def told(data: bytes, text: PreparedText) -> dict[str, str]:
    """The letters of the cover, the imprint, the contents and the text with its notes."""
    found = {"cover": "", "imprint": "", "contents": "", "text": ""}
    numbers: dict[str, str] = {}
    document = part(data, "word/document.xml")
    for paragraph in document.iter(name("w:p")):
        style = value(paragraph, "w:pPr/w:pStyle")
        kind = "cover" if style in COVER else "imprint" if style in IMPRINT else "text"
        kind = "contents" if style.startswith(("TOC", "TableofFigures")) else kind
        found[kind] += letters("".join(words(paragraph, numbers)))
    if numbers:
        both = [plain_text(half.interface, "Notes") for half in text.text.both]
        notes = part(data, "word/footnotes.xml")
        found["text"] += letters("".join(both)) + letters("".join(words(notes, numbers)))
    return found


def place(name: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", name)))


def book_texts(book: bytes) -> dict[str, str]:
    """The letters of each page of an EPUB; of its nav, those of contents and lists."""
    found = {}
    for path, data in parts_of(book).items():
        if path.endswith(".xhtml"):
            body = etree.fromstring(data).find(f"{HTML}body")
            assert body is not None
            for nav in list(body):
                if nav.get("hidden"):
                    body.remove(nav)
            found[path.removeprefix("EPUB/")] = letters("".join(map(str, body.itertext())))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_has_the_letters_of_the_book(prepared: Texts, files: Files, kind: str) -> None:
    """Law (same letters): by letters and digits a Word file is the EPUB of the same text."""
    book = book_texts(written(prepared[kind], "epub"))
    found = told(files[kind], prepared[kind])
    assert Counter(found["cover"]) == Counter(book["title.xhtml"])
    assert found["imprint"] == book["imprint.xhtml"]
    text = "".join(book[one] for one in sorted(book, key=place) if one.startswith("text-"))
    if "+" in kind:  # The nav of a book has its heading in the first language only.
        other = letters(plain_text(prepared[kind].text.both[1].interface, "Contents"))
        found["contents"] = found["contents"].replace(other, "", 1)
    assert found["contents"] == book["nav.xhtml"]
    if kind == "odd":  # A note of a note is in the note that refers to it.
        assert Counter(found["text"]) == Counter(text)
    else:
        assert found["text"] == text
    assert len(text) > 30


# --------------------------------------------------------------------------- sentences


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_is_in_a_bookmark_of_its_own(
    prepared: Texts, files: Files, kind: str
) -> None:
    text = prepared[kind].for_format("docx").text
    half = next((one for one in text.both if not one.original), text)
    parts = parts_of(files[kind])
    starts, ends = [], []
    for path in ("word/document.xml", "word/footnotes.xml"):
        root = etree.fromstring(parts[path]) if path in parts else etree.Element("none")
        starts += [
            (one.get(name("w:id")), one.get(name("w:name")))
            for one in root.iter(name("w:bookmarkStart"))
        ]
        ends += [one.get(name("w:id")) for one in root.iter(name("w:bookmarkEnd"))]
    names = [str(one) for _, one in starts]
    assert len(set(names)) == len(names)
    assert all(len(one) <= 40 for one in names)
    assert Counter(one for one, _ in starts) == Counter(ends)
    assert len(set(ends)) == len(ends)
    wanted = [name_sentence(one.id) for one in half.sent]
    found = [one for one in names if one.startswith(SENTENCE)]
    assert set(found) <= set(wanted)
    # Keywords are in no edition, and two fields of the front may be the same sentence.
    assert len(found) > 0.8 * len(wanted)
    edition = etree.fromstring(parts["customXml/item1.xml"])
    assert edition.tag == f"{{{SENT}}}edition"
    assert edition.get("document") == half.document.name
    assert edition.get("language") == half.language.tag
    listed = {one.get("bookmark"): one for one in edition.iter(f"{{{SENT}}}sentence")}
    assert set(listed) == set(found)
    by_name = {name_sentence(one.id): one for one in half.sent}
    shown: dict[str, str] = {}
    for path in ("word/document.xml", "word/footnotes.xml"):
        if path in parts:
            shown |= read_shown_texts(etree.fromstring(parts[path]))
    for bookmark, one in listed.items():
        assert one.get("source") == by_name[str(bookmark)].source
        assert one.get("base") == by_name[str(bookmark)].translation
        assert one.get("shown") == make_fingerprint(shown[str(bookmark)], fuzzy=False)


def test_names_of_bookmarks_are_those_that_word_takes() -> None:
    assert name_sentence("u0123456789abcde-2") == "_s.u0123456789abcde_2"
    long = [f"{'x' * 50}{number}" for number in range(3)]
    assert len({name_sentence(one) for one in long}) == 3
    for one in (*long, "глава-1", "1a", "a b", "tbl:one"):
        for made in (name_sentence(one), name_bookmark(one)):
            assert len(made) <= 40
            assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.:-]*", made)
    assert name_bookmark("tbl:one") == "tbl:one"


def test_a_sentence_that_is_not_translated_is_marked_and_in_its_bookmark(
    files: Files,
) -> None:
    document = part(files["rich-ru"], "word/document.xml")
    runs = [
        run for run in document.iter(name("w:r")) if value(run, "w:rPr/w:rStyle") == "Untranslated"
    ]
    assert len(runs) > 10
    assert {value(run, "w:rPr/w:lang") for run in runs} == {"en-US"}
    marks = [
        run for run in document.iter(name("w:r")) if value(run, "w:rPr/w:rStyle") == "EditionMark"
    ]
    assert "[en]" in {"".join(map(str, run.itertext())).strip() for run in marks}
    shown = read_shown_texts(document)
    assert "Before any heading." in shown.values()


# --------------------------------------------------------------------------- coming back


def msgids(root: Path, document: str) -> list[str]:
    return [one.unit.msgid for one in Loader(open_workspace(root)).source(document).sentences]


@pytest.mark.parametrize(
    "kind", ["rich", "specimen", *(pytest.param(k, marks=pytest.mark.full) for k in MORE_ROOTS)]
)
def test_every_sentence_of_the_text_is_imported_again(
    roots: dict[str, Path], files: Files, tmp_path: Path, kind: str
) -> None:
    """Law (it comes back): a file that is imported is the document, but for its imprint."""
    known = {"report": ("en", REPORT, "en"), "rich": ("rich-en", "rich", "en")}
    data, document, tag = known.get(kind, (kind, kind, "en" if kind == "specimen" else kind))
    settings = f'source-language = "{tag}"\nlanguages = ["{tag}"]\n'
    (tmp_path / "source").mkdir()
    (tmp_path / "publish.toml").write_text(settings, "utf-8")
    path = tmp_path / f"{document}.docx"
    path.write_bytes(files[data])
    import_document(open_workspace(tmp_path), path)
    before, after = Loader(open_workspace(roots[kind])), Loader(open_workspace(tmp_path))
    one, other = before.source(document).document, after.source(document).document
    wanted = Counter(s.unit.msgid for s in before.source(document).sentences if s.location.section)
    found = Counter(s.unit.msgid for s in after.source(document).sentences)
    assert wanted - found == Counter()
    assert [type(block).__name__ for block in other.body] == [
        type(block).__name__ for block in one.body
    ]
    assert [note.label for note in other.notes] == [note.label for note in one.notes]
    own = {s.unit.msgid for s in before.source(document).sentences}
    assert [text for text in found if text not in own and "*" not in text] in (
        [],
        ["A rich report: all blocks"],  # A title is taken without its marks.
    )


@pytest.mark.full
@pytest.mark.parametrize("seed", range(12))
def test_random_reports_are_imported_again(tmp_path: Path, seed: int) -> None:
    report = write_report(tmp_path / "work", seed)
    loader = Loader(open_workspace(report.root))
    tag = loader.workspace.settings.source_language
    text = prepare(loader, "report", find(tag), use_fuzzy=False, marked=True)
    into = tmp_path / "into"
    (into / "source").mkdir(parents=True)
    (into / "publish.toml").write_text(
        f'source-language = "{tag}"\nlanguages = ["{tag}"]\n', "utf-8"
    )
    (into / "report.docx").write_bytes(written(text, "docx"))
    import_document(open_workspace(into), into / "report.docx")
    wanted = Counter(
        one.unit.msgid for one in loader.source("report").sentences if one.location.section
    )
    found = Loader(open_workspace(into)).source("report").sentences
    assert len(wanted) > 5
    assert wanted - Counter(one.unit.msgid for one in found) == Counter()


def imported(data: bytes, root: Path) -> str:
    """The source that a file becomes."""
    (root / "source").mkdir(parents=True)
    (root / "publish.toml").write_text('source-language = "en"\nlanguages = ["en"]\n', "utf-8")
    (root / "a.docx").write_bytes(data)
    import_document(open_workspace(root), root / "a.docx")
    return (root / "source/a.md").read_text("utf-8")


def test_blocks_of_all_kinds_are_imported_as_what_they_are(files: Files, tmp_path: Path) -> None:
    source = imported(files["odd"], tmp_path / "one")
    for part in (
        "Before.[^a] Again.[^a] And [](#t), [Table {number}](#t), [here](#",
        "# A heading with `code`, $`x^2`$ and a note[^b]",
        "> A quotation.",
        "  | A   | B   |",
        "  code  of an item",
        "  > Its quotation.",
        "- [x] Done",
        "- [ ] Not done",
        "\n> [!WARNING] A title",
        "> - With a list.",
        "Term\n:   A meaning.",
        '<table id="t">\n<caption>A table with a merged cell</caption>',
        '<td rowspan="2">Over</td>',
        "c. A lettered item.\nd. Another one.",
        "\n---\n",
        "A *word*, a **strong** one, H<sub>2</sub>O, <s>struck</s>, <kbd>Ctrl</kbd>.\\\nA second",
        "[^a]: A note with another note.\n\n    A note of a note.",
        "[^b]: In a heading.",
    ):
        assert part in source


def test_what_somebody_wrote_in_the_style_of_a_number_is_text(files: Files, tmp_path: Path) -> None:
    more = changed(files["odd"], "word/document.xml", ">1</w:t>", ">1 Written before.</w:t>")
    assert "Written before" in imported(more, tmp_path / "one")


def test_a_formula_that_says_something_else_than_its_tex_is_what_it_shows(
    files: Files, tmp_path: Path
) -> None:
    other = changed(files["odd"], "word/document.xml", "<m:t>x</m:t>", "<m:t>y</m:t>")
    assert "$`y^{2}`$" in imported(other, tmp_path / "one")
    told = changed(files["odd"], "customXml/item1.xml", 'tex="x\\^2"', 'tex="z^3"')
    assert "$`x^{2}`$" in imported(told, tmp_path / "two")


# --------------------------------------------------------------------------- the form of the file


AGAIN = ["odd", *(pytest.param(k, marks=pytest.mark.full) for k in REST if k != "odd")]


@pytest.mark.parametrize("kind", AGAIN)
def test_the_file_is_valid(files: Files, tmp_path: Path, kind: str) -> None:
    audit = pytest.importorskip("openxml_audit")
    path = tmp_path / "a.docx"
    path.write_bytes(files[kind])
    found = audit.OpenXmlValidator().validate(str(path)).errors
    # It wants a part with a theme and one with fonts, which the standard leaves out freely.
    assert [one for one in found if one.id != "Sem_MissingRelationshipType"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_links_lead_to_bookmarks_and_relations_to_parts(files: Files, kind: str) -> None:
    parts = parts_of(files[kind])
    roots = [
        etree.fromstring(parts[one])
        for one in parts
        if one.startswith("word/") and one.endswith(".xml")
    ]
    names = {
        one.get(name("w:name")) for root in roots for one in root.iter(name("w:bookmarkStart"))
    }
    anchors = {
        one.get(name("w:anchor")) for root in roots for one in root.iter(name("w:hyperlink"))
    }
    assert anchors - {None} <= names
    styles = {one.get(name("w:styleId")) for one in part(files[kind], "word/styles.xml")}
    used = {
        one.get(name("w:val"))
        for root in roots
        for one in root.iter(
            name("w:pStyle"), name("w:rStyle"), name("w:tblStyle"), name("w:basedOn")
        )
    }
    assert used <= styles
    for path, data in parts.items():
        if path.endswith(".rels") and path.startswith("word/"):
            for one in etree.fromstring(data):
                target = str(Path("word") / (one.get("Target") or ""))
                inside = one.get("TargetMode") != "External"
                assert not inside or os.path.normpath(target) in parts


def test_a_right_to_left_text_runs_from_right_to_left(files: Files) -> None:
    document = part(files["ar"], "word/document.xml")
    normal = part(files["ar"], "word/styles.xml").find(
        f"{name('w:style')}[@{name('w:default')}='1']"
    )
    assert normal is not None
    assert normal.find(f"{name('w:pPr')}/{name('w:bidi')}") is not None
    for run in document.iter(name("w:r")):
        said = "".join(one.text or "" for one in run.iter(name("w:t")))
        right = run.find(f"{name('w:rPr')}/{name('w:rtl')}") is not None
        kinds = {unicodedata.bidirectional(one) for one in said}
        assert not kinds & {"R", "AL"} or right
        assert "L" not in kinds or not right
    (table,) = [
        one
        for one in document.iter(name("w:tbl"))
        if value(one, "w:tblPr/w:tblStyle") == "EditionTable"
    ]
    assert table.find(f"{name('w:tblPr')}/{name('w:bidiVisual')}") is not None


def test_a_chinese_text_has_its_language_and_faces(files: Files) -> None:
    defaults = part(files["zh"], "word/styles.xml")[0]
    (language,) = defaults.iter(name("w:lang"))
    assert language.get(name("w:eastAsia")) == "zh-CN"
    (fonts,) = defaults.iter(name("w:rFonts"))
    assert fonts.get(name("w:eastAsia")) == "SimSun"


def test_what_word_makes_by_itself_is_there(files: Files) -> None:
    """Contents and numbers are fields, notes are notes, heads of tables are repeated."""
    document = part(files["specimen"], "word/document.xml")
    fields = [one.text or "" for one in document.iter(name("w:instrText"))]
    assert any(one.startswith(r' TOC \o "1-') for one in fields)
    assert {" SEQ Table \\* ARABIC ", " SEQ Figure \\* ARABIC "} <= set(fields)
    kinds = Counter(one.get(name("w:fldCharType")) for one in document.iter(name("w:fldChar")))
    assert kinds["begin"] == kinds["separate"] == kinds["end"]
    assert len(list(document.iter(name("w:footnoteReference")))) == 2
    assert len(list(document.iter(name("w:tblHeader")))) == 2
    assert len(list(document.iter(name("m:oMath")))) == 3
    odd = part(files["odd"], "word/document.xml")
    assert [one.get(name("w:val")) for one in odd.iter(name("w:vMerge"))] == ["restart", None]
    assert any("NOTEREF" in (one.text or "") for one in odd.iter(name("w:instrText")))
    turned = [one.get(name("w:orient")) for one in document.iter(name("w:pgSz"))]
    assert turned == [None, "landscape", None]


def test_pictures_have_their_descriptions_and_drawings_their_pixels(
    files: Files,
) -> None:
    document = part(files["specimen"], "word/document.xml")
    (shown,) = document.iter(name("wp:docPr"))
    assert shown.get("descr") == "A bar for each village: one hour, one and a half, none"
    parts = parts_of(files["specimen"])
    kinds = sorted(one.rpartition(".")[2] for one in parts if one.startswith("word/media/"))
    assert kinds == ["png", "svg"]
    (pixels,) = [data for one, data in parts.items() if one.endswith(".png")]
    assert len(pixels) > 500  # It is drawn, not one clear pixel.


def test_a_drawing_has_as_many_pixels_as_are_seen_where_it_stands(tmp_path: Path) -> None:
    """An icon has few: its masks and filters took minutes at the width of a page."""
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9"/></svg>'
    text = "---\ntitle: T\n---\n\nAn icon ![i](a.svg) in a line.\n\n![A figure](a.svg){width=9cm}\n"
    (tmp_path / "source").mkdir()
    (tmp_path / "source/a.svg").write_text(drawing, "utf-8")
    parts = parts_of(written(opened(tmp_path, "en", text), "docx"))
    found = [read_pixels(data)[0] for one, data in parts.items() if one.endswith(".png")]
    assert sorted(found) == [34, 780]


def test_nothing_tells_where_when_or_by_whom(files: Files) -> None:
    with zipfile.ZipFile(BytesIO(files["ru"])) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = part(files["ru"], "docProps/core.xml")
    found = {etree.QName(one).localname: one.text for one in core}
    assert set(found) == {"title", "creator", "contentStatus", "language", "identifier"}
    assert found["language"] == "ru"
    custom = part(files["ru"], "docProps/custom.xml")
    assert {one.get("name"): one[0].text for one in custom} == {
        "publish-document": REPORT, "publish-language": "ru", "publish-state": "draft",
    }  # fmt: skip


@pytest.mark.full
@pytest.mark.parametrize(("zone", "seed"), [("Asia/Ashgabat", "1"), ("America/Lima", "77")])
def test_same_bytes_under_any_clock_folder_and_hash_seed(
    repository: Path, files: Files, tmp_path: Path, zone: str, seed: str
) -> None:
    root = tmp_path / f"another place {seed}"
    for folder in ("source", "locales", "templates"):
        shutil.copytree(repository / folder, root / folder)
    shutil.copy(repository / "pyproject.toml", root)
    command = [sys.executable, "-m", "publish", "build", "-q", "-f", "docx", "-l", "ru"]
    environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
    subprocess.run([*command, "-C", str(root)], check=True, env=environment, cwd=repository)
    (path,) = root.glob("build/ru/*.docx")
    assert path.read_bytes() == files["ru"]


@pytest.mark.full
@pytest.mark.parametrize("kind", [*SOME, *MORE])
def test_libreoffice_opens_it_and_shows_its_text(
    prepared: Texts, files: Files, tmp_path: Path, kind: str
) -> None:
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if soffice is None or pdftotext is None:
        pytest.skip("LibreOffice or Poppler is not installed")
    (tmp_path / "a.docx").write_bytes(files[kind])
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shown = subprocess.run(
        [pdftotext, "-raw", str(tmp_path / "a.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    if kind in ("ar", "fa"):  # The order of letters is the drawing's.
        assert shown.strip()
        return
    have = Counter(letters(shown))
    lacking = Counter(told(files[kind], prepared[kind])["text"]) - have
    assert sum(lacking.values()) <= 0.01 * sum(have.values())


# --------------------------------------------------------------------------- the audit


BOOKMARK = r'"_s\.u(\w+"/>)(?=<w:r>(?:(?!</w:r>).)*Deeper)'
DAMAGES = {
    "a word": ("word/document.xml", "First part", "Last part", "built-text"),
    "a sentence's bookmark": ("word/document.xml", BOOKMARK, r'"_x.u\1', "built-text"),
    "a note": ("word/footnotes.xml", "A note with", "A note without", "built-text"),
    "a link": ("word/_rels/document.xml.rels", "//example.org", "//example.com", "built-link"),
    "where a link leads": ("word/document.xml", 'anchor="end"', 'anchor="away"', "built-link"),
    "the state": ("word/header1.xml", "Черновой", "Проверенный", "built-state"),
    "the state in the properties": ("docProps/core.xml", "Черновой", "Готовый", "built-state"),
    "the state on the cover": ("word/document.xml", "Черновой перевод", "Перевод", "built-text"),
    "a description": ("word/document.xml", 'descr="[^"]*"', 'descr=""', "built-image"),
    "a style": ("word/styles.xml", 'w:val="Quote"', 'w:val="Title"', "built-part"),
    "the document's name": ("docProps/custom.xml", ">rich<", ">poor<", "built-metadata"),
    "a fingerprint": ("customXml/item1.xml", 'base="k', 'base="m', "built-ids"),
    "a paragraph's number": ("word/document.xml", ">1</w:t>", ">2</w:t>", "built-text"),
}  # fmt: skip


@pytest.mark.parametrize("kind", DAMAGES)
def test_each_damage_is_found(prepared: Texts, files: Files, kind: str) -> None:
    path, old, new, code = DAMAGES[kind]
    text = prepared["rich-ru"].for_format("docx").text
    data = files["rich-ru"]
    assert list(audit_word_file("a", data, text, data)) == []
    found = audit_word_file("a", changed(data, path, old, new), text, data)
    assert code in [one.code for one in found]


def test_damage_to_the_archive_is_found(prepared: Texts, files: Files) -> None:
    text, data = prepared["rich-ru"].for_format("docx").text, files["rich-ru"]
    parts = parts_of(data)
    picture = next(one for one in parts if one.startswith("word/media/"))
    for other, code in (
        (b"PK", "built-container"),
        (data[:-30], "built-container"),
        (write_zip({one: parts[one] for one in parts if "styles" not in one}), "built-container"),
        (write_zip({**parts, "word/more.bin": b"x"}), "built-container"),
        (write_zip(dict(reversed(parts.items()))), "built-container"),
        (write_zip({**parts, picture: parts[picture] + b"x"}), "built-image"),
    ):
        assert code in [one.code for one in audit_word_file("a", other, text, data)]


def test_a_writer_that_loses_a_sentence_is_found(prepared: Texts, files: Files) -> None:
    """What a file says is compared with the manuscript, not only with what the writer did."""
    text, data = prepared["rich-ru"].for_format("docx").text, files["rich-ru"]
    less = changed(data, "word/document.xml", "Deeper", "Higher")
    assert [one.code for one in audit_word_file("a", less, text, less)] == ["built-text"]
    other = replace(text, state="reviewed")
    assert {one.code for one in audit_word_file("a", data, other, data)} == {"built-state"}
