"""The rule of references: links that leave it to the edition to say the number of a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.checks.findings import report_at_entry
from publish.checks.rule import CatalogRunner, Rule
from publish.checks.views import CatalogView
from publish.model import Finding, Inlines, Level, Link, plain, walk_inlines
from publish.reading.numbering import NUMBER, count_number_marks, is_empty

__all__ = ["REFERENCE_RULES"]

DIGIT = re.compile(r"\d")


def check_references(view: CatalogView) -> Iterator[Finding]:
    """Yield warnings at numbers of figures that are typed, and at `{number}` that means nothing."""
    for entry in view.shown:
        if "](" not in entry.msgid and NUMBER not in entry.msgstr:
            continue
        source, read = view.find_tree(entry.key), view.read(entry)
        if entry.joined or read.error is not None or source is None:
            continue
        for message, hint in _find_wrong(source, read.tree, view.find_numbers(entry.key)):
            yield report_at_entry(entry, "reference-number", message, hint, Level.WARNING)


def _find_wrong(
    source: Inlines, tree: Inlines, numbers: dict[str, str] | None
) -> Iterator[tuple[str, str]]:
    """Yield message and hint of each fault; `numbers` are those of links, None if not known."""
    links = [node for node in walk_inlines(tree) if isinstance(node, Link)]
    within = sum(count_number_marks(node.children) for node in links)
    if within < count_number_marks(tree) and not count_number_marks(source):
        yield f"{NUMBER} is printed as it is typed", f"put it into a link: [… {NUMBER}](1)"
    for node in links:
        if numbers is not None and count_number_marks(node.children) and node.href not in numbers:
            yield (
                f"what link {node.href} leads to has no number, so {NUMBER} shows nothing",
                "delete it, or leave the brackets empty: the edition writes the title there",
            )
    empty = {
        node.href
        for node in walk_inlines(source)
        if isinstance(node, Link) and (is_empty(node) or count_number_marks(node.children))
    }
    for node in links:
        if node.href in empty and (found := DIGIT.search(plain(node.children))):
            yield (
                f"the number {found.group()} is typed, and stays when figures are inserted",
                f"write {NUMBER} in its place: the edition puts the number there",
            )


REFERENCE_RULES: tuple[Rule, ...] = (
    Rule(
        code="reference-number",
        family="numbers",
        level=Level.WARNING,
        title="The number of a figure or table is typed",
        why="Editions count figures and tables themselves. A number that is typed is wrong as soon "
        "as a figure is inserted before it.",
        remedy="Write {number} between the brackets of the link, or leave them empty.",
        language="ru",
        right=("As [](1) shows.", "Как видно на [рисунке {number}](1)."),
        wrong=("As [](1) shows.", "Как видно на [рисунке 3](1)."),
        runner=CatalogRunner(check_references, alone=True),
    ),
)
