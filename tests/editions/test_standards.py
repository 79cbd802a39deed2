"""The metadata of a PDF, and that an outside judge sees when a claim is not kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader
from test_pdf import MAP, SAMPLE, source
from validators import run_pdf_checks

from publish.editions.pdf.rendering import render
from publish.editions.pdf.standards import STANDARDS, PdfMetadata, xmp
from publish.settings import PDF_VARIANTS, Settings

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=20)


def test_the_settings_know_these_standards_and_no_others() -> None:
    assert tuple(STANDARDS) == PDF_VARIANTS
    assert Settings().pdf_variant == PDF_VARIANTS[0]


@given(LETTERS, LETTERS, st.lists(LETTERS.filter(bool), max_size=3).map(tuple))
def test_any_text_stands_in_the_metadata_as_it_is(
    title: str, description: str, authors: tuple[str, ...]
) -> None:
    about = PdfMetadata(
        title=title,
        language="tk",
        producer="a & b",
        authors=authors,
        description=description,
        keywords="<c>",
        day="2024-06-24T00:00:00Z",
    )
    root = etree.fromstring(xmp(STANDARDS["pdf/a-3a+ua-1"], about))
    texts = ["".join(map(str, e.itertext())) for e in root.iter(f"{RDF}li") if not len(e)]
    kept = [text for text in (title, "tk", *authors, description) if text]
    assert [text for text in texts if text and text != "part"][: len(kept)] == kept


def sample(variant: str) -> bytes:
    head = (
        b'<meta name="author" content="A"/><meta name="description" content="D"/>'
        b'<meta name="keywords" content="k, l"/>'
        b'<meta name="dcterms.modified" content="2024-06-24"/></head>'
    )
    given_source = source(SAMPLE, map=MAP)
    xhtml = given_source.xhtml.replace(b"</head>", head)
    return render(replace(given_source, xhtml=xhtml, variant=variant)).data


@pytest.mark.parametrize("variant", STANDARDS)
def test_one_file_keeps_both_standards(variant: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(sample(variant))
    assert run_pdf_checks(path, STANDARDS[variant].part) == []


def test_a_file_says_the_day_of_its_text_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(sample("pdf/a-3a+ua-1"))
    found = PdfReader(path).metadata
    assert found is not None
    assert {key: str(value) for key, value in found.items()} == {
        "/Producer": "WeasyPrint 70.0",
        "/Title": "Adam söwdasy",
        "/Author": "A",
        "/Subject": "D",
        "/Keywords": "k, l",
        "/CreationDate": "D:20240624000000Z",
        "/ModDate": "D:20240624000000Z",
    }
    assert path.read_bytes().count(b"2024-06-24T00:00:00Z") == 2


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "PDFUA1-ID-PART-": lambda pdf: pdf.replace(b"pdfuaid:part>1<", b"pdfuaid:part>9<"),
    "PDFA3A-": lambda pdf: pdf.replace(b"pdfaid:part>3<", b"pdfaid:part>9<"),
    "PDFA3A-METADATA": lambda pdf: pdf.replace(b"/Type /Metadata", b"/Type /Metadatb"),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_claim_that_is_taken_out_is_missed(rule: str, tmp_path: Path) -> None:
    pdf = sample("pdf/a-3a+ua-1")
    path = tmp_path / "a.pdf"
    path.write_bytes(BROKEN[rule](pdf))
    assert path.read_bytes() != pdf
    assert any(line.startswith(rule) for line in run_pdf_checks(path))


def test_an_image_without_words_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from publish.editions.pdf.tags import tagfile

    monkeypatch.setattr(
        tagfile, "_ATTRIBUTES", {k: v for k, v in tagfile._ATTRIBUTES.items() if k != "Figure"}
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(sample("pdf/a-3a+ua-1"))
    assert any(line.startswith("PDFUA1-FIGURE") for line in run_pdf_checks(path))
