"""The rule for marks of other programs in a translation, which would be printed as typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from publish.checks.findings import report_at_entry
from publish.checks.rule import DOCUMENT_KINDS, CatalogRunner, Rule
from publish.checks.views import CatalogView
from publish.model import Entry, Finding, Inlines, Level, Text, walk_inlines
from publish.reading.marks.dialectmarks import DialectMark, find_dialect_marks

__all__ = ["TYPED_MARK_RULES", "check_typed_marks"]

READ = re.compile(r"\\[!-/:-@\[-`{-~]|(`+)(?!`).*?(?<!`)\1(?!`)|\]\(\d*\)", re.DOTALL)
"""What Markdown reads: escapes, code, and the numbers of links."""


def check_typed_marks(view: CatalogView) -> Iterator[Finding]:
    """Yield an error at each translation with more marks of a kind than its source has."""
    for entry in view.entries:
        if entry.msgstr.strip() and not entry.joined:
            yield from _extra(view, entry)


def _extra(view: CatalogView, entry: Entry) -> Iterator[Finding]:
    found = list(_marks(entry.msgstr, view.read(entry).tree))
    if not found:
        return
    counted = Counter(mark.name for mark, _ in _marks(entry.msgid, view.find_tree(entry.key) or ()))
    for mark, text in found:
        counted[mark.name] -= 1
        if counted[mark.name] < 0:
            yield report_at_entry(
                entry,
                "mark-as-typed",
                f"this would be printed as it is typed: {text[:60]}",
                "delete it, or use the marks of the source sentence; to show it as it is, write "
                "a backslash before it",
            )


def _marks(written: str, tree: Inlines) -> Iterator[tuple[DialectMark, str]]:
    """Yield the marks in a text; those of bold text are looked for in what is shown."""
    for found in find_dialect_marks(READ.sub("\0", written), ["emphasis", "heading"]):
        yield found.mark, found.text
    if "\\" in written:
        return
    for node in walk_inlines(tree):
        if isinstance(node, Text):
            for found in find_dialect_marks(node.text):
                if found.mark.name == "emphasis":
                    yield found.mark, found.text


TYPED_MARK_RULES: tuple[Rule, ...] = (
    Rule(
        code="mark-as-typed",
        family="leftovers",
        level=Level.ERROR,
        title="A mark that readers would see as it is typed",
        why="Template marks, links of wikis, citation keys and the like are read by other "
        "programs; here a reader would see the signs.",
        remedy="Delete the signs, or use the marks of the source. To show them as they are, write "
        "a backslash before them.",
        language="ru",
        right=("See the *law*.", "См. *закон*."),
        wrong=("See the law.", "См. [[закон]]."),
        kinds=DOCUMENT_KINDS,
        runner=CatalogRunner(check_typed_marks),
    ),
)
