"""Set the text of finished EPUBs with Typst, to compare its lines with those of the PDFs.

Run `python -m benchmarks.typstlines FOLDER build/*/NAME.epub`, with `pip install typst`.  It
writes one PDF for each EPUB into the folder and prints the same figures as
`python -m benchmarks.typesetting`: the numbered paragraphs in the same face and size, on lines as
long as those of the page, justified and hyphenated, and all else as Typst has it.  Bold, italics
and note marks are set as plain text or left out, and items of lists are not indented.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import typst  # type: ignore[import-not-found,unused-ignore]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped,unused-ignore]
from fontTools.varLib import instancer  # type: ignore[import-untyped,unused-ignore]
from lxml import etree

from benchmarks.typesetting import print_figures

HTML = "{http://www.w3.org/1999/xhtml}"

PAGE = """\
#set page(width: 595.28pt, height: 841.89pt, margin: (left: 119pt, right: 84pt, y: 80pt))
#set text(font: "Measured Serif", size: 11pt, lang: {language}, hyphenate: true)
#set par(justify: true, leading: 0.6em, spacing: 24pt)
"""
PARAGRAPH = "#par([#h(-20pt)#box(width: 20pt)[#text(size: 7pt)[1]]#{text}])\n"


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    made = [_set(Path(name), folder) for name in sys.argv[2:]]
    print_figures(made)


def _set(book: Path, folder: Path) -> Path:
    """Write the PDF of one EPUB and return its path."""
    language, paragraphs = _read(book)
    text = PAGE.format(language=_quote(language))
    text += "".join(PARAGRAPH.replace("{text}", _quote(one)) for one in paragraphs)
    target = folder / f"{language}.pdf"
    with tempfile.TemporaryDirectory() as faces:
        _write_face(Path(faces))
        source = Path(faces, "text.typ")
        source.write_text(text, "utf-8")
        typst.compile(source, output=target, font_paths=[faces], ignore_system_fonts=True)
    return target


def _read(book: Path) -> tuple[str, list[str]]:
    """Return the language of an EPUB and its numbered paragraphs, as plain text."""
    with zipfile.ZipFile(book) as archive:
        names = sorted(name for name in archive.namelist() if "/text-" in name)
        roots = [etree.fromstring(archive.read(name)) for name in names]
    return roots[0].get("lang", "en"), [text for root in roots for text in _paragraphs(root)]


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for element in root.iter(f"{HTML}p", f"{HTML}li"):
        if element.get("data-number"):
            for mark in element.iter(f"{HTML}span", f"{HTML}a"):
                if mark.get("class") == "number" or mark.get("role") == "doc-noteref":
                    mark.text = ""
            yield " ".join("".join(map(str, element.itertext())).split())


def _write_face(folder: Path) -> None:
    """Write the text face at the size and weight that the PDFs use, under a name of its own."""
    data = files("fontpkg_source_serif_4") / "files" / "SourceSerif4[opsz,wght].ttf"
    with data.open("rb") as stream:
        face = instancer.instantiateVariableFont(TTFont(stream), {"opsz": 11, "wght": 400})
        for name in (1, 4, 16):
            face["name"].setName("Measured Serif", name, 3, 1, 0x409)
        face.save(folder / "measured.ttf")


def _quote(text: str) -> str:
    """Return a string of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
