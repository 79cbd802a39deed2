"""The text of Word files: headings, lists, marks, links, notes, signs, what is left out."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from wordfiles import (
    OFFICE,
    SPACES,
    STYLES,
    bookmark,
    box,
    field,
    item,
    level,
    make_word,
    mark,
    notes,
    numbering,
    par,
    relation,
    run,
    zip_parts,
)

from publish.importing.word.reading import WordPage, read_word

BULLET = level(0, "bullet", "•") + level(1, "bullet", "o")
DECIMAL = (
    level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman", "%3.")
)


def page(body: str, **given: object) -> WordPage:
    parts = given.pop("parts", None)
    links = given.pop("links", "")
    styles = given.pop("styles", STYLES)
    data = make_word(body, parts, str(links), str(styles))  # type: ignore[arg-type]
    return read_word(data, "a.docx", **given)  # type: ignore[arg-type]


def body(content: str, **given: object) -> str:
    found = re.search(r"<body>(.*)</body>", page(content, **given).html, re.DOTALL)
    assert found
    return found[1]


def losses(made: WordPage) -> list[tuple[str, str, str]]:
    return [(one.kind, one.text, one.place) for one in made.losses]


# --------------------------------------------------------------------------- headings


def test_headings_are_known_by_their_styles() -> None:
    made = body(par("One", "Heading1") + par("Text.") + par("Two", "Heading2") + par("Text."))
    assert made == "<h1>One</h1><p>Text.</p><h2>Two</h2><p>Text.</p>"


@pytest.mark.parametrize(
    "style",
    [
        '<w:name w:val="Kapitel"/><w:basedOn w:val="Heading2"/>',
        '<w:name w:val="Kapitel"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>',
        '<w:name w:val="Заголовок 2"/>',
        '<w:name w:val="HeadB"/>',
    ],
)
def test_headings_are_known_by_what_their_styles_are_based_on(style: str) -> None:
    styles = f'{STYLES}<w:style w:type="paragraph" w:styleId="K">{style}</w:style>'
    assert body(par("One", "K") + par("Text."), styles=styles) == "<h2>One</h2><p>Text.</p>"


def test_an_outline_level_of_a_paragraph_makes_it_a_heading() -> None:
    made = body(par("One", properties='<w:outlineLvl w:val="2"/>') + par("Text."))
    assert made == "<h3>One</h3><p>Text.</p>"


BOLD = "<w:b/>"
LONG = par("This is a text that goes on for a while, and it ends with a full stop.")


def test_short_bold_lines_before_text_are_headings() -> None:
    made = body(LONG + par(run("Who we are", BOLD)) + LONG + par(run("Where", BOLD)) + LONG)
    assert re.findall(r"<(h\d)>(.*?)</", made) == [("h1", "Who we are"), ("h1", "Where")]


def test_numbers_and_capitals_make_headings_with_their_levels() -> None:
    text = LONG + par("1. GENERAL PROVISIONS") + LONG + par("1.1 Background") + LONG
    text += par("2. FINDINGS") + LONG
    assert re.findall(r"<(h\d)>(.*?)</", body(text)) == [
        ("h1", "1. GENERAL PROVISIONS"),
        ("h2", "1.1 Background"),
        ("h1", "2. FINDINGS"),
    ]


def levels(*headings: str) -> list[int]:
    """The levels of bold lines, each followed by text."""
    made = body(LONG + "".join(par(run(words, BOLD)) + LONG for words in headings))
    found = re.findall(r"<h(\d)>(.*?)</", made)
    assert [words for _, words in found] == [*headings]
    return [int(level) for level, _ in found]


def test_lines_without_a_number_around_numbered_ones_are_of_their_level() -> None:
    assert levels("Introduction", "1. Who", "2. What", "Conclusion") == [1, 1, 1, 1]
    assert levels("1. Who", "2. What", "Annex") == [1, 1, 1]
    assert levels("1. Who", "How we asked", "2. What", "Annex") == [1, 2, 1, 2]
    assert levels("Introduction", "I. Who", "II. What", "Annex") == [1, 1, 1, 1]


def test_roman_numbers_and_letters_are_two_levels() -> None:
    assert levels("I. Facts", "A. Courts", "B. Prisons", "II. Law", "A. Courts") == [1, 2, 2, 1, 2]
    assert levels("A. Facts", "B. Law", "C. Courts") == [1, 1, 1]


def test_a_bold_item_alone_in_its_list_is_a_heading_with_its_number() -> None:
    bold = par(run("Background", BOLD), properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    other = par(run("Findings", BOLD), properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    made = body(LONG + bold + LONG + other + LONG, parts={"word/numbering.xml": numbering(DECIMAL)})
    assert re.findall(r"<h1>(.*?)</", made) == ["1. Background", "2. Findings"]


@pytest.mark.parametrize(
    "line",
    [
        par(run("A bold sentence that ends with a full stop.", BOLD)),
        par(run("Bold", BOLD) + run(" and not")),
        par(run("A bold line that goes on and on, " * 5, BOLD)),
        par(run("12", BOLD)),
        par("Plain"),
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert "<h" not in body(LONG + line + LONG)


def test_a_bold_line_at_the_end_is_no_heading() -> None:
    assert "<h" not in body(LONG + par(run("Ashgabat, 2024", BOLD)))


def test_headings_by_look_stand_where_those_by_style_with_that_look_do() -> None:
    text = par("A. FIRST", "Heading2") + LONG + par("B. SECOND") + LONG
    assert re.findall(r"<(h\d)>(.*?)</", body(text)) == [("h2", "A. FIRST"), ("h2", "B. SECOND")]


def test_numbers_of_headings_are_part_of_their_text() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2")
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    made = body(
        par("One", "Heading1", numbered.format(0))
        + par("Two", "Heading2", numbered.format(1))
        + par("Text of the section.", properties=numbered.format(1)),
        parts={"word/numbering.xml": numbering(levels)},
    )
    assert made == "<h1>1. One</h1><h2>1.1 Two</h2><p>1.2 Text of the section.</p>"


def test_the_title_and_the_facts_of_the_file() -> None:
    core = (
        f"<cp:coreProperties {SPACES}><dc:title>Microsoft Word - x.doc</dc:title>"
        "<dc:creator>Aman; Bahar</dc:creator><dcterms:modified>2024-05-06T07:08:09Z"
        "</dcterms:modified></cp:coreProperties>"
    )
    made = page(
        par("The report", "Title") + par("What we saw", "Subtitle") + par("Text."),
        parts={"docProps/core.xml": core},
    ).html
    assert '<meta name="author" content="Aman">' in made
    assert '<meta name="author" content="Bahar">' in made
    assert '<meta name="date" content="2024-05-06">' in made
    assert "<title>" not in made
    assert '<h1 class="title">The report</h1><p class="subtitle">What we saw</p>' in made


CREATED = (
    f"<cp:coreProperties {SPACES}><dc:creator>Aman</dc:creator>"
    "<dcterms:modified>2026-05-06T07:08:09Z</dcterms:modified></cp:coreProperties>"
)


@pytest.mark.parametrize("by", [par("Aman"), par("Aman and Bahar", "Author")])
@pytest.mark.parametrize("day", [par("12 November 2024"), par("12 ноября 2024 г.", "Date")])
def test_author_and_date_below_the_title_are_no_text(by: str, day: str) -> None:
    language = "<dc:language>ru</dc:language></cp:coreProperties>"
    core = CREATED.replace("</cp:coreProperties>", language)
    top = par("The report", "Title") + by + day
    made = page(top + LONG, parts={"docProps/core.xml": core}).html
    above, _, below = made.partition("</header>")
    assert 'class="author">Aman' in above
    assert 'class="date">12' in above
    assert "2026" not in made
    assert below.startswith("<p>This")


def test_what_properties_say_is_told_and_office_notes_are_not_taken() -> None:
    """Comments and keywords of a file may be for nobody else to see."""
    inner = "<dc:description>do not publish</dc:description><cp:keywords>inner</cp:keywords>"
    core = CREATED.replace("</cp:coreProperties>", f"{inner}</cp:coreProperties>")
    made = page(par("The report", "Title") + LONG, parts={"docProps/core.xml": core})
    assert "do not publish" not in made.html
    assert "inner" not in made.html
    told = {one.kind: (one.text, one.moved) for one in made.losses}
    assert told["comments in the file's properties"] == ("do not publish", False)
    assert told["keywords in the file's properties"] == ("inner", False)
    assert told["author in the file's properties"] == ("Aman", True)
    assert told["date in the file's properties"] == ("2026-05-06", True)


def test_a_date_or_a_name_elsewhere_is_text() -> None:
    later = par("12 November 2024", "Date") + par("Aman", "Author")
    made = page(par("The report", "Title") + LONG + later, parts={"docProps/core.xml": CREATED})
    assert "<p>12 November 2024</p><p>Aman</p>" in made.html
    assert '<meta name="date" content="2026-05-06">' in made.html
    for words in ("In November 2024 it rained.", "Somebody"):
        assert f"<p>{words}</p>" in body(par("The report", "Title") + par(words) + LONG)


def test_a_large_line_in_the_middle_is_the_title() -> None:
    top = par(run("The report", '<w:b/><w:sz w:val="40"/>'), properties='<w:jc w:val="center"/>')
    assert '<h1 class="title">The report</h1></header><p>This' in body(top + LONG)


def test_titles_that_programs_fill_in_are_no_titles() -> None:
    core = f"<cp:coreProperties {SPACES}><dc:title>{{}}</dc:title></cp:coreProperties>"
    for title, shown in (("Microsoft Word - x.doc", False), ("The report", True)):
        made = page(par("Text."), parts={"docProps/core.xml": core.format(title)}).html
        assert (f"<title>{title}</title>" in made) is shown


def test_a_title_that_is_repeated_is_listed() -> None:
    made = page(par("The report", "Title") + par("THE REPORT") + LONG)
    assert losses(made) == [("repeated title", "THE REPORT", "paragraph 3")]
    assert "THE REPORT" not in made.html


def test_a_heading_over_two_lines_is_one() -> None:
    made = body(
        LONG + par(run("The right to life", BOLD)) + par(run("and to liberty", BOLD)) + LONG
    )
    assert "<h1>The right to life<br>and to liberty</h1>" in made


# --------------------------------------------------------------------------- lists


def test_a_deeper_list_begins_anew_under_each_item() -> None:
    made = body(
        item("one") + item("a", level=1) + item("two") + item("a", level=1),
        parts={"word/numbering.xml": numbering(DECIMAL)},
    )
    assert made.count('<ol type="a"><li><p>a</p></li></ol>') == 2


def test_lists_are_nested_and_count_as_in_word() -> None:
    made = body(
        item("one") + item("a", level=1) + item("b", level=1) + item("two"),
        parts={"word/numbering.xml": numbering(DECIMAL)},
    )
    assert made == (
        '<ol><li><p>one</p><ol type="a"><li><p>a</p></li><li><p>b</p></li></ol></li>'
        "<li><p>two</p></li></ol>"
    )


def test_a_list_goes_on_after_a_paragraph_and_another_one_begins_anew() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    made = body(
        item("one") + par("Between.") + item("two") + item("new", 2) + item("next", 2),
        parts={"word/numbering.xml": numbering(DECIMAL, more=again)},
    )
    assert made == (
        '<ol><li><p>one</p></li></ol><p>Between.</p><ol start="2"><li><p>two</p></li>'
        '<li value="1"><p>new</p></li><li><p>next</p></li></ol>'
    )


def test_bullets_numbers_and_starts() -> None:
    roman = level(0, "upperRoman", "%1.", start=4)
    made = body(item("x", 1) + item("y", 2), parts={"word/numbering.xml": numbering(BULLET, roman)})
    assert made == '<ul><li><p>x</p></li></ul><ol start="4" type="I"><li><p>y</p></li></ol>'


def test_a_paragraph_set_in_like_an_item_belongs_to_it() -> None:
    made = body(
        item("one") + par("More of it.", properties='<w:ind w:left="720"/>') + par("Not of it."),
        parts={"word/numbering.xml": numbering(DECIMAL)},
    )
    assert made == "<ol><li><p>one</p><p>More of it.</p></li></ol><p>Not of it.</p>"


def test_labels_with_words_are_kept_as_text() -> None:
    made = body(
        item("Everyone has rights.") + item("They are born free."),
        parts={"word/numbering.xml": numbering(level(0, "decimal", "Article %1."))},
    )
    assert made == "<p>Article 1. Everyone has rights.</p><p>Article 2. They are born free.</p>"


def test_boxes_before_items_make_tasks() -> None:
    made = body(item("☒ done") + item("☐ open"), parts={"word/numbering.xml": numbering(BULLET)})
    assert made == (
        '<ul><li><input type="checkbox" checked><p>done</p></li>'
        '<li><input type="checkbox"><p>open</p></li></ul>'
    )


# --------------------------------------------------------------------------- marks


def test_marks_of_runs_are_joined_and_leave_spaces_alone() -> None:
    text = run("A ") + run("bold ", BOLD) + run("word", BOLD) + run(" and ") + run("x", "<w:i/>")
    assert body(par(text)) == "<p>A <strong>bold word</strong> and <em>x</em></p>"


@pytest.mark.parametrize(
    ("properties", "tag"),
    [
        ('<w:u w:val="single"/>', "u"),
        ("<w:strike/>", "s"),
        ('<w:vertAlign w:val="superscript"/>', "sup"),
        ('<w:vertAlign w:val="subscript"/>', "sub"),
    ],
)
def test_marks_that_publish_knows(properties: str, tag: str) -> None:
    assert body(par(run("a ") + run("b", properties))) == f"<p>a <{tag}>b</{tag}></p>"


def test_what_a_style_sets_in_bold_is_no_mark() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Lead"/><w:rPr><w:b/></w:rPr>'
        "</w:style>"
    )
    made = body(
        par(run("All ") + run("not", '<w:b w:val="0"/>') + run("."), "B"), styles=STYLES + style
    )
    assert made == "<p>All not.</p>"


def test_signs_hyphens_tabs_and_breaks() -> None:
    signs = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t xml:space="preserve"> yes</w:t></w:r>'
    )
    text = signs + "<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t>"
    text += "<w:softHyphen/><w:t>d</w:t></w:r>" + run("\uf0b7 ab", '<w:rFonts w:ascii="Symbol"/>')
    assert body(par(text)) == "<p>✓ yes a<br>b\u2011cd• αβ</p>"


def test_code_and_quotations() -> None:
    made = body(
        par("x = 1", "SourceCode") + par("y = 2", "SourceCode") + par("So he said.", "Quote")
    )
    assert made == "<pre>x = 1\ny = 2</pre><blockquote><p>So he said.</p></blockquote>"


def test_a_paragraph_set_in_on_both_sides_is_a_quotation() -> None:
    made = body(par("So he said.", properties='<w:ind w:left="567" w:right="567"/>'))
    assert made == "<blockquote><p>So he said.</p></blockquote>"


def test_of_several_spaces_one_is_left() -> None:
    made = body(par(run("a ") + run(" b ", BOLD) + run(" c")))
    assert made == "<p>a <strong>b</strong> c</p>"


def test_signs_without_a_character_are_listed() -> None:
    made = page(par(run("a") + '<w:r><w:sym w:font="Wingdings" w:char="F0FF"/></w:r>'))
    assert "<p>a</p>" in made.html
    assert [(one.kind, one.reason) for one in made.losses] == [
        ("sign", "U+F0FF of the font wingdings")
    ]


def test_text_from_right_to_left_has_marks_of_its_own() -> None:
    made = page(
        par(
            run("سلام ", "<w:rtl/><w:b/>") + run("دنیا", '<w:bCs/><w:rtl/><w:lang w:bidi="fa-IR"/>')
        )
    )
    assert "<p>سلام <strong>دنیا</strong></p>" in made.html
    assert made.language == "fa-IR"


def test_of_contents_for_unknown_programs_the_other_one_is_read() -> None:
    text = (
        f'<mc:AlternateContent><mc:Choice xmlns:new="https://example.org/new" Requires="new">'
        f"{run('new')}</mc:Choice><mc:Fallback>{run('known')}</mc:Fallback></mc:AlternateContent>"
    )
    assert body(par(text)) == "<p>known</p>"


# --------------------------------------------------------------------------- links


def test_a_heading_with_several_bookmarks_has_one_id_for_all_links() -> None:
    text = par(bookmark("_A") + bookmark("_B", run("One")), "Heading1") + par("Text.")
    for name in ("_A", "_B"):
        text += par(f'<w:hyperlink w:anchor="{name}">{run("see")}</w:hyperlink>')
    made = body(text)
    assert '<h1 id="_A">One</h1>' in made
    assert made.count('<a href="#_A">see</a>') == 2


def test_links_by_relation_and_by_field() -> None:
    first = f'<w:hyperlink r:id="rId5">{run("here")}</w:hyperlink>'
    second = field('HYPERLINK "https://example.org/b"', run("there"))
    made = body(
        par(first + run(" and ") + second),
        links=relation("rId5", "hyperlink", "https://example.org/a", external=True),
    )
    assert made == (
        '<p><a href="https://example.org/a">here</a> and <a href="https://example.org/b">there</a></p>'
    )


def test_links_within_the_file_and_references() -> None:
    text = par(bookmark("_Ref1", run("One")), "Heading1") + par("Text.")
    text += par(f'<w:hyperlink w:anchor="_Ref1">{run("see")}</w:hyperlink>')
    text += par(field(" REF _Ref1 \\h ", run("One")))
    text += par(f'<w:hyperlink w:anchor="_Gone">{run("lost")}</w:hyperlink>')
    assert body(text) == (
        '<h1 id="_Ref1">One</h1><p>Text.</p><p><a href="#_Ref1">see</a></p>'
        '<p><a href="#_Ref1">One</a></p><p>lost</p>'
    )


def test_links_to_files_of_the_author_become_text_and_are_listed() -> None:
    made = page(
        par(f'<w:hyperlink r:id="rId5">{run("the file")}</w:hyperlink>'),
        links=relation("rId5", "hyperlink", "file:///C:/secret.doc", external=True),
    )
    assert "<p>the file</p>" in made.html
    assert [(one.kind, one.reason) for one in made.losses] == [("link", "file:///C:/secret.doc")]


# --------------------------------------------------------------------------- notes, comments


def test_notes_have_their_blocks_and_are_in_the_order_of_their_marks() -> None:
    parts = {
        "word/footnotes.xml": notes(
            "footnote", {2: par("First.") + par("Second."), 3: par("Lone.")}
        ),
        "word/endnotes.xml": notes("endnote", {2: par("At the end.")}),
    }
    made = page(par(run("a") + mark("endnote", 2) + run(" b") + mark("footnote", 2)), parts=parts)
    assert made.html.endswith(
        '<p>a<a class="footnote-ref" href="#note-1">1</a> b'
        '<a class="footnote-ref" href="#note-2">2</a></p>'
        '<aside class="footnote" id="note-1"><p>At the end.</p></aside>'
        '<aside class="footnote" id="note-2"><p>First.</p><p>Second.</p></aside></body></html>'
    )
    assert losses(made) == [("footnote without a mark", "Lone.", "")]


COMMENTS = {"word/comments.xml": notes("comment", {1: par("Is this right?")})}


def test_comments_are_dropped_and_listed() -> None:
    made = page(par("Before.") + par(run("Text.") + mark("comment", 1)), parts=COMMENTS)
    assert losses(made) == [("comment", "Is this right?", "paragraph 2")]
    assert "data-note" not in made.html


def test_comments_on_nothing_are_listed() -> None:
    made = page(par("Text.") + par(mark("comment", 1)), parts=COMMENTS)
    assert losses(made) == [("comment", "Is this right?", "")]


def test_what_hangs_on_a_line_of_a_table_of_contents_stays() -> None:
    made = page(par(run("One\t1") + box(par("In the box.")), "TOC1") + par("Text."))
    assert "<p>In the box.</p>" in made.html
    assert losses(made) == [("table of contents", "One 1", "paragraph 1")]


def test_comments_can_become_notes_to_translators() -> None:
    made = page(par(run("Text.") + mark("comment", 1)), parts=COMMENTS, comments="notes")
    assert '<p data-note="Is this right?">Text.</p>' in made.html
    assert [one.moved for one in made.losses] == [True]


# --------------------------------------------------------------------------- what is left out


def test_boxes_of_text_are_read_once_and_say_where_they_stood() -> None:
    made = page(par(run("Text.") + box(par("In the box."))) + par("After."))
    assert made.html.endswith(
        '<p>Text.</p><div data-moved="paragraph 1, text box"><p>In the box.</p></div>'
        "<p>After.</p></body></html>"
    )


def test_tables_of_contents_hidden_text_heads_and_feet_are_listed() -> None:
    contents = (
        par('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("One\t1"))
        + par(run("Two\t2") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    )  # fmt: skip
    made = page(
        contents + par("Three\t3", "TOC1") + par(run("Seen.") + run("unseen", "<w:vanish/>")),
        parts={"word/header1.xml": f"<w:hdr {SPACES}>{par('A head')}</w:hdr>"},
    )
    assert made.html.endswith("<body><p>Seen.</p></body></html>")
    assert [(kind, text) for kind, text, _ in losses(made)] == [
        ("table of contents", "One 1 Two 2"),
        ("table of contents", "Three 3"),
        ("hidden text", "unseen"),
        ("page header", "A head"),
    ]


def test_places_are_pages_where_word_has_noted_them() -> None:
    made = page(
        par("One.") + par("<w:r><w:lastRenderedPageBreak/></w:r>" + run("x", "<w:vanish/>"))
    )
    assert losses(made) == [("hidden text", "x", "page 2")]


def test_controls_are_their_content_and_prompts_are_left_out() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('chosen')}</w:sdtContent></w:sdt>"
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('Click here')}</w:sdtContent></w:sdt>"
    )
    made = page(par(run("I have ") + control + prompt))
    assert "<p>I have chosen</p>" in made.html
    assert losses(made) == [("prompt", "Click here", "paragraph 1")]


def test_a_large_first_letter_is_part_of_its_word() -> None:
    letter = par("O", properties='<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert body(letter + par("nce upon a time.")) == "<p>Once upon a time.</p>"


def test_forms_show_what_was_chosen() -> None:
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList></w:ffData></w:fldChar>'
        "</w:r>"
        "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert body(par(run("Answer: ") + start)) == "<p>Answer: yes</p>"


def test_the_language_is_that_of_most_of_the_text() -> None:
    made = page(
        par(run("Bu gysga.", '<w:lang w:val="en-US"/>'))
        + par(run("Bu bolsa has uzyn bir sözlem.", '<w:lang w:val="tk-TM"/>'))
    )
    assert made.language == "tk-TM"
    assert made.html.startswith('<html lang="tk-TM">')


def test_strict_files_are_read_like_others() -> None:
    parts = {}
    data = make_word(par("One", "Heading1") + par("Text."))
    strict = "http://purl.oclc.org/ooxml/"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            text = text.replace(OFFICE, f"{strict}officeDocument/relationships")
            parts[name] = text.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/",
                f"{strict}wordprocessingml/",
            )
    assert strict in parts["word/document.xml"]
    assert "<h1>One</h1><p>Text.</p>" in read_word(zip_parts(parts), "a.docx").html
