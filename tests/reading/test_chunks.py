"""Long files read by their chunks are what they are when they are read as a whole."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from examples import first, least, some
from hypothesis import given, settings
from hypothesis import strategies as st
from randomreports import WORDS, Writer

import publish.reading.chunkreading
import publish.reading.filereading
from publish.errors import FindingsError, PublishError
from publish.languages.registry import find
from publish.model import Heading, Span
from publish.reading import chunkparsing, chunkreading, chunks, markdown, segmenting
from publish.reading.chunkreading import LONG, ChunkReader, ChunkStore
from publish.reading.chunkstores import HeldChunks, PickledChunks
from publish.reading.markdown import read_document
from publish.reading.marks.dialectmarks import DIALECT_MARKS
from publish.reading.source import Source, cut_source
from publish.reading.sourcefile import SourceFile

ROOT = Path(__file__).parents[2]
FRONT = "---\ntitle: T\n---\n"
MARKS = tuple(mark.name for mark in DIALECT_MARKS)

HEADINGS = """\
# One|## Two|## Three|# One|## Deep {#deep}|# A [link](#one) here|### Low|#\tTab|# Ends #|# |Under
Under\n=====|## Three {#three}|# Note[^1]|# 1 number|> # Quoted|  # Moved"""
LINES = """\
Plain words here. And more.|Two *marks* and **bold**.|A note[^1] here.|Again[^b].
[^1]: First note.|[^b]: Other *note*.|[^1]: Again|See [there](#one) or [x](#two).
See [the law][law].|See [Three][].|Or [this][Two].|[law]: https://x.org "t"|[law]: https://y.org
[two]: http://z.org|"said" -- it's|Inline ^[note one two three four five] here.
Other ^[note one two three four five].|> A quote.|- item|- item two|1. one|2. two|a. one|b. two
\\| A \\| B \\||\\|---\\|---\\||\\| 1990 \\| 12,345 \\||Table: Caption {#t1}|: Caption|Term
: Definition|![alt](a.png)|![alt](a.png){#fig-a}|*In italics*|<a id="x"></a>|[]{#y}|text []{#z}
<a|id="w" />|<div>|</div>|<div>text</div>|<pre>|</pre>|<!-- c -->|<!--|-->|```|~~~|    code
    ::: note|    ```|$$|x + y|\\[|\\]|\\begin{align}|\\end{align}|::: note|:::|!!! note
    inside|> [!TIP]|-- --|a  b|---|----|***|{ctx="a"}|<details>|</details>|<b>x</b> y|$$ x $$
[](#fig-a)|<ul>|<li>a</li>|</ul>|<style>|</style>|+---+---+|\\newpage|==h=="""


def split(lines: str) -> list[str]:
    joined = lines.replace("\n", "|").replace("\\|", "\0")
    return [line.replace("\0", "|") for line in joined.split("|")]


class Results(dict[str, bytes]):
    """A store of results in memory."""

    def load(self, key: str) -> bytes | None:
        return self.get(key)

    def keep(self, key: str, data: bytes) -> None:
        self[key] = data


TRIED: list[bool] = []
"""Whether each document was read by its chunks."""


def read_here(work: Callable[[], bytes]) -> Callable[[], bytes | None] | None:
    """Half of what is new is read when the other half has been, as another process would."""
    return work


@dataclass(frozen=True)
class Readings:
    """Files read as a whole and by chunks, each with its own store; `counts` of what was met."""

    stores: Sequence[ChunkStore] = field(
        default_factory=lambda: (
            PickledChunks(Results()),
            PickledChunks(Results(), read_here),
            HeldChunks(),
        )
    )
    counts: Counter[str] = field(default_factory=Counter)

    def check(self, files: Sequence[SourceFile], **how: Any) -> Source | None:
        """Read files in every way; all give the same source or the same error."""
        wanted = read(files, None, **how)
        for store in self.stores:
            reader = ChunkReader("a", store)
            assert read(files, reader, **how) == wanted, [file.text for file in files]
            self.counts["in chunks"] += TRIED[-1] and isinstance(wanted, Source)
        return wanted if isinstance(wanted, Source) else None

    def check_text(self, text: str) -> Source | None:
        return self.check([SourceFile("source/a.md", text)])


def read(files: Sequence[SourceFile], reader: ChunkReader | None, **how: Any) -> object:
    """Return a source, or all of its error."""
    try:
        document = read_document("a", "en", files, chunks=reader, **how)
        source = cut_source(document, find("en"), reader.cuts if reader else None)
        return reader.finish(source) if reader else source
    except FindingsError as error:
        return error.message, error.findings, error.code
    except PublishError as error:
        return error.message, error.span, error.hint, error.code


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read short texts as if they were long."""
    monkeypatch.setattr(chunkreading, "LONG", 0)
    monkeypatch.setattr(chunkreading, "SHORT_FILE", 0)
    monkeypatch.setattr(chunkreading, "MUCH", 0)
    monkeypatch.setattr(chunks, "USUAL", 30)
    honest = markdown._read_chunks

    def noted(*given: Any, **how: Any) -> Any:
        found = honest(*given, **how)
        TRIED.append(found is not None)
        return found

    monkeypatch.setattr(markdown, "_read_chunks", noted)


# --------------------------------------------------------------------------- any text, any edit


def write(chance: random.Random, lines: Sequence[str]) -> list[str]:
    """Return the lines of a random text with headings, mostly apart from each other."""
    found: list[str] = []
    for _ in range(chance.randint(1, 4)):
        headings = split(HEADINGS)
        found.append(chance.choice(headings[:7] if chance.random() < 0.8 else headings))
        found += [""] * (chance.random() < 0.95)
        for _ in range(chance.randint(0, 5)):
            indent = chance.choice(("  ", "    ", "> ", "- ")) if chance.random() < 0.1 else ""
            found += [indent + chance.choice(lines), *[""] * (chance.random() < 0.7)]
        found += [""] * (chance.random() < 0.9)
    return found


def edit(chance: random.Random, lines: list[str], others: Sequence[str]) -> list[str]:
    """Return lines with one added, deleted or changed, or some written again."""
    at = chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            return [*lines[:at], chance.choice(others), *lines[at:]]
        case 1:
            return [*lines[:at], "", chance.choice(split(HEADINGS)), "", *lines[at:]]
        case 2:
            return [*lines[:at], *lines[at + 1 :]] or [""]
        case 3:
            return [*lines[:at], lines[at].replace("e", "o", 1), *lines[at + 1 :]]
        case 4:
            return [*lines[:at], "", *lines[at:]]
        case _:
            return [*lines[:at], *lines[: chance.randint(0, 4)], *lines[at:]]


def run(chance: random.Random, readings: Readings, times: int) -> None:
    """Read a random text of one file or several, and again after each of some edits."""
    others = split(LINES)
    others = others if chance.random() < 0.5 else others[:24]
    several = chance.random() < 0.3
    texts = [write(chance, others) for _ in range(3 if several else 1)]
    names = chance.random() < 0.5
    how: dict[str, Any] = {
        "as_text": MARKS,
        "folder": chance.choice(("", "source", "source/b")),
        "whole": chance.random() < 0.1,
        "as_typed": chance.random() < 0.2,
        "title": chance.choice(("", "Given")),
    }
    for _ in range(times):
        files = [
            SourceFile(
                f"source/a{number}.md",
                "\n".join([*([] if number else FRONT.split("\n")[:3]), *lines]),
                depth=int(names),
                name="Name" if names else "",
            )
            for number, lines in enumerate(texts)
        ]
        readings.check(files, **how)
        at = chance.randrange(len(texts))
        texts[at] = edit(chance, texts[at], others)


@settings(max_examples=some(80), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_any_text_and_any_edit_read_by_chunks_are_what_they_are_as_a_whole(seed: int) -> None:
    run(random.Random(seed), Readings(), 3)


def test_many_random_texts_are_read_by_chunks() -> None:
    readings = Readings()
    for seed in range(some(80)):
        run(random.Random(seed), readings, 3)
    assert readings.counts["in chunks"] > least(60)


@settings(max_examples=some(15), deadline=None)
@given(seed=st.integers(0, 2**32))
def test_random_reports_are_read_the_same(seed: int) -> None:
    chance, readings = random.Random(seed), Readings()
    writer = Writer(chance, WORDS["en"].split())
    lines = f"{writer.front()}\n\n{writer.body()}\n".split("\n")
    for _ in range(3):
        readings.check_text("\n".join(lines))
        start = lines.index("---", 1) + 1
        lines = [*lines[:start], *edit(chance, lines[start:], split(LINES))]


# --------------------------------------------------------------------------- texts that we know


REPORT = (ROOT / "source/tip-2024-turkmenistan.md").read_text(encoding="utf-8")
EDITS: Mapping[str, tuple[str, str]] = {
    "a word": (" the ", " that "),
    "a line": ("\n\n## ", "\n\nA new paragraph.\n\n## "),
    "a fence": ("\n\n## ", "\n\n```\n\n## "),
    "a comment": ("\n\n## ", "\n\n<!-- here\n\n## "),
    "an end of a comment": ("\n\n## ", "\n\n-->\n\n## "),
    "a heading": ("\n\n## ", "\n\n## Other words\n\nText.\n\n## "),
    "no heading": ("\n\n## ", "\n\n"),
    "a second heading": ("\n\n## ", "\n\n# Prosecution\n\nText.\n\n## Prosecution\n\nText.\n\n## "),
    "a note": ("\n\n## ", "\n\nText[^new].\n\n[^new]: A note.\n\n## "),
    "a note without a mark": ("\n\n## ", "\n\n[^new]: A note.\n\n## "),
    "a definition": ("\n\n## ", "\n\n[law]: https://example.org/\n\n## "),
    "a use of a definition": ("\n\n## ", "\n\nSee [the law][law].\n\n## "),
    "an anchor": ("\n\n## ", '\n\n<a id="here"></a>\n\n## '),
    "an id": ("\n\n## ", "\n\n## Other {#other}\n\n![A map](map.png){#other}\n\n## "),
}


@pytest.mark.parametrize("name", first(EDITS, 3))
def test_the_report_is_read_the_same_after_an_edit(name: str) -> None:
    readings = Readings()
    assert readings.check_text(REPORT) is not None
    old, new = EDITS[name]
    places = [at for at in range(len(REPORT)) if REPORT.startswith(old, at)]
    assert len(places) > 2
    for at in (places[0], places[len(places) // 2], places[-1]):
        readings.check_text(REPORT[:at] + new + REPORT[at + len(old) :])
    assert readings.counts["in chunks"] > 1


AROUND = """\
# One

First words.
{}
# Two

Second words.
{}
# Three

Third words. See [one](#one).
{}
"""
CROSSING = {
    "a fence": ("\n```\n", "\n```\n", "text"),
    "a fence in a list": ("\n- a\n\n  ```\n", "\n```\n", "text"),
    "a comment": ("\n<!-- a\n", "\nb -->\n", "text"),
    "a comment in a list": ("\n- a\n\n  <!-- a\n", "\nb -->\n", "text"),
    "a comment after a line": ("Words\n<!-- a\n", "\nb -->\n", "text"),
    "a formula": ("\n$$\nx\n", "\ny\n$$\n", "text"),
    "a formula in brackets": ("\n\\[\nx\n", "\ny\n\\]\n", "text"),
    "an environment": ("\n\\begin{align}\nx\n", "\ny\n\\end{align}\n", "text"),
    "code of HTML": ("\n<pre>\na\n", "\nb\n</pre>\n", "text"),
    "a wrapper": ("\n<div>\n", "\n</div>\n", "text"),
    "a division": ("\n::: note\n", "\n:::\n", "text"),
    "a division in code": ("\n    ::: note\n", "\n::: note\n\nA\n\n:::\n", "\n    :::\n"),
    "a fence that is none": ("\n    ```\n", "\n::: note\n\nA\n\n:::\n", "text"),
    "a table of dashes": (
        f"\n{'-' * 20} ---\n{'a':20} b\n",
        f"\n{'c':20} d\n{'-' * 20} ---\n",
        "text",
    ),
    "an anchor": ('\n<a id="x"></a>\n', "\n[here](#x)\n", "text"),
    "an anchor on two lines": ('\n<a\nid="x" />\n', "\n[here](#x)\n", "text"),
    "an anchor in brackets": ("\n[]{#x}\n", "\n[here](#x)\n", "text"),
    "a caption": ("\n| A | B |\n|---|---|\n| 1 | 2 |\n", "\nTable: Words\n", "text"),
    "a term": ("\nTerm\n: Words\n", "\nOther\n: Words\n", "text"),
    "a label": (
        "\n[law]: https://example.org\n",
        "\n[this][law]\n",
        "\n[law]: https://other.org\n",
    ),
    "a label below": ("\n[this][law]\n", "text", "\n[law]: https://example.org\n"),
    "a heading as a label": ("\n[this][Three]\n", "\n[Two][]\n", "\n[two]: https://example.org\n"),
    "a label that nothing defines": ("\n[this][\u2042]\n", "text", "text"),
    "notes inside": (
        "A ^[note of some words].\n",
        "B ^[note of some words].\n",
        "C ^[new words].\n",
    ),
    "a label of a note inside": (
        "A ^[note of some words].\n",
        "\n[^note-of-some-words]: Words.\n",
        "B[^note-of-some-words].",
    ),
    "an id": ("\n![A](a.png){#two}\n", "\n![A](a.png){#x}\n", "\n![A](a.png){#x}\n\n[](#x)\n"),
    "numbers": ("\n![A](a.png){#x}\n\n[](#x)\n", "\n![A](b.png){#y}\n*B*\n", "\n[{number}](#y)\n"),
    "a heading without text": ("\n![A](a.png)\n\n# \n", "*Words*\n", "text"),
    "attributes": ('\n{ctx="a"}\n', "text", "text"),
}


@pytest.mark.parametrize("name", CROSSING)
def test_what_crosses_chunks_is_read_the_same(name: str) -> None:
    """Each line is put in, taken away and put in again, with all the others there or not."""
    readings = Readings()
    for taken in (0b000, 0b001, 0b011, 0b111, 0b110, 0b100, 0b101, 0b010, 0b000):
        lines = [line if taken >> at & 1 else "" for at, line in enumerate(CROSSING[name])]
        file = SourceFile("source/a.md", FRONT + AROUND.format(*lines))
        readings.check([file])
        readings.check([file], as_text=MARKS)
    assert readings.counts["in chunks"] >= 4


@pytest.mark.parametrize("term", ["\n~ Words\n", "\n\n~ Words\n", "\n\n\n~ Words\n", "\n---\n"])
def test_a_heading_that_is_a_term_begins_no_chunk(term: str) -> None:
    readings = Readings()
    readings.check_text(f"{FRONT}# One\n\nTerm\n: Words\n\n# Two{term}\n\nText.\n")


def test_the_title_of_a_chapter_is_its_heading_if_no_chunk_has_one() -> None:
    readings = Readings()
    first = SourceFile("source/a/1.md", f"{FRONT}# One\n\nWords.\n")
    for name in ("", "Name"):
        for front in ("", "---\ntitle: Chapter\n---\n"):
            for level in ("##", "#", "##", ""):
                words = "Words of a chapter that is long enough for several chunks."
                body = f"{words}\n\n## Two\n\n{words}\n\n{level} Three\n\n{words}\n"
                body = body if level else "Words.\n\nMore.\n"
                second = SourceFile("source/a/2.md", front + body, name=name)
                assert readings.check([first, second], folder="source/a") is not None


def test_errors_at_the_top_of_a_file_and_in_a_short_file_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chunkreading, "SHORT_FILE", 100)
    readings, long = Readings(), AROUND.format("", "", "")
    wrong = "---\ntitle: T\npublished: never\n---\n"
    assert readings.check([SourceFile("a/1.md", wrong + long)]) is None
    short = SourceFile("a/2.md", "# Two\n\nA [link]( and no end.\n")
    assert readings.check([SourceFile("a/1.md", FRONT + long), short]) is None
    right = replace(short, text="# Two\n\nText.\n")
    assert readings.check([SourceFile("a/1.md", FRONT + long), right]) is not None
    assert readings.counts["in chunks"] == len(readings.stores)


def test_a_comment_over_a_heading_joins_its_chunks_and_no_others(work: Counter[str]) -> None:
    readings = Readings()
    text = FRONT + AROUND.format("\n<!-- a\n", "\nb -->\n", "text")
    assert readings.check_text(text) is not None
    assert readings.counts["in chunks"] == len(readings.stores)
    work.clear()
    readings.check_text(text.replace("Third", "Last"))
    # Once as a whole, and for each store the last chunk.
    assert work["parse_blocks"] == 1 + len(readings.stores)


def test_anchors_above_a_heading_are_read_with_it() -> None:
    readings = Readings()
    for number in range(3):
        body = "".join(
            f'<a id="a{at}"></a>\n\n[]{{#b{at}}}\n# Chapter {at}\n\nText {at % 3 == number}.\n\n'
            for at in range(9)
        )
        source = readings.check_text(
            f"{FRONT}# First\n\nSee [that](#a3) and [this](#b7).\n\n{body}"
        )
        assert source is not None
        assert source.document.remarks == ()
    assert (
        len(next(store for store in readings.stores if isinstance(store, HeldChunks))._held) == 10
    )


# --------------------------------------------------------------------------- how much is done


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often lines were parsed, read as blocks, and cut."""
    counts: Counter[str] = Counter()
    for module, name in (
        (chunkparsing, "parse_blocks"),
        (publish.reading.filereading, "parse_blocks"),
        (chunkparsing, "read_tokens"),
        (segmenting, "cut_content"),
    ):
        honest = getattr(module, name)

        def counted(*given: Any, name: str = name, honest: Any = honest, **more: Any) -> Any:
            counts[name] += 1
            return honest(*given, **more)

        monkeypatch.setattr(module, name, counted)
    return counts


def write_book(chapters: int) -> str:
    lines = [FRONT]
    for number in range(chapters):
        lines += [f"# Chapter {number}", "", "Words of a chapter. See [this](#chapter-1).[^a]", ""]
        lines += [f"Paragraph {number}. It has two sentences.", ""] * 5
    return "\n".join([*lines, "[^a]: A note.", ""])


@pytest.mark.parametrize("store", [PickledChunks(Results()), HeldChunks()])
def test_one_changed_word_is_the_work_of_its_chapter(store: ChunkStore, work: Counter[str]) -> None:
    readings, text = Readings((store,)), write_book(20)
    reader = ChunkReader("a", store)
    first = read([SourceFile("source/a.md", text)], reader)
    assert work["parse_blocks"] == work["read_tokens"] == 20
    for changed in (text, text.replace("Paragraph 11.", "Section 20.", 1)):
        work.clear()
        again = read([SourceFile("source/a.md", changed)], ChunkReader("a", store))
        assert (again == first) == (changed == text)
        edits = int(changed != text)
        assert (work["parse_blocks"], work["read_tokens"]) == (edits, edits)
        # The title is cut each time, and of the chapter only the text that is new.
        assert work["cut_content"] <= 1 + edits * 4
        readings.check_text(changed)


@pytest.mark.parametrize("beside", [read_here, lambda _: lambda: None])
def test_halves_keep_what_one_process_keeps(
    beside: Callable[[Callable[[], bytes]], Callable[[], bytes | None]], work: Counter[str]
) -> None:
    """Each chunk is read once, or again where the other process failed."""
    alone, halves = Results(), Results()
    text = write_book(20).replace("[this](#chapter-1)", '"this" -- and that')
    for results, how in ((alone, None), (halves, beside)):
        work.clear()
        reader = ChunkReader("a", PickledChunks(results, how))
        read([SourceFile("source/a.md", text)], reader)
        assert work["parse_blocks"] == work["read_tokens"] == 20
        assert work["cut_content"] == 43
    stores = PickledChunks(alone), PickledChunks(halves)
    assert len(alone) == 20
    assert set(halves) == set(alone)
    assert all(stores[0].load(key, 0) == stores[1].load(key, 0) for key in alone)


def test_lines_added_above_move_the_others_and_nothing_is_read_again(work: Counter[str]) -> None:
    for store in (PickledChunks(Results()), HeldChunks()):
        text = write_book(10)
        before = read([SourceFile("source/a.md", text)], ChunkReader("a", store))
        work.clear()
        longer = text.replace("Paragraph 3.", "Two\nlines.\n\nParagraph 3.", 1)
        after = read([SourceFile("source/a.md", longer)], ChunkReader("a", store))
        assert work["parse_blocks"] == work["read_tokens"] == 1
        assert isinstance(before, Source)
        assert isinstance(after, Source)
        assert list(starts(after))[:4] == list(starts(before))[:4]
        assert list(starts(after))[4:] == [
            replace(one, first=one.first + 3, last=one.last + 3) for one in list(starts(before))[4:]
        ]


def starts(source: Source) -> Iterator[Span]:
    return (one.prose.span for one in source.document.body if isinstance(one, Heading))


def test_a_short_text_is_read_as_a_whole_and_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chunkreading, "LONG", LONG)
    results = Results()
    Readings((PickledChunks(results),)).check_text(write_book(20))
    assert results == {}


def test_memory_keeps_what_the_last_reading_needed() -> None:
    store = HeldChunks()
    sizes = set()
    for number in range(5):
        text = write_book(10).replace("Paragraph 3.", f"Paragraph {number} of some.", 1)
        read([SourceFile("source/a.md", text)], ChunkReader("a", store))
        sizes.add(len(store._held))
    assert sizes == {10}
