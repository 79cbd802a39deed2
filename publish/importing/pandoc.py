"""Formats that only pandoc reads: it makes HTML of them, if it is installed.

It runs without a shell and with `--sandbox`, so that it reads no other file and fetches nothing,
for a limited time, and its answer is limited, too.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from publish.containers.refusing import make_file_error
from publish.containers.zipfiles import ArchiveLimits, is_zip, read_zip
from publish.errors import UsageError
from publish.files import temporary_folder
from publish.importing.markup.pagereader import read_html
from publish.importing.results import Imported, Loss

__all__ = ["PANDOC_FORMATS", "read_with_pandoc"]

PANDOC_FORMATS = {
    ".odt": "odt", ".rtf": "rtf", ".epub": "epub", ".tex": "latex", ".latex": "latex",
    ".rst": "rst", ".org": "org", ".textile": "textile", ".mediawiki": "mediawiki",
    ".dbk": "docbook", ".docbook": "docbook", ".fb2": "fb2", ".ipynb": "ipynb", ".opml": "opml",
    ".jats": "jats", ".t2t": "t2t", ".muse": "muse", ".creole": "creole",
}  # fmt: skip
"""The names of formats by the ends of file names."""
SECONDS = 120
UNTITLED = "publish-import-without-a-title"
MOST_SAID = 50
"""So many lines of warnings are listed."""
NOISE = re.compile(r"translation")
"""What pandoc says of its own words, not of the file."""
MEMORY = "-M1500m"
"""The most memory that pandoc's own runtime may take."""
MOST_BYTES = 64 * 2**20


def read_with_pandoc(data: bytes, file: Path, *, language: str = "en", name: str = "") -> Imported:
    """Return the document of a file that pandoc reads.

    Raises UsageError where pandoc is not installed, PublishError (code `kit-file`) for a file that
    it cannot read.
    """
    program = shutil.which("pandoc")
    if program is None:
        raise UsageError(
            f"{file.suffix} files are read by pandoc, which is not installed",
            hint="install it: apt install pandoc, brew install pandoc, or pandoc.org/installing; "
            "or save the file as Word (.docx) or HTML in the program it was made with",
        )
    kind = PANDOC_FORMATS[file.suffix.lower()]
    if is_zip(data):
        read_zip(data, str(file), ArchiveLimits(entries=5000))
    html, said = _convert(program, kind, data, file)
    html = html.replace(f"<title>{UNTITLED}</title>".encode(), b"")
    imported = read_html(html, str(file), language=language, name=name, whole=True)
    told = tuple(Loss(kind="told by pandoc", reason=line) for line in said)
    return replace(imported, losses=(*told, *imported.losses))


def _convert(program: str, kind: str, data: bytes, file: Path) -> tuple[bytes, list[str]]:
    """Return the page that pandoc makes of a file, its pictures within, and what it warns of."""
    with temporary_folder() as folder:
        given = folder / f"file{file.suffix.lower()}"
        given.write_bytes(data)
        words = [program, "+RTS", MEMORY, "-RTS", "--sandbox", f"--from={kind}", "--to=html5"]
        words += ["--standalone", "--self-contained", "--mathml", "--wrap=none"]
        words += [f"--metadata=pagetitle:{UNTITLED}", f"--output={folder / 'out.html'}"]
        try:
            done = subprocess.run(
                [*words, str(given)],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise make_file_error(
                f"pandoc took more than {SECONDS} seconds", str(file), "divide the file"
            ) from None
        made = folder / "out.html"
        if done.returncode or not made.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().replace(str(folder), "")
            raise make_file_error(f"pandoc cannot read it: {said[:300]}", str(file))
        if made.stat().st_size > MOST_BYTES:
            raise make_file_error("what pandoc made of it is too large", str(file))
        said = done.stderr.decode("utf-8", "replace").replace(str(folder), "")
        lines = [line for line in said.splitlines() if line.strip() and not NOISE.search(line)]
        return made.read_bytes(), lines[:MOST_SAID]
