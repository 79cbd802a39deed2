"""Images of a long PDF in parts: a new or changed one costs the parts that show it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bookparts import Counting, make_input, render_joined, short_parts, write_book
from PIL import Image

from publish.building.cache import Cache
from publish.building.draftpages import lay_out_draft
from publish.building.partcache import make_part_store
from publish.editions.pdf.parts.stylerules import list_own_images
from publish.editions.pdf.rendering import PdfInput
from publish.model import ResultStore

BOOK = """---
title: A small book
author: A
---

# First

One line.

# Second

![A picture of dots](dots.png)

# Third

A last one.
"""

PAGE = """<html><head><style>{inner}</style></head>
<body style="{style}"><img src="images/my%20map.png" alt="{alt}"/><img src="images/b.png"/></body>
</html>"""


_EMPTY = PdfInput(xhtml=b"", css="", images={}, faces=())


def keep(folder: Path) -> ResultStore:
    store = make_part_store(Cache(folder, 10**8), lambda: "code")
    assert store is not None
    return store


@pytest.mark.parametrize(
    ("css", "inner", "style", "alt", "own"),
    [
        ("", "", "", "A map.", True),
        ("p { background: url(logo.png) }", "", "", "", True),
        ("p { background: url('../images/My%20Map.PNG') }", "", "", "", False),
        ("", "p { background: url(my map.png) }", "", "", False),
        ("", "", "background: url(./images/my%20map.png)", "", False),
        ("", "", "", "See images/my map.png", False),
    ],
)
def test_an_image_is_of_its_parts_if_nothing_else_may_name_it(
    css: str, inner: str, style: str, alt: str, own: bool
) -> None:
    images = {"images/my%20map.png": b"", "images/b.png": b"", "images/unseen.png": b""}
    root = ElementTree.fromstring(PAGE.format(inner=inner, style=style, alt=alt))
    source = replace(_EMPTY, css=css, images=images)
    wanted = {"images/b.png"} | ({"images/my%20map.png"} if own else set())
    assert list_own_images(source, root) == wanted


@pytest.mark.full
def test_an_image_costs_the_parts_that_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is new, is another file of the same name, or is gone."""
    short_parts(monkeypatch)
    shown, new = BOOK, BOOK.replace("A last one.", "A last one.\n\n![Bars](bars.svg)")
    one = make_input(write_book(tmp_path / "one", shown))
    store = keep(tmp_path / "cache")
    render_joined(one, store=store)
    (path,) = one.images
    other = replace(one, images={path: one.images[path] + b" "})
    for edited, parts in ((other, 1), (make_input(write_book(tmp_path / "new", new)), 1), (one, 0)):
        work = Counting()
        assert render_joined(edited, work, store) == render_joined(edited)
        assert work.counts[1] == parts


@pytest.mark.full
def test_the_desk_paints_the_page_of_an_image_that_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short_parts(monkeypatch)
    write_book(tmp_path, BOOK)
    store = keep(tmp_path / "cache")
    before = lay_out_draft(tmp_path, "text", "en", store=store)
    Image.new("RGBA", (300, 200), (20, 130, 40, 128)).save(tmp_path / "source/dots.png")
    after = lay_out_draft(tmp_path, "text", "en", set(before.digests), store)
    assert len(after.new) == 1
    assert len(after.digests) == len(before.digests)
    assert set(after.digests) - set(after.new) < set(before.digests)
