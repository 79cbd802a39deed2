"""What a part of a book may load and run; a quick look at an element hides nothing."""

from __future__ import annotations

from itertools import product

import pytest
from lxml import etree

from publish.editions.epub import loadable
from publish.editions.epub.loadable import check_document
from publish.errors import BuildError

XHTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
TAGS = ("p", "a", "img", "base", "script", "style", "set", "animate", "image", "meta", "span")
NAMES = (
    *("class", "id", "href", "src", "srcset", "style", "onload", "onLoad", "base", "http-equiv"),
    *("attributeName", "{http://www.w3.org/1999/xlink}href", "poster", "data-number"),
)
VALUES = (
    *("", "#a", "there.png", "gone.png", "javascript:x", "href", "color: red"),
    *("background: url(gone.png)", "background: url(there.png)"),
)


def refusal(root: etree._Element) -> str:
    try:
        check_document("page.xhtml", root, {"there.png"})
    except BuildError as error:
        return error.message
    return ""


def test_a_quick_look_at_an_element_hides_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Law: where the quick look passes over an element, the closer one would find nothing."""
    tags = [f"{space}{tag}" for space in (XHTML, SVG, "") for tag in TAGS]
    every, quick = list[etree._Element](), list[str]()
    for tag, name, value in product(tags, NAMES, VALUES):
        root = etree.Element(f"{XHTML}body")
        etree.SubElement(root, tag, {"class": "x", name: value}).text = value
        every.append(root)
        quick.append(refusal(root))
    monkeypatch.setattr(loadable, "_is_harmless", lambda *_: False)
    assert list(map(refusal, every)) == quick
    assert 1000 < sum(map(bool, quick)) < 3000


def test_most_elements_of_a_page_need_no_closer_look() -> None:
    for tag, names in (("p", ("class", "id", "data-number")), ("span", ()), ("li", ("id",))):
        assert loadable._is_harmless(f"{XHTML}{tag}", names)
