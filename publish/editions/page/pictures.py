"""Images as XHTML: their names in the edition, their sizes, and what is read aloud for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from publish.editions.images.collecting import Picture
from publish.editions.page.interface import Interface, plain_text
from publish.editions.page.xhtml import XHTML_NS, Element, add_child, set_language
from publish.model import Figure, Image, Inlines, Text, map_inlines, plain
from publish.reading.marks.inline import normalise
from publish.visible import shows_nothing

__all__ = [
    "UNDESCRIBED",
    "add_inline_image",
    "place_images",
    "remove_images",
    "start_figure",
    "start_image",
]

UNDESCRIBED = "undescribed"
"""The class of an image that nobody described; what is read aloud for it is not of the source."""

_HEIGHT = "data-height"
_IN_ROW = 4
"""The most images in a line of a row."""


def start_figure(parent: Element, figure: Figure) -> Element:
    """Return a new element for a figure; one beside another goes into a row with it."""
    if not figure.beside or not len(parent):
        return add_child(parent, "figure")
    row = parent[-1]
    if row.get("class", "").partition(" ")[0] != "row":
        first = row
        row = add_child(parent, "div")
        row.append(first)
    element = add_child(row, "figure")
    row.set("class", f"row row-{min(len(row), _IN_ROW)}")
    return element


def start_image(parent: Element, figure: Figure) -> Element:
    """Return the image of a figure, within its link if it has one."""
    place = add_child(parent, "a", href=figure.href) if figure.href else parent
    image = add_child(place, "img", src=figure.src)
    _set_size(image, figure.width)
    if figure.decorative:
        image.set("role", "presentation")
    return image


def add_inline_image(parent: Element, node: Image) -> None:
    """Add an image of a line of text: an icon as high as the line, or one with a size."""
    image = add_child(parent, "img", src=node.src, alt=node.alt)
    if node.width in ("", "auto"):
        image.set("class", "picture-inline" if node.width else "icon")
    else:
        _set_size(image, node.width)
    if node.decorative:
        image.set("role", "presentation")


def remove_images(content: Inlines) -> Inlines:
    """Return a text for contents, without its images; of one that has no words, their descriptions.

    Icons in a heading tell nothing there, and have no place in a list of words.
    """
    bare = map_inlines(lambda node: Text("") if isinstance(node, Image) else node, content)
    if shows_nothing(plain(bare)):
        bare = map_inlines(lambda n: Text(n.alt) if isinstance(n, Image) else n, content)
    return normalise(bare)


def _set_size(image: Element, width: str) -> None:
    if width.startswith("x"):
        image.set(_HEIGHT, width[1:])
    elif width:
        _set_width(image, width)


def _set_width(image: Element, width: str) -> None:
    image.set("style", f"width: {width}")
    image.set("class", " ".join(filter(None, (image.get("class"), "sized"))))


def place_images(
    sections: Iterable[Element], pictures: Mapping[str, Picture], interface: Interface
) -> None:
    """Give the images of a text their names in the edition, heights, and missing descriptions."""
    for section in sections:
        for image in section.iter(f"{{{XHTML_NS}}}img"):
            picture = pictures.get(image.get("src") or "")
            if picture is not None:
                image.set("src", picture.name)
            if height := image.attrib.pop(_HEIGHT, ""):
                _set_height(image, str(height), picture)
            if image.get("role") != "presentation" and shows_nothing(image.get("alt") or ""):
                _describe(image, interface)


def _set_height(image: Element, height: str, picture: Picture | None) -> None:
    """Set a height: as a width where the shape is known, so that it is kept."""
    if picture is None or not picture.height:
        image.set("style", f"max-height: {height}")
        return
    number = height.rstrip("abcdefghijklmnopqrstuvwxyz")
    width = float(number) * picture.width / picture.height
    _set_width(image, f"{width:.4g}{height.removeprefix(number)}")


def _describe(image: Element, interface: Interface) -> None:
    message = "Picture without description"
    image.set("alt", plain_text(interface, "Picture without description"))
    image.set("class", " ".join(filter(None, (image.get("class"), UNDESCRIBED))))
    if not interface.knows(message):
        set_language(image, "en")
