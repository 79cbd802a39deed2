"""Formulas: drawn in the PDF, MathML in the EPUB, one mark in a catalog."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import polib
import pypdf
import pytest
from validators import run_epubcheck, run_pdf_checks

from publish.cli.main import main
from publish.editions.page.formulas import read_mathml

REPORT = r"""---
title: Rates
published: 2024-01-01
---

# Rates of $`x^2`$

The rate is $`r = \frac{d}{n}`$ for all.

$$
\text{rate} = \sum_{i=1}^{n} \frac{d_i}{p_i} \times 100\,\%
$$

- The table below.

  $$ E = mc^2 $$

| a | b |
|---|---|
| $`\sqrt{x}`$ | 2 |
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("formulas")
    (root / "source").mkdir()
    (root / "source/r.md").write_text(REPORT, "utf-8")
    settings = 'source-language = "en"\nlanguages = ["en", "ru"]\nbilingual = ["en+ru"]\n'
    (root / "publish.toml").write_text(f'{settings}form = "report"\n', "utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    path = root / "locales/ru/LC_MESSAGES/r.po"
    catalog = polib.pofile(str(path))
    entry = next(one for one in catalog if one.msgid.startswith("The rate"))
    entry.msgstr = r"Доля $`r = \frac{d}{n}`$ одна для всех."
    catalog.save()
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


@pytest.mark.full
def test_outside_programs_have_nothing_to_say(built: Path, tmp_path: Path) -> None:
    for name in ("en", "ru", "en+ru"):
        assert run_pdf_checks(built / f"build/{name}/r.pdf") == []
    books = {name: (built / f"build/{name}/r.epub").read_bytes() for name in ("en", "ru", "en+ru")}
    assert run_epubcheck(tmp_path, books) == {name: [] for name in books}
    assert main(["check", "--built", "-C", str(built)]) == 0


def test_a_pdf_tags_formulas_with_their_tex(built: Path) -> None:
    reader = pypdf.PdfReader(built / "build/ru/r.pdf")
    found = [
        str(node["/Alt"])
        for number in range(1, int(str(reader.trailer["/Size"])))
        if isinstance(node := reader.get_object(number), pypdf.generic.DictionaryObject)
        and node.get("/S") == "/Formula"
    ]
    assert sorted(found) == sorted(
        [
            "x^2",
            "x^2",  # In the contents, too.
            r"r = \frac{d}{n}",
            r"\text{rate} = \sum_{i=1}^{n} \frac{d_i}{p_i} \times 100\,\%",
            "E = mc^2",
            r"\sqrt{x}",
        ]
    )


def test_a_book_has_mathml(built: Path) -> None:
    with zipfile.ZipFile(built / "build/ru/r.epub") as book:
        page = book.read("EPUB/text-1.xhtml").decode()
        package = book.read("EPUB/content.opf").decode()
    assert page.count("<math ") == 5
    assert page.count('display="block"') == 2
    assert "formula-" not in page
    assert re.search(r'href="text-1.xhtml"[^>]*properties="mathml"', package) or re.search(
        r'properties="mathml"[^>]*href="text-1.xhtml"', package
    )
    assert 'href="title.xhtml" ' in package


def test_an_altered_formula_of_a_book_is_found(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = built / "build/ru/r.epub"
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as book:
        parts = [(one, book.read(one)) for one in book.infolist()]
    try:
        with zipfile.ZipFile(path, "w") as book:
            for one, data in parts:
                book.writestr(one, data.replace(b"<mi>m</mi>", b"<mi>n</mi>"))
        assert main(["check", "--built", "-C", str(built), "-l", "ru"]) == 1
        assert "E = mc^2" in capsys.readouterr().out
    finally:
        path.write_bytes(whole)


def test_a_lost_formula_of_a_translation_is_found(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = built / "locales/ru/LC_MESSAGES/r.po"
    text = path.read_text("utf-8")
    try:
        path.write_text(text.replace(r"Доля $`r = \\frac{d}{n}`$", "Доля"), "utf-8")
        assert path.read_text("utf-8") != text
        assert main(["check", "-C", str(built), "-l", "ru"]) == 1
        assert r"\frac{d}{n}" in capsys.readouterr().out
    finally:
        path.write_text(text, "utf-8")


def test_mathml_has_its_tex_as_alternative_text() -> None:
    assert read_mathml("a\n+ b", display=True).get("alttext") == "a + b"
