"""The PDF door and its fonts: same bytes, nothing from outside, no complaint unheard."""

from __future__ import annotations

import html
import json
import logging
import os
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from examples import some
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.editions.fonts import (
    FontFace,
    find_font_faces,
    find_missing_letters,
    find_unknown_letters,
    make_letters_error,
    write_face_css,
)
from publish.editions.page.style import fill_sides
from publish.editions.page.templates import read_style_sheet
from publish.editions.page.theme import fill_theme_values, read_theme
from publish.editions.pagination import WrittenEdition
from publish.editions.pdf import rendering
from publish.editions.pdf.engine import capture_log
from publish.editions.pdf.rendering import PdfInput, render
from publish.errors import BuildError, MissingPartError, PublishError, UsageError
from publish.languages.registry import find

ROOT = Path(__file__).parents[2]

CSS = """
@page { size: A5; @bottom-center { content: counter(page); font: 8pt "Source Sans 3" } }
body { font-family: "Source Serif 4"; font-size: 10pt }
h1, h2 { font-family: "Source Sans 3" }
"""
PLAIN = 'body { font-family: "Source Serif 4"; font-size: 8px }'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="10" height="10">{}</svg>'
)


def document(body: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="tk" xml:lang="tk"><head>'
        f'<meta charset="utf-8"/><title>Adam söwdasy</title></head><body>{body}</body></html>'
    ).encode()


def source(body: str, css: str = CSS, **images: str) -> PdfInput:
    pictures = {f"images/{name}.svg": content.encode() for name, content in images.items()}
    return PdfInput(xhtml=document(body), css=css, faces=find_font_faces(), images=pictures)


def shown(body: str) -> WrittenEdition:
    return render(source(body))


def streams(pdf: bytes) -> list[bytes]:
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return [zlib.decompressobj().decompress(raw) for raw in found if raw[:1] == b"x"]


def everything(pdf: bytes) -> bytes:
    return b"\n".join([pdf, *streams(pdf)])


def embedded_fonts(pdf: bytes) -> list[TTFont]:
    return [TTFont(BytesIO(data)) for data in streams(pdf) if data[:4] == b"\0\1\0\0"]


@pytest.mark.parametrize(("level", "propagate"), [(logging.ERROR, True), (logging.DEBUG, False)])
def test_the_log_of_the_library_is_as_it_was_before(level: int, propagate: bool) -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.level, logger.propagate)
    try:
        logger.setLevel(level)
        logger.propagate = propagate
        handlers = list(logger.handlers)
        with capture_log() as records:
            logger.info("told to nobody")
            logger.warning("kept")
        with pytest.raises(ZeroDivisionError), capture_log():
            raise ZeroDivisionError
        assert [record.getMessage() for record in records] == ["kept"]
        assert (logger.level, logger.propagate, logger.handlers) == (level, propagate, handlers)
    finally:
        logger.setLevel(before[0])
        logger.propagate = before[1]


SAMPLE = (
    '<h1>Türkmenistan</h1><p><a href="#n">Жертвы</a> <b>№ 37</b> <i>ýyl</i> <b><i>ňž</i></b></p>'
    '<img src="images/map.svg" alt="map"/>'
    "<table><tbody><tr><th>a</th></tr><tr><td/></tr></tbody></table>"
    '<h2 id="n" style="break-before: page">Изложение</h2><p>a\u00adb\u2011c\u202fd</p>'
)
MAP = SVG.format('<rect width="5" height="5"/>')


# --------------------------------------------------------------------------- what comes out


def test_a_document_becomes_a_tagged_pdf() -> None:
    made = render(source(SAMPLE, map=MAP))
    assert made.pages
    assert len(made.pages.starts) == 2
    for part in (b"/StructTreeRoot", b"/Marked true", b"/Lang (tk)", b"pdfuaid:part"):
        assert part in everything(made.data)
    assert b"/CreationDate" not in everything(made.data)


@pytest.mark.parametrize("variant", ["pdf/a-3a+ua-1", "pdf/a-2a+ua-1"])
def test_the_same_bytes_again(variant: str) -> None:
    given_source = replace(source(SAMPLE, map=MAP), variant=variant)
    assert render(given_source) == render(given_source)


def test_an_unknown_variant_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        render(replace(source("<p>a</p>"), variant="pdf/a-3a"))
    assert (caught.value.message, caught.value.hint) == (
        '"pdf/a-3a" is not a PDF variant',
        "did you mean pdf/a-3a+ua-1?",
    )


def test_fonts_made_from_variable_ones_bear_no_time_of_day() -> None:
    fonts = embedded_fonts(render(source("<p>a <b>b</b></p>", css=PLAIN)).data)
    assert len(fonts) == 2
    seconds_from_1904_to_1970 = 2082844800
    days = {TTFont(face.path)["head"].modified for face in find_font_faces()}
    assert {font["head"].modified for font in fonts} <= days | {seconds_from_1904_to_1970}


def test_bold_text_is_laid_out_with_the_widths_of_the_bold() -> None:
    """Both weights live in one file; the PDF's widths must be those of the outlines."""
    pdf = render(source("<p>mmm</p><p><b>mmm</b></p>", css=PLAIN)).data
    regular, bold = sorted(
        1000 * max(width for width, _ in font["hmtx"].metrics.values()) / font["head"].unitsPerEm
        for font in embedded_fonts(pdf)
    )
    widths = sorted(int(width) for width in re.findall(rb"/W \[\d+ \[(\d+)\]", everything(pdf)))
    assert regular + 10 < bold
    assert widths == pytest.approx([regular, bold], abs=2)


# --------------------------------------------------------------------------- running heads

LONG = "Recommendations to the government and to all the organisations that work in this country"


def head_ink(pdf: bytes, folder: Path) -> list[bytes]:
    """The rows of pixels above the text of the second page, one pixel a point, ink not 255."""
    (folder / "a.pdf").write_bytes(pdf)
    area = ["-x", "0", "-y", "0", "-W", "595", "-H", "72"]
    command = ["pdftoppm", "-gray", "-r", "72", "-f", "2", "-l", "2", *area, "a.pdf", "a"]
    subprocess.run(command, check=True, cwd=folder)
    (picture,) = folder.glob("a-*.pgm")
    pixels = picture.read_bytes()[-595 * 72 :]
    return [pixels[start : start + 595] for start in range(0, len(pixels), 595)]


HEADS = {
    "ltr": ((347, 353), ((119, 345), (356, 511))),
    "rtl": ((242, 248), ((84, 240), (250, 476))),
}
"""Where nothing stands between the heads, and where they stand, in points."""


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_long_running_heads_stay_on_one_line_and_apart(direction: str, tmp_path: Path) -> None:
    folders = [ROOT / "templates"]
    css = read_style_sheet(folders, "text.css") + read_style_sheet(folders, "pdf.css")
    css = fill_theme_values(
        fill_sides(css, find("en" if direction == "ltr" else "fa")), read_theme(folders)
    )
    body = (
        f'<div dir="{direction}"><section class="cover"><h1 class="cover-title">{LONG} {LONG}</h1>'
        f"</section><main><section><h1>{LONG}</h1><p>a</p></section></main></div>"
    )
    page = document(body).replace(b"<html ", f'<html dir="{direction}" '.encode())
    ink = head_ink(render(replace(source("", css=css), xhtml=page)).data, tmp_path)
    rows = [number for number, row in enumerate(ink) if min(row) < 200]
    assert 4 <= max(rows) - min(rows) <= 10
    gap, heads = HEADS[direction]
    assert min(min(row[gap[0] : gap[1]]) for row in ink) > 200, "the two heads touch"
    for first, last in heads:
        assert min(min(row[first:last]) for row in ink) < 200


# --------------------------------------------------------------------------- what stays out

REFUSED = {
    "file:///etc/passwd": '<img src="file:///etc/passwd" alt="a"/>',
    "http://a.example/x.png": '<img src="http://a.example/x.png" alt="a"/>',
    "images/other.svg": '<img src="images/other.svg" alt="a"/>',
    "data:image/png;base64,AAAA": '<img src="data:image/png;base64,AAAA" alt="a"/>',
    "https://a.example/b": '<p style="background: url(https://a.example/b)">a</p>',
    "file:///etc/hosts": '<a rel="attachment" href="file:///etc/hosts">a</a>',
    "javascript:alert(1)": '<a href="javascript:alert(1)">a</a>',
    "file:///etc/group": '<a href="file:///etc/group">a</a>',
    "other.xhtml#a": '<a href="other.xhtml#a">a</a>',
    "http://b.example/a.css": '<link rel="stylesheet" href="http://b.example/a.css"/>',
    "http://c.example/": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<image href="http://c.example/" width="5" height="5"/></svg>',
}


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_that_are_no_part_of_the_edition_are_refused(address: str) -> None:
    with pytest.raises(BuildError) as caught:
        shown(REFUSED[address])
    assert caught.value.message == (
        f"the document for the PDF uses what is not part of it: {address}"
    )


def test_an_image_cannot_reach_outside_either() -> None:
    inner = '<image xlink:href="file:///etc/passwd" width="5" height="5"/>'
    with pytest.raises(BuildError, match=r"not part of it: file:///etc/passwd$"):
        render(source('<img src="images/a.svg" alt="a"/>', a=SVG.format(inner)))


def test_a_style_sheet_cannot_import() -> None:
    with pytest.raises(BuildError, match=r"not part of it: http://d\.example/$"):
        render(source("<p>a</p>", css='@import "http://d.example/";'))


@pytest.mark.parametrize("address", ["https://a.example/?a=b", "http://a.example", "mailto:a@b.c"])
def test_web_links_stay(address: str) -> None:
    assert address.encode() in everything(shown(f'<a href="{address}">a</a>').data)


def test_fonts_of_the_machine_are_shut_out() -> None:
    """Neither found by name nor used for a letter that the edition's own fonts lack."""
    script = """
import publish.editions.pdf.engine as door
with door.seal_environment():
    door.load_weasyprint()
    from weasyprint.text.ffi import fontconfig
    from weasyprint.text.fonts import FontConfiguration
    print(fontconfig.FcConfigGetFonts(FontConfiguration()._config, fontconfig.FcSetSystem).nfont)
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_the_environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "mine")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shown("<p>a</p>")
    assert os.environ["FONTCONFIG_FILE"] == "mine"
    assert "SOURCE_DATE_EPOCH" not in os.environ


# --------------------------------------------------------------------------- complaints

WRONG = {
    "the document for the PDF is not well-formed: ": "<p><b></p>",
    "the document for the PDF has a <style> element": "<style>p { color: red }</style>",
    "the document for the PDF has a <script> element": "<script/>",
    "the PDF renderer reports: No anchor #no for internal URI reference": '<a href="#no">a</a>',
    'the image "images/map.svg" has no description for people who cannot see it': (
        '<img src="images/map.svg"/>'
    ),
    "the PDF renderer reports: Failed to load image at 'images/bad.svg': ": (
        '<img src="images/bad.svg" alt="a"/>'
    ),
    "the PDF renderer reports: Anchor defined twice: 'a'": '<p id="a">a</p><p id="a">b</p>',
    "the document is nested too deeply for a PDF": ("<blockquote>" * 400 + "</blockquote>" * 400),
}


@pytest.mark.parametrize("message", WRONG)
def test_what_is_wrong_with_a_document_is_said(message: str) -> None:
    with pytest.raises(BuildError) as caught:
        render(source(WRONG[message], map=MAP, bad="no image"))
    assert caught.value.message.startswith(message)
    assert caught.value.exit_code == 3


def test_a_mistake_in_the_style_sheet_is_named_with_its_line() -> None:
    with pytest.raises(BuildError) as caught:
        render(source("<p>a</p>", css="\np { colr:red }"))
    assert caught.value.message == (
        "the PDF renderer reports: Ignored `colr:red ` at 2:5, unknown property."
    )


def test_complaints_are_raised_and_reach_no_log(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    with caplog.at_level(logging.DEBUG), pytest.raises(BuildError):
        shown('<a href="#no">a</a>')
    assert [r for r in caplog.records if r.name.startswith("weasyprint")] == []
    logging.getLogger("weasyprint").setLevel(logging.NOTSET)


def test_a_letter_without_a_glyph_is_named() -> None:
    with pytest.raises(MissingPartError) as caught:
        shown("<p>ab ب</p>")
    assert caught.value.exit_code == 4
    assert caught.value.message == (
        "no font of this edition (Source Code Pro, Source Sans 3, Source Serif 4, Symbols) has "
        '"ب" (U+0628 ARABIC LETTER BEH)'
    )


def test_of_many_letters_without_a_glyph_the_first_are_named() -> None:
    with pytest.raises(MissingPartError) as caught:
        shown(f"<p>{''.join(map(chr, range(0x628, 0x628 + 9)))}</p>")
    assert caught.value.message.endswith("(U+062F ARABIC LETTER DAL) and 1 other")


def test_a_script_without_a_font_is_refused_before_any_layout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rendering, "laying_out", lambda _: pytest.fail("it is laid out"))
    with pytest.raises(MissingPartError) as caught:
        shown('<p title="\u4e00">ab <em>\u0628</em></p><p>\u3001</p>')
    assert caught.value.code == "glyph-missing"
    assert '"ب" (U+0628 ARABIC LETTER BEH), "、" (U+3001' in caught.value.message
    assert "4E00" not in caught.value.message, "an attribute is not shown"


def test_letters_that_are_set_from_others_and_signs_alone_are_left_to_the_layout() -> None:
    serif = find_font_faces(["Source Serif 4"])
    assert find_unknown_letters("a \u012c\u2011\u0e3f", serif) == set()
    assert find_unknown_letters("a \u2011ب", serif) == {"\u2011", "ب"}


def test_a_broken_font_file_is_a_missing_part(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(b"no font")
    faces = (*find_font_faces(), FontFace("Broken", 400, "normal", path))
    with pytest.raises(MissingPartError, match="Font-face 'Broken' cannot be loaded"):
        render(replace(source("<p>a</p>"), faces=faces))


def test_a_missing_system_library_is_a_missing_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingPartError, match="the PDF renderer cannot be loaded"):
        shown("<p>a</p>")


@pytest.mark.full
def test_without_harfbuzz_subset_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    shown("<p>a</p>")
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    with pytest.raises(MissingPartError) as caught:
        shown("<p>a</p>")
    assert "apt-get install libharfbuzz-subset0" in caught.value.hint


def test_the_door_is_light_until_it_is_used() -> None:
    script = "import sys, publish.editions.pdf.rendering; print('weasyprint' in sys.modules)"
    command = [sys.executable, "-c", script]
    assert subprocess.check_output(command, text=True, cwd=ROOT) == "False\n"


# --------------------------------------------------------------------------- untrusted text


@given(st.text(st.characters(codec="utf-8"), max_size=40))
@settings(max_examples=some(25), deadline=None)
def test_any_text_is_shown_or_refused(text: str) -> None:
    """No traceback for any text; a letter that cannot be shown is known beforehand."""
    body = f"<p>{html.escape(text)}</p>"
    refusal: PublishError | None = None
    try:
        shown(body)
    except PublishError as error:
        refusal = error
    if isinstance(refusal, MissingPartError):
        assert find_missing_letters(text, find_font_faces())
    elif refusal is not None:
        assert "not well-formed" in refusal.message


# --------------------------------------------------------------------------- fonts


def test_the_pinned_families_are_found() -> None:
    faces = find_font_faces()
    assert [(face.family, face.style, face.weight) for face in faces] == [
        ("Source Serif 4", "normal", None),
        ("Source Serif 4", "italic", None),
        ("Source Sans 3", "normal", None),
        ("Source Sans 3", "italic", None),
        ("Source Code Pro", "normal", None),
        ("Source Code Pro", "italic", None),
        ("Symbols", "normal", 400),
    ]
    assert all(face.path.is_file() for face in faces)


def test_a_font_package_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingPartError) as caught:
        find_font_faces(["No Such Serif"])
    assert caught.value.message == 'the font family "No Such Serif" is not installed'
    assert caught.value.hint == "install it: pip install fontpkg-no-such-serif"


def test_variable_faces_are_upright_then_italic() -> None:
    variable = [face for face in find_font_faces() if face.weight is None]
    assert [(face.family, face.weight, face.style) for face in variable] == [
        (family, None, style)
        for family in ("Source Serif 4", "Source Sans 3", "Source Code Pro")
        for style in ("normal", "italic")
    ]


def test_of_a_static_package_two_weights_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = [
        {"path": f"ttf/{weight}{style}.ttf", "variable": False, "weight": weight, "style": style}
        for weight in (900, 700, 400, 300)
        for style in ("italic", "normal")
    ]
    package = tmp_path / "fontpkg_two_words"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "metadata.json").write_text(json.dumps({"files": listed}))
    monkeypatch.syspath_prepend(tmp_path)
    found = find_font_faces(["Two Words"])
    assert [(face.weight, face.style) for face in found] == [
        (400, "normal"),
        (700, "normal"),
        (400, "italic"),
        (700, "italic"),
    ]
    assert found[0].path == package / "ttf" / "400normal.ttf"


def test_only_a_static_face_tells_its_weight() -> None:
    static = FontFace("A", 700, "italic", Path("/a b.ttf"))
    assert write_face_css([static, replace(static, weight=None)]) == (
        '@font-face { font-family: "A"; font-style: italic; font-weight: 700;'
        ' src: url("file:///a%20b.ttf"); }\n'
        '@font-face { font-family: "A"; font-style: italic; src: url("file:///a%20b.ttf"); }\n'
    )


LETTERS = "aäçňöşüýž абвгдеёжъыьэюя №§«»„“”‘’–—…′″ \u00a0\u00ad\u2009\u2010\u202f\u200b\u2060\n"


def test_every_letter_of_our_languages_can_be_shown() -> None:
    assert find_missing_letters(LETTERS, find_font_faces()) == set()


def test_letters_are_missing_when_no_family_has_them() -> None:
    serif = find_font_faces(["Source Serif 4"])
    assert find_missing_letters("a\u2011ب", serif) == {"\u2011", "ب"}
    assert find_missing_letters("a\u2011ب", find_font_faces()) == {"ب"}
    assert "U+0628 ARABIC LETTER BEH" in make_letters_error("ب").message


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_is_missing_from_two_texts_is_missing_from_both_together(one: str, two: str) -> None:
    faces = find_font_faces()
    apart = find_missing_letters(one, faces) | find_missing_letters(two, faces)
    assert find_missing_letters(one + two, faces) == apart
