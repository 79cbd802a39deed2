"""The XHTML tree: one golden file for a rich document, and text that stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translations import composed

from publish.building.preparing import prepare
from publish.editions.epub.book import make_book
from publish.editions.page.blocks import list_headings, write_sections
from publish.editions.page.edition import (
    Manuscript,
    make_contents_list,
    make_language_tree,
    state_note,
)
from publish.editions.page.inlines import read_heading_text
from publish.editions.page.interface import Interface
from publish.editions.page.materials import Materials
from publish.editions.page.typesetting import keep_last_word, typeset
from publish.editions.page.xhtml import XHTML_NS, serialise_xhtml
from publish.errors import PublishError
from publish.languages.registry import find
from publish.languages.spacing import fold_typography
from publish.model import (
    Coverage,
    Emphasis,
    Entry,
    FootnoteMark,
    Heading,
    Joint,
    Passage,
    Prose,
    Quote,
    Role,
    Span,
    Table,
    Text,
    plain,
    walk_inlines,
)
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.inline import parse_inline
from publish.reading.msgstr import read_msgstr
from publish.reading.source import cut_source
from publish.settings import State
from publish.translation.loading import Loader

EN, RU, TK = find("en"), find("ru"), find("tk")
DAY = date(2024, 7, 1)
SAFE = {"html", "head", "title", "meta", "body", "section", "nav", "main", "div", "p", "span", "a",
        "h1", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "em", "strong", "code", "pre", "br",
        "img", "sup", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "hr",
        "blockquote"}  # fmt: skip


def manuscript(text: str, entries: dict[str, str] | None = None) -> Manuscript:
    source = read_document("rich", "en", [SourceFile("rich.md", text)])
    known = {u.msgid: u for u in cut_source(source, EN).units}
    ours = {
        known[msgid].key: Entry(msgid=msgid, msgstrs=(msgstr,), context=known[msgid].context)
        for msgid, msgstr in (entries or {}).items()
    }
    made = composed(source, RU, ours)
    return Manuscript(
        document=made.document,
        coverage=made.coverage,
        language=RU,
        source=EN,
        interface=Interface(RU, {}),
        revised=DAY,
        original=False,
    )


def test_a_rich_document_as_xhtml(repository: Path, golden) -> None:  # type: ignore[no-untyped-def]
    text = (repository / "tests/cases/reading/rich.md").read_text(encoding="utf-8")
    made = manuscript(text, {"one item": "один пункт", "Quoted text.": "Цитата."})
    tree = make_language_tree(made, [repository / "templates"])
    etree.indent(tree)
    golden(Path("cases/tree/rich.xhtml"), serialise_xhtml(tree) + "\n")


TABLES = """---
title: T
---

Table: All *cases*

+--------+---------------+
| Region | Cases         |
|        +-------+-------+
|        | 2023  | 2024  |
+========+=======+=======+
| Mary   | 1,250 | 12.5% |
+--------+-------+-------+
| Lebap  | {verbatim} 7.5|
+--------+-------+-------+

A     B
----  ----
$1.5  two
"""


def test_a_table_has_its_caption_and_merged_cells(repository: Path) -> None:
    tree = make_language_tree(manuscript(TABLES, {"Mary": "Мары"}), [repository / "templates"])
    first, second = tree.iter(f"{HTML}table")
    assert [child.tag.removeprefix(HTML) for child in first] == ["caption", "thead", "tbody"]
    cells = [
        (cell.tag.removeprefix(HTML), "".join(map(str, cell.itertext())).removeprefix("[en]\u00a0"),
         cell.get("colspan"), cell.get("rowspan"), cell.get("scope"))
        for cell in first.iter(f"{HTML}th", f"{HTML}td")
    ]  # fmt: skip
    assert cells == [
        ("th", "Region", None, "2", "col"), ("th", "Cases", "2", None, "col"),
        ("th", "2023", None, None, "col"), ("th", "2024", None, None, "col"),
        ("td", "Мары", None, None, None), ("td", "1\u00a0250", None, None, None),
        ("td", "12,5\u00a0%", None, None, None),
        ("td", "Lebap", None, None, None), ("td", "7.5", "2", None, None),
    ]  # fmt: skip
    assert (
        next("".join(map(str, cell.itertext())) for cell in second.iter(f"{HTML}td"))
        == "1,5\u00a0$"
    )


def test_a_table_without_a_header_has_no_head(repository: Path) -> None:
    text = "---\ntitle: T\n---\n\n|  |  |\n|--|--|\n| a | 1 |\n"
    tree = make_language_tree(manuscript(text), [repository / "templates"])
    (table,) = tree.iter(f"{HTML}table")
    assert [child.tag for child in table] == [f"{HTML}tbody"]


def test_the_first_cells_of_rows_can_be_their_headers(repository: Path) -> None:
    made = manuscript("---\ntitle: T\n---\n\n| A | B |\n|---|---|\n| a | b |\n| | c |\n")
    body = tuple(replace(b, row_headers=True) for b in made.document.body if isinstance(b, Table))
    made = replace(made, document=replace(made.document, body=body))
    tree = make_language_tree(made, [repository / "templates"])
    rows = [[(c.tag, c.get("scope")) for c in row] for row in tree.iter(f"{HTML}tr")]
    th, td = f"{HTML}th", f"{HTML}td"
    assert rows == [
        [(th, "col"), (th, "col")], [(th, "row"), (td, None)], [(td, None), (td, None)],
    ]  # fmt: skip


HTML = f"{{{XHTML_NS}}}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PARTS = """---
title: T
---
# A

![A map](a.png)

See ![it](b.png).

```
make
```

End.[^n]

[^n]: N.
"""
ENGLISH = ("en", "en", "ltr")
UNSAID = (None, None, None)


def languages_of(element: etree._Element) -> tuple[str | None, ...]:
    return element.get("lang"), element.get(XML_LANG), element.get("dir")


def test_what_is_not_translated_says_its_language(repository: Path) -> None:
    """Descriptions of images, code and words of the edition too, which carry no mark."""
    tree = make_language_tree(manuscript(PARTS), [repository / "templates"])
    figure, inline = tree.iter(f"{HTML}img")
    (code,) = tree.iter(f"{HTML}pre")
    assert languages_of(figure) == ENGLISH
    assert languages_of(next(inline.iterancestors(f"{HTML}span"))) == ENGLISH
    assert languages_of(code) == ENGLISH
    (notes,) = (e for e in tree.iter() if e.text == "Notes")
    assert languages_of(notes) == ENGLISH
    assert languages_of(next(tree.iter(f"{HTML}title")))[:2] == ENGLISH[:2]


def test_what_is_translated_says_no_other_language(repository: Path) -> None:
    made = manuscript(PARTS, {"A map": "Карта", "T": "Т"})
    tree = make_language_tree(made, [repository / "templates"])
    assert languages_of(next(tree.iter(f"{HTML}img"))) == UNSAID
    assert languages_of(next(tree.iter(f"{HTML}title"))) == UNSAID


def test_code_in_the_original_says_no_language_of_its_own() -> None:
    source = read_document("rich", "en", [SourceFile("rich.md", PARTS)])
    sections = write_sections(source, EN, EN, Interface(EN, {}))
    assert [languages_of(e) for s in sections for e in s.iter(f"{HTML}pre")] == [UNSAID]


def test_a_description_of_two_languages_says_that_of_its_first_passage(repository: Path) -> None:
    text = PARTS.replace("A map", "A map. A field.")
    tree = make_language_tree(manuscript(text, {"A map.": "Карта."}), [repository / "templates"])
    figure = next(tree.iter(f"{HTML}img"))
    assert (figure.get("alt"), languages_of(figure)) == ("Карта. A field.", ENGLISH)


def test_a_book_says_where_its_words_are_english(repository: Path) -> None:
    folders = [repository / "templates"]
    made = manuscript(PARTS)
    book = make_book(
        made,
        make_language_tree(made, folders),
        Materials(images={}, templates=folders, pdf_variant="pdf/a-3a+ua-1"),
    )
    nav = etree.fromstring(book.nav)
    pages = [nav, *(etree.fromstring(page.xhtml) for page in book.pages)]
    titles = [next(page.iter(f"{HTML}title")) for page in pages]
    assert [languages_of(title) for title in titles] == [ENGLISH] * len(titles)
    links = nav[1][1].iter(f"{HTML}a")
    assert [languages_of(link[0]) for link in links] == [ENGLISH, ENGLISH]
    assert [reference.title for reference in book.guide] == ["Cover", "Start of text"]
    assert book.title_language == "en"


def test_a_book_in_its_own_language_marks_nothing(repository: Path) -> None:
    folders = [repository / "templates"]
    source = read_document("rich", "en", [SourceFile("rich.md", PARTS)])
    made = Manuscript(
        document=source,
        coverage=Coverage(0, 0),
        language=EN,
        source=EN,
        interface=Interface(EN, {}),
        revised=DAY,
        original=True,
    )
    book = make_book(
        made,
        make_language_tree(made, folders),
        Materials(images={}, templates=folders, pdf_variant="pdf/a-3a+ua-1"),
    )
    pages = [etree.fromstring(xhtml) for xhtml in (book.nav, *(p.xhtml for p in book.pages))]
    marked = [element.tag for page in pages for element in page.iter() if element.get("lang")]
    assert marked == [f"{HTML}html"] * len(pages)
    assert book.title_language == ""


STATES: dict[State, str] = {
    "draft": "Draft translation, not reviewed",
    "reviewed": "Reviewed translation",
    "approved": "Approved translation",
}


@pytest.mark.parametrize("state", STATES)
def test_an_edition_says_its_state_everywhere_and_no_other(repository: Path, state: State) -> None:
    folders = [repository / "templates"]
    made = replace(manuscript(PARTS), state=state)
    tree = make_language_tree(made, folders)
    (cover,) = [e for e in tree.iter(f"{HTML}p") if (e.get("class") or "").startswith("state")]
    assert cover.get("class") == f"state {state}"
    book = make_book(
        made, tree, Materials(images={}, templates=folders, pdf_variant="pdf/a-3a+ua-1")
    )
    description = next(meta.value for meta in book.metadata if meta.name == "dc:description")
    written = serialise_xhtml(tree)
    for other, note in STATES.items():
        assert (note in description) is (other == state)
        assert written.count(note) == (3 if other == state else 0)
    assert state_note(made) == STATES[state]
    assert state_note(replace(made, original=True)) == ""


def test_a_heading_within_a_quotation_keeps_its_id() -> None:
    span = Span("rich.md", 1, 1)
    heading = Heading(2, "within", Prose(content=(Text("Within"),), role=Role.HEADING, span=span))
    source = read_document("rich", "en", [SourceFile("rich.md", PARTS)])
    made = replace(source, body=(*source.body, Quote((heading,), span)))
    found = [
        e for s in write_sections(made, EN, EN, Interface(EN, {})) for e in s.iter(f"{HTML}h2")
    ]
    assert [(e.get("id"), e.text) for e in found] == [("within", "Within"), (None, "Notes")]


@settings(max_examples=some(60))
@given(
    st.text(min_size=1, max_size=40),
    st.sampled_from(["", "</p>", "<script>", "]]>", "&lt;", "\u2028"]),
)
def test_whatever_stands_in_a_translation_is_text(repository: Path, text: str, extra: str) -> None:
    made = manuscript("---\ntitle: T\n---\nOne.\n", {"One.": f"{text}{extra}"})
    read = read_msgstr(f"{text}{extra}")
    held = made.coverage.translated < made.coverage.words - 1  # the title is not translated
    shown = "One." if held or read.error else read.shown
    tree = make_language_tree(made, [repository / "templates"])
    again = etree.fromstring(serialise_xhtml(tree).encode())
    tags = {str(element.tag).removeprefix(f"{{{XHTML_NS}}}") for element in again.iter()}
    assert tags <= SAFE
    book = make_book(
        made,
        tree,
        Materials(images={}, templates=[repository / "templates"], pdf_variant="pdf/a-3a+ua-1"),
    )
    page = next(page for page in book.pages if page.name.startswith("text-"))
    written = etree.fromstring(page.xhtml)
    content = "".join(str(piece) for piece in written.itertext())
    if shown.strip():
        assert fold_typography(shown.strip()) in fold_typography(content)


def test_no_english_word_stands_unmarked_in_a_translation(workspace: Path) -> None:
    opened = open_workspace(workspace)
    for language in (RU, TK):
        made = prepare(Loader(opened), "tip-2024-turkmenistan", language, use_fuzzy=False)
        tree = make_language_tree(made.text, made.materials.templates)
        english = {"the", "of", "and", "page", "contents", "draft", "language", "original", "notes"}
        found: list[str] = []
        _unmarked_words(tree, found)
        assert not english & {word.lower().strip(".,:;") for word in found}
        if language is RU:
            latin = [word for word in found if re.search("[a-z]", word, re.I)]
            assert [word for word in latin if not {".", ":"} & set(word)] == []


def _unmarked_words(element: etree._Element, found: list[str]) -> None:
    if element.get("lang") == "en" or str(element.tag).endswith("}head"):
        return
    if element.get("class") == "address":  # In pieces, between which a line may break.
        found.append("".join(map(str, element.itertext())))
        return
    found += (element.text or "").split()
    for child in element:
        _unmarked_words(child, found)
        found += (child.tail or "").split()


def test_ids_are_the_same_in_every_language(workspace: Path) -> None:
    opened = open_workspace(workspace)
    ids = []
    for language in (EN, RU, TK):
        made = prepare(Loader(opened), "tip-2024-turkmenistan", language, use_fuzzy=False)
        tree = make_language_tree(made.text, made.materials.templates)
        ids.append([element.get("id") for element in tree.iter() if element.get("id")])
    assert ids[0] == ids[1] == ids[2]
    assert "p20" in ids[0]
    assert len(set(ids[0])) == len(ids[0])


# --------------------------------------------------------------------------- typography


def test_typography_sees_a_block_whole_and_each_passage_in_its_language() -> None:
    content = (
        Emphasis((Text("№"),)),
        Text(" 5 "),
        Passage((Text("Article 8"),), "en", "untranslated"),
    )
    number, rest, passage = typeset(content, RU)
    assert isinstance(rest, Text)
    assert rest.text[0] == "\u00a0"
    assert isinstance(passage, Passage)
    assert plain(passage.children) == "Article\u00a08"
    assert plain((number,)) == "№"


def test_a_suffix_is_kept_with_its_number() -> None:
    assert Joint("128-nji\u00a0maddasy") in typeset((Text("Kodeksiň 128-nji maddasy"),), TK)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("They saw trafficking.", " trafficking"),
        ("“They saw *trafficking*.”", None),
        ("They saw *all of trafficking*", " trafficking"),
        ("They saw trafficking.[^n]", " trafficking"),
        ("They saw it.", None),
        ("Trafficking.", None),
    ],
)
def test_the_last_word_of_a_paragraph_is_not_hyphenated(text: str, last: str | None) -> None:
    content = parse_inline(text)
    joints = [
        node.text for node in walk_inlines(keep_last_word(content)) if isinstance(node, Joint)
    ]
    assert joints == ([last] if last else [])


@given(st.text(max_size=80))
def test_the_last_word_changes_no_letter(text: str) -> None:
    content = (Text(text), FootnoteMark("n")) if text else ()
    assert plain(keep_last_word(content)) == plain(content)


@given(st.text(max_size=80), st.sampled_from([EN, RU, TK]))
def test_typography_exchanges_spaces_and_hyphens_only(text: str, language: object) -> None:
    content = (Text(text),) if text else ()
    assert fold_typography(plain(typeset(content, language))) == fold_typography(text)


@pytest.mark.parametrize("name", ["edition.xhtml", "contents.xhtml", "nav.xhtml"])
def test_a_broken_template_is_named(name: str, tmp_path: Path, repository: Path) -> None:
    (tmp_path / name).write_text("{% if %}", encoding="utf-8")
    made = manuscript("---\ntitle: T\n---\n# A\n\nOne.\n")
    folders = [tmp_path, repository / "templates"]

    def write() -> None:
        make_book(
            made,
            make_language_tree(made, folders),
            Materials(images={}, templates=folders, pdf_variant="pdf/a-3a+ua-1"),
        )

    with pytest.raises(PublishError, match="template cannot be parsed") as caught:
        write()
    assert name in str(caught.value.span)


def test_marks_of_a_heading_stay_out_of_contents_and_bookmarks() -> None:
    text = (
        "---\ntitle: T\n---\n# Code of 2016[^1]\n\n## Area in m^2^ ![Icon](i.png)\n\n"
        "## ![Logo](i.png)\n\n### Plain\n\n[^1]: Amended.\n"
    )
    document = read_document("x", "en", [SourceFile("x.md", text)])
    headings = list_headings(document)
    assert [plain(read_heading_text(one.prose.content)) for one in headings] == [
        "Code of 2016",
        "Area in m2",
        "Logo",
        "Plain",
    ]
    sections = write_sections(document, EN, EN, Interface(EN, {}))
    ranks = ("h1", "h2", "h3")
    labels = [e.get("data-label") for s in sections for e in s.iter() if e.tag[-2:] in ranks]
    assert labels[:4] == ["Code of 2016", "Area in m2", "Logo", None]
    entries = make_contents_list(headings, EN, lambda section: f"#{section}")
    assert "noteref" not in serialise_xhtml(entries)
    assert "<img" not in serialise_xhtml(entries)
