"""A page that is kept open: every sentence is on it, and what changed is all that changed."""

from __future__ import annotations

import gc
import random
import re
import weakref
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from examples import first, some
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from livecases import HOSTILE, change, fill, open_rich, write_rich
from lxml import etree, html

from publish.actions.desk.page.live import LivePage, Shows, make_file_address
from publish.actions.desk.page.style import read_page_image
from publish.building.preparing import prepare
from publish.editions.html.webpage import make_web_page
from publish.editions.page.bilingual import make_edition_tree
from publish.languages.registry import find
from publish.model import Catalog, Entry
from publish.project.workspace import open_workspace
from publish.translation.loading import Loader
from publish.translation.translation import Translation

NAME = "tip-2024-turkmenistan"
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
    "<rect width='8' height='8'/></svg>"
)
SHOWS: tuple[Shows, ...] = get_args(Shows)


def parse(page: str) -> html.HtmlElement:
    """The page as a browser reads it."""
    return html.fragment_fromstring(page, create_parent="div")


def ids(page: str, attribute: str = "data-unit") -> Counter[str]:
    found = (element.get(attribute) for element in parse(page).iter(etree.Element))
    return Counter(name for names in found if names is not None for name in names.split())


def wanted(translation: Translation) -> Counter[str]:
    return Counter(one.id for one in translation.source.sentences)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich(tmp_path_factory.mktemp("rich"))


# --------------------------------------------------------------------------- every sentence


@pytest.mark.parametrize("shows", first(SHOWS, 1))
@pytest.mark.parametrize("tag", first(["ru", "en", "tk"], 1))
def test_every_sentence_of_the_report_is_there_once(
    repository: Path, tag: str, shows: Shows
) -> None:
    loader = Loader(open_workspace(repository))
    translation = loader.translation(NAME, find(tag))
    page = LivePage(loader, translation, shows).html()
    assert ids(page) == wanted(translation)
    twins = wanted(translation) if shows in ("interleaved", "pair") else Counter[str]()
    assert ids(page, "data-twin") == twins


@pytest.mark.parametrize("shows", first(SHOWS[::-1], 2))
@pytest.mark.parametrize("tag", first(["ru", "en", "ar"], 1))
def test_every_sentence_of_a_rich_report_is_there_once(rich: Path, tag: str, shows: Shows) -> None:
    loader, translation = open_rich(rich, tag)
    assert translation.po is None
    for one in (translation, fill(translation)):
        page = LivePage(loader, one, shows).html()
        assert ids(page) == wanted(one)
        if shows in ("interleaved", "pair"):
            assert ids(page, "data-twin") == wanted(one)


def test_sentences_that_no_edition_shows_are_shown_all_the_same(rich: Path) -> None:
    loader, translation = open_rich(rich)
    root = parse(LivePage(loader, fill(translation), "translation").html())
    (unshown,) = root.find_class("unshown")
    assert [p.text_content() for p in unshown] == ["one", "two", "three"]
    assert [p.get("data-role") for p in unshown] == ["keyword"] * 3


def test_an_image_is_a_target_for_the_sentences_of_its_description(rich: Path) -> None:
    loader, translation = open_rich(rich)
    for shows in ("pair", "source"):
        root = parse(LivePage(loader, fill(translation), shows).html())
        (image,) = [e for e in root.iter("img") if (e.get("alt") or "").startswith("A map of it")]
        assert len((image.get("data-unit") or "").split()) == 2
        assert image.get("src") == make_file_address("r", "en", "hours.svg")


# --------------------------------------------------------------------------- as its readers see it


def letters(element: html.HtmlElement) -> str:
    return "".join("".join(element.itertext()).split())


@pytest.mark.parametrize("tags", first(["en+ru", "ru", "en", "tk"], 2))
def test_the_text_is_that_of_the_page_of_html(repository: Path, tags: str) -> None:
    loader = Loader(open_workspace(repository))
    made = [prepare(loader, NAME, find(tag), use_fuzzy=False) for tag in tags.split("+")]
    text = made[0].text
    if len(made) == 2:
        text = replace(text, second=made[1].text)
    tree = make_edition_tree(text, made[0].materials)
    finished: Any = html.document_fromstring(make_web_page(text, tree, made[0].materials))
    for part in [*finished.find_class("skip"), *finished.find_class("languages")]:
        part.drop_tree()
    translation = loader.translation(NAME, find(tags[-2:]))
    shows: Shows = "pair" if len(made) == 2 else "translation"
    page = LivePage(loader, translation, shows, state=made[-1].text.state)
    live = parse(page.html())
    for part in live.find_class("unshown"):
        part.drop_tree()
    assert len(letters(live)) > 10_000
    assert letters(live) == letters(finished.body)
    blocks = ("p", "li", "h1", "h2", "h3", "h4", "section", "nav", "td", "a", "em", "strong")
    assert {tag: len(list(live.iter(tag))) for tag in blocks} == {
        tag: len(list(finished.body.iter(tag))) for tag in blocks
    }


def test_links_lead_to_what_is_there_and_no_id_is_there_twice(rich: Path) -> None:
    loader, translation = open_rich(rich)
    for shows in ("translation", "pair"):
        root = parse(LivePage(loader, fill(translation), shows).html())
        found = Counter(e.get("id") for e in root.iter(etree.Element) if e.get("id"))
        assert max(found.values()) == 1
        assert all(str(name).startswith("page.") for name in found)
        hrefs = {e.get("href") for e in root.iter("a")}
        assert {h[1:] for h in hrefs if h and h.startswith("#")} <= found.keys()
        assert "#page.one" in hrefs


# --------------------------------------------------------------------------- what changed


def put(page: str, blocks: dict[str, str]) -> str:
    """A page after blocks were exchanged, as the desk does it in a browser."""
    root = parse(page)
    for name, block in blocks.items():
        (old,) = root.xpath(".//*[@data-block=$name]", name=name)
        (new,) = html.fragments_fromstring(block)
        new.tail = old.tail
        old.getparent().replace(old, new)
    return str(html.tostring(root, encoding="unicode"))


def follow(loader: Loader, translation: Translation, shows: Shows, chance: random.Random) -> int:
    """Change a translation a few times; return how often blocks alone were exchanged."""
    page = LivePage(loader, translation, shows)
    shown, exchanged = page.html(), 0
    for _ in range(6):
        translation, _ = change(translation, chance)
        changed = page.update(loader, translation)
        before, shown = shown, page.html()
        if changed is not None:
            exchanged += 1
            blocks = {one.id: one.html for one in changed}
            assert put(before, blocks) == html.tostring(parse(shown), encoding="unicode")
        assert ids(shown) == wanted(translation)
    assert shown == LivePage(loader, translation, shows).html()
    return exchanged


@pytest.mark.full
@pytest.mark.parametrize("tag", ["ru", "en", "ar"])
@settings(
    max_examples=some(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), shows=st.sampled_from(SHOWS))
def test_after_any_changes_the_page_is_as_if_composed_anew(
    rich: Path, tag: str, seed: int, shows: Shows
) -> None:
    loader, translation = open_rich(rich, tag)
    follow(loader, fill(translation), shows, random.Random(seed))


def test_most_changes_exchange_blocks_alone(rich: Path) -> None:
    loader, translation = open_rich(rich)
    chance = random.Random(1)
    counts = [follow(loader, fill(translation), shows, chance) for shows in ("pair", "source")]
    assert sum(counts) >= 8


def update(rich: Path, texts: dict[str, str], shows: Shows = "translation") -> dict[str, str]:
    """The blocks that these texts change, by their name."""
    loader, translation = open_rich(rich)
    before = fill(translation)
    page = LivePage(loader, before, shows)
    page.html()
    keys = {one.key: texts[one.key[1]] for one in before.source.sentences if one.key[1] in texts}
    assert len({msgid for _, msgid in keys}) == len(texts)
    changed = page.update(loader, fill(translation, keys))
    assert changed is not None
    return {one.id: re.sub(r"<[^>]*>", "", one.html) for one in changed}


def test_one_sentence_changes_one_block(rich: Path) -> None:
    changed = update(rich, {"Before any heading.": "До заголовков."})
    assert [text.split(".")[0].strip("1\u00a0") for text in changed.values()] == [
        "До\u00a0заголовков"
    ]


def test_a_sentence_that_occurs_often_changes_all_its_places(rich: Path) -> None:
    changed = update(rich, {"Twice the same.": "Дважды то же."})
    assert len(changed) == 2
    assert sum(text.count("Дважды") for text in changed.values()) == 3


def test_a_heading_changes_contents_and_links_to_it(rich: Path) -> None:
    changed = update(rich, {"Tables": "Таблицы"})
    kinds = Counter(name.partition("-")[0] for name in changed)
    assert kinds == {"block": 2, "contents": 1}
    assert all("Таблицы" in text for text in changed.values())


def test_the_title_changes_the_cover_only(rich: Path) -> None:
    assert update(rich, {"A *rich* report": "*Богатый* доклад"}).keys() == {"cover"}


def test_what_is_translated_less_changes_bar_and_imprint(rich: Path) -> None:
    changed = update(rich, {"The pipes were dry for 23 days in a row.": ""})
    assert {"bar", "imprint"} <= changed.keys()
    assert len(changed) == 3


def test_a_correction_of_the_source_changes_what_is_not_translated(rich: Path) -> None:
    loader, translation = open_rich(rich)
    page = LivePage(loader, translation, "translation")
    page.html()
    entry = Entry(msgid="Before any heading.", msgstrs=("Above all headings.",))
    corrected = replace(translation, corrections=Catalog("en.po", (), (entry,)))
    changed = page.update(loader, corrected)
    assert changed is not None
    (block,) = changed
    assert "Above all headings." in block.html


def test_a_page_that_nobody_has_taken_is_not_updated(rich: Path) -> None:
    loader, translation = open_rich(rich)
    page = LivePage(loader, translation, "translation")
    assert page.update(loader, fill(translation)) is None
    assert page.html() == LivePage(loader, fill(translation), "translation").html()
    with pytest.raises(ValueError, match="another source"):
        page.update(*open_rich.__wrapped__(rich, "ru"))


def test_a_page_that_is_closed_leaves_nothing_behind(rich: Path) -> None:
    """Python may be told to leave a large page out of its search for circles of objects."""
    loader, translation = open_rich(rich)
    page = LivePage(loader, translation, "pair")
    page.html()
    kept = weakref.ref(page)
    gc.disable()
    try:
        del page
        assert kept() is None
    finally:
        gc.enable()


# --------------------------------------------------------------------------- hostile


@pytest.mark.parametrize("shows", first(["pair", "translation", "source", "interleaved"], 1))
def test_hostile_texts_stay_text(rich: Path, shows: Shows) -> None:
    loader, translation = open_rich(rich)
    clean = parse(LivePage(loader, fill(translation), shows).html())
    tags = {e.tag for e in clean.iter(etree.Element)}
    keys = [one.key for one in translation.source.sentences]
    for start in range(0, len(keys), len(HOSTILE)):
        texts = dict(zip(keys[start:], HOSTILE, strict=False))
        found = fill(translation, texts)
        page = LivePage(loader, found, shows).html()
        root = parse(page)
        assert ids(page) == wanted(found)
        for element in root.iter(etree.Element):
            assert element.tag in tags | {"br", "code"}
            names = set(map(str, element.attrib))
            assert not [name for name in names if name.startswith("on") or name == "srcdoc"]
            assert not (element.get("href") or "").lower().startswith(("javascript", "data"))
            if element.tag == "img" and "formula" not in (element.get("class") or ""):
                assert (element.get("src") or "").startswith("/files/r/")
        assert not re.search("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", page)


def test_a_template_that_cannot_be_filled_in_leaves_the_packages_own(tmp_path: Path) -> None:
    root = write_rich(tmp_path)
    (root / "templates").mkdir()
    (root / "templates/edition.xhtml").write_text("<p>{{ 1 / 0 }}</p>", "utf-8")
    loader, translation = open_rich(root)
    assert ids(LivePage(loader, translation, "pair").html()) == wanted(translation)
    script = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><script>1'
    )
    (root / "templates/edition.xhtml").write_text(
        f"{script}</script>{{{{ contents }}}}<main>{{{{ body }}}}</main></body></html>", "utf-8"
    )
    loader, translation = open_rich(root)
    page = LivePage(loader, translation, "translation").html()
    assert "<script" not in page
    assert ids(page) == wanted(translation)


# --------------------------------------------------------------------------- images


def test_only_images_of_the_document_are_read(tmp_path: Path) -> None:
    root = write_rich(tmp_path)
    (root / "source/other.svg").write_text(SVG, "utf-8")
    loader, translation = open_rich(root)
    image = read_page_image(loader, "r", translation.language, "hours.svg")
    assert image is not None
    assert image.media_type == "image/svg+xml"
    assert b"<svg" in image.data
    for path in ("other.svg", "../publish.toml", "/etc/passwd", "r.md", ""):
        assert read_page_image(loader, "r", translation.language, path) is None


def test_an_image_with_a_version_in_the_language_has_an_address_of_its_own(tmp_path: Path) -> None:
    root = write_rich(tmp_path)
    svg = SVG.replace("<rect ", "<rect x='1' ")
    (root / "source/hours.ru.svg").write_text(svg, "utf-8")
    loader, translation = open_rich(root)
    found = {e.get("src") for e in parse(LivePage(loader, translation, "pair").html()).iter("img")}
    assert {make_file_address("r", tag, "hours.svg") for tag in ("en", "ru")} <= found
    image = read_page_image(loader, "r", translation.language, "hours.svg")
    other = read_page_image(loader, "r", find("en"), "hours.svg")
    assert image is not None
    assert other is not None
    assert image.data != other.data


def test_the_logo_is_an_image_of_the_page(tmp_path: Path) -> None:
    root = write_rich(tmp_path)
    (root / "templates").mkdir()
    (root / "templates/logo.svg").write_text(SVG, "utf-8")
    loader, translation = open_rich(root)
    page = LivePage(loader, translation, "translation").html()
    assert make_file_address("r", "en", "edition-logo.svg") in page
    assert ids(page) == wanted(translation)
    assert read_page_image(loader, "r", translation.language, "edition-logo.svg") is not None


def test_an_address_leaves_the_path_in_one_part() -> None:
    assert make_file_address("a b", "zh-Hant", "../x/é?.png") == (
        "/files/a%20b/zh-Hant/..%2Fx%2F%C3%A9%3F.png"
    )
