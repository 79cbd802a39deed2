"""Checks of a document as a whole: its front matter, its images, the letters of its fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from publish.checks.check import Check
from publish.checks.joining import seen_in_whole
from publish.checks.structure import finding
from publish.errors import PublishError
from publish.model import (
    Catalog,
    Document,
    Entry,
    Finding,
    Level,
    Role,
    Span,
    plain,
)
from publish.reading.translation import translation_tree

__all__ = [
    "WHOLES",
    "Pictured",
    "check_front_matter",
    "check_letters",
    "check_twins",
]


@dataclass(frozen=True, slots=True)
class Pictured:
    """An image of a document, where it stands, and the languages that have their own of it."""

    src: str
    span: Span
    twins: frozenset[str]


def check_front_matter(document: Document) -> Iterator[Finding]:
    """Advice where readers and libraries are not told what they look for: `front-matter-thin`."""
    has = {
        "summary": bool(document.front_text(Role.SUMMARY)),
        "published": document.facts.published is not None,
        "rights": bool(document.front_text(Role.RIGHTS)),
    }
    if lacking := [key for key, there in has.items() if not there]:
        yield Finding(
            "front-matter-thin",
            Level.ADVICE,
            f"the front matter has no {', no '.join(lacking)}",
            document.front[0].prose.span if document.front else None,
            "docs/reference/source-format.md has a table of keys",
        )


def check_twins(images: Iterable[Pictured], tag: str) -> Iterator[Finding]:
    """Advice where other languages have an image of their own and this not: `image-no-twin`."""
    for image in images:
        if others := sorted(image.twins - {tag}):
            if tag in image.twins:
                continue
            stem, _, suffix = image.src.rpartition(".")
            yield Finding(
                "image-no-twin",
                Level.ADVICE,
                f"{image.src} has a version in {', '.join(others)}, but none in {tag}",
                image.span,
                f"if words stand in the image, put {stem}.{tag}.{suffix} beside it",
            )


def check_letters(catalog: Catalog, uncovered: Callable[[str], set[str]]) -> Iterator[Finding]:
    """An error at each translation that no font of the edition can show: `letters-uncovered`.

    `uncovered` gives the characters of a text that no font has.
    """
    texts = [(entry, _letters(entry)) for entry in catalog.active().values() if all(entry.msgstrs)]
    every = frozenset[str]().union(*(letters for _, letters in texts))
    lacking = uncovered("".join(letter for letter in sorted(every) if _is_visible(letter)))
    if not lacking:
        return
    for entry, letters in texts:
        if found := sorted(letters & lacking):
            yield finding(
                entry,
                "letters-uncovered",
                f"no font of the edition has {', '.join(map(_described, found))}",
                "correct the text, or name a family that has it under fonts in the settings",
            )


def _letters(entry: Entry) -> set[str]:
    """The characters of a translation as shown."""
    text = entry.msgstr
    if "&" in text:
        try:
            text = plain(translation_tree(text))
        except PublishError:
            return set()
    return set(text)


def _is_visible(letter: str) -> bool:
    """Whether it needs a glyph; characters of control are found by other checks."""
    return unicodedata.category(letter)[0] not in "CZ"


def _described(letter: str) -> str:
    return f"“{letter}” (U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed')})"


# --------------------------------------------------------------------------- rows of the table


WHOLES: tuple[Check, ...] = (
    Check(
        code="front-matter-thin",
        family="document",
        level=Level.ADVICE,
        title="The front matter lacks a summary, a date of publication or the rights",
        why="Libraries and search engines find a report by its summary and date; readers must "
        "know whether they may pass it on.",
        language="en",
        right=("published, rights, summary", "published, rights, summary"),
        wrong=("published, rights, summary", "title"),
        run=seen_in_whole,
    ),
    Check(
        code="image-no-twin",
        family="document",
        level=Level.ADVICE,
        title="An image has versions in other languages, but none in this one",
        why="An image that was made anew for one language has words in it, which readers of this "
        "edition would see in the source language.",
        language="ru",
        right=("map.png, map.tk.png", "map.ru.png"),
        wrong=("map.png, map.tk.png", "map.png"),
        run=seen_in_whole,
    ),
    Check(
        code="letters-uncovered",
        family="document",
        level=Level.ERROR,
        title="A character that no font of the edition has",
        why="Readers would see an empty box in its place, so no edition is written with it.",
        language="ru",
        right=("The court ruled.", "Суд вынес решение."),
        wrong=("The court ruled.", "Суд вынес 決定."),
        run=seen_in_whole,
    ),
)
"""Rows of what is seen in a document as a whole; `letters-uncovered` stands at entries."""
