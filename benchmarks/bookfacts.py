"""What a finished PDF says of itself: tags, standards, outline, page labels, fonts."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from pypdf import PdfReader

__all__ = ["PdfFacts", "read_facts"]


@dataclass(frozen=True)
class PdfFacts:
    """What a file is; `standards` are those it claims, such as `PDF/A-3a`.

    `outline` counts its entries, `links` those of all pages.
    """

    pages: int
    tagged: bool
    standards: tuple[str, ...]
    outline: int
    labels: bool
    links: int
    language: str

    def describe(self) -> str:
        """Return the facts as a few words."""
        found = ["tagged" if self.tagged else "not tagged", ", ".join(self.standards)]
        found.append(f"outline of {self.outline}" if self.outline else "no outline")
        found.append("page labels" if self.labels else "no page labels")
        found += [f"{self.links} links", self.language or "no language"]
        return "; ".join(filter(None, found))


def read_facts(data: bytes) -> PdfFacts:
    """Return what a PDF says of itself."""
    reader = PdfReader(io.BytesIO(data))
    root = reader.root_object
    marked = root.get("/MarkInfo")
    metadata = root.get("/Metadata")
    xmp = metadata.get_object().get_data().decode("utf-8", "replace") if metadata else ""
    return PdfFacts(
        pages=len(reader.pages),
        tagged="/StructTreeRoot" in root and bool(marked and marked.get_object().get("/Marked")),
        standards=tuple(_standards(xmp)),
        outline=_count(reader.outline),
        labels="/PageLabels" in root,
        links=sum(_links(page) for page in reader.pages),
        language=str(root.get("/Lang", "")),
    )


def _standards(xmp: str) -> list[str]:
    """Return the standards that metadata claim, whether as elements or as attributes."""

    def value(name: str) -> str:
        found = re.search(rf"{name}(?:>|=[\"'])\s*(\w+)", xmp)
        return found[1] if found else ""

    archive, level = value("pdfaid:part"), value("pdfaid:conformance").lower()
    access = value("pdfuaid:part")
    return [
        *([f"PDF/A-{archive}{level}"] if archive else []),
        *([f"PDF/UA-{access}"] if access else []),
    ]


def _count(outline: object) -> int:
    if isinstance(outline, list):
        return sum(map(_count, outline))
    return 1


def _links(page: object) -> int:
    annotations = page.get("/Annots")  # type: ignore[attr-defined]
    found = annotations.get_object() if annotations is not None else ()
    return sum(one.get_object().get("/Subtype") == "/Link" for one in found)
