"""The rule for marks of other programs in a translation, which would be printed as typed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator

from publish.checks.findings import report_at_entry
from publish.checks.rule import DOCUMENT_KINDS, CatalogRunner, Rule
from publish.checks.views import CatalogView
from publish.model import Entry, Finding, Inlines, Level, Text, walk_inlines
from publish.reading.marks.dialectmarks import DialectMark, find_dialect_marks, may_have_marks

__all__ = ["TYPED_MARK_RULES", "check_typed_marks"]

TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|`+|\]\(\d*\)")
"""What Markdown reads: escapes, the ends of code, and the numbers of links."""


def check_typed_marks(view: CatalogView) -> Iterator[Finding]:
    """Yield an error at each translation with more marks of a kind than its source has."""
    for entry in view.entries:
        if entry.msgstr.strip() and not entry.joined:
            yield from _extra(view, entry)


def _extra(view: CatalogView, entry: Entry) -> Iterator[Finding]:
    if not ("&" in entry.msgstr or may_have_marks(entry.msgstr)):
        return
    read = view.read(entry)
    found = [] if read.error else list(_marks(entry.msgstr, read.tree))
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


def _hide_read(written: str) -> str:
    """Return a text with NUL in place of code, escapes and numbers; takes time by its length."""
    tokens = list(TOKEN.finditer(written))
    runs: dict[int, list[int]] = defaultdict(list)
    for token in tokens:
        if token[0][0] == "`":
            runs[len(token[0])].append(token.start())
    parts: list[str] = []
    at = 0
    for token in tokens:
        if token.start() < at:
            continue
        end = token.end()
        if token[0][0] == "`":
            later = runs[len(token[0])]
            following = bisect_right(later, token.start())
            if following == len(later):
                continue
            end = later[following] + len(token[0])
        parts += [written[at : token.start()], "\0"]
        at = end
    return "".join((*parts, written[at:]))


def _marks(written: str, tree: Inlines) -> Iterator[tuple[DialectMark, str]]:
    """Yield the marks in a text; those of bold text are looked for in what is shown."""
    for found in find_dialect_marks(_hide_read(written), ["emphasis", "heading"]):
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
        runner=CatalogRunner(check_typed_marks, alone=True),
    ),
)
