"""Rules for a whole document: its front matter, its images, the characters its fonts lack."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from publish.checks.findings import report_at_entry
from publish.checks.othertongue import check_source_tongue
from publish.checks.rule import CatalogRunner, DocumentRunner, Rule
from publish.checks.views import CatalogView, DocumentView
from publish.model import Finding, Level, Role

__all__ = ["DOCUMENT_RULES", "NAMED", "describe_letters"]

FACTS = {
    "summary": "summary: what the report says, in two sentences",
    "published": "published: 2024-06-24",
    "rights": "rights: who may copy it",
}
"""A line of the front matter as an example of each key that `check_front_matter` looks for."""

NAMED = 8
"""So many characters are named; a text in a script without a font lacks hundreds."""


def check_front_matter(view: DocumentView) -> Iterator[Finding]:
    """Yield advice if the front matter lacks a summary, a date or the rights."""
    document = view.source.document
    has = {
        "summary": bool(document.front_text(Role.SUMMARY)),
        "published": document.facts.published is not None,
        "rights": bool(document.front_text(Role.RIGHTS)),
    }
    if lacking := [key for key, there in has.items() if not there]:
        lines = ", ".join(f"`{FACTS[key]}`" for key in lacking)
        yield Finding(
            code="front-matter-thin",
            level=Level.ADVICE,
            message=f"the front matter has no {', no '.join(lacking)}",
            span=document.front[0].prose.span if document.front else None,
            hint=f"write above the text what it can have, each in a line: {lines}",
        )


def check_twins(view: DocumentView) -> Iterator[Finding]:
    """Yield advice on each image of which other languages have a version, but not this one."""
    tag = view.language.tag
    for image in view.pictures:
        if image.twins and tag not in image.twins:
            stem, _, suffix = image.src.rpartition(".")
            others = ", ".join(sorted(image.twins))
            yield Finding(
                code="image-no-twin",
                level=Level.ADVICE,
                message=f"{image.src} has a version in {others}, but none in {tag}",
                span=image.span,
                hint=f"if the image has words in it, put {stem}.{tag}.{suffix} beside it",
            )


def check_letters(view: CatalogView) -> Iterator[Finding]:
    """Yield an error at each translation with a character that no font of the edition has."""
    if view.uncovered is None:
        return
    texts = [(entry, frozenset(view.read(entry).shown)) for entry in view.shown]
    every = frozenset[str]().union(*(letters for _, letters in texts))
    lacking = view.uncovered("".join(letter for letter in sorted(every) if _is_visible(letter)))
    if not lacking:
        return
    for entry, letters in texts:
        if found := sorted(letters & lacking):
            yield report_at_entry(
                entry,
                "letters-uncovered",
                f"no font of the edition has {describe_letters(found)}",
                "correct the text, or put a font that has it into fonts/; publish fonts names one",
            )


def _is_visible(letter: str) -> bool:
    """Return whether a character needs a glyph; other rules find control characters."""
    return unicodedata.category(letter)[0] not in "CZ"


def describe_letters(letters: Sequence[str]) -> str:
    """Return characters with their code points and names: the first, and how many others."""
    others = len(letters) - NAMED
    more = f" and {others} other{'s' * (others > 1)}" if others > 0 else ""
    return ", ".join(map(_describe, letters[:NAMED])) + more


def _describe(letter: str) -> str:
    return f"“{letter}” (U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed')})"


DOCUMENT_RULES: tuple[Rule, ...] = (
    Rule(
        code="front-matter-thin",
        family="document",
        level=Level.ADVICE,
        title="The front matter lacks a summary, a date of publication or the rights",
        why="Libraries and search engines find a report by its summary and date; readers must "
        "know whether they may pass it on.",
        remedy="Tell the publisher of the report; there is nothing to translate here.",
        language="en",
        right=("published, rights, summary", "published, rights, summary"),
        wrong=("published, rights, summary", "title"),
        kinds=frozenset(("source",)),
        runner=DocumentRunner(check_front_matter),
    ),
    Rule(
        code="source-language",
        family="document",
        level=Level.WARNING,
        title="The source is in another language than the settings say",
        why="Hyphens, quotation marks, the voice of a screen reader and all translations go by the "
        "source language; readers hear or see the text as one of another language.",
        remedy="Tell the publisher of the report; there is nothing to translate here.",
        language="en",
        right=(
            "Observers visited fourteen farms in three regions.",
            "Observers visited fourteen farms in three regions.",
        ),
        wrong=(
            "Observers visited fourteen farms in three regions.",
            "Наблюдатели посетили четырнадцать хозяйств.",
        ),
        kinds=frozenset(("source",)),
        runner=DocumentRunner(check_source_tongue),
    ),
    Rule(
        code="image-no-twin",
        family="document",
        level=Level.ADVICE,
        title="An image has versions in other languages, but none in this one",
        why="An image that was redrawn for one language has words in it, which readers of this "
        "edition would see in the source language.",
        remedy="If there are words in the image, make one for your language.",
        language="ru",
        right=("map.png, map.tk.png", "map.ru.png"),
        wrong=("map.png, map.tk.png", "map.png"),
        runner=DocumentRunner(check_twins),
    ),
    Rule(
        code="letters-uncovered",
        family="document",
        level=Level.ERROR,
        title="A character that no font of the edition has",
        why="Readers would see an empty box in its place, so no edition is written with it.",
        remedy="Correct the character, or tell the publisher that a font lacks it.",
        language="ru",
        right=("The court ruled.", "Суд вынес решение."),
        wrong=("The court ruled.", "Суд вынес 決定."),
        runner=CatalogRunner(check_letters, alone=True),
    ),
)
"""All rules for documents; those for a source in its own language are all here."""
