"""Reads the text of one paragraph of the XHTML tree as runs, each in one language.

Emphasis leaves no mark: print has more of it than braille readers can use.  The address of a link
is shown only where it is the text of the link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from publish.editions.page.bilingual import CELLS
from publish.editions.page.pictures import UNDESCRIBED
from publish.editions.page.xhtml import XHTML_NS, Element

__all__ = [
    "HTML",
    "Run",
    "find_language",
    "is_cell",
    "list_classes",
    "read_added",
    "read_inline",
    "read_picture",
    "split_cells",
]

HTML = f"{{{XHTML_NS}}}"
FORMS = ("sup", "sub")


@dataclass(frozen=True, slots=True)
class Run:
    """A text in one language; `added` is what is not of the report: numbers, marks, repetitions.

    `form` is `sup` or `sub` for what stands above or below the line.
    """

    text: str
    language: str
    added: bool = False
    form: str = ""


def list_classes(element: Element) -> set[str]:
    """Return the classes of an element."""
    return set((element.get("class") or "").split())


def is_cell(element: Element) -> bool:
    """Return whether an element is the text of one language among two."""
    return bool(set(CELLS) & list_classes(element))


def find_language(element: Element) -> str:
    """Return the language of the text in an element."""
    above = (element, *element.iterancestors())
    return next((one.get("lang") or "" for one in above if one.get("lang")), "en")


def read_inline(element: Element, language: str) -> Iterator[Run]:
    """Yield the runs of an element within a text, in order."""
    if not isinstance(element.tag, str):
        return
    language = element.get("lang") or language
    classes = list_classes(element)
    if element.tag == f"{HTML}img":
        yield from read_picture(element, language)
    elif element.tag == f"{HTML}br":
        yield Run(" ", language)
    elif (element.get("role") or "") == "doc-noteref":
        yield Run(f"[{''.join(map(str, element.itertext()))}]", language, added=True)
    elif "page" in classes and element.get("data-target"):
        return  # The number of a page; lines of contents have their own.
    else:
        for run in _inner(element, language):
            form = str(element.tag).removeprefix(HTML)
            added = run.added or bool(classes & {"mark", "back"})
            yield replace(run, added=added, form=form if form in FORMS else run.form)


def _inner(element: Element, language: str) -> Iterator[Run]:
    if element.text:
        yield Run(element.text, language)
    for child in element:
        yield from read_inline(child, language)
        if child.tail:
            yield Run(child.tail, language)


def read_picture(image: Element, language: str) -> Iterator[Run]:
    """Yield the description of a picture in brackets; a formula gives its TeX."""
    language = image.get("lang") or language
    if image.get("role") == "presentation" or not (image.get("alt") or "").strip():
        return
    if image.get("role") == "math":
        yield Run(image.get("alt") or "", language)
        return
    shown = any(parent.tag == f"{HTML}figure" for parent in image.iterancestors())
    added = shown or UNDESCRIBED in list_classes(image)
    yield Run("[", language, added=True)
    yield Run(image.get("alt") or "", language, added)
    yield Run("]", language, added=True)


def split_cells(element: Element) -> list[Element]:
    """Return the texts of both languages in an element that joins them; itself if it has one."""
    cells = [child for child in element if isinstance(child.tag, str) and is_cell(child)]
    return cells or [element]


def read_added(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs as a repetition of text that stands elsewhere."""
    return tuple(replace(run, added=True) for run in runs)
