"""Read a file of another program, whatever its kind, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from publish.errors import UsageError
from publish.files import stays_inside
from publish.importing.markup.pagereader import read_html
from publish.importing.pandoc import PANDOC_FORMATS, read_with_pandoc
from publish.importing.pdfreader import read_pdf
from publish.importing.plaintext.textreader import read_text
from publish.importing.results import Imported
from publish.importing.word.book import Comments
from publish.importing.word.documents import read_word_document
from publish.importing.word.preparing import Changes

__all__ = ["PAGES", "ForeignOptions", "find_foreign", "read_foreign"]

PAGES = (".html", ".htm", ".xhtml")
WORD = (".docx", ".docm", ".dotx", ".dotm", ".doc")
MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn")
MOST_BYTES = 256 * 2**20
MOST_PICTURE = 64 * 2**20
FIRST = ("index.html", "index.htm")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignOptions:
    """How a file is read: `select` is the part of a page, the others are of Word files."""

    language: str = "en"
    name: str = ""
    select: str = ""
    changes: Changes = "accepted"
    comments: Comments = "dropped"


@dataclass(frozen=True, slots=True)
class _FolderPictures(Mapping[str, bytes]):
    """The pictures that a page in a folder can show: files in that folder, read when asked for."""

    folder: Path

    def _find(self, src: str) -> Path | None:
        if not src or "\0" in src or "://" in src or src.startswith(("/", "\\")):
            return None
        path = self.folder / unquote(src)
        try:
            found = path.is_file() and stays_inside(path, self.folder)
        except (OSError, ValueError):
            return None
        return path if found and path.stat().st_size <= MOST_PICTURE else None

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def __getitem__(self, key: str) -> bytes:
        path = self._find(key)
        if path is None:
            raise KeyError(key)
        return path.read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def find_foreign(path: Path) -> Path:
    """Return the file to read: a file itself, or the page of a folder that was saved.

    Raises UsageError where there is none, or more than one.
    """
    if path.is_file():
        return path
    if not path.is_dir():
        raise UsageError(f"there is no file or folder {path}")
    pages = sorted(one for one in path.iterdir() if one.suffix.lower() in PAGES and one.is_file())
    first = [one for one in pages if one.name.lower() in FIRST]
    if len(pages) == 1 or first:
        return (first or pages)[0]
    if not pages:
        raise UsageError(
            f"there is no page (.html) in the folder {path}",
            hint="name a file; chapters in Markdown are a source already: copy the folder into "
            "source/, or, if they are a translation, say --translation and its language",
        )
    shown = ", ".join(one.name for one in pages[:5])
    raise UsageError(f"the folder {path} has several pages: {shown}", hint="import them one by one")


def read_foreign(file: Path, options: ForeignOptions) -> Imported:
    """Return the document of a file.

    Raises UsageError for a kind of file that nobody here reads, and PublishError (code `kit-file`)
    for a file that cannot be read or is beyond the limits.
    """
    if file.stat().st_size > MOST_BYTES:
        raise UsageError(f"{file} has more than {MOST_BYTES // 2**20} MiB")
    suffix = file.suffix.lower()
    data = file.read_bytes()
    if suffix in PAGES:
        return _read_page(data, file, options)
    how = {"language": options.language, "name": options.name}
    if options.select:
        raise UsageError(f"--select chooses a part of a web page, and {file.name} is none")
    if suffix in WORD:
        return _read_word(data, file, options)
    if suffix in (".txt", ".text", ""):
        return read_text(data, str(file), **how)
    if suffix == ".pdf":
        return read_pdf(data, str(file), **how)
    if suffix in PANDOC_FORMATS:
        return read_with_pandoc(data, file, **how)
    if suffix in MARKDOWN:
        raise UsageError(
            f"{file.name} is Markdown already", hint="copy it, and its pictures, into source/"
        )
    known = ", ".join((*WORD[:1], *PAGES[:1], ".txt", ".odt", ".rtf", ".epub", ".tex", ".pdf"))
    raise UsageError(
        f"files of the kind {suffix} cannot be imported",
        hint=f"save it in the program it was made with as one of: {known}",
    )


def _read_page(data: bytes, file: Path, options: ForeignOptions) -> Imported:
    return read_html(
        data,
        str(file),
        language=options.language,
        name=options.name,
        select=options.select,
        pictures=_FolderPictures(file.parent),
    )


def _read_word(data: bytes, file: Path, options: ForeignOptions) -> Imported:
    return read_word_document(
        data,
        str(file),
        language=options.language,
        name=options.name,
        changes=options.changes,
        comments=options.comments,
    )
