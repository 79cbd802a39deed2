"""Makes a page of HTML from the XHTML tree of an edition.

The page is also well-formed XML, so that it is read in one way only.  Its security policy lets it
load nothing and run nothing; pictures are in it as data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from lxml import etree

from publish.editions.epub.embedding import make_embedded_fonts
from publish.editions.epub.loadable import (
    check_document,
    check_style_sheet,
    require_link_targets,
)
from publish.editions.html.images import make_data_address, share_images
from publish.editions.html.switch import SWITCH
from publish.editions.html.tidying import (
    HTML,
    find_headings,
    find_rank_shift,
    leave_html,
    link_numbers,
    list_classes,
    name_parts,
    rank_headings,
    read_rank,
    tidy_contents,
)
from publish.editions.html.together import (
    append_languages,
    make_further_trees,
    prefix_ids,
    start_part,
)
from publish.editions.page.edition import Manuscript, state_note
from publish.editions.page.formulas import replace_formulas
from publish.editions.page.interface import plain_text
from publish.editions.page.materials import Materials
from publish.editions.page.style import find_first_families, make_web_style
from publish.editions.page.templates import marked_text
from publish.editions.page.theme import read_theme
from publish.editions.page.xhtml import (
    Element,
    add_child,
    append_markup,
    make_element,
    serialise_xhtml,
    set_language,
)

__all__ = ["ADDED", "make_web_page"]

IMPRINT = "edition-imprint"
ADDED = ("skip", "languages", "about")
"""The classes of what only a page has: the ways to its text, to other languages, its imprint."""

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;"
    " base-uri 'none'; form-action 'none'"
)
HEAD = (
    {"charset": "utf-8"},
    {"http-equiv": "Content-Security-Policy", "content": POLICY},
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"name": "color-scheme", "content": "light dark"},
    {"name": "referrer", "content": "no-referrer"},
)
NO_ICON = {"rel": "icon", "href": "data:,"}
"""Without it browsers ask the server for an icon."""

FILE = re.compile(r"""url\(\s*(["']?)([^"'()\s]+)\1\s*\)""")
NEEDLESS = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<comment>\s*/\*.*?\*/\s*)"""
    r"""|\s*(?P<sign>[{};,])\s*|\s+""",
    re.DOTALL,
)
"""Comments and spaces of a style sheet that mean nothing, and strings, in which they do."""
PAGE = "page.html"
"""The name of the page in messages."""


def make_web_page(text: Manuscript, tree: Element, materials: Materials) -> bytes:
    """Return the page of an edition: its state, title, contents, text, notes, imprint.

    That of an edition with all languages has these parts for each.  The tree is changed.
    """
    trees = [tree, *make_further_trees(text, materials)]
    css = _make_style(text, trees, materials)
    for one in trees:
        tidy_contents(one)
        _rank_headings(one)
        link_numbers(one)
        name_parts(one)
    root = make_element("html")
    set_language(root, text.language.tag)
    _write_head(add_child(root, "head"), tree, text)
    if text.further:
        _write_all(add_child(root, "body", class_="all"), trees, text)
    else:
        _write_body(add_child(root, "body", class_="two" if text.second else "one"), tree, text)
    replace_formulas(root)
    _refuse_loading(root[1], materials.images)
    share_images(root, materials.images)
    leave_html(root)
    written = serialise_xhtml(root).replace("<style></style>", f"<style>\n{css}</style>", 1)
    return f"<!DOCTYPE html>\n{written}".encode()


# --------------------------------------------------------------------------- the parts


def _write_head(head: Element, tree: Element, text: Manuscript) -> None:
    """Write title and metadata; the description says the state in each language."""
    for attributes in HEAD:
        etree.SubElement(head, f"{HTML}meta", attributes)
    found = tree.find(f"{HTML}head")
    assert found is not None
    head.extend(found.findall(f"{HTML}title"))
    metas = {meta.get("name"): meta for meta in found.findall(f"{HTML}meta") if meta.get("name")}
    for state in filter(None, map(state_note, text.both)):
        meta = metas.setdefault("description", make_element("meta", name="description"))
        said = meta.get("content") or ""
        if state not in said:
            meta.set("content", " ".join(filter(None, (said, f"{state}."))))
    head.extend(metas.values())
    etree.SubElement(head, f"{HTML}link", NO_ICON)
    add_child(head, "style")


def _write_all(body: Element, trees: Sequence[Element], text: Manuscript) -> None:
    """Write the body of a page with all languages; the ids of each part begin with its tag."""
    main = add_child(body, "main", id="edition-main")
    for half, tree in zip(text.both, trees, strict=True):
        part = start_part(main, half.language)
        header = _write_top(part, tree, half)
        append_languages(header, text, half)
        footer = add_child(part, "footer")
        _write_parts(part, footer, tree, half)
        part.append(footer)
        prefix_ids(part, half.language.tag)
    add_child(add_child(main, "div", id=SWITCH, class_="languages", hidden="hidden"), "ul")


def _write_body(body: Element, tree: Element, text: Manuscript) -> None:
    """Write the body: what a reader needs first is first, and what is about the text last."""
    _append_switch(_write_top(body, tree, text), text)
    main = add_child(body, "main", id="edition-main")
    _write_parts(main, add_child(body, "footer"), tree, text)


def _write_top(place: Element, tree: Element, text: Manuscript) -> Element:
    """Write the way to the text, and the head with the state; return the head."""
    old = tree.find(f"{HTML}body")
    assert old is not None
    skip = add_child(place, "a", class_="skip", href=f"#{_find_start(old)}")
    append_markup(skip, marked_text(text.interface, "Start of text"))
    header = add_child(place, "header", class_="bar")
    header.extend([e for e in old.iter() if {"state", "states"} & list_classes(e)][:1])
    return header


def _write_parts(main: Element, footer: Element, tree: Element, text: Manuscript) -> None:
    """Write the parts of a text, the imprint into the footer."""
    old = tree.find(f"{HTML}body")
    assert old is not None
    for part in list(old):
        match part.get("id"), part.tag:
            case "edition-cover", _:
                main.append(part)
                about = add_child(add_child(part, "p", class_="about"), "a", href=f"#{IMPRINT}")
                append_markup(about, marked_text(text.interface, "About this edition"))
            case name, _ if name == IMPRINT:
                footer.append(part)
            case _, tag if tag == f"{HTML}main":
                main.extend(list(part))
            case _:
                main.append(part)


def _find_start(body: Element) -> str:
    """Return the id of the first section of the text."""
    main = body.find(f"{HTML}main")
    ids = [e.get("id") for e in main if e.get("id")] if main is not None else []
    return str(ids[0]) if ids else "edition-cover"


def _append_switch(header: Element, text: Manuscript) -> None:
    """Add the place for the links to other languages; see `publish/editions/html/switch.py`."""
    nav = add_child(header, "nav", id=SWITCH, class_="languages")
    nav.set("aria-label", plain_text(text.interface, "Languages"))
    if not text.interface.knows("Languages"):
        set_language(nav, "en")
        del nav.attrib["dir"]  # The words are only heard; the list begins where the page does.
    nav.set("hidden", "hidden")
    add_child(nav, "ul")


def _rank_headings(tree: Element) -> None:
    (main, *_) = tree.iter(f"{HTML}main")
    rank_headings(main, find_rank_shift([read_rank(one) for one in find_headings(main)]))


# --------------------------------------------------------------------------- what it loads


def _refuse_loading(body: Element, images: Mapping[str, bytes]) -> None:
    """Raise BuildError for what a template may have that runs, loads, or leads nowhere."""
    check_document(PAGE, body, images)
    ids = {element.get("id") for element in body.iter(etree.Element)}
    require_link_targets(PAGE, body, {PAGE, *(f"{PAGE}#{one}" for one in ids)})


# --------------------------------------------------------------------------- the style


def _make_style(text: Manuscript, trees: Sequence[Element], materials: Materials) -> str:
    """Return the style sheet of a page, with the images and fonts in it that it shows.

    Fonts are those that the settings want embedded.  Raises BuildError for an address of anything
    but an image of the edition.
    """
    css = make_web_style(text, read_theme(materials.templates), materials.templates)
    check_style_sheet(PAGE, css, materials.images)
    css = _in_one_file(css, materials.images)
    if materials.embed_fonts:
        first = find_first_families(text.language, materials)
        fonts = make_embedded_fonts(_under_one(trees), materials, first)
        css += _in_one_file(fonts.css, fonts.files)
        css += "h1, h2, h3, h4, h5, h6, .bar, .number, .language[lang] { font-family: inherit; }\n"
    return _shorten(css).replace("</", r"<\/")  # In HTML it would end the style sheet.


def _shorten(css: str) -> str:
    """Return a style sheet without comments and needless spaces, with a rule on each line.

    Strings stay as they are.
    """
    return NEEDLESS.sub(lambda found: found["string"] or _shortened(found), css).strip() + "\n"


def _shortened(found: re.Match[str]) -> str:
    if found["comment"]:
        return ""
    if sign := found["sign"]:
        return "}\n" if sign == "}" else sign
    return " "


def _under_one(trees: Sequence[Element]) -> Element:
    """Return an element with all these in it, which are its own from then on."""
    if len(trees) == 1:
        return trees[0]
    root = make_element("div")
    root.extend(trees)
    return root


def _in_one_file(css: str, files: Mapping[str, bytes]) -> str:
    """Return a style sheet with the bytes of these files in the place of their names."""

    def embedded(found: re.Match[str]) -> str:
        data = files.get(unquote(found[2]))
        return f'url("{make_data_address(data)}")' if data else found[0]

    return FILE.sub(embedded, css)
