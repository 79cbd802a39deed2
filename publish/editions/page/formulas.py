"""Formulas in editions: drawings in PDFs, MathML in EPUBs.

In the tree of an edition a formula is an image with TeX as its description, so that both formats
have the same text.  The writer of each format puts in what it can show.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from publish.editions.page.xhtml import XHTML_NS, Element, add_child, make_element
from publish.errors import BuildError
from publish.reading.marks.formulas import convert_formula

__all__ = [
    "draw_formulas",
    "find_formulas",
    "read_mathml",
    "replace_formulas",
    "spell_formulas",
    "write_formula",
]

FORMULA = "formula"
"""The class of the image that a formula is in the tree; `display` is added to a block's."""
SIZE = 24.0
"""The size of type of the drawing, in its own units; its lengths are shown in em."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn formula: an SVG image, its width and height, and its depth below the line, in em."""

    svg: bytes
    width: float
    height: float
    depth: float


def write_formula(parent: Element, tex: str, *, display: bool = False) -> None:
    """Add a formula to an element; `display` is that of a formula which is a block of its own."""
    drawing = _draw(tex, display=display)
    size = f"width: {drawing.width:.3f}em; height: {drawing.height:.3f}em"
    add_child(
        parent,
        "img",
        class_=f"{FORMULA} display" if display else FORMULA,
        role="math",
        src=_name(tex, display=display),
        alt=" ".join(tex.split()),
        style=size if display else f"{size}; vertical-align: {-drawing.depth:.3f}em",
        data_tex=tex,
    )


def find_formulas(tree: Element) -> Iterator[Element]:
    """Yield the images in a tree that are formulas."""
    for image in list(tree.iter(f"{{{XHTML_NS}}}img")):
        if FORMULA in (image.get("class") or "").split():
            yield image


def draw_formulas(tree: Element) -> dict[str, bytes]:
    """Return the drawings of all formulas in a tree, by the names that the tree uses."""
    return {
        image.get("src") or "": _draw(_tex(image), display=_is_display(image)).svg
        for image in find_formulas(tree)
    }


def replace_formulas(tree: Element) -> int:
    """Put MathML in the place of all formulas in a tree, and return how many there are."""
    formulas = tuple(find_formulas(tree))
    for image in formulas:
        parent = image.getparent()
        if parent is not None:
            mathml = read_mathml(_tex(image), display=_is_display(image))
            mathml.tail = image.tail
            parent.replace(image, mathml)
    return len(formulas)


def spell_formulas(tree: Element) -> None:
    """Put TeX in the place of all formulas in a tree, for places that hold only text."""
    for image in find_formulas(tree):
        parent = image.getparent()
        if parent is not None:
            word = make_element("span")
            word.text, word.tail = image.get("alt"), image.tail
            parent.replace(image, word)


def read_mathml(tex: str, *, display: bool) -> Element:
    """Return a formula as an element of MathML, with TeX as its alternative text."""
    mathml = etree.fromstring(convert_formula(tex, display=display))
    mathml.set("alttext", " ".join(tex.split()))
    return mathml


def _tex(image: Element) -> str:
    return image.get("data-tex") or image.get("alt") or ""


def _is_display(image: Element) -> bool:
    return "display" in (image.get("class") or "").split()


def _name(tex: str, *, display: bool) -> str:
    digest = hashlib.sha256(f"{display}\0{tex}".encode()).hexdigest()[:16]
    return f"formula-{digest}.svg"


@lru_cache(maxsize=256)
def _draw(tex: str, *, display: bool) -> Drawing:
    """Return a formula drawn in the face STIX Two Math, whose outlines are in the image."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # How it finds its own font.
            # Slow to import, and most documents have no formula.
            from ziamath.config import config
            from ziamath.zmath import Math

            config.svg2 = False
            config.precision = 3
            drawn = Math(convert_formula(tex, display=display), size=SIZE)
            svg = drawn.svg()
    except Exception as error:  # The library raises many kinds.
        raise BuildError(
            f"this formula cannot be drawn: {tex[:60]}",
            hint="write it in a simpler way",
            code="formula",
        ).naming(tex) from error
    width, height = (float(number) / SIZE for number in drawn.getsize())
    return Drawing(_cleaned(svg), width, height, -float(drawn.getyofst()) / SIZE)


def _cleaned(svg: str) -> bytes:
    return re.sub(r"\s+(?=/?>)", "", svg).encode()
