"""The text that other programs take from a PDF is the text of the document."""

from __future__ import annotations

import html
import subprocess
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from validators import run_pdf_checks

from publish.editions.fonts import FontFace, find_font_faces
from publish.editions.pdf.rendering import PdfInput, render

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
}
"""Files of Debian's packages fonts-dejavu-core and fonts-noto-cjk; no font package has these."""

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
    "tk": "Hemme adamlar öz mertebesi we hukuklary boýunça deň; 6-njy, 7-nji, ýekeje-de, ʼa’b.",
    "en": "All human beings are born free and equal… office, affluent, self-evident; don’t, donʼt, "
    "5 µm = 5 μm, 1,250 - 12.5%, Ω Ω, K K, e\u0301t\u00e9, ½ 1/2.",
    "en with hi and th": "The “समानता” of people, क्षत्रिय 1948, and อิสระ ทั้งหลาย again, 12.5%.",
    "en with ar": "The words “حقوق الإنسان” of the “المادة” stand in a sentence of 1948.",
}
RIGHT_TO_LEFT = ("ar", "fa", "ur")
CONTROLS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069"))

PAGE = (
    "@page {{ size: {} 250mm; margin: 10mm; @top-center {{ content: string(head); direction: ltr;"
    " width: 50mm; white-space: nowrap; overflow: hidden; text-overflow: ellipsis;"
    " font: 6pt {} }} }}"
    "body {{ margin: 0; font: 9pt/14pt {}; hyphens: auto }} em {{ font-style: normal }}"
    "h2 {{ font-size: 10pt; font-weight: 400; string-set: head content() }}"
)


def faces(name: str) -> tuple[FontFace, ...]:
    """The fonts of a text; without them its test is skipped."""
    found: list[FontFace] = []
    for language in name.split(" with ")[-1].split(" and "):
        if language in FILES:
            path = DEBIAN / FILES[language]
            if not path.exists():
                pytest.skip(f"{path} is not installed")
            found.append(FontFace("A File", 400, "normal", path))
        elif language in FONTS:
            found += find_font_faces([FONTS[language]])
    return tuple(found)


def blocks(name: str) -> list[str]:
    text = TEXTS[name]
    return [text, f"{text} {text[:30]} {text}", text[:40].strip(), text]


def make(name: str, folder: Path, width: str = "120mm") -> Path:
    given = (*faces(name), *find_font_faces())
    families = ", ".join(dict.fromkeys(f'"{face.family}"' for face in given))
    first, second, third, fourth = map(html.escape, blocks(name))
    language, direction = name[:2], "rtl" if name in RIGHT_TO_LEFT else "ltr"
    xhtml = (
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" dir="{direction}"><head>'
        f"<title>t</title></head><body><h1>1</h1><h2>{first}</h2><p>{second}</p><ul>"
        f"<li><em>{third}</em></li><li>{fourth}</li></ul></body></html>"
    )
    css = PAGE.format(width, families, families)
    path = folder / "a.pdf"
    path.write_bytes(render(PdfInput(xhtml=xhtml.encode(), css=css, faces=given, images={})).data)
    return path


def poppler(path: Path, *options: str) -> str:
    command = ["pdftotext", "-nopgbrk", *options, str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def pdfium(path: Path) -> str:
    """The text that Chrome finds; it has its own signs for soft hyphens and for no letter."""
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return text.replace("\u0002", "\u00ad").replace("\ufffe", "\u00ad")


def folded(text: str) -> str:
    """A text without white space, and without hyphens and directions that only serve the layout."""
    return "".join(text.replace("\u00ad", "").translate(CONTROLS).split())


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "en with ar"])
def test_every_letter_is_found_by_poppler(name: str, tmp_path: Path) -> None:
    found = folded(poppler(make(name, tmp_path)))
    assert [block for block in blocks(name) if folded(block) not in found] == []


@pytest.mark.parametrize(
    "name", [name for name in TEXTS if name not in (*RIGHT_TO_LEFT, "en with ar")]
)
def test_every_letter_is_found_by_pdfium(name: str, tmp_path: Path) -> None:
    found = folded(pdfium(make(name, tmp_path)))
    assert [block for block in blocks(name) if folded(block) not in found] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_in_any_script_keeps_both_standards(name: str, tmp_path: Path) -> None:
    assert run_pdf_checks(make(name, tmp_path)) == []


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


def test_words_of_another_direction_are_found(tmp_path: Path) -> None:
    found = poppler(make("en with ar", tmp_path)).translate(CONTROLS)
    assert all(word in found for word in ("حقوق", "الإنسان", "المادة", "1948"))
