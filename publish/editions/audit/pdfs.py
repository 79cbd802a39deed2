"""Audits a finished PDF against the text it was made from: what it says, shows, hides and claims.

It reads the tags as a screen reader does and the pages as an eye does, and compares both with the
tree that source and catalogs make today.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import zip_longest

from publish.editions.audit.opened import shorten_line
from publish.editions.audit.pdffile import PdfPage
from publish.editions.audit.pdfreading import AuditedPdf, has_floated
from publish.editions.audit.pictures import read_picture
from publish.editions.audit.strings import drop_silent
from publish.editions.audit.texts import squash_shown
from publish.editions.page.edition import state_note
from publish.editions.page.interface import plain_text
from publish.editions.pagination import letters
from publish.editions.pdf.press.press import BLEED, SLUG
from publish.editions.pdf.standards import choose_standard, xmp
from publish.model import Finding

__all__ = ["audit_pdf"]

_CONTENT = re.compile(r'content:[^;}]*?"((?:[^"\\]|\\.)*)"')


def audit_pdf(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield what is wrong with a PDF."""
    for audit in AUDITS:
        yield from audit(pdf)


# --------------------------------------------------------------------------- text


def check_words(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield the first text that is missing, changed, moved or added, and wrong languages."""
    languages = [one.language for one in pdf.expected.texts for _ in one.text]
    matched = pdf.matched
    for run, at in matched.places:
        for language in dict.fromkeys(languages[at : at + len(run.text)]):
            if language != run.language:
                yield pdf.wrong(
                    "built-language",
                    f"page {run.page + 1}: a text has the language {run.language}, not {language}:"
                    f" {shorten_line(run.text)}",
                )
    if matched.wrong is not None:
        yield pdf.wrong(
            "built-text",
            f"page {matched.wrong.page + 1} says “{shorten_line(matched.wrong.text)}” instead of"
            f" “{shorten_line(matched.missing)}”",
        )
    elif matched.missing:
        yield pdf.wrong("built-text", f"a text is missing: “{shorten_line(matched.missing)}”")


def check_sight(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield what is shown and not said, or said and not shown."""
    allowed = {letters(aside) for aside in _asides(pdf)}
    for number, page in enumerate(pdf.found.pages, 1):
        content = page.content
        for words in content.loose:
            message = f"page {number} shows a text that has no tag: {shorten_line(words)}"
            yield pdf.wrong("built-tags", message)
        for words in content.hidden:
            yield pdf.wrong("built-hidden", f"page {number} hides a text {shorten_line(words)}")
        for _ in content.drawn[:1]:
            yield pdf.wrong("built-tags", f"page {number} has a drawing that has no tag")
        for _ in content.layers[:1]:
            yield pdf.wrong("built-hidden", f"page {number} has a layer that can be hidden")
        for aside in content.artifacts:
            if not _is_aside(letters(aside), allowed, pdf):
                message = f"page {number} shows a text beside the text: {shorten_line(aside)}"
                yield pdf.wrong("built-text", message)


def check_named_texts(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield texts that show other letters than those the file names for reading aloud."""
    for number, page in enumerate(pdf.found.pages, 1):
        for text in page.content.actual:
            if letters(text.said) != letters(text.shown):
                message = f"page {number} shows other words than “{shorten_line(text.said)}”"
                yield pdf.wrong("built-text", message)


def _asides(pdf: AuditedPdf) -> Iterator[str]:
    """Yield what may stand in margins: titles, numbers, the state, texts of the style sheet."""
    yield from pdf.expected.asides
    yield from (state_note(half) for half in pdf.text.both)
    yield " · ".join(filter(None, map(state_note, pdf.text.both)))
    label = plain_text(pdf.text.interface, "Page {page} of {pages}")
    numeral, count = pdf.text.language.numeral, len(pdf.found.pages)
    for number in range(1, count + 1):
        yield label.replace("{page}", numeral(number)).replace("{pages}", numeral(count))
        yield numeral(number)
    for text in _CONTENT.findall(pdf.css):
        yield re.sub(r"\\([0-9a-f]{1,6}) ?", lambda found: chr(int(found[1], 16)), text)


def _is_aside(words: str, allowed: set[str], pdf: AuditedPdf) -> bool:
    if words in allowed or _is_known_number(words, pdf):
        return True
    if any(words in letters(head) for head in pdf.expected.repeated):
        return True
    starts = max((_common(words, one) for one in allowed), default=0)
    return starts >= 6 and starts == len(words)  # A title that is cut short.


def _common(one: str, other: str) -> int:
    """Return how many letters two texts have in common at their start."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def _is_known_number(words: str, pdf: AuditedPdf) -> bool:
    return len(words) <= 2 or (words.isdecimal() and len(words) <= 5)


def check_marks(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield differences between the marks of the pages and the tag tree, both ways."""
    if pdf.found.tags is None or not pdf.found.marked:
        yield pdf.wrong("built-tags", "the file has no tags for people who cannot see it")
        return
    runs = [run for run in pdf.said.runs if run.mark >= 0]
    said = {(run.page, run.mark): run.number for run in runs}
    if len(said) != len(runs):
        yield pdf.wrong("built-tags", "the tag tree has a text twice")
    for page, mark in sorted(pdf.found.marks.keys() ^ said.keys())[:3]:
        where = "on the page only" if (page, mark) not in said else "in the tag tree only"
        yield pdf.wrong("built-tags", f"page {page + 1}: the text of mark {mark} is {where}")
    for number, one in enumerate(pdf.found.pages):
        owners = {mark: said.get((number, mark), 0) for mark in one.content.texts}
        if owners != {mark: one.owners[mark] if mark < len(one.owners) else 0 for mark in owners}:
            yield pdf.wrong("built-tags", f"page {number + 1}: its texts name other tags")


def check_headings(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield differences of headings and outline from the headings of the text."""
    rank, wanted = 0, []
    for level, words, _ in pdf.expected.headings:
        rank = min(level, rank + 1)
        wanted.append((f"H{rank}", letters(words)))
    for found, one in zip_longest(((r, letters(w)) for r, w in pdf.said.headings), wanted):
        if found != one:
            shown = found or one or ("", "")
            message = f"a heading is wrong, missing or added: {shown[0]} {shown[1][:60]}"
            yield pdf.wrong("built-nav", message)
            break
    for mark, (words, at) in zip_longest(
        pdf.found.outline, pdf.expected.outline, fillvalue=("", -1)
    ):
        if letters(mark[0]) != letters(words):
            yield pdf.wrong("built-nav", "the outline differs from the headings")
            return
        if pdf.pages.get(at, mark[1]) != mark[1]:
            yield pdf.wrong("built-nav", f"the outline leads to a wrong page: {mark[0][:60]}")


# --------------------------------------------------------------------------- links and images


def check_pdf_links(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield links that differ from those of the text or lead to a wrong page.

    In a file that is only printed nothing can be followed.
    """
    if not pdf.facts.has_links:
        if pdf.said.numbers or any(page.links for page in pdf.found.pages):
            yield pdf.wrong("built-link", "a file that is only printed has links")
        return
    for number, (found, wanted) in enumerate(
        zip_longest(pdf.said.links, pdf.expected.links, fillvalue=None), 1
    ):
        if found is None or wanted is None:
            yield pdf.wrong("built-link", f"link {number} is missing or added")
            return
        for one in found:
            if one.target != wanted.target:
                message = f"a link leads to {one.target[:100]}, not to {wanted.target[:100]}"
                yield pdf.wrong("built-link", message)
            if squash_shown(one.spoken) != squash_shown(wanted.spoken):
                message = f"a link is read aloud as “{shorten_line(one.spoken)}”"
                yield pdf.wrong("built-link", message)
        if not found:
            yield pdf.wrong("built-link", f"a link leads nowhere: {wanted.target[:100]}")
    for name, page in pdf.found.targets.items():
        at = pdf.expected.places.get(name)
        if at is None:
            yield pdf.wrong("built-link", f"the place {name} is not in the text")
        elif pdf.pages.get(at, page) - page not in (0, 1):
            yield pdf.wrong("built-link", f"the place {name} is on a wrong page")
    for one in pdf.said.unreachable:
        message = f"page {one.page + 1}: the link to {one.target[:100]} is hidden or elsewhere"
        yield pdf.wrong("built-link", message)
    shown = sorted(number for page in pdf.found.pages for number in page.links)
    if shown != sorted(pdf.said.numbers):
        yield pdf.wrong("built-link", "a page has a link that is not in the tag tree, or lacks one")


def check_figures(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield descriptions of images that differ from those of the text."""
    for found, wanted in zip_longest(pdf.said.images, pdf.expected.images, fillvalue=""):
        if squash_shown(found) != squash_shown(wanted):
            message = f"an image is described as “{shorten_line(found)}”, not as"
            yield pdf.wrong("built-image", f"{message} “{shorten_line(wanted)}”")
    digests: dict[str, str] = {}
    for shown, source in zip(pdf.said.pictures, pdf.expected.sources, strict=False):
        if source not in digests and source in pdf.images:
            digests[source] = read_picture(pdf.images[source])
        if shown != [one for one in [digests.get(source, "")] if one]:
            yield pdf.wrong("built-image", f"the image {source} has other pixels")


def check_tables(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield the first cell that is a header where it should not be, or has another size."""
    pairs = zip_longest(pdf.said.cells, pdf.expected.cells)
    for number, (found, wanted) in enumerate(pairs, 1):
        if found != wanted:
            yield pdf.wrong("built-tags", f"cell {number} of the tables has another role or size")
            return


def check_tag_languages(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield languages of tags that no text has."""
    known = {one.language for one in pdf.expected.texts} | {pdf.found.language, ""}
    for language in sorted(pdf.found.languages - known):
        yield pdf.wrong("built-language", f"a tag has the language {language}")


# --------------------------------------------------------------------------- the file

_WIDE = re.compile(r"@page wide *\{ *size: *([\d.]+)mm +([\d.]+)mm")


def _is_wide(box: tuple[float, ...], css: str) -> bool:
    """Return whether a page, upright, has the size that a style sheet has for wide tables."""
    return any(
        abs(box[2] - float(high) * 72 / 25.4) < 1 and abs(box[3] - float(wide) * 72 / 25.4) < 1
        for wide, high in _WIDE.findall(css)
    )


def _has_edges(page: PdfPage, *, for_press: bool) -> bool:
    """Return whether a page is trimmed where it should be."""
    left, foot, right, top = page.box
    trimmed = [left + SLUG, foot + SLUG, right - SLUG, top - SLUG]
    bled = [trimmed[0] - BLEED, trimmed[1] - BLEED, trimmed[2] + BLEED, trimmed[3] + BLEED]
    wanted = (trimmed, bled) if for_press else (page.box, page.box)
    return all(
        abs(one - other) < 0.1
        for edge, place in zip(page.edges, wanted, strict=True)
        for one, other in zip(edge, place, strict=True)
    )


def check_pages(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield pages that are turned, cut, of another size or in another order.

    Only a wide table may have a page of which the sides are exchanged, or of the size that the
    style sheet has for such tables.
    """
    sizes = {page.box for page in pdf.found.pages}
    if pdf.expected.cells:
        sizes = {(left, top, min(wide, high), max(wide, high)) for left, top, wide, high in sizes}
        sizes -= {box for box in sizes if len(sizes) > 1 and _is_wide(box, pdf.css)}
    if len(sizes) != 1:
        yield pdf.wrong("built-pages", "the pages differ in size")
    if pdf.found.labels != "''":
        yield pdf.wrong("built-pages", "the pages have labels of their own")
    for number, page in enumerate(pdf.found.pages, 1):
        if not _has_edges(page, for_press=pdf.facts.for_press):
            yield pdf.wrong("built-pages", f"page {number} is trimmed elsewhere")
        if page.turned:
            yield pdf.wrong("built-pages", f"page {number} is turned")
        for other in page.others:
            yield pdf.wrong("built-remote", f"page {number} has what no edition has: {other}")
    places, is_moved = pdf.matched.places, pdf.expected.is_moved
    moved = {id(run) for run, at in places if is_moved(at)}
    runs = pdf.said.list_pages(moved)
    page_of = {id(run): page for run, page in zip(pdf.said.runs, runs, strict=True)}
    shown = [(page_of.get(id(run), run.page), at) for run, at in places if id(run) not in moved]
    pages = [page for page, at in shown if not has_floated(pdf, page, at)]
    body = [page for page in pages if page >= 0]
    if pdf.text.second is None and body != sorted(body):
        yield pdf.wrong("built-pages", "the pages are not in the order of the text")
    empty = set(range(len(pdf.found.pages))) - set(runs)
    if re.search("break-before: (right|recto)", pdf.css):
        empty = {number for number in empty if number % 2 == 0}  # Left pages before a chapter.
    for number in sorted(empty):
        yield pdf.wrong("built-pages", f"page {number + 1} has no text")


def check_claims(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield metadata that differ from the text, and claims that the file does not keep."""
    found, head = pdf.found, pdf.head
    if found.language != head.language:
        yield pdf.wrong("built-language", f"the file has the language {found.language}")
    producer = found.information.get("/Producer", "")
    if not re.fullmatch(r"WeasyPrint [\d.]+", producer):
        yield pdf.wrong("built-metadata", f"the metadata names a program: {producer[:60]}")
    day = f"D:{head.day[:10].replace('-', '')}000000Z"
    wanted = {
        "/Producer": producer,
        "/Title": head.title,
        "/Author": ", ".join(head.authors),
        "/Subject": head.description,
        "/Keywords": head.keywords,
        "/CreationDate": day,
        "/ModDate": day,
        "/Trapped": "/False" if pdf.facts.for_press else "",
    }
    for key in sorted(wanted.keys() | found.information.keys()):
        if found.information.get(key, "") != wanted.get(key, ""):
            shown = shorten_line(found.information.get(key, "missing"))
            yield pdf.wrong("built-metadata", f"the entry {key} is {shown}")
    standard = choose_standard(pdf.variant, pdf.page)
    about = replace(head, producer=producer)
    lost = [line for page in found.pages for line in page.lost]
    claims = [xmp(standard, about, in_order=False)] + [xmp(standard, about)] * (not lost)
    if lost and standard.part and found.xmp == xmp(standard, about):
        line = shorten_line(drop_silent(lost[0]))
        message = f"programs cannot put “{line}” in order, as the file claims"
        yield pdf.wrong("built-metadata", message)
    elif found.xmp not in claims:
        yield pdf.wrong("built-metadata", "the metadata (XMP) differ from the text or its claims")
    digest = hashlib.sha256(pdf.press).hexdigest()
    intents = [f"/GTS_PDFX {digest}"] if standard.for_press else ["/GTS_PDFA1 sRGB"]
    if not found.shows_title or found.intents != (intents if pdf.facts.claims else []):
        yield pdf.wrong("built-metadata", "the file does not keep the standards that it claims")


def check_contents(pdf: AuditedPdf) -> Iterator[Finding]:
    """Yield fonts that are not in the file, and what no edition has."""
    for fault in pdf.found.fonts:
        yield pdf.wrong("built-metadata", fault)
    for what in pdf.found.forbidden:
        yield pdf.wrong("built-remote", f"the file has what no edition has: {what}")


AUDITS: tuple[Callable[[AuditedPdf], Iterator[Finding]], ...] = (
    check_words,
    check_sight,
    check_named_texts,
    check_marks,
    check_headings,
    check_pdf_links,
    check_figures,
    check_tables,
    check_tag_languages,
    check_pages,
    check_claims,
    check_contents,
)
"""The audits of a PDF."""
