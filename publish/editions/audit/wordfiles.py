"""Audits a finished Word file against the text it was made from.

The file is made again and compared part by part: no byte may differ.  The sentences, the order they
stand in, links, the state and descriptions are compared with the manuscript, too, not with what the
writer did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from publish.containers.xmltrees import parse_own
from publish.containers.zipfiles import ARCHIVE_LIMITS, MOMENT, read_entries
from publish.editions.audit.books import find_known_links
from publish.editions.audit.comparing import MOST_DIFFERENCES, compare_trees
from publish.editions.audit.opened import report_built_file, shorten_line
from publish.editions.docx.names import name
from publish.editions.docx.shown import read_shown_texts
from publish.editions.docx.word import name_bookmark, name_sentence
from publish.editions.page.edition import Manuscript, state_note
from publish.errors import PublishError
from publish.languages.spacing import fold_typography
from publish.model import (
    Finding,
    Inlines,
    Math,
    Prose,
    Role,
    UnitSpan,
    plain,
    proses,
    walk_inlines,
)

__all__ = ["audit_word_file"]

DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"
RELATIONS = ("word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels")
_CODES = {
    DOCUMENT: "built-text",
    NOTES: "built-text",
    "word/header1.xml": "built-text",
    "docProps/core.xml": "built-metadata",
    "docProps/custom.xml": "built-metadata",
    "customXml/item1.xml": "built-ids",
    **dict.fromkeys(RELATIONS, "built-link"),
}
"""The code of a difference in a part; that of others is `built-part`."""

RUNNING = frozenset((Role.HEADING, Role.PARAGRAPH, Role.ITEM, Role.QUOTE))
"""The kinds of text whose order is the same in all editions."""
FRONT = frozenset((
    Role.TITLE, Role.SUBTITLE, Role.AUTHOR, Role.PUBLISHER, Role.REPUBLISHER, Role.RIGHTS,
    Role.SUMMARY, Role.KEYWORD,
))  # fmt: skip
"""The kinds that a cover or imprint may do without."""

_Fault = tuple[str, str]
"""The code of a finding, and what it says."""


def audit_word_file(file: str, data: bytes, text: Manuscript, wanted: bytes) -> Iterator[Finding]:
    """Yield what is wrong with a Word file; `file` is its name in findings.

    `wanted` is the file that source, catalogs and templates make today.
    """
    try:
        entries = read_entries(data, file, ARCHIVE_LIMITS)
        found = {info.filename: content for info, content in entries}
        roots = {part: parse_own(found[part]) for part in (DOCUMENT, NOTES) if part in found}
        faults = list(_check_manuscript(found, roots, text))
    except (PublishError, etree.XMLSyntaxError, KeyError) as error:
        message = f"the file cannot be read as a Word file: {error}"
        yield report_built_file(file, "built-container", message)
        return
    if data != wanted:
        made = read_entries(wanted, file, ARCHIVE_LIMITS)
        names = [info.filename for info, _ in entries]
        dated = next((info.filename for info, _ in entries if info.date_time != MOMENT), "")
        parts = {info.filename: content for info, content in made}
        faults += _compare_parts(names, found, parts)
        if not faults:
            what = f"{dated} has a date" if dated else "it is not packed as publish build packs it"
            faults.append(("built-container", what))
    for code, message in dict.fromkeys(faults):
        yield report_built_file(file, code, message)


# --------------------------------------------------------------------------- the parts


def _compare_parts(
    names: list[str], found: Mapping[str, bytes], made: Mapping[str, bytes]
) -> Iterator[_Fault]:
    """Yield how the parts differ from those wanted."""
    for part in sorted({part for part in names if names.count(part) > 1}):
        yield "built-container", f"{part} is there twice"
    for part in sorted(made.keys() - found.keys()):
        yield "built-container", f"{part} is missing"
    for part in sorted(found.keys() - made.keys()):
        yield "built-container", f"{part} does not belong to the file"
    for part, content in made.items():
        if found.get(part, content) != content:
            yield from _compare_part(part, found[part], content)


def _compare_part(part: str, found: bytes, wanted: bytes) -> Iterator[_Fault]:
    """Yield how a part differs, at least that it does."""
    if part.startswith("word/media/"):
        yield "built-image", f"{part}: this is another image"
        return
    code = _CODES.get(part, "built-part")
    try:
        trees = parse_own(found), parse_own(wanted)
    except etree.XMLSyntaxError as error:
        yield "built-container", f"{part} cannot be read: {error}"
        return
    told = list(islice(compare_trees(code, *trees), MOST_DIFFERENCES))
    for kind, message in told or [(code, "it is not written as publish build writes it")]:
        yield kind, f"{part}: {message}"


# --------------------------------------------------------------------------- the manuscript


def _check_manuscript(
    found: Mapping[str, bytes], roots: Mapping[str, etree._Element], text: Manuscript
) -> Iterator[_Fault]:
    """Yield where a file does not say what the manuscript says."""
    yield from _check_sentences(roots, text)
    yield from _check_links(found, roots, text)
    yield from _check_state(found, roots, text)
    for number, shown in enumerate(roots[DOCUMENT].iter(name("wp:docPr")), 1):
        decorative = next(shown.iter(name("adec:decorative")), None) is not None
        if not decorative and not (shown.get("descr") or "").strip():
            yield "built-image", f"picture {number} has no description"


def _check_sentences(roots: Mapping[str, etree._Element], text: Manuscript) -> Iterator[_Fault]:
    """Yield sentences whose bookmark is missing or has other words, and those out of order."""
    half = next((one for one in text.both if not one.original), text)
    shown: dict[str, str] = {}
    for root in roots.values():
        shown |= read_shown_texts(root)
    order = {one: at for at, one in enumerate(read_shown_texts(roots[DOCUMENT]))}
    last = -1
    for prose in proses(half.document):
        for bookmark, sentence in _list_sentences(prose):
            words = shorten_line(plain(sentence))
            if bookmark not in shown:
                shared = text.second is not None and prose.role is Role.ALT
                if prose.role not in FRONT and not shared:
                    yield "built-text", f"a sentence is missing: “{words}”"
                continue
            formula = any(isinstance(one, Math) for one in walk_inlines(sentence))
            if not formula and _squash(plain(sentence)) != _squash(shown[bookmark]):
                yield "built-text", f"the text is “{shorten_line(shown[bookmark])}”, not “{words}”"
            if prose.role in RUNNING and bookmark in order:
                if order[bookmark] < last:
                    yield "built-text", f"a sentence is moved: “{words}”"
                last = max(last, order[bookmark])


def _list_sentences(prose: Prose) -> Iterator[tuple[str, Inlines]]:
    """Yield the sentences of a text with their bookmarks."""
    for node in walk_inlines(prose.content):
        if isinstance(node, UnitSpan) and node.ids:
            yield name_sentence(node.ids[0]), node.children


def _check_links(
    found: Mapping[str, bytes], roots: Mapping[str, etree._Element], text: Manuscript
) -> Iterator[_Fault]:
    """Yield links that the source does not have, and those that lead nowhere."""
    known = find_known_links(text)
    known |= {f"#{name_bookmark(one[1:])}" for one in known if one.startswith("#")}
    for part in RELATIONS:
        for one in parse_own(found[part]) if part in found else ():
            target = one.get("Target") or ""
            if one.get("TargetMode") == "External" and target not in known:
                yield "built-link", f"a link leads to {target[:100]}, which is not in the source"
    starts = (one for root in roots.values() for one in root.iter(name("w:bookmarkStart")))
    names = {one.get(name("w:name")) for one in starts}
    for root in roots.values():
        for link in root.iter(name("w:hyperlink")):
            anchor = link.get(name("w:anchor"))
            if anchor and anchor not in names:
                yield "built-link", f"a link leads to {anchor}, which is not there"


def _check_state(
    found: Mapping[str, bytes], roots: Mapping[str, etree._Element], text: Manuscript
) -> Iterator[_Fault]:
    """Yield where the state of a translation is missing: its cover, heads, properties."""
    places = {
        "the cover": roots[DOCUMENT],
        "the head of pages": parse_own(found["word/header1.xml"]),
        "its properties": parse_own(found["docProps/core.xml"]),
    }
    for state in filter(None, map(state_note, text.both)):
        for place, root in places.items():
            if _squash(state) not in _squash("".join(map(str, root.itertext()))):
                yield "built-state", f"{place} does not say: {state}"


def _squash(text: str) -> str:
    """Return a text without spaces and with equal hyphens, which typography may change."""
    return "".join(fold_typography(text).split())
