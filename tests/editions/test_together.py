"""A page with all languages: one file, each language whole in it, one shown at a time."""

from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import polib
import pytest
import tinyhtml5  # type: ignore[import-untyped]
from editionletters import book_blocks, fold_letters, page_words
from lxml import etree
from pagedamages import sub
from PIL import Image

from publish.building.auditing import audit_built
from publish.building.builds import build
from publish.building.pairing import join_texts
from publish.building.preparing import prepare
from publish.cli.main import main
from publish.editions.audit.webpages import open_page
from publish.editions.page.bilingual import make_edition_tree
from publish.editions.writers import write_edition
from publish.errors import UsageError
from publish.languages.registry import find
from publish.model import Edition
from publish.project.workspace import Workspace, open_workspace
from publish.release.manifest import read_manifest
from publish.translation.loading import Loader

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
TAGS = ("en", "ru", "fa")
SETTINGS = (
    'source-language = "en"\nlanguages = ["en", "ru", "fa"]\nformats = ["html"]\n'
    'html = "together"\nbilingual = ["en+ru"]\n'
)
SOURCE = """---
title: The water report
author: The authors
published: 2024-06-24
---

# Water {#water}

The well is dry.[^1] See [the numbers](#numbers).

![The well](well.png)

1. Dig a new well.

# Numbers {#numbers}

Table: Water by village

| Village | Litres |
|---|---|
| Kenar | 120 |

![The plan](plan.png)

[^1]: Seen in May.
"""
WORDS = {
    "ru": {"The well is dry.[^1]": "Колодец высох.[^1]", "The well": "Колодец", "Water": "Вода"},
    "fa": {"The well is dry.[^1]": "چاه خشک است.[^1]", "The well": "چاه", "Water": "آب"},
}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("together")
    write(root)
    assert main(["build", "-q", "--workers", "1", "-C", str(root)]) == 0
    return open_workspace(root)


def write(root: Path) -> None:
    (root / "source").mkdir()
    (root / "publish.toml").write_text(SETTINGS, "utf-8")
    (root / "source/water.md").write_text(SOURCE, "utf-8")
    for name, size in {"well": (80, 60), "plan": (60, 60), "plan.ru": (60, 50)}.items():
        Image.effect_noise(size, 90).save(root / f"source/{name}.png")
    assert main(["update", "-q", "-C", str(root)]) == 0
    for tag, words in WORDS.items():
        catalog = polib.pofile(str(root / f"locales/{tag}/LC_MESSAGES/water.po"))
        for entry in catalog:
            entry.msgstr = words.get(entry.msgid, "")
        catalog.save()


@pytest.fixture(scope="module")
def page(work: Workspace) -> bytes:
    return (work.root / "build/mul/water.html").read_bytes()


@pytest.fixture(scope="module")
def parts(page: bytes) -> dict[str, etree._Element]:
    root = open_page("page.html", page).root
    return {str(e.get("id")): e for e in root.iter(f"{HTML}article")}


def whole(work: Workspace) -> Edition:
    return Edition(document="water", language="en", format="html", further=("ru", "fa"))


# --------------------------------------------------------------------------- what is in it


def test_each_language_has_one_part_in_its_direction(parts: dict[str, etree._Element]) -> None:
    found = {tag: (part.get("lang"), part.get("dir")) for tag, part in parts.items()}
    assert found == {"en": ("en", "ltr"), "ru": ("ru", "ltr"), "fa": ("fa", "rtl")}


def test_ids_are_there_once_and_links_stay_in_their_language(
    page: bytes, parts: dict[str, etree._Element]
) -> None:
    root = open_page("page.html", page).root
    ids = Counter(e.get("id") for e in root.iter(etree.Element) if e.get("id"))
    assert {one: count for one, count in ids.items() if count > 1} == {}
    assert {f"{tag}.p{number}" for tag in TAGS for number in (1, 2)} <= set(ids)
    for tag, part in parts.items():
        own = {e.get("id") for e in part.iterdescendants(etree.Element)}
        links = [e for e in part.iter(f"{HTML}a") if not e.get("hreflang")]
        hrefs = {(e.get("href") or "").removeprefix("#") for e in links}
        assert hrefs <= own
        assert f"{tag}.p1" in hrefs
        named = {e.get("aria-labelledby") for e in part.iter(etree.Element)} - {None}
        assert named
        assert named <= own


def test_each_part_leads_to_all_and_names_itself(parts: dict[str, etree._Element]) -> None:
    for tag, part in parts.items():
        links = [e for e in part.iter(f"{HTML}a") if e.get("hreflang")]
        assert [e.get("href") for e in links] == ["#en", "#ru", "#fa"]
        assert [e.get("lang") for e in links] == list(TAGS)
        assert [e.get("href") for e in links if e.get("aria-current")] == [f"#{tag}"]
        (header,) = part.iter(f"{HTML}header")
        states = [e for e in header if "state" in (e.get("class") or "")]
        assert len(states) == (0 if tag == "en" else 1)


@pytest.mark.parametrize("tag", TAGS)
def test_each_part_has_the_letters_of_its_book_in_order_of_its_page(
    work: Workspace, parts: dict[str, etree._Element], tag: str
) -> None:
    """Law (same letters): each language is whole, as in its EPUB and on a page of its own."""
    text = prepare(Loader(work), "water", find(tag), use_fuzzy=False)
    tree = make_edition_tree(text.text, text.materials)
    own = open_page("x", write_edition("html", text.text, tree, text.materials).data).root
    blocks = book_blocks(write_edition("epub", text.text, tree, text.materials).data)
    found = fold_letters(page_words(parts[tag]))
    identifiers = re.compile("urnuuid[0-9a-f]{32}")
    assert identifiers.sub("", found) == identifiers.sub("", fold_letters(page_words(own[1])))
    wanted = "".join(blocks)
    assert Counter(identifiers.sub("", found)) == Counter(identifiers.sub("", wanted))


def test_a_picture_is_there_once_and_described_in_each_language(
    work: Workspace, page: bytes, parts: dict[str, etree._Element]
) -> None:
    assert page.count(b"data:image/png;base64,") == 3
    kept = list(open_page("page.html", page).root.iter(f"{SVG}image"))
    for image, name in zip(kept, ("well.png", "plan.png"), strict=True):
        assert read(image.get("href")) == (work.root / "source" / name).read_bytes()
    assert (kept[0].get("width"), kept[0].get("height")) == ("80", "60")
    told = {}
    for tag, part in parts.items():
        drawing, *rest = part.iter(f"{SVG}svg")
        assert drawing.get("viewBox") == "0 0 80 60"
        assert drawing[0].get("href") == f"#{kept[0].get('id')}"
        told[tag] = drawing.get("aria-label")
        assert len(rest) == (0 if tag == "ru" else 1)
    assert told == {"en": "The well", "ru": "Колодец", "fa": "چاه"}
    (own,) = parts["ru"].iter(f"{HTML}img")
    assert read(own.get("src")) == (work.root / "source/plan.ru.png").read_bytes()


def read(address: str | None) -> bytes:
    return base64.b64decode((address or "").partition(",")[2])


def test_browsers_read_it_as_it_was_written(page: bytes) -> None:
    bare = re.sub(rb"<style>.*?</style>", b"<style></style>", page, flags=re.DOTALL)
    read, written = tinyhtml5.parse(bare.decode()), etree.fromstring(bare)
    assert [str(e.tag) for e in read.iter()] == [str(e.tag) for e in written.iter()]
    assert "".join(read.itertext()) == "".join(map(str, written.itertext()))


def test_each_language_has_its_digits_and_its_printed_foot(page: bytes) -> None:
    css = open_page("page.html", page).css
    assert "--counter: persian" in css.partition('[lang="fa"]')[2].partition("}")[0]
    assert "--counter: decimal" in css.partition('[lang="ru"]')[2].partition("}")[0]
    assert "@page fa{@bottom-right" in css
    assert "@page ru{@bottom-left" in css
    assert "list-style-type: var(--counter)" in css


@pytest.mark.full
def test_embedded_fonts_show_every_language(work: Workspace) -> None:
    loader = Loader(work)
    texts = [prepare(loader, "water", find(tag), use_fuzzy=False) for tag in TAGS]
    joined = join_texts(whole(work), texts)
    materials = replace(joined.materials, embed_fonts=True, families=("Noto Sans Arabic",))
    tree = make_edition_tree(joined.text, materials)
    css = open_page("x", write_edition("html", joined.text, tree, materials).data).css
    assert 'font-family: "Source Serif 4","Noto Sans Arabic",serif' in css
    assert ".language[lang]{font-family: inherit" in css
    assert css.count("data:font/woff2") >= 2


# --------------------------------------------------------------------------- audited


DAMAGES = {
    "a letter of a translation": sub("Колодец высох", "Колодец высoх"),
    "a part lost": sub('<article id="ru".*?</article>', ""),
    "parts exchanged": sub('(<article id="ru".*?</article>)(<article.*?</article>)', r"\2\1"),
    "a part in another language": sub('(<article id="ru"[^>]*lang=)"ru"', r'\1"uk"'),
    "a part in another direction": sub('(<article id="fa"[^>]*dir=)"rtl"', r'\1"ltr"'),
    "a part that is never shown": sub('<article id="ru"', '<article id="ru" hidden="hidden"'),
    "a link into another language": sub('href="#ru.numbers"', 'href="#en.numbers"'),
    "a language that leads elsewhere": sub('href="#ru" hreflang', 'href="#fa" hreflang'),
    "a number of a paragraph": sub('(id="ru.p1".*?>)1', r"\g<1>2"),
    "an id of another language": sub('id="ru.p1"', 'id="fa.p1"'),
    "a description of a picture": sub('aria-label="Колодец"', 'aria-label="Канал"'),
    "a picture without words": sub('aria-label="Колодец"', 'aria-label=""'),
    "a picture that is another": sub("(base64,.{60}).", r"\1A"),
    "a picture from elsewhere": sub('(<image [^>]*href=)"[^"]*"', r'\1"https://example.org/x"'),
    "a picture that is not there": sub('href="#edition-picture-1"', 'href="#edition-picture-2"'),
    "a state of one language": sub("(<article id=.fa.*?class=.state )draft", r"\1approved"),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_to_any_language_is_found(work: Workspace, page: bytes, kind: str) -> None:
    path = work.root / "build/mul/water.html"
    try:
        path.write_bytes(DAMAGES[kind](page))
        found = [one.code for one in audit_built(Loader(work), [whole(work)])]
        assert [code for code in found if code != "built-changed"], kind
    finally:
        path.write_bytes(page)
    assert list(audit_built(Loader(work), [whole(work)])) == []


# --------------------------------------------------------------------------- chosen, built, linked


def names(editions: tuple[Edition, ...]) -> list[str]:
    return [one.languages for one in editions]


def test_the_settings_or_an_option_put_languages_together(work: Workspace) -> None:
    assert names(work.editions()) == ["mul", "en+ru"]
    assert work.editions()[0] == whole(work)
    both = names(work.editions(formats=["pdf", "html"]))
    assert both == ["en", "mul", "ru", "fa", "en+ru", "en+ru"]
    assert names(work.editions(["ru"])) == ["ru"]
    (some,) = work.editions(["fa", "ru"])
    assert some.tags == ("ru", "fa")
    apart = Workspace(work.root, type(work.settings)(languages=TAGS, formats=("html",)))
    assert names(apart.editions()) == list(TAGS)
    assert names(apart.editions(together=True)) == ["mul"]


def test_another_word_in_the_settings_is_refused(work: Workspace, tmp_path: Path) -> None:
    (tmp_path / "publish.toml").write_text('html = "all"\n', "utf-8")
    with pytest.raises(UsageError, match="'all' is not a valid value for html"):
        open_workspace(tmp_path)


def test_it_is_made_anew_when_any_language_changes(tmp_path: Path) -> None:
    write(tmp_path)

    def done() -> dict[str, str]:
        work = open_workspace(tmp_path)
        outcomes = build(Loader(work), work.editions(), workers=1)
        return {one.edition.languages: one.done for one in outcomes}

    assert done() == {"mul": "built", "en+ru": "built"}
    assert done() == {"mul": "unchanged", "en+ru": "unchanged"}
    path = tmp_path / "locales/fa/LC_MESSAGES/water.po"
    path.write_text(path.read_text("utf-8").replace("چاه خشک است", "چاه بی‌آب است"), "utf-8")
    assert done() == {"mul": "built", "en+ru": "unchanged"}
    settings = tmp_path / "publish.toml"
    settings.write_text(SETTINGS.replace(', "fa"', ""), "utf-8")
    assert done() == {"mul": "built", "en+ru": "unchanged"}
    assert b'<article id="fa"' not in (tmp_path / "build/mul/water.html").read_bytes()


def test_pages_beside_it_lead_to_its_parts_and_it_to_them(work: Workspace, page: bytes) -> None:
    pair = (work.root / "build/en+ru/water.html").read_text("utf-8")
    nav = pair.partition('id="edition-languages"')[2].partition("</nav>")[0]
    own = [f"../mul/water.html#{tag}" for tag in ("en", "fa", "ru")]
    assert re.findall('href="([^"]*)"', nav) == [*own, "water.html"]
    assert main(["build", "-q", "-l", "fa", "-C", str(work.root)]) == 0
    path = work.root / "build/fa/water.html"
    assert b'href="../mul/water.html#ru"' in path.read_bytes()
    assert (work.root / "build/mul/water.html").read_bytes() == page
    path.unlink()
    last = page.decode().partition('id="edition-languages"')[2].partition("</div>")[0]
    assert re.findall('href="([^"]*)"', last) == ["../en%2Bru/water.html"]


def test_a_release_leads_each_reader_to_the_part_in_their_language(
    work: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    into = tmp_path / "release"
    root = str(work.root)
    assert main(["release", "-q", "--unsigned", "--into", str(into), "-C", root]) == 0
    for tag in TAGS:
        text = (into / f"{tag}.html").read_text("utf-8")
        (read,) = re.findall('class="read"><a href="([^"]*)"', text)
        assert read == f"water.mul.draft.html#{tag}"
    (listed,) = [
        one
        for one in read_manifest((into / "manifest.json").read_bytes()).editions
        if one.language == "mul"
    ]
    assert listed.languages == "en ru fa"
    capsys.readouterr()
    assert main(["verify", str(into), "--rebuild", "-C", root]) == 5  # It is not signed.
    assert "same            water.mul.draft.html" in capsys.readouterr().err
