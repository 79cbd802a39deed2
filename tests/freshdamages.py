"""More kinds of damage, thought up from the specifications of PDF and EPUB, not from the audits."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from damages import (
    BOX,
    CSS,
    FIRST,
    NAV,
    NCX,
    OPF,
    TEXT,
    Change,
    Edit,
    Parts,
    add,
    each,
    info,
    listed,
    name,
    packed,
    root,
    shown,
    sub,
    text,
)
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NumberObject,
)

# -------------------------------------------------------------------------- EPUB


def both(*changes: Change) -> Change:
    def change(parts: Parts) -> None:
        for one in changes:
            one(parts)

    return change


def recoded(part: str) -> Change:
    def change(parts: Parts) -> None:
        words = parts[part].decode()
        if "encoding=" in words:
            words = re.sub(r'encoding="[^"]*"', 'encoding="utf-16"', words, count=1)
        parts[part] = words.encode("utf-16")

    return change


def _after(parts: Parts) -> None:
    parts["EPUB/map.png"] += b"PK\x03\x04 a hidden file"


def _noted(parts: Parts) -> None:
    """A note in the picture, with its right checksum."""
    import zlib

    picture = parts["EPUB/map.png"]
    kind, data = b"tEXt", b"Author\0A. B."
    check = zlib.crc32(kind + data).to_bytes(4, "big")
    end = len(picture) - 12
    chunk = len(data).to_bytes(4, "big") + kind + data + check
    parts["EPUB/map.png"] = picture[:end] + chunk + picture[end:]


def _before(old: str, new: str, part: str = FIRST) -> Change:
    return sub(part, old, new)


FRESH_EPUB: dict[str, Change] = {
    "a sentence against its direction": sub(FIRST, r"(<em)", r'<bdo dir="rtl">X</bdo>\1'),
    "a paragraph folded away": sub(
        FIRST, "(<p id=.p1.*?</p>)", r"<details><summary></summary>\1</details>"
    ),
    "a second source of a picture": sub(TEXT, r'src="map\.png"', 'src="map.png" srcset="icon.png"'),
    "a picture of no size": sub(TEXT, r'src="map\.png"', 'src="map.png" width="0" height="0"'),
    "a link with other words for the ear": sub(FIRST, "<a href", '<a aria-label="X" href'),
    "a paragraph described elsewhere": sub(FIRST, '<p id="p1"', '<p aria-labelledby="x" id="p1"'),
    "a link that reports": sub(FIRST, "<a href", '<a ping="https://example.com/" href'),
    "words when one points at a paragraph": sub(FIRST, '<p id="p1"', '<p title="X" id="p1"'),
    "a paragraph that is a page break": sub(
        FIRST, '<p id="p1"', '<p epub:type="pagebreak" id="p1"'
    ),
    "a word spoken otherwise": sub(
        FIRST,
        '<p id="p1"',
        '<p xmlns:ssml="http://www.w3.org/2001/10/synthesis" ssml:ph="x" id="p1"',
    ),
    "a sentence struck out": sub(FIRST, "<em([^>]*)>(.*?)</em>", r"<del\1>\2</del>"),
    "a space of no width in a word": sub(FIRST, "Before", "Be\u200bfore"),
    "a letter that looks alike": sub(FIRST, "Before", "Bef\u043ere"),
    "a sign that turns the line": sub(FIRST, "Before", "\u202eBefore"),
    "another base of links": sub(FIRST, "</head>", '<base href="https://example.com/"/></head>'),
    "another base of an element": sub(FIRST, "<body", '<body xml:base="https://example.com/"'),
    "a page in another encoding": recoded(FIRST),
    "a link to another form of the page": sub(
        FIRST, "</head>", '<link rel="alternate" href="https://example.com/"/></head>'
    ),
    "hidden at night": sub(
        CSS, "$", "\n@media (prefers-color-scheme: dark) { p { display: none } }\n"
    ),
    "text turned by the style sheet": sub(
        CSS, "$", "\np { unicode-bidi: bidi-override; direction: rtl }\n"
    ),
    "a list counted backwards": sub(TEXT, "<ol", '<ol reversed="reversed"'),
    "a list counted in letters": sub(TEXT, "<ol", '<ol type="a"'),
    "a cell over two columns": sub(TEXT, "<td", '<td colspan="2"'),
    "a cell that heads nothing": sub(TEXT, "<th([ >].*?)</th>", r"<td\1</td>"),
    "a note in a picture": _noted,
    "a file behind a picture": _after,
    "rights of a book": add("META-INF/rights.xml", b"<rights/>"),
    "signatures of a book": add("META-INF/signatures.xml", b"<signatures/>"),
    "another way to the book": sub(
        BOX, "</container>", '<links><link href="x" rel="mapping"/></links></container>'
    ),
    "a fixed layout": sub(
        OPF, "</metadata>", '<meta property="rendition:layout">pre-paginated</meta></metadata>'
    ),
    "a record elsewhere": sub(
        OPF, "</metadata>", '<link rel="record" href="https://example.com/"/></metadata>'
    ),
    "a contributor": sub(OPF, "</metadata>", "<dc:contributor>A. B.</dc:contributor></metadata>"),
    "a collection": sub(
        OPF, "</package>", '<collection role="index"><link href="x"/></collection></package>'
    ),
    "a fallback of a page": sub(OPF, 'id="page-5"', 'id="page-5" fallback="page-6"'),
    "a page spoken by a file": sub(OPF, 'id="page-5"', 'id="page-5" media-overlay="page-6"'),
    "an entry of the contents hidden": sub(NAV, "<li><a([^>]*text-2)", r'<li hidden="hidden"><a\1'),
    "the order of the old contents": sub(NCX, 'playOrder="2"', 'playOrder="9"'),
    "a dictionary of sounds": listed("x.pls", b"<lexicon/>", "application/pls+xml"),
    "a page that can be edited": sub(FIRST, "<body", '<body contenteditable="true"'),
    "a size of the window": sub(
        FIRST, "</head>", '<meta name="viewport" content="width=1"/></head>'
    ),
}
"""Changes to the parts of the rich example in Russian."""


def _twice(parts: Parts) -> bytes:
    """A name that is there twice: which of the two is read depends on the reader."""
    import warnings

    data = io.BytesIO(packed(parts))
    with zipfile.ZipFile(data, "a") as book, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        entry = zipfile.ZipInfo(FIRST, (1980, 1, 1, 0, 0, 0))
        book.writestr(entry, parts[FIRST], zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _extra(parts: Parts) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        for part, content in parts.items():
            entry = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            if part == FIRST:
                entry.extra = b"\x75\x78\x04\x00A.B."
            kind = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
            book.writestr(entry, content, kind)
    return data.getvalue()


def _two_names(parts: Parts) -> bytes:
    """The name before the data differs from the name in the directory."""
    data = packed(parts)
    at = data.index(FIRST.encode())
    return data[:at] + b"EPUB/text-9.xhtml" + data[at + len(FIRST) :]


def _said(parts: Parts) -> bytes:
    """A comment of one entry of the archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        for part, content in parts.items():
            entry = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            entry.comment = b"A. B." if part == FIRST else b""
            kind = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
            book.writestr(entry, content, kind)
    return data.getvalue()


def _folder(parts: Parts) -> bytes:
    data = io.BytesIO(packed(parts))
    with zipfile.ZipFile(data, "a") as book:
        book.writestr(zipfile.ZipInfo("EPUB/A. B./", (1980, 1, 1, 0, 0, 0)), b"")
    return data.getvalue()


FRESH_ARCHIVES: dict[str, Callable[[Parts], bytes]] = {
    "a name twice in the archive": _twice,
    "a field beside an entry": _extra,
    "two names of one entry": _two_names,
    "a comment of an entry": _said,
    "an empty folder": _folder,
}

# --------------------------------------------------------------------------- PDF


def added(where: str, key: str, value: Callable[[PdfWriter], Any], use: bytes) -> Edit:
    """Adds a resource to a page and what uses it: before or after what the page shows."""

    def edit(writer: PdfWriter) -> None:
        page: Any = writer.pages[3]
        resources = page["/Resources"].get_object()
        own = DictionaryObject(resources.get(key, DictionaryObject()).get_object())
        own[name("/Xx")] = writer._add_object(value(writer))
        copy = DictionaryObject(resources)
        copy[name(key)] = own
        page[name("/Resources")] = copy
        pattern = (rb"^", use + b"\n") if where == "before" else (rb"$", b"\n" + use + b"\n")
        shown(3, *pattern)(writer)

    return edit


def stream(data: bytes, **entries: Any) -> DecodedStreamObject:
    one = DecodedStreamObject()
    one.set_data(data)
    one.update({name("/" + key): value for key, value in entries.items()})
    return one


def box(*numbers: float) -> ArrayObject:
    return ArrayObject([FloatObject(number) for number in numbers])


def set_(**entries: Any) -> Callable[[Any], None]:
    return lambda one: one.update({name("/" + key): value for key, value in entries.items()})


spanning = DictionaryObject({name("/O"): name("/Table"), name("/ColSpan"): NumberObject(2)})


def _transparent(writer: PdfWriter) -> DictionaryObject:
    return DictionaryObject({name("/ca"): FloatObject(0), name("/CA"): FloatObject(0)})


def _cover(writer: PdfWriter) -> DecodedStreamObject:
    drawing = b"1 1 1 rg 0 0 999 999 re f"
    return stream(drawing, Type=name("/XObject"), Subtype=name("/Form"), BBox=box(0, 0, 999, 999))


def _shading(writer: PdfWriter) -> DictionaryObject:
    function = DictionaryObject(
        {
            name("/FunctionType"): NumberObject(2),
            name("/Domain"): box(0, 1),
            name("/C0"): box(1, 1, 1),
            name("/C1"): box(1, 1, 1),
            name("/N"): NumberObject(1),
        }
    )
    return DictionaryObject(
        {
            name("/ShadingType"): NumberObject(2),
            name("/ColorSpace"): name("/DeviceRGB"),
            name("/Coords"): box(0, 0, 999, 999),
            name("/Extend"): ArrayObject([BooleanObject(True), BooleanObject(True)]),
            name("/Function"): writer._add_object(function),
        }
    )


def _pictures(writer: PdfWriter) -> list[Any]:
    return [
        one
        for one in writer._objects
        if isinstance(one, DictionaryObject) and one.get("/Subtype") == "/Image"
    ]


def picture(change: Callable[[Any], None]) -> Edit:
    def edit(writer: PdfWriter) -> None:
        found = _pictures(writer)
        assert found
        for one in found:
            change(one)

    return edit


def _other_pixels(one: Any) -> None:
    data = bytearray(one.get_data())
    for at in range(len(data) // 2, len(data) // 2 + min(3, len(data) // 2)):
        data[at] ^= 255
    one.set_data(bytes(data))


def _inverted(one: Any) -> None:
    count = 1 if one["/ColorSpace"] == "/DeviceGray" else 3
    one[name("/Decode")] = box(*[1, 0] * count)


def _clear(one: Any) -> None:
    size = (one["/Width"], one["/Height"])
    mask = stream(
        bytes(size[0] * size[1]),
        Type=name("/XObject"),
        Subtype=name("/Image"),
        Width=NumberObject(size[0]),
        Height=NumberObject(size[1]),
        ColorSpace=name("/DeviceGray"),
        BitsPerComponent=NumberObject(8),
    )
    one[name("/SMask")] = one.indirect_reference.pdf._add_object(mask)


def _widths(writer: PdfWriter) -> None:
    each("/CIDFontType2", lambda one: one.update({name("/W"): ArrayObject()}), "/Subtype", 99)(
        writer
    )


def _exchange_pictures(writer: PdfWriter) -> None:
    """Two pictures of one size change their pixels."""
    one, other = _pictures(writer)[:2]
    assert one._data != other._data
    one._data, other._data = other._data, one._data


def _place_of_link(writer: PdfWriter) -> None:
    each("/Link", lambda one: one.update({name("/Rect"): box(0, 0, 9, 9)}), "/Subtype")(writer)


def _hidden_link(writer: PdfWriter) -> None:
    each("/Link", lambda one: one.update({name("/F"): NumberObject(2)}), "/Subtype")(writer)


def _follow_up(one: Any) -> None:
    one[name("/Next")] = DictionaryObject({name("/S"): name("/URI"), name("/URI"): text("x:y")})


def _twice_page(writer: PdfWriter) -> None:
    kids: Any = writer._root_object["/Pages"]["/Kids"]  # type: ignore[index]
    kids.insert(4, kids[3])
    pages: Any = writer._root_object["/Pages"]
    pages[name("/Count")] = NumberObject(pages["/Count"] + 1)


def page(key: str, value: Any) -> Edit:
    return lambda writer: writer.pages[3].update({name(key): value})


def _private(writer: PdfWriter) -> None:
    data = DictionaryObject({name("/Private"): text("A. B.")})
    page("/PieceInfo", DictionaryObject({name("/X"): data}))(writer)


def _thumb(writer: PdfWriter) -> None:
    one = stream(
        b"\0\0\0",
        Width=NumberObject(1),
        Height=NumberObject(1),
        ColorSpace=name("/DeviceRGB"),
        BitsPerComponent=NumberObject(8),
    )
    page("/Thumb", writer._add_object(one))(writer)


def _stowaway(writer: PdfWriter) -> None:
    writer._add_object(stream(b"A. B. was here, in an object that nothing refers to."))


def _order(writer: PdfWriter) -> None:
    """Two paragraphs change places in what is read aloud."""

    def turn(one: Any) -> None:
        kids = one["/K"]
        places = [
            number
            for number, kid in enumerate(kids)
            if isinstance(kid.get_object(), DictionaryObject) and kid.get_object().get("/S") == "/P"
        ]
        kids[places[0]], kids[places[1]] = kids[places[1]], kids[places[0]]

    def with_paragraphs(one: Any) -> bool:
        kids = one.get("/K") if isinstance(one, DictionaryObject) else None
        if not isinstance(kids, list):
            return False
        kinds: list[Any] = [kid.get_object() for kid in kids]
        paragraphs = [k for k in kinds if isinstance(k, DictionaryObject) and k.get("/S") == "/P"]
        return len(paragraphs) > 1

    found = [one for one in writer._objects if with_paragraphs(one)]
    assert found
    turn(found[0])


def _map_roles(writer: PdfWriter) -> None:
    tree: Any = writer._root_object["/StructTreeRoot"]
    tree[name("/RoleMap")] = DictionaryObject({name("/H1"): name("/P")})


def _parents(writer: PdfWriter) -> None:
    tree: Any = writer._root_object["/StructTreeRoot"]
    tree[name("/ParentTree")] = DictionaryObject({name("/Nums"): ArrayObject()})


def _entry(writer: PdfWriter) -> None:
    outlines: Any = writer._root_object["/Outlines"]
    entry = outlines["/First"].get_object()
    destination = ArrayObject([writer.pages[0].indirect_reference, name("/Fit")])
    entry[name("/Dest")] = destination


def _profile(writer: PdfWriter) -> None:
    intents: Any = writer._root_object["/OutputIntents"]
    profile = intents[0].get_object()["/DestOutputProfile"].get_object()
    profile.set_data(bytes(len(profile.get_data())))


def _history(writer: PdfWriter) -> None:
    data: Any = writer._root_object["/Metadata"].get_object()
    words = data.get_data()
    more = (
        b'<rdf:Description rdf:about="" xmlns:x="http://example.com/"><x:y>A. B.</x:y>'
        b"</rdf:Description></rdf:RDF>"
    )
    assert b"</rdf:RDF>" in words
    data.set_data(words.replace(b"</rdf:RDF>", more))


FRESH_PDF: dict[str, Edit] = {
    "a window without the title": root(
        "/ViewerPreferences", DictionaryObject({name("/DisplayDocTitle"): BooleanObject(False)})
    ),
    "roles of tags that mean others": _map_roles,
    "no way from marks to tags": _parents,
    "a page made small": shown(3, rb"^", b"0.01 0 0 0.01 0 0 cm\n"),
    "a page moved away": shown(3, rb"^", b"1 0 0 1 2000 0 cm\n"),
    "a page clipped away": shown(3, rb"^", b"0 0 0 0 re W n\n"),
    "ink that is clear": added("before", "/ExtGState", _transparent, b"/Xx gs"),
    "a white form over the page": added("after", "/XObject", _cover, b"/Xx Do"),
    "a white shade over the page": added("after", "/Shading", _shading, b"/Xx sh"),
    "a picture within the page": shown(
        3, rb"$", b"\nq 999 0 0 999 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q\n"
    ),
    "white in another space of colours": shown(3, rb"BT\n", b"/DeviceGray cs 1 sc\nBT\n"),
    "white for print": shown(3, rb"BT\n", b"0 0 0 0 k\nBT\n"),
    "letters of no width": shown(3, rb"BT\n", b"BT\n0 Tz\n"),
    "letters raised off the page": shown(3, rb"BT\n", b"BT\n2000 Ts\n"),
    "letters far apart": shown(3, rb"BT\n", b"BT\n900 Tc\n"),
    "no widths of letters": _widths,
    "a text for the ear on a tag": each("/P", set_(ActualText=text("X"))),
    "a long form on a tag": each("/P", set_(E=text("X"))),
    "a title on a tag": each("/P", set_(T=text("A. B."))),
    "another language of a heading": each(
        "/H1", lambda one: one.update({name("/Lang"): text("fr")})
    ),
    "a language in a mark": shown(3, rb"(/MCID \d+)>>", rb"\1 /Lang (fr)>>"),
    "a cell that heads nothing": each("/TH", set_(S=name("/TD"))),
    "a cell of another span": each("/TD", set_(A=spanning)),
    "paragraphs read in another order": _order,
    "a sentence in the margin": shown(3, rb"(BT.*?ET)\n", rb"/Artifact BMC\n\1\nEMC\n\1\n"),
    "other pixels": picture(_other_pixels),
    "pictures exchanged": _exchange_pictures,
    "a picture inverted": picture(_inverted),
    "a picture that is clear": picture(_clear),
    "a link somewhere else on the page": _place_of_link,
    "a link that cannot be seen": _hidden_link,
    "a link that goes on": each("/URI", _follow_up),
    "a base of all links": root(
        "/URI", DictionaryObject({name("/Base"): text("https://example.com/")})
    ),
    "an entry of the outline elsewhere": _entry,
    "a page twice": _twice_page,
    "a page of another size": page("/MediaBox", box(0, 0, 300, 300)),
    "a page in another unit": page("/UserUnit", NumberObject(9)),
    "a page that turns itself": page("/Dur", NumberObject(1)),
    "another order of the keyboard": page("/Tabs", name("/C")),
    "private data of a page": _private,
    "a small picture of a page": _thumb,
    "an object that nothing refers to": _stowaway,
    "a full screen": root("/PageMode", name("/FullScreen")),
    "threads": root("/Threads", ArrayObject()),
    "another field of the file": info("/Company", "A. B."),
    "more in XMP": _history,
    "another profile of colours": _profile,
}
"""Changes to the PDF of the rich example in Russian."""


def _revised(data: bytes) -> bytes:
    """A later revision that says another title; the first one is still in the file."""
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    writer._root_object[name("/PageLayout")] = name("/SinglePage")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


FRESH_BYTES: dict[str, Callable[[bytes], bytes]] = {
    "a later revision": _revised,
    "a comment among the objects": lambda data: data.replace(
        b"%PDF-1.7\n", b"%PDF-1.7\n", 1
    ).replace(b"\nendobj\n", b"\nendobj\n%A. B.\n", 1),
}
