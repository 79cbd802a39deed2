"""Pages of HTML as documents: what is read, what is left out, and that no word is lost."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import escape, unescape

import pytest
from examples import some
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish.errors import PublishError, UsageError
from publish.importing.markup.pagereader import read_html
from publish.importing.results import Imported
from publish.importing.words import list_document_words, list_words
from publish.model import (
    Box,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    blocks,
    plain,
    proses,
)
from publish.reading.markdown import SourceFile, read_document
from publish.reading.writing.document import write_document

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def page(body: str, head: str = "<title>The title</title>") -> str:
    return f"<!DOCTYPE html><html lang=en><head>{head}</head><body>{body}</body></html>"


def whole(body: str, pictures: dict[str, bytes] | None = None) -> Imported:
    return read_html(page(body), "x.html", name="x", whole=True, pictures=pictures)


def written(imported: Imported) -> str:
    """The source without its front matter."""
    return write_document(imported.document).split("---\n", 2)[2].strip("\n")


def body_of(html: str) -> str:
    return written(whole(html))


# --------------------------------------------------------------------------- elements


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("<p>One <b>bold </b>word &amp; <i>more</i>.</p>", "One **bold** word & *more*."),
        ("<p>a<br><br>b</p>", "a\n\nb"),
        ('<p><span style="font-weight:bold">x</span> y</p>', "**x** y"),
        ("<p>H<sub>2</sub>O, <del>gone</del></p>", "H<sub>2</sub>O, <s>gone</s>"),
        ("<p>$5 and 5*6*7 {x} [TOC] &lt;b&gt;</p>", "$5 and 5\\*6\\*7 {x} [TOC] \\<b>"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
        ("<ol start=3><li>a<li>b<li value=7>c</ol>", "3. a\n4. b\n\n7) c"),
        ("<ol type=a><li>x<li>y</ol>", "a. x\nb. y"),
        ("<ul><li><input type=checkbox checked> done</ul>", "- [x] done"),
        ("<dl><dt>T<dt>U<dd>M</dl>", "T<br>U\n:   M"),
        ("<dl><dt><u>T</u>!<dd>M</dl>", "<dl>\n<dt><u>T</u>!</dt>\n<dd>\n\nM\n\n</dd>\n</dl>"),
        ("<blockquote>q</blockquote><hr><pre>c  d\n</pre>", "> q\n\n---\n\n```\nc  d\n```"),
        ("<details><summary>More</summary><p>x</details>", "> [!DETAILS] More\n> x"),
        ("<aside class=warning><p class=title>Mind<p>x</aside>", "> [!WARNING] Mind\n> x"),
        ('<p>so <span class="math inline">x^2</span></p>', "so $`x^2`$"),
        ('<p data-note="A &quot;ship&quot;">Freedom</p>', '{note="A ”ship”"} Freedom'),
        ('<p><a href="#b">b</a></p><h2 id=b>Bee</h2><p>x', "[b](#bee)\n\n# Bee {#bee}\n\nx"),
        ('<p>no <a href="#c">c</a>, <a href="d.html">d</a></p>', "no c, d"),
    ],
)  # fmt: skip
def test_an_element_is_what_markdown_has_for_it(html: str, source: str) -> None:
    assert body_of(html) == source


def test_a_table_keeps_its_head_its_spans_and_its_caption() -> None:
    html = (
        "<table><caption>By year</caption><tr><th>A<th align=right>B</tr>"
        "<tr><td>x|y<td align=right>1</tr></table>"
    )
    assert body_of(html) == "| A    |   B |\n|------|----:|\n| x\\|y |   1 |\n\nTable: By year"
    spans = "<table><tr><th>A<th>B</tr><tr><td rowspan=2>1<td>2</tr><tr><td>3</tr></table>"
    (table,) = whole(spans).document.body
    assert isinstance(table, Table)
    assert [(one.row, one.column, one.rows, one.columns) for one in table.merged] == [(1, 0, 2, 1)]
    assert '<td rowspan="2">1</td>' in body_of(spans)


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    found = whole("<table><tr><td><h2>Head</h2><p>one<td><p>two</table>").document.body
    assert [type(one) for one in found] == [Heading, Paragraph, Paragraph]


@pytest.mark.parametrize(
    "html",
    [
        '<p>Text<a class="footnote-ref" href="#n">1</a>.</p>'
        '<aside class="footnote" id="n"><p>The note.</p><p>More.</p></aside>',
        '<p>Text<sup id="r"><a href="#n">[1]</a></sup>.</p>'
        '<ol><li id="n"><p>The note. <a href="#r">^</a></p><p>More.</p></li></ol>',
        '<p>Text<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a>.</p><div id="ftn1">'
        '<p><a href="#_ftnref1" name="_ftn1">[1]</a> The note.</p><p>More.</p></div>',
    ],
)
def test_notes_are_found_however_they_are_written(html: str) -> None:
    imported = whole(html)
    assert written(imported) == "Text[^1].\n\n[^1]: The note.\n\n    More."
    assert imported.losses == ()


def test_a_page_that_names_its_own_address_has_its_notes() -> None:
    """Browsers write the whole address into the pages that they save."""
    head = '<title>T</title><link rel=canonical href="https://example.org/p">'
    text = (
        '<main><p>Text<sup id="r"><a href="https://example.org/p#n">[note 1]</a></sup>.</p>'
        '<ol><li id="n">The note. <a href="http://example.org/p#r">^</a></li></ol></main>'
    )
    assert written(read_html(page(text, head), "x", name="x")) == "Text[^1].\n\n[^1]: The note."


def test_what_only_stands_above_the_notes_is_left_out() -> None:
    html = (
        '<p>Text<a class="footnote-ref" href="#n">1</a>.</p><h2>Notes</h2><hr>'
        '<aside class="footnote" id="n">The note.</aside>'
    )
    imported = whole(html)
    assert written(imported) == "Text[^1].\n\n[^1]: The note."
    assert [(one.kind, one.text) for one in imported.losses] == [("heading", "Notes")]


def test_paragraphs_with_bullets_are_a_list_and_headings_lose_links_to_themselves() -> None:
    html = '<h2 id="a"><a href="#a">Head</a></h2><p>• one</p><p>•\u00a0two</p><p>· lone'
    assert body_of(html) == "# Head {#head}\n\n- one\n- two\n- lone"


def test_pictures_come_with_their_descriptions_and_captions() -> None:
    html = (
        '<figure><img src="a%20b/My Map.png" alt="A map"><figcaption>Where</figcaption></figure>'
        '<p><img src="gone.png" alt="Lost words"></p>'
    )
    imported = whole(html, {"a b/My Map.png": PNG})
    assert written(imported) == "![A map](my-map.png)\nWhere"
    assert imported.pictures == {"my-map.png": PNG}
    (lost,) = imported.losses
    assert (lost.kind, lost.text, lost.reason) == (
        "picture", "Lost words", "not in the file: gone.png"
    )  # fmt: skip


def test_the_front_matter_is_that_of_the_page() -> None:
    head = (
        "<title>A report — The Site</title><meta name=author content='A. B.; C. D.'>"
        "<meta property='article:published_time' content='2024-06-24T10:00'>"
        "<meta name=keywords content='cotton, labor'>"
        "<link rel=canonical href='https://example.org/r'>"
    )
    made = read_html(page("<main><h1>A report</h1><p>Text.</p></main>", head), "x", name="x")
    assert write_document(made.document).splitlines()[:12] == [
        "---", 'title: "A report"', "author:", '  - "A. B."', '  - "C. D."',
        "published: 2024-06-24", 'source-url: "https://example.org/r"', "keywords:",
        '  - "cotton"', '  - "labor"', "---", "",
    ]  # fmt: skip
    assert [one.kind for one in made.losses] == ["window title"]


# --------------------------------------------------------------------------- the main part

LONG = "A long sentence with many words that nobody could take for a menu of any kind. " * 4
SITE = f"""
<header><a href="/">The Site</a><nav><ul><li><a href="/a">Home</a><li><a href="/b">About</a></ul>
</nav></header>
<div id="cookie-banner">We use cookies</div>
<div class="wrap"><article><h1>The title</h1><p>{LONG}</p><p>{LONG}</p>
<div class="social-share"><a href="x">Tweet</a></div>
<h3>Latest news</h3><ul><li><a href="/n">Something else</a><li><a href="/m">More</a></ul></article>
<aside class="sidebar"><p>Popular things</p></aside></div>
<footer>Imprint</footer>
"""


def test_the_main_part_of_a_page_is_read_and_the_rest_is_named() -> None:
    imported = read_html(page(SITE), "x", name="x")
    texts = [plain(one.prose.content) for one in imported.document.body
             if isinstance(one, Paragraph)]  # fmt: skip
    assert texts == [LONG.strip(), LONG.strip()]
    assert imported.part == "article"
    named = {(one.kind, " ".join(one.text.split())) for one in imported.losses}
    assert named == {
        ("page header", "The Site Home About"),
        ("cookie notice", "We use cookies"),
        ("sharing buttons", "Tweet"),
        ("related links", "Latest news"),
        ("related links", "Something else More"),
        ("side bar", "Popular things"),
        ("page footer", "Imprint"),
    }


def test_a_selector_chooses_another_part() -> None:
    imported = read_html(page(SITE), "x", name="x", select=".sidebar, footer")
    assert written(imported) == "Popular things\n\nImprint"
    assert imported.part == "aside.sidebar, footer"
    with pytest.raises(UsageError, match="no part of the page fits"):
        read_html(page(SITE), "x", select="#nothing")
    with pytest.raises(UsageError, match="no CSS selector"):
        read_html(page(SITE), "x", select="::::")


# --------------------------------------------------------------------------- every word

WORDS = st.sampled_from(
    ["river", "field", "cotton", "market", "village", "letter", "поле", "derýa", "12", "x"]
)
PHRASES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
INLINE = ("b", "i", "em", "span", "sub", "code", "u", "a", "q", "small", "font", "blink", "abbr")
BLOCK = (
    "p", "div", "h1", "h2", "h4", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "td", "th",
    "thead", "caption", "dl", "dt", "dd", "figure", "figcaption", "section", "article", "aside",
    "nav", "header", "footer", "form", "center", "details", "summary", "address", "fieldset",
    "button", "svg", "select", "option", "noscript", "iframe", "main", "video", "label", "textarea",
)  # fmt: skip
ATTRIBUTES = (
    "", "", "", ' class="sidebar"', ' class="related"', ' id="cookie-notice"', ' hidden',
    ' style="display:none"', ' class="footnote" id="f"', ' class="warning"', ' colspan=2 rowspan=2',
    ' href="#f" class="footnote-ref"', ' href="https://example.org/"', ' href="gone.html"',
    ' class="lost" data-kind="comment"', ' role="navigation"', ' data-moved="a box"',
)  # fmt: skip


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(inner, min_size=1, max_size=4).map(" ".join)
    return st.builds(
        lambda name, given, text: f"<{name}{given}>{text}</{name}>",
        st.sampled_from(INLINE + BLOCK + BLOCK + ("del",)),
        st.sampled_from(ATTRIBUTES),
        content,
    )


LEAF = st.one_of(
    PHRASES.map(escape),
    PHRASES.map(lambda text: f'<img src="a.png" alt="{text}">'),
    PHRASES.map(lambda text: f'<img src="gone.png" alt="{text}">'),
    st.sampled_from(["<br>", "<hr>", "&nbsp;", "*", "_", "[x](y)", "1. ", "- ", "# "]),
)
HTML = st.lists(st.recursive(LEAF, element, max_leaves=8), min_size=1, max_size=3).map(" ".join)


@settings(max_examples=some(120), deadline=None, suppress_health_check=list(HealthCheck))
@given(HTML, st.booleans())
def test_every_word_is_in_the_source_or_in_the_list(html: str, whole: bool) -> None:
    """And none of them is only found missing at the end, without a place."""
    file = f"<title>river</title><body><p>first words</p>{html}</body>"
    imported = read_html(file, "x.html", name="x", whole=whole, pictures={"a.png": PNG})
    assert [one.text for one in imported.losses if one.kind == "words"] == []
    lost = [w for one in imported.losses if not one.moved for w in list_words(one.text)]
    kept = {*list_document_words(imported.document), *lost}
    marks = MARK.sub(" ", file)
    told = unescape(TAG.sub(lambda found: f" {found[1] or ''} ", marks))
    assert set(list_words(told)) <= kept


MARK = re.compile(r"<(\w+)[^>]*footnote-ref[^>]*>.*?</\1>")
"""Marks of notes, whose words are none of the text."""
TAG = re.compile(r'<[^>]*?(?: alt="([^"]*)")?>')


@settings(max_examples=some(80), deadline=None, suppress_health_check=list(HealthCheck))
@given(HTML, st.booleans())
def test_what_is_made_of_a_page_builds_at_once(html: str, whole: bool) -> None:
    imported = read_html(
        f"<p>first words</p>{html}", "x.html", name="x", whole=whole, pictures={"a.png": PNG}
    )
    source = write_document(imported.document)
    document = read_document("x", "en", [SourceFile("source/x.md", source)])
    assert Counter(list_document_words(document)) == Counter(list_document_words(imported.document))
    kinds = (Heading, ListBlock, Table, Figure, Quote, Box, CodeBlock, DefinitionList)
    for kind in kinds:
        assert _count(document, kind) == _count(imported.document, kind), source


def _count(document: object, kind: type) -> int:
    return sum(isinstance(one, kind) for one in blocks(document))  # type: ignore[arg-type]


# --------------------------------------------------------------------------- hostile pages


def test_a_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(PublishError, match="larger than 64 MiB"):
        read_html(b"<p>" + b"x" * (64 * 2**20), "x.html")


def test_nesting_ends_somewhere_and_no_word_is_lost_in_silence() -> None:
    for tag in ("div", "b", "blockquote", "ul><li", "table><tr><td"):
        deep = "".join(f"<{tag}>" for _ in range(3000))
        imported = read_html(page(f"<p>before</p>{deep}inside"), "x", name="x", whole=True)
        words = list_document_words(imported.document)
        words += [w for one in imported.losses for w in list_words(one.text)]
        assert "before" in words
        write_document(imported.document)


def test_entities_and_addresses_load_nothing() -> None:
    file = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>a &x; b</p>'
        '<img src="file:///etc/hostname" alt="c"><a href="javascript:alert(1)">d</a>'
    )
    imported = read_html(file, "x.html", name="x", whole=True)
    source = write_document(imported.document)
    assert "root:" not in source
    assert "javascript" not in source
    assert imported.pictures == {}


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(PublishError, match="no text"):
        read_html("<html><body><script>x</script></body></html>", "x.html")


def test_old_encodings_are_read() -> None:
    text = "<meta charset=windows-1251><p>Привет, мир</p>"
    found = read_html(text.encode("cp1251"), "x.html", name="x", whole=True)
    assert [plain(one.content) for one in proses(found.document)][-1] == "Привет, мир"
    utf = read_html("<p>Привет</p>".encode("utf-16"), "x.html", name="x", whole=True)
    assert replace(utf.document.body[0]) is not None
    assert "Привет" in written(utf)
