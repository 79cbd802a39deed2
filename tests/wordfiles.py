"""Small Word files for tests, made of pieces of XML as Word writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": MAIN,
        "r": OFFICE,
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    }.items()
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

PIXELS = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)
"""A picture of one pixel, as PNG."""

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"{more}><w:name w:val="{name}"/>{rest}</w:style>'
    for key, more, name, rest in (
        ("Normal", ' w:default="1"', "Normal", ""),
        ("Heading1", "", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("Heading2", "", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("Title", "", "Title", ""),
        ("Subtitle", "", "Subtitle", ""),
        ("Author", "", "Author", ""),
        ("Date", "", "Date", ""),
        ("Quote", "", "Quote", ""),
        ("Caption", "", "caption", ""),
        ("TOC1", "", "toc 1", ""),
        ("SourceCode", "", "Source Code", ""),
    )
)


def run(text: str, properties: str = "") -> str:
    """Return a run; `properties` is the inside of its `w:rPr`."""
    given = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{given}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def par(content: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of runs, or of plain text."""
    inside = content if content.startswith("<") or not content else run(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    given = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{given}{inside}</w:p>"


def item(text: str, number: int = 1, level: int = 0) -> str:
    """Return a paragraph of a list."""
    return par(
        text,
        properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
    )


def level(at: int, kind: str, text: str, start: int = 1) -> str:
    """Return a level of a numbering."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val={quoteattr(text)}/><w:pPr><w:ind w:left="{720 * (at + 1)}"/></w:pPr>'
        "</w:lvl>"
    )


def numbering(*lists: str, more: str = "") -> str:
    """Return a part of numberings: one for each inside of an abstract one, with ids from 1."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>'
        for at, levels in enumerate(lists, 1)
    )
    numbers = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(1, len(lists) + 1)
    )
    return f"<w:numbering {SPACES}>{abstract}{numbers}{more}</w:numbering>"


def cell(content: str, properties: str = "") -> str:
    """Return a cell of paragraphs, or of plain text."""
    inside = content if content.startswith("<w:") else par(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row; cells that are plain text become cells."""
    made = (one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def table(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def picture(identifier: str = "rId9", given: str = "", more: str = "", height: int = 90) -> str:
    """Return a run with a picture; `given` are attributes of its properties."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="1905000" cy="{height * 9525}"/>'
        f'<wp:docPr id="1" name="Picture 1" {given}>{more}</wp:docPr><a:graphic><a:graphicData>'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x"/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{identifier}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def box(*paragraphs: str) -> str:
    """Return a run with a box of text, once for new programs and once for old ones."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        '<wp:docPr id="2" name="Box"/><a:graphic><a:graphicData><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field(instructions: str, result: str) -> str:
    """Return a field with its result, as runs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    told = f'<w:r><w:instrText xml:space="preserve">{escape(instructions)}</w:instrText></w:r>'
    return mark("begin") + told + mark("separate") + result + mark("end")


def bookmark(name: str, content: str = "") -> str:
    """Return a bookmark around runs."""
    return f'<w:bookmarkStart w:id="0" w:name="{name}"/>{content}<w:bookmarkEnd w:id="0"/>'


def relation(identifier: str, kind: str, target: str, *, external: bool = False) -> str:
    """Return a relation of a part."""
    mode = ' TargetMode="External"' if external else ""
    return (
        f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind}" Target="{escape(target)}"{mode}/>'
    )


def relations(*given: str) -> str:
    """Return a part of relations."""
    return f'<Relationships xmlns="{PACKAGE}">{"".join(given)}</Relationships>'


def notes(kind: str, texts: Mapping[int, str]) -> str:
    """Return a part of notes by their ids."""
    inside = "".join(f'<w:{kind} w:id="{key}">{text}</w:{kind}>' for key, text in texts.items())
    return f"<w:{kind}s {SPACES}>{inside}</w:{kind}s>"


def mark(kind: str, identifier: int) -> str:
    """Return a run with the mark of a note or comment."""
    return f'<w:r><w:{kind}Reference w:id="{identifier}"/></w:r>'


def word_parts(
    body: str, parts: Mapping[str, str | bytes] | None = None, links: str = "", styles: str = STYLES
) -> dict[str, str | bytes]:
    """Return the parts of a Word file with this text, and more parts by name.

    Parts in `word/` are related to the text under the name of their file.
    """
    given = dict(parts or {})
    own = "".join(
        relation(
            f"own{at}", name.removeprefix("word/").partition(".")[0].rstrip("0123456789"), name[5:]
        )
        for at, name in enumerate(given)
        if name.startswith("word/") and name.count("/") == 1
    )
    core = relation("rId2", "x", "docProps/core.xml").replace(
        f"{OFFICE}/x", f"{PACKAGE}/core-properties"
    )
    return {
        "[Content_Types].xml": f'<Types><Override ContentType="{MAIN_TYPE}"/></Types>',
        "_rels/.rels": relations(relation("rId1", "officeDocument", "word/document.xml"), core),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {SPACES}>{styles}</w:styles>",
        "word/_rels/document.xml.rels": relations(
            relation("styles", "styles", "styles.xml"), own, links
        ),
        **given,
    }


def zip_parts(parts: Mapping[str, str | bytes]) -> bytes:
    """Return parts as an archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def make_word(
    body: str, parts: Mapping[str, str | bytes] | None = None, links: str = "", styles: str = STYLES
) -> bytes:
    """Return a Word file with this text."""
    return zip_parts(word_parts(body, parts, links, styles))
