"""Bytes of the objects of a PDF: of any value, of structure elements, links and packed streams.

A long book has ten thousands of them; dictionaries of pydyf take three times the memory.  Each
class here has what pydyf asks of an object of a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, ClassVar

__all__ = [
    "LinkAnnotation",
    "PackedStream",
    "StoredArray",
    "StructureElement",
    "cut_pieces",
    "serialise",
]

PIECE = 1 << 16
"""How many bytes of a stored array are read at once."""

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\()"})
"""What is escaped in a string (ISO 32000-1 §7.3.4.2)."""


class _Indirect:
    """An object with a number in its file, as pydyf asks for it (ISO 32000-1 §7.3.10)."""

    __slots__ = ()

    number: int

    generation: ClassVar[int] = 0
    free: ClassVar[str] = "n"
    compressible: ClassVar[bool] = True

    @property
    def reference(self) -> bytes:
        """What leads to it in the file."""
        return b"%d 0 R" % self.number


@dataclass(eq=False, slots=True)
class StructureElement(_Indirect):
    """A structure element (ISO 32000-1 §14.7.2): tag, reference of its parent, attributes, kids.

    `page` is the reference of the page of those kids that are marks; other kids are references and
    dictionaries.
    """

    tag: str
    parent: bytes
    attributes: dict[str, Any] | None = None
    page: bytes | None = None
    kids: list[Any] = field(default_factory=list)
    language: str = ""
    number: int = 0

    @property
    def data(self) -> bytes:
        """Its bytes, in the order in which its entries have always been written."""
        parts = [b"<</Type /StructElem/S /%b/P %b" % (self.tag.encode("ascii"), self.parent)]
        if self.attributes:
            pairs = self.attributes.items()
            parts += [b"/%b %b" % (key.encode("ascii"), serialise(one)) for key, one in pairs]
        if self.page is not None:
            parts.append(b"/Pg %b" % self.page)
        # Nearly all kids are numbers of marks or references.
        kids = [
            b"%d" % kid if type(kid) is int else kid if type(kid) is bytes else serialise(kid)
            for kid in self.kids
        ]
        parts.append(b"/K [%b]" % b" ".join(kids))
        if self.language:
            import pydyf  # type: ignore[import-untyped]

            parts.append(b"/Lang %b" % serialise(pydyf.String(self.language)))
        parts.append(b">>")
        return b"".join(parts)


@dataclass(eq=False, slots=True)
class LinkAnnotation(_Indirect):
    """The area of a link on a page, in points, as PDF/A wants it (ISO 32000-1 §12.5.6.5).

    `target` is a named place, or an address if the link leads out of the file.  `contents` is read
    aloud; `key` leads to its structure element, if it is not negative.
    """

    area: tuple[float, float, float, float]
    target: str
    leads_out: bool
    contents: str
    key: int = -1
    number: int = 0

    @property
    def data(self) -> bytes:
        """Its bytes, in the order of WeasyPrint's entries."""
        import pydyf

        target = serialise(pydyf.String(self.target))
        parts = [
            b"<</Type /Annot/Subtype /Link/Rect [%b]" % b" ".join(map(serialise, self.area)),
            b"/BS <</W 0>>/Contents %b" % serialise(pydyf.String(self.contents)),
            b"/A <</Type /Action/S /URI/URI %b>>" % target
            if self.leads_out
            else b"/Dest %b" % target,
            b"/StructParent %d" % self.key if self.key >= 0 else b"",
            b"/F 4>>",  # It is printed (ISO 19005-2 §6.3.2).
        ]
        return b"".join(parts)

    def __setitem__(self, name: str, value: Any) -> None:
        """Take one of the two entries that a tag tree adds, as a dictionary of pydyf does."""
        if name == "Contents":
            self.contents = value.string
        else:
            self.key = value


@dataclass(eq=False, slots=True)
class PackedStream(_Indirect):
    """A stream whose content is packed already; `extra` are entries before those of its packing."""

    packed: bytes
    extra: dict[str, Any] = field(default_factory=dict)
    number: int = 0

    compressible: ClassVar[bool] = False

    @property
    def data(self) -> bytes:
        """Its bytes."""
        import pydyf

        about = {**self.extra, "Filter": "/FlateDecode", "Length": len(self.packed)}
        return b"%b\nstream\n%b\nendstream" % (serialise(pydyf.Dictionary(about)), self.packed)


@dataclass(frozen=True, slots=True)
class StoredArray:
    """An array of a long book whose items are in a scratch file, not in memory.

    It is part of an object that is written piece by piece.
    """

    file: IO[bytes]

    def add(self, *items: bytes) -> None:
        """Add the bytes of some items."""
        self.file.write((b" " if self.file.tell() else b"[") + b" ".join(items))

    def cut(self) -> Iterator[bytes]:
        """Yield its bytes in pieces."""
        if not self.file.tell():
            yield b"["
        self.file.seek(0)
        while piece := self.file.read(PIECE):
            yield piece
        yield b"]"


_OWN = frozenset((StructureElement, LinkAnnotation, PackedStream))


def serialise(value: Any) -> bytes:
    """Return what pydyf makes of a value of a PDF, in half the time for those that are frequent."""
    kind = type(value)
    if kind is bytes:
        found: bytes = value
        return found
    if kind is str:
        return str(value).encode("ascii")
    if kind is int:
        return b"%d" % value
    if kind in _OWN:
        return bytes(value.data)
    import pydyf

    if kind is pydyf.Dictionary:
        pairs = [b"/%b %b" % (serialise(key), serialise(one)) for key, one in value.items()]
        return b"<<%b>>" % b"".join(pairs)
    if kind is pydyf.Array:
        return b"[%b]" % b" ".join([one if type(one) is bytes else serialise(one) for one in value])
    if kind is pydyf.String and type(value.string) is str and value.string.isascii():
        return b"(%b)" % value.string.translate(_SPECIAL).encode("ascii")
    made: bytes = pydyf._to_bytes(value)
    return made


def cut_pieces(value: Any) -> Iterator[bytes]:
    """Yield the bytes of a dictionary in pieces, so that none of its stored arrays is held."""
    import pydyf

    kind = type(value)
    if kind is StoredArray:
        yield from value.cut()
    elif kind is pydyf.Dictionary:
        yield b"<<"
        for key, one in value.items():
            yield b"/%b " % serialise(key)
            yield from cut_pieces(one)
        yield b">>"
    else:
        yield serialise(value)
