"""Pictures, shapes and text boxes of a Word file, in DrawingML and in the older VML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from publish.errors import PublishError
from publish.importing.word.book import Story
from publish.importing.word.names import (
    PIC,
    WP,
    A,
    R,
    V,
    Xml,
    local_name,
    make_element,
    read_number,
    w,
)

__all__ = ["Box", "Picture", "Shown", "read_drawing", "read_text_width", "read_vml"]

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
)
OTHER_FORMATS = {".emf": "EMF", ".wmf": "WMF", ".tif": "TIFF", ".tiff": "TIFF", ".bmp": "BMP"}
OTHER_FORMATS |= {".wdp": "JPEG XR", ".pcx": "PCX", ".eps": "EPS", ".pct": "PICT"}
EMU_PER_PIXEL = 9525
TALL = 64
"""CSS pixels: a picture taller than this is a block of its own, not a sign in a line."""
WHOLE = 0.9
"""The share of a line from which a picture is as wide as editions make it by themselves."""
TWIPS_PER_PIXEL, INCH = 15, 1440
USUAL_WIDTH = 624.0
"""The width of a line of text in CSS pixels, where a file does not say its page: 6.5 inches."""
MADE_BY_MACHINE = re.compile(
    r"\s*(?:Description automatically generated(?: with [a-z -]+confidence)?"
    r"|AI-generated content may be incorrect\.?|"
    r"Автоматически созданное описание)\s*$"
)
TEXT = w("txbxContent")
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DRAWN = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
"""The drawing of which an edition also has the pixels."""
OFFICE = "{urn:schemas-microsoft-com:office:office}"
CSS_SIZE = re.compile(r"(?:^|;)\s*height:\s*([0-9.]+)(pt|in|px|cm|mm)?")
CSS_UNITS = {"pt": 96 / 72, "in": 96.0, "px": 1.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "": 96 / 72}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; a `large` one is a block of its own."""

    node: Xml
    large: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of text that stands somewhere on the page."""

    content: Xml


Shown = Picture | Box | str
"""What a drawing shows; a text is one that is drawn as a shape."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is known of a drawing as a whole."""

    alt: str = ""
    decorative: bool = False
    large: bool = False
    width: str = ""
    href: str = ""


def read_text_width(root: Xml) -> float:
    """Return the width of a line of text in CSS pixels, on the pages at the end of a file."""
    sections = [one for one in root.iter(w("sectPr")) if one.find(w("pgSz")) is not None]
    size = sections[-1].find(w("pgSz")) if sections else None
    margins = sections[-1].find(w("pgMar")) if sections else None
    if size is None:
        return USUAL_WIDTH
    given = [None if margins is None else margins.get(w(side)) for side in ("left", "right")]
    around = sum(read_number(margin, INCH) for margin in given)
    width = (read_number(size.get(w("w"))) - around) / TWIPS_PER_PIXEL
    return width if width > 0 else USUAL_WIDTH


def read_drawing(drawing: Xml, story: Story) -> list[Shown]:
    """Return what a drawing (`w:drawing`) shows, in its order; the rest is listed as lost."""
    frame = _read_frame(drawing, story)
    shown: list[Shown] = []
    for one in _walk(drawing):
        if one.tag == f"{PIC}pic":
            shown += _picture(one, frame, story)
        elif one.tag == TEXT:
            shown.append(Box(one))
        elif one.tag == f"{CHART}chart" or local_name(one) == "chart":
            _lose_part(one.get(f"{R}id"), "chart", frame, story)
        elif one.tag == f"{DIAGRAM}relIds":
            _lose_part(one.get(f"{R}dm"), "diagram", frame, story)
        elif local_name(one) == "wsp" and one.find(f"{DRAWN}txbx") is None:
            story.lose("shape", reason=frame.alt or _shape_name(one))
    return shown


def _walk(parent: Xml) -> Iterator[Xml]:
    """Yield all elements within, but none within boxes of text and pictures."""
    stack = [parent]
    while stack:
        one = stack.pop()
        yield one
        if one.tag not in (TEXT, f"{PIC}pic"):
            stack += reversed(one)


def _read_frame(drawing: Xml, story: Story) -> _Frame:
    properties = next(drawing.iter(f"{WP}docPr"), None)
    extent = next(drawing.iter(f"{WP}extent"), None)
    if properties is None:
        return _Frame(large=True)
    width = height = 0.0
    if extent is not None:
        width, height = (_emu(extent.get(name)) for name in ("cx", "cy"))
    click = properties.find(f"{A}hlinkClick")
    relation = story.relations.get(click.get(f"{R}id") or "") if click is not None else None
    decorative = next(drawing.iter(DECORATIVE), None)
    return _Frame(
        alt=_clean_alt(properties.get("descr") or properties.get("title") or ""),
        decorative=decorative is not None and decorative.get("val") not in ("0", "false"),
        large=drawing.find(f"{WP}anchor") is not None or height > TALL or height == 0,
        width=_share(width / story.book.text_width),
        href=relation.target if relation is not None and relation.external else "",
    )


def _share(share: float) -> str:
    """Return the share of a line that a picture takes; empty for one that nearly fills it."""
    return f"{max(round(share * 100), 1)}%" if 0 < share < WHOLE else ""


def _emu(value: str | None) -> float:
    try:
        return min(max(float(value or 0) / EMU_PER_PIXEL, 0), 10_000)
    except ValueError:
        return 0


def _clean_alt(text: str) -> str:
    """Return a description on one line, without what Word says about its own descriptions."""
    return " ".join(MADE_BY_MACHINE.sub("", text).split())


def _shape_name(shape: Xml) -> str:
    geometry = next(shape.iter(f"{A}prstGeom"), None)
    return "" if geometry is None else geometry.get("prst") or ""


def _picture(element: Xml, frame: _Frame, story: Story) -> list[Shown]:
    own = next(element.iter(f"{PIC}cNvPr"), None)
    alt = frame.alt or (_clean_alt(own.get("descr") or "") if own is not None else "")
    blip = next(element.iter(f"{A}blip"), None)
    if blip is None:
        return []
    if element.find(f"{PIC}blipFill/{A}srcRect") is not None:
        _note_crop(element, alt, story)
    drawn = next(blip.iter(SVG), None) if story.book.own else None
    blip = blip if drawn is None else drawn
    name = _take(blip.get(f"{R}embed") or blip.get(f"{R}link"), alt, story)
    if not name:
        return []
    return [Picture(_make(name, alt, frame), frame.large, frame.href)]


def _note_crop(element: Xml, alt: str, story: Story) -> None:
    crop = element.find(f"{PIC}blipFill/{A}srcRect")
    if crop is not None and any(read_number(crop.get(side)) > 0 for side in "ltrb"):
        reason = "cropped in Word: the whole picture is imported, with what was cut off"
        story.lose("crop of a picture", reason=f"{reason} ({alt})" if alt else reason)


def _make(name: str, alt: str, frame: _Frame) -> Xml:
    node = make_element("img", {"src": name})
    if frame.decorative:
        node.set("role", "presentation")
        node.set("alt", "")
    elif alt:  # An empty one would say that there is nothing to describe.
        node.set("alt", alt)
    if frame.width:
        node.set("width", frame.width)
    return node


def _take(identifier: str | None, alt: str, story: Story) -> str:
    """Return the name of a picture among those of the page, or nothing if it cannot be taken."""
    relation = story.relations.get(identifier or "")
    if relation is None:
        story.lose("picture", reason=_why("it is missing in the file", alt))
        return ""
    if relation.external:
        story.lose("picture", reason=_why(f"it is not in the file but at {relation.target}", alt))
        return ""
    book = story.book
    if relation.target in book.picture_names:
        return book.picture_names[relation.target]
    data = book.package.read_bytes(relation.target)
    suffix = _find_format(data) if data else ""
    if data is None or not suffix:
        ending = PurePosixPath(relation.target).suffix.lower()
        kind = OTHER_FORMATS.get(ending)
        why = f"{kind} pictures cannot be shown; save it as PNG" if kind else "it is damaged"
        story.lose("picture", reason=_why(why if data else "it is missing in the file", alt))
        return ""
    name = f"picture-{len(book.pictures) + 1}{suffix}"
    book.pictures[name] = data
    book.picture_names[relation.target] = name
    return name


def _why(reason: str, alt: str) -> str:
    return f"{reason} ({alt})" if alt else reason


def _find_format(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if b"<svg" in data[:2000]:
        return ".svg"
    return next((suffix for start, suffix in SIGNATURES if data.startswith(start)), "")


def _lose_part(identifier: str | None, kind: str, frame: _Frame, story: Story) -> None:
    """Note a chart or a diagram, with all its words."""
    relation = story.relations.get(identifier or "")
    words: list[str] = []
    try:
        root = story.book.package.read_xml(relation.target) if relation else None
    except PublishError:
        root = None
    if root is not None:
        for one in root.iter(f"{A}t", f"{CHART}v"):
            if one.text and one.text not in words:
                words.append(one.text)
    story.lose(kind, " ".join(words), frame.alt)


# --------------------------------------------------------------------------- VML


def read_vml(element: Xml, story: Story) -> list[Shown]:
    """Return what an older drawing or an embedded object (`w:pict`, `w:object`) shows."""
    shown: list[Shown] = []
    for one in _walk(element):
        if one.tag == f"{V}imagedata":
            shown += _vml_picture(one, story)
        elif one.tag == TEXT:
            shown.append(Box(one))
        elif one.tag == f"{V}textpath":
            shown.append(one.get("string") or "")
        elif one.tag == f"{OFFICE}OLEObject":
            story.lose("embedded object", reason=one.get("ProgID") or "")
        elif one.get(f"{OFFICE}hr") in ("t", "true", "1"):
            shown.append(Picture(make_element("hr"), large=True))
    return shown


def _vml_picture(data: Xml, story: Story) -> list[Shown]:
    shape = data.getparent()
    style = "" if shape is None else shape.get("style") or ""
    alt = "" if shape is None else shape.get("alt") or ""
    alt = _clean_alt(alt or data.get(f"{OFFICE}title") or "")
    found = CSS_SIZE.search(style)
    height = float(found[1].strip(".") or 0) * CSS_UNITS[found[2] or ""] if found else TALL + 1
    name = _take(data.get(f"{R}id") or data.get(f"{R}href"), alt, story)
    frame = _Frame(alt=alt)
    return [Picture(_make(name, alt, frame), height > TALL)] if name else []
