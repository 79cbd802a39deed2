"""Lists what no edition may have in its PDF: scripts, forms, attachments, layers, stray objects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["find_forbidden", "list_objects"]

_FORBIDDEN = {
    "/OpenAction": "an action on opening",
    "/AA": "an action",
    "/JS": "a script",
    "/JavaScript": "a script",
    "/AcroForm": "a form",
    "/XFA": "a form",
    "/OCProperties": "layers that can be hidden",
    "/OC": "a layer that can be hidden",
    "/OCGs": "a layer that can be hidden",
    "/EmbeddedFiles": "an attachment",
    "/EF": "an attachment",
    "/AF": "an attachment",
    "/RichMedia": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Perms": "permissions of its own",
    "/Collection": "a portfolio",
    "/PieceInfo": "data of a program",
    "/Thumb": "a thumbnail",
    "/Threads": "threads",
    "/URI": "a base address",
    "/RoleMap": "tags of its own",
    "/ClassMap": "classes of its own",
}
"""Keys that no edition has, by what they bring; `/URI` in links is allowed."""

_CATALOG = frozenset(
    f"/{name}"
    for name in (
        *("Type", "Pages", "Outlines", "Lang", "Names", "StructTreeRoot", "MarkInfo", "PageMode"),
        *("ViewerPreferences", "OutputIntents", "Metadata", "PageLabels", "Version"),
    )
)
_ACTIONS = frozenset(
    f"/{name}"
    for name in ("Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Named", "Rendition")
)


def _entries(words: str) -> frozenset[str]:
    return frozenset(f"/{word}" for word in words.split())


_KNOWN = {
    "/Page": _entries(
        "Type Parent MediaBox CropBox TrimBox BleedBox Resources Contents Annots StructParents"
        " Tabs Rotate Group"
    ),
    "/StructElem": _entries("Type S P K Pg A Alt ActualText E ID Lang"),
    "/Annot": _entries("Type Subtype Rect F BS Border Contents Dest A StructParent P"),
}
"""The entries that pages, tags and links have, by the type of the object; no others are allowed."""

_BETWEEN = re.compile(rb"endobj\s+(?!\d+ \d+ obj|xref|startxref)\S")

_DEEPEST = 200


def list_objects(reader: Any) -> Iterator[tuple[int, Any]]:
    """Yield all objects of a file with their numbers."""
    numbers = {one for table in reader.xref.values() for one in table} | set(reader.xref_objStm)
    for number in sorted(numbers):
        found = reader.get_object(number)
        if found is not None:
            yield number, found


def find_forbidden(reader: Any, data: bytes) -> Iterator[str]:
    """Yield what no edition may have, wherever it is in the file."""
    catalog = reader.trailer["/Root"]
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        yield "bytes before or after it"
    if data.count(b"startxref") != 1:
        yield "changes added after it was written"
    if _BETWEEN.search(data):
        yield "bytes between its objects"
    for key in sorted(set(catalog) - _CATALOG):
        yield _FORBIDDEN.get(key, f"an unknown entry {key}")
    names = catalog["/Names"].get_object() if "/Names" in catalog else {}
    for key in sorted(set(names) - {"/Dests"}):
        yield _FORBIDDEN.get(key, f"unknown names {key}")
    if catalog.get("/PageMode", "/UseOutlines") != "/UseOutlines":
        yield f"a way of opening it, {catalog['/PageMode']}"
    referred = {0} | _references(dict.values(reader.trailer))
    objects = list(list_objects(reader))
    for _, value in objects:
        referred |= _references([value])
        yield from _bad(value, 0)
    for number, value in objects:
        kind = value.get("/Type") if isinstance(value, dict) else ""
        if number not in referred and kind not in ("/XRef", "/ObjStm"):
            yield "an object that nothing refers to"


def _references(values: Iterable[Any]) -> set[int]:
    """Return the numbers of the objects that some values refer to."""
    found, waiting = set(), list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += dict.values(value)
        elif isinstance(value, list):
            waiting += list.__iter__(value)
        elif hasattr(value, "idnum"):
            found.add(value.idnum)
    return found


def _bad(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and depth < _DEEPEST:
        action = value.get("/S") == "/URI"
        for key in sorted(set(value) - _KNOWN.get(str(value.get("/Type")), set(value))):
            yield _FORBIDDEN.get(key, f"an unknown entry {key} of a {value['/Type'][1:]}")
        for key, inner in value.items():
            if key in _FORBIDDEN and not (key == "/URI" and action):
                yield _FORBIDDEN[key]
            yield from _bad(inner, depth + 1)
        if value.get("/Type") in ("/Filespec", "/EmbeddedFile"):
            yield "an attachment"
        if value.get("/S") in _ACTIONS or (value.get("/Type") == "/Action" and not action):
            yield "an action"
    elif isinstance(value, list) and depth < _DEEPEST:
        for inner in value:
            yield from _bad(inner, depth + 1)
