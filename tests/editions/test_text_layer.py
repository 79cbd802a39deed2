"""The text that other programs take from a PDF is the text of the document."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import page
import pypdfium2  # type: ignore[import-untyped]
import pytest
from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]
from fontTools.pens.t2CharStringPen import T2CharStringPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import (  # type: ignore[import-untyped]
    instantiateVariableFont,
)
from PIL import Image, ImageChops
from pypdf import PdfReader
from validators import run_pdf_checks

from publish.building.auditing import audit_built
from publish.building.preparing import prepare_texts
from publish.cli.main import main
from publish.editions.fonts import FontFace, find_font_faces
from publish.editions.pdf.letters.codes import write_codes
from publish.editions.pdf.letters.fontglyphs import add_glyphs
from publish.editions.pdf.letters.textorder import finds_order
from publish.editions.pdf.rendering import PdfInput, render
from publish.editions.pdf.tags import tagging
from publish.model import Edition
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

DEBIAN = Path("/usr/share/fonts")
FONTS = {
    "ar": "Noto Sans Arabic",
    "fa": "Noto Sans Arabic",
    "ur": "Noto Sans Arabic",
    "hi": "Noto Sans Devanagari",
    "th": "Noto Sans Thai",
}
"""Families in font packages, by language."""

FILES = {
    "hy": "truetype/dejavu/DejaVuSerif.ttf",
    "ka": "truetype/dejavu/DejaVuSerif.ttf",
    "zh": "opentype/noto/NotoSansCJK-Regular.ttc",
    "cff": "opentype/noto/NotoSansCJK-Regular.ttc",
    "he": "truetype/noto/NotoSansHebrew-Regular.ttf",
    "nastaliq": "truetype/noto/NotoNastaliqUrdu-Regular.ttf",
    "naskh": "truetype/noto/NotoNaskhArabic-Regular.ttf",
}
"""Files of Debian's packages fonts-dejavu-core, fonts-noto-core and fonts-noto-cjk."""

TEXTS = {
    "ar": "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق. وعليهم أن يعامل بعضهم بعضاً بروح "
    "الإخاء (1948، المادة 1). في عام ٢٠١٩ بلغت النسبة 12.5% من 1,250 شخصاً.",
    "fa": "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند. همه دارای عقل "
    "و وجدان می‌باشند (۱۳۲۷، ماده ۱).",
    "ur": "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ انہیں ضمیر اور عقل "
    "ودیعت ہوئی ہے (۱۹۴۸ء)۔",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में स्वतन्त्रता प्राप्त है। उन्हें बुद्धि और "
    "अन्तरात्मा की देन प्राप्त है (१९४८, अनुच्छेद 1)। क्षत्रिय ज्ञान श्री र्क कि।",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์ น้ำ ทำ ๑๙๔๘ และ 1948",
    "hy": "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով (1948)։",
    "ka": "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით (1948).",
    "zh": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心（1948年）。共1,250人。",
    "ru": "Все люди рождаются свободными и равными — 12,5 %; объʼєкт и об’єкт, 5 µm и 5 μm.",
    "de": "Da die Anerkennung der angeborenen Würde und der gleichen und unveräußerlichen Rechte "
    "die Grundlage von Freiheit ist, da Straßenverkehrsgesellschaften außergewöhnlich groß sind.",
    "tk": "Hemme adamlar öz mertebesi we hukuklary boýunça deň; 6-njy, 7-nji, ýekeje-de, ʼa’b.",
    "en": "All human beings are born free and equal… office, affluent, self-evident; don’t, donʼt, "
    "5 µm = 5 μm, 1,250 - 12.5%, Ω Ω, K K, e\u0301t\u00e9, ½ 1/2.",
    "en with hi and th": "The “समानता” of people, क्षत्रिय 1948, and อิสระ ทั้งหลาย again, 12.5%.",
    "en in cff": "All are free and equal… 5 µm = 5 μm, Ω Ω, K K, office, affluent, don’t, donʼt.",
    "ru in cff": "Все люди рождаются свободными; 5 µm и 5 μm, объʼєкт и об’єкт, о́ и́ ы́.",
    "ar in naskh": "في 26 نوفمبر 2024 قالت Amnesty International إن 1,250 شخصاً (12.5%) من "
    "«أشغابات» والله لا يزالون في السجن؛ انظر الصفحة 7-9. اللَّهُ لِلْأَحْرَارِ 1948/12/10.",
    "ar with names": "في 26 نوفمبر 2024 قالت Amnesty International إن 1,250 شخصاً (12.5%) من "
    "«أشغابات» لا يزالون في السجن؛ انظر الصفحة 7-9. كتب Saparmyrat في 10/12/1948 رسالة.",
    "fa with names": "در ۱۵ مهر ۱۴۰۳، Amnesty گفت که ۱٬۲۵۰ نفر (۱۲٫۵٪) می‌خواهند؛ خانه‌های 1948 و "
    "کتاب‌هایشان را ببینند.",
    "ur in nastaliq": "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ انہیں "
    "ضمیر اور عقل ودیعت ہوئی ہے (۱۹۴۸ء)۔ چنانچہ Amnesty نے 1,250 لوگوں کی فہرست بنائی۔",
    "he": "כל בני האדם נולדו בני חורין (1948, סעיף 1) ושווים; Amnesty אמרה 12.5% מן 1,250. בְּרֵאשִׁית.",
    "he with names": "Amnesty International (1961) פרסמה דו״ח; ראו עמ׳ 7-9 ו-12.5%: «Aşgabat».",
    "ur with ar": "کتاب «حقوق الإنسان» کا صفحہ 12 اور Universal Declaration (1948) دیکھیں۔",
    "ru with ar": "Слова «حقوق الإنسان» стоят в предложении 1948 года, №\u00a05: «المادة».",
    "en with ar": "The words “حقوق الإنسان” of the “المادة” stand in a sentence of 1948.",
}
LOST = {
    "en with ar and numbers": "The words “المادة 12 من الإعلان” stand in a sentence of 1948.",
    "ar in cff": "يولد جميع الناس أحراراً",
}
"""Texts that not all programs find."""

RIGHT_TO_LEFT = [name for name in TEXTS if name[:2] in ("ar", "fa", "ur", "he")]
CONTROLS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069"))

PAGE = (
    "@page {{ size: {} 250mm; margin: 10mm; @top-center {{ content: {}string(head); direction: ltr;"
    " width: 50mm; white-space: nowrap; overflow: hidden; text-overflow: ellipsis;"
    " font: 6pt {} }} }}"
    "body {{ margin: 0; font: 9pt/14pt {}; hyphens: auto }} em {{ font-style: normal }}"
    "h2 {{ font-size: 10pt; font-weight: 400; string-set: head content() }}"
)


def faces(name: str, folder: Path) -> tuple[FontFace, ...]:
    """The fonts of a text; without them its test is skipped."""
    found: list[FontFace] = []
    if name == "ar in cff":
        return (FontFace("A File", 400, "normal", make_cff(folder)),)
    for language in re.split(" with | in ", re.sub(" with names| and numbers", "", name))[-1].split(
        " and "
    ):
        if language in FILES:
            path = DEBIAN / FILES[language]
            if not path.exists():
                pytest.skip(f"{path} is not installed")
            found.append(FontFace("A File", 400, "normal", path))
        elif language in FONTS:
            found += find_font_faces([FONTS[language]])
    return tuple(found)


def make_cff(folder: Path) -> Path:
    """An Arabic font with outlines of another kind, which cannot have new glyphs."""
    font = TTFont(find_font_faces(["Noto Sans Arabic"])[0].path)
    if "fvar" in font:
        font = instantiateVariableFont(font, {"wght": 400, "wdth": 100}, static=True)
    glyphs, outlines = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = T2CharStringPen(glyphs[name].width, glyphs)
        glyphs[name].draw(pen)
        outlines[name] = pen.getCharString()
    for table in ("glyf", "loca", "gvar", "fpgm", "prep", "cvt "):
        if table in font:
            del font[table]
    font.sfntVersion = "OTTO"
    builder = FontBuilder(font=font)
    builder.setupCFF("AFile", {}, outlines, {})
    builder.setupMaxp()
    builder.setupPost(keepGlyphNames=False)
    path = folder / "a.otf"
    font.save(path)
    return path


def blocks(name: str) -> list[str]:
    text = {**TEXTS, **LOST}[name]
    return [text, f"{text} {text[:30]} {text}", text[:40].strip(), text]


MADE: dict[tuple[str, str], bytes] = {}
"""The files of the texts by name and width: many tests read the same, which is made once."""


def make(name: str, folder: Path, width: str = "120mm") -> Path:
    """The file of a text in a folder."""
    if (name, width) not in MADE:
        MADE[name, width] = make_anew(name, folder, width).read_bytes()
    path = folder / "a.pdf"
    path.write_bytes(MADE[name, width])
    return path


def make_anew(name: str, folder: Path, width: str = "120mm") -> Path:
    given = (*faces(name, folder), *find_font_faces())
    families = ", ".join(dict.fromkeys(f'"{face.family}"' for face in given))
    first, second, third, fourth = map(html.escape, blocks(name))
    language, direction = name[:2], "rtl" if name in RIGHT_TO_LEFT else "ltr"
    xhtml = (
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" dir="{direction}"><head>'
        f"<title>t</title></head><body><h1>1</h1><h2>{first}</h2><p>{second}</p><ul>"
        f"<li><em>{third}</em></li><li>{fourth}</li></ul></body></html>"
    )
    isolate = '"\\2067" ' if direction == "rtl" else ""
    css = PAGE.format(width, isolate, families, families)
    path = folder / "a.pdf"
    path.write_bytes(render(PdfInput(xhtml=xhtml.encode(), css=css, faces=given, images={})).data)
    return path


def poppler(path: Path, *options: str) -> str:
    command = ["pdftotext", "-nopgbrk", *options, str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def mupdf(path: Path) -> str:
    command = ["mutool", "draw", "-q", "-F", "txt", str(path)]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def pdfium(path: Path) -> str:
    """The text that Chrome finds; it has its own signs for soft hyphens and for no letter."""
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return text.replace("\u0002", "\u00ad").replace("\ufffe", "\u00ad")


def folded(text: str) -> str:
    """A text without white space, and without hyphens and directions that only serve the layout."""
    return "".join(text.replace("\u00ad", "").translate(CONTROLS).split())


@pytest.mark.parametrize("name", TEXTS)
def test_every_letter_is_found_by_poppler(name: str, tmp_path: Path) -> None:
    found = folded(poppler(make(name, tmp_path)))
    assert [block for block in blocks(name) if folded(block) not in found] == []


@pytest.mark.skipif(shutil.which("mutool") is None, reason="mutool is not installed")
@pytest.mark.parametrize("name", [*TEXTS, "en with ar and numbers"])
def test_every_letter_is_found_by_mupdf(name: str, tmp_path: Path) -> None:
    found = folded(mupdf(make(name, tmp_path)))
    assert [block for block in blocks(name) if folded(block) not in found] == []


LEFTWARD = [name for name in TEXTS if name in RIGHT_TO_LEFT or name.endswith(" with ar")]


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in LEFTWARD])
def test_every_letter_is_found_by_pdfium(name: str, tmp_path: Path) -> None:
    found = folded(pdfium(make(name, tmp_path)))
    assert [block for block in blocks(name) if folded(block) not in found] == []


@pytest.mark.parametrize("name", ["ar", "ar with names", "ur in nastaliq"])
def test_pdfium_finds_words_from_right_to_left(name: str, tmp_path: Path) -> None:
    """It turns brackets and passes over signs without ink, which no file can mend."""
    found = pdfium(make(name, tmp_path)).translate(CONTROLS)
    words = re.findall(r"[\u0621-\u064a\u0670-\u06d3]{2,}\b", TEXTS[name])
    assert len(words) > 9
    assert [word for word in words if word not in found] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_is_found_claims_both_standards(name: str, tmp_path: Path) -> None:
    path = make(name, tmp_path)
    assert b"<pdfaid:conformance>A<" in path.read_bytes()
    assert run_pdf_checks(path) == []


@pytest.mark.parametrize("name", LOST)
@pytest.mark.full
def test_a_text_that_is_not_found_claims_less(name: str, tmp_path: Path) -> None:
    path = make(name, tmp_path)
    assert b"<pdfaid:conformance>U<" in path.read_bytes()
    assert b"<pdfuaid:part>" not in path.read_bytes()
    assert page.validate_pdf(path, profile="3u").failures == []


def test_the_build_says_which_text_is_not_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "source").mkdir()
    text = LOST["en with ar and numbers"]
    (tmp_path / "source/text.md").write_text(f"---\ntitle: T\n---\n{text}\n", encoding="utf-8")
    settings = 'source-language = "en"\nlanguages = ["en"]\nfonts.en = ["Noto Sans Arabic"]\n'
    (tmp_path / "publish.toml").write_text(settings, encoding="utf-8")
    assert main(["build", "-q", "-f", "pdf", "-C", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert "warning[text-order]: text, PDF in en: it claims PDF/A level U only" in said
    assert "المادة 12" in said

    loader = Loader(open_workspace(tmp_path))
    edition = Edition(document="text", language="en", format="pdf")
    path, texts = loader.workspace.output(edition), prepare_texts(loader, [edition])
    assert list(audit_built(loader, [edition], texts)) == []

    monkeypatch.setattr(tagging, "write_codes", lambda *given: write_codes(*given) and [])
    shutil.rmtree(tmp_path / "build")
    assert main(["build", "-q", "-f", "pdf", "--no-cache", "-C", str(tmp_path)]) == 0
    assert b"<pdfaid:conformance>A<" in path.read_bytes()
    (found,) = audit_built(loader, [edition], texts)
    assert found.code == "built-metadata"
    assert found.message.startswith("programs cannot put “The words “المادة 12")


@pytest.mark.parametrize("name", ["ar", "hi", "en"])
def test_words_stay_apart_and_whole(name: str, tmp_path: Path) -> None:
    found = poppler(make(name, tmp_path)).replace("\u00ad\n", "").translate(CONTROLS).split()
    assert [word for word in TEXTS[name].split() if word not in found] == []


def test_a_hyphen_at_the_end_of_a_line_is_kept_and_one_of_the_layout_is_soft(
    tmp_path: Path,
) -> None:
    for width in ("40mm", "45mm", "50mm", "55mm"):
        text = poppler(make("en", tmp_path, width), "-raw").replace("\u00ad\n", "")
        assert text.count("self-evident") == 4


@pytest.mark.parametrize("name", ["en", "hi", "ar"])
def test_a_title_that_is_cut_says_what_it_shows(name: str, tmp_path: Path) -> None:
    lines = poppler(make(name, tmp_path)).translate(CONTROLS).splitlines()
    (head,) = (line.strip() for line in lines if line.strip()[:1] == "…" or line[-1:] == "…")
    assert 20 < len(head) < len(TEXTS[name])
    assert folded(TEXTS[name]).startswith(folded(head.strip("…")))


@pytest.mark.parametrize("name", ["ur in nastaliq", "ar in naskh", "hi", "th"])
def test_letters_made_of_others_look_as_before(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is the same picture as WeasyPrint's own, but for the rounding of places."""
    (tmp_path / "ours").mkdir()
    ours = draw(make_anew(name, tmp_path / "ours"))
    monkeypatch.setattr(tagging, "write_codes", lambda painted, codes: [])
    theirs = draw(make_anew(name, tmp_path))
    ink = ours.point(lambda value: 255 * (value < 128)).histogram()[255]
    changed = ImageChops.difference(ours, theirs).point(lambda value: 255 * (value > 128))
    assert ink > 0
    assert changed.histogram()[255] < ink / 8


def draw(path: Path) -> Image.Image:
    (picture,) = pypdfium2.PdfDocument(path)
    image: Image.Image = picture.render(scale=4).to_pil().convert("L")
    return image


@pytest.mark.parametrize(
    ("placed", "rightward", "found"),
    [
        ([(0, "a"), (1, "b")], True, True),
        ([(1, "a"), (0, "b")], True, False),
        ([(0, "a"), (2, "א"), (1, "ב"), (3, "c")], True, True),
        ([(0, "a"), (3, "א"), (2, "1"), (1, "ב"), (4, "c")], True, False),
        ([(3, "א"), (2, "ב"), (0, "1"), (1, "2")], False, True),
        ([(1, "אב")], False, False),
    ],
)
def test_what_programs_find_by_places(
    placed: list[tuple[float, str]], rightward: bool, found: bool
) -> None:
    assert finds_order(placed, rightward) is found


def test_glyphs_made_of_others_have_the_widths_and_places_asked_for() -> None:
    font = TTFont(find_font_faces(["Noto Sans Thai"])[0].path, fontNumber=0)
    if "fvar" in font:
        font = instantiateVariableFont(font, {}, static=True)
    before = io.BytesIO()
    font.save(before)
    scale = font["head"].unitsPerEm / 1000
    names = font.getGlyphOrder()
    a, b, *_ = (n for n in range(10, 99) if font["glyf"][names[n]].numberOfContours > 0)
    data, first = add_glyphs(before.getvalue(), [(400, ((a, 10, 20), (b, -30, 0))), (250, ())])
    made = TTFont(io.BytesIO(data))
    assert first == len(names) == made["maxp"].numGlyphs - 2
    composed, empty = (made["glyf"][name] for name in made.getGlyphOrder()[first:])
    places = [(made.getGlyphID(part.glyphName), part.x, part.y) for part in composed.components]
    assert places == [(a, round(10 * scale), round(20 * scale)), (b, round(-30 * scale), 0)]
    widths = [made["hmtx"][name] for name in made.getGlyphOrder()[first:]]
    assert widths == [(round(400 * scale), composed.xMin), (round(250 * scale), 0)]
    assert empty.numberOfContours == 0
    assert [made["hmtx"][n] for n in made.getGlyphOrder()[:first]] == [
        font["hmtx"][n] for n in names
    ]


def test_a_glyph_of_two_letters_is_both_in_a_font_with_other_outlines(tmp_path: Path) -> None:
    """人 and ⼈ are one glyph, and the font can have no code more: it is named twice."""
    path = DEBIAN / FILES["cff"]
    if not path.exists():
        pytest.skip(f"{path} is not installed")
    for folder in ("source", "fonts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "fonts/LICENSE").write_text("OFL", encoding="utf-8")
    with TTFont(path, fontNumber=2, lazy=True) as font:
        font.save(tmp_path / "fonts/cjk.otf")
    text = "人⼈人生而自由⼀一，⾃由"
    written = f"---\ntitle: {text}\n---\n## {text}\n\n{text}。\n"
    (tmp_path / "source/text.md").write_text(written, encoding="utf-8")
    settings = 'source-language = "zh"\nlanguages = ["zh"]\nfonts.zh = ["Noto Sans CJK SC"]\n'
    (tmp_path / "publish.toml").write_text(settings, encoding="utf-8")
    assert main(["build", "-q", "-f", "pdf", "-C", str(tmp_path)]) == 0

    loader = Loader(open_workspace(tmp_path))
    edition = Edition(document="text", language="zh", format="pdf")
    made = loader.workspace.output(edition)
    assert poppler(made).count(text) > 2
    assert b"<pdfaid:conformance>A<" in made.read_bytes()
    assert run_pdf_checks(made) == []
    assert list(audit_built(loader, [edition], prepare_texts(loader, [edition]))) == []


def test_numbers_are_one_code_and_none_says_more_than_mupdf_takes(tmp_path: Path) -> None:
    """Newer versions of MuPDF turn digits that are glyphs of their own beside turned letters."""
    said = []
    resources: Any = PdfReader(make("ar", tmp_path)).pages[0]["/Resources"]
    for font in resources["/Font"].values():
        written = font["/ToUnicode"].get_data().decode()
        said += re.findall("<[0-9a-f]{4}> <([0-9a-f]+)>", written)
    letters = [bytes.fromhex(one).decode("utf-16-be").translate(CONTROLS) for one in said]
    assert {"٢٠١٩", "1948", "1,250"} <= set(letters)
    assert max(map(len, said)) <= 4 * 8


@pytest.mark.parametrize(
    ("direction", "text"),
    [
        (
            "ltr",
            "The words <em>حقوق</em> <b>الإنسان</b> of “المادة <em>الأولى</em> الثانية” and so.",
        ),
        (
            "rtl",
            "قالت <em>Amnesty</em> <b>International</b> إن <em>New</em> York <em>1948</em> هناك.",
        ),
    ],
)
def test_words_in_bold_keep_their_order(direction: str, text: str, tmp_path: Path) -> None:
    """Each is a text of its own to WeasyPrint, but not to programs that go by places."""
    given = (*find_font_faces(["Noto Sans Arabic"]), *find_font_faces())
    xhtml = (
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en" dir="{direction}"><head>'
        f"<title>t</title></head><body><p>{text} {text}</p></body></html>"
    )
    css = "body { font-family: 'Noto Sans Arabic', 'Source Serif 4' } em { font-style: normal }"
    made = render(PdfInput(xhtml=xhtml.encode(), css=css, faces=given, images={}))
    assert made.lost == ()
    (tmp_path / "a.pdf").write_bytes(made.data)
    wanted = folded(re.sub("<[^>]+>", "", text))
    assert folded(poppler(tmp_path / "a.pdf")).count(wanted) == 2
