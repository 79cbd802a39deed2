"""Puts fonts into a book: the faces of the edition, reduced to the letters in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from publish.editions.fontfiles import FontFace, cut_faces
from publish.editions.fonts import (
    CODE_FAMILY,
    SYMBOL_FAMILY,
    TEXT_FAMILY,
    find_font_faces,
    find_missing_letters,
    subset_font,
)
from publish.editions.page.materials import Materials
from publish.editions.page.theme import sort_families
from publish.editions.page.xhtml import XHTML_NS, Element

__all__ = ["EmbeddedFonts", "make_embedded_fonts"]

SLANTED = frozenset(f"{{{XHTML_NS}}}{tag}" for tag in ("em", "cite", "i"))
DIGITS = "0123456789[]?!.,:;()-\u2013\u2014\u00a0 "
"""The characters that an edition adds to its text: numbers, marks, spaces."""


@dataclass(frozen=True, slots=True)
class EmbeddedFonts:
    """Font files by name, and the style sheet that uses them."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    css: str = ""


def make_embedded_fonts(
    tree: Element, materials: Materials, first: Sequence[str] = ()
) -> EmbeddedFonts:
    """Return the fonts for a tree: the text family, and other families for letters it lacks.

    The families that are `first` show what they can before it does.  Italic faces are included
    only if the text has italics.  The rule is on the body, so that readers can still choose
    another font.
    """
    text = "".join(sorted(set(DIGITS).union(*map(str, tree.itertext()))))
    slanted = any(element.tag in SLANTED for element in tree.iter())
    own = materials.own_fonts
    used = [TEXT_FAMILY]
    for family in (*sort_families(materials.families, "text-face"), SYMBOL_FAMILY):
        if find_missing_letters(text, find_font_faces(used, own)):
            used.append(family)
    used.sort(key=lambda family: family not in first)
    faces = [face for face in find_font_faces(used, own) if slanted or face.style == "normal"]
    cut = cut_faces(faces, text, [TEXT_FAMILY])
    names = {face: f"fonts/face-{number}.woff2" for number, face in enumerate(cut, 1)}
    css = "".join(_rule(face, name) for face, name in names.items())
    files = {name: subset_font(face, face.letters or text) for face, name in names.items()}
    css += f"body {{ font-family: {_list(used)}, serif; }}\n"
    if code := "".join(sorted(set().union(*(_texts(element) for element in _codes(tree))))):
        face = next(one for one in find_font_faces([CODE_FAMILY]) if one.style == "normal")
        name = "fonts/face-code.woff2"
        files[name] = subset_font(face, code)
        lacking = find_missing_letters(code, [face])
        others = [family for family in used if family != TEXT_FAMILY] if lacking else []
        shown = _list([CODE_FAMILY, *others])
        css += f"{_rule(face, name)}pre, code {{ font-family: {shown}, monospace; }}\n"
    return EmbeddedFonts(files, css)


def _list(families: Iterable[str]) -> str:
    return ", ".join(f'"{family}"' for family in families)


def _codes(tree: Element) -> Iterator[Element]:
    return tree.iter(f"{{{XHTML_NS}}}code")


def _texts(element: Element) -> set[str]:
    return set("".join(map(str, element.itertext())))


def _rule(face: FontFace, name: str) -> str:
    weight = "400 700" if face.weight is None else str(face.weight)
    return (
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style};'
        f' font-weight: {weight}; src: url("{name}") format("woff2"); }}\n'
    )
