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
from pictures import PLANTED, RASTER, SPAN, bare, picture
from PIL import Image as Picture
from PIL.ImageCms import ImageCmsProfile, createProfile

from publish.building.builds import build
from publish.editions.images.cleaning import remove_metadata
from publish.editions.images.profiles import make_profile_neutral
from publish.editions.images.sizes import read_size
from publish.errors import PublishError
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"
SVG = (
    b'<?xml version="1.0"?><!--PLANTED-SECRET--><svg xmlns="http://www.w3.org/2000/svg" '
    b'xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:path="PLANTED-SECRET" '
    b'width="4" height="4"><metadata>PLANTED-SECRET</metadata><i:view>PLANTED-SECRET</i:view>'
    b'<title>A map</title><!--PLANTED-SECRET--><rect width="4" height="4"/></svg>'
)
SHOWN = "\n![a map](map.jpg)\n\n![a plan](plan.png)\n"


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


def png(*parts: tuple[bytes, bytes]) -> bytes:
    """A PNG file of these parts, each with its length and a sum that is right."""
    sums = (zlib.crc32(name + body) for name, body in parts)
    chunks = zip(parts, sums, strict=True)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc)
        for (name, body), crc in chunks
    )


IHDR = (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
IDAT = (b"IDAT", zlib.compress(b"\0\0"))
IEND = (b"IEND", b"")


def test_a_png_is_a_head_then_a_picture_then_an_end() -> None:
    good = png(IHDR, IDAT, IEND)
    assert bare(good, ".png") == good
    assert Picture.open(io.BytesIO(good)).size == (1, 1)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([IHDR, IEND], "it has no picture"),
        ([IDAT, IEND], "it has no picture"),
        ([IDAT, IHDR, IEND], "it has no picture"),
        ([IEND], "it has no picture"),
        ([IHDR, IDAT], "it is cut off"),
        ([IHDR, (b"ABCD", b""), IDAT, IEND], "it has an unknown part b'ABCD'"),
    ],
)
def test_a_png_that_lacks_a_part_is_refused(parts: list[tuple[bytes, bytes]], told: str) -> None:
    refused_as_broken(png(*parts), ".png", told)


def refused_as_broken(data: bytes, suffix: str, told: str) -> None:
    with pytest.raises(PublishError) as caught:
        bare(data, suffix)
    assert (caught.value.code, caught.value.span) == ("image-broken", SPAN)
    kind = suffix.removeprefix(".").upper()
    assert caught.value.message == f"this image is not a valid {kind} file: a{suffix}: {told}"
    assert caught.value.hint == "save it again in an image editor, with the right suffix"


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


FRAME = segment(0xC0, struct.pack(">BHHB", 8, 1, 1, 1) + b"\1\x11\0")
SCAN = segment(0xDA, b"\1\1\0\0\x3f\0")


def test_a_jpeg_is_known_by_its_frame_and_its_scan() -> None:
    good = b"\xff\xd8" + FRAME + SCAN + b"\x12\xff\x00\xff\xd0\x34" + b"\xff\xd9"
    assert bare(good + b"after the end", ".jpg") == good
    filled = good.replace(FRAME, b"\xff\xff" + FRAME)
    assert bare(filled, ".jpg") == good


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (SCAN + b"\x12\xff\xd9", "it has no picture"),
        (FRAME + b"\xff\xd9", "it has no picture"),
        (b"\xff\xd9", "it has no picture"),
        (FRAME + SCAN + b"\x12", "it is cut off"),
        (FRAME + SCAN, "it is cut off"),
        (b"\xff\xfe\0\1" + FRAME, "it is cut off"),
        (FRAME[:-1], "it is cut off"),
        (FRAME + b"\0" + SCAN, "its parts do not follow one another"),
    ],
)
def test_a_jpeg_that_lacks_a_part_is_refused(inside: bytes, told: str) -> None:
    refused_as_broken(b"\xff\xd8" + inside, ".jpg", told)


def test_a_jpeg_keeps_its_colours_and_loses_its_thumbnail() -> None:
    jfif = b"JFIF\0\1\2\1\0\x48\0\x48"
    colours = make_profile_neutral(ImageCmsProfile(createProfile("sRGB")).tobytes())
    profile, adobe = b"ICC_PROFILE\0\1\1" + colours, b"Adobe\0\x64\0\0\0\0\0"
    notes = (0xE0, b"JFXX\0"), (0xE2, b"MPF\0"), (0xEE, b"Ducky"), (0xE1, b"ICC_PROFILE\0")
    kept = segment(0xE2, profile) + segment(0xEE, adobe) + FRAME + SCAN + b"\x12\xff\xd9"
    thumbnail = segment(0xE0, jfif + b"\1\1" + b"rgb")
    data = b"\xff\xd8" + thumbnail + b"".join(segment(*note) for note in notes) + kept
    assert bare(data, ".jpg") == b"\xff\xd8" + segment(0xE0, jfif + b"\0\0") + kept


def riff(*parts: tuple[bytes, bytes]) -> bytes:
    inside = b"WEBP" + webp_parts(*parts)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def webp_parts(*parts: tuple[bytes, bytes]) -> bytes:
    return b"".join(
        name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in parts
    )


def test_a_webp_loses_its_notes_and_the_flags_that_announce_them() -> None:
    size = b"\0\0\0" + b"\x08\0\0" + b"\x06\0\0"
    frame = b"\0" * 16
    data = riff(
        (b"VP8X", b"\x3e" + size),
        (b"ANIM", b"123456"),
        (b"ANMF", frame + webp_parts((b"VP8L", b"odd"), (b"note", PLANTED))),
        (b"ALPH", b"a"),
        (b"XMP ", PLANTED),
    )
    assert bare(data + b"after the end", ".webp") == riff(
        (b"VP8X", b"\x32" + size),
        (b"ANIM", b"123456"),
        (b"ANMF", frame + webp_parts((b"VP8L", b"odd"))),
        (b"ALPH", b"a"),
    )


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (riff((b"ALPH", b"aa")), "it has no picture"),
        (riff((b"VP8X", b"\0" * 10)), "it has no picture"),
        (riff((b"VP8L", b"aa"))[:-1], "it is cut off"),
        (b"RIFX" + riff((b"VP8L", b"aa"))[4:], "it does not begin like one"),
        (riff((b"VP8L", b"aa")).replace(b"WEBP", b"WAVE"), "it does not begin like one"),
        (b"RIFF\x0f\0\0\0WEBPVP8L\4\0\0\0abc", "it is cut off"),
    ],
)
def test_a_webp_that_lacks_a_part_is_refused(data: bytes, told: str) -> None:
    refused_as_broken(data, ".webp", told)


GIF = b"GIF89a\1\0\1\0\x80\0\0" + b"\0\0\0\xff\xff\xff"
DRAWN = b"\x2c\0\0\0\0\1\0\1\0\0" + b"\2" + b"\2\x44\1\0"
LOCAL = b"\x2c\0\0\0\0\1\0\1\0\x80" + b"\0\0\0\1\1\1" + b"\2" + b"\2\x44\1\0"
SHORT = GIF[:10] + b"\0\0\0"


@pytest.mark.parametrize("start", [GIF, SHORT])
@pytest.mark.parametrize("drawn", [DRAWN, LOCAL])
def test_a_gif_keeps_pictures_times_and_turns_and_no_notes(start: bytes, drawn: bytes) -> None:
    timed = b"\x21\xf9\4\0\x0a\0\0\0"
    turns = b"\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0"
    comment, other = b"\x21\xfe\3abc\2de\0", b"\x21\xff\x0bXMP DataXMP\1a\0"
    data = start + comment + turns + timed + drawn + other + drawn + b"\x3b" + PLANTED
    assert bare(data, ".gif") == start + turns + timed + drawn + drawn + b"\x3b"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (GIF + b"\x3b", "it has no picture"),
        (GIF + b"\x21\xf9\4\0\x0a\0\0\0\x3b", "it has no picture"),
        (GIF + b"\x22" + DRAWN, "its parts do not follow one another"),
        (GIF + DRAWN, "it is cut off"),
        (b"GIF88a" + GIF[6:] + DRAWN + b"\x3b", "it does not begin like one"),
    ],
)
def test_a_gif_that_lacks_a_part_is_refused(data: bytes, told: str) -> None:
    refused_as_broken(data, ".gif", told)


def test_exif_that_cannot_be_read_turns_nothing() -> None:
    def with_exif(data: bytes) -> bytes:
        return png(IHDR, (b"eXIf", data), IDAT, IEND)

    def tagged(order: str, *entries: tuple[int, int]) -> bytes:
        start = b"II*\0" if order == "<" else b"MM\0*"
        listed = [struct.pack(f"{order}HHIHxx", tag, 3, 1, value) for tag, value in entries]
        return start + struct.pack(f"{order}IH", 8, len(entries)) + b"".join(listed)

    good = png(IHDR, IDAT, IEND)
    for data in (b"", b"XX*\0", b"II*\0", tagged("<", (0x112, 6))[:-4], tagged("<", (0x110, 6))):
        assert bare(with_exif(data), ".png") == good
    for order in "<>":
        for value in (0, 1, 9):
            assert bare(with_exif(tagged(order, (0x110, 3), (0x112, value))), ".png") == good
        for value in (2, 8):
            with pytest.raises(PublishError) as caught:
                bare(with_exif(tagged(order, (0x110, 3), (0x112, value))), ".png")
            assert caught.value.code == "image-turned"


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
        b'<rect width="4" height="4"/></svg>'
    )
    assert bare(clean, ".svg") == clean


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_picture_that_exif_turns_is_refused(suffix: str, orientation: int) -> None:
    with pytest.raises(PublishError) as caught:
        bare(picture(suffix, orientation), suffix)
    assert (caught.value.code, caught.value.span) == ("image-turned", SPAN)
    assert "rotate it" in caught.value.hint


def test_an_svg_tells_nothing_that_it_does_not_show() -> None:
    drawn = (
        b'<svg xmlns="http://www.w3.org/2000/svg"><title>C:/Users/maral/map</title>'
        b"<desc>by Maral</desc><style>#used-b.x{fill:red}</style>"
        b'<defs><path id="used.a" d="M0 0h1"/></defs><g id="layer-of-maral" data-name="Maral">'
        b'<title>Maral</title><path id="used-b" d="M0 0h9"/>'
        b'<use href="#used.a"/></g><circle id="used" r="3"/></svg>'
    )
    clean = bare(drawn, ".svg")
    assert b"aral" not in clean
    assert all(part in clean for part in (b'id="used.a"', b'id="used-b"', b'href="#used.a"'))
    assert clean.count(b"<title") == clean.count(b"<desc") == 0
    assert bare(clean, ".svg") == clean


def test_an_id_that_nothing_refers_to_is_removed() -> None:
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg"><circle id="maral" r="3"/></svg>'
    assert b"maral" not in bare(drawn, ".svg")
    assert b"<circle" in bare(drawn, ".svg")


def test_the_name_of_a_suggested_palette_in_a_png_is_removed() -> None:
    data = picture(".png")
    chunk = b"sPLT" + b"Palette of Maral\0\x08"
    palette = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    at = data.index(b"IDAT") - 4
    assert bare(data[:at] + palette + data[at:], ".png") == bare(data, ".png")


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
    [("CMYK", "jpeg", "printing colours (CMYK)"), ("I;16", "png", "16-bit gray")],
)
def test_colours_that_not_every_reader_can_show_are_refused(
    mode: str, kind: str, told: str
) -> None:
    file = io.BytesIO()
    Picture.new(mode, (4, 4)).save(file, kind)
    with pytest.raises(PublishError) as caught:
        remove_metadata(file.getvalue(), f".{kind}", f"map.{kind}", SPAN)
    assert (caught.value.code, caught.value.span) == ("image-colors", SPAN)
    assert caught.value.message == f"this image has {told}: map.{kind}"


@pytest.mark.parametrize("suffix", RASTER)
def test_the_size_is_read_from_the_first_bytes(suffix: str) -> None:
    assert read_size(picture(suffix, size=(90, 7)), suffix) == (90, 7)
    assert read_size(picture(suffix)[:9], suffix) is None


@pytest.mark.parametrize("size", [(1, 1), (300, 2), (2, 300)])
def test_the_size_of_every_kind_of_webp_is_read(size: tuple[int, int]) -> None:
    image = Picture.new("RGB", size)
    for options, kind in (
        ({"lossless": True}, b"VP8L"),
        ({"lossless": False}, b"VP8 "),
        ({"lossless": False, "xmp": PLANTED}, b"VP8X"),
    ):
        out = io.BytesIO()
        image.save(out, "WEBP", **options)
        assert out.getvalue()[12:16] == kind
        assert read_size(out.getvalue(), ".webp") == size
    assert read_size(out.getvalue().replace(b"VP8X", b"VP9X"), ".webp") is None


def test_the_size_of_a_jpeg_is_that_of_its_first_frame() -> None:
    def frame(marker: int) -> bytes:
        return segment(marker, struct.pack(">BHHB", 8, 300, 5, 1) + b"\1\x11\0")

    for marker in range(0xC0, 0xD0):
        data = b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"\xff\xff" + frame(marker)
        wanted = None if marker in (0xC4, 0xC8, 0xCC) else (5, 300)
        assert read_size(data + b"\0", ".JPEG") == wanted, marker
    assert read_size(b"\xff\xd8\0" + frame(0xC0), ".jpg") is None


def test_what_has_no_pixels_has_no_size() -> None:
    assert read_size(SVG, ".svg") is None
    assert read_size(picture(".png"), ".txt") is None


def sized(width: int, height: int) -> bytearray:
    """A PNG that says it has so many pixels."""
    data = bytearray(picture(".png"))
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return data


def test_the_most_pixels_are_fifty_million() -> None:
    assert bare(bytes(sized(10_000, 5_000)), ".png")
    with pytest.raises(PublishError, match="10001 × 5000 pixels"):
        bare(bytes(sized(10_001, 5_000)), ".png")


def test_an_image_that_unpacks_to_gigabytes_is_refused_unread() -> None:
    data = sized(40_000, 40_000)
    with pytest.raises(PublishError) as caught:
        bare(bytes(data), ".png")
    assert (caught.value.code, caught.value.span) == ("image-size", SPAN)
    assert caught.value.message == "this image is too large, 40000 × 40000 pixels: a.png"


@pytest.mark.parametrize(
    ("inside", "told"),
    [("<script>1</script><rect/>", "it has a <script> element"), ("<g/>", "it has no picture")],
)
def test_an_svg_that_runs_or_shows_nothing_is_refused(inside: str, told: str) -> None:
    with pytest.raises(PublishError) as caught:
        bare(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode(), ".svg")
    assert (caught.value.code, caught.value.span) == ("image-broken", SPAN)
    assert caught.value.message.endswith(told)
