"""Measure how fast a library of sources is read, against the Markdown library alone.

Run `python -m benchmarks.reading`, or with the folders of workspaces whose sources are to be read.
Without folders, a library of 1,000 pages is made: 100 chapters of prose with headings, lists,
links, notes, tables and code.  The figures are of one run on the same texts: markdown-it-py with
tables and no more; its parser with our rules; reading to a document; and all of reading, up to the
sentences with their locations, and once more of a source of which nothing has changed, as
the desk reads it.  Times are CPU seconds, the least of three rounds.
"""

from __future__ import annotations

import gc
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from publish.api import open_workspace
from publish.errors import PublishError
from publish.garbage import collecting_no_garbage
from publish.reading.blocks.parser import parse_blocks
from publish.reading.chunkreading import ChunkStore
from publish.reading.chunkstores import HeldChunks
from publish.translation.loading import Loader

PAGES, CHAPTERS, PAGE_WORDS = 1000, 100, 280
ROUNDS = 3
MARKDOWN = {".md", ".markdown", ".mdwn", ".mkd"}
WORDS = re.findall(
    r"\w+",
    """the a of to and in that was were is by from with on for as which their report court law
    police city people border detained witness family prison decision article government lawyer
    official evidence village protest journalist letter morning released described according
    several without before after against between during documents authorities investigation
    responsibility international""",
)


def main() -> None:
    if sys.argv[1:]:
        for folder in map(Path, sys.argv[1:]):
            _compare(folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        library = Path(temporary) / "library"
        write_library(library)
        _compare(library)


def write_library(root: Path) -> None:
    """Write a workspace with one document of 1,000 pages, the same each time."""
    chance = random.Random(18)
    book = root / "source" / "library"
    book.mkdir(parents=True)
    for number in range(1, CHAPTERS + 1):
        blocks = ["---\ntitle: A library\n---"] if number == 1 else []
        blocks += [f"# Chapter {number}", *_blocks(chance, number)]
        text = "\n\n".join(blocks) + "\n"
        (book / f"chapter-{number:03}.md").write_text(text, encoding="utf-8")
    settings = 'source-language = "en"\nlanguages = ["en", "ru"]\n'
    (root / "publish.toml").write_text(settings, encoding="utf-8")


def _blocks(chance: random.Random, number: int) -> Iterator[str]:
    """Yield the blocks of a chapter, about as often as books and reports have them."""
    words = section = 0
    while words < PAGES // CHAPTERS * PAGE_WORDS:
        kind = chance.choices(range(7), (10, 60, 14, 3, 4, 5, 4))[0]
        if kind == 0:
            section += 1
            block = f"## Section {number}.{section} {_words(chance, 4)}"
        elif kind == 1:
            block = _paragraph(chance)
        elif kind == 2:
            block = "\n".join(f"- {_sentence(chance)}" for _ in range(chance.randint(2, 6)))
        elif kind == 3:
            rows = [f"| {_words(chance, 2)} | {chance.randint(1, 99)} |" for _ in range(5)]
            block = "\n".join([f"| {_words(chance, 1)} | Number |", "|---|---|", *rows])
        elif kind == 4:
            block = f"> {_paragraph(chance)}".replace("\n", "\n> ")
        elif kind == 5:
            block = f"```\n{_words(chance, 20)}\n```"
        else:
            label = f"{number}-{words}"
            block = f"{_sentence(chance)}[^{label}]\n\n[^{label}]: {_sentence(chance)}"
        words += len(block.split())
        yield block


def _paragraph(chance: random.Random) -> str:
    """Return sentences in lines of about 80 characters."""
    lines = [""]
    for word in " ".join(_sentence(chance) for _ in range(chance.randint(2, 6))).split(" "):
        if len(lines[-1]) + len(word) > 80:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)


def _sentence(chance: random.Random) -> str:
    parts = [_words(chance, chance.randint(4, 14))]
    if chance.random() < 0.35:
        mark = chance.choice(("*{}*", "**{}**", "`{}`", "[{}](https://example.org/a)"))
        parts += [mark.format(_words(chance, 2)), _words(chance, 3)]
    text = " ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def _compare(root: Path) -> None:
    paths = sorted((root / "source").rglob("*"))
    texts = [p.read_text(encoding="utf-8") for p in paths if p.suffix.lower() in MARKDOWN]
    size = sum(len(text.encode()) for text in texts) / 1e6
    bare, held = MarkdownIt("commonmark").enable("table"), HeldChunks()
    _read(root, chunks=held)
    ways: dict[str, Callable[[], object]] = {
        "markdown-it-py alone": lambda: [bare.parse(text) for text in texts],
        "with our rules": lambda: [parse_blocks(text) for text in texts],
        "read": lambda: _read(root, cut=False),
        "read and cut": lambda: _read(root),
        "read and cut again, from chunks in memory": lambda: _read(root, chunks=held),
    }
    seconds = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, work in ways.items():
            seconds[name] = min(seconds[name], _seconds(work))
    least = seconds["markdown-it-py alone"]
    found = ", ".join(
        f"{name} {size / spent:.2f} MB/s ({spent / least:.2f})" for name, spent in seconds.items()
    )
    print(f"{root.name}: {len(texts)} files, {size:.2f} MB: {found}")


def _read(root: Path, *, cut: bool = True, chunks: ChunkStore | None = None) -> None:
    """Read the documents of a workspace, and cut them into sentences as every command does."""
    workspace = open_workspace(root)
    for name in workspace.documents():
        try:
            if cut:
                Loader(workspace, chunks=chunks).source(name)
            else:
                with collecting_no_garbage():
                    workspace.read(name)
        except PublishError as error:
            print(f"{root.name}: not cut, since it has errors: {str(error)[:60]}", file=sys.stderr)


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
