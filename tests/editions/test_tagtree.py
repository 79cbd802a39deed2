"""The tree of tags, before there is a page: what holds what, whatever the document does."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.editions.pdf.tags.linklabels import find_link, find_link_label
from publish.editions.pdf.tags.tagtree import (
    _TAGS,
    SVG,
    ShownPiece,
    TagNode,
    TagTree,
    add_marker,
    add_piece,
    find_node,
    prune_tags,
    start_tag_tree,
    unread,
)

PARTS = {
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI", "TOC", "Caption"},
    "TOCI": {"Lbl", "Reference", "TOC", "P"},
    "Table": {"THead", "TBody", "TFoot", "TR", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
WHOLES: dict[str, set[str]] = {
    "L": {"LI"},
    "Table": {"THead", "TBody", "TFoot", "TR"},
    "TR": {"TH", "TD"},
}
WHOLES |= {"LI": {"LBody"}, "TOC": {"TOCI"}, "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}}
PARTS_OF_WHOLES = {part for parts in WHOLES.values() for part in parts}
"""ISO 32000-1 tables 336 and 337, said once more."""

GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Note"}


def html(body: str) -> Element:
    return ElementTree.fromstring(f'<html lang="tk"><body>{body}</body></html>')


def grown(root: Element) -> TagTree:
    """The tree of a document all of whose texts are shown, in order, on one page."""
    tree = start_tag_tree(root)

    def walk(element: Element) -> None:
        if element.tag == "li":
            add_marker(tree, element, ShownPiece(0, "•"))
        if element.text:
            add_piece(tree, element, ShownPiece(0, element.text))
        for child in element:
            walk(child)
            if child.tail:
                add_piece(tree, element, ShownPiece(0, child.tail))

    walk(root)
    return tree


def sketch(node: TagNode) -> str:
    """A node in a line: `P(text Link(text))`."""
    kids = " ".join(sketch(kid) if isinstance(kid, TagNode) else str(kid.box) for kid in node.kids)
    return f"{node.tag}({kids})"


def tags(body: str) -> str:
    return sketch(grown(html(body)).root).removeprefix("Document(").removesuffix(")")


def nodes(node: TagNode) -> Iterator[TagNode]:
    yield node
    for kid in node.kids:
        if isinstance(kid, TagNode):
            yield from nodes(kid)


SKETCHES = {
    "<p>a <em>b</em> c</p>": "P(a  b  c)",
    "<h1>a</h1><h3>b</h3><h6>c</h6><h2>d</h2>": "H1(a) H2(b) H3(c) H2(d)",
    "<section>a<p>b</p>c<em>d</em></section>": "Sect(P(a) P(b) P(c d))",
    "<ul><li>a<ol><li>b</li></ol>c</li></ul>": ("L(LI(Lbl(•) LBody(a L(LI(Lbl(•) LBody(b))) c)))"),
    "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>": (
        "L(LI(Lbl(a) LBody(b)) LI(Lbl(c) LBody(d)))"
    ),
    '<nav role="doc-toc"><h2>a</h2><ol><li><a href="#b">b</a><span>3</span>'
    '<ol><li><a href="#c">c</a></li></ol></li></ol></nav>': (
        "Sect(H1(a) TOC(TOCI(Lbl(•) Reference(Link(b) 3) TOC(TOCI(Lbl(•) Reference(Link(c)))))))"
    ),
    '<p>a<sup><a role="doc-noteref" href="#n">1</a></sup></p>': "P(a Reference(Link(1)))",
    '<div xmlns:e="http://www.idpf.org/2007/ops" e:type="footnote"><p class="back">'
    '<a href="#m">1</a></p><p>b</p></div>': "Note(Lbl(Link(1)) P(b))",
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>": (
        "Table(THead(TR(TH(a))) TBody(TR(TD(b))))"
    ),
    "<table><tr><td>a</td></tr></table>": "Table(TR(TD(a)))",
    "<ul/><li>a</li><td>b</td>": "L(LI(Lbl(•) LBody(a))) Table(TR(TD(b)))",
    "<figure><img/>a<figcaption>b</figcaption></figure>": "P(a) Caption(b)",
    "<blockquote>a<blockquote><p>b</p></blockquote></blockquote>": (
        "BlockQuote(P(a) BlockQuote(P(b)))"
    ),
    "<pre><code>a</code></pre>": "P(Code(a))",
    '<p>a<span lang="en">b</span><span lang="tk">c</span></p>': "P(a Span(b) c)",
    '<div lang="en"><p>a</p></div>': "Div(P(a))",
    '<p><a name="b">a</a></p>': "P(a)",
}


@pytest.mark.parametrize("body", SKETCHES)
def test_a_document_in_the_words_of_a_pdf(body: str) -> None:
    assert tags(body) == SKETCHES[body]


def test_languages_are_those_around_or_declared() -> None:
    body = '<p>a<span lang="en">b<em>c</em></span></p><p xml:lang="ru">d</p>'
    found = [(node.tag, node.language) for node in nodes(grown(html(body)).root)]
    assert found == [("Document", "tk"), ("P", "tk"), ("Span", "en"), ("P", "ru")]


def test_a_link_speaks_the_language_of_all_its_text() -> None:
    whole = '<p><a href="#a"><span lang="en">b</span></a></p>'
    part = '<p><a href="#a">a <span lang="en">b</span></a></p>'
    assert [node.language for node in nodes(grown(html(whole)).root)] == ["tk", "tk", "en"]
    assert tags(part) == "P(Link(a  Span(b)))"


# --------------------------------------------------------------------------- any document

NAMES = sorted({*_TAGS, "div", "a", "span", "em", "figure", "h1", "h2", "h3", "h6"} - {SVG})


@st.composite
def elements(draw: st.DrawFn, depth: int = 4) -> str:
    name = draw(st.sampled_from(NAMES))
    if name == "img":
        return '<img alt="p"/>'  # It has no content.
    inner = draw(st.lists(elements(depth - 1), max_size=3)) if depth else []
    text = draw(st.sampled_from(("", "x", "y")))
    attribute = draw(st.sampled_from(("", ' lang="en"', ' href="#a"', ' role="doc-toc"')))
    return f"<{name}{attribute}>{text}{'z'.join(inner)}</{name}>"


@given(st.lists(elements(), max_size=4).map("".join))
def test_any_document_has_a_tree_in_which_each_part_is_in_its_place(body: str) -> None:
    root = html(body)
    tree = grown(root)
    ranks = [int(n.tag[1]) for n in nodes(tree.root) if n.tag in {f"H{r}" for r in range(1, 7)}]
    assert all(after <= before + 1 for before, after in zip([0, *ranks], ranks, strict=False))
    for node in nodes(tree.root):
        inner = {kid.tag if isinstance(kid, TagNode) else "" for kid in node.kids}
        assert inner <= PARTS.get(node.tag, inner)
        assert node.tag not in GROUPS or "" not in inner
        assert inner & PARTS_OF_WHOLES <= WHOLES.get(node.tag, set())


@given(st.lists(elements(), max_size=4).map("".join))
def test_no_text_is_lost_and_none_is_moved_within_a_paragraph(body: str) -> None:
    root = html(body)
    found = [
        str(k.box) for n in nodes(grown(root).root) for k in n.kids if isinstance(k, ShownPiece)
    ]
    bullets = sum(element.tag == "li" for element in root.iter())
    assert sorted(found) == sorted(["•"] * bullets + [str(text) for text in root.itertext()])


# --------------------------------------------------------------------------- details


def test_what_no_page_shows_goes_but_empty_cells_stay() -> None:
    root = html("<p>a</p><table><tr><td>b</td><td>c</td></tr></table><p>d</p>")
    tree = grown(root)
    for cell in root.iter("td"):
        find_node(tree, cell)
    prune_tags(tree.root, lambda piece: piece.box == "d")
    assert sketch(tree.root) == "Document(Table(TR(TD() TD())) P(d))"


def test_what_is_kept_from_readers_is_known() -> None:
    root = html(
        '<p>a<span aria-hidden="true">b<em>c</em></span><img alt="" role="presentation"/>'
        '<img alt=""/></p>'
    )
    assert sorted(element.tag for element in unread(root)) == ["em", "img", "span"]


LABELS = {
    '<a href="https://a.example/">a <em>site</em></a>': "a site",
    '<a href="https://a.example/"/>': "https://a.example/",
    '<a href="https://a.example/"><img alt="the map" src="a.png"/></a>': "the map",
    '<a href="#s"><span lang="en"><span class="mark">[en]</span> Notes</span></a>': "Notes",
    '<a href="#n">1</a>': "Bellikler 1",
    '<a href="#n" title="Bellik">1</a>': "Bellik",
    '<a href="#away">1</a>': "1",
}


@pytest.mark.parametrize("link", LABELS)
def test_a_link_says_where_it_leads_in_words(link: str) -> None:
    root = html(f'{link}<section id="s"><h2>Bellikler</h2><div id="n"><p>a</p></div></section>')
    found = next(root.iter("a"))
    assert find_link_label(start_tag_tree(root).headings, found) == LABELS[link]


def test_the_link_around_an_element() -> None:
    root = html('<p>a<a href="#b"><em>c</em></a></p>')
    tree = start_tag_tree(root)
    paragraph, link, inner = (next(root.iter(tag)) for tag in ("p", "a", "em"))
    assert [find_link(tree.parents, element) for element in (paragraph, link, inner)] == [
        None,
        link,
        link,
    ]
