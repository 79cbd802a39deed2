"""No file of a release tells who made it, where or when, however deep one looks."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from releasecases import contents, key_in, release, series

USER, HOST, MAIL = "planteduser", "plantedhost", "planted.mail@example.net"
PLANTED = {
    "USER": USER,
    "LOGNAME": USER,
    "USERNAME": USER,
    "HOSTNAME": HOST,
    "EMAIL": MAIL,
    "GIT_AUTHOR_NAME": USER,
    "GIT_AUTHOR_EMAIL": MAIL,
    "PUBLISH_REVIEWER": USER,
}
HEADER = {
    "Last-Translator": f"{USER} <{MAIL}>",
    "Report-Msgid-Bugs-To": MAIL,
    "Language-Team": f"{USER} {HOST}",
    "POT-Creation-Date": "2024-06-30 10:11+0500",
}
TRACES = ("planted", "10:11", "+0500", "/tmp/", "/home/", "/root/", "site-packages")
"""What must stand nowhere; the folder of the test itself is added."""

TOOLS = re.compile(
    rb"(?i)ghostscript|qpdf|cairo|libreoffice|ebooklib|calibre|pydyf|fonttools|photoshop|gimp|exif"
    rb"|python[/ ][0-9]|mozilla|linux|debian|ubuntu|windows nt"
)
"""Names of tools and systems in files of others; docs/explanation/releases.md lists ours."""

MAY_NAME_TOOLS = ("manifest.json", ".html", ".zip")
"""The manifest tells versions, the pages how to check on each system; archives are unpacked."""


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A release from a workspace in which everything tells of its owner, and where that lies."""
    root = tmp_path_factory.mktemp("planted")
    work = series(root / "planted-work", "alpha", image=picture(), header=HEADER)
    with (work / "publish.toml").open("a", encoding="utf-8") as settings:
        settings.write('formats = ["pdf", "epub", "html"]\n')
    git = ["git", "-C", str(work)]
    subprocess.run([*git, "init", "-q"], check=True)
    for key, value in (("user.name", USER), ("user.email", MAIL)):
        subprocess.run([*git, "config", key, value], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", f"by {USER}"], check=True)
    secret, _ = key_in(root / "planted-keys")
    release(work, secret, root / "planted-out", **PLANTED)
    return root, contents(root / "planted-out")


def picture() -> bytes:
    """An image whose notes tell who made it, where and when."""
    notes = PngInfo()
    notes.add_text("Author", f"{USER} <{MAIL}>")
    notes.add_itxt("Comment", f"made on {HOST}")
    exif = Image.Exif()
    exif[0x013B], exif[0x0132] = USER, "2024:06:30 10:11:12"
    buffer = io.BytesIO()
    Image.new("RGB", (24, 16), (200, 220, 200)).save(buffer, "PNG", pnginfo=notes, exif=exif)
    assert MAIL.encode() in buffer.getvalue()
    return buffer.getvalue()


def layers(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file and all that is packed in it: members of archives, streams and objects of a PDF."""
    yield name, data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                yield f"{name}:{info.filename}:entry", info.comment + info.extra
                yield from layers(f"{name}:{info.filename}", archive.read(info))
    elif data.startswith(b"%PDF"):
        for number, found in enumerate(re.finditer(rb"stream\r?\n", data)):
            try:
                yield f"{name}:{number}", zlib.decompressobj().decompress(data[found.end() :])
            except zlib.error:
                continue
        reader = pypdf.PdfReader(io.BytesIO(data))
        yield f"{name}:info", repr(dict(reader.metadata or {})).encode()
        yield f"{name}:text", "\n".join(page.extract_text() for page in reader.pages).encode()
    elif data.startswith(b"\x89PNG"):
        with Image.open(io.BytesIO(data)) as image:
            yield f"{name}:notes", repr((image.info, dict(image.getexif()))).encode()


def test_no_file_tells_of_its_maker(released: tuple[Path, dict[str, bytes]]) -> None:
    root, files = released
    traces = [trace.encode() for trace in (*TRACES, str(root))]
    looked_at = 0
    for name, data in files.items():
        for place, layer in layers(name, data):
            looked_at += 1
            for found in (layer, layer.replace(b"\0", b"")):  # UTF-16 as in a PDF's strings
                assert not [trace for trace in traces if trace in found], place
    assert looked_at > 150


def test_no_file_names_its_tools_but_the_pdf(released: tuple[Path, dict[str, bytes]]) -> None:
    for name, data in released[1].items():
        for place, layer in layers(name, data):
            if not place.endswith(MAY_NAME_TOOLS) and ".ttf" not in place:
                assert not TOOLS.search(layer), (place, TOOLS.search(layer))


def test_a_pdf_names_its_producer_and_nothing_else(
    released: tuple[Path, dict[str, bytes]],
) -> None:
    for name in (one for one in released[1] if one.endswith(".pdf")):
        told = dict(pypdf.PdfReader(io.BytesIO(released[1][name])).metadata or {})
        assert re.fullmatch(r"WeasyPrint [0-9.]+", str(told.pop("/Producer")))
        assert told.keys() <= {
            "/Title",
            "/Author",
            "/Subject",
            "/Keywords",
            "/CreationDate",
            "/ModDate",
        }
        days = [str(told[key]) for key in ("/CreationDate", "/ModDate") if key in told]
        assert all("000000" in day or len(day) <= 10 for day in days), days


def test_archives_tell_one_date_and_one_owner(released: tuple[Path, dict[str, bytes]]) -> None:
    for name, data in released[1].items():
        if name.endswith((".zip", ".epub")):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
            assert {info.date_time for info in entries} == {(1980, 1, 1, 0, 0, 0)}
            assert {info.extra for info in entries} == {b""}
            assert archive.comment == b""


def test_the_search_finds_what_is_planted() -> None:
    """A trace in a packed member of an archive within an archive is seen."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"x" * 1000 + USER.encode())
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.epub", inner.getvalue())
    assert any(USER.encode() in layer for _, layer in layers("c.zip", outer.getvalue()))
    packed = b"%PDF-1.7\nstream\n" + zlib.compress(USER.encode())
    streams = (layer for _, layer in layers_of_streams(packed))
    assert any(USER.encode() in layer for layer in streams)


def layers_of_streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The layers of a PDF up to where a reader of the whole file would be needed."""
    for place, layer in layers("a.pdf", data):
        yield place, layer
        if place == "a.pdf:0":
            return
