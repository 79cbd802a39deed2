"""Checks of one translation's structure: marks, link numbers, addresses, raw HTML, blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.errors import PublishError
from publish.model import Entry, Finding, Inlines, Level, Span, Text, walk_inlines
from publish.model import Image as ImageNode
from publish.model import Link as LinkNode
from publish.reading.inline import is_blank, parse_inline
from publish.reading.translation import marks, translation_tree

__all__ = ["check_blank_line", "check_placeholders", "check_structure"]

PLACEHOLDER = re.compile(r"\{[A-Za-z_]\w*\}")


def check_structure(entry: Entry) -> Iterator[Finding]:
    """Errors that would change what a translation links to or stands out with.

    Codes: `raw-html`, `control-character`, `too-many-marks`, `link-title` from reading the
    text; `translation-empty`; `link-number`, `link-address` and `marks-differ` from comparing it
    with the msgid.
    """
    if not entry.msgstr.strip() or entry.joined:
        return
    try:
        tree = translation_tree(entry.msgstr, place(entry))
    except PublishError as error:
        yield finding(entry, error.code, error.message, error.hint)
        return
    if empty := _empty(tree):
        yield finding(
            entry,
            "translation-empty",
            f"{empty} that a reader cannot see",
            "write the words there, or leave the whole translation empty",
        )
        return
    source = parse_inline(entry.msgid)
    if wrong := tuple(_wrong_addresses(source, tree)):
        for address in wrong:
            yield _address_finding(entry, address)
        return
    yield from _mark_findings(entry, source, tree)


def _empty(tree: Inlines) -> str:
    """What in a translation shows nothing: all of it, a link, or an image's description."""
    if is_blank(tree):
        return "a translation"
    for node in walk_inlines(tree):
        if isinstance(node, LinkNode) and is_blank(node.children):
            return "a link"
        if isinstance(node, ImageNode) and is_blank((Text(node.alt),)):
            return "an image's description"
    return ""


def _wrong_addresses(source: Inlines, tree: Inlines) -> Iterator[str]:
    known = set(_addresses(source))
    return (address for address in _addresses(tree) if address not in known)


def _addresses(tree: Inlines) -> Iterator[str]:
    for node in walk_inlines(tree):
        if isinstance(node, LinkNode):
            yield node.href
        elif isinstance(node, ImageNode):
            yield node.src


def _address_finding(entry: Entry, address: str) -> Finding:
    if re.match(r"\s*[A-Za-z][\w+.-]*:", address):
        return finding(
            entry,
            "link-address",
            f"an address stands in the translation: {address}",
            "write the link's number, as in the source: [text](1)",
        )
    return finding(
        entry,
        "link-number",
        f"the source sentence has no link number {address or '(empty)'}",
        "use the numbers of the source sentence",
    )


def _mark_findings(entry: Entry, source: Inlines, tree: Inlines) -> Iterator[Finding]:
    wanted, found = marks(source), marks(tree)
    missing = sorted((wanted - found).elements())
    extra = sorted((found - wanted).elements())
    if missing or extra:
        parts = [f"missing {', '.join(missing)}" if missing else ""]
        parts.append(f"too many {', '.join(extra)}" if extra else "")
        yield finding(
            entry,
            "marks-differ",
            f"the marks are not those of the source: {'; '.join(filter(None, parts))}",
            "set the same marks as in the source sentence; for the character itself write \\*",
        )


def check_blank_line(entry: Entry) -> Iterator[Finding]:
    """A warning where a translation holds a blank line: it will be one space."""
    if re.search(r"\n[ \t]*\n", entry.msgstr.strip()):
        yield finding(
            entry,
            "blank-line",
            "a blank line in the translation becomes a space",
            "delete it; paragraphs are made in the source",
            Level.WARNING,
        )


def check_placeholders(entry: Entry) -> Iterator[Finding]:
    """An error where an interface string lacks a `{name}` of its source or invents one."""
    for msgstr in filter(None, entry.msgstrs):
        wanted = set(PLACEHOLDER.findall(entry.msgid + (entry.plural or "")))
        found = set(PLACEHOLDER.findall(msgstr))
        if wanted != found:
            yield finding(
                entry,
                "placeholders-differ",
                f"placeholders differ: {', '.join(sorted(wanted ^ found, key=len))}",
                "copy the words in braces from the source unchanged",
            )


def place(entry: Entry) -> Span:
    """Where the msgstr of an entry stands."""
    line = entry.msgstr_line or entry.span.first
    return Span(entry.span.file, line, max(line, entry.span.last))


def finding(
    entry: Entry, code: str, message: str, hint: str, level: Level = Level.ERROR
) -> Finding:
    """A finding at an entry's msgstr, with the start of its source sentence."""
    short = entry.msgid if len(entry.msgid) <= 76 else f"{entry.msgid[:75].rstrip()}…"
    return Finding(code, level, message, place(entry), hint, short.replace("\n", " "))
