"""Holds the standards that a PDF keeps, and writes the metadata (XMP) that claims them.

PDF/A (ISO 19005-2 and -3, level A) is for archives, PDF/UA-1 (ISO 14289-1) for accessibility; a
file can keep both.  A file in which some programs cannot find the text in order claims neither
PDF/UA nor level A, but level U: that each code says its letters (ISO 19005-2 §6.2.11.7.2).

PDF/X-4 (ISO 15930-7) is for printing houses.  A file that is only printed and folded claims
nothing.

PDF/A wants a schema for the property of PDF/UA, which it does not know (ISO 19005-2 §6.6.2.3.3),
and metadata that can be read without decompression.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID
from xml.sax.saxutils import escape

from publish.model import PAGES, PageSize

__all__ = ["STANDARDS", "PdfMetadata", "Standard", "choose_standard", "xmp"]


@dataclass(frozen=True, slots=True)
class Standard:
    """What a file keeps: WeasyPrint's name for it, and the part of ISO 19005 that it claims.

    `part` is 0 for a file that does not claim PDF/A; one that is `for_press` claims PDF/X-4.
    """

    variant: str
    part: int = 0
    for_press: bool = False

    @property
    def options(self) -> dict[str, object]:
        """Return the options of WeasyPrint for this standard."""
        wanted = {"pdf_variant": self.variant, "pdf_tags": True}
        return wanted | ({"output_intent": "srgb"} if self.for_press else {})


STANDARDS: Mapping[str, Standard] = {
    "pdf/a-3a+ua-1": Standard("pdf/a-3a", 3),
    "pdf/a-2a+ua-1": Standard("pdf/a-2a", 2),
}
"""The standards by their name in the settings."""

PRESS = Standard("pdf/x-4", for_press=True)


def choose_standard(variant: str, page: PageSize) -> Standard:
    """Return the standard of a file with such pages; `variant` is that of the settings."""
    facts = PAGES[page]
    if facts.for_press:
        return PRESS
    return Standard(STANDARDS[variant].variant) if facts.folded else STANDARDS[variant]


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfMetadata:
    """The metadata of a file; empty texts are left out.

    `day` is a time in W3C's date format; the file has it elsewhere in PDF's own form.
    """

    title: str
    language: str
    producer: str
    authors: tuple[str, ...] = ()
    description: str = ""
    keywords: str = ""
    day: str = ""


def xmp(standard: Standard, about: PdfMetadata, *, in_order: bool = True) -> bytes:
    """Return the metadata of a file that keeps these standards, as an XMP packet.

    If not all programs find its text `in_order`, it claims less.
    """
    in_order = in_order and bool(standard.part)
    properties = "\n".join(_properties(standard, about, in_order))
    packet = _PACKET.format(properties, _SCHEMA if in_order else "")
    return packet.replace(_DESCRIBED, _DESCRIBED + _PRESS_NAMES * standard.for_press).encode()


def _properties(standard: Standard, about: PdfMetadata, in_order: bool) -> Iterator[str]:
    if standard.part:
        yield f"<pdfaid:part>{standard.part}</pdfaid:part>"
        yield f"<pdfaid:conformance>{'A' if in_order else 'U'}</pdfaid:conformance>"
    if standard.for_press:
        yield from _press_properties(about)
    if in_order:
        yield "<pdfuaid:part>1</pdfuaid:part>"
    yield _element("pdf:Producer", about.producer)
    yield f"<dc:title>{_default(about.title)}</dc:title>"
    yield f"<dc:language>{_several('Bag', (about.language,))}</dc:language>"
    if about.authors:
        yield f"<dc:creator>{_several('Seq', about.authors)}</dc:creator>"
    if about.description:
        yield f"<dc:description>{_default(about.description)}</dc:description>"
    if about.keywords:
        yield _element("pdf:Keywords", about.keywords)
    if about.day:
        yield _element("xmp:CreateDate", about.day)
        yield _element("xmp:ModifyDate", about.day)


def _press_properties(about: PdfMetadata) -> Iterator[str]:
    """Yield what PDF/X-4 wants; the same text has the same identifier."""
    names = (about.title, about.language, about.day, *about.authors)
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    yield "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
    yield "<pdf:Trapped>False</pdf:Trapped>"
    yield _element("xmp:MetadataDate", about.day)
    yield _element("xmpMM:DocumentID", f"uuid:{UUID(bytes=digest[:16], version=5)}")
    yield "<xmpMM:VersionID>1</xmpMM:VersionID>"
    yield "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _default(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


def _several(kind: str, texts: tuple[str, ...]) -> str:
    return f"<rdf:{kind}>{''.join(_element('rdf:li', text) for text in texts)}</rdf:{kind}>"


_SCHEMA = """\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""The schema of the property pdfuaid:part, for programs that know PDF/A only."""

_DESCRIBED = 'xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
_PRESS_NAMES = (
    ' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"'
)

_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
{}
</rdf:Description>
{}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""
