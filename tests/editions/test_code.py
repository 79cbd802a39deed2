"""Code in a monospaced face, its long lines marked; addresses that break where nothing is added."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from benchmarks.pagelines import words_of
from publish.cli.main import main
from publish.editions.page.addresses import write_address
from publish.editions.page.xhtml import make_element

FRONT = "---\ntitle: Code\npublished: 2024-01-31\n---\n\n# A\n\n"
TREE = "```\n├── source\n│   └── report.md  ✔\ni  l  1  m|\nMM ww 11 i|\n```\n"
LONG = "run --first-option=value " * 8


def build(root: Path, text: str, setting: str = "") -> Path:
    (root / "source").mkdir(parents=True)
    (root / "source/t.md").write_text(FRONT + text, "utf-8")
    (root / "publish.toml").write_text(
        f'source-language = "en"\nlanguages = ["en"]\n{setting}\n', "utf-8"
    )
    assert main(["build", "-q", "-C", str(root)]) == 0
    assert main(["check", "--built", "-q", "-C", str(root)]) == 0
    return root / "build/en/t.pdf"


def fonts(file: Path) -> str:
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    return str([font["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()])  # type: ignore[index]  # noqa: E501  # fmt: skip


def test_columns_of_code_stay_columns(tmp_path: Path) -> None:
    file = build(tmp_path, f"Text with `code` in it.\n\n{TREE}")
    assert "Source-Code-Pro" in fonts(file)
    ends = [w.right for _, page in words_of(file) for w in page if w.text.endswith("|")]
    assert len(ends) == 2
    assert ends[0] == pytest.approx(ends[1], abs=0.01)


def test_a_long_line_of_code_goes_on_with_a_mark(tmp_path: Path) -> None:
    file = build(tmp_path, f"```\nshort\n{LONG}\nlast\n```\n")
    shown = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True)
    lines = [line.strip() for line in shown.stdout.splitlines()]
    first = lines.index("short")
    code = lines[first : lines.index("last")]
    assert [line.startswith("↳") for line in code] == [False, False, *[True] * (len(code) - 2)]
    assert len(code) > 3
    assert " ".join(code).replace("↳ ", "").split()[1:] == LONG.split()


@pytest.mark.full
def test_an_embedded_font_shows_the_code_of_a_book(tmp_path: Path) -> None:
    build(tmp_path, TREE, 'epub-fonts = "embedded"')
    with zipfile.ZipFile(tmp_path / "build/en/t.epub") as book:
        style = book.read(next(name for name in book.namelist() if name.endswith("style.css")))
        assert any(name.endswith("face-code.woff2") for name in book.namelist())
    assert b'pre, code { font-family: "Source Code Pro", "Symbols", monospace; }' in style


ADDRESSES = [
    "https://www.documentation-organisation.example.org/international/publications/conservation.html",
    "https://example.org/annexes/annex-3-interviews/index.html?lang=en&format=pdf#section-12",
    "information.department@internationalorganisation.example.org",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_keeps_its_text_and_breaks_after_no_hyphen(address: str) -> None:
    link = make_element("a")
    write_address(link, address)
    assert "".join(map(str, link.itertext())) == address
    pieces = re.split("<wbr[^>]*>", "".join(_marked(link)))
    assert len(pieces) > 3
    assert not any(piece.endswith(("-", ".")) for piece in pieces)
    assert "https:" not in pieces


def _marked(link: object) -> list[str]:
    parts = [link.text or ""]  # type: ignore[attr-defined]
    for child in link:  # type: ignore[attr-defined]
        parts += ["<wbr/>" if child.tag.endswith("wbr") else child.text or "", child.tail or ""]
    return parts


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("mark", ["{}", "<{}>"])
def test_lines_of_an_address_join_to_the_address(tmp_path: Path, address: str, mark: str) -> None:
    text = f"Reports are found in many places, one of which is {mark.format(address)} today.\n"
    file = build(tmp_path, text)
    shown = "".join(w.text for _, page in words_of(file) for w in page)
    assert address in shown
    assert "\u00ad" not in shown
    links = [note.get_object()["/A"]["/URI"] for page in PdfReader(file).pages for note in page.get("/Annots", []) if "/A" in note.get_object()]  # noqa: E501  # fmt: skip
    assert address in "".join(links)
    with zipfile.ZipFile(tmp_path / "build/en/t.epub") as book:
        page = book.read(next(name for name in book.namelist() if "text-1" in name))
    assert b'class="address"' in page


def test_a_line_that_an_address_would_tear_is_set_flush_left(tmp_path: Path) -> None:
    address = "http://www.example.org/reports/" + "documentationofforced" * 3 + "/end"
    file = build(tmp_path, f"See this place {address} and other places like it, please.\n" * 2)
    words = [w for _, page in words_of(file) for w in page]
    at = next(n for n, w in enumerate(words) if w.text.strip() == "place")
    assert words[at].left - words[at - 1].right < 4
