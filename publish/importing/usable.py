"""Pictures that editions can show, and what becomes of the others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from publish.editions.images.collecting import collect_images
from publish.errors import PublishError
from publish.files import temporary_folder
from publish.importing.results import Imported, Loss
from publish.model import (
    Block,
    Box,
    Definition,
    DefinitionList,
    Document,
    Facts,
    Figure,
    Footnote,
    Image,
    Inline,
    Inlines,
    ListBlock,
    Paragraph,
    Prose,
    Quote,
    Role,
    Span,
    Text,
    map_inlines,
    plain,
    rebuild,
)
from publish.reading.blocks.figurelinks import map_figures
from publish.reading.marks.inline import normalise
from publish.visible import shows_nothing

__all__ = ["settle_pictures"]

FILE_NAME = re.compile(
    r"(?:[A-Za-z]:[\\/]|\\\\\w|file:).*|https?://\S*"
    r"|[^\n]{1,200}\.(?:jpe?g|jfif|png|gif|bmp|tiff?|[ew]mf|svg|webp|heic)",
    re.I,
)
"""A path, an address, or the name of a picture's file: older Word and many sites write them where
a description belongs.  A path tells who made the file on which machine."""


def settle_pictures(imported: Imported) -> Imported:
    """Return an import without the pictures that no edition can show, which are losses.

    A picture without a description has its caption as one; where it has none either, that is a
    loss without words, so that somebody describes it.  The name of a file is no description.
    """
    wrong = _find_unusable(imported.pictures)
    losses = list(imported.losses)
    document = imported.document
    if wrong:
        document = _without(document, wrong, losses)
    document = map_figures(document, lambda one: _described(one, losses))
    pictures = {name: data for name, data in imported.pictures.items() if name not in wrong}
    return replace(imported, document=document, pictures=pictures, losses=tuple(losses))


def _described(figure: Figure, losses: list[Loss]) -> Figure:
    said = plain(figure.alt.content)
    named = bool(FILE_NAME.fullmatch(said.strip()))
    if named:
        reason = f"the name of a file describes nothing: write what {figure.src} shows"
        losses.append(Loss(kind="description", text=said, place=figure.src, reason=reason))
        figure = replace(figure, alt=replace(figure.alt, content=()))
    if figure.decorative or not (named or shows_nothing(said)):
        return figure
    if figure.caption and not shows_nothing(plain(figure.caption.content)):
        text = " ".join(plain(figure.caption.content).split())
        alt = replace(figure.alt, content=normalise(_texts(text)))
        return replace(figure, alt=alt)
    if not named:
        reason = "the picture has none: write it"
        losses.append(Loss(kind="description", place=figure.src, reason=reason))
    return figure


def _texts(text: str) -> Inlines:
    return (Text(text),)


def _find_unusable(pictures: Mapping[str, bytes]) -> dict[str, str]:
    """Return why each picture that cannot be used cannot."""
    wrong: dict[str, str] = {}
    if not pictures:
        return wrong
    with temporary_folder() as folder:
        for name, data in pictures.items():
            (folder / name).write_bytes(data)
            try:
                collect_images(_showing(name), folder, look=True)
            except PublishError as error:
                wrong[name] = error.message
            (folder / name).unlink()
    return wrong


def _showing(name: str) -> Document:
    """Return a document of one picture."""
    span = Span(name, 1, 1)
    alt = Prose(content=(), role=Role.ALT, span=span)
    figure = Figure(src=name, alt=alt, caption=None, span=span)
    return Document(name="x", language="en", facts=Facts(), front=(), body=(figure,))


# --------------------------------------------------------------------------- left out


def _without(document: Document, wrong: Mapping[str, str], losses: list[Loss]) -> Document:
    """Return a document without some pictures; their captions are paragraphs."""

    def lose(src: str, alt: str) -> None:
        losses.append(Loss(kind="picture", text=alt, place=src, reason=wrong[src]))

    def change(node: Inline) -> Inline:
        if isinstance(node, Image) and node.src in wrong:
            lose(node.src, node.alt)
            return Text("")
        return node

    def rewritten(blocks: Sequence[Block]) -> tuple[Block, ...]:
        return tuple(one for block in blocks for one in remade(block))

    def remade(block: Block) -> tuple[Block, ...]:
        match block:
            case Figure(src=src) if src in wrong:
                lose(src, plain(block.alt.content))
                caption = block.caption
                return (Paragraph(replace(caption, role=Role.PARAGRAPH)),) if caption else ()
            case ListBlock(items):
                made = tuple(replace(i, children=rewritten(i.children)) for i in items)
                return (replace(block, items=made),)
            case Quote(children) | Footnote(_, children) | Box(_, _, children):
                return (replace(block, children=rewritten(children)),)
            case DefinitionList(definitions):
                return (replace(block, items=tuple(map(defined, definitions))),)
            case _:
                return (block,)

    def defined(one: Definition) -> Definition:
        return replace(one, meanings=tuple(rewritten(meaning) for meaning in one.meanings))

    document = rebuild(
        document,
        lambda prose: replace(prose, content=normalise(map_inlines(change, prose.content))),
    )
    notes = tuple(replace(note, children=rewritten(note.children)) for note in document.notes)
    return replace(document, body=rewritten(document.body), notes=notes)
