"""The chapters of a book in a folder, in the order of `SUMMARY.md` as mdBook has it, or by name."""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from publish.errors import name_nearest
from publish.model import Level, Span
from publish.reading.faults import Faults
from publish.reading.sourcefile import SourceFile
from publish.reading.targets import is_local, join_path

__all__ = ["BOOK", "Chapters", "arrange_chapters", "is_markdown", "sort_paths"]

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn"})
SUMMARY = "summary.md"
BOOK = "book.toml"
"""The settings of mdBook, which have the title of a book."""
OPENING = {"readme", "index", "_index"}
"""Files that come first in their folder."""
CALLED_SUMMARY = {"summary", "contents", "table of contents", "toc", "index"}
"""Headings of a summary that are no title of the book."""
HEADING = re.compile(r"#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
ENTRY = re.compile(r"([ \t]*)(?:[-*+]|\d+[.)])[ \t]+(.*)")
LINK = re.compile(
    r"""\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\([ ]*(?:<([^<>]*)>|([^\s()]*))[^()]*\)"""
)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Chapters:
    """The files of a document in order, and the title that its summary or settings give it."""

    files: tuple[SourceFile, ...]
    title: str = ""


def is_markdown(path: str) -> bool:
    """Return whether the name of a file is that of Markdown."""
    return PurePosixPath(path).suffix.lower() in MARKDOWN


def sort_paths(paths: Iterable[str]) -> list[str]:
    """Return paths in the order of a book: `README` and `index` first, 2 before 10."""
    return sorted(paths, key=_sort_key)


def _sort_key(path: str) -> list[tuple[bool, list[tuple[int, int, str]], bool, str]]:
    *folders, name = path.split("/")
    stem = posixpath.splitext(name)[0]
    key = [(True, _natural(folder), True, folder) for folder in folders]
    return [*key, (stem.lower() not in OPENING, _natural(stem), False, name)]


def _natural(text: str) -> list[tuple[int, int, str]]:
    """Return a text as its words and numbers, which sort by their value."""
    parts = re.split(r"([0-9]+)", text.casefold())
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part]


def arrange_chapters(texts: Mapping[str, str], faults: Faults) -> Chapters:
    """Return the Markdown files of a folder as chapters.

    `texts` are all that it has, and its `book.toml`, by their paths from the workspace.
    """
    files = {path: text for path, text in texts.items() if is_markdown(path)}
    summaries = [path for path in files if posixpath.basename(path).lower() == SUMMARY]
    title = next((_book_title(text) for path, text in texts.items() if path not in files), "")
    if not summaries:
        return Chapters(tuple(SourceFile(path, files[path]) for path in sort_paths(files)), title)
    summary = min(summaries, key=lambda path: (path.count("/"), path))
    found = _Summary(summary, files, faults)
    chapters = tuple(found.read())
    named = {chapter.file for chapter in chapters}
    if left := [path for path in sort_paths(files) if path not in {*named, *summaries}]:
        folder = posixpath.dirname(summary)
        shown = ", ".join(posixpath.relpath(path, folder) for path in left[:SHOWN])
        more = f" and {len(left) - SHOWN} more" if len(left) > SHOWN else ""
        faults.remark(
            f"not read, because {posixpath.basename(summary)} does not name it: {shown}{more}",
            Span(summary, 1, 1),
            "name it there, as - [Title](path.md), or delete the file",
            code="file-not-read",
            level=Level.WARNING,
        )
    return Chapters(chapters, title or found.title)


def _book_title(text: str) -> str:
    try:
        title = tomllib.loads(text).get("book", {}).get("title", "")
    except (tomllib.TOMLDecodeError, AttributeError):
        return ""
    return title if isinstance(title, str) else ""


class _Summary:
    """The reader of a summary: chapters in lists or on lines of their own, parts as headings."""

    def __init__(self, file: str, files: Mapping[str, str], faults: Faults) -> None:
        self.file, self.files, self.faults = file, files, faults
        self.title = ""
        self.part = False
        self.begun = False
        self.indents: list[int] = []
        self.seen: set[str] = set()

    def read(self) -> Iterator[SourceFile]:
        for number, line in enumerate(self.files[self.file].split("\n"), 1):
            span = Span(self.file, number, number)
            if heading := HEADING.match(line):
                yield from self._heading(heading[1], number)
            elif entry := ENTRY.match(line):
                self._go_to(len(entry[1].expandtabs(4)))
                yield from self._chapter(entry[2], len(self.indents) + self.part, span)
            elif line.lstrip().startswith("["):
                self.indents.clear()
                yield from self._chapter(line.strip(), 1, span)

    def _heading(self, text: str, number: int) -> Iterator[SourceFile]:
        if not self.begun and not self.part and not self.title:
            self.begun = True
            self.title = "" if text.strip().lower() in CALLED_SUMMARY else text.strip()
            return
        self.begun = self.part = True
        self.indents.clear()
        text = "\n" * (number - 1) + f"# {text}"
        yield SourceFile(self.file, text, depth=1, part=True)

    def _go_to(self, indent: int) -> None:
        while self.indents and self.indents[-1] >= indent:
            self.indents.pop()
        self.indents.append(indent)

    def _chapter(self, text: str, depth: int, span: Span) -> Iterator[SourceFile]:
        self.begun = True
        link = LINK.match(text)
        path = (link[2] or link[3] or "") if link else ""
        path = unquote(path.partition("#")[0])
        if not link or not path or not is_local(path):
            self._leave_out(text, span)
            return
        file = join_path(self.file, path)
        if file not in self.files:
            near = [posixpath.relpath(one, posixpath.dirname(self.file)) for one in self.files]
            self.faults.error(
                f"there is no file {path}, which the summary names",
                span,
                name_nearest(path, near),
                code="chapter-missing",
            )
        elif file not in self.seen:
            self.seen.add(file)
            yield SourceFile(file, self.files[file], depth=depth, name=link[1])

    def _leave_out(self, text: str, span: Span) -> None:
        self.faults.remark(
            f"this line of the summary names no file and is left out: {text[:60]}",
            span,
            "write - [Title](path.md)",
            code="chapter-left-out",
        )
