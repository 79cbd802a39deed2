"""What a folder of sources has: Markdown, other texts that are not read, and their encodings."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from publish.errors import PublishError
from publish.languages.language import split_words
from publish.model import Level, Span
from publish.reading.chapters import BOOK, is_markdown, sort_paths
from publish.reading.faults import Faults

__all__ = [
    "decode_source",
    "is_unread",
    "list_book_files",
    "list_markdown",
    "list_source_folder",
    "list_unread",
    "tell_unread",
]

TEXTS = split_words(
    ".adoc .asciidoc .doc .docx .htm .html .ipynb .mdx .odt .org .pages .rst .rtf .tex .textile "
    ".txt .wiki .xhtml"
)
"""Files that a publisher may take for a part of the text."""
NO_TEXTS = frozenset(
    {"cmakelists.txt", "humans.txt", "license.txt", "requirements.txt", "robots.txt"}
)
SHOWN = 5
"""So many files that are not read are named."""
SKIPPED = frozenset({"__pycache__", "_book", "_site", "node_modules", "venv"})
"""Folders that programs make."""

CYRILLIC = split_words("ab be bg ce cv kk ky mk mn os ru sah sr tg tt tk udm uk uz")
ENCODINGS = {
    "ar": "WINDOWS-1256",
    "fa": "WINDOWS-1256",
    "ur": "WINDOWS-1256",
    "he": "WINDOWS-1255",
    "el": "WINDOWS-1253",
    "tr": "WINDOWS-1254",
    "az": "WINDOWS-1254",
    "vi": "WINDOWS-1258",
    "th": "WINDOWS-874",
    "ja": "SHIFT_JIS",
    "ko": "CP949",
    "zh": "GB18030",
    **dict.fromkeys(("et", "lt", "lv"), "WINDOWS-1257"),
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), "WINDOWS-1250"),
}
"""The encoding that Windows had for languages, by their first subtag."""
COMMON = frozenset("оеаинтсрвлкм")
"""The letters that are most frequent in Russian."""


def list_source_folder(folder: Path, name: str | None = None) -> tuple[list[Path], list[Path]]:
    """Return the Markdown files in `source/`, those called `name` or all, and the folders.

    The folder is read once, and nothing is asked about files of another name.
    """
    files, folders = [], []
    with suppress(OSError), os.scandir(folder) as found:
        for one in found:
            if name is None or one.name.startswith(f"{name}."):
                if is_markdown(one.name) and one.is_file():
                    files.append(folder / one.name)
                elif name is None and one.is_dir():
                    folders.append(folder / one.name)
    return sorted(one for one in files if name in {None, one.stem}), folders


def list_markdown(folder: Path) -> Iterator[Path]:
    """Yield the Markdown files of a folder, at any depth."""
    return (path for path in _walk(folder) if is_markdown(path.name))


def list_book_files(folder: Path) -> list[Path]:
    """Return the files that a book in a folder is made from: Markdown in order, `book.toml`."""
    found = {path.relative_to(folder).as_posix(): path for path in list_markdown(folder)}
    files = [found[name] for name in sort_paths(found)]
    return files + [path for path in sorted(_walk(folder)) if path.name == BOOK][:1]


def list_unread(folder: Path) -> list[Path]:
    """Return the texts of a folder that are not Markdown, at any depth."""
    return sorted(path for path in _walk(folder) if is_unread(path))


def is_unread(path: Path) -> bool:
    """Return whether a file looks like a text that somebody wrote, but is not Markdown."""
    name = path.name.lower()
    plain = path.suffix.lower() in TEXTS and name not in NO_TEXTS
    return plain and not name.startswith((".", "~$")) and path.is_file()


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        skipped = {*SKIPPED, "book"} if BOOK in files else SKIPPED
        folders[:] = [one for one in folders if one not in skipped and not one.startswith(".")]
        yield from (Path(place) / name for name in files if not name.startswith("."))


# --------------------------------------------------------------------------- encodings


def decode_source(data: bytes, shown: str, language: str) -> str:
    """Return the text of a source, with LF at the end of lines.

    Raises PublishError (code `charset`) for a file that is not UTF-8, with the command that
    converts it; the encoding is guessed by its bytes and the language of the source.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]
        likely = "UTF-16" if wide else _likely(data, language)
        said = (
            "the file is saved as UTF-16"
            if wide
            else f"the file is not UTF-8, but {likely}, it seems"
        )
        name = shlex.quote(shown)
        raise PublishError(
            said,
            Span(shown, line, line),
            f"save it as UTF-8: iconv -f {likely} -t UTF-8 {name} > new.md && mv new.md {name}",
            code="charset",
        ) from error


def _likely(data: bytes, language: str) -> str:
    """Return the encoding that a text is probably in."""
    subtag = language.partition("-")[0]
    if subtag in ENCODINGS:
        return ENCODINGS[subtag]
    if subtag not in CYRILLIC and not _has_whole_words(data):
        return "WINDOWS-1252"

    def count_common(codec: str) -> int:
        return sum(letter in COMMON for letter in data.decode(codec, "replace"))

    return max(("WINDOWS-1251", "KOI8-R", "CP866"), key=count_common)


def _has_whole_words(data: bytes) -> bool:
    """Return whether most bytes above 127 stand side by side, as in no Latin alphabet."""
    pairs = list(pairwise(data))
    beside = sum(one > 127 and other > 127 for one, other in pairs)
    return beside * 2 > sum(byte > 127 for byte in data)


def tell_unread(paths: Sequence[Path], folder: str, faults: Faults) -> None:
    """Note a warning for files of a folder that are not read, if there are any."""
    if not paths:
        return
    shown = ", ".join(path.name for path in paths[:SHOWN])
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    faults.remark(
        f"not read, because only Markdown is: {shown}{more}",
        Span(folder, 1, 1),
        f"convert it, for example with pandoc -t gfm -o {paths[0].stem}.md {paths[0].name}",
        code="file-not-read",
        level=Level.WARNING,
    )
