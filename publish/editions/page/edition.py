"""Writes an edition as one XHTML tree: cover, imprint, contents, text, notes.

PDF and EPUB are both made from this tree.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

from lxml import etree

from publish.containers.xmltrees import parse_own
from publish.editions.dates import UNDATED, format_published
from publish.editions.images.collecting import Picture
from publish.editions.page.addresses import write_short_address
from publish.editions.page.blocks import list_headings
from publish.editions.page.chapters import WrittenSection, write_body
from publish.editions.page.inlines import (
    MarkupContext,
    find_passage_language,
    join_unit_ids,
    make_link_item,
    read_heading_text,
    write_inline,
)
from publish.editions.page.interface import Interface
from publish.editions.page.shownlists import LISTS, find_listed, make_shown_list
from publish.editions.page.templates import Markup, Templates, marked_text, render_template
from publish.editions.page.theme import find_logo, name_logo
from publish.editions.page.xhtml import NAMESPACES, UNIT, XHTML_NS, Element, serialise_xhtml
from publish.errors import BuildError, PublishError
from publish.languages.cldr import find_language_name, format_long_date, format_whole_percent
from publish.languages.language import Language
from publish.model import (
    Coverage,
    Document,
    Heading,
    ResultStore,
    Role,
    SentSentence,
    Span,
    plain,
)
from publish.reading.locations import number_notes
from publish.settings import State

__all__ = [
    "Manuscript",
    "find_front_language",
    "list_kinds",
    "make_contents_item",
    "make_contents_list",
    "make_edition_identifier",
    "make_language_tree",
    "read_front_text",
    "state_markup",
    "state_note",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """The text of an edition in any format: a document in a language, and what is known of it.

    `source` is the language of the original.  `revised` is the day of the last change of source
    or translation, the only date of its own that an edition shows.  `state` says how far a
    translation has been reviewed; `original` is true for the source text.  `second` is the same
    document in the other language of a bilingual edition, and `further` are those in the other
    languages of an edition that has all.  `pictures` has the images by their
    paths in the source.  `captions` says where those of `figures` and of `tables` are, `above` or
    `below`; `lists` names the lists that follow the contents.  `sent` are the sentences, if the
    text marks them.
    """

    document: Document
    coverage: Coverage
    language: Language
    source: Language
    interface: Interface
    revised: date
    original: bool
    state: State = "draft"
    second: Manuscript | None = None
    further: tuple[Manuscript, ...] = ()
    captions: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    sent: tuple[SentSentence, ...] = ()

    @property
    def both(self) -> tuple[Manuscript, ...]:
        """The text in each language of the edition: two of a bilingual one, or all."""
        return (self, *filter(None, (self.second,)), *self.further)

    @property
    def languages(self) -> str:
        """The tags of the languages: `ru`, `en+ru`, or `mul` for all in one file."""
        return "mul" if self.further else "+".join(text.language.tag for text in self.both)


def make_language_tree(
    text: Manuscript,
    templates: Templates,
    identifier: str = "",
    *,
    repeated: bool = False,
    store: ResultStore | None = None,
) -> Element:
    """Return the root element of an edition in one language.

    `identifier` is that of the bilingual edition it is a half of.  If sentences are marked, each
    is at its first place only, unless marks may be `repeated`.  The `store` keeps the chapters of
    a long document.  Raises BuildError for a template that is not well-formed or lacks a part, and
    PublishError (code `logo-undescribed`) for a logo without a publisher.
    """
    context = MarkupContext(
        text.language,
        text.source,
        number_notes(text.document),
        text.interface,
        captions=text.captions,
    )
    sections = write_body(text.document, context, text.pictures, store)
    written = render_template(
        templates,
        "edition.xhtml",
        {
            **_values(text),
            "identifier": identifier or make_edition_identifier(text),
            "logo": _logo(text, templates),
            "contents": Markup(_contents(text, templates) + _lists(text, templates)),
            "body": Markup("".join(section.xhtml for section in sections)),
        },
        text.interface,
    )
    try:
        root = parse_own(written.encode())
    except etree.XMLSyntaxError as error:
        raise BuildError(
            f"the template edition.xhtml is not well-formed XHTML: {error.msg}",
            hint="compare it with the package's own template",
        ) from error
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    _refuse_incomplete(root, sections)
    _mark_keywords(root, text.document)
    if not repeated:
        _mark_once(root)
    return root


def _refuse_incomplete(root: Element, sections: Sequence[WrittenSection]) -> None:
    """Raise BuildError if the template left out what every edition has."""
    lacking = ""
    main = root.find(f"{{{XHTML_NS}}}body/{{{XHTML_NS}}}main")
    if root.find(f"{{{XHTML_NS}}}head/{{{XHTML_NS}}}title") is None:
        lacking = "<title> in the <head> of an <html>"
    elif main is None:
        lacking = "<main> in the <body> of an <html>"
    elif not {one.id for one in sections} <= {one.get("id") for one in main}:
        lacking = "{{ body }} right in its <main>"
    if lacking:
        raise BuildError(
            f"the template edition.xhtml has no {lacking}",
            hint="compare it with the package's own template",
        )


def _mark_keywords(root: Element, document: Document) -> None:
    """Mark the keywords, if sentences are marked: they are only in an attribute of the head."""
    keywords = [join_unit_ids(content) for content in document.front_text(Role.KEYWORD)]
    if ids := " ".join(filter(None, keywords)):
        for meta in root.iter(f"{{{XHTML_NS}}}meta"):
            if meta.get("name") == "keywords":
                meta.set(UNIT, ids)


def _mark_once(root: Element) -> None:
    """Keep the ids of each sentence on one element only: front fields are shown up to twice."""
    seen: set[str] = set()
    for element in root.iter():
        ids = element.get(UNIT) or ""
        if ids in seen:
            del element.attrib[UNIT]
        elif ids:
            seen.add(ids)


def state_note(text: Manuscript) -> str:
    """Return the note on an edition's state as plain text; empty for the original."""
    return state_markup(text).striptags()


def state_markup(text: Manuscript) -> Markup:
    """Return the note on an edition's state as markup; marked as English if not translated."""
    if text.original:
        return Markup("")
    match text.state:
        case "draft":
            return marked_text(text.interface, "Draft translation, not reviewed")
        case "reviewed":
            return marked_text(text.interface, "Reviewed translation")
        case "approved":
            return marked_text(text.interface, "Approved translation")
        case _:
            assert_never(text.state)


def _logo(text: Manuscript, templates: Templates) -> str:
    """Return the address of the theme's logo within the edition; empty if there is none.

    Raises PublishError for a logo without a publisher, whose name is read aloud in its place.
    """
    file = find_logo(templates)
    if file is None:
        return ""
    if not read_front_text(text.document, Role.PUBLISHER):
        raise PublishError(
            "there is a logo, but the front matter names no publisher",
            Span(f"templates/{file.name}", 1, 1),
            "add a line publisher: … to the front matter; it is read aloud in place of the logo",
            code="logo-undescribed",
        )
    return name_logo(file)


def make_edition_identifier(text: Manuscript) -> str:
    """Return a URN, the same for every build of a work in the same languages."""
    work = text.document.facts.identifier or text.document.name
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{work}:{text.languages}").urn


def read_front_text(document: Document, role: Role) -> str:
    """Return the text of a front field without marks, of several authors all; may be empty."""
    return ", ".join(plain(content) for content in document.front_text(role))


def find_front_language(document: Document, role: Role) -> str:
    """Return the language of a front field if it is not the document's; empty otherwise."""
    return next((find_passage_language(content) for content in document.front_text(role)), "")


def _values(text: Manuscript) -> dict[str, object]:
    facts = text.document.facts
    language = text.language

    def front(role: Role) -> Markup:
        contents = text.document.front_text(role)
        return Markup(", ".join(write_inline(content, language) for content in contents))

    return {
        "language": language.tag,
        "direction": language.direction,
        "source_language": text.source.tag,
        "source_direction": text.source.direction,
        "original": text.original,
        "own": _is_own(text.document),
        "state": "" if text.original else text.state,
        "state_note": state_markup(text),
        "title_plain": read_front_text(text.document, Role.TITLE),
        "title_language": find_front_language(text.document, Role.TITLE) or language.tag,
        "head": _head(text),
        "title": front(Role.TITLE),
        "subtitle": front(Role.SUBTITLE),
        "author": front(Role.AUTHOR),
        "publisher": front(Role.PUBLISHER),
        "publisher_plain": read_front_text(text.document, Role.PUBLISHER),
        "republisher": front(Role.REPUBLISHER),
        "rights": front(Role.RIGHTS),
        "summary": front(Role.SUMMARY),
        "published": format_published(facts, language),
        "revised": "" if text.revised == UNDATED else format_long_date(text.revised, language),
        "gap": language.sentence_space if text.interface.knows("Contents") else " ",
        "language_name": _as_label(find_language_name(language.tag, language)),
        "source_language_name": _as_label(find_language_name(text.source.tag, language)),
        "contact": facts.contact,
        "contact_shown": _shown(facts.contact, language),
        "source_url": facts.source_url,
        "source_shown": _shown(facts.source_url, language),
        "republished_url": facts.republished_url,
        "republished_shown": _shown(facts.republished_url, language),
        "coverage": format_whole_percent(text.coverage.percent, language),
        "partial": text.coverage.translated < text.coverage.words,
        "example": find_language_name(text.source.tag, text.source),
    }


def _is_own(document: Document) -> bool:
    """Return whether a report is the publisher's own: not republished, without a source address.

    The imprint of a text of others says that its author has not endorsed the edition.
    """
    facts = document.facts
    foreign = facts.source_url or facts.republished_url or document.front_text(Role.REPUBLISHER)
    return not foreign


def _as_label(name: str) -> str:
    """Return a name of CLDR with a capital, as it is written on its own: `Русский`.

    Scripts such as Georgian have capitals for whole words only, and begin none with one.
    """
    return name[:1].title() + name[1:]


def _shown(url: str, language: Language) -> Markup:
    """Return an address as readers write it, in pieces between which a line may break."""
    return Markup(write_short_address(url, language.direction))


def _head(text: Manuscript) -> list[tuple[str, str]]:
    """Return the metadata of the head: author, state and summary, keywords, day."""
    document = text.document
    keywords = [plain(content) for content in document.front_text(Role.KEYWORD)]
    note = state_note(text)
    summary = " ".join(
        filter(None, (f"{note}." if note else "", read_front_text(document, Role.SUMMARY)))
    )
    pairs = [
        ("author", read_front_text(document, Role.AUTHOR)),
        ("description", summary),
        ("keywords", ", ".join(keywords)),
        ("dcterms.modified", text.revised.isoformat()),
    ]
    return [(name, value) for name, value in pairs if value]


# --------------------------------------------------------------------------- contents


def _contents(text: Manuscript, templates: Templates) -> str:
    """Return the contents with a place for each page number, filled in by the style sheet."""
    entries = make_contents_list(
        list_headings(text.document), text.language, lambda section: f"#{section}"
    )
    values = {"entries": Markup(serialise_xhtml(_with_pages(entries)))}
    return render_template(templates, "contents.xhtml", values, text.interface)


def _lists(text: Manuscript, templates: Templates) -> str:
    """Return the lists of figures and tables, as the contents; those without entries are none."""
    written = ""
    for kind in list_kinds(text):
        entries = make_shown_list(text.document, kind, text.language, lambda name: f"#{name}")
        name, epub = LISTS[kind]
        shown = Markup(serialise_xhtml(_with_pages(entries)))
        values = {"id": name, "kind": epub, "entries": shown}
        written += render_template(templates, "lists.xhtml", values, text.interface)
    return written


def list_kinds(text: Manuscript) -> tuple[str, ...]:
    """Return the kinds whose list an edition has, in the order of the settings."""
    return tuple(kind for kind in text.lists if find_listed(text.document, kind))


def _with_pages(entries: Element) -> Element:
    """Return entries with a place for the number of its page beside each."""
    for link in list(entries.iter(f"{{{XHTML_NS}}}a")):
        page = etree.Element(f"{{{XHTML_NS}}}span", {"class": "page"})
        page.set("data-target", link.get("href") or "")
        link.addnext(page)
    return entries


def make_contents_list(
    headings: Sequence[Heading], language: Language, href: Callable[[str], str]
) -> Element:
    """Return the headings as nested lists of links; `href` gives the address of a section id.

    Where a level is skipped, headings of the levels between share a list: an entry has one list
    at most.
    """
    top = etree.Element(f"{{{XHTML_NS}}}ol", nsmap=NAMESPACES)
    lists: list[tuple[int, Element]] = [(min(h.level for h in headings), top)]
    for heading in headings:
        while len(lists) > 1 and lists[-2][0] >= heading.level:
            lists.pop()
        if len(lists) > 1 and lists[-1][0] > heading.level:
            lists[-1] = (heading.level, lists[-1][1])
        if heading.level > lists[-1][0] and len(lists[-1][1]):
            inner = etree.SubElement(lists[-1][1][-1], f"{{{XHTML_NS}}}ol")
            lists.append((heading.level, inner))
        lists[-1][1].append(make_contents_item(heading, language, href(heading.id)))
    return top


def make_contents_item(heading: Heading, language: Language, href: str) -> Element:
    """Return the item of contents for a heading."""
    return make_link_item(read_heading_text(heading.prose.content), language, href)
