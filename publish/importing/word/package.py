"""Open a Word file within limits, and find its parts; nothing outside the file is ever read.

A Word file is a zip archive of XML parts (ISO/IEC 29500-2).  Macros are never looked at.  Files in
the "strict" form have other namespaces, which are replaced before parsing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from publish.containers.refusing import make_file_error
from publish.containers.xmltrees import has_doctype, parse_drawing
from publish.containers.zipfiles import ArchiveLimits, is_zip, read_zip
from publish.errors import PublishError
from publish.importing.word.names import Xml, local_name

__all__ = ["Package", "Relation", "open_package"]

LIMITS = ArchiveLimits(entries=5000, entry=64 * 2**20, all=256 * 2**20)
MOST_MARKS = 4_000_000
"""The most `<` of one part: two for most elements.  872 pages have 150,000."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_FORMS = (
    (re.compile(rb"http://purl\.oclc\.org/ooxml/wordprocessingml/"), b"wordprocessingml/"),
    (re.compile(rb"http://purl\.oclc\.org/ooxml/drawingml/"), b"drawingml/"),
    (re.compile(rb"http://purl\.oclc\.org/ooxml/officeDocument/"), b"officeDocument/"),
)
FORM = b"http://schemas.openxmlformats.org/"
MAIN = "officeDocument"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: another part by its name, or something outside by its address."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file by name; `main` is the name of the part with the text."""

    file: str
    parts: Mapping[str, bytes]
    main: str
    names: Mapping[str, str] = field(default_factory=dict)

    def read_bytes(self, name: str) -> bytes | None:
        """Return a part; names of parts are the same in capitals or not."""
        found = self.names.get(name.lower())
        return None if found is None else self.parts[found]

    def read_xml(self, name: str) -> Xml | None:
        """Return the root of a part, None if it is missing.

        Raises PublishError (code `kit-file`) for XML that is broken, too large, nested too deeply,
        or has a document type.
        """
        data = self.read_bytes(name)
        return None if data is None else _parse(data, name, self.file)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what a part refers to, by id."""
        folder, last = posixpath.split(name)
        root = self.read_xml(posixpath.join(folder, "_rels", f"{last}.rels"))
        found = {}
        for one in root if root is not None else ():
            kind = (one.get("Type") or "").rpartition("/")[2]
            target = one.get("Target") or ""
            external = (one.get("TargetMode") or "").lower() == "external"
            if not external:
                target = _resolve(folder, target)
            found[one.get("Id") or ""] = Relation(kind, target, external)
        return found

    def find_part(self, kind: str) -> str:
        """Return the name of the part that the main part refers to by this kind, or nothing."""
        for one in self.relations(self.main).values():
            if one.kind == kind and not one.external:
                return one.target
        return ""

    @property
    def has_macros(self) -> bool:
        """Return whether the file contains programs."""
        return any(name.endswith("vbaproject.bin") for name in self.names)


def open_package(data: bytes, file: str) -> Package:
    """Return the parts of a Word file.

    Raises PublishError (code `kit-file`) for another kind of file, one with a password, one that
    is damaged, or one larger than the limits.
    """
    if data.startswith(OLE):
        raise _old(data, file)
    if not is_zip(data):
        raise make_file_error(
            "this is not a Word file (.docx)", file, "open it in Word and save it as .docx"
        )
    parts = read_zip(data, file, LIMITS)
    names = {name.lower().lstrip("/"): name for name in parts}
    top = Package(file, parts, "", names)
    main = next(
        (one.target for one in top.relations("").values() if one.kind == MAIN and not one.external),
        "word/document.xml",
    )
    if main.lower() not in names:
        raise make_file_error("the file has no text: its main part is missing", file)
    return Package(file, parts, main, names)


def _old(data: bytes, file: str) -> PublishError:
    if ENCRYPTED in data:
        return make_file_error(
            "the file has a password", file, "open it in Word and save it without a password"
        )
    return make_file_error(
        "this is a Word file of the old kind (.doc)", file, "open it in Word and save it as .docx"
    )


def _resolve(folder: str, target: str) -> str:
    path = unquote(target.replace("\\", "/")).partition("#")[0]
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _parse(data: bytes, name: str, file: str) -> Xml:
    if data.count(b"<") > MOST_MARKS:
        raise make_file_error(f"{name} is too large", file)
    if STRICT in data:
        for strict, kind in STRICT_FORMS:
            data = strict.sub(FORM + kind + b"2006/", data)
    try:
        root = parse_drawing(data)
    except (SyntaxError, ValueError) as error:
        deep = "depth" in str(error)
        raise make_file_error(
            f"{name} is nested too deeply" if deep else f"{name} is not well-formed XML: {error}",
            file,
        ) from None
    if has_doctype(root):
        raise make_file_error(f"{name} has a document type or entities of its own", file)
    if not isinstance(root.tag, str):  # pragma: no cover - the parser drops all else
        raise make_file_error(f"{name} has no element: {local_name(root)}", file)
    return root
