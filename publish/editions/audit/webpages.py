"""Audits a finished page of HTML against the text it was made from.

The page is made again and compared whole: no byte may differ.  The words, numbers, links, languages
and the state are compared with the manuscript, too, not with what the writer did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import islice

from lxml import etree

from publish.containers.xmltrees import parse_own
from publish.editions.audit.books import find_known_links
from publish.editions.audit.comparing import MOST_DIFFERENCES, compare_trees
from publish.editions.audit.opened import HTML, report_built_file, shorten_line
from publish.editions.audit.texts import check_ids, check_text, keep_half
from publish.editions.html.images import SVG, unshare_images
from publish.editions.html.switch import SWITCH
from publish.editions.html.together import take_part
from publish.editions.page.edition import Manuscript, state_note
from publish.languages.language import Language
from publish.model import Finding

__all__ = ["PAGE_AUDITS", "OpenedPage", "audit_page", "open_page"]

STYLE = (b"<style>", b"</style>")
LOADING = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping")
ACTIVE = frozenset(("script", "iframe", "object", "embed", "form", "base", "input", "button"))
PLAYED = frozenset(("video", "audio", "source", "track", "template"))
PARTS = tuple(f"{HTML}{tag}" for tag in ("section", "div", "nav"))
"""The elements that a part in a language has the text in."""
IN_PAGE = re.compile(r'url\("data:[^"]*"\)')
OUTSIDE = ("@import", "http:", "https:", "javascript:", "//", "url(/", "url('", "expression(")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPage:
    """A page of HTML that has been opened; its style sheet is apart."""

    file: str
    data: bytes = field(repr=False)
    root: etree._Element
    css: str = field(repr=False)

    def wrong(self, code: str, message: str) -> Finding:
        """Return a finding on this file."""
        return report_built_file(self.file, code, message)

    def text_pages(self) -> Iterator[etree._Element]:
        """Yield the sections of the text and its notes, in order."""
        for main in self.root.iter(f"{HTML}main"):
            for part in main.iterchildren(etree.Element):
                if part.tag != f"{HTML}nav" and "cover" not in (part.get("class") or "").split():
                    yield part

    def ids(self) -> set[str]:
        """Return all ids of the page."""
        return {str(name) for e in self.root.iter(etree.Element) if (name := e.get("id"))}


def open_page(file: str, data: bytes) -> OpenedPage:
    """Return a page as its writer wrote it; raises XMLSyntaxError for any other."""
    head, _, rest = data.partition(STYLE[0])
    css, _, tail = rest.partition(STYLE[1])
    root = parse_own(b"".join([head, *STYLE, tail]))
    return OpenedPage(file=file, data=data, root=root, css=css.decode("utf-8", "replace"))


def audit_page(file: str, data: bytes, text: Manuscript, wanted: bytes) -> Iterator[Finding]:
    """Yield what is wrong with a page of HTML; `file` is its name in findings.

    `wanted` is the page that source, catalogs and templates make today, with its links to the
    other languages.
    """
    try:
        page = open_page(file, data)
    except etree.XMLSyntaxError as error:
        message = f"the file cannot be read as a page of HTML: {error}"
        yield report_built_file(file, "built-container", message)
        return
    for audit in PAGE_AUDITS:
        yield from audit(page, text)
    if data != wanted:
        yield from _compare(page, open_page(file, wanted))
    for number, half in enumerate(text.both):
        opened = page
        if text.further:
            opened = replace(page, root=_open_part(page, half.language))
            yield from _check_part(page, half.language)
        elif text.second is not None:
            opened = replace(page, root=keep_half(page.root, number, half.language.tag))
        yield from check_text(opened, half)
        yield from check_ids(opened, half)


def _open_part(page: OpenedPage, language: Language) -> etree._Element:
    """Return one language of a page with all, as a page of this language alone would have it."""
    root = etree.Element(f"{HTML}html")
    part = deepcopy(take_part(page.root, language.tag))
    if part is not None:
        main = etree.SubElement(root, f"{HTML}main")
        main.extend([one for one in part if one.tag in PARTS])
        for element in main.iter(etree.Element):
            if identifier := element.get("id"):
                element.set("id", identifier.removeprefix(f"{language.tag}."))
        unshare_images(main)
    return root


def _check_part(page: OpenedPage, language: Language) -> Iterator[Finding]:
    """Yield a part of a page with all languages that is missing, or declares another language."""
    part = take_part(page.root, language.tag)
    if part is None:
        yield page.wrong("built-text", f"there is no part in {language.tag}")
    elif (part.get("lang"), part.get("dir")) != (language.tag, language.direction):
        shown = f"{part.get('lang')}, {part.get('dir')}"
        message = f"the part in {language.tag} has the language and direction {shown}"
        yield page.wrong("built-language", message)


def _compare(page: OpenedPage, wanted: OpenedPage) -> Iterator[Finding]:
    """Yield where a page differs from the one wanted, at least that it does."""
    found = list(islice(compare_trees("built-text", page.root, wanted.root), MOST_DIFFERENCES))
    for code, message in found:
        yield page.wrong(code, message)
    if page.css != wanted.css:
        lines = zip(page.css.splitlines(), wanted.css.splitlines(), strict=False)
        first = next((one for one, other in lines if one != other), "")
        yield page.wrong("built-part", f"the style sheet differs: {shorten_line(first)}")
    elif not found:
        yield page.wrong("built-part", "the file is not written as publish build writes it")


def check_page_state(page: OpenedPage, text: Manuscript) -> Iterator[Finding]:
    """Yield where the state of a translation is missing: the head of the page, its description."""
    headers = page.root.iter(f"{HTML}header")
    shown = " ".join("".join(map(str, header.itertext())) for header in headers)
    described = " ".join(
        meta.get("content") or ""
        for meta in page.root.iter(f"{HTML}meta")
        if meta.get("name") == "description"
    )
    for state in filter(None, map(state_note, text.both)):
        for place, words in (("the head of the page", shown), ("its description", described)):
            if state not in words.replace("\u00a0", " "):
                yield page.wrong("built-state", f"{place} does not say: {state}")


def check_page_language(page: OpenedPage, text: Manuscript) -> Iterator[Finding]:
    """Yield a wrong language or direction of the whole page."""
    found = page.root.get("lang"), page.root.get("dir")
    if found != (text.language.tag, text.language.direction):
        shown = ", ".join(str(one) for one in found)
        yield page.wrong("built-language", f"the page has the language and direction {shown}")


def check_page_links(page: OpenedPage, text: Manuscript) -> Iterator[Finding]:
    """Yield links that the source does not have or that lead nowhere, and what loads or runs."""
    known, ids = find_known_links(text), page.ids()
    for link in page.root.iter(f"{HTML}a"):
        href = link.get("href") or ""
        if any(above.get("id") == SWITCH for above in link.iterancestors()):
            continue  # The caller knows which files are beside this one.
        if href[:1] == "#":
            if href[1:] not in ids:
                yield page.wrong("built-link", f"a link leads to {href[:100]}, which is not there")
        elif href not in known:
            message = f"a link leads to {href[:100]}, which is not in the source"
            yield page.wrong("built-link", message)
    for element in page.root.iter(etree.Element):
        yield from _active(page, element)
    css = IN_PAGE.sub("", page.css).lower()
    if any(word in css for word in OUTSIDE):
        yield page.wrong("built-remote", "the style sheet loads what is not in the page")


def _active(page: OpenedPage, element: etree._Element) -> Iterator[Finding]:
    tag = etree.QName(element).localname
    if tag in ACTIVE | PLAYED or (element.get("http-equiv") or "").lower() == "refresh":
        yield page.wrong("built-remote", f"there is a <{tag}> element")
    for attribute, value in ((str(name), str(value)) for name, value in element.items()):
        if attribute.lower().startswith("on"):
            yield page.wrong("built-remote", f"it runs code: attribute {attribute}")
        loads = attribute in LOADING or (attribute == "href" and tag in ("link", "image", "use"))
        inside = tag == "use" and value[:1] == "#" and value[1:] in page.ids()
        if loads and not value.startswith("data:") and not inside:
            yield page.wrong("built-remote", f"it loads {value[:100]}, not in the page")


def check_page_images(page: OpenedPage, text: Manuscript) -> Iterator[Finding]:
    """Yield images without a description."""
    for number, image in enumerate(page.root.iter(f"{HTML}img", f"{SVG}svg"), 1):
        told = (image.get("alt") or image.get("aria-label") or "").strip()
        if not told and image.get("role") != "presentation" and not image.get("aria-hidden"):
            yield page.wrong("built-image", f"picture {number} has no description")


PAGE_AUDITS: tuple[Callable[[OpenedPage, Manuscript], Iterator[Finding]], ...] = (
    check_page_state,
    check_page_language,
    check_page_links,
    check_page_images,
)
"""The audits of a page as a whole, besides the comparison with the one wanted."""
