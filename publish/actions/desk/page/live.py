"""The page of a text as its readers see it; after a change only what it concerns is composed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from publish.actions.desk.page.blocks import PageOutline, outline_page
from publish.actions.desk.page.pieces import LivePieces
from publish.actions.desk.page.style import make_live_style
from publish.actions.desk.page.texts import LiveText, as_source
from publish.editions.html.pieces import Address
from publish.editions.page.typesetting import forget_typeset
from publish.garbage import collecting_no_garbage, set_objects_aside
from publish.settings import State
from publish.translation.judging import has_twin
from publish.translation.loading import Loader
from publish.translation.narrowing import SourceIndex
from publish.translation.translation import Translation

__all__ = ["ChangedBlock", "LivePage", "Shows", "make_file_address"]

Shows = Literal["translation", "source", "interleaved", "pair"]
"""What a page shows: one language, or the source with it, below each block or beside it."""


MANY = 2000
"""Sentences of a text that takes so much memory that nothing should walk through it."""


@dataclass(frozen=True, slots=True)
class ChangedBlock:
    """A block that changed: the value of its attribute `data-block`, and its HTML."""

    id: str
    html: str


def make_file_address(document: str, tag: str, path: str) -> str:
    """Return the address of an image of a document as the desk serves it.

    The path is one part of it, so that browsers leave `..` as it is.
    """
    return "/files/" + "/".join(quote(part, safe="") for part in (document, tag, path))


class LivePage:
    """One document in one language, and one way of showing it.

    `address` gives the address of an image from the name of the document, the tag of a language
    and the path in the source.  `state` is the state that the page shows; see `JudgedTexts.state`.
    `outline` is what other pages of the text have been made of.
    The source, the settings, templates and interface texts must stay the same: after a change of
    these, make another page.  Law: after any updates `html` is what a new page gives.
    """

    def __init__(
        self,
        loader: Loader,
        translation: Translation,
        shows: Shows,
        *,
        address: Callable[[str, str, str], str] = make_file_address,
        state: State = "draft",
        outline: PageOutline | None = None,
    ) -> None:
        self.loader, self.translation, self.shows, self.state = loader, translation, shows, state
        self._address = address
        self.outline = outline or outline_page(
            SourceIndex(translation.source), loader.workspace.settings.lists
        )
        self._composed: LivePieces | None = None

    def html(self) -> str:
        """Return what is in the body of the page; the ids of its elements begin with `page.`.

        Every sentence is in one element with its id in `data-unit`, that of the source beside a
        translation in `data-twin`.  Each block that can be exchanged has a `data-block`.
        """
        return b"".join(self.parts()).decode()

    def parts(self) -> Iterator[bytes]:
        """Yield `html` in parts, as UTF-8: that of a book is large, and no more than it is needed.

        A change of the page must wait until all are taken.
        """
        return self._compose().parts()

    def style(self) -> str:
        """Return the style sheet of the page; it holds below the element `#page` only."""
        return make_live_style(self._compose().texts, self.loader)

    def update(
        self, loader: Loader, translation: Translation, state: State | None = None
    ) -> tuple[ChangedBlock, ...] | None:
        """Take over another version of the translation, and return the blocks that it changes.

        None means that the page has to be taken anew from `html`.
        """
        if translation.source is not self.translation.source:
            raise ValueError("a page of another source is another page")
        self.loader, self.translation = loader, translation
        self.state = state or self.state
        if self._composed is None:
            return None
        changed = self._composed.renew(
            [self._in(text) for text in self._composed.texts], self.state
        )
        if changed is None:
            self._composed = None
            return None
        return tuple(ChangedBlock(piece.name, piece.html) for piece in changed)

    def _in(self, text: LiveText) -> Translation:
        return as_source(self.translation) if text.is_source else self.translation

    def _compose(self) -> LivePieces:
        if self._composed is None:
            with collecting_no_garbage():
                texts = [self._read(is_source=is_source) for is_source in self._list_halves()]
                address = _choose_addresses(self.loader, self.translation, self._address)
                self._composed = LivePieces(self.loader, texts, address, self.state, self.shows)
            if len(self.translation.source.sentences) > MANY:
                forget_typeset()
                set_objects_aside()
        return self._composed

    def _read(self, *, is_source: bool) -> LiveText:
        translation = as_source(self.translation) if is_source else self.translation
        return LiveText(self.loader, translation, self.outline, is_source=is_source)

    def _list_halves(self) -> tuple[bool, ...]:
        """Return for each language of the page whether it is only that of the source."""
        match self.shows:
            case "translation":
                return (False,)
            case "source":
                return (True,)
            case "interleaved":
                return (False, True)
            case "pair":
                source = self.translation.source.language.tag
                wanted = f"{self.translation.language.tag}+{source}"
                turned = wanted in self.loader.workspace.settings.bilingual
                return (False, True) if turned else (True, False)


def _choose_addresses(
    loader: Loader, translation: Translation, address: Callable[[str, str, str], str]
) -> Address:
    """Return the addresses of images; one that is the same in all languages has one."""
    name, source = translation.name, translation.source.language.tag
    folder = loader.workspace.image_folder(name)

    def choose(path: str, tag: str) -> str:
        return address(name, tag if has_twin(path, folder, tag) else source, path)

    return choose
