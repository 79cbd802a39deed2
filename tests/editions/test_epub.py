"""The EPUB door: what real validators say of its files, and what it refuses."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polib
import pytest
from conftest import Golden
from ebooklib.epub import EpubWriter  # type: ignore[import-untyped]
from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from releasecases import picture
from steady import steady
from validators import run_epubcheck

from publish.cli.main import main
from publish.editions.epub.container import pack_epub
from publish.editions.epub.parts import Book, BookPage, GuideEntry, MetadataLine, NavPoint
from publish.errors import BuildError

ROOT = Path(__file__).parents[2]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63606060f80f0001040100f7b2a36b"
    "0000000049454e44ae426082"
)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">'
    b'<defs><rect id="r" width="5" height="5"/></defs><use href="#r"/></svg>'
)

WORDS = {
    "en": ("Trafficking in Persons", "Contents", "Prosecution", "ltr"),
    "ru": ("Торговля людьми", "Содержание", "Уголовное преследование", "ltr"),
    "tk": ("Adam söwdasy", "Mazmuny", "Jenaýat yzarlamasy", "ltr"),
    "fa": ("قاچاق انسان", "فهرست", "پیگرد قانونی", "rtl"),
}


def page(body: str, title: str = "t", language: str = "en", direction: str = "ltr") -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}" dir="{direction}"><head><title>{title}</title>'
        '<link rel="stylesheet" type="text/css" href="style.css"/></head>'
        f"<body>{body}</body></html>"
    ).encode()


def sample(language: str) -> Book:
    title, contents, chapter, direction = WORDS[language]
    cover = page('<img src="images/cover.png" alt="cover"/>', title, language, direction)
    text = page(
        f'<section id="a"><h1>{chapter}</h1><p>1<a epub:type="noteref" role="doc-noteref" '
        'id="r1" href="#n1">1</a></p><img src="images/map.svg" alt="map"/>'
        '<aside epub:type="footnote" role="doc-footnote" id="n1"><p>'
        '<a href="#r1">1</a> note</p></aside></section>',
        title,
        language,
        direction,
    )
    nav = page(
        f'<nav epub:type="toc" id="toc"><h1>{contents}</h1><ol><li><a href="cover.xhtml">{title}'
        f'</a></li><li><a href="text-01.xhtml#a">{chapter}</a></li></ol></nav>',
        title,
        language,
        direction,
    )
    return Book(
        identifier=f"urn:x-report:tip-2024:{language}",
        title=title,
        language=language,
        direction="rtl" if direction == "rtl" else "ltr",
        modified=date(2024, 6, 24),
        metadata=(
            MetadataLine(name="title-type", value="main", refines="title"),
            MetadataLine(name="dc:creator", value="Office & Bureau", id="creator"),
            MetadataLine(name="role", value="aut", refines="creator", scheme="marc:relators"),
            MetadataLine(name="dc:subject", value="принудительный труд", language="ru"),
            MetadataLine(name="schema:accessMode", value="textual"),
            MetadataLine(name="schema:accessibilityFeature", value="structuralNavigation"),
            MetadataLine(name="schema:accessibilityHazard", value="none"),
        ),
        pages=(BookPage("cover.xhtml", cover, title), BookPage("text-01.xhtml", text, chapter)),
        nav=nav,
        navpoints=(
            NavPoint(title, "cover.xhtml", (NavPoint(chapter, "text-01.xhtml#a"),)),
            NavPoint(chapter, "text-01.xhtml#a"),
        ),
        css="body { margin: 0; }\n[hidden] { display: none; }\n",
        images={"images/map.svg": SVG, "images/cover.png": PNG},
        cover_image="images/cover.png",
        guide=(GuideEntry("cover", title, "cover.xhtml"),),
    )


HOSTILE = """<script>alert("1")</script> ]]> & 'x' <!-- -- --> &amp; \u202e %s \\"""


def hostile() -> Book:
    return replace(
        sample("en"),
        title=HOSTILE,
        metadata=(
            MetadataLine(name="dc:creator", value=HOSTILE),
            MetadataLine(name="dc:description", value=HOSTILE),
        ),
        navpoints=(NavPoint(HOSTILE, "cover.xhtml"),),
        guide=(GuideEntry("text", HOSTILE, "text-01.xhtml"),),
    )


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(data: bytes) -> str:
    return parts(data)["EPUB/content.opf"].decode()


# --------------------------------------------------------------------------- a real validator


@pytest.mark.full
def test_epubcheck_has_nothing_to_say(tmp_path: Path) -> None:
    books = {language: pack_epub(sample(language)) for language in WORDS}
    books["hostile"] = pack_epub(hostile())
    books["bare"] = pack_epub(replace(sample("en"), navpoints=(), guide=(), metadata=()))
    books["broken"] = pack_epub(replace(sample("en"), language="no such language"))
    said = run_epubcheck(tmp_path, books)
    assert said.pop("broken"), "a validator that finds nothing wrong proves nothing"
    assert said == {name: [] for name in said}


# --------------------------------------------------------------------------- the container


def test_the_mimetype_comes_first_and_is_stored_and_no_entry_has_a_date() -> None:
    with zipfile.ZipFile(io.BytesIO(pack_epub(sample("en")))) as archive:
        entries = archive.infolist()
    assert (entries[0].filename, entries[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert entries[0].extra == b""
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [entry.filename for entry in entries] == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/content.opf",
        "EPUB/nav.xhtml",
        "EPUB/toc.ncx",
        "EPUB/style.css",
        "EPUB/cover.xhtml",
        "EPUB/text-01.xhtml",
        "EPUB/images/cover.png",
        "EPUB/images/map.svg",
    ]


def test_documents_go_in_as_they_are() -> None:
    book = sample("tk")
    inside = parts(pack_epub(book))
    assert inside["EPUB/nav.xhtml"] == book.nav
    for given_page in book.pages:
        assert inside[f"EPUB/{given_page.name}"] == given_page.xhtml


OPF = """\
<?xml version='1.0' encoding='utf-8'?>
<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="identifier" version="3.0" \
dir="rtl" xml:lang="fa">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="identifier">urn:x-report:tip-2024:fa</dc:identifier>
    <dc:title id="title">قاچاق انسان</dc:title>
    <dc:language>fa</dc:language>
    <meta property="dcterms:modified">2024-06-24T00:00:00Z</meta>
    <meta property="title-type" refines="#title">main</meta>
    <dc:creator id="creator">Office &amp; Bureau</dc:creator>
    <meta property="role" refines="#creator" scheme="marc:relators">aut</meta>
    <dc:subject xml:lang="ru">принудительный труд</dc:subject>
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessibilityFeature">structuralNavigation</meta>
    <meta property="schema:accessibilityHazard">none</meta>
    <meta name="cover" content="image-1"/>
  </metadata>
  <manifest>
    <item href="nav.xhtml" id="nav" media-type="application/xhtml+xml" properties="nav"/>
    <item href="toc.ncx" id="ncx" media-type="application/x-dtbncx+xml"/>
    <item href="style.css" id="css" media-type="text/css"/>
    <item href="cover.xhtml" id="page-1" media-type="application/xhtml+xml"/>
    <item href="text-01.xhtml" id="page-2" media-type="application/xhtml+xml"/>
    <item href="images/cover.png" id="image-1" media-type="image/png" properties="cover-image"/>
    <item href="images/map.svg" id="image-2" media-type="image/svg+xml"/>
  </manifest>
  <spine toc="ncx" page-progression-direction="rtl">
    <itemref idref="page-1"/>
    <itemref idref="page-2"/>
    <itemref idref="nav"/>
  </spine>
  <guide>
    <reference type="cover" title="قاچاق انسان" href="cover.xhtml"/>
  </guide>
</package>
"""


def test_the_package_document() -> None:
    assert package(pack_epub(sample("fa"))) == OPF


def test_ncx_entries_have_ids_of_their_own_and_share_the_order_of_a_shared_place() -> None:
    ncx = etree.fromstring(parts(pack_epub(sample("ru")))["EPUB/toc.ncx"])
    points = list(ncx.iter("{*}navPoint"))
    assert [p.get("id") for p in points] == ["point-1", "point-2", "point-3"]
    assert [p.get("playOrder") for p in points] == ["1", "2", "2"]
    meta = {m.get("name"): m.get("content") for m in ncx.iter("{*}meta")}
    assert meta["dtb:uid"] == "urn:x-report:tip-2024:ru"
    assert meta["dtb:depth"] == "2"


# --------------------------------------------------------------------------- refusals


def wrong_page(body: str) -> Book:
    book = sample("en")
    return replace(book, pages=(replace(book.pages[0], xhtml=page(body)), *book.pages[1:]))


def raw_page(xhtml: bytes) -> Book:
    book = sample("en")
    return replace(book, pages=(replace(book.pages[0], xhtml=xhtml), *book.pages[1:]))


def with_image(name: str, content: bytes) -> Book:
    book = sample("en")
    return replace(book, images={**book.images, name: content})


def with_meta(*lines: MetadataLine) -> Book:
    return replace(sample("en"), metadata=lines)


ENTITIES = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

REFUSED = {
    '"cover.xhtml" declares entities or attributes of its own': raw_page(
        ENTITIES + b'<html xmlns="http://www.w3.org/1999/xhtml">&x;</html>'
    ),
    '"cover.xhtml" has the wrong root element html': raw_page(b"<html/>"),
    '"cover.xhtml" has a <script> element': wrong_page("<script/>"),
    '"cover.xhtml" loads what is not in the book: https://a.example/x.png': wrong_page(
        '<img src="https://a.example/x.png" alt=""/>'
    ),
    '"cover.xhtml" loads what is not in the book: //a.example/style.css': wrong_page(
        '<img src="//a.example/style.css" alt=""/>'
    ),
    '"cover.xhtml" loads what is not in the book: ../style.css': wrong_page(
        '<img src="../style.css" alt=""/>'
    ),
    '"cover.xhtml" loads what is not in the book: data:image/png;base64,AA': wrong_page(
        '<img src="data:image/png;base64,AA" alt=""/>'
    ),
    '"images/x.svg" loads what is not in the book: http://a.example/': with_image(
        "images/x.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink">'
        b'<image l:href="http://a.example/"/></svg>',
    ),
    '"images/x.svg" has a <script> element': with_image(
        "images/x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    ),
    'an EPUB cannot hold the image "a.tiff"': with_image("a.tiff", b""),
    'an EPUB cannot hold the font "a.pfb"': replace(sample("en"), fonts={"a.pfb": b""}),
    '"a.png" is no image/png file, though its name says so': with_image("a.png", b"GIF89a"),
    '"карта.png" cannot be the name of a file in an EPUB': with_image("карта.png", PNG),
    '"../a.png" cannot be the name of a file in an EPUB': with_image("../a.png", PNG),
    'the EPUB would hold two files named "images/cover.png"': with_image("images/COVER.png", PNG),
    'the EPUB would hold two files named "nav.xhtml"': replace(
        sample("en"), pages=(BookPage("nav.xhtml", page("<p>a</p>"), "t"),), navpoints=()
    ),
    'the cover image "no.png" is not among the images of the book': replace(
        sample("en"), cover_image="no.png"
    ),
    'the contents lead to "no.xhtml#a", which is not in the book': replace(
        sample("en"), navpoints=(NavPoint("a", "no.xhtml#a"),)
    ),
    '"toc.ncx" links to "text-01.xhtml#b", which is not in the book': replace(
        sample("en"), navpoints=(NavPoint("a", "text-01.xhtml#b"),)
    ),
    '"toc.ncx" links to "text-01.xhtml#page-9", which is not in the book': replace(
        sample("en"), printed=(("9", "text-01.xhtml#page-9"),)
    ),
    '"cover.xhtml" links to "#x", which is not in the book': wrong_page('<a href="#x">a</a>'),
    '"cover.xhtml" links to "text-01.xhtml#n2", which is not in the book': wrong_page(
        '<a href="text-01.xhtml#n2">a</a>'
    ),
    '"cover.xhtml" links to "../a.xhtml", which is not in the book': wrong_page(
        '<a href="../a.xhtml">a</a>'
    ),
    '"cover.xhtml" has the id "a" twice': wrong_page('<p id="a">a</p><p id="a">b</p>'),
    "an EPUB needs at least one page": replace(sample("en"), pages=(), navpoints=()),
    '"role" refines "nobody", but no line has that id': with_meta(
        MetadataLine(name="role", value="aut", refines="nobody")
    ),
    "two lines of metadata have the same id: a, a, identifier, title": with_meta(
        MetadataLine(name="dc:creator", value="A", id="a"),
        MetadataLine(name="dc:creator", value="B", id="a"),
    ),
    "dc:creator is empty": with_meta(MetadataLine(name="dc:creator", value=" \n")),
    "dc:creator holds the control character U+0008": with_meta(
        MetadataLine(name="dc:creator", value="a\b")
    ),
    "docTitle holds the control character U+D800": replace(sample("en"), title="\ud800"),
}


@pytest.mark.parametrize("message", REFUSED)
def test_what_is_wrong_is_refused_and_named(message: str) -> None:
    with pytest.raises(BuildError) as caught:
        pack_epub(REFUSED[message])
    assert caught.value.message == message


def test_a_write_that_fails_is_no_book(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(OSError, match="No space left on device"):
        pack_epub(sample("en"))


def test_a_part_that_the_library_leaves_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EpubWriter, "_write_items", lambda writer: None)
    with pytest.raises(BuildError, match=r'^"nav\.xhtml" was not packed into the EPUB unchanged$'):
        pack_epub(sample("en"))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 2, 29), "2024-02-29T00:00:00Z"),
        (date(987, 1, 2), "0987-01-02T00:00:00Z"),
        (datetime(2024, 6, 24, 9, 41, 7, tzinfo=UTC), "2024-06-24T00:00:00Z"),
    ],
)
def test_a_date_is_a_day_in_four_digits_of_the_year(day: date, written: str) -> None:
    opf = package(pack_epub(replace(sample("en"), modified=day)))
    assert f'<meta property="dcterms:modified">{written}</meta>' in opf


SVG_START = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'

REACHES_OUT = {
    "a style sheet": "<style>@import url(&quot;http://evil.example/a.css&quot;);</style>",
    "a style sheet by name": "<style>@import 'http://evil.example/a.css';</style>",
    "a style sheet around a comment": "<style>a{fill:url<!-- -->(http://evil.example/)}</style>",
    "a style": '<rect style="fill:url(http://evil.example/#a)"/>',
    "a style in capitals": '<rect style="fill:URL( http://evil.example/#a )"/>',
    "an escaped style": '<rect style="fill:\\75rl(http://evil.example/)"/>',
    "an escape with a space": '<rect style="fill:u\\000072 l(http://evil.example/)"/>',
    "a hidden style": "<style>/* url('#a */ b{fill:url(http://evil.example/)} /*') */</style>",
    "a set of images": '<rect style="background:image-set(&quot;//evil.example/&quot; 1x)"/>',
    "an attribute": '<rect fill="url(http://evil.example/#a)"/>',
    "a filter": '<rect filter="url(&apos;http://evil.example/#a&apos;)"/>',
    "a mask": '<rect mask="url(//evil.example/#a)"/>',
    "an old link": '<use x:href="http://evil.example/a.svg#a"/>',
    "a link": '<image href="http://evil.example/a.png"/>',
    "an unreadable link": '<image href="http://[a"/>',
    "an unreadable way": '<a href="http://[a"/>',
    "data": '<image href="data:image/svg+xml,%3Csvg/%3E"/>',
    "a base": '<g xml:base="http://evil.example/"><image href="cover.png"/></g>',
    "an animation": '<image href="#r"><set attributeName="href" to="http://evil.example/"/></image>',
    "an old animation": '<use href="#r"><animate attributeName="x:href" values="#a"/></use>',
    "an animated colour": '<rect><set attributeName="fill" to="url(http://evil.example/)"/></rect>',
    "foreign content": "<foreignObject/>",
    "an event": '<rect onclick="alert(1)"/>',
    "a link that runs": '<a href="javascript:alert(1)"><rect/></a>',
    "an instruction": '<?xml-stylesheet href="http://evil.example/a.css"?>',
}


@pytest.mark.parametrize("way", REACHES_OUT)
def test_an_image_that_reaches_out_of_the_book_or_runs_is_refused(way: str) -> None:
    svg = f"{SVG_START}{REACHES_OUT[way]}</svg>"
    with pytest.raises(BuildError, match=r'^"images/x\.svg" '):
        pack_epub(with_image("images/x.svg", svg.encode()))


@pytest.mark.parametrize(
    "before",
    [
        '<?xml-stylesheet href="http://evil.example/a.css"?>',
        '<!DOCTYPE svg [<!ATTLIST rect fill CDATA "url(http://evil.example/)">]>',
        '<!DOCTYPE svg SYSTEM "a>b" [<!ATTLIST rect fill CDATA "url(http://evil.example/)">]>',
    ],
)
def test_what_stands_before_an_image_loads_nothing_either(before: str) -> None:
    with pytest.raises(BuildError, match=r'^"images/x\.svg" (has|declares) '):
        pack_epub(with_image("images/x.svg", f"{before}{SVG_START}</svg>".encode()))


def test_an_image_may_point_to_its_own_parts() -> None:
    svg = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        f'{SVG_START}<style>.a {{ fill: url("#r"); }}</style><rect id="r" filter="url(#r)"/>'
        '<use x:href="#r" style="mask: url( #r )"/><image href="cover.png"/>'
        '<a href="https://a.example/"><text>url</text></a></svg>'
    )
    assert pack_epub(with_image("images/x.svg", svg.encode()))


@pytest.mark.parametrize(
    "css",
    [
        '@import "other.css";',
        "@\\69mport url(images/map.svg);",
        "p { background: url(https://a.example/b) }",
        "p { background: url(images/no.png) }",
        "p { background: \\75 rl('//a.example/b') }",
        'p { background: -webkit-image-set("https://a.example/b" 1x) }',
    ],
)
def test_the_style_sheet_uses_files_of_the_book_only(css: str) -> None:
    with pytest.raises(
        BuildError, match=r'^"style\.css" loads what is not in the book: '
    ) as caught:
        pack_epub(replace(sample("en"), css=css))
    assert caught.value.code == "address-refused"


def test_the_style_sheet_may_use_files_of_the_book() -> None:
    css = "p::before { content: '\\2014'; background: url(images/map.svg) }"
    assert pack_epub(replace(sample("en"), css=css))


def test_a_text_may_name_an_address() -> None:
    body = '<p title="url(https://a.example)">@import url(https://a.example)</p>'
    assert pack_epub(wrong_page(body))


@pytest.mark.parametrize("body", ["<p>", "<p>&nbsp;</p>", "<p a=1/>", "\0"])
def test_a_page_that_is_not_well_formed_is_refused(body: str) -> None:
    with pytest.raises(BuildError, match=r'^"cover\.xhtml" is not well-formed: '):
        pack_epub(wrong_page(body))


# --------------------------------------------------------------------------- untrusted text


XML_TEXT = re.compile("[\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
"""The characters of XML 1.0 §2.2."""


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
@settings(max_examples=some(60), deadline=None)
def test_any_metadata_is_shown_as_text_or_refused(text: str) -> None:
    book = replace(
        sample("en"),
        title=text,
        metadata=(MetadataLine(name="dc:description", value=text),),
        navpoints=(NavPoint(text, "cover.xhtml"),),
        guide=(),
    )
    if not text.strip() or not XML_TEXT.fullmatch(text):
        with pytest.raises(BuildError, match=r"is empty|control character"):
            pack_epub(book)
        return
    inside = parts(pack_epub(book))
    shown = " ".join(text.split())
    opf = etree.fromstring(inside["EPUB/content.opf"])
    ncx = etree.fromstring(inside["EPUB/toc.ncx"])
    assert [e.text for e in opf.iter("{*}title", "{*}description")] == [shown, shown]
    assert [e.text for e in ncx.iter("{*}text")] == [shown, shown]


# --------------------------------------------------------------------------- a whole book

DESCRIBED = """\
---
title: "A short report"
subtitle: "A chapter"
author: "The authors"
publisher: "The house"
published: 2024-06-24
revised: 2024-07-01
rights: "Free to copy"
summary: "What was seen in the *fields*."
keywords: [cotton, work]
source-url: https://example.org/report
identifier: short-2024
---

# What was found {#findings}

The law was *read*.[^1] Nobody was asked.

![A map of the fields](map.png)
The fields.

## Numbers {#numbers}

| Year | Victims |
|------|---------|
| 2023 | 37      |

- One.
- Two.

# The end {#end}

> A quoted sentence.

[^1]: The text of the note.
"""
SETTINGS = """\
languages = ["en", "ru"]
formats = ["epub"]
bilingual = ["en+ru"]

[translators]
ru = "The translators"

[accessibility]
conforms-to = "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
certified-by = "The house"
"""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short report with all that front matter can say, translated in part."""
    root = tmp_path_factory.mktemp("described")
    (root / "source").mkdir()
    (root / "publish.toml").write_text(SETTINGS, "utf-8")
    (root / "source/short.md").write_text(DESCRIBED, "utf-8")
    (root / "source/map.png").write_bytes(picture())
    assert main(["update", "-q", "-C", str(root)]) == 0
    path = root / "locales/ru/LC_MESSAGES/short.po"
    catalog = polib.pofile(str(path))
    catalog.metadata["PO-Revision-Date"] = "2024-07-02 10:11+0500"
    texts = {
        "A short report": "Короткий доклад",
        "The law was *read*.[^1]": "Закон был *прочитан*.[^1]",
        "What was seen in the *fields*.": "Что видели на *полях*.",
        "cotton": "хлопок",
        "The end": "Конец",
        "A map of the fields": "Карта полей",
    }
    for entry in catalog:
        entry.msgstr = texts.get(entry.msgid, "")
    catalog.save()
    assert main(["build", "-q", "-C", str(root)]) == 0
    return root


@pytest.mark.parametrize("languages", ["en", "ru", "en+ru"])
def test_a_whole_book_is_as_it_was(described: Path, golden: Golden, languages: str) -> None:
    """Every file of it that is text, but the style sheet."""
    with zipfile.ZipFile(described / f"build/{languages}/short.epub") as book:
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx")):
                folder = Path("cases/book") / languages.replace("+", "-")
                golden(folder / Path(name).name, steady(book.read(name).decode()))
