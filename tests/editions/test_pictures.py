"""Images of every kind and name in editions: found, converted, sized, told apart."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from lxml import etree
from PIL import Image, ImageCms
from profiles import make_press_profile, make_wide_profile

from publish.actions.check import check_translations
from publish.building.builds import build
from publish.editions.images.collecting import CollectedImages, collect_images
from publish.errors import FindingsError, PublishError
from publish.languages.registry import find
from publish.model import Document, Level
from publish.project.workspace import Workspace, open_workspace
from publish.reading.markdown import SourceFile, read_document
from publish.translation.loading import Loader

HEAD = "---\ntitle: T\npublished: 2024-01-31\n---\n\n"
HTML = "{http://www.w3.org/1999/xhtml}"


def read(text: str, language: str = "en") -> Document:
    return read_document("x", language, [SourceFile("source/x.md", HEAD + text)], folder="source")


def save(path: Path, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    colours = {"RGB": (200, 30, 90), "CMYK": (0, 200, 90, 20), "RGBA": (200, 30, 90, 120)}
    Image.new(mode, size, colours.get(mode, 90)).save(path, **options)
    return path


def collect(root: Path, text: str, language: str = "en") -> CollectedImages:
    return collect_images(read(text, language), root / "source", root)


def opened(found: CollectedImages) -> Image.Image:
    """The only image."""
    (data,) = found.files.values()
    return Image.open(io.BytesIO(data))


# --------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("map.png", "source/map.png"),
        ("./map.png", "source/map.png"),
        ("img/map.png", "source/img/map.png"),
        ("img\\map.png", "source/img/map.png"),
        ("../images/map.png", "images/map.png"),
        ("img/../map.png", "source/map.png"),
        ("/images/map.png", "images/map.png"),
        ("my map (1).png", "source/my map (1).png"),
        ("<my map.png>", "source/my map.png"),
        ("my%20map.png", "source/my map.png"),
        ("50%25.png", "source/50%.png"),
        ("50%.png", "source/50%.png"),
        ("map.png?raw=true", "source/map.png"),
        ("map.png#gh-dark-mode-only", "source/map.png"),
        ("Карта мира.png", "source/Карта мира.png"),
        ("%D0%9A.png", "source/К.png"),
        ("a'b&c;d.png", "source/a'b&c;d.png"),
        ("地図.png", "source/地図.png"),
        ("cover.png", "source/cover.png"),
    ],
)
def test_an_image_is_found_however_its_path_is_written(
    tmp_path: Path, written: str, there: str
) -> None:
    save(tmp_path / there)
    found = collect(tmp_path, f"![A map]({written})\n")
    (name,) = found.files
    assert re.fullmatch(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)?[A-Za-z0-9_][A-Za-z0-9_.-]*\.png", name)
    assert name != "cover.png"
    assert found.remarks == ()
    assert opened(found).size == (40, 30)


@pytest.mark.parametrize(
    ("written", "there"), [("map.png", "Map.PNG"), ("Img/map.png", "img/map.png")]
)
def test_other_letter_case_is_found_with_advice(tmp_path: Path, written: str, there: str) -> None:
    save(tmp_path / "source" / there)
    (remark,) = collect(tmp_path, f"![A map]({written})\n").remarks
    assert (remark.code, remark.level, str(remark.span)) == (
        "image-case",
        Level.ADVICE,
        "source/x.md:6",
    )
    assert f"source/{there}" in remark.message


def test_letters_that_are_composed_in_another_way_are_the_same(tmp_path: Path) -> None:
    save(tmp_path / "source" / unicodedata.normalize("NFD", "Йод.png"))
    assert collect(tmp_path, "![A map](Йод.png)\n").files


def test_the_version_of_a_language_is_used_under_any_name(tmp_path: Path) -> None:
    save(tmp_path / "images/my map.png")
    save(tmp_path / "images/my map.ru.png", (80, 30))
    text = "![A map](../images/my%20map.png)\n"
    english, russian = (collect(tmp_path, text, tag) for tag in ("en", "ru"))
    assert (opened(english).size, opened(russian).size) == ((40, 30), (80, 30))
    assert list(english.files) == list(russian.files)


@pytest.mark.parametrize("written", ["../../map.png", "/../map.png", "../.git/map.png"])
def test_no_image_comes_from_outside_of_the_workspace(tmp_path: Path, written: str) -> None:
    root = tmp_path / "work"
    (root / "source").mkdir(parents=True)
    for place in (tmp_path, root / ".git"):
        save(place / "map.png")
    with pytest.raises(PublishError) as caught:
        collect(root, f"![A map]({written})\n")
    assert caught.value.code == "image-refused"


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    save(tmp_path / "map.png")
    (tmp_path / "work/source").mkdir(parents=True)
    (tmp_path / "work/source/map.png").symlink_to(tmp_path / "map.png")
    with pytest.raises(PublishError, match="a link that leads out of the workspace"):
        collect(tmp_path / "work", "![A map](map.png)\n")


def test_missing_images_are_told_at_once_with_the_nearest_names(tmp_path: Path) -> None:
    save(tmp_path / "images/map-of-osh.png")
    save(tmp_path / "source/icon.png")
    with pytest.raises(FindingsError) as caught:
        collect(tmp_path, "![A](map-of-ohs.png)\n\n![B](icon.jpg)\n\n![C](icon.png)\n")
    assert [(one.code, str(one.span)) for one in caught.value.findings] == [
        ("image-missing", "source/x.md:6"),
        ("image-missing", "source/x.md:8"),
    ]
    hints = [one.hint for one in caught.value.findings]
    assert "the nearest: ../images/map-of-osh.png" in hints[0]
    assert "icon.png" in hints[1]


def test_two_files_that_differ_in_case_only_have_two_names(tmp_path: Path) -> None:
    save(tmp_path / "source/map.png")
    save(tmp_path / "source/Map.png", (20, 20))
    found = collect(tmp_path, "![A](map.png) ![B](Map.png)\n")
    assert len({name.lower() for name in found.files}) == 2


def test_one_file_under_several_paths_is_in_an_edition_once(tmp_path: Path) -> None:
    save(tmp_path / "source/map.png")
    found = collect(tmp_path, "![A](map.png)\n\n![B](./map.png)\n\n![C](map.png?raw=true)\n")
    assert list(found.files) == ["map.png"]
    assert {picture.name for picture in found.pictures.values()} == {"map.png"}


# --------------------------------------------------------------------------- kinds and colours


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_a_picture_stands_upright(tmp_path: Path, suffix: str, turn: int) -> None:
    image = Image.new("RGB", (64, 32), "white")
    image.paste("red", (0, 0, 32, 16))
    back = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[turn]
    stored = image if back is None else image.transpose(Image.Transpose(back))
    exif = Image.Exif()
    exif[0x0112] = turn
    path = tmp_path / f"source/a{suffix}"
    path.parent.mkdir()
    options: dict[str, Any] = {"quality": 95} if suffix == ".jpg" else {}
    stored.save(path, exif=exif, **options)
    shown = opened(collect(tmp_path, f"![A](a{suffix})\n")).convert("RGB")
    assert shown.size == (64, 32)
    green: Any = shown.getchannel("G")
    assert green.getpixel((8, 8)) < 60 < 200 < green.getpixel((56, 28))
    assert Image.Exif.get(shown.getexif(), 0x0112) is None


def measure(image: Image.Image, profile: bytes | None) -> list[tuple[float, ...]]:
    """The Lab values of some pixels, by the profile in the file or sRGB."""
    given = (
        ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else ImageCms.createProfile("sRGB")
    )
    lab: Any = ImageCms.profileToProfile(
        image, given, ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    return [
        (light * 100 / 255, a - 128, b - 128)
        for light, a, b in (lab.getpixel((x, 5)) for x in range(8, lab.width, 16))
    ]


@pytest.mark.parametrize(
    ("mode", "kind", "patches"),
    [
        ("RGB", "jpeg", [(200, 80, 60), (90, 130, 90), (60, 70, 140), (128, 128, 128)]),
        ("RGB", "png", [(200, 80, 60), (90, 130, 90), (60, 70, 140), (250, 240, 230)]),
        ("RGB", "tiff", [(200, 80, 60), (90, 130, 90), (60, 70, 140), (10, 10, 10)]),
        ("CMYK", "jpeg", [(0, 60, 60, 0), (60, 0, 60, 30), (20, 20, 20, 0), (0, 0, 0, 160)]),
        ("CMYK", "tiff", [(0, 60, 60, 0), (60, 0, 60, 30), (20, 20, 20, 0), (0, 0, 0, 160)]),
    ],
)
def test_colours_are_those_of_the_profile(
    tmp_path: Path, mode: str, kind: str, patches: list[tuple[int, ...]]
) -> None:
    profile = make_press_profile() if mode == "CMYK" else make_wide_profile()
    image = Image.new(mode, (16 * len(patches), 16))
    for at, patch in enumerate(patches):
        image.paste(patch, (16 * at, 0, 16 * at + 16, 16))
    (tmp_path / "source").mkdir()
    path = tmp_path / f"source/a.{kind}"
    image.save(
        path,
        kind,
        icc_profile=profile,
        **({"quality": 100, "subsampling": 0} if kind == "jpeg" else {}),
    )
    with Image.open(path) as stored:
        wanted = measure(stored, profile)
    shown = opened(collect(tmp_path, f"![A](a.{kind})\n"))
    assert (shown.mode, "icc_profile" in shown.info) == ("RGB", False)
    for one, other in zip(wanted, measure(shown, None), strict=True):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 <= 2, (one, other)


def test_a_profile_of_srgb_changes_no_pixel(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = save(tmp_path / "source/a.png", icc_profile=profile)
    shown = opened(collect(tmp_path, "![A](a.png)\n"))
    assert shown.tobytes() == Image.open(path).tobytes()


def test_printing_colours_without_a_profile_are_converted_with_advice(tmp_path: Path) -> None:
    save(tmp_path / "source/a.jpg", mode="CMYK")
    found = collect(tmp_path, "![A](a.jpg)\n")
    assert opened(found).mode == "RGB"
    assert [(one.code, one.level) for one in found.remarks] == [("image-colors", Level.ADVICE)]


@pytest.mark.parametrize("value", [0, 257, 40000, 65535])
def test_sixteen_bits_become_eight(tmp_path: Path, value: int) -> None:
    path = tmp_path / "source/a.png"
    path.parent.mkdir()
    Image.new("I;16", (9, 9), value).save(path)
    shown = opened(collect(tmp_path, "![A](a.png)\n"))
    assert (shown.mode, shown.getpixel((4, 4))) == ("L", round(value / 257))


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "RGB"])
def test_usual_images_keep_their_pixels(tmp_path: Path, mode: str) -> None:
    path = save(tmp_path / "source/a.png", mode=mode)
    shown = opened(collect(tmp_path, "![A](a.png)\n"))
    assert shown.convert("RGBA").tobytes() == Image.open(path).convert("RGBA").tobytes()


@pytest.mark.parametrize("suffix", [".tif", ".tiff", ".bmp", ".avif", ".TIFF"])
def test_other_kinds_become_png_or_jpeg(tmp_path: Path, suffix: str) -> None:
    save(tmp_path / f"source/a{suffix}")
    found = collect(tmp_path, f"![A](a{suffix})\n")
    assert opened(found).format == ("JPEG" if suffix == ".avif" else "PNG")
    assert {Path(name).suffix for name in found.files} <= {".png", ".jpg"}


@pytest.mark.parametrize(("suffix", "kind"), [(".png", "JPEG"), (".jpg", "PNG"), (".gif", "WEBP")])
def test_the_kind_is_told_by_the_file_not_by_its_name(
    tmp_path: Path, suffix: str, kind: str
) -> None:
    save(tmp_path / f"source/a{suffix}", format=kind)
    found = collect(tmp_path, f"![A](a{suffix})\n")
    (name,) = found.files
    assert Path(name).suffix == {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[kind]


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png"])
def test_of_a_moving_picture_the_first_is_shown_with_advice(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "source").mkdir()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / f"source/a{suffix}", save_all=True, append_images=frames[1:])
    found = collect(tmp_path, f"![A](a{suffix})\n")
    shown = opened(found)
    assert getattr(shown, "n_frames", 1) == 1
    red: Any = shown.convert("RGB").getchannel("R")
    assert red.getpixel((9, 9)) > 240
    assert [one.code for one in found.remarks] == ["image-animated"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "image-broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image-broken"),
        (b"II*\0" + b"\xff" * 40, "image-broken"),
        (b"%PDF-1.7", "image-broken"),
    ],
)
def test_what_is_no_image_is_refused_with_its_line(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/a.png").write_bytes(data)
    with pytest.raises(PublishError) as caught:
        collect(tmp_path, "![A](a.png)\n")
    assert (caught.value.code, str(caught.value.span)) == (code, "source/x.md:6")


def test_a_picture_that_unpacks_to_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = save(tmp_path / "source/a.bmp", (10, 10))
    data = bytearray(path.read_bytes())
    data[18:26] = (40_000).to_bytes(4, "little") * 2
    path.write_bytes(bytes(data))
    with pytest.raises(PublishError) as caught:
        collect(tmp_path, "![A](a.bmp)\n")
    assert caught.value.code == "image-size"


# --------------------------------------------------------------------------- sizes


@pytest.mark.parametrize(
    ("size", "written", "width"),
    [
        ((4000, 3000), "![A](a.png)\n", 1633),
        ((1600, 1200), "![A](a.png)\n", 1600),
        ((4000, 3000), "![A](a.png){width=50%}\n", 817),
        ((4000, 3000), "![A](a.png){width=3cm}\n", 354),
        ((4000, 3000), "![A](a.png){width=300px}\n", 938),
        ((4000, 3000), "![A](a.png){height=3cm}\n", 472),
        ((4000, 3000), "![A](a.png){width=300}\n\n![B](a.png)\n", 1633),
        ((512, 512), "One ![A](a.png) line.\n", 50),
        ((512, 512), "## Head ![A](a.png)\n", 92),
    ],
)
def test_an_image_has_no_more_pixels_than_its_print_shows(
    tmp_path: Path, size: tuple[int, int], written: str, width: int
) -> None:
    save(tmp_path / "source/a.png", size)
    assert opened(collect(tmp_path, written)).width == width


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    for place in ("one", "two"):
        save(tmp_path / place / "source/a.jpg", (3000, 2000), quality=80)
    found = [collect(tmp_path / place, "![A](a.jpg)\n").files for place in ("one", "two")]
    assert found[0] == found[1]


# --------------------------------------------------------------------------- editions


TEXT = """# Findings ![icon](icon.png)

Some text before
![Map](../images/my map.png)
and after.

An icon ![sun](icon.png) in a line, and ![](icon.png) without words.

![Wide](<../images/my map.png>){width=50%}

*A caption.*

![One](icon.png) ![Two](./icon.png) ![Three](Карта.jpg)

[![Linked](Карта.jpg)](https://example.org/page)

![](Карта.jpg)

![](icon.png){decorative}

- ![In a list](icon.png){height=2cm}
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("pictures")
    (root / "publish.toml").write_text(
        'source-language = "en"\nlanguages = ["en", "ru"]\nformats = ["pdf", "epub"]\n'
        'pages = ["a4", "phone"]\nbilingual = ["en+ru"]\n',
        encoding="utf-8",
    )
    save(root / "source/icon.png", (64, 64))
    save(root / "source/Карта.jpg", (300, 200))
    save(root / "images/my map.png", (1200, 800))
    (root / "source/x.md").write_text(HEAD + TEXT, encoding="utf-8")
    opened = open_workspace(root)
    loader = Loader(opened)
    language = find("ru")
    loader.save(loader.translation("x", language), loader.catalog_or_new(language, "x"))
    return opened


@pytest.fixture(scope="module")
def built(workspace: Workspace) -> dict[str, bytes]:
    editions = workspace.editions((), ("x",), ("pdf", "epub"))
    found = {}
    for outcome in build(Loader(workspace), editions, workers=2):
        assert outcome.error is None, outcome.error
        path = workspace.output(outcome.edition)
        found[path.relative_to(path.parents[1]).as_posix()] = path.read_bytes()
    return found


def images_of(book: bytes) -> list[Any]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        pages = sorted(name for name in archive.namelist() if "/text-" in name)
        return [
            image
            for page in pages
            for image in etree.fromstring(archive.read(page)).iter(f"{HTML}img")
        ]


def test_every_image_of_a_book_is_in_it_and_described(built: dict[str, bytes]) -> None:
    images = images_of(built["en/x.epub"])
    with zipfile.ZipFile(io.BytesIO(built["en/x.epub"])) as archive:
        assert {f"EPUB/{image.get('src')}" for image in images} <= set(archive.namelist())
        assert all(name.isascii() and " " not in name for name in archive.namelist())
    assert [(image.get("alt"), image.get("role")) for image in images] == [
        ("icon", None),
        ("Map", None),
        ("sun", None),
        ("Picture without description", None),
        ("Wide", None),
        ("One", None),
        ("Two", None),
        ("Three", None),
        ("Linked", None),
        ("Picture without description", None),
        ("", "presentation"),
        ("In a list", None),
    ]
    assert [image.get("class") for image in images[:4]] == [
        "icon",
        "picture-inline",
        "icon",
        "icon undescribed",
    ]
    assert images[4].get("style") == "width: 50%"
    assert images[-1].get("style") == "width: 2cm"


def test_the_words_for_no_description_are_those_of_the_edition(built: dict[str, bytes]) -> None:
    alts = [image.get("alt") for image in images_of(built["ru/x.epub"])]
    assert alts.count("Изображение без описания") == 2


def test_rows_links_and_captions_are_in_the_book(built: dict[str, bytes]) -> None:
    images = images_of(built["en/x.epub"])
    row = images[5].getparent().getparent()
    assert (row.get("class"), len(row)) == ("row row-3", 3)
    assert images[8].getparent().get("href") == "https://example.org/page"
    assert "".join(images[4].getparent().itertext()).strip() == "A caption."


def test_contents_have_no_icons(built: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(built["en/x.epub"])) as archive:
        nav = archive.read("EPUB/nav.xhtml")
    assert b"<img" not in nav
    assert b">Findings</a>" in nav
    outline: Any = pypdf.PdfReader(io.BytesIO(built["en/x.pdf"])).outline
    assert "Findings" in [one.title for one in outline if not isinstance(one, list)]


def alternatives(tag: Any) -> Iterator[str]:
    """The descriptions of the figures in a tag tree, in their order."""
    found = tag.get_object()
    if isinstance(found, list):
        for kid in found:
            yield from alternatives(kid)
    elif isinstance(found, dict):
        if found.get("/S") == "/Figure":
            yield str(found["/Alt"])
        yield from alternatives(found.get("/K", pypdf.generic.NullObject()))


@pytest.mark.parametrize("name", ["en/x.pdf", "en/x.phone.pdf", "ru/x.pdf", "en+ru/x.pdf"])
def test_the_images_of_a_pdf_are_described_but_for_decoration(
    built: dict[str, bytes], name: str
) -> None:
    root: Any = pypdf.PdfReader(io.BytesIO(built[name])).trailer["/Root"]
    alts = list(alternatives(root["/StructTreeRoot"]))
    assert "" not in alts
    assert sum("Linked" in alt for alt in alts) == 1
    undescribed = ("Picture without description", "Изображение без описания")
    assert sum(any(words in alt for words in undescribed) for alt in alts) >= 2


def test_an_edition_without_descriptions_is_audited_as_it_is(
    workspace: Workspace, built: dict[str, bytes]
) -> None:
    from publish.actions.check import check_built

    assert built
    assert check_built(Loader(workspace)).findings == ()


def test_check_warns_of_missing_descriptions(workspace: Workspace) -> None:
    found = check_translations(Loader(workspace), ("x",)).sources
    bare = [one for one in found if one.code == "image-undescribed"]
    assert [(one.level, one.span and one.span.first) for one in bare] == [
        (Level.WARNING, 12),
        (Level.WARNING, 22),
    ]


def test_check_looks_at_the_files(tmp_path: Path) -> None:
    (tmp_path / "publish.toml").write_text('source-language = "en"\nlanguages = ["ru"]\n')
    (tmp_path / "source").mkdir()
    (tmp_path / "source/a.png").write_bytes(b"no image")
    text = HEAD + "![A](a.png)\n\n![B](b.png)\n"
    (tmp_path / "source/x.md").write_text(text)
    workspace = open_workspace(tmp_path)
    codes = [one.code for one in check_translations(Loader(workspace), ("x",)).sources]
    assert {"image-broken", "image-missing"} <= set(codes)


def test_a_source_with_other_errors_names_its_missing_images_too(tmp_path: Path) -> None:
    (tmp_path / "publish.toml").write_text('source-language = "en"\nlanguages = ["ru"]\n')
    (tmp_path / "source").mkdir()
    text = HEAD + "[a](javascript:1)\n\n![B](b.png)\n\n![C](https://example.org/c.png)\n"
    (tmp_path / "source/x.md").write_text(text)
    with pytest.raises(FindingsError) as caught:
        Loader(open_workspace(tmp_path)).source("x")
    assert [one.code for one in caught.value.findings] == [
        "link-scheme",
        "image-missing",
        "image-remote",
    ]


def test_a_changed_image_outside_of_the_folder_is_another_edition(tmp_path: Path) -> None:
    from publish.building.keys import make_edition_key

    (tmp_path / "publish.toml").write_text('source-language = "en"\nlanguages = ["en"]\n')
    (tmp_path / "source").mkdir()
    (tmp_path / "source/x.md").write_text(HEAD + "![A](../images/a%20b.png)\n")
    save(tmp_path / "images/a b.png")
    workspace = open_workspace(tmp_path)
    (edition,) = workspace.editions(("en",), ("x",), ("epub",))
    before = make_edition_key(Loader(workspace), edition, use_fuzzy=False)
    save(tmp_path / "images/a b.png", (41, 30))
    assert make_edition_key(Loader(workspace), edition, use_fuzzy=False) != before
