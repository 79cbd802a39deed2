"""A widened line made of known words has the bytes of one that Pango sets as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from publish.editions.fonts import SYMBOL_FAMILY, TEXT_FAMILY, find_font_faces
from publish.editions.pdf.letters import drawing, wordshapes
from publish.editions.pdf.rendering import PdfInput, render

FAMILIES = (TEXT_FAMILY, "Noto Sans Devanagari", SYMBOL_FAMILY)

TEXTS = (
    "The affluent office of AVATAR Yolk, LTD., self-evidently “quoted” it: 12.5 % of all 2 024"
    " offices, №\u00a05 and §\u00a07, in the office of the affluent Yolk — which is all of it. ",
    "Жили-были старик со старухой; «объезд» №\u00a05 и 12,5 % всех 2 024 контор старика — это"
    " старик и старуха, § 7 и ещё раз старик со старухой, всего 1\u00a0948 и 12. ",
    "Mixed слова of two письменностей in каждой line of the text, и потом office старухой. ",
    "A sign ☂ of another font and क्षत्रिय of another script, a  double space, and office. ",
)
CSS = (
    "@page { size: 74mm 200mm; margin: 7mm } "
    "p { text-align: justify; hyphens: auto } .caps { font-variant-caps: small-caps } "
    ".wide { word-spacing: 1pt } .set-apart { letter-spacing: 0.3pt } "
    ".pre { white-space: pre-wrap } body { font: 10pt/15pt "
    + ", ".join(f'"{family}"' for family in FAMILIES)
    + " }"
)


def make_pdf() -> bytes:
    kinds = ("plain", "caps", "wide", "set-apart", "pre")
    body = "".join(
        f'<p class="{kind}">{text * 2}</p><p class="{kind}"><i>{text}</i><u>{text}</u></p>'
        for kind in kinds
        for text in TEXTS
    )
    xhtml = (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head>'
        f"<body>{body}</body></html>"
    )
    faces = find_font_faces(FAMILIES)
    return render(PdfInput(xhtml=xhtml.encode(), css=CSS, faces=faces, images={})).data


@pytest.fixture(scope="module")
def slowly() -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "find_line", lambda *_: None)
        patch.setattr(drawing, "learn_words", lambda *_: None)
        return make_pdf()


def test_known_words_make_the_same_bytes(slowly: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[tuple[str, bool]] = []

    def find(shapes: Any, text: str, *more: Any) -> Any:
        line = wordshapes.find_line(shapes, text, *more)
        found.append((text, line is not None))
        return line

    wordshapes.forget_words()
    monkeypatch.setattr(drawing, "find_line", find)
    assert make_pdf() == slowly
    assert any(known for _, known in found)
    found.clear()
    assert make_pdf() == slowly
    assert any("office" in text and known for text, known in found)
    assert any("старух" in text and known for text, known in found)
    assert not any(known for text, known in found if "☂" in text or "слова" in text)


@pytest.mark.full
def test_other_spaces_than_expected_are_asked_for(
    slowly: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    wordshapes.forget_words()
    monkeypatch.setattr(wordshapes, "_halve", lambda number: number // 3)
    assert [make_pdf(), make_pdf()] == [slowly, slowly]
    wordshapes.forget_words()


@pytest.mark.full
def test_words_are_forgotten_when_there_are_too_many(
    slowly: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    wordshapes.forget_words()
    monkeypatch.setattr(wordshapes, "MOST_WORDS", 40)
    assert [make_pdf(), make_pdf()] == [slowly, slowly]
    assert wordshapes.count_words() < 120
