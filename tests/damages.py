"""Kinds of damage to finished files, one table for EPUB and one for PDF, for the audits."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

Parts = dict[str, bytes]
Change = Callable[[Parts], None]
OPF, NAV, NCX, CSS = "EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/style.css"
COVER, TITLE, IMPRINT = "EPUB/cover.xhtml", "EPUB/title.xhtml", "EPUB/imprint.xhtml"
FIRST, TEXT, NOTES = "EPUB/text-1.xhtml", "EPUB/text-2.xhtml", "EPUB/text-3.xhtml"
BOX = "META-INF/container.xml"


def packed(parts: Parts, **options: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(name, options.get("date", (1980, 1, 1, 0, 0, 0)))
            book.writestr(info, content, options.get("kind", kind))
        book.comment = options.get("comment", b"")
    return buffer.getvalue()


def sub(name: str, old: str, new: str) -> Change:
    """Exchanges the first match of a pattern in one part."""

    def change(parts: Parts) -> None:
        text = parts[name].decode()
        changed = re.sub(old, new, text, count=1, flags=re.DOTALL)
        assert changed != text, (name, old)
        parts[name] = changed.encode()

    return change


def add(name: str, content: bytes) -> Change:
    return lambda parts: parts.update({name: content})


def listed(name: str, content: bytes, kind: str) -> Change:
    """Adds a file that the manifest lists."""

    def change(parts: Parts) -> None:
        parts[f"EPUB/{name}"] = content
        item = f'<item href="{name}" id="more" media-type="{kind}"/></manifest>'
        sub(OPF, "</manifest>", item)(parts)

    return change


def drop(name: str) -> Change:
    def change(parts: Parts) -> None:
        del parts[name]

    return change


def flip(name: str) -> Change:
    """Changes one byte in the middle of a part."""

    def change(parts: Parts) -> None:
        data = bytearray(parts[name])
        data[len(data) // 2] ^= 1
        parts[name] = bytes(data)

    return change


def swap(one: str, other: str) -> Change:
    def change(parts: Parts) -> None:
        parts[one], parts[other] = parts[other], parts[one]

    return change


def _texts() -> dict[str, Change]:
    """A changed, a lost and an added word in each part that a reader can see or hear."""
    places = {
        "the title page": (TITLE, "The authors"),
        "the title": (TITLE, "report: all"),
        "the subtitle": (TITLE, "For the tests"),
        "the date": (TITLE, "24 июня"),
        "the state": (TITLE, "не проверен"),
        "the language's name": (TITLE, "Русский"),
        "the summary": (IMPRINT, "Another sentence"),
        "the notice": (IMPRINT, "не одобряли"),
        "the facts": (IMPRINT, "Английский"),
        "the identifier shown": (IMPRINT, "urn:uuid:"),
        "the way of citing": (IMPRINT, "¶\u00a014"),
        "the legend": (IMPRINT, "отмечены так"),
        "a paragraph": (FIRST, "Before any heading"),
        "a heading": (TEXT, "First part"),
        "a note": (NOTES, "</p>"),
        "a title for tabs": (TEXT, "<title[^>]*>[^<]*"),
        "the contents": (NAV, "First part"),
        "the heading of the contents": (NAV, "Содержание"),
        "the landmarks": (NAV, "Обложка"),
        "the heading of the pages": (NAV, "Страницы PDF"),
        "the old contents": (NCX, "First part"),
        "the old title": (NCX, "A rich report"),
        "the metadata's title": (OPF, "A rich report"),
        "the metadata's author": (OPF, "The authors"),
        "the metadata's summary": (OPF, "Another sentence"),
        "the metadata's keyword": (OPF, ">one<"),
        "the metadata's date": (OPF, "2024-06-24"),
        "the metadata's address": (OPF, "https://example.org/rich/"),
        "the metadata's work": (OPF, "urn:uuid:6"),
        "the claim of a summary": (OPF, "целиком"),
        "the guide": (OPF, "Начало текста"),
        "the words of the cover": (COVER, 'alt="A'),
    }
    table = {f"a word added to {k}": sub(n, f"({w})", r"\1 X") for k, (n, w) in places.items()}
    return table | {
        f"a word of {kind} lost": sub(name, words, "")
        for kind, (name, words) in places.items()
        if "<" not in words and ">" not in words and "=" not in words
    }


def _marked() -> dict[str, Change]:
    attributes = ("hidden", "aria-hidden", "style", "class", "inert", "role", "dir", "lang")
    values = {"style": "display:none", "dir": "rtl", "lang": "fr", "role": "presentation"}
    return {
        f"{name} on a paragraph": sub(FIRST, '<p id="p1"', f'<p id="p1" {name}="{value}"')
        for name in attributes
        for value in [values.get(name, "true")]
    }


STYLES = {
    "hidden by display": "p { display: none }",
    "hidden by visibility": "p { visibility: hidden }",
    "hidden by colour": "p { color: #fff }",
    "hidden by size": "p { font-size: 0 }",
    "hidden by place": "p { position: absolute; left: -99em }",
    "hidden by opacity": "p { opacity: 0 }",
    "words of a style sheet": 'p::before { content: "X" }',
    "a style from elsewhere": '@import "https://example.org/x.css";',
    "a font from elsewhere": "@font-face { font-family: x; src: url(//example.org/x) }",
    "a picture of a style sheet": "p { background: url(map.png) }",
}

EPUB_DAMAGES: dict[str, Change] = {
    **_texts(),
    **_marked(),
    **{f"{kind}": sub(CSS, "$", f"\n{rule}\n") for kind, rule in STYLES.items()},
    "no style sheet": add(CSS, b""),
    "another language of the book": sub(OPF, ">ru<", ">uk<"),
    "another language of the package": sub(OPF, 'xml:lang="ru"', 'xml:lang="uk"'),
    "another language of a page": sub(TEXT, 'xml:lang="ru"', 'xml:lang="en"'),
    "another language of the nav": sub(NAV, 'lang="ru"', 'lang="en"'),
    "another language of the old contents": sub(NCX, 'xml:lang="ru"', 'xml:lang="en"'),
    "a passage without its language": sub(FIRST, ' lang="en" xml:lang="en" dir="ltr">', ">"),
    "a mark of a passage lost": sub(FIRST, r"\[en\]", ""),
    "another identifier": sub(OPF, "urn:uuid:0", "urn:uuid:1"),
    "another identifier of the old contents": sub(NCX, "urn:uuid:0", "urn:uuid:1"),
    "a time of day": sub(OPF, "T00:00:00Z", "T09:41:07Z"),
    "a maker": sub(OPF, "</metadata>", '<meta name="generator" content="x"/></metadata>'),
    "a claim added": sub(
        OPF, "</metadata>", '<meta property="dcterms:conformsTo">x</meta></metadata>'
    ),
    "a feature lost": sub(OPF, "<meta [^>]*>alternativeText</meta>", ""),
    "a hazard": sub(OPF, ">none<", ">flashing<"),
    "another PDF named": sub(OPF, r"rich\.pdf", "poor.pdf"),
    "a page out of the spine": sub(OPF, '<itemref idref="page-5"/>', ""),
    "a page of the spine not read": sub(OPF, 'idref="page-5"', 'idref="page-5" linear="no"'),
    "pages of the spine exchanged": sub(
        OPF, 'page-5("/>\\s*<itemref idref=")page-6', r"page-6\1page-5"
    ),
    "another direction of pages": sub(OPF, 'direction="ltr"', 'direction="rtl"'),
    "another type of a file": sub(OPF, "image/png", "image/gif"),
    "another cover": sub(OPF, 'content="image-1"', 'content="image-2"'),
    "no nav in the manifest": sub(OPF, ' properties="nav"', ""),
    "a page with scripts": sub(OPF, 'id="page-5"', 'id="page-5" properties="scripted"'),
    "a file from elsewhere": sub(OPF, 'href="map.png"', 'href="https://example.org/map.png"'),
    "two packages": sub(BOX, "(<rootfile [^>]*>)", r'\1<rootfile full-path="b.opf"/>'),
    "another package": sub(BOX, r"content\.opf", "other.opf"),
    "a link to another place": sub(FIRST, "#end", "#first"),
    "a link to another site": sub(FIRST, "example.org/a", "example.com/a"),
    "a link that is followed": sub(FIRST, r"a\(b\)", "a(b)?utm_source=x"),
    "a link lost": sub(FIRST, "<a href=[^>]*>the end</a>", "the end"),
    "a link added": sub(IMPRINT, "(Русский)", r'<a href="title.xhtml">\1</a>'),
    "a script behind a link": sub(FIRST, 'href="text', 'href="javascript:x'),
    "a link of the imprint": sub(IMPRINT, "https://example.org/rich/", "https://example.org/poor/"),
    "a link of the contents": sub(NAV, "#end", "#first"),
    "a link of the old contents": sub(NCX, "#end", "#first"),
    "a landmark elsewhere": sub(NAV, r'bodymatter" href="text-1', r'bodymatter" href="text-3'),
    "a note's link": sub(TEXT, r'href="(text-3\.xhtml)#[^"]*"', r'href="\1"'),
    "an entry of the contents lost": sub(NAV, "<ol><li><a href=.text-2.xhtml#end.*?</ol>", ""),
    "the contents hidden": sub(NAV, ' id="toc"', ' id="toc" hidden="hidden"'),
    "pages out of order": sub(NAV, r">4</a>(.*?)>5</a>", r">5</a>\1>4</a>"),
    "a page not listed": sub(NAV, "<li><a [^>]*>5</a></li>", ""),
    "a page not listed in the old contents": sub(NCX, "<pageTarget.*?</pageTarget>", ""),
    "a mark of a page lost": sub(FIRST, "<span id=.edition-page-4[^>]*/>", ""),
    "a mark of a page moved": sub(
        FIRST, "(<span id=.edition-page-4[^>]*/>)(.*?)(Before any)", r"\2\1\3"
    ),
    "a label of a page": sub(FIRST, 'aria-label="4"', 'aria-label="9"'),
    "a picture lost": sub(TEXT, "<img [^>]*map[^>]*>", ""),
    "a picture without words": sub(TEXT, r'alt="[^"]+"', 'alt=""'),
    "a picture with other words": sub(TEXT, r'alt="[^"]', 'alt="X'),
    "another picture shown": sub(TEXT, r'src="map\.png"', 'src="icon.png"'),
    "a picture from elsewhere": sub(TEXT, r'src="map', 'src="https://example.org/map'),
    "pictures exchanged": swap("EPUB/icon.png", "EPUB/map.png"),
    "another cover picture": swap("EPUB/cover.png", "EPUB/map.png"),
    "a picture damaged": flip("EPUB/map.png"),
    "a picture gone": drop("EPUB/map.png"),
    "a table's cell exchanged": sub(TEXT, "(<td[^>]*>.*?</td>)(\\s*)(<td.*?</td>)", r"\3\2\1"),
    "a list counted anew": sub(TEXT, "<ol", '<ol start="7"'),
    "a heading of another rank": sub(TEXT, "<h1(.*?)</h1>", r"<h2\1</h2>"),
    "an emphasis lost": sub(FIRST, "<em>(.*?)</em>", r"\1"),
    "a code changed": sub(TEXT, "(<pre[^>]*>(?:<code[^>]*>)?)", r"\1X"),
    "a section twice": sub(TEXT, "(<p id=.p2.*?</p>)", r"\1\1"),
    "a number of a paragraph": sub(FIRST, ">1\u00a0<", ">2\u00a0<"),
    "an id of a paragraph": sub(FIRST, 'id="p1"', 'id="p01"'),
    "a script": sub(FIRST, "</body>", "<script>x()</script></body>"),
    "an event": sub(FIRST, "<body", '<body onload="x()"'),
    "a frame": sub(FIRST, "</body>", '<iframe src="x.html"></iframe></body>'),
    "a form": sub(FIRST, "</body>", "<form><input/></form></body>"),
    "a style in a page": sub(FIRST, "</head>", "<style>p { display: none }</style></head>"),
    "a second style sheet": sub(FIRST, "</head>", '<link rel="stylesheet" href="x.css"/></head>'),
    "a drawing with a link": sub(
        FIRST, "</body>", '<svg xmlns="http://www.w3.org/2000/svg"><text>X</text></svg></body>'
    ),
    "a page that moves on": sub(
        FIRST, "</head>", '<meta http-equiv="refresh" content="0;url=x"/></head>'
    ),
    "a comment": sub(FIRST, "</body>", "<!-- A. B. --></body>"),
    "an instruction": sub(FIRST, "<!DOCTYPE html>", "<!DOCTYPE html><?x y?>"),
    "an entity": sub(FIRST, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x "X">]>'),
    "a stray file": add("EPUB/.DS_Store", b"x"),
    "a file of encryption": add("META-INF/encryption.xml", b"<encryption/>"),
    "a file listed": listed("more.xhtml", b"<html/>", "application/xhtml+xml"),
    "a sound listed": listed("more.mp3", b"ID3", "audio/mpeg"),
    "a missing page": drop(IMPRINT),
    "a missing style sheet": drop(CSS),
    "another type of the whole": add("mimetype", b"application/zip"),
}
"""Changes to the parts of the rich example in Russian, by what they do."""


ARCHIVES: dict[str, Callable[[Parts], bytes]] = {
    "bytes before the archive": lambda parts: b"#!/bin/sh\n" + packed(parts),
    "bytes after the archive": lambda parts: packed(parts) + b"x",
    "a comment of the archive": lambda parts: packed(parts, comment=b"A. B."),
    "a time in the archive": lambda parts: packed(parts, date=(2026, 1, 1, 9, 41, 0)),
    "a type that is compressed": lambda parts: packed(parts, kind=zipfile.ZIP_DEFLATED),
    "the type at the end": lambda parts: packed(dict(reversed(parts.items()))),
    "half a file": lambda parts: packed(parts)[:-400],
    "no file": lambda parts: b"",
}
"""Damage to the archive itself."""


# --------------------------------------------------------------------------- PDF

Edit = Callable[[PdfWriter], None]


def rewritten(data: bytes, edit: Edit | None = None) -> bytes:
    """The file written anew by another program, with one change."""
    reader = PdfReader(io.BytesIO(data))
    writer = PdfWriter(clone_from=reader)
    if edit is not None:
        edit(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def shown(page: int, old: bytes, new: bytes) -> Edit:
    """Exchanges the first match of a pattern in what a page shows."""

    def edit(writer: PdfWriter) -> None:
        one: Any = writer.pages[page]
        data = one["/Contents"].get_object().get_data()
        changed = re.sub(old, new, data, count=1, flags=re.S)
        assert changed != data, old
        stream = DecodedStreamObject()
        stream.set_data(changed)
        one[NameObject("/Contents")] = writer._add_object(stream)

    return edit


def root(key: str, value: Any) -> Edit:
    return lambda writer: writer._root_object.update({NameObject(key): value})


def info(key: str, value: str) -> Edit:
    return lambda writer: writer.add_metadata({key: value})


def without(key: str) -> Edit:
    def edit(writer: PdfWriter) -> None:
        del writer._root_object[key]

    return edit


def _dictionaries(value: Any) -> Iterator[DictionaryObject]:
    """The dictionaries in an object, without those of other objects."""
    if isinstance(value, DictionaryObject):
        yield value
        value = list(dict.values(value))
    for inner in value if isinstance(value, list) else ():
        yield from _dictionaries(inner)


def each(kind: str, change: Callable[[Any], None], key: str = "/S", count: int = 1) -> Edit:
    """Changes the first objects whose `key` has this value."""

    def edit(writer: PdfWriter) -> None:
        objects = [inner for one in writer._objects for inner in _dictionaries(one)]
        found = [one for one in objects if one.get(key) == kind]
        assert found, kind
        for one in found[:count]:
            change(one)

    return edit


def name(value: str) -> NameObject:
    return NameObject(value)


def text(value: str) -> TextStringObject:
    return TextStringObject(value)


def _attach(writer: PdfWriter) -> None:
    writer.add_attachment("x.txt", b"x")


def _annotate(writer: PdfWriter) -> None:
    note = DictionaryObject()
    box = ArrayObject([FloatObject(place) for place in (100, 100, 200, 200)])
    note.update({name("/Subtype"): name("/FreeText"), name("/Rect"): box})
    note[name("/Contents")] = text("X")
    writer.pages[3][name("/Annots")] = ArrayObject([writer._add_object(note)])


def _exchange(writer: PdfWriter) -> None:
    kids: Any = writer._root_object["/Pages"]["/Kids"]  # type: ignore[index]
    kids[3], kids[4] = kids[4], kids[3]


def _take_page(writer: PdfWriter) -> None:
    writer.remove_page(4)


def _white(writer: PdfWriter) -> None:
    shown(3, rb"BT\n", b"1 1 1 rg\nBT\n")(writer)


def _xmp(old: bytes, new: bytes) -> Edit:
    def edit(writer: PdfWriter) -> None:
        stream: Any = writer._root_object["/Metadata"].get_object()
        data = stream.get_data()
        assert old in data
        stream.set_data(data.replace(old, new))

    return edit


def _unembed(writer: PdfWriter) -> None:
    each("/FontDescriptor", lambda one: one.pop("/FontFile2"), "/Type")(writer)


def _other_letters(writer: PdfWriter) -> None:
    """The map from glyphs to letters says one letter for another."""
    fonts = [one for one in writer._objects if isinstance(one, DictionaryObject)]
    for font in fonts:
        if "/ToUnicode" in font:
            stream: Any = font["/ToUnicode"].get_object()
            data = stream.get_data()
            stream.set_data(re.sub(rb"<0065>", b"<0061>", data))


def _outline(writer: PdfWriter) -> None:
    outlines: Any = writer._root_object["/Outlines"]
    outlines["/First"].get_object()[name("/Title")] = text("X")


def _no_links(writer: PdfWriter) -> None:
    for page in writer.pages:
        page.pop("/Annots", None)


def _target(writer: PdfWriter) -> None:
    names: Any = writer._root_object["/Names"]["/Dests"]["/Names"]  # type: ignore[index]
    at = list(names).index("end") + 1
    names[at].get_object()[0] = writer.pages[0].indirect_reference


def _box(writer: PdfWriter) -> None:
    corners = ArrayObject([NumberObject(place) for place in (0, 0, 300, 300)])
    writer.pages[3][name("/CropBox")] = corners


def _script() -> DictionaryObject:
    return DictionaryObject({name("/S"): name("/JavaScript"), name("/JS"): text("x()")})


PDF_DAMAGES: dict[str, Edit] = {
    "a page lost": _take_page,
    "pages exchanged": _exchange,
    "a page turned": lambda writer: writer.pages[3].update({name("/Rotate"): NumberObject(180)}),
    "a page cut": _box,
    "labels of pages": root(
        "/PageLabels", DictionaryObject({name("/Nums"): ArrayObject([NumberObject(0)])})
    ),
    "another language": root("/Lang", text("uk")),
    "no language": without("/Lang"),
    "another language of a passage": each(
        "/Span", lambda one: one.update({name("/Lang"): text("fr")})
    ),
    "another title": info("/Title", "X"),
    "another author": info("/Author", "X"),
    "another program": info("/Producer", "X 1.0"),
    "another day": info("/ModDate", "D:20250101000000Z"),
    "a claim lost": _xmp(b"<pdfuaid:part>1</pdfuaid:part>", b""),
    "a claim changed": _xmp(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<"),
    "a title in XMP": _xmp(b"A rich report", b"A poor report"),
    "no XMP": without("/Metadata"),
    "a text changed": shown(3, rb"\[<[0-9a-f]{4}>", b"[<0025>"),
    "a text lost": shown(3, rb"\[<[^\]]*\] TJ", b""),
    "a text added": shown(3, rb"(\[<[^\]]*\] TJ)", rb"\1 \1"),
    "a text without a tag": shown(3, rb"(BT.*?ET)\nEMC", rb"\1\nEMC\n\1"),
    "a text that is an artifact": shown(3, rb"/Span <</MCID \d+>> BDC", b"/Artifact BMC"),
    "marks exchanged": shown(4, rb"/MCID 1>>(.*?)/MCID 2>>", rb"/MCID 2>>\1/MCID 1>>"),
    "another text for the ear": shown(
        3, rb"(/MCID \d+)>>", rb"\1 /ActualText <FEFF00580059005A>>>"
    ),
    "a text without ink": shown(3, rb"BT\n", b"BT\n3 Tr\n"),
    "a text in white": _white,
    "a text off the page": shown(3, rb"1 0 0 -1 [\d.]+ [\d.]+ Tm", b"1 0 0 -1 -900 9 Tm"),
    "a text too small": shown(3, rb"(/\w+) [\d.]+ Tf", rb"\1 0.1 Tf"),
    "a cover over the page": shown(3, rb"$", b"\n1 1 1 rg 0 0 999 999 re f\n"),
    "a layer": shown(3, rb"BT\n", b"/OC /x BDC EMC\nBT\n"),
    "layers": root("/OCProperties", DictionaryObject()),
    "other letters of a font": _other_letters,
    "a font not in the file": _unembed,
    "no tags": without("/StructTreeRoot"),
    "not marked": root("/MarkInfo", DictionaryObject({name("/Marked"): BooleanObject(False)})),
    "a heading that is a paragraph": each("/H1", lambda one: one.update({name("/S"): name("/P")})),
    "no description": each("/Figure", lambda one: one.pop("/Alt")),
    "another description": each("/Figure", lambda one: one.update({name("/Alt"): text("X")})),
    "a link elsewhere": each(
        "/URI", lambda one: one.update({name("/URI"): text("https://example.com/")})
    ),
    "a link that runs": each("/URI", lambda one: one.update({name("/S"): name("/Launch")})),
    "a link read otherwise": each(
        "/Link", lambda one: one.update({name("/Contents"): text("X")}), "/Subtype"
    ),
    "links gone": _no_links,
    "a target elsewhere": _target,
    "another outline": _outline,
    "no outline": without("/Outlines"),
    "an attachment": _attach,
    "an action on opening": root("/OpenAction", _script()),
    "an action of a page": lambda writer: writer.pages[2].update(
        {name("/AA"): DictionaryObject({name("/O"): _script()})}
    ),
    "a script": root("/Names", DictionaryObject({name("/JavaScript"): DictionaryObject()})),
    "a form": root("/AcroForm", DictionaryObject({name("/Fields"): ArrayObject()})),
    "a comment": _annotate,
    "encryption": lambda writer: writer.encrypt("", "x"),
}
"""Changes to the PDF of the rich example in Russian, by what they do."""

PDF_BYTES: dict[str, Callable[[bytes], bytes]] = {
    "half a PDF": lambda data: data[: len(data) // 2],
    "an empty PDF": lambda data: b"",
    "bytes after the PDF": lambda data: data + b"PK\x03\x04",
    "bytes before the PDF": lambda data: b"#!/bin/sh\n" + data,
}
"""Damage to the bytes of a PDF."""
