"""Checks of one translation's structure: marks, link numbers, addresses, raw HTML, blank lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from publish.checks.check import Check, Pair, Problem
from publish.model import Entry, Finding, Inlines, Level, Span, Text, walk_inlines
from publish.model import Image as ImageNode
from publish.model import Link as LinkNode
from publish.reading.directions import turning
from publish.reading.inline import is_blank, parse_inline, read_plain_text
from publish.reading.translation import ReadText, marks, read_text
from publish.visible import shorten

__all__ = [
    "STRUCTURE",
    "check_blank_line",
    "check_directions",
    "check_placeholders",
    "check_structure",
    "excerpt",
    "finding",
    "place",
]

PLACEHOLDER = re.compile(r"\{[A-Za-z_]\w*\}")


def check_structure(
    entry: Entry, read: ReadText | None = None, source: Inlines | None = None
) -> Iterator[Finding]:
    """Yield errors that would change what a translation links to or stands out with.

    Codes: `raw-html`, `control-character`, `too-many-marks`, `link-title` from reading the
    text; `translation-empty`; `link-number`, `link-address` and `marks-differ` from comparing it
    with the msgid.  `read` is the msgstr as it was read, `source` the tree of the msgid.
    """
    if not entry.msgstr.strip() or entry.joined:
        return
    read = read or read_text(entry.msgstr, place(entry))
    if _unmarked(entry, read):
        return
    if read.error is not None:
        yield finding(entry, read.error.listed_code, read.error.message, read.error.hint)
        return
    tree = read.tree
    if empty := _empty(tree):
        yield finding(
            entry,
            "translation-empty",
            f"{empty} that a reader cannot see",
            "write the words there, or leave the whole translation empty",
        )
        return
    if source is None:
        source = parse_inline(entry.msgid)
    if wrong := tuple(_wrong_addresses(source, tree)):
        for address in wrong:
            yield _address_finding(entry, address)
        return
    yield from _mark_findings(entry, source, tree)


def _unmarked(entry: Entry, read: ReadText) -> bool:
    """Whether neither side can hold a mark, as in most entries, and readers see something."""
    if not read.plain or not read.tree or read_plain_text(entry.msgid) is None:
        return False
    return not is_blank(read.tree)


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
    if "\n" in entry.msgstr and re.search(r"\n[ \t]*\n", entry.msgstr.strip()):
        yield finding(
            entry,
            "blank-line",
            "a blank line in the translation becomes a space",
            "delete it; paragraphs are made in the source",
            Level.WARNING,
        )


def check_directions(
    entry: Entry, direction: str, read: ReadText | None = None
) -> Iterator[Finding]:
    """An error (`bidi-control`) where a translation looks different from what it is."""
    for msgstr in filter(None, entry.msgstrs):
        if msgstr.isascii() and "&" not in msgstr:
            continue
        known = read is not None and msgstr == entry.msgstr
        text = read.shown if read and known else read_text(msgstr).shown
        if wrong := turning(text, direction):
            yield finding(
                entry,
                "bidi-control",
                f"a character that turns the direction of text: U+{ord(text[wrong[0]]):04X}",
                "delete it; the direction follows from the language",
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
    return Finding(code, level, message, place(entry), hint, excerpt(entry), key=entry.key)


def excerpt(entry: Entry) -> str:
    """The start of an entry's source sentence, on one line."""
    return shorten(entry.msgid, 76).replace("\n", " ")


# --------------------------------------------------------------------------- rows of the table


def _row(
    code: str, run: Callable[[Entry], Iterator[Finding]]
) -> Callable[[Pair], Iterator[Problem]]:
    """The part of a check of entries that has one code; the engine runs the whole at once."""

    def problems(pair: Pair) -> Iterator[Problem]:
        for found in run(pair.entry):
            if found.code == code:
                yield Problem(found.message, found.hint)

    return problems


STRUCTURE: tuple[Check, ...] = (
    Check(
        code="marks-differ",
        family="structure",
        level=Level.ERROR,
        title="The marks are not those of the source",
        why="Emphasis, links, footnote marks and line breaks belong to the text: what is lost or "
        "added changes what stands out and where readers are led.",
        language="ru",
        right=("A *fair* trial.[^1]", "*Справедливый* суд.[^1]"),
        wrong=("A *fair* trial.[^1]", "Справедливый суд."),
        run=_row("marks-differ", check_structure),
    ),
    Check(
        code="link-number",
        family="structure",
        level=Level.ERROR,
        title="A link number that the source does not have",
        why="Links are numbered in each sentence and their addresses stay in the source, so a "
        "number that is not there leads nowhere.",
        language="ru",
        right=("See [the law](1).", "См. [закон](1)."),
        wrong=("See [the law](1).", "См. [закон](2)."),
        run=_row("link-number", check_structure),
    ),
    Check(
        code="link-address",
        family="structure",
        level=Level.ERROR,
        title="An address in the translation",
        why="Addresses stand in the source alone, so that no translation can lead readers "
        "elsewhere.",
        language="ru",
        right=("See [the law](1).", "См. [закон](1)."),
        wrong=("See [the law](1).", "См. [закон](https://example.org/)."),
        run=_row("link-address", check_structure),
    ),
    Check(
        code="link-title",
        family="structure",
        level=Level.ERROR,
        title="A link with a title",
        why="Titles of links show in a tooltip only, which many readers never see.",
        language="ru",
        right=("See [the law](1).", "См. [закон](1)."),
        wrong=("See [the law](1).", 'См. [закон](1 "УК").'),
        run=_row("link-title", check_structure),
    ),
    Check(
        code="raw-html",
        family="structure",
        level=Level.ERROR,
        title="HTML in a text",
        why="Editions are made from Markdown alone; HTML could carry scripts and requests.",
        language="ru",
        right=("It is *bold*.", "Это *смело*."),
        wrong=("It is *bold*.", "Это <b>смело</b>."),
        run=_row("raw-html", check_structure),
    ),
    Check(
        code="control-character",
        family="structure",
        level=Level.ERROR,
        title="A control character",
        why="No XML file, and so no EPUB, can carry it (XML 1.0, section 2.2).",
        language="ru",
        right=("A trial.", "Суд."),
        wrong=("A trial.", "Суд\x08."),
        run=_row("control-character", check_structure),
    ),
    Check(
        code="too-many-marks",
        family="structure",
        level=Level.ERROR,
        title="Too many marks for a sentence",
        why="More than 2,000 marks of one kind are an accident or an attack.",
        language="ru",
        right=("A trial.", "Суд."),
        wrong=("A trial.", "*" * 2001),
        run=_row("too-many-marks", check_structure),
    ),
    Check(
        code="blank-line",
        family="structure",
        level=Level.WARNING,
        title="A blank line",
        why="Paragraphs are made in the source; a blank line in a translation becomes a space.",
        language="ru",
        right=("A trial. A verdict.", "Суд. Приговор."),
        wrong=("A trial. A verdict.", "Суд.\n\nПриговор."),
        run=_row("blank-line", check_blank_line),
    ),
    Check(
        code="placeholders-differ",
        family="structure",
        level=Level.ERROR,
        title="Words in braces differ",
        why="In the words of the editions themselves a word in braces is filled in by the "
        "program, under the name that the source gives it.",
        language="ru",
        right=("Page {page}", "Страница {page}"),
        wrong=("Page {page}", "Страница {страница}"),
        run=_row("placeholders-differ", check_placeholders),
    ),
)
