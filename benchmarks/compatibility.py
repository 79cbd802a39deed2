"""Measure how other people's Markdown is taken: the faults listed, and the words lost.

Run `python -m benchmarks.compatibility WORKSPACE…`.  For each workspace it prints the files and
words of the source, the faults of one reading by their codes, the seconds and MB/s of reading,
whether the EPUB in the language of the source is built, and the words of the source that are not
in it.  The words are counted by a rough reader that knows nothing of ours.  The table is in
docs/compatibility.md.
"""

from __future__ import annotations

import html
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from publish.api import build, open_workspace
from publish.errors import FindingsError, PublishError
from publish.reading.chapters import arrange_chapters
from publish.reading.faults import Faults
from publish.translation.loading import Loader

__all__ = ["Tried", "count_words", "try_workspace"]

MARKDOWN = {".md", ".markdown", ".mdwn", ".mkd"}
INLINE = re.compile(r"</?(?:em|strong|s|u|a|span|sub|sup|kbd|b|i)\b[^>]*>|[\u00ad\u2060\u200b]")
NOT_TEXT = re.compile(
    r"""
      \A---\n.*?^(?:---|\.\.\.)[ ]*$      # front matter
    | <!--.*?-->
    | <(?P<raw>style|script)\b.*?</(?P=raw)>
    | ^(?:[ \t>]|[-*+][ ]|\d+[.)][ ])*(?:```+|~~~+)[^`\n]*$    # a fence: the code itself is text
    | ^[ \t]*[ivx]+[.)][ ]    # the number of an item
    | \\[A-Za-z]{2,}    # a command of TeX
    | \{\w+=[^}\n]*\}
    | \|[ ]*(?:```+|~~~+)[ ]*\w*[ ]*(?=\|)    # a fence in a cell
    | \]\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)    # the address of a link
    | \]\[[^\]\n]*\]
    | ^[ ]{0,3}\[[^\]\n]+\]:\s*\S+[^\n]*$    # the definition of a link or note's address
    | </?[A-Za-z](?:"[^"]*"|'[^']*'|[^>"']){0,400}>
    | \{[\w-]+="[^\n]*?"\}
    | \{[{%:#.][^}\n]*\}
    | \w+://[^\s<>\[\]()]+
    | &\#?\w+;
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
INSIDE_WORDS = re.compile(r"(?<=\w)\*{2,3}(?=\w)|[\u00ad\u2060\u200b]|&(?:shy|ZeroWidthSpace);")
WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(slots=True, kw_only=True)
class Tried:
    """What one reading and one build of a workspace gave."""

    name: str
    files: int = 0
    words: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)
    rate: float = 0.0
    built: bool = False
    lost: Counter[str] = field(default_factory=Counter)


def count_words(text: str) -> Counter[str]:
    """Return the words of three letters and more of a Markdown text, without addresses."""
    text = NOT_TEXT.sub(lambda found: "" if found[0][0] == "]" else " ", INSIDE_WORDS.sub("", text))
    text = html.unescape(text)
    return Counter(WORD.findall(text.casefold()))


def _book_words(path: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.endswith(".xhtml"):
                page = INLINE.sub("", book.read(name).decode("utf-8"))
                alts = " ".join(re.findall(r'alt="([^"]*)"', page))
                text = re.sub(r"<[^>]+>", " ", page)
                found += Counter(WORD.findall(html.unescape(f"{text} {alts}").casefold()))
    return found


def _sources(root: Path) -> Iterator[Path]:
    """Yield the files that a document has; a book with a summary has only those it names."""
    found = [path for path in (root / "source").rglob("*") if path.suffix.lower() in MARKDOWN]
    texts = {str(path): path.read_text(encoding="utf-8", errors="replace") for path in found}
    for name in sorted({path.relative_to(root / "source").parts[0] for path in found}):
        one = {
            path: text
            for path, text in texts.items()
            if Path(path).relative_to(root / "source").parts[0] == name
        }
        chapters = arrange_chapters(one, Faults()).files
        yield from (Path(chapter.file) for chapter in chapters if not chapter.part)


def try_workspace(root: Path) -> Tried:
    """Read and build one workspace, and compare the words."""
    tried = Tried(name=root.name)
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in _sources(root)]
    tried.files = len(texts)
    words = sum(map(count_words, texts), Counter[str]())
    tried.words = words.total()
    workspace = open_workspace(root)
    start = time.process_time()
    try:
        for name in workspace.documents():
            source = Loader(workspace).source(name)
            tried.remarks += Counter(one.code for one in source.document.remarks)
    except FindingsError as error:
        for one in error.findings:
            tried.faults[one.code] += 1 + int(
                (found := re.search(r"\(and (\d+) more such", one.message)) is not None and found[1]
            )
    except PublishError as error:
        tried.faults[error.listed_code] += 1
    tried.rate = sum(len(text.encode()) for text in texts) / 1e6 / (time.process_time() - start)
    if not tried.faults:
        result = build(workspace, languages=(workspace.source_language.tag,), formats=("epub",))
        tried.built = not result.refused
        tried.faults += Counter(error.listed_code for error in result.errors)
        there: Counter[str] = Counter()
        for path in (root / "build").rglob("*.epub"):
            there += _book_words(path)
        tried.lost = words - there if tried.built else Counter()
    return tried


def main() -> None:
    """Print one line for each workspace."""
    for folder in map(Path, sys.argv[1:]):
        one = try_workspace(folder)
        print(
            f"{one.name}: {one.files} files, {one.words} words, {one.rate:.1f} MB/s, "
            f"{'built' if one.built else 'not built'}, faults {one.faults.total()} "
            f"{dict(one.faults.most_common())}, remarks {dict(one.remarks.most_common(8))}, "
            f"words lost {one.lost.total()} {dict(one.lost.most_common(12))}",
            flush=True,
        )


if __name__ == "__main__":
    main()
