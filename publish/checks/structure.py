"""Rules of a translation's structure: marks, link numbers, addresses, HTML, blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publish.checks.findings import find_span, report_at_entry
from publish.checks.rule import DOCUMENT_KINDS, EVERY_KIND, CatalogRunner, Rule
from publish.checks.views import CatalogView
from publish.errors import PublishError
from publish.model import Entry, Finding, Inlines, Level, Text, walk_inlines
from publish.model import Image as ImageNode
from publish.model import Link as LinkNode
from publish.reading.directions import find_direction_changes
from publish.reading.marks.inline import is_blank, parse_inline
from publish.reading.msgstr import ReadMsgstr, count_marks, read_msgstr
from publish.visible import find_tags

__all__ = ["STRUCTURE_RULES", "check_entry_structure"]

BLANK_LINE = re.compile(r"\n[ \t]*\n")
PLACEHOLDER = re.compile(r"\{[A-Za-z_]\w*\}")


def check_marks(view: CatalogView) -> Iterator[Finding]:
    """Yield errors where a translation cannot be read or its marks differ from the source."""
    for entry in view.entries:
        if entry.msgstr.strip() and not entry.joined:
            read, source = view.read(entry), view.find_tree(entry.key)
            if source is None or not _is_unmarked(read, source):
                found = check_entry_structure(entry, read, source)
                # `check_tags` reports these, in every kind of catalog.
                yield from (one for one in found if one.code != "tag-character")


def check_entry_structure(
    entry: Entry, read: ReadMsgstr | None = None, source: Inlines | None = None
) -> Iterator[Finding]:
    """Yield the errors of structure in one translation.

    Codes: `raw-html`, `control-character`, `tag-character`, `too-many-marks`, `nested-too-deep`,
    `link-title` from reading the text; `translation-empty`; `link-number`, `link-address` and
    `marks-differ` from comparing it with the msgid.  `read` is the msgstr as it was read,
    `source` the tree of the msgid; both are read here if they are not given.  If the msgid cannot
    be read, nothing is compared.
    """
    if not entry.msgstr.strip() or entry.joined:
        return
    read = read or read_msgstr(entry.msgstr, find_span(entry))
    source = _read_source(entry) if source is None else source
    if source is not None and _is_unmarked(read, source):
        return
    if read.error is not None:
        yield report_at_entry(entry, read.error.listed_code, read.error.message, read.error.hint)
    elif empty := _find_empty(read.tree, source or ()):
        yield report_at_entry(
            entry,
            "translation-empty",
            f"{empty} that a reader cannot see",
            "write the words there, or leave the whole translation empty",
        )
    elif source is not None:
        yield from _compare(entry, source, read.tree)


def _read_source(entry: Entry) -> Inlines | None:
    try:
        return parse_inline(entry.msgid)
    except PublishError:
        return None


def _compare(entry: Entry, source: Inlines, tree: Inlines) -> Iterator[Finding]:
    """Yield the differences between the trees of source and translation."""
    if wrong := tuple(_wrong_addresses(source, tree)):
        yield from (_address_finding(entry, address) for address in wrong)
    else:
        yield from _mark_findings(entry, source, tree)


def _is_unmarked(read: ReadMsgstr, source: Inlines) -> bool:
    """Return whether neither side has a mark, as in most entries, and the text is visible."""
    unmarked = read.plain and all(isinstance(node, Text) for node in source)
    return unmarked and not is_blank(read.tree)


def _find_empty(tree: Inlines, source: Inlines) -> str:
    """Return the name of the invisible part: all, a link or a description; empty if none is.

    Descriptions and links that are empty in the source, too, do not count.
    """
    if is_blank(tree):
        return "a translation"
    empty = set(_empty_parts(source))
    return next((name for name, at in _empty_parts(tree) if (name, at) not in empty), "")


def _empty_parts(tree: Inlines) -> Iterator[tuple[str, str]]:
    """Yield the name and number of each link and image that a reader sees nothing of."""
    for node in walk_inlines(tree):
        if isinstance(node, LinkNode) and is_blank(node.children):
            yield "a link", node.href
        if isinstance(node, ImageNode) and is_blank((Text(node.alt),)):
            yield "an image's description", node.src


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
        return report_at_entry(
            entry,
            "link-address",
            f"the translation contains an address: {address}",
            "write the link's number, as in the source: [text](1)",
        )
    return report_at_entry(
        entry,
        "link-number",
        f"the source sentence has no link number {address or '(empty)'}",
        "use the numbers of the source sentence",
    )


def _mark_findings(entry: Entry, source: Inlines, tree: Inlines) -> Iterator[Finding]:
    wanted, found = count_marks(source), count_marks(tree)
    missing, extra = sorted((wanted - found).elements()), sorted((found - wanted).elements())
    parts = [f"missing {', '.join(missing)}"] * bool(missing)
    if parts := [*parts, *[f"too many {', '.join(extra)}"] * bool(extra)]:
        yield report_at_entry(
            entry,
            "marks-differ",
            f"the marks differ from the source: {'; '.join(parts)}",
            "write code as it is in the source sentence, as often, and between the same `"
            if all(mark.startswith("`") for mark in (*missing, *extra))
            else "use the same marks as in the source sentence; for the character itself write \\*",
        )


def check_blank_lines(view: CatalogView) -> Iterator[Finding]:
    """Yield a warning at each translation with a blank line, which becomes a space."""
    for entry in view.entries:
        if "\n" in entry.msgstr and BLANK_LINE.search(entry.msgstr.strip()):
            yield report_at_entry(
                entry,
                "blank-line",
                "a blank line in the translation becomes a space",
                "delete it; paragraphs are made in the source",
                Level.WARNING,
            )


def check_directions(view: CatalogView) -> Iterator[Finding]:
    """Yield an error at each translation with a character that changes its direction."""
    for entry in view.entries:
        if _is_printable(entry.msgstrs):
            continue
        for read in view.read_forms(entry):
            if wrong := find_direction_changes(read.shown, view.language.direction):
                yield report_at_entry(
                    entry,
                    "bidi-control",
                    f"a character that changes the direction of text: "
                    f"U+{ord(read.shown[wrong[0]]):04X}",
                    "delete it; the direction follows from the language",
                )


def _is_printable(texts: Iterable[str]) -> bool:
    """Return whether no text can have a format character, as it is or as `&#8238;`."""
    joined = "".join(texts)
    return joined.isprintable() and "&" not in joined


def check_tags(view: CatalogView) -> Iterator[Finding]:
    """Yield an error at each translation with tag characters, in its text or a comment."""
    for entry in view.entries:
        texts = (*entry.msgstrs, *entry.comments)
        if _is_printable(texts):
            continue
        codes = {read.error.code for read in view.read_forms(entry) if read.error}
        if "tag-character" in codes or any(map(find_tags, texts)):
            yield report_at_entry(
                entry,
                "tag-character",
                "a text is hidden in this translation, in tag characters (U+E0000 to U+E007F)",
                "delete the translation or the comment, and type it again",
            )


def check_placeholders(view: CatalogView) -> Iterator[Finding]:
    """Yield an error at each interface string that lacks or adds a `{name}`."""
    for entry in view.active.values():
        for msgstr in filter(None, entry.msgstrs):
            wanted = set(PLACEHOLDER.findall(entry.msgid + (entry.plural or "")))
            found = set(PLACEHOLDER.findall(msgstr))
            if wanted != found:
                yield report_at_entry(
                    entry,
                    "placeholders-differ",
                    f"placeholders differ: {', '.join(sorted(wanted ^ found, key=len))}",
                    "copy the words in braces from the source unchanged",
                )


MARKS = CatalogRunner(check_marks, alone=True)
"""The runner of all rows whose codes `check_entry_structure` yields."""

STRUCTURE_RULES: tuple[Rule, ...] = (
    Rule(
        code="marks-differ",
        family="structure",
        level=Level.ERROR,
        title="The marks differ from the source",
        why="Emphasis, links, footnote marks and line breaks are part of the text: if one is lost "
        "or added, other words are emphasized and links lead elsewhere.",
        remedy="Put the same marks around your words as in the source, in any order.",
        language="ru",
        right=("A *fair* trial.[^1]", "*Справедливый* суд.[^1]"),
        wrong=("A *fair* trial.[^1]", "Справедливый суд."),
        kinds=DOCUMENT_KINDS,
        runner=MARKS,
    ),
    Rule(
        code="link-number",
        family="structure",
        level=Level.ERROR,
        title="A link number that the source does not have",
        why="Links are numbered in each sentence and their addresses stay in the source, so a "
        "number that is not there leads nowhere.",
        remedy="Write the number that follows the link in the source: [text](1).",
        language="ru",
        right=("See [the law](1).", "См. [закон](1)."),
        wrong=("See [the law](1).", "См. [закон](2)."),
        kinds=DOCUMENT_KINDS,
        runner=MARKS,
    ),
    Rule(
        code="link-address",
        family="structure",
        level=Level.ERROR,
        title="An address in the translation",
        why="Addresses are only in the source, so that no translation can lead readers elsewhere.",
        remedy="Write the number of the link instead of the address: [text](1).",
        language="ru",
        right=("See [the law](1).", "См. [закон](1)."),
        wrong=("See [the law](1).", "См. [закон](https://example.org/)."),
        kinds=DOCUMENT_KINDS,
        runner=MARKS,
    ),
    Rule(
        code="link-title",
        family="structure",
        level=Level.ERROR,
        title="A link with a title",
        why="Titles of links show in a tooltip only, which many readers never see.",
        remedy="Leave only the number in the parentheses: [text](1).",
        language="ru",
        right=("See [the law](1).", "См. [закон](1)."),
        wrong=("See [the law](1).", 'См. [закон](1 "УК").'),
        kinds=DOCUMENT_KINDS,
        runner=MARKS,
    ),
    Rule(
        code="raw-html",
        family="structure",
        level=Level.ERROR,
        title="HTML in a text",
        why="Editions are made only from Markdown; HTML could contain scripts and requests.",
        remedy="Delete the HTML. For the character itself write \\<.",
        language="ru",
        right=("It is *bold*.", "Это *смело*."),
        wrong=("It is *bold*.", "Это <b>смело</b>."),
        kinds=DOCUMENT_KINDS,
        runner=MARKS,
    ),
    Rule(
        code="control-character",
        family="structure",
        level=Level.ERROR,
        title="A control character",
        why="No XML file, and so no EPUB, can contain it (XML 1.0, section 2.2).",
        remedy="Delete it.",
        language="ru",
        right=("A trial.", "Суд."),
        wrong=("A trial.", "Суд\x08."),
        kinds=DOCUMENT_KINDS,
        runner=MARKS,
    ),
    Rule(
        code="too-many-marks",
        family="structure",
        level=Level.ERROR,
        title="Too many marks for a sentence",
        why="More than 2,000 marks of one kind are an accident or an attack.",
        remedy="Delete the marks that the source does not have.",
        language="ru",
        right=("A trial.", "Суд."),
        wrong=("A trial.", "*" * 2001),
        kinds=DOCUMENT_KINDS,
        runner=MARKS,
    ),
    Rule(
        code="nested-too-deep",
        family="structure",
        level=Level.ERROR,
        title="Marks nested too deeply",
        why="More than 40 nested marks are an accident or an attack.",
        remedy="Delete the marks that the source does not have.",
        language="ru",
        right=("A trial.", "Суд."),
        wrong=("A trial.", f"{'*а ' * 41}суд{' о*' * 41}"),
        kinds=DOCUMENT_KINDS,
        runner=MARKS,
    ),
    Rule(
        code="translation-empty",
        family="structure",
        level=Level.ERROR,
        title="A translation that a reader cannot see",
        why="It contains only invisible characters.",
        remedy="Write the words, or leave the whole translation empty.",
        language="ru",
        right=("A trial.", "Суд."),
        wrong=("A trial.", "\u200b"),
        kinds=DOCUMENT_KINDS,
        runner=MARKS,
    ),
    Rule(
        code="blank-line",
        family="structure",
        level=Level.WARNING,
        title="A blank line",
        why="Paragraphs are made in the source; a blank line in a translation becomes a space.",
        remedy="Delete it.",
        language="ru",
        right=("A trial. A verdict.", "Суд. Приговор."),
        wrong=("A trial. A verdict.", "Суд.\n\nПриговор."),
        kinds=DOCUMENT_KINDS,
        runner=CatalogRunner(check_blank_lines, alone=True),
    ),
    Rule(
        code="placeholders-differ",
        family="structure",
        level=Level.ERROR,
        title="Words in braces differ",
        why="In the texts that the program adds to editions, it replaces a word in braces; that "
        "word must be the same as in the source.",
        remedy="Copy the words in braces from the source, unchanged.",
        language="ru",
        right=("Page {page}", "Страница {page}"),
        wrong=("Page {page}", "Страница {страница}"),
        kinds=frozenset(("interface",)),
        runner=CatalogRunner(check_placeholders, alone=True),
    ),
    Rule(
        code="bidi-control",
        family="structure",
        level=Level.ERROR,
        title="A character that changes the direction of text",
        why=(
            "Overrides and isolates (Unicode Annex 9) make a text look different from how it is"
            " written; this is a known way to forge texts."
        ),
        remedy="Delete it.",
        language="ru",
        right=("In 2024.", "В 2024 году."),
        wrong=("In 2024.", "В \u202e4202\u202c году."),
        kinds=EVERY_KIND,
        runner=CatalogRunner(check_directions, alone=True),
    ),
    Rule(
        code="tag-character",
        family="structure",
        level=Level.ERROR,
        title="A hidden text",
        why=(
            "Tag characters are never shown, but programs read them: a whole sentence can be hidden"
            " in one letter. Only the flags of England, Scotland and Wales need them."
        ),
        remedy="Delete the translation and type it again.",
        language="ru",
        right=("A trial.", "Суд."),
        wrong=("A trial.", "Суд\U000e0068\U000e0069."),
        kinds=EVERY_KIND,
        runner=CatalogRunner(check_tags, alone=True),
    ),
)
