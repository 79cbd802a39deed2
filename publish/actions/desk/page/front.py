"""Cover, imprint, contents and lists of a page, each as a piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publish.actions.desk.page.texts import LiveText
from publish.editions.html.pieces import (
    Address,
    Piece,
    finish_piece,
    set_addresses,
    twin_units,
)
from publish.editions.html.tidying import HTML, list_classes, tidy_contents
from publish.editions.page.bilingual import pair_contents, pair_trees
from publish.editions.page.blocks import START
from publish.editions.page.edition import (
    Manuscript,
    make_contents_item,
    make_edition_identifier,
    make_language_tree,
)
from publish.editions.page.formulas import spell_formulas
from publish.editions.page.shownlists import LISTS, make_shown_item
from publish.editions.page.templates import Templates, marked_text
from publish.editions.page.twins import suffix_ids
from publish.editions.page.xhtml import TWIN, UNIT, Element, add_child, append_markup, make_element
from publish.errors import PublishError
from publish.model import Document, Figure, Heading, Table
from publish.settings import State

__all__ = ["Front", "Slots", "open_slots"]

ENTRY = re.compile(r"<a [^>]*>.*?</a>", re.DOTALL)
"""An entry of contents; what texts say is escaped, so that it is never one."""

Slots = tuple[str, ...]
"""HTML with names of pieces at its odd places."""


class Front:
    """What stands before and after the text of a page, in one language or two.

    `source` is the number of the language that is only the source beside a translation.
    """

    def __init__(
        self,
        texts: Sequence[LiveText],
        address: Address,
        templates: Templates,
        source: int | None = None,
    ) -> None:
        self.texts, self.address, self.source = texts, address, source
        self.templates = templates

    # ---- parts

    def write(self, state: State, *, whole: bool = False) -> Iterator[tuple[str, Piece]]:
        """Yield the pieces before and after the text, each with its place.

        Places are `bar`, `main`, `body` for the text itself, `footer` and, if the `whole` is asked
        for, `nav` for contents and lists, whose entries are other pieces.
        """
        documents = [text.compose_front() for text in self.texts]
        if whole:
            pairs = zip(self.texts, documents, strict=True)
            documents = [replace(one, body=tuple(_list_named(text))) for text, one in pairs]
        try:
            tree = self._make_tree(documents, state, self.templates)
        except PublishError:
            tree = self._make_tree(documents, state, self.templates[-1:])
        body = tree.find(f"{HTML}body")
        assert body is not None
        yield "bar", self._write_bar(body)
        for number, part in enumerate(list(body), 1):
            match part.get("id"), part.tag:
                case "edition-cover", _:
                    self._lead_to_imprint(part)
                    yield "main", self._finish("cover", part)
                case "edition-imprint", _:
                    yield "footer", self._finish("imprint", part)
                case _, tag if tag == f"{HTML}main":
                    yield "body", Piece(name="", html="")
                case _, tag if tag == f"{HTML}nav":
                    if whole:
                        yield "nav", self._finish(str(part.get("id")), part)
                case _:
                    yield "main", self._finish(f"part-{number}", part)

    def _make_tree(
        self, documents: Sequence[Document], state: State, templates: Templates
    ) -> Element:
        made = [
            text.make_manuscript(document, state)
            for text, document in zip(self.texts, documents, strict=True)
        ]
        identifier = _identify(made)
        trees = [make_language_tree(one, templates, identifier) for one in made]
        for number, (tree, text) in enumerate(zip(trees, self.texts, strict=True)):
            body = tree.find(f"{HTML}body")
            assert body is not None
            set_addresses(body, self.address, text.language.tag)
            if number == self.source:
                twin_units(tree)
        if len(trees) == 2:
            first, second = (text.language for text in self.texts)
            suffix_ids(trees[1], second)
            _keep_publisher(trees[0], trees[1])
            pair_trees(trees[0], trees[1], (first, second))
        tidy_contents(trees[0])
        return trees[0]

    def _write_bar(self, body: Element) -> Piece:
        bar = make_element("div")
        bar.set("class", "bar")
        bar.extend([e for e in body.iter() if {"state", "states"} & list_classes(e)][:1])
        return self._finish("bar", bar)

    def _lead_to_imprint(self, cover: Element) -> None:
        """Add the link to the imprint, which is below the text."""
        words = marked_text(self.texts[0].interface, "About this edition")
        about = add_child(add_child(cover, "p", class_="about"), "a", href="#edition-imprint")
        append_markup(about, words)

    def _finish(self, name: str, part: Element) -> Piece:
        holder = make_element("div")
        holder.append(part)
        return finish_piece(name, holder)

    # ---- contents

    def list_entries(self) -> dict[str, list[str]]:
        """Return the names of the entries of contents and lists, by the id of each."""
        text = self.texts[0]
        targets = [text.target(number) for number in range(len(text.outline.targets))]
        headings = [n for n, one in enumerate(targets) if isinstance(one, Heading)]
        found = {"edition-contents": [f"contents-{n}" for n in headings] or ["contents-title"]}
        for kind in text.loader.workspace.settings.lists:
            wanted = Figure if kind == "figures" else Table
            found[LISTS[kind][0]] = [
                f"{kind}-{number}"
                for number, one in enumerate(targets)
                if isinstance(one, wanted) and one.caption is not None
            ]
        return found

    def write_entry(self, name: str) -> Piece:
        """Return an entry of contents or of a list."""
        items = [self._make_item(text, name.rpartition("-")[2]) for text in self.texts]
        if len(items) == 2:
            first, second = (text.language for text in self.texts)
            pair_contents(items[0], items[1], (first, second), " / ")
        spell_formulas(items[0])
        return finish_piece(name, items[0])

    def _make_item(self, text: LiveText, number: str) -> Element:
        if number == "title":
            title = text.compose_front().front[0].prose
            return make_contents_item(Heading(1, START, title), text.language, f"#{START}")
        block = text.target(int(number))
        if isinstance(block, Heading):
            return make_contents_item(block, text.language, f"#{block.id}")
        assert isinstance(block, Figure | Table)
        return make_shown_item(block, text.language, f"#{block.id}")


def _keep_publisher(tree: Element, other: Element) -> None:
    """Mark the publisher, which a cover shows once, for the second language too."""
    marked = [_list_marked(one) for one in (tree, other)]
    for name in (UNIT, TWIN):
        ids = " ".join(filter(None, (element.get(name) for element in marked[1])))
        if ids and marked[0]:
            marked[0][0].set(name, ids)


def _list_marked(tree: Element) -> list[Element]:
    places = [e for e in tree.iter(f"{HTML}p") if "cover-publisher" in list_classes(e)]
    every = [element for place in places for element in place.iter()]
    return [element for element in every if element.get(UNIT) or element.get(TWIN)]


def open_slots(nav: Piece, names: Sequence[str]) -> Slots:
    """Return the HTML of contents in pieces, with the names of its entries between them.

    Raises ValueError if a template adds or leaves out entries.
    """
    parts = ENTRY.split(nav.html)
    if len(parts) != len(names) + 1:
        raise ValueError(f"{nav.name} has {len(parts) - 1} entries, not {len(names)}")
    return tuple(part for both in zip(parts, [*names, ""], strict=True) for part in both)[:-1]


def _identify(made: Sequence[Manuscript]) -> str:
    """Return the identifier of an edition in these languages."""
    whole = replace(made[0], second=made[1]) if len(made) == 2 else made[0]
    return make_edition_identifier(whole)


def _list_named(text: LiveText) -> Iterator[Heading | Figure | Table]:
    """Yield what contents and lists name; of tables no more than that."""
    for number in range(len(text.outline.targets)):
        block = text.target(number)
        if isinstance(block, Table):
            yield replace(block, header=(), rows=(), merged=())
        elif isinstance(block, Heading | Figure):
            yield block
