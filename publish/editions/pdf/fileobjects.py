"""Bytes of the objects of a PDF: of any value, and of the elements of its structure tree.

A long book has ten thousands of such elements; dictionaries of pydyf take three times the memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

__all__ = ["StructureElement", "serialise"]

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\()"})
"""What is escaped in a string (ISO 32000-1 §7.3.4.2)."""


@dataclass(eq=False, slots=True)
class StructureElement:
    """A structure element (ISO 32000-1 §14.7.2): tag, reference of its parent, attributes, kids.

    `page` is the reference of the page of those kids that are marks; other kids are references and
    dictionaries.  It has what pydyf asks of an object of a file.
    """

    tag: str
    parent: bytes
    attributes: dict[str, Any] | None = None
    page: bytes | None = None
    kids: list[Any] = field(default_factory=list)
    language: str = ""
    number: int = 0

    generation: ClassVar[int] = 0
    free: ClassVar[str] = "n"
    compressible: ClassVar[bool] = True

    @property
    def reference(self) -> bytes:
        """What leads to it in the file."""
        return b"%d 0 R" % self.number

    @property
    def data(self) -> bytes:
        """Its bytes, in the order in which its entries have always been written."""
        parts = [b"<</Type /StructElem/S /%b/P %b" % (self.tag.encode("ascii"), self.parent)]
        if self.attributes:
            pairs = self.attributes.items()
            parts += [b"/%b %b" % (key.encode("ascii"), serialise(one)) for key, one in pairs]
        if self.page is not None:
            parts.append(b"/Pg %b" % self.page)
        parts.append(b"/K [%b]" % b" ".join([serialise(kid) for kid in self.kids]))
        if self.language:
            import pydyf  # type: ignore[import-untyped]

            parts.append(b"/Lang %b" % serialise(pydyf.String(self.language)))
        parts.append(b">>")
        return b"".join(parts)


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
    if kind is StructureElement:
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
