"""Images of a page as data in it; one that several languages show is there once.

An image that is shown once is an `<img>`.  HTML has no way to show one twice without its bytes
twice, but SVG has: a drawing that uses an image by its id, with its description and its shape.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from lxml import etree

from publish.containers.xmltrees import parse_drawing
from publish.editions.images.kinds import find_kind
from publish.editions.images.sizes import read_size
from publish.editions.page.xhtml import XHTML_NS, Element

__all__ = ["PICTURE", "SVG", "make_data_address", "measure_text", "share_images", "unshare_images"]

HTML = f"{{{XHTML_NS}}}"
SVG = "{http://www.w3.org/2000/svg}"
NAMES: Any = {None: SVG[1:-1]}
FONT = ".woff2"
MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    FONT: "font/woff2",
}
LENGTH = re.compile(r"([0-9]{1,5}(?:\.[0-9]+)?)(?:px)?")
NUMBER = re.compile(r"-?[0-9]{1,5}(?:\.[0-9]+)?")
DRAWN = re.compile(rb"data:image/[a-z+]+;base64,[^\"']*")
PICTURE = "picture"
"""The class of a drawing that shows an image of the page."""
SMALL = 1000
"""Bytes: an image as small as this is written again, since a drawing takes as much."""


def make_data_address(data: bytes) -> str:
    """Return the address that holds these bytes of an image or a font."""
    kind = find_kind(data) or FONT
    return f"data:{MEDIA_TYPES[kind]};base64,{base64.b64encode(data).decode()}"


def measure_text(data: bytes) -> int:
    """Return the size of a page in bytes, without the bytes of its pictures."""
    return len(data) - sum(map(len, DRAWN.findall(data)))


def share_images(root: Element, images: Mapping[str, bytes]) -> None:
    """Put the bytes of images into a page, those that are shown several times once."""
    shown = [(image, images[image.get("src") or ""]) for image in root.iter(f"{HTML}img")]
    times = Counter(data for _, data in shown)
    shared: dict[bytes, tuple[str, tuple[int, int]]] = {}
    for image, data in shown:
        size = _read_shape(data) if times[data] > 1 and len(data) > SMALL else None
        if size is None:
            image.set("src", make_data_address(data))
        else:
            name, _ = shared.setdefault(data, (f"edition-picture-{len(shared) + 1}", size))
            _draw(image, name, size)
    if shared:
        _keep(root[1], shared)


def unshare_images(part: Element) -> None:
    """Put an image with the same description in the place of each drawing that uses one."""
    for drawing in list(part.iter(f"{SVG}svg")):
        parent = drawing.getparent()
        if parent is not None and PICTURE in (drawing.get("class") or "").split():
            image = etree.Element(f"{HTML}img", alt=drawing.get("aria-label") or "")
            image.set("class", (drawing.get("class") or "").partition(" ")[2])
            image.tail = drawing.tail
            parent.replace(drawing, image)


def _draw(image: Element, name: str, size: tuple[int, int]) -> None:
    """Put a drawing that uses a shared image in the place of an image."""
    parent = image.getparent()
    assert parent is not None
    width, height = size
    drawing = etree.Element(f"{SVG}svg", nsmap=NAMES)
    drawing.tail = image.tail
    classes = (image.get("class") or "").split()
    drawing.set("class", " ".join([PICTURE, *classes]))
    drawing.set("viewBox", f"0 0 {width} {height}")
    if image.get("role") == "presentation":
        drawing.set("aria-hidden", "true")
    else:
        drawing.set("role", "img")
        drawing.set("aria-label", image.get("alt") or "")
    for name_of in ("lang", "dir"):
        if value := image.get(name_of):
            drawing.set(name_of, value)
    drawing.set("style", image.get("style") or _style(classes, width, height))
    etree.SubElement(drawing, f"{SVG}use", href=f"#{name}").text = ""
    parent.replace(image, drawing)


def _style(classes: list[str], width: int, height: int) -> str:
    """Return the size of an image that has none given, as the style sheet has it for an `<img>`."""
    shape = width / height
    if "icon" in classes:
        return f"height: 1em; width: {shape:.4g}em"
    return f"width: {width}px; width: min({width}px, {90 * shape:.4g}vh)"


def _keep(body: Element, shared: Mapping[bytes, tuple[str, tuple[int, int]]]) -> None:
    """Add the shared images to the end of a page, where they take no room and have no voice."""
    store = etree.SubElement(body, f"{SVG}svg", nsmap=NAMES)
    for name, value in (("class", "pictures"), ("width", "0"), ("height", "0")):
        store.set(name, value)
    store.set("aria-hidden", "true")
    kept = etree.SubElement(store, f"{SVG}defs")
    for data, (name, (width, height)) in shared.items():
        image = etree.SubElement(kept, f"{SVG}image", id=name)
        image.set("width", str(width))
        image.set("height", str(height))
        image.set("href", make_data_address(data))
        image.text = ""


def _read_shape(data: bytes) -> tuple[int, int] | None:
    """Return the width and height of an image in pixels; None if it does not say them."""
    kind = find_kind(data) or ""
    if kind != ".svg":
        return read_size(data, kind)
    root = parse_drawing(data)
    sides = [LENGTH.fullmatch(root.get(name) or "") for name in ("width", "height")]
    if all(sides):
        numbers = [float(side[1]) for side in sides if side]
    else:
        numbers = [float(one) for one in NUMBER.findall(root.get("viewBox") or "")[2:4]]
    if len(numbers) < 2 or min(numbers) < 1:
        return None
    return round(numbers[0]), round(numbers[1])
