"""Colour profiles of images go out without names, and show the same colours."""

from __future__ import annotations

import io
import struct
import zlib
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from PIL import ImageCms

from publish.editions.images.cleaning import remove_metadata
from publish.editions.images.profiles import BrokenProfileError, make_profile_neutral
from publish.errors import PublishError
from publish.model import Span

PLANTED = b"MARAL"
WIDE = PLANTED.decode().encode("utf-16-be")
MINE = struct.pack(">I", 0xCAFE1234)
SPAN = Span("source/a.md", 7, 7)
RASTER = (".png", ".jpg", ".webp", ".gif")
SRGB = ImageCms.createProfile("sRGB")


def planted(old: bytes, *extra: tuple[bytes, bytes], version: int = 4) -> bytes:
    """A profile with a name in every text, every number of its header and behind every curve."""
    (count,) = struct.unpack_from(">I", old, 128)
    table = [struct.unpack_from(">4sII", old, 132 + 12 * number) for number in range(count)]
    tags = {name: old[at : at + length] + PLANTED for name, at, length in table}
    text = struct.pack(">8sII4sII", b"mluc", 1, 12, b"enUS", len(WIDE), 28) + WIDE
    plain = b"text\0\0\0\0" + PLANTED + b"\0"
    words = text if version >= 4 else plain
    named = b"desc cprt dmnd dmdd vued mmod meta targ calt MAR1".split()
    tags |= dict.fromkeys(named, words) | {b"clro": plain} | dict(extra)
    table_bytes, data = struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        at = 132 + 12 * len(tags) + len(data)
        table_bytes += struct.pack(">4sII", name, at, len(body))
        data += body + PLANTED[: -len(body) % 4].ljust(-len(body) % 4, b"\0")
    head = bytearray(old[:128])
    head[0:4] = struct.pack(">I", 128 + len(table_bytes) + len(data))
    head[8] = version
    head[24:36] = struct.pack(">6H", 1987, 6, 5, 4, 3, 2)
    for at in (4, 40, 48, 52, 56, 80, 84, 92, 100, 124):
        head[at : at + 4] = MINE
    return bytes(head) + table_bytes + data


def curved(gamma: float = 1.0) -> bytes:
    """A profile that turns red and green round, with the curves of sRGB."""
    old = bytearray(ImageCms.ImageCmsProfile(SRGB).tobytes())
    red, green = old.index(b"rXYZ", 128), old.index(b"gXYZ", 128)
    old[red : red + 4], old[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(old)


PROFILES = {
    "lcms": planted(curved()),
    "version 2": planted((files("weasyprint.pdf") / "sRGB2014.icc").read_bytes(), version=2),
}


def picture() -> Picture.Image:
    image = Picture.new("RGB", (16, 16))
    image.putdata([(x, 255 - x, x * 7 % 256) for x in range(256)])
    return image


def with_profile(profile: bytes, suffix: str) -> bytes:
    out = io.BytesIO()
    if suffix == ".gif":
        picture().quantize(64).save(out, "GIF")
        data = out.getvalue()
        cuts = [profile[at : at + 200] for at in range(0, len(profile), 200)]
        blocks = b"".join(bytes((len(cut),)) + cut for cut in cuts)
        at = 13 + 3 * 2 ** ((data[10] & 7) + 1)
        return data[:at] + b"\x21\xff\x0bICCRGBG1012" + blocks + b"\0" + data[at:]
    kind = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}[suffix]
    picture().save(out, kind, icc_profile=profile, lossless=True)
    return named(out.getvalue()) if suffix == ".png" else out.getvalue()


def named(data: bytes) -> bytes:
    """A PNG whose profile has the name of a person."""
    at = data.find(b"iCCP")
    if at < 0:
        return data
    (length,) = struct.unpack_from(">I", data, at - 4)
    chunk = data[at : at + 4 + length].replace(b"ICC Profile\0", b"Maral's eye\0")
    return data[:at] + chunk + struct.pack(">I", zlib.crc32(chunk)) + data[at + 8 + length :]


def bare(data: bytes, suffix: str) -> bytes:
    return remove_metadata(data, suffix, f"a{suffix}", SPAN)


def shown(profile: bytes) -> bytes:
    """The test picture as this profile shows it."""
    opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    found = ImageCms.profileToProfile(picture(), opened, SRGB)
    assert found is not None
    return found.tobytes()


def tells(data: bytes) -> list[bytes]:
    secrets = (PLANTED, WIDE, PLANTED.lower(), MINE, struct.pack(">3H", 1987, 6, 5), b"Maral")
    return [secret for secret in secrets if secret in data]


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_tells_nothing_and_shows_the_same_colours(name: str) -> None:
    old = PROFILES[name]
    neutral = make_profile_neutral(old)
    assert tells(old)
    assert not tells(neutral)
    assert shown(neutral) == shown(old)
    assert make_profile_neutral(neutral) == neutral
    opened = ImageCms.ImageCmsProfile(io.BytesIO(neutral)).profile
    assert (opened.profile_description, opened.copyright) == ("RGB", "not stated")
    assert (opened.manufacturer, opened.model, opened.header_model) == (None, None, "\0\0\0\0")
    assert opened.profile_id == b"\0" * 16


def test_a_profile_of_other_colours_shows_others() -> None:
    assert shown(PROFILES["lcms"]) != shown(PROFILES["version 2"])


@pytest.mark.parametrize("suffix", RASTER)
def test_an_image_keeps_its_profile_without_its_names(suffix: str) -> None:
    before = with_profile(PROFILES["lcms"], suffix)
    clean = bare(before, suffix)
    assert not [secret for secret in tells(clean) if len(secret) > 4]
    assert bare(clean, suffix) == clean
    opened = Picture.open(io.BytesIO(clean))
    assert opened.convert("RGB").tobytes() == (
        Picture.open(io.BytesIO(before)).convert("RGB").tobytes()
    )
    profile = opened.info.get("icc_profile") or clean
    assert suffix == ".gif" or profile == make_profile_neutral(PROFILES["lcms"])
    if suffix == ".gif":
        at = clean.index(b"ICCRGBG1012") + 11
        cuts = make_profile_neutral(PROFILES["lcms"])
        assert clean[at + 1 : at + 256] == cuts[:255]


def test_the_name_in_a_png_is_neutral_even_if_its_profile_is() -> None:
    neutral = make_profile_neutral(PROFILES["lcms"])
    before = with_profile(neutral, ".png")
    assert b"iCCPMaral's eye\0\0" in before
    clean = bare(before, ".png")
    assert b"iCCPprofile\0\0" in clean
    assert b"Maral" not in clean


def tabled(bodies: int) -> tuple[bytes, bytes]:
    """A table of colours, so large that a JPEG cuts it into parts."""
    points = bodies
    cube = b"".join(
        struct.pack(">3H", *(65535 * v // (points - 1) for v in (r, g, b)))
        for r in range(points)
        for g in range(points)
        for b in range(points)
    )
    head = struct.pack(
        ">4s4xBBBx9i", b"mft2", 3, 3, points, *(65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    )
    ramp = struct.pack(">2H", 0, 65535) * 3
    return b"A2B0", head + struct.pack(">HH", 2, 2) + ramp + cube + ramp + PLANTED


def test_a_jpeg_with_a_profile_in_several_parts_keeps_its_colours() -> None:
    old = planted(curved(), tabled(30), version=2)
    data = with_profile(old, ".jpg")
    assert data.count(b"ICC_PROFILE\0") == 3
    found = Picture.open(io.BytesIO(bare(data, ".jpg"))).info["icc_profile"]
    assert found == make_profile_neutral(old)
    assert not tells(found)
    assert shown(found) == shown(old) != shown(curved())
    segments = data.split(b"\xff\xe2")
    swapped = b"\xff\xe2".join((segments[0], segments[2], segments[1], segments[3]))
    assert bare(swapped, ".jpg") == bare(data, ".jpg")


def test_a_jpeg_that_lacks_a_part_of_its_profile_is_refused() -> None:
    segments = with_profile(planted(curved(), tabled(30), version=2), ".jpg").split(b"\xff\xe2")
    lacking = b"\xff\xe2".join((segments[0], segments[1], segments[3]))
    assert message(lacking, ".jpg").endswith("its colour profile lacks a part")


def message(data: bytes, suffix: str) -> str:
    with pytest.raises(PublishError) as caught:
        bare(data, suffix)
    assert caught.value.code == "image-broken"
    return caught.value.message


def altered(at: int, new: bytes) -> bytes:
    old = PROFILES["lcms"]
    return old[:at] + new + old[at + len(new) :]


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        (b"Maral's own", "does not begin like one"),
        (altered(36, b"name"), "does not begin like one"),
        (altered(8, b"\5"), "has version 5, not 2 or 4"),
        (altered(12, b"link"), "is of a kind that images do not have"),
        (altered(16, b"MARA"), "is for unknown colours"),
        (altered(128, b"\0\0\1\0"), "has more than 100 parts"),
        (PROFILES["lcms"][:-20], "is cut off"),
        (altered(132 + 8, b"\x7f"), "is cut off"),
        (planted(curved(), (b"rTRC", b"text\0\0\0\0MARAL")), "is damaged"),
        (planted(curved(), (b"rTRC", b"curv\0\0\0\0\0\1\0\0")), "is cut off"),
    ],
)
def test_a_profile_that_cannot_be_read_is_refused(profile: bytes, told: str) -> None:
    for suffix in (".webp", ".gif"):
        said = message(with_profile(profile, suffix), suffix)
        assert said.endswith(f"a{suffix}: its colour profile {told}")


@pytest.mark.parametrize(
    ("packed", "told"),
    [
        (b"\0not packed", "is damaged"),
        (b"\1" + zlib.compress(b""), "is damaged"),
        (b"\0" + zlib.compress(PROFILES["lcms"])[:-9], "is cut off, or has more than 16 MiB"),
        (b"\0" + zlib.compress(bytes(2**24 + 1)), "is cut off, or has more than 16 MiB"),
    ],
)
def test_a_profile_that_cannot_be_unpacked_is_refused(packed: bytes, told: str) -> None:
    data = bare(with_profile(b"", ".png"), ".png")
    body = b"iCCPMaral\0" + packed
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    assert message(data[:33] + chunk + data[33:], ".png").endswith(f"its colour profile {told}")


@given(at=st.integers(0, len(PROFILES["lcms"]) - 1), new=st.integers(0, 255))
def test_damage_is_refused_or_tells_nothing(at: int, new: int) -> None:
    try:
        neutral = make_profile_neutral(altered(at, bytes((new,))))
    except BrokenProfileError:
        return
    assert make_profile_neutral(neutral) == neutral
    assert PLANTED + PLANTED[1:] not in neutral


def test_equal_curves_are_written_once() -> None:
    neutral = make_profile_neutral(PROFILES["lcms"])
    (count,) = struct.unpack_from(">I", neutral, 128)
    places = {
        neutral[132 + 12 * n : 136 + 12 * n]: neutral[136 + 12 * n : 144 + 12 * n]
        for n in range(count)
    }
    assert all(places[one] == places[two] for one, two in pairwise([b"rTRC", b"gTRC", b"bTRC"]))
