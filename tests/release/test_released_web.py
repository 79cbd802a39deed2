"""Pages of HTML in a release: linked by their names there, first to be read, proved as all else."""

from __future__ import annotations

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from releasecases import contents, parsed, series

from publish.cli.main import main

XHTML = "{http://www.w3.org/1999/xhtml}"
WHERE = '"../'


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = series(tmp_path_factory.mktemp("web") / "work", "alpha", "beta")
    with (root / "publish.toml").open("a", encoding="utf-8") as settings:
        settings.write('formats = ["epub", "html"]\nbilingual = ["en+ru"]\n')
    return root


@pytest.fixture(scope="module")
def released(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "release"
    assert main(["release", "-q", "--unsigned", "-C", str(workspace), "--into", str(folder)]) == 0
    return folder


def leads_to(page: bytes) -> list[str]:
    nav = re.search(rb'<nav id="edition-languages".*?</nav>', page)
    assert nav is not None
    return re.findall(r'href="([^"]*)"', nav[0].decode())


def test_released_pages_lead_to_one_another_by_their_names(released: Path) -> None:
    files = contents(released)
    pages = sorted(name for name in files if re.fullmatch(r"alpha\..*\.html", name))
    assert pages == ["alpha.en+ru.draft.html", "alpha.en.original.html", "alpha.ru.draft.html"]
    for name in pages:
        wanted = ["alpha.en.original.html", "alpha.ru.draft.html", "alpha.en%2Bru.draft.html"]
        assert leads_to(files[name]) == wanted
        assert WHERE.encode() not in files[name]


@pytest.mark.full
def test_a_page_leads_to_no_language_that_is_not_released(workspace: Path, tmp_path: Path) -> None:
    into = tmp_path / "out"
    where = ["-C", str(workspace), "--into", str(into)]
    assert main(["build", "-q", "-C", str(workspace)]) == 0
    assert main(["release", "-q", "--unsigned", "-l", "en", *where]) == 0
    assert leads_to((into / "alpha.en.original.html").read_bytes()) == []
    assert main(["verify", str(into), "-q", "--rebuild", "-C", str(workspace)]) == 5


def test_a_work_is_read_on_its_page_of_html(released: Path) -> None:
    files = contents(released)
    for page, name in (("en.html", "alpha.en.original.html"), ("ru.html", "alpha.ru.draft.html")):
        hrefs = [read(one) for one in parsed(files[page]).iter(f"{XHTML}p") if is_read(one)]
        assert hrefs == [name, name.replace("alpha", "beta")]
    index = [read(one) for one in parsed(files["index.html"]).iter(f"{XHTML}p") if is_read(one)]
    assert sorted(index) == sorted(name for name in files if re.search(r"\.\w\w\.\w+\.html", name))
    assert "Читать сейчас" in files["ru.html"].decode()


def is_read(element: etree._Element) -> bool:
    return element.get("class") == "read"


def read(element: etree._Element) -> str:
    return element[0].get("href") or ""


def test_releases_without_pages_offer_none(tmp_path: Path) -> None:
    root = series(tmp_path / "work", "alpha")
    with (root / "publish.toml").open("a", encoding="utf-8") as settings:
        settings.write('formats = ["epub"]\n')
    into = tmp_path / "out"
    assert main(["release", "-q", "--unsigned", "-C", str(root), "--into", str(into)]) == 0
    assert (
        b'class="read"' not in (into / "en.html").read_bytes() + (into / "index.html").read_bytes()
    )


def test_a_page_in_an_archive_is_the_one_in_the_folder(released: Path) -> None:
    files = contents(released)
    with zipfile.ZipFile(BytesIO(files["alpha.ru.draft.zip"])) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith("alpha.ru.draft.html")]
        assert archive.read(name) == files["alpha.ru.draft.html"]


@pytest.mark.full
def test_a_release_with_pages_is_verified_and_built_again(
    workspace: Path, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(released), "--rebuild", "-C", str(workspace)]) == 5
    told = "".join(capsys.readouterr())
    assert len(re.findall(r"^same .*\.html$", told, re.MULTILINE)) == 6
    assert "differs" not in told


def test_one_flipped_bit_of_a_page_is_found(released: Path, tmp_path: Path) -> None:
    shutil.copytree(released, tmp_path / "copy")
    page = tmp_path / "copy/alpha.ru.draft.html"
    data = bytearray(page.read_bytes())
    data[len(data) // 2] ^= 1
    page.write_bytes(data)
    assert main(["verify", "-q", str(tmp_path / "copy")]) == 1


def test_feeds_have_pages_with_their_type(released: Path) -> None:
    feed = parsed((released / "feed.xml").read_bytes())
    links = [one for one in feed.iter("{*}link") if one.get("href", "").endswith("draft.html")]
    assert len(links) == 4
    assert {one.get("type") for one in links} == {"text/html"}
