"""Word files that are broken, of another kind, or built to do harm; and the law of words."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st
from wordfiles import (
    bookmark,
    box,
    cell,
    field,
    item,
    level,
    make_word,
    mark,
    notes,
    numbering,
    par,
    relation,
    row,
    run,
    table,
    word_parts,
    zip_parts,
)

from publish.errors import PublishError
from publish.importing.word import package
from publish.importing.word.documents import read_word_document
from publish.importing.word.preparing import Changes
from publish.importing.word.reading import read_word
from publish.importing.words import list_document_words, list_words
from publish.reading.markdown import SourceFile, read_document
from publish.reading.writing.document import write_document


def refusal(data: bytes) -> str:
    with pytest.raises(PublishError) as error:
        read_word(data, "a.docx")
    assert error.value.code == "kit-file"
    assert error.value.hint
    return error.value.message


# --------------------------------------------------------------------------- other kinds


def test_old_files_and_files_with_a_password_get_a_clear_error() -> None:
    assert refusal(package.OLE + b"\0" * 600) == "this is a Word file of the old kind (.doc)"
    assert refusal(package.OLE + package.ENCRYPTED) == "the file has a password"
    assert refusal(b"{\\rtf1 Hello}") == "this is not a Word file (.docx)"
    assert refusal(zip_parts({"a.txt": "x"})) == "the file has no text: its main part is missing"
    assert refusal(make_word("")[:300]).startswith("the archive is damaged")


def test_macros_are_never_read_and_named() -> None:
    made = read_word(make_word(par("Text."), {"word/vbaProject.bin": b"\0"}), "a.docm")
    assert "<p>Text.</p>" in made.html
    assert [one.kind for one in made.losses] == ["macros"]


def test_a_file_without_styles_and_other_parts_is_read() -> None:
    parts = word_parts(par("Text.", "Heading1") + item("x") + par(run("a") + mark("footnote", 1)))
    del parts["word/styles.xml"], parts["word/_rels/document.xml.rels"]
    made = read_word(zip_parts(parts), "a.docx")
    assert "<p>Text.</p><p>x</p>" in made.html
    assert [one.kind for one in made.losses] == ["footnote"]


# --------------------------------------------------------------------------- harm


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zip_parts({**word_parts(par("a")), "word/media/x.png": bytes(65 * 2**20)})
    assert len(bomb) < 2**20
    assert "is too large" in refusal(bomb)


def test_entities_and_document_types_are_refused() -> None:
    for told in (
        '<!DOCTYPE x [<!ENTITY a "ha">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "https://example.org/x.dtd">',
    ):
        parts = word_parts(par("a"))
        parts["word/document.xml"] = told + str(parts["word/document.xml"])
        assert refusal(zip_parts(parts)) == (
            "word/document.xml has a document type or entities of its own"
        )


def test_nesting_without_end_is_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 10_000 + par("a") + "</w:tc></w:tr></w:tbl>" * 10_000
    assert refusal(make_word(deep)) == "word/document.xml is nested too deeply"


def test_tables_as_deep_as_the_reader_of_xml_allows_lose_no_word() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 70 + par("a word") + "</w:tc></w:tr></w:tbl>" * 70
    made = read_word(make_word(par("Text.") + deep), "a.docx")
    assert [(one.kind, one.text) for one in made.losses] == [("table", "a word")]


def test_boxes_within_boxes_lose_no_word() -> None:
    inner = par("innermost")
    for _ in range(10):
        inner = par(run("x") + box(inner).replace("<mc:Fallback>", "<mc:F>").replace(
            "</mc:Fallback>", "</mc:F>"))  # fmt: skip
    text = read_word(make_word(inner), "a.docx")
    assert "innermost" in text.html + " ".join(one.text for one in text.losses)


def test_absurd_numbers_cost_nothing() -> None:
    wide = cell("a", '<w:gridSpan w:val="5000"/>')
    odd = cell("b", '<w:gridSpan w:val="-5"/>') + cell("c", '<w:gridSpan w:val="many"/>')
    levels = level(0, "lowerRoman", "%1.", start=999_999) + level(1, "lowerLetter", "%2", 999_999)
    text = table(row(wide), f"<w:tr>{odd}</w:tr>") + item("x") + item("y", level=1)
    text += item("z", level=400)
    made = read_word(make_word(text, {"word/numbering.xml": numbering(levels)}), "a.docx")
    assert 'colspan="63"' in made.html
    assert len(made.html) < 2000


def test_styles_and_lists_that_go_round_are_read() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{other}"/></w:style>'
        for name, other in (("A", "B"), ("B", "A"))
    )
    assert "<p>x</p>" in read_word(make_word(par("x", "A"), styles=styles), "a.docx").html


def test_nothing_outside_the_file_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*given: object) -> None:
        raise AssertionError(given)

    monkeypatch.setattr("socket.socket.connect", forbidden)
    monkeypatch.setattr("pathlib.Path.read_bytes", forbidden)
    links = "".join(
        relation(f"rId{at}", kind, "file:///etc/hostname", external=True)
        for at, kind in enumerate(
            ("image", "attachedTemplate", "subDocument", "header", "frame"), 7
        )
    )
    blip = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/><pic:pic><a:blip r:link="rId7"/>'
        "</pic:pic></wp:inline></w:drawing></w:r>"
    )
    made = read_word(
        make_word(par("a") + par(blip) + '<w:subDoc r:id="rId9"/>', links=links), "a.docx"
    )
    assert made.pictures == {}
    assert [one.kind for one in made.losses] == ["picture"]


def test_names_of_parts_that_lead_out_of_the_file_find_nothing() -> None:
    links = relation("rId7", "image", "../../../../etc/hostname")
    blip = '<w:r><w:drawing><pic:pic><a:blip r:embed="rId7"/></pic:pic></w:drawing></w:r>'
    made = read_word(make_word(par("a") + par(blip), links=links), "a.docx")
    assert [(one.kind, one.reason) for one in made.losses] == [
        ("picture", "it is missing in the file")
    ]


def test_what_looks_like_markup_is_text() -> None:
    made = read_word(make_word(par(run("<script>alert(1)</script> & more"))), "a.docx")
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>" in made.html


# --------------------------------------------------------------------------- the law of words

WORDS = ("anna", "bora", "çary", "durdy", "elin", "fatma", "gözel", "hally", "islam", "jeren")
WORD = st.sampled_from(WORDS)
TEXT = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
PROPERTIES = st.sampled_from(("", "<w:b/>", "<w:i/>", "<w:vanish/>", "<w:caps/>"))
RUN = st.builds(run, TEXT.map(lambda text: f"{text} "), PROPERTIES)
WHO = 'w:id="1" w:author="A"'
PIECE = st.one_of(
    RUN,
    RUN.map(lambda one: f"<w:ins {WHO}>{one}</w:ins>"),
    RUN.map(lambda one: f"<w:del {WHO}>{one.replace('w:t', 'w:delText')}</w:del>"),
    RUN.map(lambda one: field("PAGE", one)),
    RUN.map(lambda one: field("TOC", one)),
    RUN.map(lambda one: field('HYPERLINK "https://example.org/"', one)),
    RUN.map(lambda one: bookmark("b", one)),
    RUN.map(lambda one: f"<w:smartTag>{one}</w:smartTag>"),
    RUN.map(lambda one: f"<w:sdt><w:sdtContent>{one}</w:sdtContent></w:sdt>"),
    TEXT.map(lambda text: box(par(text))),
    st.just(mark("footnote", 2)),
    st.just("<w:r><w:tab/></w:r>"),
)
PARAGRAPH = st.one_of(
    st.builds(
        par,
        st.lists(PIECE, min_size=1, max_size=4).map("".join),
        st.sampled_from(("", "Heading1", "Title", "Quote", "Caption", "TOC1", "SourceCode")),
    ),
    st.builds(item, TEXT, st.just(1), st.integers(0, 2)),
)
TABLE = st.lists(st.builds(row, TEXT, TEXT), min_size=1, max_size=3).map(lambda r: table(*r))
BODY = st.lists(PARAGRAPH | TABLE, min_size=1, max_size=8).map("".join)
LEVELS = "".join(level(at, "decimal", f"%{at + 1}.") for at in range(3))


def shown_words(body: str, changes: Changes) -> Counter[str]:
    """The words of the text as Word stores them, once each, without what a change takes away."""
    body = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", body)
    gone, kept = (
        (r"<w:del .*?</w:del>", "") if changes == "accepted" else (r"<w:ins .*?</w:ins>", "delText")
    )
    body = re.sub(gone, "", body)
    body = body.replace(f"w:{kept}", "w:t") if kept else body
    return Counter(
        word for text in re.findall(r"<w:t [^>]*>([^<]*)</w:t>", body) for word in list_words(text)
    )


@settings(max_examples=some(60))
@given(BODY, TEXT, st.sampled_from(("accepted", "rejected")))
def test_every_word_is_in_the_document_or_listed(body: str, note: str, changes: Changes) -> None:
    """Law: words of the file − words of the document = words of the list."""
    parts = {
        "word/numbering.xml": numbering(LEVELS),
        "word/footnotes.xml": notes("footnote", {2: par(note)}),
    }
    data = make_word(par("Always here", "Title") + par("And here.") + body, parts)
    made = read_word_document(data, "a.docx", name="a", changes=changes)
    words = (
        shown_words(body, changes)
        + Counter(list_words(note))
        + Counter(list_words("Always here And here"))
    )
    found = Counter(list_document_words(made.document))
    for loss in made.losses:
        if not loss.moved and loss.kind not in ("deleted text", "inserted text"):
            found.update(list_words(loss.text))
    assert words == found


@settings(max_examples=some(40))
@given(BODY)
def test_every_file_becomes_a_source_that_is_read_back(body: str) -> None:
    data = make_word(
        par("Always here", "Title") + par("And here.") + body,
        {"word/numbering.xml": numbering(LEVELS)},
    )
    document = read_word_document(data, "a.docx", name="a").document
    again = read_document("a", "en", [SourceFile("a.md", write_document(document))])
    assert list_document_words(again) == list_document_words(document)
