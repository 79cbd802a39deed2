"""The parts of a page with all languages: each a whole text, of which a browser shows one.

The style sheet shows the part that the address of the page leads to, or into; else the first.  No
script is needed.  Ids begin with the tag of their language: `#ru` is a language, `#ru.p14` one of
its paragraphs.  A browser that does not know `:has()` shows all parts, one after another.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from publish.editions.html.switch import name_language
from publish.editions.page.edition import (
    Manuscript,
    make_edition_identifier,
    make_language_tree,
)
from publish.editions.page.interface import plain_text
from publish.editions.page.materials import Materials
from publish.editions.page.twins import rename_images
from publish.editions.page.xhtml import XHTML_NS, Element, add_child, set_language
from publish.languages.language import Language

__all__ = [
    "PART",
    "append_languages",
    "make_further_trees",
    "prefix_ids",
    "start_part",
    "take_part",
]

HTML = f"{{{XHTML_NS}}}"
PART = "language"
"""The class of the part in a language."""
LISTS_OF_IDS = ("aria-labelledby", "aria-describedby")


def make_further_trees(text: Manuscript, materials: Materials) -> Iterator[Element]:
    """Yield the tree of each further language, with the names of its own images."""
    own = make_edition_identifier(text)
    for half in text.further:
        tree = make_language_tree(half, materials.templates, own)
        rename_images(tree, half.language.tag, materials)
        yield tree


def start_part(main: Element, language: Language) -> Element:
    """Return a new part of a page for a language."""
    return set_language(add_child(main, "article", id=language.tag, class_=PART), language.tag)


def append_languages(header: Element, text: Manuscript, half: Manuscript) -> None:
    """Add the links to all parts of the page to the head of one."""
    nav = add_child(header, "nav", class_="languages")
    nav.set("aria-label", plain_text(half.interface, "Languages"))
    if not half.interface.knows("Languages"):
        set_language(nav, "en")
        del nav.attrib["dir"]  # The words are only heard; the list begins where the part does.
    entries = add_child(nav, "ul")
    for other in text.both:
        tag = other.language.tag
        link = add_child(add_child(entries, "li"), "a", href=f"#{tag}", hreflang=tag)
        set_language(link, tag).text = name_language(tag)
        if other is half:
            link.set("aria-current", "true")


def prefix_ids(part: Element, tag: str) -> None:
    """Put the tag of its language before every id in a part, and in what leads to them."""
    for element in part.iterdescendants(etree.Element):
        if identifier := element.get("id"):
            element.set("id", f"{tag}.{identifier}")
        for name in LISTS_OF_IDS:
            if named := element.get(name):
                element.set(name, " ".join(f"{tag}.{one}" for one in named.split()))
        href = element.get("href") or ""
        if href.startswith("#") and "hreflang" not in element.attrib:
            element.set("href", f"#{tag}.{href[1:]}")


def take_part(root: Element, tag: str) -> Element | None:
    """Return the part of a page in a language, as it is in the page; None if there is none."""
    found = (part for part in root.iter(f"{HTML}article") if part.get("id") == tag)
    return next((part for part in found if part.get("class") == PART), None)
