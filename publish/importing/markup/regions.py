"""Parts of pages that are no text: menus, cookie notices, related links, sharing.

A part is known by what it says of itself, or by what it is: nearly all links, at an edge.
"""

from __future__ import annotations

import re

from publish.importing.markup.pagetree import HtmlElement, class_words, name_of, show_text
from publish.reading.blocks.headings import make_slug

__all__ = ["TEASER", "classify"]

BY_NAME = {"nav": "menu", "footer": "page footer", "dialog": "pop-up"}
BY_ROLE = {
    "navigation": "menu", "banner": "page header", "contentinfo": "page footer",
    "search": "search form", "dialog": "pop-up", "alertdialog": "pop-up", "menu": "menu",
    "menubar": "menu", "doc-toc": "table of contents", "complementary": "side bar",
}  # fmt: skip

_WORDS = (
    ("cookie notice", r"cookies?|gdpr\S*|(?:cookie|consent|cc-)[\w-]*"),
    ("table of contents", r"toc|table-of-contents|contents-list|sphinxsidebar|doc-toc"),
    ("page tools", r"mw-editsection|edit-?(?:link|page|this-page)|print(?:-link|-button)|"
     r"page-?tools|skip-?(?:link|nav|to-content)\S*|back-?to-?top|scroll-?top|copybtn"),
    ("menu", r"nav|navbar\S*|navigation|navbox|(?:main-|site-|top-|side)?(?:nav|menu)|breadcrumbs?|"
     r"pagination|pager|nav-links|post-navigation|prev-?next|rst-footer-buttons|wy-nav-side|"
     r"mw-jump-link|catlinks"),
    ("side bar", r"side-?bar|widget|widget-area|sidebar-\S+"),
    ("comments of readers", r"comments?|comments?-(?:area|list|section)|disqus\S*|respond"),
    ("sharing buttons", r"(?:social-)?shar(?:e|ing)(?:-\S+)?|social(?:-\S+)?|addthis\S*|sharedaddy|"
     r"addtoany\S*"),
    ("related links", r"related(?:-\S+)?|recommended|recent-posts?|latest(?:-?news|-posts?)|"
     r"popular(?:-posts?)?|most-read|read-?(?:more|also)|see-also-links|you-may-like|more-news"),
    ("advertisement", r"ads?|adverts?|advertisement|ad-\S+|sponsor(?:ed|s)?|promo"),
    ("sign-up form", r"newsletter(?:-\S+)?|subscribe(?:-\S+)?|sign-?up|mc_embed\S*"),
    ("page header", r"site-?header|masthead|page-?header|top-?bar|header-?bar|banner"),
    ("page footer", r"site-?footer|page-?footer|colophon|footer-\S+|site-info"),
)  # fmt: skip
MOST_JOINED = 2
"""Ids of more words than three are made of headings."""
BY_WORD = tuple((kind, re.compile(rf"\s(?:{words})\s")) for kind, words in _WORDS)

TEASER = re.compile(
    r"(?:(?:the )?(?:latest|recent|more|related|top|popular|other)\s"
    r"(?:news|posts?|stories|articles?|reading|links|publications)|related|most (?:read|popular)|"
    r"read (?:more|also|next)|share(?: this)?(?: (?:page|article|post))?|"
    r"последние (?:новости|записи|публикации)|читайте также|похожие (?:статьи|записи)|"
    r"другие (?:новости|статьи)|поделиться|soňky habarlar|(?:beýleki|täze) habarlar|"
    r"à lire aussi|aktuelle nachrichten|noticias relacionadas|son haberler)\s*[:.…]?",
    re.IGNORECASE,
)
"""Headings of lists that lead to other pages."""


def _said(element: HtmlElement) -> str:
    """Return classes, role and id of an element, without an id that is made of a heading."""
    given = (element.get("id") or "").lower()
    if given.count("-") + given.count("_") <= MOST_JOINED:
        heading = next(iter(element.iter("h1", "h2", "h3", "h4", "h5", "h6")), None)
        if heading is None or make_slug(show_text(heading)) != given:
            return class_words(element)
    return f" {element.get('class') or ''} {element.get('role') or ''} ".lower()


def classify(element: HtmlElement) -> str:
    """Return what a part of a page is that is no text; empty for text."""
    name = name_of(element)
    said = _said(element)
    role = (element.get("role") or "").lower()
    if name in BY_NAME or role in BY_ROLE:
        if name == "nav" and re.search(r"\s(?:toc|table-of-contents)\s", said):
            return "table of contents"
        return BY_ROLE.get(role) or BY_NAME[name]
    if name in ("body", "html", "main", "article", "h1", "p", "td", "tr", "tbody", "table"):
        return ""
    return next((kind for kind, pattern in BY_WORD if pattern.search(said)), "")
