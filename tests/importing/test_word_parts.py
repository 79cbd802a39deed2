"""Tables, pictures, formulas and tracked changes of Word files."""

from __future__ import annotations

import re

import pytest
from wordfiles import (
    PIXELS,
    SPACES,
    STYLES,
    cell,
    field,
    make_word,
    par,
    picture,
    relation,
    row,
    run,
    table,
)

from publish.importing.word.preparing import Changes
from publish.importing.word.reading import WordPage, read_word

LINK = relation("rId9", "image", "media/image1.png")


def page(body: str, styles: str = STYLES, changes: Changes = "accepted") -> WordPage:
    data = make_word(body, {"word/media/image1.png": PIXELS}, LINK, styles)
    return read_word(data, "a.docx", changes=changes)


def body(content: str, styles: str = STYLES, changes: Changes = "accepted") -> str:
    found = re.search(r"<body>(.*)</body>", page(content, styles, changes).html, re.DOTALL)
    assert found
    return found[1]


# --------------------------------------------------------------------------- tables


def test_cells_that_reach_over_columns_and_rows() -> None:
    made = body(
        table(
            row("a", cell("b", '<w:gridSpan w:val="2"/>')),
            row(cell("c", '<w:vMerge w:val="restart"/>'), "d", "e"),
            row(cell("", "<w:vMerge/>"), "f", "g"),
        )
    )
    assert made == (
        '<table><tbody><tr><td><p>a</p></td><td colspan="2"><p>b</p></td></tr>'
        '<tr><td rowspan="2"><p>c</p></td><td><p>d</p></td><td><p>e</p></td></tr>'
        "<tr><td><p>f</p></td><td><p>g</p></td></tr></tbody></table>"
    )


def test_words_in_a_cell_that_another_one_covers_are_kept() -> None:
    made = body(
        table(
            row(cell("c", '<w:vMerge w:val="restart"/>'), "d"), row(cell("x", "<w:vMerge/>"), "f")
        )
    )
    assert '<td rowspan="2"><p>c</p><p>x</p></td>' in made


def test_cells_that_reach_down_end_where_others_begin() -> None:
    begin, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    made = body(
        table(
            row(cell("a", begin), "1"),
            row(cell("", goes_on), "2"),
            row(cell("b", begin), "3"),
            row(cell("", goes_on), "4"),
        )
    )
    assert re.findall(r'<td rowspan="2"><p>(.)</p>', made) == ["a", "b"]


HEAD = "<w:tblHeader/>"


@pytest.mark.parametrize(
    "first",
    [
        row("A", "B", properties=HEAD),
        row(cell(par(run("A", "<w:b/>"))), cell(par(run("B", "<w:b/>")))),
    ],
)
def test_heads_of_tables(first: str) -> None:
    made = body(table(first, row("a", "b")))
    assert "<thead><tr><th><p>A</p></th><th><p>B</p></th></tr></thead><tbody><tr><td>" in made


def test_a_table_that_is_bold_throughout_has_no_head() -> None:
    bold = row(cell(par(run("A", "<w:b/>"))), cell(par(run("B", "<w:b/>"))))
    assert "<th" not in body(table(bold, bold))


def test_heads_by_the_style_of_the_table() -> None:
    style = (
        '<w:style w:type="table" w:styleId="G"><w:tblStylePr w:type="{}"><w:rPr><w:b/></w:rPr>'
        "</w:tblStylePr></w:style>"
    )
    look = '<w:tblPr><w:tblStyle w:val="G"/><w:tblLook w:val="00A0"/></w:tblPr>'
    text = table(row("A", "B"), row("a", "b")).replace("<w:tblPr/>", look)
    assert "<thead>" in body(text, styles=STYLES + style.format("firstRow"))
    assert "<th><p>a</p></th><td>" in body(text, styles=STYLES + style.format("firstCol"))
    assert "<th" not in body(text, styles=STYLES + style.format("lastRow"))


def test_captions_go_to_their_tables_and_pictures() -> None:
    caption = run("Table ") + field("SEQ Table", run("1")) + run(": Cases")
    made = body(par(caption) + table(row("A", "B", properties=HEAD), row("a", "b")))
    assert made.startswith("<table><caption>Table 1: Cases</caption><thead>")
    made = body(par(picture()) + par("Figure 1. A map", "Caption"))
    assert made == (
        '<figure><img src="picture-1.png" width="32%"><figcaption>Figure 1. A map</figcaption>'
        "</figure>"
    )


def test_a_caption_beside_nothing_is_a_paragraph() -> None:
    assert body(par("Alone", "Caption") + par("Text.")) == "<p>Alone</p><p>Text.</p>"


# --------------------------------------------------------------------------- pictures


def test_descriptions_of_pictures() -> None:
    said = 'descr="A map&#10;&#10;Description automatically generated"'
    assert (
        body(par(picture(given=said))) == '<p><img src="picture-1.png" alt="A map" width="32%"></p>'
    )
    assert 'alt="Title"' in body(par(picture(given='title="Title"')))
    decorative = '<a:extLst><a:ext><adec:decorative val="1"/></a:ext></a:extLst>'
    assert 'role="presentation" alt=""' in body(par(picture(more=decorative)))


def test_a_picture_is_in_the_page_once_and_a_small_one_in_its_line() -> None:
    made = page(par(run("a ") + picture(height=16) + run(" b")) + par(picture()))
    assert '<p>a <img src="picture-1.png"> b</p>' in made.html
    assert list(made.pictures) == ["picture-1.png"]
    assert made.pictures["picture-1.png"] == PIXELS


@pytest.mark.parametrize(
    ("across", "margin", "width"),
    [
        (9000, 1500, ' width="50%"'),
        (6030, 1500, ""),
        (18000, 0, ' width="17%"'),
        (2000, 1500, ' width="32%"'),
    ],
)
def test_a_picture_is_as_wide_on_the_page_as_in_word(across: int, margin: int, width: str) -> None:
    size = f'<w:pgSz w:w="{across}" w:h="15840"/>'
    margins = f'<w:pgMar w:left="{margin}" w:right="{margin}"/>'
    made = body(par(picture()) + f"<w:sectPr>{size}{margins}</w:sectPr>")
    assert made == f'<p><img src="picture-1.png"{width}></p>'


def test_a_large_picture_in_a_line_follows_it() -> None:
    made = body(par(run("a ") + picture() + run("b")))
    assert made == '<p>a b</p><p><img src="picture-1.png" width="32%"></p>'


def test_pictures_that_cannot_be_shown_are_listed() -> None:
    body_text = par(picture("rId7", 'descr="A map"')) + par(picture("rId8")) + par(picture("rId6"))
    links = relation("rId7", "image", "https://example.org/x.png", external=True)
    links += relation("rId8", "image", "media/x.emf")
    data = make_word(body_text + par("Text."), {"word/media/x.emf": b"\x01\0\0\0"}, links)
    made = read_word(data, "a.docx")
    assert "<img" not in made.html
    assert [(one.kind, one.reason) for one in made.losses] == [
        ("picture", "it is not in the file but at https://example.org/x.png (A map)"),
        ("picture", "EMF pictures cannot be shown; save it as PNG"),
        ("picture", "it is missing in the file"),
    ]


def test_what_was_cut_off_a_picture_is_said() -> None:
    cut = picture().replace("</pic:blipFill>", '<a:srcRect l="20000"/></pic:blipFill>')
    assert [one.kind for one in page(par(cut)).losses] == ["crop of a picture"]


def test_older_drawings() -> None:
    shape = (
        '<w:r><w:pict><v:shape alt="A map" style="width:10pt;height:90pt">'
        '<v:imagedata r:id="rId9"/></v:shape></w:pict></w:r>'
    )
    assert body(par(shape)) == '<p><img src="picture-1.png" alt="A map"></p>'
    letters = '<w:r><w:pict><v:shape><v:textpath string="Big letters"/></v:shape></w:pict></w:r>'
    assert body(par(letters)) == "<p>Big letters</p>"


def test_words_of_charts_are_listed() -> None:
    chart = (
        f"<c:chartSpace {SPACES}><c:chart><c:v>2019</c:v><c:v>Cases</c:v></c:chart></c:chartSpace>"
    )
    drawn = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Cases by year"/><a:graphic>'
        '<a:graphicData><c:chart r:id="rId8"/></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
    data = make_word(
        par("a") + par(drawn),
        {"word/charts/c.xml": chart},
        relation("rId8", "chart", "charts/c.xml"),
    )
    found = read_word(data, "a.docx").losses
    assert [(one.kind, one.text, one.reason) for one in found] == [
        ("chart", "2019 Cases", "Cases by year")
    ]


# --------------------------------------------------------------------------- formulas


def letters(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


FORMULAS = {
    r"\frac{a}{b}": f"<m:f><m:num>{letters('a')}</m:num><m:den>{letters('b')}</m:den></m:f>",
    r"x^{2}": f"<m:sSup><m:e>{letters('x')}</m:e><m:sup>{letters('2')}</m:sup></m:sSup>",
    r"x_{i}": f"<m:sSub><m:e>{letters('x')}</m:e><m:sub>{letters('i')}</m:sub></m:sSub>",
    r"\sqrt{x}": (
        f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{letters("x")}</m:e></m:rad>'
    ),
    r"\sqrt[3]{x}": f"<m:rad><m:deg>{letters('3')}</m:deg><m:e>{letters('x')}</m:e></m:rad>",
    r"\sum_{i}^{n} x": (
        f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{letters("i")}</m:sub>'
        f"<m:sup>{letters('n')}</m:sup><m:e>{letters('x')}</m:e></m:nary>"
    ),
    r"\left( x \right)": f"<m:d><m:e>{letters('x')}</m:e></m:d>",
    r"\left\{ x \right.": (
        f'<m:d><m:dPr><m:begChr m:val="{{"/><m:endChr m:val=""/></m:dPr>'
        f"<m:e>{letters('x')}</m:e></m:d>"
    ),
    r"\sin {x}": f"<m:func><m:fName>{letters('sin')}</m:fName><m:e>{letters('x')}</m:e></m:func>",
    r"\hat{x}": f"<m:acc><m:e>{letters('x')}</m:e></m:acc>",
    r"\overline{x}": (
        f'<m:bar><m:barPr><m:pos m:val="top"/></m:barPr><m:e>{letters("x")}</m:e></m:bar>'
    ),
    r"\begin{matrix}a & b\\c & d\end{matrix}": (
        f"<m:m><m:mr><m:e>{letters('a')}</m:e><m:e>{letters('b')}</m:e></m:mr>"
        f"<m:mr><m:e>{letters('c')}</m:e><m:e>{letters('d')}</m:e></m:mr></m:m>"
    ),
    r"\alpha\leq 5\%": letters("α≤5%"),
    r"\text{число дел}": letters("число дел"),
}


@pytest.mark.parametrize("tex", FORMULAS)
def test_formulas_are_written_as_tex(tex: str) -> None:
    made = body(par(run("Thus ") + f"<m:oMath>{FORMULAS[tex]}</m:oMath>"))
    found = re.search(r'<math><annotation encoding="application/x-tex">(.*?)</annotation>', made)
    assert found
    assert found[1].replace("&amp;", "&").replace(" ", "") == tex.replace(" ", "")


def test_a_formula_on_its_own_line_is_a_block() -> None:
    made = body(par(f"<m:oMathPara><m:oMath>{letters('x')}</m:oMath></m:oMathPara>"))
    assert made.startswith('<math display="block">')


def test_a_formula_that_no_edition_can_show_is_text_and_listed() -> None:
    made = page(par(run("a ") + f"<m:oMath>{letters('x+' * 2500)}</m:oMath>"))
    assert "<p>a x+x+x+" in made.html
    assert [one.kind for one in made.losses] == ["formula"]


# --------------------------------------------------------------------------- tracked changes

WHO = 'w:id="1" w:author="A" w:date="2024-01-01T00:00:00Z"'
DELETED = f"<w:del {WHO}><w:r><w:delText>old</w:delText></w:r></w:del>"
CHANGED = run("The ") + DELETED + f"<w:ins {WHO}>{run('new')}</w:ins>" + run(" law.")


def test_changes_are_accepted_and_what_was_deleted_is_listed() -> None:
    made = page(par(CHANGED))
    assert "<p>The new law.</p>" in made.html
    assert [(one.kind, one.text) for one in made.losses] == [("deleted text", "old")]


def test_changes_can_be_rejected() -> None:
    made = page(par(CHANGED), changes="rejected")
    assert "<p>The old law.</p>" in made.html
    assert [(one.kind, one.text) for one in made.losses] == [("inserted text", "new")]


def test_paragraphs_whose_end_was_deleted_are_one() -> None:
    text = par(run("One "), properties=f"<w:rPr><w:del {WHO}/></w:rPr>") + par("two.")
    assert body(text) == "<p>One two.</p>"
    assert body(text, changes="rejected") == "<p>One</p><p>two.</p>"


def test_rows_that_were_deleted_go_with_their_words() -> None:
    text = table(row("a", "b"), row("c", "d", properties=f"<w:del {WHO}/>"))
    made = page(text)
    assert "<p>c</p>" not in made.html
    assert [(one.kind, one.text) for one in made.losses] == [("deleted text", "c d")]
    assert "<p>c</p>" in page(text, changes="rejected").html


def test_marks_of_before_come_back_when_changes_are_rejected() -> None:
    changed = f"<w:b/><w:rPrChange {WHO}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    text = par(run("a ") + run("b", changed))
    assert body(text) == "<p>a <strong>b</strong></p>"
    assert body(text, changes="rejected") == "<p>a <em>b</em></p>"
