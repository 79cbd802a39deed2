"""Measure all editions, and compare with a chain of po4a, pandoc and WeasyPrint.

Run `python -m benchmarks.chain`, with po4a and pandoc installed.  The chain is po4a for the
translations, pandoc for EPUB and HTML, and WeasyPrint for the PDF, one command after another as in
a shell script.  It is measured twice:

- the same: with the same translations, style sheet and typefaces, hyphenation, and tags (PDF/UA-1;
  these programs cannot make PDF/A-3a at the same time);
- as it comes: with the look of pandoc, the typefaces of the machine, and no tags.

Both lack the cover, imprint, paragraph numbers, language of each passage, page list and checks, so
the comparison favours the chain.  It prints CPU seconds, and elapsed seconds of `publish build`
with a worker for each core against the script, which uses one core.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import polib

from benchmarks.prose import ROOT
from benchmarks.series import LANGUAGES, NAME, cold, copy_report, least
from publish.building.preparing import prepare
from publish.editions.fonts import write_face_css
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.writers import make_pdf_input
from publish.languages.registry import find
from publish.model import Document, proses
from publish.project.workspace import open_workspace
from publish.reading.marks.canonical import serialise_inlines
from publish.translation.loading import Loader

ROUNDS, SERIES = 5, 12
"""How often the six editions are made, and how many documents the series has."""


def main() -> None:
    if not (shutil.which("po4a-translate") and shutil.which("pandoc")):
        print("SKIPPED: po4a or pandoc is not installed")
        return
    with tempfile.TemporaryDirectory() as name:
        known = translations()
        root, many = (copy_report(Path(name) / f"ours-{count}", count) for count in (1, SERIES))
        same, plain = (prepared(Path(name) / look, known) for look in ("same", "plain"))
        for look, folder, pdf in (("the same", same, same_pdf), ("as it comes", plain, plain_pdf)):
            _compare(f"six editions, {look}", root, partial(run_chain, folder, pdf), ROUNDS)
        _compare(f"{SERIES} documents, the same", many, partial(_again, same), rounds=1)


def _again(folder: Path) -> None:
    """Run the chain for a series, where no document can reuse the work for another."""
    for _ in range(SERIES):
        run_chain(folder, same_pdf)


def _compare(what: str, root: Path, chain: Callable[[], None], rounds: int) -> None:
    """Print the cost of our editions and that of the chain, measured in turn."""
    ours, theirs = least(rounds, lambda: cold(root, 1), chain)
    print(f"{what}: {ours:.2f} s of CPU, the chain {theirs:.2f} s; ratio {ours / theirs:.2f}")
    clock, cores = time.perf_counter, os.cpu_count() or 1
    ours, theirs = least(rounds, lambda: cold(root, cores), chain, clock=clock)
    elapsed = f"  elapsed, {cores} workers: {ours:.2f} s, the chain {theirs:.2f} s"
    print(f"{elapsed}; ratio {ours / theirs:.2f}")


# --------------------------------------------------------------------------- input


def translations() -> dict[str, dict[str, str]]:
    """Return the translation of every paragraph by language and by the letters of the source."""
    workspace = open_workspace(ROOT)
    source = workspace.read(NAME)
    return {
        tag: dict(
            _pairs(
                source, prepare(Loader(workspace), NAME, find(tag), use_fuzzy=False).text.document
            )
        )
        for tag in LANGUAGES[1:]
    }


def _pairs(source: Document, translated: Document) -> Iterator[tuple[str, str]]:
    for one, other in zip(proses(source), proses(translated), strict=True):
        yield _letters(serialise_inlines(one.content)), serialise_inlines(other.content)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def prepared(folder: Path, known: dict[str, dict[str, str]]) -> Path:
    """Return a folder with the source, translated catalogs of po4a, style sheet and typefaces."""
    folder.mkdir()
    text = (ROOT / f"source/{NAME}.md").read_text("utf-8")
    (folder / "en.md").write_text(re.sub(r"\{[^}\n]*\}", "", text), "utf-8")
    for tag in LANGUAGES[1:]:
        _po4a(folder, "po4a-updatepo", "-p", f"{tag}.po", "-m", "en.md")
        path = folder / f"{tag}.po"
        path.write_text(path.read_text("utf-8").replace("CHARSET", "UTF-8"), "utf-8")
        catalog = polib.pofile(str(path))
        for entry in catalog:
            entry.msgstr = known[tag].get(_letters(entry.msgid), entry.msgid)
        found = sum(entry.msgstr != entry.msgid for entry in catalog)
        assert found > len(catalog) * 0.8, f"{tag}: only {found} of {len(catalog)} paragraphs"
        catalog.save()
    made = prepare(Loader(open_workspace(ROOT)), NAME, find("ru"), use_fuzzy=False)
    source = make_pdf_input(made.text, make_edition_tree(made.text, made.materials), made.materials)
    (folder / "style.css").write_text(write_face_css(source.faces) + source.css, "utf-8")
    return folder


# --------------------------------------------------------------------------- the chain


def run_chain(folder: Path, pdf: Callable[[Path, str], None]) -> None:
    for tag in LANGUAGES:
        if tag != "en":
            words = ("-m", "en.md", "-p", f"{tag}.po", "-l", f"{tag}.md", "-k", "0")
            _po4a(folder, "po4a-translate", *words)
        _run(folder, "pandoc", f"{tag}.md", "-o", f"{tag}.epub", "--toc", f"--metadata=lang:{tag}")
        pdf(folder, tag)


def same_pdf(folder: Path, tag: str) -> None:
    """Make a tagged PDF with the look of our editions."""
    _html(folder, tag, "--css=style.css", "--variable=document-css:false")
    _weasyprint(folder, tag, "--pdf-tags", "--pdf-variant", "pdf/ua-1")


def plain_pdf(folder: Path, tag: str) -> None:
    """Make a PDF with the look of pandoc."""
    _html(folder, tag)
    _weasyprint(folder, tag)


def _html(folder: Path, tag: str, *words: str) -> None:
    options = ("--standalone", "--toc", f"--metadata=lang:{tag}")
    _run(folder, "pandoc", f"{tag}.md", "-o", f"{tag}.html", *options, *words)


def _weasyprint(folder: Path, tag: str, *words: str) -> None:
    _run(folder, sys.executable, "-m", "weasyprint", *words, f"{tag}.html", f"{tag}.pdf")


def _po4a(folder: Path, program: str, *words: str) -> None:
    _run(folder, program, "-f", "text", "-o", "markdown", "-M", "UTF-8", *words)


def _run(folder: Path, *words: str) -> None:
    subprocess.run(words, cwd=folder, check=True, capture_output=True)


if __name__ == "__main__":
    main()
