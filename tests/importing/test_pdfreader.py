"""The text of a PDF, as a last resort."""

from __future__ import annotations

import pytest

from publish.errors import PublishError
from publish.importing.pdfreader import read_pdf
from publish.reading.writing.document import write_document

LINES = (
    (24, 720, "The water report"),
    (11, 680, "It rained in spring, and the fields were green all"),
    (11, 667, "over the valley, as people said who had waited."),
    (16, 630, "What to do about"),
    (16, 612, "the gates"),
    (11, 585, "Open them in time."),
    (11, 555, "Ask farmers first."),
)


def make_pdf(lines: tuple[tuple[int, int, str], ...]) -> bytes:
    """A PDF of one page, written by hand."""
    drawn = "".join(f"BT /F1 {size} Tf 72 {at} Td ({text}) Tj ET\n" for size, at, text in lines)
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}endstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    pdf, offsets = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(pdf))
        pdf += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(pdf)
    pdf += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<</Size 6/Root 1 0 R>>\n"
    return f"{pdf}startxref\n{start}\n%%EOF\n".encode("latin-1")


def test_words_and_large_lines_are_read() -> None:
    imported = read_pdf(make_pdf(LINES), "x.pdf", name="x")
    assert write_document(imported.document) == (
        '---\ntitle: "The water report"\n---\n\n'
        "It rained in spring, and the fields were green all over the valley, as people said "
        "who had waited.\n\n# What to do about the gates {#what-to-do-about-the-gates}\n\n"
        "Open them in time.\n\nAsk farmers first.\n"
    )
    assert "tables, lists, notes and links of a PDF are not known" in imported.part


def test_a_pdf_without_text_or_a_damaged_one_is_refused() -> None:
    with pytest.raises(PublishError, match="has no text"):
        read_pdf(make_pdf(()), "x.pdf")
    with pytest.raises(PublishError, match="the PDF is damaged"):
        read_pdf(b"%PDF-1.4\nbroken", "x.pdf")
