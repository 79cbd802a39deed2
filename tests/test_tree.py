"""The XHTML tree: one golden file for a rich document, and text that stays text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from publish.building.preparing import prepare
from publish.editions.assembling import Translation, assemble
from publish.editions.book import book_of
from publish.editions.edition import Manuscript, edition_tree
from publish.editions.interface import Interface
from publish.editions.tree import XHTML_NS, serialise
from publish.editions.typography import typeset
from publish.errors import PublishError
from publish.languages.registry import find
from publish.languages.typography import fold
from publish.model import Emphasis, Entry, Joint, Passage, Text, plain
from publish.reading.inline import parse_inline
from publish.reading.markdown import SourceFile, read_document
from publish.reading.segmenting import units
from publish.workspace import open_workspace

EN, RU, TK = find("en"), find("ru"), find("tk")
DAY = date(2024, 7, 1)
SAFE = {"html", "head", "title", "meta", "body", "section", "nav", "main", "div", "p", "span", "a",
        "h1", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "em", "strong", "code", "pre", "br",
        "img", "sup", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "hr",
        "blockquote"}  # fmt: skip


def manuscript(text: str, entries: dict[str, str] | None = None) -> Manuscript:
    source = read_document("rich", "en", [SourceFile("rich.md", text)])
    known = {u.msgid: u for u in units(source, EN)}
    ours = {
        known[msgid].key: Entry(msgid, (msgstr,), context=known[msgid].context)
        for msgid, msgstr in (entries or {}).items()
    }
    made = assemble(source, Translation(EN, RU, ours))
    return Manuscript(made.document, made.coverage, RU, EN, Interface(RU, {}), DAY)


def test_a_rich_document_as_xhtml(repository: Path, golden) -> None:  # type: ignore[no-untyped-def]
    text = (repository / "tests/cases/reading/rich.md").read_text(encoding="utf-8")
    made = manuscript(text, {"one item": "один пункт", "Quoted text.": "Цитата."})
    tree = edition_tree(made, [repository / "templates"])
    etree.indent(tree)
    golden(Path("cases/tree/rich.xhtml"), serialise(tree) + "\n")


@settings(max_examples=60)
@given(
    st.text(min_size=1, max_size=40),
    st.sampled_from(["", "</p>", "<script>", "]]>", "&lt;", "\u2028"]),
)
def test_whatever_stands_in_a_translation_is_text(repository: Path, text: str, extra: str) -> None:
    try:
        made = manuscript("---\ntitle: T\n---\nOne.\n", {"One.": f"{text}{extra}"})
        shown = plain(parse_inline(f"{text}{extra}"))
    except PublishError:
        return
    tree = edition_tree(made, [repository / "templates"])
    again = etree.fromstring(serialise(tree).encode())
    tags = {str(element.tag).removeprefix(f"{{{XHTML_NS}}}") for element in again.iter()}
    assert tags <= SAFE
    book = book_of(made, tree, {}, [repository / "templates"])
    page = next(page for page in book.pages if page.name.startswith("text-"))
    written = etree.fromstring(page.xhtml)
    content = "".join(str(piece) for piece in written.itertext())
    if shown.strip():
        assert fold(shown.strip()) in fold(content)


def test_no_english_word_stands_unmarked_in_a_translation(workspace: Path) -> None:
    opened = open_workspace(workspace)
    for language in (RU, TK):
        made = prepare(opened, "tip-2024-turkmenistan", language, use_fuzzy=False)
        tree = edition_tree(made.text, made.layout.templates)
        english = {"the", "of", "and", "page", "contents", "draft", "language", "original", "notes"}
        found: list[str] = []
        _unmarked_words(tree, found)
        assert not english & {word.lower().strip(".,:;") for word in found}
        if language is RU:
            latin = [w for w in found if any("a" <= c.lower() <= "z" for c in w) and "." not in w]
            assert latin == []


def _unmarked_words(element: etree._Element, found: list[str]) -> None:
    if element.get("lang") == "en" or str(element.tag).endswith("}head"):
        return
    found += (element.text or "").split()
    for child in element:
        _unmarked_words(child, found)
        found += (child.tail or "").split()


def test_ids_are_the_same_in_every_language(workspace: Path) -> None:
    opened = open_workspace(workspace)
    ids = []
    for language in (EN, RU, TK):
        made = prepare(opened, "tip-2024-turkmenistan", language, use_fuzzy=False)
        tree = edition_tree(made.text, made.layout.templates)
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
    assert Joint("128-nji") in typeset((Text("Kodeksiň 128-nji maddasy"),), TK)


@given(st.text(max_size=80), st.sampled_from([EN, RU, TK]))
def test_typography_exchanges_spaces_and_hyphens_only(text: str, language: object) -> None:
    content = (Text(text),) if text else ()
    assert fold(plain(typeset(content, language))) == fold(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["edition.xhtml", "contents.xhtml", "nav.xhtml"])
def test_a_broken_template_is_named(name: str, tmp_path: Path, repository: Path) -> None:
    (tmp_path / name).write_text("{% if %}", encoding="utf-8")
    made = manuscript("---\ntitle: T\n---\n# A\n\nOne.\n")
    folders = [tmp_path, repository / "templates"]

    def write() -> None:
        book_of(made, edition_tree(made, folders), {}, folders)

    with pytest.raises(PublishError, match="template does not parse") as caught:
        write()
    assert name in str(caught.value.span)
