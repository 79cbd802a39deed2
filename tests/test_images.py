"""Images go out without what they tell of their maker, and with the same pixels."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo

from publish.building.builds import build
from publish.editions.images.cleaning import stripped
from publish.editions.images.collecting import images_of
from publish.editions.images.sizes import large_images, size_of
from publish.errors import PublishError
from publish.model import Level, Span
from publish.project.workspace import open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.translation.loading import Loader

PLANTED = b"PLANTED-SECRET"
NAME = "tip-2024-turkmenistan"
SPAN = Span("source/a.md", 7, 7)
SVG = (
    b'<?xml version="1.0"?><!--PLANTED-SECRET--><svg xmlns="http://www.w3.org/2000/svg" '
    b'xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:path="PLANTED-SECRET" '
    b'width="4" height="4"><metadata>PLANTED-SECRET</metadata><i:view>PLANTED-SECRET</i:view>'
    b'<title>A map</title><!--PLANTED-SECRET--><rect width="4" height="4"/></svg>'
)
SHOWN = "\n![a map](map.jpg)\n\n![a plan](plan.png)\n"


def exif(orientation: int = 1) -> Picture.Exif:
    """A device, a place on the globe and an orientation."""
    data = Picture.Exif()
    data[0x0110] = PLANTED.decode()
    data[0x0112] = orientation
    data[0x8825] = {1: "N", 2: (37.0, 57.0, 0.0), 29: PLANTED.decode()}
    return data


def picture(suffix: str, orientation: int = 1, size: tuple[int, int] = (9, 7)) -> bytes:
    """A file of this kind that holds all the notes it can."""
    image = Picture.new("RGB", size)
    image.putdata([(x * 37 % 256, x * 11 % 256, 90) for x in range(size[0] * size[1])])
    out, notes = io.BytesIO(), exif(orientation)
    match suffix:
        case ".png":
            text = PngInfo()
            text.add_text("Author", PLANTED.decode())
            text.add_text("Comment", PLANTED.decode(), zip=True)
            text.add_itxt("XML:com.adobe.xmp", PLANTED.decode())
            text.add(b"tIME", b"\x07\xe8\1\1\1\1\1")
            image.save(out, "PNG", pnginfo=text, exif=notes, dpi=(300, 300))
        case ".jpg":
            more = {"exif": notes, "comment": PLANTED, "xmp": PLANTED, "dpi": (300, 300)}
            image.save(out, "JPEG", progressive=True, **more)
            return out.getvalue() + PLANTED
        case ".webp":
            image.save(out, "WEBP", exif=notes, xmp=PLANTED, lossless=True)
        case _:
            image.save(out, "GIF", comment=PLANTED)
    return out.getvalue()


def bare(data: bytes, suffix: str) -> bytes:
    return stripped(data, suffix, f"a{suffix}", SPAN)


RASTER = [".png", ".jpg", ".webp", ".gif"]


@pytest.mark.parametrize("suffix", RASTER)
def test_notes_are_dropped_and_no_pixel_changes(suffix: str) -> None:
    data = picture(suffix)
    assert PLANTED in data
    clean = bare(data, suffix)
    before, after = (Picture.open(io.BytesIO(found)) for found in (data, clean))
    assert PLANTED not in clean
    assert not after.getexif()
    assert not {"xmp", "comment", "Author", "Comment", "exif"} & set(after.info)
    assert after.info.get("dpi") == before.info.get("dpi")
    assert list(after.convert("RGBA").tobytes()) == list(before.convert("RGBA").tobytes())
    assert bare(clean, suffix) == clean


def test_a_png_keeps_only_what_the_picture_needs() -> None:
    clean = bare(picture(".png"), ".png")
    assert b"tIME" not in clean
    private = b"prVt" + PLANTED
    chunk = struct.pack(">I", len(PLANTED)) + private + struct.pack(">I", zlib.crc32(private))
    assert bare(clean[:33] + chunk + clean[33:], ".png") == clean


@pytest.mark.parametrize("suffix", [".webp", ".gif", ".png"])
def test_a_moving_picture_still_moves(suffix: str) -> None:
    frames = [Picture.new("RGB", (8, 8), (shade, 0, 0)) for shade in (0, 120, 250)]
    out = io.BytesIO()
    kind = suffix.removeprefix(".").upper()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=90, loop=0)
    after = Picture.open(io.BytesIO(bare(out.getvalue(), suffix)))
    assert getattr(after, "n_frames", 1) == 3
    assert after.info["loop"] == 0


def test_an_svg_loses_comments_metadata_and_foreign_notes() -> None:
    clean = bare(SVG, ".svg")
    assert clean == (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">'
        b'<title>A map</title><rect width="4" height="4"/></svg>'
    )
    assert bare(clean, ".svg") == clean


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_picture_that_exif_turns_is_refused(suffix: str, orientation: int) -> None:
    with pytest.raises(PublishError) as caught:
        bare(picture(suffix, orientation), suffix)
    assert (caught.value.code, caught.value.span) == ("image-turned", SPAN)
    assert "turn it upright" in caught.value.hint


@pytest.mark.parametrize("suffix", [*RASTER, ".svg"])
def test_a_file_of_another_kind_is_refused(suffix: str) -> None:
    others = [b"", b"image", b"<html/>", *(picture(kind) for kind in RASTER if kind != suffix)]
    for data in others:
        with pytest.raises(PublishError) as caught:
            bare(data, suffix)
        assert (caught.value.code, caught.value.span) == ("image-broken", SPAN)
        assert f"a{suffix}" in caught.value.message


def test_an_svg_with_entities_is_refused() -> None:
    with pytest.raises(PublishError, match="it declares entities"):
        bare(b'<!DOCTYPE svg [<!ENTITY a "b">]>' + b"<svg>&a;</svg>", ".svg")


@given(suffix=st.sampled_from(RASTER), share=st.floats(0, 1, exclude_max=True))
def test_a_file_that_is_cut_off_is_refused(suffix: str, share: float) -> None:
    data = bare(picture(suffix), suffix)
    with pytest.raises(PublishError) as caught:
        bare(data[: int(len(data) * share)], suffix)
    assert caught.value.code == "image-broken"


@given(suffix=st.sampled_from([*RASTER, ".svg"]), data=st.data())
def test_damage_is_refused_or_goes_through_but_never_a_traceback(
    suffix: str, data: st.DataObject
) -> None:
    damaged = bytearray(SVG if suffix == ".svg" else picture(suffix))
    at = data.draw(st.integers(0, len(damaged) - 1))
    damaged[at] = data.draw(st.integers(0, 255))
    try:
        bare(bytes(damaged), suffix)
    except PublishError as error:
        assert error.code in {"image-broken", "image-turned", "image-size"}  # noqa: PT017


def test_nothing_planted_is_found_in_an_edition(workspace: Path) -> None:
    source = workspace / "source"
    with (source / f"{NAME}.md").open("a", encoding="utf-8") as file:
        file.write(SHOWN)
    (source / "map.jpg").write_bytes(picture(".jpg", size=(90, 70)))
    (source / "plan.png").write_bytes(picture(".png", size=(90, 70)))
    opened = open_workspace(workspace)
    editions = opened.editions(("en",), (NAME,), ("pdf", "epub"))
    for outcome in build(Loader(opened), editions, workers=2):
        assert outcome.error is None, outcome.error
        data = opened.output(outcome.edition).read_bytes()
        assert PLANTED not in data
        if outcome.edition.format == "epub":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                assert all(PLANTED not in archive.read(name) for name in archive.namelist())
                images = [n for n in archive.namelist() if n.endswith((".jpg", ".png"))]
                assert len(images) == 3  # the cover's is drawn


@pytest.mark.parametrize(
    ("mode", "kind", "told"),
    [("CMYK", "jpeg", "the colours of printing inks (CMYK)"), ("I;16", "png", "gray of 16 bits")],
)
def test_colours_that_not_every_reader_can_show_are_refused(
    mode: str, kind: str, told: str
) -> None:
    file = io.BytesIO()
    Picture.new(mode, (4, 4)).save(file, kind)
    with pytest.raises(PublishError) as caught:
        stripped(file.getvalue(), f".{kind}", f"map.{kind}", SPAN)
    assert (caught.value.code, caught.value.span) == ("image-colors", SPAN)
    assert caught.value.message == f"this image has {told}: map.{kind}"


@pytest.mark.parametrize("suffix", RASTER)
def test_the_size_is_read_from_the_first_bytes(suffix: str) -> None:
    assert size_of(picture(suffix, size=(90, 7)), suffix) == (90, 7)
    assert size_of(picture(suffix)[:9], suffix) is None


def test_an_image_that_unpacks_to_gigabytes_is_refused_unread() -> None:
    data = bytearray(picture(".png"))
    data[16:24] = struct.pack(">II", 40_000, 40_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    with pytest.raises(PublishError) as caught:
        bare(bytes(data), ".png")
    assert (caught.value.code, caught.value.span) == ("image-size", SPAN)
    assert caught.value.message == "this image is too large, 40000 × 40000 pixels: a.png"


def test_an_image_larger_than_a_page_is_told() -> None:
    images = {"a.gif": picture(".gif", size=(4001, 2)), "b.gif": picture(".gif", size=(4000, 2))}
    (found,) = large_images(images, dict.fromkeys(images, SPAN))
    assert (found.code, found.level, found.span) == ("image-size", Level.WARNING, SPAN)
    assert "4001 × 2 pixels: a.gif" in found.message


@pytest.mark.parametrize(
    ("inside", "told"),
    [("<script>1</script><rect/>", "it has a <script> element"), ("<g/>", "it has no picture")],
)
def test_an_svg_that_runs_or_shows_nothing_is_refused(inside: str, told: str) -> None:
    with pytest.raises(PublishError) as caught:
        bare(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode(), ".svg")
    assert (caught.value.code, caught.value.span) == ("image-broken", SPAN)
    assert caught.value.message.endswith(told)


@pytest.mark.parametrize(
    ("written", "there", "code", "told"),
    [
        ("map.png", "Map.PNG", "image-missing", "but one that is spelt Map.PNG"),
        ("<my map.png>", "my map.png", "image-refused", "my map.png"),
        ("<Карта.png>", "Карта.png", "image-refused", "Карта.png"),
    ],
)
def test_a_name_that_not_every_system_opens_is_told(
    tmp_path: Path, written: str, there: str, code: str, told: str
) -> None:
    (tmp_path / there).write_bytes(picture(".png"))
    text = f"---\ntitle: T\n---\n\n![A map]({written})\n"
    document = read_document("x", "en", [SourceFile("source/x.md", text)])
    with pytest.raises(PublishError) as caught:
        images_of(document, tmp_path)
    assert (caught.value.code, str(caught.value.span)) == (code, "source/x.md:5")
    assert told in caught.value.message
