"""Writes pictures with their sizes and descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from publish.containers.xmltrees import parse_own
from publish.editions.docx.names import NAMESPACES, find_classes, make
from publish.editions.docx.rasters import draw_pixels
from publish.editions.docx.word import Look, Place, Word, name_bookmark, name_sentence
from publish.editions.images.converting import convert_to_png, read_pixels
from publish.editions.images.kinds import find_kind
from publish.editions.page.pictures import UNDESCRIBED
from publish.editions.page.xhtml import Element

__all__ = ["add_inline_picture", "add_picture"]

EMU = 12700
"""English metric units in a point."""
WIDEST, HIGHEST = 392.0, 450.0
LETTER = 11.0
SIZE = re.compile(r"width:\s*([0-9.]+)\s*(%|[a-z]+)")
POINTS = {
    "pt": 1.0,
    "px": 0.75,
    "cm": 72 / 2.54,
    "mm": 72 / 25.4,
    "in": 72.0,
    "em": LETTER,
    "pc": 12.0,
}
NUMBER = re.compile(r"\s*([0-9.]+)\s*(pt|px|cm|mm|in|em|pc)?\s*")
NOTHING = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)
"""A picture of one clear pixel, for drawings that only newer programs can show."""
VECTOR = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def add_picture(
    paragraph: Element,
    image: Element,
    place: Place,
    word: Word,
    *,
    ids: Iterable[str] = (),
    href: str = "",
) -> None:
    """Add a picture that is a block of its own; the bookmarks of `ids` are of its description."""
    width, height = _find_size(image, word)
    wide = WIDEST - place.indent / 20
    scale = min(1.0, wide / width, HIGHEST / height)
    marks = []
    for identifier in ids:
        name = name_sentence(identifier)
        if name not in word.sentences:
            marks.append(word.bookmark(name))
            word.sentences[name] = paragraph
    paragraph.extend([begin for begin, _ in marks])
    _add_drawing(paragraph, image, (width * scale, height * scale), word, href=href)
    paragraph.extend([end for _, end in reversed(marks)])


def add_inline_picture(parent: Element, image: Element, look: Look, word: Word) -> None:
    """Add a picture of a line: an icon as high as its letters, or one with a size."""
    if "icon" in find_classes(image):
        width, height = _find_size(image, word)
        size = (LETTER * width / height, LETTER)
    else:
        width, height = _find_size(image, word)
        scale = min(1.0, WIDEST / width, HIGHEST / height)
        size = (width * scale, height * scale)
    _add_drawing(parent, image, size, word)


def _find_size(image: Element, word: Word) -> tuple[float, float]:
    """Return the width and height of a picture in points, as its text or its file says."""
    width, height = _read_size(image, word)
    found = SIZE.search(image.get("style") or "")
    if found:
        number = float(found[1])
        wanted = WIDEST * number / 100 if found[2] == "%" else number * POINTS.get(found[2], 1.0)
        if wanted > 0:
            return wanted, wanted * height / width
    return width, height


def _read_size(image: Element, word: Word) -> tuple[float, float]:
    src = image.get("src") or ""
    for half in word.text.both:
        for picture in half.pictures.values():
            if picture.name == src and picture.height:
                return picture.width * 0.75, picture.height * 0.75
    data = word.materials.images.get(src, b"")
    if data.lstrip().startswith(b"<"):
        return _read_svg_size(data)
    width, height = read_pixels(data)
    return width * 0.75, height * 0.75


def _read_svg_size(data: bytes) -> tuple[float, float]:
    """Return the size of a drawing by its attributes, or by its own field of view."""
    try:
        root = parse_own(data)
    except etree.XMLSyntaxError:
        return 200.0, 100.0
    given = [NUMBER.fullmatch(root.get(side) or "") for side in ("width", "height")]
    box = [float(one) for one in re.findall(r"-?[0-9.]+", root.get("viewBox") or "")]
    shape = (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else (300.0, 150.0)
    sizes = [
        float(one[1]) * POINTS[one[2] or "px"] if one is not None and float(one[1]) > 0 else 0.0
        for one in given
    ]
    if sizes[0] and sizes[1]:
        return sizes[0], sizes[1]
    if sizes[0]:
        return sizes[0], sizes[0] * shape[1] / shape[0]
    return shape[0] * 0.75, shape[1] * 0.75


def _add_drawing(
    parent: Element, image: Element, size: tuple[float, float], word: Word, *, href: str = ""
) -> None:
    word.drawings += 1
    src = image.get("src") or ""
    alt = " ".join((image.get("alt") or "").split())
    shown = make("a:blip", given={"r:embed": _relate_media(src, size[0], word)})
    if drawing := _relate_drawing(src, word):
        vector = make("asvg:svgBlip", given={"r:embed": drawing})
        shown.append(make("a:extLst", make("a:ext", vector, given={"uri": VECTOR})))
    cx, cy = (max(round(one * EMU), 1) for one in size)
    kind = "Undescribed" if UNDESCRIBED in find_classes(image) else "Picture"
    given = {"id": word.drawings, "name": f"{kind} {word.drawings}", "descr": alt}
    described = make("wp:docPr", given=given)
    if href:
        described.append(_make_link(href, word))
    if image.get("role") == "presentation":
        mark = make("adec:decorative", given={"val": 1})
        extension = make("a:ext", mark, given={"uri": DECORATIVE})
        described.append(make("a:extLst", extension))
    own = make("pic:cNvPr", given={"id": word.drawings, "name": src.rpartition("/")[2]})
    stretch = make("a:stretch", make("a:fillRect"))
    shape = make(
        "pic:spPr",
        make(
            "a:xfrm",
            make("a:off", given={"x": 0, "y": 0}),
            make("a:ext", given={"cx": cx, "cy": cy}),
        ),
        make("a:prstGeom", make("a:avLst"), given={"prst": "rect"}),
    )
    picture = make(
        "pic:pic",
        make("pic:nvPicPr", own, make("pic:cNvPicPr")),
        make("pic:blipFill", shown, stretch),
        shape,
    )
    inline = make(
        "wp:inline",
        make("wp:extent", given={"cx": cx, "cy": cy}),
        described,
        make("wp:cNvGraphicFramePr", make("a:graphicFrameLocks", given={"noChangeAspect": 1})),
        make("a:graphic", make("a:graphicData", picture, given={"uri": NAMESPACES["pic"]})),
        given={"distT": 0, "distB": 0, "distL": 0, "distR": 0},
    )
    parent.append(make("w:r", make("w:drawing", inline)))


def _make_link(href: str, word: Word) -> Element:
    if href.startswith("#"):
        target = "#" + name_bookmark(href[1:])
        return make("a:hlinkClick", given={"r:id": word.story.relate("hyperlink", target)})
    return make("a:hlinkClick", given={"r:id": word.story.relate("hyperlink", href)})


def _relate_media(src: str, width: float, word: Word) -> str:
    """Return the relation of a picture in pixels, so many points wide, which all programs show."""
    data = word.materials.images[src]
    kind = find_kind(data) or ""
    if kind == ".svg":
        data, kind = draw_pixels(data, word.fonts, width) or NOTHING, ".png"
    elif kind == ".webp":
        data, kind = convert_to_png(data), ".png"
    return word.story.relate("image", _add_media(data, kind, word))


def _relate_drawing(src: str, word: Word) -> str:
    """Return the relation of a picture as it was drawn, which newer programs show; or nothing."""
    data = word.materials.images[src]
    if find_kind(data) != ".svg":
        return ""
    return word.story.relate("image", _add_media(data, ".svg", word))


def _add_media(data: bytes, suffix: str, word: Word) -> str:
    """Return the name of a picture within the file; the same picture is there once."""
    for name, known in word.media.items():
        if known == data:
            return name
    name = f"media/image{len(word.media) + 1}{suffix}"
    word.media[name] = data
    return name
