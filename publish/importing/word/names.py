"""The names of elements and attributes of Word files (ISO/IEC 29500), and how values are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

__all__ = [
    "MC",
    "PIC",
    "W14",
    "WP",
    "A",
    "M",
    "R",
    "V",
    "Xml",
    "add_element",
    "find_value",
    "is_on",
    "local_name",
    "make_element",
    "read_number",
    "w",
    "words_of",
    "write_page",
    "write_part",
]

Xml = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

OFF = frozenset(("0", "false", "off", "none"))
MOST = 1_000_000
"""No measure, number or count of a page is larger."""


def w(name: str) -> str:
    """Return a name of WordprocessingML as lxml writes it."""
    return f"{{{W}}}{name}"


VAL = w("val")
TEXTS = (w("t"), w("delText"))
ENDS = frozenset((w("p"), w("br"), w("tab"), w("cr"), w("tc")))


def local_name(element: Xml) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def make_element(tag: str, given: Mapping[str, str] | None = None, text: str = "") -> Xml:
    """Return an element of the page, with attributes and text."""
    element = etree.Element(tag, dict(given or {}))
    element.text = text or None
    return element


def add_element(
    parent: Xml, tag: str, given: Mapping[str, str] | None = None, text: str = ""
) -> Xml:
    """Return an element of the page that was added to another one."""
    element = make_element(tag, given, text)
    parent.append(element)
    return element


def write_page(page: Xml) -> str:
    """Return the page as the text of a file of HTML."""
    return etree.tostring(page, encoding="unicode", method="html")


def write_part(root: Xml) -> bytes:
    """Return a part of a Word file as bytes."""
    return etree.tostring(root, encoding="utf-8")


def find_value(parent: Xml | None, name: str, attribute: str = VAL) -> str | None:
    """Return an attribute of the first child of this name, by default `w:val`; None if absent."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(attribute)


def is_on(element: Xml | None) -> bool:
    """Return whether a property that is on or off is on (`ST_OnOff`)."""
    return element is not None and (element.get(VAL) or "1").lower() not in OFF


def read_number(value: str | None, otherwise: int = 0) -> int:
    """Return a whole number within limits; absurd and broken ones give `otherwise`."""
    try:
        number = int(float(value or ""))
    except (ValueError, OverflowError):
        return otherwise
    return number if abs(number) <= MOST else otherwise


def words_of(elements: Iterable[Xml]) -> str:
    """Return the text of elements on one line, that of deleted runs, too."""
    parts: list[str] = []
    for element in elements:
        for one in element.iter(*TEXTS, *ENDS):
            parts.append((one.text or "") if one.tag in TEXTS else " ")
        parts.append(" " if element.tag in ENDS else "")
    return " ".join("".join(parts).split())
