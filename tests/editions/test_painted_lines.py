"""A line whose glyphs are read at once is painted as WeasyPrint paints it glyph by glyph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from publish.editions.fonts import SYMBOL_FAMILY, TEXT_FAMILY, find_font_faces
from publish.editions.pdf.letters import drawing
from publish.editions.pdf.rendering import PdfInput, render
from publish.editions.pdf.tags import tagging
from publish.errors import BuildError

FAMILIES = (
    TEXT_FAMILY,
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    SYMBOL_FAMILY,
)

LINES = (
    '<p style="text-align: justify; hyphens: auto">The affluent office of AVATAR Yolk, LTD.,'
    " self-evidently “quoted”: extraordinarily uncomplicated responsibilities — 12.5 % of all.</p>"
    "<p>Жили-были о́чень стари́к со старухой; объ\u00adезд №\u00a05 → ☂ ½</p>"
    '<p style="letter-spacing: 1.3pt; word-spacing: 2pt">spaced wide AV</p>'
    '<p style="font-size: 7pt">The affluent <b>office</b> <i>of AVATAR</i> in another size</p>'
    '<p style="font-variant-caps: small-caps">Small capitals, 1st</p>'
    '<p lang="ar" dir="rtl">يولد جميع الناس أحراراً متساوين 1948 في «أشغابات» اللَّهُ</p>'
    '<p lang="ar" dir="rtl">باب دار</p>'
    '<p lang="fa" dir="rtl">می‌آیند و خانه‌های Amnesty</p>'
    '<p lang="hi">क्षत्रिय ज्ञान श्री र्क कि मनुष्यों</p><p lang="th">น้ำ ทำ ทั้งหลาย</p>'
    '<p style="text-overflow: ellipsis; overflow: hidden; white-space: nowrap; width: 20mm">'
    "This line is cut at its end</p>"
)

CSS = (
    "@page { size: 90mm 200mm; margin: 10mm } body { font: 10pt/15pt "
    + ", ".join(f'"{family}"' for family in FAMILIES)
    + " }"
)


def make_pdf() -> bytes:
    xhtml = (
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>T</title></head>'
        f"<body>{LINES}</body></html>"
    )
    faces = find_font_faces(FAMILIES)
    return render(PdfInput(xhtml=xhtml.encode(), css=CSS, faces=faces, images={})).data


def test_lines_have_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[str] = []

    def make_painter(step: Callable[..., Any]) -> Callable[..., Any]:
        def slowly(stream: Any, textbox: Any, *more: Any) -> Any:
            left.append(textbox.text)
            return step(stream, textbox, *more)

        return drawing.make_painter(slowly)

    with monkeypatch.context() as patch:
        patch.setattr(tagging, "make_painter", make_painter)
        quickly = make_pdf()
    assert any("cut at its end" in text for text in left)
    assert not any("affluent" in text or "spaced" in text for text in left)
    monkeypatch.setattr(tagging, "make_painter", lambda step: step)
    assert make_pdf() == quickly


def test_a_library_with_another_step_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.draw import text  # type: ignore[import-untyped]

    monkeypatch.setattr(text, "draw_first_line", lambda stream: None)
    with pytest.raises(BuildError, match="draw_first_line differs"):
        make_pdf()
