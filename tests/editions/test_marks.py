"""What a screen reader hears of a PDF: read back from the file, mark by mark."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from examples import some
from hypothesis import given, settings
from PIL import Image as Picture
from structure import Shown, Tag, read_structure
from test_pdf import CSS, MAP, SVG, source
from test_tagtree import elements
from validators import run_pdf_checks

from publish.editions.pdf.rendering import PdfInput, render
from publish.errors import BuildError

NARROW = (
    '@page { size: 60mm 50mm; margin: 8mm; @top-left { content: "Head"; font: 6pt "Source Sans 3" }'
    ' @bottom-left { content: counter(page); font: 6pt "Source Sans 3" } }'
    'body { margin: 0; font: 8pt/10pt "Source Serif 4", "Source Sans 3"; hyphens: auto;'
    ' hyphenate-character: "-" }'
    "nav ol { list-style: none } h2 { text-transform: uppercase }"
    "thead { display: table-header-group }"
    ".far { visibility: hidden }"
)


def read(body: str, css: str = NARROW, **images: str) -> tuple[Tag, list[Shown]]:
    return read_structure(render(source(body, css, **images)).data)


def tree(body: str, css: str = NARROW, **images: str) -> Tag:
    return read(body, css, **images)[0]


WORDS = "The governments of several regions reported investigations of organizations. "


# --------------------------------------------------------------------------- texts and pages


def test_a_paragraph_over_several_pages_is_one() -> None:
    document, pages = read(f"<h1>a</h1><p>{WORDS * 12}</p>")
    (paragraph,) = document.all("P")
    assert len(pages) > 2
    assert paragraph.text.replace("\u00ad", "").strip() == (WORDS * 12).strip()


def test_a_hyphen_of_the_layout_is_soft_and_one_of_the_text_is_not() -> None:
    text = tree(f"<h1>a</h1><p lang='en'>{'self-evident ' * 40}{WORDS * 3}</p>").all("P")[0].text
    assert "\u00ad" in text
    assert text.replace("\u00ad", "").strip() == f"{'self-evident ' * 40}{WORDS * 3}".strip()


def test_words_are_apart_wherever_the_space_between_them_went() -> None:
    body = "<p>one <em>two</em> <em>three</em> four<br/>five<em>six</em>\u00a0sev\u00aden eight</p>"
    for width in range(32, 60, 4):
        css = NARROW.replace("60mm", f"{width}mm")
        text = tree(f"<h1>a b</h1>{body}", css).all("P")[0].text.replace("\u00ad", "")
        assert text == "one two three four fivesix seven eight"


def test_letters_made_capitals_by_style_are_read_as_written() -> None:
    document, _ = read("<h1>a</h1><h2>Bu neşir barada we ýene birnäçe söz barada</h2>")
    assert document.all("H2")[0].text == "Bu neşir barada we ýene birnäçe söz barada"


def test_heads_feet_and_lines_are_no_part_of_the_document() -> None:
    document, pages = read('<h1>a</h1><p style="border: 1px solid"><u>b</u> <s>c</s></p>')
    assert document.text == "ab c"
    assert ("/Header", "Head") in pages[0].artifacts
    assert ("/Footer", "1") in pages[0].artifacts
    assert [page.bare for page in pages] == [[]]


def test_leader_dots_and_what_is_hidden_from_readers_are_no_part_of_the_document() -> None:
    css = f"{NARROW} .dots::after {{ content: leader('.') '3' }}"
    body = '<h1>a</h1><p class="dots">b</p><p><span aria-hidden="true">7</span>c</p>'
    document, pages = read(f'{body}<p class="far">d</p>', css)
    assert [tag.text for tag in document.all("P")] == ["b3", "c"]
    shown = [text for kind, text in pages[0].artifacts if kind == "/Layout"]
    assert shown[-1] == "7"
    assert set(shown[0]) == {"."}


# --------------------------------------------------------------------------- languages, links


def test_a_passage_in_another_language_says_so() -> None:
    document = tree('<h1>a</h1><p>b <span lang="en">c <em>d</em></span> e</p><p lang="ru">f</p>')
    assert [(tag.text, tag.language) for tag in document.all("Span")] == [("c d", "en")]
    assert [tag.language for tag in document.all("P")] == ["tk", "ru"]


def test_a_link_has_one_tag_and_an_area_on_every_line_with_words_for_it() -> None:
    body = f'<h1>a</h1><p>{WORDS}<a href="https://a.example/b#c">{WORDS}<em>d</em></a></p>'
    (link,) = tree(body).all("Link")
    assert len(link.links) > 1
    assert set(link.links) == {f"{WORDS}d"}


def test_a_link_within_the_document_names_a_heading_and_never_an_id() -> None:
    body = (
        '<nav role="doc-toc"><h1>t</h1><ol><li><a href="#x9">Söz başy</a></li></ol></nav>'
        '<section id="x9"><h2>Söz başy</h2><p id="m1">b<a role="doc-noteref" href="#n1">1</a></p>'
        '</section><section><h2>Bellikler</h2><div id="n1" xmlns:e="http://www.idpf.org/2007/ops" '
        'e:type="footnote"><p class="back"><a href="#m1">1</a></p><p>c</p></div></section>'
    )
    document = tree(body)
    assert [tag.links for tag in document.all("Link")] == [
        ["Söz başy"],
        ["Bellikler 1"],
        ["Söz başy 1"],
    ]
    (note,) = document.all("Note")
    assert note.entry["/ID"] == "n1"
    assert note.names == ["Lbl", "P"]
    assert document.all("TOCI")[0].names == ["Reference"]


# --------------------------------------------------------------------------- tables, images


def test_a_head_that_a_table_repeats_is_read_once() -> None:
    rows = "".join(f"<tr><td>r{n}</td><td/></tr>" for n in range(40))
    body = f"<h1>a</h1><table><thead><tr><th>x</th><th>y</th></tr></thead><tbody>{rows}</tbody>"
    document, pages = read(f"{body}</table>")
    (table,) = document.all("Table")
    assert len(pages) > 2
    assert table.names == ["THead", "TBody"]
    assert [tag.text for tag in table.all("TH")] == ["x", "y"]
    assert [tag.text for tag in table.all("TD")] == [c for n in range(40) for c in (f"r{n}", "")]
    repeated = [text for kind, text in pages[1].artifacts if kind == "/Pagination" and text]
    assert repeated == ["x", "y"]


def test_headers_say_what_they_head_and_cells_how_far_they_reach() -> None:
    body = (
        "<table><thead><tr><th>a</th><th colspan='2'>b</th></tr></thead><tbody><tr>"
        "<th rowspan='2'>c</th><td>d</td><td>e</td></tr><tr><td scope='row'>f</td><td>g</td></tr>"
        "</tbody></table>"
    )
    document = tree(f"<h1>a</h1>{body}")
    told = [{k: str(v) for k, v in tag.attributes.items() if k != "/O"} for tag in document]
    assert [attributes for attributes in told if attributes] == [
        {"/Scope": "/Column"},
        {"/Scope": "/Column", "/ColSpan": "2"},
        {"/Scope": "/Row", "/RowSpan": "2"},
    ]


def test_an_image_has_words_and_a_place_on_its_page() -> None:
    css = "@page { size: 100pt 100pt; margin: 10pt } body { margin: 0 } img { display: block }"
    body = '<img lang="ru" src="images/map.svg" alt="карта"/>'
    (figure,) = tree(body, css, map=MAP).all("Figure")
    assert (figure.entry["/Alt"], figure.language) == ("карта", "ru")
    assert [float(x) for x in figure.attributes["/BBox"]] == [10, 82.5, 17.5, 90]


def test_an_ornament_is_no_part_of_the_document() -> None:
    document = tree('<p>a<img role="presentation" src="images/map.svg" alt=""/></p>', map=MAP)
    assert document.all("Figure") == []


def test_a_list_starts_with_its_number_and_says_that_it_is_numbered() -> None:
    document = tree('<h1>a</h1><ol start="5"><li>b</li><li>c</li></ol><ul><li>d</li></ul>')
    assert [tag.text.strip() for tag in document.all("Lbl")] == ["5.", "6.", "•"]
    numberings = [tag.attributes["/ListNumbering"] for tag in document.all("L")]
    assert numberings == ["/Decimal", "/Disc"]


# --------------------------------------------------------------------------- outside judges


def findings(given_source: PdfInput, folder: Path) -> list[str]:
    path = folder / "a.pdf"
    path.write_bytes(render(given_source).data)
    return run_pdf_checks(path)


@pytest.mark.full
@given(body=elements(depth=2))
@settings(max_examples=some(12))
def test_any_document_keeps_both_standards(
    body: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = f'<h1 id="a">a</h1><div>{body}</div>'
    assert findings(source(whole, NARROW), tmp_path_factory.mktemp("any")) == []


PICTURES = {
    "transparent": SVG.format('<rect width="5" height="5" opacity="0.5"/>'),
    "gradient": SVG.format(
        '<defs><linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="blue" '
        'stop-opacity="0"/></linearGradient></defs><rect width="9" height="9" fill="url(#g)"/>'
    ),
    "lettered": SVG.format('<text y="9" font-family="Source Sans 3">a</text>'),
}


@pytest.mark.parametrize("name", PICTURES)
def test_drawings_keep_both_standards(name: str, tmp_path: Path) -> None:
    body = f'<h1>a</h1><p><img src="images/{name}.svg" alt="b"/></p>'
    assert findings(source(body, CSS, **{name: PICTURES[name]}), tmp_path) == []


def pixels(mode: str, kind: str) -> bytes:
    file = io.BytesIO()
    picture = Picture.new(mode, (9, 9))
    picture.save(file, kind, **({"transparency": 0} if mode == "P" else {}))
    return file.getvalue()


KINDS = [(mode, "PNG") for mode in ("1", "L", "LA", "P", "RGB", "RGBA")]
KINDS += [("L", "JPEG"), ("RGB", "JPEG"), ("RGBA", "WEBP"), ("P", "GIF")]


def test_pictures_of_every_kind_keep_both_standards(tmp_path: Path) -> None:
    """Gray, indexed, deep, transparent: what may go into an edition may stay in a PDF/A."""
    names = [f"images/{mode}.{kind.lower()}" for mode, kind in KINDS]
    images = {name: pixels(*what) for name, what in zip(names, KINDS, strict=True)}
    body = "".join(f'<p><img src="{name}" alt="{name}"/></p>' for name in images)
    given_source = replace(source(f"<h1>a</h1>{body}"), images=images)
    assert len(images) == len(KINDS)
    assert findings(given_source, tmp_path) == []


# --------------------------------------------------------------------------- refusals


def test_text_that_no_tag_can_reach_is_refused() -> None:
    with pytest.raises(BuildError, match="page 1 shows text through a group"):
        tree('<h1>a</h1><div style="opacity: 0.5"><p>b</p></div>')


@pytest.mark.parametrize(
    ("name", "stands_for", "message"),
    [
        ("Stream", type("Stream", (), {}), "Stream.marked differs"),
        ("add_tags", lambda pdf: None, "add_tags differs"),
        ("generate_pdf", None, "it did not write the metadata"),
    ],
)
def test_another_weasyprint_is_refused_by_its_version(
    name: str, stands_for: object, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pydyf  # type: ignore[import-untyped]

    given_source = replace(source("<h1>a</h1>"))
    render(given_source)
    place = "weasyprint.document" if name == "generate_pdf" else "weasyprint.pdf"
    found = stands_for or (lambda *arguments, **options: pydyf.PDF())
    monkeypatch.setattr(f"{place}.{name}", found)
    with pytest.raises(BuildError) as caught:
        render(given_source)
    assert caught.value.code == "renderer-unknown"
    assert caught.value.message == (f"WeasyPrint 70.0 does not work with this program: {message}")
