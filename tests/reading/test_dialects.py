"""Marks of other dialects, HTML for marks, comments, notes inside a text, bare addresses."""

from __future__ import annotations

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st
from translations import composed

from publish.errors import FindingsError, PublishError
from publish.languages.registry import find
from publish.model import Document, Entry, Level, Link, Math, plain, proses, walk_inlines
from publish.reading.markdown import SourceFile, read_document
from publish.reading.marks.bareaddresses import (
    link_addresses,
    list_bare_addresses,
    unlink_addresses,
)
from publish.reading.marks.inline import parse_inline
from publish.reading.source import Source, cut_source

EN, RU = find("en"), find("ru")


def document(body: str) -> Document:
    text = f"---\ntitle: T\n---\n\n{body}\n"
    return read_document("x", "en", [SourceFile("x.md", text)], as_typed=True)


def source(body: str) -> Source:
    return cut_source(document(body), EN)


def msgids(body: str) -> list[str]:
    return [sentence.unit.msgid for sentence in source(body).every[1:]]


@pytest.mark.parametrize(
    ("written", "msgid"),
    [
        ("~~gone~~", "<s>gone</s>"),
        ("H~2~O and CO~2~", "H<sub>2</sub>O and CO<sub>2</sub>"),
        ("5 m^2^, 1^st^", "5 m<sup>2</sup>, 1<sup>st</sup>"),
        ("10~20, 30~40 and ~5 or ~6", "10~20, 30~40 and ~5 or ~6"),
        ("2^3 and 4^5", "2^3 and 4^5"),
        ("[a *b*]{.underline}, [k]{.kbd}", "<u>a *b*</u>, <kbd>k</kbd>"),
        ("[a]{.smallcaps lang=ru} and ==b==", "a and b"),
        ("a == b == c", "a == b == c"),
        ("$r = \\frac{a}{b}$, $n$", "$`r = \\frac{a}{b}`$, $`n`$"),
        ("\\(x^2\\) and $`y`$", "$`x^2`$ and $`y`$"),
        ("It costs $5 or $10, US$20 and 10$.", "It costs $5 or $10, US$20 and 10$."),
        ("$5 and 10$, \\$x\\$", "$5 and 10$, $x$"),
        ("`a`{.py} and [b](https://x.org){target=_blank}", "`a` and [b](1)"),
        ("<b>a <i>b</i></b> <EM>c</EM> <strong>d</strong>", "**a _b_** *c* **d**"),
        ("<b> a</b>b<br> c<br/>d", "**a**b\\\nc\\\nd"),
        ("<b>a<br></b>b", "**a**\\\nb"),
        ("<del>a</del> <ins>b</ins> <u>c</u>", "<s>a</s> <u>b</u> <u>c</u>"),
        (
            "<sup class='x'>a</sup> <SUB>b</SUB> <kbd>c</kbd>",
            "<sup>a</sup> <sub>b</sub> <kbd>c</kbd>",
        ),
        ('<span class="x">a *b</span> c*', "a *b c*"),
        ("<a href='https://x.org/?a=1&amp;b=2'>x</a> <small>y</small>", "[x](1) y"),
        ('a <img src="i.png" alt="An &lt;icon&gt;"> b', "a ![An \\<icon>](1) b"),
        ("a <!-- b --> c<!-- d -->", "a c"),
        ("a <!-- b\nc --> d", "a d"),
        ("<code>a &lt; *b*</code>", "`a < *b*`"),
        ("&copy; &amp;lt; \\~a\\~ \\^b\\^ \\==c==", "© &amp;lt; ~a~ ^b^ ==c=="),
        ("`~~a~~ $b$ <!-- c -->`", "`~~a~~ $b$ <!-- c -->`"),
    ],
)
def test_a_dialect_has_the_msgid_that_all_have(written: str, msgid: str) -> None:
    assert msgids(written) == [msgid]
    assert parse_inline(msgid) == source(written).every[1].tree


@pytest.mark.parametrize(
    "written",
    [
        "<!-- a -->",
        "<!-- a\n\nb -->",
        "- <!-- x --> a\n",
        "<!-- a -->\n\n<!-- b -->\n\na",
        "a\n\n<!---->",
    ],
)
def test_comments_leave_no_trace(written: str) -> None:
    found = source(f"first\n\n{written}\n\nlast")
    words = [sentence.unit.msgid for sentence in found.every[1:]]
    assert [word for word in words if word != "a"] == ["first", "last"]
    assert len(found.document.body) == 2 + ("a" in words)


def test_text_behind_a_comment_is_a_paragraph() -> None:
    assert msgids("<!-- a\n\nb --> Text\nafter.\n\n<b>Bold</b> line.") == [
        "Text after.",
        "**Bold** line.",
    ]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("a <video src=x></video>", "raw HTML is not allowed: <video src=x>"),
        ("a <b>b", "raw HTML is not allowed: <b>"),
        ("a <sub>b", "<sub> has no </sub> in the same text"),
        ("a <!-- b\n\nc --> d", "a comment does not end in its paragraph"),
    ],
)
def test_other_html_is_an_error_with_its_element(written: str, message: str) -> None:
    with pytest.raises(PublishError) as caught:
        document(written)
    error = caught.value
    told = [error.message]
    if isinstance(error, FindingsError):
        told = [one.message for one in error.findings]
    assert any(message in one for one in told)


def test_all_html_of_a_text_is_told_at_once_with_its_lines() -> None:
    with pytest.raises(FindingsError) as caught:
        document("a <video>\nb <audio>\n\nc <q>")
    assert [one.span.first for one in caught.value.findings if one.span] == [5, 6, 8]


def test_what_is_passed_over_is_told_once_as_advice() -> None:
    body = "\n\n".join('[a](https://x.org "t"){.b}, [c]{.d}' for _ in range(5))
    remarks = [one for one in document(body).remarks if one.code == "mark-ignored"]
    assert {one.level for one in remarks} == {Level.ADVICE}
    assert len(remarks) == 2
    assert "title" in remarks[0].message
    assert "(and 9 more such, on lines" in remarks[1].message


def test_notes_inside_a_text_are_footnotes_with_labels_of_their_words() -> None:
    found = document(
        "A.^[See *the* annex to this.] B.^[See the annex to that.] C^[Ibid.] D^[Ibid.]"
    )
    assert [note.label for note in found.notes] == [
        "see-the-annex-to",
        "see-the-annex-to-that",
        "ibid",
        "ibid-2",
    ]
    inserted = document("New.^[Another note.] A.^[See the annex to this.]")
    assert [note.label for note in inserted.notes] == ["another-note", "see-the-annex-to"]
    taken = document("A[^ibid] b^[Ibid.]\n\n[^ibid]: C.")
    assert sorted(note.label for note in taken.notes) == ["ibid", "ibid-2"]


@pytest.mark.parametrize(
    ("written", "addresses"),
    [
        ("See https://example.org/a_b_c/~d/ and on.", ["https://example.org/a_b_c/~d/"]),
        ("(https://x.org/a_(b)). http://y.org!", ["https://x.org/a_(b)", "http://y.org"]),
        ("www.x.org, name@x.org; @name a@b", ["www.x.org", "name@x.org"]),
        (
            "*https://x.org/* and “https://y.org/?a=1&copy=2”",
            ["https://x.org/", "https://y.org/?a=1&copy=2"],
        ),
        ("`https://x.org` [a https://y.org](https://z.org) <https://q.org>", []),
        ("https://bank@evil.org xhttps://x.org", []),
        ("https://x.org/страница。Next", ["https://x.org/страница"]),
    ],
)
def test_bare_addresses_are_links_though_the_msgid_has_them_as_typed(
    written: str, addresses: list[str]
) -> None:
    found = source(written)
    links = [
        node
        for prose in proses(found.document)
        for node in walk_inlines(prose.content)
        if isinstance(node, Link) and node.bare
    ]
    assert [plain((link,)) for link in links] == addresses
    assert all(":" in link.href for link in links)
    assert all(
        f"[{one}]" not in sentence.unit.msgid for one in addresses for sentence in found.every
    )


def test_a_translation_links_the_addresses_of_its_source_and_no_other() -> None:
    ours = document("See https://x.org/a.")
    key = cut_source(ours, EN).every[1].key
    entry = Entry(msgid=key[1], msgstrs=("См. https://x.org/a и https://evil.org/.",))
    made = composed(ours, RU, {key: entry}).document
    links = [n for p in proses(made) for n in walk_inlines(p.content) if isinstance(n, Link)]
    assert [link.href for link in links] == ["https://x.org/a"]


MARKS = r"""
a . , ~~ ~ ^ ^2^ ~2~ $ $x$ == [ ]{.b} ]{.underline} ^[ ] ](https://x.org) ![i](i.png) {#x} {a=b}
<b> </b> <i> </i> <sub> </sub> <br> <span> </span> <!-- --> &amp; \ * ** _ ` https://x.org/a_b
www.y.org n@x.org <https://z.org> ' " -- ... 1990-2000 \( \) $`y`$ <kbd>k</kbd> « » ( )
"""
PIECES = st.sampled_from([*MARKS.split(), "b c", ". ", ", ", "\n", "<!-- c -->", " "])


@settings(max_examples=some(600))
@given(st.lists(PIECES, max_size=14).map("".join))
def test_laws_hold_with_every_mark_of_a_source(text: str) -> None:
    """Canonical text, identity, idempotence of links, and the same tree from every msgid."""
    try:
        made = read_document("x", "en", [SourceFile("x.md", f"---\ntitle: T\n---\n\nA {text}\n")])
        cut = cut_source(made, EN)
    except PublishError:
        return
    for sentence in cut.every:
        assert parse_inline(sentence.unit.msgid) == sentence.tree
    english = composed(made, EN, {}).document
    assert [p.content for p in proses(english)] == [p.content for p in proses(made)]
    for prose in proses(made):
        bare = list_bare_addresses(prose.content)
        assert link_addresses(unlink_addresses(prose.content), bare) == prose.content


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("| a |\n|---|\n| <p>x<br>y</p> |\n", ["a", "x\ny"]),
        ("| a |\n|---|\n| <p>x</p><p>*y*</p> z |\n", ["a", "x\ny\nz"]),
        ("a <div>b</div>\n", ["a\nb"]),
    ],
)
def test_paragraphs_of_html_within_a_text_are_lines(text: str, shown: list[str]) -> None:
    assert _shown(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a](https://e.org)\n{.button}\n\nb\n", ["a", "b"]),
        ("a\n{: .note}\n\nb\n", ["a", "b"]),
        ("# A\n{: .b c=d}\n\nb\n", ["A", "b"]),
        ("- a\n{: .b}\n", ["a"]),
    ],
)
def test_classes_on_a_line_of_their_own_are_passed_over(text: str, shown: list[str]) -> None:
    assert _shown(text) == shown


def _shown(text: str) -> list[str]:
    document = read_document("a", "en", [SourceFile("a.md", text)], title="T")
    return [plain(prose.content) for prose in proses(document)][1:]


def test_a_label_that_is_the_text_of_a_heading_is_a_link_to_it() -> None:
    text = (
        "# General options\n\n[the *options*][General options] and [Own id][] and [b][c]\n\n"
        "# Own id {#mine}\n\n[General options] [x][general  OPTIONS]\n\n[c]: https://e.org\n"
    )
    found = document(text)
    nodes = [node for prose in proses(found) for node in walk_inlines(prose.content)]
    hrefs = [node.href for node in nodes if isinstance(node, Link)]
    assert hrefs[:3] == ["#general-options", "#mine", "https://e.org"]
    assert set(hrefs[3:]) == {"#general-options"}


@pytest.mark.parametrize("text", ["[a][b]\n", "# B\n\n[a][c]\n"])
def test_a_label_of_nothing_is_an_error(text: str) -> None:
    with pytest.raises(PublishError, match=r"nowhere defined, .* typed: \[…\]\[[bc]\]"):
        document(text)


@pytest.mark.parametrize(
    "text",
    [
        "In *$HOME/bin*. Ensure that\nit is in your `$PATH` now.",
        "It costs $5/day, or for a week 10$.",
    ],
)
def test_dollars_around_words_or_code_are_no_formula(text: str) -> None:
    found = document(text)
    assert not [n for p in proses(found) for n in walk_inlines(p.content) if isinstance(n, Math)]


def test_an_anchor_that_links_to_itself_is_an_anchor() -> None:
    text = '# A <a href="#_x1" id="_x1"></a>\n\nb\n\n# C <a class="h" name="y" href="#y"></a>\n\n'
    found = document(f"{text}[d](#_x1) [e](#y)\n")
    nodes = [node for prose in proses(found) for node in walk_inlines(prose.content)]
    assert [node.href for node in nodes if isinstance(node, Link)] == ["#a", "#c"]


def test_all_texts_that_no_markdown_says_are_named_with_their_lines() -> None:
    text = "---\ntitle: T\n---\n\nA <code></code>b\n\nGood.\n\nB <code></code>c\n"
    made = read_document("x", "en", [SourceFile("x.md", text)])
    with pytest.raises(FindingsError) as told:
        cut_source(made, EN)
    assert [str(one.span) for one in told.value.findings] == ["x.md:5", "x.md:9"]
