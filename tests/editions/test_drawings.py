"""SVGs with photos and scans in them, as drawing programs write them."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pypdf
import pytest
from lxml import etree
from pictures import PLANTED, RASTER, bare, picture
from PIL import Image as Picture

from publish.building.tasks import FinishedEdition, Task, make_editions
from publish.editions.images.collecting import collect_images
from publish.editions.images.drawings import EmbeddedImage, map_embedded, settle_drawing
from publish.errors import PublishError
from publish.model import Edition, Finding, Format
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.translation.loading import Loader

TYPES = {".png": "png", ".jpg": "jpg", ".gif": "gif", ".webp": "webp"}

OTHER = "an image in it is of another kind than PNG, JPEG, GIF and WebP"


def wrap(*addresses: str) -> bytes:
    """An SVG that shows these addresses beside each other."""
    shown = "".join(
        f'<image xlink:href="{one}" x="{90 * at}" width="80" height="60"/>'
        for at, one in enumerate(addresses)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 400 100">{shown}</svg>'
    ).encode()


def embed(data: bytes, suffix: str) -> str:
    """A data URL as drawing programs write it, with line ends."""
    return f"data:image/{TYPES[suffix]};base64,{base64.encodebytes(data).decode()}"


def read_all(drawing: bytes) -> list[bytes]:
    """The images within an SVG."""
    root = etree.fromstring(drawing)
    urls = [str(one.get("{http://www.w3.org/1999/xlink}href")) for one in root.iter("{*}image")]
    assert list(map_embedded({"a.svg": drawing})) == list(dict.fromkeys(urls))
    return [base64.b64decode(url.partition(",")[2]) for url in urls]


def collect_told(folder: Path, drawing: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """An SVG as editions show it, and what is told of it."""
    (folder / "map.svg").write_bytes(drawing)
    text = "---\ntitle: T\n---\n![A map](map.svg)\n"
    document = read_document("a", "en", [SourceFile("source/a.md", text)])
    found = collect_images(document, folder)
    return found.files["map.svg"], found.remarks


def collect(folder: Path, drawing: bytes) -> bytes:
    """An SVG as editions show it."""
    return collect_told(folder, drawing)[0]


@pytest.mark.parametrize("suffix", RASTER)
def test_an_image_within_an_svg_tells_nothing(suffix: str) -> None:
    data = picture(suffix)
    (clean,) = read_all(bare(wrap(embed(data, suffix)), ".svg"))
    assert PLANTED in data
    assert clean == bare(data, suffix)


def test_an_image_within_an_svg_is_turned_and_gets_colours_for_screens(tmp_path: Path) -> None:
    printing = io.BytesIO()
    Picture.new("CMYK", (5, 4), (255, 0, 0, 0)).save(printing, "JPEG")
    drawing = wrap(embed(picture(".jpg", 6), ".jpg"), embed(printing.getvalue(), ".jpg"))
    turned, colours = (
        Picture.open(io.BytesIO(one)) for one in read_all(collect(tmp_path, drawing))
    )
    assert (turned.size, turned.mode) == ((7, 9), "RGB")
    assert not turned.getexif()
    assert (colours.size, colours.mode) == ((5, 4), "RGB")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("data:image/png;base64,iVBORw0KGgo!", "an image in it is damaged"),
        ("data:image/png;base64", OTHER),
        (
            "data:image/svg+xml,%3Csvg/%3E",
            OTHER,
        ),
        ("photo.png", "an image in it is not part of its file: photo.png"),
        ("https://example.org/a.png", "not part of its file: https://example.org/a.png"),
        (embed(picture(".png")[:60], ".png"), ""),
        (embed(picture(".jpg")[:90], ".jpg"), ""),
    ],
)
def test_an_image_within_an_svg_that_cannot_be_shown_is_told(
    tmp_path: Path, address: str, told: str
) -> None:
    with pytest.raises(PublishError) as caught:
        collect(tmp_path, wrap(address))
    assert (caught.value.code, str(caught.value.span)) == ("image-broken", "source/a.md:4")
    assert caught.value.message.endswith(told)


def test_an_image_of_too_many_pixels_within_an_svg_is_told(tmp_path: Path) -> None:
    huge = bytearray(picture(".png"))
    huge[16:24] = (40_000).to_bytes(4, "big") * 2
    with pytest.raises(PublishError) as caught:
        collect(tmp_path, wrap(embed(bytes(huge), ".png")))
    assert caught.value.code == "image-size"


def test_an_svg_without_images_and_fonts_keeps_its_bytes() -> None:
    for drawing in (b"<svg data:a='1'>", wrap(), wrap("#data:")):
        assert settle_drawing(drawing, refuse) == (drawing, False)


def refuse(_: EmbeddedImage) -> EmbeddedImage:
    raise AssertionError


@pytest.mark.parametrize(
    "rule",
    [
        "@import url(https://example.org/css?family=Lato:wght@400;700);",
        '@import url("https://example.org/css?family=Lato:wght@400;700");',
        '@import url("https://example.org/a(b);c");',
        "@IMPORT 'https://example.org/a;b' screen;",
        "@font-face { font-family: Lato; src: url(data:font/woff2;base64,AAAA) }",
        "@font-face{src:url(lato.woff2)}@font-face{src:url(lato-bold.woff2)}",
    ],
)
@pytest.mark.parametrize(
    "wrapped", ["<style>{}</style>", "<defs><style><![CDATA[{}]]></style></defs>"]
)
def test_fonts_of_an_svg_are_left_out_and_told(tmp_path: Path, rule: str, wrapped: str) -> None:
    style = wrapped.format(f"text{{fill:red}}{rule}rect{{fill:blue}}")
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{style}<text>A</text></svg>'.encode()
    assert settle_drawing(drawing, refuse)[1]
    made, remarks = collect_told(tmp_path, drawing)
    assert b"<style>text{fill:red}rect{fill:blue}</style>" in made
    assert [(one.code, str(one.span)) for one in remarks] == [("image-fonts", "source/a.md:4")]


def test_advice_on_many_drawings_is_one(tmp_path: Path) -> None:
    style = "<style>@font-face{src:url(lato.woff2)}</style>"
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{style}<text>A</text></svg>'
    lines = ["---", "title: T", "---"]
    for number in range(5):
        (tmp_path / f"{number}.svg").write_text(drawing.replace("A", str(number)), "utf-8")
        lines += ["", f"![A map]({number}.svg)"]
    document = read_document("a", "en", [SourceFile("a.md", "\n".join(lines))])
    (told,) = collect_images(document, tmp_path).remarks
    assert told.message.endswith("show: 0.svg (and 4 more such, on lines 7, 9, 11, 13)")


def make_workspace(folder: Path, drawing: bytes) -> None:
    (folder / "source").mkdir()
    (folder / "source/map.svg").write_bytes(drawing)
    (folder / "source/a.md").write_text("---\ntitle: T\n---\nText.\n\n![A map](map.svg)\n")
    (folder / "publish.toml").write_text('source-language = "en"\n')


def make_all(folder: Path, *formats: Format) -> list[bytes]:
    workspace = open_workspace(folder)
    editions = [Edition(document="a", language="en", format=one) for one in formats]
    task = Task(Loader(workspace), tuple(editions))
    made = make_editions(task, editions, {})
    return [one.data for one in made if isinstance(one, FinishedEdition)]


def unzip(data: bytes) -> list[bytes]:
    """The files of an EPUB."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(one) for one in archive.namelist()]


def test_every_format_shows_the_images_within_an_svg(tmp_path: Path) -> None:
    data = picture(".png", size=(90, 70))
    make_workspace(tmp_path, wrap(embed(data, ".png")))
    pdf, epub, page = make_all(tmp_path, "pdf", "epub", "html")
    clean = bare(data, ".png")
    shown = [one.image for one in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images]
    assert [one and one.size for one in shown] == [(90, 70)]
    assert bare(wrap(EmbeddedImage(clean, ".png").address), ".svg") in unzip(epub)
    assert base64.b64encode(bare(wrap(EmbeddedImage(clean, ".png").address), ".svg")) in page
    assert PLANTED not in pdf + epub + page
