"""What a screen reader finds in a PDF: its tag tree with the texts that the pages show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream


@dataclass
class Tag:
    """A structure element: its own dictionary, its effective language, what is in it.

    Texts are as they are read aloud (`/ActualText`); links are the `/Contents` of their areas.
    """

    name: str
    language: str
    entry: Any
    kids: list[Tag | str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Tag]:
        """The element and all elements in it, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid

    @property
    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    @property
    def names(self) -> list[str]:
        """The tags of what is right within, texts left out."""
        return [kid.name for kid in self.kids if isinstance(kid, Tag)]

    def all(self, name: str) -> list[Tag]:
        return [tag for tag in self if tag.name == name]

    @property
    def attributes(self) -> dict[str, Any]:
        return {str(key): value for key, value in self.entry.get("/A", {}).items()}


@dataclass
class Shown:
    """What one page shows: texts by mark, artifacts with their kind, and text that is neither."""

    marked: dict[int, str] = field(default_factory=dict)
    artifacts: list[tuple[str, str]] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)


def read_structure(pdf: bytes) -> tuple[Tag, list[Shown]]:
    """The root of the tag tree and what the pages show, or the forms that pages became."""
    reader = PdfReader(BytesIO(pdf))
    shown = {
        one.indirect_reference.idnum: _shown(one, reader)
        for page in reader.pages
        for one in find_forms(page) or [page]
    }
    catalog: Any = reader.root_object
    (document,) = catalog["/StructTreeRoot"]["/K"]
    language = str(catalog["/Lang"])
    return _tag(document.get_object(), language, None, shown), list(shown.values())


def find_forms(page: Any) -> list[Any]:
    """The pages of the document that stand on a side of a sheet of a booklet."""
    drawn = page["/Resources"].get("/XObject", {}).values()
    return [form for one in drawn if "/StructParents" in (form := one.get_object())]


def _tag(entry: Any, language: str, page: int | None, shown: dict[int, Shown]) -> Tag:
    if "/Pg" in entry:
        page = entry.raw_get("/Pg").idnum
    tag = Tag(str(entry["/S"])[1:], str(entry.get("/Lang", language)), entry)
    for raw in entry.get("/K", []):
        kid = raw.get_object()
        if isinstance(kid, int):
            assert page is not None
            tag.kids.append(shown[page].marked[kid])
        elif kid.get("/Type") == "/MCR":
            there = kid.raw_get("/Stm" if "/Stm" in kid else "/Pg").idnum
            tag.kids.append(shown[there].marked[kid["/MCID"]])
        elif kid.get("/Type") == "/OBJR":
            tag.links.append(str(kid["/Obj"]["/Contents"]))
        else:
            tag.kids.append(_tag(kid, tag.language, page, shown))
    return tag


def _shown(page: Any, reader: PdfReader) -> Shown:
    found = Shown()
    letters: dict[str, dict[str, str]] = {
        str(name): _letters(font.get_object())
        for name, font in page["/Resources"].get("/Font", {}).items()
    }
    font: dict[str, str] = {}
    marks: list[Any] = []
    content = page.get_contents() if hasattr(page, "get_contents") else page
    for operands, operator in ContentStream(content, reader).operations:
        match operator:
            case b"Tf":
                font = letters[str(operands[0])]
            case b"BMC" | b"BDC":
                marks.append((str(operands[0]), operands[1] if len(operands) > 1 else {}))
                _begin(found, marks[-1])
            case b"EMC":
                marks.pop()
            case b"TJ":
                _show(found, marks, "".join(_decoded(item, font) for item in operands[0]))
            case b"Do" if not marks:
                found.bare.append(str(operands[0]))
            case _:
                pass
    return found


def _begin(found: Shown, mark: Any) -> None:
    name, properties = mark
    text = str(properties.get("/ActualText", ""))
    if "/MCID" in properties:
        found.marked[int(properties["/MCID"])] = text
    elif name == "/Artifact":
        found.artifacts.append((str(properties.get("/Subtype", properties.get("/Type"))), ""))


def _show(found: Shown, marks: list[Any], text: str) -> None:
    own = [p for name, p in marks if "/MCID" in p]
    if any(name == "/Artifact" for name, _ in marks):
        kind, before = found.artifacts[-1]
        found.artifacts[-1] = kind, before + text
    elif not own:
        found.bare.append(text)
    elif "/ActualText" not in own[0]:
        inner = next((p["/ActualText"] for _, p in marks if "/ActualText" in p), text)
        found.marked[int(own[0]["/MCID"])] += str(inner)


def _letters(font: Any) -> dict[str, str]:
    """Texts by glyph, in hexadecimal, as the font's ToUnicode tells them."""
    written = font["/ToUnicode"].get_data().decode()
    pairs = re.findall(r"<([0-9a-f]+)> <([0-9a-f]*)>", written, re.I)
    return {glyph.lower(): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}


def _decoded(item: Any, font: dict[str, str]) -> str:
    if isinstance(item, (int, float)):
        return ""
    codes: str = getattr(item, "original_bytes", item).hex()
    return "".join(font.get(codes[at : at + 4], "") for at in range(0, len(codes), 4))
