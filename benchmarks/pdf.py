"""Measure the PDF: the cost of tags and standards, a long report, and other programs.

Run `python -m benchmarks.pdf [FOLDER]`.  The text is that of the report, with its body repeated
under new ids for more pages.  Plain WeasyPrint renders the same tree with the same style sheet and
fonts, but without tags and standards; both are rendered in turn, and the least CPU seconds are
compared.  Chromium, if installed, prints the same tree.  typst, if its Python package is installed
or in FOLDER, sets the same headings and paragraphs as PDF/UA-1, without lists, notes, cover and
contents.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.prose import ROOT
from publish.building.preparing import PreparedText, prepare
from publish.editions.fonts import find_font_faces, write_face_css
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.pdf.document import PdfInput, make_document, parse_document
from publish.editions.pdf.engine import BASE, address_images, make_fetcher, seal_environment
from publish.editions.pdf.rendering import render
from publish.editions.writers import make_pdf_input
from publish.languages.registry import find
from publish.model import Block, Heading, Paragraph, plain
from publish.project.workspace import open_workspace
from publish.reading.locations import number_paragraphs
from publish.translation.loading import Loader

NAME, ROUNDS = "tip-2024-turkmenistan", 5
SMALL, LARGE = 1, 34
"""How often the body is repeated, for about 10 and 250 pages."""


def main() -> None:
    sys.path += sys.argv[1:]
    found = prepare(Loader(open_workspace(ROOT)), NAME, find("en"), use_fuzzy=False)
    costs = [_compare(repeated(found, times)) for times in (SMALL, LARGE)]
    print(f"cost per page, long over short: {costs[1] / costs[0]:.2f}")
    for times in (SMALL, LARGE):
        text = repeated(found, times)
        _tell("Chromium", times, partial(chromium, _input(text)))
        _tell("typst", times, partial(typst, text.text.document.body))


def repeated(found: PreparedText, times: int) -> PreparedText:
    """Return the report with its body repeated, each time under other ids and numbers."""
    document = found.text.document
    body = tuple(_again(block, number) for number in range(times) for block in document.body)
    whole = number_paragraphs(replace(document, body=body))
    return replace(found, text=replace(found.text, document=whole))


def _again(block: Block, number: int) -> Block:
    if isinstance(block, Heading) and number:
        return replace(block, id=f"{block.id}-{number}")
    return block


def _input(found: PreparedText) -> PdfInput:
    return make_pdf_input(
        found.text, make_edition_tree(found.text, found.materials), found.materials
    )


def _compare(found: PreparedText) -> float:
    """Print the cost of our PDF and of a plain one; return the CPU seconds of a page."""
    source = _input(found)
    rendered = render(source)
    pages = len(rendered.pages.starts) if rendered.pages else 0
    rounds = ROUNDS if pages < 50 else 2
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(_seconds(lambda: render(source)))
        bare.append(_seconds(lambda: plain_render(source)))
    size, plain_size = len(rendered.data), len(plain_render(source))
    print(
        f"{pages} pages: {min(ours):.2f} s of CPU, {size / 1000:.0f} kB; plain WeasyPrint "
        f"{min(bare):.2f} s, {plain_size / 1000:.0f} kB; ratio {min(ours) / min(bare):.3f}"
    )
    return min(ours) / pages


def plain_render(source: PdfInput) -> bytes:
    """Return the same document rendered by plain WeasyPrint."""
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    root = parse_document(source.xhtml)
    with seal_environment():
        import weasyprint  # type: ignore[import-untyped]

        fetcher = make_fetcher(address_images(source.images), source.faces, [])
        fonts = FontConfiguration()
        sheets = [
            weasyprint.CSS(string=css, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
            for css in (write_face_css(source.faces), source.css)
        ]
        html = make_document(root, fetcher)
        made: bytes = html.render(font_config=fonts, stylesheets=sheets).write_pdf()
    return made


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


# --------------------------------------------------------------------------- other programs


def _tell(name: str, times: int, work: Callable[[], bytes | None]) -> None:
    before, start = getrusage(RUSAGE_CHILDREN), time.process_time()
    wall = time.perf_counter()
    made = work()
    wall = time.perf_counter() - wall
    after = getrusage(RUSAGE_CHILDREN)
    cpu = time.process_time() - start
    cpu += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if made is None:
        print(f"SKIPPED: {name} is not installed")
        return
    pages = made.count(b"/Type /Page\n") + made.count(b"/Type/Page/") or "?"
    print(
        f"{name}, body × {times}: {cpu:.2f} s of CPU, {wall:.2f} s, {len(made) / 1000:.0f} kB,"
        f" pages: {pages}"
    )


def chromium(source: PdfInput) -> bytes | None:
    """Return the document as printed by Chromium, with its style sheet, without its images."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder) / "a.xhtml", Path(folder) / "a.pdf"
        style = f"<style>{write_face_css(source.faces)}{source.css}</style></head>".replace("&", "")
        page.write_bytes(source.xhtml.replace(b"</head>", style.encode()))
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return made.read_bytes()


def typst(body: tuple[Block, ...]) -> bytes | None:
    """Return headings and paragraphs set by typst, tagged, hyphenated, in the same typeface."""
    try:
        program = import_module("typst")
    except ImportError:
        return None
    fonts = sorted({str(face.path.parent) for face in find_font_faces()})
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "a.typ"
        source.write_text(_PREAMBLE + "\n\n".join(filter(None, map(_typst, body))), "utf-8")
        made: bytes = program.compile(
            str(source), font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
    return made


_PREAMBLE = """\
#set document(title: "A report", date: none)
#set page(paper: "a4", margin: 28mm)
#set text(font: "Source Serif 4", size: 10.5pt, lang: "en", hyphenate: true)
#set par(justify: true)

"""


def _typst(block: Block) -> str:
    match block:
        case Heading(level, _, prose):
            return f"{'=' * level} #{_string(plain(prose.content))}"
        case Paragraph(prose):
            return f"#{_string(plain(prose.content))}"
        case _:
            return ""


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


if __name__ == "__main__":
    main()
