"""Small books that are laid out in parts as long ones are, and what their files hold."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from structure import Tag, find_forms, read_structure
from validators import run_pdf_checks, run_qpdf

from publish.building.cache import Cache
from publish.building.partcache import make_part_store
from publish.building.preparing import prepare
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.pagination import WrittenEdition
from publish.editions.pdf import rendering
from publish.editions.pdf.parts import book, splitting
from publish.editions.pdf.parts.errors import WholeNeededError
from publish.editions.pdf.rendering import PdfInput, render
from publish.editions.pdf.shown.pageimages import draw_page, open_pages
from publish.editions.runners import Runner, run_here
from publish.editions.writers import make_pdf_input
from publish.languages.registry import find
from publish.model import PAGES, Form, PageSize, ResultStore
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

TEXT = (
    "The office of the region’s well-known ombudsman did not find any of these effects, although "
    "officials offered a co-ordinated, far-reaching affidavit about 1,200 workers’ efforts"
)
WORDS = TEXT.split()
INK = re.compile(rb"\n((?:[\d.]+ ){1,4}(?:g|rg|k))\n", re.I)
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120" viewBox="0 0 300 120">
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1"
stop-color="blue"/></linearGradient></defs>
<rect width="300" height="90" fill="url(#g)" opacity="0.5"/><text x="10" y="110">Bars</text></svg>
"""


def write_chapters(chance: random.Random, chapters: int, words: list[str] = WORDS) -> str:
    """A book of chapters with all that can lead from one to another, or stand at a page's edge."""
    lines = ["---", "title: A book", "author: A", "published: 2024-01-31", "---", ""]
    notes: list[str] = []

    def sentence(most: int = 60) -> str:
        return " ".join(chance.choices(words, k=chance.randint(8, most)))

    for chapter in range(1, chapters + 1):
        lines += [f"# Part {chapter} {sentence(9)} {{#c{chapter}}}", ""]
        for _ in range(chance.randint(5, 9)):
            notes.append(sentence(30))
            there = chance.randint(1, chapters)
            block = {
                "plain": sentence(90),
                "noted": f"{sentence()}[^{len(notes)}] {sentence()}",
                "linked": f"{sentence()} [over there](#c{there}) {sentence()}",
                "list": "\n".join(f"1. {sentence(20)}" for _ in range(4)),
                "table": "\n".join(
                    ["| A | B |", "|---|--:|"]
                    + [f"| {sentence(9)} | {chance.randint(1, 99999)} |" for _ in range(7)]
                ),
                "heading": f"## {sentence(9)}\n\n{sentence()}",
                "code": "```\ndef find(what):\n    return what\n```",
                "drawing": "![A drawing of bars](bars.svg)",
                "picture": "![A picture of dots](dots.png)",
                "quote": f"> {sentence()}",
            }
            kind = chance.choice(list(block))
            if kind != "noted":
                notes.pop()
            lines += [block[kind], ""]
    lines += [line for at, note in enumerate(notes, 1) for line in (f"[^{at}]: {note}", "")]
    return "\n".join(lines) + "\n"


def write_book(
    root: Path, text: str, settings: str = 'source-language = "en"', form: Form = "report"
) -> Loader:
    (root / "source").mkdir(parents=True)
    (root / "source/text.md").write_text(text, encoding="utf-8")
    (root / "source/bars.svg").write_text(DRAWING)
    Image.new("RGBA", (300, 200), (200, 30, 40, 128)).save(root / "source/dots.png")
    about = f'{settings}\nform = "{form}"\nformats = ["pdf"]\n'
    (root / "publish.toml").write_text(about, encoding="utf-8")
    return Loader(open_workspace(root))


def make_input(loader: Loader, language: str = "en", page: PageSize = "a4") -> PdfInput:
    text = prepare(loader, "text", find(language), use_fuzzy=False)
    materials = replace(text.materials, page=page)
    return make_pdf_input(text.text, make_edition_tree(text.text, materials), materials)


def short_parts(monkeypatch: pytest.MonkeyPatch, least: int = 1) -> None:
    """Let any document be long enough for parts, and each chapter long enough for one."""
    monkeypatch.setattr(splitting, "LEAST_DOCUMENT", 0)
    monkeypatch.setattr(splitting, "LEAST_PART", least)


def render_whole(source: PdfInput) -> WrittenEdition:
    """The file of a document that is laid out whole, however long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "split_aside", lambda *_: None)
        return render(source)


def render_joined(
    source: PdfInput, run: Runner = run_here, store: ResultStore | None = None, least: int = 1
) -> WrittenEdition:
    """The file of a document joined from parts; an error if it was laid out whole after all."""

    def never(*_: object) -> Any:
        raise AssertionError("laid out whole")

    with pytest.MonkeyPatch.context() as patch:
        short_parts(patch, least)
        patch.setattr(rendering, "_laying_out", never)
        if isinstance(run, Counting):  # It counts the work for one part, too.
            patch.setattr(book, "run_one_here", lambda one, _: one)
        return render(source, run, store)


def reason_for_whole(source: PdfInput) -> str:
    """Why a document of short parts cannot be joined: what was found in a part, or nothing."""
    found: list[str] = []
    join: Callable[..., WrittenEdition] = book.render_in_parts

    def note(*given: Any) -> WrittenEdition:
        try:
            return join(*given)
        except WholeNeededError as error:
            found.append(str(error))
            raise

    with pytest.MonkeyPatch.context() as patch:
        short_parts(patch)
        patch.setattr(book, "render_in_parts", note)
        render(source)
    return "; ".join(found)


@dataclass(frozen=True)
class Held:
    """All that a reader, a program, a press and the eye find in a file.

    `named` counts texts with others, `inks` are the colours of each page.
    """

    tags: Any
    shown: Any
    outline: Any
    places: Any
    links: Any
    metadata: Any
    fonts: Any
    named: tuple[int, ...]
    inks: Any
    pictures: tuple[bytes, ...]


def read_held(data: bytes) -> Held:
    reader = PdfReader(BytesIO(data))
    document, pages = read_structure(data)
    drawn = open_pages(data)
    catalog: Any = reader.root_object
    own = [one for page in reader.pages for one in find_forms(page) or [page]]
    return Held(
        tags=_plain(document),
        shown=[(page.marked, page.artifacts, page.bare) for page in pages],
        outline=list(_outline(reader, reader.outline)),
        places={
            name: (reader.get_destination_page_number(place), place.top, place.left)
            for name, place in reader.named_destinations.items()
        },
        links=[
            [{key: str(value) for key, value in one.get_object().items()} for one in _areas(page)]
            for page in reader.pages
        ],
        metadata=(reader.metadata, catalog["/Metadata"].get_data(), catalog["/Lang"]),
        fonts=sorted(
            {str(font.get_object()["/BaseFont"]) for one in own for font in _fonts(one).values()}
        ),
        named=tuple(_content(one).count(b"/ActualText") for one in own),
        inks=[sorted(set(INK.findall(_content(one)))) for one in own],
        pictures=tuple(draw_page(drawn, number, 500) for number in range(len(reader.pages))),
    )


def _fonts(page: Any) -> Any:
    return page["/Resources"]["/Font"]


def _content(page: Any) -> bytes:
    """The stream of a page, or of the form that it became."""
    content = page.get_contents() if hasattr(page, "get_contents") else page
    data: bytes = content.get_data()
    return data


def _areas(page: Any) -> Any:
    return page.get("/Annots", [])


def _plain(tag: Tag) -> Any:
    about = {
        key: str(value.get_object() if hasattr(value, "get_object") else value)
        for key, value in tag.entry.items()
        if key in ("/Alt", "/ID", "/A", "/Lang")
    }
    kids = [kid if isinstance(kid, str) else _plain(kid) for kid in tag.kids]
    return tag.name, tag.language, about, tag.links, kids


def _outline(reader: PdfReader, entries: Any, level: int = 0) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(reader, entry, level + 1)
        else:
            page = reader.get_destination_page_number(entry)
            yield level, entry.title, page, float(entry.top), float(entry.left)


def compare_files(
    joined: WrittenEdition, whole: WrittenEdition, folder: Path, page: PageSize = "a4"
) -> None:
    """Fail unless a joined file is the whole one, to ear, eye, press and validator."""
    compare_held(joined, whole)
    path = folder / "joined.pdf"
    path.write_bytes(joined.data)
    check = run_pdf_checks if PAGES[page].is_archival else run_qpdf
    assert check(path) == []


def compare_held(joined: WrittenEdition, whole: WrittenEdition) -> None:
    """Fail unless a joined file is the whole one, to ear, eye and press."""
    assert joined.pages == whole.pages
    assert joined.lost == whole.lost
    ours, theirs = read_held(joined.data), read_held(whole.data)
    for name in ours.__dataclass_fields__:
        assert getattr(ours, name) == getattr(theirs, name), name


def drop_signs(held: object) -> str:
    """What was read of a file, without signs of direction."""
    return str(held).replace("\\u200f", "").replace("\\u200e", "")


def keep(folder: Path) -> ResultStore:
    """A store of what was found for parts."""
    store = make_part_store(Cache(folder, 10**8), lambda: "code")
    assert store is not None
    return store


class Counting:
    """A runner that counts the parts it does each kind of work for."""

    def __init__(self) -> None:
        self.counts: list[int] = []

    def __call__(self, work: Callable[[int], Any], numbers: Sequence[int], /) -> list[Any]:
        self.counts.append(len(numbers))
        return [work(number) for number in numbers]
