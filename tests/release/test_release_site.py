"""The feeds of a release against grammars, its pages as programs read them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Golden
from jsonschemas import wrong
from lxml import etree
from releasecases import ROOT, Released, contents, parsed
from steady import steady

from publish.cli.main import main
from publish.release.manifest import read_manifest
from publish.release.releasefolder import MANIFEST

SCHEMAS = ROOT / "tests/schemas"
XHTML = "{http://www.w3.org/1999/xhtml}"

# --------------------------------------------------------------------------- feeds


def schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(str(SCHEMAS / name)))


def test_the_atom_feed_is_valid(released: Released) -> None:
    grammar = schema("atom.rng")
    tree = parsed(released.files["feed.xml"])
    assert grammar.validate(tree), grammar.error_log
    entries = tree.findall("{*}entry")
    assert len(entries) == 4
    assert len({entry.findtext("{*}id") for entry in entries}) == 4


@pytest.mark.parametrize("name", ["opds.xml", "alpha.opds.xml", "beta.opds.xml"])
def test_the_first_catalog_is_valid(released: Released, name: str) -> None:
    grammar = schema("opds-1.2.rng")
    tree = parsed(released.files[name])
    assert grammar.validate(tree), grammar.error_log


BROKEN: list[tuple[str, str, str]] = [
    ("atom.rng", r"<id>urn:", "<id>"),
    ("atom.rng", r"T00:00:00Z", "T10:11:00Z"),
    ("atom.rng", r"<updated>.*?</updated>", ""),
    ("atom.rng", r"<name>.*?</name>", "<name/>"),
    ("opds-1.2.rng", r'<link rel="self".*?/>', ""),
    ("opds-1.2.rng", r'<link rel="http://opds-spec.org/acquisition.*?/>', ""),
    ("opds-1.2.rng", r'<link rel="http://opds-spec.org/image.*?/>', ""),
    ("opds-1.2.rng", r'<link rel="collection".*?/>', ""),
    ("opds-1.2.rng", r'length="', 'length="-'),
    ("opds-1.2.rng", r"<dc:language>..", "<dc:language>?"),
]


@pytest.mark.parametrize(("grammar", "found", "instead"), BROKEN)
def test_a_broken_feed_is_not_valid(
    released: Released, grammar: str, found: str, instead: str
) -> None:
    name = "feed.xml" if grammar == "atom.rng" else "opds.xml"
    text, count = re.subn(found, instead, released.files[name].decode())
    assert count
    assert not schema(grammar).validate(parsed(text.encode()))


def test_the_second_catalog_is_valid_and_groups_languages(released: Released) -> None:
    rules = json.loads((SCHEMAS / "opds-2.0.schema.json").read_text("utf-8"))
    feed = json.loads(released.files["opds.json"])
    assert wrong(feed, rules, rules) == []
    groups = feed["groups"]
    languages = [[one["metadata"]["language"] for one in g["publications"]] for g in groups]
    assert languages == [["en", "ru"], ["en", "ru"]]


BREAKS: list[Callable[[Any], object]] = [
    lambda feed: feed.pop("metadata"),
    lambda feed: feed["links"][0].update(rel="start"),
    lambda feed: feed.update(groups=[]),
    lambda feed: feed["groups"][0]["publications"][0]["metadata"].pop("title"),
    lambda feed: feed["groups"][0]["publications"][0]["metadata"].update(modified="2024"),
    lambda feed: feed["groups"][0]["publications"][0]["links"].clear(),
    lambda feed: feed["groups"][0]["publications"][0]["links"][0].update(href="a b"),
    lambda feed: feed["groups"][1]["publications"][1]["images"][0].update(type="image/x"),
]


@pytest.mark.parametrize("number", range(len(BREAKS)))
def test_a_broken_second_catalog_is_not_valid(released: Released, number: int) -> None:
    rules = json.loads((SCHEMAS / "opds-2.0.schema.json").read_text("utf-8"))
    feed = json.loads(released.files["opds.json"])
    BREAKS[number](feed)
    assert wrong(feed, rules, rules) != []


def test_languages_of_a_work_lead_to_one_feed(released: Released) -> None:
    tree = parsed(released.files["opds.xml"])
    works: dict[str, set[str]] = {}
    for entry in tree.iterfind("{*}entry"):
        (link,) = entry.xpath("*[@rel='collection']/@href")
        works.setdefault(str(link), set()).add(str(entry.findtext("{*}isVersionOf")))
    assert works.keys() == {"alpha.opds.xml", "beta.opds.xml"}
    assert all(len(names) == 1 for names in works.values())


def test_every_address_of_the_feeds_leads_to_a_file(released: Released) -> None:
    files = released.files
    for name in (one for one in files if one.endswith(".xml")):
        for link in parsed(files[name]).iter("{*}link"):
            target = files[str(link.get("href"))]
            assert link.get("length") in (None, str(len(target)))


def test_a_base_address_makes_addresses_whole(released: Released, tmp_path: Path) -> None:
    root = tmp_path / "work"
    shutil.copytree(released.workspace, root)
    with (root / "publish.toml").open("a") as file:
        file.write('base-url = "https://example.org/reports"\n')
    assert main(["release", "-q", "-C", str(root), "--unsigned", "--document", "alpha"]) == 0
    files = contents(root / "build/release")
    for name in ("feed.xml", "opds.xml", "alpha.opds.xml"):
        for link in parsed(files[name]).iter("{*}link"):
            assert str(link.get("href")).startswith("https://example.org/reports/")
    heads = parsed(files["ru.html"]).iter(f"{XHTML}link")
    leads = {link.get("hreflang"): link.get("href") for link in heads}
    assert leads["en"] == "https://example.org/reports/en.html"


# --------------------------------------------------------------------------- whole

WHOLE = (
    *("index.html", "en.html", "ru.html", "verify.ru.html", "changes.ru.html"),
    *("feed.xml", "opds.xml", "alpha.opds.xml", "opds.json", "manifest.json"),
)


@pytest.mark.parametrize("name", WHOLE)
def test_a_release_tells_what_it_told(released: Released, golden: Golden, name: str) -> None:
    golden(Path("cases/release") / name, steady(released.files[name].decode()))


# --------------------------------------------------------------------------- pages


def pages(files: dict[str, bytes]) -> dict[str, Any]:
    return {n: parsed(data) for n, data in files.items() if n.endswith(".html")}


def test_pages_run_nothing_and_load_nothing_from_elsewhere(released: Released) -> None:
    files = released.files
    found = pages(files)
    assert len(found) == 8
    for name, root in found.items():
        assert not list(root.iter(f"{XHTML}script", f"{XHTML}iframe", f"{XHTML}form")), name
        assert not [
            a for one in root.iter(etree.Element) for a in one.attrib if str(a).startswith("on")
        ]
        for link in root.iter(f"{XHTML}a", f"{XHTML}img"):
            assert str(link.get("href") or link.get("src")) in files, name
        styles = "".join(root.itertext(f"{XHTML}style"))
        assert "url(" not in styles
        assert "@import" not in styles


def test_pages_name_each_other_by_language(released: Released) -> None:
    for tag in ("en", "ru"):
        root = parsed(released.files[f"{tag}.html"])
        assert root.get("lang") == tag
        links = root.xpath("//*[local-name()='link'][@hreflang]")
        assert {link.get("hreflang"): link.get("href") for link in links} == {
            "en": "en.html",
            "ru": "ru.html",
            "x-default": "index.html",
        }
        assert [a.get("lang") for a in root.iter(f"{XHTML}a") if a.get("aria-current")] == [tag]


def test_pages_tell_state_size_pages_and_checksum_of_every_file(released: Released) -> None:
    manifest = read_manifest(released.files[MANIFEST])
    for name in ("ru.html", "index.html"):
        text = " ".join("".join(parsed(released.files[name]).itertext()).split())
        assert "Черновой перевод, не проверен" in text
        for one in manifest.files:
            if ".ru." in one.name and one.kind in ("edition", "bundle"):
                assert one.sha256 in text
        assert re.search(r"\d кБ, страниц: \d", text)


def test_machines_read_a_book_and_its_files(released: Released) -> None:
    """Microdata with names of schema.org; a translation leads to its original."""
    root = parsed(released.files["ru.html"])
    books = root.xpath("//*[local-name()='article'][@itemtype='https://schema.org/Book']")
    assert len(books) == 2
    for book in books:
        names = {str(one) for one in book.xpath(".//@itemprop")}
        assert {"name", "inLanguage", "translationOfWork", "encoding", "contentUrl"} <= names
    original = parsed(released.files["en.html"])
    assert "workTranslation" in {str(one) for one in original.xpath("//@itemprop")}


def test_how_to_check_names_the_key_and_the_unsigned_page_does_not(
    released: Released, tmp_path: Path
) -> None:
    word = released.key.with_suffix(".pub").read_text("utf-8").splitlines()[1]
    assert word in released.files["verify.ru.html"].decode()
    into = tmp_path / "out"
    command = ["release", "-q", "-C", str(released.workspace), "--unsigned", "--into", str(into)]
    assert main(command) == 0
    page = (into / "verify.ru.html").read_text("utf-8")
    assert "minisign" not in page
    assert "Издатель не подписал эти файлы" in page
